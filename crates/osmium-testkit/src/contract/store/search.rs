//! The contract of searching: what is found near, and what only an index knows of.

use super::{SharedStore, seed};
use crate::builders;
use crate::contract::Checked;
use osmium_model::search::Words;
use osmium_model::{
    Chat, ChatId, GroupId, Message, MessageId, MessageKind, SearchQuery, Topic, UserId,
};
use osmium_ports::store::SearchPage::{self, Before, Newest, Since};

/// More messages than either store looks at one by one, before it asks its index.
const FAR: u64 = 8200;
/// The id of the first of them.
const FILLED_FROM: u64 = 1_000_000;

/// What is not found.
const NONE: [u64; 0] = [];

const ODD: [&str; 24] = [
    "Crème BRÛLÉE",
    "cre\u{300}me",
    "STRAẞE Straße strasse",
    "İstanbul ISPARTA ısparta",
    "ὈΔΥΣΣΕΎΣ οδός",
    "ﬁle ＡＢＣ 2⁵ ℡ ½",
    "👩‍👩‍👧‍👦 🦊🏽 1️⃣",
    "شُكْرًا מַזָּל",
    "हिन्दी की का",
    "今日は天気がいい。散歩しよう",
    "한국 \u{1112}\u{1161}\u{11ab}",
    "it's o'clock \"quoted\" 'single' \\back\\",
    "a & b | !c <-> d:* (e)",
    "NEAR OR AND NOT near or and not",
    "#30 #hash @name under_score semi;colon",
    "tab\tline\r\nnew \u{feff}mark\u{200b}zero\u{ad}soft",
    "x\u{0}y zero",
    "%like% _any_ $1 ? ::text",
    "1234567890 0x1F 3.14 1,000",
    "e\u{301}\u{301}\u{301}\u{301}\u{301} ẛ̣",
    "ﷺ",
    "𝕳𝖊𝖑𝖑𝖔 𝟙𝟚",
    "",
    "...",
];

fn text(id: u64, ordinal: u64, text: &str) -> Message {
    Message {
        text: text.to_owned(),
        ..builders::message(30, id, ordinal, 1)
    }
}

/// Saved messages with these texts, the ids of which are 10, 20 and so on.
async fn saved(store: &SharedStore, texts: &[&str]) -> Checked<Chat> {
    seed::users(store, [1, 2]).await?;
    seed::direct(store, 30, 1, 1).await?;
    let messages: Vec<Message> = (1..)
        .zip(texts)
        .map(|(number, written)| text(number * 10, number, written))
        .collect();
    seed::insert(store, &messages).await?;
    seed::get_chat(store, 30).await
}

/// Adds so many messages to the chat, after those that it has, that those are far.
async fn fill(store: &SharedStore) -> Checked<Chat> {
    let first = seed::get_chat(store, 30).await?.last_ordinal + 1;
    let filling = (0..FAR).map(|number| text(FILLED_FROM + number, first + number, "filling"));
    seed::insert(store, &filling.collect::<Vec<_>>()).await?;
    seed::get_chat(store, 30).await
}

async fn find(
    store: &SharedStore,
    chats: &[Chat],
    query: &str,
    page: SearchPage,
    limit: u32,
) -> Checked<Vec<u64>> {
    let query = SearchQuery::parse(query).expect("there are words");
    let mut reader = store.read().await?;
    let found = reader.search(chats, &query, page, limit).await?;
    Ok(found.iter().map(|message| message.id.0).collect())
}

/// Each word of a query is there, in any order; of the last one, its beginning will do.
pub async fn all_words_are_there_in_any_order(store: SharedStore) -> Checked {
    let near = saved(
        &store,
        &["The red fox", "A redder fox, the red one", "Foxes read"],
    )
    .await?;
    let far = fill(&store).await?;
    for chat in [near, far] {
        for (query, expected) in [
            ("fox", vec![30, 20, 10]),
            ("the fox", vec![20, 10]),
            ("fox the", vec![20, 10]),
            ("red fox", vec![20, 10]),
            ("fox redd", vec![20]),
            ("fox re", vec![20, 10]),
            ("foxes re", vec![30]),
            ("foxe the", vec![]),
            ("the the red r", vec![20, 10]),
            ("blue", vec![]),
        ] {
            assert_eq!(
                find(&store, &[chat], query, Newest, 9).await?,
                expected,
                "{query}"
            );
        }
    }
    Ok(())
}

