//! What was lost is heard of no more: on two gateways, while others go on sending and the change races with them.
//!
//! In each round someone may read and write in a channel, others write without pause, and a right is taken. Whatever was
//! sent once the taking was answered must not reach whoever lost it, and what they send from then on is refused.

use osmium_model::Permissions;
use osmium_proto::communities::{
    CommunityMemberRoleIds, CreateChannelOverride, CreateRole, DeleteChannel,
    DeleteChannelOverride, DeleteRole, EditDefaultPermissions, EditMember, GetRoles, RemoveMembers,
    UnbanMembers,
};
use osmium_proto::refs::{ChannelRef, ChatRef};
use osmium_proto::types::{ChannelType, PermissionOverrides};
use osmium_proto::updates::update::Update;
use osmium_testkit::cluster::{Gateway, Part};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::channel_chat;
use osmium_testkit::{Cluster, Community, Engine, Person};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::task::JoinHandle;

/// How often each right is taken.
const ROUNDS: usize = 6;
/// How many messages each writer sends after the answer.
const AFTERWARDS: usize = 5;

/// A community on two gateways: an owner and a writer on the one, a writer, a witness and the one who loses on the other.
struct Stage {
    owner: Person,
    writers: Vec<Arc<Person>>,
    witness: Person,
    loser: Person,
    community: Community,
    code: String,
    /// The channel that it is about.
    channel: u64,
    _parts: (Cluster, [Part; 2], [Gateway; 2]),
}

/// How the right is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Taking {
    Kick,
    Ban,
    Role,
    DeletedRole,
    Override,
    Default,
    Channel,
}

impl Stage {
    async fn new(engine: Engine) -> Checked<Option<Self>> {
        let Some(database) = engine.database().await? else {
            return Ok(None);
        };
        let cluster = Cluster::new(database);
        let fanouts = [cluster.fanout(), cluster.fanout()];
        let (near, far) = (cluster.gateway().await, cluster.gateway().await);
        let mut owner = near.sign_up("owner").await;
        let community = owner.create_community("Stage").await?;
        let code = owner.invite(&community).await?;
        let mut writers = Vec::new();
        for gateway in [&near, &far] {
            let mut writer = gateway.sign_up("writer").await;
            writer.join(&code).await?;
            writers.push(Arc::new(writer));
        }
        let (mut witness, mut loser) = (far.sign_up("witness").await, far.sign_up("loser").await);
        witness.join(&code).await?;
        loser.join(&code).await?;
        Ok(Some(Self {
            owner,
            writers,
            witness,
            loser,
            channel: community.general,
            community,
            code,
            _parts: (cluster, fanouts, [near, far]),
        }))
    }

    fn chat(&self) -> ChatRef {
        channel_chat(self.community.id, self.channel)
    }

    async fn role(&self, name: &str) -> Checked<u64> {
        let community_id = self.community.id;
        let made = CreateRole {
            community_id,
            name: name.to_owned(),
            permissions: Permissions::VIEW_CHANNEL.bits() | Permissions::SEND_MESSAGES.bits(),
            ..CreateRole::default()
        };
        self.owner.call(made).await?;
        let roles = self.owner.call(GetRoles { community_id }).await?.roles;
        Ok(roles.iter().map(|role| role.id).max().unwrap_or_default())
    }

    async fn give(&self, member: &Person, roles: Vec<u64>) -> Checked {
        let edit = EditMember {
            community_id: self.community.id,
            member_id: member.user_id,
            nickname: None,
            role_ids: Some(CommunityMemberRoleIds { role_ids: roles }),
        };
        Ok(self.owner.call(edit).await?)
    }

    async fn allow_everyone(&self, permissions: Permissions) -> Checked {
        let edit = EditDefaultPermissions {
            community_id: self.community.id,
            permissions: permissions.bits(),
        };
        Ok(self.owner.call(edit).await?)
    }

    /// Sees to it that the one who is to lose the right has it; gives the role that it hangs on, if on one.
    async fn grant(&mut self, taking: Taking) -> Checked<u64> {
        let mut role = 0;
        match taking {
            Taking::Kick | Taking::Ban => {}
            Taking::Role | Taking::DeletedRole | Taking::Override => {
                role = self.role("reader").await?;
                self.allow_everyone(Permissions::empty()).await?;
                let others = self.role("others").await?;
                for writer in &self.writers {
                    self.give(writer, vec![others]).await?;
                }
                self.give(&self.witness, vec![others]).await?;
                self.give(&self.loser, vec![role]).await?;
            }
            Taking::Default => {
                let others = self.role("others").await?;
                for writer in &self.writers {
                    self.give(writer, vec![others]).await?;
                }
                self.give(&self.witness, vec![others]).await?;
            }
            Taking::Channel => {
                let (owner, community) = (&mut self.owner, &self.community);
                self.channel = owner
                    .create_channel(community, "passing", ChannelType::Text)
                    .await?;
            }
        }
        Ok(role)
    }

