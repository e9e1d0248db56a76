//! The contract of users, profiles and accounts.

use super::{SharedStore, seed, taken};
use crate::builders;
use crate::contract::Checked;
use osmium_model::Relationship::{Blocked, Friend, Outgoing};
use osmium_model::{
    Account, CommunityId, EmailPreferences, EmojiId, Profile, Settings, Topic, User, UserId,
    Username,
};
use osmium_ports::StoreError;

const ADA: UserId = UserId(1);

fn named(id: u64, username: &str) -> User {
    User {
        username: Username::parse(username),
        ..builders::user(id)
    }
}

fn with_email(id: u64, email: &str) -> Account {
    Account {
        email: Some(email.to_owned()),
        ..builders::account(id)
    }
}

async fn add(store: &SharedStore, user: &User, account: &Account) -> Checked {
    let mut tx = store.begin(&[]).await?;
    tx.create_topic(Topic::User(user.id)).await?;
    tx.insert_user(user, account).await?;
    tx.commit().await?;
    Ok(())
}

/// A user is read as they were written, whatever their fields hold, with an empty profile.
pub async fn a_user_is_read_as_written(store: SharedStore) -> Checked {
    let id = u64::MAX >> 1;
    let user = User {
        name: "Zoë 🦊 \u{202e}عربي ' \" \\ %".to_owned(),
        bot: true,
        icon: Some(EmojiId(id)),
        color: Some(0xff_ffff),
        ..named(id, "zoe.the_9th")
    };
    let account = Account {
        password_hash: Some("$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA".to_owned()),
        disabled: true,
        ..with_email(id, "zoe@example.org")
    };
    add(&store, &user, &account).await?;

    let mut reader = store.read().await?;
    assert_eq!(reader.find_user(user.id).await?, Some(user.clone()));
    assert_eq!(reader.find_account(user.id).await?, Some(account));
    assert_eq!(
        reader.find_profile(user.id).await?,
        Some(Profile::default())
    );
    Ok(())
}

/// Who does not exist is not found.
pub async fn nobody_is_not_found(store: SharedStore) -> Checked {
    let mut reader = store.read().await?;
    assert_eq!(reader.find_user(ADA).await?, None);
    assert_eq!(reader.find_profile(ADA).await?, None);
    assert_eq!(reader.find_account(ADA).await?, None);
    assert_eq!(reader.find_account_by_email("ada@example.org").await?, None);
    assert_eq!(reader.users(&[ADA]).await?, []);
    Ok(())
}

/// Of the users asked for, those that exist are given.
pub async fn those_that_exist_are_given(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3]).await?;
    let mut reader = store.read().await?;
    let mut users = reader.users(&[UserId(3), UserId(9), ADA]).await?;
    users.sort_by_key(|user| user.id);
    assert_eq!(users, [builders::user(1), builders::user(3)]);
    assert_eq!(reader.users(&[]).await?, []);
    Ok(())
}

/// A user is found by handle, and an account by address.
pub async fn handle_and_address_lead_to_a_user(store: SharedStore) -> Checked {
    let ada = named(1, "ada");
    let account = with_email(1, "ada@example.org");
    add(&store, &ada, &account).await?;
    add(&store, &named(2, "bob"), &with_email(2, "bob@example.org")).await?;

    let mut reader = store.read().await?;
    let handle = |name: &str| Username::from_stored(name.to_owned());
    assert_eq!(
        reader.find_user_by_username(&handle("ada")).await?,
        Some(ada)
    );
    assert_eq!(reader.find_user_by_username(&handle("ad_")).await?, None);
    assert_eq!(
        reader.find_account_by_email("ada@example.org").await?,
        Some(account)
    );
    assert_eq!(reader.find_account_by_email("%").await?, None);
    Ok(())
}

/// A handle has one user, whether it comes with a new user or a changed one; no handle is no conflict.
pub async fn a_handle_has_one_user(store: SharedStore) -> Checked {
    add(&store, &named(1, "ada"), &builders::account(1)).await?;
    seed::users(&store, [2, 3]).await?;

    let mut tx = store.begin(&[]).await?;
    let added = tx
        .insert_user(&named(4, "ada"), &builders::account(4))
        .await;
    taken(added, StoreError::USERNAME);
    drop(tx);

    let mut tx = store.begin(&[Topic::User(UserId(2))]).await?;
    let changed = tx.update_user(&named(2, "ada")).await;
    taken(changed, StoreError::USERNAME);
    drop(tx);

    let mut tx = store.begin(&[Topic::User(ADA)]).await?;
    tx.update_user(&named(1, "ada")).await?;
    tx.commit().await?;
    Ok(())
}

