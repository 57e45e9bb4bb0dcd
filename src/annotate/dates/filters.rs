//! What looks like a date and is none: `May` the verb, `March on Washington`, scores, versions, numbers of people.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::atoms::Atoms;
use super::grammar::{Fit, Means};
use super::lexicon::Class;
use super::tense::{self, Tense};
use crate::annotate::Reading;
use crate::tables;
use crate::text::{Case, Kind};

/// A fit in its sentence.
pub struct Place<'a> {
    pub reading: &'a Reading<'a>,
    pub atoms: &'a Atoms,
    pub at: usize,
    pub fit: &'a Fit,
    /// The words of the sentence.
    pub sentence: std::ops::Range<usize>,
}

impl Place<'_> {
    fn first_word(&self) -> usize {
        self.atoms.get(self.at).map_or(0, |atom| atom.word)
    }

    fn last_word(&self) -> usize {
        self.fit.end.checked_sub(1).and_then(|last| self.atoms.get(last)).map_or(0, |atom| atom.word)
    }

    /// The word before the fit, in small letters; empty at the sentence's start.
    fn before(&self, back: usize) -> &str {
        match self.first_word().checked_sub(back) {
            Some(word) if word >= self.sentence.start => self.reading.lower(word),
            _ => "",
        }
    }

    fn behind(&self, ahead: usize) -> &str {
        let word = self.last_word() + ahead;
        if word < self.sentence.end { self.reading.lower(word) } else { "" }
    }

    fn behind_word(&self) -> Option<usize> {
        let word = self.last_word() + 1;
        (word < self.sentence.end).then_some(word)
    }

    fn length(&self) -> usize {
        self.fit.end - self.at
    }
}

const PREPOSITIONS: &[&str] = &[
    "in",
    "on",
    "since",
    "by",
    "until",
    "till",
    "from",
    "to",
    "of",
    "for",
    "during",
    "after",
    "before",
    "between",
    "and",
    "or",
    "through",
    "throughout",
    "around",
    "about",
    "circa",
    "as",
    "than",
    "late",
    "early",
    "mid",
    "or",
    "with",
    "over",
    "at",
    "that",
    "last",
    "next",
    "this",
    "every",
    "each",
    "past",
    "beyond",
    "towards",
    "toward",
    "into",
    "within",
    "below",
    "above",
    "versus",
];

fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

/// Whether a fit is a date where it stands.
pub fn is_date(place: &Place) -> bool {
    if cuts_word(place) {
        return false;
    }
    let fit = place.fit;
    match fit.rule.means {
        Means::Nothing => false,
        Means::Month => month(place),
        Means::Year => year(place),
        Means::Day => day(place),
        Means::Season => season(place),
        Means::Time => time(place),
        Means::Duration => duration(place),
        Means::Present | Means::Past | Means::Future => reference(place),
        Means::TextUnit if fit.rule.name == "the-unit" => the_unit(place),
        Means::Later if fit.rule.name == "earlier" => earlier(place),
        Means::Unit => match fit.unit() {
            Some(1) => false,
            Some(2 | 3) => fit.has(Class::THIS),
            _ => true,
        },
        Means::TextUnit => !matches!(fit.unit(), Some(1..=3)) && (fit.rule.name != "unit-before" || ends_clause(place)),
        Means::Set => set(place),
        Means::Decade if fit.rule.name == "decade" && fit.get(Class::DECADE).is_some_and(|decade| decade < 100) => {
            // `in his 70s`, `temperatures in the 30s`, `a handful of $20s`
            fit.get(Class::DECADE).is_some_and(|decade| decade >= 50)
                && !matches!(
                    place.before(1),
                    "his" | "her" | "their" | "my" | "your" | "$" | "low" | "high" | "upper" | "mid" | "lower"
                )
        }
        Means::Decade => {
            fit.rule.name != "decade-apostrophe"
                || fit.get(Class::YEAR).is_some_and(|year| year % 10 == 0 && year < 2000)
        }
        Means::Numeric => numeric(place),
        Means::Holiday => !matches!(place.behind(1), "island" | "card"),
        Means::Nth => true,
        _ => true,
    }
}

