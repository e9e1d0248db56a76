//! Random lives of groups: what five people do, done on a server and in the model, whose lists have to agree after
//! each step.

use crate::model::{Listed, Model, Who};
use osmium_client::RpcError;
use osmium_proto::chats::{CreateChat, GetChats};
use osmium_proto::messages::DeleteMessage;
use osmium_proto::refs::UserRef;
use osmium_testkit::contract::{Checked, Failure};
use osmium_testkit::person::group_chat;
use osmium_testkit::{Engine, Person, Server};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

const PEOPLE: usize = 5;
/// How many steps a life has, and how many lives are tried.
const STEPS: usize = 150;
const LIVES: u32 = 2;

/// One of a list that is not known yet.
type Pick = prop::sample::Index;

/// What someone does. Groups and messages are picked among all that there ever were.
#[derive(Clone, Debug)]
enum Act {
    Create { with: Vec<Who> },
    Add { whom: Who },
    Remove { whom: Who },
    Leave,
    Send,
    Delete { message: Pick },
    Read { message: Pick },
}

#[derive(Clone, Debug)]
struct Step {
    by: Who,
    group: Pick,
    act: Act,
}

fn step() -> impl Strategy<Value = Step> {
    let who = || 0..PEOPLE;
    let message = any::<Pick>;
    let act = prop_oneof![
        1 => prop::collection::vec(who(), 0..4).prop_map(|with| Act::Create { with }),
        3 => who().prop_map(|whom| Act::Add { whom }),
        2 => who().prop_map(|whom| Act::Remove { whom }),
        1 => Just(Act::Leave),
        6 => Just(Act::Send),
        2 => message().prop_map(|message| Act::Delete { message }),
        3 => message().prop_map(|message| Act::Read { message }),
    ];
    (who(), any::<Pick>(), act).prop_map(|(by, group, act)| Step { by, group, act })
}

/// People on a server, and what they should see.
struct Lives {
    server: Server,
    people: [Person; PEOPLE],
    model: Model,
    groups: Vec<u64>,
    /// By group.
    messages: Vec<(u64, u64)>,
}

impl Lives {
    async fn begin(engine: Engine) -> Checked<Option<Self>> {
        let Some(database) = engine.database().await? else {
            return Ok(None);
        };
        let server = Server::start(database).await;
        let names = ["Alice", "Bob", "Carol", "Dave", "Eve"];
        let (_, people) = server.community_of(names).await?;
        Ok(Some(Self {
            server,
            people,
            model: Model::default(),
            groups: Vec::new(),
            messages: Vec::new(),
        }))
    }

    async fn take(&mut self, step: &Step) -> Checked {
        let by = step.by;
        if let Act::Create { with } = &step.act {
            return self.create(by, with).await;
        }
        if self.groups.is_empty() {
            return Ok(());
        }
        let group = *step.group.get(&self.groups);
        match &step.act {
            Act::Create { .. } => Ok(()),
            Act::Add { whom } => {
                let expected = self.model.add(group, by, *whom);
                let user = self.people[*whom].user_id;
                let outcome = self.people[by].add_member(group, user).await;
                self.said(group, *whom, expected, outcome).await
            }
            Act::Remove { whom } => self.remove(group, by, *whom).await,
            Act::Leave => self.remove(group, by, by).await,
            Act::Send => {
                let expected = self.model.may_send(group, by);
                let outcome = self.people[by].send(group_chat(group), "hello").await;
                agree(expected, &outcome);
                if let Ok(message) = outcome {
                    self.model.sent(group, message, by);
                    self.messages.push((group, message));
                }
                Ok(())
            }
            Act::Delete { message } => {
                let message = self.pick(group, *message);
                let request = DeleteMessage {
                    chat_ref: Some(group_chat(group)),
                    message_ids: vec![message],
                };
                let outcome = self.people[by].call(request).await;
                agree(self.model.delete(group, by, message), &outcome);
                Ok(())
            }
            Act::Read { message } => {
                let message = self.pick(group, *message);
                let outcome = self.people[by].mark_read(group_chat(group), message).await;
                agree(self.model.read(group, by, message), &outcome);
                Ok(())
            }
        }
    }

