//! `settings.changeStatus -> ()`: what this session says of its user: there, idle or hidden, and doing what.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use osmium_model::message::utf16_len;
use osmium_model::{Activity, Limits};
use osmium_proto::settings::ChangeStatus;
use osmium_wire::presence::parse_status;

impl Method for ChangeStatus {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::SEND;

    async fn call(self, cx: &Context) -> Result<()> {
        let status = parse_status(self.status, self.activities);
        let status = status.ok_or_else(|| Error::invalid("Unknown status or activity type"))?;
        if status.activities.len() > cx.limits().activities {
            return Err(Error::too_large("Too many activities"));
        }
        if !status
            .activities
            .iter()
            .all(|activity| fits(cx.limits(), activity))
        {
            return Err(Error::too_large("An activity's text is too long"));
        }
        cx.core.set_status(cx.caller.connection, status).await
    }
}

fn fits(limits: &Limits, activity: &Activity) -> bool {
    let texts = [Some(&activity.title), activity.state.as_ref()];
    texts
        .into_iter()
        .flatten()
        .all(|text| utf16_len(text) <= limits.activity_length)
}
