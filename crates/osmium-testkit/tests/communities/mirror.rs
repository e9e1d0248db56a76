//! What a client knows that has read everything once and then only listens to updates.

use crate::model::{ADMINISTRATOR, ALL, VIEW};
use osmium_proto::communities::Channels;
use osmium_proto::refs::chat_ref::Ref;
use osmium_proto::refs::{ChannelRef, ChatRef};
use osmium_proto::types::PermissionOverrides;
use osmium_proto::updates::update::Update;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Mirror {
    /// The own permissions in the community; none while not in it.
    pub(crate) permissions: Option<u64>,
    /// By channel: its place, and what its overrides give and take.
    pub(crate) channels: BTreeMap<u64, Shown>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Shown {
    pub(crate) parent: Option<u64>,
    pub(crate) position: u32,
    given: u64,
    taken: u64,
}

impl Mirror {
    /// Everything is read anew, as a client does that was told of a new community.
    pub(crate) fn read(permissions: u64, listed: Channels) -> Self {
        let mut mirror = Self {
            permissions: Some(permissions),
            channels: BTreeMap::new(),
        };
        for channel in listed.channels {
            let shown = mirror.channels.entry(channel.id).or_default();
            (shown.parent, shown.position) = (channel.parent_id, channel.position);
        }
        for conversation in listed.conversations {
            mirror.overrides(conversation.chat_ref, conversation.permissions);
        }
        mirror
    }

    /// Whether this is the first news of a community: it has to be read.
    pub(crate) fn is_new(&self, update: &Update) -> bool {
        matches!(update, Update::Community(_)) && self.permissions.is_none()
    }

    pub(crate) fn hear(&mut self, update: Update) {
        match update {
            Update::Community(told) => {
                self.permissions = told.community.map(|community| community.permissions);
            }
            Update::CommunityDeleted(_) => *self = Self::default(),
            Update::Channel(told) => {
                let channel = told.channel.expect("a channel");
                let shown = self.channels.entry(channel.id).or_default();
                (shown.parent, shown.position) = (channel.parent_id, channel.position);
            }
            Update::ChannelDeleted(told) => {
                let gone = told.channel.expect("a channel").channel_id;
                assert!(
                    self.channels.remove(&gone).is_some(),
                    "{gone} was not shown"
                );
            }
            Update::ConversationPermissions(told) => {
                self.overrides(told.chat_ref, told.permissions);
            }
            _ => {}
        }
    }

    fn overrides(&mut self, chat: Option<ChatRef>, said: Option<PermissionOverrides>) {
        let Some(Ref::Channel(ChannelRef { channel_id, .. })) = chat.and_then(|chat| chat.r#ref)
        else {
            panic!("a channel has to be named, not {chat:?}");
        };
        let said = said.unwrap_or_default();
        let shown = self.channels.get_mut(&channel_id);
        let shown = shown.expect("permissions are of a channel that is shown");
        (shown.given, shown.taken) = (said.pos, said.neg);
    }

    /// What the client computes that its user may do in a channel.
    pub(crate) fn may_in(&self, channel: u64) -> u64 {
        let (Some(permissions), Some(shown)) = (self.permissions, self.channels.get(&channel))
        else {
            return 0;
        };
        if permissions & ADMINISTRATOR != 0 {
            return ALL;
        }
        let may = (permissions & !shown.taken) | shown.given;
        if may & VIEW == 0 { 0 } else { may }
    }
}
