//! Days, months, seasons and years that are none.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::relative::is_title;
use super::{Place, is_preposition};
use crate::annotate::dates::lexicon::Class;
use crate::tables;
use crate::text::{Case, Kind};

pub(super) fn month(place: &Place) -> bool {
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
pub(super) fn near_month(place: &Place) -> bool {
    (place.at.saturating_sub(4)..place.at).any(|at| place.atoms.has(at, Class::MONTH))
}

pub(super) fn next_capital(place: &Place, ahead: usize) -> bool {
    let word = place.last_word() + ahead;
    word < place.sentence.end && matches!(place.reading.case(word), Case::Capital | Case::Upper)
}

pub(super) fn year(place: &Place) -> bool {
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
    // `between 1500 and 2000 people`
    let of_both = matches!(behind, "and" | "or" | "to") && is_in(&NOT_YEARS.1, place.behind(3));
    if is_in(&NOT_YEARS.1, behind) || of_both {
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
    let table = include_str!("../tables/not-years.txt");
    let (before, behind) = table.split_once("[behind it]").unwrap_or((table, ""));
    (tables::words(before), tables::words(behind))
});

pub(super) fn is_in(words: &HashSet<&str>, word: &str) -> bool {
    !word.is_empty() && words.contains(word)
}

/// `18 2024` may be the rest of a date that was not understood.
pub(super) fn is_day_before(place: &Place) -> bool {
    place.at.checked_sub(1).is_some_and(|before| place.atoms.has(before, Class::DAY))
        && place.at.checked_sub(2).is_some_and(|before| place.atoms.has(before, Class::MONTH))
}

/// Whether the word behind is a plural noun: `2000 people` has been told apart before.
pub(super) fn is_plural(place: &Place) -> bool {
    let behind = place.behind(1);
    behind.len() > 3
        && behind.ends_with('s')
        && !behind.ends_with("ss")
        && !matches!(behind, "was" | "has" | "this" | "as" | "its" | "elections" | "olympics" | "games")
}

pub(super) fn day(place: &Place) -> bool {
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

pub(super) fn season(place: &Place) -> bool {
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

/// `7/8/07` and such; a fraction or a score is none.
pub(super) fn numeric(place: &Place) -> bool {
    if place.fit.rule.name == "nine-eleven" {
        let numbers: Vec<i32> = place.fit.all(Class::DAY).collect();
        return numbers == [9, 11] && place.behind(1) != "/";
    }
    place.behind(1) != "/" && place.before(1) != "/"
}
