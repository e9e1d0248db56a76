//! Turns events of the log into deliveries on the bus.
//!
//! [`plan`] says, without I/O, who hears of an event and what they see. [`Fanout`] does it for the partitions it holds:
//! in order, without holes, and also for what was committed and never announced. It runs no rule and writes no
//! business row.

mod fanout;
mod partition;
pub mod plan;
mod status;
mod typing;

pub use fanout::{Fanout, Ports, Settings};
pub use plan::{Statuses, plan, plan_typing};
pub use status::statuses_of;