/// A fit must not begin or end within a word, years and such apart.
fn cuts_word(place: &Place) -> bool {
    let hyphen = |at: usize| place.atoms.has(at, Class::HYPHEN);
    let robust = matches!(place.fit.rule.means, Means::Year | Means::Decade | Means::Present | Means::Century)
        || place.fit.has(Class::YEAR);
    let range = hyphen(place.fit.end)
        && [Class::DAY, Class::MONTH, Class::YEAR, Class::WEEKDAY]
            .iter()
            .any(|class| place.atoms.has(place.fit.end + 1, *class));
    if hyphen(place.fit.end) && !robust && !range {
        return true;
    }
    if place.fit.rule.means == Means::Present && hyphen(place.fit.end) {
        return false;
    }
    match place.at.checked_sub(1) {
        Some(before) if hyphen(before) => {
            let from = before.checked_sub(1).unwrap_or_default();
            if [Class::DAY, Class::MONTH, Class::YEAR, Class::WEEKDAY].iter().any(|class| place.atoms.has(from, *class))
            {
                return false;
            }
            let prefix = before.checked_sub(1).and_then(|at| place.atoms.get(at));
            let prefix = prefix.map_or("", |atom| atom.span.of(place.reading.text));
            !(robust && matches!(prefix, "post" | "pre" | "Post" | "Pre" | "late" | "early"))
        }
        _ => false,
    }
}

fn month(place: &Place) -> bool {
    let fit = place.fit;
    if fit.has(Class::YEAR) || fit.has(Class::ISOMONTH) {
        return !fit.has(Class::ISOMONTH) || is_preposition(place.before(1)) || place.before(1).is_empty();
    }
    let word = place.last_word();
    let caps = place.reading.case(word) == Case::Upper && place.reading.word(word).chars().count() > 2;
    let name = fit.month().unwrap_or_default();
    let whole = place.at.checked_sub(1).is_none_or(|before| !place.atoms.has(before, Class::HYPHEN));
    // `a May interview`, `the March vote`
    let in_noun = matches!(place.before(1), "a" | "an" | "the" | "his" | "her" | "its" | "their")
        && place
            .behind_word()
            .is_some_and(|next| place.reading.kind(next) == Kind::Letters && place.reading.case(next) == Case::Lower)
        && !is_preposition(place.behind(1));
    if in_noun {
        return true;
    }
    let named = whole
        && place.first_word().checked_sub(1).filter(|before| *before >= place.sentence.start).is_some_and(|before| {
            place.reading.case(before) == Case::Capital && !is_preposition(place.reading.lower(before))
        });
    if named && matches!(name, 3 | 5) && place.length() == 1 {
        return false;
    }
    if place.length() > 1 {
        return true;
    }
    let before = place.before(1);
    // The names that are words, or names of people, too.
    let doubtful = matches!(name, 3 | 5 | 8) || (name == 4 || name == 6) || caps;
    let behind = place.behind_word();
    let next_is_name = behind.is_some_and(|next| {
        place.reading.kind(next) == Kind::Letters
            && matches!(place.reading.case(next), Case::Capital)
            && place.reading.get(next).is_some_and(|w| w.spaced)
    });
    match name {
        5 => {
            (is_preposition(before)
                && !matches!(before, "to" | "and" | "or" | "that" | "with" | "for" | "as" | "than" | "about" | "of"))
                || (matches!(before, "to" | "and" | "or" | "of" | "for") && near_month(place))
        }
        3 if matches!(place.behind(1), "on" | "for" | "to") && next_capital(place, 2) && !is_preposition(before) => {
            false
        }
        3 if matches!(before, "the" | "a" | "an" | "his" | "their" | "long" | "protest") => matches!(
            place.behind(1),
            "election"
                | "elections"
                | "deadline"
                | "meeting"
                | "vote"
                | "attack"
                | "attacks"
                | "report"
                | "summit"
                | "agreement"
                | "ceasefire"
                | "truce"
        ),
        4 | 6 | 8
            if next_is_name
                && (!is_preposition(before)
                    || matches!(before, "and" | "or" | "of" | "for" | "with" | "that" | "as" | "than" | "to")) =>
        {
            false
        }
        _ if doubtful && before.is_empty() => !next_is_name,
        _ => true,
    }
}

/// `between April and May`: another month near.
fn near_month(place: &Place) -> bool {
    (place.at.saturating_sub(4)..place.at).any(|at| place.atoms.has(at, Class::MONTH))
}

fn next_capital(place: &Place, ahead: usize) -> bool {
    let word = place.last_word() + ahead;
    word < place.sentence.end && matches!(place.reading.case(word), Case::Capital | Case::Upper)
}

/// `the day after` says when only where nothing follows: not `the day after the vote`.
fn ends_clause(place: &Place) -> bool {
    let last = place.reading.lower(place.last_word());
    !matches!(last, "before" | "after" | "following")
        || place.behind_word().is_none_or(|word| place.reading.kind(word) == Kind::Punctuation)
}

