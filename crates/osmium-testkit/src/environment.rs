//! What the environment says that tests run on.

/// A variable of the environment that is set to something.
#[expect(
    clippy::disallowed_methods,
    reason = "the environment says what tests run on"
)]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
