//! Posts: messages on their way into the store. Those of one moment share a transaction.
//!
//! A disk flushes a few hundred times a second; so what is sent while one transaction commits is gathered and goes
//! together in the next. A post is answered only when its transaction is committed. Within a chat, messages stand
//! in the order in which they were posted here.
//!
//! There are several lanes, so that a topic which someone else holds for long keeps up only a part of what is sent. What
//! is posted in one topic goes by one lane.

use crate::announcer::Announcer;
use crate::context::{Context, Tx};
use crate::error::{Error, Reason, Result};
use crate::ids::Ids;
use crate::run::Ports;
use osmium_model::{
    Chat, ChatId, ChatKind, ConnectionId, Entity, Event, Message, MessageId, MessageKind, Reply,
    Timestamp, Topic, User, UserId,
};
use osmium_ports::store::Idempotency;
use osmium_ports::{Clock, Store};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// How many posts may wait; more are refused with "try again".
const WAITING: usize = 4096;
/// How many share a transaction at most.
const BATCH: usize = 128;
/// How long a transaction waits for those who may be about to post.
const MOMENT: Duration = Duration::from_millis(1);
/// How long a repeated send is recognised.
const REMEMBERED: Duration = Duration::from_hours(24);

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
    /// How parts of it look.
    pub(crate) entities: Vec<Entity>,
    /// What it answers.
    pub(crate) reply: Option<Reply>,
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

/// Hands posts to the tasks that commit them.
pub(crate) struct Posts {
    lanes: Vec<mpsc::Sender<Waiting>>,
}

/// A post, and who waits for what becomes of it.
type Waiting = (Post, oneshot::Sender<Result<Posted>>);

impl Posts {
    /// A way in, and the task behind each of its lanes.
    pub(crate) fn new(
        ports: &Ports,
        ids: &Arc<Ids>,
        announcer: &Announcer,
        lanes: usize,
    ) -> (Self, Vec<impl Future<Output = ()> + Send + use<>>) {
        let lane = |_| {
            let (waiting, taken) = mpsc::channel(WAITING);
            let committer = Committer {
                store: ports.store.clone(),
                clock: ports.clock.clone(),
                ids: ids.clone(),
                announcer: announcer.clone(),
            };
            (waiting, committer.run(taken))
        };
        let (lanes, tasks) = (0..lanes.max(1)).map(lane).unzip();
        (Self { lanes }, tasks)
    }

    /// Posts a message, and waits until it is committed.
    pub(crate) async fn post(&self, post: Post) -> Result<Posted> {
        let (answer, answered) = oneshot::channel();
        let lane = self.lane(&post).ok_or_else(Error::unavailable)?;
        lane.try_send((post, answer))
            .map_err(|_| Error::unavailable())?;
        answered.await.map_err(|_| Error::unavailable())?
    }

    fn lane(&self, post: &Post) -> Option<&mpsc::Sender<Waiting>> {
        let topic = post.kind.topics().first().copied()?;
        self.lanes
            .get(usize::from(topic.partition().0) % self.lanes.len())
    }
}

/// Waits a moment until as many posts are there as went together the last time: whoever was answered then may be about to
/// post again, and would come just too late for this transaction and wait for all of it. Alone, nobody waits.
async fn gather(waiting: &mut mpsc::Receiver<Waiting>, taken: &mut Vec<Waiting>, usual: usize) {
    let moment = tokio::time::sleep(MOMENT);
    tokio::pin!(moment);
    while taken.len() < usual {
        let room = BATCH - taken.len();
        tokio::select! {
            more = waiting.recv_many(taken, room) => if more == 0 { return },
            () = &mut moment => return,
        }
    }
}

struct Committer {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<Ids>,
    announcer: Announcer,
}

impl Committer {
    async fn run(self, mut waiting: mpsc::Receiver<Waiting>) {
        let mut taken = Vec::with_capacity(BATCH);
        let mut usual = 1;
        while waiting.recv_many(&mut taken, BATCH).await > 0 {
            gather(&mut waiting, &mut taken, usual).await;
            usual = taken.len();
            let (posts, answers): (Vec<_>, Vec<_>) = taken.drain(..).unzip();
            metrics::histogram!("osmium_posts_per_commit").record(posts.len() as f64);
            for (answer, outcome) in answers.into_iter().zip(self.commit_all(&posts).await) {
                // Who asked may have gone; the message is sent all the same.
                let _ = answer.send(outcome);
            }
        }
    }

    /// Commits posts together. If that is a failure of ours, one by one, so that one does not take others along.
    async fn commit_all(&self, posts: &[Post]) -> Vec<Result<Posted>> {
        match self.commit(posts).await {
            Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
            Err(error) if error.reason == Reason::Internal && posts.len() > 1 => {
                let mut outcomes = Vec::with_capacity(posts.len());
                for post in posts {
                    let outcome = self.commit(std::slice::from_ref(post)).await;
                    outcomes
                        .push(outcome.and_then(|mut one| one.pop().ok_or_else(Error::internal)));
                }
                outcomes
            }
            Err(error) => vec![Err(error); posts.len()],
        }
    }

