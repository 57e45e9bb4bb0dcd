//! Roles: whether a word that may be a verb is one where it stands, and in what role.

use super::cue::Role;
use super::lexicon::{Form, Part};
use super::unit::Unit;
use crate::text::Case;

/// What each item of a unit is as a verb.
pub fn roles(unit: &Unit) -> Vec<Option<Role>> {
    (0..unit.len()).map(|item| verb_role(unit, item)).collect()
}

fn verb_role(unit: &Unit, item: usize) -> Option<Role> {
    let (_, form) = unit.known(item).verb?;
    let before = before_adverbs(unit, item);
    let part = before.map_or(Part::Stop, |before| unit.part(before));
    let close = item.checked_sub(1).map_or(Part::Stop, |before| unit.part(before));
    if is_capitalised(unit, item) && !unit.is_title() {
        // `General Omar Said`
        return None;
    }
    if matches!(unit.part(item + 1), Part::Break) && unit.reading.word(unit.words_of(item + 1..item + 2).start) == "-" {
        return None;
    }
    match form {
        Form::Past | Form::Participle => match part {
            Part::Be => Some(Role::Passive),
            Part::Have => Some(Role::Finite),
            Part::Determiner if before.is_some_and(|at| is_quantifier(unit, at)) => Some(Role::Finite),
            Part::Determiner | Part::Possessive if close == part || close == Part::Adverb => None,
            Part::Preposition => None,
            Part::Number if !begins_complement(unit, item + 1) => None,
            Part::To | Part::Modal | Part::Do => {
                is_also_base(unit, item).then_some(if part == Part::To { Role::Infinitive } else { Role::Finite })
            }
            _ if form == Form::Participle => Some(Role::Bare),
            _ if unit.lower(item + 1) == "by" && unit.part(item + 2) != Part::Ing => Some(Role::Bare),
            _ => Some(Role::Finite),
        },
        Form::Base => match part {
            Part::Modal | Part::Do => Some(Role::Finite),
            Part::To => Some(Role::Infinitive),
            Part::Subject | Part::Who => Some(Role::Finite),
            Part::Pronoun
                if matches!(before.map(|at| unit.lower(at)), Some("you" | "others" | "everyone" | "some")) =>
            {
                Some(Role::Finite)
            }
            Part::Not => Some(Role::Finite),
            Part::Determiner if before.is_some_and(|at| is_quantifier(unit, at)) => {
                begins_complement(unit, item + 1).then_some(Role::Finite)
            }
            Part::Number => begins_clause(unit, item + 1).then_some(Role::Finite),
            Part::Determiner | Part::Possessive | Part::Preposition | Part::Be | Part::Have => None,
            Part::Which | Part::That => Some(Role::Finite),
            // The past of `read` and `put` is no other word.
            Part::Noun | Part::Person | Part::Group | Part::Name | Part::Pronoun if is_also_base(unit, item) => {
                Some(Role::Finite)
            }
            Part::Noun | Part::Person | Part::Group | Part::Name | Part::Time => {
                let plural = before.is_some_and(|before| is_plural(unit, before));
                let ends = may_end(unit, item) || unit.part(item + 1) == Part::Comma && unit.known(item).noun.is_none();
                // `Supporters who heard the mayor say the road is open`: the plural is far.
                let says = may_end(unit, item) && part != Part::Time && begins_clause(unit, item + 1);
                (plural && (begins_complement(unit, item + 1) || ends) || says).then_some(Role::Finite)
            }
            Part::And | Part::Comma => {
                (begins_complement(unit, item + 1) || may_end(unit, item)).then_some(Role::Finite)
            }
            // `of those surveyed say`
            Part::Past | Part::Ing => (may_end(unit, item) && begins_clause(unit, item + 1)).then_some(Role::Finite),
            _ => None,
        },
        Form::Third => match part {
            Part::Determiner
                if unit.lower(item.wrapping_sub(1)) == "another" || unit.lower(item.wrapping_sub(1)) == "each" =>
            {
                begins_complement(unit, item + 1).then_some(Role::Finite)
            }
            Part::Determiner | Part::Possessive if close == part => None,
            Part::Preposition | Part::Number | Part::To | Part::Modal | Part::Be | Part::Have | Part::Do => None,
            Part::Past | Part::Ing if !may_end(unit, item) => None,
            Part::Stop | Part::Mark => None,
            _ if item == 0 => None,
            _ if unit.part(item + 1).is_finite() && unit.known(item).noun.is_some() => None,
            // `the states` more often than `he states`.
            Part::Noun | Part::Group | Part::Person | Part::And | Part::Comma
                if matches!(unit.known(item).part, Some(Part::Group | Part::Person))
                    && !before.is_some_and(|before| unit.known(before).text && begins_clause(unit, item + 1)) =>
            {
                None
            }
            Part::Group | Part::Person if unit.known(item).part == Some(Part::Noun) => {
                begins_complement(unit, item + 1).then_some(Role::Finite)
            }
            Part::Noun | Part::And | Part::Comma if unit.known(item).noun.is_some() || !may_end(unit, item) => {
                begins_complement(unit, item + 1).then_some(Role::Finite)
            }
            _ => Some(Role::Finite),
        },
        // `Regarding the delay, he said …`
        Form::Ing if unit.known(item).part == Some(Part::Preposition) => None,
        Form::Ing => match part {
            Part::Be => Some(Role::Finite),
            Part::Determiner | Part::Possessive if close == part => None,
            _ => Some(Role::Ing),
        },
    }
}

