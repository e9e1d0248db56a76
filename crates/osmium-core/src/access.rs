//! May I: the rules by which a caller reaches a chat or a community, each in one place.
//!
//! A check gives back what the next step needs, so it cannot be forgotten. What the caller may not see does not exist for
//! them: such things are "not found", not "forbidden".

use crate::context::Context;
use crate::error::{Error, Result};
use crate::session::Actor;
use crate::views::View;
use osmium_model::relationship::Pair;
use osmium_model::{
    Channel, ChannelId, ChannelKind, Chat, ChatId, ChatKind, CommunityId, Group, GroupId, Member,
    Message, MessageId, Permissions, Rank, Role, RoleId, Topic, UserId,
};
use osmium_ports::Reader;
use osmium_ports::store::Between;
use osmium_wire::ChatTarget;
use std::collections::HashMap;
use std::sync::Arc;

/// A community, as one of its members reaches it.
#[derive(Clone)]
pub(crate) struct InCommunity {
    /// The rules, as they were when the member was read.
    pub(crate) view: Arc<View>,
    /// The member.
    pub(crate) member: Arc<Member>,
}

impl InCommunity {
    /// What the member may do in the community.
    pub(crate) fn permissions(&self) -> Permissions {
        self.view.in_community(&self.member)
    }

    /// Requires a permission in the community.
    pub(crate) fn require(&self, permission: Permissions) -> Result<()> {
        if self.permissions().contains(permission) {
            Ok(())
        } else {
            Err(missing(permission))
        }
    }

    /// Whether the member may see and take back the invites of others.
    pub(crate) fn manages_invites(&self) -> bool {
        let either = Permissions::MODIFY_COMMUNITY | Permissions::MODIFY_CHANNEL;
        self.permissions().intersects(either)
    }

    /// A channel that the member sees.
    pub(crate) fn channel(&self, id: ChannelId) -> Result<&Channel> {
        let channel = self.view.rules().channels.get(&id);
        channel
            .map(|rules| &rules.channel)
            .filter(|_| self.view.sees(&self.member, id))
            .ok_or_else(|| Error::not_found("channel"))
    }

    /// The channels that the member sees, in the order of their places.
    pub(crate) fn channels(&self) -> Vec<&Channel> {
        let (rules, grants) = (self.view.rules(), self.view.grants(&self.member));
        let mut seen: Vec<&Channel> = rules
            .channels
            .values()
            .map(|rules| &rules.channel)
            .filter(|channel| rules.sees(&grants, channel.id))
            .collect();
        seen.sort_unstable_by_key(|channel| (channel.position, channel.id));
        seen
    }

    /// A channel that the member sees, in which they have a permission.
    pub(crate) fn channel_with(&self, id: ChannelId, permission: Permissions) -> Result<&Channel> {
        let channel = self.channel(id)?;
        let held = self.view.grant(&self.member, id).permissions;
        // A category that shows for a child alone grants nothing.
        if held.contains(permission) {
            Ok(channel)
        } else {
            Err(missing(permission))
        }
    }

    /// Where the member stands.
    pub(crate) fn rank(&self) -> Rank {
        self.rank_of(&self.member)
    }

    /// Where another member stands.
    pub(crate) fn rank_of(&self, other: &Member) -> Rank {
        self.view.rules().rank(other.user_id, &other.role_ids)
    }

    /// A role that stands below the member.
    pub(crate) fn role_below(&self, id: RoleId) -> Result<&Role> {
        let role = self.view.rules().roles.get(&id);
        let role = role.ok_or_else(|| Error::not_found("role"))?;
        self.require_above(role.rank())?;
        Ok(role)
    }

    /// Requires that the member stands above something. The owner stands above all but themselves.
    pub(crate) fn require_above(&self, rank: Rank) -> Result<()> {
        if self.rank() > rank {
            Ok(())
        } else {
            Err(Error::forbidden("That is not below your highest role"))
        }
    }

    /// Requires that the member has these permissions in the community: nobody gives what they lack.
    pub(crate) fn require_held(&self, given: Permissions) -> Result<()> {
        require_held(self.permissions(), given)
    }
}

