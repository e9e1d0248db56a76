//! Every query finds its rows by an index, however many there are.

use osmium_sqlite::{Options, SqliteStore};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use std::collections::HashSet;
use std::error::Error;
use std::fs;
use std::path::Path;

type Checked<T = ()> = Result<T, Box<dyn Error>>;

/// The tables that are read from end to end: one has 1024 rows, and is asked when a process starts; the other is a list of
/// what is still to be done, and empty most of the time.
const SMALL: [&str; 2] = ["workers", "abandoned"];
/// The index that has only the communities of which something is still to be deleted.
const FEW: &str = "communities_deleted_idx";
/// How a plan begins to say that messages are looked up by their words or their id: what follows is which of both, and the order.
const LOOKED_UP: &str = "message_words VIRTUAL TABLE INDEX ";
/// How the plan says that a page is sorted before it is cut, so that all of the list is read for it.
const SORTED: &str = "USE TEMP B-TREE FOR ORDER BY";

/// The queries of the library, from what is committed of them.
fn queries() -> Checked<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let mut queries = Vec::new();
    for file in fs::read_dir(folder)? {
        let description: serde_json::Value = serde_json::from_slice(&fs::read(file?.path())?)?;
        let query = description["query"].as_str();
        queries.push(query.ok_or("a description without its query")?.to_owned());
    }
    Ok(queries)
}

async fn plan(connection: &mut SqliteConnection, query: &str) -> Checked<Vec<String>> {
    let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
    let rows: Vec<(i64, i64, i64, String)> = sqlx::query_as(explain).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|(.., detail)| detail).collect())
}

/// The table that a step reads from end to end, but for what a partial index leaves of it, and for what is looked up in the
/// words of messages.
fn scanned(step: &str) -> Option<&str> {
    let read = step.strip_prefix("SCAN ")?;
    let is_looked_up = read.starts_with(LOOKED_UP);
    let read = read.split(' ').next().filter(|_| !read.ends_with(FEW))?;
    (!is_looked_up).then_some(read)
}

#[tokio::test]
async fn no_query_reads_more_than_it_gives() -> Checked {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("osmium.db");
    let store = SqliteStore::open(&path, Options::default()).await?;
    store.migrate().await?;
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await?;
    let tables: HashSet<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table'")
            .fetch_all(&mut connection)
            .await?
            .into_iter()
            .filter(|table: &String| !SMALL.contains(&table.as_str()))
            .collect();

    let queries = queries()?;
    assert!(!queries.is_empty());
    for query in queries {
        let plan = plan(&mut connection, &query).await?;
        let whole = plan
            .iter()
            .find_map(|step| scanned(step).filter(|table| tables.contains(*table)));
        assert_eq!(whole, None, "{query}\n{}", plan.join("\n"));
        let is_page = query.contains("FROM messages") && query.contains("LIMIT $");
        let is_sorted = plan.iter().any(|step| step == SORTED);
        assert!(!is_page || !is_sorted, "{query}\n{}", plan.join("\n"));
    }
    Ok(())
}
