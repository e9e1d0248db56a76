//! The store: rows and the log, in one database.
//!
//! Reads come in [`Reader`], one trait a noun; a [`Transaction`] is a reader that also writes and records
//! events. Stores give model types back, never the wire's.

mod channels;
mod chats;
mod communities;
mod error;
mod groups;
mod interactions;
mod invites;
mod log;
mod logins;
mod members;
mod mentions;
mod messages;
mod patience;
mod pins;
mod posting;
mod reactions;
mod recounts;
mod relationships;
mod reports;
mod search;
mod users;

pub use channels::{ChannelReads, ChannelWrites, OverrideList};
pub use chats::{ChatPage, ChatReads, ChatWrites, CounterRows, Unread};
pub use communities::{CommunityReads, CommunityWrites, Listed};
pub use error::StoreError;
pub use groups::{GroupReads, GroupWrites};
pub use interactions::{InteractionReads, InteractionWrites};
pub use invites::{InviteReads, InviteWrites};
pub use log::{Log, LogEntry, Position, Recorded, TopicRange, WorkerLease};
pub use logins::{LoginReads, LoginWrites};
pub use members::{MemberReads, MemberWrites};
pub use mentions::{MentionReads, MentionWrites};
pub use messages::{HistoryPage, Idempotency, MessageReads, MessageWrites, NewMessage};
pub use patience::in_time;
pub use pins::{PinReads, PinWrites};
pub use posting::{Basis, Draft, Posting, TopicState, Wanted};
pub use reactions::{Reacted, ReactionReads, ReactionWrites};
pub use recounts::{RecountReads, RecountWrites};
pub use relationships::{Between, RelationshipReads, RelationshipWrites};
pub use reports::{ReportReads, ReportWrites};
pub use search::{SearchPage, SearchReads, Stretch, Walk, term_of, terms, terms_of};
pub use users::{UserReads, UserWrites};

use async_trait::async_trait;
use osmium_model::{Event, Topic};

/// The outcome of a store's operation.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A database.
///
/// What [`Transaction::commit`] acknowledged survives a crash of this process, of the database, and of the
/// machine.
#[async_trait]
pub trait Store: Log {
    /// For reading outside a transaction. Each call on it sees what is committed by then; two calls may see
    /// different states.
    async fn read(&self) -> Result<Box<dyn Reader>>;

    /// Begins a transaction that holds these topics, waiting for others that do. Whoever changes rows of a
    /// topic (its messages, members, channels, read positions) holds it, so what is read after this
    /// is the latest and stays so. A topic that does not exist is passed over: [`Transaction::holds`] tells.
    ///
    /// Transactions take their topics in one order, so they cannot wait for each other in a circle. Dropping
    /// a transaction undoes it.
    async fn begin(&self, topics: &[Topic]) -> Result<Box<dyn Transaction>>;

    /// For posting messages. The topics named here are held as in [`Store::begin`], at the price of waiting for them; for
    /// others it turns out in the end whether anyone else moved them meanwhile.
    async fn posting(&self, held: &[Topic]) -> Result<Box<dyn Posting>>;

    /// Whether the database can be reached and has the schema of this release.
    async fn ping(&self) -> Result<()>;
}

/// Everything that can be read.
pub trait Reader:
    UserReads
    + LoginReads
    + RelationshipReads
    + CommunityReads
    + MemberReads
    + ChannelReads
    + ChatReads
    + GroupReads
    + MentionReads
    + MessageReads
    + PinReads
    + RecountReads
    + ReactionReads
    + SearchReads
    + InviteReads
    + InteractionReads
    + ReportReads
    + Send
{
}

impl<T> Reader for T where
    T: UserReads
        + LoginReads
        + RelationshipReads
        + CommunityReads
        + MemberReads
        + ChannelReads
        + ChatReads
        + GroupReads
        + MentionReads
        + MessageReads
        + PinReads
        + RecountReads
        + ReactionReads
        + SearchReads
        + InviteReads
        + InteractionReads
        + ReportReads
        + Send
{
}

/// A transaction: rows and events that are committed together or not at all.
#[async_trait]
pub trait Transaction:
    Reader
    + UserWrites
    + LoginWrites
    + RelationshipWrites
    + CommunityWrites
    + MemberWrites
    + ChannelWrites
    + ChatWrites
    + GroupWrites
    + MentionWrites
    + MessageWrites
    + PinWrites
    + RecountWrites
    + ReactionWrites
    + InviteWrites
    + InteractionWrites
    + ReportWrites
{
    /// Whether this transaction holds the topic: it was named at the start and exists, or was created here.
    fn holds(&self, topic: Topic) -> bool;

    /// The permission epoch of a topic that is held; see [`Transaction::raise_epoch`].
    fn epoch(&self, topic: Topic) -> Option<u64>;

    /// Says that the rules of a community or group that is held, or who holds what in it, or who may write to a user
    /// change with this transaction: views of it with an older epoch are stale once it commits. Tells the new epoch, which
    /// [`Transaction::epoch`] tells from here on; a transaction raises it once, however often this is called.
    ///
    /// # Panics
    /// If the topic is not held.
    fn raise_epoch(&mut self, topic: Topic) -> u64;

    /// Makes a topic, and holds it.
    async fn create_topic(&mut self, topic: Topic) -> Result<()>;

    /// Appends an event to a topic that is held, and tells the number that it has once this commits.
    ///
    /// # Panics
    /// If the topic is not held: that is a mistake in the method, not of the caller.
    fn record(&mut self, topic: Topic, event: Event) -> u64;

    /// Commits rows and events, and tells the numbers that the events got. If this fails with
    /// [`StoreError::Unavailable`], it is not known whether they were committed.
    async fn commit(self: Box<Self>) -> Result<Vec<Recorded>>;
}
