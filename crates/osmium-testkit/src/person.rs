//! People in a test: a connection, who is signed in on it, and what they hear.

use crate::contract::Checked;
use crate::probe::{Prober, Probes, probe_in};
use crate::told::Told;
use futures::FutureExt;
use osmium_client::{CallError, Connection, Endpoint, Incoming, RpcError};
use osmium_model::UserId;
use osmium_proto::Request;
use osmium_proto::auth::{Authorization, Authorize, CreatedInvite, SignUp, UseInvite};
use osmium_proto::chats::{
    AddChatMember, CreateChat, CreateChatInvite, GetChat, MarkChatRead, RemoveChatMember,
};
use osmium_proto::communities::{CreateChannel, CreateCommunity, GetChannels, GetCommunities};
use osmium_proto::core::{Initialize, server_message};
use osmium_proto::friends::change_relationship::RelationshipChangeType;
use osmium_proto::friends::{ChangeRelationship, GetRelationships};
use osmium_proto::messages::{GetHistory, Messages, SendMessage, SentMessage};
use osmium_proto::refs::{ChannelRef, ChatRef, GroupRef, RefSelf, UserRef, chat_ref::Ref};
use osmium_proto::types::{Channel, ChannelType, Conversation, RelationshipStatus};
use osmium_proto::updates::update::Update;
use std::time::Duration;
use tokio::time::timeout;

/// How long to wait for what has to come, before the test has failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// The application that everyone in a test uses.
pub const CLIENT_ID: u32 = 1;

/// Someone with a connection.
///
/// Updates are heard in order and one by one: what a test does not expect, it fails over. Statuses are the exception: they
/// are passed over unless [`Person::expect_status`] asks for them.
pub struct Person {
    /// Who it is; 0 before they sign in.
    pub user_id: u64,
    /// Their login; 0 before they sign in.
    pub session_id: u64,
    token: String,
    connection: Connection,
    incoming: Incoming,
    endpoint: Endpoint,
    prober: Prober,
}

/// A community, and the channel that every new one has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Community {
    /// Its id.
    pub id: u64,
    /// Its text channel `general`.
    pub general: u64,
    /// Its voice channel `General`.
    pub voice: u64,
    /// The category of one of them.
    pub category: u64,
}

impl Community {
    /// Its text channel `general`, for a request.
    pub fn general(&self) -> ChatRef {
        channel_chat(self.id, self.general)
    }
}

/// A channel, as a request names it.
pub fn channel_chat(community_id: u64, channel_id: u64) -> ChatRef {
    chat(Ref::Channel(ChannelRef {
        community_id,
        channel_id,
    }))
}

/// The direct chat with a user, as the other side names it in a request.
pub fn user_chat(user_id: u64) -> ChatRef {
    chat(Ref::User(UserRef { user_id }))
}

/// A group, as a request names it.
pub fn group_chat(group_id: u64) -> ChatRef {
    chat(Ref::Group(GroupRef { group_id }))
}

/// Saved messages, as a request names them.
pub fn saved_messages() -> ChatRef {
    chat(Ref::Self_(RefSelf {}))
}

/// A step about a user, for a request.
pub fn step(user_id: u64, change: RelationshipChangeType) -> ChangeRelationship {
    let mut request = ChangeRelationship {
        user: Some(UserRef { user_id }),
        ..ChangeRelationship::default()
    };
    request.set_change(change);
    request
}

fn chat(reference: Ref) -> ChatRef {
    ChatRef {
        r#ref: Some(reference),
    }
}

/// What a client says of itself by default.
pub fn initialize() -> Initialize {
    Initialize {
        client_id: CLIENT_ID,
        device_type: "desktop".to_owned(),
        device_version: "1".to_owned(),
        app_version: "1".to_owned(),
        no_subscribe: false,
    }
}

impl Person {
    /// Connects, and says nothing yet.
    pub(crate) async fn connect(endpoint: Endpoint, prober: Prober) -> Self {
        let (connection, incoming) = Connection::connect(&endpoint)
            .await
            .expect("the server listens");
        Self {
            user_id: 0,
            session_id: 0,
            token: String::new(),
            connection,
            incoming,
            endpoint,
            prober,
        }
    }

