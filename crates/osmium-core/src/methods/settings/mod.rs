//! Package `settings`: oneself.

mod change_status;
mod edit_profile;
