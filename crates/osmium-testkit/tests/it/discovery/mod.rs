//! Package `discovery`.

mod get_discoverable_communities;
