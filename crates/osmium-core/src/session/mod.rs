//! A connection's side of the protocol, without a socket and without a clock.
//!
//! One law: after every [`Session::handle`], take outputs with [`Session::poll`] until there is none, and do what they
//! say, in order. Calls are run beside (see [`crate::Core::run`]) and their outcome is handed back; frames are read only
//! while [`Session::wants_frames`]. Nothing else is asked of a driver; WebSocket and TCP are two of them, tests a third.
//! While nothing happens, a driver may lend out what messages are written with ([`Session::lend_pen`]).
//!
//! The life of a session: initialize, once and first; sign in; then everything else. Signing in first follows the
//! user's topics and answers only when updates flow, so that nothing falls between the answer and the first update.

mod bucket;
mod calls;
mod close;
mod pen;
#[cfg(test)]
mod transcript;

pub use close::CloseReason;
pub use pen::Pen;

use crate::config::Config;
use crate::error::{Error, Result};
use crate::run::trace_id;
use bucket::TokenBucket;
use bytes::Bytes;
use calls::{Calls, Request};
use osmium_model::{ChannelId, ClientId, CommunityId, ConnectionId, Device, LoginId, UserId};
use osmium_proto::core::{
    ClientMessage, RpcError, RpcResult, ServerMessage, client_message, rpc_result, server_message,
};
use osmium_wire::{Rendered, Value};
use prost::Message;
use prost::encoding::{DecodeContext, decode_key, skip_field};
use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// No frame that we send reaches this size: the common clients of the protocol refuse it.
pub const MAX_SENT_FRAME: usize = 1 << 20;

/// The field of a client's message that is its id.
const ID: u32 = 1;

/// Who is signed in, and by which login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The user.
    pub user_id: UserId,
    /// Their login; the wire's session.
    pub login_id: LoginId,
}

/// What a client says of itself in `core.initialize`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The application. Logins are bound to it.
    pub id: ClientId,
    /// The device.
    pub device: Device,
    /// Whether it wants updates.
    pub subscribes: bool,
}

/// Whoever is at the other end, as methods see them.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The connection.
    pub connection: ConnectionId,
    /// Where it comes from.
    pub address: IpAddr,
    /// What the client said of itself, once it has.
    pub client: Option<Arc<Client>>,
    /// Who is signed in.
    pub actor: Option<Actor>,
    /// Whether a valid invite was looked up on this connection.
    pub invited: bool,
}

/// A call to be run.
#[derive(Debug)]
pub struct Call {
    /// Names the call, in its [`Finished`].
    pub key: u64,
    /// What is called.
    pub message: client_message::Message,
    /// By whom.
    pub caller: Caller,
}

/// The outcome of a call.
#[derive(Debug)]
pub struct Finished {
    /// Of which.
    pub key: u64,
    /// What it answers; nothing for a void method.
    pub outcome: Result<Option<rpc_result::Result>>,
    /// What the session becomes.
    pub transition: Option<Transition>,
    /// Names the call in our logs.
    pub trace_id: String,
}

/// What a call makes of its session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transition {
    /// The client has said what it is.
    Initialized(Client),
    /// Someone has signed in.
    SignedIn(Actor),
    /// A valid invite was looked up.
    Invited,
    /// The members of a channel were listed.
    Watching(Watched),
}

/// The member list that a connection shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Of which community.
    pub community: CommunityId,
    /// Of which channel.
    pub channel: ChannelId,
    /// What tells the list that it was told from others.
    pub told: u64,
}

/// What the hub has for a session.
#[derive(Clone, Debug)]
pub enum Push {
    /// An update, and what of it is this session's own.
    Update(Arc<Rendered>, Value),
    /// The session ends, once calls in flight are answered; this update is the last thing it is told.
    End(CloseReason, Option<Arc<Rendered>>),
}

/// What happens to a session.
#[derive(Debug)]
pub enum Input {
    /// A whole message arrived.
    Frame(Bytes),
    /// A control frame arrived: the other side is alive.
    Heard,
    /// A call has ended.
    Finished(Finished),
    /// Following the user's topics has ended, well or not.
    Followed(Result<()>),
    /// The hub has something.
    Push(Push),
    /// The time that [`Session::deadline`] named has come.
    Timer,
    /// The process shuts down: answer what is in flight, then close.
    Drain,
    /// The other side broke a rule of the transport.
    Violation(CloseReason),
}

/// What a session wants done.
#[derive(Debug)]
pub enum Output {
    /// Run this call, and hand back its outcome.
    Call(Box<Call>),
    /// Follow the topics of this user, and hand back how it went. Without `updates`, only the end of
    /// the login is to be told.
    Follow {
        /// Who.
        actor: Actor,
        /// Whether they want updates.
        updates: bool,
    },
    /// Tell the session when this list changes, and no other any more.
    Watch(Watched),
    /// Send this message.
    Send(Bytes),
    /// Close the connection, after everything before this was sent. Nothing comes after it.
    Close(CloseReason),
}

