//! Posts: messages on their way into the store. Those of one moment share a transaction.
//!
//! A disk flushes a few hundred times a second; so what is sent while one transaction commits is gathered and goes
//! together in the next. A post is answered only when its transaction is committed. Within a chat, messages stand
//! in the order in which they were posted here.
//!
//! Several transactions run at a time, each with topics of its own: so they share the flushes of the disk, and a topic which
//! someone else holds for long keeps up only those that went with it.

mod batch;
mod memory;
mod queue;

use crate::announcer::Announcer;
use crate::error::{Error, Reason, Result};
use crate::ids::Ids;
use crate::run::Ports;
use batch::Batch;
use memory::Memory;
use osmium_model::{
    BotInfo, Chat, ChatId, ChatKind, ConnectionId, Entity, Message, MessageId, MessageKind, Reply,
    Timestamp, Topic, UserId,
};
use osmium_ports::store::{Basis, Posting, Recorded};
use osmium_ports::{Clock, Store};
use queue::Queue;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{self, JoinSet};
use tokio::time::{Instant, sleep_until};

/// How many posts may wait, and how many more may be on their way into the queue; more are refused with "try again".
const WAITING: usize = 2048;
/// How many share a transaction at most.
const BATCH: usize = 128;
/// How many are enough for one to go without those who may be about to post.
const ENOUGH: usize = 32;
/// How long a transaction waits at most for those who may be about to post.
const LONGEST_MOMENT: Duration = Duration::from_millis(5);

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
            at_once: at_once.max(1),
            queue: Queue::default(),
            usual: 1,
            moment: Duration::ZERO,
            departure: None,
            under_way: JoinSet::new(),
            away: HashMap::new(),
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

/// Sends posts on their way together.
struct Dispatcher {
    committer: Arc<Committer>,
    at_once: usize,
    queue: Queue,
    /// How many went at about the same time, when some went last.
    usual: usize,
    /// How long they wait for more: as long as the last transaction took, which is what whoever comes too late for one waits.
    moment: Duration,
    /// When those that are ready go, however few they are.
    departure: Option<Instant>,
    /// Each gives how long it took.
    under_way: JoinSet<Duration>,
    /// The transactions under way.
    away: HashMap<task::Id, Away>,
}

/// A transaction under way.
struct Away {
    topics: BTreeSet<Topic>,
    posts: usize,
    since: Instant,
}

impl Dispatcher {
    async fn run(mut self, mut arriving: mpsc::Receiver<Waiting>) {
        let mut arrived = Vec::new();
        loop {
            let room = WAITING.saturating_sub(self.queue.len());
            let departure = self.departure.filter(|_| self.may_begin());
            tokio::select! {
                more = arriving.recv_many(&mut arrived, room), if room > 0 => match more {
                    0 => return,
                    _ => arrived.drain(..).for_each(|waiting| self.queue.push(waiting)),
                },
                Some(ended) = self.under_way.join_next_with_id() => {
                    let id = match ended {
                        Ok((id, took)) => {
                            self.moment = took.min(LONGEST_MOMENT);
                            id
                        }
                        Err(error) => error.id(),
                    };
                    if let Some(Away { topics, .. }) = self.away.remove(&id) {
                        self.queue.return_topics(&topics);
                    }
                }
                () = sleep_until(departure.unwrap_or_else(Instant::now)), if departure.is_some() => {}
            }
            self.depart();
        }
    }

    fn may_begin(&self) -> bool {
        self.under_way.len() < self.at_once
    }

    /// Begins a transaction with those that are ready, if they are as many as went at about the same time before, or enough, or
    /// have waited a moment: whoever was answered then may be about to post again, and would come just too late for this
    /// transaction and wait for all of it. Alone, nobody waits.
    fn depart(&mut self) {
        while self.queue.ready() > 0 && self.may_begin() {
            let departure = *self
                .departure
                .get_or_insert_with(|| Instant::now() + self.moment);
            if self.queue.ready() < self.usual.min(ENOUGH) && Instant::now() < departure {
                return;
            }
            self.departure = None;
            let posts = self.queue.take(BATCH);
            self.usual = posts.len() + self.just_gone();
            let away = Away {
                topics: queue::topics_of(&posts),
                posts: posts.len(),
                since: Instant::now(),
            };
            let task = self
                .under_way
                .spawn(self.committer.clone().answer_all(posts));
            self.away.insert(task.id(), away);
        }
    }

    /// How many went a moment ago: they are answered at about the same time as who goes now. If they then go together, they are
    /// fewer transactions.
    fn just_gone(&self) -> usize {
        let recent = self.away.values();
        let recent = recent.filter(|away| away.since.elapsed() < self.moment);
        recent.map(|away| away.posts).sum()
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
    /// Commits posts together and answers them; what else a commit entails comes after. Gives how long it took.
    async fn answer_all(self: Arc<Self>, posts: Vec<Waiting>) -> Duration {
        let began = Instant::now();
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
        began.elapsed()
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
            let posting = self.store.posting(&[]).await?;
            if let Some(posted) = self.post(posts, posting, basis, now).await? {
                return Ok(posted);
            }
        }
        let wanted = batch::wanted(posts);
        let topics: Vec<Topic> = wanted.topics.iter().copied().collect();
        for held in [&[][..], &topics] {
            let mut posting = self.store.posting(held).await?;
            let basis = posting.basis(&wanted).await?;
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
        let Some(recorded) = posting.post(draft).await? else {
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
