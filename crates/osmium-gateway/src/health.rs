//! The HTTP endpoints: is the process alive, can it serve, what has it counted.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures::future::BoxFuture;
use metrics_exporter_prometheus::PrometheusHandle;
use osmium_core::Core;
use std::future::IntoFuture;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How long it may take to tell whether the process is ready.
const READY_TIMEOUT: Duration = Duration::from_secs(3);
/// How long whoever asked may take to ask to the end and read the answer, once the process shuts down.
const PARTING: Duration = Duration::from_secs(2);
/// The version of the text format for metrics.
const PROMETHEUS_TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";
const WELCOME: &str =
    "Osmium chat server. Connect by WebSocket, to any path; binary frames of core.ClientMessage.\n";

/// Tells whether a process can serve.
pub trait Health: Send + Sync + 'static {
    /// Whether it can, or in a few words why not.
    fn ready(&self) -> BoxFuture<'_, Result<(), &'static str>>;
}

impl Health for Core {
    fn ready(&self) -> BoxFuture<'_, Result<(), &'static str>> {
        Box::pin(self.ready())
    }
}

/// What the endpoints answer from.
struct Endpoints {
    health: Arc<dyn Health>,
    prometheus: Option<PrometheusHandle>,
    shutdown: CancellationToken,
}

/// Serves `/healthz`, `/readyz` and `/metrics` until the shutdown: for a process without a gateway, or for an address
/// that clients cannot reach. Without a handle for metrics, there are none.
pub async fn serve_http(
    listener: TcpListener,
    health: Arc<dyn Health>,
    prometheus: Option<PrometheusHandle>,
    shutdown: CancellationToken,
) -> io::Result<()> {
    let router = router(health, prometheus, shutdown.clone());
    let serving =
        axum::serve(listener, router).with_graceful_shutdown(shutdown.clone().cancelled_owned());
    let over = async {
        shutdown.cancelled().await;
        tokio::time::sleep(PARTING).await;
    };
    tokio::select! {
        served = serving.into_future() => served,
        () = over => Ok(()),
    }
}

/// The endpoints. Once the shutdown has begun, the process is not ready.
pub(crate) fn router(
    health: Arc<dyn Health>,
    prometheus: Option<PrometheusHandle>,
    shutdown: CancellationToken,
) -> Router {
    Router::new()
        .route("/", get(WELCOME))
        .route("/healthz", get("ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(Arc::new(Endpoints {
            health,
            prometheus,
            shutdown,
        }))
}

async fn ready(State(endpoints): State<Arc<Endpoints>>) -> Response {
    match endpoints.readiness().await {
        Ok(()) => "ready\n".into_response(),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")).into_response(),
    }
}

async fn metrics(State(endpoints): State<Arc<Endpoints>>) -> Response {
    match &endpoints.prometheus {
        Some(prometheus) => {
            ([(CONTENT_TYPE, PROMETHEUS_TEXT)], prometheus.render()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Endpoints {
    async fn readiness(&self) -> Result<(), &'static str> {
        if self.shutdown.is_cancelled() {
            return Err("draining");
        }
        let ready = tokio::time::timeout(READY_TIMEOUT, self.health.ready()).await;
        ready.unwrap_or(Err("the check takes too long"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use metrics_exporter_prometheus::PrometheusBuilder;
    use tower::ServiceExt;

    struct Sick(Option<&'static str>);

    impl Health for Sick {
        fn ready(&self) -> BoxFuture<'_, Result<(), &'static str>> {
            Box::pin(async { self.0.map_or(Ok(()), Err) })
        }
    }

    async fn get(path: &str, sick: Option<&'static str>, draining: bool) -> (u16, String) {
        let shutdown = CancellationToken::new();
        if draining {
            shutdown.cancel();
        }
        let recorder = PrometheusBuilder::new().build_recorder();
        metrics::with_local_recorder(&recorder, || metrics::counter!("seen_total").increment(3));
        let router = router(Arc::new(Sick(sick)), Some(recorder.handle()), shutdown);
        let request = Request::get(path).body(Body::empty()).expect("a request");
        let response = router.oneshot(request).await.expect("an answer");
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), 10_000)
            .await
            .expect("a body");
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    #[tokio::test]
    async fn it_is_alive_even_while_it_cannot_serve() {
        assert_eq!(
            get("/healthz", Some("no store"), true).await,
            (200, "ok\n".into())
        );
    }

    #[tokio::test]
    async fn it_tells_why_it_is_not_ready() {
        assert_eq!(get("/readyz", None, false).await, (200, "ready\n".into()));
        assert_eq!(
            get("/readyz", Some("no store"), false).await,
            (503, "no store\n".into())
        );
        assert_eq!(get("/readyz", None, true).await, (503, "draining\n".into()));
    }

    #[tokio::test]
    async fn metrics_are_text() {
        let (status, text) = get("/metrics", None, false).await;
        assert!(status == 200 && text.contains("seen_total 3"), "{text}");
    }

    #[tokio::test]
    async fn other_paths_are_not_found() {
        assert_eq!(get("/", None, false).await, (200, WELCOME.into()));
        assert_eq!(get("/admin", None, false).await.0, 404);
    }
}
