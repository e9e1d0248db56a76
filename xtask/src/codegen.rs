//! `cargo xtask codegen`: writes `crates/osmium-proto/src/gen` from `proto/`, or checks that it is
//! up to date. Needs no `protoc`.

mod methods;
mod protos;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// What `cargo xtask codegen` takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Write nothing; fail if what is committed is not what would be generated.
    #[arg(long)]
    check: bool,
}

/// The generated files: name to content.
type Files = BTreeMap<String, String>;

/// Where the generated code lives, from the root of the workspace.
const OUTPUT: &str = "crates/osmium-proto/src/gen";

/// Runs the task.
pub(crate) fn run(args: &Args) -> Result<()> {
    let wanted = generate(&crate::root().join("proto"))?;
    let output = crate::root().join(OUTPUT);
    if args.check {
        check(&output, &wanted)
    } else {
        write(&output, &wanted)
    }
}

/// All generated files for a folder of `.proto` files.
fn generate(folder: &Path) -> Result<Files> {
    let protos = protos::read(folder)?;
    let methods = methods::read(&protos)?;
    let mut files = types::generate(&protos)?;
    files.insert(
        "methods.rs".into(),
        methods::render(&methods, types::is_boxed)?,
    );
    files.insert("mod.rs".into(), types::index(&protos));
    Ok(files)
}

/// Fails unless the folder holds just these files.
fn check(folder: &Path, wanted: &Files) -> Result<()> {
    let found = read(folder)?;
    let names: BTreeSet<&String> = wanted.keys().chain(found.keys()).collect();
    let mut names = names.into_iter();
    let different = names.find(|name| wanted.get(*name) != found.get(*name));
    if let Some(name) = different {
        bail!("{OUTPUT}/{name} is not what proto/ says: run `cargo xtask codegen`");
    }
    Ok(())
}

/// Makes the folder hold just these files.
fn write(folder: &Path, wanted: &Files) -> Result<()> {
    let found = read(folder)?;
    fs::create_dir_all(folder)?;
    for name in found.keys().filter(|name| !wanted.contains_key(*name)) {
        fs::remove_file(folder.join(name)).context(name.clone())?;
    }
    for (name, content) in wanted {
        if found.get(name) != Some(content) {
            fs::write(folder.join(name), content).context(name.clone())?;
        }
    }
    Ok(())
}

/// The files that a folder holds; none if there is no folder.
fn read(folder: &Path) -> Result<Files> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Files::new()),
        entries => entries?,
    };
    entries
        .map(|entry| {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            Ok((name, fs::read_to_string(entry.path())?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(of: &[(&str, &str)]) -> Files {
        of.iter()
            .map(|(name, content)| ((*name).to_owned(), (*content).to_owned()))
            .collect()
    }

    #[test]
    fn what_is_committed_is_what_would_be_generated() -> Result<()> {
        run(&Args { check: true })
    }

    #[test]
    fn writing_leaves_just_the_wanted_files() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("gen");
        write(&path, &files(&[("old.rs", "old"), ("kept.rs", "old")]))?;
        let wanted = files(&[("kept.rs", "new"), ("new.rs", "new")]);
        write(&path, &wanted)?;
        assert_eq!(read(&path)?, wanted);
        check(&path, &wanted)
    }

    #[test]
    fn a_difference_names_the_file_and_the_command() -> Result<()> {
        let folder = tempfile::tempdir()?;
        write(folder.path(), &files(&[("a.rs", "a"), ("b.rs", "b")]))?;
        let different = check(folder.path(), &files(&[("a.rs", "a"), ("b.rs", "x")]));
        let error = different.map_or_else(|error| error.to_string(), |()| String::new());
        assert!(error.contains("b.rs"), "{error}");
        assert!(error.contains("cargo xtask codegen"), "{error}");
        Ok(())
    }
}
