//! Package `core`: the start of every connection.

mod initialize;
