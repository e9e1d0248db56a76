//! What an operator does, without a session: accounts, bots, and what was reported.
//!
//! It may run in a process of its own beside the services. What it records reaches their sessions as everything
//! does: by the log.

use crate::accounts::{
    check_email, check_name, check_password, end_logins, insert_account, insert_login, new_user,
};
use crate::context::Tx;
use crate::error::{Error, Result};
use crate::run::Core;
use osmium_model::{Account, App, ChatId, ClientId, Device, LoginId, Report, Topic, User, UserId};
use osmium_ports::StoreError;

/// The first id of applications that operators make; clients' own are below.
const FIRST_APP: u32 = 150_000;
/// How many ids from there on there are to draw from: clients may keep an id as a signed 32-bit number.
const APPS: u32 = 2_000_000_000;
/// How often to draw again when an id is taken.
const DRAWS: u32 = 10;
/// How many accounts are listed at a time, at most.
const PAGE: u32 = 500;

/// An account to be made.
pub struct NewUser {
    /// The name they go by.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// Their password.
    pub password: String,
}

/// A bot that was made. The token is kept nowhere and cannot be told again.
pub struct NewBot {
    /// The bot's account.
    pub user: User,
    /// The application it acts for; its token is bound to it.
    pub client_id: ClientId,
    /// What it authorizes with.
    pub token: String,
}

/// What counting anew found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recount {
    /// How many chats there are.
    pub chats: u64,
    /// How many of them were off, and are right now.
    pub off: u64,
}

impl Core {
    /// Counts all chats anew, whatever goes on in them meanwhile, and puts right what was off. Gateways that run count by what
    /// they heard until they have heard nothing of a chat for a while.
    pub async fn recount(&self) -> Result<Recount> {
        let mut found = Recount::default();
        let mut after = ChatId(0);
        loop {
            let mut reader = self.ports.store.read().await?;
            let chats = reader.chats_after(after, PAGE).await?;
            let Some(last) = chats.last() else {
                return Ok(found);
            };
            after = last.id;
            found.chats += chats.len() as u64;
            let ids: Vec<ChatId> = chats.iter().map(|chat| chat.id).collect();
            let off = reader.miscounted(&ids).await?;
            drop(reader);
            for chat in chats.iter().filter(|chat| off.contains(&chat.id)) {
                let topics = chat.kind.topics();
                let mut tx = self.begin(&topics).await?;
                tx.recount(chat.id).await?;
                // Whoever goes by the counters that were off finds out that they have changed.
                for topic in topics {
                    tx.raise_epoch(topic);
                }
                tx.commit().await?;
                found.off += 1;
            }
        }
    }

    /// Makes an account, whoever may sign up by themselves.
    pub async fn create_user(&self, new: NewUser) -> Result<User> {
        let limits = &self.config.limits;
        let name = check_name(limits, &new.name)?;
        let email = check_email(limits, &new.email)?;
        let password = check_password(limits, new.password)?;
        let hash = self
            .passwords
            .hash(password, self.ports.random.bytes())
            .await?;
        let user = new_user(UserId(self.ids.next()?), name, false);
        let mut tx = self.begin(&[]).await?;
        insert_account(&mut tx, &user, Some(email), Some(hash)).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// Some accounts by id, those above `after`; none if there are no more.
    pub async fn accounts(&self, after: UserId) -> Result<Vec<(User, Account)>> {
        Ok(self
            .ports
            .store
            .read()
            .await?
            .list_accounts(after, PAGE)
            .await?)
    }

    /// The account with an id or an address.
    pub async fn account(&self, id_or_email: &str) -> Result<Account> {
        let mut reader = self.ports.store.read().await?;
        let found = match id_or_email.parse() {
            Ok(id) => reader.find_account(UserId(id)).await?,
            Err(_) => {
                reader
                    .find_account_by_email(&id_or_email.trim().to_lowercase())
                    .await?
            }
        };
        found.ok_or_else(|| Error::not_found("user"))
    }

    /// Shuts a user out: no login is left, and connections under one are closed. Tells how many logins ended.
    pub async fn disable_user(&self, id: UserId) -> Result<usize> {
        let mut tx = self.begin(&[Topic::User(id)]).await?;
        tx.set_disabled(id, true).await?;
        let logins: Vec<LoginId> = tx.logins(id).await?.iter().map(|login| login.id).collect();
        end_logins(&mut tx, id, &logins).await?;
        tx.commit().await?;
        Ok(logins.len())
    }

    /// Lets a user in again.
    pub async fn enable_user(&self, id: UserId) -> Result<()> {
        let mut tx = self.begin(&[Topic::User(id)]).await?;
        tx.set_disabled(id, false).await?;
        tx.commit().await
    }

    /// The latest reports, the newest first, at most so many.
    pub async fn reports(&self, limit: u32) -> Result<Vec<Report>> {
        let now = self.ports.clock.now();
        Ok(self.ports.store.read().await?.reports(now, limit).await?)
    }

    /// Makes a bot: its account, its application, and a login under that.
    pub async fn create_bot(&self, owner: UserId, name: &str) -> Result<NewBot> {
        let name = check_name(&self.config.limits, name)?;
        for _ in 0..DRAWS {
            let client_id = self.draw_client_id();
            match self.insert_bot(owner, &name, client_id).await {
                Err(InsertBot::ClientIdTaken) => {}
                Err(InsertBot::Failed(error)) => return Err(error),
                Ok(bot) => return Ok(bot),
            }
        }
        Err(Error::unavailable())
    }

    async fn insert_bot(
        &self,
        owner_id: UserId,
        name: &str,
        client_id: ClientId,
    ) -> std::result::Result<NewBot, InsertBot> {
        let user = new_user(UserId(self.ids.next()?), name.to_owned(), true);
        let login_id = LoginId(self.ids.next()?);
        let mut tx = self.begin(&[]).await?;
        if tx.find_user(owner_id).await?.is_none() {
            return Err(Error::not_found("owner").into());
        }
        insert_account(&mut tx, &user, None, None).await?;
        let app = App {
            client_id,
            name: name.to_owned(),
            owner_id,
            bot_id: user.id,
        };
        tx.insert_app(&app).await?;
        let under = (
            client_id,
            Device {
                kind: "bot".to_owned(),
                ..Device::default()
            },
        );
        let (random, now) = (&*self.ports.random, self.ports.clock.now());
        let token = insert_login(&mut tx, random, login_id, user.id, under, now).await?;
        tx.commit().await?;
        Ok(NewBot {
            user,
            client_id,
            token: token.write(),
        })
    }

    fn draw_client_id(&self) -> ClientId {
        let drawn = u32::from_be_bytes(self.ports.random.bytes());
        ClientId(FIRST_APP + drawn % APPS)
    }

    async fn begin(&self, topics: &[Topic]) -> Result<Tx> {
        Ok(Tx::new(
            self.ports.store.begin(topics).await?,
            self.announcer.clone(),
        ))
    }
}

/// Why a bot was not made.
enum InsertBot {
    /// Its application's id is another's.
    ClientIdTaken,
    /// Something else.
    Failed(Error),
}

impl From<StoreError> for InsertBot {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Taken(StoreError::CLIENT_ID) => Self::ClientIdTaken,
            error => Self::Failed(error.into()),
        }
    }
}

impl From<Error> for InsertBot {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}
