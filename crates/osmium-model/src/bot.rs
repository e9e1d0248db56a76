//! What only bots can do: to attach something to their messages, and to answer those who press a button of it.

use crate::id::{FileId, InteractionId, UserId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a bot attaches to a message.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BotInfo {
    /// Whom the message shows in place of the bot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cloak: Option<Cloak>,
    /// Rows of buttons below it, none of which is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Vec<Button>>,
}

impl BotInfo {
    /// Whether nothing is attached.
    pub fn is_empty(&self) -> bool {
        self.cloak.is_none() && self.rows.is_empty()
    }

    /// Whether a button tells the bot exactly this.
    pub fn tells(&self, data: &str) -> bool {
        let tells = |button: &Button| matches!(&button.action, ButtonAction::Interaction(said) if said == data);
        self.rows.iter().flatten().any(tells)
    }
}

/// A name and a picture that a message shows in place of the bot's own. Its author is the bot all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cloak {
    /// The name.
    pub name: String,
    /// The picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo_id: Option<FileId>,
}

/// A button below a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What stands on it.
    pub label: String,
    /// What a press does.
    pub action: ButtonAction,
}

/// What the press of a button does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ButtonAction {
    /// Opens a page.
    Url(String),
    /// Tells the bot, with this.
    Interaction(String),
    /// Copies a text.
    Clipboard(String),
}

/// A press of a button that waits for the bot's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interaction {
    /// Its id.
    pub id: InteractionId,
    /// Whose button it is: who may answer.
    pub bot_id: UserId,
    /// Who pressed it, and waits.
    pub user_id: UserId,
    /// When they did.
    pub created_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_buttons_that_tell_the_bot_have_data() {
        let button = |action| Button {
            label: "Press".to_owned(),
            action,
        };
        let said = "yes".to_owned();
        let copied = vec![button(ButtonAction::Clipboard("no".to_owned()))];
        let bot = BotInfo {
            rows: vec![copied, vec![button(ButtonAction::Interaction(said))]],
            ..BotInfo::default()
        };
        assert!(bot.tells("yes"));
        assert!(!bot.tells("no") && !bot.tells("Yes") && !bot.tells(""));
    }
}
