//! Clients that do not read what they are sent.

use crate::memory::{grew_less_than, resident};
use crate::raw::{PATIENCE, Raw, close_code, frames, masked, request, with_length};
use crate::site::Site;
use osmium_client::Endpoint;
use osmium_proto::auth::{Authorize, GetSessions};
use osmium_proto::core::{ServerMessage, server_message};
use osmium_proto::messages::GetHistory;
use osmium_proto::updates::update::Update;
use osmium_testkit::cluster::Gateway;
use osmium_testkit::contract::Checked;
use osmium_testkit::line::{Heard, Line};
use osmium_testkit::person::{Community, Person, initialize, saved_messages};
use prost::Message;
use std::time::Duration;
use tokio::time::timeout;

/// More than all buffers on the way hold, in messages of three times [`LENGTH`] bytes.
const MESSAGES: usize = 2000;
const LENGTH: usize = 3900;

/// Someone who sends, someone who reads all of it, and someone who reads nothing.
struct Party {
    sender: Person,
    lounge: Community,
    reader: Line,
    sleeper: Raw,
    sleeper_id: u64,
}

impl Party {
    async fn gather(gateway: &Gateway, endpoint: &Endpoint) -> Checked<Self> {
        let mut sender = gateway.sign_up("Carol").await;
        let lounge = sender.create_community("Flood").await?;
        let code = sender.invite(&lounge).await?;
        let mut reader = gateway.sign_up("Dave").await;
        reader.join(&code).await?;
        let mut sleeper = gateway.sign_up("Mallory").await;
        sleeper.join(&code).await?;
        Ok(Self {
            reader: reading(endpoint, reader.token()).await,
            sleeper: sleeping(endpoint, sleeper.token()).await,
            sleeper_id: sleeper.user_id,
            sender,
            lounge,
        })
    }

    /// Sends a message, which the reader hears; tells whether the sleeper went offline before it.
    async fn send(&mut self, number: usize) -> Checked<bool> {
        let text = text(number);
        self.sender.send(self.lounge.general(), &text).await?;
        let mut is_gone = false;
        loop {
            match self.reader.hear().await {
                Heard::Update(Update::MessageCreated(created)) => {
                    assert_eq!(created.message.expect("a message").message, text);
                    return Ok(is_gone);
                }
                Heard::Update(Update::UserStatus(told)) if told.user_id == self.sleeper_id => {
                    is_gone |= told.status.is_none_or(|told| told.status.is_none());
                }
                Heard::Update(_) => {}
                other => panic!("a message is due, not {other:?}"),
            }
        }
    }

    /// Sends until the sleeper is cut.
    async fn send_until_cut(&mut self) -> Checked<usize> {
        for number in 0..MESSAGES {
            if self.send(number).await? {
                return Ok(number);
            }
        }
        panic!("nobody is cut");
    }
}

fn text(number: usize) -> String {
    format!("{number} {}", "€".repeat(LENGTH))
}

/// A line that is signed in by a token.
async fn reading(endpoint: &Endpoint, token: &str) -> Line {
    let mut line = crate::site::initialized(endpoint).await;
    let token = token.to_owned();
    line.ask(2, Authorize { token }).await;
    line.result(2).await;
    line
}

/// A socket that is signed in by a token, and reads no more.
async fn sleeping(endpoint: &Endpoint, token: &str) -> Raw {
    let token = token.to_owned();
    let requests = [request(1, initialize()), request(2, Authorize { token })];
    let mut raw = Raw::connect(endpoint).await;
    if is_websocket(endpoint) {
        assert_eq!(raw.upgrade().await, 101);
    }
    for request in requests {
        raw.write(&framed(endpoint, &request))
            .await
            .expect("written");
        raw.hear(is_websocket(endpoint)).await;
    }
    raw
}

fn is_websocket(endpoint: &Endpoint) -> bool {
    endpoint.to_string().starts_with("ws:")
}

fn framed(endpoint: &Endpoint, message: &[u8]) -> Vec<u8> {
    if is_websocket(endpoint) {
        masked(0x82, message)
    } else {
        with_length(message)
    }
}

