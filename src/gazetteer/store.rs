//! Records in little space: one text, and tables of numbers into it. A million names take some 90 bytes each.

use foldhash::HashMap;

use jiff::civil::Date;

use super::index::{Index, Name, keys};
use super::key::Folded;
use super::record::{Record, Role, Sense};
use super::sounds::listed_keys;
use super::{ActorKind, slug, states};

/// A piece of the text: where it starts, and how long it is, in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Text {
    pub start: u32,
    pub len: u32,
}

/// A listed actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub id_start: u32,
    pub name_start: u32,
    pub id_len: u16,
    pub name_len: u16,
    /// The first of its roles; the last one is before those of the next row.
    pub roles: u32,
    /// ISO 3166 code of two letters; zeros where there is none.
    pub country: [u8; 2],
    pub kind: u8,
    /// 0: built in; else the number of its file, from 1.
    pub file: u16,
    /// Line in that file, from 1.
    pub line: u32,
}

/// A role in the table of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleRow {
    pub title: Text,
    pub org: Text,
    pub code: Text,
    pub country: [u8; 2],
    /// Days as `yyyymmdd`; 0 for none.
    pub from: i32,
    pub to: i32,
}

/// A code, the item in Wikidata or a note of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extra {
    pub entry: u32,
    pub key: Text,
    pub value: Text,
}

/// All that is known, sorted by id.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Store {
    pub text: String,
    pub rows: Vec<Row>,
    pub names: Vec<Name>,
    pub roles: Vec<RoleRow>,
    pub extras: Vec<Extra>,
    pub index: Index,
    /// Some names are listed as those of no actor.
    pub has_nobodies: bool,
    /// Names by how they sound: the key of each and its number, sorted.
    pub sounds: Vec<(u32, u32)>,
}

/// Where a record comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// 0: built in; else the number of its file, from 1.
    pub file: u16,
    /// Line in that file, from 1.
    pub line: u32,
}

/// Longest name, id or title that is kept, in bytes.
pub const LONGEST: usize = 1000;

const PERSON: u8 = 1;
const ORGANIZATION: u8 = 2;
const PLACE: u8 = 3;
const KIND: u8 = 3;
/// One of the states that every gazetteer has.
const STATE: u8 = 4;

impl Row {
    pub fn id(&self) -> Text {
        Text { start: self.id_start, len: self.id_len.into() }
    }

    pub fn name(&self) -> Text {
        Text { start: self.name_start, len: self.name_len.into() }
    }

    pub fn kind(&self) -> ActorKind {
        match self.kind & KIND {
            ORGANIZATION => ActorKind::Organization,
            PLACE => ActorKind::Place,
            _ => ActorKind::Person,
        }
    }

    pub fn is_state(&self) -> bool {
        self.kind & STATE != 0
    }
}

impl Name {
    const DEMONYM: u16 = 1;
    const CAPITAL: u16 = 2;
    const SENSE: u16 = 3;
    /// No actors file lists it.
    pub const BUILT_IN: u16 = 4;
    /// What has it is not an actor.
    pub const NOBODY: u16 = 8;

    /// Whether it is a name that a file lists for an actor.
    pub fn is_listed(&self) -> bool {
        self.flags & (Name::SENSE | Name::BUILT_IN | Name::NOBODY) == 0
    }

    /// Its flags, but for what stands behind it.
    pub fn kept(&self) -> u16 {
        self.flags & !Name::MORE
    }

    pub fn sense(&self) -> Sense {
        match self.flags & Name::SENSE {
            Name::DEMONYM => Sense::Demonym,
            Name::CAPITAL => Sense::Capital,
            _ => Sense::Name,
        }
    }
}

impl Store {
    pub fn text(&self, text: Text) -> &str {
        let start = text.start as usize;
        self.text.get(start..start + text.len as usize).unwrap_or_default()
    }

    pub fn name_text(&self, name: &Name) -> &str {
        self.text(Text { start: name.start, len: name.len.into() })
    }

    pub fn roles(&self, entry: u32) -> &[RoleRow] {
        let Some(row) = self.rows.get(entry as usize) else { return &[] };
        let end = self.rows.get(entry as usize + 1).map_or(self.roles.len(), |next| next.roles as usize);
        self.roles.get(row.roles as usize..end).unwrap_or_default()
    }

