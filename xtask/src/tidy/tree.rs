//! What lies at the root, and what must not be locked.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;

use super::Problem;

/// The visible root. Settings of tools are dotfiles.
const ROOT: [&str; 8] = [
    "Cargo.toml",
    "Cargo.lock",
    "proto",
    "crates",
    "xtask",
    "deploy",
    "docs",
    "README.md",
];

/// What cargo builds, which git ignores.
const BUILT: &str = "target";

/// Other TLS libraries: all of ours is rustls with ring, and these come in by a dependency's default features.
const NEVER_LOCKED: [&str; 3] = ["aws-lc-rs", "aws-lc-sys", "openssl-sys"];

/// Checks the tree in `root`.
pub(super) fn check(root: &Path) -> Result<Vec<Problem>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(root)? {
        names.insert(entry?.file_name().display().to_string());
    }
    let lock = fs::read_to_string(root.join("Cargo.lock"))?;
    Ok([check_root(&names), check_lock(&lock)].concat())
}

fn check_root(names: &BTreeSet<String>) -> Vec<Problem> {
    let visible = names
        .iter()
        .filter(|name| !name.starts_with('.') && *name != BUILT);
    let strange = visible.filter(|name| !ROOT.contains(&name.as_str()));
    let missing = ROOT.iter().filter(|name| !names.contains(**name));
    strange
        .map(|name| {
            format!(
                "{name}: does not belong to the root, which is {}",
                ROOT.join(" ")
            )
        })
        .chain(missing.map(|name| format!("{name}: is missing from the root")))
        .collect()
}

fn check_lock(lock: &str) -> Vec<Problem> {
    let locked = |name: &&&str| {
        lock.lines()
            .any(|line| line == format!("name = \"{name}\""))
    };
    NEVER_LOCKED
        .iter()
        .filter(locked)
        .map(|name| format!("Cargo.lock: has {name}, find who wants it with `cargo tree -i {name}` and take rustls with ring"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn dotfiles_and_what_is_built_are_not_seen() {
        let mut all = names(&ROOT);
        all.extend(names(&[".git", ".clippy.toml", "target"]));
        assert_eq!(check_root(&all), Vec::<Problem>::new());
    }

    #[test]
    fn strangers_and_missing_ones_are_named() {
        let mut all = names(&ROOT);
        all.remove("docs");
        all.insert("scripts".to_owned());
        let problems = check_root(&all);
        assert_eq!(problems.len(), 2);
        assert!(problems[0].starts_with("scripts:"));
        assert!(problems[1].starts_with("docs:"));
    }

    #[test]
    fn another_tls_library_is_found_by_its_whole_name() {
        let lock = "[[package]]\nname = \"aws-lc-sys\"\nversion = \"0.1.0\"\n[[package]]\nname = \"openssl-sys-not\"\n";
        let problems = check_lock(lock);
        assert!(
            matches!(&problems[..], [one] if one.contains("aws-lc-sys")),
            "{problems:?}"
        );
    }
}