/// The numbers of the texts in frames.
fn numbers(frames: &[(u8, &[u8])]) -> Vec<usize> {
    let messages = frames.iter().filter(|(first, _)| *first == 0x82);
    let updates = messages.filter_map(|(_, payload)| {
        match ServerMessage::decode(*payload)
            .expect("a message")
            .message?
        {
            server_message::Message::Update(update) => update.update,
            server_message::Message::Result(_) => None,
        }
    });
    let texts = updates.filter_map(|update| match update {
        Update::MessageCreated(created) => Some(created.message?.message),
        _ => None,
    });
    let numbers = texts.map(|text| text.split_once(' ')?.0.parse().ok());
    numbers.map(|number| number.expect("a number")).collect()
}

#[tokio::test]
async fn who_does_not_read_is_cut_and_told_so() -> Checked {
    let mut site = Site::with(|cluster| {
        cluster.sockets.outbox_limit = 64 * 1024;
        cluster.config.presence_grace = Duration::ZERO;
    })
    .await?;
    let [websocket, _] = site.endpoints();
    site.unharmed(async |gateway| {
        let before = resident();
        let mut party = Party::gather(gateway, &websocket).await?;
        let cut_at = party.send_until_cut().await?;
        grew_less_than(100, before);
        // They wake up in time for the last words.
        let heard = std::mem::replace(&mut party.sleeper, Raw::tcp(gateway).await);
        let heard = heard.rest().await;
        assert_eq!(close_code(&heard), Some(1013));
        let frames = frames(&heard);
        let (_, last) = frames.last().expect("a close frame");
        assert!(String::from_utf8_lossy(last).ends_with("reconnect"));
        // What they did hear has no holes.
        let numbers = numbers(&frames);
        assert!(numbers.len() < cut_at && numbers.iter().copied().eq(0..numbers.len()));
        for number in cut_at + 1..cut_at + 20 {
            party.send(number).await?;
        }
        Ok(())
    })
    .await?
}

#[tokio::test]
async fn who_never_reads_is_cut_for_good() -> Checked {
    let mut site = Site::with(|cluster| {
        cluster.sockets.outbox_limit = 64 * 1024;
        cluster.config.presence_grace = Duration::ZERO;
    })
    .await?;
    let [_, tcp] = site.endpoints();
    site.unharmed(async |gateway| {
        let mut party = Party::gather(gateway, &tcp).await?;
        let cut_at = party.send_until_cut().await?;
        for number in cut_at + 1..cut_at + 20 {
            party.send(number).await?;
        }
        let sleeper = std::mem::replace(&mut party.sleeper, Raw::tcp(gateway).await);
        assert!(sleeper.rest().await.len() < cut_at * 3 * LENGTH);
        Ok(())
    })
    .await?
}

/// Asks for much until the server has had enough, and reads no answer.
async fn demand(endpoint: &Endpoint, token: &str) {
    let mut raw = sleeping(endpoint, token).await;
    let history = GetHistory {
        chat_ref: Some(saved_messages()),
        ..GetHistory::default()
    };
    let many = framed(endpoint, &request(3, history)).repeat(1000);
    loop {
        let written = timeout(PATIENCE, raw.write(&many)).await;
        if written.expect("the server cuts or reads").is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn who_only_asks_is_cut() -> Checked {
    let mut site = Site::with(|cluster| {
        cluster.sockets.write_timeout = Duration::from_millis(500);
    })
    .await?;
    let [websocket, tcp] = site.endpoints();
    site.unharmed(async |gateway| {
        let person = gateway.sign_up("Mallory").await;
        for number in 0..20 {
            person.send(saved_messages(), &text(number)).await?;
        }
        let before = resident();
        let token = person.token();
        tokio::join!(demand(&websocket, token), demand(&tcp, token));
        grew_less_than(100, before);
        Ok(())
    })
    .await?
}

#[tokio::test]
async fn pings_without_end_take_no_memory() -> Checked {
    let mut site = Site::start().await?;
    let [websocket, _] = site.endpoints();
    let pings = masked(0x89, &[7; 100]).repeat(1000);
    site.unharmed(async |_| {
        let before = resident();
        let mut raw = Raw::connect(&websocket).await;
        assert_eq!(raw.upgrade().await, 101);
        for _ in 0..100 {
            let written = timeout(PATIENCE, raw.write(&pings)).await;
            written.expect("pings are read").expect("and allowed");
        }
        grew_less_than(100, before);
        raw.attempt(&masked(0x82, &request(1, GetSessions {})))
            .await;
        while raw.hear(true).await == [7; 100] {}
    })
    .await
}
