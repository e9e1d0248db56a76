//! The suite of [`crate::contract::bus`], `presence`, `rate` and `lease`: every contract as a test of its own.

use crate::brokers::{Broker, Deployment};
use crate::contract::Checked;
use std::time::Duration;
use tokio::time::timeout;

/// Longer than any contract takes; what waits longer waits for ever.
const PATIENCE: Duration = Duration::from_mins(1);

/// Runs a contract on a new deployment.
pub async fn run<T: Future<Output = Checked>>(
    broker: Broker,
    contract: impl FnOnce(Deployment) -> T,
) -> Checked {
    let Some(deployment) = broker.deployment()? else {
        return Ok(());
    };
    timeout(PATIENCE, contract(deployment)).await?
}

/// Makes a test of each contract of a broker: `broker_contract!(local, Local)` makes the module `local` with
/// tests on [`Broker::Local`], and a list of their names in `local::LISTED`.
#[macro_export]
macro_rules! broker_contract {
    ($name:ident, $broker:ident) => {
        $crate::broker_contract! {
            @make $name, $broker;
            bus {
                what_is_published_is_heard,
                what_is_published_together_is_heard_in_order,
                messages_come_in_order_and_once,
                a_follow_counts_at_once,
                only_what_is_followed_is_heard,
                what_is_no_longer_followed_is_silent,
                following_twice_is_following_once,
                every_subscriber_hears,
                a_subscriber_that_leaves_takes_nobody_along,
                many_subjects_are_followed_together,
                follows_and_unfollows_may_race,
                payloads_may_be_empty_or_large,
                too_many_messages_interrupt,
                too_many_bytes_interrupt,
                waiting_may_be_given_up,
                the_bus_answers,
            }
            presence {
                a_status_is_kept_whole,
                sessions_merge,
                a_session_replaces_what_it_said,
                nobody_is_offline,
                statuses_come_in_the_order_asked_for,
                what_is_known_is_no_older_than_what_is_heard,
                an_entry_counts_until_it_is_swept,
                what_is_extended_is_not_swept,
                an_end_may_be_brought_forward,
                what_is_gone_is_told_back,
                a_sweep_keeps_to_its_partition,
                a_sweep_drops_everything_that_ended,
                each_end_is_told_to_one_sweeper,
                a_change_is_noted_until_it_is_told,
                a_later_change_stays_noted,
            }
            rate {
                a_full_bucket_passes_a_burst,
                tokens_flow,
                tokens_are_taken_all_or_none,
                keys_do_not_share,
                processes_share,
                what_no_bucket_holds_never_passes,
                what_never_flows_never_comes,
                what_costs_nothing_passes,
            }
            lease {
                one_holder_holds_everything,
                holders_come_to_fair_shares,
                what_is_held_is_kept,
                shares_grow_when_a_holder_leaves,
                shares_grow_when_a_holder_dies,
                there_may_be_more_holders_than_partitions,
                releasing_nothing_is_harmless,
                concurrent_renewals_never_overlap,
            }
        }
    };
    (@make $name:ident, $broker:ident; $($port:ident { $($test:ident,)* })*) => {
        mod $name {
            /// The contracts by file and name.
            pub(super) const LISTED: &[(&str, &[&str])] =
                &[$((stringify!($port), &[$(stringify!($test)),*])),*];

            $(mod $port {
                use $crate::contract::$port as contract;

                $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() -> $crate::contract::Checked {
                    let broker = $crate::brokers::Broker::$broker;
                    $crate::contract::broker::run(broker, contract::$test).await
                })*
            })*
        }
    };
}
