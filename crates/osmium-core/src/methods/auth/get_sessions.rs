//! `auth.getSessions -> auth.Sessions`: the caller's logins, and which of them this is.

use crate::context::Context;
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use osmium_model::ClientId;
use osmium_proto::auth::{GetSessions, Sessions};
use osmium_wire::login;
use std::collections::HashMap;

impl Method for GetSessions {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<Sessions> {
        let actor = cx.actor()?;
        let mut reader = cx.read().await?;
        let logins = reader.logins(actor.user_id).await?;
        let clients: Vec<ClientId> = logins.iter().map(|login| login.client_id).collect();
        let apps = reader.apps(&clients).await?;
        let names: HashMap<_, _> = apps
            .into_iter()
            .map(|app| (app.client_id, app.name))
            .collect();
        let sessions = logins.into_iter().map(|login| {
            let app = names.get(&login.client_id).cloned().unwrap_or_default();
            login::session(login, app)
        });
        Ok(Sessions {
            sessions: sessions.collect(),
            current: actor.login_id.0,
        })
    }
}
