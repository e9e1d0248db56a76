//! From a message to its method, for all methods: made from the method table, so that a method without
//! a file does not compile.

use crate::error::Result;
use crate::method::{Method, Order};
use crate::run::Running;
use osmium_proto::core::{client_message::Message, rpc_result};
use osmium_proto::{IntoRequest, Reply, for_each_method};

macro_rules! dispatch {
    ($($variant:ident => $request:ty),* $(,)?) => {
        /// Runs the method that the message calls.
        pub(crate) async fn call(
            running: Running<'_>,
            message: Message,
        ) -> Result<Option<rpc_result::Result>> {
            match message {
                $(Message::$variant(request) => {
                    let request: $request = request.into_request();
                    Box::pin(running.call(request)).await.map(Reply::into_result)
                })*
            }
        }

        /// In which order the call runs.
        pub(crate) fn order(message: &Message) -> Order {
            match message {
                $(Message::$variant(_) => {
                    const {
                        type Called = $request;
                        Order::of(
                            <Called as Method>::ACCESS,
                            <Called as Method>::COST,
                            <Called as Method>::WAITS,
                        )
                    }
                })*
            }
        }

        /// Whether the call waits for someone else to answer.
        pub(crate) fn waits(message: &Message) -> bool {
            match message {
                $(Message::$variant(_) => <$request as Method>::WAITS,)*
            }
        }
    };
}

for_each_method!(dispatch);
