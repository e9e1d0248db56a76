//! Texts of every script, whatever method they come by: they are kept as they are, and positions in them are UTF-16 code
//! units, which may lie within a character.

use super::edit;
use osmium_proto::messages::send_message::{ReplyTo, reply_to::Quote};
use osmium_proto::messages::{
    EditMessage, ForwardMessage, GetUnreadMentions, Search, SendMessage, SentMessage,
};
use osmium_proto::refs::ChatRef;
use osmium_proto::settings::EditProfile;
use osmium_proto::types::message_entity::{Entity, UserMentionEntity};
use osmium_proto::types::{Message, MessageEntity};
use osmium_proto::updates::{UpdateMessage, UpdateMessageCreated};
use osmium_testkit::contract::Checked;
use osmium_testkit::person::saved_messages;
use osmium_testkit::{Person, Server, on_both_stores};

on_both_stores!(
    texts_stay_as_they_are,
    an_edit_of_the_encoding_alone_is_an_edit,
    ranges_may_cut_a_character,
    a_quote_may_cut_a_character,
    a_mention_is_read_from_the_next_character,
    names_are_found_between_other_scripts,
    words_of_every_script_are_found,
);

/// A person at a computer: three characters of which a joiner makes one, in five code units.
const PROGRAMMER: &str = "\u{1f469}\u{200d}\u{1f4bb}";
const TEXTS: [&str; 14] = [
    PROGRAMMER,
    // A family, a flag of letters and one of tags, a tone of skin, a key, and a heart that is a picture.
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}",
    "\u{1f1ea}\u{1f1fa}\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    "\u{1f44b}\u{1f3fd} 1\u{fe0f}\u{20e3} \u{2764}\u{fe0f}",
    // Marks alone, in both orders, and far too many.
    "\u{301}",
    "e\u{323}\u{301} e\u{301}\u{323} \u{1ebf}",
    "Z\u{351}\u{36b}\u{343}\u{36a}\u{302}\u{36b}\u{33d}\u{34f}\u{334}\u{319}\u{324}",
    // From right to left, with marks, beside numbers, and with what turns the direction.
    "\u{5e9}\u{5b8}\u{5c1}\u{5dc}\u{5d5}\u{5b9}\u{5dd} 123, hello",
    "\u{645}\u{64e}\u{631}\u{652}\u{62d}\u{64e}\u{628}\u{64b}\u{627}",
    "\u{202e}gpj.exe\u{202c} \u{2067}abc\u{2069} \u{200f}",
    // Letters outside of the first plane.
    "\u{1d573}\u{1d58a}\u{1d591}\u{1d591}\u{1d594} \u{10400} \u{20000}",
    // Jamo, and letters of half their width.
    "\u{1112}\u{1161}\u{11ab} \u{ff8a}\u{ff9f}",
    // Separators of lines and of nothing, a mark of the byte order, and what stands for no character.
    "a\u{2028}b\u{2029}c\u{200b}d\u{feff}\r\ne\u{85}",
    "\u{fffd}\u{ffff}\u{10ffff}\u{e000}\u{7f}\u{1}",
];

fn text(chat: ChatRef, text: &str) -> SendMessage {
    SendMessage {
        chat_ref: Some(chat),
        message: text.to_owned(),
        ..SendMessage::default()
    }
}

fn marked(start_index: u32, length: u32, entity: Entity) -> MessageEntity {
    MessageEntity {
        start_index,
        length,
        entity: Some(entity),
    }
}

fn bold(start_index: u32, length: u32) -> MessageEntity {
    marked(start_index, length, Entity::Bold(true))
}

/// The next message that someone hears of.
async fn created(person: &mut Person) -> Message {
    let told: UpdateMessageCreated = person.expect().await;
    told.message.unwrap_or_default()
}

/// The next edit that someone hears of.
async fn edited(person: &mut Person) -> Message {
    let told: UpdateMessage = person.expect().await;
    told.message.unwrap_or_default()
}

/// The latest message of a chat.
async fn latest(person: &Person, chat: ChatRef) -> Checked<Message> {
    let mut page = person.history(chat).await?.messages.into_iter();
    Ok(page.next().expect("there is one"))
}

