//! `osmium config`, and how a bad setting ends the program.

use crate::osmium::{osmium, run};
use std::fs;
use tempfile::tempdir;

#[test]
fn good_settings_are_good() {
    let folder = tempdir().expect("a folder");
    let ran = run(&mut osmium(folder.path(), &["config", "check"]), "");
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.errors.as_str()),
        (Some(0), "The settings are good.\n", "")
    );
}

#[test]
fn a_bad_setting_is_one_line_and_status_2() {
    let folder = tempdir().expect("a folder");
    fs::write(
        folder.path().join("osmium.toml"),
        "[limits]\nmesage_length = 1",
    )
    .expect("a file");
    for arguments in [
        &["config", "check"][..],
        &["serve"],
        &[],
        &["gateway"],
        &["admin", "user", "list"],
    ] {
        let ran = run(
            osmium(folder.path(), arguments).env("OSMIUM_CONFIG", "osmium.toml"),
            "",
        );
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert_eq!(
            ran.errors, "osmium: osmium.toml: limits.mesage_length: unknown key\n",
            "{arguments:?}"
        );
    }
    let ran = run(
        osmium(folder.path(), &["serve"]).env("OSMIUM_LITSEN", "1"),
        "",
    );
    assert_eq!(
        (ran.code, ran.errors.as_str()),
        (Some(2), "osmium: OSMIUM_LITSEN: unknown variable\n")
    );
    let ran = run(&mut osmium(folder.path(), &["--listen", "x"]), "");
    let expected = "osmium: --listen: not an IP address and a port, such as 127.0.0.1:8080\n";
    assert_eq!((ran.code, ran.errors.as_str()), (Some(2), expected));
}

#[test]
fn services_of_a_deployment_need_what_they_share() {
    let folder = tempdir().expect("a folder");
    for (command, database, expected) in [
        (
            "gateway",
            None,
            "osmium: database_url: osmium gateway needs it\n",
        ),
        (
            "fanout",
            None,
            "osmium: database_url: osmium fanout needs it\n",
        ),
        (
            "gateway",
            Some("postgres://db/osmium"),
            "osmium: redis_url: osmium gateway needs it\n",
        ),
    ] {
        let mut process = osmium(folder.path(), &[command]);
        process.envs(database.map(|url| ("OSMIUM_DATABASE_URL", url)));
        let ran = run(&mut process, "");
        assert_eq!((ran.code, ran.errors.as_str()), (Some(2), expected));
    }
}

#[test]
fn what_is_in_force_is_printed_without_secrets() {
    let folder = tempdir().expect("a folder");
    let mut process = osmium(folder.path(), &["config", "print"]);
    process.env("OSMIUM_DATABASE_URL", "postgres://ada:hidden@db/osmium");
    let ran = run(&mut process, "");
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.out
            .contains("database_url = \"postgres://ada:***@db/osmium\"\n"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("guests = false\n") && ran.out.contains("# redis_url: not set. "),
        "{}",
        ran.out
    );
    assert!(!ran.out.contains("hidden"));
}

#[test]
fn the_version_is_told() {
    let folder = tempdir().expect("a folder");
    let ran = run(&mut osmium(folder.path(), &["--version"]), "");
    assert_eq!(ran.out, format!("osmium {}\n", env!("CARGO_PKG_VERSION")));
}
