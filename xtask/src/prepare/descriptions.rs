//! The descriptions of an adapter's queries: a folder of files, one a query.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Result;

/// The files by their names.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Descriptions(BTreeMap<String, String>);

impl Descriptions {
    /// Reads a folder. One that does not exist has no descriptions.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        if folder.exists() {
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                files.insert(
                    entry.file_name().display().to_string(),
                    fs::read_to_string(entry.path())?,
                );
            }
        }
        Ok(Self(files))
    }

    /// Makes the folder hold these descriptions and no others.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir(folder)?;
        for (name, text) in &self.0 {
            fs::write(folder.join(name), text)?;
        }
        Ok(())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What is different from `before`, in words.
    pub(super) fn difference(&self, before: &Self) -> String {
        let new = self
            .0
            .keys()
            .filter(|name| !before.0.contains_key(*name))
            .count();
        let gone = before
            .0
            .keys()
            .filter(|name| !self.0.contains_key(*name))
            .count();
        let changed = self
            .0
            .iter()
            .filter(|(name, text)| before.0.get(*name).is_some_and(|old| old != *text))
            .count();
        format!("{new} new, {changed} changed, {gone} gone")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn descriptions(files: &[(&str, &str)]) -> Descriptions {
        Descriptions(
            files
                .iter()
                .map(|&(name, text)| (name.to_owned(), text.to_owned()))
                .collect(),
        )
    }

    #[test]
    fn the_difference_is_counted() {
        let before = descriptions(&[("same", "1"), ("changed", "1"), ("gone", "1")]);
        let after = descriptions(&[
            ("same", "1"),
            ("changed", "2"),
            ("new", "1"),
            ("newer", "1"),
        ]);
        assert_eq!(after.difference(&before), "2 new, 1 changed, 1 gone");
    }

    #[test]
    fn a_folder_holds_what_was_written_and_nothing_older() -> Result<()> {
        let parent = tempfile::tempdir()?;
        let folder = parent.path().join(".sqlx");
        assert_eq!(Descriptions::read(&folder)?, Descriptions::default());
        descriptions(&[("old.json", "{}")]).write(&folder)?;
        let new = descriptions(&[("new.json", "[]")]);
        new.write(&folder)?;
        assert_eq!(Descriptions::read(&folder)?, new);
        Ok(())
    }
}
