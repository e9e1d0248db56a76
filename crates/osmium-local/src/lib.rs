//! Bus, presence, rate limits and leases in one process.
