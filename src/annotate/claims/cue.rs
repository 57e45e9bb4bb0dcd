//! Cues: which words of a unit may attribute, in what role, and what stands behind them.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashMap;

use super::super::CueClass;
use super::lexicon::{LEXICON, Part};
use super::role::before_adverbs;
use super::subject::{self, Kind, Subject, Way};
use super::unit::Unit;
use crate::tables;

/// How a cue stands in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Finite,
    /// `is expected`
    Passive,
    /// A participle that is no predicate: `accused of fraud`.
    Bare,
    Ing,
    Infinitive,
    Noun,
}

impl Role {
    pub const ALL: [(Role, &'static str); 6] = [
        (Role::Finite, "v"),
        (Role::Passive, "passive"),
        (Role::Bare, "bare"),
        (Role::Ing, "ing"),
        (Role::Infinitive, "inf"),
        (Role::Noun, "n"),
    ];
}

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

/// A word that may attribute. All numbers are items of its unit.
#[derive(Debug, Clone)]
pub struct Cue {
    pub head: usize,
    pub lemma: u16,
    pub role: Role,
    pub complement: Complement,
    /// The cue's own items: `has repeatedly said`, `called for`.
    pub group: Range<usize>,
    /// Where its content would begin.
    pub after: usize,
    pub subject: Option<Subject>,
}

/// Where the verb group of `head` begins: `has not yet said`.
pub fn group_start(unit: &Unit, head: usize) -> usize {
    let mut start = head;
    while let Some(before) = start.checked_sub(1) {
        match unit.part(before) {
            Part::Modal | Part::Be | Part::Have | Part::Do | Part::Not => start = before,
            Part::Adverb if unit.lower(before) != "so" => start = before,
            // `She first said`
            _ if matches!(unit.lower(before), "first" | "once")
                && before.checked_sub(1).is_some_and(|subject| {
                    matches!(unit.part(subject), Part::Subject | Part::Who | Part::Name | Part::Person)
                }) =>
            {
                start = before;
            }
            // `’s been`, `he’s said`
            Part::Possessive
                if matches!(unit.part(before.wrapping_sub(1)), Part::Subject | Part::Who | Part::Pronoun)
                    && before > 0
                    && unit.lower(before).ends_with('s') =>
            {
                start = before;
            }
            _ => break,
        }
    }
    // An adverb in front of a subject's comma is the clause's, not the verb's.
    start
}

/// The cues a unit may have, in order.
pub fn find(unit: &Unit, roles: &[Option<Role>]) -> Vec<Cue> {
    let mut cues = Vec::new();
    for head in 0..unit.len() {
        let known = unit.known(head);
        let cue = match (roles.get(head).copied().flatten(), known.verb, known.noun) {
            (Some(role), Some((lemma, _)), _) => verb_cue(unit, roles, head, lemma, role),
            (None, _, Some(lemma)) => noun_cue(unit, roles, head, lemma),
            _ => None,
        };
        if let Some(cue) = cue.filter(|cue| !is_no_cue(unit, cue)) {
            chain(unit, &mut cues, cue);
        }
    }
    cues
}

/// By verb the words beside which it attributes nothing.
static NOT_CUES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let rows = tables::lines(include_str!("tables/not-cues.txt")).filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?, words.collect()))
    });
    rows.collect()
});

fn is_no_cue(unit: &Unit, cue: &Cue) -> bool {
    // `The car, said to be stolen`; `is said to be` hands something on.
    if unit.lower(cue.head) == "said" && cue.complement == Complement::To && cue.role != Role::Passive {
        return true;
    }
    let Some(lemma) = LEXICON.lemma(cue.lemma).filter(|lemma| !lemma.noun) else { return false };
    NOT_CUES.get(lemma.name).is_some_and(|words| {
        let near = cue.head.saturating_sub(3)..cue.head + 5;
        near.into_iter().any(|item| item != cue.head && words.contains(&unit.lower(item)))
    })
}

