//! What stands behind a cue: a clause, a quotation, a preposition, whatever may come between.

use super::cue::{Role, is_finite};
use super::lexicon::{LEXICON, Part};
use super::subject;
use super::unit::Unit;

/// What stands behind a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Complement {
    That,
    /// A clause without `that`.
    Clause,
    To,
    Quote,
    What,
    Object,
    Ing,
    As,
    For,
    On,
    Of,
    About,
    Against,
    With,
    In,
    At,
    /// `to` with a noun phrase.
    Toward,
    /// Any other preposition.
    Other,
    Colon,
    /// Nothing: the content stands in front, if there is one.
    End,
}

impl Complement {
    pub const ALL: [(Complement, &'static str); 19] = [
        (Complement::That, "that"),
        (Complement::Clause, "clause"),
        (Complement::To, "to"),
        (Complement::Quote, "quote"),
        (Complement::What, "what"),
        (Complement::Object, "object"),
        (Complement::Ing, "ing"),
        (Complement::As, "as"),
        (Complement::For, "for"),
        (Complement::On, "on"),
        (Complement::Of, "of"),
        (Complement::About, "about"),
        (Complement::Against, "against"),
        (Complement::With, "with"),
        (Complement::In, "in"),
        (Complement::At, "at"),
        (Complement::Toward, "toward"),
        (Complement::Other, "other"),
        (Complement::Colon, "colon"),
    ];

    /// Whether it is a preposition, which then belongs to the cue.
    pub fn is_preposition(self) -> bool {
        !matches!(
            self,
            Complement::That
                | Complement::Clause
                | Complement::To
                | Complement::Quote
                | Complement::What
                | Complement::Object
                | Complement::Ing
                | Complement::Colon
                | Complement::End
        )
    }
}

/// What stands behind a cue, and where. Behind a verb that quotes it is the sentence's quotation, whatever is between:
/// `said in an interview last week, “…”`.
pub fn behind(unit: &Unit, head: usize, near: (Complement, usize)) -> (Complement, usize) {
    let clausal =
        matches!(near.0, Complement::That | Complement::Clause | Complement::What | Complement::To | Complement::Colon);
    let introduced = (near.0 == Complement::Quote && introduces(unit, near.1))
        .then_some(near.1)
        .or_else(|| (!clausal).then(|| introduced(unit, head, near.1)).flatten());
    match introduced {
        Some(quote) if unit.part(quote - 1) == Part::Colon => (Complement::Colon, quote - 1),
        Some(quote) => (Complement::Quote, quote),
        None => near,
    }
}

/// Whether the quotation at `quote` is one that the clause in front of it introduces.
pub fn introduces(unit: &Unit, quote: usize) -> bool {
    (unit.speech(quote).whole || unit.speech(quote).long)
        && quote > 0
        && matches!(unit.part(quote - 1), Part::Comma | Part::Colon)
}

/// The quotation that the verb of speech at `head` introduces further on: behind a comma or a colon, and no other verb that
/// quotes is nearer to it.
fn introduced(unit: &Unit, head: usize, from: usize) -> Option<usize> {
    const FARTHEST: usize = 40;
    let quotes = |item: usize| {
        let lemma = unit.known(item).verb.and_then(|(lemma, _)| LEXICON.lemma(lemma));
        lemma.is_some_and(|lemma| lemma.quotes)
    };
    if !quotes(head) {
        return None;
    }
    for item in head + 1..(head + FARTHEST).min(unit.len()) {
        if item >= from && introduces(unit, item) {
            return Some(item);
        }
        if quotes(item) || unit.part(item) == Part::Stop || unit.lower(item) == ";" {
            return None;
        }
    }
    None
}

/// What stands right behind a cue, or behind what may come between.
pub fn near(unit: &Unit, roles: &[Option<Role>], head: usize) -> (Complement, usize) {
    let first = head + 1;
    let mut at = first;
    // What may stand between a cue and its content: adverbs, a date, who is told, `in a statement`.
    let mut fallback = None;
    let limit = (first + 24).min(unit.len());
    while at < limit {
        let next = match unit.part(at) {
            // `said there was`
            Part::Adverb if unit.lower(at) == "there" && is_finite(unit, roles, skip_adverbs(unit, at + 1)) => {
                return (Complement::Clause, at);
            }
            Part::Adverb | Part::Particle | Part::Time => at + 1,
            Part::Not => at + 1,
            Part::That => return (Complement::That, at),
            Part::What => return (Complement::What, at),
            Part::Quote => return (Complement::Quote, at),
            Part::Colon => return (Complement::Colon, at),
            Part::Comma if unit.part(at + 1) == Part::Quote => return (Complement::Quote, at + 1),
            Part::Comma if unit.part(at + 1) == Part::That => return (Complement::That, at + 1),
            Part::To if is_infinitive(unit, roles, at) => return (Complement::To, at),
            // `said on Thursday`
            Part::Preposition if let Some(end) = time_behind(unit, at + 1) => end,
            Part::To | Part::Preposition => {
                let found = (preposition(unit, at), at);
                // `called for the road to be opened`
                if at == first
                    && found.0 == Complement::For
                    && matches!(unit.lower(head), "call" | "calls" | "called" | "calling")
                {
                    return found;
                }
                fallback.get_or_insert(found);
                match subject::right_phrase(unit, roles, at + 1) {
                    Some(phrase) if phrase.end > at + 1 => phrase.end,
                    _ => break,
                }
            }
            // `which he said would fail`
            Part::Be | Part::Modal | Part::Have | Part::Verb if at == first => return (Complement::Clause, at),
            _ if unit.is_contraction(at) => return (Complement::Clause, at),
            // `told a meeting in Salem, Oregon, that`
            Part::Comma
                if fallback.is_some()
                    && unit.part(at + 1) == Part::Name
                    && (matches!(unit.part(at + 2), Part::That | Part::Time | Part::Preposition)
                        || unit.part(at + 2) == Part::Comma && unit.part(at + 3) == Part::That) =>
            {
                at + 2 + usize::from(unit.part(at + 2) == Part::Comma)
            }
            Part::Ing if at == first => return (Complement::Ing, at),
            Part::Subordinator if matches!(unit.lower(at), "if") && at == first => return (Complement::What, at),
            part if part.begins_phrase() || matches!(part, Part::Past | Part::Mark) => {
                if fallback.is_some() && at > first && !matches!(part, Part::Subject | Part::Determiner | Part::Pronoun)
                {
                    break;
                }
                let recipient = unit.known(head).recipient && fallback.is_none();
                match subject::right_phrase(unit, roles, at) {
                    Some(phrase) if phrase.end > at => {
                        let verb = skip_adverbs(unit, behind_place(unit, phrase.end));
                        let finite = is_finite(unit, roles, verb);
                        let told = recipient
                            && (matches!(
                                unit.part(verb),
                                Part::That | Part::What | Part::Quote | Part::Colon | Part::To
                            ) || matches!(unit.part(verb), Part::Comma) && unit.part(verb + 1) == Part::Quote
                                || unit.part(verb).begins_phrase()
                                || matches!(unit.part(verb), Part::Preposition | Part::Time));
                        if told && !finite {
                            if unit.part(verb) == Part::To
                                && !matches!(unit.lower(head), "told" | "tell" | "tells" | "telling")
                            {
                                return (Complement::Object, at);
                            }
                            verb
                        } else if finite {
                            return (Complement::Clause, at);
                        } else {
                            return fallback.unwrap_or((Complement::Object, at));
                        }
                    }
                    _ => return fallback.unwrap_or((Complement::Object, at)),
                }
            }
            _ => break,
        };
        at = next;
    }
    fallback.unwrap_or((Complement::End, first))
}

/// Where the day, month or year that begins at `at` ends, if one does.
fn time_behind(unit: &Unit, at: usize) -> Option<usize> {
    let year = |item: usize| {
        unit.part(item) == Part::Number
            && unit.lower(item).len() == 4
            && unit.lower(item).bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut end = at;
    if matches!(unit.part(end), Part::Determiner) {
        end += 1;
    }
    let first = end;
    while unit.part(end) == Part::Time || year(end) || end > first && unit.part(end) == Part::Number {
        end += 1;
    }
    (end > first).then_some(end)
}

/// `a meeting in Salem, Oregon, that`: behind the second name.
fn behind_place(unit: &Unit, at: usize) -> usize {
    let placed = unit.part(at) == Part::Comma
        && unit.part(at + 1) == Part::Name
        && unit.part(at + 2) == Part::Comma
        && unit.part(at + 3) == Part::That;
    if placed { at + 3 } else { at }
}

fn skip_adverbs(unit: &Unit, mut at: usize) -> usize {
    while matches!(unit.part(at), Part::Adverb | Part::Not) {
        at += 1;
    }
    at
}

fn is_infinitive(unit: &Unit, roles: &[Option<Role>], to: usize) -> bool {
    let verb = skip_adverbs(unit, to + 1);
    match unit.part(verb) {
        Part::Be | Part::Have | Part::Do | Part::Verb => true,
        _ if roles.get(verb).copied().flatten() == Some(Role::Infinitive) => true,
        Part::Noun => {
            // `to leave the house` against `to work`: a lone noun behind `to` is a verb unless a plural.
            let word = unit.lower(verb);
            !word.ends_with('s') || word.ends_with("ss")
        }
        _ => false,
    }
}

fn preposition(unit: &Unit, at: usize) -> Complement {
    match unit.lower(at) {
        "for" => Complement::For,
        "on" | "upon" => Complement::On,
        "of" => Complement::Of,
        "about" => Complement::About,
        "against" => Complement::Against,
        "with" => Complement::With,
        "in" => Complement::In,
        "at" => Complement::At,
        "to" => Complement::Toward,
        "as" => Complement::As,
        _ => Complement::Other,
    }
}
