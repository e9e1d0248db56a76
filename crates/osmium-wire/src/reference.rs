//! References to chats: relative to their viewer on the wire, absolute in the model.

use osmium_model::{ChannelId, ChatKind, CommunityId, GroupId, UserId};
use osmium_proto::refs::{ChannelRef, ChatRef, GroupRef, RefSelf, UserRef, chat_ref::Ref};

/// What a client's `ChatRef` points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatTarget {
    /// A channel, said to be of this community.
    Channel(CommunityId, ChannelId),
    /// The direct chat with another user.
    User(UserId),
    /// A group.
    Group(GroupId),
    /// The viewer's saved messages.
    Saved,
}

/// What a reference points at for `viewer`; none if it names nothing. A reference to oneself means saved
/// messages.
pub fn parse_chat(reference: Option<ChatRef>, viewer: UserId) -> Option<ChatTarget> {
    Some(match reference?.r#ref? {
        Ref::Channel(channel) => ChatTarget::Channel(
            CommunityId(channel.community_id),
            ChannelId(channel.channel_id),
        ),
        Ref::User(user) if user.user_id == viewer.0 => ChatTarget::Saved,
        Ref::User(user) => ChatTarget::User(UserId(user.user_id)),
        Ref::Group(group) => ChatTarget::Group(GroupId(group.group_id)),
        Ref::Self_(RefSelf {}) => ChatTarget::Saved,
    })
}

/// How `viewer` names a chat. A direct chat is named by its other side.
pub fn chat(kind: ChatKind, viewer: UserId) -> ChatRef {
    let reference = match kind {
        ChatKind::Channel { community, channel } => return self::channel(community, channel),
        ChatKind::Direct(a, b) => Ref::User(UserRef {
            user_id: if a == viewer { b.0 } else { a.0 },
        }),
        ChatKind::Group(group) => Ref::Group(GroupRef { group_id: group.0 }),
        ChatKind::Saved(_) => Ref::Self_(RefSelf {}),
    };
    ChatRef {
        r#ref: Some(reference),
    }
}

/// How everyone names a channel's chat.
pub fn channel(community: CommunityId, channel: ChannelId) -> ChatRef {
    ChatRef {
        r#ref: Some(Ref::Channel(channel_ref(community, channel))),
    }
}

/// How everyone names a channel.
pub(crate) fn channel_ref(community: CommunityId, channel: ChannelId) -> ChannelRef {
    ChannelRef {
        community_id: community.0,
        channel_id: channel.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_names_the_other() {
        let kind = ChatKind::between(UserId(2), UserId(1));
        let seen_by = |viewer| parse_chat(Some(chat(kind, viewer)), viewer);
        assert_eq!(seen_by(UserId(1)), Some(ChatTarget::User(UserId(2))));
        assert_eq!(seen_by(UserId(2)), Some(ChatTarget::User(UserId(1))));
    }

    #[test]
    fn oneself_means_saved_messages() {
        let own = chat(ChatKind::between(UserId(1), UserId(1)), UserId(1));
        assert_eq!(parse_chat(Some(own), UserId(1)), Some(ChatTarget::Saved));
        let by_id = ChatRef {
            r#ref: Some(Ref::User(UserRef { user_id: 1 })),
        };
        assert_eq!(parse_chat(Some(by_id), UserId(1)), Some(ChatTarget::Saved));
    }

    #[test]
    fn nothing_is_no_target() {
        assert_eq!(parse_chat(None, UserId(1)), None);
        assert_eq!(parse_chat(Some(ChatRef { r#ref: None }), UserId(1)), None);
    }
}
