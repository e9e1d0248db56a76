//! Builders: entities with sensible defaults, to be changed by struct update where a test cares.

use osmium_model::{
    Account, App, Channel, ChannelId, ChannelKind, Chat, ChatId, ChatKind, ClientId, Community,
    CommunityId, Device, Group, GroupId, GroupMember, Invite, InviteCode, InviteTarget, Login,
    LoginId, Member, Message, MessageId, MessageKind, NotifPrefs, Permissions, Role, RoleId,
    Timestamp, User, UserId,
};

/// A time at which tests happen.
pub const NOON: Timestamp = Timestamp::from_millis(1_780_000_000_000);

/// A user without a handle.
pub fn user(id: u64) -> User {
    User {
        id: UserId(id),
        name: format!("User {id}"),
        username: None,
        bot: false,
        icon: None,
        color: None,
    }
}

/// The account of a guest: no address, no password.
pub fn account(id: u64) -> Account {
    Account {
        user_id: UserId(id),
        email: None,
        password_hash: None,
        disabled: false,
    }
}

/// A login of a user, made and used at [`NOON`].
pub fn login(id: u64, user: u64) -> Login {
    Login {
        id: LoginId(id),
        user_id: UserId(user),
        client_id: ClientId(1),
        token_hash: [7; 32],
        device: Device::default(),
        created_at: NOON,
        last_active: NOON,
    }
}

/// An application.
pub fn app(id: u32, owner: u64, bot: u64) -> App {
    App {
        client_id: ClientId(id),
        name: format!("App {id}"),
        owner_id: UserId(owner),
        bot_id: UserId(bot),
    }
}

/// A community as it is when it is made.
pub fn community(id: u64, owner: u64) -> Community {
    Community {
        id: CommunityId(id),
        name: format!("Community {id}"),
        username: None,
        owner_id: UserId(owner),
        default_permissions: Permissions::NEW_COMMUNITY,
        system_channel_id: None,
        join_messages: false,
        default_notif_prefs: NotifPrefs::Mentions,
    }
}

/// A membership without anything set. Messages with an id below `joined_id` were there before.
pub fn member(community: u64, user: u64, joined_id: u64) -> Member {
    Member {
        community_id: CommunityId(community),
        user_id: UserId(user),
        nickname: None,
        role_ids: Vec::new(),
        joined_id,
        notif_prefs: NotifPrefs::Default,
    }
}

/// A role that gives nothing.
pub fn role(community: u64, id: u64) -> Role {
    Role {
        id: RoleId(id),
        community_id: CommunityId(community),
        name: format!("Role {id}"),
        permissions: Permissions::empty(),
        priority: 0,
        color: 0,
        separated: false,
        public: false,
    }
}

/// A text channel.
pub fn channel(community: u64, id: u64) -> Channel {
    let name = format!("channel-{id}");
    Channel::new(
        ChannelId(id),
        CommunityId(community),
        name,
        ChannelKind::Text,
    )
}

/// A chat without messages.
pub fn chat(id: u64, kind: ChatKind) -> Chat {
    Chat {
        id: ChatId(id),
        kind,
        last_ordinal: 0,
        last_message_id: None,
        highest_id: 0,
    }
}

/// The direct chat of two users, or the saved messages of one, without messages.
pub fn direct(id: u64, a: u64, b: u64) -> Chat {
    chat(id, ChatKind::between(UserId(a), UserId(b)))
}

/// A group of these members, the first of whom owns it. They came in one after another, from 1 on.
pub fn group<const N: usize>(id: u64, members: [u64; N]) -> Group {
    let member = |(joined_id, user)| GroupMember {
        user_id: UserId(user),
        joined_id,
        permissions: None,
    };
    Group {
        id: GroupId(id),
        name: format!("Group {id}"),
        owner_id: UserId(members[0]),
        members: (1..).zip(members).map(member).collect(),
    }
}

/// The chat of a text channel, without messages.
pub fn channel_chat(community: u64, channel: u64) -> Chat {
    let kind = ChatKind::Channel {
        community: CommunityId(community),
        channel: ChannelId(channel),
    };
    chat(channel, kind)
}

/// A plain message.
pub fn message(chat: u64, id: u64, ordinal: u64, author: u64) -> Message {
    Message {
        id: MessageId(id),
        chat_id: ChatId(chat),
        ordinal,
        author_id: UserId(author),
        kind: MessageKind::Normal,
        text: format!("message {id}"),
        entities: Vec::new(),
        reply: None,
        forwarded: None,
        bot: None,
        edited_at: None,
        pinned: false,
    }
}

/// An invite without limits. The code is made of the number.
pub fn invite(number: u64, creator: u64, target: InviteTarget) -> Invite {
    Invite {
        code: invite_code(number),
        creator_id: UserId(creator),
        target,
        expires_at: None,
        max_uses: None,
        uses: 0,
    }
}

/// The code of the invite with a number.
pub fn invite_code(number: u64) -> InviteCode {
    InviteCode::parse(&format!("invite{:010}", number % 10_000_000_000))
        .expect("sixteen letters and digits")
}
