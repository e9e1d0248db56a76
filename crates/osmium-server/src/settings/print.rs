//! The settings in force, as a file that would set them.

use super::Settings;
use super::table::SETTINGS;
use anyhow::{Context, Result};
use std::fmt::Write;

/// Writes the settings as TOML, secrets hidden; those without a value as comments.
pub(crate) fn print(settings: &Settings) -> Result<String> {
    let effective = Settings {
        guests: Some(settings.guests()),
        ..settings.clone()
    };
    let table = toml::Table::try_from(&effective).context("settings that TOML cannot hold")?;
    let mut text = String::new();
    for setting in SETTINGS
        .iter()
        .filter(|setting| !table.contains_key(setting.key))
    {
        writeln!(
            text,
            "# {}: {}. {}",
            setting.key, setting.default, setting.about
        )?;
    }
    text += &toml::to_string(&effective).context("settings that TOML cannot hold")?;
    Ok(text)
}