/// A page of what is found holds what its form says, the newest first, and at most `limit` messages.
pub async fn a_page_is_newest_first_in_all_forms(store: SharedStore) -> Checked {
    let near = saved(&store, &["fox", "hen", "fox", "fox", "hen", "fox"]).await?;
    let far = fill(&store).await?;
    for chat in [near, far] {
        for (page, limit, expected) in [
            (Newest, 9, vec![60, 40, 30, 10]),
            (Newest, 2, vec![60, 40]),
            (Before(MessageId(60)), 2, vec![40, 30]),
            (Before(MessageId(50)), 9, vec![40, 30, 10]),
            (Before(MessageId(10)), 9, vec![]),
            (Before(MessageId(0)), 9, vec![]),
            (Before(MessageId(u64::MAX)), 1, vec![60]),
            (Since(MessageId(0)), 2, vec![30, 10]),
            (Since(MessageId(10)), 2, vec![40, 30]),
            (Since(MessageId(35)), 9, vec![60, 40]),
            (Since(MessageId(60)), 9, vec![]),
            (Since(MessageId(u64::MAX)), 9, vec![]),
        ] {
            let found = find(&store, &[chat], "fo", page, limit).await?;
            assert_eq!(found, expected, "{page:?}, limit {limit}");
        }
    }
    let all = [far];
    let newest = FILLED_FROM + FAR - 1;
    assert_eq!(find(&store, &all, "filling", Newest, 1).await?, [newest]);
    let middle = MessageId(FILLED_FROM + FAR / 2);
    let before = find(&store, &all, "filling", Before(middle), 2).await?;
    assert_eq!(before, [middle.0 - 1, middle.0 - 2]);
    let since = find(&store, &all, "filling", Since(middle), 2).await?;
    assert_eq!(since, [middle.0 + 2, middle.0 + 1]);
    Ok(())
}

/// Chats with the same number of messages, which take turns: what is found in all of them is one list.
pub async fn pages_reach_across_chats(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    seed::community(
        &store,
        7,
        1,
        std::array::from_fn::<u64, 90, _>(|index| 100 + index as u64),
    )
    .await?;
    let message = |number: u64| Message {
        text: if number.is_multiple_of(7) {
            "fox"
        } else {
            "hen"
        }
        .to_owned(),
        ..builders::message(100 + number % 90, 1000 + number, 1 + number / 90, 1)
    };
    let messages: Vec<Message> = (0..9000).map(message).collect();
    seed::insert(&store, &messages).await?;
    let ids: Vec<ChatId> = (100..190).map(ChatId).collect();
    let chats = store.read().await?.chats(&ids).await?;
    let foxes = |numbers: &mut dyn Iterator<Item = u64>| -> Vec<u64> {
        numbers
            .filter(|number| number.is_multiple_of(7))
            .map(|number| 1000 + number)
            .take(50)
            .collect()
    };
    let found = find(&store, &chats, "fox", Newest, 50).await?;
    assert_eq!(found, foxes(&mut (0..9000).rev()));
    let found = find(&store, &chats, "fox", Before(MessageId(5000)), 50).await?;
    assert_eq!(found, foxes(&mut (0..4000).rev()));
    let mut expected = foxes(&mut (4001..9000));
    expected.reverse();
    assert_eq!(
        find(&store, &chats, "fox", Since(MessageId(5000)), 50).await?,
        expected
    );
    assert_eq!(find(&store, &chats, "fox hen", Newest, 50).await?, NONE);
    Ok(())
}

/// Nothing is found but in the chats that are named, be it near or far.
pub async fn other_chats_are_not_searched(store: SharedStore) -> Checked {
    let one = saved(&store, &["fox"]).await?;
    seed::direct(&store, 31, 1, 2).await?;
    let other = Message {
        chat_id: ChatId(31),
        ..text(500, 1, "fox")
    };
    seed::insert(&store, &[other]).await?;
    let two = seed::get_chat(&store, 31).await?;
    let far = fill(&store).await?;
    for one in [one, far] {
        assert_eq!(find(&store, &[one], "fox", Newest, 9).await?, [10]);
        assert_eq!(find(&store, &[two], "fox", Newest, 9).await?, [500]);
        assert_eq!(
            find(&store, &[two, one], "fox", Newest, 9).await?,
            [500, 10]
        );
        assert_eq!(find(&store, &[], "fox", Newest, 9).await?, NONE);
        // A word that looks like the mark of a chat is none.
        assert_eq!(find(&store, &[one], "#31 fox", Newest, 9).await?, NONE);
        assert_eq!(find(&store, &[one], "31", Newest, 9).await?, NONE);
    }
    Ok(())
}

/// What was edited is found by its new words, and not by the old ones.
pub async fn an_edit_is_found_by_its_new_words(store: SharedStore) -> Checked {
    let near = saved(&store, &["red fox", "hen"]).await?;
    let mut tx = store.begin(&[Topic::User(UserId(1))]).await?;
    tx.update_message(&text(10, 1, "red goose")).await?;
    tx.commit().await?;
    let far = fill(&store).await?;
    for chat in [near, far] {
        assert_eq!(find(&store, &[chat], "fox", Newest, 9).await?, NONE);
        assert_eq!(find(&store, &[chat], "goose", Newest, 9).await?, [10]);
        assert_eq!(find(&store, &[chat], "red", Newest, 9).await?, [10]);
    }
    Ok(())
}