    async fn take(&self, taking: Taking, role: u64) -> Checked {
        let (community_id, owner) = (self.community.id, &self.owner);
        let removal = RemoveMembers {
            community_id,
            member_ids: vec![self.loser.user_id],
            ..RemoveMembers::default()
        };
        match taking {
            Taking::Kick => drop(owner.call(removal).await?),
            Taking::Ban => {
                let until = Some(0);
                drop(owner.call(RemoveMembers { until, ..removal }).await?);
            }
            Taking::Role => self.give(&self.loser, Vec::new()).await?,
            Taking::DeletedRole => {
                let id = role;
                owner.call(DeleteRole { id, community_id }).await?;
            }
            Taking::Override => {
                let deny = Permissions::VIEW_CHANNEL.bits();
                let made = CreateChannelOverride {
                    community_id,
                    channel_id: self.channel,
                    role_id: role,
                    permissions: Some(PermissionOverrides { pos: 0, neg: deny }),
                };
                owner.call(made).await?;
            }
            Taking::Default => self.allow_everyone(Permissions::empty()).await?,
            Taking::Channel => {
                let channel_id = self.channel;
                let channel = Some(ChannelRef {
                    community_id,
                    channel_id,
                });
                owner.call(DeleteChannel { channel }).await?;
            }
        }
        Ok(())
    }

    /// Everything is as it was before the right was given.
    async fn restore(&mut self, taking: Taking, role: u64) -> Checked {
        let (community_id, channel_id) = (self.community.id, self.channel);
        match taking {
            Taking::Ban => {
                let member_ids = vec![self.loser.user_id];
                let unban = UnbanMembers {
                    community_id,
                    member_ids,
                };
                self.owner.call(unban).await?;
                self.loser.join(&self.code).await?;
            }
            Taking::Kick => self.loser.join(&self.code).await?,
            Taking::Override => {
                let gone = DeleteChannelOverride {
                    community_id,
                    channel_id,
                    role_id: role,
                };
                self.owner.call(gone).await?;
            }
            Taking::Role | Taking::DeletedRole | Taking::Default | Taking::Channel => {}
        }
        self.allow_everyone(Permissions::NEW_COMMUNITY).await?;
        self.channel = self.community.general;
        for person in [&mut self.owner, &mut self.witness, &mut self.loser] {
            person.catch_up().await?;
        }
        Ok(())
    }

    /// Someone writes until told that the right is taken, and a little longer. Each message says whether it was sent after
    /// that.
    fn write(&self, writer: &Arc<Person>, taken: &Arc<AtomicBool>) -> JoinHandle<()> {
        let (writer, taken, chat) = (writer.clone(), taken.clone(), self.chat());
        tokio::spawn(async move {
            let mut afterwards = 0;
            while afterwards < AFTERWARDS {
                let late = taken.load(Ordering::Acquire);
                afterwards += usize::from(late);
                let text = if late { LATE } else { "before" };
                // In a channel that is deleted, it is refused.
                let _ = writer.send(chat, text).await;
            }
        })
    }

    async fn round(&mut self, taking: Taking) -> Checked {
        let role = self.grant(taking).await?;
        self.loser.catch_up().await?;
        let taken = Arc::new(AtomicBool::new(false));
        let writing: Vec<_> = self
            .writers
            .iter()
            .map(|writer| self.write(writer, &taken))
            .collect();
        // The one who loses writes as well, and is allowed to at first.
        for _ in 0..3 {
            self.loser.send(self.chat(), "mine").await?;
        }
        self.take(taking, role).await?;
        taken.store(true, Ordering::Release);
        for _ in 0..3 {
            let refused = self.loser.send(self.chat(), LATE).await;
            let code = refused.err().map(|error| error.code);
            assert!(matches!(code, Some(403 | 404)), "{taking:?}: {code:?}");
        }
        for writing in writing {
            writing.await.expect("a writer does not panic");
        }
        // Once the witness on the same gateway has heard it all, so would the one who lost the right.
        let witnessed = self.witness.heard_until_now().await?;
        let heard = self.loser.heard_until_now().await?;
        let late = |updates: &[Update]| updates.iter().filter(|update| is_late(update)).count();
        if taking != Taking::Channel {
            assert_eq!(
                late(&witnessed),
                AFTERWARDS * self.writers.len(),
                "{taking:?}"
            );
        }
        assert_eq!(late(&heard), 0, "{taking:?}: {heard:?}");
        self.restore(taking, role).await
    }
}

/// The text of what is sent after the right was taken.
const LATE: &str = "late";

fn is_late(update: &Update) -> bool {
    match update {
        Update::MessageCreated(told) => told
            .message
            .as_ref()
            .is_some_and(|message| message.message == LATE),
        _ => false,
    }
}

async fn race(engine: Engine, takings: &[Taking]) -> Checked {
    let Some(mut stage) = Stage::new(engine).await? else {
        return Ok(());
    };
    for _ in 0..ROUNDS {
        for taking in takings {
            stage.round(*taking).await?;
        }
    }
    Ok(())
}

const OF_MEMBERS: &[Taking] = &[Taking::Kick, Taking::Ban];
const OF_ROLES: &[Taking] = &[Taking::Role, Taking::DeletedRole, Taking::Override];
const OF_CHANNELS: &[Taking] = &[Taking::Default, Taking::Channel];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_who_are_removed_on_sqlite() -> Checked {
    race(Engine::Sqlite, OF_MEMBERS).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_who_are_removed_on_postgres() -> Checked {
    race(Engine::Postgres, OF_MEMBERS).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_that_are_lost_on_sqlite() -> Checked {
    race(Engine::Sqlite, OF_ROLES).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_that_are_lost_on_postgres() -> Checked {
    race(Engine::Postgres, OF_ROLES).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn channels_that_are_hidden_on_sqlite() -> Checked {
    race(Engine::Sqlite, OF_CHANNELS).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn channels_that_are_hidden_on_postgres() -> Checked {
    race(Engine::Postgres, OF_CHANNELS).await
}
