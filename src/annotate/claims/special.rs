//! Attributions that no verb makes: `according to`, `reportedly`, a name before a colon or behind a dash.

use std::ops::Range;

use super::super::CueClass;
use super::complement::Complement;
use super::content::{self, Places};
use super::cue::{self, Cue, Role};
use super::draft::Draft;
use super::lexicon::Part;
use super::quotes::Quotations;
use super::subject;
use super::unit::Unit;
use crate::text::{Case, Kind};

/// The words that [`according`] and [`hearsay`] look for.
pub const WORDS: [&str; 5] = ["according", "reportedly", "allegedly", "purportedly", "supposedly"];
pub const TRANSCRIPT: &str = "transcript";

/// `According to the ministry, …`; `…, according to officials`.
pub fn according(unit: &Unit, roles: &[Option<Role>], taken: &[Range<usize>], drafts: &mut Vec<Draft>) {
    for at in 0..unit.len() {
        if !unit.known(at).special || unit.lower(at) != "according" || unit.part(at + 1) != Part::To {
            continue;
        }
        let Some(source) = subject::right(unit, roles, at + 2) else { continue };
        let limit = content::limit(unit);
        let mut end = source.items.end;
        // `According to two diplomats briefed on the talks, who asked not to be named, the truce will hold`
        let begins = at == 0 || at == 1 && unit.part(0) != Part::Quote;
        // `According to officials, ten people died`: an apposition would end with a comma.
        let parts = source.items.clone();
        if begins
            && !matches!(unit.part(end), Part::Comma | Part::Colon | Part::Who | Part::Which)
            && let Some(comma) = parts.into_iter().find(|item| unit.part(*item) == Part::Comma)
        {
            end = comma;
        }
        let hangs_on = unit.part(end) != Part::Comma || matches!(unit.part(end + 1), Part::Who | Part::Which);
        if begins && hangs_on {
            let clause = (end..limit)
                .find(|item| unit.part(*item) == Part::Comma && content::begins_clause(unit, roles, *item + 1));
            end = clause.unwrap_or(end);
        }
        let outer = taken.iter().find(|range| range.contains(&at));
        let content = if at == 0
            || at == 1 && unit.part(0) != Part::Quote
            || unit.part(end) == Part::Comma
                && end + 3 < limit
                && !(0..at).any(|item| cue::is_finite(unit, roles, item) || unit.part(item) == Part::Quote)
        {
            let start = if matches!(unit.part(end), Part::Comma | Part::Colon) { end + 1 } else { end };
            start..limit
        } else {
            let mut stop = at;
            while stop > 0 && matches!(unit.part(stop - 1), Part::Comma | Part::Break) {
                stop -= 1;
            }
            let mut start = outer.map_or(0, |range| range.start);
            while start < stop && matches!(unit.part(start), Part::And | Part::But | Part::Comma) {
                start += 1;
            }
            start..stop
        };
        if content.is_empty() {
            continue;
        }
        let (source, cue) = (unit.words_of(source.items.start..end), unit.words_of(at..at + 2));
        drafts.push(Draft::new(Some(source), cue, vec![unit.words_of(content)], "", "according to"));
    }
}

/// `The talks reportedly failed`: said by somebody who is not named.
pub fn hearsay(unit: &Unit, roles: &[Option<Role>], places: &Places, quotations: &Quotations, drafts: &mut Vec<Draft>) {
    for at in (0..unit.len()).filter(|at| unit.known(*at).special) {
        let adverb = match unit.lower(at) {
            "reportedly" => "reportedly",
            "allegedly" | "purportedly" | "supposedly" => "allegedly",
            _ => continue,
        };
        // The clause around it, as if the adverb were a verb with an object.
        let mut verb = at;
        while verb > 0 && matches!(unit.part(verb - 1), Part::Be | Part::Have | Part::Modal | Part::Not | Part::Adverb)
        {
            verb -= 1;
        }
        let subject = subject::left(unit, roles, verb).map_or(verb..verb, |subject| subject.items.start..verb);
        let clause = Cue {
            head: at,
            lemma: u16::MAX,
            role: Role::Bare,
            complement: Complement::Object,
            group: at..at + 1,
            after: at + 1 + usize::from(at == 0 && unit.part(1) == Part::Comma),
            subject: None,
        };
        let behind = content::right(unit, quotations, roles, places, &clause, content::limit(unit));
        let parts = std::iter::once(subject.start..at).chain(behind).filter(|items| !items.is_empty());
        let content: Vec<_> = parts.map(|items| unit.words_of(items)).collect();
        if !content.is_empty() {
            let mut draft = Draft::new(None, unit.words_of(at..at + 1), content, adverb, "hearsay");
            draft.class = if adverb == "allegedly" { CueClass::Doubtful } else { CueClass::Neutral };
            drafts.push(draft);
        }
    }
}

/// `Ministry: No plans for talks`, at the start of a text; `Smith: “No plans.”` and `SMITH: No plans.` anywhere.
pub fn speaker(unit: &Unit, drafts: &mut Vec<Draft>, first: usize) {
    let Some(colon) = (1..unit.len().min(9)).find(|item| unit.part(*item) == Part::Colon) else { return };
    let quotation = unit.words_of(colon + 1..colon + 2).start;
    let said = |draft: &Draft| {
        draft.cue.end <= quotation
            || unit.part(colon + 1) == Part::Quote && draft.content.iter().any(|content| content.start == quotation)
    };
    if drafts.get(first..).is_some_and(|own| own.iter().any(said)) {
        return;
    }
    let named = (0..colon).all(|item| {
        matches!(
            unit.part(item),
            Part::Name
                | Part::Person
                | Part::Group
                | Part::Preposition
                | Part::Determiner
                | Part::Number
                | Part::Noun
                | Part::Possessive
        )
    });
    let limit = content::limit(unit);
    let loud = (0..colon).all(|item| {
        let word = unit.words_of(item..item + 1).start;
        unit.reading.case(word) == Case::Upper || unit.reading.kind(word) == Kind::Punctuation
    }) && colon <= 4;
    let rule = if unit.words.start == 0 {
        "headline"
    } else if unit.part(colon + 1) == Part::Quote && unit.part(colon - 1).is_nominal() {
        "speaker"
    } else if loud {
        TRANSCRIPT
    } else {
        return;
    };
    if !named || colon + 1 + usize::from(rule != "speaker") * 2 > limit {
        return;
    }
    let (source, cue) = (unit.words_of(0..colon), unit.words_of(colon..colon + 1));
    drafts.push(Draft::new(Some(source), cue, vec![unit.words_of(colon + 1..limit)], "", rule));
}

/// `“We will not leave.” — Karim Haddad, farmer`
pub fn signature(unit: &Unit, drafts: &mut Vec<Draft>, first: usize) {
    let Some(dash) = (1..unit.len().min(6)).find(|item| unit.is_dash(*item)) else { return };
    let quoted = (0..dash).all(|item| matches!(unit.part(item), Part::Quote | Part::Stop));
    let source = dash + 1..content::limit(unit);
    let named = source.len() <= 12
        && unit.part(dash + 1) == Part::Name
        && source.clone().all(|item| {
            unit.part(item).is_nominal()
                || matches!(unit.part(item), Part::Comma | Part::Preposition | Part::And | Part::Determiner)
        });
    if quoted && named && drafts.len() == first {
        let (source, cue) = (unit.words_of(source), unit.words_of(dash..dash + 1));
        drafts.push(Draft::new(Some(source), cue, vec![unit.words_of(0..dash)], "", "signature"));
    }
}