/// `went on to say`, `issued a statement saying`, `emailed supporters saying`: one cue, whose last verb has the content.
fn chain(unit: &Unit, cues: &mut Vec<Cue>, mut cue: Cue) {
    let says =
        matches!(unit.lower(cue.head), "say" | "saying" | "stating" | "read" | "reading" | "add" | "note" | "explain");
    let last = cues.last().filter(|last| {
        let near = cue.head - last.head <= 10;
        let alone = (last.head..cue.head)
            .all(|item| !matches!(unit.part(item), Part::Comma | Part::Quote | Part::Stop | Part::That));
        let leads = match cue.role {
            Role::Infinitive => matches!(
                unit.lower(last.head),
                "went" | "goes" | "go" | "going" | "continued" | "continues" | "chimed" | "interjected" | "began"
            ),
            Role::Ing => {
                last.role == Role::Noun
                    || matches!(last.complement, Complement::Object) && cue.group.start > last.after
                    || unit.lower(cue.group.start.wrapping_sub(1)) == "by"
            }
            _ => false,
        };
        let whole = matches!(
            cue.complement,
            Complement::That | Complement::Quote | Complement::Clause | Complement::Colon | Complement::End
        );
        says && near && alone && leads && whole
    });
    // `issued a statement`: one cue, the noun where it says more.
    if cue.role == Role::Noun && cues.last().is_some_and(|last| last.group.start == cue.group.start) {
        // `reiterated the support of his country`: what is said again is said, and not felt.
        let asserts = cues
            .last()
            .and_then(|last| LEXICON.lemma(last.lemma))
            .is_some_and(|verb| !verb.noun && verb.class == CueClass::Assertive);
        if asserts || matches!(cue.complement, Complement::End | Complement::Object | Complement::In | Complement::At) {
            return;
        }
        cues.pop();
        cues.push(cue);
        return;
    }
    if let Some(last) = last.cloned() {
        cue.group.start = last.group.start;
        cue.subject = last.subject;
        cue.role = if last.role == Role::Noun { Role::Finite } else { last.role };
        cues.pop();
    }
    cues.push(cue);
}

fn verb_cue(unit: &Unit, roles: &[Option<Role>], head: usize, lemma: u16, role: Role) -> Option<Cue> {
    let mut start = group_start(unit, head);
    if role == Role::Infinitive {
        start = start.min(before_adverbs(unit, head).unwrap_or(start));
    }
    let near = near_complement(unit, roles, head);
    let (mut complement, mut after) = complement(unit, head, near);
    let mut subject = match role {
        Role::Finite | Role::Passive if unit.is_contraction(start) => {
            Some(Subject { items: start..start + 1, kind: Kind::Pronoun, way: Way::Near })
        }
        Role::Finite | Role::Passive => subject::left(unit, roles, start),
        Role::Ing => subject::of_participle(unit, roles, start),
        Role::Infinitive => subject::of_infinitive(unit, roles, start),
        Role::Bare => subject::left(unit, roles, start),
        Role::Noun => None,
    };
    let behind_content = start
        .checked_sub(1)
        .is_none_or(|before| matches!(unit.part(before), Part::Quote | Part::Comma | Part::Break | Part::Stop));
    if role == Role::Finite && behind_content && matches!(near.0, Complement::Object | Complement::Clause) {
        let quoted = start > 0 && unit.part(start - 1) == Part::Quote;
        // `Smith, a delegate, said he would go` is not inverted: behind a comma, only a lone noun phrase is. And who is told
        // is not who says: `Smith, a delegate, told the council`.
        let lone = near.0 == Complement::Object && !(unit.known(head).recipient && subject.is_some())
            || subject.as_ref().is_none_or(|left| !left.kind.speaks());
        let right = (quoted || lone && inverts(lemma)).then(|| subject::right(unit, roles, near.1)).flatten();
        // `Smith, by contrast, wrote a letter to the council` has its subject in front.
        let left = subject.as_ref().is_some_and(|left| left.kind.speaks());
        let says = LEXICON.lemma(lemma).is_some_and(|lemma| matches!(lemma.name, "say" | "add"));
        let fits = |kind: Kind| kind.speaks() && (says || !left || matches!(kind, Kind::Name | Kind::Person));
        if let Some(right) = right.filter(|right| quoted || fits(right.kind)) {
            after = right.items.end;
            complement = Complement::End;
            // `Said Lopez: “No.”`
            let quotation = matches!(unit.part(after), Part::Comma | Part::Colon) && introduces(unit, after + 1);
            let begins = start == 0 || start <= 2 && matches!(unit.part(0), Part::And | Part::But);
            if begins && quotation {
                complement = Complement::Quote;
                after += 1;
            }
            subject = Some(right);
        }
    }
    let mut end = head + 1;
    // `called on the two sides to talk`: who is called on is told.
    if complement == Complement::To && calls_on(unit, head) {
        end += 1;
    }
    if complement.is_preposition() && after == end {
        end += 1;
        after = end;
    } else if complement == Complement::Colon {
        end = if after == end { end + 1 } else { end };
        after = after.max(end) + usize::from(after >= end && unit.part(after) == Part::Colon);
    }
    Some(Cue { head, lemma, role, complement, group: start..end, after, subject })
}