/// One connection's session.
pub struct Session {
    caller: Caller,
    calls: Calls,
    bucket: Option<TokenBucket>,
    idle_timeout: Duration,
    handshake_ends: Instant,
    last_heard: Instant,
    pen: Pen,
    /// The sign-in whose answer waits until the topics are followed.
    signing_in: Option<(Finished, Actor)>,
    /// Updates that came before that answer.
    held: Vec<Push>,
    /// Why the session ends once nothing is in flight, and its last update.
    ending: Option<(CloseReason, Option<Arc<Rendered>>)>,
    closed: bool,
    outputs: VecDeque<Output>,
}

impl Session {
    /// The session of a connection that was opened now.
    pub fn new(config: &Config, connection: ConnectionId, address: IpAddr, now: Instant) -> Self {
        let caller = Caller {
            connection,
            address,
            client: None,
            actor: None,
            invited: false,
        };
        Self {
            caller,
            calls: Calls::new(config.calls_in_flight),
            bucket: config
                .rates
                .as_ref()
                .map(|rates| TokenBucket::new(rates.connection, now)),
            idle_timeout: config.idle_timeout,
            handshake_ends: now + config.handshake_timeout,
            last_heard: now,
            pen: Pen::default(),
            signing_in: None,
            held: Vec::new(),
            ending: None,
            closed: false,
            outputs: VecDeque::new(),
        }
    }

    /// Takes what happened. Drain [`Session::poll`] after it.
    pub fn handle(&mut self, now: Instant, input: Input) {
        if self.closed {
            return;
        }
        match input {
            Input::Frame(frame) => self.frame(now, &frame),
            Input::Heard => self.last_heard = now,
            Input::Finished(finished) => self.finished(finished),
            Input::Followed(outcome) => self.followed(outcome),
            Input::Push(push) => self.push(push),
            Input::Timer => self.timer(now),
            Input::Drain => self.end(CloseReason::Restart, None),
            Input::Violation(reason) => self.close(reason),
        }
        if !self.closed {
            self.start_calls();
            self.close_if_done();
        }
    }

