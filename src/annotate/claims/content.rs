//! Contents: where what is said begins and ends.

use std::ops::Range;

use super::complement::Complement;
use super::cue::{Cue, Role, is_finite};
use super::lexicon::{LEXICON, Part};
use super::quotative;
use super::quotes::Quotations;
use super::subject::{self, Kind, Way};
use super::unit::Unit;

/// No end is looked for further away than this many items.
const REACH: usize = 250;

/// The cues of a unit by where they stand.
pub struct Places<'a> {
    cues: &'a [Cue],
    /// For each item 1 + the number of the cue whose group begins there, or 0.
    starts: Vec<u32>,
    /// The same for finite cues whose subject begins there, right in front of its verb.
    subjects: Vec<u32>,
}

impl<'a> Places<'a> {
    pub fn new(unit: &Unit, cues: &'a [Cue]) -> Self {
        let (mut starts, mut subjects) = (vec![0; unit.len()], vec![0; unit.len()]);
        for (number, cue) in cues.iter().enumerate().rev() {
            let place = u32::try_from(number + 1).unwrap_or(0);
            if let Some(slot) = starts.get_mut(cue.group.start) {
                *slot = place;
            }
            let subject = cue.subject.as_ref().filter(|subject| cue.role == Role::Finite && subject.way == Way::Near);
            if let Some(slot) = subject.and_then(|subject| subjects.get_mut(subject.items.start)) {
                *slot = place;
            }
        }
        Places { cues, starts, subjects }
    }

    fn starting_at(&self, item: usize) -> Option<&Cue> {
        self.numbered(*self.starts.get(item)?)
    }

    fn numbered(&self, place: u32) -> Option<&Cue> {
        self.cues.get((place as usize).checked_sub(1)?)
    }

    /// The finite cue whose clause begins at an item, with its subject or its verb.
    fn beginning_at(&self, item: usize) -> Option<&Cue> {
        let with_subject = self.subjects.get(item).and_then(|place| self.numbered(*place));
        with_subject.or_else(|| self.starting_at(item).filter(|cue| cue.role == Role::Finite))
    }

    /// Whether a cue or the subject of one begins at an item.
    fn is_place(&self, item: usize) -> bool {
        self.has_subject_at(item) || self.starts.get(item).is_some_and(|place| *place > 0)
    }

    fn has_subject_at(&self, item: usize) -> bool {
        self.subjects.get(item).is_some_and(|place| *place > 0)
    }
}

/// Items in front of the unit's final full stop.
pub fn limit(unit: &Unit) -> usize {
    let mut limit = unit.len();
    while limit > 0 && unit.part(limit - 1) == Part::Stop {
        limit -= 1;
    }
    limit
}

/// The content behind a cue that has one there; `limit` is where it ends at the latest.
pub fn right(
    unit: &Unit,
    quotations: &Quotations,
    roles: &[Option<Role>],
    cues: &Places,
    cue: &Cue,
    limit: usize,
) -> Option<Range<usize>> {
    if cue.complement == Complement::End || cue.after >= limit || says_elsewhere(cue) {
        return None;
    }
    let clausal = matches!(
        cue.complement,
        Complement::That | Complement::Clause | Complement::What | Complement::Quote | Complement::Colon
    ) || cue.complement == Complement::Object && takes_clauses(cue);
    let start = cue.after;
    let mut end = start;
    let reach = (start + REACH).min(limit);
    while end < reach {
        if end > start && ends(unit, quotations, roles, cues, cue, end, clausal) {
            break;
        }
        end += 1;
    }
    // A comma or `and` in front of what was left out.
    while end > start + 1 && matches!(unit.part(end - 1), Part::Comma | Part::And | Part::But | Part::Break) {
        if unit.lower(end - 1) == ")" {
            break;
        }
        end -= 1;
    }
    (end > start).then_some(start..end)
}

/// Whether a cue is in what stands in front of its sentence's own clause.
fn fronted(unit: &Unit, cue: &Cue) -> bool {
    if cue.role != Role::Finite || cue.subject.is_none() {
        return true;
    }
    let start = cue.subject.as_ref().map_or(cue.group.start, |subject| subject.items.start.min(cue.group.start));
    start.checked_sub(1).is_some_and(|before| unit.part(before) == Part::Subordinator)
}

