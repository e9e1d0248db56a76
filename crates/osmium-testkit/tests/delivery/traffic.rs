//! Numbered messages: who sends them, who receives them, and what must be true of what was received.

use crate::Stage;
use osmium_client::{CallError, Connection, Incoming};
use osmium_proto::auth::Authorize;
use osmium_proto::core::server_message;
use osmium_proto::messages::SendMessage;
use osmium_proto::refs::ChatRef;
use osmium_proto::types::ChannelType;
use osmium_proto::updates::update::Update;
use osmium_testkit::cluster::Gateway;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{Person, channel_chat, initialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long after recovery everything acknowledged has to be received.
const WITHIN: Duration = Duration::from_secs(10);
/// How long an outage may keep a sender waiting before the test has failed.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a client waits before it tries again.
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(50);
const CHANNELS: usize = 3;

/// A message's name: who sent it, and its number.
type Name = (usize, u64);

/// A community with senders and receivers in it, while messages flow.
pub(crate) struct Traffic {
    channels: Vec<u64>,
    senders: Vec<JoinHandle<u64>>,
    acknowledged: Vec<watch::Receiver<u64>>,
    stop: watch::Sender<bool>,
    receivers: Vec<Incoming>,
    /// Kept, so that their connections stay.
    people: Vec<(Person, Connection)>,
}

impl Traffic {
    /// Senders on both gateways, receivers on both; messages begin to flow.
    pub(crate) async fn begin(stage: &Stage) -> Checked<Self> {
        let mut owner = stage.near.sign_up("owner").await;
        let community = owner.create_community("Traffic").await?;
        let mut channels = vec![community.general];
        while channels.len() < CHANNELS {
            let name = format!("channel {}", channels.len());
            channels.push(
                owner
                    .create_channel(&community, &name, ChannelType::Text)
                    .await?,
            );
        }
        let code = owner.invite(&community).await?;
        let (stop, stopped) = watch::channel(false);
        let mut traffic = Self {
            channels,
            senders: Vec::new(),
            acknowledged: Vec::new(),
            stop,
            receivers: Vec::new(),
            people: Vec::new(),
        };
        for gateway in [&stage.near, &stage.far, &stage.near] {
            traffic.add_receiver(gateway, &code).await?;
        }
        for gateway in [&stage.near, &stage.far, &stage.far] {
            let mut sender = gateway.sign_up("sender").await;
            sender.join(&code).await?;
            let (progress, acknowledged) = watch::channel(0);
            let chats = traffic
                .channels
                .iter()
                .map(|channel| channel_chat(community.id, *channel));
            let sending = Sending {
                number: traffic.senders.len(),
                chats: chats.collect(),
                progress,
                stopped: stopped.clone(),
            };
            traffic.acknowledged.push(acknowledged);
            traffic.senders.push(tokio::spawn(sending.run(sender)));
        }
        Ok(traffic)
    }

    async fn add_receiver(&mut self, gateway: &Gateway, code: &str) -> Checked {
        let mut person = gateway.sign_up("receiver").await;
        person.join(code).await?;
        // A connection of their own for what they receive: nothing is taken from it before the end.
        let (connection, incoming) = Connection::connect(&gateway.endpoint()).await?;
        connection.call(initialize()).await?;
        let token = person.token().to_owned();
        connection.call(Authorize { token }).await?;
        self.receivers.push(incoming);
        self.people.push((person, connection));
        Ok(())
    }

    /// Waits until each sender has had so many more acknowledged.
    pub(crate) async fn flow(&self, more: u64) -> Checked {
        for acknowledged in &self.acknowledged {
            let mut acknowledged = acknowledged.clone();
            let until = *acknowledged.borrow() + more;
            timeout(PATIENCE, acknowledged.wait_for(|count| *count >= until)).await??;
        }
        Ok(())
    }

    /// Stops the senders, and checks that every receiver has everything that was acknowledged: once, and in order.
    pub(crate) async fn end(self) -> Checked {
        self.stop.send_replace(true);
        let mut sent = BTreeSet::<Name>::new();
        for (number, sender) in self.senders.into_iter().enumerate() {
            let count = timeout(PATIENCE, sender)
                .await?
                .expect("a sender does not panic");
            sent.extend((0..count).map(|n| (number, n)));
        }
        let until = Instant::now() + WITHIN;
        for (number, incoming) in self.receivers.into_iter().enumerate() {
            let received = receive(incoming, &sent, until).await;
            received.check(&sent, &format!("receiver {number}"));
        }
        Ok(())
    }
}

/// One sender's part.
struct Sending {
    number: usize,
    chats: Vec<ChatRef>,
    progress: watch::Sender<u64>,
    stopped: watch::Receiver<bool>,
}

impl Sending {
    /// Sends numbers until it is told to stop, each until it is acknowledged; tells how many.
    async fn run(self, person: Person) -> u64 {
        let mut number = 0;
        let mut attempts = tokio::time::interval(BETWEEN_ATTEMPTS);
        while !*self.stopped.borrow() {
            let chat = self.chats[usize::try_from(number).unwrap_or(0) % self.chats.len()];
            let request = SendMessage {
                chat_ref: Some(chat),
                message: format!("{} {number}", self.number),
                // What was not acknowledged may have been committed: a repeat is recognised by this.
                client_id: Some(number + 1),
                ..SendMessage::default()
            };
            match person.connection().call(request).await {
                Ok(_) => {
                    number += 1;
                    self.progress.send_replace(number);
                }
                Err(CallError::Rpc(error)) => {
                    assert!(matches!(error.code, 503 | 504), "{error:?}");
                    attempts.tick().await;
                }
                Err(error) => panic!("a sender's gateway stays: {error}"),
            }
        }
        number
    }
}

/// What a receiver got, by channel, in order.
#[derive(Default)]
struct Received {
    by_channel: BTreeMap<u64, Vec<(u64, Name)>>,
}

/// Receives until everything sent is there, or the time is up, and then what is still on its way.
async fn receive(mut incoming: Incoming, sent: &BTreeSet<Name>, until: Instant) -> Received {
    let mut received = Received::default();
    let mut missing = sent.clone();
    loop {
        // Once all is there, whatever comes soon after would be one too many.
        let wait = if missing.is_empty() {
            Duration::from_millis(300)
        } else {
            until - Instant::now()
        };
        let Ok(Some(message)) = timeout(wait, incoming.next()).await else {
            return received;
        };
        assert_eq!(incoming.missed(), 0, "the test reads fast enough");
        let Some(server_message::Message::Update(update)) = message.message else {
            continue;
        };
        let Some(Update::MessageCreated(created)) = update.update else {
            continue;
        };
        let Some(message) = created.message else {
            continue;
        };
        let Some(name) = name(&message.message) else {
            continue;
        };
        missing.remove(&name);
        let chat = format!("{:?}", message.chat_ref);
        let channel = message.chat_ref.and_then(|chat| match chat.r#ref {
            Some(osmium_proto::refs::chat_ref::Ref::Channel(channel)) => Some(channel.channel_id),
            _ => None,
        });
        let channel = channel.unwrap_or_else(|| panic!("not a channel: {chat}"));
        received
            .by_channel
            .entry(channel)
            .or_default()
            .push((message.message_id, name));
    }
}

fn name(text: &str) -> Option<Name> {
    let (sender, number) = text.split_once(' ')?;
    Some((sender.parse().ok()?, number.parse().ok()?))
}

impl Received {
    fn check(&self, sent: &BTreeSet<Name>, who: &str) {
        let mut names = BTreeSet::new();
        for messages in self.by_channel.values() {
            assert!(
                messages.is_sorted_by(|a, b| a.0 < b.0),
                "{who}: ids of a channel grow"
            );
            let mut last = HashMap::<usize, u64>::new();
            for (_, (sender, number)) in messages {
                let before = last.insert(*sender, *number);
                assert!(
                    before.is_none_or(|before| before < *number),
                    "{who}: in order"
                );
                assert!(
                    names.insert((*sender, *number)),
                    "{who}: {sender} {number} came twice"
                );
            }
        }
        let missing: Vec<&Name> = sent.difference(&names).collect();
        assert!(
            missing.is_empty(),
            "{who}: {} of {} are missing, first {:?}",
            missing.len(),
            sent.len(),
            missing.first()
        );
    }
}
