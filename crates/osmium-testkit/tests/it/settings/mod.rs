//! Package `settings`.

mod change_status;
mod edit_profile;