    /// Signs up as a guest.
    pub async fn sign_up(&mut self, name: &str) {
        let request = SignUp {
            name: name.to_owned(),
            ..SignUp::default()
        };
        let authorization = self.call(request).await.expect("guests are allowed");
        self.signed_in(authorization);
    }

    /// Signs in by a token.
    pub async fn authorize(&mut self, token: &str) {
        let token = token.to_owned();
        let authorization = self
            .call(Authorize { token })
            .await
            .expect("the token is good");
        self.signed_in(authorization);
    }

    /// Takes on who a sign-in made of them.
    pub fn signed_in(&mut self, authorization: Authorization) {
        self.user_id = authorization.user.unwrap_or_default().id;
        self.session_id = authorization.session_id;
        self.token = authorization.token;
    }

    /// The same user and login on another connection.
    pub async fn another_session(&self) -> Self {
        self.another_session_with(initialize()).await
    }

    /// The same user and login on another connection that says this of itself.
    pub async fn another_session_with(&self, initialize: Initialize) -> Self {
        let mut other = Self::connect(self.endpoint.clone(), self.prober.clone()).await;
        other.call(initialize).await.expect("it comes first");
        other.authorize(&self.token).await;
        other
    }

    /// Their token.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Their connection, for what is not a call.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The direct chat with them, as others name it in a request.
    pub fn chat(&self) -> ChatRef {
        user_chat(self.user_id)
    }

    /// Calls a method.
    ///
    /// # Panics
    /// If there is no answer, or one of another method.
    pub async fn call<R: Request>(&self, request: R) -> Result<R::Reply, RpcError> {
        match self.connection.call(request).await {
            Ok(reply) => Ok(reply),
            Err(CallError::Rpc(error)) => Err(error),
            Err(error) => panic!("{}: {error}", R::METHOD.name),
        }
    }

    /// Calls a method that has to refuse it; gives the error.
    pub async fn refusal<R: Request>(&self, request: R) -> RpcError {
        match self.call(request).await {
            Ok(_) => panic!("{} did not refuse", R::METHOD.name),
            Err(error) => {
                assert!(!error.message.is_empty(), "a refusal says why");
                error
            }
        }
    }

    /// Calls a method that has to refuse it; gives the code.
    pub async fn refused<R: Request>(&self, request: R) -> u32 {
        self.refusal(request).await.code
    }

    /// The next update, which has to be of this type.
    ///
    /// # Panics
    /// If another comes, or none.
    pub async fn expect<T: Told>(&mut self) -> T {
        let wanted = std::any::type_name::<T>();
        loop {
            let update = self.next(wanted).await;
            if is_status(&update) || probe_in(&update).is_some() {
                continue;
            }
            let said = format!("{update:?}");
            return T::take(update).unwrap_or_else(|| panic!("{wanted} is due, not {said}"));
        }
    }

    /// The next updates, which have to be of this type, so many of them.
    pub async fn expect_all<T: Told>(&mut self, count: usize) -> Vec<T> {
        let mut told = Vec::with_capacity(count);
        for _ in 0..count {
            told.push(self.expect().await);
        }
        told
    }

    /// The next update of a status, of this type; others have to wait until statuses are read.
    pub async fn expect_status<T: Told>(&mut self) -> T {
        let wanted = std::any::type_name::<T>();
        loop {
            let update = self.next(wanted).await;
            if probe_in(&update).is_none() {
                let said = format!("{update:?}");
                return T::take(update).unwrap_or_else(|| panic!("{wanted} is due, not {said}"));
            }
        }
    }

    /// Nothing was told before this that was not expected; nothing is left to hear of what was recorded until now.
    ///
    /// It waits for no time, but for probes behind everything that was recorded. What is not recorded (typing,
    /// statuses) is heard by then only if someone else heard it before this is called.
    pub async fn expect_silence(&mut self) -> Checked {
        let heard = self.heard_until_now().await?;
        assert!(heard.is_empty(), "silence is due, not {heard:?}");
        Ok(())
    }

