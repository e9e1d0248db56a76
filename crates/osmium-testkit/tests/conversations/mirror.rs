//! What a client knows that only listens to updates.

use osmium_proto::reactions::MessageReactions;
use osmium_proto::types::Message;
use osmium_proto::updates::update::Update;
use osmium_proto::updates::{
    UpdateMessage, UpdateMessageCreated, UpdateMessageDeleted, UpdateMessageReactions,
};
use std::collections::BTreeMap;

/// The messages that it heard of, by id, with their reactions.
#[derive(Default)]
pub(crate) struct Mirror {
    messages: BTreeMap<u64, Message>,
    reactions: BTreeMap<u64, MessageReactions>,
    /// What the update of the latest message said to be unread.
    pub(crate) unread: Option<u32>,
}

impl Mirror {
    pub(crate) fn hear(&mut self, update: Update) {
        match update {
            Update::MessageCreated(told) => {
                let UpdateMessageCreated {
                    message,
                    channel_unread_count,
                    ..
                } = *told;
                self.unread = Some(channel_unread_count);
                self.put(message.unwrap_or_default());
            }
            Update::Message(told) => {
                let UpdateMessage { message } = *told;
                self.put(message.unwrap_or_default());
            }
            Update::MessageDeleted(UpdateMessageDeleted { message_ids, .. }) => {
                for id in message_ids {
                    self.messages.remove(&id);
                    self.reactions.remove(&id);
                }
            }
            Update::MessageReactions(UpdateMessageReactions { reactions, .. }) => {
                let reactions = reactions.unwrap_or_default();
                self.reactions.insert(reactions.message_id, reactions);
            }
            _ => {}
        }
    }

    fn put(&mut self, message: Message) {
        self.messages.insert(message.message_id, message);
    }

    /// What it knows of a message that it heard of.
    pub(crate) fn message(&self, id: u64) -> Option<(&Message, Option<&MessageReactions>)> {
        Some((self.messages.get(&id)?, self.reactions.get(&id)))
    }

    /// The messages that it takes to be there.
    pub(crate) fn ids(&self) -> impl Iterator<Item = u64> {
        self.messages.keys().copied()
    }
}
