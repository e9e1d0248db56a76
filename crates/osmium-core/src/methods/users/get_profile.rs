//! `users.getProfile -> users.Profile`: a user's page; with what they and the caller have in common, if asked for.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use osmium_model::UserId;
use osmium_ports::Reader;
use osmium_proto::users::{GetProfile, Profile};
use osmium_wire::user::{self, Mutual};

impl Method for GetProfile {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<Profile> {
        let asked = self.r#ref.ok_or_else(|| Error::invalid("ref is missing"))?;
        let (own, id) = (cx.actor()?.user_id, UserId(asked.user_id));
        let mut reader = cx.read().await?;
        let profile = reader
            .find_profile(id)
            .await?
            .ok_or_else(|| Error::not_found("user"))?;
        let mutual = if self.include_mutuals && id != own {
            mutual(cx, &mut *reader, own, id).await?
        } else {
            Mutual::default()
        };
        Ok(user::profile(id, profile, &mutual))
    }
}

async fn mutual(
    cx: &Context,
    reader: &mut dyn Reader,
    own: UserId,
    other: UserId,
) -> Result<Mutual> {
    let most = |limit: usize| u32::try_from(limit).unwrap_or(u32::MAX);
    let communities = most(cx.limits().communities_per_user);
    let friends = most(cx.limits().friends_per_user);
    Ok(Mutual {
        communities: reader.mutual_communities(own, other, communities).await?,
        friends: reader.mutual_friends(own, other, friends).await?,
    })
}
