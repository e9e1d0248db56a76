//! `chats.createChat -> types.Group`: a new group that the caller owns, with these users in it.
//!
//! Nobody is greeted: everyone has been there from the start.

use crate::access::may_put_into_group;
use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::groups::{check_name, check_size};
use crate::method::{Access, Cost, Method};
use osmium_model::{
    Event, Group, GroupEvent, GroupId, GroupMember, ReadState, Topic, User, UserId,
};
use osmium_proto::chats::CreateChat;
use osmium_proto::types;
use osmium_wire::group;

impl Method for CreateChat {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::HEAVY;

    async fn call(self, cx: &Context) -> Result<types::Group> {
        let owner = cx.actor()?.user_id;
        let name = check_name(cx.limits(), &self.name)?;
        let mut others = Vec::new();
        for user in self.users.iter().map(|user| UserId(user.user_id)) {
            if user != owner && !others.contains(&user) {
                check_size(cx.limits(), others.len() + 2)?;
                others.push(user);
            }
        }
        let members: Vec<UserId> = std::iter::once(owner).chain(others.clone()).collect();
        let topics: Vec<Topic> = members.iter().copied().map(Topic::User).collect();
        let mut tx = cx.begin(&topics).await?;
        let users = tx.users(&members).await?;
        if users.len() < members.len() {
            return Err(Error::not_found("user"));
        }
        may_put_into_group(&mut *tx, owner, &others).await?;
        let group = new_group(cx, name, &members)?;
        tx.create_topic(Topic::Group(group.id)).await?;
        tx.insert_group(&group).await?;
        tell(&mut tx, &group, &users);
        tx.commit().await?;
        Ok(group::group(&group, owner))
    }
}

/// A group of these members, the first of whom owns it.
fn new_group(cx: &Context, name: String, members: &[UserId]) -> Result<Group> {
    let member = |user_id: &UserId| {
        Ok(GroupMember {
            user_id: *user_id,
            joined_id: cx.new_id()?,
            permissions: None,
        })
    };
    Ok(Group {
        id: GroupId(cx.new_id()?),
        name,
        owner_id: members.first().copied().ok_or_else(Error::signed_out)?,
        members: members.iter().map(member).collect::<Result<_>>()?,
    })
}

fn tell(tx: &mut Tx, group: &Group, users: &[User]) {
    for user in group.member_ids() {
        let joined = GroupEvent::Joined {
            group: group.clone(),
            users: users.to_vec(),
            chat: group.new_chat(),
            read: ReadState::default(),
            after: 0,
        };
        tx.record(Topic::User(user), Event::Group(joined));
    }
}
