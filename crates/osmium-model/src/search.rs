//! Words: what of a text is searched, and what is asked of it. Both stores keep what is said here, so they find the same.
//!
//! A word is a run of letters and digits, without case and accents. Where a script puts no spaces between words, as Chinese
//! does, a whole run is one word, which its beginning finds.

use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The most characters of a word that count: an index has no room for any length.
pub const WORD_LENGTH: usize = 64;

/// A text as it is searched, and the words in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    folded: String,
}

impl Words {
    /// Those of a text.
    pub fn of(text: &str) -> Self {
        Self { folded: fold(text) }
    }

    /// As they stand in the text.
    pub fn in_order(&self) -> impl Iterator<Item = &str> {
        let words = self.folded.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(shorten)
    }

    /// Each once, sorted.
    pub fn sorted(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.in_order().collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// What of a word counts.
fn shorten(word: &str) -> &str {
    if word.len() <= WORD_LENGTH {
        return word;
    }
    let end = word.char_indices().nth(WORD_LENGTH);
    end.map_or(word, |(end, _)| &word[..end])
}

/// A text without what does not count: case, accents, and how a letter is encoded.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        // Which nothing but case applies to, and which is what most texts are.
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|letter| canonical_combining_class(*letter) == 0)
        .flat_map(char::to_lowercase)
        .flat_map(alike)
        .collect()
}

/// What stands for letters that are the same but for how they are written: where one is written otherwise in capitals.
fn alike(letter: char) -> impl Iterator<Item = char> {
    let (first, second) = match letter {
        'ß' => ('s', Some('s')),
        'ς' => ('σ', None),
        'ı' => ('i', None),
        _ => (letter, None),
    };
    std::iter::once(first).chain(second)
}

/// What is looked for: messages that have all the words, in any order, and one that begins with the last of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchQuery {
    words: BTreeSet<String>,
    beginning: String,
}

impl SearchQuery {
    /// What a text looks for; nothing if there is no word in it. Its last word may be just the beginning of one.
    pub fn parse(text: &str) -> Option<Self> {
        let text = Words::of(text);
        let mut words: Vec<&str> = text.in_order().collect();
        let beginning = words.pop()?.to_owned();
        let words = words.into_iter().map(str::to_owned).collect();
        Some(Self { words, beginning })
    }

    /// The words that have to be there as they are.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// How a word that has to be there begins.
    pub fn beginning(&self) -> &str {
        &self.beginning
    }

    /// Whether a text is found.
    pub fn matches(&self, text: &str) -> bool {
        let text = Words::of(text);
        let found = text.sorted();
        let from = found.partition_point(|word| *word < self.beginning());
        let begun = found.get(from);
        begun.is_some_and(|word| word.starts_with(self.beginning()))
            && self.words().all(|word| found.binary_search(&word).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> Vec<String> {
        let words = Words::of(text);
        words.sorted().into_iter().map(str::to_owned).collect()
    }

    fn finds(query: &str, text: &str) -> bool {
        SearchQuery::parse(query).is_some_and(|query| query.matches(text))
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(
            of("Hello, hello WORLD! 42-b"),
            ["42", "b", "hello", "world"]
        );
        assert_eq!(
            of("don't e-mail me@example.org"),
            ["don", "e", "example", "mail", "me", "org", "t"]
        );
        assert!(of(" \t\r\n.,-!? 👩‍👩‍👧‍👦 🦊🏽 \u{feff}\u{200b}").is_empty());
    }

    #[test]
    fn case_and_accents_do_not_count() {
        for (query, text) in [
            ("creme brulee", "Crème BRÛLÉE"),
            ("CRÈME", "cre\u{300}me"),
            ("strasse", "STRAẞE Straße"),
            ("straße", "strasse"),
            ("istanbul", "İSTANBUL"),
            ("ISPARTA", "ısparta"),
            ("ΟΔΟΣ", "οδός"),
            ("οδος", "ΟΔΌΣ"),
            ("ångström", "A\u{30a}NGSTRO\u{308}M"),
            ("file", "ﬁle"),
            ("abc", "ＡＢＣ"),
            ("25", "2⁵"),
            ("tel", "℡"),
            ("москва", "МОСКВА"),
            ("йод", "И\u{306}ОД"),
            ("שלום", "שָׁלוֹם"),
            ("مرحبا", "مَرْحَبًا"),
            ("한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"),
            ("हिन्दी", "हिन्दी"),
        ] {
            assert!(finds(query, text), "{query} in {text}");
        }
    }

    #[test]
    fn different_words_stay_different() {
        for (query, text) in [
            ("cat", "dog"),
            ("cats", "cat"),
            ("at", "cat"),
            ("की", "का"),
            ("ab", "a b"),
            ("a b", "ab"),
        ] {
            assert!(!finds(query, text), "{query} in {text}");
        }
    }

    #[test]
    fn all_words_are_there_and_the_last_has_begun() {
        let text = "Shall we meet at the station?";
        for query in ["station", "sta", "the meet st", "MEET, meet", "s", "at a"] {
            assert!(finds(query, text), "{query}");
        }
        for query in ["stationed", "sta meet", "meet there", "station b"] {
            assert!(!finds(query, text), "{query}");
        }
        assert_eq!(SearchQuery::parse(" ?! 🦊 "), None);
    }

    #[test]
    fn a_run_of_a_script_without_spaces_is_found_by_its_beginning() {
        let text = "今日は天気がいい。散歩しよう";
        assert!(finds("今日", text));
        assert!(finds("散歩", text));
        assert!(!finds("天気", text));
    }

    #[test]
    fn a_long_word_counts_as_far_as_there_is_room() {
        let long = "x".repeat(WORD_LENGTH);
        assert_eq!(of(&format!("{long}y")), std::slice::from_ref(&long));
        assert!(finds(&format!("{long}z"), &format!("{long}y")));
        assert!(!finds(&format!("{long} {long}x"), "x"));
    }

    proptest! {
        #[test]
        fn words_are_what_indexes_take(text in any::<String>()) {
            for word in of(&text) {
                let length = word.chars().count();
                prop_assert!((1..=WORD_LENGTH).contains(&length));
                prop_assert!(word.chars().all(char::is_alphanumeric));
            }
        }

        #[test]
        fn a_word_is_its_own_word(text in any::<String>()) {
            for word in of(&text) {
                prop_assert_eq!(of(&word), [word]);
            }
        }

        #[test]
        fn a_text_is_found_by_its_words(text in any::<String>()) {
            for word in of(&text) {
                prop_assert!(finds(&word, &text));
                let beginning: String = word.chars().take(2).collect();
                prop_assert!(finds(&beginning, &text));
            }
            prop_assert_eq!(SearchQuery::parse(&text).is_some(), finds(&text, &text));
        }

        #[test]
        fn capitals_do_not_count(text in any::<String>()) {
            if SearchQuery::parse(&text).is_some() {
                prop_assert!(finds(&text.to_lowercase(), &text));
            }
        }
    }
}