    async fn commit(&self, posts: &[Post]) -> Result<Vec<Posted>> {
        let topics: BTreeSet<Topic> = posts.iter().flat_map(|post| post.kind.topics()).collect();
        let topics: Vec<Topic> = topics.into_iter().collect();
        let mut tx = Tx::new(self.store.begin(&topics).await?, self.announcer.clone());
        let now = self.clock.now();
        let mut batch = Batch::read(&mut tx, posts, now).await?;
        let mut outcomes = Vec::with_capacity(posts.len());
        for post in posts {
            outcomes.push(batch.add(&mut tx, &self.ids, post)?);
        }
        if !batch.messages.is_empty() {
            tx.insert_messages(&batch.messages, now).await?;
            tx.commit().await?;
        }
        Ok(outcomes)
    }
}

/// The messages of one transaction.
struct Batch {
    chats: HashMap<ChatId, Chat>,
    authors: HashMap<UserId, User>,
    sent: HashMap<Idempotency, MessageId>,
    messages: Vec<(Message, Option<Idempotency>)>,
}

impl Batch {
    async fn read(tx: &mut Tx, posts: &[Post], now: Timestamp) -> Result<Self> {
        let ids: BTreeSet<ChatId> = posts.iter().map(|post| post.chat_id).collect();
        let ids: Vec<ChatId> = ids.into_iter().collect();
        let chats = tx
            .chats(&ids)
            .await?
            .into_iter()
            .map(|chat| (chat.id, chat))
            .collect();
        let authors: BTreeSet<UserId> = posts.iter().map(|post| post.author_id).collect();
        let authors: Vec<UserId> = authors.into_iter().collect();
        let authors = tx
            .users(&authors)
            .await?
            .into_iter()
            .map(|user| (user.id, user))
            .collect();
        let keys: Vec<Idempotency> = posts.iter().filter_map(Post::key).collect();
        let sent = if keys.is_empty() {
            HashMap::new()
        } else {
            tx.sent(&keys, now.minus(REMEMBERED))
                .await?
                .into_iter()
                .collect()
        };
        Ok(Self {
            chats,
            authors,
            sent,
            messages: Vec::with_capacity(posts.len()),
        })
    }

    fn add(&mut self, tx: &mut Tx, ids: &Ids, post: &Post) -> Result<Posted> {
        let key = post.key();
        if let Some(id) = key.and_then(|key| self.sent.get(&key)) {
            return Ok(Posted::Sent(*id));
        }
        let topics = post.kind.topics();
        if topics.iter().any(|topic| !tx.holds(*topic)) {
            return Ok(Posted::Gone);
        }
        let epoch = topics.iter().filter_map(|topic| tx.epoch(*topic)).sum();
        if post.epoch.is_some_and(|checked| checked != epoch) {
            return Ok(Posted::Stale);
        }
        let Some(author) = self.authors.get(&post.author_id) else {
            return Ok(Posted::Gone);
        };
        let Some(chat) = self.chats.get_mut(&post.chat_id) else {
            return Ok(Posted::Gone);
        };
        let message = post.next_in(chat, ids)?;
        let id = message.id;
        for topic in topics {
            tx.record(
                topic,
                Event::MessageCreated {
                    chat: *chat,
                    message: message.clone(),
                    author: author.clone(),
                    client_id: post.client_id,
                    origin: Some(post.origin),
                },
            );
        }
        if let Some(key) = key {
            self.sent.insert(key, id);
        }
        self.messages.push((message, key));
        Ok(Posted::Sent(id))
    }
}

impl Post {
    /// Whether this was sent before.
    pub(crate) async fn is_repeat(&self, cx: &Context) -> Result<bool> {
        let Some(key) = self.key() else {
            return Ok(false);
        };
        let since = cx.now().minus(REMEMBERED);
        Ok(!cx.read().await?.sent(&[key], since).await?.is_empty())
    }

    fn key(&self) -> Option<Idempotency> {
        let (author_id, chat_id) = (self.author_id, self.chat_id);
        self.client_id.map(|client_id| Idempotency {
            author_id,
            chat_id,
            client_id,
        })
    }

    fn next_in(&self, chat: &mut Chat, ids: &Ids) -> Result<Message> {
        let mut message = next_message(chat, ids, MessageKind::Normal)?;
        message.author_id = self.author_id;
        message.text.clone_from(&self.text);
        message.entities.clone_from(&self.entities);
        message.reply.clone_from(&self.reply);
        Ok(message)
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
        edited_at: None,
        pinned: false,
    })
}
