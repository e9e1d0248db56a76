//! Turns events of the log into deliveries on the bus.
