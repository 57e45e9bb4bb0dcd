//! Drafts: claims in words, before they have actors and spans.

use std::ops::Range;

use super::super::{CueClass, Reading};
use super::complement::Complement;
use super::content::{self, Places};
use super::cue::{self, Cue, Role};
use super::factuality::Attitude;
use super::judge;
use super::lexicon::{LEXICON, Part};
use super::quotative;
use super::quotes::Quotations;
use super::role;
use super::speaker;
use super::special;
use super::subject::{self, Way};
use super::unit::{Tags, Unit, units, units_within};
use crate::text::Span;

/// A claim. All ranges are numbers of words in the reading.
#[derive(Debug, Clone)]
pub struct Draft {
    pub source: Option<Range<usize>>,
    pub cue: Range<usize>,
    pub content: Vec<Range<usize>>,
    pub class: CueClass,
    pub attitude: Attitude,
    pub rule: &'static str,
    /// The words of the source that name it.
    pub head: Option<Range<usize>>,
    /// The number of the draft in whose content this one stands.
    pub inside: Option<usize>,
}

impl Draft {
    pub fn new(
        source: Option<Range<usize>>,
        cue: Range<usize>,
        content: Vec<Range<usize>>,
        lemma: &'static str,
        rule: &'static str,
    ) -> Self {
        Draft {
            source,
            cue,
            content,
            class: CueClass::Neutral,
            attitude: Attitude { lemma, denial: false, negated: false, modal: false },
            rule,
            head: None,
            inside: None,
        }
    }
}

/// Quotations inside quotations are looked into so far.
const DEEPEST: usize = 3;
/// A unit of more items is read in parts.
const LONGEST_UNIT: usize = 400;
/// … and so is one with more words that may be cues.
const MOST_CUES: usize = 48;
/// A shorter quotation (words) says nothing of who said what.
const SHORTEST_SPEECH: usize = 4;

/// The number of the draft that the last quotation belongs to, and the unit where it ended.
struct Speech {
    draft: usize,
    unit: usize,
}

pub fn find(reading: &Reading, quotations: &Quotations) -> Vec<Draft> {
    let tags = Tags::new(reading);
    let all = units(reading, &tags, quotations);
    let mut drafts = scan(reading, &tags, quotations, &all);
    let direct: Vec<Range<usize>> = drafts.iter().flat_map(|draft| draft.content.iter().cloned()).collect();
    inside(reading, &tags, quotations, &direct, &mut drafts, DEEPEST);
    for draft in &mut drafts {
        draft.head = draft.source.as_ref().map(|source| speaker::head(reading, source));
    }
    drafts
}

/// The claims inside the quotations of `contents`, ranges of words.
fn inside(
    reading: &Reading,
    tags: &Tags,
    quotations: &Quotations,
    contents: &[Range<usize>],
    drafts: &mut Vec<Draft>,
    depth: usize,
) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let mut last = None;
    for words in contents {
        let first = quotations.all.partition_point(|quotation| quotation.end <= words.start);
        let quoted =
            quotations.all.iter().enumerate().skip(first).take_while(|(_, quotation)| quotation.open < words.end);
        for (number, quotation) in quoted {
            // Contents overlap where one claim is inside another.
            if last.is_some_and(|last| number <= last) || quotation.inner <= quotation.open + SHORTEST_SPEECH {
                continue;
            }
            last = Some(number);
            let nested = Quotations::inside(reading, quotation);
            let parts = units_within(reading, tags, &nested, quotation.open + 1..quotation.inner);
            let mut found = scan(reading, tags, &nested, &parts);
            found.retain(|draft| tells(reading, draft));
            let direct: Vec<Range<usize>> = found.iter().flat_map(|draft| draft.content.iter().cloned()).collect();
            inside(reading, tags, &nested, &direct, &mut found, depth);
            drafts.append(&mut found);
        }
    }
}

