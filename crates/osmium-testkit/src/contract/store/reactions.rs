//! The contract of reactions.

use super::{SharedStore, seed};
use crate::contract::Checked;
use osmium_model::{
    ChannelId, ChatId, EmojiId, GroupId, MessageId, Reaction, ReactionEmoji, Timestamp, Topic,
    UserId,
};
use osmium_ports::store::Reacted;
use std::collections::HashSet;

const CHAT: ChatId = ChatId(30);
/// More than anyone in these tests chose.
const ALL: u32 = 100;

fn typed(text: &str) -> ReactionEmoji {
    ReactionEmoji::Unicode(text.to_owned())
}

fn reacted(message: u64, user: u64, emoji: &ReactionEmoji) -> Reacted {
    Reacted {
        message_id: MessageId(message),
        user_id: UserId(user),
        emoji: emoji.clone(),
    }
}

fn reaction<const N: usize>(emoji: &ReactionEmoji, count: u32, preview: [u64; N]) -> Reaction {
    Reaction {
        emoji: emoji.clone(),
        count,
        preview: preview.map(UserId).to_vec(),
    }
}

async fn add(store: &SharedStore, chat: u64, reacted: &Reacted, id: u64) -> Checked<bool> {
    let topics = seed::get_chat(store, chat).await?.kind.topics();
    let mut tx = store.begin(&topics).await?;
    let added = tx.add_reaction(ChatId(chat), reacted, id).await?;
    tx.commit().await?;
    Ok(added)
}

async fn remove(store: &SharedStore, chat: u64, reacted: &Reacted) -> Checked<bool> {
    let topics = seed::get_chat(store, chat).await?.kind.topics();
    let mut tx = store.begin(&topics).await?;
    let removed = tx.remove_reaction(ChatId(chat), reacted).await?;
    tx.commit().await?;
    Ok(removed)
}

fn of(chat: u64, messages: impl IntoIterator<Item = u64>) -> Vec<(ChatId, MessageId)> {
    messages
        .into_iter()
        .map(|id| (ChatId(chat), MessageId(id)))
        .collect()
}

/// The reactions to a message of the chat.
async fn found(store: &SharedStore, message: u64, shown: u32) -> Checked<Vec<Reaction>> {
    let mut reader = store.read().await?;
    let found = reader.reactions(&of(30, [message]), shown).await?;
    assert!(found.iter().all(|(id, _)| *id == MessageId(message)));
    assert!(found.len() <= 1);
    Ok(found
        .into_iter()
        .flat_map(|(_, reactions)| reactions)
        .collect())
}

/// A group with messages.
async fn a_chat<const N: usize>(store: &SharedStore, messages: [u64; N]) -> Checked {
    seed::users(store, [1, 2, 3, 4]).await?;
    seed::group(store, 30, [1, 2, 3, 4]).await?;
    seed::messages(store, 30, 1, messages).await
}

/// Reactions are read as they were written, whatever the emoji: those to the messages asked for that have any, by message.
pub async fn reactions_are_read_as_written(store: SharedStore) -> Checked {
    a_chat(&store, [100, 101, 102]).await?;
    seed::direct(&store, 31, 1, 1).await?;
    seed::messages(&store, 31, 1, [103]).await?;
    let emoji = [
        typed("👩‍❤️‍💋‍👩"),
        typed("❤"),
        typed("❤\u{fe0f}"),
        typed("'\"\\%_$1?"),
        typed("c7"),
        ReactionEmoji::Custom(EmojiId(7)),
        ReactionEmoji::Custom(EmojiId(u64::MAX)),
    ];
    for (id, emoji) in (200..).zip(&emoji) {
        assert!(add(&store, 30, &reacted(102, 2, emoji), id).await?);
    }
    assert!(add(&store, 30, &reacted(100, 1, &emoji[0]), 300).await?);
    assert!(add(&store, 31, &reacted(103, 1, &emoji[0]), 301).await?);
    let mut reader = store.read().await?;
    let of_last: Vec<_> = emoji.iter().map(|emoji| reaction(emoji, 1, [2])).collect();
    let of_first = vec![reaction(&emoji[0], 1, [1])];
    let asked = of(30, [102, 103, 101, 100, 999]);
    let expected = [(MessageId(100), of_first), (MessageId(102), of_last)];
    assert_eq!(reader.reactions(&asked, ALL).await?, expected);
    assert_eq!(reader.reactions(&[], ALL).await?, []);
    assert_eq!(reader.reactions(&of(99, [100]), ALL).await?, []);
    Ok(())
}

