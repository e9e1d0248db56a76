//! Bus, presence, rate limits and leases on Redis.
