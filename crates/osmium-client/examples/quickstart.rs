//! Walks through the protocol's quick start against a running server: two people sign up, meet in a
//! new community, and talk. Fails at the first step that does not work.
//!
//! `cargo run -p osmium-client --example quickstart -- ws://127.0.0.1:8080/gateway`
//!
//! With a second URL the second person connects there: to another gateway, or by another transport.

use std::error::Error;
use std::fmt::Display;
use std::process::ExitCode;
use std::time::Duration;

use osmium_client::{Client, Endpoint, Events, Options};
use osmium_proto::refs::chat_ref::Ref;
use osmium_proto::refs::{ChannelRef, ChatRef, UserRef};
use osmium_proto::types::user_status::Status;
use osmium_proto::types::{ChannelType, Message, UserStatus};
use osmium_proto::updates::update::Update;
use osmium_proto::{auth, chats, communities, messages, settings};
use tokio::time::timeout;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const PASSWORD: &str = "correct horse battery staple";

/// Where a server listens that nobody has told otherwise.
const DEFAULT_URL: &str = "ws://127.0.0.1:8080/gateway";

/// How long an update may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

#[tokio::main]
async fn main() -> ExitCode {
    let urls: Vec<String> = std::env::args().skip(1).collect();
    let first = urls.first().map_or(DEFAULT_URL, String::as_str);
    let second = urls.get(1).map_or(first, String::as_str);
    match Box::pin(run(first, second)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("FAILED: {}", with_causes(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

/// Walks through all of it; each person has an address to connect to.
pub(crate) async fn run(first: &str, second: &str) -> Result<()> {
    let mut ann = Person::sign_up(first, "Ann").await?;
    let bob = Person::sign_up(second, "Bob").await?;
    ann.sign_in_again().await?;
    ann.authorize_again().await?;

    let mut meeting = Meeting::arrange(ann, bob).await?;
    meeting.talk().await?;
    meeting.type_something().await?;
    meeting.change_status().await?;
    done("all of it works");
    Ok(())
}

/// Two people who share a channel.
pub(crate) struct Meeting {
    pub(crate) ann: Person,
    pub(crate) bob: Person,
    channel: ChatRef,
}

impl Meeting {
    /// The first one makes a place, and invites the second one.
    pub(crate) async fn arrange(ann: Person, mut bob: Person) -> Result<Self> {
        let channel = create_channel(&ann).await?;
        invite(&ann, &mut bob, &channel).await?;
        let channel = chat(Ref::Channel(channel));
        Ok(Self { ann, bob, channel })
    }

    /// One talks in the channel, the other directly. Each has their own view of a direct chat.
    pub(crate) async fn talk(&mut self) -> Result<()> {
        let Self { ann, bob, channel } = self;
        talk(ann, bob, channel, channel).await?;
        let (with_ann, with_bob) = (direct(ann), direct(bob));
        talk(bob, ann, &with_ann, &with_bob).await
    }

    async fn type_something(&mut self) -> Result<()> {
        type_something(&self.ann, &mut self.bob, &self.channel).await
    }

    async fn change_status(&mut self) -> Result<()> {
        change_status(&self.ann, &mut self.bob).await
    }
}

/// Someone with an account and a connection.
pub(crate) struct Person {
    name: &'static str,
    email: String,
    id: u64,
    endpoint: Endpoint,
    client: Client,
    pub(crate) events: Events,
}

impl Person {
    pub(crate) async fn sign_up(url: &str, name: &'static str) -> Result<Self> {
        let endpoint = Endpoint::new(url)?;
        let (client, events) = Client::connect(endpoint.clone(), Options::default()).await?;
        let entrypoints = client.initialized().entrypoints.unwrap_or_default();
        done(format_args!(
            "{name} is connected; the server names {} entry points",
            entrypoints.entrypoints.len()
        ));
        let number: u64 = rand::random_range(0..=u64::MAX);
        let email = format!("{}-{number:016x}@example.org", name.to_lowercase());
        let request = auth::SignUp {
            email: Some(email.clone()),
            password: Some(PASSWORD.to_owned()),
            name: name.to_owned(),
            email_verification_token: None,
        };
        let id = id_of(&client.call(request).await?)?;
        done(format_args!("{name} has signed up as user {id}"));
        Ok(Self {
            name,
            email,
            id,
            endpoint,
            client,
            events,
        })
    }

    /// Signs in on a new connection, with the password.
    async fn sign_in_again(&mut self) -> Result<()> {
        let (client, events) = Client::connect(self.endpoint.clone(), Options::default()).await?;
        let request = auth::SignIn {
            email: self.email.clone(),
            password: PASSWORD.to_owned(),
            totp: None,
        };
        let id = id_of(&client.call(request).await?)?;
        ensure(id == self.id, "signing in is for the same user")?;
        (self.client, self.events) = (client, events);
        done(format_args!("{} has signed in", self.name));
        Ok(())
    }

    /// Signs in on a new connection, with the token.
    async fn authorize_again(&mut self) -> Result<()> {
        let token = self.client.token().ok_or("signing in gives a token")?;
        let (client, events) = Client::connect(self.endpoint.clone(), Options::default()).await?;
        let id = id_of(&client.call(auth::Authorize { token }).await?)?;
        ensure(id == self.id, "the token is of the same user")?;
        (self.client, self.events) = (client, events);
        done(format_args!("{} has come back with a token", self.name));
        Ok(())
    }

    /// Waits for an update.
    async fn hear<T>(&mut self, what: &str, wanted: impl Fn(Update) -> Option<T>) -> Result<T> {
        let search = async {
            while let Some(update) = self.events.next_update().await {
                if let Some(found) = update.update.and_then(&wanted) {
                    return Some(found);
                }
            }
            None
        };
        let found = timeout(PATIENCE, search).await.ok().flatten();
        let found = found.ok_or_else(|| format!("{} does not hear of {what}", self.name))?;
        done(format_args!("{} hears of {what}", self.name));
        Ok(found)
    }
}

/// Creates a community with a channel.
async fn create_channel(owner: &Person) -> Result<ChannelRef> {
    let name = "Quick start".to_owned();
    owner
        .client
        .call(communities::CreateCommunity { name })
        .await?;
    let list = owner.client.call(communities::GetCommunities {}).await?;
    let community = list.communities.iter().find(|it| it.name == "Quick start");
    let community_id = community.ok_or("the new community is in the list")?.id;
    done(format_args!("there is a community, {community_id}"));

    let request = communities::CreateChannel {
        community_id,
        name: "lobby".to_owned(),
        r#type: ChannelType::Text.into(),
        ..Default::default()
    };
    owner.client.call(request).await?;
    let request = communities::GetChannels { community_id };
    let list = owner.client.call(request).await?;
    let channel = list.channels.iter().find(|it| it.name == "lobby");
    let channel_id = channel.ok_or("the new channel is in the list")?.id;
    done(format_args!("there is a channel, {channel_id}"));
    Ok(ChannelRef {
        community_id,
        channel_id,
    })
}

/// Lets someone in by an invite.
async fn invite(host: &Person, guest: &mut Person, channel: &ChannelRef) -> Result<()> {
    let request = chats::CreateChatInvite {
        chat_ref: Some(chat(Ref::Channel(*channel))),
        ..Default::default()
    };
    let code = host.client.call(request).await?.code;
    let request = auth::LookupInvite { code: code.clone() };
    let preview = guest.client.call(request).await?;
    ensure(
        preview.target_id == channel.community_id,
        "the invite leads to the community",
    )?;
    guest.client.call(auth::UseInvite { code }).await?;
    let wanted = channel.community_id;
    guest
        .hear("the community they joined", |update| match update {
            Update::Community(update) if update.community_id == wanted => Some(()),
            _ => None,
        })
        .await
}

/// Sends a message, edits it and deletes it, while someone listens: where it is sent, and where it
/// is seen.
async fn talk(from: &Person, to: &mut Person, sent: &ChatRef, seen: &ChatRef) -> Result<()> {
    let request = messages::SendMessage {
        chat_ref: Some(*sent),
        message: format!("Hello {}!", to.name),
        ..Default::default()
    };
    let message_id = from.client.call(request).await?.message_id;
    done(format_args!("{} has sent message {message_id}", from.name));
    let heard = to
        .hear("the message", |update| match update {
            Update::MessageCreated(update) => named(update.message, message_id),
            _ => None,
        })
        .await?;
    ensure(heard.author_id == from.id, "the author is who sent it")?;
    ensure(heard.chat_ref.as_ref() == Some(seen), "it is in the chat")?;
    edit(from, to, sent, message_id).await?;
    delete(from, to, sent, message_id).await
}

async fn edit(from: &Person, to: &mut Person, chat: &ChatRef, message_id: u64) -> Result<()> {
    let text = "Hello again!";
    let request = messages::EditMessage {
        chat_ref: Some(*chat),
        message_id,
        message: Some(text.to_owned()),
        ..Default::default()
    };
    from.client.call(request).await?;
    let heard = to
        .hear("the edit", |update| match update {
            Update::Message(update) => named(update.message, message_id),
            _ => None,
        })
        .await?;
    ensure(heard.message == text, "the text is the new one")?;
    ensure(
        heard.edited_at.is_some(),
        "the message says that it was edited",
    )
}

async fn delete(from: &Person, to: &mut Person, chat: &ChatRef, message_id: u64) -> Result<()> {
    let request = messages::DeleteMessage {
        chat_ref: Some(*chat),
        message_ids: vec![message_id],
    };
    from.client.call(request).await?;
    to.hear("the deletion", |update| match update {
        Update::MessageDeleted(update) => update.message_ids.contains(&message_id).then_some(()),
        _ => None,
    })
    .await
}

async fn type_something(from: &Person, to: &mut Person, chat: &ChatRef) -> Result<()> {
    let request = chats::SetTyping {
        chat_ref: Some(*chat),
        typing: true,
        action: None,
    };
    from.client.call(request).await?;
    to.hear("the typing", |update| match update {
        Update::ChatTyping(update) => (update.user_id == from.id && update.typing).then_some(()),
        _ => None,
    })
    .await
}

async fn change_status(from: &Person, to: &mut Person) -> Result<()> {
    let request = settings::ChangeStatus {
        status: Status::Idle.into(),
        ..Default::default()
    };
    from.client.call(request).await?;
    to.hear("the status", |update| {
        let updates = match update {
            Update::UserStatus(update) => vec![update],
            Update::UserStatusBatch(batch) => batch.updates,
            _ => return None,
        };
        let idle = updates.iter().any(|update| {
            let status = update.status.as_ref().map(UserStatus::status);
            update.user_id == from.id && status == Some(Status::Idle)
        });
        idle.then_some(())
    })
    .await
}

/// The message, if it is this one.
fn named(message: Option<Message>, message_id: u64) -> Option<Message> {
    message.filter(|message| message.message_id == message_id)
}

fn chat(to: Ref) -> ChatRef {
    ChatRef { r#ref: Some(to) }
}

fn direct(with: &Person) -> ChatRef {
    chat(Ref::User(UserRef { user_id: with.id }))
}

fn id_of(authorization: &auth::Authorization) -> Result<u64> {
    let user = authorization.user.as_ref();
    Ok(user.ok_or("signing in gives a user")?.id)
}

fn ensure(truth: bool, what: &str) -> Result<()> {
    if truth {
        Ok(())
    } else {
        Err(format!("not true: {what}").into())
    }
}

fn done(what: impl Display) {
    println!("ok  {what}");
}

/// An error and what led to it, on one line.
fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
