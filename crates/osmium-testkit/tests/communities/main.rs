//! Communities against a simple model of their rules: thousands of random steps by several people. After each, what a step
//! answered, what everyone may do and sees, and what a client knows that only listens to updates, are compared with what the
//! model says.

mod mirror;
mod model;
mod play;
mod steps;

use osmium_testkit::Engine;
use osmium_testkit::contract::Checked;
use play::play;

/// How many steps a game has.
const STEPS: usize = 300;

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
    three_on_sqlite: Sqlite, 3;
    four_on_sqlite: Sqlite, 4;
    five_on_postgres: Postgres, 5;
    six_on_postgres: Postgres, 6;
}
