//! Deliveries: what a fan-out tells gateways of an event, with the update already encoded.
//!
//! An update is encoded once per distinct view. What is left is a [`Template`]: the bytes that all share, into which
//! each connection splices what is its own (the number of the message, an unread count) without
//! encoding the rest again.

use crate::community::Standing;
use bytes::{Bytes, BytesMut};
use osmium_model::{
    ChannelId, ChatId, ChatKind, ConnectionId, InteractionId, LoginId, Member, MessageId, Reaction,
    Topic, UserId,
};
use osmium_proto::updates::UpdateMessageCreated;
use prost::Message;
use prost::encoding::{WireType, encode_key, encode_varint, encoded_len_varint, key_len};
use serde::{Deserialize, Serialize};

/// What a fan-out publishes on a topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Delivery {
    /// The topic's event with this number.
    Event {
        /// Its number.
        seq: u64,
        /// What it says.
        body: Body,
    },
    /// The topic's events go up to this number: who has not heard them all reads the log.
    Position {
        /// The number of the latest event.
        seq: u64,
    },
    /// Something that is not in the log: typing, presence.
    Passing(Body),
}

/// What a delivery says, and what it does to the gateway's own knowledge.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Body {
    /// What changes in what a gateway knows. Applied before the updates are delivered.
    pub effects: Vec<Effect>,
    /// What followers are told.
    pub updates: Vec<Rendered>,
    /// Whether it changes who is in the member lists of the topic's community, or how they are shown.
    #[serde(default)]
    pub relists: bool,
    /// The same number on several topics says the same: who follows more than one hears it once.
    pub once: Option<u64>,
}

/// A change in what a gateway knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect {
    /// A message was sent, and its author has read up to it.
    Sent {
        /// Where.
        chat: ChatId,
        /// Its number there.
        ordinal: u64,
        /// Who; none for a system message, which moves nobody's position.
        author: Option<UserId>,
    },
    /// Messages are gone.
    Deleted {
        /// From where.
        chat: ChatId,
        /// Their numbers there.
        ordinals: Vec<u64>,
    },
    /// A user has read up to a message.
    Read {
        /// Who.
        user: UserId,
        /// Where.
        chat: ChatId,
        /// Its number there.
        ordinal: u64,
    },
    /// The rules of the topic's community changed: older views of it are stale.
    Rules {
        /// The epoch from which the new ones hold.
        epoch: u64,
    },
    /// The topic's user became a member of a community or group, and follows it after this event: applied once they were
    /// told.
    Joined {
        /// The topic of which.
        topic: Topic,
        /// The number of the event in that topic with which they joined.
        after: u64,
    },
    /// Members of the topic's community changed, and nothing else of its rules.
    Members {
        /// The epoch from which this holds.
        epoch: u64,
        /// Who, and what they are now; none is a member no more.
        changed: Vec<(UserId, Option<Member>)>,
    },
    /// Users are members of the topic's community or group no more, and hear nothing of it from here on. Those of a
    /// community are told so.
    Left {
        /// Who.
        users: Vec<UserId>,
    },
    /// The topic's community is no more: all are told so, and hear nothing of it from here on.
    Ended,
    /// A bot answered the topic's user, who pressed a button: the call that waits for it is answered.
    Answered {
        /// The press.
        interaction: InteractionId,
        /// What is to be shown, if anything.
        message: Option<String>,
    },
    /// A login of the topic's user ended: once they were told, its connections are closed.
    LoginEnded {
        /// Which.
        login: LoginId,
    },
}

/// An update for some of a topic's followers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rendered {
    /// Who hears it.
    pub audience: Audience,
    /// What is spliced in for each of them.
    pub personal: Personal,
    /// What all of them get.
    pub template: Template,
    /// Instead of `template`, for clients of the newest generation.
    pub newest: Option<Template>,
}

/// Which of a topic's followers hear an update: those that every part lets pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Audience {
    /// Those who may view a channel of the topic's community.
    pub channel: Option<ChannelId>,
    /// The sessions of this user alone.
    pub only: Option<UserId>,
    /// Not the sessions of this user.
    pub except: Option<UserId>,
    /// Not this connection.
    pub except_connection: Option<ConnectionId>,
}

