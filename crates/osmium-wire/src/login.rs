//! Logins, which the wire calls sessions.

use osmium_model::{Device, Login, LoginId};
use osmium_proto::{auth, core, types};

/// A login in the list of its user. `app` is the name of the application it was made under.
pub fn session(login: Login, app: String) -> auth::Session {
    auth::Session {
        id: login.id.0,
        client_id: login.client_id.0,
        device_type: login.device.kind,
        device_version: login.device.version,
        app_name: app,
        app_version: login.device.app_version,
        last_active: login.last_active.millis(),
        country: None,
        region: None,
    }
}

/// What a client says of its device.
pub fn parse_device(initialize: core::Initialize) -> Device {
    Device {
        kind: initialize.device_type,
        version: initialize.device_version,
        app_version: initialize.app_version,
    }
}

/// The answer to every kind of sign-in.
pub fn authorization(token: String, user: types::User, login: LoginId) -> auth::Authorization {
    auth::Authorization {
        token,
        user: Some(user),
        session_id: login.0,
    }
}
