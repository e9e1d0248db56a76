//! The protocol's quick start against a server by itself, and against a deployment behind a load balancer, whose
//! services end and die meanwhile.

use crate::deployment::Deployment;
use crate::proxy::Proxy;
use crate::quickstart::{self, Meeting, Person};
use crate::service::Service;
use osmium_client::Event;
use std::time::Duration;
use tempfile::tempdir;
use tokio::time::timeout;

/// How long a client may take to be back: its pauses, and the load balancer's checks.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn the_quick_start_works_with_a_server_by_itself() {
    let folder = tempdir().expect("a folder");
    let server = Service::by_itself(folder.path());
    server.until_ready();
    walk(&server.url(), &server.url()).await;
    walk(&server.tcp_url(), &server.tcp_url()).await;
    walk(&server.url(), &server.tcp_url()).await;
}

#[tokio::test]
async fn the_quick_start_works_with_a_deployment() {
    let Some(deployment) = Deployment::start().await else {
        return;
    };
    let [first, second] = &deployment.gateways;
    walk(&first.url(), &second.url()).await;
    assert_eq!(deployment.sign_ups(), [1, 1], "one at each gateway");

    let proxy = Proxy::start(&deployment.gateways);
    walk(&proxy.url(), &proxy.url()).await;
    walk(&proxy.tcp_url(), &proxy.tcp_url()).await;
    assert_eq!(deployment.sign_ups().iter().sum::<u64>(), 6);
}

// Waiting for a process takes a thread; clients have others.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn gateways_are_replaced_while_people_talk() {
    let Some(mut deployment) = Deployment::start().await else {
        return;
    };
    let proxy = Proxy::start(&deployment.gateways);
    let ann = sign_up(&proxy.url(), "Ann").await;
    let anns = usize::from(deployment.connections() == [0, 1]);
    let bob = sign_up(&proxy.url(), "Bob").await;
    assert_eq!(deployment.connections(), [1, 1], "one at each gateway");
    let mut meeting = Meeting::arrange(ann, bob).await.expect("a meeting");

    drain_gateway(&mut deployment, anns);
    until_back(&mut meeting.ann).await;
    meeting.talk().await.expect("Ann is back");
    deployment.restart_gateway(anns);

    drain_gateway(&mut deployment, 1 - anns);
    until_back(&mut meeting.ann).await;
    until_back(&mut meeting.bob).await;
    meeting.talk().await.expect("both are back");
}

#[tokio::test]
async fn people_talk_on_when_a_fanout_is_killed() {
    let Some(mut deployment) = Deployment::start().await else {
        return;
    };
    let [first, second] = &deployment.gateways;
    let ann = sign_up(&first.url(), "Ann").await;
    let bob = sign_up(&second.url(), "Bob").await;
    let mut meeting = Meeting::arrange(ann, bob).await.expect("a meeting");
    // Whichever of them has the community in its share is killed.
    for which in 0..deployment.fanouts.len() {
        meeting.talk().await.expect("all is well");
        deployment.fanouts[which].end("KILL");
        meeting.talk().await.expect("the other one has all of it");
        deployment.restart_fanout(which);
        meeting.talk().await.expect("the new one has its share");
    }
}

async fn walk(first: &str, second: &str) {
    let walk = Box::pin(quickstart::run(first, second)).await;
    walk.unwrap_or_else(|error| panic!("with {first} and {second}: {error}"));
}

async fn sign_up(url: &str, name: &'static str) -> Person {
    Person::sign_up(url, name).await.expect(name)
}

/// Has a gateway send everyone away, and end.
fn drain_gateway(deployment: &mut Deployment, which: usize) {
    assert_eq!(deployment.gateways[which].end("TERM"), Some(0));
}

/// Waits until someone's connection has ended and they have another.
async fn until_back(person: &mut Person) {
    let back = async {
        let mut gone = false;
        loop {
            match person.events.next().await.expect("the client goes on") {
                Event::Disconnected(_) => gone = true,
                Event::Connected if gone => break,
                _ => {}
            }
        }
    };
    timeout(PATIENCE, back).await.expect("a connection");
}
