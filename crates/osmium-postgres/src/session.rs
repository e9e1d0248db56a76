//! What queries run on: a connection, in a transaction or not. Reads are written once for both.

use sqlx::PgConnection;
use std::ops::DerefMut;

/// A connection that queries can run on.
pub(crate) trait Connection: DerefMut<Target = PgConnection> + Send {}

impl<T> Connection for T where T: DerefMut<Target = PgConnection> + Send {}

/// Implements the traits of the store: the reading ones on any connection, the writing ones on a
/// [`crate::transaction::Writer`].
pub(crate) struct Session<C> {
    /// Where the queries run.
    pub(crate) connection: C,
}
