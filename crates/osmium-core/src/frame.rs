//! Lists that fit into one frame: no client may be sent a larger one.

use crate::session::MAX_SENT_FRAME;
use osmium_proto::types::Message;
use prost::Message as _;

/// What the items of a list may take; the rest of the frame is for what goes with them.
const ROOM: usize = MAX_SENT_FRAME / 2;
/// What a second list may take, beside a list of messages.
const ROOM_BESIDE: usize = MAX_SENT_FRAME / 4;

/// The messages nearest to the one at `center` in the list, as many as fit, in the order that they had.
pub(crate) fn nearest(messages: Vec<Message>, center: usize) -> Vec<Message> {
    let mut nearest: Vec<(usize, Message)> = messages.into_iter().enumerate().collect();
    nearest.sort_by_key(|(place, _)| place.abs_diff(center));
    let mut taken = 0;
    let fits = |(_, message): &(usize, Message)| {
        taken += message.encoded_len();
        taken <= ROOM
    };
    let mut kept: Vec<_> = nearest.into_iter().take_while(fits).collect();
    kept.sort_by_key(|(place, _)| *place);
    kept.into_iter().map(|(_, message)| message).collect()
}

/// The first of a list, as many as fit.
pub(crate) fn first<T: prost::Message>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    first_within(ROOM, items)
}

/// The first of a list, as many as fit beside a list of messages.
pub(crate) fn first_beside<T: prost::Message>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    first_within(ROOM_BESIDE, items)
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

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(first_beside(messages(&[third; 6])).len(), 1);
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
}
