//! The words of messages, as PostgreSQL keeps them to be searched.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo};
use sqlx::{Encode, Postgres, Type};

/// The types `tsvector` and `tsvector[]`, which have the same numbers in every database.
const TSVECTOR: Oid = Oid(3614);
const TSVECTORS: Oid = Oid(3643);

/// A `tsvector` of the terms of a message, as [`osmium_ports::store::terms_of`] gives them: without positions, so that the
/// database neither parses nor sorts anything.
#[derive(Debug)]
pub(crate) struct Words<'a>(pub(crate) &'a str);

impl Type<Postgres> for Words<'_> {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(TSVECTOR)
    }
}

impl PgHasArrayType for Words<'_> {
    fn array_type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(TSVECTORS)
    }
}

impl Encode<'_, Postgres> for Words<'_> {
    /// How many words; then each with a zero behind it, and how many positions it has.
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let words = || self.0.split(' ').filter(|word| !word.is_empty());
        let count = u32::try_from(words().count())?;
        buffer.extend(&count.to_be_bytes());
        for word in words() {
            buffer.extend(word.as_bytes());
            buffer.extend(&[0, 0, 0]);
        }
        Ok(IsNull::No)
    }
}