/// An address has one account.
pub async fn an_address_has_one_account(store: SharedStore) -> Checked {
    add(
        &store,
        &builders::user(1),
        &with_email(1, "ada@example.org"),
    )
    .await?;
    let mut tx = store.begin(&[]).await?;
    let added = tx
        .insert_user(&builders::user(2), &with_email(2, "ada@example.org"))
        .await;
    taken(added, StoreError::EMAIL);
    drop(tx);
    assert_eq!(store.read().await?.find_user(UserId(2)).await?, None);
    Ok(())
}

/// What everyone sees of a user is replaced as a whole, and nobody else's.
pub async fn a_user_is_replaced(store: SharedStore) -> Checked {
    let before = User {
        icon: Some(EmojiId(5)),
        color: Some(0),
        ..named(1, "ada")
    };
    add(&store, &before, &builders::account(1)).await?;
    seed::users(&store, [2]).await?;
    let after = User {
        name: "Countess".to_owned(),
        ..builders::user(1)
    };
    let mut tx = store.begin(&[Topic::User(ADA)]).await?;
    tx.update_user(&after).await?;
    tx.commit().await?;

    let mut reader = store.read().await?;
    assert_eq!(reader.find_user(ADA).await?, Some(after));
    assert_eq!(reader.find_user(UserId(2)).await?, Some(builders::user(2)));
    Ok(())
}

/// What a user's devices share is replaced as a whole; who set nothing has nothing.
pub async fn settings_are_replaced(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    let none = Settings::default();
    let emails = |communication, announcements| {
        Some(EmailPreferences {
            communication,
            announcements,
        })
    };
    let order = Some([u64::MAX, 3, 1].map(CommunityId).to_vec());
    for settings in [
        Settings {
            community_order: order,
            emails: emails(Some(true), None),
        },
        Settings {
            community_order: Some(Vec::new()),
            emails: emails(None, Some(false)),
        },
        Settings {
            community_order: None,
            emails: emails(None, None),
        },
        none.clone(),
    ] {
        let mut tx = store.begin(&[Topic::User(UserId(1))]).await?;
        tx.set_settings(UserId(1), &settings).await?;
        tx.commit().await?;
        let mut reader = store.read().await?;
        assert_eq!(reader.settings(UserId(1)).await?, settings);
        assert_eq!(reader.settings(UserId(2)).await?, none);
    }
    Ok(())
}

/// A profile is replaced as a whole, there and back.
pub async fn a_profile_is_replaced(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    let full = Profile {
        bio: "Ünïcödé 🌈\n".repeat(100),
        theme_color: Some((1 << 48) - 1),
        show_banner_in_voice: Some(false),
    };
    for profile in [full, Profile::default()] {
        let mut tx = store.begin(&[Topic::User(ADA)]).await?;
        tx.update_profile(ADA, &profile).await?;
        tx.commit().await?;
        let mut reader = store.read().await?;
        assert_eq!(reader.find_profile(ADA).await?, Some(profile));
        assert_eq!(
            reader.find_profile(UserId(2)).await?,
            Some(Profile::default())
        );
    }
    Ok(())
}

/// An account is shut out, and let in again.
pub async fn an_account_is_shut_out_and_let_in(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    for disabled in [true, false] {
        let mut tx = store.begin(&[Topic::User(ADA)]).await?;
        tx.set_disabled(ADA, disabled).await?;
        tx.commit().await?;
        let mut reader = store.read().await?;
        let account = reader.find_account(ADA).await?;
        assert_eq!(account.map(|account| account.disabled), Some(disabled));
        let other = reader.find_account(UserId(2)).await?;
        assert_eq!(other, Some(builders::account(2)));
    }
    Ok(())
}

