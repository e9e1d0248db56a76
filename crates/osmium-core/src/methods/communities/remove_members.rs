//! `communities.removeMembers -> communities.RemovedMembers`: kicks members, or bans users, whether or not they are members.
//! Needs `REMOVE_MEMBERS` and a place above each of them.
//!
//! Without `until` they are kicked; 0 bans for ever, a time until then. What they wrote since a time can go with them.

use crate::access::InCommunity;
use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::membership::{delete_written, named, part};
use crate::method::{Access, Cost, Method};
use crate::texts::fits;
use osmium_model::{Ban, CommunityId, Limits, Permissions, Timestamp, Topic, UserId};
use osmium_proto::communities::{RemoveMembers, RemovedMembers};
use osmium_wire::community;
use std::collections::{BTreeSet, HashMap};

impl Method for RemoveMembers {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::HEAVY;

    async fn call(self, cx: &Context) -> Result<RemovedMembers> {
        let id = CommunityId(self.community_id);
        let named = named(cx.limits(), &self.member_ids)?;
        check_reason(cx.limits(), self.reason.as_deref())?;
        let until = self.until.map(|until| parse_until(cx, until)).transpose()?;
        // Who may not do this holds up nobody.
        let here = cx.community(&mut *cx.read().await?, id).await?;
        here.require(Permissions::REMOVE_MEMBERS)?;
        // Their topics are held too: nobody reads on meanwhile in what they are parted from.
        let theirs: Vec<Topic> = named.iter().copied().map(Topic::User).collect();
        let (mut tx, here) = cx.begin_in(id, &theirs).await?;
        here.require(Permissions::REMOVE_MEMBERS)?;
        let removed = may_remove(&mut tx, &here, named, until.is_some()).await?;
        part(&mut tx, id, &removed).await?;
        let bans = match until {
            None => Vec::new(),
            Some(until) => {
                let ban = |user: &UserId| Ban {
                    community_id: id,
                    user_id: *user,
                    until,
                    reason: self.reason.clone().filter(|reason| !reason.is_empty()),
                };
                removed.iter().map(ban).collect()
            }
        };
        tx.set_bans(&bans, cx.now()).await?;
        if let Some(since) = self.delete_messages_since {
            delete_written(cx, &mut tx, id, &removed, Timestamp::from_client(since)).await?;
        }
        let users = tx.users(&removed).await?;
        tx.commit().await?;
        let rendered = cx.with_statuses(&users).await;
        let mut users: HashMap<u64, _> = rendered.into_iter().map(|user| (user.id, user)).collect();
        let members = if bans.is_empty() {
            let kicked =
                |user: UserId| community::kicked(user, users.remove(&user.0), self.reason.clone());
            removed.into_iter().map(kicked).collect()
        } else {
            let banned = |ban: &Ban| community::removed(ban, users.remove(&ban.user_id.0));
            bans.iter().map(banned).collect()
        };
        Ok(RemovedMembers { members })
    }
}

/// When a ban ends; none if it never does.
fn parse_until(cx: &Context, until: u64) -> Result<Option<Timestamp>> {
    let ends = (until != 0).then(|| Timestamp::from_client(until));
    if ends.is_some_and(|ends| ends <= cx.now()) {
        return Err(Error::invalid("until is in the past"));
    }
    Ok(ends)
}

fn check_reason(limits: &Limits, reason: Option<&str>) -> Result<()> {
    let max = limits.reason_length;
    if !fits(reason.unwrap_or_default(), max) {
        return Err(Error::invalid(format!(
            "A reason has at most {max} characters"
        )));
    }
    Ok(())
}

/// Those of the named who are removed: members, and for a ban all users. One who may not be removed saves all.
async fn may_remove(
    tx: &mut Tx,
    here: &InCommunity,
    named: BTreeSet<UserId>,
    ban: bool,
) -> Result<Vec<UserId>> {
    if named.contains(&here.member.user_id) {
        return Err(Error::invalid("To remove oneself is to leave"));
    }
    let named: Vec<UserId> = named.into_iter().collect();
    let members = tx.members(here.member.community_id, &named).await?;
    for member in &members {
        here.require_above(here.rank_of(member))?;
    }
    let mut removed: Vec<UserId> = if ban {
        let users = tx.users(&named).await?;
        users.into_iter().map(|user| user.id).collect()
    } else {
        members.into_iter().map(|member| member.user_id).collect()
    };
    removed.sort_unstable();
    Ok(removed)
}
