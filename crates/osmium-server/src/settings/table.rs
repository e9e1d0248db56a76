//! The table of settings: the one place that says which there are, what sets them and what they mean.

/// What the variables of all settings begin with.
pub(crate) const PREFIX: &str = "OSMIUM_";

/// How the text of a variable or a flag is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// As it is.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Switch,
    /// Texts with commas between.
    List,
    /// `host:port` or `host:port:region`, with commas between.
    Entrypoints,
}

/// A setting that has a variable.
pub(crate) struct Setting {
    /// Its key in the file. The variable is [`PREFIX`] and the key in capitals.
    pub(crate) key: &'static str,
    /// How its variable is read.
    pub(crate) kind: Kind,
    /// Its default, in words.
    pub(crate) default: &'static str,
    /// What it is.
    pub(crate) about: &'static str,
}

impl Setting {
    /// The variable that sets it.
    pub(crate) fn variable(&self) -> String {
        format!("{PREFIX}{}", self.key.to_ascii_uppercase())
    }

    /// The setting with a key.
    pub(crate) fn with_key(key: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|setting| setting.key == key)
    }

    /// The setting that a variable sets.
    pub(crate) fn with_variable(name: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|setting| setting.variable() == name)
    }
}

const fn setting(
    key: &'static str,
    kind: Kind,
    default: &'static str,
    about: &'static str,
) -> Setting {
    Setting {
        key,
        kind,
        default,
        about,
    }
}

/// Every setting that has a variable. The tables `[limits]` and `[rates]` are set in the file alone.
pub(crate) const SETTINGS: &[Setting] = &[
    setting(
        "data_dir",
        Kind::Text,
        "`osmium-data`",
        "The folder of `osmium serve`: its database `osmium.db`. Relative to the working directory; made if it is not there.",
    ),
    setting(
        "listen",
        Kind::Text,
        "`127.0.0.1:8080`",
        "Where WebSocket, health and metrics are served: an IP address and a port. Port 0 takes any free one.",
    ),
    setting(
        "listen_tcp",
        Kind::Text,
        "not set",
        "Where the raw TCP transport is served; without it, nowhere.",
    ),
    setting(
        "tls_certificate",
        Kind::Text,
        "not set",
        "A PEM file with the certificate chain. With it both listeners speak TLS.",
    ),
    setting(
        "tls_key",
        Kind::Text,
        "not set",
        "A PEM file with the certificate's private key.",
    ),
    setting(
        "trusted_proxies",
        Kind::List,
        "none",
        "Load balancers whose word about a client's address is taken: addresses or networks, such as `10.0.0.0/8`, with commas between.",
    ),
    setting(
        "tcp_proxy_protocol",
        Kind::Switch,
        "`false`",
        "Whether trusted proxies begin each raw TCP connection with a header of the PROXY protocol, version 1 or 2, that says who connects.",
    ),
    setting(
        "connections",
        Kind::Number,
        "`100000`",
        "Connections that one process holds, at most.",
    ),
    setting(
        "connections_per_address",
        Kind::Number,
        "`1000`",
        "Connections that one process holds with one address, at most; for IPv6, with one network of 64 bits.",
    ),
    setting(
        "database_url",
        Kind::Text,
        "not set",
        "PostgreSQL, as `postgres://user:password@host/database`. Without it, SQLite in `data_dir`.",
    ),
    setting(
        "database_connections",
        Kind::Number,
        "`20`",
        "Connections of one process to PostgreSQL, at most, beside the four with which it posts messages.",
    ),
    setting(
        "redis_url",
        Kind::Text,
        "not set",
        "Redis, as `redis://user:password@host:6379`, or `rediss:` for TLS. Without it, one process serves alone.",
    ),
    setting(
        "redis_prefix",
        Kind::Text,
        "`osmium`",
        "What all keys and channels in Redis begin with, so that deployments can share one.",
    ),
    setting(
        "media_url",
        Kind::Text,
        "not set",
        "Where files go: `file:PATH`, or `s3://KEY:SECRET@HOST/BUCKET`. Checked now, used once this release stores files.",
    ),
    setting(
        "registration",
        Kind::Text,
        "`open`",
        "Who may sign up: `open` (all), `invite` (who has a valid invite) or `closed` (nobody; an operator makes accounts).",
    ),
    setting(
        "guests",
        Kind::Switch,
        "`true` without `database_url` and `redis_url`, else `false`",
        "Whether one may sign up without an email.",
    ),
    setting(
        "rate_limits_enabled",
        Kind::Switch,
        "`true`",
        "Whether calls are limited as `[rates]` says.",
    ),
    setting(
        "drain_seconds",
        Kind::Number,
        "`10`",
        "How long connections are given to move elsewhere when the process is told to end.",
    ),
    setting(
        "log",
        Kind::Text,
        "`info`",
        "What is logged: a level, or levels by part, such as `info,osmium_gateway=debug`.",
    ),
    setting(
        "log_format",
        Kind::Text,
        "`text`",
        "How it is logged: `text` or `json`.",
    ),
    setting(
        "entrypoints",
        Kind::Entrypoints,
        "none",
        "The servers that clients are told of: `host:port` or `host:port:region`, the region a number, with commas between. In the file, tables with `hostname`, `port`, `ip_address`, `region`.",
    ),
];
