//! HTTP on a connection, until it becomes a WebSocket.

use crate::address;
use crate::backend::Backend;
use crate::connection::serve;
use crate::limits::Slot;
use crate::listener::Listener;
use crate::metrics;
use crate::stream::Stream;
use crate::websocket::WebSocket;
use axum::Router;
use axum::body::Body;
use axum::http::header::UPGRADE;
use axum::http::{Request, Response, StatusCode};
use axum::response::IntoResponse;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::upgrade::{OnUpgrade, Parts};
use hyper_util::rt::{TokioIo, TokioTimer};
use osmium_core::session::CloseReason;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;
use tower::ServiceExt;

/// The least that the HTTP library takes. It is given back once the connection is a WebSocket.
const HTTP_BUFFER: usize = 8 * 1024;

/// How long a connection may speak HTTP, whose answers are as short as its requests. Who has more to ask connects again.
const LONGEST_VISIT: Duration = Duration::from_secs(60);

/// A connection that speaks HTTP.
pub(crate) struct Visit<B> {
    pub(crate) listener: Listener<B>,
    pub(crate) peer: IpAddr,
    /// As what the connection is counted.
    pub(crate) slots: Arc<Vec<Slot>>,
    pub(crate) router: Router,
}

impl<B: Backend> Visit<B> {
    /// Answers requests until the connection ends or becomes a WebSocket, which is served by a task of its own.
    pub(crate) async fn serve<S: Stream>(self, stream: S) {
        let shutdown = self.listener.shutdown.clone();
        let config = &self.listener.shared.config;
        let head_timeout = config.handshake_timeout;
        let parting = config.write_timeout.min(config.drain_grace);
        let visit = Arc::new(self);
        let service = service_fn(|request| {
            let visit = visit.clone();
            async move { Ok::<_, Infallible>(visit.answer::<S>(request).await) }
        });
        let speaking = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(head_timeout)
            .max_buf_size(HTTP_BUFFER)
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        let mut speaking = std::pin::pin!(speaking);
        let over = async {
            let _ = tokio::time::timeout(LONGEST_VISIT, shutdown.cancelled()).await;
        };
        let spoken = tokio::select! {
            spoken = speaking.as_mut() => Ok(spoken),
            () = over => {
                speaking.as_mut().graceful_shutdown();
                // Who asks and does not read the answers would never end.
                tokio::time::timeout(parting, speaking).await
            }
        };
        match spoken {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::debug!(%error, "a connection ended badly"),
            Err(_elapsed) => tracing::debug!("a connection was cut that did not read"),
        }
    }

    async fn answer<S: Stream>(&self, request: Request<Incoming>) -> Response<Body> {
        if request.headers().contains_key(UPGRADE) {
            return self.upgrade::<S>(request);
        }
        let answered = self.router.clone().oneshot(request.map(Body::new)).await;
        answered.unwrap_or_else(|never| match never {})
    }

    fn upgrade<S: Stream>(&self, mut request: Request<Incoming>) -> Response<Body> {
        if self.listener.shutdown.is_cancelled() {
            return refusal(StatusCode::SERVICE_UNAVAILABLE, CloseReason::Restart.text());
        }
        let address = address::client(self.peer, request.headers(), self.listener.trusted());
        let Some(slots) = self.admit(address) else {
            metrics::refused("address");
            return refusal(StatusCode::TOO_MANY_REQUESTS, CloseReason::TooMany.text());
        };
        match create_response_with_body(&request, Body::empty) {
            Ok(response) => {
                self.go_on::<S>(hyper::upgrade::on(&mut request), address, slots);
                response
            }
            Err(error) => refusal(StatusCode::BAD_REQUEST, &error.to_string()),
        }
    }

    /// The slots of a WebSocket from this address; none if there are too many. Behind a proxy, only now it
    /// is known whose connection this is.
    fn admit(&self, address: IpAddr) -> Option<Slots> {
        if self.slots.iter().any(|slot| slot.over) {
            return None;
        }
        let is_counted = self.slots.len() > 1;
        let own = if is_counted {
            None
        } else {
            Some(self.listener.limits.admit(address)?)
        };
        let fits = own.as_ref().is_none_or(|slot| !slot.over);
        fits.then(|| Slots {
            _connection: self.slots.clone(),
            _address: own,
        })
    }

    fn go_on<S: Stream>(&self, upgrading: OnUpgrade, address: IpAddr, slots: Slots) {
        let shared = self.listener.shared.clone();
        self.listener.tasks.spawn(async move {
            let _slots = slots;
            let upgraded = tokio::time::timeout(shared.config.handshake_timeout, upgrading).await;
            if let Ok(Ok(upgraded)) = upgraded
                && let Ok(Parts { io, read_buf, .. }) = upgraded.downcast::<TokioIo<S>>()
            {
                let socket = WebSocket::new(io.into_inner(), &read_buf).await;
                // It is a part of what HTTP was read into.
                drop(read_buf);
                serve(socket, address, shared).await;
            }
        });
    }
}

/// As what a WebSocket is counted.
struct Slots {
    _connection: Arc<Vec<Slot>>,
    _address: Option<Slot>,
}

fn refusal(status: StatusCode, why: &str) -> Response<Body> {
    (status, format!("{why}\n")).into_response()
}
