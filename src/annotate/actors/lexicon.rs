//! What is known of words: the tables of names, titles and heads.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use crate::annotate::Reading;
use crate::tables;
use crate::text::Case;

pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

/// What the tables say of a word: a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(pub u64);

macro_rules! flags {
    ($($name:ident = $bit:expr;)*) => { impl Flags { $(pub const $name: Flags = Flags(1 << $bit);)* } };
}

flags! {
    FUNCTION = 0;
    GIVEN = 1;
    TITLE = 2;
    TITLE_MODIFIER = 3;
    ORGANISATION_HEAD = 4;
    PLACE_HEAD = 5;
    PLACE_FRONT = 6;
    NO_ACTOR = 7;
    ADJECTIVE = 8;
    PEOPLE = 9;
    PARTICLE = 10;
    COMMON = 11;
    TAIL = 12;
    SPEECH = 13;
    EVENT_FRONT = 14;
    OFFICE = 15;
    // Of phrases
    PLACE = 16;
    ORGANISATION = 17;
    SEAT = 18;
    PERSON = 19;
    STATE = 20;
    CAPITAL = 21;
    REGION = 22;
    NOMINAL_HEAD = 23;
    FAMILY = 24;
    PLACE_NOUN = 25;
    ORGANISATION_NOUN = 26;
    KIN = 27;
    COURTESY = 28;
    FIRM = 29;
    SPORT = 30;
    RANK = 31;
    THING_BEHIND = 32;
    THING_FRONT = 33;
    BY_GIVEN_NAME = 34;
    ORGANISATION_BEHIND = 35;
}

impl Flags {
    pub fn has(self, other: Flags) -> bool {
        self.0 & other.0 != 0
    }

    pub fn and(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }
}

struct Phrase {
    /// As they are written in the table.
    words: Vec<&'static str>,
    flags: Flags,
}

pub struct Lexicon {
    words: HashMap<String, Flags>,
    /// Under their first word, the longest first.
    phrases: HashMap<String, Vec<Phrase>>,
}

