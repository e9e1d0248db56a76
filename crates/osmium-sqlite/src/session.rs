//! What queries run on: a connection, in a transaction or not. Reads are written once for both.

use crate::error::failed;
use osmium_ports::store::Result;
use sqlx::{Connection as _, Sqlite, SqliteConnection, Transaction};
use std::ops::DerefMut;

/// A connection that queries can run on.
pub(crate) trait Connection: DerefMut<Target = SqliteConnection> + Send {}

impl<T> Connection for T where T: DerefMut<Target = SqliteConnection> + Send {}

/// Implements the traits of the store: the reading ones on any connection, the writing ones on a
/// [`crate::transaction::Writer`].
pub(crate) struct Session<C> {
    /// Where the queries run.
    pub(crate) connection: C,
}

impl<C: Connection> Session<C> {
    /// For several queries that must see one state. Nothing is written in it, so it is dropped, not committed.
    pub(crate) async fn snapshot(&mut self) -> Result<Transaction<'_, Sqlite>> {
        self.connection.begin().await.map_err(failed)
    }
}
