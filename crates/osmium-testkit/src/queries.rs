//! Counting SQL statements, so that a test can say how many a method may take.
//!
//! sqlx tells of each statement it ran in an event. Those that begin and end a transaction are not told, so they
//! are not counted.

use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use tracing::field::{Field, Visit};
use tracing::{Event, Instrument, Metadata, Subscriber};
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, Registry};

/// What sqlx tells of statements under.
const STATEMENTS: &str = "sqlx::query";
/// The target of the spans that count.
const COUNTED: &str = "osmium_testkit::queries";

/// Those who hear of every statement of the process.
static OF_PROCESS: Mutex<Vec<QueryCount>> = Mutex::new(Vec::new());

/// The statements that ran while someone counted.
#[derive(Clone, Debug, Default)]
pub struct QueryCount(Arc<Mutex<Vec<String>>>);

impl QueryCount {
    /// Counts all that this process runs from now on. Under nextest, a process is a test.
    pub fn of_process() -> Self {
        listen();
        let count = Self::default();
        held(&OF_PROCESS).push(count.clone());
        count
    }

    /// Counts what a future runs, and nothing beside it: not what it spawns.
    pub async fn of<F: Future>(future: F) -> (F::Output, Self) {
        listen();
        let count = Self::default();
        let span = tracing::info_span!(target: COUNTED, "counted");
        span.with_subscriber(|(id, dispatch)| {
            let registry = dispatch.downcast_ref::<Registry>();
            if let Some(span) = registry.and_then(|registry| registry.span(id)) {
                span.extensions_mut().insert(count.clone());
            }
        });
        (future.instrument(span).await, count)
    }

    /// How many statements ran.
    pub fn get(&self) -> usize {
        held(&self.0).len()
    }

    /// The statements, in the order in which they ended.
    pub fn statements(&self) -> Vec<String> {
        held(&self.0).clone()
    }

    /// Forgets what ran so far.
    pub fn reset(&self) {
        held(&self.0).clear();
    }

    fn add(&self, statement: &str) {
        held(&self.0).push(statement.to_owned());
    }
}

/// What a mutex guards. A test that failed while it held one says so by itself.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Hears of statements from now on, once for the process: SQLite runs them on threads of its own. Also shows what
/// servers warn of, for tests that fail.
pub(crate) fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let warnings = fmt::layer()
            .with_test_writer()
            .with_filter(LevelFilter::WARN);
        let subscriber = Registry::default()
            .with(Listener.with_filter(filter_fn(counts)))
            .with(warnings);
        tracing::subscriber::set_global_default(subscriber)
            .expect("a test that counts statements has no other subscriber");
    });
}

fn counts(metadata: &Metadata<'_>) -> bool {
    [STATEMENTS, COUNTED].contains(&metadata.target())
}

struct Listener;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Listener {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut statement = Statement::default();
        event.record(&mut statement);
        for count in held(&OF_PROCESS).iter() {
            count.add(statement.text());
        }
        for span in context.event_scope(event).into_iter().flatten() {
            if let Some(count) = span.extensions().get::<QueryCount>() {
                count.add(statement.text());
            }
        }
    }
}

/// What an event tells of a statement: its beginning, and all of it if it is longer.
#[derive(Default)]
struct Statement {
    summary: String,
    whole: String,
}

impl Statement {
    fn text(&self) -> &str {
        let whole = self.whole.trim();
        if whole.is_empty() {
            &self.summary
        } else {
            whole
        }
    }
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.whole),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
