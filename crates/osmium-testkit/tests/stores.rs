//! The contract of stores, on both of them.

use osmium_testkit::contract::Checked;
use osmium_testkit::store_contract;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

store_contract!(sqlite, Sqlite);
store_contract!(postgres, Postgres);

/// The contracts that are written, by file and name.
fn written() -> Checked<BTreeSet<(String, String)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/contract/store");
    let mut written = BTreeSet::new();
    for file in folder.read_dir()? {
        let path = file?.path();
        let noun = path.file_stem().unwrap_or_default().to_string_lossy();
        for line in fs::read_to_string(&path)?.lines() {
            if let Some(name) = contract_of(line) {
                written.insert((noun.to_string(), name.to_owned()));
            }
        }
    }
    Ok(written)
}

/// The name of the contract that begins on a line.
fn contract_of(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix("pub async fn ")?.split_once('(')?;
    let takes_a_database = ["store: SharedStore)", "database: Database)"]
        .iter()
        .any(|parameter| rest.starts_with(parameter));
    takes_a_database.then_some(name)
}

#[test]
fn every_contract_that_is_written_is_tested() -> Checked {
    for listed in [sqlite::LISTED, postgres::LISTED] {
        let tested: BTreeSet<_> = listed
            .iter()
            .flat_map(|(noun, names)| names.iter().map(|name| (*noun, *name)))
            .map(|(noun, name)| (noun.to_owned(), name.to_owned()))
            .collect();
        assert_eq!(tested, written()?);
    }
    Ok(())
}
