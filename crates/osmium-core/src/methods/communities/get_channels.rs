//! `communities.getChannels -> communities.Channels`: the channels that the caller sees, each with its conversation and
//! latest message. What they are about comes as far as there is room.

use crate::context::Context;
use crate::conversations::{channel_place, latest_messages};
use crate::error::Result;
use crate::frame;
use crate::method::{Access, Cost, Method};
use osmium_model::{ChatId, CommunityId};
use osmium_proto::communities::{Channels, GetChannels};
use osmium_wire::{chat, community};

impl Method for GetChannels {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<Channels> {
        let actor = cx.actor()?;
        let mut reader = cx.read().await?;
        let here = cx
            .community(&mut *reader, CommunityId(self.community_id))
            .await?;
        let visible = here.channels();
        let chats: Vec<ChatId> = visible
            .iter()
            .filter(|channel| channel.has_messages())
            .map(|channel| channel.id.into())
            .collect();
        let places = reader.places(actor.user_id, &chats).await?;
        let messages = latest_messages(&mut *reader, &places, actor.user_id).await?;
        let conversations = places.iter().map(|place| {
            chat::conversation(&place.chat, channel_place(&here, place), actor.user_id)
        });
        Ok(Channels {
            conversations: conversations.collect(),
            channels: frame::channels(visible.into_iter().map(community::channel).collect()),
            messages,
        })
    }
}
