//! `auth.revokeSessions -> ()`: ends logins of the caller; ending the current one signs out.

use crate::accounts::end_logins;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use osmium_model::{LoginId, Topic};
use osmium_proto::auth::RevokeSessions;

impl Method for RevokeSessions {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let user = cx.actor()?.user_id;
        if self.session_ids.len() > cx.limits().logins_per_user {
            return Err(Error::too_large("More sessions than a user can have"));
        }
        let logins: Vec<LoginId> = self.session_ids.into_iter().map(LoginId).collect();
        let mut tx = cx.begin(&[Topic::User(user)]).await?;
        end_logins(&mut tx, user, &logins).await?;
        tx.commit().await
    }
}
