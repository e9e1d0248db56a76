//! Whom a message mentions: those whom its text names, and the author of what it answers. Nobody mentions themselves.

use crate::context::Context;
use crate::error::Result;
use osmium_model::{Entity, Limits, Named, Reply, UserId};
use osmium_ports::Reader;
use std::collections::BTreeSet;

/// Whom a message names, who may not all exist.
pub(crate) struct Mentions {
    named: Named,
}

impl Mentions {
    /// Reads a message's text and what it answers.
    pub(crate) fn read(
        limits: &Limits,
        text: &str,
        entities: &[Entity],
        reply: Option<&Reply>,
    ) -> Self {
        let mut named = Named::read(text, entities, limits.message_mentions);
        named.ids.extend(reply.map(|reply| reply.author_id));
        Self { named }
    }

    /// The same as [`Mentions::resolve`], outside of a transaction; most messages mention nobody, and ask nothing.
    pub(crate) async fn find(self, cx: &Context, author: UserId) -> Result<Vec<UserId>> {
        if self.named.ids.is_empty() && self.named.usernames.is_empty() {
            return Ok(Vec::new());
        }
        self.resolve(&mut *cx.read().await?, author).await
    }

    /// Those who exist, each once, but for the author.
    pub(crate) async fn resolve(
        self,
        reader: &mut dyn Reader,
        author: UserId,
    ) -> Result<Vec<UserId>> {
        let mut mentioned = BTreeSet::new();
        if !self.named.ids.is_empty() {
            let ids: Vec<UserId> = self.named.ids.into_iter().collect();
            mentioned.extend(reader.users(&ids).await?.into_iter().map(|user| user.id));
        }
        if !self.named.usernames.is_empty() {
            let names: Vec<_> = self.named.usernames.into_iter().collect();
            mentioned.extend(reader.user_ids_by_username(&names).await?);
        }
        mentioned.remove(&author);
        Ok(mentioned.into_iter().collect())
    }
}
