//! The bus on Redis: subjects are channels, published and heard over the process's one connection.

use crate::link::Link;
use crate::request::{Answer, Change, Request};
use crate::routes::SubscriberId;
use async_trait::async_trait;
use bytes::Bytes;
use osmium_ports::Queue;
use osmium_ports::{Bus, BusError, BusEvent, Subject, Subscriber};
use redis::RedisError;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// The bus on Redis.
#[derive(Clone, Debug)]
pub struct RedisBus {
    link: Arc<Link>,
}

impl RedisBus {
    pub(crate) fn new(link: Arc<Link>) -> Self {
        Self { link }
    }

    /// Runs commands, sent as one.
    async fn run(&self, commands: &redis::Pipeline) -> Result<(), BusError> {
        let connection = self.link.connection().await;
        let mut connection = connection.map_err(|error| cannot_reach(&error))?;
        let outcome = commands.exec_async(&mut connection).await;
        outcome.map_err(|error| cannot_reach(&error))
    }
}

#[async_trait]
impl Bus for RedisBus {
    async fn publish_all(&self, messages: Vec<(Subject, Bytes)>) -> Result<(), BusError> {
        if messages.is_empty() {
            return Ok(());
        }
        let mut publishes = redis::Pipeline::with_capacity(messages.len());
        for (subject, payload) in messages {
            let publish = publishes.cmd("PUBLISH");
            publish
                .arg(self.link.keys().channel(subject))
                .arg(&*payload);
        }
        self.run(&publishes).await
    }

    fn subscriber(&self) -> Box<dyn Subscriber> {
        let (id, queue, requests) = self.link.join();
        Box::new(RedisSubscriber {
            id,
            queue,
            requests,
        })
    }

    async fn ping(&self) -> Result<(), BusError> {
        self.run(redis::pipe().cmd("PING")).await
    }
}

/// How an error of Redis reads to users of the bus.
pub(crate) fn cannot_reach(error: &RedisError) -> BusError {
    BusError(error.to_string())
}

struct RedisSubscriber {
    id: SubscriberId,
    queue: Arc<Queue>,
    requests: mpsc::WeakUnboundedSender<Request>,
}

impl RedisSubscriber {
    /// Asks the keeper; when the link has ended, there is nobody to ask.
    fn ask(&self, change: Change) {
        if let Some(requests) = self.requests.upgrade() {
            let subscriber = self.id;
            let _ = requests.send(Request { subscriber, change });
        }
    }

    async fn ask_and_wait(&self, change: impl FnOnce(Answer) -> Change) -> Result<(), BusError> {
        let (answer, answered) = oneshot::channel();
        self.ask(change(answer));
        let ended = |_| BusError("the link has ended".to_owned());
        answered.await.map_err(ended)?
    }
}

#[async_trait]
impl Subscriber for RedisSubscriber {
    async fn follow(&self, subjects: &[Subject]) -> Result<(), BusError> {
        let subjects = subjects.to_vec();
        self.ask_and_wait(|answer| Change::Follow(subjects, answer))
            .await
    }

    async fn unfollow(&self, subjects: &[Subject]) {
        let subjects = subjects.to_vec();
        // Without Redis there is nothing left to unfollow there: the routes know.
        let _ = self
            .ask_and_wait(|answer| Change::Unfollow(subjects, answer))
            .await;
    }

    async fn next(&self) -> Option<BusEvent> {
        self.queue.next().await
    }
}

impl Drop for RedisSubscriber {
    fn drop(&mut self) {
        self.ask(Change::Leave);
    }
}
