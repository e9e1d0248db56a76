//! Groups and their members.

use super::Result;
use async_trait::async_trait;
use osmium_model::{Group, GroupId, GroupMember, ReadState, UserId};

/// Reading groups.
#[async_trait]
pub trait GroupReads {
    /// Those of the groups that exist, each with its permission epoch at the same moment, in no order.
    async fn groups(&mut self, ids: &[GroupId]) -> Result<Vec<(Group, u64)>>;
}

/// Writing groups. Whoever does holds the group's topic, and the user's who comes or goes.
#[async_trait]
pub trait GroupWrites {
    /// Adds a group with its chat, in the lists of its members. Its topic is created by the caller.
    async fn insert_group(&mut self, group: &Group) -> Result<()>;

    /// Replaces a group's name and owner.
    async fn update_group(&mut self, group: &Group) -> Result<()>;

    /// Deletes a group with all that was said in it, and its invites. Its topic stays, so that the end can be told.
    async fn delete_group(&mut self, id: GroupId) -> Result<()>;

    /// Adds someone who is no member, with the group in their list, and has read this far.
    async fn insert_group_member(
        &mut self,
        id: GroupId,
        member: &GroupMember,
        read: ReadState,
    ) -> Result<()>;

    /// Replaces what a member may do.
    async fn update_group_member(&mut self, id: GroupId, member: &GroupMember) -> Result<()>;

    /// Removes a member, and forgets how far they have read.
    async fn delete_group_member(&mut self, id: GroupId, user: UserId) -> Result<()>;
}
