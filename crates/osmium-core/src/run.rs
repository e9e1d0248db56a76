//! The one path on which every call runs: access, rate, span, timeout, panic guard, error to code, trace id.

use crate::announcer::Announcer;
use crate::config::Config;
use crate::context::Context;
use crate::dispatch;
use crate::error::{Error, Result};
use crate::ids::Ids;
use crate::interactions::Interactions;
use crate::meters::Meters;
use crate::method::{Access, Class, Cost, Method};
use crate::posts::Posts;
use crate::presence;
use crate::presence::PresenceLease;
use crate::rosters::Rosters;
use crate::secrets::Passwords;
use crate::session::{Call, Caller, Finished};
use crate::views::Views;
use futures::FutureExt;
use osmium_ports::{Bus, Clock, Presence, Random, RateLimiter, Store, Verdict};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Weak};
use tokio::task::AbortHandle;
use tracing::Instrument;
use uuid::Uuid;

/// What the core needs from the world.
#[derive(Clone)]
pub struct Ports {
    /// Rows and the log.
    pub store: Arc<dyn Store>,
    /// Hints to other processes.
    pub bus: Arc<dyn Bus>,
    /// Who is there.
    pub presence: Arc<dyn Presence>,
    /// How often.
    pub rates: Arc<dyn RateLimiter>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
}

/// The core of one process: runs calls.
pub struct Core {
    pub(crate) ports: Ports,
    pub(crate) config: Config,
    pub(crate) ids: Arc<Ids>,
    pub(crate) announcer: Announcer,
    pub(crate) posts: Posts,
    pub(crate) passwords: Passwords,
    pub(crate) views: Arc<Views>,
    pub(crate) rosters: Arc<Rosters>,
    pub(crate) interactions: Arc<Interactions>,
    pub(crate) lease: PresenceLease,
    meters: Meters,
    tasks: Vec<AbortHandle>,
}

impl Core {
    /// Starts a core, with its background tasks; they end when it is dropped. `holder` names this process among
    /// all that share the store.
    pub fn start(ports: Ports, config: Config, holder: &str) -> Arc<Self> {
        let ids = Arc::new(Ids::new(ports.clock.clone(), holder.to_owned()));
        let (announcer, announcing) = Announcer::new(ports.bus.clone());
        let (posts, posting) = Posts::new(&ports, &ids, &announcer, config.posts_at_once);
        let keeping = {
            let (ids, store) = (ids.clone(), ports.store.clone());
            async move { ids.keep(&*store).await }
        };
        let views = Arc::new(Views::new());
        let (store, presence) = (ports.store.clone(), ports.presence.clone());
        let rosters = Arc::new(Rosters::new(store, presence, &config.limits));
        Arc::new_cyclic(|core: &Weak<Self>| {
            let present = presence::keep(core.clone(), config.presence_lease / 3);
            let tasks = vec![
                tokio::spawn(announcing).abort_handle(),
                tokio::spawn(keeping).abort_handle(),
                tokio::spawn(posting).abort_handle(),
                tokio::spawn(present).abort_handle(),
            ];
            let (passwords, lease) = (Passwords::new(), PresenceLease::default());
            Self {
                ports,
                config,
                ids,
                announcer,
                posts,
                passwords,
                views,
                rosters,
                interactions: Arc::default(),
                lease,
                meters: Meters::new(),
                tasks,
            }
        })
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The communities' rules, as this process knows them.
    pub fn views(&self) -> &Arc<Views> {
        &self.views
    }

    /// Who is in which community, as this process knows it.
    pub fn rosters(&self) -> &Arc<Rosters> {
        &self.rosters
    }

    /// Who waits for the answers of bots in this process.
    pub fn interactions(&self) -> &Arc<Interactions> {
        &self.interactions
    }

    /// Whether calls can be served: ids can be made, the store and the bus answer.
    pub async fn ready(&self) -> Result<(), &'static str> {
        if !self.ids.ready() {
            return Err("no worker number yet");
        }
        self.ports
            .store
            .ping()
            .await
            .map_err(|_| "the store cannot be reached")?;
        self.ports
            .bus
            .ping()
            .await
            .map_err(|_| "the bus cannot be reached")
    }

