//! The contract of members, and of who may not be one.

use super::{SharedStore, seed};
use crate::builders::{self, NOON};
use crate::contract::Checked;
use osmium_model::{
    Ban, CommunityId, Member, NotifPrefs, Permissions, Role, RoleId, Timestamp, Topic, UserId,
};
use std::time::Duration;

const HOME: CommunityId = CommunityId(20);
const ELSEWHERE: CommunityId = CommunityId(21);
const ADA: UserId = UserId(1);
const BEN: UserId = UserId(2);

/// Two communities, of which 2 is the owner and 1 a member.
async fn two_communities(store: &SharedStore) -> Checked {
    seed::users(store, [1, 2]).await?;
    for (community, channels) in [(20, [30, 31]), (21, [40, 41])] {
        seed::community(store, community, 2, channels).await?;
        seed::join(store, community, 1, 100).await?;
    }
    Ok(())
}

async fn roles<const N: usize>(store: &SharedStore, ids: [u64; N]) -> Checked {
    let mut tx = store.begin(&[Topic::Community(HOME)]).await?;
    for id in ids {
        let role = Role {
            id: RoleId(id),
            community_id: HOME,
            name: format!("Role {id}"),
            permissions: Permissions::empty(),
            priority: 0,
            color: 0,
            separated: false,
            public: false,
        };
        tx.insert_role(&role).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn update(store: &SharedStore, member: &Member) -> Checked {
    let mut tx = store
        .begin(&[Topic::Community(member.community_id)])
        .await?;
    tx.update_member(member).await?;
    tx.commit().await?;
    Ok(())
}

fn ban(community: CommunityId, user: u64, until: Option<Timestamp>) -> Ban {
    Ban {
        community_id: community,
        user_id: UserId(user),
        until,
        reason: None,
    }
}

async fn set_bans(store: &SharedStore, bans: &[Ban], at: Timestamp) -> Checked {
    let mut tx = store.begin(&[Topic::Community(HOME)]).await?;
    tx.set_bans(bans, at).await?;
    tx.commit().await?;
    Ok(())
}

/// A member is replaced as a whole, with all their roles, and nobody else; when they joined stays.
pub async fn a_member_is_replaced(store: SharedStore) -> Checked {
    two_communities(&store).await?;
    roles(&store, [50, 51, 52]).await?;
    let with = |ids: &[u64]| Member {
        role_ids: ids.iter().copied().map(RoleId).collect(),
        ..builders::member(20, 1, 100)
    };
    let full = Member {
        nickname: Some("Ąda 🐝".to_owned()),
        notif_prefs: NotifPrefs::None,
        ..with(&[50, 52])
    };
    for member in [full, with(&[51, 52]), with(&[52]), with(&[])] {
        update(&store, &member).await?;
        let mut reader = store.read().await?;
        let slice = std::slice::from_ref(&member);
        assert_eq!(reader.members(HOME, &[ADA]).await?, slice);
        assert_eq!(reader.member_page(HOME, UserId(0), 1).await?, slice);
        let standing = reader.find_standing(HOME, ADA).await?;
        assert_eq!(standing.map(|(member, _)| member), Some(member.clone()));
        let roster = reader.roster(HOME).await?;
        assert!(roster.contains(&(member, builders::user(1))));
        for (community, user) in [(20, 2), (21, 1)] {
            let others = reader
                .members(CommunityId(community), &[UserId(user)])
                .await?;
            let joined = if user == 1 { 100 } else { 1 };
            assert_eq!(others, [builders::member(community, user, joined)]);
        }
    }
    Ok(())
}

/// Pages of members follow each other by the id of the user; a roster has all, with their users.
pub async fn members_come_in_pages_and_all_at_once(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3, 4, 5]).await?;
    seed::community(&store, 20, 3, []).await?;
    seed::community(&store, 21, 5, []).await?;
    for user in [4, 2, 1] {
        seed::join(&store, 20, user, 100 - user).await?;
    }
    let mut reader = store.read().await?;
    let mut seen = Vec::new();
    loop {
        let after = seen.last().copied().unwrap_or(UserId(0));
        let page = reader.member_page(HOME, after, 3).await?;
        assert!(page.len() <= 3);
        if page.is_empty() {
            break;
        }
        seen.extend(page.iter().map(|member| member.user_id));
    }
    assert_eq!(seen, [1, 2, 3, 4].map(UserId));
    assert_eq!(reader.member_page(HOME, UserId(u64::MAX), 3).await?, []);
    let mut roster = reader.roster(HOME).await?;
    roster.sort_by_key(|(member, _)| member.user_id);
    let joined = [(1, 99), (2, 98), (3, 1), (4, 96)];
    let expected = joined.map(|(user, id)| (builders::member(20, user, id), builders::user(user)));
    assert_eq!(roster, expected);
    assert_eq!(reader.roster(CommunityId(9)).await?, []);
    Ok(())
}

