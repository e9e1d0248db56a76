//! Every method with extreme arguments, signed in and not: refused in order, or done, and never our mistake.

use crate::extremes::{Fill, Protocol};
use crate::provoke::{Outcome, provoke};
use crate::site::{count_panics, initialized, no_task_has_panicked};
use osmium_proto::updates::UpdateMessageCreated;
use osmium_proto::{METHODS, Method};
use osmium_testkit::contract::Checked;
use osmium_testkit::line::Line;
use osmium_testkit::{Server, on_both_stores};
use std::collections::HashMap;

on_both_stores!(
    extreme_arguments_are_refused_in_order,
    strangers_are_refused_in_order,
);

/// What a refusal may say. Without load, nothing is unavailable, late or too frequent.
const REFUSALS: [u32; 8] = [400, 401, 403, 404, 409, 410, 413, 501];
/// The id of every request.
const ID: u32 = 9;

/// What may be sent before signing in, in bytes.
const LARGEST_OF_STRANGERS: usize = 64 << 10;

/// Someone who is signed in, owns a community, and has much to lose.
struct Prey {
    line: Line,
    known: HashMap<&'static str, u64>,
}

impl Prey {
    async fn new(server: &Server) -> Checked<Self> {
        let mut person = server.sign_up("Carol").await;
        let community = person.create_community("Hers").await?;
        let message = person.send(community.general(), "first").await?;
        let group = person.create_group("Hers", &[]).await?;
        let mut line = initialized(&server.gateway().endpoint()).await;
        let token = person.token().to_owned();
        line.ask(2, osmium_proto::auth::Authorize { token }).await;
        line.result(2).await;
        let known = HashMap::from([
            ("user_id", person.user_id),
            ("community_id", community.id),
            ("channel_id", community.general),
            ("parent_id", community.category),
            ("message_id", message),
            ("group_id", group),
        ]);
        Ok(Self { line, known })
    }
}

/// Sends a request; gives whether the line is open after it. It may be closed with this code.
async fn refused_in_order(line: &mut Line, method: &Method, frame: Vec<u8>, close: u16) -> bool {
    let size = frame.len();
    let (outcome, is_open) = provoke(line, frame).await;
    let is_in_order = match outcome {
        Outcome::Done => true,
        Outcome::Refused(code) => REFUSALS.contains(&code),
        Outcome::Closed(code) => code == Some(close),
        Outcome::Nothing => false,
    };
    assert!(
        is_in_order,
        "{} with {size} bytes: {outcome:?}",
        method.name
    );
    is_open
}

async fn extreme_arguments_are_refused_in_order(server: Server) -> Checked {
    count_panics();
    let (lounge, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let protocol = Protocol::read();
    let mut prey = Prey::new(&server).await?;
    for method in METHODS {
        let known = Fill::all()
            .into_iter()
            .map(|fill| fill.knowing(prey.known.clone()));
        let fills: Vec<Fill> = Fill::all().into_iter().chain(known).collect();
        for frame in fills
            .iter()
            .flat_map(|fill| protocol.requests(ID, method, fill))
        {
            // The login may be ended.
            if !refused_in_order(&mut prey.line, method, frame, 4401).await {
                prey = Prey::new(&server).await?;
            }
        }
    }
    alice.send(lounge.general(), "still here").await?;
    let heard = bob.expect::<UpdateMessageCreated>().await;
    assert_eq!(heard.message.unwrap_or_default().message, "still here");
    no_task_has_panicked();
    Ok(())
}

async fn strangers_are_refused_in_order(server: Server) -> Checked {
    count_panics();
    let (lounge, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let protocol = Protocol::read();
    let endpoint = server.gateway().endpoint();
    let mut line = Line::connect(&endpoint).await;
    for method in METHODS {
        for frame in Fill::all()
            .iter()
            .flat_map(|fill| protocol.requests(ID, method, fill))
        {
            let is_large = frame.len() > LARGEST_OF_STRANGERS;
            let close = if is_large { 1009 } else { 4401 };
            if !refused_in_order(&mut line, method, frame, close).await {
                line = initialized(&endpoint).await;
            }
        }
    }
    alice.send(lounge.general(), "still here").await?;
    let heard = bob.expect::<UpdateMessageCreated>().await;
    assert_eq!(heard.message.unwrap_or_default().message, "still here");
    no_task_has_panicked();
    Ok(())
}
