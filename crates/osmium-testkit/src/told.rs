//! Which member of `Update` holds which message, so that a test can name what it expects by its type.

use osmium_proto::updates::update::Update;
use osmium_proto::updates::{
    UpdateChannel, UpdateChannelDeleted, UpdateChat, UpdateChatTyping, UpdateCommunity,
    UpdateCommunityDeleted, UpdateCommunityMember, UpdateCommunityMemberCreated,
    UpdateCommunityMemberDeleted, UpdateConversationLastRead, UpdateConversationPermissions,
    UpdateGroup, UpdateInteraction, UpdateMemberList, UpdateMessage, UpdateMessageCreated,
    UpdateMessageDeleted, UpdateMessageReactions, UpdateSessionDeleted, UpdateUser,
    UpdateUserRelationship, UpdateUserRelationshipDeleted, UpdateUserStatus, UpdateUserStatusBatch,
};
use osmium_proto::voice::{UpdateRoomParticipant, UpdateRoomState};

/// Something that a server tells without being asked.
pub trait Told: Sized {
    /// This message, if the update holds one.
    fn take(update: Update) -> Option<Self>;
}

macro_rules! told {
    ($($member:ident($message:ty)),* $(,)?) => {
        $(
            impl Told for $message {
                fn take(update: Update) -> Option<Self> {
                    match update {
                        Update::$member(told) => Some(Unboxed::unboxed(told)),
                        _ => None,
                    }
                }
            }
        )*
    };
}

told! {
    MessageCreated(UpdateMessageCreated),
    Channel(UpdateChannel),
    MessageDeleted(UpdateMessageDeleted),
    UserStatus(UpdateUserStatus),
    User(UpdateUser),
    Community(UpdateCommunity),
    ChannelDeleted(UpdateChannelDeleted),
    Message(UpdateMessage),
    ChatTyping(UpdateChatTyping),
    CommunityMember(UpdateCommunityMember),
    CommunityDeleted(UpdateCommunityDeleted),
    ConversationPermissions(UpdateConversationPermissions),
    Chat(UpdateChat),
    SessionDeleted(UpdateSessionDeleted),
    MemberList(UpdateMemberList),
    CommunityMemberDeleted(UpdateCommunityMemberDeleted),
    UpdateUserRelationship(UpdateUserRelationship),
    UpdateUserRelationshipDeleted(UpdateUserRelationshipDeleted),
    Group(UpdateGroup),
    RoomState(UpdateRoomState),
    RoomParticipant(UpdateRoomParticipant),
    MessageReactions(UpdateMessageReactions),
    ConversationLastRead(UpdateConversationLastRead),
    CommunityMemberCreated(UpdateCommunityMemberCreated),
    Interaction(UpdateInteraction),
    UserStatusBatch(UpdateUserStatusBatch),
}

/// Some members are boxed, because they are large.
trait Unboxed<T> {
    fn unboxed(self) -> T;
}

impl<T> Unboxed<T> for T {
    fn unboxed(self) -> T {
        self
    }
}

impl<T> Unboxed<T> for Box<T> {
    fn unboxed(self) -> T {
        *self
    }
}
