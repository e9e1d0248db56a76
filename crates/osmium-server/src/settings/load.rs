//! Loading: the file, over it the environment, over that the flags.

use super::address::entrypoint;
use super::environment::{Environment, FILE};
use super::table::{Kind, Setting};
use super::{Settings, SettingsError};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use toml::{Table, Value};
use tracing_subscriber::EnvFilter;

/// The tables of the file whose keys are settings of their own.
const TABLES: [&str; 2] = ["limits", "rates"];

/// What the command line says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sources {
    /// `--config`.
    pub(crate) file: Option<PathBuf>,
    /// Other flags: keys and their texts.
    pub(crate) flags: Vec<(&'static str, String)>,
}

/// Loads the settings of this process.
pub(crate) fn load(sources: &Sources) -> Result<Settings, SettingsError> {
    load_with(sources, Environment::of_process()?)
}

pub(super) fn load_with(
    sources: &Sources,
    environment: Environment,
) -> Result<Settings, SettingsError> {
    let mut merged = Merged::default();
    match (&sources.file, &environment.file) {
        (Some(file), _) => merged.add_file(file, "--config")?,
        (None, Some(file)) => merged.add_file(Path::new(file), FILE)?,
        (None, None) => {}
    }
    for (key, text) in environment.values {
        merged.add_text(key, &text, Setting::variable)?;
    }
    for (key, text) in &sources.flags {
        merged.add_text(key, text, |setting| {
            format!("--{}", setting.key.replace('_', "-"))
        })?;
    }
    merged.finish()
}

/// What was read so far. Each value was tried by itself, so an error names the one at fault.
#[derive(Default)]
struct Merged(Table);

impl Merged {
    fn add_file(&mut self, file: &Path, named_by: &str) -> Result<(), SettingsError> {
        let shown = file.display();
        let text = std::fs::read_to_string(file).map_err(|error| {
            SettingsError::new(named_by, format!("cannot read {shown}: {error}"))
        })?;
        self.add_toml(&text, &shown.to_string())
    }

    fn add_toml(&mut self, text: &str, file: &str) -> Result<(), SettingsError> {
        let table: Table = toml::from_str(text).map_err(|error: toml::de::Error| {
            let line = error
                .span()
                .map_or(1, |span| 1 + text[..span.start].matches('\n').count());
            SettingsError::new(format!("{file}: line {line}"), error.message())
        })?;
        for (key, value) in table {
            match value {
                Value::Table(entries) if TABLES.contains(&key.as_str()) => {
                    for (entry, value) in entries {
                        let place = format!("{file}: {key}.{entry}");
                        self.add(&[&key, &entry], value, &place)?;
                    }
                }
                value => self.add(&[&key], value, &format!("{file}: {key}"))?,
            }
        }
        Ok(())
    }

    fn add_text(
        &mut self,
        key: &str,
        text: &str,
        place: impl Fn(&Setting) -> String,
    ) -> Result<(), SettingsError> {
        let Some(setting) = Setting::with_key(key) else {
            return Err(SettingsError::new(key, "unknown key"));
        };
        let place = place(setting);
        let value =
            value(setting.kind, text).map_err(|problem| SettingsError::new(&place, problem))?;
        self.add(&[key], value, &place)
    }

    fn add(&mut self, path: &[&str], value: Value, place: &str) -> Result<(), SettingsError> {
        let Some((leaf, tables)) = path.split_last() else {
            return Ok(());
        };
        let wrap =
            |inner: Value, key: &&str| Value::Table(Table::from_iter([((*key).to_owned(), inner)]));
        let alone = path.iter().rev().fold(value.clone(), wrap);
        let settings = Settings::deserialize(alone).map_err(|error| {
            let problem = error.message();
            let unknown = problem.starts_with(&format!("unknown field `{leaf}`"));
            SettingsError::new(place, if unknown { "unknown key" } else { problem })
        })?;
        check_value(&settings).map_err(|problem| SettingsError::new(place, problem))?;
        let mut table = &mut self.0;
        for key in tables {
            let entry = table
                .entry(*key)
                .or_insert_with(|| Value::Table(Table::new()));
            let Value::Table(inner) = entry else {
                return Ok(());
            };
            table = inner;
        }
        table.insert((*leaf).to_owned(), value);
        Ok(())
    }

    fn finish(self) -> Result<Settings, SettingsError> {
        let settings = Settings::deserialize(Value::Table(self.0))
            .map_err(|error| SettingsError::new("settings", error.message()))?;
        settings.check()?;
        Ok(settings)
    }
}

/// Reads the text of a variable or a flag.
fn value(kind: Kind, text: &str) -> Result<Value, String> {
    let parts = || {
        text.split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
    };
    match kind {
        Kind::Text => Ok(Value::String(text.to_owned())),
        Kind::Number => text
            .parse()
            .map(Value::Integer)
            .map_err(|_| "not a whole number".to_owned()),
        Kind::Switch => match text {
            "true" | "1" => Ok(Value::Boolean(true)),
            "false" | "0" => Ok(Value::Boolean(false)),
            _ => Err("neither true nor false".to_owned()),
        },
        Kind::List => Ok(parts().collect::<Vec<_>>().into()),
        Kind::Entrypoints => parts()
            .map(|part| {
                let entrypoint =
                    entrypoint(part).ok_or("neither host:port nor host:port:region")?;
                Value::try_from(entrypoint).map_err(|error| error.to_string())
            })
            .collect::<Result<_, _>>()
            .map(Value::Array),
    }
}

/// Checks, in settings of which one was given, what its type does not say.
fn check_value(settings: &Settings) -> Result<(), String> {
    if EnvFilter::builder().parse(&settings.log).is_err() {
        return Err("not a log filter, such as info or info,osmium_gateway=debug".to_owned());
    }
    let rates = &settings.rates;
    let all = [
        rates.connection,
        rates.read,
        rates.write,
        rates.send,
        rates.heavy,
        rates.sign_in,
        rates.authorize,
    ];
    if all
        .iter()
        .any(|rate| rate.burst == 0 || !rate.per_second.is_finite() || rate.per_second <= 0.0)
    {
        return Err("burst and per_second are greater than 0".to_owned());
    }
    if settings.database_connections == 0
        || settings.connections == 0
        || settings.connections_per_address == 0
    {
        return Err("at least 1".to_owned());
    }
    Ok(())
}
