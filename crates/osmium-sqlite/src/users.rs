//! Users, profiles and accounts.

use crate::error::{failed, unknown};
use crate::list::list;
use crate::session::{Connection, Session};
use crate::transaction::{Writer, topic};
use async_trait::async_trait;
use osmium_model::{
    Account, CommunityId, EmailPreferences, EmojiId, Profile, Settings, Topic, User, UserId,
    Username,
};
use osmium_ports::store::{Result, UserReads, UserWrites};

pub(crate) struct UserRow {
    pub(crate) user_id: i64,
    pub(crate) name: String,
    pub(crate) username: Option<String>,
    pub(crate) bot: bool,
    pub(crate) icon: Option<i64>,
    pub(crate) color: Option<u32>,
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        Self {
            id: UserId::from_sql(row.user_id),
            name: row.name,
            username: row.username.map(Username::from_stored),
            bot: row.bot,
            icon: row.icon.map(EmojiId::from_sql),
            color: row.color,
        }
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
        let ids = list(ids.iter().map(|id| id.to_sql()));
        let rows = sqlx::query_as!(
            UserRow,
            r#"SELECT user_id, name, username, bot AS "bot: bool", icon, color AS "color: u32"
            FROM users WHERE user_id IN (SELECT value FROM json_each($1))"#,
            ids,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(rows.into_iter().map(User::from).collect())
    }

