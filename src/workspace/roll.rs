//! The roll of an open document: who is in which dispatch. It is called when the text has rested, together with the search
//! for what is doubtful; until the next time it tells what was so then.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Snapshot, Who};
use crate::annotate::{Annotations, Mention};
use crate::corpus::{Dispatch, PartialDate};
use crate::gazetteer::Gazetteer;
use crate::text::Span;

/// Who is in which dispatch. Only those who have a name are called.
#[derive(Debug, Default)]
pub struct Roll {
    everybody: Arc<Everybody>,
    /// In the order of the file.
    pub dispatches: Vec<Called>,
    /// Numbers in `dispatches`: of those that speak of the first of `everybody`, then of the second, …
    places: Vec<u32>,
    /// Where those of each begin in `places`; one more at the end.
    starts: Vec<u32>,
    /// What the first dispatch that has them calls each, by number in [`Everybody::names`].
    names: Vec<u32>,
    /// Whether all dispatches were read.
    pub is_complete: bool,
}

/// A dispatch, and who is in it.
#[derive(Debug)]
pub struct Called {
    /// As its delimiter has it; empty where there is none.
    pub name: Box<str>,
    pub date: Option<PartialDate>,
    present: Arc<[Present]>,
}

/// What somebody does in a dispatch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Present {
    /// Number in [`Everybody::numbers`].
    number: u32,
    /// What this dispatch calls them, by number in [`Everybody::names`].
    name: u32,
    /// Claims of which they are the source, and claims in which they are mentioned.
    pub by: u16,
    pub about: u16,
}

/// All who were ever called, by numbers, and all that they were called.
#[derive(Debug, Clone, Default)]
struct Everybody {
    numbers: HashMap<Who, u32>,
    spellings: HashMap<Arc<str>, u32>,
    names: Vec<Arc<str>>,
}

/// Somebody in all dispatches.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen<'a> {
    /// By number in [`Roll::dispatches`], in the order of the file.
    pub dispatches: &'a [u32],
    pub claims_by: usize,
    pub claims_about: usize,
    /// Who is in the most of the same dispatches, and in how many; those in one only are left out.
    pub with: Vec<(&'a str, usize)>,
}

/// Dispatches of somebody that are looked at for who else is there.
const MOST_LOOKED_AT: usize = 2_000;
/// How many others are named.
const MOST_OTHERS: usize = 3;

impl Roll {
    /// What is known of somebody, if anything; it takes longer the more dispatches they are in, up to some tenths of a
    /// millisecond.
    pub fn seen(&self, who: &Who) -> Option<Seen<'_>> {
        let own = *self.everybody.numbers.get(who)?;
        let start = |number: usize| self.starts.get(number).map(|start| *start as usize);
        let dispatches = self.places.get(start(own as usize)?..start(own as usize + 1)?)?;
        let present = |place: &u32| self.dispatches.get(*place as usize).map_or(&[][..], |called| &called.present);
        let (mut claims_by, mut claims_about) = (0, 0);
        let mut others: HashMap<u32, usize> = HashMap::new();
        for (looked_at, place) in dispatches.iter().enumerate() {
            for present in present(place) {
                if present.number == own {
                    claims_by += usize::from(present.by);
                    claims_about += usize::from(present.about);
                } else if looked_at < MOST_LOOKED_AT {
                    *others.entry(present.number).or_default() += 1;
                }
            }
        }
        let others = others.into_iter().filter(|(_, count)| *count > 1);
        let name = |(number, count): (u32, usize)| {
            let name = *self.names.get(number as usize)?;
            Some((&**self.everybody.names.get(name as usize)?, count))
        };
        let mut with: Vec<(&str, usize)> = others.into_iter().filter_map(name).collect();
        with.sort_unstable_by(|(one, count), (other, more)| more.cmp(count).then_with(|| one.cmp(other)));
        with.truncate(MOST_OTHERS);
        (!dispatches.is_empty()).then_some(Seen { dispatches, claims_by, claims_about, with })
    }
}

/// Calls the roll again and again; who was called once keeps the number.
#[derive(Debug, Default)]
pub struct Caller {
    everybody: Arc<Everybody>,
    /// The last two: whoever takes the newest in place of the one before must not spend the time to free that.
    last: (Option<Arc<Roll>>, Option<Arc<Roll>>),
}