/// `two days before` says when only where nothing follows.
fn earlier(place: &Place) -> bool {
    place.reading.lower(place.last_word()) != "before"
        || place.behind_word().is_none_or(|word| place.reading.kind(word) == Kind::Punctuation)
}

fn year(place: &Place) -> bool {
    let fit = place.fit;
    if fit.rule.name == "short-year" {
        let closes = place
            .reading
            .get(place.last_word() + 1)
            .is_some_and(|next| !next.spaced && matches!(place.behind(1), "'" | "’"));
        return !closes && (is_preposition(place.before(1)) || place.before(1) == "class");
    }
    if fit.rule.name != "year" || place.length() > 1 {
        return true;
    }
    let before = place.before(1);
    let year = fit.get(Class::YEAR).unwrap_or_default();
    let Some(atom) = place.atoms.get(place.at) else { return false };
    if !atom.spaced && matches!(before, "$" | "€" | "£" | "#" | "¥" | "." | "/" | ":" | "+" | "=" | "@" | "_") {
        return false;
    }
    let counted = before == "than" && matches!(place.before(2), "more" | "less" | "fewer" | "greater");
    if counted || (is_in(&NOT_YEARS.0, before) && !(before == "no" && place.before(2).is_empty())) {
        return false;
    }
    let behind = place.behind(1);
    let close = place.behind_word().and_then(|word| place.reading.get(word)).is_some_and(|word| !word.spaced);
    if is_in(&NOT_YEARS.1, behind) {
        return false;
    }
    // `+963 11 2024 2025`
    let number = |word: Option<usize>| {
        word.is_some_and(|word| place.reading.kind(word) == Kind::Number && place.sentence.contains(&word))
    };
    if (number(place.first_word().checked_sub(1)) && !is_day_before(place)) || number(place.behind_word()) {
        return false;
    }
    if close
        && matches!(behind, "/" | ":" | "." | "€" | "$")
        && place.behind(2).starts_with(|c: char| c.is_ascii_digit())
        && behind != "."
    {
        return false;
    }
    if !(1400..=2100).contains(&year) {
        return matches!(before, "in" | "since" | "by" | "until" | "from" | "of" | "year") && !is_plural(place);
    }
    // `Windows 2000`, `killed 2000 people`
    let plain = place
        .behind_word()
        .is_some_and(|word| place.reading.kind(word) == Kind::Letters && place.reading.case(word) == Case::Lower);
    if plain
        && is_plural(place)
        && !is_preposition(before)
        && !matches!(before, "the" | "a" | "its" | "his" | "their" | "our" | "controversial" | "disputed")
        && !before.ends_with("'s")
    {
        return false;
    }
    let name = place
        .first_word()
        .checked_sub(1)
        .filter(|word| *word >= place.sentence.start)
        .is_some_and(|word| place.reading.case(word) == Case::Capital && place.reading.kind(word) == Kind::Letters);
    !(name && year % 1000 == 0 && !is_preposition(before))
}

/// Words before and behind a number that make it something else than a year.
static NOT_YEARS: LazyLock<(HashSet<&str>, HashSet<&str>)> = LazyLock::new(|| {
    let table = include_str!("tables/not-years.txt");
    let (before, behind) = table.split_once("[behind it]").unwrap_or((table, ""));
    (tables::words(before), tables::words(behind))
});

fn is_in(words: &HashSet<&str>, word: &str) -> bool {
    !word.is_empty() && words.contains(word)
}

/// `18 2024` may be the rest of a date that was not understood.
fn is_day_before(place: &Place) -> bool {
    place.at.checked_sub(1).is_some_and(|before| place.atoms.has(before, Class::DAY))
        && place.at.checked_sub(2).is_some_and(|before| place.atoms.has(before, Class::MONTH))
}

/// Whether the word behind is a plural noun: `2000 people` has been told apart before.
fn is_plural(place: &Place) -> bool {
    let behind = place.behind(1);
    behind.len() > 3
        && behind.ends_with('s')
        && !behind.ends_with("ss")
        && !matches!(behind, "was" | "has" | "this" | "as" | "its" | "elections" | "olympics" | "games")
}

