//! Reactions: each follower is told which of them are their own.
//!
//! The state of a message is told, and what is one's own of it is taken from the store when it is told: that may be ahead of
//! the event, and then another event follows.

use super::feed::Feed;
use super::tell::until_it_works;
use super::{Follower, Inner, users_of};
use osmium_core::session::Push;
use osmium_model::{ChatId, ChatKind, MessageId, Reaction, UserId};
use osmium_ports::StoreError;
use osmium_wire::{Personal, Rendered, Value, update};
use std::collections::HashMap;
use std::sync::Arc;

/// The reactions to a message, as an update tells of them.
pub(super) struct Told<'a> {
    chat: ChatId,
    kind: ChatKind,
    message_id: MessageId,
    reactions: &'a [Reaction],
}

impl Inner {
    /// Tells followers of the reactions to a message. It is encoded once for all who chose the same; for those who chose
    /// none, it is already.
    pub(super) async fn tell_reactions(
        &self,
        feed: &Feed,
        rendered: &Arc<Rendered>,
        told: &Told<'_>,
        hear: &[&Arc<Follower>],
    ) {
        let users = users_of(hear.iter().copied());
        let choices = || self.choices(told, &users);
        let Some(choices) = until_it_works(feed, choices).await else {
            return;
        };
        metrics::counter!("osmium_updates_told_total").increment(hear.len() as u64);
        let mut views: HashMap<&[bool], Arc<Rendered>> = HashMap::new();
        for follower in hear {
            let user = follower.actor.user_id;
            let view = match choices.get(&user) {
                Some(mine) => {
                    let view = || Arc::new(told.seen_by(user, mine, rendered));
                    views.entry(mine).or_insert_with(view).clone()
                }
                None => rendered.clone(),
            };
            follower.outbox.push(Push::Update(view, Value::Same));
        }
    }

    /// Which of the reactions each of these users chose; those who chose none are left out. The store is asked only if an
    /// emoji was chosen by more users than are told of by name.
    async fn choices(
        &self,
        told: &Told<'_>,
        users: &[UserId],
    ) -> Result<HashMap<UserId, Vec<bool>>, StoreError> {
        let mut choices: HashMap<UserId, Vec<bool>> = HashMap::new();
        let mut note = |user, place| {
            let none = || vec![false; told.reactions.len()];
            let mine: &mut Vec<bool> = choices.entry(user).or_insert_with(none);
            mine[place] = true;
        };
        if told.reactions.iter().all(Reaction::shows_all) {
            for (place, reaction) in told.reactions.iter().enumerate() {
                reaction.preview.iter().for_each(|user| note(*user, place));
            }
            return Ok(choices);
        }
        let mut reader = self.store.read().await?;
        let reacted = reader
            .reacted(&[(told.chat, told.message_id)], users)
            .await?;
        for chosen in reacted {
            let mut emoji = told.reactions.iter().map(|reaction| &reaction.emoji);
            // What came after the event is told with the next.
            if let Some(place) = emoji.position(|emoji| *emoji == chosen.emoji) {
                note(chosen.user_id, place);
            }
        }
        Ok(choices)
    }
}

impl<'a> Told<'a> {
    /// Those that an update tells of, if it is one of reactions.
    pub(super) fn in_update(rendered: &'a Rendered) -> Option<Self> {
        match &rendered.personal {
            Personal::Reactions {
                chat,
                kind,
                message_id,
                reactions,
            } => Some(Self {
                chat: *chat,
                kind: *kind,
                message_id: *message_id,
                reactions,
            }),
            _ => None,
        }
    }

    fn seen_by(&self, user: UserId, mine: &[bool], rendered: &Rendered) -> Rendered {
        Rendered {
            personal: Personal::Same,
            template: update::message_reactions(
                self.kind,
                self.message_id,
                self.reactions,
                mine,
                user,
            ),
            newest: None,
            audience: rendered.audience,
        }
    }
}
