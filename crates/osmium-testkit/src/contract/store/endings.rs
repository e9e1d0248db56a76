//! The contract of communities that are deleted, and of what goes later.

use super::{SharedStore, seed};
use crate::builders::{self, NOON};
use crate::contract::Checked;
use osmium_model::{
    Ban, ChatId, Community, CommunityId, InviteTarget, Listing, MessageId, Timestamp, Topic,
    UserId, Username,
};

const HOME: CommunityId = CommunityId(20);
const ADA: UserId = UserId(1);

fn handle() -> Option<Username> {
    Username::parse("home")
}

/// A community with something of everything, and another one.
async fn a_full_community(store: &SharedStore) -> Checked {
    seed::users(store, [1, 2]).await?;
    seed::community(store, 20, 1, [30, 31]).await?;
    seed::community(store, 21, 1, [40]).await?;
    seed::join(store, 20, 2, 100).await?;
    for chat in [30, 40] {
        let ids = [1, 2, 3, 4, 5].map(|number| chat * 100 + number);
        seed::messages(store, chat, 1, ids).await?;
        seed::read(store, 2, chat, 3).await?;
    }
    let invites = [1, 2].map(|number| builders::invite(number, 1, InviteTarget::Community(HOME)));
    let ban = Ban {
        community_id: HOME,
        user_id: UserId(3),
        until: None,
        reason: None,
    };
    let listed = Listing {
        listed: true,
        ..Listing::default()
    };
    let mut tx = store.begin(&[Topic::Community(HOME)]).await?;
    tx.update_community(&Community {
        username: handle(),
        ..builders::community(20, 1)
    })
    .await?;
    for invite in &invites {
        tx.insert_invite(invite, NOON).await?;
    }
    tx.set_listing(HOME, &listed, Some(&invites[0].code))
        .await?;
    tx.set_bans(&[ban], NOON).await?;
    tx.commit().await?;
    Ok(())
}

async fn delete(store: &SharedStore) -> Checked {
    let mut tx = store.begin(&[Topic::Community(HOME)]).await?;
    tx.delete_community(HOME).await?;
    tx.commit().await?;
    Ok(())
}

/// A deleted community does not exist, nor does anything in it; its handle is free, and other communities are as they
/// were.
pub async fn of_a_deleted_community_nothing_is_found(store: SharedStore) -> Checked {
    a_full_community(&store).await?;
    delete(&store).await?;
    let mut reader = store.read().await?;
    assert_eq!(reader.find_community(HOME).await?, None);
    assert_eq!(reader.rules(&[HOME]).await?, []);
    assert_eq!(reader.member_page(HOME, UserId(0), 10).await?, []);
    assert_eq!(reader.roster(HOME).await?, []);
    assert_eq!(reader.find_standing(HOME, ADA).await?, None);
    assert_eq!(reader.communities_of(ADA).await?.len(), 1);
    assert_eq!(reader.count_communities_of(UserId(2)).await?, 0);
    assert_eq!(reader.mutual_communities(ADA, UserId(2), 10).await?, []);
    assert_eq!(reader.bans(HOME, NOON, 10).await?, []);
    assert_eq!(reader.find_listing(HOME).await?, None);
    assert_eq!(reader.listed(CommunityId(0), 10).await?, []);
    for number in [1, 2] {
        let code = builders::invite_code(number);
        assert_eq!(reader.find_invite(&code).await?, None);
    }
    assert_eq!(reader.unread_channels(UserId(2)).await?, []);
    drop(reader);
    let mut tx = store.begin(&[Topic::Community(CommunityId(21))]).await?;
    let heir = Community {
        username: handle(),
        ..builders::community(21, 1)
    };
    tx.update_community(&heir).await?;
    tx.commit().await?;
    let other = store.read().await?.find_community(heir.id).await?;
    assert_eq!(other, Some(heir));
    Ok(())
}

/// The messages of a deleted community go in bounded steps, whatever their time; the others stay.
pub async fn what_is_left_goes_in_bounded_steps(store: SharedStore) -> Checked {
    a_full_community(&store).await?;
    delete(&store).await?;
    let left = async || -> Checked<usize> {
        let ids: Vec<MessageId> = [1, 2, 3, 4, 5]
            .map(|number| MessageId(3000 + number))
            .to_vec();
        Ok(store.read().await?.messages(ChatId(30), &ids).await?.len())
    };
    let ever = Timestamp::from_millis(0);
    for expected in [3, 1, 0] {
        store.prune(ever, 2).await?;
        assert_eq!(left().await?, expected);
    }
    store.prune(ever, 2).await?;
    let mut reader = store.read().await?;
    assert_eq!(reader.chats(&[ChatId(30), ChatId(31)]).await?, []);
    assert_eq!(reader.find_community(HOME).await?, None);
    drop(reader);
    // The other is whole, also when there is nothing left to do.
    store.prune(ever, 2).await?;
    let kept = seed::get_chat(&store, 40).await?;
    assert_eq!(kept.last_message_id, Some(MessageId(4005)));
    assert_eq!(seed::get_place(&store, 2, 40).await?.read.ordinal, 3);
    // Nothing of the row is left either: the id could be taken anew.
    let mut tx = store.begin(&[Topic::Community(HOME)]).await?;
    tx.insert_community(&builders::community(20, 1)).await?;
    tx.commit().await?;
    Ok(())
}

/// What someone wrote in the channels of a community is found from an id on, the latest first, and so many.
pub async fn what_someone_wrote_is_found(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    seed::community(&store, 20, 1, [30, 31]).await?;
    seed::community(&store, 21, 1, [40]).await?;
    seed::direct(&store, 50, 1, 2).await?;
    for (chat, author, ids) in [
        (30, 1, [300, 304]),
        (30, 2, [306, 307]),
        (31, 1, [301, 305]),
        (40, 1, [302, 308]),
        (50, 1, [303, 309]),
    ] {
        seed::messages(&store, chat, author, ids).await?;
    }
    let all = [(31, 305), (30, 304), (31, 301), (30, 300)]
        .map(|(chat, message)| (ChatId(chat), MessageId(message)));
    let mut reader = store.read().await?;
    for (from, limit, expected) in [
        (0, 10, &all[..]),
        (301, 10, &all[..3]),
        (0, 2, &all[..2]),
        (306, 10, &[]),
        (u64::MAX, 10, &[]),
    ] {
        let found = reader.written_in(HOME, ADA, MessageId(from), limit).await?;
        assert_eq!(found, expected, "from {from}");
    }
    let nobody = reader.written_in(HOME, UserId(9), MessageId(0), 10).await?;
    assert_eq!(nobody, []);
    Ok(())
}
