//! A game: people take random steps, and whatever they are answered, see and hear is held against the model.

use crate::mirror::Mirror;
use crate::model::{Channel, Model, OWNER, Who};
use crate::steps::{Answer, Step};
use osmium_client::RpcError;
use osmium_proto::auth::UseInvite;
use osmium_proto::communities::{
    CommunityMemberRoleIds, CreateChannel, CreateChannelOverride, CreateRole, DeleteChannel,
    DeleteChannelOverride, DeleteRole, EditChannel, EditDefaultPermissions, EditMember, EditRole,
    GetChannels, GetCommunities, GetRoles, LeaveCommunity, RemoveMembers, SyncChannelOverrides,
    UnbanMembers,
};
use osmium_proto::refs::ChannelRef;
use osmium_proto::types::{ChannelType, PermissionOverrides};
use osmium_testkit::contract::Checked;
use osmium_testkit::{Engine, Person, Server};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::{BTreeMap, BTreeSet};

const NAMES: [&str; 5] = ["owner", "one", "two", "three", "four"];

struct Game {
    people: Vec<Person>,
    mirrors: Vec<Mirror>,
    model: Model,
    community_id: u64,
    code: String,
}

/// Plays a game, which its seed decides.
pub(crate) async fn play(engine: Engine, seed: u64, steps: usize) -> Checked {
    let Some(database) = engine.database().await? else {
        return Ok(());
    };
    let server = Server::start(database).await;
    let mut game = Game::begin(&server).await?;
    let mut rng = StdRng::seed_from_u64(seed);
    let mut refused = 0;
    for number in 0..steps {
        let actor = match rng.random_range(0..10) {
            0..4 => OWNER,
            _ => rng.random_range(0..NAMES.len()),
        };
        let step = Step::random(&mut rng, &game.model, NAMES.len());
        let told = format!(
            "game {seed}, step {number}: {} takes {step:?}",
            NAMES[actor]
        );
        let answer = step.judge(&game.model, actor);
        refused += usize::from(answer.is_err());
        assert_eq!(game.take(actor, &step).await, answer, "{told}");
        if answer.is_ok() {
            let made = game.made(&step).await?;
            step.apply(&mut game.model, actor, made);
        }
        game.compare(&told).await?;
    }
    assert!(
        refused > steps / 10 && refused < steps,
        "{refused} were refused"
    );
    Ok(())
}

impl Game {
    async fn begin(server: &Server) -> Checked<Self> {
        let (community, people) = server.community_of(NAMES).await?;
        let community_id = community.id;
        let mut model = Model {
            members: (0..NAMES.len()).map(|who| (who, BTreeSet::new())).collect(),
            ..Model::default()
        };
        model.default = people[OWNER]
            .call(GetRoles { community_id })
            .await?
            .default_permissions;
        let listed = people[OWNER].call(GetChannels { community_id }).await?;
        for channel in listed.channels {
            let known = Channel {
                category: channel.r#type() == ChannelType::Category,
                parent: channel.parent_id,
                position: channel.position,
                synced: channel.parent_id.is_some(),
                overrides: BTreeMap::new(),
            };
            model.channels.insert(channel.id, known);
        }
        let mut game = Self {
            code: people[OWNER].invite(&community).await?,
            mirrors: vec![Mirror::default(); NAMES.len()],
            people: people.into(),
            model,
            community_id,
        };
        for who in 0..NAMES.len() {
            game.read(who).await?;
        }
        Ok(game)
    }

    /// Someone's client reads everything.
    async fn read(&mut self, who: Who) -> Checked {
        let permissions = self.permissions(who).await?.expect("a member");
        let community_id = self.community_id;
        let listed = self.people[who].call(GetChannels { community_id }).await?;
        self.mirrors[who] = Mirror::read(permissions, listed);
        Ok(())
    }

    async fn permissions(&self, who: Who) -> Checked<Option<u64>> {
        let listed = self.people[who].call(GetCommunities {}).await?.communities;
        let found = listed.iter().find(|found| found.id == self.community_id);
        Ok(found.map(|community| community.permissions))
    }

    async fn take(&self, actor: Who, step: &Step) -> Answer {
        self.ask(&self.people[actor], step)
            .await
            .map_err(|error| error.code)
    }

