//! A client that comes back: it connects again, initializes again and signs in again.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use osmium_proto::core::{Initialize, Initialized, RpcResult, ServerMessage};
use osmium_proto::core::{rpc_result, server_message};
use osmium_proto::updates::Update;
use osmium_proto::{Request, auth};
use prost::Message as _;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep};

use crate::backoff::Backoff;
use crate::connection::{Connection, ConnectionOptions, Incoming};
use crate::endpoint::Endpoint;
use crate::error::{CallError, CloseReason, ConnectError, reply};
use crate::queue::{self, Entry};

/// How a client introduces itself, and how it comes back.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which application this is. A token works only with the `client_id` that it was made under.
    pub initialize: Initialize,
    /// The token of a login from before. Without, sign in by a call.
    pub token: Option<String>,
    /// How patient each connection is.
    pub connection: ConnectionOptions,
    /// How long to wait before connecting again.
    pub backoff: Backoff,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            initialize: Initialize {
                client_id: 1,
                device_type: "desktop".to_owned(),
                device_version: std::env::consts::OS.to_owned(),
                app_version: env!("CARGO_PKG_VERSION").to_owned(),
                no_subscribe: false,
            },
            token: None,
            connection: ConnectionOptions::default(),
            backoff: Backoff::default(),
        }
    }
}

/// How a client stands with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// There is no connection; the client is about to connect.
    Connecting,
    /// Connected, not signed in.
    Connected,
    /// Connected and signed in.
    SignedIn,
    /// The token was refused. The client does not come back.
    Stopped,
}

/// What happens to a client.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// Something changed on the server.
    Update(Update),
    /// This many updates were dropped here, because events were not read fast enough: what is known
    /// of the server is out of date.
    Missed(u64),
    /// The connection ended. What happens on the server is not heard until the next
    /// [`Connected`](Self::Connected).
    Disconnected(CloseReason),
    /// The client is back, and signed in if it was. What happened in between is not told: read again
    /// what matters.
    Connected,
    /// The token was refused. The last event.
    Stopped,
}

/// How often to tell the server that the connection is in use.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// A client of a server. It heartbeats, comes back after a lost connection, and then signs in again.
///
/// Clones are the same client. It ends when the last one is dropped.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    shared: Arc<Shared>,
    supervisor: AbortHandle,
}

/// What a client shares with its task.
struct Shared {
    endpoint: Endpoint,
    options: Options,
    login: Mutex<Login>,
    state: watch::Sender<State>,
    events: queue::Sender<Event>,
}

/// What changes from connection to connection.
struct Login {
    connection: Connection,
    initialized: Initialized,
    token: Option<String>,
}

/// A connection that is ready for use.
struct Established {
    connection: Connection,
    incoming: Incoming,
    initialized: Initialized,
}

/// What happens to a [`Client`], in order.
///
/// Updates wait here until they are read, up to [`ConnectionOptions::queue_bytes`]; when the reader is
/// slower than the server, newer ones are dropped and counted, see [`Event::Missed`]. Calls do not
/// wait for the reader. When it is dropped, events are dropped as they come.
pub struct Events {
    queue: queue::Receiver<Event>,
}

impl Client {
    /// Connects, and signs in if there is a token. A client that cannot do so the first time does not
    /// try again.
    pub async fn connect(
        endpoint: Endpoint,
        options: Options,
    ) -> Result<(Self, Events), ConnectError> {
        let token = options.token.clone();
        let first = establish(&endpoint, &options, token.as_deref()).await?;
        let (events, queue) = queue::new(options.connection.queue_bytes);
        let shared = Arc::new(Shared {
            endpoint,
            options,
            state: watch::Sender::new(state_with(token.as_deref())),
            login: Mutex::new(Login {
                connection: first.connection.clone(),
                initialized: first.initialized,
                token,
            }),
            events,
        });
        let supervisor = supervise(Arc::clone(&shared), first.connection, first.incoming);
        let supervisor = tokio::spawn(supervisor).abort_handle();
        let inner = Arc::new(Inner { shared, supervisor });
        Ok((Self { inner }, Events { queue }))
    }

    /// Calls a method and waits for its reply. Many calls may be under way.
    ///
    /// A call fails when the connection ends, or while there is none; it is not repeated, because the
    /// server may have carried it out. See [`ready`](Self::ready).
    ///
    /// A reply that signs in is remembered: its token is used to sign in again.
    pub async fn call<R: Request>(&self, request: R) -> Result<R::Reply, CallError> {
        let shared = &self.inner.shared;
        let answer = self.connection().ask(request.into()).await?;
        shared.remember(&answer.result);
        reply(answer.result)
    }

    /// Waits until the client is connected, and signed in if it was before.
    ///
    /// # Errors
    ///
    /// If the client is stopped, with the end of its last connection.
    pub async fn ready(&self) -> Result<(), CloseReason> {
        let mut state = self.inner.shared.state.subscribe();
        let settled = state.wait_for(|state| *state != State::Connecting).await;
        match settled.as_deref() {
            Ok(State::Stopped) | Err(_) => Err(self.connection().closed().await),
            Ok(_) => Ok(()),
        }
    }

    /// How the client stands with the server.
    pub fn state(&self) -> State {
        *self.inner.shared.state.borrow()
    }

    /// The token of the login, if there is one. It is a secret, to be kept for the next time.
    pub fn token(&self) -> Option<String> {
        self.inner.shared.login().token.clone()
    }

    /// What the server said of itself when it was connected to last.
    pub fn initialized(&self) -> Initialized {
        self.inner.shared.login().initialized.clone()
    }

