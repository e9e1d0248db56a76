//! `communities.deleteRole -> ()`: deletes a role below the caller's highest, and takes it from its holders. Needs
//! `MODIFY_ROLES`.
//!
//! Members are told of each holder, unless there are very many: that the role is gone, they are told anyway.

use crate::communities::{record_community_changed, row};
use crate::context::{Context, Tx};
use crate::error::Result;
use crate::method::{Access, Cost, Method};
use osmium_model::event::MemberEdit;
use osmium_model::{Community, CommunityId, Event, Member, Permissions, RoleId, Topic};
use osmium_proto::communities::DeleteRole;

impl Method for DeleteRole {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::WRITE;

    async fn call(self, cx: &Context) -> Result<()> {
        let (community_id, role) = (CommunityId(self.community_id), RoleId(self.id));
        let (mut tx, here) = cx.begin_in(community_id, &[]).await?;
        here.require(Permissions::MODIFY_ROLES)?;
        here.role_below(role)?;
        let told = cx.limits().holders_told;
        let holders = tx.holders(role, told.saturating_add(1)).await?;
        tx.delete_role(role).await?;
        let community = row(&mut tx, community_id).await?;
        let epoch = record_community_changed(&mut tx, community.clone());
        if holders.len() <= told as usize {
            record_without(&mut tx, &community, role, holders, epoch);
        }
        tx.commit().await
    }
}

fn record_without(
    tx: &mut Tx,
    community: &Community,
    role: RoleId,
    holders: Vec<Member>,
    epoch: u64,
) {
    for mut member in holders {
        member.role_ids.retain(|held| *held != role);
        tx.record(
            Topic::Community(community.id),
            Event::MemberChanged {
                community: community.clone(),
                member,
                epoch,
                edit: MemberEdit::RoleDeleted,
            },
        );
    }
}
