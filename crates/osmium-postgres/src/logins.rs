//! Logins and applications.

use crate::error::{failed, unknown};
use crate::row::number;
use crate::session::{Connection, Session};
use crate::transaction::Writer;
use async_trait::async_trait;
use osmium_model::{App, ClientId, Device, Login, LoginId, Timestamp, UserId};
use osmium_ports::StoreError;
use osmium_ports::store::{LoginReads, LoginWrites, Result};

struct LoginRow {
    login_id: i64,
    user_id: i64,
    client_id: i64,
    token_hash: Vec<u8>,
    device_kind: String,
    device_version: String,
    app_version: String,
    created_at: i64,
    last_active: i64,
}

impl TryFrom<LoginRow> for Login {
    type Error = StoreError;

    fn try_from(row: LoginRow) -> Result<Self> {
        Ok(Self {
            id: LoginId::from_sql(row.login_id),
            user_id: UserId::from_sql(row.user_id),
            client_id: ClientId(number(row.client_id)?),
            token_hash: (row.token_hash.try_into())
                .map_err(|hash: Vec<u8>| unknown("length of a token's hash", hash.len()))?,
            device: Device {
                kind: row.device_kind,
                version: row.device_version,
                app_version: row.app_version,
            },
            created_at: Timestamp::from_sql(row.created_at),
            last_active: Timestamp::from_sql(row.last_active),
        })
    }
}

#[async_trait]
impl<C: Connection> LoginReads for Session<C> {
    async fn find_login(&mut self, id: LoginId) -> Result<Option<Login>> {
        let row = sqlx::query_as!(
            LoginRow,
            "SELECT login_id, user_id, client_id, token_hash, device_kind, device_version, app_version,
                created_at, last_active
            FROM logins WHERE login_id = $1",
            id.to_sql(),
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        row.map(Login::try_from).transpose()
    }

    async fn logins(&mut self, user: UserId) -> Result<Vec<Login>> {
        let rows = sqlx::query_as!(
            LoginRow,
            "SELECT login_id, user_id, client_id, token_hash, device_kind, device_version, app_version,
                created_at, last_active
            FROM logins WHERE user_id = $1 ORDER BY last_active DESC, login_id DESC",
            user.to_sql(),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(Login::try_from).collect()
    }

    async fn apps(&mut self, ids: &[ClientId]) -> Result<Vec<App>> {
        let ids: Vec<i64> = ids.iter().map(|id| i64::from(id.0)).collect();
        let rows = sqlx::query!(
            "SELECT client_id, name, owner_id, bot_id FROM apps WHERE client_id = ANY($1)",
            &ids,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter()
            .map(|row| {
                Ok(App {
                    client_id: ClientId(number(row.client_id)?),
                    name: row.name,
                    owner_id: UserId::from_sql(row.owner_id),
                    bot_id: UserId::from_sql(row.bot_id),
                })
            })
            .collect()
    }
}

#[async_trait]
impl LoginWrites for Session<Writer> {
    async fn insert_login(&mut self, login: &Login) -> Result<()> {
        sqlx::query!(
            "INSERT INTO logins (login_id, user_id, client_id, token_hash, device_kind, device_version,
                app_version, created_at, last_active)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            login.id.to_sql(),
            login.user_id.to_sql(),
            i64::from(login.client_id.0),
            login.token_hash.as_slice(),
            login.device.kind,
            login.device.version,
            login.device.app_version,
            login.created_at.to_sql(),
            login.last_active.to_sql(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn touch_login(&mut self, id: LoginId, device: &Device, at: Timestamp) -> Result<()> {
        sqlx::query!(
            "UPDATE logins SET device_kind = $2, device_version = $3, app_version = $4, last_active = $5
            WHERE login_id = $1",
            id.to_sql(),
            device.kind,
            device.version,
            device.app_version,
            at.to_sql(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn delete_logins(&mut self, user: UserId, ids: &[LoginId]) -> Result<Vec<LoginId>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.to_sql()).collect();
        let deleted = sqlx::query_scalar!(
            "DELETE FROM logins WHERE user_id = $1 AND login_id = ANY($2) RETURNING login_id",
            user.to_sql(),
            &ids,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(deleted.into_iter().map(LoginId::from_sql).collect())
    }

    async fn insert_app(&mut self, app: &App) -> Result<()> {
        sqlx::query!(
            "INSERT INTO apps (client_id, name, owner_id, bot_id) VALUES ($1, $2, $3, $4)",
            i64::from(app.client_id.0),
            app.name,
            app.owner_id.to_sql(),
            app.bot_id.to_sql(),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