async fn texts_stay_as_they_are(server: Server) -> Checked {
    let (community, [mut alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let general = community.general();
    let edits = TEXTS.iter().skip(1).chain(TEXTS.iter().take(1));
    for (sent, changed) in TEXTS.iter().zip(edits) {
        let id = alice.send(general, sent).await?;
        assert_eq!(created(&mut bob).await.message, *sent);
        assert_eq!(latest(&bob, general).await?.message, *sent);
        alice.call(edit(general, id, changed)).await?;
        assert_eq!(edited(&mut bob).await.message, *changed);
        assert_eq!(latest(&bob, general).await?.message, *changed);
        let forward = ForwardMessage {
            chat_ref: Some(saved_messages()),
            from: Some(general),
            message_ids: vec![id],
        };
        alice.call(forward).await?;
        let forwarded = latest(&alice, saved_messages()).await?;
        assert_eq!(forwarded.message, *changed);
    }
    alice.catch_up().await
}

async fn an_edit_of_the_encoding_alone_is_an_edit(server: Server) -> Checked {
    let (community, [mut alice]) = server.community_of(["Alice"]).await?;
    let id = alice.send(community.general(), "\u{e9}t\u{e9}").await?;
    created(&mut alice).await;
    let apart = "e\u{301}te\u{301}";
    alice.call(edit(community.general(), id, apart)).await?;
    assert_eq!(edited(&mut alice).await.message, apart);
    alice.call(edit(community.general(), id, apart)).await?;
    alice.expect_silence().await
}

/// Ranges in [`PROGRAMMER`] that begin or end within a pair, or part what is joined; and some beyond it.
fn ranges() -> (Vec<MessageEntity>, Vec<MessageEntity>) {
    let within = [
        (0, 1),
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
        (3, 1),
        (4, 1),
        (0, 5),
    ];
    let beyond = [(4, 2), (5, 1), (0, 6), (1, u32::MAX), (u32::MAX, 1), (1, 0)];
    let all = |ranges: &[(u32, u32)]| ranges.iter().map(|&(at, len)| bold(at, len)).collect();
    (all(&within), all(&beyond))
}

async fn ranges_may_cut_a_character(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let general = community.general();
    let (kept, dropped) = ranges();
    let entities = [kept.clone(), dropped].concat();
    let request = SendMessage {
        entities: entities.clone(),
        ..text(general, PROGRAMMER)
    };
    alice.call(request).await?;
    assert_eq!(created(&mut bob).await.entities, kept);
    assert_eq!(latest(&bob, general).await?.entities, kept);

    let id = alice.send(general, "plain").await?;
    assert_eq!(created(&mut bob).await.entities, []);
    let request = EditMessage {
        entities,
        ..edit(general, id, PROGRAMMER)
    };
    alice.call(request).await?;
    assert_eq!(edited(&mut bob).await.entities, kept);
    assert_eq!(latest(&bob, general).await?.entities, kept);
    // Those that fit the old text alone go with it.
    let request = EditMessage {
        entities: vec![bold(0, 2), bold(1, 1), bold(0, 5)],
        ..edit(general, id, "\u{1f600}")
    };
    alice.call(request).await?;
    assert_eq!(edited(&mut bob).await.entities, [bold(0, 2), bold(1, 1)]);
    bob.expect_silence().await
}

async fn a_quote_may_cut_a_character(server: Server) -> Checked {
    let (community, [alice, mut bob]) = server.community_of(["Alice", "Bob"]).await?;
    let general = community.general();
    let (kept, dropped) = ranges();
    let original = alice.send(general, PROGRAMMER).await?;
    created(&mut bob).await;
    // What it says of the original is the client's to know, however odd.
    for offset in [None, Some(0), Some(1), Some(u64::MAX)] {
        let quote = Quote {
            message: PROGRAMMER.to_owned(),
            entities: [kept.clone(), dropped.clone()].concat(),
            offset,
        };
        let request = SendMessage {
            reply_to: Some(ReplyTo {
                message_id: original,
                quote: Some(quote),
            }),
            ..text(general, "yes")
        };
        alice.call(request).await?;
        for told in [created(&mut bob).await, latest(&bob, general).await?] {
            let quoted = told.reply.unwrap_or_default().quote.unwrap_or_default();
            let seen = (&*quoted.message, quoted.entities, quoted.offset);
            assert_eq!(seen, (PROGRAMMER, kept.clone(), offset));
        }
    }
    bob.expect_silence().await
}

async fn mentions_of(person: &Person, chat: ChatRef) -> Checked<Vec<u64>> {
    let chat_ref = Some(chat);
    Ok(person
        .call(GetUnreadMentions { chat_ref })
        .await?
        .message_ids)
}

async fn name(person: &Person, username: &str) -> Checked {
    let edit = EditProfile {
        username: Some(username.to_owned()),
        ..EditProfile::default()
    };
    person.call(edit).await?;
    Ok(())
}

async fn a_mention_is_read_from_the_next_character(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    name(&bob, "bob").await?;
    let general = community.general();
    let by_name = || Entity::Username(true);
    let by_id = || Entity::UserMention(UserMentionEntity {});
    let mut expected = Vec::new();
    let named = "\u{1f469}@bob \u{1f4bb}".to_owned();
    let numbered = format!("\u{1f469}@{} \u{1f4bb}", bob.user_id);
    // Before the pair and behind the mention, there is nothing to be read.
    for (start, mentions) in [(0, false), (1, true), (2, true), (6, false), (7, false)] {
        let marks = [(&named, by_name()), (&numbered, by_id())];
        for (said, entity) in marks {
            let request = SendMessage {
                entities: vec![marked(start, 1, entity)],
                ..text(general, said)
            };
            let SentMessage { message_id } = alice.call(request).await?;
            if mentions {
                expected.insert(0, message_id);
            }
        }
    }
    assert_eq!(mentions_of(&bob, general).await?, expected);
    Ok(())
}

async fn names_are_found_between_other_scripts(server: Server) -> Checked {
    let (community, [alice, bob]) = server.community_of(["Alice", "Bob"]).await?;
    name(&bob, "bob").await?;
    let general = community.general();
    let mut expected = Vec::new();
    for said in [
        "\u{1f469}\u{200d}\u{1f4bb}@bob\u{1f44b}\u{1f3fd}",
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd} @bob \u{5e9}\u{5dc}\u{5d5}\u{5dd}",
        "\u{2067}@bob\u{2069}",
        "\u{202e}@bob\u{202c}",
    ] {
        expected.insert(0, alice.send(general, said).await?);
    }
    assert_eq!(mentions_of(&bob, general).await?, expected);
    Ok(())
}

async fn words_of_every_script_are_found(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    let chat = saved_messages();
    let mut sent = Vec::new();
    for said in TEXTS {
        sent.push(alice.send(chat, said).await?);
    }
    let found = async |query: &str| {
        let search = Search {
            chat_ref: Some(chat),
            query: query.to_owned(),
            scoped: true,
            offset: None,
        };
        let page = alice.call(search).await?.messages.into_iter();
        let ids: Vec<u64> = page.map(|message| message.message_id).collect();
        Checked::Ok(ids)
    };
    // However it is encoded, with marks and without, by its beginning.
    for (query, which) in [
        ("e", vec![12, 9, 5]),
        ("\u{1ebf}", vec![12, 9, 5]),
        ("z", vec![6]),
        ("\u{5e9}\u{5dc}\u{5d5}\u{5dd}", vec![7]),
        ("\u{5e9}\u{5dc}", vec![7]),
        ("hello", vec![10, 7]),
        ("\u{645}\u{631}\u{62d}\u{628}\u{627}", vec![8]),
        ("\u{202e}gpj", vec![9]),
        ("\u{10428}", vec![10]),
        ("\u{20000}", vec![10]),
        ("\u{d55c}", vec![11]),
        ("\u{30d1}", vec![11]),
    ] {
        let expected: Vec<u64> = which.into_iter().map(|at: usize| sent[at]).collect();
        assert_eq!(found(query).await?, expected, "{query:?}");
    }
    Ok(())
}
