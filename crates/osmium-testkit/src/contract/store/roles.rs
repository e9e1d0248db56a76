//! The contract of roles and of who holds them.

use super::{SharedStore, seed};
use crate::builders;
use crate::contract::Checked;
use osmium_model::{CommunityId, Member, NotifPrefs, Permissions, Role, RoleId, Topic, UserId};

const HOME: CommunityId = CommunityId(20);
const HOME_TOPIC: Topic = Topic::Community(HOME);
const ADA: UserId = UserId(1);

fn full_role() -> Role {
    Role {
        name: "Keepers of the 🔑".to_owned(),
        permissions: Permissions::from_bits_retain(u64::MAX),
        priority: u32::MAX,
        color: u32::MAX,
        separated: true,
        public: true,
        ..builders::role(20, u64::MAX >> 1)
    }
}

/// Owned by user 2; user 1 is a member.
async fn home(store: &SharedStore) -> Checked {
    seed::users(store, [1, 2]).await?;
    seed::community(store, 20, 2, []).await?;
    seed::join(store, 20, 1, 100).await
}

fn holding<const N: usize>(user: u64, roles: [u64; N]) -> Member {
    let joined = if user == 2 { 1 } else { 100 };
    Member {
        role_ids: roles.map(RoleId).to_vec(),
        ..builders::member(20, user, joined)
    }
}

async fn give(store: &SharedStore, member: &Member) -> Checked {
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    tx.update_member(member).await?;
    tx.commit().await?;
    Ok(())
}

/// A role is read as it was written, with the rules of its community and no other.
pub async fn a_role_is_read_as_written(store: SharedStore) -> Checked {
    home(&store).await?;
    seed::community(&store, 21, 2, []).await?;
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    tx.insert_role(&full_role()).await?;
    tx.insert_role(&builders::role(20, 5)).await?;
    tx.commit().await?;
    let rules = seed::get_rules(&store, 20).await?;
    assert_eq!(rules.roles.len(), 2);
    assert_eq!(rules.roles.get(&full_role().id), Some(&full_role()));
    let plain = builders::role(20, 5);
    assert_eq!(rules.roles.get(&plain.id), Some(&plain));
    assert!(seed::get_rules(&store, 21).await?.roles.is_empty());
    Ok(())
}

/// A role is replaced as a whole, and no other.
pub async fn a_role_is_replaced(store: SharedStore) -> Checked {
    home(&store).await?;
    seed::roles(&store, 20, [5, 6]).await?;
    let full = Role {
        id: RoleId(5),
        ..full_role()
    };
    for role in [full, builders::role(20, 5)] {
        let mut tx = store.begin(&[HOME_TOPIC]).await?;
        tx.update_role(&role).await?;
        tx.commit().await?;
        let rules = seed::get_rules(&store, 20).await?;
        assert_eq!(rules.roles.get(&RoleId(5)), Some(&role));
        let other = builders::role(20, 6);
        assert_eq!(rules.roles.get(&RoleId(6)), Some(&other));
    }
    Ok(())
}

/// A member is replaced with nickname, preferences and roles, and is read alike everywhere: the roles by id.
pub async fn a_member_holds_roles(store: SharedStore) -> Checked {
    home(&store).await?;
    seed::roles(&store, 20, [5, 6, 7]).await?;
    let named = Member {
        nickname: Some("Ąda 🐝".to_owned()),
        notif_prefs: NotifPrefs::None,
        ..holding(1, [7, 5])
    };
    for member in [named, holding(1, [6]), holding(1, [])] {
        give(&store, &member).await?;
        let mut expected = member;
        expected.role_ids.sort_unstable();
        let mut reader = store.read().await?;
        assert_eq!(reader.members(HOME, &[ADA]).await?, [expected.clone()]);
        let standing = reader.find_standing(HOME, ADA).await?;
        assert_eq!(standing.map(|(member, _)| member).as_ref(), Some(&expected));
        let page = reader.member_page(HOME, UserId(0), 10).await?;
        assert_eq!(page, [expected.clone(), builders::member(20, 2, 1)]);
        let listed = reader.communities_of(ADA).await?;
        let listed: Vec<_> = listed.into_iter().map(|(_, member, _)| member).collect();
        assert_eq!(listed, [expected.clone()]);
        let roster = reader.roster(HOME).await?;
        let in_roster = roster.into_iter().find(|(_, user)| user.id == ADA);
        assert_eq!(in_roster, Some((expected, builders::user(1))));
    }
    Ok(())
}

/// The holders of a role come with all roles that they hold, at most so many.
pub async fn holders_are_those_of_the_role(store: SharedStore) -> Checked {
    home(&store).await?;
    seed::roles(&store, 20, [5, 6, 7]).await?;
    give(&store, &holding(1, [5, 6])).await?;
    give(&store, &holding(2, [6])).await?;
    let mut reader = store.read().await?;
    assert_eq!(reader.holders(RoleId(5), 10).await?, [holding(1, [5, 6])]);
    let mut both = reader.holders(RoleId(6), 10).await?;
    both.sort_by_key(|member| member.user_id);
    assert_eq!(both, [holding(1, [5, 6]), holding(2, [6])]);
    assert_eq!(reader.holders(RoleId(6), 1).await?.len(), 1);
    for nobodys in [7, 9] {
        assert_eq!(reader.holders(RoleId(nobodys), 10).await?, []);
    }
    Ok(())
}

/// A deleted role is taken from all who hold it; what else they hold stays.
pub async fn a_deleted_role_is_taken_from_its_holders(store: SharedStore) -> Checked {
    home(&store).await?;
    seed::roles(&store, 20, [5, 6]).await?;
    give(&store, &holding(1, [5, 6])).await?;
    give(&store, &holding(2, [5])).await?;
    let mut tx = store.begin(&[HOME_TOPIC]).await?;
    tx.delete_role(RoleId(5)).await?;
    tx.commit().await?;
    let mut reader = store.read().await?;
    let members = reader.member_page(HOME, UserId(0), 10).await?;
    assert_eq!(members, [holding(1, [6]), holding(2, [])]);
    assert_eq!(reader.holders(RoleId(5), 10).await?, []);
    let roles = seed::get_rules(&store, 20).await?.roles;
    assert_eq!(roles.keys().collect::<Vec<_>>(), [&RoleId(6)]);
    Ok(())
}

/// Who leaves and comes back holds nothing.
pub async fn roles_end_with_a_membership(store: SharedStore) -> Checked {
    home(&store).await?;
    seed::roles(&store, 20, [5]).await?;
    give(&store, &holding(1, [5])).await?;
    seed::leave(&store, 20, 1).await?;
    let mut reader = store.read().await?;
    assert_eq!(reader.holders(RoleId(5), 10).await?, []);
    drop(reader);
    seed::join(&store, 20, 1, 100).await?;
    let mut reader = store.read().await?;
    assert_eq!(reader.members(HOME, &[ADA]).await?, [holding(1, [])]);
    Ok(())
}
