//! What is wrong with the settings, in one line.

/// A setting that cannot be used. Its text never holds the value: that may be a secret.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub(crate) struct SettingsError {
    /// Which: a variable, a flag, or a key of the file.
    place: String,
    /// What about it.
    problem: String,
}

impl SettingsError {
    /// A problem with the setting at `place`. Of a longer text only the first line is kept.
    pub(crate) fn new(place: impl Into<String>, problem: impl AsRef<str>) -> Self {
        let problem = problem
            .as_ref()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned();
        Self {
            place: place.into(),
            problem,
        }
    }
}
