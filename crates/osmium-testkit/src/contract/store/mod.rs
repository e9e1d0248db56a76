//! The contract of [`osmium_ports::Store`]: what its documentation says, sentence by sentence.
//!
//! One file a noun, one function a sentence or two. [`crate::store_contract`] makes tests of them.

pub mod channels;
pub mod chats;
pub mod communities;
pub mod endings;
pub mod groups;
pub mod interactions;
pub mod invites;
pub mod listings;
pub mod log;
pub mod logins;
pub mod members;
pub mod mentions;
pub mod messages;
pub mod migrations;
pub mod overrides;
pub mod pins;
pub mod posting;
pub mod reactions;
pub mod reading;
pub mod recounts;
pub mod relationships;
pub mod reports;
pub mod roles;
pub mod search;
pub mod seed;
pub mod sends;
mod suite;
pub mod transactions;
pub mod users;
pub mod workers;

pub use suite::{run, run_empty};

use osmium_ports::{Store, StoreError};
use std::sync::Arc;

/// A store, as the core shares it.
pub type SharedStore = Arc<dyn Store>;

/// That a write was refused because of this constraint.
#[track_caller]
fn taken(outcome: Result<(), StoreError>, constraint: &str) {
    match outcome {
        Err(StoreError::Taken(name)) => assert_eq!(name, constraint),
        other => panic!("{constraint} should be taken, but: {other:?}"),
    }
}
