//! How likely a word is a cue where it stands: counted, by verb and construction, in `tables/cue-counts.txt`.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::super::CueClass;
use super::complement::Complement;
use super::cue::{Cue, Role, is_light};
use super::lexicon::{Form, LEXICON, Part};
use super::quotative;
use super::subject::{Kind, Way};
use super::unit::Unit;
use crate::tables;
use crate::text::Case;

/// A cue below this likelihood is none.
pub const ENOUGH: f32 = 0.66;

type Construction = (Role, Complement);

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    cues: f32,
    all: f32,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.cues += other.cues;
        self.all += other.all;
    }

    /// The share of cues, drawn towards `expected` where little was counted.
    fn share(self, expected: f32, weight: f32) -> f32 {
        (self.cues + weight * expected) / (self.all + weight)
    }
}

#[derive(Debug, Default)]
struct Counts {
    exact: HashMap<(u16, Construction), Count>,
    lemmas: HashMap<u16, Count>,
    /// By class, for verbs and nouns.
    classes: HashMap<(CueClass, bool), Count>,
    constructions: HashMap<Construction, Count>,
    verbs: Count,
    nouns: Count,
}

static COUNTS: LazyLock<Counts> = LazyLock::new(Counts::read);

impl Counts {
    fn read() -> Self {
        let mut counts = Counts::default();
        let lemmas = LEXICON.lemmas.iter().enumerate().map(|(number, lemma)| ((lemma.name, lemma.noun), number));
        let lemmas: HashMap<(&str, bool), usize> = lemmas.collect();
        for line in tables::lines(include_str!("tables/cue-counts.txt")) {
            let mut fields = line.split_whitespace();
            let Some(name) = fields.next() else { continue };
            for field in fields {
                let Some((construction, count)) = read_field(field) else { continue };
                let noun = construction.0 == Role::Noun;
                let Some(lemma) = lemmas.get(&(name, noun)).copied() else { continue };
                let class = LEXICON.lemmas.get(lemma).map(|lemma| (lemma.class, noun));
                class.into_iter().for_each(|class| counts.classes.entry(class).or_default().add(count));
                let Ok(lemma) = u16::try_from(lemma) else { continue };
                counts.exact.entry((lemma, construction)).or_default().add(count);
                counts.lemmas.entry(lemma).or_default().add(count);
                counts.constructions.entry(construction).or_default().add(count);
                if noun { counts.nouns.add(count) } else { counts.verbs.add(count) }
            }
        }
        counts
    }

    fn likelihood(&self, lemma: u16, construction: Construction) -> f32 {
        let kind = if construction.0 == Role::Noun { self.nouns } else { self.verbs };
        let overall = kind.share(0.5, 1.0);
        let class = LEXICON.lemma(lemma).and_then(|lemma| self.classes.get(&(lemma.class, lemma.noun)));
        let by_class = class.copied().unwrap_or_default().share(overall, 2.0);
        let by_lemma = self.lemmas.get(&lemma).copied().unwrap_or_default().share(by_class, 2.0);
        let by_construction = self.constructions.get(&construction).copied().unwrap_or_default().share(overall, 2.0);
        let expected = from_odds(odds(by_lemma) + odds(by_construction) - odds(overall));
        self.exact.get(&(lemma, construction)).copied().unwrap_or_default().share(expected, 3.0)
    }
}

/// `v.that:12/15`
fn read_field(field: &str) -> Option<(Construction, Count)> {
    let (construction, count) = field.split_once(':')?;
    let (role, complement) = construction.split_once('.')?;
    let (cues, all) = count.split_once('/')?;
    let role = Role::ALL.into_iter().find(|(_, name)| *name == role)?.0;
    let complement =
        Complement::ALL.into_iter().find(|(_, name)| *name == complement).map_or(Complement::End, |(found, _)| found);
    Some(((role, complement), Count { cues: cues.parse().ok()?, all: all.parse().ok()? }))
}

fn odds(share: f32) -> f32 {
    let share = share.clamp(0.01, 0.99);
    (share / (1.0 - share)).ln()
}

