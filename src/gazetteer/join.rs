//! What a few records add to very many: a small actors file beside a large one is changed again and again, and the large one
//! need not be read anew each time. Tables are walked through instead, which takes some milliseconds for a million names.

use super::index::{Name, keys};
use super::key::Folded;
use super::sounds::listed_keys;
use super::store::{Extra, RoleRow, Row, Store, Text, complete, told};

/// A name for the table of names: the place there, the end of the names of its key, and how it sounds.
struct Newcomer {
    place: usize,
    end: usize,
    name: Name,
    sounds: Vec<u32>,
}

impl Store {
    /// This store and what `few` has, as if all of it had been taken in at once (but where three lines of one id contradict
    /// each other); `None` where there is no room for it.
    pub fn with(mut self, few: &Store) -> Option<Store> {
        let shift = u32::try_from(self.text.len()).ok()?;
        u32::try_from(self.text.len() + few.text.len()).ok()?;
        self.text.push_str(&few.text);
        let numbers = self.take_rows(few, shift);
        self.take_extras(few, shift, &numbers);
        self.take_names(few, shift, &numbers)?;
        self.has_nobodies |= few.has_nobodies;
        Some(self)
    }

    /// Takes rows and roles; the number that each row of `few` has now.
    fn take_rows(&mut self, few: &Store, shift: u32) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(few.rows.len());
        let mut rows: Vec<(usize, Row)> = Vec::new();
        let mut roles: Vec<(usize, RoleRow)> = Vec::new();
        let mut owners: Vec<u32> = Vec::new();
        for (row, number) in few.rows.iter().zip(0..) {
            let mut new = row.shifted(shift);
            let place = self.rows.partition_point(|row| self.text(row.id()) < self.text(new.id()));
            let owner = (place + rows.len()) as u32;
            numbers.push(owner);
            let next = self.rows.get(place).copied();
            let start = next.map_or(self.roles.len(), |next| next.roles as usize);
            let same = next.filter(|next| self.text(next.id()) == self.text(new.id()));
            let held = same.map(|_| self.roles(place as u32)).unwrap_or_default();
            for role in few.roles(number).iter().map(|role| role.shifted(shift)) {
                let at = held.partition_point(|held| self.rank(held) < self.rank(&role));
                if held.get(at).is_none_or(|held| self.rank(held) != self.rank(&role)) {
                    roles.push((start + at, role));
                    owners.push(owner);
                }
            }
            new.roles = start as u32;
            let Some(mut there) = same else {
                rows.push((place, new));
                continue;
            };
            let text = |piece| self.text(piece);
            if told(&new, text) < told(&there, text) {
                std::mem::swap(&mut there, &mut new);
            }
            complete(&mut there, &new);
            if let Some(row) = self.rows.get_mut(place) {
                *row = there;
            }
        }
        let places: Vec<usize> = rows.iter().map(|(place, _)| *place).collect();
        insert(&mut self.rows, rows);
        for (row, number) in self.rows.iter_mut().zip(0..) {
            row.roles += owners.partition_point(|owner| *owner < number) as u32;
        }
        insert(&mut self.roles, roles);
        let of_names = self.names.iter_mut().map(|name| &mut name.entry);
        for entry in of_names.chain(self.extras.iter_mut().map(|extra| &mut extra.entry)) {
            *entry = moved(*entry, &places);
        }
        numbers
    }

    fn take_extras(&mut self, few: &Store, shift: u32, numbers: &[u32]) {
        let rank = |extra: &Extra| (extra.entry, self.text(extra.key), self.text(extra.value));
        let mut extras = Vec::new();
        for extra in &few.extras {
            let entry = numbers.get(extra.entry as usize).copied().unwrap_or_default();
            let extra = Extra { entry, key: extra.key.shifted(shift), value: extra.value.shifted(shift) };
            let place = self.extras.partition_point(|there| rank(there) < rank(&extra));
            if self.extras.get(place).is_none_or(|there| rank(there) != rank(&extra)) {
                extras.push((place, extra));
            }
        }
        insert(&mut self.extras, extras);
    }

    /// Takes names: beside those of their keys, else behind all. `None` where the index has no room for them.
    fn take_names(&mut self, few: &Store, shift: u32, numbers: &[u32]) -> Option<()> {
        let (mut beginnings, mut sounds) = (Vec::new(), Vec::new());
        let (mut within, mut behind) = (Vec::new(), Vec::new());
        let mut first_of: Vec<(u64, usize)> = Vec::new();
        for name in &few.names {
            let folded = Folded::name(few.name_text(name));
            let Some(key) = keys(&folded, &mut beginnings) else { continue };
            let entry = numbers.get(name.entry as usize).copied().unwrap_or_default();
            let name = Name { start: name.start + shift, len: name.len, flags: name.flags & !Name::MORE, entry };
            let mut new = Newcomer { place: 0, end: 0, name, sounds: Vec::new() };
            if name.is_listed() {
                listed_keys(&folded, &mut |key| new.sounds.push(key));
            }
            let Some(first) = self.index.get(key).and_then(|hit| hit.name) else {
                if first_of.last().is_none_or(|(last, _)| *last != key) {
                    first_of.push((key, behind.len()));
                }
                behind.push(new);
                continue;
            };
            let rest = self.names.get(first..).unwrap_or_default();
            let count = rest.iter().take_while(|name| name.flags & Name::MORE != 0).count() + 1;
            let held = rest.get(..count).unwrap_or_default();
            let text = self.name_text(&name);
            let is_same =
                |there: &Name| there.entry == entry && there.sense() == name.sense() && self.name_text(there) == text;
            if let Some(at) = held.iter().position(is_same) {
                // As where all are sorted, the one that says more stays.
                if let Some(there) = self.names.get_mut(first + at).filter(|there| there.kept() > name.flags) {
                    there.flags = name.flags | (there.flags & Name::MORE);
                    sounds.extend(new.sounds.into_iter().map(|key| (key, (first + at) as u32)));
                }
                continue;
            }
            let rank = |name: &Name| (name.entry, name.kept());
            let at = held
                .partition_point(|there| (rank(there), self.name_text(there)) < (rank(&name), self.name_text(&name)));
            within.push(Newcomer { place: first + at, end: first + count, ..new });
        }
        let added = within.len() + behind.len() + beginnings.len();
        within.sort_by_key(|new| (new.place, new.end));
        self.mark_more(&mut within, &mut behind, &first_of);
        let shifts: Vec<(usize, usize)> = within.iter().map(|new| (new.place, new.end)).collect();
        let places: Vec<usize> = within.iter().map(|new| new.place).collect();
        // What is put in front of the first name of a key is the first one now; what is put behind those of the key before it
        // moves it on.
        let first_now = |first: u32| {
            let at = (first as usize, first as usize);
            first + shifts.partition_point(|shift| *shift <= at) as u32
        };
        self.index.renumber(first_now, added)?;
        for (_, number) in self.sounds.iter_mut().chain(&mut sounds) {
            *number = moved(*number, &places);
        }
        let first_behind = self.names.len() + within.len();
        let new_numbers = within.iter().enumerate().map(|(at, new)| (new.place + at, new));
        let new_numbers = new_numbers.chain(behind.iter().enumerate().map(|(at, new)| (first_behind + at, new)));
        for (number, new) in new_numbers {
            sounds.extend(new.sounds.iter().map(|key| (*key, number as u32)));
        }
        for (key, at) in first_of {
            self.index.add(key, Some((first_behind + at) as u32));
        }
        for key in beginnings {
            self.index.add(key, None);
        }
        insert(&mut self.names, within.into_iter().map(|new| (new.place, new.name)).collect());
        self.names.extend(behind.into_iter().map(|new| new.name));
        sounds.sort_unstable();
        let place = |sound: &(u32, u32)| self.sounds.partition_point(|there| there < sound);
        let sounds = sounds.into_iter().map(|sound| (place(&sound), sound)).collect();
        insert(&mut self.sounds, sounds);
        Some(())
    }

    /// Which names have another one of their key behind them.
    fn mark_more(&mut self, within: &mut [Newcomer], behind: &mut [Newcomer], first_of: &[(u64, usize)]) {
        let ends: Vec<usize> = within.iter().map(|new| new.end).collect();
        for (at, new) in within.iter_mut().enumerate() {
            if new.place < new.end || ends.get(at + 1) == Some(&new.end) {
                new.name.flags |= Name::MORE;
            }
            if let Some(last) = self.names.get_mut(new.end - 1).filter(|_| new.place == new.end) {
                last.flags |= Name::MORE;
            }
        }
        for (at, new) in behind.iter_mut().enumerate() {
            let is_last = first_of.binary_search_by_key(&(at + 1), |(_, first)| *first).is_ok();
            new.name.flags |= if is_last { 0 } else { Name::MORE };
        }
        if let Some(last) = behind.last_mut() {
            last.name.flags &= !Name::MORE;
        }
    }

    /// The order of the roles of a row.
    fn rank<'a>(&'a self, role: &RoleRow) -> (i32, i32, &'a str, &'a str, &'a str, [u8; 2]) {
        let (title, org, code) = (self.text(role.title), self.text(role.org), self.text(role.code));
        (role.from, role.to, title, org, code, role.country)
    }
}

