//! From a listening socket to a transport: limits, TLS, and what is spoken there.

use crate::address::Network;
use crate::backend::Backend;
use crate::connection::{Shared, serve};
use crate::limits::{Limits, Slot};
use crate::metrics;
use crate::proxy_header;
use crate::stream::{Socket, Stream};
use crate::tcp::Tcp;
use crate::upgrade::Visit;
use axum::Router;
use socket2::{SockRef, TcpKeepalive};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How many connections may wait to be accepted: after a restart, everyone comes at once.
const BACKLOG: u32 = 4096;
/// When a silent connection is probed, and how often.
const PROBE_AFTER: Duration = Duration::from_mins(1);
const PROBE_EVERY: Duration = Duration::from_secs(15);
/// How long to wait when no connection can be accepted, for want of file handles most likely.
const BREATH: Duration = Duration::from_millis(50);

/// What is spoken at a listening socket.
#[derive(Clone)]
pub(crate) enum Spoken {
    /// HTTP, with these endpoints, and WebSocket.
    Http(Router),
    /// Messages with lengths.
    Tcp,
}

/// Everything that connections are served with.
pub(crate) struct Listener<B> {
    pub(crate) shared: Arc<Shared<B>>,
    pub(crate) limits: Arc<Limits>,
    pub(crate) tls: Option<TlsAcceptor>,
    pub(crate) tasks: TaskTracker,
    pub(crate) shutdown: CancellationToken,
}

impl<B> Clone for Listener<B> {
    fn clone(&self) -> Self {
        Self {
            shared: self.shared.clone(),
            limits: self.limits.clone(),
            tls: self.tls.clone(),
            tasks: self.tasks.clone(),
            shutdown: self.shutdown.clone(),
        }
    }
}

/// Listens on an address.
pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()
    } else {
        TcpSocket::new_v6()
    }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

impl<B: Backend> Listener<B> {
    /// Accepts connections until the shutdown.
    pub(crate) async fn run(self, socket: TcpListener, spoken: Spoken) {
        loop {
            let accepted = tokio::select! {
                () = self.shutdown.cancelled() => return,
                accepted = socket.accept() => accepted,
            };
            match accepted {
                Ok((stream, peer)) => self.accept(stream, peer.ip(), &spoken),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(BREATH).await;
                }
            }
        }
    }

    fn accept(&self, stream: TcpStream, peer: IpAddr, spoken: &Spoken) {
        let Some(slot) = self.limits.enter() else {
            return metrics::refused("in all");
        };
        if let Err(error) = prepare(&stream) {
            return tracing::debug!(%error, "a connection was gone at once");
        }
        let (listener, spoken) = (self.clone(), spoken.clone());
        let stream = Socket::from(stream);
        self.tasks.spawn(async move {
            match spoken {
                Spoken::Http(router) => {
                    Box::pin(listener.speak_http(stream, peer, slot, router)).await;
                }
                Spoken::Tcp => listener.speak_tcp(stream, peer, slot).await,
            }
        });
    }

    async fn speak_http(self, stream: Socket, peer: IpAddr, slot: Slot, router: Router) {
        let mut slots = vec![slot];
        if !self.is_trusted(peer) {
            let Some(slot) = self.limits.admit(peer) else {
                return metrics::refused("address");
            };
            slots.push(slot);
        }
        let tls = self.tls.clone();
        let visit = Visit {
            listener: self,
            peer,
            slots: Arc::new(slots),
            router,
        };
        match tls {
            None => visit.serve(stream).await,
            Some(tls) => {
                if let Some(stream) = visit.listener.shake_hands(&tls, stream).await {
                    visit.serve(stream).await;
                }
            }
        }
    }

    async fn speak_tcp(self, mut stream: Socket, peer: IpAddr, _slot: Slot) {
        let Some(client) = self.tcp_client(&mut stream, peer).await else {
            return;
        };
        let _slot = match self.limits.admit(client) {
            Some(slot) if !slot.over => slot,
            _ => return metrics::refused("address"),
        };
        match self.tls.clone() {
            None => serve(Tcp::new(stream), client, self.shared).await,
            Some(tls) => {
                if let Some(stream) = self.shake_hands(&tls, stream).await {
                    serve(Tcp::new(stream), client, self.shared).await;
                }
            }
        }
    }

    /// Who is at the other end, behind a trusted proxy too if those say so; none if one says nothing that can be understood.
    async fn tcp_client(&self, stream: &mut Socket, peer: IpAddr) -> Option<IpAddr> {
        let mut client = peer;
        if self.shared.config.tcp_proxy_protocol && self.is_trusted(peer) {
            match self.in_time(proxy_header::client(stream)).await? {
                Ok(said) => client = said.unwrap_or(peer),
                // A balancer that tries whether it can connect at all.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return None,
                Err(error) => {
                    tracing::warn!(%peer, %error, "a trusted proxy does not say for whom it connects");
                    return None;
                }
            }
        }
        Some(client.to_canonical())
    }

    async fn shake_hands(&self, tls: &TlsAcceptor, stream: Socket) -> Option<impl Stream + use<B>> {
        self.in_time(tls.accept(stream)).await?.ok()
    }

    /// What the other side does before it may speak; none if that takes too long, or the gateway shuts down.
    async fn in_time<T>(&self, handshake: impl Future<Output = T>) -> Option<T> {
        let timeout = self.shared.config.handshake_timeout;
        tokio::select! {
            () = self.shutdown.cancelled() => None,
            done = tokio::time::timeout(timeout, handshake) => done.ok(),
        }
    }

    fn is_trusted(&self, peer: IpAddr) -> bool {
        self.trusted().iter().any(|network| network.contains(peer))
    }

    pub(crate) fn trusted(&self) -> &[Network] {
        &self.shared.config.trusted_proxies
    }
}

fn prepare(stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let keepalive = TcpKeepalive::new()
        .with_time(PROBE_AFTER)
        .with_interval(PROBE_EVERY);
    SockRef::from(stream).set_tcp_keepalive(&keepalive)
}
