//! Users of a server, many at a time: the load of the measurements.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use futures::{StreamExt, TryStreamExt, stream};
use osmium_client::{Connection, Endpoint, Incoming};
use osmium_proto::Request;
use osmium_proto::auth::{Authorize, SignUp, UseInvite};
use osmium_proto::chats::CreateChatInvite;
use osmium_proto::communities::{
    CreateChannel, CreateCommunity, GetChannels, GetCommunities, GetMembers,
};
use osmium_proto::core::{Initialize, ServerMessage, server_message};
use osmium_proto::messages::SendMessage;
use osmium_proto::refs::{ChannelRef, ChatRef, chat_ref};
use osmium_proto::types::ChannelType;
use osmium_proto::updates::update::Update;
use prost::Message as _;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

/// How many connect, or sign up, at the same time.
const AT_ONCE: usize = 16;
/// How often a connection has to say that it is in use.
const HEARTBEAT: Duration = Duration::from_secs(30);
/// How long a server may take until it is ready.
const STARTUP: Duration = Duration::from_secs(30);
/// How often a starting server is asked.
const PAUSE: Duration = Duration::from_millis(50);
/// A message as people write them: a sentence.
pub(super) const TEXT: &str = "Shall we meet at the station at half past six, or is that too early for the others to get there?";

/// Someone with a connection.
pub(super) struct Person {
    connection: Connection,
    incoming: Incoming,
    sent: AtomicU64,
}

/// A community, and how its members sign in: the owner first.
pub(super) struct Community {
    /// Its id.
    pub(super) id: u64,
    /// The channel that every new one has.
    pub(super) general: ChatRef,
    /// Of its members.
    pub(super) tokens: Vec<String>,
}

impl Person {
    /// A connection that has initialized, and hears of what happens or does not.
    pub(super) async fn connect(endpoint: &Endpoint, hears: bool) -> Result<Self> {
        let (connection, incoming) = Connection::connect(endpoint).await?;
        let initialize = Initialize {
            client_id: 1,
            device_type: "desktop".to_owned(),
            device_version: "1".to_owned(),
            app_version: "1".to_owned(),
            no_subscribe: !hears,
        };
        connection.call(initialize).await?;
        let sent = AtomicU64::new(0);
        Ok(Self {
            connection,
            incoming,
            sent,
        })
    }

    /// Calls a method.
    pub(super) async fn call<R: Request>(&self, request: R) -> Result<R::Reply> {
        Ok(self.connection.call(request).await?)
    }

    /// The ids of a community's first members, but for the one that made it.
    pub(super) async fn members(&self, community_id: u64) -> Result<Vec<u64>> {
        let request = GetMembers {
            community_id,
            member_ids: Vec::new(),
        };
        let members = self.call(request).await?.members;
        Ok(members.iter().skip(1).map(|member| member.id).collect())
    }

    /// Someone new, and the token to sign in with again.
    pub(super) async fn sign_up(endpoint: &Endpoint) -> Result<(Self, String)> {
        let person = Self::connect(endpoint, true).await?;
        let request = SignUp {
            name: "Someone".to_owned(),
            ..SignUp::default()
        };
        let token = person.connection.call(request).await?.token;
        Ok((person, token))
    }

    /// Someone who signed up before.
    async fn sign_in(endpoint: &Endpoint, token: &str, hears: bool) -> Result<Self> {
        let person = Self::connect(endpoint, hears).await?;
        let token = token.to_owned();
        person.connection.call(Authorize { token }).await?;
        Ok(person)
    }

    /// Makes a channel in a community.
    pub(super) async fn create_channel(&self, community_id: u64, name: &str) -> Result<ChatRef> {
        let mut request = CreateChannel {
            community_id,
            name: name.to_owned(),
            ..CreateChannel::default()
        };
        request.set_type(ChannelType::Text);
        self.connection.call(request).await?;
        self.newest_text_channel(community_id).await
    }

    /// Sends a message, and waits until it is stored.
    pub(super) async fn send(&self, chat: ChatRef) -> Result<()> {
        let request = SendMessage {
            chat_ref: Some(chat),
            message: TEXT.to_owned(),
            client_id: Some(1 + self.sent.fetch_add(1, Ordering::Relaxed)),
            ..SendMessage::default()
        };
        self.connection.call(request).await?;
        Ok(())
    }

    /// Makes a community; gives its id and the channel that every new one has.
    pub(super) async fn create_community(&self) -> Result<(u64, ChatRef)> {
        let name = "Lounge".to_owned();
        self.connection.call(CreateCommunity { name }).await?;
        let communities = self.connection.call(GetCommunities {}).await?.communities;
        let id = communities.iter().map(|community| community.id).max();
        let id = id.context("what was made is listed")?;
        Ok((id, self.newest_text_channel(id).await?))
    }

