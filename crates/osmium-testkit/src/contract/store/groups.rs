//! The contract of groups and their members.

use super::{SharedStore, seed};
use crate::builders::{self, NOON};
use crate::contract::Checked;
use osmium_model::{
    ChatId, ChatKind, Group, GroupId, GroupMember, InviteTarget, MessageId, Permissions, ReadState,
    Topic, UserId,
};
use osmium_ports::store::HistoryPage;

const TRIP: GroupId = GroupId(30);

async fn get_group(store: &SharedStore, id: GroupId) -> Checked<Group> {
    let found = store.read().await?.groups(&[id]).await?.pop();
    Ok(found.expect("the test has made the group").0)
}

/// A group is read as it was written, its members by when they came in, and its chat with it.
pub async fn a_group_is_read_as_written(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3, 4]).await?;
    let big = u64::MAX >> 1;
    let mut group = builders::group(big, [3, 1, 4, 2]);
    "Поездка 🚲".clone_into(&mut group.name);
    group.owner_id = UserId(4);
    group.members[1].permissions = Some(Permissions::empty());
    group.members[3].permissions = Some(Permissions::from_bits_retain(u64::MAX));
    group.members[3].joined_id = big;
    let mut tx = store.begin(&[]).await?;
    tx.create_topic(Topic::Group(group.id)).await?;
    tx.insert_group(&group).await?;
    tx.commit().await?;
    seed::group(&store, 30, [2]).await?;

    let mut reader = store.read().await?;
    let mut found = reader.groups(&[GroupId(9), group.id, TRIP]).await?;
    found.sort_by_key(|(group, _)| group.id);
    assert_eq!(found, [(builders::group(30, [2]), 0), (group.clone(), 0)]);
    assert_eq!(reader.groups(&[]).await?, []);
    let chat = group.new_chat();
    assert_eq!(reader.chats(&[chat.id]).await?, [chat]);
    assert_eq!(
        reader.find_chat(ChatKind::Group(group.id)).await?,
        Some(chat)
    );
    Ok(())
}

/// Its name and owner are replaced, and what a member may do; who is in it stays.
pub async fn a_group_is_replaced(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::group(&store, 30, [1, 2]).await?;
    seed::group(&store, 31, [1, 2]).await?;
    let mut group = builders::group(30, [1, 2]);
    (group.name, group.owner_id) = ("Other".to_owned(), UserId(2));
    let mut tx = store.begin(&[Topic::Group(TRIP)]).await?;
    tx.update_group(&group).await?;
    for permissions in [Permissions::SEND_MESSAGES, Permissions::all()] {
        group.members[0].permissions = Some(permissions);
        tx.update_group_member(TRIP, &group.members[0]).await?;
    }
    tx.commit().await?;
    assert_eq!(get_group(&store, TRIP).await?, group);
    let other = builders::group(31, [1, 2]);
    assert_eq!(get_group(&store, GroupId(31)).await?, other);
    Ok(())
}

/// A new group stands in the lists of its members, where its own id puts it.
pub async fn a_group_stands_in_the_lists_of_its_members(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3]).await?;
    seed::direct(&store, 29, 1, 2).await?;
    seed::group(&store, 30, [1, 3]).await?;
    seed::direct(&store, 31, 1, 3).await?;
    for (chat, message) in [(29, 29), (31, 31)] {
        seed::messages(&store, chat, 1, [message]).await?;
    }
    assert_eq!(seed::list_of(&store, 1).await?, [31, 30, 29]);
    assert_eq!(seed::list_of(&store, 2).await?, [29]);
    assert_eq!(seed::list_of(&store, 3).await?, [31, 30]);
    assert_eq!(seed::get_place(&store, 3, 30).await?.unread, 0);
    Ok(())
}

/// A message moves a group to the front of the lists of all its members, a deletion back.
pub async fn messages_move_a_group_in_every_list(store: SharedStore) -> Checked {
    let people: [u64; 50] = std::array::from_fn(|number| number as u64 + 1);
    seed::users(&store, people).await?;
    seed::users(&store, [99]).await?;
    seed::group(&store, 300, people).await?;
    seed::group(&store, 301, people).await?;
    seed::messages(&store, 300, 7, [400, 401]).await?;
    for user in people {
        assert_eq!(seed::list_of(&store, user).await?, [300, 301], "{user}");
        let unread = seed::get_place(&store, user, 300).await?.unread;
        assert_eq!(unread, if user == 7 { 0 } else { 2 });
    }
    seed::messages(&store, 301, 7, [402]).await?;
    assert_eq!(seed::list_of(&store, 50).await?, [301, 300]);
    seed::delete(&store, 301, [402]).await?;
    assert_eq!(seed::list_of(&store, 50).await?, [300, 301]);
    assert!(seed::list_of(&store, 99).await?.is_empty());
    Ok(())
}

