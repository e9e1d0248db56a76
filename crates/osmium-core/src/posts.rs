//! Posts: messages on their way into the store. Those of one moment share a transaction.
//!
//! A disk flushes a few hundred times a second; so what is sent while one transaction commits is gathered and goes
//! together in the next. A post is answered only when its transaction is committed. Within a chat, messages stand
//! in the order in which they were posted here.
//!
//! Several transactions run at a time, each with topics of its own: so they share the flushes of the disk, and a topic which
//! someone else holds for long keeps up only those that went with it.

mod batch;
mod departures;
mod memory;
mod queue;
#[cfg(test)]
mod testing;

use crate::announcer::Announcer;
use crate::error::{Error, Reason, Result};
use crate::ids::Ids;
use crate::run::Ports;
use batch::Batch;
use departures::Departures;
use memory::Memory;
use osmium_model::{
    BotInfo, Chat, ChatId, ChatKind, ConnectionId, Entity, Message, MessageId, MessageKind, Reply,
    Timestamp, Topic, UserId,
};
use osmium_ports::store::{Basis, Posting, Recorded, in_time};
use osmium_ports::{Clock, Store};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{self, JoinSet};
use tokio::time::{Instant, sleep_until};

/// How many posts may wait, and how many more may be on their way into the queue; more are refused with "try again".
const WAITING: usize = 2048;

/// A message to be posted, by someone who may.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    /// Where; the chat exists.
    pub(crate) chat_id: ChatId,
    /// What the chat is.
    pub(crate) kind: ChatKind,
    /// The epoch of the rules by which the author may: of the chat's topics, added up. None if they always may.
    pub(crate) epoch: Option<u64>,
    /// Who.
    pub(crate) author_id: UserId,
    /// What their client calls the message: a repeat is recognised by it.
    pub(crate) client_id: Option<u64>,
    /// The connection that it came on.
    pub(crate) origin: ConnectionId,
    /// The text.
    pub(crate) text: String,
    /// What the text is found by, as [`osmium_ports::store::terms_of`] gives it: made by whoever posts, and not for one post
    /// after the other on the way into the store.
    pub(crate) terms: String,
    /// How parts of it look.
    pub(crate) entities: Vec<Entity>,
    /// What it answers.
    pub(crate) reply: Option<Reply>,
    /// When what it forwards was first sent.
    pub(crate) forwarded: Option<Timestamp>,
    /// Whom it mentions.
    pub(crate) mentions: Vec<UserId>,
    /// What a bot attaches to it.
    pub(crate) bot: Option<BotInfo>,
}

/// What became of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Posted {
    /// It was sent, or had been before: the message's id.
    Sent(MessageId),
    /// The rules changed since the author was allowed: look again.
    Stale,
    /// The chat or the author is gone.
    Gone,
}

/// Hands posts to the task that has them committed.
pub(crate) struct Posts {
    waiting: mpsc::Sender<Waiting>,
}

/// A post, and who waits for what becomes of it.
type Waiting = (Arc<Post>, oneshot::Sender<Result<Posted>>);

impl Posts {
    /// A way in, and the task behind it, which runs so many transactions at a time at most.
    pub(crate) fn new(
        ports: &Ports,
        ids: &Arc<Ids>,
        announcer: &Announcer,
        at_once: usize,
    ) -> (Self, impl Future<Output = ()> + Send + use<>) {
        let (waiting, arriving) = mpsc::channel(WAITING);
        let committer = Committer {
            store: ports.store.clone(),
            clock: ports.clock.clone(),
            ids: ids.clone(),
            announcer: announcer.clone(),
            memory: Memory::new(),
        };
        let dispatcher = Dispatcher {
            committer: Arc::new(committer),
            departures: Departures::new(at_once),
            under_way: JoinSet::new(),
        };
        (Self { waiting }, dispatcher.run(arriving))
    }

    /// Posts a message, behind those that were posted before. What comes back waits until it is committed.
    pub(crate) fn post(
        &self,
        post: Arc<Post>,
    ) -> Result<impl Future<Output = Result<Posted>> + use<>> {
        let (answer, answered) = oneshot::channel();
        self.waiting
            .try_send((post, answer))
            .map_err(|_| Error::unavailable())?;
        Ok(async { answered.await.map_err(|_| Error::unavailable())? })
    }
}

/// Sends posts on their way together, as [`Departures`] says.
struct Dispatcher {
    committer: Arc<Committer>,
    departures: Departures<task::Id>,
    under_way: JoinSet<()>,
}

impl Dispatcher {
    async fn run(mut self, mut arriving: mpsc::Receiver<Waiting>) {
        let mut arrived = Vec::new();
        loop {
            let room = WAITING.saturating_sub(self.departures.waiting());
            let next = self.departures.next();
            tokio::select! {
                more = arriving.recv_many(&mut arrived, room), if room > 0 => match more {
                    0 => return,
                    _ => arrived.drain(..).for_each(|waiting| self.departures.push(waiting)),
                },
                Some(ended) = self.under_way.join_next_with_id() => {
                    let id = ended.map_or_else(|error| error.id(), |(id, ())| id);
                    self.departures.ended(&id, Instant::now());
                }
                () = sleep_until(next.unwrap_or_else(Instant::now)), if next.is_some() => {}
            }
            self.departures.depart(Instant::now(), |posts| {
                let answering = self.committer.clone().answer_all(posts);
                self.under_way.spawn(answering).id()
            });
        }
    }
}

