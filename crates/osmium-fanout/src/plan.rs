//! Who hears of an event, and what they see.

mod community;
mod group;
mod interaction;

use osmium_model::event::{DeletedMessage, Event};
use osmium_model::{
    Chat, ChatKind, ChatPlace, ConnectionId, Message, MessageId, MessageKind, Permissions,
    Reaction, ReadState, Relationship, Status, Topic, User, UserId,
};
use osmium_wire::update::Seen;
use osmium_wire::{Audience, Body, Effect, Personal, Rendered, update};
use std::collections::HashMap;

/// The statuses of the users that an event shows. Who is not in it is offline.
#[derive(Clone, Debug, Default)]
pub struct Statuses(HashMap<UserId, Status>);

impl FromIterator<(UserId, Status)> for Statuses {
    fn from_iter<I: IntoIterator<Item = (UserId, Status)>>(statuses: I) -> Self {
        Self(statuses.into_iter().collect())
    }
}

impl Statuses {
    /// A user's status as a viewer sees it: their own as it is, others' as far as those show it.
    fn seen(&self, user: UserId, viewer: UserId) -> Option<&Status> {
        let status = self.0.get(&user);
        if user == viewer {
            status
        } else {
            Status::seen_by_others(status)
        }
    }
}

/// Plans what the followers of `topic` are told of one of its events. In a user's topic the viewer is that user; in
/// a community's or group's, what is told does not depend on the viewer but for [`Personal`].
pub fn plan(topic: Topic, event: &Event, statuses: &Statuses) -> Body {
    Body {
        relists: relists(topic, event),
        ..told_of(topic, event, statuses)
    }
}

/// Whether an event changes who is in the member lists of a community, or how they are shown.
fn relists(topic: Topic, event: &Event) -> bool {
    let listed = matches!(
        event,
        Event::UserChanged { .. }
            | Event::CommunityChanged { .. }
            | Event::ChannelsChanged { .. }
            | Event::MemberJoined { .. }
            | Event::MemberChanged { .. }
            | Event::MembersLeft { .. }
    );
    listed && matches!(topic, Topic::Community(_))
}

fn told_of(topic: Topic, event: &Event, statuses: &Statuses) -> Body {
    let viewer = viewer(topic);
    match event {
        Event::MessageCreated {
            chat,
            message,
            author,
            client_id,
            origin,
        } => {
            let sent = Sent {
                chat,
                message,
                author,
                client_id: *client_id,
                origin: *origin,
            };
            sent.plan(viewer, statuses)
        }
        Event::MessageEdited { chat, message } => edited(chat, message, viewer),
        Event::MessagesDeleted { chat, messages } => deleted(chat, messages, viewer),
        Event::ReactionsChanged {
            chat,
            message_id,
            reactions,
        } => told(reactions_changed(chat, *message_id, reactions, viewer)),
        Event::ChatOpened { chat, users } => opened(chat, users, viewer, statuses),
        Event::ChatRead {
            chat,
            read,
            unread,
            mentions,
            origin,
        } => chat_read(chat, *read, (*unread, *mentions), *origin, viewer),
        Event::ChatPrefsChanged {
            place,
            overrides,
            origin,
        } => prefs_changed(place, *overrides, *origin, viewer),
        Event::UserChanged { user, change } => user_changed(user, *change, viewer, statuses),
        Event::RelationshipChanged {
            other,
            relationship,
            acquainted,
        } => {
            let status = statuses.seen(other.id, viewer);
            let status = status.filter(|_| *acquainted);
            relationship_changed(other, *relationship, status)
        }
        Event::RelationshipEnded { other_id } => {
            told(Rendered::for_all(update::relationship_deleted(*other_id)))
        }
        Event::LoginEnded { login_id } => {
            let body = told(Rendered::for_all(update::session_deleted(*login_id)));
            with_effects(body, [Effect::LoginEnded { login: *login_id }])
        }
        Event::CommunityJoined {
            community,
            permissions,
            member,
            after,
        } => community::joined(community, *permissions, member, *after),
        Event::CommunityChanged { community, epoch } => {
            let body = told(community::standing_in(community));
            with_effects(body, [Effect::Rules { epoch: *epoch }])
        }
        // Who sees what of it is found where the rules before and after are known.
        Event::ChannelsChanged { epoch, .. } => {
            with_effects(Body::default(), [Effect::Rules { epoch: *epoch }])
        }
        Event::CommunityDeleted { .. } => with_effects(Body::default(), [Effect::Ended]),
        Event::MemberJoined { member, user } => {
            let template = update::member_created(member, user, statuses.seen(user.id, viewer));
            told(Rendered::for_all(template))
        }
        Event::MemberChanged {
            community,
            member,
            epoch,
            edit,
        } => community::member_changed(community, member, *epoch, *edit),
        Event::MemberPrefsChanged {
            community,
            member,
            epoch,
            origin,
        } => community::prefs_changed(community, member, *epoch, *origin),
        Event::MembersLeft {
            community_id,
            user_ids,
            epoch,
        } => community::members_left(*community_id, user_ids, *epoch),
        Event::Interaction(event) => interaction::plan(event),
        Event::Group(event) => group::plan(event, viewer, statuses),
    }
}

