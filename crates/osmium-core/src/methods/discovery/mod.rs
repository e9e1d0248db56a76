//! Package `discovery`: the public directory.

mod get_discoverable_communities;
