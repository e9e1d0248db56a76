//! Unsigned numbers and the signed columns that hold them.

use crate::error::unknown;
use osmium_ports::store::Result;

/// The number in a column.
pub(crate) fn number<T: TryFrom<i64>>(column: i64) -> Result<T> {
    T::try_from(column).map_err(|_| unknown("range of number", column))
}

/// The number in a column that may be empty.
pub(crate) fn optional_number<T: TryFrom<i64>>(column: Option<i64>) -> Result<Option<T>> {
    column.map(number).transpose()
}

/// A number to compare a column with. What is above all that a column can hold stays so.
pub(crate) fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
