//! The contract of public listings, and of the invites that they have.

use super::{SharedStore, seed};
use crate::builders::{self, NOON};
use crate::contract::Checked;
use osmium_model::{Community, CommunityId, InviteCode, InviteTarget, Listing, Topic, Username};
use osmium_ports::store::Listed;

const HOME: CommunityId = CommunityId(20);

fn listing(listed: bool) -> Listing {
    Listing {
        listed,
        short_description: "Café \"🏠\"".to_owned(),
        long_description: "one\ntwo".to_owned(),
        categories: vec!["a, \"b\"".to_owned(), "ü".to_owned()],
    }
}

fn topic(id: u64) -> Topic {
    Topic::Community(CommunityId(id))
}

async fn set(
    store: &SharedStore,
    id: u64,
    listing: &Listing,
    invite: Option<&InviteCode>,
) -> Checked {
    let mut tx = store.begin(&[topic(id)]).await?;
    tx.set_listing(CommunityId(id), listing, invite).await?;
    tx.commit().await?;
    Ok(())
}

/// Adds an invite into a community; gives its code.
async fn invite(store: &SharedStore, number: u64, community: u64) -> Checked<InviteCode> {
    let target = InviteTarget::Community(CommunityId(community));
    let invite = builders::invite(number, 1, target);
    let mut tx = store.begin(&[topic(community)]).await?;
    tx.insert_invite(&invite, NOON).await?;
    tx.commit().await?;
    Ok(invite.code)
}

/// A listing is read as it was written. Off the directory, what it says is kept and its invite is deleted; listed again
/// by another, that one counts.
pub async fn a_listing_has_an_invite_while_it_is_listed(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    seed::community(&store, 20, 1, []).await?;
    assert_eq!(store.read().await?.find_listing(HOME).await?, None);
    set(&store, 20, &listing(false), None).await?;
    let (first, second) = (invite(&store, 1, 20).await?, invite(&store, 2, 20).await?);
    let kept = invite(&store, 3, 20).await?;
    let changed = Listing {
        categories: Vec::new(),
        ..listing(true)
    };
    for (said, code) in [
        (listing(false), None),
        (listing(true), Some(&first)),
        (changed, Some(&first)),
        (listing(true), Some(&second)),
        (listing(false), None),
    ] {
        set(&store, 20, &said, code).await?;
        let mut reader = store.read().await?;
        let found = reader.find_listing(HOME).await?;
        assert_eq!(found, Some((said, code.cloned())));
        let there = |invite: Option<osmium_model::Invite>| invite.is_some();
        let firsts = there(reader.find_invite(&first).await?);
        assert!(firsts || code != Some(&first));
        assert!(there(reader.find_invite(&kept).await?));
    }
    let mut reader = store.read().await?;
    for code in [first, second] {
        assert_eq!(reader.find_invite(&code).await?, None);
    }
    Ok(())
}

/// Those that are listed come by id, in pages, with what they say and their invites; a handle leads to one that is.
pub async fn the_directory_has_those_that_are_listed(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    let mut listed = Vec::new();
    for (number, id) in [(1, 22), (2, 20), (3, 21), (4, 23)] {
        seed::community(&store, id, 1, []).await?;
        let community = Community {
            username: Username::parse(&format!("home.{id}")),
            ..builders::community(id, 1)
        };
        let mut tx = store.begin(&[topic(id)]).await?;
        tx.update_community(&community).await?;
        tx.commit().await?;
        if id == 21 {
            set(&store, id, &listing(false), None).await?;
            continue;
        }
        let code = invite(&store, number, id).await?;
        set(&store, id, &listing(true), Some(&code)).await?;
        listed.push(Listed {
            community,
            listing: listing(true),
            invite: code,
        });
    }
    listed.sort_by_key(|listed| listed.community.id);
    let mut reader = store.read().await?;
    let nowhere = CommunityId(0);
    assert_eq!(reader.listed(nowhere, 10).await?, listed);
    assert_eq!(reader.listed(nowhere, 2).await?, listed[..2]);
    assert_eq!(reader.listed(HOME, 10).await?, listed[1..]);
    assert_eq!(reader.listed(CommunityId(u64::MAX), 10).await?, []);
    for (handle, found) in [
        ("home.20", Some(&listed[0])),
        ("home.21", None),
        ("home.24", None),
    ] {
        let handle = Username::parse(handle).expect("a handle");
        assert_eq!(reader.find_listed(&handle).await?.as_ref(), found);
    }
    Ok(())
}

/// The invite of a listing is not among the invites into the community, and is not deleted like them.
pub async fn the_invite_of_a_listing_stands_apart(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    seed::community(&store, 20, 1, []).await?;
    let (public, given) = (invite(&store, 1, 20).await?, invite(&store, 2, 20).await?);
    set(&store, 20, &listing(true), Some(&public)).await?;
    let target = InviteTarget::Community(HOME);
    let listed = store.read().await?.invites_of(target, NOON).await?;
    let codes: Vec<_> = listed.into_iter().map(|invite| invite.code).collect();
    assert_eq!(codes, std::slice::from_ref(&given));
    let mut tx = store.begin(&[topic(20)]).await?;
    assert!(!tx.delete_invite(&public).await?);
    assert!(tx.delete_invite(&given).await?);
    assert!(!tx.delete_invite(&given).await?);
    assert!(!tx.delete_invite(&builders::invite_code(9)).await?);
    assert!(tx.count_use(&public).await?);
    assert!(!tx.count_use(&given).await?);
    tx.commit().await?;
    Ok(())
}
