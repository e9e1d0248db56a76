//! Groups as a whole: random lives of them against a model, and what is told while their members change.

mod cluster;
mod lives;
mod model;