/// What differs from one receiver of an update to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Personal {
    /// Nothing.
    Same,
    /// In `UpdateMessageCreated`: the unread count, and the author's own number.
    Unread {
        /// The chat that is counted.
        chat: ChatId,
        /// The number of this message in it: later ones are not counted yet.
        ordinal: u64,
        /// Who wrote it.
        author: UserId,
        /// What the author's client called it.
        client_id: Option<u64>,
    },
    /// In `Community`: the viewer's standing in the topic's community.
    Standing,
    /// In `Group`: whether the viewer owns it.
    GroupOwner {
        /// Who does.
        owner: UserId,
    },
    /// In `UpdateMessageReactions`: which of them the receiver chose. Nothing is spliced in: it is encoded again for those who
    /// chose any.
    Reactions {
        /// The chat of the message.
        chat: ChatId,
        /// What kind of chat it is.
        kind: ChatKind,
        /// The message.
        message_id: MessageId,
        /// All reactions to it.
        reactions: Vec<Reaction>,
    },
}

/// What is spliced in for one receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Same,
    /// Of `UpdateMessageCreated`.
    Unread {
        /// How many messages of the chat the receiver has not read.
        count: u32,
        /// For the author's sessions: what their client called the message.
        client_id: Option<u64>,
    },
    /// Of `Community`.
    Standing(Standing),
    /// Of `Group`: whether the receiver owns it.
    GroupOwner(bool),
}

impl Value {
    fn encode(self) -> Vec<u8> {
        match self {
            Self::Same => Vec::new(),
            Self::Unread { count, client_id } => UpdateMessageCreated {
                channel_unread_count: count,
                client_id,
                ..Default::default()
            }
            .encode_to_vec(),
            Self::Standing(standing) => crate::community::personal(standing).encode_to_vec(),
            Self::GroupOwner(owner) => crate::group::personal(owner).encode_to_vec(),
        }
    }
}

/// An encoded update with room for what is personal: messages nested in each other, of which the innermost
/// is open at its end. Protobuf lets a field stand anywhere in its message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    nests: Vec<Nest>,
    innermost: Bytes,
}

/// One message around the next: the fields before it, and the number that it has there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Nest {
    before: Bytes,
    number: u32,
}

/// The number of `id` in `ServerMessage`.
const ID: u32 = 1;
/// The number of `update` there.
const UPDATE: u32 = 2;

impl Template {
    /// The member of `Update` with this number; what is personal goes into the member itself.
    pub fn new(number: u32, member: &impl Message) -> Self {
        Self {
            nests: vec![Nest {
                before: Bytes::new(),
                number,
            }],
            innermost: member.encode_to_vec().into(),
        }
    }

    /// The member of `Update` with this number, of which `before` is one part and `inner`, its field
    /// `inner_number`, the rest; what is personal goes into `inner`.
    pub fn nested(
        number: u32,
        before: &impl Message,
        inner_number: u32,
        inner: &impl Message,
    ) -> Self {
        Self {
            nests: vec![
                Nest {
                    before: Bytes::new(),
                    number,
                },
                Nest {
                    before: before.encode_to_vec().into(),
                    number: inner_number,
                },
            ],
            innermost: inner.encode_to_vec().into(),
        }
    }

    /// How many bytes it takes, about.
    pub fn size(&self) -> usize {
        self.nests
            .iter()
            .fold(self.innermost.len() + 16, |size, nest| {
                size + nest.before.len() + 8
            })
    }

    /// The `ServerMessage` with this id that carries the update, with what is personal.
    pub fn fill(&self, id: u32, value: Value) -> Filled<'_> {
        Filled {
            template: self,
            id,
            personal: value.encode(),
        }
    }
}

/// An update for one receiver, about to be written.
#[derive(Debug)]
pub struct Filled<'a> {
    template: &'a Template,
    id: u32,
    personal: Vec<u8>,
}

impl Filled<'_> {
    /// How many bytes it takes.
    #[expect(clippy::len_without_is_empty, reason = "no update is without bytes")]
    pub fn len(&self) -> usize {
        let update = self.within(&self.template.nests);
        let id = match self.id {
            0 => 0,
            id => prost::encoding::uint32::encoded_len(ID, &id),
        };
        id + key_len(UPDATE) + encoded_len_varint(update as u64) + update
    }

    /// Appends it.
    pub fn put(&self, out: &mut BytesMut) {
        if self.id != 0 {
            prost::encoding::uint32::encode(ID, &self.id, out);
        }
        let mut nests = self.template.nests.as_slice();
        put_head(UPDATE, self.within(nests), out);
        while let [nest, within @ ..] = nests {
            out.extend_from_slice(&nest.before);
            put_head(nest.number, self.within(within), out);
            nests = within;
        }
        out.extend_from_slice(&self.template.innermost);
        out.extend_from_slice(&self.personal);
    }

    /// It alone.
    pub fn to_bytes(&self) -> Bytes {
        let mut out = BytesMut::with_capacity(self.len());
        self.put(&mut out);
        out.freeze()
    }

    /// The size of what is nested in each other here. (There are two nests at most.)
    fn within(&self, nests: &[Nest]) -> usize {
        let Some((nest, within)) = nests.split_first() else {
            return self.template.innermost.len() + self.personal.len();
        };
        let length = self.within(within);
        nest.before.len() + key_len(nest.number) + encoded_len_varint(length as u64) + length
    }
}

