//! `settings.editUserSettings -> settings.UserSettings`: replaces those parts of what the caller's devices share that are given,
//! and answers with all of them.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use osmium_model::{CommunityId, Limits, Settings, Topic};
use osmium_proto::settings::user_settings::CommunityOrder;
use osmium_proto::settings::{EditUserSettings, UserSettings};
use osmium_wire::user;
use std::collections::HashSet;

impl Method for EditUserSettings {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<UserSettings> {
        let own = cx.actor()?.user_id;
        let Some(said) = self.settings else {
            let settings = cx.read().await?.settings(own).await?;
            return Ok(user::settings(settings));
        };
        let mut tx = cx.begin(&[Topic::User(own)]).await?;
        let settings = edit(cx.limits(), tx.settings(own).await?, said)?;
        tx.set_settings(own, &settings).await?;
        tx.commit().await?;
        Ok(user::settings(settings))
    }
}

fn edit(limits: &Limits, mut settings: Settings, said: UserSettings) -> Result<Settings> {
    if let Some(order) = said.community_order {
        settings.community_order = Some(check_order(limits, order)?);
    }
    if let Some(emails) = said.email_preferences {
        settings.emails = Some(user::parse_emails(emails));
    }
    Ok(settings)
}

/// Communities that the caller has left may stand in the order: they may come back.
fn check_order(limits: &Limits, order: CommunityOrder) -> Result<Vec<CommunityId>> {
    let mut seen = HashSet::new();
    let ids = order.community_ids.into_iter();
    let ids: Vec<CommunityId> = ids.filter(|id| seen.insert(*id)).map(CommunityId).collect();
    if ids.len() > limits.communities_per_user {
        return Err(Error::too_large("More communities than a user can be in"));
    }
    Ok(ids)
}
