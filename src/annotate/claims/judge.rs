//! How likely a word is a cue where it stands: counted, by verb and construction, in `tables/cue-counts.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::cue::{Complement, Cue, Role};
use super::lexicon::LEXICON;
use super::subject::{Kind, Way};
use super::unit::Unit;
use crate::tables;

/// A cue below this likelihood is none.
pub const ENOUGH: f32 = 0.5;

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
    constructions: HashMap<Construction, Count>,
    verbs: Count,
    nouns: Count,
}

static COUNTS: LazyLock<Counts> = LazyLock::new(Counts::read);

impl Counts {
    fn read() -> Self {
        let mut counts = Counts::default();
        for line in tables::lines(include_str!("tables/cue-counts.txt")) {
            let mut fields = line.split_whitespace();
            let Some(name) = fields.next() else { continue };
            for field in fields {
                let Some((construction, count)) = read_field(field) else { continue };
                let noun = construction.0 == Role::Noun;
                let Some(lemma) = LEXICON.lemmas.iter().position(|lemma| lemma.name == name && lemma.noun == noun)
                else {
                    continue;
                };
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
        let by_lemma = self.lemmas.get(&lemma).copied().unwrap_or_default().share(overall, 2.0);
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
    let counted = COUNTS.likelihood(cue.lemma, (cue.role, cue.complement));
    from_odds(odds(counted) + signals(unit, cue))
}

/// What speaks for a cue or against it beside its construction, in log odds.
fn signals(_unit: &Unit, cue: &Cue) -> f32 {
    match cue.subject.as_ref().map(|subject| (subject.kind, subject.way)) {
        Some((Kind::Name | Kind::Person | Kind::Pronoun, Way::Near | Way::Inverted)) => 0.3,
        Some((Kind::Name | Kind::Person, _)) => 0.1,
        Some((Kind::Thing, _)) => -0.7,
        None if matches!(cue.role, Role::Finite) => -0.7,
        _ => 0.0,
    }
}
