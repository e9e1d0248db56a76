//! A large community: what its members, and those who run it, wait for.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use osmium_client::Endpoint;
use osmium_proto::auth::UseInvite;
use osmium_proto::communities::{
    CommunityMemberRoleIds, CreateChannelOverride, CreateRole, EditMember, EditRole,
    GetChannelMembers, GetChannels, GetRoles,
};
use osmium_proto::refs::chat_ref::Ref;
use osmium_proto::types::PermissionOverrides;
use prost::Message as _;
use tempfile::TempDir;

use super::Size;
use super::crowd::{Community, Crowd, Person, found, sign_in_all};
use super::osmium::{Osmium, Start};
use super::report::{Row, grouped};
use super::times::{TIMES, median, millis, row, timed};

/// View and send, as the wire numbers permissions.
const VIEW_AND_SEND: u64 = 2 + 4;
/// Channels that every new community has.
const FURNISHED: usize = 4;
/// Roles that a member holds, of those who hold any.
const HELD: usize = 5;
/// What a member list takes at most, in milliseconds.
const LIST_TARGET: f64 = 50.0;

/// Measures it on `osmium serve`.
pub(super) async fn measure(program: &Path, size: Size) -> Result<Vec<Row>> {
    let folder = TempDir::with_prefix("osmium-bench-")?;
    let server = Osmium::start(&Start::serve(program, folder.path()))?;
    let endpoint = server.endpoint()?;
    println!("scale: {} users join a community", grouped(size.members));
    let stage = Stage::set(&endpoint, size).await?;
    println!("scale: it gets roles and channels");
    stage.furnish(size).await?;
    let holders = stage.hold(size).await?;
    println!("scale: {} members listen", grouped(holders.len()));
    let crowd = Crowd::of(sign_in_all(&endpoint, &holders, true).await?);
    server.until_quiet().await?;
    let rows = vec![
        stage.list_channels().await?,
        stage.list_members().await?,
        stage.join(&endpoint).await?,
        stage.edit_role(holders.len()).await?,
    ];
    drop(crowd);
    server.stop()?;
    Ok(rows)
}

/// A community with someone who owns it and someone who holds roles in it.
struct Stage {
    community: Community,
    owner: Person,
    member: Person,
}

impl Stage {
    async fn set(endpoint: &Endpoint, size: Size) -> Result<Self> {
        let community = found(endpoint, size.members).await?;
        let mut both = sign_in_all(endpoint, &community.tokens[..2], false).await?;
        let (member, owner) = (both.pop(), both.pop());
        Ok(Self {
            community,
            owner: owner.context("a community has an owner")?,
            member: member.context("a community has members")?,
        })
    }

    /// Roles, and channels of which each tenth treats a role otherwise.
    async fn furnish(&self, size: Size) -> Result<()> {
        let community_id = self.community.id;
        for number in 0..size.roles {
            let role = CreateRole {
                community_id,
                name: format!("role {number}"),
                permissions: VIEW_AND_SEND,
                priority: u32::try_from(number)?,
                separated: number % 50 == 0,
                ..CreateRole::default()
            };
            self.owner.call(role).await?;
        }
        let roles = self.roles().await?;
        for number in FURNISHED..size.channels {
            let name = format!("channel {number}");
            let chat = self.owner.create_channel(community_id, &name).await?;
            if let (0, Some(Ref::Channel(channel))) = (number % 10, chat.r#ref) {
                let made = CreateChannelOverride {
                    community_id,
                    channel_id: channel.channel_id,
                    role_id: roles[number % roles.len()],
                    permissions: Some(PermissionOverrides { pos: 4, neg: 0 }),
                };
                self.owner.call(made).await?;
            }
        }
        Ok(())
    }

    async fn roles(&self) -> Result<Vec<u64>> {
        let community_id = self.community.id;
        let listed = self.owner.call(GetRoles { community_id }).await?;
        Ok(listed.roles.iter().map(|role| role.id).collect())
    }

    /// The first members get roles; gives the tokens of those who have some.
    async fn hold(&self, size: Size) -> Result<Vec<String>> {
        let roles = self.roles().await?;
        let tokens = &self.community.tokens[1..=size.sockets.min(size.members - 1)];
        let members = self.owner.members(self.community.id).await?;
        for (number, member_id) in members.into_iter().take(tokens.len()).enumerate() {
            let held = (0..HELD).map(|nth| roles[(number * 7 + nth * 31) % roles.len()]);
            let edit = EditMember {
                community_id: self.community.id,
                member_id,
                nickname: None,
                role_ids: Some(CommunityMemberRoleIds {
                    role_ids: held.collect(),
                }),
            };
            self.owner.call(edit).await?;
        }
        Ok(tokens.to_vec())
    }

    async fn list_channels(&self) -> Result<Row> {
        let community_id = self.community.id;
        let (times, channels) = timed(&self.member, &GetChannels { community_id }).await?;
        let beside = format!("{} of them", channels.channels.len());
        let what = "Listing the channels of a large community";
        Ok(row(what, &times, &beside))
    }

    async fn list_members(&self) -> Result<Row> {
        let Some(Ref::Channel(general)) = self.community.general.r#ref else {
            anyhow::bail!("a community has a channel");
        };
        let list = GetChannelMembers {
            community_id: self.community.id,
            channel_id: general.channel_id,
        };
        let started = Instant::now();
        self.member.call(list).await?;
        let first = millis(started.elapsed());
        let (times, members) = timed(&self.member, &list).await?;
        let kilobytes = members.encoded_len() as f64 / 1e3;
        let beside = format!("{kilobytes:.0} KB; the first time after the start {first:.0} ms");
        let median = millis(median(&times));
        let row = row("Its member list", &times, &beside);
        Ok(row.at_most(median, LIST_TARGET, "ms"))
    }

    async fn join(&self, endpoint: &Endpoint) -> Result<Row> {
        let code = self.owner.invite(self.community.general).await?;
        let mut times = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let (person, _) = Person::sign_up(endpoint).await?;
            let (started, code) = (Instant::now(), code.clone());
            person.call(UseInvite { code }).await?;
            times.push(started.elapsed());
        }
        Ok(row("Joining it", &times, "one commit"))
    }

    async fn edit_role(&self, connected: usize) -> Result<Row> {
        let community_id = self.community.id;
        let id = *self.roles().await?.first().context("there are roles")?;
        let mut times = Vec::with_capacity(TIMES);
        for number in 0..TIMES {
            let edit = EditRole {
                id,
                community_id,
                name: format!("edited {number}"),
                permissions: VIEW_AND_SEND + 64 * (number as u64 % 2),
                priority: 1,
                ..EditRole::default()
            };
            let started = Instant::now();
            self.owner.call(edit).await?;
            // What others are told comes after the answer; a message behind it is told to the same people.
            self.owner.send(self.community.general).await?;
            times.push(started.elapsed());
        }
        let beside = format!("and a message behind it; {} connected", grouped(connected));
        Ok(row("Editing a role", &times, &beside))
    }
}
