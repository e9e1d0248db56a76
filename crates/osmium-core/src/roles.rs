//! What a role of a community must be.

use crate::error::{Error, Result};
use osmium_model::{Limits, name};

/// 24 bits of colour.
const RGB: u32 = 0xff_ffff;

/// A role's name as it is kept.
pub(crate) fn check_name(limits: &Limits, text: &str) -> Result<String> {
    let max = limits.role_name_length;
    let invalid = || Error::invalid(format!("A role's name has 1 to {max} characters"));
    name::trimmed(text, max).ok_or_else(invalid)
}

/// A role's colour.
pub(crate) fn check_color(color: u32) -> Result<u32> {
    if color > RGB {
        return Err(Error::invalid("A color has 24 bits"));
    }
    Ok(color)
}
