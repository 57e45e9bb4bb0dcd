//! The roll of an open document: who is in which dispatch. It is called when the text has rested, together with the search
//! for what is doubtful; until the next time it tells what was so then.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Snapshot, Who};
use crate::annotate::{Annotations, InOrder, Mention};
use crate::corpus::{Dispatch, PartialDate};
use crate::gazetteer::Gazetteer;
use crate::text::Span;

/// Who is in which dispatch. Only those who have a name are called.
#[derive(Debug, Default)]
pub struct Roll {
    everybody: Arc<Everybody>,
    /// In the order of the file.
    dispatches: Vec<Called>,
    /// By number in `everybody`: a number in `totals`, or one that is too large for who is in one dispatch only.
    places: Vec<u32>,
    totals: Vec<Total>,
    /// Whether all dispatches were read.
    pub is_complete: bool,
}

/// What is known of somebody who is in several dispatches.
#[derive(Debug, Default)]
struct Total {
    dispatches: u32,
    /// Numbers in [`Roll::dispatches`].
    first: u32,
    last: u32,
    by: u32,
    about: u32,
    /// Numbers in [`Everybody::names`], and in how many of the same dispatches.
    with: Vec<(u32, u32)>,
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

/// Somebody who is in several dispatches.
#[derive(Debug)]
pub struct Seen<'a> {
    /// How many.
    pub dispatches: usize,
    /// By their dates, where all have one; else in the order of the file.
    pub first: &'a Called,
    pub last: &'a Called,
    pub claims_by: usize,
    pub claims_about: usize,
    /// Who is in the most of the same dispatches, and in how many; those in one only are left out.
    pub with: Vec<(&'a str, usize)>,
}

/// How many others are named.
const MOST_OTHERS: usize = 3;
/// Actors of a dispatch that count as company. Longer lists are no news.
const MOST_COMPANY: usize = 200;

impl Roll {
    /// What is known of somebody who is in several dispatches, in constant time.
    pub fn seen(&self, who: &Who) -> Option<Seen<'_>> {
        let number = *self.everybody.numbers.get(who)?;
        let total = self.totals.get(*self.places.get(number as usize)? as usize)?;
        let name = |(name, count): &(u32, u32)| Some((&**self.everybody.names.get(*name as usize)?, *count as usize));
        Some(Seen {
            dispatches: total.dispatches as usize,
            first: self.dispatches.get(total.first as usize)?,
            last: self.dispatches.get(total.last as usize)?,
            claims_by: total.by as usize,
            claims_about: total.about as usize,
            with: total.with.iter().filter_map(name).collect(),
        })
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
        let in_order = InOrder::new(found.mentions.iter());
        for claim in &found.claims {
            if let Some(actor) = claim.actor {
                add(&mut by, actor);
            }
            let of_content = |span: &Span| in_order.within(*span).map(|mention| mention.actor);
            let mut actors: Vec<usize> = claim.content.iter().flat_map(of_content).collect();
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
        let mut present: Vec<Present> = present.collect();
        // Two actors of a dispatch may be listed as one, or be spellings of one name.
        present.sort_by_key(|present| present.number);
        present.dedup_by(|other, first| {
            let is_same = other.number == first.number;
            if is_same {
                first.by = first.by.saturating_add(other.by);
                first.about = first.about.saturating_add(other.about);
            }
            is_same
        });
        present.into()
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
        let mut all: Vec<(u32, u32, &Present)> = (0..)
            .zip(&dispatches)
            .flat_map(|(place, called)| called.present.iter().map(move |present| (present.number, place, present)))
            .collect();
        all.sort_unstable_by_key(|(number, place, _)| (*number, *place));
        let mut names = vec![u32::MAX; self.everybody.numbers.len()];
        for (number, _, present) in all.iter().rev() {
            if let Some(name) = names.get_mut(*number as usize) {
                *name = present.name;
            }
        }
        let mut company = Company::new(&self.everybody, &names);
        let mut places = vec![u32::MAX; names.len()];
        let mut totals = Vec::new();
        for own in all.chunk_by(|(one, ..), (other, ..)| one == other).filter(|own| own.len() > 1) {
            if let Some(place) = own.first().and_then(|(number, ..)| places.get_mut(*number as usize)) {
                *place = count(totals.len());
                totals.push(total(&dispatches, own, &mut company));
            }
        }
        drop(all);
        let everybody = self.everybody.clone();
        let roll = Arc::new(Roll { everybody, dispatches, places, totals, is_complete });
        self.last = (self.last.1.take(), Some(roll.clone()));
        roll
    }
}

/// `own` are all the places of one, in the order of the file, each with its dispatch.
fn total(dispatches: &[Called], own: &[(u32, u32, &Present)], company: &mut Company) -> Total {
    let called = || own.iter().filter_map(|(_, place, _)| Some((*place, dispatches.get(*place as usize)?)));
    let is_dated = called().all(|(_, called)| called.date.is_some());
    let day = |(_, called): &(u32, &Called)| called.date.filter(|_| is_dated).and_then(PartialDate::latest);
    let first = called().min_by_key(day);
    // Of several, it is the last one, with the same date and without any.
    let last = called().max_by_key(day);
    let place = |called: Option<(u32, &Called)>| called.map_or(u32::MAX, |(place, _)| place);
    Total {
        dispatches: count(own.len()),
        first: place(first),
        last: place(last),
        by: own.iter().map(|(_, _, present)| u32::from(present.by)).sum(),
        about: own.iter().map(|(_, _, present)| u32::from(present.about)).sum(),
        with: company.of(own.first().map_or(u32::MAX, |(number, ..)| *number), called().map(|(_, called)| called)),
    }
}

/// Counts who is in the same dispatches as somebody.
struct Company<'a> {
    everybody: &'a Everybody,
    /// What each is called, by number.
    names: &'a [u32],
    /// By number; zero but for those in `met`.
    counts: Vec<u32>,
    met: Vec<u32>,
}

impl<'a> Company<'a> {
    fn new(everybody: &'a Everybody, names: &'a [u32]) -> Company<'a> {
        Company { everybody, names, counts: vec![0; names.len()], met: Vec::new() }
    }

    /// The names of those who are with `own` in several of `dispatches`, and in how many; the first by number and name.
    fn of<'b>(&mut self, own: u32, dispatches: impl Iterator<Item = &'b Called>) -> Vec<(u32, u32)> {
        for present in dispatches.flat_map(|called| called.present.iter().take(MOST_COMPANY)) {
            if let Some(count) = self.counts.get_mut(present.number as usize).filter(|_| present.number != own) {
                *count += 1;
                if *count == 1 {
                    self.met.push(present.number);
                }
            }
        }
        let mut several = Vec::new();
        for number in self.met.drain(..) {
            let count = self.counts.get_mut(number as usize).map(std::mem::take);
            let name = self.names.get(number as usize).copied();
            several.extend(name.zip(count.filter(|count| *count > 1)));
        }
        let text = |name: u32| self.everybody.names.get(name as usize);
        several.sort_unstable_by(|(one, few), (other, many)| many.cmp(few).then_with(|| text(*one).cmp(&text(*other))));
        several.truncate(MOST_OTHERS);
        several
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
