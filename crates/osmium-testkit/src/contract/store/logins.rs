//! The contract of logins and applications.

use super::{SharedStore, seed, taken};
use crate::builders::{self, NOON};
use crate::contract::Checked;
use osmium_model::{App, ClientId, Device, Login, LoginId, Topic, UserId};
use osmium_ports::StoreError;
use std::time::Duration;

const ADA: UserId = UserId(1);

async fn add(store: &SharedStore, login: &Login) -> Checked {
    let mut tx = store.begin(&[Topic::User(login.user_id)]).await?;
    tx.insert_login(login).await?;
    tx.commit().await?;
    Ok(())
}

async fn ids(store: &SharedStore, user: UserId) -> Checked<Vec<u64>> {
    let logins = store.read().await?.logins(user).await?;
    Ok(logins.iter().map(|login| login.id.0).collect())
}

fn device() -> Device {
    Device {
        kind: "web".to_owned(),
        version: "Chrome 120 🖥".to_owned(),
        app_version: "1.2.3".to_owned(),
    }
}

/// A login is read as it was written.
pub async fn a_login_is_read_as_written(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    let mut token_hash = [0; 32];
    token_hash[1..].fill(0xff);
    let login = Login {
        client_id: ClientId(u32::MAX),
        token_hash,
        device: device(),
        last_active: NOON.plus(Duration::from_millis(1)),
        ..builders::login(u64::MAX >> 1, 1)
    };
    add(&store, &login).await?;
    let mut reader = store.read().await?;
    assert_eq!(reader.find_login(login.id).await?, Some(login));
    assert_eq!(reader.find_login(LoginId(9)).await?, None);
    Ok(())
}

/// A user's logins are listed, the one used last first. Noting a use takes no topic.
pub async fn the_login_used_last_is_first(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    for (id, user, minutes) in [(10, 1, 2), (11, 1, 3), (12, 1, 1), (13, 2, 4)] {
        let login = Login {
            last_active: NOON.plus(Duration::from_mins(minutes)),
            ..builders::login(id, user)
        };
        add(&store, &login).await?;
    }
    assert_eq!(ids(&store, ADA).await?, [11, 10, 12]);

    let at = NOON.plus(Duration::from_mins(9));
    let mut tx = store.begin(&[]).await?;
    tx.touch_login(LoginId(12), &device(), at).await?;
    tx.commit().await?;
    assert_eq!(ids(&store, ADA).await?, [12, 11, 10]);
    let touched = Login {
        device: device(),
        last_active: at,
        ..builders::login(12, 1)
    };
    let mut reader = store.read().await?;
    assert_eq!(reader.find_login(LoginId(12)).await?, Some(touched));
    assert_eq!(reader.logins(UserId(9)).await?, []);
    Ok(())
}

/// Only the user's own logins are deleted, and told.
pub async fn only_own_logins_are_deleted(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    for (id, user) in [(10, 1), (11, 1), (12, 1), (20, 2)] {
        add(&store, &builders::login(id, user)).await?;
    }
    let mut tx = store.begin(&[Topic::User(ADA)]).await?;
    let asked = [LoginId(20), LoginId(12), LoginId(99), LoginId(10)];
    let mut deleted = tx.delete_logins(ADA, &asked).await?;
    tx.commit().await?;

    deleted.sort();
    assert_eq!(deleted, [LoginId(10), LoginId(12)]);
    assert_eq!(ids(&store, ADA).await?, [11]);
    assert_eq!(ids(&store, UserId(2)).await?, [20]);
    Ok(())
}

/// Of the applications asked for, those that exist are given, as they were written.
pub async fn applications_that_exist_are_given(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    let big = App {
        name: "Élan 🚀".to_owned(),
        ..builders::app(u32::MAX, 1, 2)
    };
    let mut tx = store.begin(&[]).await?;
    tx.insert_app(&big).await?;
    tx.insert_app(&builders::app(5, 2, 1)).await?;
    tx.insert_app(&builders::app(6, 2, 1)).await?;
    tx.commit().await?;

    let mut reader = store.read().await?;
    let asked = [ClientId(5), ClientId(7), ClientId(u32::MAX)];
    let mut apps = reader.apps(&asked).await?;
    apps.sort_by_key(|app| app.client_id.0);
    assert_eq!(apps, [builders::app(5, 2, 1), big]);
    assert_eq!(reader.apps(&[]).await?, []);
    Ok(())
}

/// A client id has one application.
pub async fn a_client_id_has_one_application(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    let mut tx = store.begin(&[]).await?;
    tx.insert_app(&builders::app(5, 1, 2)).await?;
    tx.commit().await?;
    let mut tx = store.begin(&[]).await?;
    let again = tx.insert_app(&builders::app(5, 2, 1)).await;
    taken(again, StoreError::CLIENT_ID);
    Ok(())
}
