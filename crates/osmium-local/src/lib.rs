//! Bus, presence, rate limits, leases, clock and randomness in one process.
//!
//! For deployments that are one process: nothing else need be installed, and nothing survives the process.
//! That is enough, because the log is the truth and sessions end with the process too.

mod bus;
mod clock;
mod lease;
mod lock;
mod presence;
mod random;
mod rate;

pub use bus::LocalBus;
pub use clock::SystemClock;
pub use lease::LocalLeases;
pub use osmium_ports::QueueLimits;
pub use presence::LocalPresence;
pub use random::SystemRandom;
pub use rate::LocalRateLimiter;