    /// The next thing to do.
    pub fn poll(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// Whether to read another frame now: not while enough is in flight, and not once the session ends.
    pub fn wants_frames(&self) -> bool {
        !self.closed && self.ending.is_none() && self.calls.has_room()
    }

    /// When to hand in [`Input::Timer`], if nothing else happens before.
    pub fn deadline(&self) -> Instant {
        let idle = self.last_heard + self.idle_timeout;
        if self.caller.client.is_none() {
            idle.min(self.handshake_ends)
        } else {
            idle
        }
    }

    /// Lends what messages are written with, so that whoever has an update for this session may send it without it. Nothing may
    /// be handed to the session until the pen is back with [`Session::return_pen`]. None while an update has to wait, or the
    /// session ends.
    pub fn lend_pen(&mut self) -> Option<Pen> {
        let may_write = self.signing_in.is_none() && self.ending.is_none() && !self.closed;
        may_write.then(|| std::mem::take(&mut self.pen))
    }

    /// Takes back the pen that it lent.
    pub fn return_pen(&mut self, pen: Pen) {
        self.pen = pen;
    }

    /// Who is signed in.
    pub fn actor(&self) -> Option<Actor> {
        self.caller.actor
    }

    fn frame(&mut self, now: Instant, frame: &Bytes) {
        self.last_heard = now;
        let Ok(ClientMessage { id, message }) = ClientMessage::decode(frame.clone()) else {
            return self.close(CloseReason::Undecodable);
        };
        if message.is_none() && is_heartbeat(frame) {
            return;
        }
        let room = self.bucket.as_mut().map(|bucket| bucket.take(now));
        match (room, message) {
            (Some(Err(wait)), message) => {
                self.send_result(id, Err(Error::rate_limited(wait)), &trace_id());
                if matches!(message, Some(client_message::Message::AuthAuthorize(_))) {
                    self.close(CloseReason::NotAuthorized);
                }
            }
            (_, Some(message)) => {
                self.pen.learn(message.method().number);
                self.calls.ask(Request { id, message });
            }
            // A method of a newer generation.
            (_, None) => {
                self.send_result(id, Err(Error::not_offered("Unknown method")), &trace_id());
            }
        }
    }

    fn start_calls(&mut self) {
        while let Some((key, message)) = self.calls.start() {
            let caller = self.caller.clone();
            self.outputs.push_back(Output::Call(Box::new(Call {
                key,
                message,
                caller,
            })));
        }
    }

    fn finished(&mut self, mut finished: Finished) {
        match finished.transition.take() {
            Some(Transition::SignedIn(actor)) if self.caller.actor != Some(actor) => {
                let updates = self
                    .caller
                    .client
                    .as_ref()
                    .is_some_and(|client| client.subscribes);
                self.outputs.push_back(Output::Follow { actor, updates });
                self.signing_in = Some((finished, actor));
                return;
            }
            Some(Transition::Initialized(client)) => {
                self.caller.client = Some(Arc::new(client));
            }
            Some(Transition::Invited) => self.caller.invited = true,
            Some(Transition::Watching(list)) => self.outputs.push_back(Output::Watch(list)),
            Some(Transition::SignedIn(_)) | None => {}
        }
        self.answer(finished);
    }

    fn followed(&mut self, outcome: Result<()>) {
        let Some((mut finished, actor)) = self.signing_in.take() else {
            return;
        };
        match outcome {
            Ok(()) => self.caller.actor = Some(actor),
            Err(error) => {
                finished.outcome = Err(error);
                self.held.retain(|push| matches!(push, Push::End(..)));
            }
        }
        self.answer(finished);
        for push in std::mem::take(&mut self.held) {
            self.push(push);
        }
    }

    fn answer(&mut self, finished: Finished) {
        let Some(ended) = self.calls.end(finished.key) else {
            return;
        };
        let refused = finished
            .outcome
            .as_ref()
            .err()
            .map(|error| CloseReason::unauthorized(error.reason));
        self.send_result(ended.id, finished.outcome, &finished.trace_id);
        // A client in use waits for ever on an error here: only a close tells it.
        if let (true, Some(reason)) = (ended.authorizes, refused) {
            self.close(reason);
        }
    }

    fn push(&mut self, push: Push) {
        if self.signing_in.is_some() {
            return self.held.push(push);
        }
        match push {
            Push::Update(rendered, value) => self.send_update(&rendered, value),
            Push::End(reason, last) => self.end(reason, last),
        }
    }

    fn send_update(&mut self, rendered: &Rendered, value: Value) {
        let update = self.pen.update(rendered, value).to_bytes();
        self.outputs.push_back(Output::Send(update));
    }

    fn timer(&mut self, now: Instant) {
        if now >= self.last_heard + self.idle_timeout {
            self.close(CloseReason::Idle);
        } else if now >= self.handshake_ends && self.caller.client.is_none() {
            self.close(CloseReason::Handshake);
        }
    }

    fn end(&mut self, reason: CloseReason, last: Option<Arc<Rendered>>) {
        if reason == CloseReason::SignedOut {
            // What has not begun is not to be done in the name of who is signed out.
            self.calls.forget_waiting();
        }
        self.ending.get_or_insert((reason, last));
    }

    fn close_if_done(&mut self) {
        if !self.calls.is_idle() {
            return;
        }
        if let Some((reason, last)) = self.ending.take() {
            if let Some(last) = last {
                self.send_update(&last, Value::Same);
            }
            self.close(reason);
        }
    }

    fn close(&mut self, reason: CloseReason) {
        if !self.closed {
            self.closed = true;
            self.outputs.push_back(Output::Close(reason));
        }
    }

    fn send_result(
        &mut self,
        req_id: u32,
        outcome: Result<Option<rpc_result::Result>>,
        trace_id: &str,
    ) {
        let id = self.pen.next_id();
        let encode = |outcome: Result<Option<rpc_result::Result>>| {
            let result =
                outcome.unwrap_or_else(|error| Some(rpc_result::Result::Error(wire(error))));
            let result = RpcResult {
                req_id,
                trace_id: Some(trace_id.to_owned()),
                result,
            };
            let message = Some(server_message::Message::Result(result));
            ServerMessage { id, message }.encode_to_vec()
        };
        let mut frame = encode(outcome);
        if frame.len() >= MAX_SENT_FRAME {
            tracing::error!(size = frame.len(), "an answer is too large to send");
            frame = encode(Err(Error::too_large("The answer is too large")));
        }
        self.outputs.push_back(Output::Send(frame.into()));
    }
}

/// Whether a message that is none of the methods has nothing but an id, however that is written: a heartbeat.
fn is_heartbeat(mut frame: &[u8]) -> bool {
    while !frame.is_empty() {
        let Ok((ID, wire_type)) = decode_key(&mut frame) else {
            return false;
        };
        if skip_field(wire_type, ID, &mut frame, DecodeContext::default()).is_err() {
            return false;
        }
    }
    true
}

fn wire(error: Error) -> RpcError {
    RpcError {
        error_code: error.reason.code(),
        error_message: error.text.into_owned(),
    }
}
