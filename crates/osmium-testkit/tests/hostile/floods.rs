//! More requests than anyone needs.

use crate::memory::{grew_less_than, resident};
use crate::raw::{request, with_length};
use crate::site::{Site, guest};
use osmium_client::{Connection, Endpoint, Frame, Incoming};
use osmium_core::Rates;
use osmium_proto::auth::GetSessions;
use osmium_proto::communities::GetCommunities;
use osmium_proto::core::{rpc_result, server_message};
use osmium_proto::messages::SendMessage;
use osmium_testkit::contract::Checked;
use osmium_testkit::person::{initialize, saved_messages};
use std::collections::BTreeMap;
use tokio::time::timeout;

/// How many requests at once.
const BURST: u32 = 10_000;
/// How many ids they share: none is unique, and one is 0.
const IDS: u32 = 100;

/// A connection that a guest is signed in on.
async fn signed_in(endpoint: &Endpoint) -> (Connection, Incoming) {
    let connected = Connection::connect(endpoint).await;
    let (connection, incoming) = connected.expect("the server listens");
    connection.call(initialize()).await.expect("it comes first");
    let signed_up = connection.ask(guest()).await;
    signed_up.expect("guests are allowed");
    (connection, incoming)
}

/// The burst, in frames.
fn burst() -> impl Iterator<Item = Vec<u8>> {
    (0..BURST).map(|number| match number % 100 {
        0 => request(
            number % IDS,
            SendMessage {
                chat_ref: Some(saved_messages()),
                message: "again".to_owned(),
                ..SendMessage::default()
            },
        ),
        1 => request(number % IDS, GetSessions {}),
        _ => request(number % IDS, GetCommunities {}),
    })
}

/// Sends them all as fast as the connection takes them.
async fn send_burst(connection: &Connection, at_once: bool) {
    if at_once {
        let frames: Vec<u8> = burst().flat_map(|frame| with_length(&frame)).collect();
        let sent = connection.send(Frame::Raw(frames.into())).await;
        return sent.expect("the connection is open");
    }
    for frame in burst() {
        let sent = connection.send(Frame::Message(frame.into())).await;
        sent.expect("the connection is open");
    }
}

/// How many results came for each id, and for each code of an error (0 is none).
#[derive(Default)]
struct Results {
    of_id: BTreeMap<u32, u32>,
    of_code: BTreeMap<u32, u32>,
}

/// Hears as many results as the burst asks for.
async fn hear_burst(incoming: &mut Incoming) -> Results {
    let (mut results, mut count) = (Results::default(), 0);
    while count < BURST {
        let message = timeout(crate::raw::PATIENCE, incoming.next()).await;
        let message = message
            .expect("a result is due")
            .expect("an open connection");
        let Some(server_message::Message::Result(result)) = message.message else {
            continue;
        };
        count += 1;
        *results.of_id.entry(result.req_id).or_default() += 1;
        let code = match result.result {
            Some(rpc_result::Result::Error(error)) => error.error_code,
            _ => 0,
        };
        *results.of_code.entry(code).or_default() += 1;
    }
    results
}

/// Floods a connection, which is open after it; gives the number of errors with each code.
async fn flood(endpoint: &Endpoint, at_once: bool) -> BTreeMap<u32, u32> {
    let (connection, mut incoming) = signed_in(endpoint).await;
    let (results, ()) = tokio::join!(hear_burst(&mut incoming), send_burst(&connection, at_once));
    let each_once: BTreeMap<u32, u32> = (0..IDS).map(|id| (id, BURST / IDS)).collect();
    assert_eq!(results.of_id, each_once);
    assert_eq!(connection.close_reason(), None);
    let asked = connection.ask(GetSessions {}.into()).await;
    asked.expect("one more answer, whatever it says");
    results.of_code
}

#[tokio::test]
async fn each_of_ten_thousand_requests_has_one_result() -> Checked {
    let mut site = Site::start().await?;
    let [websocket, tcp] = site.endpoints();
    site.unharmed(async |_| {
        let before = resident();
        let (over_websocket, over_tcp) = tokio::join!(flood(&websocket, false), flood(&tcp, true));
        let all_well = BTreeMap::from([(0, BURST)]);
        assert_eq!((&over_websocket, &over_tcp), (&all_well, &all_well));
        grew_less_than(100, before);
    })
    .await
}

#[tokio::test]
async fn who_asks_too_often_is_told_and_stays() -> Checked {
    let mut site = Site::with(|cluster| {
        let mut rates = Rates::default();
        for rate in [&mut rates.connection, &mut rates.write, &mut rates.send] {
            (rate.burst, rate.per_second) = (1_000_000, 1_000_000.0);
        }
        rates.read.per_second = 1.0;
        cluster.config.rates = Some(rates);
    })
    .await?;
    let [websocket, tcp] = site.endpoints();
    site.unharmed(async |_| {
        let (over_websocket, over_tcp) = tokio::join!(flood(&websocket, false), flood(&tcp, true));
        for codes in [over_websocket, over_tcp] {
            assert_eq!(codes.keys().collect::<Vec<_>>(), [&0, &429]);
            assert!(codes[&429] > BURST / 2, "{codes:?}");
        }
    })
    .await
}

#[tokio::test]
async fn a_connection_that_floods_is_told_and_stays() -> Checked {
    let mut site = Site::with(|cluster| cluster.config.rates = Some(Rates::default())).await?;
    let [websocket, tcp] = site.endpoints();
    for (endpoint, at_once) in [(websocket, false), (tcp, true)] {
        let codes = flood(&endpoint, at_once).await;
        assert_eq!(codes.keys().collect::<Vec<_>>(), [&0, &429]);
        assert!(codes[&429] > BURST / 2, "{codes:?}");
    }
    // The bystanders' rates are their own.
    site.unharmed(async |_| ()).await
}
