//! `communities.editSettings -> communities.CommunitySettings`: replaces those parts of a community's settings that are given,
//! and answers with all of them. To change them needs `MODIFY_COMMUNITY`; every member may read them.
//!
//! A community that is listed in public has an invite of its own for it.

use crate::access::InCommunity;
use crate::communities::{check_listing, record_community_changed, row};
use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::invites::new_code;
use crate::method::{Access, Cost, Method};
use osmium_model::{
    ChannelId, Community, CommunityId, Invite, InviteCode, InviteTarget, Listing, NotifPrefs,
    Permissions,
};
use osmium_proto::communities::community_settings::SystemMessages;
use osmium_proto::communities::{CommunitySettings, EditSettings};
use osmium_wire::community;

impl Method for EditSettings {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<CommunitySettings> {
        let id = CommunityId(self.community_id);
        let (mut tx, here) = cx.begin_in(id, &[]).await?;
        let mut community = row(&mut tx, id).await?;
        let (mut listing, invite) = tx.find_listing(id).await?.unwrap_or_default();
        if let Some(said) = self.settings {
            here.require(Permissions::MODIFY_COMMUNITY)?;
            let edited = edit(&here, community.clone(), &said)?;
            if edited != community {
                tx.update_community(&edited).await?;
                record_community_changed(&mut tx, edited.clone());
                community = edited;
            }
            if let Some(said) = said.discovery_listing {
                let wanted = check_listing(cx.limits(), community::parse_listing(said))?;
                if wanted != listing {
                    list(cx, &mut tx, id, &wanted, invite).await?;
                    listing = wanted;
                }
            }
            tx.commit().await?;
        }
        let seen = |channel: &ChannelId| here.channel(*channel).is_ok();
        community.system_channel_id = community.system_channel_id.filter(seen);
        Ok(community::settings(&community, listing))
    }
}

/// The community with the parts of it that are said.
fn edit(here: &InCommunity, mut edited: Community, said: &CommunitySettings) -> Result<Community> {
    if let Some(messages) = &said.system_messages {
        edit_system_messages(here, &mut edited, messages)?;
    }
    if let Some(prefs) = said.default_notif_prefs {
        edited.default_notif_prefs = NotifPrefs::from_number(prefs)
            .filter(|prefs| *prefs != NotifPrefs::Default)
            .ok_or_else(|| Error::invalid("Unknown notification preference"))?;
    }
    Ok(edited)
}

fn edit_system_messages(
    here: &InCommunity,
    community: &mut Community,
    said: &SystemMessages,
) -> Result<()> {
    let channel = said.channel_id.filter(|id| *id != 0).map(ChannelId);
    if let Some(channel) = channel
        && !here.channel(channel)?.has_messages()
    {
        return Err(Error::invalid("A category has no messages"));
    }
    community.system_channel_id = channel;
    community.join_messages = said.join_messages.unwrap_or(false);
    Ok(())
}

/// Lists a community, by the invite that it has for that or a new one; or takes it off.
async fn list(
    cx: &Context,
    tx: &mut Tx,
    id: CommunityId,
    listing: &Listing,
    invite: Option<InviteCode>,
) -> Result<()> {
    let code = match invite {
        _ if !listing.listed => None,
        Some(code) => Some(code),
        None => Some(new_invite(cx, tx, id).await?),
    };
    Ok(tx.set_listing(id, listing, code.as_ref()).await?)
}

async fn new_invite(cx: &Context, tx: &mut Tx, id: CommunityId) -> Result<InviteCode> {
    let invite = Invite {
        code: new_code(cx)?,
        creator_id: cx.actor()?.user_id,
        target: InviteTarget::Community(id),
        expires_at: None,
        max_uses: None,
        uses: 0,
    };
    tx.insert_invite(&invite, cx.now()).await?;
    Ok(invite.code)
}