/// Accounts are listed with their users, by id, above `after`, at most `limit`.
pub async fn accounts_are_listed_by_id(store: SharedStore) -> Checked {
    seed::users(&store, [30, 10, 40, 20]).await?;
    let mut reader = store.read().await?;
    for (after, limit, expected) in [
        (0, 10, vec![10, 20, 30, 40]),
        (0, 2, vec![10, 20]),
        (20, 1, vec![30]),
        (25, 10, vec![30, 40]),
        (40, 10, vec![]),
    ] {
        let page = reader.list_accounts(UserId(after), limit).await?;
        let expected: Vec<_> = expected
            .into_iter()
            .map(|id| (builders::user(id), builders::account(id)))
            .collect();
        assert_eq!(page, expected, "after {after}, limit {limit}");
    }
    Ok(())
}

/// Watching a user are themselves, first, their communities, and the users of their latest direct chats.
pub async fn those_who_know_a_user_watch_them(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3, 4, 5]).await?;
    seed::community(&store, 20, 5, []).await?;
    seed::community(&store, 21, 5, []).await?;
    seed::join(&store, 20, 1, 100).await?;
    seed::direct(&store, 30, 1, 1).await?;
    seed::direct(&store, 31, 1, 2).await?;
    seed::direct(&store, 32, 3, 1).await?;
    seed::direct(&store, 33, 1, 4).await?;
    seed::direct(&store, 34, 2, 3).await?;
    seed::messages(&store, 31, 2, [900]).await?;

    let user = |id| Topic::User(UserId(id));
    let community = Topic::Community(CommunityId(20));
    for (direct_chats, expected) in [
        (0, vec![user(1), community]),
        (2, vec![user(1), user(2), user(4), community]),
        (9, vec![user(1), user(2), user(3), user(4), community]),
    ] {
        let mut topics = store
            .read()
            .await?
            .watching_topics(ADA, direct_chats)
            .await?;
        assert_eq!(topics.first(), Some(&user(1)), "{direct_chats}");
        topics.sort();
        assert_eq!(topics, expected, "{direct_chats}");
    }
    Ok(())
}

/// Friends watch a user, each once; those of direct chats do not if there is a block, of whichever side.
pub async fn friends_watch_and_the_blocked_do_not(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3, 4, 5, 6]).await?;
    for (other, relationship) in [(2, Friend), (3, Friend), (4, Blocked), (6, Outgoing)] {
        seed::relate(&store, 1, other, Some(relationship)).await?;
    }
    seed::relate(&store, 5, 1, Some(Blocked)).await?;
    for (chat, partner) in [(31, 2), (32, 4), (33, 5)] {
        seed::direct(&store, chat, 1, partner).await?;
    }
    let mut topics = store.read().await?.watching_topics(ADA, 9).await?;
    assert_eq!(topics.first(), Some(&Topic::User(ADA)));
    topics.sort();
    let expected = [1, 2, 3].map(|id| Topic::User(UserId(id)));
    assert_eq!(topics, expected);
    Ok(())
}

/// Mutual communities are those that both are in, by id, at most `limit`.
pub async fn mutual_communities_are_those_of_both(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3]).await?;
    for id in [23, 21, 22, 24] {
        seed::community(&store, id, 3, []).await?;
    }
    for id in [21, 22, 23] {
        seed::join(&store, id, 1, 200 - id).await?;
    }
    for id in [24, 23, 21] {
        seed::join(&store, id, 2, 300 - id).await?;
    }
    let mut reader = store.read().await?;
    let both = [CommunityId(21), CommunityId(23)];
    assert_eq!(reader.mutual_communities(ADA, UserId(2), 9).await?, both);
    assert_eq!(reader.mutual_communities(UserId(2), ADA, 9).await?, both);
    assert_eq!(
        reader.mutual_communities(ADA, UserId(2), 1).await?,
        both[..1]
    );
    assert_eq!(reader.mutual_communities(ADA, UserId(9), 9).await?, []);
    Ok(())
}

/// Of others, those are told who share a community with a user.
pub async fn those_who_share_a_community_are_told(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3, 4]).await?;
    for id in [20, 21, 22] {
        seed::community(&store, id, 2, []).await?;
    }
    for (community, user) in [(20, 1), (21, 1), (20, 3), (22, 4)] {
        seed::join(&store, community, user, 100).await?;
    }
    let mut reader = store.read().await?;
    let others = [2, 3, 4, 9].map(UserId);
    let mut sharing = reader.sharing_community(ADA, &others).await?;
    sharing.sort();
    assert_eq!(sharing, [2, 3].map(UserId));
    assert_eq!(reader.sharing_community(ADA, &[]).await?, []);
    assert_eq!(reader.sharing_community(UserId(9), &others).await?, []);
    Ok(())
}
