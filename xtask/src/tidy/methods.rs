//! Every method that is built has a test of its own.

use super::Problem;
use super::sources::Source;

/// A folder a package, and in it a file a method.
const METHODS: &str = "crates/osmium-core/src/methods/";
/// The same again, of tests over the protocol.
const TESTS: &str = "crates/osmium-testkit/tests/it/";

/// Checks that each method's test file is there and is compiled.
pub(super) fn check(sources: &[Source]) -> Vec<Problem> {
    sources
        .iter()
        .filter_map(method)
        .filter_map(|name| untested(name, sources))
        .collect()
}

/// `messages/set_message_pin` for the file of that method; none for files beside the methods.
fn method(source: &Source) -> Option<&str> {
    let name = source.path.strip_prefix(METHODS)?.strip_suffix(".rs")?;
    let is_method = name.contains('/') && source.text.contains("impl Method for");
    is_method.then_some(name)
}

fn untested(name: &str, sources: &[Source]) -> Option<Problem> {
    let test = format!("{TESTS}{name}.rs");
    if !sources.iter().any(|source| source.path == test) {
        return Some(format!("{METHODS}{name}.rs: has no test {test}"));
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
            source(&format!("{TESTS}messages/set_message_pin.rs"), ""),
            source(
                &format!("{TESTS}messages/mod.rs"),
                "//! Tests.\nmod set_message_pin;\n",
            ),
        ];
        assert_eq!(check(&sources), Vec::<Problem>::new());
    }

    #[test]
    fn a_method_without_a_test_is_a_problem() {
        let problems = check(&[pin()]);
        assert!(
            matches!(&problems[..], [one] if one.contains("has no test")),
            "{problems:?}"
        );
    }

    #[test]
    fn a_test_that_is_never_compiled_is_a_problem() {
        let sources = [
            pin(),
            source(&format!("{TESTS}messages/set_message_pin.rs"), ""),
            source(&format!("{TESTS}chats/mod.rs"), "mod set_message_pin;\n"),
        ];
        let problems = check(&sources);
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
        assert_eq!(check(&sources), Vec::<Problem>::new());
    }
}
