//! A backend that asks the test: every call and every follow is answered by hand.

use crate::backend::Backend;
use crate::config::GatewayConfig;
use crate::connection::Shared;
use crate::health::Health;
use crate::hub::Follower;
use crate::metrics::Meters;
use futures::future::BoxFuture;
use osmium_core::session::{Actor, Call, Client, Finished, Push, Transition, Watched};
use osmium_core::{Config, Result, Session};
use osmium_model::{ClientId, ConnectionId, Device, LoginId, UserId};
use osmium_proto::core::{
    ClientMessage, Initialize, ServerMessage, client_message, server_message,
};
use osmium_proto::updates::UpdateSessionDeleted;
use osmium_proto::{auth, chats};
use osmium_wire::{Rendered, Template, Value};
use prost::Message;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tokio::sync::{mpsc, oneshot};

pub(crate) const ACTOR: Actor = Actor {
    user_id: UserId(1),
    login_id: LoginId(2),
};

/// What a connection asks of its backend.
pub(crate) enum Asked {
    Run(Box<Call>, oneshot::Sender<End>),
    Follow(Follower, oneshot::Sender<Result<()>>),
    Unfollow,
    Arrive(Actor),
    Depart,
}

/// How a call ends, and who is told when it has.
pub(crate) type End = (Finished, oneshot::Sender<()>);

pub(crate) struct Stub {
    config: Config,
    asked: mpsc::UnboundedSender<Asked>,
    connections: AtomicU64,
}

/// What the stub was asked, in order.
pub(crate) struct Questions(mpsc::UnboundedReceiver<Asked>);

impl Stub {
    pub(crate) fn new(config: Config) -> (Self, Questions) {
        let (asked, questions) = mpsc::unbounded_channel();
        (
            Self {
                config,
                asked,
                connections: AtomicU64::new(1),
            },
            Questions(questions),
        )
    }

    fn ask(&self, asked: Asked) {
        // A test that has ended asks no more.
        let _ = self.asked.send(asked);
    }
}

/// What connections share, with this stub behind it.
pub(crate) fn shared(config: GatewayConfig, stub: Stub) -> Arc<Shared<Stub>> {
    Arc::new(Shared {
        backend: stub,
        config,
        registry: Arc::default(),
        meters: Arc::new(Meters::new()),
    })
}

impl Backend for Stub {
    fn open(&self, address: IpAddr, now: Instant) -> (ConnectionId, Session) {
        let connection = ConnectionId(self.connections.fetch_add(1, Ordering::Relaxed));
        (
            connection,
            Session::new(&self.config, connection, address, now),
        )
    }

    async fn run(&self, call: Call) -> Finished {
        let (answer, finished) = oneshot::channel();
        self.ask(Asked::Run(Box::new(call), answer));
        match finished.await {
            Ok((finished, ended)) => {
                // Few tests want to know.
                let _ = ended.send(());
                finished
            }
            Err(_) => std::future::pending().await,
        }
    }

    async fn follow(&self, follower: Follower) -> Result<()> {
        let (answer, outcome) = oneshot::channel();
        self.ask(Asked::Follow(follower, answer));
        match outcome.await {
            Ok(outcome) => outcome,
            Err(_) => std::future::pending().await,
        }
    }

    fn unfollow(&self, _: ConnectionId) {
        self.ask(Asked::Unfollow);
    }

    fn watch(&self, _: ConnectionId, _: Watched) {}

    fn enter(&self, actor: Actor, _: ConnectionId) {
        self.ask(Asked::Arrive(actor));
    }

    async fn arrive(&self, _: ConnectionId) {}

    async fn depart(&self, _: ConnectionId) {
        self.ask(Asked::Depart);
    }
}

impl Health for Stub {
    fn ready(&self) -> BoxFuture<'_, std::result::Result<(), &'static str>> {
        Box::pin(async { Ok(()) })
    }
}

/// A call that waits for its end.
pub(crate) struct Running {
    pub(crate) call: Box<Call>,
    answer: oneshot::Sender<End>,
}

impl Running {
    /// Ends it well.
    pub(crate) fn finish(self, transition: Option<Transition>) {
        drop(self.end(transition));
    }

    /// Lets it end well, and tells when it has.
    pub(crate) fn end(self, transition: Option<Transition>) -> oneshot::Receiver<()> {
        let (ending, ended) = oneshot::channel();
        let finished = Finished {
            key: self.call.key,
            outcome: Ok(None),
            transition,
            trace_id: "t".into(),
        };
        // The connection may be gone.
        let _ = self.answer.send((finished, ending));
        ended
    }

    /// Whether nobody waits for its end any more.
    pub(crate) fn is_abandoned(&self) -> bool {
        self.answer.is_closed()
    }
}

impl Questions {
    pub(crate) async fn next(&mut self) -> Asked {
        self.0.recv().await.expect("a question")
    }

    pub(crate) async fn run(&mut self) -> Running {
        match self.next().await {
            Asked::Run(call, answer) => Running { call, answer },
            _ => panic!("not a call"),
        }
    }

    async fn follow(&mut self) -> (Follower, oneshot::Sender<Result<()>>) {
        match self.next().await {
            Asked::Follow(follower, answer) => (follower, answer),
            _ => panic!("not a follow"),
        }
    }

    /// Answers what [`sign_in`] sends, up to the follow.
    pub(crate) async fn nearly_let_in(&mut self) -> (Follower, oneshot::Sender<Result<()>>) {
        let client = Client {
            id: ClientId(1),
            device: Device::default(),
            subscribes: true,
        };
        self.run()
            .await
            .finish(Some(Transition::Initialized(client)));
        self.run().await.finish(Some(Transition::SignedIn(ACTOR)));
        self.follow().await
    }

    /// Answers all of what [`sign_in`] sends.
    pub(crate) async fn let_in(&mut self) -> Follower {
        let (follower, answer) = self.nearly_let_in().await;
        answer.send(Ok(())).expect("the connection waits");
        assert!(matches!(self.next().await, Asked::Arrive(ACTOR)));
        follower
    }
}

/// Initializing and signing in, as a client sends them.
pub(crate) fn sign_in() -> [Vec<u8>; 2] {
    [
        message(1, Initialize::default()),
        message(2, auth::Authorize::default()),
    ]
}

/// A call that may run beside others.
pub(crate) fn read(id: u32) -> Vec<u8> {
    message(id, chats::GetChats::default())
}

fn message(id: u32, message: impl Into<client_message::Message>) -> Vec<u8> {
    ClientMessage {
        id,
        message: Some(message.into()),
    }
    .encode_to_vec()
}

/// What came from the server: the request that a result is for, or none for an update.
pub(crate) fn answers(message: &[u8]) -> Option<u32> {
    match ServerMessage::decode(message)
        .expect("a ServerMessage")
        .message
    {
        Some(server_message::Message::Result(result)) => Some(result.req_id),
        _ => None,
    }
}

/// An update for everyone.
pub(crate) fn update() -> Push {
    let template = Template::new(14, &UpdateSessionDeleted { session_id: 9 });
    Push::Update(Arc::new(Rendered::for_all(template)), Value::Same)
}