    async fn newest_text_channel(&self, community_id: u64) -> Result<ChatRef> {
        let channels = self.connection.call(GetChannels { community_id }).await?;
        let texts = channels.channels.iter();
        let texts = texts.filter(|channel| channel.r#type() == ChannelType::Text);
        let newest = texts.map(|channel| channel.id).max();
        Ok(channel_chat(community_id, newest.context("there is one")?))
    }

    /// Makes an invite, without limits.
    pub(super) async fn invite(&self, chat: ChatRef) -> Result<String> {
        let request = CreateChatInvite {
            chat_ref: Some(chat),
            ..CreateChatInvite::default()
        };
        Ok(self.connection.call(request).await?.code)
    }
}

fn channel_chat(community_id: u64, channel_id: u64) -> ChatRef {
    let channel = ChannelRef {
        community_id,
        channel_id,
    };
    ChatRef {
        r#ref: Some(chat_ref::Ref::Channel(channel)),
    }
}

/// Makes a community of new users, who leave again.
pub(super) async fn found(endpoint: &Endpoint, members: usize) -> Result<Community> {
    let (owner, token) = first_to_sign_up(endpoint).await?;
    let (id, general) = owner.create_community().await?;
    let code = &owner.invite(general).await?;
    let joining = stream::iter(1..members).map(|_| async move {
        let (person, token) = Person::sign_up(endpoint).await?;
        let code = code.clone();
        person.connection.call(UseInvite { code }).await?;
        person.connection.close().await;
        anyhow::Ok(token)
    });
    let mut tokens = vec![token];
    tokens.extend(
        joining
            .buffer_unordered(AT_ONCE)
            .try_collect::<Vec<_>>()
            .await?,
    );
    owner.connection.close().await;
    Ok(Community {
        id,
        general,
        tokens,
    })
}

/// Someone new, as soon as the server takes new users: one that listens may still be waiting for its database.
async fn first_to_sign_up(endpoint: &Endpoint) -> Result<(Person, String)> {
    let signed_up = async {
        loop {
            match Person::sign_up(endpoint).await {
                Ok(signed_up) => return signed_up,
                Err(_) => sleep(PAUSE).await,
            }
        }
    };
    let signed_up = timeout(STARTUP, signed_up).await;
    signed_up.context("nobody can sign up")
}

/// Signs in everyone, a few at a time, in this order.
pub(super) async fn sign_in_all(
    endpoint: &Endpoint,
    tokens: &[String],
    hear: bool,
) -> Result<Vec<Person>> {
    let people = stream::iter(tokens).map(|token| Person::sign_in(endpoint, token, hear));
    people.buffered(AT_ONCE).try_collect().await
}

/// People who do nothing but listen.
pub(super) struct Crowd {
    heard: Arc<watch::Sender<Heard>>,
    _listening: JoinSet<()>,
}

/// The new messages that a crowd has heard of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Heard {
    /// By all of them together.
    pub(super) deliveries: u64,
    /// What the last one took on the wire, in bytes.
    pub(super) bytes: usize,
}

impl Crowd {
    /// Has people listen, and say from time to time that they are there.
    pub(super) fn of(people: Vec<Person>) -> Self {
        let heard = Arc::new(watch::Sender::default());
        let listening = people
            .into_iter()
            .map(|person| listen(person, Arc::clone(&heard)))
            .collect();
        Self {
            heard,
            _listening: listening,
        }
    }

    /// Waits until they have heard of so many messages.
    pub(super) async fn until(&self, deliveries: u64) -> Result<Heard> {
        let mut heard = self.heard.subscribe();
        let heard = heard.wait_for(|heard| heard.deliveries >= deliveries);
        Ok(*heard.await?)
    }
}

async fn listen(person: Person, heard: Arc<watch::Sender<Heard>>) {
    let Person {
        connection,
        mut incoming,
        ..
    } = person;
    let mut beats = interval(HEARTBEAT);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beats.reset();
    loop {
        tokio::select! {
            message = incoming.next() => match message {
                Some(message) => count(&heard, &message),
                None => return,
            },
            // What cannot be sent is seen as the end of what comes.
            _ = beats.tick() => drop(connection.heartbeat().await),
        }
    }
}

fn count(heard: &watch::Sender<Heard>, message: &ServerMessage) {
    let Some(server_message::Message::Update(update)) = &message.message else {
        return;
    };
    if matches!(update.update, Some(Update::MessageCreated(_))) {
        heard.send_modify(|heard| {
            heard.deliveries += 1;
            heard.bytes = framed(message.encoded_len());
        });
    }
}

/// What a WebSocket message takes on the wire from a server.
fn framed(length: usize) -> usize {
    let head = match length {
        0..=125 => 2,
        126..=0xFFFF => 4,
        _ => 10,
    };
    head + length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_message_has_a_longer_head() {
        assert_eq!([125, 126, 65_536].map(framed), [127, 130, 65_546]);
    }
}