/// Whether a subject and its verb stand at `at`.
pub fn begins_clause(unit: &Unit, roles: &[Option<Role>], at: usize) -> bool {
    unit.is_contraction(at)
        || subject::right_phrase(unit, roles, at).is_some_and(|phrase| {
            let mut verb = phrase.end;
            while matches!(unit.part(verb), Part::Adverb | Part::Not) {
                verb += 1;
            }
            is_finite(unit, roles, verb)
        })
}

/// `said in a statement`, `told the court`: what is said is not in there.
pub fn says_elsewhere(cue: &Cue) -> bool {
    match cue.complement {
        Complement::In
        | Complement::At
        | Complement::Toward
        | Complement::Other
        | Complement::With
        | Complement::For => speaks(cue),
        Complement::Object => LEXICON.lemma(cue.lemma).is_some_and(|lemma| lemma.name == "tell"),
        // `told the court the road was shut` has its content; `told Smith would go` was misread.
        Complement::Clause => {
            cue.after <= cue.head + 1 && LEXICON.lemma(cue.lemma).is_some_and(|lemma| lemma.name == "tell")
        }
        _ => false,
    }
}

/// Verbs whose object is a clause, whatever it looks like.
fn takes_clauses(cue: &Cue) -> bool {
    LEXICON.lemma(cue.lemma).is_some_and(|lemma| {
        matches!(
            lemma.name,
            "say"
                | "argue"
                | "insist"
                | "think"
                | "believe"
                | "contend"
                | "maintain"
                | "hope"
                | "add"
                | "suggest"
                | "admit"
        ) && !lemma.noun
    })
}

/// Whether its verb is one of plain speech, which may stand far from what is said.
pub fn speaks(cue: &Cue) -> bool {
    LEXICON.lemma(cue.lemma).is_some_and(|lemma| lemma.plain)
}