/// Whether a claim inside a quotation says more than that its speaker thinks: `I want` and `we believe` are everywhere.
fn tells(reading: &Reading, draft: &Draft) -> bool {
    let own = draft
        .source
        .as_ref()
        .is_none_or(|source| matches!(reading.lower(source.start), "i" | "we" | "you" | "i’m" | "i'm"));
    !own || !matches!(draft.class, CueClass::Belief | CueClass::Prospective | CueClass::Evaluative)
}

fn scan(reading: &Reading, tags: &Tags, quotations: &Quotations, all: &[Range<usize>]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut speech: Option<Speech> = None;
    // A draft whose content is in the next unit.
    let mut open: Option<usize> = None;
    for (number, words) in all.iter().enumerate() {
        let quoted = words.clone().any(|word| quotations.around(word).is_some());
        let attributes = words.clone().any(|word| tags.may_attribute(word));
        if !quoted && !attributes {
            open = None;
            continue;
        }
        let mut parts = Unit::new(reading, tags, quotations, words.clone()).parts(LONGEST_UNIT, MOST_CUES);
        let Some(unit) = parts.pop() else { continue };
        // No sentence is that long: its parts are read for themselves.
        for part in parts {
            read(&part, quotations, &mut drafts, None);
        }
        let only_quote = unit.items.iter().all(|item| matches!(item.part, Part::Quote | Part::Stop))
            && unit
                .quote(0)
                .and_then(|number| quotations.all.get(number))
                .is_some_and(|quotation| quotation.is_speech(reading));
        if only_quote {
            let owner =
                open.take().or(speech.as_ref().filter(|speech| speech.unit + 1 == number).map(|speech| speech.draft));
            if let Some((draft, found)) = owner.and_then(|owner| Some((owner, drafts.get_mut(owner)?))) {
                found.content.push(unit.words_of(0..content::limit(&unit)));
                speech = Some(Speech { draft, unit: number });
            }
            continue;
        }
        let before = drafts.len();
        let last_quote = number
            .checked_sub(1)
            .and_then(|last| all.get(last))
            .and_then(|last| quotations.around(last.end.checked_sub(1)?));
        read(&unit, quotations, &mut drafts, last_quote);
        open = None;
        for (number_of, draft) in drafts.iter().enumerate().skip(before) {
            open = None;
            if draft.content.is_empty() {
                open = Some(number_of);
            }
            let quotes = draft
                .content
                .iter()
                .any(|range| range.clone().next_back().is_some_and(|last| quotations.around(last).is_some()));
            if quotes {
                speech = Some(Speech { draft: number_of, unit: number });
            }
        }
    }
    // One loud word before a colon is a label; several make a transcript.
    let transcribed = drafts.iter().filter(|draft| draft.rule == special::TRANSCRIPT).count() >= 3;
    drafts.retain(|draft| !draft.content.is_empty() && (transcribed || draft.rule != special::TRANSCRIPT));
    drafts
}

