//! Cues: which words of a unit may attribute, in what role, and what stands behind them.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashMap;

use super::super::CueClass;
use super::complement::{self, Complement};
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
        // A word behind `+` makes it none right behind the verb.
        let next = unit.lower(cue.head + 1);
        words.iter().any(|word| word.strip_prefix('+') == Some(next))
            || near.into_iter().any(|item| item != cue.head && words.contains(&unit.lower(item)))
    })
}

/// `went on to say`, `issued a statement saying`, `emailed supporters saying`: one cue, whose last verb has the content.
fn chain(unit: &Unit, cues: &mut Vec<Cue>, mut cue: Cue) {
    let says =
        matches!(unit.lower(cue.head), "say" | "saying" | "stating" | "read" | "reading" | "add" | "note" | "explain");
    // `The minister was quoted as saying`: who is quoted says it.
    let is_quoted = |last: &Cue| last.role == Role::Passive && unit.lower(cue.group.start.wrapping_sub(1)) == "as";
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
                    || is_quoted(last)
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
        let quoted = is_quoted(&last);
        cue.group.start = last.group.start;
        cue.subject = last.subject;
        cue.role = if last.role == Role::Noun || quoted { Role::Finite } else { last.role };
        cues.pop();
    }
    cues.push(cue);
}

fn verb_cue(unit: &Unit, roles: &[Option<Role>], head: usize, lemma: u16, role: Role) -> Option<Cue> {
    let mut start = group_start(unit, head);
    if role == Role::Infinitive {
        start = start.min(before_adverbs(unit, head).unwrap_or(start));
    }
    let near = complement::near(unit, roles, head);
    let (mut complement, mut after) = complement::behind(unit, head, near);
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
        // `Smith, who was ill, said he had no choice`
        let right = right.filter(|right| quoted || near.0 == Complement::Object || right.kind != Kind::Pronoun);
        // `Smith, by contrast, wrote a letter to the council` has its subject in front.
        let left = subject.as_ref().is_some_and(|left| left.kind.speaks());
        let says = LEXICON.lemma(lemma).is_some_and(|lemma| matches!(lemma.name, "say" | "add"));
        let fits = |kind: Kind| kind.speaks() && (says || !left || matches!(kind, Kind::Name | Kind::Person));
        if let Some(right) = right.filter(|right| quoted || fits(right.kind)) {
            after = right.items.end;
            complement = Complement::End;
            // `Said Lopez: “No.”`
            let quotation =
                matches!(unit.part(after), Part::Comma | Part::Colon) && complement::introduces(unit, after + 1);
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
    let (complement, after) = complement::near(unit, roles, head);
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

pub fn is_finite(unit: &Unit, roles: &[Option<Role>], item: usize) -> bool {
    unit.part(item).is_finite() || matches!(roles.get(item).copied().flatten(), Some(Role::Finite | Role::Passive))
}