/// Whether the noun phrase that ends with `last` is a plural: by its last word, by the one that the rest hangs on
/// (`aides to Clinton`), or by an `and`.
fn is_plural(unit: &Unit, last: usize) -> bool {
    let by_word = |item: usize| {
        let word = unit.lower(item);
        word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us")
            || matches!(word, "people" | "police" | "men" | "women" | "percent")
    };
    if by_word(last) && unit.part(last) != Part::Time {
        return true;
    }
    let mut at = last;
    for _ in 0..10 {
        let Some(before) = at.checked_sub(1) else { return false };
        match unit.part(before) {
            Part::Preposition | Part::To => {
                if before.checked_sub(1).is_some_and(|head| unit.part(head).is_nominal() && by_word(head)) {
                    return true;
                }
            }
            Part::And => return unit.part(at) == Part::Name,
            Part::Person if by_word(before) => return true,
            part if part.is_nominal() => {}
            Part::Determiner | Part::Possessive => {}
            _ => return false,
        }
        at = before;
    }
    false
}

/// Verbs of speech may end a sentence; of others, `issues` or `reports` is more likely a noun there.
fn may_end(unit: &Unit, item: usize) -> bool {
    matches!(
        unit.lower(item),
        "says"
            | "adds"
            | "writes"
            | "explains"
            | "notes"
            | "argues"
            | "thinks"
            | "believes"
            | "insists"
            | "recalls"
            | "admits"
            | "asks"
            | "say"
            | "think"
            | "believe"
            | "argue"
            | "insist"
            | "contend"
            | "tell"
            | "tells"
    )
}

/// A determiner that may stand for a noun: `many said`.
fn is_quantifier(unit: &Unit, item: usize) -> bool {
    matches!(
        unit.lower(item),
        "each"
            | "both"
            | "all"
            | "some"
            | "many"
            | "most"
            | "several"
            | "few"
            | "another"
            | "half"
            | "those"
            | "these"
            | "this"
            | "one"
    )
}

/// Whether a verb is written with a capital where no sentence begins.
fn is_capitalised(unit: &Unit, item: usize) -> bool {
    let word = unit.words_of(item..item + 1).start;
    unit.reading.case(word) == Case::Capital
        && item > 0
        && !matches!(unit.part(item - 1), Part::Quote | Part::Stop | Part::Colon | Part::Break | Part::Mark)
}

fn is_also_base(unit: &Unit, item: usize) -> bool {
    matches!(unit.lower(item), "put" | "read" | "broadcast" | "forecast" | "cast")
}

fn begins_clause(unit: &Unit, item: usize) -> bool {
    matches!(
        unit.part(item),
        Part::That | Part::Subject | Part::Determiner | Part::Possessive | Part::Name | Part::Quote
    )
}

/// Whether a verb may end in front of `item`.
fn begins_complement(unit: &Unit, item: usize) -> bool {
    matches!(
        unit.part(item),
        Part::That
            | Part::Determiner
            | Part::Possessive
            | Part::Subject
            | Part::Pronoun
            | Part::What
            | Part::To
            | Part::Quote
            | Part::Name
            | Part::Colon
            | Part::Number
            | Part::Adverb
            | Part::Preposition
            | Part::Person
            | Part::Group
            | Part::Noun
    )
}

/// The item in front of `item` and of its adverbs and negations.
pub fn before_adverbs(unit: &Unit, item: usize) -> Option<usize> {
    let mut at = item.checked_sub(1)?;
    while matches!(unit.part(at), Part::Adverb | Part::Not) {
        at = at.checked_sub(1)?;
    }
    Some(at)
}
