//! `communities.getChannelMembers -> communities.MemberList`: who may view a channel that the caller sees, in sections. From here
//! on the connection is told when the list changes; of one channel at a time, the last that it asked for.

use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use crate::rosters::fingerprint;
use crate::session::{Transition, Watched};
use osmium_model::{ChannelId, CommunityId};
use osmium_proto::communities::{GetChannelMembers, MemberList};

impl Method for GetChannelMembers {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<MemberList> {
        let (community, channel) = (CommunityId(self.community_id), ChannelId(self.channel_id));
        let here = cx.community(&mut *cx.read().await?, community).await?;
        here.channel(channel)?;
        let entries = cx.core.rosters.list(&here.view, channel).await?;
        cx.on_success(Transition::Watching(Watched {
            community,
            channel,
            told: fingerprint(&entries),
        }));
        Ok(MemberList { entries })
    }
}
