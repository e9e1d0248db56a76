//! The suite: every contract of a store as a test of its own.

use super::SharedStore;
use crate::contract::Checked;
use crate::databases::{Database, Engine};
use std::time::Duration;
use tokio::time::timeout;

/// Longer than any contract takes; what waits longer waits for ever.
const PATIENCE: Duration = Duration::from_mins(1);

/// Runs a contract on a new database.
pub async fn run<T: Future<Output = Checked>>(
    engine: Engine,
    contract: impl FnOnce(SharedStore) -> T,
) -> Checked {
    let Some(database) = engine.database().await? else {
        return Ok(());
    };
    timeout(PATIENCE, contract(database.store())).await?
}

/// Runs a contract on a new database that does not have the schema.
pub async fn run_empty<T: Future<Output = Checked>>(
    engine: Engine,
    contract: impl FnOnce(Database) -> T,
) -> Checked {
    let Some(database) = engine.empty_database().await? else {
        return Ok(());
    };
    timeout(PATIENCE, contract(database)).await?
}

/// Makes a test of each contract of a store: `store_contract!(sqlite, Sqlite)` makes the module `sqlite` with tests
/// on [`Engine::Sqlite`], and a list of their names in `sqlite::LISTED`.
#[macro_export]
macro_rules! store_contract {
    ($name:ident, $engine:ident) => {
        $crate::store_contract! {
            @make $name, $engine;
            run_empty: migrations {
                an_empty_database_is_not_ready,
                migrating_again_is_harmless,
            }
            run: users {
                a_user_is_read_as_written,
                nobody_is_not_found,
                those_that_exist_are_given,
                handle_and_address_lead_to_a_user,
                a_handle_has_one_user,
                an_address_has_one_account,
                a_user_is_replaced,
                a_profile_is_replaced,
                settings_are_replaced,
                an_account_is_shut_out_and_let_in,
                accounts_are_listed_by_id,
                those_who_know_a_user_watch_them,
                friends_watch_and_the_blocked_do_not,
                mutual_communities_are_those_of_both,
                those_who_share_a_community_are_told,
            }
            run: relationships {
                a_relationship_is_read_as_set,
                relationships_are_listed_and_counted,
                mutual_friends_are_those_of_both,
                a_block_of_either_stands_between_two,
                acquaintances_are_those_who_know_each_other,
            }
            run: logins {
                a_login_is_read_as_written,
                the_login_used_last_is_first,
                only_own_logins_are_deleted,
                applications_that_exist_are_given,
                a_client_id_has_one_application,
            }
            run: communities {
                a_community_is_read_as_written,
                a_community_is_replaced,
                a_handle_has_one_community,
                a_user_is_a_member_once,
                members_are_those_of_the_community,
                a_membership_ends_and_begins_anew,
                communities_come_by_when_one_joined,
                rules_decide_what_members_may_do,
                a_standing_comes_with_the_epoch,
                the_epoch_grows_when_raised,
            }
            run: members {
                a_member_is_replaced,
                members_come_in_pages_and_all_at_once,
                what_was_read_ends_with_the_membership,
                a_ban_holds_for_its_time,
                bans_are_listed_and_replaced,
                bans_are_lifted,
            }
            run: listings {
                a_listing_has_an_invite_while_it_is_listed,
                the_directory_has_those_that_are_listed,
                the_invite_of_a_listing_stands_apart,
            }
            run: endings {
                of_a_deleted_community_nothing_is_found,
                what_is_left_goes_in_bounded_steps,
                what_someone_wrote_is_found,
            }
            run: channels {
                a_channel_is_replaced,
                channels_come_by_position_and_id,
                a_channel_brings_its_chat,
                channels_are_replaced_together,
                a_deleted_channel_is_gone,
                its_messages_go_by_and_by,
            }
            run: roles {
                a_role_is_read_as_written,
                a_role_is_replaced,
                a_member_holds_roles,
                holders_are_those_of_the_role,
                a_deleted_role_is_taken_from_its_holders,
                roles_end_with_a_membership,
            }
            run: overrides {
                a_channel_has_a_list_of_its_own,
                a_list_is_replaced_as_a_whole,
                a_channel_follows_its_category,
                overrides_end_with_their_role_or_channel,
            }
            run: chats {
                a_chat_is_read_as_written,
                a_pair_has_one_direct_chat,
                a_chat_stands_in_the_lists_of_its_users,
                channels_stand_in_no_list,
                the_newest_message_comes_first,
                a_deletion_moves_a_chat_back,
                pages_are_bounded_by_messages,
                lists_and_places_agree,
                a_message_is_featured_while_it_is_there,
            }
            run: groups {
                a_group_is_read_as_written,
                a_group_is_replaced,
                a_group_stands_in_the_lists_of_its_members,
                messages_move_a_group_in_every_list,
                who_comes_in_has_read_what_was_there,
                who_leaves_is_forgotten,
                nothing_is_left_of_a_deleted_group,
                members_follow_and_watch_a_group,
                an_epoch_comes_with_its_group,
            }
            run: reading {
                own_messages_are_read,
                system_messages_are_unread_for_all,
                deleted_messages_are_not_unread,
                reading_moves_forward_only,
                members_begin_where_they_joined,
                deletions_before_joining_do_not_count,
                unread_channels_are_those_of_all_communities,
                counter_rows_tell_positions_and_deletions,
                counter_rows_of_a_direct_chat_begin_at_nothing,
                an_ordinal_stands_at_a_message,
                joining_again_begins_anew,
            }
            run: messages {
                a_message_is_read_as_written,
                kinds_and_long_texts_are_kept,
                messages_are_those_of_the_chat,
                history_comes_in_four_forms,
                new_messages_move_the_counters,
                an_edit_replaces_what_can_change,
                a_deletion_tells_what_there_was,
                a_deletion_leaves_its_numbers_taken,
            }
            run: mentions {
                mentions_are_counted_after_the_reader_s_position,
                mentions_of_channels_are_counted,
                members_are_mentioned_from_where_they_joined,
                mentions_are_replaced,
                mentions_go_with_their_message,
                a_draft_mentions,
            }
            run: pins {
                the_last_pinned_comes_first,
                a_pin_goes_with_its_message,
                preferences_of_a_chat_are_kept,
            }
            run: recounts {
                what_is_right_is_not_off,
                what_is_off_is_put_right,
                all_chats_are_passed_by_id,
            }
            run: reactions {
                reactions_are_read_as_written,
                emoji_and_users_come_in_their_order,
                one_chooses_an_emoji_once,
                what_users_chose_is_found,
                reactions_go_with_their_message,
                reactions_go_with_their_chat,
            }
            run: search {
                all_words_are_there_in_any_order,
                a_page_is_newest_first_in_all_forms,
                pages_reach_across_chats,
                other_chats_are_not_searched,
                an_edit_is_found_by_its_new_words,
                what_is_gone_is_not_found,
                what_the_server_says_is_not_found,
                odd_texts_are_found_as_the_model_says,
                the_latest_chats_come_first,
            }
            run: sends {
                a_message_is_found_by_its_key,
                a_key_outlives_its_message,
            }
            run: posting {
                a_basis_has_what_exists,
                a_draft_is_written,
                a_draft_that_was_overtaken_leaves_nothing,
                a_draft_that_was_sent_already_leaves_nothing,
                a_held_topic_is_not_overtaken,
                a_dropped_posting_leaves_nothing,
                those_who_post_at_once_leave_no_gaps,
            }
            run: invites {
                an_invite_is_read_as_written,
                live_invites_are_listed,
                uses_are_counted_up_to_the_most,
                uses_are_exact_under_concurrency,
            }
            run: interactions {
                an_interaction_is_read_as_written,
                an_interaction_ends_once,
                pruning_forgets_old_interactions,
            }
            run: reports {
                the_latest_reports_are_listed,
                a_repeated_report_has_a_new_reason,
            }
            run: log {
                what_is_recorded_later_comes_after_what_is_settled,
                events_are_numbered_by_topic,
                events_come_in_order,
                an_event_is_kept_whole,
                positions_tell_how_far_logs_go,
                users_follow_themselves_and_their_communities,
                recent_events_are_told_by_topic,
                pruning_leaves_a_gap_that_shows,
                pruning_goes_in_bounded_steps,
                pruning_forgets_old_keys,
                the_clock_goes_on,
                checkpoints_move_forward_only,
            }
            run: workers {
                holders_get_different_numbers,
                numbers_run_out_and_come_back,
                a_holder_renews_its_own_number,
                a_number_comes_with_its_past,
            }
            run: transactions {
                the_database_answers,
                others_see_what_is_committed,
                a_dropped_transaction_leaves_nothing,
                a_transaction_holds_its_topics,
                an_epoch_is_raised_once,
                a_topic_that_is_not_held_is_refused,
                a_transaction_may_record_nothing,
                writers_of_a_topic_take_turns,
                writers_do_not_wait_in_a_circle,
                who_gives_up_leaves_no_gap,
            }
        }
    };
    (@make $name:ident, $engine:ident; $($run:ident: $noun:ident { $($test:ident,)* })*) => {
        mod $name {
            /// The contracts by file and name.
            pub(super) const LISTED: &[(&str, &[&str])] =
                &[$((stringify!($noun), &[$(stringify!($test)),*])),*];

            $(mod $noun {
                use $crate::contract::store::$noun as contract;

                $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() -> $crate::contract::Checked {
                    let engine = $crate::databases::Engine::$engine;
                    $crate::contract::store::$run(engine, contract::$test).await
                })*
            })*
        }
    };
}
