//! `osmium admin` on a new database.

use crate::osmium::{Ran, osmium, run};
use std::path::Path;
use tempfile::tempdir;

fn admin(folder: &Path, arguments: &[&str], input: &str) -> Ran {
    run(
        &mut osmium(folder, &[&["admin"], arguments].concat()),
        input,
    )
}

fn create_ada(folder: &Path, password: &str) -> Ran {
    let arguments = [
        "user",
        "create",
        "--name",
        " Ada ",
        "--email",
        "Ada@example.org",
        "--password-stdin",
    ];
    admin(folder, &arguments, password)
}

#[test]
fn users_are_made_listed_disabled_and_enabled() {
    let folder = tempdir().expect("a folder");
    let made = create_ada(folder.path(), "correct horse\n");
    let id = made
        .out
        .strip_prefix("User ")
        .and_then(|out| out.strip_suffix(" is made.\n"));
    let id = id.unwrap_or_else(|| panic!("{made:?}"));

    let listed =
        |disabled| format!("id\tname\tusername\tdisabled\tbot\n{id}\tAda\t\t{disabled}\tfalse\n");
    assert_eq!(
        admin(folder.path(), &["user", "list"], "").out,
        listed(false)
    );
    let disabled = admin(folder.path(), &["user", "disable", "ada@EXAMPLE.org"], "");
    assert_eq!(
        disabled.out,
        format!("User {id} is disabled; 0 logins ended.\n")
    );
    assert_eq!(
        admin(folder.path(), &["user", "list"], "").out,
        listed(true)
    );
    let enabled = admin(folder.path(), &["user", "enable", id], "");
    assert_eq!(enabled.out, format!("User {id} is enabled.\n"));
    assert_eq!(
        admin(folder.path(), &["user", "list"], "").out,
        listed(false)
    );
}

#[test]
fn what_cannot_be_done_is_one_line_and_status_1() {
    let folder = tempdir().expect("a folder");
    let short = create_ada(folder.path(), "short\n");
    assert_eq!(
        (short.code, short.errors.as_str()),
        (Some(1), "osmium: A password has at least 8 characters\n")
    );
    assert_eq!(create_ada(folder.path(), "correct horse\n").code, Some(0));
    let again = create_ada(folder.path(), "correct horse\n");
    assert_eq!(
        (again.code, again.errors.as_str()),
        (Some(1), "osmium: This email is in use\n")
    );
    let nobody = admin(folder.path(), &["user", "disable", "bob@example.org"], "");
    assert_eq!(
        (nobody.code, nobody.errors.as_str()),
        (Some(1), "osmium: No such user\n")
    );
}

#[test]
fn a_bot_is_made_with_a_token_and_a_client_id() {
    let folder = tempdir().expect("a folder");
    assert_eq!(create_ada(folder.path(), "correct horse").code, Some(0));
    let made = admin(
        folder.path(),
        &[
            "bot",
            "create",
            "--owner",
            "ada@example.org",
            "--name",
            "Helper",
        ],
        "",
    );
    let value = |key: &str| made.out.lines().find_map(|line| line.strip_prefix(key));
    let client_id = value("client_id: ").and_then(|id| id.parse::<u32>().ok());
    assert!(client_id.is_some_and(|id| id >= 150_000), "{made:?}");
    assert!(
        value("token: ").is_some_and(|token| token.contains('.')),
        "{made:?}"
    );
    let listed = admin(folder.path(), &["user", "list"], "").out;
    assert!(
        listed
            .lines()
            .any(|line| line.ends_with("\tHelper\t\tfalse\ttrue")),
        "{listed}"
    );

    let orphan = admin(
        folder.path(),
        &["bot", "create", "--owner", "7", "--name", "Helper"],
        "",
    );
    assert_eq!(
        (orphan.code, orphan.errors.as_str()),
        (Some(1), "osmium: the owner: No such user\n")
    );
}