/// A group, as one of its members reaches it.
#[derive(Clone)]
pub(crate) struct InGroup {
    /// The group.
    pub(crate) group: Group,
    /// The epoch of who may do what in it, at the same moment.
    pub(crate) epoch: u64,
    /// The member.
    pub(crate) user_id: UserId,
}

impl InGroup {
    /// What the member may do.
    pub(crate) fn permissions(&self) -> Permissions {
        self.group.permissions_of(self.user_id)
    }

    /// Requires that the group is the member's.
    pub(crate) fn require_owner(&self) -> Result<()> {
        if self.group.is_owned_by(self.user_id) {
            Ok(())
        } else {
            Err(Error::forbidden("Only the owner of the group may do this"))
        }
    }
}

/// A direct chat, as one of its users reaches it.
#[derive(Clone, Copy)]
pub(crate) struct Direct {
    /// The other.
    pub(crate) with: UserId,
    /// What stands between them.
    between: Between,
}

/// A chat, as someone who may see it reaches it.
#[derive(Clone)]
pub(crate) enum InChat {
    /// A channel.
    Channel {
        /// Its community.
        community: InCommunity,
        /// Its id.
        channel: ChannelId,
        /// What the caller may do in it.
        permissions: Permissions,
    },
    /// A group.
    Group(InGroup),
    /// The direct chat with another user, who exists.
    Direct(Direct),
    /// The caller's saved messages.
    Saved(UserId),
}

impl InChat {
    /// What the chat is, for this actor.
    pub(crate) fn kind(&self, actor: Actor) -> ChatKind {
        match self {
            Self::Channel {
                community, channel, ..
            } => ChatKind::Channel {
                community: community.member.community_id,
                channel: *channel,
            },
            Self::Group(here) => ChatKind::Group(here.group.id),
            Self::Direct(direct) => ChatKind::between(actor.user_id, direct.with),
            Self::Saved(user) => ChatKind::Saved(*user),
        }
    }

    /// Requires a permission. In direct chats and saved messages there are none to lack, but for deleting what
    /// others wrote; and all but viewing, across a block.
    pub(crate) fn require(&self, permission: Permissions) -> Result<()> {
        let held = match self {
            Self::Channel { permissions, .. } => *permissions,
            Self::Group(here) => here.permissions(),
            Self::Direct(_) | Self::Saved(_) => Permissions::all() - Permissions::DELETE_MESSAGES,
        };
        if !held.contains(permission) {
            return Err(missing(permission));
        }
        if permission == Permissions::VIEW_CHANNEL {
            return Ok(());
        }
        self.require_no_block()
    }

    /// Requires that nobody has blocked anybody in a direct chat, for whatever would reach the other side. It is not told who
    /// did.
    pub(crate) fn require_no_block(&self) -> Result<()> {
        match self {
            Self::Direct(direct) if direct.between.blocked => Err(cannot_write()),
            _ => Ok(()),
        }
    }

    /// Requires the right to send. In an announcement channel, those who manage the channel or the community have
    /// it.
    pub(crate) fn require_send(&self) -> Result<()> {
        self.require(Permissions::SEND_MESSAGES)?;
        let Self::Channel {
            community,
            channel,
            permissions,
        } = self
        else {
            return Ok(());
        };
        let manages = Permissions::MODIFY_CHANNEL | Permissions::MODIFY_COMMUNITY;
        let announces = community.channel(*channel)?.kind == ChannelKind::Announcement;
        if announces && !permissions.intersects(manages) {
            return Err(missing(Permissions::SEND_MESSAGES));
        }
        Ok(())
    }

    /// The epoch of the rules by which the chat was reached: of its topics, added up. None where they never change.
    pub(crate) fn epoch(&self) -> Option<u64> {
        match self {
            Self::Channel { community, .. } => Some(community.view.epoch()),
            Self::Group(here) => Some(here.epoch),
            Self::Direct(direct) => Some(direct.between.epoch),
            Self::Saved(_) => None,
        }
    }

    /// The id of the chat, where it is known without asking: a channel or group has one from the start.
    pub(crate) fn chat_id(&self) -> Option<ChatId> {
        match self {
            Self::Channel { channel, .. } => Some(ChatId::from(*channel)),
            Self::Group(here) => Some(ChatId::from(here.group.id)),
            Self::Direct(_) | Self::Saved(_) => None,
        }
    }

