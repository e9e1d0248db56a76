//! Whom a text mentions.
//!
//! Clients disagree on where the range of a mention ends (with the `@` or without), so only its start counts, and the name is
//! read from the text. Dots at the end of a name are taken for punctuation.

use crate::id::UserId;
use crate::message::{Entity, EntityKind};
use crate::name::Username;
use std::collections::BTreeSet;

/// Whom a text mentions, as far as it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// By id.
    pub ids: BTreeSet<UserId>,
    /// By name.
    pub usernames: BTreeSet<Username>,
}

impl Named {
    /// Reads a text: where its entities say that there are mentions, or if there are none but links, wherever a name
    /// stands behind an `@` that begins a word. At most `most` are read.
    pub fn read(text: &str, entities: &[Entity], most: usize) -> Self {
        let mut named = Self::default();
        let is_plain = |entity: &Entity| entity.kind == EntityKind::Url;
        if entities.iter().all(is_plain) {
            let begins = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
            let found = text.match_indices('@').filter(|(at, _)| begins(*at));
            for (at, _) in found {
                named.add_username(&text[at..], most);
            }
        }
        for entity in entities {
            match entity.kind {
                EntityKind::UserMention => named.add_id(from(text, entity.start), most),
                EntityKind::Username => named.add_username(from(text, entity.start), most),
                _ => {}
            }
        }
        named
    }

    fn add_id(&mut self, text: &str, most: usize) {
        if let Ok(id) = token(text, |c| c.is_ascii_digit()).parse()
            && self.len() < most
        {
            self.ids.insert(UserId(id));
        }
    }

    fn add_username(&mut self, text: &str, most: usize) {
        let name = token(text, |c| c.is_ascii_alphanumeric() || "_.".contains(c));
        if let Some(username) = Username::parse(name.trim_end_matches('.'))
            && self.len() < most
        {
            self.usernames.insert(username);
        }
    }

    fn len(&self) -> usize {
        self.ids.len() + self.usernames.len()
    }
}

/// The longest beginning of such characters, behind an `@` if there is one.
fn token(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    let text = text.strip_prefix('@').unwrap_or(text);
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    &text[..end]
}

/// The text from a place in UTF-16 units on; from the next character if that is within one.
fn from(text: &str, start: u32) -> &str {
    let mut units = 0;
    let begins = |(_, c): &(usize, char)| {
        let before = units;
        units += c.len_utf16();
        before >= start as usize
    };
    let at = text.char_indices().find(begins).map(|(at, _)| at);
    at.map_or("", |at| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entity(start: u32, kind: EntityKind) -> Entity {
        Entity {
            start,
            length: 1,
            kind,
        }
    }

    fn read(text: &str, entities: &[Entity]) -> (Vec<u64>, Vec<String>) {
        let named = Named::read(text, entities, 10);
        let names = named.usernames.iter().map(|name| name.as_str().to_owned());
        (named.ids.iter().map(|id| id.0).collect(), names.collect())
    }

    #[test]
    fn entities_say_where_mentions_are() {
        let text = "😀 @12 and @Ada.L, bob";
        let entities = [
            entity(3, EntityKind::UserMention),
            entity(11, EntityKind::Username),
            entity(19, EntityKind::Username),
            entity(0, EntityKind::Bold),
        ];
        let expected = (vec![12], vec!["ada.l".to_owned(), "bob".to_owned()]);
        assert_eq!(read(text, &entities), expected);
        // A lone surrogate, and behind the end.
        for start in [1, 400, u32::MAX] {
            assert_eq!(
                read("😀", &[entity(start, EntityKind::UserMention)]),
                (vec![], vec![])
            );
        }
    }

    #[test]
    fn without_entities_names_are_found() {
        let text = "@ada, (@bob) mail@example.com @ada. @x @123";
        let names = ["123", "ada", "bob"].map(String::from).to_vec();
        assert_eq!(read(text, &[]), (vec![], names.clone()));
        assert_eq!(read(text, &[entity(0, EntityKind::Url)]), (vec![], names));
        assert_eq!(read(text, &[entity(0, EntityKind::Bold)]), (vec![], vec![]));
    }

    #[test]
    fn so_many_and_no_more() {
        let named = Named::read("@aa @bb @cc", &[], 2);
        assert_eq!(named.usernames.len(), 2);
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in ".{0,40}", start in 0u32..60) {
            Named::read(&text, &[], 5);
            Named::read(&text, &[entity(start, EntityKind::Username)], 5);
            Named::read(&text, &[entity(start, EntityKind::UserMention)], 5);
        }
    }
}
