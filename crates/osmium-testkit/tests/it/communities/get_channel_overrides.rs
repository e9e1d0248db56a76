//! `communities.getChannelOverrides`.

use osmium_model::Permissions;
use osmium_proto::communities::{ChannelOverrides, GetChannelOverrides};
use osmium_proto::types::ChannelOverride;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;
use osmium_testkit::rules::overrides;
use osmium_testkit::{Community, Server};

on_both_stores!(
    a_channel_has_its_own_or_those_of_its_category,
    a_new_channel_has_none,
    what_one_cannot_see_is_not_found,
    it_needs_a_sign_in,
);

const NOTHING: Permissions = Permissions::empty();
const VIEW: Permissions = Permissions::VIEW_CHANNEL;

fn of(community: &Community, channel_id: u64) -> GetChannelOverrides {
    GetChannelOverrides {
        community_id: community.id,
        channel_id,
    }
}

async fn a_channel_has_its_own_or_those_of_its_category(server: Server) -> Checked {
    let (community, [mut alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let role = alice.create_role(&community, NOTHING, 1).await?;
    let (category, general) = (community.category, community.general);
    let everyones = (Permissions::PIN_MESSAGES, Permissions::SEND_MEDIA);
    let of_role = (NOTHING, Permissions::SEND_MESSAGES);
    alice
        .set_override(&community, category, role, of_role)
        .await?;
    alice
        .set_override(&community, category, 0, everyones)
        .await?;
    let shown = |channel_id, role_id, (allow, deny)| ChannelOverride {
        community_id: community.id,
        channel_id,
        role_id,
        permissions: Some(overrides(allow, deny)),
    };
    for (channel, parent_sync) in [(category, false), (general, true)] {
        let listed = bob.call(of(&community, channel)).await?;
        let expected = ChannelOverrides {
            overrides: vec![
                shown(channel, community.id, everyones),
                shown(channel, role, of_role),
            ],
            parent_sync,
        };
        assert_eq!(listed, expected);
    }
    let one = server.count_queries(&bob, of(&community, general)).await;
    assert!(one <= 1, "{one}");
    Ok(())
}

async fn a_new_channel_has_none(server: Server) -> Checked {
    let (community, [alice]) = server.community_of(["Alice"]).await?;
    for (channel, parent_sync) in [(community.category, false), (community.general, true)] {
        let listed = alice.call(of(&community, channel)).await?;
        assert!(listed.overrides.is_empty());
        assert_eq!(listed.parent_sync, parent_sync);
    }
    Ok(())
}

async fn what_one_cannot_see_is_not_found(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    let (foreign, [carol]) = server.community_of(["Carol"]).await?;
    let general = community.general;
    assert_eq!(carol.refused(of(&community, general)).await, 404);
    for unknown in [0, 12345, u64::MAX, foreign.general] {
        assert_eq!(alice.refused(of(&community, unknown)).await, 404);
    }
    let nowhere = GetChannelOverrides {
        community_id: 12345,
        channel_id: general,
    };
    assert_eq!(alice.refused(nowhere).await, 404);
    alice
        .set_override(&community, general, 0, (NOTHING, VIEW))
        .await?;
    assert_eq!(bob.refused(of(&community, general)).await, 404);
    assert_eq!(
        alice.call(of(&community, general)).await?.overrides.len(),
        1
    );
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    let (community, [_alice]) = server.community_of(["Alice"]).await?;
    let request = of(&community, community.general);
    server.needs_sign_in(request).await;
    Ok(())
}