    /// Hears everything that was recorded until now, and gives it: without statuses.
    pub async fn heard_until_now(&mut self) -> Checked<Vec<Update>> {
        let mut probes: Probes = self.prober.probe(UserId(self.user_id)).await?;
        let mut heard = Vec::new();
        while !probes.is_empty() {
            let update = self.next("a probe").await;
            match probe_in(&update) {
                Some(probe) => drop(probes.remove(&probe)),
                None if is_status(&update) => {}
                None => heard.push(update),
            }
        }
        Ok(heard)
    }

    /// Hears everything that was recorded until now, and forgets it.
    pub async fn catch_up(&mut self) -> Checked {
        self.heard_until_now().await.map(drop)
    }

    /// Sends a text.
    pub async fn send(&self, chat_ref: ChatRef, text: &str) -> Result<u64, RpcError> {
        let request = SendMessage {
            chat_ref: Some(chat_ref),
            message: text.to_owned(),
            ..SendMessage::default()
        };
        let SentMessage { message_id } = self.call(request).await?;
        Ok(message_id)
    }

    /// The newest messages of a chat.
    pub async fn history(&self, chat_ref: ChatRef) -> Result<Messages, RpcError> {
        let request = GetHistory {
            chat_ref: Some(chat_ref),
            ..GetHistory::default()
        };
        self.call(request).await
    }

    /// A chat as it stands for them.
    pub async fn conversation(&self, chat_ref: ChatRef) -> Result<Conversation, RpcError> {
        let chat_ref = Some(chat_ref);
        let chat = self.call(GetChat { chat_ref }).await?.chat;
        Ok(chat.expect("a chat has a conversation"))
    }

    /// Makes a group with these people in it, and hears of it; gives its id.
    pub async fn create_group(&mut self, name: &str, others: &[&Self]) -> Checked<u64> {
        let user = |person: &&Self| UserRef {
            user_id: person.user_id,
        };
        let request = CreateChat {
            users: others.iter().map(user).collect(),
            name: name.to_owned(),
        };
        let group = self.call(request).await?;
        self.catch_up().await?;
        Ok(group.id)
    }

    /// Puts someone into a group.
    pub async fn add_member(&self, group_id: u64, user_id: u64) -> Result<(), RpcError> {
        let chat_ref = Some(group_chat(group_id));
        self.call(AddChatMember { chat_ref, user_id }).await
    }

    /// Makes an invite into a group, without limits; gives its code.
    pub async fn invite_into_group(&self, group_id: u64) -> Result<String, RpcError> {
        let request = CreateChatInvite {
            chat_ref: Some(group_chat(group_id)),
            ..CreateChatInvite::default()
        };
        let CreatedInvite { code } = self.call(request).await?;
        Ok(code)
    }

    /// Takes someone out of a group, perhaps themselves.
    pub async fn remove_member(&self, group_id: u64, user_id: u64) -> Result<(), RpcError> {
        let chat_ref = Some(group_chat(group_id));
        self.call(RemoveChatMember { chat_ref, user_id }).await
    }

    /// Says that they have read a chat up to a message.
    pub async fn mark_read(&self, chat_ref: ChatRef, message_id: u64) -> Result<(), RpcError> {
        let request = MarkChatRead {
            chat_ref: Some(chat_ref),
            message_id,
            read_amount: None,
        };
        self.call(request).await
    }

