//! Times, durations and what is seen from elsewhere, where they are none.

use super::calendar::next_capital;
use super::{Place, is_preposition};
use crate::annotate::dates::lexicon::Class;
use crate::annotate::dates::tense::{self, Tense};
use crate::text::{Case, Kind};

/// `the day after` says when only where nothing follows: not `the day after the vote`.
pub(super) fn ends_clause(place: &Place) -> bool {
    let last = place.reading.lower(place.last_word());
    !matches!(last, "before" | "after" | "following")
        || place.behind_word().is_none_or(|word| place.reading.kind(word) == Kind::Punctuation)
}

/// `two days before` says when only where nothing follows.
pub(super) fn earlier(place: &Place) -> bool {
    place.reading.lower(place.last_word()) != "before"
        || place.behind_word().is_none_or(|word| place.reading.kind(word) == Kind::Punctuation)
}

pub(super) fn time(place: &Place) -> bool {
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
        "this-part" | "day-part" => !is_title(place),
        "bare-dawn" => place.reading.case(place.last_word()) != Case::Capital || place.before(1).is_empty(),
        "clock" => clock(place),
        _ => true,
    }
}

/// Whether all words are capitals, in the middle of a sentence and behind another such: a name.
pub(super) fn is_title(place: &Place) -> bool {
    let first = place.first_word();
    let capital = |word: usize| matches!(place.reading.case(word), Case::Capital);
    let before = first.checked_sub(1).filter(|word| *word >= place.sentence.start);
    let name = before.is_some_and(|word| matches!(place.reading.case(word), Case::Capital | Case::Upper));
    name && (first..place.last_word() + 1).all(capital) || place.before(1) == "usa" && place.length() == 1
}

/// `10:30` without more may be a score, a verse, a ratio.
pub(super) fn clock(place: &Place) -> bool {
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

pub(super) fn duration(place: &Place) -> bool {
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
        // `is expected to last 45 minutes`
        "duration-of-last" if place.before(0) == "last" => !matches!(
            place.before(1),
            "to" | "will"
                | "would"
                | "can"
                | "could"
                | "may"
                | "might"
                | "must"
                | "should"
                | "not"
                | "'ll"
                | "usually"
                | "typically"
        ),
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

pub(super) fn set(place: &Place) -> bool {
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

pub(super) fn the_unit(place: &Place) -> bool {
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

pub(super) fn reference(place: &Place) -> bool {
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