/// Who comes in finds the group where its latest message puts it, and has read up to where they are said to.
pub async fn who_comes_in_has_read_what_was_there(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3]).await?;
    seed::group(&store, 30, [1]).await?;
    seed::direct(&store, 31, 2, 2).await?;
    seed::messages(&store, 31, 2, [250]).await?;
    seed::messages(&store, 30, 1, [100, 200, 300]).await?;
    let member = GroupMember {
        user_id: UserId(2),
        joined_id: 5,
        permissions: Some(Permissions::SEND_MESSAGES),
    };
    let read = ReadState {
        ordinal: 2,
        message_id: Some(MessageId(200)),
    };
    let mut tx = store
        .begin(&[Topic::Group(TRIP), Topic::User(UserId(2))])
        .await?;
    tx.insert_group_member(TRIP, &member, read).await?;
    tx.commit().await?;
    assert_eq!(get_group(&store, TRIP).await?.members[1], member);
    assert_eq!(seed::list_of(&store, 2).await?, [30, 31]);
    let place = seed::get_place(&store, 2, 30).await?;
    assert_eq!((place.read, place.unread), (read, 1));
    let readers = [UserId(1), UserId(2)];
    let mut rows = store
        .read()
        .await?
        .counter_rows(ChatId(30), &readers)
        .await?;
    rows.positions.sort_unstable();
    assert_eq!(rows.positions, [(UserId(1), 3), (UserId(2), 2)]);
    Ok(())
}

/// Who leaves has the group in no list, and nothing tells how far they had read; they may come back.
pub async fn who_leaves_is_forgotten(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3]).await?;
    seed::group(&store, 30, [1, 2, 3]).await?;
    seed::messages(&store, 30, 2, [100, 101]).await?;
    seed::read(&store, 3, 30, 2).await?;
    seed::go(&store, 30, 2).await?;
    seed::go(&store, 30, 9).await?;
    let left: Vec<_> = get_group(&store, TRIP).await?.member_ids().collect();
    assert_eq!(left, [UserId(1), UserId(3)]);
    assert!(seed::list_of(&store, 2).await?.is_empty());
    let readers = [UserId(2), UserId(3)];
    let rows = store
        .read()
        .await?
        .counter_rows(ChatId(30), &readers)
        .await?;
    assert!(rows.positions.contains(&(UserId(3), 2)), "{rows:?}");
    assert!(!rows.positions.contains(&(UserId(2), 2)), "{rows:?}");

    seed::messages(&store, 30, 1, [102, 103]).await?;
    seed::come_in(&store, 30, 2, 50, 3).await?;
    assert_eq!(seed::get_place(&store, 2, 30).await?.unread, 1);
    let back: Vec<_> = get_group(&store, TRIP).await?.member_ids().collect();
    assert_eq!(back, [1, 3, 2].map(UserId), "behind those who stayed");
    Ok(())
}

/// With a group go its messages, its places in lists and its invites; its topic stays.
pub async fn nothing_is_left_of_a_deleted_group(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    for id in [30, 31] {
        seed::group(&store, id, [1, 2]).await?;
        seed::messages(&store, id, 1, [100 + id, 200 + id]).await?;
        seed::delete(&store, id, [100 + id]).await?;
    }
    let targets = [
        InviteTarget::Group(TRIP),
        InviteTarget::Group(GroupId(31)),
        InviteTarget::Community(osmium_model::CommunityId(30)),
    ];
    let topic = Topic::Group(TRIP);
    let mut tx = store.begin(&[topic]).await?;
    for (number, target) in (1..).zip(targets) {
        let invite = builders::invite(number, 1, target);
        tx.insert_invite(&invite, NOON).await?;
    }
    tx.set_highlighted(ChatId(30), Some(MessageId(230))).await?;
    tx.commit().await?;

    let mut tx = store.begin(&[topic]).await?;
    tx.delete_group(TRIP).await?;
    tx.record(topic, seed::event(1));
    tx.commit().await?;
    let mut reader = store.read().await?;
    let groups = reader.groups(&[TRIP, GroupId(31)]).await?;
    assert_eq!(groups, [(builders::group(31, [1, 2]), 0)]);
    assert_eq!(reader.chats(&[ChatId(30)]).await?, []);
    let history = reader.history(ChatId(30), HistoryPage::Newest, 9).await?;
    assert_eq!(history, []);
    assert_eq!(reader.highlighted(ChatId(30)).await?, None);
    for (target, invites) in targets.into_iter().zip([0, 1, 1]) {
        let found = reader.invites_of(target, NOON).await?;
        assert_eq!(found.len(), invites, "{target:?}");
    }
    assert_eq!(seed::list_of(&store, 1).await?, [31]);
    assert_eq!(store.events(topic, 0, 9).await?.len(), 1);
    let mut tx = store.begin(&[topic]).await?;
    assert!(tx.holds(topic));
    tx.record(topic, seed::event(2));
    tx.commit().await?;
    Ok(())
}

/// Members follow a group, and it hears of them; who left does not.
pub async fn members_follow_and_watch_a_group(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::group(&store, 30, [1, 2]).await?;
    seed::record(&store, Topic::Group(TRIP), &[1, 2]).await?;
    for follows in [true, false] {
        let followed = store.followed(UserId(2)).await?;
        let group = followed.iter().find(|one| one.topic == Topic::Group(TRIP));
        assert_eq!(group.map(|one| one.seq), follows.then_some(2));
        let mut reader = store.read().await?;
        let watching = reader.watching_topics(UserId(2), 9).await?;
        assert_eq!(watching.contains(&Topic::Group(TRIP)), follows);
        seed::go(&store, 30, 2).await?;
    }
    Ok(())
}

/// A group comes with its epoch, which grows as that of a community does.
pub async fn an_epoch_comes_with_its_group(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    seed::group(&store, 30, [1]).await?;
    let topic = Topic::Group(TRIP);
    for epoch in 1..3 {
        let mut tx = store.begin(&[topic]).await?;
        assert_eq!(tx.raise_epoch(topic), epoch);
        tx.commit().await?;
        let found = store.read().await?.groups(&[TRIP]).await?.pop();
        assert_eq!(found.map(|(_, epoch)| epoch), Some(epoch));
    }
    Ok(())
}
