//! Lists that fit into one frame: no client may be sent a larger one.

use crate::session::MAX_SENT_FRAME;
use osmium_proto::reactions::MessageReactions;
use osmium_proto::types::{Channel, Message, User};
use prost::Message as _;
use std::collections::{HashMap, HashSet};

/// What the items of a list may take; the rest of the frame is for what goes with them.
const ROOM: usize = MAX_SENT_FRAME / 2;
/// What a second list may take, beside a list of messages.
const ROOM_BESIDE: usize = MAX_SENT_FRAME / 4;
/// What a third list may take.
const ROOM_LEFT: usize = MAX_SENT_FRAME / 8;
/// What the users of a long list may take, where little goes with them.
const ROOM_FOR_USERS: usize = MAX_SENT_FRAME / 8 * 7;

/// The messages nearest to the one at `center` in the list, as many as fit, in the order that they had.
pub(crate) fn nearest(messages: Vec<Message>, center: usize) -> Vec<Message> {
    nearest_with(messages, Vec::new(), center).0
}

/// The same, each with the reactions to it; what they take counts too.
pub(crate) fn nearest_with(
    messages: Vec<Message>,
    mut reactions: Vec<MessageReactions>,
    center: usize,
) -> (Vec<Message>, Vec<MessageReactions>) {
    let sizes: HashMap<u64, usize> = reactions
        .iter()
        .map(|reactions| (reactions.message_id, reactions.encoded_len()))
        .collect();
    let mut nearest: Vec<(usize, Message)> = messages.into_iter().enumerate().collect();
    nearest.sort_by_key(|(place, _)| place.abs_diff(center));
    let mut taken = 0;
    let fits = |(_, message): &(usize, Message)| {
        taken += message.encoded_len() + sizes.get(&message.message_id).unwrap_or(&0);
        taken <= ROOM
    };
    let mut kept: Vec<_> = nearest.into_iter().take_while(fits).collect();
    kept.sort_by_key(|(place, _)| *place);
    let kept: Vec<Message> = kept.into_iter().map(|(_, message)| message).collect();
    let ids: HashSet<u64> = kept.iter().map(|message| message.message_id).collect();
    reactions.retain(|reactions| ids.contains(&reactions.message_id));
    (kept, reactions)
}

/// The first of a list, as many as fit.
pub(crate) fn first<T: prost::Message>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    first_within(ROOM, items)
}

/// The first of a list, as many as fit beside a list of messages and another one.
pub(crate) fn first_left<T: prost::Message>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    first_within(ROOM_LEFT, items)
}

fn first_within<T: prost::Message>(room: usize, items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut taken = 0;
    let fits = |item: &T| {
        taken += item.encoded_len();
        taken <= room
    };
    items.into_iter().take_while(fits).collect()
}

/// The first pairs of a list, as many as fit, as a list of each side.
pub(crate) fn first_pairs<A: prost::Message, B: prost::Message>(
    pairs: impl IntoIterator<Item = (A, B)>,
) -> (Vec<A>, Vec<B>) {
    let mut taken = 0;
    let fits = |(a, b): &(A, B)| {
        taken += a.encoded_len() + b.encoded_len();
        taken <= ROOM
    };
    pairs.into_iter().take_while(fits).unzip()
}

/// The users of a long list, with what they are doing if there is room for it; if not even their names have room, as many as
/// fit.
pub(crate) fn users(users: Vec<User>) -> Vec<User> {
    users_within(ROOM_FOR_USERS, users)
}

/// The same, beside a list of messages.
pub(crate) fn users_beside(users: Vec<User>) -> Vec<User> {
    users_within(ROOM_BESIDE, users)
}

fn users_within(room: usize, mut users: Vec<User>) -> Vec<User> {
    if size_of_all(&users) > room {
        for status in users.iter_mut().filter_map(|user| user.status.as_mut()) {
            status.activities.clear();
        }
    }
    first_within(room, users)
}

/// The channels of a community, beside their latest messages; with what they are about, as far as there is room for it.
pub(crate) fn channels(mut channels: Vec<Channel>) -> Vec<Channel> {
    let descriptions = |channel: &Channel| channel.description.as_ref().map_or(0, String::len);
    let named = size_of_all(&channels) - channels.iter().map(descriptions).sum::<usize>();
    let mut taken = named;
    for channel in &mut channels {
        taken += descriptions(channel);
        if taken > ROOM_BESIDE {
            channel.description = None;
        }
    }
    channels
}

