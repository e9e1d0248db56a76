//! `communities.createCommunity -> ()`: makes a community that the caller owns, with two channels to begin with.

use crate::communities::check_name;
use crate::context::{Context, Tx};
use crate::error::Result;
use crate::membership::check_room;
use crate::method::{Access, Cost, Method};
use osmium_model::{
    Channel, ChannelId, ChannelKind, Community, CommunityId, Event, Member, NotifPrefs,
    Permissions, Topic, UserId,
};
use osmium_proto::communities::CreateCommunity;

impl Method for CreateCommunity {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::HEAVY;

    async fn call(self, cx: &Context) -> Result<()> {
        let owner = cx.actor()?.user_id;
        let name = check_name(cx.limits(), &self.name)?;
        let mut tx = cx.begin(&[Topic::User(owner)]).await?;
        check_room(cx, &mut tx, owner).await?;
        let id = CommunityId(cx.new_id()?);
        tx.create_topic(Topic::Community(id)).await?;
        let (community, channels) = furnished(cx, id, name, owner)?;
        tx.insert_community(&community).await?;
        for channel in &channels {
            tx.insert_channel(channel).await?;
        }
        join_as_owner(cx, &mut tx, community).await?;
        tx.commit().await
    }
}

/// A new community: a category for texts with `general`, one for voice with `General`.
fn furnished(
    cx: &Context,
    id: CommunityId,
    name: String,
    owner_id: UserId,
) -> Result<(Community, [Channel; 4])> {
    let channel = |name: &str, kind, position, parent_id| -> Result<Channel> {
        let channel = Channel::new(ChannelId(cx.new_id()?), id, name.to_owned(), kind);
        Ok(Channel {
            position,
            parent_id,
            ..channel
        })
    };
    let texts = channel("Text Channels", ChannelKind::Category, 0, None)?;
    let general = channel("general", ChannelKind::Text, 0, Some(texts.id))?;
    let voices = channel("Voice", ChannelKind::Category, 1, None)?;
    let room = channel("General", ChannelKind::Voice, 0, Some(voices.id))?;
    let community = Community {
        id,
        name,
        username: None,
        owner_id,
        default_permissions: Permissions::NEW_COMMUNITY,
        system_channel_id: Some(general.id),
        join_messages: true,
        default_notif_prefs: NotifPrefs::Mentions,
    };
    Ok((community, [texts, general, voices, room]))
}

async fn join_as_owner(cx: &Context, tx: &mut Tx, community: Community) -> Result<()> {
    let member = Member {
        community_id: community.id,
        user_id: community.owner_id,
        nickname: None,
        role_ids: Vec::new(),
        joined_id: cx.new_id()?,
        notif_prefs: NotifPrefs::Default,
    };
    tx.insert_member(&member).await?;
    let (own, permissions) = (Topic::User(member.user_id), Permissions::all());
    tx.record(
        own,
        Event::CommunityJoined {
            community,
            permissions,
            member,
            after: 0,
        },
    );
    Ok(())
}
