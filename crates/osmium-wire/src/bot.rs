//! What bots attach to messages. To be sent and as it is shown, it is of different types that look alike.

use osmium_model::{BotInfo, Button, ButtonAction, Cloak, FileId};
use osmium_proto::messages::send_message::{BotInfo as Sent, bot_info as sent};
use osmium_proto::messages::{self, message_button as sent_button};
use osmium_proto::types::{self, ChatPhoto, message as shown, message_button as shown_button};

/// Reads what a bot attaches; none if a button does nothing.
pub fn parse(info: Sent) -> Option<BotInfo> {
    let cloak = info.cloak.map(|cloak| Cloak {
        name: cloak.name,
        photo_id: cloak.photo_id.filter(|id| *id != 0).map(FileId),
    });
    let rows = parse_rows(info.buttons.unwrap_or_default())?;
    Some(BotInfo { cloak, rows })
}

/// Reads rows of buttons, but for empty ones; none if a button does nothing.
pub fn parse_rows(buttons: sent::Buttons) -> Option<Vec<Vec<Button>>> {
    let rows = buttons.rows.into_iter().map(|row| row.buttons);
    rows.filter(|row| !row.is_empty())
        .map(|row| row.into_iter().map(parse_button).collect())
        .collect()
}

fn parse_button(button: messages::MessageButton) -> Option<Button> {
    let action = match button.action? {
        sent_button::Action::Url(action) => ButtonAction::Url(action.url),
        sent_button::Action::Interaction(action) => ButtonAction::Interaction(action.data),
        sent_button::Action::Clipboard(action) => ButtonAction::Clipboard(action.text),
    };
    let label = button.label;
    Some(Button { label, action })
}

/// What a bot attached, as the wire writes it.
pub fn render(info: &BotInfo) -> shown::MessageBotInfo {
    shown::MessageBotInfo {
        cloak: info.cloak.as_ref().map(render_cloak),
        buttons: (!info.rows.is_empty()).then(|| shown::message_bot_info::Buttons {
            rows: info.rows.iter().map(|row| render_row(row)).collect(),
        }),
    }
}

fn render_cloak(cloak: &Cloak) -> shown::message_bot_info::MessageCloak {
    let photo = |id: FileId| ChatPhoto {
        file_id: id.0,
        ..ChatPhoto::default()
    };
    shown::message_bot_info::MessageCloak {
        name: cloak.name.clone(),
        photo: cloak.photo_id.map(photo),
    }
}

fn render_row(row: &[Button]) -> shown::message_bot_info::buttons::ButtonRow {
    shown::message_bot_info::buttons::ButtonRow {
        buttons: row.iter().map(render_button).collect(),
    }
}

fn render_button(button: &Button) -> types::MessageButton {
    let action = match button.action.clone() {
        ButtonAction::Url(url) => shown_button::Action::Url(shown_button::MessageButtonUrl { url }),
        ButtonAction::Interaction(data) => {
            shown_button::Action::Interaction(shown_button::MessageButtonInteraction { data })
        }
        ButtonAction::Clipboard(text) => {
            shown_button::Action::Clipboard(shown_button::MessageButtonClipboard { text })
        }
    };
    types::MessageButton {
        label: button.label.clone(),
        action: Some(action),
    }
}
