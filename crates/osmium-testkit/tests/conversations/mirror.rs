//! What a client knows that only listens to updates.

use osmium_proto::chats::GetChats;
use osmium_proto::reactions::MessageReactions;
use osmium_proto::refs::ChatRef;
use osmium_proto::types::{Group, Message, RelationshipStatus};
use osmium_proto::updates::update::Update;
use osmium_proto::updates::{
    UpdateGroup, UpdateMessage, UpdateMessageCreated, UpdateMessageDeleted, UpdateMessageReactions,
    UpdateUserRelationship, UpdateUserRelationshipDeleted,
};
use osmium_testkit::Person;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::group_chat;
use std::collections::BTreeMap;

/// The messages that it heard of, by id, with their reactions; and what it read of the rest when it began, and heard since.
pub(crate) struct Mirror {
    user_id: u64,
    /// Nobody is in it for who is not in it themselves.
    pub(crate) group: Group,
    /// What others are to the user.
    pub(crate) relationships: BTreeMap<u64, RelationshipStatus>,
    messages: BTreeMap<u64, Message>,
    reactions: BTreeMap<u64, MessageReactions>,
    /// What the update of the latest message said to be unread.
    pub(crate) unread: Option<u32>,
}

impl Mirror {
    /// Begins with what someone reads, who may be in this group.
    pub(crate) async fn begin(person: &Person, group: u64) -> Checked<Self> {
        let groups = person.call(GetChats::default()).await?.groups;
        let mut found = groups.into_iter().filter(|found| found.id == group);
        let nowhere = Group {
            id: group,
            ..Group::default()
        };
        Ok(Self {
            user_id: person.user_id,
            group: found.next().unwrap_or(nowhere),
            relationships: person.relationships().await?.into_iter().collect(),
            messages: BTreeMap::new(),
            reactions: BTreeMap::new(),
            unread: None,
        })
    }

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
            Update::MessageDeleted(UpdateMessageDeleted {
                message_ids,
                chat_ref,
            }) => {
                self.may_hear_of(chat_ref);
                for id in message_ids {
                    self.messages.remove(&id);
                    self.reactions.remove(&id);
                }
            }
            Update::MessageReactions(UpdateMessageReactions {
                reactions,
                chat_ref,
            }) => {
                self.may_hear_of(chat_ref);
                let reactions = reactions.unwrap_or_default();
                if self.messages.contains_key(&reactions.message_id) {
                    self.reactions.insert(reactions.message_id, reactions);
                }
            }
            Update::Group(told) => {
                let UpdateGroup { group, .. } = *told;
                self.be_in(group.unwrap_or_default());
            }
            Update::UpdateUserRelationship(UpdateUserRelationship { relationship }) => {
                let relationship = relationship.unwrap_or_default();
                let status = relationship.status();
                self.relationships.insert(relationship.user_id, status);
            }
            Update::UpdateUserRelationshipDeleted(told) => {
                let UpdateUserRelationshipDeleted { other_user_id } = told;
                let ended = self.relationships.remove(&other_user_id);
                assert!(ended.is_some(), "what ends was told to be");
            }
            _ => {}
        }
    }

    fn put(&mut self, message: Message) {
        self.may_hear_of(message.chat_ref);
        self.messages.insert(message.message_id, message);
    }

    /// Nothing is told of the group to who is not in it.
    fn may_hear_of(&self, chat_ref: Option<ChatRef>) {
        let inside = self.group.participant_ids.contains(&self.user_id);
        assert!(inside || chat_ref != Some(group_chat(self.group.id)));
    }

    /// Who leaves the group forgets what was there.
    fn be_in(&mut self, group: Group) {
        assert_eq!(group.id, self.group.id, "there is no other");
        self.group = group;
        if !self.group.participant_ids.contains(&self.user_id) {
            self.group.participant_ids.clear();
            let here = Some(group_chat(self.group.id));
            let left = self
                .messages
                .extract_if(.., |_, message| message.chat_ref == here);
            for (id, _) in left {
                self.reactions.remove(&id);
            }
        }
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
