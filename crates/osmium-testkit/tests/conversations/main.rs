//! Conversations against a simple model of them: random steps of several people with several sessions in a channel, a group,
//! direct chats and saved messages, who become friends, block each other, and come to the group and leave it. After each, what a
//! step answered, what everyone reads and counts, and what every session was told, are compared with what the model says; and
//! counting anew finds nothing that is off.

mod cluster;
mod friends;
mod group;
mod mirror;
mod model;
mod play;
mod presence;

use osmium_testkit::Engine;
use osmium_testkit::contract::Checked;
use play::play;

/// How many steps a game has.
const STEPS: usize = 150;

macro_rules! games {
    ($($name:ident: $engine:ident, $seed:literal;)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() -> Checked {
            play(Engine::$engine, $seed, STEPS).await
        }
    )*};
}

games! {
    one_on_sqlite: Sqlite, 1;
    two_on_sqlite: Sqlite, 2;
    three_on_postgres: Postgres, 3;
}