/// Whether a content ends in front of `at`.
fn ends(
    unit: &Unit,
    quotations: &Quotations,
    roles: &[Option<Role>],
    cues: &Places,
    cue: &Cue,
    at: usize,
    clausal: bool,
) -> bool {
    let part = unit.part(at);
    // Most words end nothing: no mark, no link, no clause, no quotation in front.
    let may_end = matches!(
        part,
        Part::Comma
            | Part::And
            | Part::But
            | Part::Break
            | Part::Colon
            | Part::Stop
            | Part::Subordinator
            | Part::Adverb
            | Part::Ing
    );
    if !may_end && !cues.is_place(at) && at.checked_sub(1).is_none_or(|before| unit.part(before) != Part::Quote) {
        return false;
    }
    let next = unit.part(at + 1);
    let starts_cue = |item: usize| cues.starting_at(item);
    let join = match part {
        Part::Comma if matches!(next, Part::And | Part::But) => at + 2,
        Part::Comma | Part::And | Part::But => at + 1,
        _ => at,
    };
    if unit.lower(at) == "according" || part == Part::Comma && unit.lower(at + 1) == "according" {
        return true;
    }
    // `yelled “You lie!” at the president`
    let quote_before = at.checked_sub(1).filter(|before| *before == cue.after).and_then(|before| unit.quote(before));
    if cue.complement == Complement::Quote
        && matches!(part, Part::Preposition | Part::Subordinator | Part::Break | Part::Time)
        && unit.lower(at) != "of"
        && quote_before
            .and_then(|number| quotations.all.get(number))
            .is_some_and(|quotation| quotation.is_speech(unit.reading) || part == Part::Subordinator)
    {
        return true;
    }
    if let Some(other) = cues.beginning_at(at).filter(|other| quotative::is_before_speech(unit, other)) {
        // `Asked about the road, he said: “It is shut.”`; `the envoy who came to discuss the truce said, “…”`
        let bare = other.group.start == at;
        if fronted(unit, cue) && (!bare || !clausal) {
            return true;
        }
    }
    // `…, the envoy said, “…”`: what has a quotation of its own is in no other content.
    if part == Part::Comma && cues.beginning_at(at + 1).is_some_and(|other| quotative::is_before_speech(unit, other)) {
        return true;
    }
    // A comma inside a quotation's marks is one of the sentence, too.
    let quoted_comma =
        at.checked_sub(1).and_then(|before| unit.quote(before)).and_then(|number| quotations.all.get(number));
    let quoted_comma = quoted_comma.is_some_and(|quotation| quotation.ends_with_comma(unit.reading));
    let own = |from: usize, to: usize| (from..=to).any(|item| cues.has_subject_at(item));
    if quoted_comma
        && cue.complement == Complement::Quote
        && at == cue.after + 1
        && !matches!(part, Part::And | Part::Quote)
    {
        return true;
    }
    if quoted_comma && starts_cue(at).is_some_and(|other| other.role == Role::Ing) {
        return true;
    }
    if join > at {
        // `…, adding that`; `… and called for`
        if let Some(other) = starts_cue(join) {
            if part == Part::Comma && other.role == Role::Ing {
                return true;
            }
            if other.role == Role::Finite && other.subject.as_ref().is_some_and(|subject| subject.way == Way::Shared) {
                return true;
            }
        }
        // `In addition to saying that …, Smith vowed …`; `When the army said …, Smith resigned`
        // `saying that as president, Smith would go`
        let adjunct = unit.part(cue.after) == Part::That
            && matches!(unit.part(cue.after + 1), Part::Preposition | Part::Subordinator | Part::Time)
            && !unit.items.get(cue.after + 1..at).unwrap_or_default().iter().any(|item| item.part == Part::Comma);
        if part == Part::Comma
            && fronted(unit, cue)
            && !adjunct
            && (own(at + 1, at + 1) || begins_clause(unit, roles, at + 1))
        {
            return true;
        }
        // `…, but Smith said`
        let joins = part == Part::Comma && matches!(next, Part::And | Part::But);
        if joins && own(at + 2, at + 3) || part == Part::But && own(at + 1, at + 2) {
            return true;
        }
    }
    let contrasts = |item: usize| matches!(unit.lower(item), "while" | "although" | "though" | "as" | "whereas");
    if contrasts(at) && own(at + 1, at + 2) || part == Part::Comma && contrasts(at + 1) && own(at + 2, at + 3) {
        return true;
    }
    // `Silva, who said she had seen it, was taken away`
    let relative =
        cue.subject.as_ref().is_some_and(|subject| subject.kind == Kind::Relative) || extracted(unit, cue).is_some();
    if (relative || cue.role == Role::Ing) && part == Part::Comma && is_finite(unit, roles, at + 1) {
        return true;
    }
    if clausal {
        return unit.lower(at) == ";"
            || unit.is_dash(at) && matches!(next, Part::And | Part::But)
            || part == Part::Comma && next == Part::But && begins_clause(unit, roles, at + 2);
    }
    match part {
        Part::Comma => {
            if next == Part::And && !begins_clause(unit, roles, at + 2) && !is_finite(unit, roles, at + 2)
                || unit.lower(at + 1) == "as" && unit.lower(at + 2) == "well"
            {
                return false;
            }
            // `the doctors, the nurses, and the drivers`
            let member = subject::right_phrase(unit, roles, at + 1).is_some_and(|phrase| {
                let joined = phrase.clone().any(|item| unit.part(item) == Part::And);
                let goes_on = unit.part(phrase.end) == Part::Comma && unit.part(phrase.end + 1) == Part::And;
                (joined || goes_on) && !is_finite(unit, roles, phrase.end)
            });
            if next == Part::Determiner && member {
                return false;
            }
            let listed = next.is_nominal() && next != Part::Number || matches!(next, Part::To | Part::Possessive);
            !listed
        }
        Part::Break => unit.is_dash(at) || unit.lower(at) == ";",
        Part::Colon | Part::But => true,
        // `as well as`
        Part::Subordinator if unit.lower(at + 1) == "well" || unit.lower(at.wrapping_sub(1)) == "well" => false,
        // A condition or an end belongs to what is promised.
        Part::Subordinator if matches!(unit.lower(at), "until" | "unless" | "if" | "because") => false,
        Part::Subordinator => {
            cue.complement != Complement::To
                && subject::right_phrase(unit, roles, at + 1).is_some_and(|phrase| is_finite(unit, roles, phrase.end))
        }
        Part::And => {
            let finite = is_finite(unit, roles, at + 1) && !matches!(next, Part::Name);
            let clause =
                subject::right_phrase(unit, roles, at + 1).is_some_and(|phrase| is_finite(unit, roles, phrase.end));
            finite || clause && (cue.complement != Complement::To || own(at + 1, at + 2))
        }
        Part::Stop => unit.part(at + 1) == Part::Quote,
        _ => false,
    }
}

