//! A line: a connection on which a test sees everything that the server sends, in order.

use osmium_client::{Connection, Endpoint, Frame, Incoming};
use osmium_proto::core::{
    ClientMessage, RpcResult, ServerMessage, client_message, rpc_result, server_message,
};
use osmium_proto::updates::update::Update;
use std::time::Duration;
use tokio::time::timeout;

/// How long to wait for what has to come, before the test has failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection without any client on it: nothing is sent, counted or passed over by itself.
pub struct Line {
    connection: Connection,
    incoming: Incoming,
}

/// What a line carries.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// The result of the request with this id.
    Result(u32, Option<rpc_result::Result>),
    /// An update.
    Update(Update),
    /// The connection is closed, with this code.
    Closed(Option<u16>),
}

impl Line {
    /// Connects, and says nothing yet.
    pub async fn connect(endpoint: &Endpoint) -> Self {
        let (connection, incoming) = Connection::connect(endpoint)
            .await
            .expect("the server listens");
        Self {
            connection,
            incoming,
        }
    }

    /// Sends a request under an id.
    pub async fn ask(&self, id: u32, request: impl Into<client_message::Message>) {
        let message = ClientMessage {
            id,
            message: Some(request.into()),
        };
        self.connection
            .send_message(&message)
            .await
            .expect("the connection is open");
    }

    /// Sends the bytes of a message, whatever they are.
    pub async fn send(&self, message: impl Into<bytes::Bytes>) {
        let frame = Frame::Message(message.into());
        self.connection
            .send(frame)
            .await
            .expect("the connection is open");
    }

    /// The next message; none if the connection is closed.
    pub async fn message(&mut self) -> Option<ServerMessage> {
        timeout(PATIENCE, self.incoming.next())
            .await
            .expect("something is due, and nothing comes")
    }

    /// The next thing.
    pub async fn hear(&mut self) -> Heard {
        let Some(message) = self.message().await else {
            return Heard::Closed(self.connection.closed().await.code);
        };
        match message.message.expect("a message says something") {
            server_message::Message::Result(RpcResult { req_id, result, .. }) => {
                Heard::Result(req_id, result)
            }
            server_message::Message::Update(update) => {
                Heard::Update(update.update.expect("an update says something"))
            }
        }
    }

    /// The next thing that is not the news of a status.
    pub async fn hear_but_statuses(&mut self) -> Heard {
        loop {
            let heard = self.hear().await;
            let of_status = |update: &Update| {
                matches!(update, Update::UserStatus(_) | Update::UserStatusBatch(_))
            };
            if !matches!(&heard, Heard::Update(update) if of_status(update)) {
                return heard;
            }
        }
    }

    /// The next result, which has to be of the request with this id; updates before it are passed over.
    pub async fn result(&mut self, id: u32) -> Option<rpc_result::Result> {
        loop {
            match self.hear().await {
                Heard::Update(_) => {}
                Heard::Result(of, result) if of == id => return result,
                other => panic!("the result of {id} is due, not {other:?}"),
            }
        }
    }

    /// The next result, which has to be an error of the request with this id; gives its code.
    pub async fn refusal(&mut self, id: u32) -> u32 {
        match self.result(id).await {
            Some(rpc_result::Result::Error(error)) => error.error_code,
            other => panic!("{id} is to be refused, not {other:?}"),
        }
    }
}