    /// The connection of the moment, or the last one.
    pub fn connection(&self) -> Connection {
        self.inner.shared.login().connection.clone()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.supervisor.abort();
    }
}

impl Events {
    /// The next event. `None` when the client is dropped or stopped, and everything is read.
    pub async fn next(&mut self) -> Option<Event> {
        Some(match self.queue.pop().await? {
            Entry::Item(event) => event,
            Entry::Missed(count) => Event::Missed(count),
        })
    }

    /// The next update; other events in between are dropped.
    pub async fn next_update(&mut self) -> Option<Update> {
        loop {
            if let Event::Update(update) = self.next().await? {
                return Some(update);
            }
        }
    }
}

impl Shared {
    fn login(&self) -> MutexGuard<'_, Login> {
        self.login.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the token of a result that signs in.
    fn remember(&self, result: &RpcResult) {
        if let Some(authorization) = authorization(result) {
            self.login().token = Some(authorization.token.clone());
            self.state.send_if_modified(|state| {
                let changes = *state == State::Connected;
                if changes {
                    *state = State::SignedIn;
                }
                changes
            });
        }
    }

    /// Passes an update on. Results that nobody waits for are dropped.
    fn forward(&self, message: ServerMessage) {
        if let Some(server_message::Message::Update(update)) = message.message {
            self.events
                .push(update.encoded_len(), Event::Update(update));
        }
    }

    fn disconnected(&self, reason: CloseReason) {
        self.state.send_replace(State::Connecting);
        self.events.push(0, Event::Disconnected(reason));
    }

    /// Connects until it works. `None` if the token is refused.
    async fn reconnect(&self, mut attempt: u32) -> Option<(Connection, Incoming)> {
        loop {
            sleep(
                self.options
                    .backoff
                    .wait(attempt, rand::random_range(0.0..=1.0)),
            )
            .await;
            let token = self.login().token.clone();
            match establish(&self.endpoint, &self.options, token.as_deref()).await {
                Ok(established) => return Some(self.connected(established, token.as_deref())),
                Err(error) if error.is_permanent() => {
                    tracing::warn!(%error, "not connecting again");
                    return None;
                }
                Err(error) => tracing::debug!(%error, attempt, "cannot connect yet"),
            }
            attempt = attempt.saturating_add(1);
        }
    }

    fn connected(&self, new: Established, token: Option<&str>) -> (Connection, Incoming) {
        let mut login = self.login();
        login.connection = new.connection.clone();
        login.initialized = new.initialized;
        drop(login);
        self.state.send_replace(state_with(token));
        self.events.push(0, Event::Connected);
        (new.connection, new.incoming)
    }

    fn stop(&self) {
        self.state.send_replace(State::Stopped);
        self.events.push(0, Event::Stopped);
        self.events.close();
    }

    /// Uses a connection until it ends.
    async fn serve(&self, connection: &Connection, mut incoming: Incoming) -> CloseReason {
        let mut beats = interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut heard = None;
        loop {
            tokio::select! {
                message = incoming.next() => match message {
                    Some(message) => self.forward(message),
                    None => return connection.closed().await,
                },
                _ = beats.tick() => self.beat(connection, &mut heard),
            }
        }
    }

    /// Sends a heartbeat once signed in. A WebSocket answers pings: if not even that came since the
    /// last beat, the connection is dead, and ended.
    fn beat(&self, connection: &Connection, heard: &mut Option<u64>) {
        let pings = self.endpoint.is_websocket();
        let before = heard.replace(connection.heard());
        if *self.state.borrow() != State::SignedIn {
            *heard = None;
        } else if pings && before == *heard {
            connection.abort(CloseReason::lost("the server fell silent"));
        } else {
            connection.knock(pings);
        }
    }
}

/// Keeps a client connected until its token is refused.
async fn supervise(shared: Arc<Shared>, mut connection: Connection, mut incoming: Incoming) {
    let mut attempt = 0;
    loop {
        let since = Instant::now();
        let reason = shared.serve(&connection, incoming).await;
        shared.disconnected(reason);
        let stable = since.elapsed() >= shared.options.backoff.stable_after;
        attempt = if stable { 0 } else { attempt };
        match shared.reconnect(attempt).await {
            Some(next) => (connection, incoming) = next,
            None => return shared.stop(),
        }
        attempt = attempt.saturating_add(1);
    }
}

/// Connects, introduces the application, and signs in if there is a token.
async fn establish(
    endpoint: &Endpoint,
    options: &Options,
    token: Option<&str>,
) -> Result<Established, ConnectError> {
    let (connection, incoming) = Connection::connect_with(endpoint, &options.connection).await?;
    let initialize = connection.call(options.initialize.clone());
    let initialized = initialize.await.map_err(ConnectError::Initialize)?;
    if let Some(token) = token {
        let token = token.to_owned();
        let authorize = connection.call(auth::Authorize { token });
        authorize.await.map_err(ConnectError::Authorize)?;
    }
    Ok(Established {
        connection,
        incoming,
        initialized,
    })
}

/// The state of a client that has just connected.
fn state_with(token: Option<&str>) -> State {
    match token {
        Some(_) => State::SignedIn,
        None => State::Connected,
    }
}

/// The authorization that a result brings, if it signs in.
fn authorization(result: &RpcResult) -> Option<&auth::Authorization> {
    match result.result.as_ref()? {
        rpc_result::Result::Authorization(authorization) => Some(authorization),
        rpc_result::Result::SignInResult(result) => match result.result.as_ref()? {
            auth::sign_in_result::Result::Authorization(authorization) => Some(authorization),
            auth::sign_in_result::Result::MfaChallenge(_) => None,
        },
        _ => None,
    }
}
