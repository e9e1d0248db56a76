//! Updates, one function each, as templates.

use crate::chat::{Place, conversation, overrides};
use crate::community::Standing;
use crate::{Template, community, group, message, presence, reaction, reference, user};
use osmium_model::{
    Channel, ChannelId, Chat, ChatKind, ChatPlace, Community, CommunityId, Group, GroupId,
    InteractionId, LoginId, Member, Message, MessageId, NotifPrefs, Permissions, Reaction,
    ReadState, Relationship, Status, User, UserId,
};
use osmium_proto::chats;
use osmium_proto::types;
use osmium_proto::updates::{
    MemberListEntry, UpdateChannel, UpdateChannelDeleted, UpdateChat, UpdateChatTyping,
    UpdateCommunity, UpdateCommunityDeleted, UpdateCommunityMember, UpdateCommunityMemberCreated,
    UpdateCommunityMemberDeleted, UpdateConversationLastRead, UpdateConversationPermissions,
    UpdateGroup, UpdateInteraction, UpdateMemberList, UpdateMessage, UpdateMessageCreated,
    UpdateMessageDeleted, UpdateMessageReactions, UpdateSessionDeleted, UpdateUser,
    UpdateUserRelationship, UpdateUserRelationshipDeleted, UpdateUserStatusBatch,
};

/// The numbers of the members of `Update`.
mod number {
    pub(super) const MESSAGE_CREATED: u32 = 1;
    pub(super) const CHANNEL: u32 = 2;
    pub(super) const MESSAGE_DELETED: u32 = 3;
    pub(super) const USER_STATUS: u32 = 4;
    pub(super) const USER: u32 = 5;
    pub(super) const COMMUNITY: u32 = 6;
    pub(super) const CHANNEL_DELETED: u32 = 7;
    pub(super) const MESSAGE: u32 = 8;
    pub(super) const CHAT_TYPING: u32 = 9;
    pub(super) const COMMUNITY_MEMBER: u32 = 10;
    pub(super) const COMMUNITY_DELETED: u32 = 11;
    pub(super) const CONVERSATION_PERMISSIONS: u32 = 12;
    pub(super) const CHAT: u32 = 13;
    pub(super) const SESSION_DELETED: u32 = 14;
    pub(super) const MEMBER_LIST: u32 = 16;
    pub(super) const COMMUNITY_MEMBER_DELETED: u32 = 17;
    pub(super) const USER_RELATIONSHIP: u32 = 18;
    pub(super) const USER_RELATIONSHIP_DELETED: u32 = 19;
    pub(super) const GROUP: u32 = 20;
    pub(super) const MESSAGE_REACTIONS: u32 = 23;
    pub(super) const CONVERSATION_LAST_READ: u32 = 24;
    pub(super) const COMMUNITY_MEMBER_CREATED: u32 = 25;
    pub(super) const INTERACTION: u32 = 26;
    pub(super) const USER_STATUS_BATCH: u32 = 27;
}

/// The number of `community` in `UpdateCommunity`.
const COMMUNITY_IN_UPDATE: u32 = 2;
/// The number of `group` in `UpdateGroup`.
const GROUP_IN_UPDATE: u32 = 1;

/// A user, and what the viewer sees of their status.
pub type Seen<'a> = (&'a User, Option<&'a Status>);

