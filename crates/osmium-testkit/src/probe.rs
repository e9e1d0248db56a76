//! Probes: what proves that someone has heard everything.
//!
//! A topic's events reach each follower in the order of their numbers, so one more event in a topic is heard
//! after everything that was recorded in it before; which processes recorded and published it does not matter. A
//! probe is such an event: the edit of a message that does not exist, which changes no row and nothing that a server
//! knows. A probe in each topic that a user follows thus proves all of them quiet, without any waiting by the
//! clock.
//!
//! What is not recorded (typing, statuses) is not numbered. Whoever wants it proved quiet first awaits it where it
//! is expected: on its way from there it is ahead of every probe.

use osmium_model::event::Announcement;
use osmium_model::{
    ChannelKind, ChatId, ChatKind, CommunityId, Event, Message, MessageId, MessageKind, Topic,
    UserId,
};
use osmium_ports::store::Recorded;
use osmium_ports::{Bus, Store, Subject};
use osmium_proto::updates::update::Update;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::builders;
use crate::contract::Checked;

/// No id that a server makes is as high: the highest bit but one stays free for a century.
const FIRST: u64 = 1 << 62;

static LAST: AtomicU64 = AtomicU64::new(FIRST);

/// Sends probes through the log of a deployment.
#[derive(Clone)]
pub(crate) struct Prober {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) bus: Arc<dyn Bus>,
}

/// Probes that are on their way.
pub(crate) type Probes = BTreeSet<MessageId>;

impl Prober {
    /// Sends a probe through every topic in which the user could hear something.
    pub(crate) async fn probe(&self, user: UserId) -> Checked<Probes> {
        let mut probes = Probes::new();
        for position in self.store.followed(user).await? {
            if let Some(kind) = self.audible(user, position.topic).await? {
                let id = MessageId(LAST.fetch_add(1, Ordering::Relaxed));
                self.record(position.topic, kind, id).await?;
                probes.insert(id);
            }
        }
        Ok(probes)
    }

    /// A chat of the topic in which the user hears of messages; none if there is none.
    async fn audible(&self, user: UserId, topic: Topic) -> Checked<Option<ChatKind>> {
        match topic {
            Topic::User(own) => Ok(Some(ChatKind::Saved(own))),
            Topic::Group(group) => Ok(Some(ChatKind::Group(group))),
            Topic::Community(community) => self.visible_channel(user, community).await,
        }
    }

    async fn visible_channel(
        &self,
        user: UserId,
        community: CommunityId,
    ) -> Checked<Option<ChatKind>> {
        let mut reader = self.store.read().await?;
        let rules = reader.rules(&[community]).await?.pop();
        let standing = reader.find_standing(community, user).await?;
        let (Some(rules), Some((member, _))) = (rules, standing) else {
            return Ok(None);
        };
        let grants = rules.grants(user, &member.role_ids);
        let mut channels = rules.channels.values().map(|rules| &rules.channel);
        let visible = channels.find(|channel| {
            channel.kind != ChannelKind::Category && rules.sees(&grants, channel.id)
        });
        Ok(visible.map(|channel| ChatKind::Channel {
            community,
            channel: channel.id,
        }))
    }

    /// Records a probe, and announces it as its server would.
    async fn record(&self, topic: Topic, kind: ChatKind, id: MessageId) -> Checked {
        let mut tx = self.store.begin(&[topic]).await?;
        tx.record(topic, edit_of_nothing(kind, id));
        for Recorded { topic, seq, event } in tx.commit().await? {
            let event = Box::new(event);
            let announcement = Announcement::Recorded { topic, seq, event };
            let payload = Announcement::encode(&[announcement]).into();
            // A hint: without it, the fan-out finds the probe in the log.
            let _ = self
                .bus
                .publish(Subject::Partition(topic.partition()), payload)
                .await;
        }
        Ok(())
    }
}

/// The probe that an update is, if it is one.
pub(crate) fn probe_in(update: &Update) -> Option<MessageId> {
    match update {
        Update::Message(edited) => {
            let id = edited.message.as_ref()?.message_id;
            (id >= FIRST).then_some(MessageId(id))
        }
        _ => None,
    }
}

fn edit_of_nothing(kind: ChatKind, id: MessageId) -> Event {
    let chat_id = match kind {
        ChatKind::Channel { channel, .. } => ChatId::from(channel),
        _ => ChatId(FIRST),
    };
    Event::MessageEdited {
        chat: builders::chat(chat_id.0, kind),
        message: Message {
            id,
            kind: MessageKind::Normal,
            ..builders::message(chat_id.0, id.0, 0, 0)
        },
    }
}
