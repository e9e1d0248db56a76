//! `discovery.getDiscoverableCommunities`.

use osmium_core::Config;
use osmium_proto::auth::UseInvite;
use osmium_proto::communities::community_settings::DiscoveryListing;
use osmium_proto::communities::{CommunitySettings, DeleteCommunity, EditSettings, GetCommunities};
use osmium_proto::discovery::{
    DiscoveryCommunityListing, DiscoveryListingInfo, GetDiscoverableCommunities,
};
use osmium_testkit::contract::Checked;
use osmium_testkit::{Community, Database, Person, Server, on_both_stores};

on_both_stores!(
    those_that_are_listed_are_shown_and_can_be_joined,
    pages_follow_each_other_by_id,
    a_page_is_bounded,
    it_needs_a_sign_in,
);

async fn list(owner: &Person, community: &Community, listed: bool) -> Checked {
    let settings = CommunitySettings {
        discovery_listing: Some(DiscoveryListing {
            listed,
            listing: Some(DiscoveryListingInfo {
                short_description: "A lounge".to_owned(),
                long_description: "For everyone".to_owned(),
                categories: vec!["art".to_owned()],
            }),
        }),
        ..CommunitySettings::default()
    };
    let request = EditSettings {
        community_id: community.id,
        settings: Some(settings),
    };
    owner.call(request).await?;
    Ok(())
}

async fn page(
    by: &Person,
    after: Option<u64>,
    limit: u32,
) -> Checked<Vec<DiscoveryCommunityListing>> {
    let request = GetDiscoverableCommunities { after, limit };
    Ok(by.call(request).await?.listings)
}

fn ids(listings: &[DiscoveryCommunityListing]) -> Vec<u64> {
    listings
        .iter()
        .map(|listing| listing.community_id)
        .collect()
}

async fn those_that_are_listed_are_shown_and_can_be_joined(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    let (hidden, [carol]) = server.community_of(["Carol"]).await?;
    let bob = server.sign_up("Bob").await;
    list(&carol, &hidden, false).await?;
    assert!(page(&bob, None, 0).await?.is_empty());
    list(&alice, &community, true).await?;
    let listings = page(&bob, None, 0).await?;
    let [listing] = &listings[..] else {
        panic!("one is due, not {listings:?}");
    };
    let code = listing.invite_code.clone();
    let expected = DiscoveryCommunityListing {
        community_id: community.id,
        name: "Lounge".to_owned(),
        photo: None,
        invite_code: code.clone(),
        short_description: "A lounge".to_owned(),
        long_description: "For everyone".to_owned(),
        categories: vec!["art".to_owned()],
    };
    assert_eq!(*listing, expected);
    bob.call(UseInvite { code }).await?;
    let joined = bob.call(GetCommunities {}).await?.communities;
    assert_eq!(joined[0].id, community.id);
    let community_id = community.id;
    alice.call(DeleteCommunity { community_id }).await?;
    assert!(page(&bob, None, 0).await?.is_empty());
    Ok(())
}

async fn five(server: &Server) -> Checked<(Person, Vec<u64>)> {
    let mut alice = server.sign_up("Alice").await;
    let mut listed = Vec::new();
    for number in 0..5 {
        let community = alice.create_community(&format!("Lounge {number}")).await?;
        list(&alice, &community, true).await?;
        listed.push(community.id);
    }
    listed.sort_unstable();
    Ok((alice, listed))
}

async fn pages_follow_each_other_by_id(server: Server) -> Checked {
    let (alice, listed) = five(&server).await?;
    let mut seen = Vec::new();
    loop {
        let next = ids(&page(&alice, seen.last().copied(), 2).await?);
        if next.is_empty() {
            break;
        }
        assert!(next.len() <= 2);
        seen.extend(next);
    }
    assert_eq!(seen, listed);
    assert_eq!(ids(&page(&alice, Some(0), 0).await?), listed);
    assert!(page(&alice, Some(u64::MAX), 5).await?.is_empty());
    Ok(())
}

async fn a_page_is_bounded(database: Database) -> Checked {
    let few = |config: &mut Config| {
        config.limits.listings_default = 2;
        config.limits.listings_max = 3;
    };
    let server = Server::with(database, few).await;
    let (alice, listed) = five(&server).await?;
    assert_eq!(ids(&page(&alice, None, 0).await?), listed[..2]);
    assert_eq!(ids(&page(&alice, None, u32::MAX).await?), listed[..3]);
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server
        .needs_sign_in(GetDiscoverableCommunities::default())
        .await;
    Ok(())
}
