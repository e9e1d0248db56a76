//! Lists as parameters. SQLite has no arrays, so a list is bound as a JSON array and opened with `json_each`.
//!
//! `json_each` gives 64-bit integers exactly. Text and bytes do not go through JSON, where bytes have no form and
//! text can be cut at a zero: they are bound as one blob, of which each row cuts its [`Slice`].

use serde::Serialize;

/// A list as the JSON array that `json_each` opens.
///
/// For numbers, `value` is the number. For rows, it is `value ->> 'field'`.
pub(crate) fn list<T: Serialize>(items: impl IntoIterator<Item = T>) -> String {
    let items: Vec<T> = items.into_iter().collect();
    serde_json::to_string(&items).expect("rows of numbers are always JSON")
}

/// A part of a [`Blob`]: `substr($blob, start, length)`, or NULL where there is none.
#[derive(Clone, Copy, Default, Serialize)]
pub(crate) struct Slice {
    start: Option<usize>,
    length: Option<usize>,
}

/// The bytes of several rows in one parameter.
pub(crate) struct Blob(Vec<u8>);

impl Default for Blob {
    /// Not quite empty: SQLite makes NULL of any part of an empty blob, also of an empty part.
    fn default() -> Self {
        Self(vec![0])
    }
}

impl Blob {
    /// Adds the bytes of a row.
    pub(crate) fn add(&mut self, bytes: &[u8]) -> Slice {
        let start = self.0.len() + 1;
        self.0.extend_from_slice(bytes);
        Slice {
            start: Some(start),
            length: Some(bytes.len()),
        }
    }

    /// The parameter.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}
