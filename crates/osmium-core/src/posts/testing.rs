//! What the tests of posting have in common.

use super::Post;
use osmium_model::{ChatId, ChatKind, ConnectionId, UserId};

/// A post to someone, in the chat whose id is the sum of both.
pub(super) fn post(author_id: UserId, to: UserId) -> Post {
    Post {
        chat_id: ChatId(author_id.0 + to.0),
        kind: ChatKind::between(author_id, to),
        epoch: None,
        author_id,
        client_id: None,
        origin: ConnectionId(0),
        text: String::new(),
        terms: String::new(),
        entities: Vec::new(),
        reply: None,
        forwarded: None,
        mentions: Vec::new(),
        bot: None,
    }
}
