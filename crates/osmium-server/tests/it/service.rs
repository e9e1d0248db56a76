//! Runs a service in the background.

use crate::osmium::osmium;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A service that runs, killed when dropped.
pub(crate) struct Service {
    process: Child,
    /// Its host and port.
    pub(crate) address: String,
}

impl Service {
    pub(crate) fn start(command: &mut Command) -> Self {
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

    pub(crate) fn by_itself(folder: &Path) -> Self {
        Self::start(&mut osmium(folder, &["serve"]))
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
        while self.get("/readyz").0 != 200 {}
    }

    /// Ends it by a signal, and gives its status.
    pub(crate) fn end(mut self, signal: &str) -> Option<i32> {
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
