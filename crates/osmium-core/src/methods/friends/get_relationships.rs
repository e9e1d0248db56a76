//! `friends.getRelationships -> friends.Relationships`: the caller's friends, requests and blocks, with a user for each.

use crate::context::Context;
use crate::error::Result;
use crate::frame;
use crate::method::{Access, Cost, Method};
use osmium_proto::friends::{GetRelationships, Relationships};
use osmium_wire::user;

impl Method for GetRelationships {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<Relationships> {
        let own = cx.actor()?.user_id;
        let mut reader = cx.read().await?;
        let found = reader.relationships(own).await?;
        let others = found.iter().map(|(other, _)| *other);
        let users = cx.users_met(&mut *reader, others).await?;
        let relationships = found
            .iter()
            .map(|(other, relationship)| user::relationship(*other, *relationship));
        Ok(Relationships {
            relationships: relationships.collect(),
            users: frame::users(users),
        })
    }
}
