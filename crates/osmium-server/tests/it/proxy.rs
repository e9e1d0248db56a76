//! HAProxy before two gateways, set up as `deploy/haproxy.cfg` says.

use crate::service::{Service, until};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

const SETTINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/haproxy.cfg");
/// Names the program, if it is not simply `haproxy`.
const PROGRAM: &str = "OSMIUM_TEST_HAPROXY";

/// A proxy that runs, killed when dropped.
pub(crate) struct Proxy {
    process: Child,
    address: String,
    tcp_address: String,
}

impl Proxy {
    /// Returns when it can be connected to.
    pub(crate) fn start(gateways: &[Service; 2]) -> Self {
        let (address, tcp_address) = (free_address(), free_address());
        let mut command = Command::new(program());
        command
            .args(["-db", "-q", "-f", SETTINGS])
            .envs([("BIND", &address), ("BIND_TCP", &tcp_address)]);
        for (number, gateway) in (1..).zip(gateways) {
            let tcp = gateway.tcp_address.as_ref().expect("gateways serve TCP");
            command.env(format!("GATEWAY_{number}"), &gateway.address);
            command.env(format!("GATEWAY_{number}_TCP"), tcp);
        }
        let process = command.stdin(Stdio::null()).spawn();
        let process = process.unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let mut proxy = Self {
            process,
            address,
            tcp_address,
        };
        proxy.until_it_listens();
        proxy
    }

    /// Where WebSocket clients connect.
    pub(crate) fn url(&self) -> String {
        format!("ws://{}/gateway", self.address)
    }

    /// Where TCP clients connect.
    pub(crate) fn tcp_url(&self) -> String {
        format!("tcp://{}", self.tcp_address)
    }

    fn until_it_listens(&mut self) {
        until("HAProxy listens", || {
            let ended = self.process.try_wait().expect("its state");
            assert_eq!(ended, None, "HAProxy does not start");
            let addresses = [&self.address, &self.tcp_address];
            addresses
                .iter()
                .all(|address| TcpStream::connect(address).is_ok())
        });
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An address of loopback that was free just now, below the ports that outgoing connections take.
fn free_address() -> String {
    loop {
        let address = format!("127.0.0.1:{}", rand::random_range(20_000..32_000));
        if TcpListener::bind(&address).is_ok() {
            return address;
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the environment says what tests run on"
)]
fn program() -> String {
    std::env::var(PROGRAM).unwrap_or_else(|_| "haproxy".to_owned())
}
