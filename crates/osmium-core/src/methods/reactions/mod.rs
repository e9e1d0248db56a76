//! Package `reactions`: emoji under messages.

mod add_reaction;
mod remove_reaction;