/// The claims of one unit.
fn read(unit: &Unit, quotations: &Quotations, drafts: &mut Vec<Draft>, last_quote: Option<usize>) {
    let roles = role::roles(unit);
    let mut cues = cue::find(unit, &roles);
    cues.retain(|cue| judge::likelihood(unit, cue) >= judge::ENOUGH);
    quotative::add(unit, &roles, &mut cues);
    let places = Places::new(unit, &cues);
    let whole = content::limit(unit);
    let first = drafts.len();
    // What stands in front of a cue is said by it, whatever else is in there: `X said A, the source recalled`.
    let mut floor = 0;
    let mut lefts: Vec<Option<Range<usize>>> = Vec::with_capacity(cues.len());
    for cue in &cues {
        let left = content::left(unit, quotations, &roles, cue, floor);
        if left.is_some() {
            floor = cue.subject.as_ref().map_or(0, |subject| subject.items.end).max(cue.group.end);
        }
        lefts.push(left);
    }
    // Where the quotations begin that a clause behind them attributes.
    let said: Vec<usize> = cues
        .iter()
        .zip(&lefts)
        .filter(|(cue, _)| quotative::is_behind_speech(unit, cue))
        .filter_map(|(_, left)| left.as_ref().map(|left| left.start).filter(|start| *start > 0))
        .collect();
    // Contents in items, with what they are in.
    let mut taken: Vec<Range<usize>> = lefts.iter().flatten().cloned().collect();
    for (cue, left) in cues.iter().zip(lefts) {
        // `had not been told in advance`: nothing is told.
        if cue.role == Role::Passive
            && content::says_elsewhere(cue)
            && cue.complement != Complement::Clause
            && LEXICON.lemma(cue.lemma).is_some_and(|lemma| lemma.name == "tell")
        {
            continue;
        }
        let outer = taken.iter().filter(|range| range.contains(&cue.head)).map(|range| range.end).min();
        // In what somebody says, only what is plainly said by another counts.
        if outer.is_some()
            && matches!(cue.role, Role::Ing | Role::Infinitive | Role::Noun | Role::Bare)
            && !has_clause(cue)
        {
            continue;
        }
        // No content reaches into what attributes the whole, nor into a quotation that somebody else is said to have said.
        let next = said.iter().copied().find(|start| *start > cue.head);
        let limit = outer.unwrap_or(whole).min(next.unwrap_or(whole));
        let mut content = Vec::new();
        if let Some(left) = left {
            content.push(left.clone());
            if cue.complement == Complement::Quote && !quotative::is_behind_speech(unit, cue) {
                content.extend(content::right(unit, quotations, &roles, &places, cue, limit));
            } else {
                content.extend(content::rest(unit, &roles, &cues, cue, &left, limit));
            }
        } else if let Some(right) = content::right(unit, quotations, &roles, &places, cue, limit) {
            content.extend(content::extracted(unit, cue));
            content.push(right);
        } else if outer.is_none() {
            content.extend(content::around(unit, &roles, cue, floor_of(&taken, cue.group.start), limit));
        }
        let lemma = LEXICON.lemma(cue.lemma);
        let mut source = cue.subject.as_ref().map(|subject| subject.items.clone());
        let near = cue.subject.as_ref().is_some_and(|subject| subject.way == Way::Near);
        if let Some(agent) = agent(unit, &roles, cue) {
            // `denounced by Trump`: what is denounced stands in front.
            content = source.take().filter(|_| near).into_iter().collect();
            source = Some(agent);
        } else if source_is_content(cue) {
            // Who expects is not said; who is expected belongs to what is.
            content.extend(source.take().filter(|_| near));
            content.sort_by_key(|range| range.start);
        } else if cue.role == Role::Passive {
            source = None;
        }
        let mut draft = Draft::new(
            source.map(|items| unit.words_of(items)),
            unit.words_of(cue.group.clone()),
            content.iter().map(|items| unit.words_of(items.clone())).collect(),
            lemma.map_or("", |lemma| lemma.name),
            rule(cue),
        );
        if let Some(lemma) = lemma {
            draft.class = lemma.class;
            draft.attitude.denial = lemma.denial;
            if lemma.name == "call" && (cue.complement == Complement::For || cue::calls_on(unit, cue.head)) {
                draft.class = CueClass::Directive;
                draft.attitude.lemma = "call-for";
            }
        }
        let mut group = cue.group.start..cue.head;
        draft.attitude.negated = group.clone().any(|item| unit.part(item) == Part::Not || negates(unit.lower(item)));
        draft.attitude.modal = group.any(|item| matches!(unit.lower(item), "may" | "might" | "could"));
        // What it says follows in the next paragraph, if it is the last to say something here.
        let ends_with_colon = unit.part(unit.len().saturating_sub(1)) == Part::Colon;
        let introduces = ends_with_colon && outer.is_none() && cues.last().is_some_and(|last| last.head == cue.head);
        let names = content.last().is_some_and(|last| last.end + 1 >= unit.len())
            && matches!(cue.complement, Complement::Object | Complement::Colon);
        if introduces && names {
            draft.content.clear();
        }
        if draft.content.is_empty() {
            let asked = (cue.complement == Complement::End || content::says_elsewhere(cue))
                && cue.subject.as_ref().is_some_and(|subject| {
                    subject.items.start == 0 || subject.way == Way::Inverted && cue.group.start == 0
                });
            let quotation = last_quote.filter(|_| asked).and_then(|number| quotations.all.get(number));
            if let Some(quotation) = quotation.filter(|quotation| quotation.ends_sentence(unit.reading)) {
                draft.content.push(quotation.open..quotation.end);
            } else if !(ends_with_colon || outer.is_none() && cue.role == Role::Finite && content::speaks(cue)) {
                continue;
            }
        }
        taken.extend(content);
        drafts.push(draft);
    }
    special::according(unit, &roles, &taken, drafts);
    special::hearsay(unit, &roles, &places, quotations, drafts);
    special::speaker(unit, drafts, first);
    special::signature(unit, drafts, first);
}