/// Users, with what a viewer sees of their statuses.
fn seen<'a>(users: &'a [User], statuses: &'a Statuses, viewer: UserId) -> Vec<Seen<'a>> {
    users
        .iter()
        .map(|user| (user, statuses.seen(user.id, viewer)))
        .collect()
}

/// Plans what the followers of `topic` are told of someone's typing; no action is the end of it.
pub fn plan_typing(topic: Topic, chat: ChatKind, typist: UserId, action: Option<i32>) -> Body {
    let audience = Audience {
        except: Some(typist),
        ..who_may_view(chat)
    };
    let template = update::chat_typing(chat, typist, action, viewer(topic));
    told(Rendered::for_all(template).heard_by(audience))
}

/// A message that was sent.
struct Sent<'a> {
    chat: &'a Chat,
    message: &'a Message,
    author: &'a User,
    client_id: Option<u64>,
    origin: Option<ConnectionId>,
}

impl Sent<'_> {
    fn plan(&self, viewer: UserId, statuses: &Statuses) -> Body {
        let by_someone = self.message.kind == MessageKind::Normal;
        let effect = Effect::Sent {
            chat: self.chat.id,
            ordinal: self.message.ordinal,
            author: by_someone.then_some(self.author.id),
        };
        let mut body = with_effects(told(self.created(viewer, statuses)), [effect]);
        if let Some(origin) = self.origin.filter(|_| by_someone) {
            body.updates.push(self.read_elsewhere(origin));
        }
        body
    }

    fn created(&self, viewer: UserId, statuses: &Statuses) -> Rendered {
        let status = statuses.seen(self.author.id, viewer);
        let template =
            update::message_created(self.message, self.chat.kind, self.author, status, viewer);
        let personal = Personal::Unread {
            chat: self.chat.id,
            ordinal: self.message.ordinal,
            author: self.author.id,
            client_id: self.client_id,
        };
        let audience = who_may_view(self.chat.kind);
        Rendered {
            audience,
            personal,
            ..Rendered::for_all(template)
        }
    }

    /// One has read what one wrote: the author's other sessions are told.
    fn read_elsewhere(&self, origin: ConnectionId) -> Rendered {
        let (kind, author) = (self.chat.kind, self.author.id);
        let template = update::conversation_last_read(kind, self.message.id, (0, 0), author);
        Rendered::for_all(template).heard_by(Audience {
            only: Some(author),
            except_connection: Some(origin),
            ..who_may_view(kind)
        })
    }
}

fn edited(chat: &Chat, message: &Message, viewer: UserId) -> Body {
    let template = update::message(message, chat.kind, viewer);
    told(Rendered::for_all(template).heard_by(who_may_view(chat.kind)))
}

fn opened(chat: &Chat, users: &[User], viewer: UserId, statuses: &Statuses) -> Body {
    let users = seen(users, statuses, viewer);
    told(Rendered::for_all(update::chat_opened(chat, &users, viewer)))
}

