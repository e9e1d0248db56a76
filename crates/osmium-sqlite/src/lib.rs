//! The SQLite storage adapter.
