//! Users, profiles and accounts.

use crate::error::{failed, unknown};
use crate::row::optional_number;
use crate::session::{Connection, Session};
use crate::transaction::{Writer, topic};
use async_trait::async_trait;
use osmium_model::{
    Account, CommunityId, EmailPreferences, EmojiId, Profile, Settings, Topic, User, UserId,
    Username,
};
use osmium_ports::StoreError;
use osmium_ports::store::{Result, UserReads, UserWrites};
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct UserRow {
    pub(crate) user_id: i64,
    pub(crate) name: String,
    pub(crate) username: Option<String>,
    pub(crate) bot: bool,
    pub(crate) icon: Option<i64>,
    pub(crate) color: Option<i64>,
}

impl TryFrom<UserRow> for User {
    type Error = StoreError;

    fn try_from(row: UserRow) -> Result<Self> {
        Ok(Self {
            id: UserId::from_sql(row.user_id),
            name: row.name,
            username: row.username.map(Username::from_stored),
            bot: row.bot,
            icon: row.icon.map(EmojiId::from_sql),
            color: optional_number(row.color)?,
        })
    }
}

struct AccountRow {
    user_id: i64,
    email: Option<String>,
    password_hash: Option<String>,
    disabled: bool,
}

impl From<AccountRow> for Account {
    fn from(row: AccountRow) -> Self {
        Self {
            user_id: UserId::from_sql(row.user_id),
            email: row.email,
            password_hash: row.password_hash,
            disabled: row.disabled,
        }
    }
}

#[async_trait]
impl<C: Connection> UserReads for Session<C> {
    async fn find_user(&mut self, id: UserId) -> Result<Option<User>> {
        Ok(self.users(&[id]).await?.pop())
    }

