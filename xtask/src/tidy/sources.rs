//! What every Rust file keeps to.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::Problem;
use crate::test::EXAMPLES;

/// The most lines of a file.
const LONGEST: usize = 600;

/// These name what others must not contain.
const RULES: &str = "xtask/src/tidy/";

/// Who may read the environment: the server its configuration, tests and tasks what they run on, build scripts cargo.
const READ_THE_ENVIRONMENT: [&str; 3] =
    ["crates/osmium-server/", "crates/osmium-testkit/", "xtask/"];

/// A Rust file that a person wrote.
#[derive(Debug)]
pub(super) struct Source {
    /// From the root, with `/`.
    pub(super) path: String,
    pub(super) text: String,
}

/// Reads all Rust files but the generated ones.
pub(super) fn read(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for folder in ["crates", "xtask"] {
        read_folder(root, &root.join(folder), &mut sources)?;
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}

fn read_folder(root: &Path, folder: &Path, sources: &mut Vec<Source>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !is_generated(&path) {
            read_folder(root, &path, sources)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root)?.display().to_string();
            sources.push(Source {
                path: name.replace('\\', "/"),
                text: fs::read_to_string(&path)?,
            });
        }
    }
    Ok(())
}

fn is_generated(folder: &Path) -> bool {
    folder.ends_with("src/gen") || folder.ends_with("target")
}

/// Checks the rules on all files.
pub(super) fn check(sources: &[Source]) -> Vec<Problem> {
    let rules = [head, length, words, environment, sleep, examples];
    let broken = |source: &Source| rules.map(|rule| rule(source));
    sources
        .iter()
        .flat_map(|source| broken(source).into_iter().flatten())
        .collect()
}

/// The first line says the one job of the file, if need be with the text of a README.
fn head(source: &Source) -> Vec<Problem> {
    if source.text.starts_with("//! ") || source.text.starts_with("#![doc = include_str!") {
        return Vec::new();
    }
    vec![format!(
        "{}:1: starts with a `//!` that says its one job",
        source.path
    )]
}

fn length(source: &Source) -> Vec<Problem> {
    let lines = source.text.lines().count();
    if lines <= LONGEST {
        return Vec::new();
    }
    vec![format!(
        "{}: has {lines} lines, {LONGEST} are the most: give a part of it a name and a file",
        source.path
    )]
}

/// An example runs as a test, so it stands in a crate whose examples run.
fn examples(source: &Source) -> Vec<Problem> {
    let Some(path) = source.path.strip_prefix("crates/") else {
        return Vec::new();
    };
    if EXAMPLES
        .iter()
        .any(|name| path.starts_with(&format!("{name}/")))
    {
        return Vec::new();
    }
    let begins = |line: &str| {
        let line = line.trim_start();
        line.starts_with("/// ```") || line.starts_with("//! ```")
    };
    find(
        source,
        begins,
        "examples of this crate do not run: name it in `EXAMPLES` of `xtask/src/test.rs`, or make it a test",
    )
}

/// Work is finished or not begun, and a test runs or is deleted.
fn words(source: &Source) -> Vec<Problem> {
    if source.path.starts_with(RULES) {
        return Vec::new();
    }
    [
        find(
            source,
            |line| line.trim_start().starts_with("#[ignore"),
            "a test that does not run shows nothing",
        ),
        find(
            source,
            |line| line.contains("todo!("),
            "finish it, or leave it out",
        ),
        find(
            source,
            |line| has_word(line, "FIXME") || has_word(line, "XXX"),
            "mend it, or say in an issue what is wrong",
        ),
    ]
    .concat()
}

/// Settings reach the code as values, so that a test can give others.
fn environment(source: &Source) -> Vec<Problem> {
    let may_read = READ_THE_ENVIRONMENT
        .iter()
        .any(|folder| source.path.starts_with(folder));
    if may_read || source.path.ends_with("/build.rs") {
        return Vec::new();
    }
    find(
        source,
        |line| line.contains("env::var"),
        "only osmium-server reads the environment",
    )
}

