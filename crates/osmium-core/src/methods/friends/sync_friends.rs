//! `friends.syncFriends -> ()`: takes note of nothing. What a client says of its user on another platform is not kept, so nobody
//! can be suggested by it.

use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use osmium_proto::friends::SyncFriends;

impl Method for SyncFriends {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, _: &Context) -> Result<()> {
        Ok(())
    }
}