impl Caller {
    /// Who is in a dispatch.
    pub fn call(&mut self, found: &Annotations, gazetteer: &Gazetteer) -> Arc<[Present]> {
        let mut mentions: Vec<Vec<&Mention>> = found.actors.iter().map(|_| Vec::new()).collect();
        for mention in &found.mentions {
            if let Some(own) = mentions.get_mut(mention.actor) {
                own.push(mention);
            }
        }
        let mut by = vec![0_u16; found.actors.len()];
        let mut about = vec![0_u16; found.actors.len()];
        let add = |counts: &mut Vec<u16>, actor: usize| {
            if let Some(count) = counts.get_mut(actor) {
                *count = count.saturating_add(1);
            }
        };
        let mut in_order: Vec<&Mention> = found.mentions.iter().collect();
        in_order.sort_by_key(|mention| mention.span.start);
        for claim in &found.claims {
            if let Some(actor) = claim.actor {
                add(&mut by, actor);
            }
            let mut actors: Vec<usize> = claim.content.iter().flat_map(|span| within(&in_order, *span)).collect();
            actors.sort_unstable();
            actors.dedup();
            actors.into_iter().for_each(|actor| add(&mut about, actor));
        }
        let present = mentions.into_iter().zip(by).zip(about).enumerate();
        let present = present.filter_map(|(actor, ((own, by), about))| {
            let who = Who::new(gazetteer, found, 0, actor, own.into_iter()).filter(Who::has_name)?;
            let name = self.name(&found.actors.get(actor)?.name);
            Some(Present { number: self.number(who), name, by, about })
        });
        present.collect()
    }

    // Where there is something new to write down, whoever still has the last roll keeps theirs.

    fn number(&mut self, who: Who) -> u32 {
        if let Some(number) = self.everybody.numbers.get(&who) {
            return *number;
        }
        let everybody = Arc::make_mut(&mut self.everybody);
        let number = count(everybody.numbers.len());
        everybody.numbers.insert(who, number);
        number
    }

    fn name(&mut self, name: &str) -> u32 {
        if let Some(number) = self.everybody.spellings.get(name) {
            return *number;
        }
        let everybody = Arc::make_mut(&mut self.everybody);
        let (number, name) = (count(everybody.names.len()), Arc::<str>::from(name));
        everybody.names.push(name.clone());
        everybody.spellings.insert(name, number);
        number
    }

    /// The roll of `dispatches`.
    pub fn finish(&mut self, dispatches: Vec<Called>, is_complete: bool) -> Arc<Roll> {
        let numbered = dispatches.iter().zip(0_u32..);
        let mut all: Vec<(u32, u32, u32)> = numbered
            .flat_map(|(called, place)| called.present.iter().map(move |present| (present.number, place, present.name)))
            .collect();
        all.sort_unstable();
        // Two actors of a dispatch may be listed as one.
        all.dedup_by_key(|(number, place, _)| (*number, *place));
        let start = |number: u32| all.partition_point(|(other, ..)| *other < number);
        let numbers = 0..count(self.everybody.numbers.len());
        let name = |number: u32| all.get(start(number)).map_or(u32::MAX, |(_, _, name)| *name);
        let roll = Arc::new(Roll {
            names: numbers.clone().map(name).collect(),
            starts: numbers.map(|number| count(start(number))).chain([count(all.len())]).collect(),
            places: all.iter().map(|(_, place, _)| *place).collect(),
            everybody: self.everybody.clone(),
            dispatches,
            is_complete,
        });
        self.last = (self.last.1.take(), Some(roll.clone()));
        roll
    }
}

impl Called {
    pub fn new(snapshot: &Snapshot, dispatch: &Dispatch, present: Arc<[Present]>) -> Called {
        let name = dispatch.opener.as_ref().and_then(|opener| opener.name.clone());
        let name = name.map(|name| snapshot.text.slice(name).into()).unwrap_or_default();
        Called { name, date: dispatch.date.as_ref().map(|date| date.date), present }
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The actors of those of `mentions`, by where they start, that lie in `span`.
fn within<'a>(mentions: &'a [&Mention], span: Span) -> impl Iterator<Item = usize> + use<'a> {
    let start = mentions.partition_point(|mention| mention.span.start < span.start);
    let end = mentions.partition_point(|mention| mention.span.start < span.end);
    let starting = mentions.get(start..end.max(start)).unwrap_or_default().iter();
    starting.filter(move |mention| mention.span.end <= span.end).map(|mention| mention.actor)
}