    pub fn extras(&self, entry: u32) -> &[Extra] {
        let start = self.extras.partition_point(|extra| extra.entry < entry);
        let rest = self.extras.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|extra| extra.entry == entry)).unwrap_or_default()
    }

    /// Bytes in memory.
    pub fn size(&self) -> usize {
        use std::mem::size_of;
        self.text.capacity()
            + self.rows.capacity() * size_of::<Row>()
            + self.names.capacity() * size_of::<Name>()
            + self.roles.capacity() * size_of::<RoleRow>()
            + self.extras.capacity() * size_of::<Extra>()
            + (self.index.slots.capacity() + self.index.filter.capacity() + self.sounds.capacity()) * size_of::<u64>()
    }
}

/// Collects records.
#[derive(Debug, Default)]
pub struct Builder {
    text: String,
    /// What is said more than once: titles, organisations, codes.
    common: HashMap<String, Text>,
    rows: Vec<Row>,
    names: Vec<Name>,
    /// With the number of the row.
    roles: Vec<(u32, RoleRow)>,
    extras: Vec<Extra>,
}

impl Builder {
    /// Takes a record in. One without any name is left out, and so are names of more than [`LONGEST`] bytes.
    pub fn add(&mut self, record: &Record, origin: Origin) {
        if record.name.is_empty() || record.name.len() > LONGEST {
            return;
        }
        let Ok(entry) = u32::try_from(self.rows.len()) else { return };
        // Places in the text are numbers of 32 bits.
        if self.text.len() > (u32::MAX as usize) - 64 * LONGEST {
            return;
        }
        // A state by another name, in a file without ids, is still the one that is built in.
        let is_place = record.id.is_empty() && record.kind == Some(ActorKind::Place);
        let state = if is_place { states::named(&record.name) } else { None };
        let id = match (state, record.id.as_str()) {
            (Some(state), _) => self.put(&state.id),
            (None, "") => self.put(&slug(&record.name)),
            (None, id) => self.put(id),
        };
        let mut name = self.put(&record.name);
        let from = if origin.file == 0 { Name::BUILT_IN } else { 0 };
        let from = if record.is_nobody { Name::NOBODY } else { from };
        self.name(name, Sense::Name, from, entry);
        if let Some(state) = state {
            name = self.common(&state.name);
        }
        for alias in &record.aliases {
            if alias.text != record.name && !alias.text.is_empty() && alias.text.len() <= LONGEST {
                let text = self.put(&alias.text);
                self.name(text, alias.sense, from, entry);
            }
        }
        for role in &record.roles {
            let row = self.role(role);
            self.roles.push((entry, row));
        }
        let codes = record.codes.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let others = [("qid", &record.qid), ("note", &record.note)];
        let others = others.into_iter().filter_map(|(key, value)| Some((key, value.as_deref()?)));
        for (key, value) in codes.chain(others) {
            let (key, value) = (self.common(key), self.common(value));
            self.extras.push(Extra { entry, key, value });
        }
        let state = if origin.file == 0 { STATE } else { 0 };
        let kind = state
            | match record.kind {
                Some(ActorKind::Organization) => ORGANIZATION,
                Some(ActorKind::Place) => PLACE,
                Some(ActorKind::Person) => PERSON,
                None => 0,
            };
        let country = letters(record.country.as_deref());
        self.rows.push(Row {
            id_start: id.start,
            name_start: name.start,
            id_len: id.len as u16,
            name_len: name.len as u16,
            roles: 0,
            country,
            kind,
            file: origin.file,
            line: origin.line,
        });
    }

    fn put(&mut self, text: &str) -> Text {
        let text = if text.len() > LONGEST { "" } else { text };
        let start = self.text.len() as u32;
        self.text.push_str(text);
        Text { start, len: text.len() as u32 }
    }

    fn common(&mut self, text: &str) -> Text {
        if let Some(known) = self.common.get(text) {
            return *known;
        }
        let put = self.put(text);
        self.common.insert(text.to_owned(), put);
        put
    }

    fn name(&mut self, text: Text, sense: Sense, built_in: u16, entry: u32) {
        let flags = match sense {
            Sense::Name => 0,
            Sense::Demonym => Name::DEMONYM,
            Sense::Capital => Name::CAPITAL,
        };
        self.names.push(Name { start: text.start, len: text.len as u16, flags: flags | built_in, entry });
    }

