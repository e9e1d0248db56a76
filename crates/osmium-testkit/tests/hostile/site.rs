//! A server under attack, and two who only want to talk.

use osmium_client::Endpoint;
use osmium_proto::core::client_message;
use osmium_proto::updates::UpdateMessageCreated;
use osmium_testkit::cluster::{Gateway, Part};
use osmium_testkit::contract::Checked;
use osmium_testkit::line::Line;
use osmium_testkit::person::initialize;
use osmium_testkit::{Cluster, Community, Engine, Person};
use std::cell::Cell;
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many tasks of this process have panicked.
static PANICS: AtomicUsize = AtomicUsize::new(0);

/// A server and its bystanders.
pub(crate) struct Site {
    pub(crate) gateway: Gateway,
    pub(crate) alice: Person,
    pub(crate) bob: Person,
    pub(crate) lounge: Community,
    _fanout: Part,
    _cluster: Cluster,
}

impl Site {
    /// A server with defaults.
    pub(crate) async fn start() -> Checked<Self> {
        Self::with(|_| {}).await
    }

    /// A server that is configured otherwise.
    pub(crate) async fn with(configure: impl FnOnce(&mut Cluster)) -> Checked<Self> {
        count_panics();
        let database = Engine::Sqlite.database().await?;
        let mut cluster = Cluster::new(database.expect("it needs nothing"));
        configure(&mut cluster);
        let fanout = cluster.fanout();
        let gateway = cluster.gateway().await;
        let mut alice = gateway.sign_up("Alice").await;
        let mut bob = gateway.sign_up("Bob").await;
        let lounge = alice.create_community("Lounge").await?;
        bob.join(&alice.invite(&lounge).await?).await?;
        alice.catch_up().await?;
        Ok(Self {
            gateway,
            alice,
            bob,
            lounge,
            _fanout: fanout,
            _cluster: cluster,
        })
    }

    /// Where to connect, by each transport.
    pub(crate) fn endpoints(&self) -> [Endpoint; 2] {
        [self.gateway.endpoint(), self.gateway.tcp_endpoint()]
    }

    /// Carries out an attack while the bystanders talk to each other, and once more after it.
    pub(crate) async fn unharmed<T>(
        &mut self,
        attack: impl AsyncFnOnce(&Gateway) -> T,
    ) -> Checked<T> {
        let Self {
            gateway,
            alice,
            bob,
            lounge,
            ..
        } = self;
        let is_over = Cell::new(false);
        let attack = async {
            let outcome = attack(gateway).await;
            is_over.set(true);
            outcome
        };
        let talk = async {
            while !is_over.get() {
                exchange(alice, bob, lounge).await?;
            }
            exchange(alice, bob, lounge).await
        };
        let (outcome, talked) = tokio::join!(attack, talk);
        talked?;
        no_task_has_panicked();
        Ok(outcome)
    }
}

/// Each says something, and the other hears it.
async fn exchange(alice: &mut Person, bob: &mut Person, lounge: &Community) -> Checked {
    alice.send(lounge.general(), "how are you?").await?;
    bob.expect::<UpdateMessageCreated>().await;
    alice.expect::<UpdateMessageCreated>().await;
    bob.send(lounge.general(), "well").await?;
    alice.expect::<UpdateMessageCreated>().await;
    bob.expect::<UpdateMessageCreated>().await;
    Ok(())
}

/// A panic in a task is caught by the runtime, and would go unseen.
pub(crate) fn count_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            PANICS.fetch_add(1, Ordering::Relaxed);
            print(panic);
        }));
    });
}

/// Since [`count_panics`].
pub(crate) fn no_task_has_panicked() {
    assert_eq!(PANICS.load(Ordering::Relaxed), 0, "a task has panicked");
}

/// A line that has initialized.
pub(crate) async fn initialized(endpoint: &Endpoint) -> Line {
    let mut line = Line::connect(endpoint).await;
    line.ask(1, initialize()).await;
    line.result(1).await;
    line
}

/// A line on which a new guest is signed in.
pub(crate) async fn signed_up(endpoint: &Endpoint) -> Line {
    let mut line = initialized(endpoint).await;
    line.ask(2, guest()).await;
    line.result(2).await;
    line
}

/// What makes a new guest.
pub(crate) fn guest() -> client_message::Message {
    let name = "Mallory".to_owned();
    let request = osmium_proto::auth::SignUp {
        name,
        ..Default::default()
    };
    request.into()
}
