//! The process's environment, read in this one place.

use super::SettingsError;
use super::table::{PREFIX, Setting};

/// The variable that names the file.
pub(crate) const FILE: &str = "OSMIUM_CONFIG";
/// Variables of the tests, which are no settings.
const TESTS: &str = "OSMIUM_TEST_";

/// What the environment sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Environment {
    /// The file to read.
    pub(crate) file: Option<String>,
    /// Keys and their texts, by variable.
    pub(crate) values: Vec<(&'static str, String)>,
}

impl Environment {
    /// Of this process.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the place that reads the environment"
    )]
    pub(crate) fn of_process() -> Result<Self, SettingsError> {
        let ours =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
        let ours = ours.filter(|(name, _)| name.starts_with(PREFIX));
        let texts: Result<Vec<_>, _> = ours
            .map(|(name, value)| match value.into_string() {
                Ok(value) => Ok((name, value)),
                Err(_) => Err(SettingsError::new(name, "not UTF-8")),
            })
            .collect();
        Self::read(texts?)
    }

    /// Reads variables. One that begins like ours and is not is an error, so that no typing mistake passes in
    /// silence; an empty one counts as not set.
    pub(crate) fn read(
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, SettingsError> {
        let mut environment = Self::default();
        for (name, value) in variables {
            if !name.starts_with(PREFIX) || name.starts_with(TESTS) {
                continue;
            }
            let setting = Setting::with_variable(&name);
            match setting {
                None if name != FILE => return Err(SettingsError::new(name, "unknown variable")),
                _ if value.is_empty() => {}
                None => environment.file = Some(value),
                Some(setting) => environment.values.push((setting.key, value)),
            }
        }
        Ok(environment)
    }
}