fn day(place: &Place) -> bool {
    let fit = place.fit;
    let before = place.before(1);
    match fit.rule.name {
        "ordinal-day" => {
            matches!(before, "on" | "by" | "until" | "of" | "from" | "to" | "before" | "after" | "since") && {
                let next = place.behind_word();
                fit.end - place.at > 2
                    || next.is_none_or(|word| {
                        place.reading.kind(word) == Kind::Punctuation
                            || matches!(place.reading.lower(word), "of" | "and" | "at" | "to" | "for")
                    }) && place.behind(1) != "of"
            }
        }
        "calendar-day" if place.length() == 2 && fit.get(Class::MONTH) == Some(5) => {
            // `Police may 20 …`: a capital was asked for; `SEE 5 MAY` is fine.
            true
        }
        // `USA Today`, `Russia Today`
        "relative-day" if place.length() == 1 && fit.has(Class::DEICTIC) => !is_title(place),
        "relative-day" if place.length() == 1 && fit.has(Class::WEEKDAY) => {
            !matches!(place.behind(1), "times" | "herald" | "telegraph" | "night" if matches!(place.reading.case(place.last_word() + 1), Case::Capital))
        }
        _ => true,
    }
}

fn season(place: &Place) -> bool {
    let behind = place.behind(1);
    if matches!(
        behind,
        "olympics" | "olympic" | "paralympics" | "paralympic" | "games" | "palace" | "house" | "universiade"
    ) {
        return place.fit.has(Class::YEAR) && place.length() > 2;
    }
    match place.fit.rule.name {
        "season-fall" => {
            matches!(place.before(1), "in" | "by" | "until" | "during" | "for" | "this" | "since") && behind != "of"
        }
        "season" => {
            let word = place.last_word();
            let capital = matches!(place.reading.case(word), Case::Capital) && !place.before(1).is_empty();
            let spring = place.reading.lower(word).starts_with("spring");
            if capital && (place.before(1) == "arab" || next_capital(place, 1) || place.before(1) == "prague") {
                return false;
            }
            if spring {
                return place.length() > 1 && place.before(1) != "of"
                    || matches!(
                        place.before(1),
                        "in" | "by"
                            | "until"
                            | "since"
                            | "during"
                            | "but"
                            | "for"
                            | "before"
                            | "after"
                            | "late"
                            | "early"
                            | "through"
                    );
            }
            true
        }
        _ => true,
    }
}

fn time(place: &Place) -> bool {
    let fit = place.fit;
    match fit.rule.name {
        "bare-part" => {
            matches!(
                place.before(1),
                "at" | "by"
                    | "until"
                    | "till"
                    | "before"
                    | "after"
                    | "since"
                    | "all"
                    | "one"
                    | "that"
                    | "during"
                    | "in"
            ) && !matches!(place.before(1), "all")
        }
        "the-part" if place.length() > 2 => true,
        "the-part" => !matches!(
            place.behind(1),
            "of" | "that" | "when" | "he" | "she" | "they" | "star" | "sky" | "prayer" | "prayers"
        ),
        "this-part" => !is_title(place),
        "bare-dawn" => place.reading.case(place.last_word()) != Case::Capital || place.before(1).is_empty(),
        "clock" => clock(place),
        _ => true,
    }
}

/// Whether all words are capitals, in the middle of a sentence and behind another such: a name.
fn is_title(place: &Place) -> bool {
    let first = place.first_word();
    let capital = |word: usize| matches!(place.reading.case(word), Case::Capital);
    let before = first.checked_sub(1).filter(|word| *word >= place.sentence.start);
    let name = before.is_some_and(|word| matches!(place.reading.case(word), Case::Capital | Case::Upper));
    name && (first..place.last_word() + 1).all(capital) || place.before(1) == "usa" && place.length() == 1
}

/// `10:30` without more may be a score, a verse, a ratio.
fn clock(place: &Place) -> bool {
    let fit = place.fit;
    if fit.has(Class::AMPM) || fit.has(Class::TZ) || fit.has(Class::CLOCKP) || fit.has(Class::NOON) {
        return true;
    }
    if place.length() > 1 {
        return true;
    }
    if place.behind(1) == ":" {
        return false;
    }
    matches!(
        place.before(1),
        "at" | "by"
            | "until"
            | "from"
            | "to"
            | "before"
            | "after"
            | "around"
            | "about"
            | "since"
            | "till"
            | "and"
            | ","
            | "between"
    ) || place.before(1) == "midnight"
        || fit
            .slots
            .iter()
            .any(|(mark, _)| !matches!(mark.class, Class::CLOCK | Class::HHMM | Class::HOUR | Class::MOD))
}

