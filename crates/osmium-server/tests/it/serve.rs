//! Services, from their start to the signal that ends them.

use crate::osmium::{osmium, run};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::tempdir;

/// A service that runs, killed when dropped.
struct Service {
    process: Child,
    /// Its host and port.
    address: String,
}

impl Service {
    fn start(command: &mut Command) -> Self {
        command
            .env("OSMIUM_LISTEN", "127.0.0.1:0")
            .env("OSMIUM_DRAIN_SECONDS", "0");
        let mut process = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a process");
        let mut line = String::new();
        let out = process.stdout.take().expect("its output");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let address = line
            .strip_prefix("Listening on ")
            .and_then(|rest| rest.split('/').nth(2));
        let address = address.unwrap_or_else(|| panic!("no address in {line:?}"));
        let address = address
            .split_whitespace()
            .next()
            .expect("an address")
            .to_owned();
        Self { process, address }
    }

    fn by_itself(folder: &Path) -> Self {
        Self::start(&mut osmium(folder, &["serve"]))
    }

    /// The status and the body of an answer.
    fn get(&self, path: &str) -> (u16, String) {
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

    fn until_ready(&self) {
        while self.get("/readyz").0 != 200 {}
    }

    /// Ends it by a signal, and gives its status.
    fn end(mut self, signal: &str) -> Option<i32> {
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

#[test]
fn a_server_by_itself_serves_until_it_is_told_to_end() {
    let folder = tempdir().expect("a folder");
    for signal in ["TERM", "INT"] {
        let server = Service::by_itself(folder.path());
        server.until_ready();
        assert_eq!(server.get("/healthz"), (200, "ok\n".to_owned()));
        let (status, metrics) = server.get("/metrics");
        assert!(
            status == 200 && metrics.contains("osmium_fanout_partitions 32"),
            "{metrics}"
        );
        assert!(folder.path().join("osmium-data/osmium.db").exists());
        assert_eq!(server.end(signal), Some(0));
    }
}

#[test]
fn a_folder_has_one_server() {
    let folder = tempdir().expect("a folder");
    let server = Service::by_itself(folder.path());
    let second = run(
        &mut osmium(folder.path(), &["--listen", "127.0.0.1:0", "--log", "off"]),
        "",
    );
    let expected = "osmium: another osmium serves from the folder osmium-data\n";
    assert_eq!((second.code, second.errors.as_str()), (Some(1), expected));
    assert_eq!(server.end("TERM"), Some(0));
}

#[test]
fn an_operator_may_work_beside_a_server() {
    let folder = tempdir().expect("a folder");
    let server = Service::by_itself(folder.path());
    server.until_ready();
    let create = [
        "admin",
        "user",
        "create",
        "--name",
        "Ada",
        "--email",
        "ada@example.org",
    ];
    let create = [&create[..], &["--password-stdin"]].concat();
    assert_eq!(
        run(&mut osmium(folder.path(), &create), "correct horse").code,
        Some(0)
    );
    assert_eq!(server.end("TERM"), Some(0));
}

#[test]
fn an_address_in_use_is_named() {
    let (folder, other) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    let server = Service::by_itself(folder.path());
    let arguments = ["--listen", &server.address, "--log", "off"];
    let second = run(&mut osmium(other.path(), &arguments), "");
    assert_eq!(second.code, Some(1));
    let expected = format!("osmium: cannot listen on {}: ", server.address);
    assert!(second.errors.starts_with(&expected), "{}", second.errors);
}

#[test]
fn services_of_a_deployment_are_up_but_not_ready_while_nothing_answers_them() {
    let folder = tempdir().expect("a folder");
    for command in ["gateway", "fanout"] {
        let mut process = osmium(folder.path(), &[command]);
        // Nobody listens on port 1.
        process.env(
            "OSMIUM_DATABASE_URL",
            "postgres://osmium@127.0.0.1:1/osmium",
        );
        process.env("OSMIUM_REDIS_URL", "redis://127.0.0.1:1");
        let service = Service::start(&mut process);
        assert_eq!(service.get("/healthz").0, 200);
        assert_eq!(service.get("/readyz").0, 503);
        assert_eq!(service.end("TERM"), Some(0));
    }
}
