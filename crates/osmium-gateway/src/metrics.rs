//! What the gateway counts. All of its metrics are named here.

use metrics::{Counter, Gauge, counter, describe_counter, describe_gauge, gauge};
use osmium_core::session::CloseReason;

const CONNECTIONS: &str = "osmium_connections";
const CLOSES: &str = "osmium_closes_total";
const REFUSED: &str = "osmium_connections_refused_total";
const MESSAGES_RECEIVED: &str = "osmium_messages_received_total";
const MESSAGES_SENT: &str = "osmium_messages_sent_total";
const BYTES_RECEIVED: &str = "osmium_bytes_received_total";
const BYTES_SENT: &str = "osmium_bytes_sent_total";
const DROPPED: &str = "osmium_updates_dropped_total";

/// What every message counts, looked up once.
pub(crate) struct Meters {
    messages_received: Counter,
    messages_sent: Counter,
    bytes_received: Counter,
    bytes_sent: Counter,
}

/// A connection, while it is counted as open.
pub(crate) struct Open(Gauge);

impl Meters {
    /// Describes all metrics, and finds those of every message.
    pub(crate) fn new() -> Self {
        describe();
        Self {
            messages_received: counter!(MESSAGES_RECEIVED),
            messages_sent: counter!(MESSAGES_SENT),
            bytes_received: counter!(BYTES_RECEIVED),
            bytes_sent: counter!(BYTES_SENT),
        }
    }

    /// A message of this size came.
    pub(crate) fn received(&self, bytes: usize) {
        self.messages_received.increment(1);
        self.bytes_received.increment(bytes as u64);
    }

    /// So many messages went out, with so many bytes in all.
    pub(crate) fn sent(&self, messages: usize, bytes: usize) {
        self.messages_sent.increment(messages as u64);
        self.bytes_sent.increment(bytes as u64);
    }
}

impl Open {
    /// A connection by this transport is open from now on.
    pub(crate) fn new(transport: &'static str) -> Self {
        let open = gauge!(CONNECTIONS, "transport" => transport);
        open.increment(1.0);
        Self(open)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

/// A connection was closed by us for this reason, or by the other side.
pub(crate) fn closed(reason: Option<CloseReason>) {
    let code = reason.map_or_else(|| "none".to_owned(), |reason| reason.code().to_string());
    let reason = reason.map_or_else(|| "Left".to_owned(), |reason| format!("{reason:?}"));
    counter!(CLOSES, "reason" => reason, "code" => code).increment(1);
}

/// A connection was refused because there are too many, `in all` or of one `address`.
pub(crate) fn refused(limit: &'static str) {
    counter!(REFUSED, "limit" => limit).increment(1);
}

/// So many updates were dropped because a connection read too slowly.
pub(crate) fn updates_dropped(count: usize) {
    counter!(DROPPED).increment(count as u64);
}

fn describe() {
    describe_gauge!(CONNECTIONS, "Open connections, by transport");
    describe_counter!(CLOSES, "Closed connections, by reason and WebSocket code");
    describe_counter!(
        REFUSED,
        "Connections refused because there are too many, by limit"
    );
    describe_counter!(MESSAGES_RECEIVED, "Messages from clients");
    describe_counter!(MESSAGES_SENT, "Messages to clients");
    describe_counter!(BYTES_RECEIVED, "Bytes of messages from clients");
    describe_counter!(BYTES_SENT, "Bytes of messages to clients");
    describe_counter!(
        DROPPED,
        "Updates dropped because a connection read too slowly"
    );
}
