//! Words that say when, from a table, and the words that patterns ask for.

use foldhash::HashMap;

/// What a word is, as patterns name it: a heading of the table, or the word itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Class(pub u16);

macro_rules! classes {
    ($($constant:ident $name:literal),* $(,)?) => {
        const NAMES: &[&str] = &[$($name),*];
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "they are the headings of the table")]
        #[allow(dead_code, reason = "some are named by the tables alone")]
        enum Number { $($constant),* }
        impl Class {
            $(#[allow(dead_code, reason = "some are named by the tables alone")] pub const $constant: Class = Class(Number::$constant as u16);)*
        }
    };
}

classes! {
    MONTH "MONTH", MONTHA "MONTHA", WEEKDAY "WEEKDAY", WEEKDAYS "WEEKDAYS", WEEKDAYA "WEEKDAYA", UNIT "UNIT",
    UNITS "UNITS", UNITLY "UNITLY", UNITADJ "UNITADJ", DAYPART "DAYPART", DAYPARTS "DAYPARTS", DAWN "DAWN", NOON "NOON", SEASON "SEASON",
    FALL "FALL", DEICTIC "DEICTIC", TONIGHT "TONIGHT", LAST "LAST", NEXT "NEXT", THIS "THIS", MOD "MOD", AMPM "AMPM",
    TZ "TZ", NUM "NUM", TENS "TENS", HUNDRED "HUNDRED", VAGUE "VAGUE", ORD "ORD", QUARTER "QUARTER", HALF "HALF", TIES "TIES",
    ERA "ERA", REF "REF",
    // From digits
    ISODATE "ISODATE", YEAR "YEAR", YEAR3 "YEAR3", DAY "DAY", DAYORD "DAYORD", HOUR "HOUR", CLOCK "CLOCK", CLOCKP "CLOCKP", HHMM "HHMM",
    DECADE "DECADE", TWO "TWO", ISOMONTH "ISOMONTH", ISOTIME "ISOTIME", DOTTED "DOTTED",
    // From marks
    PERSIAN "PERSIAN", ISLAMIC "ISLAMIC",
    HYPHEN "-", DASH "–", POSS "POSS",
    // Only said by patterns
    SIGN "SIGN", REL "REL", DATE "DATE", FISCAL "FISCAL", EVERY "EVERY", AGAIN "AGAIN", RANGE "RANGE",
}

impl Class {
    pub fn of_name(name: &str) -> Option<Class> {
        let at = NAMES.iter().position(|known| *known == name)?;
        u16::try_from(at).ok().map(Class)
    }

    /// Whether a number of this class is what a date may be made of alone.
    pub fn is_trigger(self) -> bool {
        let alone = [
            Class::YEAR,
            Class::ISODATE,
            Class::ISOMONTH,
            Class::ISOTIME,
            Class::CLOCK,
            Class::CLOCKP,
            Class::DECADE,
            Class::DOTTED,
            Class::DAYORD,
            Class::HHMM,
        ];
        alone.contains(&self)
    }

    fn first_literal() -> u16 {
        u16::try_from(NAMES.len()).unwrap_or(u16::MAX)
    }
}

/// One thing that a word can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub class: Class,
    pub value: i32,
}

#[derive(Debug, Default)]
pub struct Entry {
    /// With whether the word must begin with a capital.
    pub marks: Vec<(Mark, bool)>,
    /// Whether it makes a sentence worth a look.
    pub trigger: bool,
}

/// All words of the table and of the patterns.
pub struct Lexicon {
    words: HashMap<String, Entry>,
    literals: u16,
}

impl Lexicon {
    /// Reads the table. A line that is none is left out, and a test finds it.
    pub fn new(table: &str) -> Lexicon {
        let mut lexicon = Lexicon { words: HashMap::default(), literals: Class::first_literal() };
        let mut heading = None;
        for line in table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            if let Some(rest) = line.strip_prefix('[') {
                let (name, rest) = rest.split_once(']').unwrap_or((rest, ""));
                heading = Class::of_name(name).map(|class| (class, rest.contains('*')));
                continue;
            }
            let Some((class, trigger)) = heading else { continue };
            let mut words = line.split_whitespace();
            let Some(value) = words.next().and_then(|value| value.parse().ok()) else { continue };
            for word in words {
                lexicon.add(word, Mark { class, value }, trigger);
            }
        }
        lexicon
    }

    fn add(&mut self, word: &str, mark: Mark, trigger: bool) {
        let capital = word.starts_with(char::is_uppercase);
        let word = word.to_ascii_lowercase();
        let entry = self.words.entry(word).or_default();
        entry.trigger |= trigger;
        entry.marks.push((mark, capital));
    }

    /// The class of a word that a pattern spells out.
    pub fn literal(&mut self, word: &str) -> Class {
        if let Some(entry) = self.words.get(word)
            && let Some((mark, _)) = entry.marks.iter().find(|(mark, _)| mark.class.0 >= Class::first_literal())
        {
            return mark.class;
        }
        let class = Class(self.literals);
        self.literals = self.literals.saturating_add(1);
        self.add(word, Mark { class, value: 0 }, false);
        class
    }

    /// Whether a word of this class makes its sentence worth a look.
    pub fn is_trigger_class(&self, class: Class) -> bool {
        let named = |entry: &Entry| entry.trigger && entry.marks.iter().any(|(mark, _)| mark.class == class);
        class.is_trigger() || self.words.values().any(named)
    }

    /// How many classes there are.
    pub fn classes(&self) -> usize {
        usize::from(self.literals)
    }

    /// Whether a word, in small letters, makes its sentence worth a look.
    pub fn is_trigger(&self, word: &str) -> bool {
        self.get(word).is_some_and(|entry| entry.trigger)
    }

    /// The value of a word, in small letters, as one of a class.
    pub fn value_of(&self, word: &str, class: Class) -> Option<i32> {
        let entry = self.get(word)?;
        entry.marks.iter().find(|(mark, _)| mark.class == class).map(|(mark, _)| mark.value)
    }

    /// What a word, in small letters, can be.
    pub fn get(&self, word: &str) -> Option<&Entry> {
        self.words.get(word)
    }

    /// All words, in small letters.
    pub fn words(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.words.iter().map(|(word, entry)| (word.as_str(), entry))
    }
}
