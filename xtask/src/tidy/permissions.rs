//! The page of permissions says what each method takes: as the head of the method's file does, and as its code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Result;

use super::Problem;
use super::sources::Source;

/// The page with the table.
const PAGE: &str = "docs/permissions.md";
/// Where the bits have their names.
const BITS: &str = "crates/osmium-model/src/permissions.rs";
/// A folder a package, and in it a file a method.
const METHODS: &str = "crates/osmium-core/src/methods/";

/// Names of permissions.
type Bits<'a> = BTreeSet<&'a str>;

/// Checks the page in `root` against the methods.
pub(super) fn check(root: &Path, sources: &[Source]) -> Result<Vec<Problem>> {
    let page = fs::read_to_string(root.join(PAGE))?;
    Ok(compare(&page, sources))
}

fn compare(page: &str, sources: &[Source]) -> Vec<Problem> {
    let bits = bits(sources);
    let mut rows: BTreeMap<_, _> = page.lines().filter_map(|line| row(line, &bits)).collect();
    let mut problems = Vec::new();
    for source in sources {
        let Some(method) = Method::of(source, &bits) else {
            continue;
        };
        for bit in method.used.difference(&method.said) {
            problems.push(format!("{}: its head does not name `{bit}`", source.path));
        }
        let told = rows.remove(method.name).unwrap_or_default();
        if told != method.said {
            problems.push(format!(
                "{PAGE}: `{}` takes {:?}, as its file says, not {told:?}",
                method.name, method.said
            ));
        }
    }
    let strange = rows.into_keys();
    problems.extend(strange.map(|name| format!("{PAGE}: `{name}` is no method that is built")));
    problems
}

/// What a method's file says of it.
struct Method<'a> {
    /// As the protocol names it.
    name: &'a str,
    /// The permissions that its head names.
    said: Bits<'a>,
    /// Those that its code requires.
    used: Bits<'a>,
}

impl<'a> Method<'a> {
    fn of(source: &'a Source, bits: &Bits<'a>) -> Option<Self> {
        if !source.path.starts_with(METHODS) || !source.text.contains("impl Method for") {
            return None;
        }
        let (name, _) = source.text.strip_prefix("//! `")?.split_once(" -> ")?;
        let is_head = |line: &&str| line.starts_with("//!");
        let head = source.text.lines().take_while(is_head);
        let used = |bit: &&str| source.text.lines().any(|line| requires(line, bit));
        Some(Self {
            name,
            said: head.flat_map(|line| quoted(line, bits)).collect(),
            used: bits.iter().copied().filter(used).collect(),
        })
    }
}

/// The bits, as the model names them.
fn bits(sources: &[Source]) -> Bits<'_> {
    let model = sources.iter().find(|source| source.path == BITS);
    let lines = model.into_iter().flat_map(|source| source.text.lines());
    lines
        .filter_map(|line| line.trim().strip_prefix("const ")?.split_once(" = "))
        .map(|(name, _)| name)
        .collect()
}

/// A row of the table: a method, and the permissions in the column beside it.
fn row<'a>(line: &'a str, bits: &Bits<'a>) -> Option<(&'a str, Bits<'a>)> {
    let (name, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
    let (taken, _) = rest.split_once(" |")?;
    Some((name, quoted(taken, bits).collect()))
}

/// The bits that stand in backticks.
fn quoted<'a>(text: &'a str, bits: &Bits<'a>) -> impl Iterator<Item = &'a str> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted.filter(|name| bits.contains(name))
}

/// Whether a line of code requires a bit, and not one whose name begins alike.
fn requires(line: &str, bit: &str) -> bool {
    let guards = line.contains("require(") || line.contains("channel_with(");
    let ends = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
    let names = |rest: &str| rest.strip_prefix(bit).is_some_and(ends);
    guards && line.split("Permissions::").skip(1).any(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(head: &str, code: &str) -> [Source; 2] {
        let model = "        const PIN = 1;\n        const PIN_MORE = 1 << 1;\n";
        [
            Source {
                path: BITS.to_owned(),
                text: model.to_owned(),
            },
            Source {
                path: format!("{METHODS}messages/set_message_pin.rs"),
                text: format!(
                    "//! `messages.setMessagePin -> ()`: pins. {head}\n\nimpl Method for Pin {{ {code} }}\n"
                ),
            },
        ]
    }

    fn problems(row: &str, head: &str, code: &str) -> Vec<Problem> {
        let page = format!("# Permissions\n\n| method | takes | and |\n|---|---|---|\n{row}\n");
        compare(&page, &sources(head, code))
    }

    #[test]
    fn page_head_and_code_agree() {
        for (row, head, code) in [
            ("", "", ""),
            ("", "", "let given = Permissions::PIN;"),
            (
                "| `messages.setMessagePin` | `PIN` | a place above `PIN_MORE` |",
                "Needs `PIN`.",
                "require(Permissions::PIN)",
            ),
            (
                "| `messages.setMessagePin` | `PIN` or `PIN_MORE` | |",
                "Needs `PIN_MORE` or `PIN`.",
                "require_either()",
            ),
        ] {
            assert_eq!(problems(row, head, code), Vec::<Problem>::new(), "{row}");
        }
    }

    #[test]
    fn each_difference_is_told() {
        for (row, head, code, expected) in [
            ("", "Needs `PIN`.", "", "takes"),
            ("| `messages.setMessagePin` | `PIN` | |", "", "", "takes"),
            (
                "| `messages.setMessagePin` | `PIN` | |",
                "Needs `PIN_MORE`.",
                "",
                "takes",
            ),
            ("", "", "require(Permissions::PIN)", "does not name `PIN`"),
            ("| `messages.unpin` | `PIN` | |", "", "", "no method"),
        ] {
            let found = problems(row, head, code);
            assert!(
                matches!(&found[..], [one] if one.contains(expected)),
                "{row} {head} {code}: {found:?}"
            );
        }
    }
}