/// `called on`, `calls upon`
pub fn calls_on(unit: &Unit, head: usize) -> bool {
    matches!(unit.lower(head), "call" | "calls" | "called" | "calling") && matches!(unit.lower(head + 1), "on" | "upon")
}

/// Verbs of plain speech change places with their subject even where nothing is quoted: `…, said the minister`.
fn inverts(lemma: u16) -> bool {
    LEXICON.lemma(lemma).is_some_and(|lemma| lemma.plain)
}

fn noun_cue(unit: &Unit, roles: &[Option<Role>], head: usize, lemma: u16) -> Option<Cue> {
    // `a voice-over`
    if unit.part(head + 1) == Part::Break && !unit.is_dash(head + 1) && unit.lower(head + 1) == "-" {
        return None;
    }
    let (complement, after) = near_complement(unit, roles, head);
    // The noun phrase it heads.
    let mut start = head;
    while let Some(before) = start.checked_sub(1) {
        match unit.part(before) {
            Part::Noun | Part::Adverb | Part::Past | Part::Ing if roles.get(before).copied().flatten().is_none() => {
                start = before
            }
            Part::Determiner => start = before,
            _ => break,
        }
    }
    let subject = subject::of_noun(unit, roles, start, head);
    let mut group = start..head + 1;
    if let Some(verb) = start.checked_sub(1).filter(|verb| is_light(unit, *verb)) {
        group.start = group_start(unit, verb);
    }
    let mut after = after;
    if complement.is_preposition() && after == head + 1 {
        group.end += 1;
        after += 1;
    }
    if unit.part(group.start) == Part::Determiner {
        group.start += 1;
    }
    Some(Cue { head, lemma, role: Role::Noun, complement, group, after, subject })
}

/// Verbs that say little themselves: `made a promise`, `issued a statement`.
pub fn is_light(unit: &Unit, item: usize) -> bool {
    matches!(
        unit.lower(item),
        "make"
            | "makes"
            | "made"
            | "making"
            | "issue"
            | "issues"
            | "issued"
            | "issuing"
            | "give"
            | "gives"
            | "gave"
            | "given"
            | "giving"
            | "express"
            | "expresses"
            | "expressed"
            | "expressing"
            | "voice"
            | "voiced"
            | "voicing"
            | "have"
            | "has"
            | "had"
            | "having"
            | "offer"
            | "offers"
            | "offered"
            | "offering"
            | "release"
            | "released"
            | "releasing"
            | "raise"
            | "raised"
            | "raising"
            | "deliver"
            | "delivered"
            | "sent"
            | "posted"
            | "repeated"
            | "repeating"
            | "reiterated"
            | "reiterating"
            | "announced"
            | "announcing"
            | "published"
            | "reversed"
            | "filed"
            | "laid"
            | "cast"
    )
}

/// What stands behind a cue, and where. Behind a verb that quotes it is the sentence's quotation, whatever is between:
/// `said in an interview last week, “…”`.
fn complement(unit: &Unit, head: usize, near: (Complement, usize)) -> (Complement, usize) {
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
fn introduces(unit: &Unit, quote: usize) -> bool {
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
fn near_complement(unit: &Unit, roles: &[Option<Role>], head: usize) -> (Complement, usize) {
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

pub fn is_finite(unit: &Unit, roles: &[Option<Role>], item: usize) -> bool {
    unit.part(item).is_finite() || matches!(roles.get(item).copied().flatten(), Some(Role::Finite | Role::Passive))
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