/// All who know a user are told once. Their own sessions are told where they see all of it: in their own topic.
fn user_changed(user: &User, change: u64, viewer: UserId, statuses: &Statuses) -> Body {
    let template = update::user(user, statuses.seen(user.id, viewer));
    let audience = Audience {
        except: Some(user.id).filter(|user| *user != viewer),
        ..Audience::default()
    };
    Body {
        once: Some(change),
        ..told(Rendered::for_all(template).heard_by(audience))
    }
}

/// The user's other sessions are told.
fn prefs_changed(
    place: &ChatPlace,
    overrides: Option<(Permissions, Permissions)>,
    origin: ConnectionId,
    viewer: UserId,
) -> Body {
    let template = update::chat(place, overrides, viewer);
    let audience = Audience {
        except_connection: Some(origin),
        ..Audience::default()
    };
    told(Rendered::for_all(template).heard_by(audience))
}

fn deleted(chat: &Chat, messages: &[DeletedMessage], viewer: UserId) -> Body {
    let ids = messages.iter().map(|message| message.id);
    let template = update::message_deleted(chat.kind, ids, viewer);
    let ordinals = messages.iter().map(|message| message.ordinal).collect();
    let body = told(Rendered::for_all(template).heard_by(who_may_view(chat.kind)));
    with_effects(
        body,
        [Effect::Deleted {
            chat: chat.id,
            ordinals,
        }],
    )
}

fn relationship_changed(other: &User, relationship: Relationship, status: Option<&Status>) -> Body {
    let updates = [
        update::user(other, status),
        update::relationship(other.id, relationship),
    ];
    Body {
        updates: updates.map(Rendered::for_all).into(),
        ..Body::default()
    }
}

/// Encoded for those who chose none of them; who did is found where it is known who hears it.
fn reactions_changed(
    chat: &Chat,
    message_id: MessageId,
    reactions: &[Reaction],
    viewer: UserId,
) -> Rendered {
    let none = vec![false; reactions.len()];
    let template = update::message_reactions(chat.kind, message_id, reactions, &none, viewer);
    Rendered {
        personal: Personal::Reactions {
            chat: chat.id,
            kind: chat.kind,
            message_id,
            reactions: reactions.to_vec(),
        },
        ..Rendered::for_all(template).heard_by(who_may_view(chat.kind))
    }
}

fn chat_read(
    chat: &Chat,
    read: ReadState,
    unread: (u32, u32),
    origin: ConnectionId,
    viewer: UserId,
) -> Body {
    let effect = Effect::Read {
        user: viewer,
        chat: chat.id,
        ordinal: read.ordinal,
    };
    let updates = read.message_id.map(|message| {
        let template = update::conversation_last_read(chat.kind, message, unread, viewer);
        let audience = Audience {
            except_connection: Some(origin),
            ..Audience::default()
        };
        Rendered::for_all(template).heard_by(audience)
    });
    Body {
        effects: vec![effect],
        updates: updates.into_iter().collect(),
        ..Body::default()
    }
}

/// In a user's topic the viewer is the user. Elsewhere nobody in particular: what they see is alike.
fn viewer(topic: Topic) -> UserId {
    match topic {
        Topic::User(user) => user,
        Topic::Group(_) | Topic::Community(_) => UserId(0),
    }
}

fn who_may_view(kind: ChatKind) -> Audience {
    match kind {
        ChatKind::Channel { channel, .. } => Audience {
            channel: Some(channel),
            ..Audience::default()
        },
        ChatKind::Direct(..) | ChatKind::Group(_) | ChatKind::Saved(_) => Audience::default(),
    }
}

fn told(rendered: Rendered) -> Body {
    Body {
        updates: vec![rendered],
        ..Body::default()
    }
}

fn with_effects(body: Body, effects: impl IntoIterator<Item = Effect>) -> Body {
    Body {
        effects: effects.into_iter().collect(),
        ..body
    }
}
