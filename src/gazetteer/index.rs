//! The index of names: a table of the keys of all names and of their beginnings, so that the longest name in a text is found
//! word by word, in time that does not depend on how many names there are.

use super::key::{Folded, Key};

/// A name in the table of names: where its text is, whose it is, what sort of name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Where its text starts, in bytes.
    pub start: u32,
    pub len: u16,
    pub flags: u16,
    /// Number of the entry.
    pub entry: u32,
}

impl Name {
    /// Another name of the same key follows.
    pub const MORE: u16 = 1 << 15;
}

/// The keys of names. Nothing in it is text: a hit is looked at once more by whoever has the text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Index {
    /// Open addressing, linear probing. 0 is empty; else the lower half of the key, above `GOES_ON` and the number of
    /// the first name of that key, counted from 1 (0: none).
    pub slots: Vec<u64>,
    /// A bit for each key by its upper bits: what is not set is in no slot.
    pub filter: Vec<u64>,
}

/// What the table says of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The first name of this key.
    pub name: Option<usize>,
    /// Whether a longer name begins so.
    pub goes_on: bool,
}

const GOES_ON: u64 = 1 << 31;
/// Slots for each key, in eighths: a table that is fuller makes long walks.
const EIGHTHS: usize = 10;

impl Index {
    /// Makes the table for `names`, the key of each with its number, and the `beginnings` of longer names. Names of one
    /// key are next to each other, and the first counts.
    pub fn new(names: &[(u64, u32)], mut beginnings: Vec<u64>) -> Index {
        beginnings.sort_unstable();
        beginnings.dedup();
        let mut keys: Vec<(u64, u64)> = names.iter().map(|(key, name)| (*key, u64::from(*name) + 1)).collect();
        keys.dedup_by_key(|(key, _)| *key);
        let count = keys.len() + beginnings.len();
        let mut index = Index {
            slots: vec![0; count * EIGHTHS / 8 + 1],
            filter: vec![0; (count / 8).next_power_of_two().min(1 << 17)],
        };
        let mut merged = keys.into_iter().peekable();
        for key in beginnings {
            while let Some((earlier, value)) = merged.next_if(|(other, _)| *other < key) {
                index.insert(earlier, value);
            }
            let value = merged.next_if(|(other, _)| *other == key).map_or(0, |(_, value)| value);
            index.insert(key, GOES_ON | value);
        }
        for (key, value) in merged {
            index.insert(key, value);
        }
        index
    }

    fn insert(&mut self, key: u64, value: u64) {
        let (word, bit) = self.filter_place(key);
        if let Some(word) = self.filter.get_mut(word) {
            *word |= bit;
        }
        let mut at = self.home(key);
        for _ in 0..self.slots.len() {
            match self.slots.get_mut(at) {
                Some(slot) if *slot == 0 => {
                    *slot = (key << 32) | value;
                    return;
                }
                Some(_) => at += 1,
                None => at = 0,
            }
        }
    }

    /// Gives the first name of each key its new number, and sees to it that there is room for `more` keys: a table that is
    /// full makes long walks. `None` where there is none.
    pub fn renumber(&mut self, number: impl Fn(u32) -> u32, more: usize) -> Option<()> {
        let mut taken = more;
        for slot in self.slots.iter_mut().filter(|slot| **slot != 0) {
            taken += 1;
            let name = (*slot & (GOES_ON - 1)) as u32;
            if let Some(name) = name.checked_sub(1) {
                *slot = (*slot & !(GOES_ON - 1)) | (u64::from(number(name)) + 1);
            }
        }
        (taken < self.slots.len() / 16 * 15).then_some(())
    }

    /// Adds a key with the number of its first name, or as the beginning of a longer name; there must be room for it.
    pub fn add(&mut self, key: u64, name: Option<u32>) {
        let value = name.map_or(GOES_ON, |name| u64::from(name) + 1);
        match self.place(key) {
            Some(at) => self.slots.get_mut(at).into_iter().for_each(|slot| *slot |= value),
            None => self.insert(key, value),
        }
    }

    /// What the table says of `key`; `None` where no name begins so.
    pub fn get(&self, key: u64) -> Option<Hit> {
        let slot = self.slots.get(self.place(key)?)?;
        let name = (slot & (GOES_ON - 1)).checked_sub(1).and_then(|name| usize::try_from(name).ok());
        Some(Hit { name, goes_on: slot & GOES_ON != 0 })
    }

    /// The slot of a key.
    fn place(&self, key: u64) -> Option<usize> {
        let (word, bit) = self.filter_place(key);
        if self.filter.get(word).is_none_or(|word| word & bit == 0) {
            return None;
        }
        let mut at = self.home(key);
        // A table from a cache may be full, and end nowhere.
        for _ in 0..self.slots.len() {
            match self.slots.get(at) {
                Some(0) => return None,
                Some(slot) if (slot >> 32) == (key & 0xFFFF_FFFF) => return Some(at),
                Some(_) => at += 1,
                None => at = 0,
            }
        }
        None
    }

    /// Where a key belongs in the table: its upper half, scaled.
    fn home(&self, key: u64) -> usize {
        (((key >> 32) * self.slots.len() as u64) >> 32) as usize
    }

    fn filter_place(&self, key: u64) -> (usize, u64) {
        let bits = (self.filter.len() as u64) << 6;
        let bit = (key >> 20) & bits.wrapping_sub(1);
        ((bit >> 6) as usize, 1 << (bit & 63))
    }
}

/// The key of a name; those of its beginnings go to `beginnings`. `None` where nothing in it counts.
pub fn keys(folded: &Folded, beginnings: &mut Vec<u64>) -> Option<u64> {
    let mut key = Key::new();
    let mut start = 0;
    for end in &folded.ends {
        if start > 0 {
            beginnings.push(key.finish());
        }
        key.push_part(folded.text.get(start..*end).unwrap_or_default());
        start = *end;
    }
    (start > 0).then(|| key.finish())
}
