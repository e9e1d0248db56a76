//! A session that anything happens to, with calls that end anyhow. Its law: every request has exactly one result, what
//! is sent counts from 1, nothing comes after the close, and no deadline stands once it has passed.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use osmium_core::session::{
    Actor, Call, Client, CloseReason, Finished, Input, Output, Push, Transition,
};
use osmium_core::{Config, Error, Session};
use osmium_model::{ClientId, ConnectionId, Device, LoginId, UserId};
use osmium_proto::METHODS;
use osmium_proto::core::{ClientMessage, ServerMessage, server_message};
use osmium_proto::updates::UpdateSessionDeleted;
use osmium_wire::{Rendered, Template, Value};
use prost::Message;
use prost::encoding::{DecodeContext, WireType, decode_key, encode_key, encode_varint, skip_field};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A method that waits for someone else to answer.
const WAITING: &str = "messages.submitInteraction";

/// What happens.
#[derive(Arbitrary, Debug)]
enum Step<'a> {
    Frame(&'a [u8]),
    Ask {
        id: u32,
        method: u8,
        arguments: &'a [u8],
    },
    AskPlainly {
        id: u8,
        method: u8,
    },
    Finish {
        which: u8,
        how: How,
    },
    Tell,
    TellAtOnce,
    End,
    Hear,
    Pass(u8),
    Drain,
    Violate,
}

/// How a call ends.
#[derive(Arbitrary, Debug, Clone, Copy)]
enum How {
    Well,
    Forbidden,
    Unavailable,
    Internal,
}

fuzz_target!(|input: (bool, Vec<Step<'_>>)| {
    let (limited, steps) = input;
    let mut play = Play::new(limited);
    steps.into_iter().for_each(|step| play.step(step));
    play.come_to_rest();
});

/// A session and what is known of it.
struct Play {
    session: Session,
    now: Instant,
    running: Vec<Call>,
    following: bool,
    sent: u32,
    /// Whether the login was ended: what had not begun is forgotten.
    forgets: bool,
    closed: Option<CloseReason>,
    /// By id, how many results are due.
    due: BTreeMap<u32, u32>,
    /// Those ids under which a call was asked for that no shutdown waits for.
    waiting: BTreeSet<u32>,
}

impl Play {
    fn new(limited: bool) -> Self {
        let mut config = Config::default();
        if !limited {
            config.rates = None;
        }
        let (now, here) = (Instant::now(), IpAddr::V4(Ipv4Addr::LOCALHOST));
        Self {
            session: Session::new(&config, ConnectionId(1), here, now),
            now,
            running: Vec::new(),
            following: false,
            sent: 0,
            forgets: false,
            closed: None,
            due: BTreeMap::new(),
            waiting: BTreeSet::new(),
        }
    }

    fn step(&mut self, step: Step<'_>) {
        match step {
            Step::Frame(bytes) => self.frame(Bytes::copy_from_slice(bytes)),
            Step::Ask {
                id,
                method,
                arguments,
            } => self.frame(request(id, method, arguments)),
            Step::AskPlainly { id, method } => self.frame(request(id.into(), method, &[])),
            Step::Finish { which, how } => self.finish(which.into(), how),
            Step::Tell => self.handle(Input::Push(Push::Update(rendered(), Value::Same))),
            Step::TellAtOnce => self.tell_at_once(),
            Step::End => self.end(),
            Step::Hear => self.handle(Input::Heard),
            Step::Pass(seconds) => self.pass(seconds.into()),
            Step::Drain => self.handle(Input::Drain),
            Step::Violate => self.handle(Input::Violation(CloseReason::Text)),
        }
    }

    /// A frame comes, if the session reads one.
    fn frame(&mut self, bytes: Bytes) {
        if !self.session.wants_frames() {
            return;
        }
        if let Ok(message) = ClientMessage::decode(bytes.clone()) {
            let is_heartbeat = message.message.is_none() && has_ids_alone(&bytes);
            if !is_heartbeat {
                *self.due.entry(message.id).or_default() += 1;
            }
            if message
                .message
                .is_some_and(|message| message.method().name == WAITING)
            {
                self.waiting.insert(message.id);
            }
        }
        self.handle(Input::Frame(bytes));
    }

