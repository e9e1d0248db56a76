//! Links that stand in a text as they are.

use crate::message::{Entity, EntityKind, utf16_len};
use linkify::{Link, LinkFinder, LinkKind};

/// What a link begins with, in any case.
const SCHEMES: [&str; 2] = ["http://", "https://"];

/// Where a text has links, in their order; the first `most` of them.
pub fn links(text: &str, most: usize) -> Vec<Entity> {
    // Most texts have none.
    if !text.contains("://") {
        return Vec::new();
    }
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let (mut read, mut units) = (0, 0);
    let mut units_up_to = |at: usize| {
        units += utf16_len(&text[read..at]);
        read = at;
        u32::try_from(units).unwrap_or(u32::MAX)
    };
    let found = finder.links(text).filter(|link| is_web(link.as_str()));
    let entity = |link: Link<'_>| {
        let start = units_up_to(link.start());
        Entity {
            start,
            length: units_up_to(link.end()) - start,
            kind: EntityKind::Url,
        }
    };
    found.take(most).map(entity).collect()
}

fn is_web(link: &str) -> bool {
    SCHEMES.iter().any(|scheme| {
        let beginning = link.get(..scheme.len());
        beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(scheme))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::keep_valid;
    use proptest::prelude::*;

    /// The links of a text, as far as so many.
    fn found(text: &str, most: usize) -> Vec<String> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let part = |link: &Entity| {
            let (start, length) = (link.start as usize, link.length as usize);
            String::from_utf16(&units[start..start + length]).expect("whole characters")
        };
        links(text, most).iter().map(part).collect()
    }

    #[test]
    fn links_are_found_where_they_stand() {
        for (text, expected) in [
            ("see https://example.org", &["https://example.org"][..]),
            (
                "😀 (HTTP://a.org/b_(c)?d=é#e), 😀 https://f.org/.",
                &["HTTP://a.org/b_(c)?d=é#e", "https://f.org/"],
            ),
            ("http://localhost:8080/x", &["http://localhost:8080/x"]),
            ("example.org ada@example.org www.example.org", &[]),
            ("javascript://alert file:///etc/passwd ftp://x.org", &[]),
            ("https:// ://", &[]),
            ("", &[]),
        ] {
            assert_eq!(found(text, 9), expected, "{text}");
        }
    }

    #[test]
    fn so_many_and_no_more() {
        let text = "http://a.org http://b.org http://c.org";
        assert_eq!(found(text, 2), ["http://a.org", "http://b.org"]);
    }

    proptest! {
        #[test]
        fn links_lie_within_any_text(text in "(\\PC|http://|https://a\\.b| |😀){0,12}") {
            let found = links(&text, 9);
            prop_assert_eq!(keep_valid(found.clone(), &text), found);
        }
    }
}
