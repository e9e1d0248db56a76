//! Opens one connection that delivers what it hears.

use crate::keys::Keys;
use crate::known::KnownStatuses;
use crate::lock::lock;
use crate::routes::{Generation, Routes};
use redis::aio::MultiplexedConnection;
use redis::{
    AsyncConnectionConfig, Client, Cmd, ConnectionInfo, ProtocolVersion, PushInfo, PushKind,
    RedisResult, Value,
};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;

/// How long an attempt to connect may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// How long an answer may take.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(2);
/// Commands that may wait to be written, beyond which callers wait.
const WAITING_COMMANDS: usize = 1024;

/// What is needed to open a connection.
#[derive(Clone)]
pub(crate) struct Dialer {
    client: Client,
    ears: Ears,
}

/// Where that goes which Redis says unasked.
#[derive(Clone)]
pub(crate) struct Ears {
    pub(crate) keys: Keys,
    pub(crate) routes: Arc<Mutex<Routes>>,
    pub(crate) known: Arc<KnownStatuses>,
}

/// An open connection.
pub(crate) struct Dialed {
    pub(crate) connection: MultiplexedConnection,
    pub(crate) generation: Generation,
    /// Notified when the connection breaks.
    pub(crate) broken: Arc<Notify>,
}

impl Dialer {
    /// Checks the address; connects to nothing yet.
    pub(crate) fn new(info: ConnectionInfo, ears: Ears) -> RedisResult<Self> {
        // Only RESP3 lets one connection carry commands and what is published.
        let settings = info.redis_settings().clone();
        let settings = settings.set_protocol(ProtocolVersion::RESP3);
        Ok(Self {
            client: Client::open(info.set_redis_settings(settings))?,
            ears,
        })
    }

    /// Opens a connection. It delivers for as long as its generation is the newest.
    pub(crate) async fn dial(self, generation: Generation) -> RedisResult<Dialed> {
        let broken = Arc::new(Notify::new());
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT_TIMEOUT))
            .set_response_timeout(Some(RESPONSE_TIMEOUT))
            .set_pipeline_buffer_size(WAITING_COMMANDS)
            .set_push_sender(listener(self.ears.clone(), generation, Arc::clone(&broken)));
        let opening = self
            .client
            .get_multiplexed_async_connection_with_config(&config);
        let mut connection = opening.await?;
        // Some that speak for Redis do not know this: then nothing is remembered.
        match track().exec_async(&mut connection).await {
            Ok(()) => self.ears.known.begin(generation),
            Err(error) => tracing::debug!(%error, "Redis does not tell what changes"),
        }
        Ok(Dialed {
            connection,
            generation,
            broken,
        })
    }
}

/// Has Redis tell of changes to what is read on the connection, if the reader asks for it.
fn track() -> Cmd {
    let mut track = redis::cmd("CLIENT");
    track.arg("TRACKING").arg("ON").arg("OPTIN");
    track
}

/// Hears what Redis says unasked. It runs within the connection's task: it must neither wait nor fail.
fn listener(
    ears: Ears,
    generation: Generation,
    broken: Arc<Notify>,
) -> impl Fn(PushInfo) -> Result<(), Infallible> + Send + Sync + 'static {
    move |push| {
        match push.kind {
            PushKind::Disconnection => {
                ears.known.end(generation);
                broken.notify_one();
            }
            PushKind::Message => deliver(&ears.keys, &ears.routes, generation, push.data),
            PushKind::Invalidate => forget(&ears, generation, &push.data),
            _ => {}
        }
        Ok(())
    }
}

/// Redis names the keys that changed; none if all of them did.
fn forget(ears: &Ears, generation: Generation, data: &[Value]) {
    let [Value::Array(keys)] = data else {
        return ears.known.changed(generation, None);
    };
    for key in keys {
        if let Value::BulkString(key) = key
            && let Some(user) = ears.keys.user_of_presence(key)
        {
            ears.known.changed(generation, Some(user));
        }
    }
}

fn deliver(keys: &Keys, routes: &Mutex<Routes>, generation: Generation, data: Vec<Value>) {
    if let Ok([Value::BulkString(channel), Value::BulkString(payload)]) =
        <[Value; 2]>::try_from(data)
        && let Some(subject) = keys.subject(&channel)
    {
        lock(routes).deliver(generation, subject, &payload.into());
    }
}