/// Where the contents in front of `item` end.
fn floor_of(taken: &[Range<usize>], item: usize) -> usize {
    taken.iter().map(|range| range.end).filter(|end| *end <= item).max().unwrap_or(0)
}

/// `didn’t`, `cannot`
fn negates(word: &str) -> bool {
    word.ends_with("n’t") || word.ends_with("n't") || matches!(word, "cannot" | "no" | "neither" | "nor")
}

fn has_clause(cue: &Cue) -> bool {
    matches!(
        cue.complement,
        Complement::That | Complement::Clause | Complement::Quote | Complement::What | Complement::Colon
    )
}

/// Whether the subject of a cue belongs to what is attributed: `The vote is expected to`, `He seems to`.
fn source_is_content(cue: &Cue) -> bool {
    let clause = has_clause(cue);
    let seems = LEXICON.lemma(cue.lemma).is_some_and(|lemma| matches!(lemma.name, "seem" | "appear"));
    !clause && (cue.role == Role::Passive || seems && cue.role == Role::Finite)
}

/// Who acts in a passive: `by the ministry`.
fn agent(unit: &Unit, roles: &[Option<cue::Role>], cue: &Cue) -> Option<Range<usize>> {
    let by = (cue.head + 1..cue.head + 3).find(|item| unit.lower(*item) == "by")?;
    matches!(cue.role, Role::Passive | Role::Bare).then(|| subject::right_phrase(unit, roles, by + 1))?
}

fn rule(cue: &Cue) -> &'static str {
    match (cue.role, cue.complement, cue.subject.as_ref().map(|subject| subject.way)) {
        (Role::Noun, _, _) => "noun",
        (Role::Passive, _, _) => "passive",
        (Role::Ing, _, _) => "participle",
        (Role::Infinitive, _, _) => "infinitive",
        (Role::Bare, _, _) => "bare participle",
        (Role::Finite, _, Some(Way::Inverted)) => "inverted",
        (Role::Finite, Complement::That, _) => "that",
        (Role::Finite, Complement::Quote, _) => "quotation",
        (Role::Finite, Complement::End, _) => "behind",
        _ => "object",
    }
}

pub fn considered(reading: &Reading) -> Vec<(Span, &'static str, String, f32)> {
    let quotations = Quotations::find(reading);
    let tags = Tags::new(reading);
    let mut all = Vec::new();
    for words in units(reading, &tags, &quotations) {
        let unit = Unit::new(reading, &tags, &quotations, words);
        let roles = role::roles(&unit);
        for cue in cue::find(&unit, &roles) {
            let role = Role::ALL.iter().find(|(role, _)| *role == cue.role).map_or("", |(_, name)| name);
            let complement = Complement::ALL
                .iter()
                .find(|(complement, _)| *complement == cue.complement)
                .map_or("end", |(_, name)| name);
            let subject = cue
                .subject
                .as_ref()
                .map_or("none".to_owned(), |subject| format!("{:?}/{:?}", subject.kind, subject.way));
            let name = LEXICON.lemma(cue.lemma).map_or("", |lemma| lemma.name);
            let mut shape = format!("{role}.{complement} {subject}");
            for signal in judge::signals(&unit, &cue) {
                shape += " ";
                shape += signal;
            }
            all.push((unit.span(cue.head..cue.head + 1), name, shape, judge::likelihood(&unit, &cue)));
        }
    }
    all
}
