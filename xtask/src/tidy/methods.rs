//! Every method that is built says in its head what the contract says of it, and has a test of its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;

use super::Problem;
use super::sources::Source;

/// A folder a package, and in it a file a method.
const METHODS: &str = "crates/osmium-core/src/methods/";
/// The same again, of tests over the protocol.
const TESTS: &str = "crates/osmium-testkit/tests/it/";

/// The contract: each request is below a line such as `// messages.setMessagePin -> ()`.
const CONTRACT: &str = "proto";

/// Checks that each method in `root` is headed by its line of the contract, and that its test file is there and is compiled.
pub(super) fn check(root: &Path, sources: &[Source]) -> Result<Vec<Problem>> {
    let mut contract = String::new();
    for file in fs::read_dir(root.join(CONTRACT))? {
        contract += &fs::read_to_string(file?.path())?;
    }
    let lines = lines_of(&contract);
    let misnamed = sources.iter().filter_map(|source| misnamed(source, &lines));
    Ok(misnamed.chain(all_untested(sources)).collect())
}

fn all_untested(sources: &[Source]) -> impl Iterator<Item = Problem> {
    let names = sources.iter().filter_map(method);
    names.filter_map(|name| untested(name, sources))
}

/// What the contract says of methods: `messages.setMessagePin -> ()`.
fn lines_of(contract: &str) -> BTreeSet<&str> {
    let comments = contract.lines().filter_map(|line| line.strip_prefix("// "));
    comments.filter(|line| line.contains(" -> ")).collect()
}

/// What is wrong with the first line of a method's file, if it is one.
fn misnamed(source: &Source, contract: &BTreeSet<&str>) -> Option<Problem> {
    let name = method(source)?;
    let first = source.text.lines().next().unwrap_or_default();
    let head = first.strip_prefix("//! `").unwrap_or(first);
    let said = head.split_once('`').map_or(head, |(said, _)| said);
    let is_its_own = said
        .split_once(" -> ")
        .is_some_and(|(of, _)| snake(of) == name);
    (!is_its_own || !contract.contains(said)).then(|| {
        format!(
            "{}: `{said}` is not what {CONTRACT} says of it",
            source.path
        )
    })
}

/// `messages/set_message_pin` of `messages.setMessagePin`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        match letter {
            '.' => snake.push('/'),
            letter if letter.is_ascii_uppercase() => {
                snake.push('_');
                snake.push(letter.to_ascii_lowercase());
            }
            letter => snake.push(letter),
        }
    }
    snake
}

/// `messages/set_message_pin` for the file of that method; none for files beside the methods.
fn method(source: &Source) -> Option<&str> {
    let name = source.path.strip_prefix(METHODS)?.strip_suffix(".rs")?;
    let is_method = name.contains('/') && source.text.contains("impl Method for");
    is_method.then_some(name)
}

fn untested(name: &str, sources: &[Source]) -> Option<Problem> {
    let test = format!("{TESTS}{name}.rs");
    let Some(source) = sources.iter().find(|source| source.path == test) else {
        return Some(format!("{METHODS}{name}.rs: has no test {test}"));
    };
    if !source.text.contains("async fn ") {
        return Some(format!("{test}: there is no test in it"));
    }
    if !is_compiled(name, sources) {
        return Some(format!(
            "{test}: no file above it says `mod`, so it never runs"
        ));
    }
    None
}

/// Whether the package's file, or the whole test program's, has the test's `mod`.
fn is_compiled(name: &str, sources: &[Source]) -> bool {
    let Some((package, method)) = name.split_once('/') else {
        return false;
    };
    let above = [
        "main.rs".to_owned(),
        format!("{package}.rs"),
        format!("{package}/mod.rs"),
    ];
    let declaration = format!("mod {method};");
    let declares = |source: &&Source| source.text.lines().any(|line| line.trim() == declaration);
    let is_above = |source: &&Source| {
        source
            .path
            .strip_prefix(TESTS)
            .is_some_and(|path| above.iter().any(|name| name == path))
    };
    sources
        .iter()
        .filter(is_above)
        .any(|source| declares(&source))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    const TEST: &str = "async fn it_pins() {}";

    fn untested(sources: &[Source]) -> Vec<Problem> {
        all_untested(sources).collect()
    }

    fn pin() -> Source {
        source(
            &format!("{METHODS}messages/set_message_pin.rs"),
            "impl Method for SetMessagePin {}",
        )
    }

    #[test]
    fn a_method_with_its_test_is_fine() {
        let sources = [
            pin(),
            source(&format!("{TESTS}messages/set_message_pin.rs"), TEST),
            source(
                &format!("{TESTS}messages/mod.rs"),
                "//! Tests.\nmod set_message_pin;\n",
            ),
        ];
        assert_eq!(untested(&sources), Vec::<Problem>::new());
    }

    #[test]
    fn a_head_says_what_the_contract_says() {
        let contract =
            lines_of("// messages.setMessagePin -> ()\n// Pins.\nmessage SetMessagePin {\n");
        let path = format!("{METHODS}messages/set_message_pin.rs");
        let head = |said: &str| {
            let text = format!("//! `{said}`: pins.\n\nimpl Method for SetMessagePin {{}}");
            misnamed(&source(&path, &text), &contract)
        };
        assert_eq!(head("messages.setMessagePin -> ()"), None);
        assert!(misnamed(&pin(), &contract).is_some());
        for other in [
            "messages.setMessagePin -> messages.Pin",
            "messages.pin -> ()",
            "pins",
        ] {
            assert!(
                head(other).is_some_and(|problem| problem.contains(other)),
                "{other}"
            );
        }
    }

    #[test]
    fn a_test_without_a_test_is_a_problem() {
        let sources = [
            pin(),
            source(&format!("{TESTS}messages/set_message_pin.rs"), "//! Later."),
            source(&format!("{TESTS}messages/mod.rs"), "mod set_message_pin;\n"),
        ];
        let problems = untested(&sources);
        assert!(
            matches!(&problems[..], [one] if one.contains("no test in it")),
            "{problems:?}"
        );
    }

    #[test]
    fn a_method_without_a_test_is_a_problem() {
        let problems = untested(&[pin()]);
        assert!(
            matches!(&problems[..], [one] if one.contains("has no test")),
            "{problems:?}"
        );
    }

    #[test]
    fn a_test_that_is_never_compiled_is_a_problem() {
        let sources = [
            pin(),
            source(&format!("{TESTS}messages/set_message_pin.rs"), TEST),
            source(&format!("{TESTS}chats/mod.rs"), "mod set_message_pin;\n"),
        ];
        let problems = untested(&sources);
        assert!(
            matches!(&problems[..], [one] if one.contains("never runs")),
            "{problems:?}"
        );
    }

    #[test]
    fn rules_beside_the_methods_need_no_test_there() {
        let sources = [
            source(&format!("{METHODS}messages/mod.rs"), "mod set_message_pin;"),
            source(&format!("{METHODS}access.rs"), "fn rule() {}"),
        ];
        assert_eq!(untested(&sources), Vec::<Problem>::new());
    }
}
