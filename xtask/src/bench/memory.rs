//! What an idle connection holds of memory.

use std::path::Path;

use anyhow::Result;
use tempfile::TempDir;

use super::Size;
use super::crowd::{Crowd, found, sign_in_all};
use super::osmium::{Osmium, Start};
use super::report::{Row, grouped};

/// Kilobytes (1,000 bytes) a connection, at most.
const TARGET: f64 = 13.0;
/// Members of each community: everyone is in one.
const MEMBERS: usize = 100;

/// Measures it on `osmium serve`.
///
/// The users are made before the server that is measured starts: what is measured is what it is like after a restart,
/// when everyone has come back.
pub(super) async fn measure(program: &Path, size: Size) -> Result<Vec<Row>> {
    let folder = TempDir::with_prefix("osmium-bench-")?;
    let start = Start::serve(program, folder.path());
    println!("memory: {} users sign up", grouped(size.connections));
    let server = Osmium::start(&start)?;
    let mut tokens = Vec::with_capacity(size.connections);
    while tokens.len() < size.connections {
        let members = MEMBERS.min(size.connections - tokens.len());
        tokens.extend(found(&server.endpoint()?, members).await?.tokens);
    }
    server.stop()?;

    println!("memory: they sign in");
    let server = Osmium::start(&start)?;
    server.until_quiet().await?;
    let before = server.memory()?;
    let crowd = Crowd::of(sign_in_all(&server.endpoint()?, &tokens, true).await?);
    server.until_quiet().await?;
    let after = server.memory()?;
    drop(crowd);

    let each = |before: u64, after: u64| {
        after.saturating_sub(before) as f64 * 1.024 / size.connections as f64
    };
    let resident = each(before.resident_kb, after.resident_kb);
    let anonymous = each(before.anonymous_kb, after.anonymous_kb);
    let row = Row::new(
        format!(
            "Memory of one of {} idle connections",
            grouped(size.connections)
        ),
        format!("{resident:.1} KB"),
        format!("{anonymous:.1} KB of it the process's own data"),
    );
    Ok(vec![row.at_most(resident, TARGET, "KB")])
}
