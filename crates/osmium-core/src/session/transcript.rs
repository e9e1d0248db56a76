//! Transcripts of sessions in virtual time: what goes in, and what comes out.

use super::*;
use osmium_proto::updates::UpdateSessionDeleted;
use osmium_proto::{auth, chats, core};
use osmium_wire::Template;

const ACTOR: Actor = Actor {
    user_id: UserId(1),
    login_id: LoginId(2),
};

struct Played {
    session: Session,
    now: Instant,
    outputs: Vec<Output>,
}

impl Played {
    fn new() -> Self {
        Self::with(&Config {
            rates: None,
            ..Config::default()
        })
    }

    fn with(config: &Config) -> Self {
        let now = Instant::now();
        let address = IpAddr::from([127, 0, 0, 1]);
        Self {
            session: Session::new(config, ConnectionId(1), address, now),
            now,
            outputs: Vec::new(),
        }
    }

    fn input(&mut self, input: Input) {
        self.session.handle(self.now, input);
        self.outputs
            .extend(std::iter::from_fn(|| self.session.poll()));
    }

    fn ask(&mut self, id: u32, message: impl Into<client_message::Message>) {
        let message = ClientMessage {
            id,
            message: Some(message.into()),
        };
        self.input(Input::Frame(message.encode_to_vec().into()));
    }

    /// Takes the outputs so far, as words.
    fn words(&mut self) -> Vec<String> {
        self.outputs.drain(..).map(|output| word(&output)).collect()
    }

    fn finish(&mut self, key: u64, transition: Option<Transition>) {
        let finished = Finished {
            key,
            outcome: Ok(None),
            transition,
            trace_id: "t".into(),
        };
        self.input(Input::Finished(finished));
    }

    fn fail(&mut self, key: u64, error: Error) {
        let outcome = Err(error);
        self.input(Input::Finished(Finished {
            key,
            outcome,
            transition: None,
            trace_id: "t".into(),
        }));
    }

    fn initialized() -> Self {
        let mut played = Self::new();
        played.ask(0, core::Initialize::default());
        let client = Client {
            id: ClientId(1),
            device: Device::default(),
            subscribes: true,
        };
        played.finish(0, Some(Transition::Initialized(client)));
        played.outputs.clear();
        played
    }

    fn signed_in() -> Self {
        let mut played = Self::initialized();
        played.ask(0, auth::Authorize::default());
        played.finish(1, Some(Transition::SignedIn(ACTOR)));
        played.input(Input::Followed(Ok(())));
        played.outputs.clear();
        played
    }
}

fn word(output: &Output) -> String {
    match output {
        Output::Call(call) => format!("call {} {}", call.key, call.message.method().name),
        Output::Follow { actor, updates } => format!("follow {} {updates}", actor.user_id),
        Output::Watch(list) => format!("watch {}", list.channel),
        Output::Close(reason) => format!("close {}", reason.code()),
        Output::Send(frame) => {
            let message = ServerMessage::decode(frame.clone()).expect("a ServerMessage");
            match message.message {
                Some(server_message::Message::Result(RpcResult { req_id, result, .. })) => {
                    match result {
                        Some(rpc_result::Result::Error(error)) => {
                            format!("#{} error {} to {req_id}", message.id, error.error_code)
                        }
                        _ => format!("#{} result to {req_id}", message.id),
                    }
                }
                _ => format!("#{} update", message.id),
            }
        }
    }
}

fn rendered() -> Arc<Rendered> {
    let template = Template::new(14, &UpdateSessionDeleted { session_id: 9 });
    Arc::new(Rendered::for_all(template))
}

fn update() -> Input {
    Input::Push(Push::Update(rendered(), Value::Same))
}

#[test]
fn each_request_is_answered_once_with_its_id() {
    let mut played = Played::signed_in();
    played.ask(7, chats::GetChats::default());
    played.ask(7, chats::GetChats::default());
    played.ask(0, chats::GetChats::default());
    assert_eq!(
        played.words(),
        [
            "call 2 chats.getChats",
            "call 3 chats.getChats",
            "call 4 chats.getChats"
        ]
    );
    played.finish(4, None);
    played.finish(2, None);
    played.finish(2, None);
    played.finish(3, None);
    assert_eq!(
        played.words(),
        ["#3 result to 0", "#4 result to 7", "#5 result to 7"]
    );
}

