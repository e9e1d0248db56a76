//! That people of a test hear what they should, and nothing else unnoticed.

use osmium_model::Permissions;
use osmium_proto::updates::{UpdateChannelDeleted, UpdateCommunity, UpdateMessageCreated};
use osmium_testkit::contract::Checked;
use osmium_testkit::{Cluster, Engine, Server};

async fn server() -> Checked<Server> {
    let database = Engine::Sqlite.database().await?;
    Ok(Server::start(database.expect("it needs nothing")).await)
}

#[tokio::test]
#[should_panic(expected = "silence is due")]
async fn a_message_breaks_the_silence() {
    let server = server().await.expect("a server");
    let community = server.community_of(["Alice", "Bob"]).await;
    let (community, [alice, mut bob]) = community.expect("a community");
    let sent = alice.send(community.general(), "hello").await;
    sent.expect("members may send");
    bob.expect_silence().await.expect("probes are sent");
}

#[tokio::test]
#[should_panic(expected = "UpdateCommunity is due, not")]
async fn another_update_is_not_passed_over() {
    let server = server().await.expect("a server");
    let community = server.community_of(["Alice"]).await;
    let (community, [mut alice]) = community.expect("a community");
    let sent = alice.send(community.general(), "hello").await;
    sent.expect("members may send");
    alice.expect::<UpdateCommunity>().await;
}

#[tokio::test]
async fn silence_is_proved_also_where_nothing_can_be_viewed() -> Checked {
    let server = server().await?;
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    server
        .set_default_permissions(&community, Permissions::empty())
        .await?;
    bob.expect_all::<UpdateChannelDeleted>(4).await;
    bob.expect::<UpdateCommunity>().await;
    alice.expect::<UpdateCommunity>().await;
    bob.expect_silence().await?;
    alice.expect_silence().await
}

#[tokio::test]
async fn gateways_of_a_cluster_tell_of_each_other() -> Checked {
    let database = Engine::Sqlite.database().await?;
    let cluster = Cluster::new(database.expect("it needs nothing"));
    let (one, two) = (cluster.fanout(), cluster.fanout());
    let (here, there) = (cluster.gateway().await, cluster.gateway().await);
    let mut alice = here.sign_up("Alice").await;
    let mut bob = there.sign_up("Bob").await;
    let community = alice.create_community("Lounge").await?;
    bob.join(&alice.invite(&community).await?).await?;
    alice.catch_up().await?;
    one.kill();
    alice.send(community.general(), "hello").await?;
    alice.expect::<UpdateMessageCreated>().await;
    bob.expect::<UpdateMessageCreated>().await;
    two.stop().await;
    here.stop().await;
    Ok(())
}
