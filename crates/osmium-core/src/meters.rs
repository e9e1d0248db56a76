//! What calls count. What belongs to a method is found once, with its first call.

use crate::error::{Error, Result};
use metrics::{Counter, Histogram, counter, histogram};
use osmium_proto::{METHODS, Method};
use std::collections::HashMap;
use std::sync::OnceLock;
use std::time::Duration;

const CALLS: &str = "osmium_calls_total";
const SECONDS: &str = "osmium_call_seconds";
/// The code of a call that did what it was to do.
const DONE: u32 = 200;

/// The meters of all methods.
pub(crate) struct Meters {
    of_methods: HashMap<u32, OnceLock<OfMethod>>,
}

struct OfMethod {
    done: Counter,
    seconds: Histogram,
}

impl Meters {
    /// Of methods that nobody has called.
    pub(crate) fn new() -> Self {
        let numbers = METHODS.iter().map(|method| method.number);
        let of_methods = numbers.map(|number| (number, OnceLock::new()));
        Self {
            of_methods: of_methods.collect(),
        }
    }

    /// A call has ended.
    pub(crate) fn called<T>(&self, method: &Method, outcome: &Result<T>, took: Duration) {
        let Some(meters) = self.of_methods.get(&method.number) else {
            return;
        };
        let meters = meters.get_or_init(|| OfMethod::new(method.name));
        meters.seconds.record(took.as_secs_f64());
        match outcome {
            Ok(_) => meters.done.increment(1),
            Err(error) => failed(method.name, error),
        }
    }
}

impl OfMethod {
    fn new(name: &'static str) -> Self {
        Self {
            done: calls(name, DONE),
            seconds: histogram!(SECONDS, "method" => name),
        }
    }
}

fn failed(method: &'static str, error: &Error) {
    let code = error.reason.code();
    calls(method, code).increment(1);
    tracing::debug!(method, code, text = %error.text, "a call failed");
}

fn calls(method: &'static str, code: u32) -> Counter {
    counter!(CALLS, "method" => method, "code" => code.to_string())
}
