//! Slow mode: how long a member waits between two messages in a channel.

use crate::access::InChat;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::posts::Post;
use crate::sending::sent_before;
use osmium_model::Permissions;
use osmium_ports::{Bucket, Verdict};

/// Whom slow mode does not hold for.
const EXEMPT: Permissions = Permissions::MODIFY_CHANNEL.union(Permissions::DELETE_MESSAGES);

/// Requires that someone who may send in a chat may send these messages already, and counts it. A repeat of what was sent is none
/// that would have to wait.
///
/// It is a rate like others, and shared by all gateways as those are.
pub(crate) async fn check(cx: &Context, reached: &InChat, posts: &[Post]) -> Result<()> {
    let InChat::Channel {
        community,
        channel,
        permissions,
    } = reached
    else {
        return Ok(());
    };
    let seconds = community.channel(*channel)?.slowmode_seconds;
    if seconds == 0 || permissions.intersects(EXEMPT) {
        return Ok(());
    }
    let [post] = posts else {
        return Err(Error::forbidden("Slow mode: one message at a time"));
    };
    if sent_before(cx, post.key()).await?.is_some() {
        return Ok(());
    }
    let bucket = Bucket {
        burst: 1,
        per_second: 1.0 / f64::from(seconds),
    };
    let key = format!("slow:{channel}:{}", post.author_id);
    match cx.core.ports.rates.take(&key, bucket, 1).await {
        Ok(Verdict::Pass) => Ok(()),
        Ok(Verdict::Wait(wait)) => Err(Error::rate_limited(wait)),
        Err(error) => {
            tracing::debug!(%error, "a message passes without slow mode");
            Ok(())
        }
    }
}
