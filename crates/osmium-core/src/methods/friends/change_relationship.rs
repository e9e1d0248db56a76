//! `friends.changeRelationship -> ()`: one step about another user: ask, say yes, end, block, unblock. A step that leads where
//! one is already changes nothing.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::friends::take_step;
use crate::method::{Access, Cost, Method};
use osmium_model::{Topic, UserId};
use osmium_proto::friends::ChangeRelationship;
use osmium_wire::user::parse_step;

impl Method for ChangeRelationship {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let own = cx.actor()?.user_id;
        let user = self.user.ok_or_else(|| Error::invalid("user is missing"))?;
        let step = parse_step(self.change).ok_or_else(|| Error::invalid("Unknown change"))?;
        let other = UserId(user.user_id);
        if other == own {
            return Err(Error::invalid("That is you"));
        }
        let topics = [Topic::User(own), Topic::User(other)];
        let mut tx = cx.begin(&topics).await?;
        if !tx.holds(topics[1]) {
            return Err(Error::not_found("user"));
        }
        take_step(cx, &mut tx, own, other, step).await?;
        tx.commit().await
    }
}
