//! Users as the wire shows them, with their statuses.

use crate::context::Context;
use crate::error::Result;
use osmium_model::{Status, User, UserId};
use osmium_ports::Reader;
use osmium_proto::types;
use osmium_wire::user;
use std::collections::BTreeSet;

impl Context {
    /// Users by id, each once, as someone sees them who may know their statuses. Those that do not exist are
    /// left out.
    pub(crate) async fn users(
        &self,
        reader: &mut dyn Reader,
        ids: impl IntoIterator<Item = UserId>,
    ) -> Result<Vec<types::User>> {
        let ids: BTreeSet<UserId> = ids.into_iter().collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let users = reader.users(&ids.into_iter().collect::<Vec<_>>()).await?;
        Ok(self.with_statuses(&users).await)
    }

    /// Users by id, each once, in lists where also those stand who do not know the caller: whether someone is there is for
    /// those who know them.
    pub(crate) async fn users_met(
        &self,
        reader: &mut dyn Reader,
        ids: impl IntoIterator<Item = UserId>,
    ) -> Result<Vec<types::User>> {
        let own = self.actor()?.user_id;
        let mut users = self.users(reader, ids).await?;
        let others: Vec<UserId> = users.iter().map(|user| UserId(user.id)).collect();
        if others.iter().any(|other| *other != own) {
            let known = reader.acquaintances(own, &others).await?;
            let known: BTreeSet<UserId> = known.into_iter().chain([own]).collect();
            for user in &mut users {
                user.status.take_if(|_| !known.contains(&UserId(user.id)));
            }
        }
        Ok(users)
    }

    /// Users as someone sees them who may know their statuses.
    pub(crate) async fn with_statuses(&self, users: &[User]) -> Vec<types::User> {
        let ids: Vec<UserId> = users.iter().map(|user| user.id).collect();
        let statuses = self.core.statuses(&ids).await;
        let own = self.caller.actor.map(|actor| actor.user_id);
        let rendered = users.iter().zip(&statuses).map(|(person, status)| {
            let status = status.as_ref();
            let seen = if own == Some(person.id) {
                status
            } else {
                Status::seen_by_others(status)
            };
            user::user(person, seen)
        });
        rendered.collect()
    }

    /// The user who signs in, as they see themselves: they are online from now on.
    pub(crate) async fn own_user(&self, person: &User) -> types::User {
        let status = self
            .core
            .statuses(&[person.id])
            .await
            .pop()
            .flatten()
            .unwrap_or_default();
        user::user(person, Some(&status))
    }
}