    fn role(&mut self, role: &Role) -> RoleRow {
        let mut common = |text: &Option<String>| text.as_deref().map(|text| self.common(text)).unwrap_or_default();
        let (title, org, code) = (common(&role.title), common(&role.org), common(&role.code));
        let country = letters(role.country.as_deref());
        RoleRow { title, org, code, country, from: number(role.from), to: number(role.to) }
    }

    /// Sorts everything and makes the index. What was taken in, and not in which order, decides what comes out.
    pub fn finish(mut self) -> Store {
        let renumbered = self.sort_rows();
        self.sort_roles(&renumbered);
        self.sort_extras(&renumbered);
        let (index, sounds) = self.sort_names(&renumbered);
        let mut store = Store {
            has_nobodies: self.names.iter().any(|name| name.flags & Name::NOBODY != 0),
            text: self.text,
            rows: self.rows,
            names: self.names,
            roles: self.roles.into_iter().map(|(_, role)| role).collect(),
            extras: self.extras,
            index,
            sounds,
        };
        store.text.shrink_to_fit();
        store.rows.shrink_to_fit();
        store.names.shrink_to_fit();
        store.roles.shrink_to_fit();
        store.extras.shrink_to_fit();
        store.sounds.shrink_to_fit();
        store
    }

    /// Rows by id, those of one id made one; the new number of each.
    fn sort_rows(&mut self) -> Vec<u32> {
        let text = |text: Text| {
            let start = text.start as usize;
            self.text.get(start..start + text.len as usize).unwrap_or_default()
        };
        // The first bytes of an id decide most comparisons, without a look at the text.
        let first =
            |id: &str| id.bytes().chain(std::iter::repeat(0)).take(8).fold(0, |key, byte| key << 8 | u64::from(byte));
        let mut order: Vec<(u64, u32)> =
            self.rows.iter().zip(0..).map(|(row, number)| (first(text(row.id())), number)).collect();
        let row = |number: u32| self.rows.get(number as usize);
        order.sort_by(|(first_a, a), (first_b, b)| {
            first_a.cmp(first_b).then_with(|| match (row(*a), row(*b)) {
                (Some(a), Some(b)) => text(a.id()).cmp(text(b.id())).then_with(|| told(a, text).cmp(&told(b, text))),
                _ => std::cmp::Ordering::Equal,
            })
        });
        let mut renumbered = vec![0; self.rows.len()];
        let mut sorted: Vec<Row> = Vec::with_capacity(self.rows.len());
        for (_, number) in order {
            let Some(next) = row(number) else { continue };
            match sorted.last_mut() {
                Some(last) if text(last.id()) == text(next.id()) => complete(last, next),
                _ => sorted.push(*next),
            }
            if let Some(new) = renumbered.get_mut(number as usize) {
                *new = sorted.len() as u32 - 1;
            }
        }
        self.rows = sorted;
        renumbered
    }

    fn sort_roles(&mut self, renumbered: &[u32]) {
        for (entry, _) in &mut self.roles {
            *entry = renumbered.get(*entry as usize).copied().unwrap_or_default();
        }
        let Builder { roles, text, .. } = self;
        let part = |piece: Text| text.get(piece.start as usize..(piece.start + piece.len) as usize).unwrap_or_default();
        let rank =
            |role: &RoleRow| (role.from, role.to, part(role.title), part(role.org), part(role.code), role.country);
        roles.sort_by(|(entry_a, a), (entry_b, b)| entry_a.cmp(entry_b).then_with(|| rank(a).cmp(&rank(b))));
        roles.dedup();
        let mut at = 0;
        for (row, number) in self.rows.iter_mut().zip(0..) {
            at += self.roles.get(at..).unwrap_or_default().iter().take_while(|(entry, _)| *entry < number).count();
            row.roles = at as u32;
        }
    }