    /// Runs one call to its end. Never panics and always gives exactly one outcome.
    pub async fn run(self: &Arc<Self>, call: Call) -> Finished {
        let trace_id = trace_id();
        let method = call.message.method();
        let span = tracing::info_span!("call", method = method.name, trace_id);
        let context = Context::new(self.clone(), call.caller);
        let started = tokio::time::Instant::now();
        let longest = if dispatch::waits(&call.message) {
            self.config.longest_call()
        } else {
            self.config.call_timeout
        };
        let outcome = {
            let running = Running { context: &context };
            let work = AssertUnwindSafe(dispatch::call(running, call.message)).catch_unwind();
            match tokio::time::timeout(longest, work)
                .instrument(span.clone())
                .await
            {
                Ok(Ok(outcome)) => outcome,
                Ok(Err(_panic)) => {
                    span.in_scope(|| tracing::error!("a method panicked"));
                    Err(Error::internal())
                }
                Err(_elapsed) => Err(Error::timed_out()),
            }
        };
        self.meters.called(method, &outcome, started.elapsed());
        let transition = context.into_transition().filter(|_| outcome.is_ok());
        Finished {
            key: call.key,
            outcome,
            transition,
            trace_id,
        }
    }
}

impl Drop for Core {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

/// A call that is being run.
#[derive(Clone, Copy)]
pub(crate) struct Running<'a> {
    context: &'a Context,
}

impl Running<'_> {
    /// Checks what is the same for all methods, then calls this one.
    pub(crate) async fn call<M: Method>(self, request: M) -> Result<M::Reply> {
        let context = self.context;
        check_access(M::ACCESS, &context.caller)?;
        context.core.check_rate(M::COST, &context.caller).await?;
        request.call(context).await
    }
}

fn check_access(access: Access, caller: &Caller) -> Result<()> {
    match (access, caller.client.is_some(), caller.actor.is_some()) {
        (Access::First, false, _)
        | (Access::Initialized, true, _)
        | (Access::SignedOut, true, false)
        | (Access::SignedIn, true, true) => Ok(()),
        (Access::First, true, _) => Err(Error::invalid("Already initialized")),
        (_, false, _) => Err(Error::invalid("Call core.initialize first")),
        (Access::SignedOut, true, true) => Err(Error::invalid("Already signed in")),
        (Access::SignedIn, true, false) => Err(Error::signed_out()),
    }
}

impl Core {
    async fn check_rate(&self, cost: Cost, caller: &Caller) -> Result<()> {
        let Some(rates) = &self.config.rates else {
            return Ok(());
        };
        let user = || {
            caller.actor.map_or_else(
                || caller.address.to_string(),
                |actor| actor.user_id.to_string(),
            )
        };
        let (key, rate) = match cost.class {
            Class::Free => return Ok(()),
            Class::Read => (format!("read:{}", user()), rates.read),
            Class::Write => (format!("write:{}", user()), rates.write),
            Class::Send => (format!("send:{}", user()), rates.send),
            Class::Heavy => (format!("heavy:{}", user()), rates.heavy),
            Class::SignIn => (format!("sign-in:{}", caller.address), rates.sign_in),
            Class::Authorize => (format!("authorize:{}", caller.address), rates.authorize),
        };
        match self.ports.rates.take(&key, rate.into(), cost.tokens).await {
            Ok(Verdict::Pass) => Ok(()),
            Ok(Verdict::Wait(wait)) => Err(Error::rate_limited(wait)),
            Err(error) => {
                tracing::debug!(%error, "a call passes without a rate check");
                Ok(())
            }
        }
    }
}

/// A name for a call, or for a refusal to run one, in our logs and in its result.
pub(crate) fn trace_id() -> String {
    Uuid::new_v4().simple().to_string()
}
