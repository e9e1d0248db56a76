//! The PostgreSQL storage adapter.