fn from_odds(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// From 0 to 1.
pub fn likelihood(unit: &Unit, cue: &Cue) -> f32 {
    // Where a clause stands beside a quotation as a quotative does, its verb matters little.
    if quotative::is_behind_speech(unit, cue) || quotative::quotes(cue) && quotative::is_before_speech(unit, cue) {
        return 1.0;
    }
    let counted = COUNTS.likelihood(cue.lemma, (cue.role, cue.complement));
    let signals: f32 = signals(unit, cue).iter().map(|signal| SIGNALS.get(signal).copied().unwrap_or(0.0)).sum();
    from_odds(odds(counted) + signals)
}

/// Log odds by signal.
static SIGNALS: LazyLock<HashMap<&str, f32>> = LazyLock::new(|| {
    let rows = tables::lines(include_str!("tables/signals.txt")).filter_map(|line| {
        let mut fields = line.split_whitespace();
        Some((fields.next()?, fields.next()?.parse().ok()?))
    });
    rows.collect()
});

/// Whether a participle goes on from another attribution: `…, he said, stressing …`.
fn goes_on(unit: &Unit, cue: &Cue) -> bool {
    let said = |item: usize| {
        let verb = unit.known(item).verb.filter(|(_, form)| matches!(form, Form::Past | Form::Third));
        verb.and_then(|(lemma, _)| LEXICON.lemma(lemma)).is_some_and(|lemma| {
            lemma.quotes || matches!(lemma.class, CueClass::Assertive | CueClass::Factive | CueClass::Doubtful)
        })
    };
    cue.role == Role::Ing
        && cue.subject.as_ref().is_some_and(|subject| subject.way == Way::Shared && subject.kind.speaks())
        && cue.group.start.checked_sub(1).is_some_and(|before| matches!(unit.part(before), Part::Comma | Part::Quote))
        && (0..cue.group.start).any(said)
}

/// What speaks for a cue or against it beside its construction, by the names of `tables/signals.txt`.
pub fn signals(unit: &Unit, cue: &Cue) -> Vec<&'static str> {
    let mut signals = Vec::with_capacity(16);
    let subject = cue.subject.as_ref();
    // `you` of `you’d`
    let first = subject.and_then(|subject| unit.lower(subject.items.start).split(['’', '\'']).next());
    signals.push(match subject.map(|subject| (subject.kind, subject.way)) {
        _ if matches!(cue.role, Role::Passive | Role::Bare) => "passive",
        Some((Kind::Pronoun, Way::Near | Way::Inverted)) if matches!(first, Some("i" | "we" | "you")) => {
            "subject-speaker"
        }
        Some((Kind::Pronoun, Way::Near | Way::Inverted)) if matches!(first, Some("it" | "this" | "that")) => {
            "subject-it"
        }
        Some((Kind::Pronoun, Way::Near | Way::Inverted)) => "subject-pronoun",
        Some((Kind::Relative, _)) => "subject-relative",
        Some((Kind::Name, Way::Near | Way::Inverted)) => "subject-name",
        Some((Kind::Person, Way::Near | Way::Inverted)) => "subject-person",
        Some((Kind::Group, Way::Near | Way::Inverted)) => "subject-group",
        Some((Kind::Thing, Way::Near | Way::Inverted)) => "subject-thing",
        Some((Kind::Thing, _)) => "shared-thing",
        Some((_, Way::Owner)) => "owner",
        Some(_) => "shared",
        None => "no-subject",
    });
    let start = subject
        .filter(|subject| subject.way == Way::Near)
        .map_or(cue.group.start, |subject| subject.items.start.min(cue.group.start));
    let before = start.checked_sub(1);
    signals.push(match before.map_or("", |before| unit.lower(before)) {
        "if" | "unless" | "whether" => "conditional",
        "when" | "whenever" | "after" | "before" | "until" | "since" => "temporal",
        "as" | "while" | "because" | "although" | "though" => "subordinate",
        _ => match before.map(|before| unit.part(before)) {
            None | Some(Part::Stop) => "first",
            Some(Part::Comma) => "behind-comma",
            Some(Part::Quote) => "behind-quote",
            Some(Part::That | Part::What | Part::Which | Part::Who) => "embedded",
            Some(Part::Preposition) => "behind-preposition",
            Some(Part::And | Part::But) => "joined",
            Some(Part::To) => "behind-to",
            Some(part) if part.is_nominal() => "behind-noun",
            _ => "behind-other",
        },
    });
    if unit.part(unit.len().saturating_sub(1)) == Part::Colon {
        signals.push("introduces");
    }
    if cue.role == Role::Noun && !is_light(unit, cue.group.start) {
        signals.push("noun");
    }
    if cue.role == Role::Infinitive {
        signals.push("infinitive");
    }
    if goes_on(unit, cue) {
        signals.push("goes-on");
    }
    let group = cue.group.start..cue.head;
    if group.clone().any(|item| unit.part(item) == Part::Modal) {
        signals.push("modal");
    }
    if group.clone().any(|item| unit.part(item) == Part::Not) {
        signals.push("negated");
    }
    if group.clone().any(|item| unit.part(item) == Part::Have) {
        signals.push("perfect");
    }
    if cue.role == Role::Finite && group.clone().any(|item| unit.part(item) == Part::Be) {
        signals.push("progressive");
    }
    if cue.role == Role::Finite {
        match unit.known(cue.head).verb.map(|(_, form)| form) {
            Some(Form::Base) => signals.push("base"),
            Some(Form::Third) => signals.push("present"),
            _ => {}
        }
    }
    if cue.complement == Complement::Object {
        signals.push(match unit.part(cue.after) {
            Part::Determiner => "object-determiner",
            Part::Possessive => "object-possessive",
            Part::Pronoun | Part::Subject => "object-pronoun",
            Part::Name => "object-name",
            Part::Number | Part::Mark => "object-number",
            Part::Person | Part::Group => "object-person",
            Part::Quote => "object-quote",
            _ => "object-noun",
        });
    }
    if unit.part(cue.head + 1) == Part::Particle {
        signals.push("particle");
    }
    if unit.words.start == 0 {
        signals.push("headline");
    }
    if unit.reading.case(unit.words_of(cue.head..cue.head + 1).start) != Case::Lower {
        signals.push("capital");
    }
    if unit.has_quotes() {
        signals.push("with-quotation");
    }
    signals
}