/// What a member had read in a community ends with the membership, and nothing else that was read.
pub async fn what_was_read_ends_with_the_membership(store: SharedStore) -> Checked {
    two_communities(&store).await?;
    for chat in [30, 31, 40] {
        seed::messages(&store, chat, 2, [chat * 10 + 1, chat * 10 + 2]).await?;
        for user in [1, 2] {
            seed::read(&store, user, chat, 2).await?;
        }
    }
    let mut tx = store.begin(&[Topic::Community(HOME)]).await?;
    assert_eq!(tx.delete_members(HOME, &[ADA]).await?, [ADA]);
    // As if they had been there from the start: what is left of what they read would show.
    tx.insert_member(&builders::member(20, 1, 1)).await?;
    tx.commit().await?;
    for (user, chat, ordinal) in [(1, 30, 0), (1, 31, 0), (1, 40, 2), (2, 30, 2), (2, 31, 2)] {
        let place = seed::get_place(&store, user, chat).await?;
        assert_eq!(place.read.ordinal, ordinal, "user {user} in chat {chat}");
    }
    Ok(())
}

/// A ban holds until its time, in its community, whether or not the user is a member.
pub async fn a_ban_holds_for_its_time(store: SharedStore) -> Checked {
    two_communities(&store).await?;
    let moment = Duration::from_millis(1);
    let ends = NOON.plus(Duration::from_hours(1));
    set_bans(
        &store,
        &[ban(HOME, 1, Some(ends)), ban(HOME, 9, None)],
        NOON,
    )
    .await?;
    let mut reader = store.read().await?;
    for (community, user, now, banned) in [
        (HOME, ADA, NOON, true),
        (HOME, ADA, ends.minus(moment), true),
        (HOME, ADA, ends, false),
        (HOME, BEN, NOON, false),
        (HOME, UserId(9), ends, true),
        (ELSEWHERE, ADA, NOON, false),
    ] {
        assert_eq!(
            reader.is_banned(community, user, now).await?,
            banned,
            "{user:?} {now:?}"
        );
    }
    Ok(())
}

/// The bans in force are listed, the latest first, at most so many; a new one of a user replaces the old one.
pub async fn bans_are_listed_and_replaced(store: SharedStore) -> Checked {
    two_communities(&store).await?;
    let at = |minutes| NOON.plus(Duration::from_mins(minutes));
    let said = Ban {
        reason: Some("„Spam“ 🐝".to_owned()),
        ..ban(HOME, 2, Some(at(60)))
    };
    set_bans(&store, &[ban(HOME, 1, None), said.clone()], at(1)).await?;
    set_bans(&store, &[ban(HOME, 3, Some(at(30)))], at(2)).await?;
    set_bans(&store, &[], at(3)).await?;
    let mut reader = store.read().await?;
    let all = [ban(HOME, 3, Some(at(30))), ban(HOME, 1, None), said.clone()];
    assert_eq!(reader.bans(HOME, NOON, 10).await?, all);
    assert_eq!(reader.bans(HOME, NOON, 2).await?, all[..2]);
    assert_eq!(reader.bans(HOME, at(30), 10).await?, all[1..]);
    assert_eq!(reader.bans(HOME, at(60), 10).await?, all[1..2]);
    assert_eq!(reader.bans(ELSEWHERE, NOON, 10).await?, []);
    drop(reader);
    set_bans(&store, &[ban(HOME, 2, None)], at(4)).await?;
    let replaced = [ban(HOME, 2, None), all[0].clone(), all[1].clone()];
    let listed = store.read().await?.bans(HOME, NOON, 10).await?;
    assert_eq!(listed, replaced);
    Ok(())
}

/// Bans are lifted for those named, in that community alone.
pub async fn bans_are_lifted(store: SharedStore) -> Checked {
    two_communities(&store).await?;
    set_bans(&store, &[1, 2, 3].map(|user| ban(HOME, user, None)), NOON).await?;
    let mut tx = store.begin(&[Topic::Community(ELSEWHERE)]).await?;
    tx.set_bans(&[ban(ELSEWHERE, 1, None)], NOON).await?;
    tx.commit().await?;
    let mut tx = store.begin(&[Topic::Community(HOME)]).await?;
    tx.delete_bans(HOME, &[ADA, UserId(3), UserId(9)]).await?;
    tx.delete_bans(HOME, &[]).await?;
    tx.commit().await?;
    let mut reader = store.read().await?;
    assert_eq!(reader.bans(HOME, NOON, 10).await?, [ban(HOME, 2, None)]);
    let elsewhere = reader.bans(ELSEWHERE, NOON, 10).await?;
    assert_eq!(elsewhere, [ban(ELSEWHERE, 1, None)]);
    Ok(())
}