    /// A call ends; or the following of topics, if that is what is under way.
    fn finish(&mut self, which: usize, how: How) {
        if std::mem::take(&mut self.following) {
            return self.handle(Input::Followed(outcome(how)));
        }
        if self.running.is_empty() {
            return;
        }
        let call = self.running.swap_remove(which % self.running.len());
        let outcome = outcome(how);
        let transition = transition(call.message.method().name).filter(|_| outcome.is_ok());
        self.handle(Input::Finished(Finished {
            key: call.key,
            outcome: outcome.map(|()| None),
            transition,
            trace_id: "t".to_owned(),
        }));
    }

    /// Whoever has the pen writes an update, if the session lends it.
    fn tell_at_once(&mut self) {
        let Some(mut pen) = self.session.lend_pen() else {
            return;
        };
        assert_eq!(self.closed, None, "nothing comes after the close");
        let frame = pen.update(&rendered(), Value::Same).to_bytes();
        self.session.return_pen(pen);
        self.sent(frame);
    }

    fn end(&mut self) {
        self.forgets = true;
        let last = Some(rendered());
        self.handle(Input::Push(Push::End(CloseReason::SignedOut, last)));
    }

    fn pass(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
        if self.now >= self.session.deadline() {
            self.handle(Input::Timer);
            assert!(self.closed.is_some() || self.session.deadline() > self.now);
        }
    }

    fn handle(&mut self, input: Input) {
        self.session.handle(self.now, input);
        while let Some(output) = self.session.poll() {
            assert_eq!(self.closed, None, "nothing comes after the close");
            match output {
                Output::Call(call) => self.running.push(*call),
                Output::Follow { .. } => self.follow(),
                Output::Watch(_) => {}
                Output::Send(frame) => self.sent(frame),
                Output::Close(reason) => self.closed = Some(reason),
            }
        }
    }

    fn follow(&mut self) {
        assert!(!self.following, "one sign-in at a time");
        self.following = true;
    }

    fn sent(&mut self, frame: Bytes) {
        let message = ServerMessage::decode(frame).expect("a ServerMessage");
        self.sent += 1;
        assert_eq!(message.id, self.sent);
        if let Some(server_message::Message::Result(result)) = message.message {
            let due = self.due.get_mut(&result.req_id).expect("it was asked");
            *due = due.checked_sub(1).expect("one result for each request");
        }
    }

    /// Everything under way ends: then every request has its result, unless the other side was at fault.
    fn come_to_rest(&mut self) {
        while self.following || !self.running.is_empty() {
            self.finish(0, How::Well);
        }
        let is_whole = matches!(self.closed, None | Some(CloseReason::Restart));
        if is_whole && !self.forgets {
            self.due.retain(|id, _| !self.waiting.contains(id));
            assert!(self.due.values().all(|due| *due == 0), "{:?}", self.due);
        }
    }
}

fn request(id: u32, method: u8, arguments: &[u8]) -> Bytes {
    let mut frame = Vec::new();
    prost::encoding::uint32::encode(1, &id, &mut frame);
    let method = METHODS[usize::from(method) % METHODS.len()];
    encode_key(method.number, WireType::LengthDelimited, &mut frame);
    encode_varint(arguments.len() as u64, &mut frame);
    frame.extend_from_slice(arguments);
    frame.into()
}

fn outcome(how: How) -> Result<(), Error> {
    match how {
        How::Well => Ok(()),
        How::Forbidden => Err(Error::forbidden("No")),
        How::Unavailable => Err(Error::unavailable()),
        How::Internal => Err(Error::internal()),
    }
}

/// What methods of the core make of their session.
fn transition(method: &str) -> Option<Transition> {
    match method {
        "core.initialize" => Some(Transition::Initialized(Client {
            id: ClientId(1),
            device: Device::default(),
            subscribes: true,
        })),
        "auth.authorize" | "auth.signIn" | "auth.signUp" => Some(Transition::SignedIn(Actor {
            user_id: UserId(1),
            login_id: LoginId(2),
        })),
        "auth.lookupInvite" => Some(Transition::Invited),
        _ => None,
    }
}

fn rendered() -> Arc<Rendered> {
    let template = Template::new(14, &UpdateSessionDeleted { session_id: 9 });
    Arc::new(Rendered::for_all(template))
}

/// Whether a message has no field but its id, however often.
fn has_ids_alone(mut bytes: &[u8]) -> bool {
    std::iter::from_fn(|| (!bytes.is_empty()).then(|| decode_field(&mut bytes)))
        .all(|tag| tag == Some(1))
}

fn decode_field(bytes: &mut &[u8]) -> Option<u32> {
    let (tag, wire_type) = decode_key(bytes).ok()?;
    skip_field(wire_type, tag, bytes, DecodeContext::default()).ok()?;
    Some(tag)
}
