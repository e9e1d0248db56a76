//! Presses of bots' buttons that wait for an answer.

use super::Result;
use async_trait::async_trait;
use osmium_model::{Interaction, InteractionId};

/// Reading interactions.
#[async_trait]
pub trait InteractionReads {
    /// The interaction, as long as it waits.
    async fn find_interaction(&mut self, id: InteractionId) -> Result<Option<Interaction>>;
}

/// Writing interactions.
#[async_trait]
pub trait InteractionWrites {
    /// Adds one that waits from here on. Those of dead processes are forgotten in time: see [`super::Log::prune`].
    async fn insert_interaction(&mut self, interaction: &Interaction) -> Result<()>;

    /// Ends the waiting of one: of all who try, one is told that they did.
    async fn delete_interaction(&mut self, id: InteractionId) -> Result<bool>;
}