fn put_head(number: u32, length: usize, out: &mut BytesMut) {
    encode_key(number, WireType::LengthDelimited, out);
    encode_varint(length as u64, out);
}

impl Delivery {
    /// Up to where the topic goes, as far as this says.
    pub fn seq(&self) -> Option<u64> {
        match self {
            Self::Event { seq, .. } | Self::Position { seq } => Some(*seq),
            Self::Passing(_) => None,
        }
    }

    /// Several of one topic, as they travel on the bus.
    pub fn encode(batch: &[Self]) -> Bytes {
        // Only a type that cannot be a MessagePack value fails, and these are plain data.
        rmp_serde::to_vec_named(batch).unwrap_or_default().into()
    }

    /// What travelled on the bus. Empty if a newer release wrote what this one does not know: hubs find the hole.
    pub fn decode(bytes: &[u8]) -> Vec<Self> {
        rmp_serde::from_slice(bytes).unwrap_or_default()
    }
}

impl Rendered {
    /// An update for all followers alike.
    pub fn for_all(template: Template) -> Self {
        Self {
            audience: Audience::default(),
            personal: Personal::Same,
            template,
            newest: None,
        }
    }

    /// The same update for some followers only.
    #[must_use]
    pub fn heard_by(self, audience: Audience) -> Self {
        Self { audience, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use osmium_model::{NotifPrefs, Permissions};
    use osmium_proto::core::{ServerMessage, server_message};
    use osmium_proto::types;
    use osmium_proto::updates::{UpdateCommunity, update};

    fn read(frame: &Bytes) -> (u32, update::Update) {
        let message = ServerMessage::decode(frame.clone()).expect("a ServerMessage");
        match message.message {
            Some(server_message::Message::Update(update)) => {
                (message.id, update.update.expect("an update"))
            }
            other => panic!("not an update: {other:?}"),
        }
    }

    #[test]
    fn a_count_is_spliced_in() {
        let message = types::Message {
            message: "hello".into(),
            ..Default::default()
        };
        let shared = UpdateMessageCreated {
            message: Some(message),
            ..Default::default()
        };
        let template = Template::new(1, &shared);
        for (count, client_id) in [(0, None), (1, Some(u64::MAX)), (300, None)] {
            let (id, update) = read(
                &template
                    .fill(77, Value::Unread { count, client_id })
                    .to_bytes(),
            );
            let expected = UpdateMessageCreated {
                channel_unread_count: count,
                client_id,
                ..shared.clone()
            };
            assert_eq!(
                (id, update),
                (77, update::Update::MessageCreated(Box::new(expected)))
            );
        }
    }

    #[test]
    fn a_standing_is_spliced_two_levels_down() {
        let shared = types::Community {
            id: 5,
            name: "c".repeat(200),
            ..Default::default()
        };
        let outer = UpdateCommunity {
            community_id: 5,
            community: None,
        };
        let template = Template::nested(6, &outer, 2, &shared);
        let standing = Standing {
            owner: true,
            permissions: Permissions::NEW_COMMUNITY,
            notif_prefs: NotifPrefs::Default,
        };
        let (_, update) = read(&template.fill(1, Value::Standing(standing)).to_bytes());
        let expected = types::Community {
            owner: true,
            permissions: 4398,
            notif_prefs: 3,
            ..shared
        };
        let expected = UpdateCommunity {
            community_id: 5,
            community: Some(expected),
        };
        assert_eq!(update, update::Update::Community(Box::new(expected)));
    }

    #[test]
    fn deliveries_survive_the_bus() {
        let rendered = Rendered::for_all(Template::new(14, &UpdateMessageCreated::default()));
        let body = Body {
            effects: vec![Effect::Left {
                users: vec![UserId(4)],
            }],
            updates: vec![rendered],
            once: Some(9),
            relists: true,
        };
        let batch = [
            Delivery::Event { seq: 3, body },
            Delivery::Position { seq: 4 },
        ];
        assert_eq!(Delivery::decode(&Delivery::encode(&batch)), batch);
        assert_eq!(Delivery::decode(b"\xc1"), []);
    }
}