    #[expect(clippy::too_many_lines, reason = "a table: one arm a step")]
    async fn ask(&self, actor: &Person, step: &Step) -> Result<(), RpcError> {
        let (community_id, name) = (self.community_id, "name".to_owned());
        let channel_ref = |channel_id| {
            Some(ChannelRef {
                community_id,
                channel_id,
            })
        };
        let removal = |who: &Who, until| RemoveMembers {
            community_id,
            member_ids: vec![self.people[*who].user_id],
            until,
            ..RemoveMembers::default()
        };
        match step.clone() {
            Step::CreateChannel { parent, category } => {
                let mut request = CreateChannel {
                    community_id,
                    name,
                    parent_id: parent,
                    ..CreateChannel::default()
                };
                if category {
                    request.set_type(ChannelType::Category);
                }
                actor.call(request).await
            }
            Step::MoveChannel {
                channel,
                parent,
                place,
            } => {
                let request = EditChannel {
                    channel: channel_ref(channel),
                    parent_id: parent,
                    position: place,
                    ..EditChannel::default()
                };
                actor.call(request).await
            }
            Step::DeleteChannel(id) => {
                let channel = channel_ref(id);
                actor.call(DeleteChannel { channel }).await
            }
            Step::CreateRole {
                permissions,
                priority,
            } => {
                let request = CreateRole {
                    community_id,
                    name,
                    permissions,
                    priority,
                    ..CreateRole::default()
                };
                actor.call(request).await
            }
            Step::EditRole {
                role,
                permissions,
                priority,
            } => {
                let request = EditRole {
                    id: role,
                    community_id,
                    name,
                    permissions,
                    priority,
                    ..EditRole::default()
                };
                actor.call(request).await
            }
            Step::DeleteRole(id) => actor.call(DeleteRole { id, community_id }).await,
            Step::GiveRoles { to, roles } => {
                let role_ids = roles.into_iter().collect();
                let request = EditMember {
                    community_id,
                    member_id: self.people[to].user_id,
                    nickname: None,
                    role_ids: Some(CommunityMemberRoleIds { role_ids }),
                };
                actor.call(request).await
            }
            Step::SetDefault(permissions) => {
                let request = EditDefaultPermissions {
                    community_id,
                    permissions,
                };
                actor.call(request).await
            }
            Step::SetOverride {
                channel,
                role,
                given,
                taken,
            } => {
                let request = CreateChannelOverride {
                    community_id,
                    channel_id: channel,
                    role_id: role,
                    permissions: Some(PermissionOverrides {
                        pos: given,
                        neg: taken,
                    }),
                };
                actor.call(request).await.map(|_| ())
            }
            Step::DropOverride { channel, role } => {
                let request = DeleteChannelOverride {
                    community_id,
                    channel_id: channel,
                    role_id: role,
                };
                actor.call(request).await
            }
            Step::Sync(channel_id) => {
                let request = SyncChannelOverrides {
                    community_id,
                    channel_id,
                };
                actor.call(request).await
            }
            Step::Kick(who) => actor.call(removal(&who, None)).await.map(drop),
            Step::Ban(who) => actor.call(removal(&who, Some(0))).await.map(drop),
            Step::Unban(who) => {
                let member_ids = vec![self.people[who].user_id];
                let request = UnbanMembers {
                    community_id,
                    member_ids,
                };
                actor.call(request).await
            }
            Step::Leave => actor.call(LeaveCommunity { community_id }).await,
            Step::Join => {
                let code = self.code.clone();
                actor.call(UseInvite { code }).await
            }
        }
    }

    /// The id of what a step made: the greatest in the owner's list.
    async fn made(&self, step: &Step) -> Checked<u64> {
        let (community_id, owner) = (self.community_id, &self.people[OWNER]);
        let ids: Vec<u64> = match step {
            Step::CreateChannel { .. } => {
                let listed = owner.call(GetChannels { community_id }).await?.channels;
                listed.iter().map(|channel| channel.id).collect()
            }
            Step::CreateRole { .. } => {
                let listed = owner.call(GetRoles { community_id }).await?.roles;
                listed.iter().map(|role| role.id).collect()
            }
            _ => Vec::new(),
        };
        Ok(ids.into_iter().max().unwrap_or_default())
    }

    /// Holds what everyone heard, and what they are listed, against the model.
    async fn compare(&mut self, told: &str) -> Checked {
        for (who, name) in NAMES.iter().enumerate() {
            let heard = self.people[who].heard_until_now().await?;
            let fresh = heard.iter().any(|update| self.mirrors[who].is_new(update));
            if fresh && self.model.is_member(who) {
                self.read(who).await?;
            } else {
                let mirror = &mut self.mirrors[who];
                for update in heard {
                    mirror.hear(update);
                }
            }
            let whose = format!("{told}\n{name} of {:#?}", self.model);
            self.compare_mirror(who, &whose);
            self.compare_lists(who, &whose).await?;
        }
        Ok(())
    }

    fn compare_mirror(&self, who: Who, whose: &str) {
        let (mirror, model) = (&self.mirrors[who], &self.model);
        let expected = model.is_member(who).then(|| model.may(who));
        assert_eq!(mirror.permissions, expected, "{whose}");
        let shown: BTreeSet<u64> = mirror.channels.keys().copied().collect();
        let seen = if model.is_member(who) {
            model.seen_by(who)
        } else {
            BTreeSet::new()
        };
        assert_eq!(shown, seen, "{whose}");
        for (id, shown) in &mirror.channels {
            let channel = &model.channels[id];
            let place = (channel.parent, channel.position);
            assert_eq!((shown.parent, shown.position), place, "{id}: {whose}");
            if !channel.category {
                assert_eq!(mirror.may_in(*id), model.may_in(who, *id), "{id}: {whose}");
            }
        }
    }

    async fn compare_lists(&self, who: Who, whose: &str) -> Checked {
        let (community_id, model) = (self.community_id, &self.model);
        let listed = self.people[who].call(GetChannels { community_id }).await;
        if !model.is_member(who) {
            assert_eq!(listed.err().map(|error| error.code), Some(404), "{whose}");
            return Ok(());
        }
        let ids: BTreeSet<u64> = listed?.channels.iter().map(|channel| channel.id).collect();
        assert_eq!(ids, model.seen_by(who), "{whose}");
        assert_eq!(
            self.permissions(who).await?,
            Some(model.may(who)),
            "{whose}"
        );
        Ok(())
    }
}
