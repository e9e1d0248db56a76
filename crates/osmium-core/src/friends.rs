//! Friends, requests and blocks: a step of one user about another, and what is told of it.

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use osmium_model::relationship::{NoStep, Step};
use osmium_model::{Event, Relationship, Topic, UserId};

/// Takes a step, in a transaction that holds the topics of both users. Each side hears what changes in its own view; so
/// nobody hears that they are blocked.
pub(crate) async fn take_step(
    cx: &Context,
    tx: &mut Tx,
    own: UserId,
    other: UserId,
    step: Step,
) -> Result<()> {
    let before = tx.find_pair(own, other).await?;
    let after = before.after(step).map_err(refused)?;
    if after.is_blocked() && !before.is_blocked() {
        // What is about to be written between them was allowed before.
        tx.raise_epoch(Topic::User(own));
    }
    let mut changes = vec![
        Change::new(own, other, before.mine, after.mine),
        Change::new(other, own, before.theirs, after.theirs),
    ];
    changes.retain(|change| change.before != change.after);
    for change in &changes {
        check_room(cx, tx, change).await?;
        tx.set_relationship(change.user, change.other, change.after)
            .await?;
    }
    for change in changes {
        tell(tx, change).await?;
    }
    Ok(())
}

fn refused(why: NoStep) -> Error {
    match why {
        NoStep::Friends => Error::conflict("You are friends already"),
        NoStep::Blocked => Error::conflict("You have blocked this user"),
        NoStep::NotAsked => Error::not_found("friend request"),
        // Nobody is told that they are blocked: what they follow leads nowhere.
        NoStep::Unwelcome => Error::not_found("invite"),
    }
}

/// What changes for one of the two.
struct Change {
    user: UserId,
    other: UserId,
    /// What the other was to the user.
    before: Option<Relationship>,
    /// What they are now.
    after: Option<Relationship>,
}

impl Change {
    fn new(
        user: UserId,
        other: UserId,
        before: Option<Relationship>,
        after: Option<Relationship>,
    ) -> Self {
        Self {
            user,
            other,
            before,
            after,
        }
    }
}

/// Requires that the user has room for what the other becomes to them.
async fn check_room(cx: &Context, tx: &mut Tx, change: &Change) -> Result<()> {
    use Relationship::{Blocked, Friend, Incoming, Outgoing};
    let limits = cx.limits();
    let (counted, limit, full): (&[_], _, _) = match change.after {
        None => return Ok(()),
        Some(Friend | Outgoing) => (
            &[Friend, Outgoing],
            limits.friends_per_user,
            "There are too many friends and requests",
        ),
        Some(Incoming) => (
            &[Incoming],
            limits.friend_requests_per_user,
            "Too many requests wait for this user's answer",
        ),
        Some(Blocked) => (
            &[Blocked],
            limits.blocks_per_user,
            "There are too many blocks",
        ),
    };
    let has_a_place = change
        .before
        .is_some_and(|before| counted.contains(&before));
    if !has_a_place && tx.count_relationships(change.user, counted).await? as usize >= limit {
        return Err(Error::too_large(full));
    }
    Ok(())
}

/// Tells the user what the other is to them now.
async fn tell(tx: &mut Tx, change: Change) -> Result<()> {
    let event = match change.after {
        None => Event::RelationshipEnded {
            other_id: change.other,
        },
        Some(relationship) => {
            let other = tx.find_user(change.other).await?;
            let known = tx.acquaintances(change.user, &[change.other]).await?;
            Event::RelationshipChanged {
                other: other.ok_or_else(|| Error::not_found("user"))?,
                relationship,
                acquainted: !known.is_empty(),
            }
        }
    };
    tx.record(Topic::User(change.user), event);
    Ok(())
}
