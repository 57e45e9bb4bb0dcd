//! Quotatives: clauses that say whose a quotation is by where they stand, whatever their verb: `“We won,” he beamed`;
//! `The mayor shot back: “No.”`.

use super::complement::Complement;
use super::cue::{Cue, Role, group_start, is_finite, is_light};
use super::lexicon::{Form, LEXICON, Part};
use super::subject::{self, Kind, Way};
use super::unit::Unit;

/// No verb is looked for further from its quotation than this many items.
const REACH: usize = 25;
/// No cue of the lexicon: such a verb is judged by its place alone.
const UNKNOWN: u16 = u16::MAX;

/// Whether a cue and its subject stand right behind a quotation that ends as in front of `he said`.
pub fn is_behind_speech(unit: &Unit, cue: &Cue) -> bool {
    let Some(subject) = cue.subject.as_ref() else { return false };
    let begin = subject.items.start.min(cue.group.start);
    cue.role == Role::Finite
        && matches!(subject.way, Way::Near | Way::Inverted)
        && begin
            .checked_sub(1)
            .is_some_and(|before| leads(unit, before) || unit.speech(before).leads && quotes(cue) && !has_clause(cue))
}

/// `the report “was a lie,” and he says that …`
fn has_clause(cue: &Cue) -> bool {
    matches!(
        cue.complement,
        Complement::That
            | Complement::Clause
            | Complement::What
            | Complement::To
            | Complement::Quote
            | Complement::Colon
    )
}

/// Whether what is said by a cue is a quotation that it introduces with a comma or a colon.
pub fn is_before_speech(unit: &Unit, cue: &Cue) -> bool {
    let speech = unit.speech(cue.after);
    // `issued a statement, “…”`, but not `the statement, “…”`.
    let says = cue.role != Role::Noun || cue.group.start < cue.head && is_light(unit, cue.group.start);
    says && match cue.complement {
        Complement::Quote => (speech.whole || speech.long) && cue.after > 0 && unit.part(cue.after - 1) == Part::Comma,
        Complement::Colon => speech.whole || speech.long,
        _ => false,
    }
}

/// Whether the quotation at `item` is speech that a clause behind it may attribute.
fn leads(unit: &Unit, item: usize) -> bool {
    let speech = unit.speech(item);
    speech.leads && (begins(unit, item) || speech.whole)
}

/// Whether nothing of its sentence stands in front of an item.
fn begins(unit: &Unit, item: usize) -> bool {
    item == 0 || matches!(unit.part(item - 1), Part::Stop | Part::Colon | Part::Quote | Part::And | Part::But)
}

/// Adds to `cues`, in order, the clauses that no cue of the lexicon makes.
pub fn add(unit: &Unit, roles: &[Option<Role>], cues: &mut Vec<Cue>) {
    let before = cues.len();
    for item in 0..unit.len() {
        match unit.part(item) {
            Part::Quote if leads(unit, item) && begins(unit, item) => cues.extend(behind(unit, roles, cues, item)),
            Part::Colon if unit.speech(item + 1).whole || unit.speech(item + 1).long || item + 1 == unit.len() => {
                if let Some(cue) = introducing(unit, roles, cues, item) {
                    cues.retain(|other| !cue.group.contains(&other.head));
                    cues.push(cue);
                }
            }
            _ => {}
        }
    }
    if cues.len() != before {
        cues.sort_by_key(|cue| cue.head);
    }
}

/// The clause behind the quotation at `quote`: `an angry Haddad retaliated`, `shot back the mayor`.
fn behind(unit: &Unit, roles: &[Option<Role>], cues: &[Cue], quote: usize) -> Option<Cue> {
    let begin = quote + 1;
    let near = begin..begin + 12;
    if cues.iter().any(|cue| near.contains(&cue.head) && is_behind_speech(unit, cue)) {
        return None;
    }
    let verb = (begin..unit.len().min(near.end)).find(|item| is_telling(unit, *item))?;
    let (subject, after) = if verb == begin {
        let mut after = verb + 1;
        while unit.part(after) == Part::Particle {
            after += 1;
        }
        let subject = subject::right(unit, roles, after)?;
        let after = subject.items.end;
        (subject, after)
    } else {
        (subject::left(unit, roles, group_start(unit, verb))?, verb + 1)
    };
    // `“…,” the lawsuit reads`: speech makes a speaker of anything.
    let speaks = (subject.kind.speaks() || subject.kind == Kind::Thing && unit.speech(quote).whole)
        && (verb == begin || subject.items.start == begin);
    speaks.then(|| Cue {
        head: verb,
        lemma: unit.known(verb).verb.map_or(UNKNOWN, |(lemma, _)| lemma),
        role: Role::Finite,
        complement: Complement::End,
        group: group_start(unit, verb)..verb + 1,
        after,
        subject: Some(subject),
    })
}

/// The clause in front of the colon: `She then turned to the miners:`.
fn introducing(unit: &Unit, roles: &[Option<Role>], cues: &[Cue], colon: usize) -> Option<Cue> {
    let first = colon.saturating_sub(REACH);
    let told = cues.iter().any(|cue| {
        let content = matches!(cue.complement, Complement::Colon | Complement::Quote) && cue.after == colon + 1;
        // `The widow said her house had been destroyed: “It fell.”`
        let clause = matches!(cue.complement, Complement::That | Complement::Clause) && quotes(cue);
        content
            || clause && (first..colon).contains(&cue.head)
            || cue.role == Role::Noun && (first..colon).contains(&cue.head)
    });
    if told {
        return None;
    }
    let floor = (first..colon).rev().find(|item| matches!(unit.part(*item), Part::Quote | Part::Stop | Part::Break));
    let verbs = floor.map_or(first, |floor| floor + 1)..colon;
    let verb = verbs.rev().find(|item| is_finite(unit, roles, *item) && unit.part(*item) != Part::Be)?;
    let start = group_start(unit, verb);
    let subject =
        subject::left(unit, roles, start).filter(|subject| subject.kind.speaks() && subject.kind != Kind::Relative)?;
    let behind = cues.iter().find(|cue| cue.head == verb);
    Some(Cue {
        head: verb,
        lemma: behind.map_or(UNKNOWN, |cue| cue.lemma),
        role: Role::Finite,
        complement: Complement::Colon,
        group: start..colon + 1,
        after: colon + 1,
        subject: Some(subject),
    })
}

/// Whether an item may be the verb of a quotative: a past, a form of the lexicon, a verb with `back` or `in`.
fn is_telling(unit: &Unit, item: usize) -> bool {
    let next = unit.part(item + 1);
    let ends = item + 1 >= unit.len() || matches!(next, Part::Stop | Part::Comma | Part::Quote);
    match unit.part(item) {
        Part::Past | Part::Verb => true,
        Part::Be | Part::Have | Part::Modal | Part::Do => false,
        part => match unit.known(item).verb {
            Some((_, Form::Past)) => true,
            Some((lemma, Form::Third | Form::Base)) => ends && LEXICON.lemma(lemma).is_some_and(|lemma| lemma.quotes),
            Some(_) => false,
            // `shot back`, `cut in`
            None => part == Part::Noun && (next == Part::Particle || unit.lower(item + 1) == "in"),
        },
    }
}

/// Whether its verb is one that quotes.
pub fn quotes(cue: &Cue) -> bool {
    LEXICON.lemma(cue.lemma).is_none_or(|lemma| lemma.quotes || lemma.noun)
}
