//! What the core needs from the world, as traits: a store, a bus, presence, rate limits, leases, a clock and
//! randomness. Adapters implement them; each trait states the guarantee that its users build on.

pub mod bus;
pub mod clock;
pub mod lease;
pub mod presence;
pub mod queue;
pub mod random;
pub mod rate;
pub mod store;

pub use bus::{Bus, BusError, BusEvent, Subject, Subscriber};
pub use clock::Clock;
pub use lease::{LeaseError, Leases};
pub use presence::{Note, Presence, PresenceError, StatusChange};
pub use queue::{Queue, QueueLimits};
pub use random::Random;
pub use rate::{Bucket, RateError, RateLimiter, Verdict};
pub use store::{Reader, Store, StoreError, Transaction};
