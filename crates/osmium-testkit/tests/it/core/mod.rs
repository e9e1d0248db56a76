//! Package `core`, and what holds for every method.

mod calls;
mod initialize;
