//! The transport-agnostic session core: sessions, methods, access rules.