    /// The row of the chat, if it has begun.
    pub(crate) async fn find(&self, reader: &mut dyn Reader, actor: Actor) -> Result<Option<Chat>> {
        Ok(match self.chat_id() {
            Some(id) => reader.chats(&[id]).await?.pop(),
            None => reader.find_chat(self.kind(actor)).await?,
        })
    }

    /// A message that stands in the chat, and the chat.
    pub(crate) async fn message(
        &self,
        reader: &mut dyn Reader,
        actor: Actor,
        id: MessageId,
    ) -> Result<(Chat, Message)> {
        let not_found = || Error::not_found("message");
        let chat = self.find(reader, actor).await?.ok_or_else(not_found)?;
        let message = reader.messages(chat.id, &[id]).await?.pop();
        Ok((chat, message.ok_or_else(not_found)?))
    }

    /// Requires the right to write: to send, and in a direct chat that has not begun, to begin it.
    pub(crate) async fn require_write(&self, reader: &mut dyn Reader, actor: Actor) -> Result<()> {
        self.require_send()?;
        if let Self::Direct(direct) = self
            && self.find(reader, actor).await?.is_none()
        {
            may_begin_direct(reader, actor.user_id, direct.with).await?;
        }
        Ok(())
    }
}

/// Requires that what is given is held: nobody gives what they lack. (Bits that are no permissions of ours cannot be
/// held, except by those who hold all.)
pub(crate) fn require_held(held: Permissions, given: Permissions) -> Result<()> {
    if held.contains(Permissions::ADMINISTRATOR) || held.contains(given) {
        Ok(())
    } else {
        Err(Error::forbidden("You lack a permission that this gives"))
    }
}

fn missing(permission: Permissions) -> Error {
    match permission {
        Permissions::MODIFY_ROLES => Error::forbidden("Missing permission to modify roles"),
        Permissions::REMOVE_MEMBERS => Error::forbidden("Missing permission to remove members"),
        Permissions::SEND_MESSAGES => Error::forbidden("Missing permission to send messages here"),
        Permissions::DELETE_MESSAGES => {
            Error::forbidden("Missing permission to delete messages here")
        }
        Permissions::MODIFY_CHANNEL => Error::forbidden("Missing permission to modify channels"),
        Permissions::MODIFY_COMMUNITY => {
            Error::forbidden("Missing permission to modify the community or group")
        }
        Permissions::PIN_MESSAGES => Error::forbidden("Missing permission to pin messages here"),
        Permissions::ADD_REACTIONS => Error::forbidden("Missing permission to react here"),
        _ => Error::forbidden("Missing permission"),
    }
}

impl Context {
    /// The community, as the caller reaches it: they are a member of it now.
    pub(crate) async fn community(
        &self,
        reader: &mut dyn Reader,
        id: CommunityId,
    ) -> Result<InCommunity> {
        let not_found = || Error::not_found("community");
        let user = self.actor()?.user_id;
        let (member, epoch) = reader
            .find_standing(id, user)
            .await?
            .ok_or_else(not_found)?;
        let views = &self.core.views;
        let view = views
            .all_at_least(reader, &[(id, epoch)])
            .await?
            .pop()
            .ok_or_else(not_found)?;
        let member = Arc::new(member);
        if view.epoch() == epoch {
            view.keep_member(member.clone());
        }
        Ok(InCommunity { view, member })
    }

    /// The community, as far as this process knows: what is decided by it is checked again when it is committed, by
    /// the epoch.
    pub(crate) async fn known_community(&self, id: CommunityId) -> Result<InCommunity> {
        let user = self.actor()?.user_id;
        if let Some(view) = self.core.views.kept(id, 0)
            && let Some(member) = view.known_member(user)
        {
            return Ok(InCommunity { view, member });
        }
        self.community(&mut *self.read().await?, id).await
    }

    /// The group, as the caller reaches it: they are a member of it now.
    pub(crate) async fn group(&self, reader: &mut dyn Reader, id: GroupId) -> Result<InGroup> {
        let user_id = self.actor()?.user_id;
        let found = reader.groups(&[id]).await?.pop();
        let (group, epoch) = found
            .filter(|(group, _)| group.member(user_id).is_some())
            .ok_or_else(|| Error::not_found("group"))?;
        Ok(InGroup {
            group,
            epoch,
            user_id,
        })
    }