/// What a commit leaves behind: to build on, and to tell.
struct Commit {
    left: Basis,
    recorded: Vec<Recorded>,
}

struct Committer {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<Ids>,
    announcer: Announcer,
    memory: Memory,
}

impl Committer {
    /// Commits posts together and answers them; what else a commit entails comes after.
    async fn answer_all(self: Arc<Self>, posts: Vec<Waiting>) {
        let (posts, answers): (Vec<_>, Vec<_>) = posts.into_iter().unzip();
        metrics::histogram!("osmium_posts_per_commit").record(posts.len() as f64);
        let (outcomes, commits) = self.commit_all(&posts).await;
        for (answer, outcome) in answers.into_iter().zip(outcomes) {
            // Who asked may have gone; the message is sent all the same.
            let _ = answer.send(outcome);
        }
        // Whoever was answered goes first: they may have more to post, and nobody is told any later for it.
        task::yield_now().await;
        for Commit { left, recorded } in commits {
            self.memory.left(&left);
            self.announcer.recorded(recorded);
        }
    }

    /// Commits posts together. If that is a failure of ours, one by one, so that one does not take others along.
    async fn commit_all(&self, posts: &[Arc<Post>]) -> (Vec<Result<Posted>>, Vec<Commit>) {
        let together = self.commit(posts).await;
        let is_ours = matches!(&together, Err(error) if error.reason == Reason::Internal);
        if !is_ours || posts.len() == 1 {
            return match together {
                Ok((outcomes, commit)) => (
                    outcomes.into_iter().map(Ok).collect(),
                    commit.into_iter().collect(),
                ),
                Err(error) => (vec![Err(error); posts.len()], Vec::new()),
            };
        }
        let (mut outcomes, mut commits) = (Vec::with_capacity(posts.len()), Vec::new());
        for post in posts {
            let alone = self.commit(std::slice::from_ref(post)).await;
            outcomes.push(alone.and_then(|(mut outcome, commit)| {
                commits.extend(commit);
                outcome.pop().ok_or_else(Error::internal)
            }));
        }
        (outcomes, commits)
    }

    /// Commits posts together: built on what earlier ones left, or on a look, or, where someone else wrote to these topics
    /// at this moment, on topics that are held. Gives what became of each; and the commit, unless there was nothing to write.
    async fn commit(&self, posts: &[Arc<Post>]) -> Result<(Vec<Posted>, Option<Commit>)> {
        let now = self.clock.now();
        if let Some(basis) = self.memory.recall(posts) {
            let posting = in_time(self.store.posting(&[])).await?;
            if let Some(posted) = self.post(posts, posting, basis, now).await? {
                return Ok(posted);
            }
        }
        let wanted = batch::wanted(posts);
        let topics: Vec<Topic> = wanted.topics.iter().copied().collect();
        for held in [&[][..], &topics] {
            let mut posting = in_time(self.store.posting(held)).await?;
            let basis = in_time(posting.basis(&wanted)).await?;
            self.memory.looked(posts, &basis);
            if let Some(posted) = self.post(posts, posting, basis, now).await? {
                return Ok(posted);
            }
        }
        Err(Error::unavailable())
    }

    /// Writes posts that are built on this, unless it has changed meanwhile.
    async fn post(
        &self,
        posts: &[Arc<Post>],
        posting: Box<dyn Posting>,
        basis: Basis,
        now: Timestamp,
    ) -> Result<Option<(Vec<Posted>, Option<Commit>)>> {
        let mut batch = Batch::new(basis, now);
        let mut outcomes = Vec::with_capacity(posts.len());
        for post in posts {
            outcomes.push(batch.add(&self.ids, post)?);
        }
        let Some((draft, left)) = batch.into_draft() else {
            return Ok(Some((outcomes, None)));
        };
        let Some(recorded) = in_time(posting.post(draft)).await? else {
            metrics::counter!("osmium_posts_overtaken_total").increment(1);
            self.memory.forget(left.topics.keys());
            return Ok(None);
        };
        Ok(Some((outcomes, Some(Commit { left, recorded }))))
    }
}

/// The next message of a chat that is held, still empty and of nobody; the chat's counters move with it.
pub(crate) fn next_message(chat: &mut Chat, ids: &Ids, kind: MessageKind) -> Result<Message> {
    let id = MessageId(ids.next_above(chat.highest_id)?);
    (chat.last_ordinal, chat.highest_id) = (chat.last_ordinal + 1, id.0);
    chat.last_message_id = Some(id);
    Ok(Message {
        id,
        chat_id: chat.id,
        ordinal: chat.last_ordinal,
        author_id: UserId(0),
        kind,
        text: String::new(),
        entities: Vec::new(),
        reply: None,
        forwarded: None,
        bot: None,
        edited_at: None,
        pinned: false,
    })
}