impl Lexicon {
    fn new() -> Self {
        let mut lexicon = Lexicon { words: HashMap::new(), phrases: HashMap::new() };
        for (table, flags) in [
            (include_str!("../tables/actors/function-words.txt"), Flags::FUNCTION),
            (include_str!("../tables/actors/given-names.txt"), Flags::GIVEN),
            (include_str!("../tables/actors/family-names.txt"), Flags::FAMILY),
            (include_str!("../tables/actors/titles.txt"), Flags::TITLE),
            (include_str!("../tables/actors/title-modifiers.txt"), Flags::TITLE_MODIFIER),
            (include_str!("../tables/actors/organisation-heads.txt"), Flags::ORGANISATION_HEAD),
            (include_str!("../tables/actors/place-heads.txt"), Flags::PLACE_HEAD),
            (include_str!("../tables/actors/place-fronts.txt"), Flags::PLACE_FRONT),
            (include_str!("../tables/actors/no-actors.txt"), Flags::NO_ACTOR),
            (include_str!("../tables/actors/particles.txt"), Flags::PARTICLE),
            (include_str!("../tables/actors/common-words.txt"), Flags::COMMON),
            (include_str!("../tables/actors/everyday-words.txt"), Flags::COMMON),
            (include_str!("../tables/actors/adjective-tails.txt"), Flags::TAIL),
            (include_str!("../tables/actors/nominal-heads.txt"), Flags::NOMINAL_HEAD),
            (include_str!("../tables/actors/nouns-of-places.txt"), Flags::PLACE_NOUN),
            (include_str!("../tables/actors/nouns-of-organisations.txt"), Flags::ORGANISATION_NOUN),
            (include_str!("../tables/actors/kin.txt"), Flags::KIN),
            (include_str!("../tables/actors/things-behind.txt"), Flags::THING_BEHIND),
            (include_str!("../tables/actors/things-in-front.txt"), Flags::THING_FRONT),
            (include_str!("../tables/actors/titles-with-given-names.txt"), Flags::BY_GIVEN_NAME),
            (include_str!("../tables/actors/nouns-behind-organisations.txt"), Flags::ORGANISATION_BEHIND),
            (include_str!("../tables/actors/courtesies.txt"), Flags::COURTESY),
            (include_str!("../tables/actors/words-of-firms.txt"), Flags::FIRM),
            (include_str!("../tables/actors/words-of-sport.txt"), Flags::SPORT),
            (include_str!("../tables/actors/words-of-rank.txt"), Flags::RANK),
            (include_str!("../tables/actors/offices.txt"), Flags::OFFICE),
            (include_str!("../tables/actors/event-fronts.txt"), Flags::EVENT_FRONT),
            (include_str!("../tables/actors/speech.txt"), Flags::SPEECH),
        ] {
            for word in tables::lines(table).flat_map(str::split_whitespace) {
                lexicon.add_word(word, flags);
            }
        }
        for line in tables::lines(include_str!("../tables/actors/demonyms.txt")) {
            let mut fields = line.split_whitespace();
            for (word, flags) in fields.by_ref().zip([Flags::ADJECTIVE, Flags::PEOPLE]).filter(|(word, _)| *word != "-")
            {
                lexicon.add_word(word, flags);
            }
        }
        for (table, flags) in [
            (include_str!("../tables/actors/places.txt"), Flags::PLACE),
            (include_str!("../tables/actors/regions.txt"), Flags::PLACE.and(Flags::REGION)),
            (include_str!("../tables/actors/organisations.txt"), Flags::ORGANISATION),
            (include_str!("../tables/actors/places-also-organisations.txt"), Flags::SEAT),
        ] {
            for name in tables::lines(table).flat_map(|line| line.split(',')) {
                lexicon.add_phrase(name.trim(), flags);
            }
        }
        for phrases in lexicon.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        }
        lexicon
    }

    fn add_word(&mut self, word: &str, flags: Flags) {
        let known = self.words.entry(word.to_ascii_lowercase()).or_default();
        *known = known.and(flags);
    }

    fn add_phrase(&mut self, name: &'static str, flags: Flags) {
        let words: Vec<&str> = crate::text::words(name).iter().map(|word| word.span.of(name)).collect();
        let Some(first) = words.first() else { return };
        let same = self.phrases.entry(first.to_ascii_lowercase()).or_default();
        match same.iter_mut().find(|phrase| phrase.words == words) {
            Some(phrase) => phrase.flags = phrase.flags.and(flags),
            None => same.push(Phrase { words, flags }),
        }
    }

    /// All words, in small letters.
    pub fn words(&self) -> impl Iterator<Item = (&str, Flags)> {
        self.words.iter().map(|(word, flags)| (word.as_str(), *flags))
    }

    /// What is known of a word in small letters.
    pub fn word(&self, lower: &str) -> Flags {
        self.words.get(lower).copied().unwrap_or_default()
    }

    /// What is known of a word that may have an article in front, beside what its `own` row says: `al-Sudani`.
    pub fn written(&self, own: Flags, lower: &str) -> Flags {
        if !lower.bytes().any(|byte| byte == b'-') {
            return own;
        }
        let rest = lower.strip_prefix("al-").or_else(|| lower.strip_prefix("el-"));
        let own = rest.map_or(own, |rest| own.and(Flags(self.word(rest).0 & Flags::FAMILY.0)));
        // `Commander-in-chief`, `President-elect`
        let head = ["-in-chief", "-elect", "-designate"].iter().find_map(|tail| lower.strip_suffix(tail));
        head.map_or(own, |head| own.and(Flags(self.word(head).0 & Flags::TITLE.and(Flags::OFFICE).0)))
    }

    /// What a name of one word is.
    pub fn single(&self, word: &str) -> Flags {
        let phrases = self.phrases.get(&word.to_ascii_lowercase());
        let fitting = phrases.into_iter().flatten().find(|phrase| phrase.words.as_slice() == [word]);
        fitting.map_or(Flags::default(), |phrase| phrase.flags)
    }

    /// What a name of two words is.
    pub fn pair(&self, first: &str, second: &str) -> Flags {
        let phrases = self.phrases.get(&first.to_ascii_lowercase());
        let fitting = phrases.into_iter().flatten().find(|phrase| phrase.words.as_slice() == [first, second]);
        fitting.map_or(Flags::default(), |phrase| phrase.flags)
    }

    /// The longest known name that begins at a word: how many words it has, and what it is.
    pub fn phrase(&self, reading: &Reading, at: usize) -> Option<(usize, Flags)> {
        let phrases = self.phrases.get(reading.lower(at))?;
        phrases.iter().find_map(|phrase| {
            let alone = phrase.words.len() == 1;
            let fits = phrase.words.iter().zip(at..).all(|(word, at)| is_same(word, alone, reading, at));
            fits.then_some((phrase.words.len(), phrase.flags))
        })
    }
}

/// Acronyms only as they are written (`IS`, not `is`); other words in any way but in small letters throughout.
fn is_same(listed: &str, alone: bool, reading: &Reading, at: usize) -> bool {
    let written = reading.word(at);
    if listed == written {
        return true;
    }
    // `GAO` is not the town of Gao.
    if alone && reading.case(at) == Case::Upper && written.len() <= 4 {
        return false;
    }
    let is_acronym = listed.len() <= 5 && !listed.bytes().any(|byte| byte.is_ascii_lowercase());
    !is_acronym && listed.eq_ignore_ascii_case(written) && reading.case(at) != Case::Lower
}