/// What was deleted is not found, nor what went with its chat.
pub async fn what_is_gone_is_not_found(store: SharedStore) -> Checked {
    saved(&store, &["fox", "fox", "fox"]).await?;
    seed::delete(&store, 30, [20, 30]).await?;
    let near = seed::get_chat(&store, 30).await?;
    let far = fill(&store).await?;
    for chat in [near, far] {
        assert_eq!(find(&store, &[chat], "fox", Newest, 9).await?, [10]);
    }
    seed::group(&store, 40, [1, 2]).await?;
    seed::messages(&store, 40, 1, [2_000_000]).await?;
    let group = seed::get_chat(&store, 40).await?;
    assert_eq!(
        find(&store, &[group], "message", Newest, 9).await?,
        [2_000_000]
    );
    let mut tx = store.begin(&[Topic::Group(GroupId(40))]).await?;
    tx.delete_group(GroupId(40)).await?;
    tx.commit().await?;
    assert_eq!(
        find(&store, &[group, far], "message", Newest, 9).await?,
        NONE
    );
    Ok(())
}

/// Only what people wrote is found.
pub async fn what_the_server_says_is_not_found(store: SharedStore) -> Checked {
    saved(&store, &[]).await?;
    let messages: Vec<Message> = (0..4)
        .map(|number| Message {
            kind: MessageKind::from_number(number).expect("there are four kinds"),
            ..text(
                10 + u64::from(number.unsigned_abs()),
                1 + u64::from(number.unsigned_abs()),
                "fox",
            )
        })
        .collect();
    seed::insert(&store, &messages).await?;
    let near = seed::get_chat(&store, 30).await?;
    let far = fill(&store).await?;
    for chat in [near, far] {
        assert_eq!(find(&store, &[chat], "fox", Newest, 9).await?, [10]);
    }
    // An edit, which moves its pin perhaps, makes no other of it.
    let mut tx = store.begin(&[Topic::User(UserId(1))]).await?;
    tx.update_message(&messages[2]).await?;
    tx.commit().await?;
    assert_eq!(find(&store, &[far], "fox", Newest, 9).await?, [10]);
    Ok(())
}

/// Whatever texts hold, each store finds what the model says, near and far.
pub async fn odd_texts_are_found_as_the_model_says(store: SharedStore) -> Checked {
    let storable: Vec<String> = ODD.iter().map(|odd| odd.replace('\0', " ")).collect();
    let texts: Vec<&str> = storable.iter().map(String::as_str).collect();
    let near = saved(&store, &texts).await?;
    let far = fill(&store).await?;
    let mut queries: Vec<String> = storable.clone();
    for odd in &storable {
        queries.extend(odd.split_whitespace().map(str::to_owned));
        let words = Words::of(odd);
        queries.extend(words.in_order().map(str::to_owned));
        let beginning = |word: &str| word.chars().take(2).collect();
        queries.extend(words.in_order().map(beginning));
    }
    queries.sort();
    queries.dedup();
    for written in queries {
        let Some(query) = SearchQuery::parse(&written) else {
            continue;
        };
        let numbered = (1..).zip(&texts).filter(|(_, text)| query.matches(text));
        let mut expected: Vec<u64> = numbered.map(|(number, _)| number * 10).collect();
        expected.reverse();
        // What fills the chat may be meant as well.
        let old = |ids: Vec<u64>| {
            ids.into_iter()
                .filter(|id| *id < FILLED_FROM)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            old(find(&store, &[near], &written, Since(MessageId(0)), 50).await?),
            expected,
            "{written}, near"
        );
        let before = Before(MessageId(FILLED_FROM));
        assert_eq!(
            find(&store, &[near], &written, before, 50).await?,
            expected,
            "{written}, before"
        );
        if !query.matches("filling") {
            let found = find(&store, &[far], &written, Newest, 50).await?;
            assert_eq!(found, expected, "{written}, far");
        }
    }
    Ok(())
}

/// A user's chats but channels come with the latest message first, and no more than asked for.
pub async fn the_latest_chats_come_first(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2, 3]).await?;
    seed::direct(&store, 30, 1, 1).await?;
    seed::direct(&store, 31, 1, 2).await?;
    seed::group(&store, 32, [2, 1]).await?;
    seed::direct(&store, 33, 2, 3).await?;
    seed::community(&store, 50, 1, [51]).await?;
    seed::messages(&store, 30, 1, [100]).await?;
    seed::messages(&store, 33, 2, [101]).await?;
    let mut reader = store.read().await?;
    let all = reader.latest_chats_of(UserId(1), 9).await?;
    assert_eq!(all, [30, 32, 31].map(ChatId));
    assert_eq!(reader.latest_chats_of(UserId(1), 1).await?, [ChatId(30)]);
    assert_eq!(reader.latest_chats_of(UserId(9), 9).await?, []);
    Ok(())
}
