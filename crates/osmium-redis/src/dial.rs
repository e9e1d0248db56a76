//! Opens one connection that delivers what it hears.

use crate::keys::Keys;
use crate::lock::lock;
use crate::routes::{Generation, Routes};
use redis::aio::MultiplexedConnection;
use redis::{
    AsyncConnectionConfig, Client, ConnectionInfo, ProtocolVersion, PushInfo, PushKind,
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
    keys: Keys,
    routes: Arc<Mutex<Routes>>,
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
    pub(crate) fn new(
        info: ConnectionInfo,
        keys: Keys,
        routes: Arc<Mutex<Routes>>,
    ) -> RedisResult<Self> {
        // Only RESP3 lets one connection carry commands and what is published.
        let settings = info.redis_settings().clone();
        let settings = settings.set_protocol(ProtocolVersion::RESP3);
        Ok(Self {
            client: Client::open(info.set_redis_settings(settings))?,
            keys,
            routes,
        })
    }

    /// Opens a connection. It delivers for as long as its generation is the newest.
    pub(crate) async fn dial(self, generation: Generation) -> RedisResult<Dialed> {
        let broken = Arc::new(Notify::new());
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT_TIMEOUT))
            .set_response_timeout(Some(RESPONSE_TIMEOUT))
            .set_pipeline_buffer_size(WAITING_COMMANDS)
            .set_push_sender(listener(
                self.keys,
                self.routes,
                generation,
                Arc::clone(&broken),
            ));
        let opening = self
            .client
            .get_multiplexed_async_connection_with_config(&config);
        Ok(Dialed {
            connection: opening.await?,
            generation,
            broken,
        })
    }
}

/// Hears what Redis says unasked. It runs within the connection's task: it must neither wait nor fail.
fn listener(
    keys: Keys,
    routes: Arc<Mutex<Routes>>,
    generation: Generation,
    broken: Arc<Notify>,
) -> impl Fn(PushInfo) -> Result<(), Infallible> + Send + Sync + 'static {
    move |push| {
        match push.kind {
            PushKind::Disconnection => broken.notify_one(),
            PushKind::Message => deliver(&keys, &routes, generation, push.data),
            _ => {}
        }
        Ok(())
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