/// Emoji stand in the order in which they came, whoever of their users is left; the first users are shown, and all are counted.
pub async fn emoji_and_users_come_in_their_order(store: SharedStore) -> Checked {
    a_chat(&store, [100]).await?;
    let (heart, fox) = (typed("❤"), typed("🦊"));
    for (id, user, emoji) in [
        (200, 4, &heart),
        (201, 3, &fox),
        (202, 2, &heart),
        (203, 1, &heart),
    ] {
        assert!(add(&store, 30, &reacted(100, user, emoji), id).await?);
    }
    let foxes = reaction(&fox, 1, [3]);
    let hearts = reaction(&heart, 3, [4, 2, 1]);
    assert_eq!(found(&store, 100, ALL).await?, [hearts, foxes.clone()]);
    let hearts = reaction(&heart, 3, [4, 2]);
    assert_eq!(found(&store, 100, 2).await?, [hearts, foxes.clone()]);
    let none = [reaction(&heart, 3, []), reaction(&fox, 1, [])];
    assert_eq!(found(&store, 100, 0).await?, none);

    assert!(remove(&store, 30, &reacted(100, 4, &heart)).await?);
    let hearts = reaction(&heart, 2, [2, 1]);
    assert_eq!(found(&store, 100, ALL).await?, [hearts, foxes.clone()]);
    // Who comes back is the last.
    assert!(add(&store, 30, &reacted(100, 4, &heart), 204).await?);
    let hearts = reaction(&heart, 3, [2, 1]);
    assert_eq!(found(&store, 100, 2).await?, [hearts, foxes.clone()]);
    // So is an emoji.
    for user in [1, 2, 4] {
        assert!(remove(&store, 30, &reacted(100, user, &heart)).await?);
    }
    assert_eq!(found(&store, 100, ALL).await?, std::slice::from_ref(&foxes));
    assert!(add(&store, 30, &reacted(100, 1, &heart), 205).await?);
    let hearts = reaction(&heart, 1, [1]);
    assert_eq!(found(&store, 100, ALL).await?, [foxes, hearts]);
    Ok(())
}

/// A user chooses an emoji once, and takes back what they chose.
pub async fn one_chooses_an_emoji_once(store: SharedStore) -> Checked {
    a_chat(&store, [100, 101]).await?;
    let (heart, fox) = (typed("❤"), typed("🦊"));
    let chosen = reacted(100, 1, &heart);
    assert!(add(&store, 30, &chosen, 200).await?);
    assert!(!add(&store, 30, &chosen, 201).await?);
    assert!(add(&store, 30, &reacted(100, 2, &heart), 202).await?);
    assert!(!add(&store, 30, &chosen, 203).await?);
    let hearts = [reaction(&heart, 2, [1, 2])];
    assert_eq!(found(&store, 100, ALL).await?, hearts);
    for other in [
        reacted(100, 3, &heart),
        reacted(100, 1, &fox),
        reacted(101, 1, &heart),
        reacted(999, 1, &heart),
    ] {
        assert!(!remove(&store, 30, &other).await?, "{other:?}");
    }
    assert_eq!(found(&store, 100, ALL).await?, hearts);
    assert!(remove(&store, 30, &chosen).await?);
    assert!(!remove(&store, 30, &chosen).await?);
    let hearts = [reaction(&heart, 1, [2])];
    assert_eq!(found(&store, 100, ALL).await?, hearts);

    // What is not committed does not count.
    let topic = Topic::Group(GroupId(30));
    let mut tx = store.begin(&[topic]).await?;
    assert!(tx.add_reaction(CHAT, &chosen, 204).await?);
    assert!(tx.remove_reaction(CHAT, &reacted(100, 2, &heart)).await?);
    let within = tx.reactions(&of(30, [100]), ALL).await?;
    assert_eq!(within[0].1, [reaction(&heart, 1, [1])]);
    drop(tx);
    assert_eq!(found(&store, 100, ALL).await?, hearts);
    Ok(())
}