fn seen(users: &[Seen<'_>]) -> Vec<types::User> {
    let rendered = users
        .iter()
        .map(|(person, status)| user::user(person, *status));
    rendered.collect()
}

/// A message was sent. The unread count and the author's own number are spliced in: [`crate::Personal::Unread`].
pub fn message_created(
    sent: &Message,
    chat: ChatKind,
    author: &User,
    status: Option<&Status>,
    viewer: UserId,
) -> Template {
    let update = UpdateMessageCreated {
        message: Some(message::message(sent, chat, viewer)),
        author: Some(user::user(author, status)),
        channel_unread_count: 0,
        client_id: None,
    };
    Template::new(number::MESSAGE_CREATED, &update)
}

/// A message was edited.
pub fn message(edited: &Message, chat: ChatKind, viewer: UserId) -> Template {
    let message = Some(message::message(edited, chat, viewer));
    Template::new(number::MESSAGE, &UpdateMessage { message })
}

/// Messages were deleted.
pub fn message_deleted(
    chat: ChatKind,
    ids: impl IntoIterator<Item = MessageId>,
    viewer: UserId,
) -> Template {
    let update = UpdateMessageDeleted {
        chat_ref: Some(reference::chat(chat, viewer)),
        message_ids: ids.into_iter().map(|id| id.0).collect(),
    };
    Template::new(number::MESSAGE_DELETED, &update)
}

/// The reactions to a message changed, as someone sees them who chose those that `mine` marks.
pub fn message_reactions(
    chat: ChatKind,
    id: MessageId,
    reactions: &[Reaction],
    mine: &[bool],
    viewer: UserId,
) -> Template {
    let update = UpdateMessageReactions {
        chat_ref: Some(reference::chat(chat, viewer)),
        reactions: Some(reaction::to_message(id, reactions, mine)),
    };
    Template::new(number::MESSAGE_REACTIONS, &update)
}

/// A direct chat began.
pub fn chat_opened(chat: &Chat, users: &[Seen<'_>], viewer: UserId) -> Template {
    let place = Place {
        read: ReadState::default(),
        unread: 0,
        mentions: 0,
        notif_prefs: NotifPrefs::All,
        overrides: None,
    };
    let chat = chats::Chat {
        chat: Some(conversation(chat, place, viewer)),
        users: seen(users),
        ..chats::Chat::default()
    };
    Template::new(number::CHAT, &UpdateChat { chat: Some(chat) })
}

/// A chat stands otherwise for the viewer.
pub fn chat(
    place: &ChatPlace,
    overrides: Option<(Permissions, Permissions)>,
    viewer: UserId,
) -> Template {
    let chat = chats::Chat {
        chat: Some(conversation(
            &place.chat,
            Place::of(place, overrides),
            viewer,
        )),
        ..chats::Chat::default()
    };
    Template::new(number::CHAT, &UpdateChat { chat: Some(chat) })
}

/// The viewer came into a group, and has read it up to here.
pub fn group_chat_opened(
    group: &Group,
    users: &[Seen<'_>],
    chat: &Chat,
    read: ReadState,
    viewer: UserId,
) -> Template {
    let place = Place {
        read,
        unread: 0,
        mentions: 0,
        notif_prefs: NotifPrefs::All,
        overrides: Some(group::overrides(group.permissions_of(viewer))),
    };
    let chat = chats::Chat {
        chat: Some(conversation(chat, place, viewer)),
        users: seen(users),
        group: Some(group::group(group, viewer)),
        ..chats::Chat::default()
    };
    Template::new(number::CHAT, &UpdateChat { chat: Some(chat) })
}

/// A group, as one viewer sees it.
pub fn group(changed: &Group, users: &[Seen<'_>], viewer: UserId) -> Template {
    let update = UpdateGroup {
        group: Some(group::group(changed, viewer)),
        users: seen(users),
    };
    Template::new(number::GROUP, &update)
}

/// A group; whether the viewer owns it is spliced in: [`crate::Personal::GroupOwner`].
pub fn group_for_each(changed: &Group, users: &[Seen<'_>]) -> Template {
    let update = UpdateGroup {
        group: None,
        users: seen(users),
    };
    let shared = group::shared(changed);
    Template::nested(number::GROUP, &update, GROUP_IN_UPDATE, &shared)
}

/// A member of a group may do this now.
pub fn group_permissions(id: GroupId, permissions: Permissions, viewer: UserId) -> Template {
    let update = UpdateConversationPermissions {
        chat_ref: Some(reference::chat(ChatKind::Group(id), viewer)),
        permissions: Some(overrides(group::overrides(permissions))),
    };
    Template::new(number::CONVERSATION_PERMISSIONS, &update)
}

/// The viewer has read up to a message, in another session.
pub fn conversation_last_read(
    chat: ChatKind,
    read: MessageId,
    (unread, mentions): (u32, u32),
    viewer: UserId,
) -> Template {
    let update = UpdateConversationLastRead {
        chat_ref: Some(reference::chat(chat, viewer)),
        last_read_message_id: read.0,
        unread_count: Some(unread),
        unread_mentions_count: Some(mentions),
    };
    Template::new(number::CONVERSATION_LAST_READ, &update)
}

/// Someone types, or with no action stops.
pub fn chat_typing(
    chat: ChatKind,
    typist: UserId,
    action: Option<i32>,
    viewer: UserId,
) -> Template {
    let update = UpdateChatTyping {
        chat_ref: Some(reference::chat(chat, viewer)),
        user_id: typist.0,
        typing: action.is_some(),
        action,
    };
    Template::new(number::CHAT_TYPING, &update)
}

/// Someone pressed a button of a message of the viewer, a bot.
pub fn interaction(
    interaction: InteractionId,
    user: UserId,
    message: MessageId,
    data: &str,
) -> Template {
    let update = UpdateInteraction {
        interaction_id: interaction.0,
        user_id: user.0,
        message_id: message.0,
        data: Some(data.to_owned()),
    };
    Template::new(number::INTERACTION, &update)
}

/// A user's name or looks changed.
pub fn user(changed: &User, status: Option<&Status>) -> Template {
    let update = UpdateUser {
        user_id: changed.id.0,
        user: Some(user::user(changed, status)),
    };
    Template::new(number::USER, &update)
}

/// Another user is something new to the viewer.
pub fn relationship(other: UserId, relationship: Relationship) -> Template {
    let relationship = Some(user::relationship(other, relationship));
    Template::new(
        number::USER_RELATIONSHIP,
        &UpdateUserRelationship { relationship },
    )
}

/// Another user is nothing to the viewer any more.
pub fn relationship_deleted(other: UserId) -> Template {
    let update = UpdateUserRelationshipDeleted {
        other_user_id: other.0,
    };
    Template::new(number::USER_RELATIONSHIP_DELETED, &update)
}

/// A user's status changed; none is offline. The second template is for clients of the newest generation.
pub fn user_status(user: UserId, status: Option<&Status>) -> (Template, Template) {
    let update = presence::status_update(user, status);
    let batch = UpdateUserStatusBatch {
        updates: vec![update.clone()],
    };
    (
        Template::new(number::USER_STATUS, &update),
        Template::new(number::USER_STATUS_BATCH, &batch),
    )
}

/// A login of the viewer ended.
pub fn session_deleted(login: LoginId) -> Template {
    Template::new(
        number::SESSION_DELETED,
        &UpdateSessionDeleted {
            session_id: login.0,
        },
    )
}

/// A community as someone of this standing sees it.
pub fn community(changed: &Community, standing: Standing) -> Template {
    let update = UpdateCommunity {
        community_id: changed.id.0,
        community: Some(community::community(changed, standing)),
    };
    Template::new(number::COMMUNITY, &update)
}

/// A community; the viewer's standing is spliced in: [`crate::Personal::Standing`].
pub fn community_for_each(changed: &Community) -> Template {
    let update = UpdateCommunity {
        community_id: changed.id.0,
        community: None,
    };
    let shared = community::shared(changed);
    Template::nested(number::COMMUNITY, &update, COMMUNITY_IN_UPDATE, &shared)
}

/// A channel was made or edited.
pub fn channel(changed: &Channel) -> Template {
    let channel = Some(community::channel(changed));
    Template::new(number::CHANNEL, &UpdateChannel { channel })
}

/// A channel is gone, or hidden from the viewer.
pub fn channel_deleted(community: CommunityId, channel: ChannelId) -> Template {
    let channel = Some(reference::channel_ref(community, channel));
    Template::new(number::CHANNEL_DELETED, &UpdateChannelDeleted { channel })
}

/// What the overrides of a channel give the viewer, and what they take away.
pub fn conversation_permissions(
    community: CommunityId,
    channel: ChannelId,
    overrides: (Permissions, Permissions),
) -> Template {
    let update = UpdateConversationPermissions {
        chat_ref: Some(reference::channel(community, channel)),
        permissions: Some(crate::chat::overrides(overrides)),
    };
    Template::new(number::CONVERSATION_PERMISSIONS, &update)
}

/// A community is gone, or the viewer is in it no more.
pub fn community_deleted(community: CommunityId) -> Template {
    let update = UpdateCommunityDeleted {
        community_id: community.0,
    };
    Template::new(number::COMMUNITY_DELETED, &update)
}

/// A member's name or roles changed.
pub fn member(changed: &Member) -> Template {
    let update = UpdateCommunityMember {
        community_id: changed.community_id.0,
        member_id: changed.user_id.0,
        member: Some(community::member(changed)),
    };
    Template::new(number::COMMUNITY_MEMBER, &update)
}

/// Someone became a member.
pub fn member_created(member: &Member, person: &User, status: Option<&Status>) -> Template {
    let update = UpdateCommunityMemberCreated {
        community_id: member.community_id.0,
        member_id: member.user_id.0,
        member: Some(community::member(member)),
        user: Some(user::user(person, status)),
    };
    Template::new(number::COMMUNITY_MEMBER_CREATED, &update)
}

/// Someone is a member no more.
pub fn member_deleted(community: CommunityId, member: UserId) -> Template {
    let update = UpdateCommunityMemberDeleted {
        community_id: community.0,
        member_id: member.0,
    };
    Template::new(number::COMMUNITY_MEMBER_DELETED, &update)
}

/// The members of a channel, all of them, for those who asked for them.
pub fn member_list(
    community: CommunityId,
    channel: ChannelId,
    entries: Vec<MemberListEntry>,
) -> Template {
    let update = UpdateMemberList {
        community_id: Some(community.0),
        channel_id: channel.0,
        entries,
    };
    Template::new(number::MEMBER_LIST, &update)
}
