//! Who waits in this process for a bot to answer the press of a button.
//!
//! The bot may be on another gateway: its answer comes by the log, in the topic of the user who pressed. So the hub hears it
//! wherever that user has a session, and the one gateway where a call waits for it hands it over.

use osmium_model::{ConnectionId, InteractionId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// What a bot answers: a text to be shown, or nothing to show.
pub type Answer = Option<String>;

/// Those who wait, by what they wait for.
#[derive(Default)]
pub struct Interactions {
    waiting: Mutex<HashMap<InteractionId, Waiting>>,
}

/// Someone who waits.
struct Waiting {
    /// On which connection.
    connection: ConnectionId,
    answer: oneshot::Sender<Answer>,
}

impl Interactions {
    /// A bot has answered; whoever waits for it here is told.
    pub fn answer(&self, id: InteractionId, answer: Answer) {
        if let Some(waiting) = self.waiting().remove(&id) {
            // Who waited may have given up.
            let _ = waiting.answer.send(answer);
        }
    }

    /// A connection has ended: what waits on it waits no more.
    pub fn leave(&self, connection: ConnectionId) {
        self.waiting()
            .retain(|_, waiting| waiting.connection != connection);
    }

    /// Waits from now on. Called before anyone can answer.
    pub(crate) fn wait(self: &Arc<Self>, id: InteractionId, connection: ConnectionId) -> Waiter {
        let (answer, answered) = oneshot::channel();
        self.waiting().insert(id, Waiting { connection, answer });
        Waiter {
            interactions: self.clone(),
            id,
            answered,
        }
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<InteractionId, Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for one answer, until it is dropped.
pub(crate) struct Waiter {
    interactions: Arc<Interactions>,
    id: InteractionId,
    answered: oneshot::Receiver<Answer>,
}

impl Waiter {
    /// The answer; none if the connection has ended.
    pub(crate) async fn answered(&mut self) -> Option<Answer> {
        (&mut self.answered).await.ok()
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        self.interactions.waiting().remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: InteractionId = InteractionId(7);
    const CONNECTION: ConnectionId = ConnectionId(1);

    #[tokio::test]
    async fn an_answer_reaches_who_waits_for_it() {
        let interactions = Arc::new(Interactions::default());
        let mut waiter = interactions.wait(ID, CONNECTION);
        interactions.answer(InteractionId(8), None);
        interactions.answer(ID, Some("done".to_owned()));
        assert_eq!(waiter.answered().await, Some(Some("done".to_owned())));
    }

    #[tokio::test]
    async fn who_is_gone_waits_no_more() {
        let interactions = Arc::new(Interactions::default());
        let mut waiter = interactions.wait(ID, CONNECTION);
        interactions.leave(ConnectionId(2));
        assert!(interactions.waiting().contains_key(&ID));
        interactions.leave(CONNECTION);
        assert_eq!(waiter.answered().await, None);
        drop(interactions.wait(ID, CONNECTION));
        assert!(interactions.waiting().is_empty());
    }
}