    /// The chat, as the caller reaches it now: a channel that they may view, a group that they are in, a user who exists, or
    /// their own.
    pub(crate) async fn chat(&self, reader: &mut dyn Reader, target: ChatTarget) -> Result<InChat> {
        match target {
            ChatTarget::Channel(community, channel) => {
                in_channel(self.community(reader, community).await?, channel)
            }
            _ => self.personal_chat(reader, target).await,
        }
    }

    /// The chat, as far as this process knows; see [`Context::known_community`].
    pub(crate) async fn known_chat(&self, target: ChatTarget) -> Result<InChat> {
        match target {
            ChatTarget::Channel(community, channel) => {
                in_channel(self.known_community(community).await?, channel)
            }
            _ => self.personal_chat(&mut *self.read().await?, target).await,
        }
    }

    /// The topics to hold for changing what is in a chat, before it is known whether it can be reached.
    pub(crate) fn topics_of(&self, target: ChatTarget) -> Result<Vec<Topic>> {
        let own = self.actor()?.user_id;
        Ok(match target {
            ChatTarget::Channel(community, _) => vec![Topic::Community(community)],
            ChatTarget::User(other) => ChatKind::between(own, other).topics().to_vec(),
            ChatTarget::Group(group) => vec![Topic::Group(group)],
            ChatTarget::Saved => vec![Topic::User(own)],
        })
    }

    async fn personal_chat(&self, reader: &mut dyn Reader, target: ChatTarget) -> Result<InChat> {
        match target {
            ChatTarget::User(with) => {
                let own = self.actor()?.user_id;
                let between = reader.find_between(own, with).await?;
                let between = between.ok_or_else(|| Error::not_found("user"))?;
                Ok(InChat::Direct(Direct { with, between }))
            }
            ChatTarget::Saved => Ok(InChat::Saved(self.actor()?.user_id)),
            ChatTarget::Group(group) => Ok(InChat::Group(self.group(reader, group).await?)),
            ChatTarget::Channel(..) => Err(Error::not_found("channel")),
        }
    }
}

fn in_channel(community: InCommunity, channel: ChannelId) -> Result<InChat> {
    let permissions = community.view.grant(&community.member, channel).permissions;
    let kind = community.channel(channel)?.kind;
    if kind == ChannelKind::Category || !permissions.contains(Permissions::VIEW_CHANNEL) {
        return Err(Error::not_found("channel"));
    }
    Ok(InChat::Channel {
        community,
        channel,
        permissions,
    })
}

/// Whether one user may begin a direct chat with another between whom there is no block: they share a community, or are
/// friends, which opens no door for a bot. (Whoever has a direct chat with someone already may go on with it.)
pub(crate) async fn may_begin_direct(
    reader: &mut dyn Reader,
    from: UserId,
    to: UserId,
) -> Result<()> {
    if !reader.mutual_communities(from, to, 1).await?.is_empty() {
        return Ok(());
    }
    let friends = reader.find_pair(from, to).await? == Pair::FRIENDS;
    if friends && reader.find_user(from).await?.is_some_and(|from| !from.bot) {
        return Ok(());
    }
    Err(cannot_write())
}

/// The same whatever the reason, so that a block does not show.
fn cannot_write() -> Error {
    Error::forbidden("You cannot write to this user")
}

/// Whether someone may put these users into a group: each shares a community with them or is a friend, and there is no block
/// between them. (An invite leads in anyone.)
pub(crate) async fn may_put_into_group(
    reader: &mut dyn Reader,
    by: UserId,
    users: &[UserId],
) -> Result<()> {
    let known = reader.sharing_community(by, users).await?;
    let pairs: HashMap<UserId, Pair> = reader.pairs(by, users).await?.into_iter().collect();
    let may = |user: &UserId| match pairs.get(user) {
        Some(pair) if pair.is_blocked() => false,
        Some(pair) if *pair == Pair::FRIENDS => true,
        _ => known.contains(user),
    };
    if users.iter().all(may) {
        Ok(())
    } else {
        Err(Error::forbidden("You cannot put this user into a group"))
    }
}