/// The number that what had `number` has when more was put at `places`, which are sorted.
fn moved(number: u32, places: &[usize]) -> u32 {
    number + places.partition_point(|place| *place <= number as usize) as u32
}

/// Puts each of `few`, sorted by place, in front of what is at its place.
fn insert<T: Copy>(many: &mut Vec<T>, few: Vec<(usize, T)>) {
    let mut rest = many.len();
    many.reserve_exact(few.len());
    many.extend(few.iter().map(|(_, one)| *one));
    let mut end = many.len();
    for (place, one) in few.into_iter().rev() {
        // A table from a cache may have places that are nowhere.
        let place = place.min(rest);
        let moves = rest - place;
        many.copy_within(place..rest, end - moves);
        end -= moves + 1;
        rest = place;
        if let Some(free) = many.get_mut(end) {
            *free = one;
        }
    }
}

impl Text {
    fn shifted(self, shift: u32) -> Text {
        Text { start: self.start + shift, ..self }
    }
}

impl Row {
    fn shifted(&self, shift: u32) -> Row {
        Row { id_start: self.id_start + shift, name_start: self.name_start + shift, ..*self }
    }
}

impl RoleRow {
    fn shifted(&self, shift: u32) -> RoleRow {
        let (title, org, code) = (self.title.shifted(shift), self.org.shifted(shift), self.code.shifted(shift));
        RoleRow { title, org, code, ..*self }
    }
}