    async fn create(&mut self, by: Who, with: &[Who]) -> Checked {
        let user = |who: &Who| UserRef {
            user_id: self.people[*who].user_id,
        };
        let request = CreateChat {
            users: with.iter().map(user).collect(),
            name: "Life".to_owned(),
        };
        let group = self.people[by].call(request).await?.id;
        let mut members = vec![by];
        for who in with {
            if !members.contains(who) {
                members.push(*who);
            }
        }
        self.model.create(group, by, members);
        self.groups.push(group);
        Ok(())
    }

    async fn remove(&mut self, group: u64, by: Who, whom: Who) -> Checked {
        let expected = self.model.remove(group, by, whom);
        let user = self.people[whom].user_id;
        let outcome = self.people[by].remove_member(group, user).await;
        self.said(group, whom, expected, outcome).await
    }

    /// After someone came or went: learns the message that says so, if there is one.
    async fn said(
        &mut self,
        group: u64,
        about: Who,
        expected: Result<bool, u32>,
        outcome: Result<(), RpcError>,
    ) -> Checked {
        agree(expected.map(drop), &outcome);
        if expected == Ok(true) {
            let store = self.server.store();
            let chats = store
                .read()
                .await?
                .chats(&[osmium_model::ChatId(group)])
                .await?;
            let message = chats[0].last_message_id.expect("it is said").0;
            self.model.sent(group, message, about);
            self.messages.push((group, message));
        }
        Ok(())
    }

    /// One of all messages that the group ever had; or none that there is.
    fn pick(&self, group: u64, index: Pick) -> u64 {
        let mut own = self.messages.iter().filter(|(of, _)| *of == group);
        let count = own.clone().count();
        match count {
            0 => 1,
            _ => own
                .nth(index.index(count))
                .map_or(1, |(_, message)| *message),
        }
    }

    /// Everyone's list is what the model says.
    async fn check(&self) -> Checked {
        for (who, person) in self.people.iter().enumerate() {
            let list = person.call(GetChats::default()).await?;
            let listed = list.chats.iter().zip(&list.groups).map(|(chat, group)| {
                assert_eq!(chat.chat_ref, Some(group_chat(group.id)));
                Listed {
                    id: group.id,
                    last_message_id: chat.last_message_id,
                    unread: chat.unread_count,
                    owned: group.owner,
                    members: group
                        .participant_ids
                        .iter()
                        .map(|id| self.who(*id))
                        .collect(),
                }
            });
            assert_eq!(list.chats.len(), list.groups.len());
            assert_eq!(listed.collect::<Vec<_>>(), self.model.list_of(who), "{who}");
        }
        Ok(())
    }

    fn who(&self, user: u64) -> Who {
        let found = self.people.iter().position(|person| person.user_id == user);
        found.expect("nobody else is here")
    }
}

/// A call went as it should, or was refused with the code that it should.
#[track_caller]
fn agree<T>(expected: Result<(), u32>, outcome: &Result<T, RpcError>) {
    let outcome = outcome.as_ref().map(drop).map_err(|error| error.code);
    assert_eq!(outcome, expected);
}

async fn live(engine: Engine, steps: &[Step]) -> Checked {
    let Some(mut lives) = Lives::begin(engine).await? else {
        return Ok(());
    };
    for step in steps {
        lives.take(step).await?;
        lives.check().await?;
    }
    Ok(())
}

fn lists_agree(engine: Engine) -> Checked {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let mut runner = TestRunner::new(Config {
        cases: LIVES,
        max_shrink_iters: 20,
        ..Config::default()
    });
    let steps = prop::collection::vec(step(), STEPS);
    let outcome = runner.run(&steps, |steps| {
        let lived = runtime.block_on(live(engine, &steps));
        lived.map_err(|failure| TestCaseError::fail(format!("{failure:?}")))
    });
    outcome.map_err(Failure::from)
}

#[test]
fn lists_agree_with_the_model_on_sqlite() -> Checked {
    lists_agree(Engine::Sqlite)
}

#[test]
fn lists_agree_with_the_model_on_postgres() -> Checked {
    lists_agree(Engine::Postgres)
}
