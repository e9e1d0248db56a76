//! The contracts of bus, presence, rate limits and leases, in process and on Redis.

use osmium_testkit::broker_contract;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

broker_contract!(local, Local);
broker_contract!(redis, Redis);

/// The contracts that are written in a file, by file and name.
fn written(port: &str) -> io::Result<BTreeSet<(String, String)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/contract");
    let text = fs::read_to_string(folder.join(port).with_extension("rs"))?;
    let contracts = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub async fn "))
        .filter_map(|name| name.split_once("(deployment: Deployment) ->"))
        .map(|(name, _)| (port.to_owned(), name.to_owned()));
    Ok(contracts.collect())
}

#[test]
fn every_contract_that_is_written_is_tested() {
    for (port, names) in local::LISTED.iter().chain(redis::LISTED) {
        let tested = names
            .iter()
            .map(|name| ((*port).to_owned(), (*name).to_owned()));
        assert_eq!(tested.collect::<BTreeSet<_>>(), written(port).unwrap());
    }
}