/// The content in front of a cue that stands behind it: `…, he said`.
pub fn left(
    unit: &Unit,
    quotations: &Quotations,
    roles: &[Option<Role>],
    cue: &Cue,
    floor: usize,
) -> Option<Range<usize>> {
    let subject = cue.subject.as_ref()?;
    if cue.role != Role::Finite || !matches!(subject.way, Way::Near | Way::Inverted) {
        return None;
    }
    let begin = subject.items.start.min(cue.group.start);
    let before = begin.checked_sub(1)?;
    let quoted = unit.quote(before).and_then(|number| quotations.all.get(number));
    let end = match unit.part(before) {
        Part::Quote => {
            let closes = quoted.is_some_and(|quotation| {
                quotation.ends_with_comma(unit.reading) || quotation.ends_sentence(unit.reading) || !quotation.closed
            });
            if !closes && cue.complement != Complement::End {
                return None;
            }
            begin
        }
        Part::Comma => before,
        Part::Break if unit.is_dash(before) => before,
        _ => return None,
    };
    let said = quotative::is_behind_speech(unit, cue);
    if said && unit.speech(before).whole && before > 0 && matches!(unit.part(before - 1), Part::Stop | Part::Colon) {
        // `His advice: “Go home,” he said.`
        return Some(before..begin);
    }
    if !said && quotative::is_before_speech(unit, cue) {
        return None;
    }
    let behind_quote = unit.part(before) == Part::Quote || unit.part(before.wrapping_sub(1)) == Part::Quote;
    let closes = quoted
        .is_some_and(|quotation| quotation.ends_with_comma(unit.reading) || quotation.ends_sentence(unit.reading));
    let fits = match cue.complement {
        _ if said => true,
        Complement::End => true,
        _ if says_elsewhere(cue) && cue.complement != Complement::Clause => true,
        _ if closes && !matches!(cue.complement, Complement::Quote | Complement::That) => true,
        Complement::Quote => unit.part(cue.after.wrapping_sub(1)) == Part::Comma,
        Complement::That | Complement::Clause | Complement::To | Complement::What | Complement::Colon => false,
        _ => behind_quote,
    };
    if !fits {
        return None;
    }
    let mut start = floor;
    while start < end
        && matches!(unit.part(start), Part::Comma | Part::Colon | Part::And | Part::But | Part::Stop | Part::Break)
    {
        start += 1;
    }
    let found = start..end;
    let goes_on = unit.part(cue.group.end.max(subject.items.end)) == Part::Comma;
    if is_adjunct(unit, roles, &found) && !goes_on || is_one_condition(unit, &found) && !goes_on && !behind_quote {
        return None;
    }
    (start < end).then_some(found)
}

/// The relative in front of a subject that belongs to what is said: `which he said would fail`.
pub fn extracted(unit: &Unit, cue: &Cue) -> Option<Range<usize>> {
    let finite = matches!(unit.part(cue.after), Part::Be | Part::Modal | Part::Have | Part::Verb);
    let subject = cue.subject.as_ref().filter(|subject| subject.way == Way::Near && finite)?;
    let before = subject.items.start.checked_sub(1)?;
    matches!(unit.part(before), Part::Which | Part::That | Part::Who | Part::What).then_some(before..before + 1)
}

