//! What everyone reads, counts and heard of, held against the model.

use super::{Game, Session, agree, unicode};
use crate::model::{Chat, Message, Who};
use osmium_model::ChatId;
use osmium_proto::chats::{Chats, GetChats};
use osmium_proto::communities::GetCommunities;
use osmium_proto::messages::{GetPinnedMessages, GetUnreadMentions};
use osmium_proto::reactions::MessageReactions;
use osmium_proto::types;
use osmium_testkit::contract::Checked;
use std::collections::BTreeMap;

/// The first of those who reacted are shown.
const PREVIEW: usize = 3;
/// How many messages a page of history has.
const PAGE: usize = 50;

impl Game {
    /// What everyone sees of a chat is what the model says.
    pub(super) async fn check(&mut self, chat: Chat) -> Checked {
        self.hear().await?;
        for session in &mut self.sessions {
            let heard = session.mirror.unread.take();
            if let Some(unread) = heard {
                assert_eq!(unread as usize, self.model.unread(chat, session.who));
            }
        }
        for session in &self.sessions {
            self.check_history(session, chat).await?;
            self.check_mirror(session);
        }
        Ok(())
    }

    async fn check_history(&self, session: &Session, chat: Chat) -> Checked {
        let (who, person) = (session.who, &session.person);
        let chat_ref = self.chat_ref(chat, who);
        if chat == Chat::Group && !self.model.sees(chat, who) {
            agree(Err(404), &person.history(chat_ref).await);
            agree(Err(404), &person.conversation(chat_ref).await);
        }
        if !self.model.sees(chat, who) {
            return Ok(());
        }
        let page = person.history(chat_ref).await?;
        let reactions: BTreeMap<u64, &MessageReactions> = page
            .reactions
            .iter()
            .map(|reactions| (reactions.message_id, reactions))
            .collect();
        let expected = self.model.messages(chat);
        assert_eq!(page.messages.len(), expected.len().min(PAGE));
        for (found, expected) in page.messages.iter().zip(expected.iter().rev()) {
            let reactions = reactions.get(&found.message_id).copied();
            self.same(expected, found, reactions, who);
        }
        let mentions = self.model.unread_mentions(chat, who);
        let asked = GetUnreadMentions {
            chat_ref: Some(chat_ref),
        };
        assert_eq!(person.call(asked).await?.message_ids, mentions);
        let asked = GetPinnedMessages {
            chat_ref: Some(chat_ref),
        };
        let pinned = person.call(asked).await?.messages;
        let pinned: Vec<u64> = pinned.iter().map(|message| message.message_id).collect();
        assert_eq!(pinned, self.model.pinned(chat));
        if !self.model.messages(chat).is_empty() {
            let conversation = person.conversation(chat_ref).await?;
            assert_eq!(
                conversation.unread_count as usize,
                self.model.unread(chat, who)
            );
            assert_eq!(conversation.unread_mentions_count as usize, mentions.len());
        }
        Ok(())
    }

    /// What a session heard of, and nothing else, is as the model says.
    fn check_mirror(&self, session: &Session) {
        let (who, mirror) = (session.who, &session.mirror);
        let relationships = mirror.relationships.iter();
        let relationships = relationships.map(|(user, is)| (self.who(*user), *is));
        assert_eq!(
            relationships.collect::<BTreeMap<_, _>>(),
            self.model.friends.of(who)
        );
        self.check_group(who, &mirror.group);
        let chats = self.model.chats_of(session.who);
        let all: BTreeMap<u64, &Message> = chats
            .iter()
            .flat_map(|chat| self.model.messages(*chat))
            .map(|message| (message.id, message))
            .collect();
        for id in session.mirror.ids() {
            let expected = all.get(&id).expect("a message that is gone is told to be");
            let (found, reactions) = session.mirror.message(id).expect("it is known");
            // Reactions from before the session are not told again.
            if reactions.is_some() || expected.reactions.is_empty() {
                self.same(expected, found, reactions, session.who);
            }
        }
    }

