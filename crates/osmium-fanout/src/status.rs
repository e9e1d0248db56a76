//! Statuses: those that events show beside users, and the news of a changed one.

use crate::fanout::Ports;
use crate::plan::Statuses;
use osmium_model::{Event, Status, Topic, UserId};
use osmium_ports::Presence;
use osmium_ports::store::in_time;
use osmium_wire::{Audience, Body, Delivery, Rendered, update};
use std::collections::BTreeSet;

/// The statuses of the users that these events show, in one look-up. Without presence, everyone is offline.
pub async fn statuses_of(
    presence: &dyn Presence,
    events: impl IntoIterator<Item = &Event>,
) -> Statuses {
    let users: BTreeSet<UserId> = events.into_iter().flat_map(shown).collect();
    let users: Vec<UserId> = users.into_iter().collect();
    if users.is_empty() {
        return Statuses::default();
    }
    match presence.known_statuses(&users).await {
        Ok(statuses) => users
            .into_iter()
            .zip(statuses)
            .filter_map(|(user, status)| Some((user, status?)))
            .collect(),
        Err(error) => {
            tracing::debug!(%error, "statuses are left out");
            Statuses::default()
        }
    }
}

fn shown(event: &Event) -> Vec<UserId> {
    match event {
        Event::MessageCreated { author: user, .. }
        | Event::UserChanged { user, .. }
        | Event::MemberJoined { user, .. } => vec![user.id],
        Event::RelationshipChanged {
            other, acquainted, ..
        } if *acquainted => vec![other.id],
        Event::ChatOpened { users, .. } => users.iter().map(|user| user.id).collect(),
        Event::Group(event) => event.users().iter().map(|user| user.id).collect(),
        _ => Vec::new(),
    }
}

/// What all who know a user are told of their status now, each topic with its delivery. The user's own sessions
/// see it as it is, others what they may.
pub(crate) async fn status_news(
    ports: &Ports,
    user: UserId,
    direct_chats: u32,
    once: u64,
) -> Result<Vec<(Topic, Delivery)>, String> {
    let status = ports
        .presence
        .statuses(&[user])
        .await
        .map_err(|error| error.to_string())?;
    let status = status.into_iter().next().flatten();
    let watching = in_time(async {
        let mut reader = ports.store.read().await?;
        reader.watching_topics(user, direct_chats).await
    });
    let watching = watching.await.map_err(|error| error.to_string())?;
    let own = news(user, status.as_ref(), Audience::default(), once);
    let for_others = Audience {
        except: Some(user),
        ..Audience::default()
    };
    let others = news(
        user,
        Status::seen_by_others(status.as_ref()),
        for_others,
        once,
    );
    let delivery = |topic: Topic| {
        let seen = if topic == Topic::User(user) {
            &own
        } else {
            &others
        };
        (topic, seen.clone())
    };
    Ok(watching.into_iter().map(delivery).collect())
}

fn news(user: UserId, status: Option<&Status>, audience: Audience, once: u64) -> Delivery {
    let (template, newest) = update::user_status(user, status);
    let rendered = Rendered {
        newest: Some(newest),
        ..Rendered::for_all(template).heard_by(audience)
    };
    Delivery::Passing(Body {
        updates: vec![rendered],
        once: Some(once),
        relists: true,
        ..Body::default()
    })
}
