//! What bots may attach to their messages.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::texts::fits;
use osmium_model::{BotInfo, Button, ButtonAction, Cloak, Limits, name};
use osmium_ports::Reader;
use osmium_proto::messages::send_message::{self, bot_info};
use osmium_wire::bot;

/// What a link of a button begins with.
const SCHEMES: [&str; 2] = ["https://", "http://"];

impl Context {
    /// Requires that the caller is a bot.
    pub(crate) async fn require_bot(&self, reader: &mut dyn Reader) -> Result<()> {
        let caller = reader.find_user(self.actor()?.user_id).await?;
        if caller.is_some_and(|caller| caller.bot) {
            Ok(())
        } else {
            Err(Error::forbidden("Only bots attach this to messages"))
        }
    }
}

/// What is attached to a new message, as it is kept; none if it is nothing.
pub(crate) fn check_info(limits: &Limits, sent: send_message::BotInfo) -> Result<Option<BotInfo>> {
    let BotInfo { cloak, rows } = bot::parse(sent).ok_or_else(no_action)?;
    let info = BotInfo {
        cloak: cloak.map(|cloak| check_cloak(limits, &cloak)).transpose()?,
        rows: check_rows(limits, rows)?,
    };
    Ok(Some(info).filter(|info| !info.is_empty()))
}

/// The buttons that a message has from now on, as they are kept.
pub(crate) fn check_buttons(limits: &Limits, sent: bot_info::Buttons) -> Result<Vec<Vec<Button>>> {
    check_rows(limits, bot::parse_rows(sent).ok_or_else(no_action)?)
}

fn check_cloak(limits: &Limits, cloak: &Cloak) -> Result<Cloak> {
    if cloak.photo_id.is_some() {
        return Err(Error::not_found("file"));
    }
    let max = limits.user_name_length;
    let invalid = || Error::invalid(format!("The name of a cloak has 1 to {max} characters"));
    let name = name::trimmed(&cloak.name, max).ok_or_else(invalid)?;
    let photo_id = cloak.photo_id;
    Ok(Cloak { name, photo_id })
}

fn check_rows(limits: &Limits, rows: Vec<Vec<Button>>) -> Result<Vec<Vec<Button>>> {
    let (most, wide) = (limits.button_rows, limits.buttons_per_row);
    if rows.len() > most || rows.iter().any(|row| row.len() > wide) {
        return Err(Error::too_large(format!(
            "A message has at most {most} rows of {wide} buttons"
        )));
    }
    let checked = |row: Vec<Button>| row.into_iter().map(|b| check_button(limits, b)).collect();
    rows.into_iter().map(checked).collect()
}

fn check_button(limits: &Limits, button: Button) -> Result<Button> {
    let max = limits.button_label_length;
    let invalid = || Error::invalid(format!("A button's label has 1 to {max} characters"));
    let label = name::trimmed(&button.label, max).ok_or_else(invalid)?;
    let action = button.action;
    let (ButtonAction::Url(said) | ButtonAction::Interaction(said) | ButtonAction::Clipboard(said)) =
        &action;
    let max = limits.button_action_length;
    if !fits(said, max) {
        return Err(Error::invalid(format!(
            "What a button does has at most {max} characters"
        )));
    }
    if matches!(&action, ButtonAction::Url(url) if !is_link(url)) {
        return Err(Error::invalid("A button leads to an http or https URL"));
    }
    Ok(Button { label, action })
}

/// Whether a client may open this: a page of the web, and nothing that a browser would run.
fn is_link(url: &str) -> bool {
    let address = SCHEMES.iter().find_map(|scheme| {
        let start = url.get(..scheme.len())?;
        start
            .eq_ignore_ascii_case(scheme)
            .then(|| &url[scheme.len()..])
    });
    let has_host =
        address.is_some_and(|address| !address.starts_with(['/', '?', '#']) && !address.is_empty());
    has_host && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn no_action() -> Error {
    Error::invalid("A button has an action")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_into_the_web() {
        for url in ["https://example.org/a?b#c", "HTTP://[::1]:80", "http://x"] {
            assert!(is_link(url), "{url}");
        }
        for url in [
            "",
            "example.org",
            "https://",
            "https:///path",
            "http:/x",
            "javascript:alert(1)",
            " https://example.org",
            "https://example.org/a b",
            "ftp://example.org",
            "ß",
        ] {
            assert!(!is_link(url), "{url}");
        }
    }
}