/// What these users chose under these messages is found.
pub async fn what_users_chose_is_found(store: SharedStore) -> Checked {
    a_chat(&store, [100, 101]).await?;
    let (heart, fox) = (typed("❤"), typed("🦊"));
    let chosen = [
        reacted(100, 1, &heart),
        reacted(100, 2, &heart),
        reacted(100, 2, &fox),
        reacted(101, 3, &heart),
        reacted(101, 2, &heart),
    ];
    for (id, chosen) in (200..).zip(&chosen) {
        assert!(add(&store, 30, chosen, id).await?);
    }
    let mut reader = store.read().await?;
    for (chat, messages, users, expected) in [
        (30, vec![100, 101], vec![1, 2, 3, 4], vec![0, 1, 2, 3, 4]),
        (30, vec![100], vec![2, 3], vec![1, 2]),
        (30, vec![101, 100], vec![2], vec![1, 2, 4]),
        (30, vec![100, 999], vec![4, 9], vec![]),
        (30, vec![], vec![1], vec![]),
        (30, vec![100], vec![], vec![]),
        (99, vec![100], vec![1], vec![]),
    ] {
        let messages = of(chat, messages);
        let users: Vec<_> = users.into_iter().map(UserId).collect();
        let found = reader.reacted(&messages, &users).await?;
        assert_eq!(found.len(), expected.len(), "{found:?}");
        let found: HashSet<_> = found.into_iter().collect();
        let expected: HashSet<_> = expected
            .iter()
            .map(|place| chosen[*place].clone())
            .collect();
        assert_eq!(found, expected);
    }
    Ok(())
}

/// With a message go the reactions to it, and no others.
pub async fn reactions_go_with_their_message(store: SharedStore) -> Checked {
    a_chat(&store, [100, 101]).await?;
    let heart = typed("❤");
    for (id, message, user) in [(200, 100, 1), (201, 100, 2), (202, 101, 1)] {
        assert!(add(&store, 30, &reacted(message, user, &heart), id).await?);
    }
    seed::delete(&store, 30, [100]).await?;
    assert_eq!(found(&store, 100, ALL).await?, []);
    assert_eq!(found(&store, 101, ALL).await?, [reaction(&heart, 1, [1])]);
    let mut reader = store.read().await?;
    let messages = of(30, [100, 101]);
    let left = reader.reacted(&messages, &[1, 2].map(UserId)).await?;
    assert_eq!(left, [reacted(101, 1, &heart)]);
    drop(reader);
    // Nothing of the rows is left: their numbers are free.
    assert!(add(&store, 30, &reacted(101, 2, &heart), 200).await?);
    Ok(())
}

/// With a group, and with what is left of a deleted channel, go the reactions in it.
pub async fn reactions_go_with_their_chat(store: SharedStore) -> Checked {
    a_chat(&store, [100]).await?;
    seed::community(&store, 20, 1, [40, 41]).await?;
    let heart = typed("❤");
    for chat in [40, 41] {
        seed::messages(&store, chat, 1, [chat + 100]).await?;
        let id = chat + 200;
        assert!(add(&store, chat, &reacted(chat + 100, 1, &heart), id).await?);
    }
    assert!(add(&store, 30, &reacted(100, 1, &heart), 230).await?);
    let group = Topic::Group(GroupId(30));
    let mut tx = store.begin(&[group]).await?;
    tx.delete_group(GroupId(30)).await?;
    tx.record(group, seed::event(1));
    tx.commit().await?;
    let community = Topic::Community(osmium_model::CommunityId(20));
    let mut tx = store.begin(&[community]).await?;
    tx.delete_channel(ChannelId(40)).await?;
    tx.commit().await?;
    for _ in 0..3 {
        store.prune(Timestamp::from_millis(0), 10).await?;
    }
    let mut reader = store.read().await?;
    for (chat, message, left) in [(30, 100, 0), (40, 140, 0), (41, 141, 1)] {
        let asked = of(chat, [message]);
        let found = reader.reactions(&asked, ALL).await?;
        assert_eq!(found.len(), left, "{chat}");
        let found = reader.reacted(&asked, &[UserId(1)]).await?;
        assert_eq!(found.len(), left, "{chat}");
    }
    Ok(())
}
