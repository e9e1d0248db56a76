//! Runs a service in the background.

use crate::osmium::osmium;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long to wait for what another process will do.
const PATIENCE: Duration = Duration::from_secs(60);

/// A service that runs, killed when dropped.
pub(crate) struct Service {
    process: Child,
    /// Its host and port.
    pub(crate) address: String,
    /// The same of its raw TCP, if it was told to serve that.
    pub(crate) tcp_address: Option<String>,
}

impl Service {
    /// Starts one wherever there is room.
    pub(crate) fn start(command: &mut Command) -> Self {
        Self::start_at("127.0.0.1:0", command)
    }

    pub(crate) fn start_at(address: &str, command: &mut Command) -> Self {
        let mut process = command
            .env("OSMIUM_LISTEN", address)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a process");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let mut next_address = || address_in(&lines.next().expect("a line").expect("text"));
        let serves_tcp = command
            .get_envs()
            .any(|(key, _)| key == "OSMIUM_LISTEN_TCP");
        Self {
            address: next_address(),
            tcp_address: serves_tcp.then(next_address),
            process,
        }
    }

    pub(crate) fn by_itself(folder: &Path) -> Self {
        Self::start(osmium(folder, &["serve"]).env("OSMIUM_LISTEN_TCP", "127.0.0.1:0"))
    }

    /// Where WebSocket clients connect.
    pub(crate) fn url(&self) -> String {
        format!("ws://{}/gateway", self.address)
    }

    /// Where TCP clients connect.
    pub(crate) fn tcp_url(&self) -> String {
        let address = self.tcp_address.as_ref().expect("it serves TCP");
        format!("tcp://{address}")
    }

    /// The status and the body of an answer.
    pub(crate) fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        let request = format!("GET {path} HTTP/1.1\r\nhost: osmium\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        (status.expect("a status"), body.to_owned())
    }

    pub(crate) fn until_ready(&self) {
        until("it is ready", || self.get("/readyz").0 == 200);
    }

    /// The sum of the metrics that begin like this.
    pub(crate) fn metric(&self, start: &str) -> u64 {
        let (_, metrics) = self.get("/metrics");
        let lines = metrics.lines().filter(|line| line.starts_with(start));
        let values = lines.filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok());
        values.sum()
    }

    /// Ends it by a signal, and gives its status.
    pub(crate) fn end(&mut self, signal: &str) -> Option<i32> {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", signal, &id])
                .status()
                .expect("kill")
                .success()
        );
        self.process.wait().expect("its end").code()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The host and port in a line such as `Listening on ws://127.0.0.1:8080/gateway`.
fn address_in(line: &str) -> String {
    let url = line.strip_prefix("Listening on ");
    let address = url.and_then(|url| url.split(['/', ' ']).nth(2));
    address
        .unwrap_or_else(|| panic!("no address in {line:?}"))
        .to_owned()
}

/// Looks at another process until something is so.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < PATIENCE, "not in time: {what}");
        std::thread::yield_now();
    }
}