    /// Nobody is seen in the group by who is not in it.
    fn check_group(&self, who: Who, found: &types::Group) {
        let group = &self.model.group;
        let seen = if group.has(who) {
            &group.members[..]
        } else {
            &[]
        };
        let members = found.participant_ids.iter().map(|user| self.who(*user));
        assert_eq!(members.collect::<Vec<_>>(), seen);
        assert_eq!(found.owner, group.has(who) && group.owner == who);
    }

    fn same(
        &self,
        expected: &Message,
        found: &types::Message,
        reactions: Option<&MessageReactions>,
        viewer: Who,
    ) {
        assert_eq!(found.message_id, expected.id);
        assert_eq!(found.r#type(), expected.kind);
        assert_eq!(self.who(found.author_id), expected.author);
        assert_eq!(found.message, expected.text);
        assert_eq!(found.edited_at.is_some(), expected.edited);
        assert_eq!(found.pinned.unwrap_or(false), expected.pin.is_some());
        assert_eq!(found.forward.is_some(), expected.forwarded);
        assert_eq!(found.reply_to, expected.answers.map(|(id, _)| id));
        let fields = reactions.map_or(&[][..], |found| &found.reaction_fields);
        let fields = fields.iter().map(|field| {
            let preview = field.preview_user_ids.iter().map(|user| self.who(*user));
            (
                field.emoji.clone(),
                field.count as usize,
                field.me,
                preview.collect(),
            )
        });
        let fields: Vec<(_, _, _, Vec<Who>)> = fields.collect();
        let wanted = expected.reactions.iter().map(|(emoji, people)| {
            let preview = people.iter().copied().take(PREVIEW).collect();
            (
                Some(unicode(emoji)),
                people.len(),
                people.contains(&viewer),
                preview,
            )
        });
        assert_eq!(fields, wanted.collect::<Vec<_>>());
    }

    /// Someone's chats and the totals of the community.
    pub(super) async fn check_lists(&self, who: Who) -> Checked {
        let session = self.sessions.iter().find(|session| session.who == who);
        let person = &session.expect("everyone has one").person;
        let Chats { chats, groups, .. } = person.call(GetChats::default()).await?;
        assert_eq!(groups.len(), usize::from(self.model.group.has(who)));
        for group in &groups {
            self.check_group(who, group);
        }
        let mut lively = self.model.chats_of(who);
        lively.remove(&Chat::Channel);
        let quiet = !groups.is_empty() && !lively.contains(&Chat::Group);
        assert_eq!(chats.len(), lively.len() + usize::from(quiet));
        for chat in lively {
            let chat_ref = Some(self.chat_ref(chat, who));
            let found = chats.iter().find(|listed| listed.chat_ref == chat_ref);
            let found = found.expect("a chat with messages is listed");
            let last = self.model.messages(chat).last().map(|message| message.id);
            assert_eq!(Some(found.last_message_id), last);
            assert_eq!(found.unread_count as usize, self.model.unread(chat, who));
            let mentions = self.model.unread_mentions(chat, who).len();
            assert_eq!(found.unread_mentions_count as usize, mentions);
        }
        let info = person.call(GetCommunities {}).await?.community_user_info;
        let unread = self.model.unread(Chat::Channel, who);
        assert_eq!(info[0].unread_count as usize, unread);
        let mentions = self.model.unread_mentions(Chat::Channel, who).len();
        assert_eq!(info[0].unread_mention_count as usize, mentions);
        Ok(())
    }

    /// Counting anew finds nothing that is off.
    pub(super) async fn check_counters(&self) -> Checked {
        let mut reader = self.server.store().read().await?;
        let chats = reader.chats_after(ChatId(0), 1000).await?;
        let ids: Vec<ChatId> = chats.iter().map(|chat| chat.id).collect();
        assert!(!ids.is_empty());
        assert_eq!(reader.miscounted(&ids).await?, []);
        Ok(())
    }
}
