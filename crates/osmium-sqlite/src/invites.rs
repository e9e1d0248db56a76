//! Invites.

use crate::error::{failed, unknown};
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{CommunityId, GroupId, Invite, InviteCode, InviteTarget, Timestamp, UserId};
use osmium_ports::StoreError;
use osmium_ports::store::{InviteReads, InviteWrites, Result};

struct InviteRow {
    code: String,
    creator_id: i64,
    target_kind: u8,
    target_id: i64,
    expires_at: Option<i64>,
    max_uses: Option<u32>,
    uses: u32,
}

impl TryFrom<InviteRow> for Invite {
    type Error = StoreError;

    fn try_from(row: InviteRow) -> Result<Self> {
        Ok(Self {
            code: InviteCode::parse(&row.code)
                .ok_or_else(|| unknown("length of invite code", row.code.len()))?,
            creator_id: UserId::from_sql(row.creator_id),
            target: target(row.target_kind, row.target_id)?,
            expires_at: row.expires_at.map(Timestamp::from_sql),
            max_uses: row.max_uses,
            uses: row.uses,
        })
    }
}

fn target(kind: u8, id: i64) -> Result<InviteTarget> {
    match kind {
        1 => Ok(InviteTarget::Community(CommunityId::from_sql(id))),
        2 => Ok(InviteTarget::Group(GroupId::from_sql(id))),
        3 => Ok(InviteTarget::User(UserId::from_sql(id))),
        _ => Err(unknown("kind of invite", kind)),
    }
}

fn target_columns(target: InviteTarget) -> (u8, i64) {
    match target {
        InviteTarget::Community(id) => (1, id.to_sql()),
        InviteTarget::Group(id) => (2, id.to_sql()),
        InviteTarget::User(id) => (3, id.to_sql()),
    }
}

#[async_trait]
impl<C: Connection> InviteReads for Session<C> {
    async fn find_invite(&mut self, code: &InviteCode) -> Result<Option<Invite>> {
        let code = code.as_str();
        let row = sqlx::query_as!(
            InviteRow,
            r#"SELECT code, creator_id, target_kind AS "target_kind: u8", target_id, expires_at,
                max_uses AS "max_uses: u32", uses AS "uses: u32"
            FROM invites WHERE code = $1"#,
            code,
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        row.map(Invite::try_from).transpose()
    }

    async fn invites_of(&mut self, target: InviteTarget, now: Timestamp) -> Result<Vec<Invite>> {
        let (kind, id) = target_columns(target);
        let now = now.to_sql();
        let rows = sqlx::query_as!(
            InviteRow,
            r#"SELECT code, creator_id, target_kind AS "target_kind: u8", target_id, expires_at,
                max_uses AS "max_uses: u32", uses AS "uses: u32"
            FROM invites
            WHERE target_kind = $1 AND target_id = $2
                AND (expires_at IS NULL OR expires_at > $3)
                AND (max_uses IS NULL OR uses < max_uses)
                AND NOT EXISTS (SELECT 1 FROM listings WHERE invite_code = code)
            ORDER BY created_at DESC, code"#,
            kind,
            id,
            now,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Invite::try_from).collect()
    }
}

#[async_trait]
impl InviteWrites for Session<Writer> {
    async fn insert_invite(&mut self, invite: &Invite, at: Timestamp) -> Result<()> {
        let (code, creator) = (invite.code.as_str(), invite.creator_id.to_sql());
        let (kind, id) = target_columns(invite.target);
        let (expires_at, at) = (invite.expires_at.map(Timestamp::to_sql), at.to_sql());
        sqlx::query!(
            "INSERT INTO invites (code, creator_id, target_kind, target_id, expires_at,
                max_uses, uses, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            code,
            creator,
            kind,
            id,
            expires_at,
            invite.max_uses,
            invite.uses,
            at,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_invite(&mut self, code: &InviteCode) -> Result<bool> {
        let code = code.as_str();
        let deleted = sqlx::query!(
            "DELETE FROM invites
            WHERE code = $1 AND NOT EXISTS (SELECT 1 FROM listings WHERE invite_code = $1)",
            code,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(deleted.rows_affected() == 1)
    }

    async fn count_use(&mut self, code: &InviteCode) -> Result<bool> {
        let code = code.as_str();
        let counted = sqlx::query!(
            "UPDATE invites SET uses = uses + 1
            WHERE code = $1 AND (max_uses IS NULL OR uses < max_uses)",
            code,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(counted.rows_affected() == 1)
    }
}