    /// Makes a community, and hears of it.
    pub async fn create_community(&mut self, name: &str) -> Checked<Community> {
        let name = name.to_owned();
        self.call(CreateCommunity { name: name.clone() }).await?;
        self.catch_up().await?;
        let list = self.call(GetCommunities {}).await?.communities;
        let id = list
            .iter()
            .filter(|community| community.name == name)
            .map(|community| community.id)
            .max()
            .expect("what was made is listed");
        let channels = self.channels(id).await?;
        let of_type = |kind: ChannelType| {
            let mut found = channels.iter().filter(|channel| channel.r#type() == kind);
            found.next().map_or(0, |channel| channel.id)
        };
        Ok(Community {
            id,
            general: of_type(ChannelType::Text),
            voice: of_type(ChannelType::Voice),
            category: of_type(ChannelType::Category),
        })
    }

    /// Makes a channel, and hears of it; gives its id.
    pub async fn create_channel(
        &mut self,
        community: &Community,
        name: &str,
        kind: ChannelType,
    ) -> Checked<u64> {
        let mut request = CreateChannel {
            community_id: community.id,
            name: name.to_owned(),
            ..CreateChannel::default()
        };
        request.set_type(kind);
        self.call(request).await?;
        self.catch_up().await?;
        let channels = self.channels(community.id).await?;
        let newest = channels.iter().map(|channel| channel.id).max();
        Ok(newest.expect("what was made is listed"))
    }

    async fn channels(&self, community_id: u64) -> Result<Vec<Channel>, RpcError> {
        let channels = self.call(GetChannels { community_id }).await?;
        Ok(channels.channels)
    }

    /// Makes an invite into a community, without limits; gives its code.
    pub async fn invite(&self, community: &Community) -> Result<String, RpcError> {
        let request = CreateChatInvite {
            chat_ref: Some(community.general()),
            ..CreateChatInvite::default()
        };
        let CreatedInvite { code } = self.call(request).await?;
        Ok(code)
    }

    /// Makes an invite to be friends, without limits; gives its code.
    pub async fn friend_invite(&self) -> Result<String, RpcError> {
        let request = CreateChatInvite {
            chat_ref: Some(saved_messages()),
            ..CreateChatInvite::default()
        };
        let CreatedInvite { code } = self.call(request).await?;
        Ok(code)
    }

    /// Follows an invite, and hears of it.
    pub async fn join(&mut self, code: &str) -> Checked {
        let code = code.to_owned();
        self.call(UseInvite { code }).await?;
        self.catch_up().await
    }

    /// Takes a step about someone.
    pub async fn change(
        &self,
        other: &Self,
        change: RelationshipChangeType,
    ) -> Result<(), RpcError> {
        self.call(step(other.user_id, change)).await
    }

    /// Becomes a friend of someone, and both hear of it.
    pub async fn befriend(&mut self, other: &mut Self) -> Checked {
        self.change(other, RelationshipChangeType::RequestFriend)
            .await?;
        other
            .change(self, RelationshipChangeType::AcceptFriend)
            .await?;
        self.catch_up().await?;
        other.catch_up().await
    }

    /// What others are to them, by id.
    pub async fn relationships(&self) -> Result<Vec<(u64, RelationshipStatus)>, RpcError> {
        let listed = self.call(GetRelationships {}).await?.relationships;
        let mut listed: Vec<_> = listed
            .iter()
            .map(|relationship| (relationship.user_id, relationship.status()))
            .collect();
        listed.sort_unstable();
        Ok(listed)
    }

    /// Nothing has come until now. For sessions that are told nothing: there is nothing that they could wait for, so
    /// wait for what others are told, and for an answer.
    pub fn expect_nothing_so_far(&mut self) {
        let waiting = self.incoming.next().now_or_never();
        assert!(waiting.is_none(), "nothing is due, not {waiting:?}");
    }

    async fn next(&mut self, wanted: &str) -> Update {
        let next = timeout(PATIENCE, next_update(&mut self.incoming)).await;
        let next = next.unwrap_or_else(|_| panic!("{wanted} is due, and nothing comes"));
        next.unwrap_or_else(|| {
            let reason = self.connection.close_reason();
            panic!("{wanted} is due, and the connection is closed: {reason:?}")
        })
    }
}

async fn next_update(incoming: &mut Incoming) -> Option<Update> {
    loop {
        let message = incoming.next().await?.message;
        if let Some(server_message::Message::Update(update)) = message {
            return Some(update.update.expect("an update says something"));
        }
    }
}

fn is_status(update: &Update) -> bool {
    matches!(update, Update::UserStatus(_) | Update::UserStatusBatch(_))
}