    async fn users(&mut self, ids: &[UserId]) -> Result<Vec<User>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.to_sql()).collect();
        let rows = sqlx::query_as!(
            UserRow,
            "SELECT user_id, name, username, bot, icon, color FROM users WHERE user_id = ANY($1)",
            &ids,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter().map(User::try_from).collect()
    }

    async fn find_user_by_username(&mut self, username: &Username) -> Result<Option<User>> {
        let row = sqlx::query_as!(
            UserRow,
            "SELECT user_id, name, username, bot, icon, color FROM users WHERE username = $1",
            username.as_str(),
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        row.map(User::try_from).transpose()
    }

    async fn user_ids_by_username(&mut self, usernames: &[Username]) -> Result<Vec<UserId>> {
        let usernames: Vec<String> = usernames.iter().map(ToString::to_string).collect();
        let ids = sqlx::query_scalar!(
            "SELECT user_id FROM users WHERE username = ANY($1)",
            &usernames
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(ids.into_iter().map(UserId::from_sql).collect())
    }

    async fn find_profile(&mut self, id: UserId) -> Result<Option<Profile>> {
        let row = sqlx::query!(
            "SELECT bio, theme_color, show_banner_in_voice FROM profiles WHERE user_id = $1",
            id.to_sql(),
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(row.map(|row| Profile {
            bio: row.bio,
            theme_color: row.theme_color.map(i64::cast_unsigned),
            show_banner_in_voice: row.show_banner_in_voice,
        }))
    }

    async fn settings(&mut self, id: UserId) -> Result<Settings> {
        let row = sqlx::query!(
            "SELECT community_order, emails, communication_emails, announcement_emails
            FROM settings WHERE user_id = $1",
            id.to_sql(),
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        let Some(row) = row else {
            return Ok(Settings::default());
        };
        let order = row
            .community_order
            .map(|column| serde_json::from_str(&column));
        Ok(Settings {
            community_order: order
                .transpose()
                .map_err(|error| unknown("order of communities", error))?,
            emails: row.emails.then_some(EmailPreferences {
                communication: row.communication_emails,
                announcements: row.announcement_emails,
            }),
        })
    }

    async fn find_account(&mut self, id: UserId) -> Result<Option<Account>> {
        let row = sqlx::query_as!(
            AccountRow,
            "SELECT user_id, email, password_hash, disabled FROM accounts WHERE user_id = $1",
            id.to_sql(),
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(row.map(Account::from))
    }

    async fn find_account_by_email(&mut self, email: &str) -> Result<Option<Account>> {
        let row = sqlx::query_as!(
            AccountRow,
            "SELECT user_id, email, password_hash, disabled FROM accounts WHERE email = $1",
            email,
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(row.map(Account::from))
    }

    async fn list_accounts(&mut self, after: UserId, limit: u32) -> Result<Vec<(User, Account)>> {
        let rows = sqlx::query!(
            "SELECT user_id, name, username, bot, icon, color, email, password_hash, disabled
            FROM users JOIN accounts USING (user_id)
            WHERE user_id > $1 ORDER BY user_id LIMIT $2",
            after.to_sql(),
            i64::from(limit),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter()
            .map(|row| {
                let user = UserRow {
                    user_id: row.user_id,
                    name: row.name,
                    username: row.username,
                    bot: row.bot,
                    icon: row.icon,
                    color: row.color,
                };
                let account = AccountRow {
                    user_id: row.user_id,
                    email: row.email,
                    password_hash: row.password_hash,
                    disabled: row.disabled,
                };
                Ok((user.try_into()?, account.into()))
            })
            .collect()
    }

    async fn watching_topics(&mut self, id: UserId, direct_chats: u32) -> Result<Vec<Topic>> {
        let rows = sqlx::query!(
            r#"SELECT 3::smallint AS "kind!", community_id AS "id!" FROM members WHERE user_id = $1
            UNION ALL
            SELECT 2::smallint, chat_id FROM participants JOIN chats USING (chat_id)
            WHERE user_id = $1 AND kind = 3
            UNION ALL
            (
                SELECT 1::smallint, other_id FROM relationships WHERE user_id = $1 AND status = 1
                UNION
                SELECT 1::smallint, partner_id FROM (
                    SELECT CASE user_a WHEN $1 THEN user_b ELSE user_a END AS partner_id
                    FROM participants JOIN chats USING (chat_id)
                    WHERE user_id = $1 AND kind = 2
                    ORDER BY sort_id DESC LIMIT $2
                ) AS latest
                WHERE NOT EXISTS (
                    SELECT 1 FROM relationships
                    WHERE (user_id, other_id) IN (($1, partner_id), (partner_id, $1)) AND status = 4
                )
            )"#,
            id.to_sql(),
            i64::from(direct_chats),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        std::iter::once(Ok(Topic::User(id)))
            .chain(rows.into_iter().map(|row| topic(row.kind, row.id)))
            .collect()
    }

    async fn mutual_communities(
        &mut self,
        a: UserId,
        b: UserId,
        limit: u32,
    ) -> Result<Vec<CommunityId>> {
        let ids = sqlx::query_scalar!(
            "SELECT community_id
            FROM members AS a JOIN members AS b USING (community_id)
            WHERE a.user_id = $1 AND b.user_id = $2
            ORDER BY community_id LIMIT $3",
            a.to_sql(),
            b.to_sql(),
            i64::from(limit),
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(ids.into_iter().map(CommunityId::from_sql).collect())
    }

    async fn sharing_community(&mut self, user: UserId, others: &[UserId]) -> Result<Vec<UserId>> {
        let others: Vec<i64> = others.iter().map(|other| other.to_sql()).collect();
        let ids = sqlx::query_scalar!(
            r#"SELECT other AS "other!" FROM unnest($2::bigint[]) AS other
            WHERE EXISTS (
                SELECT FROM members AS mine JOIN members AS theirs USING (community_id)
                WHERE mine.user_id = $1 AND theirs.user_id = other
            )"#,
            user.to_sql(),
            &others,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(ids.into_iter().map(UserId::from_sql).collect())
    }
}

#[async_trait]
impl UserWrites for Session<Writer> {
    async fn insert_user(&mut self, user: &User, account: &Account) -> Result<()> {
        sqlx::query!(
            "WITH added AS (
                INSERT INTO users (user_id, name, username, bot, icon, color)
                VALUES ($1, $2, $3, $4, $5, $6)
            ), described AS (
                INSERT INTO profiles (user_id, bio) VALUES ($1, '')
            )
            INSERT INTO accounts (user_id, email, password_hash, disabled) VALUES ($1, $7, $8, $9)",
            user.id.to_sql(),
            user.name,
            user.username.as_ref().map(Username::as_str),
            user.bot,
            user.icon.map(EmojiId::to_sql),
            user.color.map(i64::from),
            account.email,
            account.password_hash,
            account.disabled,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_user(&mut self, user: &User) -> Result<()> {
        sqlx::query!(
            "UPDATE users SET name = $2, username = $3, bot = $4, icon = $5, color = $6
            WHERE user_id = $1",
            user.id.to_sql(),
            user.name,
            user.username.as_ref().map(Username::as_str),
            user.bot,
            user.icon.map(EmojiId::to_sql),
            user.color.map(i64::from),
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_profile(&mut self, id: UserId, profile: &Profile) -> Result<()> {
        sqlx::query!(
            "UPDATE profiles SET bio = $2, theme_color = $3, show_banner_in_voice = $4
            WHERE user_id = $1",
            id.to_sql(),
            profile.bio,
            profile.theme_color.map(u64::cast_signed),
            profile.show_banner_in_voice,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn set_settings(&mut self, id: UserId, settings: &Settings) -> Result<()> {
        let order = settings.community_order.as_ref();
        let emails = settings.emails.unwrap_or_default();
        sqlx::query!(
            "INSERT INTO settings (user_id, community_order, emails, communication_emails, announcement_emails)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (user_id) DO UPDATE SET
                community_order = excluded.community_order, emails = excluded.emails,
                communication_emails = excluded.communication_emails,
                announcement_emails = excluded.announcement_emails",
            id.to_sql(),
            order.map(|order| serde_json::json!(order).to_string()),
            settings.emails.is_some(),
            emails.communication,
            emails.announcements,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn set_disabled(&mut self, id: UserId, disabled: bool) -> Result<()> {
        sqlx::query!(
            "UPDATE accounts SET disabled = $2 WHERE user_id = $1",
            id.to_sql(),
            disabled,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
