//! `cargo xtask tidy`: checks the rules of this repository that no compiler knows, and reports all that are broken.

mod methods;
mod permissions;
mod sources;
mod tree;
mod walls;

use anyhow::{Result, bail};

/// Nothing to choose: all rules hold, always.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// A broken rule, in words: where, what, and what to do instead.
type Problem = String;

/// Checks all rules.
pub(crate) fn run(_: &Args) -> Result<()> {
    let root = crate::root();
    let sources = sources::read(root)?;
    let problems = [
        walls::check(root)?,
        tree::check(root)?,
        sources::check(&sources),
        methods::check(root, &sources)?,
        permissions::check(root, &sources)?,
    ]
    .concat();
    if !problems.is_empty() {
        bail!("{} broken rules\n{}", problems.len(), problems.join("\n"));
    }
    println!("tidy: {} files, no broken rule", sources.len());
    Ok(())
}