/// The content of a clause that says nothing itself: `As the paper reported, …`; `…, as he admitted`; `But, she told
/// them, …`.
pub fn around(unit: &Unit, roles: &[Option<Role>], cue: &Cue, floor: usize, limit: usize) -> Option<Range<usize>> {
    let subject = cue.subject.as_ref().filter(|subject| cue.role == Role::Finite && subject.way != Way::Owner)?;
    if cue.complement != Complement::End && !says_elsewhere(cue) {
        return None;
    }
    let begin = subject.items.start.min(cue.group.start);
    let before = begin.checked_sub(1)?;
    let comma = (cue.group.end.max(subject.items.end)..limit).take(20).find(|item| unit.part(*item) == Part::Comma);
    let behind = comma.filter(|comma| comma + 2 < limit).map(|comma| comma + 1..limit);
    let opens = |item: usize| item == 0 || item == 1 && matches!(unit.part(0), Part::And | Part::But);
    match unit.part(before) {
        Part::Subordinator if unit.lower(before) == "as" && opens(before) => behind,
        Part::Subordinator if unit.lower(before) == "as" && before > floor && unit.part(before - 1) == Part::Comma => {
            Some(floor..before - 1).filter(|range| !range.is_empty())
        }
        Part::Comma if before == 1 && matches!(unit.part(0), Part::And | Part::But) => behind,
        // `Instead, she told the council, …`
        Part::Comma if is_adjunct(unit, roles, &(0..before)) => behind,
        _ => None,
    }
}

/// What goes on behind a cue that splits its content: `The plan, he said, would fail`.
pub fn rest(
    unit: &Unit,
    roles: &[Option<Role>],
    cues: &[Cue],
    cue: &Cue,
    left: &Range<usize>,
    limit: usize,
) -> Option<Range<usize>> {
    let behind = cue.subject.as_ref().map_or(cue.group.end, |subject| subject.items.end.max(cue.group.end));
    // `“The risk,” said Lopez, who runs the mill, “is that we lose both.”`
    if quotative::is_behind_speech(unit, cue) || left.end.checked_sub(1).is_some_and(|last| unit.quote(last).is_some())
    {
        let goes_on = (behind..limit).find(|item| {
            unit.part(*item) == Part::Quote && *item > 0 && matches!(unit.part(*item - 1), Part::Comma | Part::Break)
        })?;
        let own = goes_on <= behind + 1 || unit.speech(goes_on).goes_on;
        let another = cues.iter().any(|other| (behind..goes_on).contains(&other.head));
        return (own && !another).then_some(goes_on..limit);
    }
    if unit.part(behind) != Part::Comma || behind + 1 >= limit {
        return None;
    }
    if unit.part(behind + 1) == Part::Quote {
        return Some(behind + 1..limit);
    }
    // `It was, he said, a mistake`; `the permit, they said, had expired`; `when the war ends, he said, we go home`
    let open = left.end.checked_sub(1).is_some_and(|last| {
        matches!(
            unit.part(last),
            Part::Be
                | Part::Modal
                | Part::Have
                | Part::To
                | Part::Preposition
                | Part::That
                | Part::And
                | Part::Determiner
        )
    });
    let goes_on = is_finite(unit, roles, behind + 1) && unit.part(behind + 1) != Part::Past
        || unit.lower(behind + 1) == "of"
        || unit.part(behind + 1) == Part::That;
    let complete = left.clone().any(|item| is_finite(unit, roles, item) || unit.part(item) == Part::Quote);
    (!complete || open || goes_on || is_one_condition(unit, left)).then_some(behind + 1..limit)
}

/// Whether a clause that another has to follow is all there is: `When the war ends`.
fn is_one_condition(unit: &Unit, items: &Range<usize>) -> bool {
    items.start == 0 && unit.part(0) == Part::Subordinator && !items.clone().any(|item| unit.part(item) == Part::Comma)
}

/// Whether nothing is said in there: `In his speech`, `Earlier this week`.
fn is_adjunct(unit: &Unit, roles: &[Option<Role>], items: &Range<usize>) -> bool {
    matches!(unit.part(items.start), Part::Preposition | Part::Time | Part::Adverb | Part::Ing)
        && !items.clone().any(|item| is_finite(unit, roles, item) || unit.part(item) == Part::Quote)
}
