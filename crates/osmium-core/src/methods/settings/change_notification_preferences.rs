//! `settings.changeNotificationPreferences -> ()`: what the caller wants to be notified of in a community.

use crate::communities::row;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use osmium_model::{CommunityId, Event, Member, NotifPrefs, Topic};
use osmium_proto::settings::ChangeNotificationPreferences;
use osmium_proto::settings::change_notification_preferences::Scope;

impl Method for ChangeNotificationPreferences {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let prefs = NotifPrefs::from_number(self.prefs)
            .ok_or_else(|| Error::invalid("Unknown notification preference"))?;
        match self.scope {
            None => Err(Error::invalid("scope is missing")),
            Some(Scope::ChatRef(_)) => {
                Err(Error::not_offered("Preferences of chats are not built yet"))
            }
            Some(Scope::CommunityId(id)) => in_community(cx, CommunityId(id), prefs).await,
        }
    }
}

async fn in_community(cx: &Context, id: CommunityId, notif_prefs: NotifPrefs) -> Result<()> {
    let (mut tx, here) = cx.begin_in(id, &[]).await?;
    if here.member.notif_prefs == notif_prefs {
        return Ok(());
    }
    let member = Member {
        notif_prefs,
        ..(*here.member).clone()
    };
    tx.update_member(&member).await?;
    let community = row(&mut tx, id).await?;
    let epoch = tx.raise_epoch(Topic::Community(id));
    let origin = cx.caller.connection;
    tx.record(
        Topic::Community(id),
        Event::MemberPrefsChanged {
            community,
            member,
            epoch,
            origin,
        },
    );
    tx.commit().await
}
