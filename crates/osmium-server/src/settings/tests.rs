//! Settings from all their sources, and what is said of bad ones.

use super::environment::Environment;
use super::load::load_with;
use super::table::{SETTINGS, Setting};
use super::{Settings, SettingsError, Sources, print};
use osmium_core::{Entrypoint, Registration};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use tempfile::NamedTempFile;

fn file(toml: &str) -> NamedTempFile {
    let mut file = tempfile::Builder::new()
        .suffix(".toml")
        .tempfile()
        .expect("a file");
    file.write_all(toml.as_bytes()).expect("a written file");
    file
}

fn environment(variables: &[(&str, &str)]) -> Result<Environment, SettingsError> {
    Environment::read(
        variables
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into())),
    )
}

fn load(
    toml: &str,
    variables: &[(&str, &str)],
    flags: &[(&'static str, &str)],
) -> Result<Settings, String> {
    let file = file(toml);
    let flags = flags
        .iter()
        .map(|(key, text)| (*key, (*text).to_owned()))
        .collect();
    let sources = Sources {
        file: Some(file.path().to_owned()),
        flags,
    };
    let loaded = environment(variables).and_then(|environment| load_with(&sources, environment));
    loaded.map_err(|error| {
        error
            .to_string()
            .replace(&file.path().display().to_string(), "FILE")
    })
}

fn of_variables(variables: &[(&str, &str)]) -> Result<Settings, String> {
    load("", variables, &[])
}

#[test]
fn nothing_set_is_the_defaults() {
    assert_eq!(of_variables(&[]), Ok(Settings::default()));
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let toml = "listen = '127.0.0.1:1'\nlisten_tcp = '127.0.0.1:2'\nredis_prefix = 'file'";
    let variables = [
        ("OSMIUM_LISTEN", "127.0.0.1:3"),
        ("OSMIUM_LISTEN_TCP", "127.0.0.1:4"),
    ];
    let settings = load(toml, &variables, &[("listen", "127.0.0.1:5")]).expect("settings");
    assert_eq!(settings.listen.port(), 5);
    assert_eq!(settings.listen_tcp.map(|address| address.port()), Some(4));
    assert_eq!(settings.redis_prefix, "file");
}

#[test]
fn the_flag_for_the_file_wins_over_its_variable() {
    let (by_flag, by_variable) = (file("drain_seconds = 1"), file("drain_seconds = 2"));
    let path = by_variable.path().to_str().expect("a path");
    let load = |file: Option<PathBuf>| {
        let sources = Sources {
            file,
            ..Sources::default()
        };
        load_with(
            &sources,
            environment(&[("OSMIUM_CONFIG", path)]).expect("an environment"),
        )
    };
    let drain = |file| load(file).map(|settings| settings.drain_seconds);
    assert_eq!(drain(Some(by_flag.path().to_owned())), Ok(1));
    assert_eq!(drain(None), Ok(2));
}

#[test]
fn variables_are_read_by_their_kind() {
    let settings = of_variables(&[
        ("OSMIUM_RATE_LIMITS_ENABLED", "false"),
        ("OSMIUM_GUESTS", "1"),
        ("OSMIUM_REGISTRATION", "invite"),
        ("OSMIUM_DRAIN_SECONDS", "3"),
        ("OSMIUM_TRUSTED_PROXIES", "10.0.0.0/8, ::1"),
        ("OSMIUM_TCP_PROXY_PROTOCOL", "true"),
        ("OSMIUM_ENTRYPOINTS", "chat.example.org:443:2,[::1]:8080"),
    ]);
    let settings = settings.expect("settings");
    assert!(!settings.rate_limits_enabled && settings.core().rates.is_none());
    assert_eq!(settings.guests, Some(true));
    assert_eq!(settings.registration, Registration::Invite);
    assert_eq!(settings.drain().as_secs(), 3);
    assert_eq!(settings.trusted_proxies.len(), 2);
    assert!(settings.tcp_proxy_protocol);
    let entrypoint = |hostname: &str, port, region| Entrypoint {
        hostname: hostname.into(),
        ip_address: None,
        port,
        region,
    };
    let expected = [
        entrypoint("chat.example.org", 443, 2),
        entrypoint("::1", 8080, 0),
    ];
    assert_eq!(settings.entrypoints, expected);
}

#[test]
fn an_empty_variable_is_not_set() {
    let settings = of_variables(&[("OSMIUM_LISTEN_TCP", ""), ("OSMIUM_CONFIG", "")]);
    assert_eq!(settings, Ok(Settings::default()));
}

#[test]
fn variables_of_tests_and_of_others_are_passed_over() {
    let settings = of_variables(&[("OSMIUM_TEST_REDIS", "x"), ("PATH", "/bin")]);
    assert_eq!(settings, Ok(Settings::default()));
}

#[test]
fn tables_of_the_file_change_what_they_name_alone() {
    let toml = "[limits]\nmessage_length = 10\n[rates]\nsend = { burst = 1, per_second = 0.5 }";
    let core = load(toml, &[], &[]).expect("settings").core();
    assert_eq!(core.limits.message_length, 10);
    assert_eq!(core.limits.delete_ids, 100);
    assert_eq!(
        core.rates.map(|rates| (rates.send.burst, rates.read.burst)),
        Some((1, 200))
    );
}

#[test]
fn a_bad_variable_is_named_in_one_line() {
    for (name, value, expected) in [
        ("OSMIUM_LITSEN", "x", "unknown variable"),
        (
            "OSMIUM_LISTEN",
            "x",
            "not an IP address and a port, such as 127.0.0.1:8080",
        ),
        (
            "OSMIUM_LISTEN_TCP",
            "localhost",
            "not an IP address and a port, such as 127.0.0.1:8080",
        ),
        (
            "OSMIUM_REGISTRATION",
            "x",
            "unknown variant `x`, expected one of `open`, `invite`, `closed`",
        ),
        ("OSMIUM_GUESTS", "maybe", "neither true nor false"),
        ("OSMIUM_DRAIN_SECONDS", "ten", "not a whole number"),
        (
            "OSMIUM_DRAIN_SECONDS",
            "-1",
            "invalid value: integer `-1`, expected u64",
        ),
        ("OSMIUM_DATABASE_CONNECTIONS", "0", "at least 1"),
        (
            "OSMIUM_DATABASE_URL",
            "mysql://u:hidden@h/d",
            "not a postgres: or postgresql: URL",
        ),
        ("OSMIUM_REDIS_URL", "hidden", "not a redis: or rediss: URL"),
        (
            "OSMIUM_MEDIA_URL",
            "s3://hidden@host",
            "neither file:PATH nor s3://KEY:SECRET@HOST/BUCKET",
        ),
        (
            "OSMIUM_ENTRYPOINTS",
            "a:1,b",
            "neither host:port nor host:port:region",
        ),
        (
            "OSMIUM_TRUSTED_PROXIES",
            "x",
            "expected an address or a network, such as 192.0.2.1 or 10.0.0.0/8",
        ),
        (
            "OSMIUM_LOG",
            "osmium=loud",
            "not a log filter, such as info or info,osmium_gateway=debug",
        ),
        (
            "OSMIUM_LOG_FORMAT",
            "xml",
            "unknown variant `xml`, expected `text` or `json`",
        ),
    ] {
        assert_eq!(
            of_variables(&[(name, value)]),
            Err(format!("{name}: {expected}"))
        );
    }
}

#[test]
fn a_bad_key_of_the_file_is_named_in_one_line() {
    for (toml, expected) in [
        ("litsen = 1", "FILE: litsen: unknown key"),
        (
            "[limits]\nmesage_length = 1",
            "FILE: limits.mesage_length: unknown key",
        ),
        (
            "[limits]\nmessage_length = 'x'",
            "FILE: limits.message_length: invalid type: string \"x\", expected usize",
        ),
        ("[rates]\nsned = 1", "FILE: rates.sned: unknown key"),
        (
            "[rates]\nsend = { burst = 0, per_second = 1 }",
            "FILE: rates.send: burst and per_second are greater than 0",
        ),
        (
            "[rates]\nsend = { burst = 1 }",
            "FILE: rates.send: missing field `per_second`",
        ),
        (
            "limits = 1",
            "FILE: limits: invalid type: integer `1`, expected struct Limits",
        ),
        (
            "guests = 'yes'",
            "FILE: guests: invalid type: string \"yes\", expected a boolean",
        ),
        (
            "guests = true\nlisten",
            "FILE: line 2: key with no value, expected `=`",
        ),
    ] {
        assert_eq!(load(toml, &[], &[]), Err(expected.to_owned()));
    }
}

#[test]
fn a_bad_flag_is_named_as_it_was_typed() {
    let expected = "--listen-tcp: not an IP address and a port, such as 127.0.0.1:8080";
    assert_eq!(
        load("", &[], &[("listen_tcp", "x")]),
        Err(expected.to_owned())
    );
}

#[test]
fn settings_that_do_not_fit_together_are_refused() {
    for (toml, expected) in [
        ("tls_key = 'k'", "tls_certificate: needed beside tls_key"),
        (
            "redis_url = 'redis://r'",
            "redis_url: needs database_url: SQLite is for one process",
        ),
        (
            "tcp_proxy_protocol = true",
            "tcp_proxy_protocol: needs trusted_proxies: nobody else is believed",
        ),
        (
            "tls_certificate = 'c'",
            "tls_key: needed beside tls_certificate",
        ),
        (
            "[limits]\nhistory_max = 10",
            "limits.history_default: more than the most that is allowed",
        ),
    ] {
        assert_eq!(load(toml, &[], &[]), Err(expected.to_owned()));
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let sources = Sources {
        file: Some("nowhere.toml".into()),
        ..Sources::default()
    };
    let error = load_with(&sources, Environment::default()).expect_err("no file");
    assert!(
        error
            .to_string()
            .starts_with("--config: cannot read nowhere.toml: "),
        "{error}"
    );
}

#[test]
fn guests_are_let_in_where_a_server_is_by_itself() {
    let guests = |variables| of_variables(variables).expect("settings").guests();
    assert!(guests(&[]));
    assert!(!guests(&[("OSMIUM_DATABASE_URL", "postgres://db/osmium")]));
    assert!(guests(&[
        ("OSMIUM_DATABASE_URL", "postgres://db/osmium"),
        ("OSMIUM_GUESTS", "true")
    ]));
}

#[test]
fn secrets_are_neither_printed_nor_debugged() {
    let settings = of_variables(&[
        (
            "OSMIUM_DATABASE_URL",
            "postgres://ada:hidden@db/osmium?sslpassword=hidden&sslmode=require",
        ),
        ("OSMIUM_REDIS_URL", "rediss://:hidden@redis:6380"),
        ("OSMIUM_MEDIA_URL", "s3://key:hidden@s3.example.org/bucket"),
    ]);
    let settings = settings.expect("settings");
    let printed = print(&settings).expect("a text");
    assert!(
        !printed.contains("hidden") && !format!("{settings:?}").contains("hidden"),
        "{printed}"
    );
    for line in [
        "database_url = \"postgres://ada:***@db/osmium?sslpassword=***&sslmode=require\"",
        "redis_url = \"rediss://:***@redis:6380\"",
        "media_url = \"s3://key:***@s3.example.org/bucket\"",
    ] {
        assert!(printed.contains(line), "{line} in {printed}");
    }
}

#[test]
fn what_is_printed_sets_the_same() {
    let settings = Settings {
        guests: Some(true),
        ..Settings::default()
    };
    let printed = print(&settings).expect("a text");
    assert_eq!(load(&printed, &[], &[]), Ok(settings));
}

#[test]
fn the_table_has_every_key_and_no_other() {
    let all = of_variables(&[
        ("OSMIUM_LISTEN_TCP", "127.0.0.1:1"),
        ("OSMIUM_TLS_CERTIFICATE", "c"),
        ("OSMIUM_TLS_KEY", "k"),
        ("OSMIUM_DATABASE_URL", "postgres://db/osmium"),
        ("OSMIUM_REDIS_URL", "redis://redis"),
        ("OSMIUM_MEDIA_URL", "file:media"),
        ("OSMIUM_GUESTS", "true"),
    ]);
    let fields = toml::Table::try_from(all.expect("settings")).expect("a table");
    let fields: BTreeSet<_> = fields.keys().map(String::as_str).collect();
    let listed: BTreeSet<_> = SETTINGS.iter().map(|setting| setting.key).collect();
    assert_eq!(fields, &listed | &BTreeSet::from(["limits", "rates"]));
}

#[test]
fn the_documented_table_is_this_one() {
    let documented = include_str!("../../../../docs/operations.md");
    let row = |setting: &Setting| {
        let Setting {
            key,
            default,
            about,
            ..
        } = setting;
        format!(
            "| `{}` | `{key}` | {default} | {about} |",
            setting.variable()
        )
    };
    let expected: Vec<String> = SETTINGS.iter().map(row).collect();
    let rows: Vec<&str> = documented
        .lines()
        .filter(|line| line.starts_with("| `OSMIUM_"))
        .collect();
    assert_eq!(
        rows,
        expected,
        "docs/operations.md has another table; this one is\n{}",
        expected.join("\n")
    );
}

#[test]
fn the_annotated_file_sets_every_key_to_its_default() {
    let annotated = include_str!("../../../../deploy/osmium.toml");
    let loaded = load(annotated, &[], &[]);
    assert_eq!(loaded, Ok(Settings::default()));
    for setting in SETTINGS {
        let lines = annotated.lines().map(|line| line.trim_start_matches("# "));
        let named = lines.filter_map(|line| line.split([' ', ']']).next());
        assert!(
            named
                .map(|key| key.trim_start_matches("[["))
                .any(|key| key == setting.key),
            "{} is missing",
            setting.key
        );
    }
    let defaults = toml::Table::try_from(Settings::default()).expect("a table");
    let written: toml::Table = annotated.parse().expect("a table");
    for table in ["limits", "rates"] {
        assert_eq!(written.get(table), defaults.get(table));
    }
}
