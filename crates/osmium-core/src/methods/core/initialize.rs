//! `core.initialize -> core.Initialized`: says what the client is; the first call of every connection.

use crate::config::Entrypoint;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::session::{Client, Transition};
use crate::texts::fits;
use osmium_model::ClientId;
use osmium_proto::core::{Entrypoints, Initialize, Initialized};
use osmium_proto::types;

impl Method for Initialize {
    const ACCESS: Access = Access::First;
    const COST: Cost = Cost::FREE;

    async fn call(self, cx: &Context) -> Result<Initialized> {
        for text in [&self.device_type, &self.device_version, &self.app_version] {
            if !fits(text, cx.limits().device_length) {
                return Err(Error::invalid(
                    "The description of the device is too long or not text",
                ));
            }
        }
        cx.on_success(Transition::Initialized(Client {
            id: ClientId(self.client_id),
            subscribes: !self.no_subscribe,
            device: osmium_wire::login::parse_device(self),
        }));
        let entrypoints = cx.core.config.entrypoints.iter().map(entrypoint).collect();
        Ok(Initialized {
            entrypoints: Some(Entrypoints { entrypoints }),
            vapid_public_key: None,
        })
    }
}

fn entrypoint(entrypoint: &Entrypoint) -> types::Entrypoint {
    types::Entrypoint {
        hostname: entrypoint.hostname.clone(),
        ip_address: entrypoint.ip_address.clone(),
        port: u32::from(entrypoint.port),
        region: entrypoint.region,
    }
}