fn size_of_all<T: prost::Message>(items: &[T]) -> usize {
    items.iter().map(T::encoded_len).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use osmium_proto::reactions::MessageReactionField;
    use osmium_proto::types::UserStatus;
    use osmium_proto::types::user_status::Activity;

    fn messages(sizes: &[usize]) -> Vec<Message> {
        let message = |(id, size): (u64, &usize)| Message {
            message_id: id,
            message: "x".repeat(*size),
            ..Message::default()
        };
        (0..).zip(sizes).map(message).collect()
    }

    fn kept(sizes: &[usize], center: usize) -> Vec<u64> {
        let kept = nearest(messages(sizes), center);
        kept.iter().map(|message| message.message_id).collect()
    }

    #[test]
    fn what_fits_is_kept_as_it_is() {
        assert_eq!(kept(&[1, 2, 3], 1), [0, 1, 2]);
        assert!(kept(&[], 0).is_empty());
    }

    #[test]
    fn the_first_are_kept_as_far_as_there_is_room() {
        let third = ROOM / 3 - 100;
        assert_eq!(first(messages(&[third; 6])).len(), 3);
        assert_eq!(first_left(messages(&[third / 2; 6])).len(), 1);
        assert!(first(messages(&[])).is_empty());
    }

    #[test]
    fn pairs_stay_together() {
        let third = ROOM / 3 - 100;
        let sides = messages(&[third; 6]);
        let pairs = sides.iter().cloned().zip(sides.iter().cloned());
        let (left, right) = first_pairs(pairs);
        assert_eq!((left.len(), left), (1, right));
    }

    #[test]
    fn what_is_far_from_the_center_goes_first() {
        let third = ROOM / 3 - 100;
        assert_eq!(kept(&[third; 6], 0), [0, 1, 2]);
        assert_eq!(kept(&[third; 6], 5), [3, 4, 5]);
        assert_eq!(kept(&[third; 6], 3), [2, 3, 4]);
    }

    #[test]
    fn reactions_stay_with_their_messages() {
        let third = ROOM / 3 - 100;
        let reactions = |id: u64, count: usize| MessageReactions {
            message_id: id,
            reaction_fields: vec![MessageReactionField::default(); count],
        };
        let few = vec![reactions(0, 1), reactions(5, 1)];
        let (kept, beside) = nearest_with(messages(&[third; 6]), few.clone(), 0);
        assert_eq!((kept.len(), beside), (3, few[..1].to_vec()));
        let many = vec![reactions(1, third)];
        let (kept, beside) = nearest_with(messages(&[third; 6]), many, 0);
        assert_eq!((kept.len(), beside), (1, Vec::new()));
    }

    fn busy(id: u64, title: usize) -> User {
        let activity = Activity {
            title: "x".repeat(title),
            ..Activity::default()
        };
        let status = UserStatus {
            status: Some(0),
            activities: vec![activity],
        };
        User {
            id,
            status: Some(status),
            ..User::default()
        }
    }

    #[test]
    fn what_users_do_is_left_out_of_a_long_list() {
        let short = vec![busy(1, 100); 100];
        assert_eq!(users(short.clone()), short);
        let long = users(vec![busy(1, 1000); 3000]);
        assert_eq!(long.len(), 3000);
        let statuses = long.iter().filter_map(|user| user.status.as_ref());
        assert!(statuses.clone().all(|status| status.activities.is_empty()));
        assert_eq!(statuses.count(), 3000);
    }

    #[test]
    fn users_leave_room_for_messages() {
        let beside = users_beside(vec![busy(1, 1000); 300]);
        assert_eq!(beside.len(), 300);
        assert!(size_of_all(&beside) <= ROOM_BESIDE);
    }

    #[test]
    fn channels_are_described_as_far_as_there_is_room() {
        let channel = |id| Channel {
            id,
            name: "general".to_owned(),
            description: Some("x".repeat(1000)),
            ..Channel::default()
        };
        let few: Vec<_> = (0..9).map(channel).collect();
        assert_eq!(channels(few.clone()), few);
        let many = channels((0..500).map(channel).collect());
        assert!(size_of_all(&many) <= ROOM_BESIDE);
        let described = many.iter().filter(|channel| channel.description.is_some());
        assert!((200..260).contains(&described.count()));
        assert_eq!(many.len(), 500);
    }

    #[test]
    fn as_many_users_as_fit_are_kept() {
        let named = |id| User {
            id,
            name: "x".repeat(MAX_SENT_FRAME / 4),
            ..User::default()
        };
        let kept = users((0..9).map(named).collect());
        let ids: Vec<u64> = kept.iter().map(|user| user.id).collect();
        assert_eq!(ids, [0, 1, 2]);
    }
}
