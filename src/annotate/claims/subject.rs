//! Subjects: the noun phrase that says, thinks or plans.

use std::ops::Range;

use super::cue::{Role, is_finite, is_light};
use super::lexicon::Part;
use super::unit::Unit;

/// No subject is looked for further away than this many items.
const REACH: usize = 60;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Items of the unit.
    pub items: Range<usize>,
    pub kind: Kind,
    /// How it was found.
    pub way: Way,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Pronoun,
    /// `who`, `which`
    Relative,
    Name,
    Person,
    Group,
    Thing,
}

impl Kind {
    pub fn speaks(self) -> bool {
        matches!(self, Kind::Pronoun | Kind::Name | Kind::Person | Kind::Group)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// In front of its verb.
    Near,
    /// Behind an inverted cue.
    Inverted,
    /// Another verb's: `he rose and said`.
    Shared,
    /// `his remarks`
    Owner,
}

/// The subject in front of a verb group that begins at `verb`.
pub fn left(unit: &Unit, roles: &[Option<Role>], verb: usize) -> Option<Subject> {
    left_of(unit, roles, verb, REACH)
}

fn left_of(unit: &Unit, roles: &[Option<Role>], verb: usize, reach: usize) -> Option<Subject> {
    let reach = reach.checked_sub(1)?;
    let last = verb.checked_sub(1)?;
    let near = |items: Range<usize>, kind| Some(Subject { items, kind, way: Way::Near });
    match unit.part(last) {
        Part::Subject => near(last..verb, Kind::Pronoun),
        Part::Who | Part::Which => near(last..verb, Kind::Relative),
        Part::That if last > 0 && unit.part(last - 1).is_nominal() => near(last..verb, Kind::Relative),
        // `one of them said`
        Part::Pronoun if last >= 2 && unit.lower(last - 1) == "of" && is_some_of(unit, last - 2) => {
            near(last - 2..verb, Kind::Person)
        }
        Part::Pronoun | Part::That => near(last..verb, Kind::Pronoun),
        Part::And | Part::But => shared(unit, roles, last, reach),
        Part::Comma | Part::Break => behind_apposition(unit, roles, last, reach),
        Part::Determiner => near(last..verb, Kind::Person),
        Part::Adverb | Part::Particle => left_of(unit, roles, last, reach),
        Part::Time => {
            let phrase = phrase_before(unit, roles, verb)?;
            let only_time = (phrase.start..phrase.end)
                .all(|item| matches!(unit.part(item), Part::Time | Part::Number | Part::Determiner | Part::Comma));
            if !only_time {
                return near(phrase.clone(), kind_of(unit, phrase));
            }
            let mut start = phrase.start;
            while start > 0 && matches!(unit.part(start - 1), Part::Preposition | Part::Determiner | Part::Adverb) {
                start -= 1;
            }
            if start == 0 { None } else { left_of(unit, roles, start, reach) }
        }
        _ => {
            let phrase = phrase_before(unit, roles, verb)?;
            near(phrase.clone(), kind_of(unit, phrase))
        }
    }
}

/// `X, the head of Y, said`; `X (R-Iowa) said`; `X — who left in May — said`.
fn behind_apposition(unit: &Unit, roles: &[Option<Role>], last: usize, reach: usize) -> Option<Subject> {
    let mut at = last;
    let floor = last.saturating_sub(reach);
    let mut found: Option<Subject> = None;
    while at > floor {
        at -= 1;
        if !matches!(unit.part(at), Part::Comma | Part::Break) {
            if unit.part(at) == Part::Quote && unit.quote(at).is_some() && at + 1 == last {
                return None;
            }
            continue;
        }
        let inside = unit.part(at + 1);
        let apposes = inside.begins_phrase() && inside != Part::Subject
            || matches!(
                inside,
                Part::Who
                    | Part::Which
                    | Part::Past
                    | Part::Ing
                    | Part::Preposition
                    | Part::What
                    | Part::Be
                    | Part::Adverb
                    | Part::Subordinator
                    | Part::And
            );
        let Some(phrase) = phrase_before(unit, roles, at) else { continue };
        let kind = match kind_of(unit, phrase.clone()) {
            // `The harbour master, Rimantas Jonaitis, said`: whose name stands behind it is a person.
            Kind::Thing if inside == Part::Name && kind_of(unit, at + 1..last) == Kind::Name => Kind::Name,
            kind => kind,
        };
        if apposes && kind.speaks() {
            let before = phrase.start.checked_sub(1).map_or(Part::Stop, |before| unit.part(before));
            let begins = matches!(
                before,
                Part::Stop
                    | Part::Quote
                    | Part::Subordinator
                    | Part::And
                    | Part::But
                    | Part::That
                    | Part::Break
                    | Part::Mark
            );
            let better = Subject { items: phrase.start..last, kind, way: Way::Near };
            if begins {
                return Some(better);
            }
            found.get_or_insert(better);
        }
    }
    if found.is_some() {
        return found;
    }
    // `He rose, turned and said`: the subject of the verb before.
    None
}

/// The subject of the verb in front of `and`.
fn shared(unit: &Unit, roles: &[Option<Role>], and: usize, reach: usize) -> Option<Subject> {
    let floor = and.saturating_sub(reach);
    let mut at = and;
    let mut fallback = None;
    while at > floor {
        at -= 1;
        if !is_finite(unit, roles, at) {
            continue;
        }
        let mut start = at;
        while start > 0
            && matches!(unit.part(start - 1), Part::Modal | Part::Be | Part::Have | Part::Do | Part::Not | Part::Adverb)
        {
            start -= 1;
        }
        if start == 0 || matches!(unit.part(start - 1), Part::And | Part::But) {
            continue;
        }
        let before = unit.part(start - 1);
        if let Some(subject) = left_of(unit, roles, start, reach / 2) {
            let subject = Subject { way: Way::Shared, ..subject };
            // The first verb of the clause: nothing but its start in front of the subject.
            let edge = subject.items.start.checked_sub(1).map_or(Part::Stop, |before| unit.part(before));
            if subject.kind.speaks()
                && matches!(edge, Part::Stop | Part::Comma | Part::Quote | Part::And | Part::But | Part::Subordinator)
            {
                return Some(subject);
            }
            if before != Part::That {
                fallback.get_or_insert(subject);
            }
        }
        at = start;
    }
    fallback
}

/// Who is meant by a participle: the subject of the clause it hangs on.
pub fn of_participle(unit: &Unit, roles: &[Option<Role>], participle: usize) -> Option<Subject> {
    if let Some(before) = participle.checked_sub(1) {
        let part = unit.part(before);
        // `with many voters supporting her`
        if part.is_nominal() {
            // `sent a letter saying`: who sent it says it.
            if let Some(sender) = sender(unit, roles, participle) {
                return Some(sender);
            }
            let phrase = phrase_before(unit, roles, participle)?;
            return Some(Subject { kind: kind_of(unit, phrase.clone()), items: phrase, way: Way::Near });
        }
    }
    first_subject(unit, roles, participle).or_else(|| next_subject(unit, roles, participle))
}

/// The subject of `sent`, `released` … in front of what says something: an e-mail, a letter.
fn sender(unit: &Unit, roles: &[Option<Role>], participle: usize) -> Option<Subject> {
    const FARTHEST: usize = 10;
    let sends = |item: usize| {
        matches!(
            unit.lower(item),
            "sent"
                | "sends"
                | "issued"
                | "issues"
                | "released"
                | "releases"
                | "wrote"
                | "writes"
                | "posted"
                | "posts"
                | "published"
                | "publishes"
                | "circulated"
                | "distributed"
                | "signed"
        )
    };
    let verb = (participle.saturating_sub(FARTHEST)..participle).rev().find(|item| sends(*item))?;
    let mut start = verb;
    while start > 0
        && matches!(unit.part(start - 1), Part::Modal | Part::Be | Part::Have | Part::Do | Part::Not | Part::Adverb)
    {
        start -= 1;
    }
    left(unit, roles, start)
        .filter(|subject| subject.kind.speaks())
        .map(|subject| Subject { way: Way::Shared, ..subject })
}

pub fn of_infinitive(unit: &Unit, roles: &[Option<Role>], to: usize) -> Option<Subject> {
    shared(unit, roles, to, REACH)
}

/// The subject of the nearest finite verb in front of `item`.
fn first_subject(unit: &Unit, roles: &[Option<Role>], item: usize) -> Option<Subject> {
    shared(unit, roles, item, REACH).or_else(|| {
        // `…,” Smith said, adding that …`; `…, said Smith, adding that …`
        let floor = item.saturating_sub(REACH);
        (floor..item).rev().find(|at| is_finite(unit, roles, *at)).and_then(|verb| {
            left(unit, roles, verb)
                .or_else(|| right(unit, roles, verb + 1))
                .map(|subject| Subject { way: Way::Shared, ..subject })
        })
    })
}

/// `Speaking to reporters, Smith said`: the subject behind the comma.
fn next_subject(unit: &Unit, roles: &[Option<Role>], item: usize) -> Option<Subject> {
    let end = (item + REACH).min(unit.len());
    let comma = (item..end).find(|at| unit.part(*at) == Part::Comma)?;
    let phrase = right_phrase(unit, roles, comma + 1)?;
    Some(Subject { kind: kind_of(unit, phrase.clone()), items: phrase, way: Way::Shared })
}

/// Whose a noun cue is: `Assad’s remarks`, `his claim`, `made a promise`, `a warning from Iran`.
pub fn of_noun(unit: &Unit, roles: &[Option<Role>], start: usize, head: usize) -> Option<Subject> {
    let before = start.checked_sub(1)?;
    match unit.part(before) {
        Part::Possessive if matches!(unit.lower(before), "’s" | "'s" | "’" | "'") => {
            let phrase = phrase_before(unit, roles, before)?;
            Some(Subject { kind: kind_of(unit, phrase.clone()), items: phrase.start..start, way: Way::Owner })
        }
        Part::Possessive => Some(Subject { items: before..start, kind: Kind::Pronoun, way: Way::Owner }),
        _ if is_light(unit, before) => {
            let mut verb = before;
            while verb > 0
                && matches!(
                    unit.part(verb - 1),
                    Part::Modal | Part::Be | Part::Have | Part::Do | Part::Not | Part::Adverb
                )
            {
                verb -= 1;
            }
            left(unit, roles, verb)
        }
        _ if matches!(unit.lower(head + 1), "from" | "by" | "among") => {
            let phrase = right_phrase(unit, roles, head + 2)?;
            Some(Subject { kind: kind_of(unit, phrase.clone()), items: phrase, way: Way::Owner })
        }
        Part::Name => {
            let phrase = phrase_before(unit, roles, start)?;
            Some(Subject { kind: kind_of(unit, phrase.clone()), items: phrase, way: Way::Owner })
        }
        _ => None,
    }
}

/// Whether a noun phrase goes on in front of `to`: `aides to Clinton`, `sources close to the palace`.
fn hangs_on(unit: &Unit, to: usize) -> bool {
    to > 0
        && unit.part(to) == Part::To
        && (matches!(unit.part(to - 1), Part::Person | Part::Group) || unit.lower(to - 1) == "close")
}

/// The noun phrase that ends in front of `end`.
pub fn phrase_before(unit: &Unit, roles: &[Option<Role>], end: usize) -> Option<Range<usize>> {
    let floor = end.saturating_sub(REACH);
    let mut start = end;
    let mut joined = false;
    let verb = |item: usize| roles.get(item).copied().flatten().is_some();
    while start > floor {
        let at = start - 1;
        let before = at.checked_sub(1).map_or(Part::Stop, |before| unit.part(before));
        match unit.part(at) {
            part if part.is_nominal() && !verb(at) => {
                // Two phrases side by side: `told the court Smith`. A name behind a plain noun is an apposition as often.
                start = at;
            }
            Part::Possessive => start = at,
            Part::Determiner => {
                start = at;
                if !matches!(before, Part::Preposition | Part::And | Part::Determiner)
                    && !hangs_on(unit, at.wrapping_sub(1))
                {
                    break;
                }
            }
            Part::Quote
                if start < end
                    && !unit.speech(at).leads
                    && before != Part::Comma
                    && matches!(before, Part::Determiner | Part::Noun | Part::Possessive) =>
            {
                start = at
            }
            Part::Preposition if start < end && before.is_nominal() && !verb(at - 1) => start = at,
            // `aides to Clinton`
            Part::To if start < end && hangs_on(unit, at) => start = at,
            Part::Preposition if start < end && matches!(before, Part::Determiner | Part::Pronoun) => start = at,
            Part::And if start < end && before.is_nominal() && before != Part::Time && at > 0 && !verb(at - 1) => {
                joined = true;
                start = at;
            }
            Part::Comma if joined && start < end && before == Part::Name && unit.part(start) == Part::Name => {
                start = at
            }
            Part::Past | Part::Ing | Part::Adverb
                if start < end && matches!(before, Part::Determiner | Part::Possessive | Part::And | Part::Adverb) =>
            {
                start = at;
            }
            Part::Past | Part::Ing if start < end && before == Part::Stop && at == 0 => start = at,
            Part::Break if start == end && matches!(unit.lower(at), ")") => {
                // `Smith (R-Iowa)`
                let open = (floor..at).rev().take(12).find(|item| unit.lower(*item) == "(")?;
                start = open;
            }
            Part::Pronoun if start < end && unit.part(start) == Part::Preposition => {
                start = at;
                break;
            }
            _ => break,
        }
    }
    while start < end && matches!(unit.part(start), Part::And | Part::Comma | Part::Preposition | Part::Adverb) {
        start += 1;
    }
    (start < end && (start..end).any(|item| unit.part(item).is_nominal() || unit.part(item) == Part::Pronoun))
        .then_some(start..end)
}

/// The noun phrase that begins at `start`, with what hangs on it by prepositions.
pub fn right_phrase(unit: &Unit, roles: &[Option<Role>], start: usize) -> Option<Range<usize>> {
    if matches!(unit.part(start), Part::Subject | Part::Pronoun) {
        return Some(start..start + 1);
    }
    let limit = (start + REACH).min(unit.len());
    let verb = |item: usize| roles.get(item).copied().flatten().is_some_and(|role| role != Role::Noun);
    let mut end = start;
    // Whether the phrase has its noun.
    let mut headed = false;
    while end < limit {
        let next = unit.part(end + 1);
        match unit.part(end) {
            part if part.is_nominal() && !verb(end) => {
                headed = true;
                end += 1;
            }
            // `said one, who …`, `said one of the men`
            Part::Determiner
                if end == start
                    && is_some_of(unit, end)
                    && (end + 1 >= limit
                        || matches!(next, Part::Comma | Part::Stop | Part::Quote | Part::Who)
                        || unit.lower(end + 1) == "of") =>
            {
                headed = true;
                end += 1;
            }
            Part::Pronoun if !headed && end > start && unit.part(end - 1) == Part::Preposition => {
                headed = true;
                end += 1;
                break;
            }
            Part::Determiner | Part::Possessive if !headed => end += 1,
            Part::Possessive => {
                headed = false;
                end += 1;
            }
            Part::That if !headed && end == start => end += 1,
            Part::Quote if !headed && end > start && !matches!(next, Part::Stop | Part::Comma) => end += 1,
            Part::Adverb | Part::Past | Part::Ing if !headed => end += 1,
            Part::Preposition
                if headed
                    && (next.begins_phrase() || matches!(next, Part::Past | Part::Adverb))
                    && next != Part::Subject
                    && next != Part::Time =>
            {
                headed = false;
                end += 1;
            }
            Part::And if headed && next.begins_phrase() && next != Part::Subject && !verb(end + 1) => {
                headed = false;
                end += 1;
            }
            Part::Mark if matches!(unit.lower(end), "$" | "%" | "#" | "€" | "£" | "/" | "@") => end += 1,
            Part::Stop if headed && unit.items.get(end + 1).is_some() && unit.lower(end) == "." => end += 1,
            _ => break,
        }
    }
    headed.then_some(start..end)
}

/// The subject behind an inverted cue, with its appositions: `said Beau Correll, a delegate from Virginia`.
pub fn right(unit: &Unit, roles: &[Option<Role>], start: usize) -> Option<Subject> {
    let phrase = right_phrase(unit, roles, start)?;
    let kind = kind_of(unit, phrase.clone());
    let mut end = phrase.end;
    while unit.part(end) == Part::Comma {
        let first = unit.part(end + 1);
        if matches!(first, Part::Who | Part::Which) {
            break;
        }
        let Some(apposition) = right_phrase(unit, roles, end + 1) else { break };
        let closes = matches!(
            unit.part(apposition.end),
            Part::Comma | Part::Stop | Part::Break | Part::Who | Part::Quote | Part::Preposition
        );
        if first == Part::Subject || !closes {
            break;
        }
        end = apposition.end;
    }
    Some(Subject { items: phrase.start..end, kind, way: Way::Inverted })
}

/// A word that stands for some of those that were named: `one`, `many`.
fn is_some_of(unit: &Unit, item: usize) -> bool {
    matches!(
        unit.lower(item),
        "one"
            | "some"
            | "others"
            | "another"
            | "both"
            | "many"
            | "several"
            | "each"
            | "most"
            | "few"
            | "two"
            | "three"
            | "all"
    )
}

/// What a noun phrase names, by its head: the last noun in front of its first preposition.
pub fn kind_of(unit: &Unit, phrase: Range<usize>) -> Kind {
    if is_some_of(unit, phrase.start) && unit.lower(phrase.start + 1) == "of" && phrase.len() > 2 {
        let of = phrase.start + 2..phrase.end;
        return if unit.part(of.start) == Part::Pronoun { Kind::Person } else { kind_of(unit, of) };
    }
    let mut kind = Kind::Thing;
    for item in phrase.clone() {
        match unit.part(item) {
            Part::Preposition | Part::Comma | Part::Break if kind != Kind::Thing || item > phrase.start + 2 => break,
            Part::Name => kind = Kind::Name,
            Part::Person => kind = Kind::Person,
            Part::Group => kind = Kind::Group,
            Part::Noun | Part::Time => kind = Kind::Thing,
            Part::Number if kind == Kind::Thing => kind = Kind::Person,
            Part::Subject | Part::Pronoun if phrase.len() == 1 => kind = Kind::Pronoun,
            Part::Determiner if phrase.len() == 1 => kind = Kind::Person,
            _ => {}
        }
    }
    kind
}
