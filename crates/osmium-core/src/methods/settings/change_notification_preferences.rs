//! `settings.changeNotificationPreferences -> ()`: what the caller wants to be notified of in a community, or in a
//! chat of theirs: a channel that they see, a group, a direct chat that has begun, their saved messages.

use crate::communities::row;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::{conversations, parse};
use osmium_model::{ChatPlace, CommunityId, Event, Member, NotifPrefs, Topic};
use osmium_proto::refs::ChatRef;
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
            Some(Scope::ChatRef(chat)) => in_chat(cx, chat, prefs).await,
            Some(Scope::CommunityId(id)) => in_community(cx, CommunityId(id), prefs).await,
        }
    }
}

async fn in_chat(cx: &Context, chat: ChatRef, notif_prefs: NotifPrefs) -> Result<()> {
    let actor = cx.actor()?;
    let target = parse::chat(Some(chat), actor)?;
    let own = Topic::User(actor.user_id);
    let mut topics = cx.topics_of(target)?;
    topics.push(own);
    let mut tx = cx.begin(&topics).await?;
    let reached = cx.chat(&mut *tx, target).await?;
    let not_found = || Error::not_found("chat");
    let chat = reached.find(&mut *tx, actor).await?.ok_or_else(not_found)?;
    let place = tx.places(actor.user_id, &[chat.id]).await?.pop();
    let place = place.ok_or_else(not_found)?;
    if place.notif_prefs == notif_prefs {
        return Ok(());
    }
    tx.set_notif_prefs(actor.user_id, &chat, notif_prefs)
        .await?;
    let place = ChatPlace {
        notif_prefs,
        ..place
    };
    let (overrides, origin) = (conversations::overrides(&reached), cx.caller.connection);
    tx.record(
        own,
        Event::ChatPrefsChanged {
            place,
            overrides,
            origin,
        },
    );
    tx.commit().await
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
