//! Package `settings`.

mod change_notification_preferences;
mod change_status;
mod edit_profile;
mod edit_user_settings;