/// A test that sleeps is slow on every machine, and wrong on a slower one: wait for what is to happen.
fn sleep(source: &Source) -> Vec<Problem> {
    if !source.path.starts_with("crates/") || !source.path.contains("/tests/") {
        return Vec::new();
    }
    let sleeps = |line: &str| line.contains("time::sleep") || line.contains("thread::sleep");
    find(
        source,
        sleeps,
        "a test waits for what is to happen, not for a time",
    )
}

fn find(source: &Source, is_broken: impl Fn(&str) -> bool, advice: &str) -> Vec<Problem> {
    let lines = source
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| is_broken(line));
    lines
        .map(|(index, line)| format!("{}:{}: `{}`: {advice}", source.path, index + 1, line.trim()))
        .collect()
}

/// Whether `word` stands in the line by itself, and not as a part of a longer one.
fn has_word(line: &str, word: &str) -> bool {
    line.split(|character: char| !character.is_alphanumeric() && character != '_')
        .any(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(path: &str, text: &str) -> Vec<Problem> {
        check(&[Source {
            path: path.to_owned(),
            text: text.to_owned(),
        }])
    }

    #[test]
    fn a_good_file_has_no_problem() {
        assert_eq!(
            problems("crates/a/src/lib.rs", "//! One job.\nfn main() {}\n"),
            Vec::<Problem>::new()
        );
        assert_eq!(
            problems(
                "crates/a/src/lib.rs",
                "#![doc = include_str!(\"../README.md\")]\n"
            ),
            Vec::<Problem>::new()
        );
    }

    #[test]
    fn examples_stand_where_they_run() {
        let example = "//! One job.\n//!\n//! ```\n//! ```\n";
        assert_eq!(problems("crates/osmium-proto/src/lib.rs", example).len(), 0);
        assert_eq!(problems("crates/osmium-wire/src/lib.rs", example).len(), 2);
    }

    #[test]
    fn each_rule_names_the_line() {
        for (path, line) in [
            ("crates/a/src/lib.rs", "#[ignore = \"slow\"]"),
            ("crates/a/src/lib.rs", "    todo!()"),
            ("crates/a/src/lib.rs", "// FIXME: wrong"),
            ("crates/a/src/lib.rs", "// XXX wrong"),
            ("crates/a/src/lib.rs", "/// ```"),
            (
                "crates/osmium-core/src/lib.rs",
                "let home = std::env::var(\"HOME\");",
            ),
            (
                "crates/a/tests/it/main.rs",
                "tokio::time::sleep(LONG).await;",
            ),
        ] {
            let found = problems(path, &format!("//! One job.\n{line}\n"));
            assert!(
                matches!(&found[..], [one] if one.starts_with(&format!("{path}:2:"))),
                "{line}: {found:?}"
            );
        }
    }

    #[test]
    fn some_may_read_the_environment() {
        for path in [
            "crates/osmium-server/src/main.rs",
            "xtask/src/main.rs",
            "crates/osmium-sqlite/build.rs",
        ] {
            assert_eq!(
                problems(path, "//! One job.\nstd::env::var(\"A\");\n"),
                Vec::<Problem>::new()
            );
        }
    }

    #[test]
    fn a_word_within_another_is_another_word() {
        assert!(!has_word("let id = \"aXXXb\";", "XXX"));
        assert!(has_word("// XXX: look", "XXX"));
    }

    #[test]
    fn a_file_without_head_or_end_is_a_problem() {
        assert_eq!(problems("xtask/src/a.rs", "use std::fs;\n").len(), 1);
        let long = format!("//! One job.\n{}", "\n".repeat(LONGEST));
        assert!(
            matches!(&problems("xtask/src/a.rs", &long)[..], [one] if one.contains("601 lines"))
        );
    }
}