    async fn find_user_by_username(&mut self, username: &Username) -> Result<Option<User>> {
        let username = username.as_str();
        let row = sqlx::query_as!(
            UserRow,
            r#"SELECT user_id, name, username, bot AS "bot: bool", icon, color AS "color: u32"
            FROM users WHERE username = $1"#,
            username,
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(row.map(User::from))
    }

    async fn user_ids_by_username(&mut self, usernames: &[Username]) -> Result<Vec<UserId>> {
        let usernames = list(usernames.iter().map(Username::as_str));
        let ids = sqlx::query_scalar!(
            "SELECT user_id FROM users WHERE username IN (SELECT value FROM json_each($1))",
            usernames,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(ids.into_iter().map(UserId::from_sql).collect())
    }

    async fn find_profile(&mut self, id: UserId) -> Result<Option<Profile>> {
        let id = id.to_sql();
        let row = sqlx::query!(
            r#"SELECT bio, theme_color, show_banner_in_voice AS "show_banner_in_voice: bool"
            FROM profiles WHERE user_id = $1"#,
            id,
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
        let id = id.to_sql();
        let row = sqlx::query!(
            r#"SELECT community_order, emails AS "emails: bool",
                communication_emails AS "communication_emails: bool",
                announcement_emails AS "announcement_emails: bool"
            FROM settings WHERE user_id = $1"#,
            id,
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
        let id = id.to_sql();
        let row = sqlx::query_as!(
            AccountRow,
            r#"SELECT user_id, email, password_hash, disabled AS "disabled: bool"
            FROM accounts WHERE user_id = $1"#,
            id,
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(row.map(Account::from))
    }

    async fn find_account_by_email(&mut self, email: &str) -> Result<Option<Account>> {
        let row = sqlx::query_as!(
            AccountRow,
            r#"SELECT user_id, email, password_hash, disabled AS "disabled: bool"
            FROM accounts WHERE email = $1"#,
            email,
        )
        .fetch_optional(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(row.map(Account::from))
    }

    async fn list_accounts(&mut self, after: UserId, limit: u32) -> Result<Vec<(User, Account)>> {
        let after = after.to_sql();
        let rows = sqlx::query!(
            r#"SELECT user_id, name, username, bot AS "bot: bool", icon, color AS "color: u32",
                email, password_hash, disabled AS "disabled: bool"
            FROM users JOIN accounts USING (user_id)
            WHERE user_id > $1 ORDER BY user_id LIMIT $2"#,
            after,
            limit,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        let pairs = rows.into_iter().map(|row| {
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
            (user.into(), account.into())
        });
        Ok(pairs.collect())
    }

    async fn watching_topics(&mut self, id: UserId, direct_chats: u32) -> Result<Vec<Topic>> {
        let id = id.to_sql();
        // A group's chat has the id of its topic; the chats of other kinds have none.
        let rows = sqlx::query!(
            r#"SELECT topic_id, kind AS "kind: u8" FROM topics
            WHERE topic_id IN (
                SELECT $1
                UNION ALL SELECT community_id FROM members WHERE user_id = $1
                UNION ALL SELECT chat_id FROM participants WHERE user_id = $1
                UNION ALL SELECT partner_id FROM (
                    SELECT iif(user_a = $1, user_b, user_a) AS partner_id
                    FROM participants JOIN chats USING (chat_id)
                    WHERE participants.user_id = $1 AND chats.kind = 2
                    ORDER BY participants.sort_id DESC LIMIT $2
                ) AS latest
                WHERE NOT EXISTS (
                    SELECT 1 FROM relationships
                    WHERE (user_id, other_id) IN (VALUES ($1, partner_id), (partner_id, $1)) AND status = 4
                )
                UNION ALL SELECT other_id FROM relationships WHERE user_id = $1 AND status = 1
            )
            ORDER BY topic_id <> $1"#,
            id,
            direct_chats,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        rows.into_iter()
            .map(|row| topic(row.kind, row.topic_id))
            .collect()
    }

    async fn mutual_communities(
        &mut self,
        a: UserId,
        b: UserId,
        limit: u32,
    ) -> Result<Vec<CommunityId>> {
        let (a, b) = (a.to_sql(), b.to_sql());
        let ids = sqlx::query_scalar!(
            r#"SELECT community_id AS "community_id!" FROM members AS mine JOIN members AS theirs USING (community_id)
            WHERE mine.user_id = $1 AND theirs.user_id = $2
            ORDER BY community_id LIMIT $3"#,
            a,
            b,
            limit,
        )
        .fetch_all(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(ids.into_iter().map(CommunityId::from_sql).collect())
    }

    async fn sharing_community(&mut self, user: UserId, others: &[UserId]) -> Result<Vec<UserId>> {
        let user = user.to_sql();
        let others = list(others.iter().map(|other| other.to_sql()));
        let ids = sqlx::query_scalar!(
            r#"SELECT CAST(value AS INTEGER) AS "other!: i64" FROM json_each($2)
            WHERE EXISTS (
                SELECT 1 FROM members AS mine JOIN members AS theirs USING (community_id)
                WHERE mine.user_id = $1 AND theirs.user_id = value
            )"#,
            user,
            others,
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
        let id = user.id.to_sql();
        let username = user.username.as_ref().map(Username::as_str);
        let icon = user.icon.map(EmojiId::to_sql);
        sqlx::query!(
            "INSERT INTO users (user_id, name, username, bot, icon, color)
            VALUES ($1, $2, $3, $4, $5, $6)",
            id,
            user.name,
            username,
            user.bot,
            icon,
            user.color,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        sqlx::query!("INSERT INTO profiles (user_id, bio) VALUES ($1, '')", id)
            .execute(&mut *self.connection)
            .await
            .map_err(failed)?;
        sqlx::query!(
            "INSERT INTO accounts (user_id, email, password_hash, disabled) VALUES ($1, $2, $3, $4)",
            id,
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
        let id = user.id.to_sql();
        let username = user.username.as_ref().map(Username::as_str);
        let icon = user.icon.map(EmojiId::to_sql);
        sqlx::query!(
            "UPDATE users SET name = $2, username = $3, bot = $4, icon = $5, color = $6
            WHERE user_id = $1",
            id,
            user.name,
            username,
            user.bot,
            icon,
            user.color,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn update_profile(&mut self, id: UserId, profile: &Profile) -> Result<()> {
        let id = id.to_sql();
        let theme_color = profile.theme_color.map(u64::cast_signed);
        sqlx::query!(
            "UPDATE profiles SET bio = $2, theme_color = $3, show_banner_in_voice = $4
            WHERE user_id = $1",
            id,
            profile.bio,
            theme_color,
            profile.show_banner_in_voice,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn set_settings(&mut self, id: UserId, settings: &Settings) -> Result<()> {
        let id = id.to_sql();
        let order = settings.community_order.as_ref().map(list);
        let (set, emails) = (
            settings.emails.is_some(),
            settings.emails.unwrap_or_default(),
        );
        sqlx::query!(
            "INSERT INTO settings (user_id, community_order, emails, communication_emails, announcement_emails)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (user_id) DO UPDATE SET
                community_order = excluded.community_order, emails = excluded.emails,
                communication_emails = excluded.communication_emails,
                announcement_emails = excluded.announcement_emails",
            id,
            order,
            set,
            emails.communication,
            emails.announcements,
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn set_disabled(&mut self, id: UserId, disabled: bool) -> Result<()> {
        let id = id.to_sql();
        sqlx::query!(
            "UPDATE accounts SET disabled = $2 WHERE user_id = $1",
            id,
            disabled
        )
        .execute(&mut *self.connection)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