    fn sort_extras(&mut self, renumbered: &[u32]) {
        for extra in &mut self.extras {
            extra.entry = renumbered.get(extra.entry as usize).copied().unwrap_or_default();
        }
        let Builder { extras, text, .. } = self;
        let part = |piece: Text| text.get(piece.start as usize..(piece.start + piece.len) as usize).unwrap_or_default();
        extras.sort_by(|a, b| (a.entry, part(a.key), part(a.value)).cmp(&(b.entry, part(b.key), part(b.value))));
        extras.dedup_by(|a, b| a.entry == b.entry && part(a.key) == part(b.key) && part(a.value) == part(b.value));
    }

    /// Names by key and entry, each spelling of an entry once; the index of them.
    fn sort_names(&mut self, renumbered: &[u32]) -> (Index, Vec<(u32, u32)>) {
        let mut beginnings = Vec::new();
        let mut sounds = Vec::new();
        let mut keyed = Vec::with_capacity(self.names.len());
        for name in &self.names {
            let start = name.start as usize;
            let text = self.text.get(start..start + usize::from(name.len)).unwrap_or_default();
            let folded = Folded::name(text);
            if let Some(key) = keys(&folded, &mut beginnings) {
                let entry = renumbered.get(name.entry as usize).copied().unwrap_or_default();
                let at = keyed.len() as u32;
                keyed.push((key, Name { entry, ..*name }, at));
                if name.is_listed() {
                    listed_keys(&folded, &mut |key| sounds.push((key, at)));
                }
            }
        }
        let taken = keyed.len();
        let text = |name: &Name| self.text.get(name.start as usize..name.start as usize + usize::from(name.len));
        keyed.sort_unstable_by(|(key_a, a, _), (key_b, b, _)| {
            (key_a, a.entry, a.flags).cmp(&(key_b, b.entry, b.flags)).then_with(|| text(a).cmp(&text(b)))
        });
        keyed.dedup_by(|(key_a, a, _), (key_b, b, _)| {
            key_a == key_b && a.entry == b.entry && a.flags & Name::SENSE == b.flags & Name::SENSE && text(a) == text(b)
        });
        let numbered: Vec<(u64, u32)> = keyed.iter().zip(0..).map(|((key, ..), number)| (*key, number)).collect();
        let mut places = vec![u32::MAX; taken];
        for ((.., at), number) in keyed.iter().zip(0..) {
            if let Some(place) = places.get_mut(*at as usize) {
                *place = number;
            }
        }
        for (_, at) in &mut sounds {
            *at = places.get(*at as usize).copied().unwrap_or(u32::MAX);
        }
        sounds.retain(|(_, number)| *number != u32::MAX);
        sounds.sort_unstable();
        let mut names: Vec<Name> = keyed.iter().map(|(_, name, _)| *name).collect();
        for (name, two) in names.iter_mut().zip(keyed.windows(2)) {
            if let [(key, ..), (next, ..)] = two
                && key == next
            {
                name.flags |= Name::MORE;
            }
        }
        self.names = names;
        (Index::new(&numbered, beginnings), sounds)
    }
}

/// What decides which of two rows of one id counts, where both say something: what comes first in this order.
pub fn told<'a>(row: &Row, text: impl Fn(Text) -> &'a str) -> (bool, &'a str, [u8; 2], u8, u16, u32) {
    (row.file == 0, text(row.name()), row.country, row.kind, row.file, row.line)
}

pub fn complete(row: &mut Row, other: &Row) {
    if row.kind & KIND == 0 {
        row.kind |= other.kind & KIND;
    }
    row.kind |= other.kind & STATE;
    if row.country == [0; 2] {
        row.country = other.country;
    }
}

fn letters(code: Option<&str>) -> [u8; 2] {
    match code.map(str::as_bytes) {
        Some([first, second]) => [*first, *second],
        _ => [0; 2],
    }
}

/// A country code as text.
pub fn country_text(letters: &[u8; 2]) -> Option<&str> {
    std::str::from_utf8(letters).ok().filter(|code| *code != "\0\0")
}

fn number(day: Option<Date>) -> i32 {
    day.map_or(0, |day| i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day()))
}

/// The day that a number stands for.
pub fn day(number: i32) -> Option<Date> {
    let year = i16::try_from(number.div_euclid(10_000)).ok()?;
    let (month, day) = (number.rem_euclid(10_000) / 100, number.rem_euclid(100));
    if number == 0 { None } else { Date::new(year, month as i8, day as i8).ok() }
}
