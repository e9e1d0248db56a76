//! Reads the `.proto` files: their descriptors and their comments.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use prost_types::source_code_info::Location;
use prost_types::{DescriptorProto, FileDescriptorProto};

/// What every package name begins with.
pub(crate) const PREFIX: &str = "osmium.client.";

/// One `.proto` file: one package.
pub(crate) struct Proto {
    /// The package without [`PREFIX`], which is the name of the file too.
    pub(crate) package: String,
    /// What it declares.
    pub(crate) file: FileDescriptorProto,
}

/// Path segments of a descriptor's location, from `descriptor.proto`.
mod path {
    pub(super) const MESSAGE: i32 = 4;
    pub(super) const SYNTAX: i32 = 12;
}

/// Reads all `.proto` files of a folder, in the order of their names.
pub(crate) fn read(folder: &Path) -> Result<Vec<Proto>> {
    let mut names: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    names.retain(|name| {
        name.extension()
            .is_some_and(|extension| extension == "proto")
    });
    names.sort();
    let mut protos: Vec<Proto> = protox::compile(&names, [folder])?
        .file
        .into_iter()
        .map(Proto::new)
        .collect::<Result<_>>()?;
    protos.sort_by(|one, other| one.package.cmp(&other.package));
    Ok(protos)
}

impl Proto {
    fn new(file: FileDescriptorProto) -> Result<Self> {
        let package = file
            .package()
            .strip_prefix(PREFIX)
            .with_context(|| format!("{} is not in a package {PREFIX}NAME", file.name()))?
            .to_owned();
        Ok(Self { package, file })
    }

    /// The comment at the top of the file.
    pub(crate) fn comment(&self) -> String {
        let Some(location) = self.location(&[path::SYNTAX]) else {
            return String::new();
        };
        let detached = location.leading_detached_comments.first();
        detached
            .map_or(location.leading_comments(), String::as_str)
            .to_owned()
    }

    /// The messages at the top level, each with the comment before it.
    pub(crate) fn messages(&self) -> impl Iterator<Item = (&DescriptorProto, &str)> {
        self.file
            .message_type
            .iter()
            .zip(0..)
            .map(|(message, index)| {
                let location = self.location(&[path::MESSAGE, index]);
                (message, location.map_or("", Location::leading_comments))
            })
    }

    /// A message of this package.
    pub(crate) fn message(&self, name: &str) -> Result<&DescriptorProto> {
        let mut messages = self.file.message_type.iter();
        messages
            .find(|message| message.name() == name)
            .with_context(|| format!("there is no {}.{name}", self.package))
    }

    fn location(&self, path: &[i32]) -> Option<&Location> {
        let info = self.file.source_code_info.as_ref()?;
        info.location.iter().find(|location| location.path == path)
    }
}
