//! The contract of stores, on both of them.

use osmium_testkit::store_contract;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

store_contract!(sqlite, Sqlite);
store_contract!(postgres, Postgres);

/// The contracts that are written, by file and name.
fn written() -> BTreeSet<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/contract/store");
    let mut written = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let noun = path.file_stem().unwrap().to_str().unwrap().to_owned();
        for line in fs::read_to_string(&path).unwrap().lines() {
            let name = line.strip_prefix("pub async fn ");
            let contract = name.and_then(|name| {
                name.split_once("(store: SharedStore) ->")
                    .or(name.split_once("(database: Database) ->"))
            });
            if let Some((name, _)) = contract {
                written.insert((noun.clone(), name.to_owned()));
            }
        }
    }
    written
}

#[test]
fn every_contract_that_is_written_is_tested() {
    for listed in [sqlite::LISTED, postgres::LISTED] {
        let tested: BTreeSet<_> = listed
            .iter()
            .flat_map(|(noun, names)| names.iter().map(|name| (*noun, *name)))
            .map(|(noun, name)| (noun.to_owned(), name.to_owned()))
            .collect();
        assert_eq!(tested, written());
    }
}
