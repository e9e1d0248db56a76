//! Invites: which are good, and what they are made for.

use crate::error::{Error, Result};
use osmium_model::{Invite, InviteCode, Timestamp};
use osmium_ports::Reader;

/// An invite that can be used now.
pub(crate) async fn live_invite(
    reader: &mut dyn Reader,
    code: &str,
    now: Timestamp,
) -> Result<Invite> {
    let not_found = || Error::not_found("invite");
    let code = InviteCode::parse(code).ok_or_else(not_found)?;
    let invite = reader.find_invite(&code).await?.ok_or_else(not_found)?;
    if invite.is_live(now) {
        Ok(invite)
    } else {
        Err(Error::expired("This invite has expired"))
    }
}
