//! Listed names by how any of their words begins, in any spelling: for who writes a name and wants the rest of it.

use super::index::Name;
use super::key::Folded;
use super::record::Sense;
use super::store::Store;

/// Words of a name by which it is found.
const WORDS: usize = 4;
/// Names that are looked at for one beginning, and of those that fit, such that are ranked.
const MOST_SEEN: usize = 20_000;
const MOST_RANKED: usize = 2_000;
/// Shortest beginning, in bytes of its normal form.
const SHORTEST: usize = 2;

/// The first bytes of the normal form of each name from each of its words on, sorted; and the name.
#[derive(Debug, Default)]
pub struct Prefixes {
    keys: Vec<u64>,
    names: Vec<u32>,
}

/// A listed name that begins as somebody writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Number of the entry.
    pub entry: u32,
    /// What is still to be written, in its normal form.
    pub rest: String,
    /// The whole name begins so, and not only a later word.
    pub is_start: bool,
    /// No actors file lists it.
    pub is_built_in: bool,
    /// Bytes of the name in its normal form.
    len: usize,
}

impl Prefixes {
    pub fn new(store: &Store) -> Prefixes {
        let mut all: Vec<(u64, u32)> = Vec::with_capacity(store.names.len() * 2);
        for (name, number) in store.names.iter().zip(0..) {
            if name.sense() == Sense::Name && name.flags & Name::NOBODY == 0 {
                let folded = Folded::name(store.name_text(name));
                all.extend(starts(&folded).filter_map(|start| Some((key(folded.text.get(start..)?), number))));
            }
        }
        all.sort_unstable();
        all.dedup();
        Prefixes { keys: all.iter().map(|(key, _)| *key).collect(), names: all.iter().map(|(_, name)| *name).collect() }
    }

    /// The names of which a word, and what follows it, begins with `typed`: whole names first, then those that files list,
    /// then short ones; each entry once, at most `most`.
    pub fn find(&self, store: &Store, typed: &str, most: usize) -> Vec<Begun> {
        let typed = Folded::name(typed).text;
        if typed.len() < SHORTEST {
            return Vec::new();
        }
        let low = key(&typed);
        let high = if typed.len() >= 8 { low } else { low | (u64::MAX >> (8 * typed.len())) };
        let from = self.keys.partition_point(|key| *key < low);
        let keys = self.keys.get(from..).unwrap_or_default().iter().take_while(|key| **key <= high);
        let names = keys.zip(self.names.get(from..).unwrap_or_default()).map(|(_, name)| name);
        let begun = names.take(MOST_SEEN).filter_map(|number| begun(store, *number, &typed));
        let mut found: Vec<Begun> = begun.take(MOST_RANKED).collect();
        found.sort_by_key(|begun| (begun.is_built_in, !begun.is_start, begun.len, begun.entry));
        let mut seen = std::collections::HashSet::new();
        found.retain(|begun| seen.insert(begun.entry));
        found.truncate(most);
        found
    }
}

fn begun(store: &Store, number: u32, typed: &str) -> Option<Begun> {
    let name = store.names.get(number as usize)?;
    let folded = Folded::name(store.name_text(name));
    let start = starts(&folded).find(|start| folded.text.get(*start..).is_some_and(|rest| rest.starts_with(typed)))?;
    Some(Begun {
        entry: name.entry,
        rest: folded.text.get(start + typed.len()..)?.to_owned(),
        is_start: start == 0,
        is_built_in: name.flags & Name::BUILT_IN != 0,
        len: folded.text.len(),
    })
}

/// Where the words of a name start in its normal form.
fn starts(folded: &Folded) -> impl Iterator<Item = usize> {
    let last = folded.ends.len().saturating_sub(1);
    std::iter::once(0).chain(folded.ends.iter().copied().take(last)).take(WORDS)
}

/// The first eight bytes.
fn key(text: &str) -> u64 {
    text.bytes().chain(std::iter::repeat(0)).take(8).fold(0, |key, byte| key << 8 | u64::from(byte))
}