fn duration(place: &Place) -> bool {
    let fit = place.fit;
    match fit.rule.name {
        "once-upon" => false,
        "units" => {
            let before = place.before(1);
            let unit = fit.unit().unwrap_or_default();
            if matches!(unit, 1 | 14 | 13) && place.length() == 1 {
                return matches!(before, "for" | "in" | "within");
            }
            if unit == 8 {
                return matches!(before, "for" | "in" | "over" | "consecutive" | "recent");
            }
            if matches!(unit, 1..=3) && place.length() > 1 {
                return place.behind(1) != "of";
            }
            // `the days of`, `these days`, `working hours`, `early years`
            !matches!(
                before,
                "early"
                    | "dog"
                    | "glory"
                    | "office"
                    | "opening"
                    | "business"
                    | "working"
                    | "happy"
                    | "light"
                    | "school"
                    | "formative"
                    | "teenage"
            ) && !matches!(place.behind(1), "'" | "’")
        }
        "past-unit" => fit.unit().is_some_and(|unit| unit > 2),
        _ if fit.unit() == Some(1) && fit.has(Class::UNIT) && place.length() == 2 && !fit.has(Class::NUM) => {
            matches!(place.behind(1), "." | "," | "" | "after" | "before" | "per" | "later")
        }
        // `a quarter of the voters`
        _ if fit.unit() == Some(8) && fit.has(Class::UNIT) && !fit.has(Class::NUM) && fit.rule.name == "duration" => {
            matches!(place.behind(1), "after" | "ago" | "earlier" | "later")
        }
        _ => true,
    }
}

fn set(place: &Place) -> bool {
    let fit = place.fit;
    match fit.rule.name {
        "adverb" => {
            // `The Daily Telegraph`, `Jewish Weekly`
            let word = place.last_word();
            let first = place.first_word() == place.sentence.start;
            let capital = matches!(place.reading.case(word), Case::Capital);
            !capital || (first && !next_capital(place, 1))
        }
        _ => true,
    }
}

fn the_unit(place: &Place) -> bool {
    let unit = place.fit.unit().unwrap_or_default();
    if !(4..=11).contains(&unit) || matches!(unit, 6 | 12..) {
        return false;
    }
    let behind = place.behind(1);
    if matches!(
        behind,
        "of" | "that" | "when" | "he" | "she" | "they" | "we" | "it" | "i" | "the" | "after" | "before" | "in" | "you"
    ) {
        return false;
    }
    let before = place.before(1);
    if unit == 4 && matches!(before, "on" | "carried" | "won" | "save" | "saved" | "seize" | "of" | "in") {
        return false;
    }
    matches!(
        before,
        "for"
            | "in"
            | "during"
            | "over"
            | "ended"
            | "end"
            | "ending"
            | "ends"
            | "finish"
            | "finished"
            | "finishing"
            | "close"
            | "closed"
            | "closing"
            | "began"
            | "begin"
            | "started"
            | "start"
            | "throughout"
            | "through"
            | "within"
            | "by"
            | "into"
            | "on"
            | "this"
            | "from"
            | "earlier"
            | "later"
            | "so"
    ) || place.length() > 2
}

fn reference(place: &Place) -> bool {
    let fit = place.fit;
    let before = place.before(1);
    let behind = place.behind(1);
    let capital = place.length() == 1
        && matches!(place.reading.case(place.last_word()), Case::Capital)
        && place.first_word() > place.sentence.start;
    if capital {
        return false;
    }
    match fit.rule.name {
        "now" => !(behind == "that" && place.length() == 1),
        "current" => !matches!(behind, "account" | "accounts" | "affairs"),
        "moment" => before == "at" || before == "for",
        "at-present" => before == "at",
        "present" => !matches!(behind, "a" | "an" | "their" | "his" | "its" | "of"),
        "soon" => {
            tense::around(place.reading, place.first_word()..place.last_word() + 1) != Tense::Past
                && !matches!(behind, "as" | "after" | "afterward" | "afterwards" | "to")
                && before != "as"
                && before != "no"
        }
        "the-past" => !place.behind_word().is_some_and(|word| {
            place.reading.kind(word) != Kind::Punctuation
                && !is_preposition(behind)
                && !matches!(behind, "has" | "have" | "was" | "is" | "would" | "he" | "but" | "when" | "with")
        }),
        "future" => !matches!(behind, "of"),
        "future-adjective" => {
            matches!(before, "")
                || !matches!(
                    before,
                    "the"
                        | "a"
                        | "his"
                        | "her"
                        | "its"
                        | "their"
                        | "our"
                        | "my"
                        | "your"
                        | "whose"
                        | "no"
                        | "political"
                        | "'s"
                        | "’s"
                )
        }
        "recent-adjective" => true,
        "formerly" => true,
        _ => true,
    }
}

/// `7/8/07` and such; a fraction or a score is none.
fn numeric(place: &Place) -> bool {
    if place.fit.rule.name == "nine-eleven" {
        let numbers: Vec<i32> = place.fit.all(Class::DAY).collect();
        return numbers == [9, 11] && place.behind(1) != "/";
    }
    place.behind(1) != "/" && place.before(1) != "/"
}
