//! Bots in a test, and what they attach to messages.

use crate::contract::Checked;
use crate::person::Person;
use crate::server::Server;
use osmium_client::RpcError;
use osmium_model::{Topic, User, UserId};
use osmium_ports::Store;
use osmium_proto::messages::message_button::{
    Action, MessageButtonClipboard, MessageButtonInteraction, MessageButtonUrl,
};
use osmium_proto::messages::send_message::BotInfo;
use osmium_proto::messages::send_message::bot_info::buttons::ButtonRow;
use osmium_proto::messages::send_message::bot_info::{Buttons, MessageCloak};
use osmium_proto::messages::{MessageButton, SendMessage};
use osmium_proto::refs::ChatRef;

/// Makes a bot of someone.
pub async fn make_bot(store: &dyn Store, person: &Person) -> Checked {
    let id = UserId(person.user_id);
    let mut tx = store.begin(&[Topic::User(id)]).await?;
    let user = tx.find_user(id).await?.expect("they have signed up");
    tx.update_user(&User { bot: true, ..user }).await?;
    tx.commit().await?;
    Ok(())
}

impl Server {
    /// A new bot with a session.
    pub async fn bot(&self, name: &str) -> Checked<Person> {
        let bot = self.sign_up(name).await;
        make_bot(&**self.store(), &bot).await?;
        Ok(bot)
    }
}

impl Person {
    /// Sends a text with something that only bots attach.
    pub async fn send_as_bot(
        &self,
        chat_ref: ChatRef,
        text: &str,
        info: BotInfo,
    ) -> Result<u64, RpcError> {
        let request = SendMessage {
            chat_ref: Some(chat_ref),
            message: text.to_owned(),
            bot_info: Some(info),
            ..SendMessage::default()
        };
        Ok(self.call(request).await?.message_id)
    }
}

/// A cloak without a picture.
pub fn cloak(name: &str) -> MessageCloak {
    MessageCloak {
        name: name.to_owned(),
        photo_id: None,
    }
}

/// A cloak alone.
pub fn cloaked(name: &str) -> BotInfo {
    BotInfo {
        cloak: Some(cloak(name)),
        buttons: None,
    }
}

/// Buttons alone.
pub fn with_buttons(rows: Vec<Vec<MessageButton>>) -> BotInfo {
    BotInfo {
        cloak: None,
        buttons: Some(buttons(rows)),
    }
}

/// Rows of buttons.
pub fn buttons(rows: Vec<Vec<MessageButton>>) -> Buttons {
    let row = |buttons| ButtonRow { buttons };
    Buttons {
        rows: rows.into_iter().map(row).collect(),
    }
}

/// A button that tells the bot.
pub fn tells(data: &str) -> MessageButton {
    let data = data.to_owned();
    button(Action::Interaction(MessageButtonInteraction { data }))
}

/// A button that opens a page.
pub fn opens(url: &str) -> MessageButton {
    let url = url.to_owned();
    button(Action::Url(MessageButtonUrl { url }))
}

/// A button that copies a text.
pub fn copies(text: &str) -> MessageButton {
    let text = text.to_owned();
    button(Action::Clipboard(MessageButtonClipboard { text }))
}

fn button(action: Action) -> MessageButton {
    MessageButton {
        label: "Press".to_owned(),
        action: Some(action),
    }
}