#[test]
fn updates_wait_for_the_answer_to_the_sign_in() {
    let mut played = Played::initialized();
    played.ask(5, auth::Authorize::default());
    played.finish(1, Some(Transition::SignedIn(ACTOR)));
    played.input(update());
    assert_eq!(played.words(), ["call 1 auth.authorize", "follow 1 true"]);
    played.input(Input::Followed(Ok(())));
    played.input(update());
    assert_eq!(played.words(), ["#2 result to 5", "#3 update", "#4 update"]);
    assert_eq!(played.session.actor(), Some(ACTOR));
}

#[test]
fn what_is_pipelined_behind_a_sign_in_waits_for_it() {
    let mut played = Played::initialized();
    played.ask(1, auth::Authorize::default());
    played.ask(2, chats::GetChats::default());
    assert_eq!(played.words(), ["call 1 auth.authorize"]);
    played.finish(1, Some(Transition::SignedIn(ACTOR)));
    played.input(Input::Followed(Ok(())));
    assert_eq!(
        played.words(),
        ["follow 1 true", "#2 result to 1", "call 2 chats.getChats"]
    );
}

#[test]
fn a_refused_token_is_told_and_then_the_connection_closes() {
    for (error, code) in [
        (Error::forbidden("Invalid token"), 4403),
        (Error::unavailable(), 1013),
    ] {
        let mut played = Played::initialized();
        played.ask(1, auth::Authorize::default());
        let expected = format!("#2 error {} to 1", error.reason.code());
        played.fail(1, error);
        assert_eq!(played.words()[1..], [expected, format!("close {code}")]);
    }
}

#[test]
fn what_waits_behind_a_refused_token_does_not_begin() {
    let mut played = Played::initialized();
    played.ask(1, auth::Authorize::default());
    played.ask(2, auth::SignUp::default());
    played.fail(1, Error::forbidden("Invalid token"));
    assert_eq!(
        played.words(),
        ["call 1 auth.authorize", "#2 error 403 to 1", "close 4403"]
    );
}

#[test]
fn following_that_fails_is_the_answer() {
    let mut played = Played::initialized();
    played.ask(1, auth::SignIn::default());
    played.finish(1, Some(Transition::SignedIn(ACTOR)));
    played.input(Input::Followed(Err(Error::unavailable())));
    assert_eq!(played.words()[2..], ["#2 error 503 to 1"]);
    assert_eq!(played.session.actor(), None);
}

#[test]
fn a_heartbeat_gets_no_reply_and_an_unknown_method_gets_one() {
    let mut played = Played::signed_in();
    played.input(Input::Frame(
        ClientMessage {
            id: 1,
            message: None,
        }
        .encode_to_vec()
        .into(),
    ));
    // No id, an id of 0 that is written out, and one that is written twice.
    for heartbeat in [&[][..], &[0x08, 0], &[0x08, 1, 0x08, 2]] {
        played.input(Input::Frame(Bytes::from_static(heartbeat)));
    }
    assert_eq!(played.words(), [""; 0]);
    // Field 5000, a message of two bytes: a method that nobody knows yet.
    played.input(Input::Frame(Bytes::from_static(&[
        0x08, 3, 0xc2, 0xb8, 0x02, 2, 0x08, 1,
    ])));
    assert_eq!(played.words(), ["#3 error 501 to 3"]);
}

#[test]
fn what_cannot_be_read_closes() {
    let mut played = Played::signed_in();
    played.input(Input::Frame(Bytes::from_static(&[0xff; 9])));
    played.input(update());
    assert_eq!(played.words(), ["close 1007"]);
    assert!(!played.session.wants_frames());
}

#[test]
fn an_ended_session_answers_what_is_in_flight_then_is_told_then_closes() {
    let mut played = Played::signed_in();
    played.ask(4, auth::RevokeSessions::default());
    played.input(Input::Push(Push::End(
        CloseReason::SignedOut,
        Some(rendered()),
    )));
    assert!(!played.session.wants_frames());
    assert_eq!(played.words(), ["call 2 auth.revokeSessions"]);
    played.finish(2, None);
    assert_eq!(
        played.words(),
        ["#3 result to 4", "#4 update", "close 4401"]
    );
}

