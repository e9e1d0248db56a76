//! A whole server in a test: one gateway and one fan-out in this process, over a database of its own.

use crate::clock::TestClock;
use crate::cluster::{Cluster, Gateway, Part};
use crate::contract::Checked;
use crate::databases::{Database, Engine};
use crate::person::{Community, Person, initialize};
use crate::queries::QueryCount;
use osmium_core::Config;
use osmium_core::session::{Actor, Call, Caller, Client};
use osmium_model::{
    ClientId, CommunityId, ConnectionId, Device, Event, LoginId, Permissions, Timestamp, Topic,
    UserId,
};
use osmium_ports::Clock;
use osmium_ports::Store;
use osmium_proto::Request;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// A server that is gone when this is dropped.
pub struct Server {
    gateway: Gateway,
    _fanout: Part,
    cluster: Cluster,
}

impl Server {
    /// A server on this database, without rate limits.
    pub async fn start(database: Database) -> Self {
        Self::with(database, |_| {}).await
    }

    /// The same with another configuration.
    pub async fn with(database: Database, configure: impl FnOnce(&mut Config)) -> Self {
        let mut cluster = Cluster::new(database);
        configure(&mut cluster.config);
        let fanout = cluster.fanout();
        let gateway = cluster.gateway().await;
        Self {
            gateway,
            _fanout: fanout,
            cluster,
        }
    }

    /// Its gateway.
    pub fn gateway(&self) -> &Gateway {
        &self.gateway
    }

    /// Its time of day.
    pub fn clock(&self) -> &TestClock {
        &self.cluster.clock
    }

    /// Its store.
    pub fn store(&self) -> &Arc<dyn Store> {
        self.cluster.store()
    }

    /// The time there now.
    pub fn now(&self) -> Timestamp {
        self.cluster.clock.now()
    }

    /// A connection that has said nothing yet.
    pub async fn connection(&self) -> Person {
        self.gateway.connection().await
    }

    /// A connection that has initialized.
    pub async fn anonymous(&self) -> Person {
        self.gateway.anonymous().await
    }

    /// Someone new, who is signed in and told of everything.
    pub async fn sign_up(&self, name: &str) -> Person {
        self.gateway.sign_up(name).await
    }

    /// New people in a new community, of which the first is the owner. All have heard of all that.
    pub async fn community_of<const N: usize>(
        &self,
        names: [&str; N],
    ) -> Checked<(Community, [Person; N])> {
        let mut people = Vec::with_capacity(N);
        for name in names {
            people.push(self.sign_up(name).await);
        }
        let (owner, others) = people.split_first_mut().expect("someone owns it");
        let community = owner.create_community("Lounge").await?;
        let code = owner.invite(&community).await?;
        for person in others {
            person.join(&code).await?;
        }
        for person in &mut people {
            person.catch_up().await?;
        }
        let people = <[Person; N]>::try_from(people).ok();
        Ok((community, people.expect("one for each name")))
    }

    /// New people in a new group, of which the first is the owner; gives its id. All have heard of all that, and share a
    /// community.
    pub async fn group_of<const N: usize>(&self, names: [&str; N]) -> Checked<(u64, [Person; N])> {
        let (_, mut people) = self.community_of(names).await?;
        let (owner, others) = people.split_first_mut().expect("someone owns it");
        let members: Vec<&Person> = others.iter().collect();
        let group = owner.create_group("Trip", &members).await?;
        for person in &mut people {
            person.catch_up().await?;
        }
        Ok((group, people))
    }

    /// Two new people who have nothing but a group in common; gives its id. Both have heard of all that.
    pub async fn group_of_strangers(&self, names: [&str; 2]) -> Checked<(u64, [Person; 2])> {
        let [mut owner, mut other] = [self.sign_up(names[0]).await, self.sign_up(names[1]).await];
        let group = owner.create_group("Trip", &[]).await?;
        let code = owner.invite_into_group(group).await?;
        other.join(&code).await?;
        owner.catch_up().await?;
        Ok((group, [owner, other]))
    }

    /// Sets what every member of a community may do, as `communities.editDefaultPermissions` does.
    pub async fn set_default_permissions(
        &self,
        community: &Community,
        permissions: Permissions,
    ) -> Checked {
        let (id, store) = (CommunityId(community.id), self.cluster.store());
        let mut tx = store.begin(&[Topic::Community(id)]).await?;
        let found = tx.find_community(id).await?;
        let mut changed = found.expect("the community is there");
        changed.default_permissions = permissions;
        tx.update_community(&changed).await?;
        let topic = Topic::Community(id);
        let epoch = tx.raise_epoch(topic);
        let community = changed;
        tx.record(topic, Event::CommunityChanged { community, epoch });
        tx.commit().await?;
        Ok(())
    }

    /// A method that needs a sign-in refuses who has none, or has not even initialized.
    pub async fn needs_sign_in<R: Request + Clone>(&self, request: R) {
        let stranger = self.connection().await;
        assert_eq!(stranger.refused(request.clone()).await, 400);
        stranger.call(initialize()).await.expect("it comes first");
        assert_eq!(stranger.refused(request).await, 401);
    }

    /// How many SQL statements a call takes.
    pub async fn count_queries<R: Request>(&self, caller: &Person, request: R) -> usize {
        let call = Call {
            key: 1,
            message: request.into(),
            caller: as_caller(caller),
        };
        let (finished, count) = QueryCount::of(self.gateway.core.run(call)).await;
        let outcome = finished.outcome.map(drop);
        assert_eq!(outcome, Ok(()), "{}", R::METHOD.name);
        count.get()
    }
}

fn as_caller(person: &Person) -> Caller {
    Caller {
        connection: ConnectionId(1),
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        client: Some(Arc::new(Client {
            id: ClientId(initialize().client_id),
            device: Device::default(),
            subscribes: true,
        })),
        actor: Some(Actor {
            user_id: UserId(person.user_id),
            login_id: LoginId(person.session_id),
        }),
        invited: false,
    }
}

/// What a test of a method begins with.
pub trait Given: Sized {
    /// Makes it on a database.
    fn given(database: Database) -> impl Future<Output = Self>;
}

impl Given for Database {
    async fn given(database: Database) -> Self {
        database
    }
}

impl Given for Server {
    async fn given(database: Database) -> Self {
        Self::start(database).await
    }
}

/// Runs a test on a store, unless tests on it are skipped.
pub async fn on<G: Given>(engine: Engine, test: impl AsyncFnOnce(G) -> Checked) -> Checked {
    match engine.database().await? {
        Some(database) => test(G::given(database).await).await,
        None => Ok(()),
    }
}

/// Makes tests of functions from a [`Server`] or a [`Database`] to [`Checked`]: two of each, one a store. A function that
/// is not listed is never used, so the compiler tells of it.
#[macro_export]
macro_rules! on_both_stores {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test]
                async fn $name() -> $crate::contract::Checked {
                    $crate::server::on($crate::Engine::Sqlite, super::$name).await
                }
            )*
        }

        mod postgres {
            $(
                #[tokio::test]
                async fn $name() -> $crate::contract::Checked {
                    $crate::server::on($crate::Engine::Postgres, super::$name).await
                }
            )*
        }
    };
}