#[test]
fn draining_answers_what_is_in_flight() {
    let mut played = Played::signed_in();
    played.ask(4, chats::GetChats::default());
    played.input(Input::Drain);
    played.finish(2, None);
    assert_eq!(played.words()[1..], ["#3 result to 4", "close 1012"]);
    let mut idle = Played::signed_in();
    idle.input(Input::Drain);
    assert_eq!(idle.words(), ["close 1012"]);
}

#[test]
fn silence_and_a_late_handshake_close() {
    let mut played = Played::new();
    let opened = played.now;
    played.now = played.session.deadline();
    assert_eq!(played.now - opened, Duration::from_secs(15));
    played.input(Input::Timer);
    assert_eq!(played.words(), ["close 4408"]);

    let mut played = Played::signed_in();
    played.now += Duration::from_secs(80);
    played.input(Input::Heard);
    played.now += Duration::from_secs(80);
    played.input(Input::Timer);
    assert_eq!(played.words(), [""; 0]);
    played.now = played.session.deadline();
    played.input(Input::Timer);
    assert_eq!(played.words(), ["close 4408"]);
}

#[test]
fn too_many_calls_at_once_are_refused_one_by_one() {
    let mut played = limited_to(2);
    for id in 1..=3 {
        played.ask(id, chats::GetChats::default());
    }
    assert_eq!(
        played.words(),
        [
            "call 0 chats.getChats",
            "call 1 chats.getChats",
            "#1 error 429 to 3"
        ]
    );
    assert!(!played.session.wants_frames());
}

/// A session with room for so many calls in its first second.
fn limited_to(burst: u32) -> Played {
    let rates = crate::Rates {
        connection: crate::config::Rate {
            burst,
            per_second: 1.0,
        },
        ..Default::default()
    };
    Played::with(&Config {
        rates: Some(rates),
        calls_in_flight: 2,
        ..Config::default()
    })
}

#[test]
fn methods_that_nobody_knows_are_limited_too() {
    let mut played = limited_to(1);
    let unknown = || Input::Frame(Bytes::from_static(&[0x08, 3, 0xc2, 0xb8, 0x02, 0]));
    played.input(unknown());
    played.input(unknown());
    assert_eq!(played.words(), ["#1 error 501 to 3", "#2 error 429 to 3"]);
}

#[test]
fn an_authorization_that_is_limited_is_closed() {
    let mut played = limited_to(1);
    played.ask(1, chats::GetChats::default());
    played.ask(2, auth::Authorize::default());
    assert_eq!(
        played.words(),
        ["call 0 chats.getChats", "#1 error 429 to 2", "close 1013"]
    );
}

#[test]
fn an_answer_that_is_too_large_becomes_an_error() {
    let mut played = Played::signed_in();
    played.ask(1, chats::GetChats::default());
    let chat = osmium_proto::types::Conversation {
        draft: Some("x".repeat(MAX_SENT_FRAME)),
        ..Default::default()
    };
    let chats = chats::Chats {
        chats: vec![chat],
        ..Default::default()
    };
    let outcome = Ok(osmium_proto::Reply::into_result(chats));
    played.input(Input::Finished(Finished {
        key: 2,
        outcome,
        transition: None,
        trace_id: "t".into(),
    }));
    assert_eq!(played.words()[1..], ["#3 error 413 to 1"]);
}

#[test]
fn who_has_the_pen_writes_the_next_message() {
    let mut played = Played::signed_in();
    let mut pen = played.session.lend_pen().expect("nothing is due");
    let written = pen.update(&rendered(), Value::Same).to_bytes();
    assert_eq!(word(&Output::Send(written)), "#3 update");
    played.session.return_pen(pen);
    played.input(update());
    assert_eq!(played.words(), ["#4 update"]);
}

#[test]
fn the_pen_is_not_lent_while_updates_wait_or_the_session_ends() {
    let mut played = Played::initialized();
    played.ask(1, auth::Authorize::default());
    played.finish(1, Some(Transition::SignedIn(ACTOR)));
    assert_eq!(played.session.lend_pen(), None);
    played.input(Input::Followed(Ok(())));
    let pen = played.session.lend_pen().expect("nothing is due");
    played.session.return_pen(pen);
    played.ask(2, chats::GetChats::default());
    played.input(Input::Drain);
    assert_eq!(played.session.lend_pen(), None);
}
