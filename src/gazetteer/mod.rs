//! Who is known: the records of actors files and the states of the world, found by name.
//!
//! A gazetteer is made once and shared; nothing in it changes. Making one from the text of files is pure, too: whoever
//! calls reads the files.

mod amend;
pub mod codes;
mod fold;
mod image;
mod index;
mod key;
mod lint;
mod merge;
mod prefixes;
mod problem;
pub mod read;
mod record;
mod sounds;
mod states;
mod store;

use std::io::{self, Read, Write};
use std::sync::OnceLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use amend::amend;
use index::Name;
use key::{Folded, Key, is_skipped};
pub use lint::{is_common_word, lint};
pub use merge::{Merged, merge};
pub use prefixes::Begun;
use prefixes::Prefixes;
pub use problem::{Code, Problem, locate};
use read::{Format, Place};
pub use record::{Alias, Record, Role, Sense};
use sounds::Sound;
use store::{Builder, Origin, Store, country_text};

/// A listed actor, by its number. Good only in the gazetteer that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub u32);

/// What sort of actor it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActorKind {
    Person,
    Organization,
    /// A place or a state that acts.
    Place,
}

impl ActorKind {
    pub fn name(self) -> &'static str {
        match self {
            ActorKind::Person => "person",
            ActorKind::Organization => "organization",
            ActorKind::Place => "place",
        }
    }
}

/// Listed actors, and the index of their names.
#[derive(Debug, Default)]
pub struct Gazetteer {
    store: Store,
    /// Made when the first name is to be completed.
    prefixes: OnceLock<Prefixes>,
    /// The numbers of names, sorted by the entries that have them; made when those of an entry are first asked for.
    by_entry: OnceLock<Vec<u32>>,
}

/// A listed name that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// How many of the words that were asked about it takes.
    pub words: usize,
    /// Whose name it is: in order of their ids, never empty; more than one for namesakes.
    pub entries: Vec<EntryId>,
    /// Whether it is their name, or what their people, or their capital, are called. Where it is one actor's name and
    /// another one's demonym, the name counts.
    pub sense: Sense,
    /// How the text's spelling becomes the listed one, for `--explain` and hovers.
    pub matched: &'static str,
}

/// What is known of a listed actor on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// `abbas-araghchi`
    pub id: &'a str,
    pub name: &'a str,
    pub kind: ActorKind,
    /// ISO 3166 code of two letters.
    pub country: Option<&'a str>,
    /// The title of the role held on that day.
    pub role: Option<&'a str>,
    /// The organisation in which it is held.
    pub org: Option<&'a str>,
    /// Whether it is one of the states of the world that every gazetteer has.
    pub is_state: bool,
}

/// All that is listed of an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details<'a> {
    /// Its names, sorted; its demonyms and capitals behind them.
    pub names: Vec<(Sense, &'a str)>,
    /// By the days on which they start.
    pub roles: Vec<Role>,
    /// Codes by scheme; `qid` and `note` are among them.
    pub codes: Vec<(&'a str, &'a str)>,
    /// The file, by its number among those that were given, and the line (from 1); `None` for what is built in.
    pub place: Option<(usize, u32)>,
}

/// An actors file that was read from somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorsFile<'a> {
    /// For messages that tell of another file.
    pub name: String,
    pub text: std::borrow::Cow<'a, str>,
    pub format: Format,
}

/// Namesakes that are told apart; of more, nobody can tell which is meant, either.
const MOST_NAMESAKES: usize = 256;
/// Listed names that are compared with one that only sounds alike.
const MOST_COMPARED: usize = 500;
/// Words of a text that a name may take.
const LONGEST_NAME: usize = 24;
/// Letters of an acronym up to which all of them must be capitals in a text (`US`, but `Nato`).
const STRICT_ACRONYM: usize = 3;

impl Gazetteer {
    /// The states of the world, which every gazetteer has.
    pub fn built_in() -> Gazetteer {
        Gazetteer::new(&[]).0
    }

    /// The states of the world, and what `files` list, in whatever order; and what is wrong with each file.
    pub fn new(files: &[&ActorsFile]) -> (Gazetteer, Vec<Vec<Problem>>) {
        let mut builder = Builder::default();
        for record in states::records() {
            builder.add(&record, Origin::default());
        }
        let mut problems = Vec::with_capacity(files.len());
        for (file, number) in files.iter().zip(1..) {
            let mut take =
                |record: Record, place: &Place| builder.add(&record, Origin { file: number, line: place.line });
            problems.push(read::read(&file.text, &file.format, &mut take));
        }
        (Gazetteer { store: builder.finish(), ..Gazetteer::default() }, problems)
    }

    /// The longest listed name that the first of `words` (as [`crate::text::words`] cuts them) begin with. A name in
    /// capitals and small letters is not found in small letters, nor `US` in `us`.
    pub fn longest<'a>(&self, words: impl Iterator<Item = &'a str>) -> Option<Listed> {
        let mut key = Key::new();
        let mut read = [""; LONGEST_NAME];
        let mut found = None;
        let mut before = None;
        for (at, word) in words.take(LONGEST_NAME).enumerate() {
            if let Some(place) = read.get_mut(at) {
                *place = word;
            }
            if at > 0 && is_skipped(before, word) {
                before = Some(word);
                continue;
            }
            before = Some(word);
            if !key.push(word) {
                break;
            }
            let Some(hit) = self.store.index.get(key.finish()) else { break };
            if let Some(name) = hit.name {
                let read = read.get(..=at).unwrap_or_default();
                found = self.listed(name, read).or(found);
            }
            if !hit.goes_on {
                break;
            }
        }
        found
    }

    /// Those of the names of one key, from `first` on, that the words of a text are.
    fn listed(&self, first: usize, words: &[&str]) -> Option<Listed> {
        let mut text = Folded::default();
        let mut word_ends = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            if at == 0 || !is_skipped(words.get(at - 1).copied(), word) {
                text.push(word);
                word_ends.push(text.text.len());
            }
        }
        let mut fitting: Vec<&Name> = self.of_key(first).collect();
        fitting.retain(|name| name.flags & Name::NOBODY == 0 && self.fits(name, &text.text, &word_ends, words));
        // A capital or a demonym that a file lists as a name of its state is still what it is.
        let senses: Vec<(u32, Sense)> = fitting.iter().map(|name| (name.entry, name.sense())).collect();
        fitting.retain(|name| {
            name.sense() != Sense::Name
                || !senses.iter().any(|(entry, sense)| *entry == name.entry && *sense != Sense::Name)
        });
        // What the files list goes before the states that are always there.
        let rank = |name: &Name| (name.sense(), name.flags & Name::BUILT_IN);
        let best = fitting.iter().map(|name| rank(name)).min()?;
        fitting.retain(|name| rank(name) == best);
        let spellings = fitting.iter().map(|name| self.store.name_text(name));
        let matched = spellings.map(|listed| how(listed, words)).min().map(|(_, how)| how)?;
        let mut entries: Vec<EntryId> = fitting.iter().map(|name| EntryId(name.entry)).collect();
        entries.dedup();
        Some(Listed { words: words.len(), entries, sense: best.0, matched })
    }

    /// The names of one key, from `first` on.
    fn of_key(&self, first: usize) -> impl Iterator<Item = &Name> {
        let mut is_over = false;
        let names = self.store.names.get(first..).unwrap_or_default().iter().take(MOST_NAMESAKES);
        names.take_while(move |name| !std::mem::replace(&mut is_over, name.flags & Name::MORE == 0))
    }

    /// Whether a file lists `words`, all of them, as what is not an actor, and none as one.
    pub fn is_nobody<'a>(&self, words: impl Iterator<Item = &'a str>) -> bool {
        if !self.store.has_nobodies {
            return false;
        }
        let words: Vec<&str> = words.take(LONGEST_NAME + 1).collect();
        let mut key = Key::new();
        let mut folded = Folded::default();
        for (at, word) in words.iter().enumerate() {
            if at == 0 || !is_skipped(words.get(at - 1).copied(), word) {
                key.push(word);
                folded.push(word);
            }
        }
        let Some(first) = self.store.index.get(key.finish()).and_then(|hit| hit.name) else { return false };
        let of_key = self.of_key(first).filter(|name| Folded::name(self.store.name_text(name)).text == folded.text);
        let nobodies: Vec<bool> = of_key.map(|name| name.flags & Name::NOBODY != 0).collect();
        !nobodies.is_empty() && nobodies.iter().all(|is_nobody| *is_nobody)
    }

    fn fits(&self, name: &Name, text: &str, word_ends: &[usize], words: &[&str]) -> bool {
        let listed = self.store.name_text(name);
        let folded = Folded::name(listed);
        let is_person = || self.store.rows.get(name.entry as usize).is_some_and(|row| row.kind() == ActorKind::Person);
        folded.text == text
            && word_ends.iter().all(|end| folded.ends.binary_search(end).is_ok())
            && case_fits(listed, words, folded.ends.len() > 1 && is_person())
    }

    /// The listed actor whose name only sounds like `name`, or has it as a part, and how; `None` where several do, and for
    /// names in other than Latin letters. Only for suggestions. States are never suggested.
    pub fn sounds_like(&self, name: &str) -> Option<(EntryId, &'static str)> {
        let mut best: Option<(u32, &'static str, u32)> = None;
        let mut is_one = true;
        self.each_alike(name, &mut |cost, reason, found| match best {
            Some((least, ..)) if least < cost => {}
            Some((least, _, entry)) if least == cost => is_one &= entry == found,
            _ => {
                best = Some((cost, reason, found));
                is_one = true;
            }
        });
        best.filter(|_| is_one).map(|(_, reason, entry)| (EntryId(entry), reason))
    }

    /// The listed actors whose names sound like `name`, the most alike first, at most `most`.
    pub fn alike(&self, name: &str, most: usize) -> Vec<EntryId> {
        let mut found: Vec<(u32, u32)> = Vec::new();
        self.each_alike(name, &mut |cost, _, entry| found.push((cost, entry)));
        found.sort_unstable();
        let mut entries: Vec<EntryId> = Vec::new();
        for (_, entry) in found {
            if entries.len() < most && !entries.contains(&EntryId(entry)) {
                entries.push(EntryId(entry));
            }
        }
        entries
    }

    fn each_alike(&self, name: &str, each: &mut dyn FnMut(u32, &'static str, u32)) {
        // `turkey` is nobody.
        let sound = Some(name).filter(|name| name.contains(char::is_uppercase));
        let Some(sound) = sound.and_then(|name| Sound::new(&Folded::name(name))) else { return };
        for key in sound.alike() {
            let start = self.store.sounds.partition_point(|(other, _)| *other < key);
            let bucket =
                self.store.sounds.get(start..).unwrap_or_default().iter().take_while(|(other, _)| *other == key);
            for (_, number) in bucket.take(MOST_COMPARED) {
                let Some(listed) = self.store.names.get(*number as usize) else { continue };
                let folded = Folded::name(self.store.name_text(listed));
                if let Some((cost, reason)) = Sound::new(&folded).and_then(|listed| sound.compare(&listed)) {
                    each(cost, reason, listed.entry);
                }
            }
        }
    }

    /// The listed names that begin with `typed`, in any spelling, from any of their words on; see [`Begun`]. The first time
    /// takes about a microsecond for each name: not for the owner.
    pub fn begun(&self, typed: &str, most: usize) -> Vec<Begun> {
        self.prefixes.get_or_init(|| Prefixes::new(&self.store)).find(&self.store, typed, most)
    }

    /// What is known of an actor on `day`, or at any time.
    pub fn entry(&self, id: EntryId, day: Option<Date>) -> Option<Entry<'_>> {
        let row = self.store.rows.get(id.0 as usize)?;
        let held = self.store.roles(id.0).iter().rev().find(|role| {
            day.is_none_or(|day| {
                store::day(role.from).is_none_or(|from| from <= day) && store::day(role.to).is_none_or(|to| day <= to)
            })
        });
        let text = |text| Some(self.store.text(text)).filter(|text| !text.is_empty());
        Some(Entry {
            id: self.store.text(row.id()),
            name: self.store.text(row.name()),
            kind: row.kind(),
            country: held.and_then(|role| country_text(&role.country)).or(country_text(&row.country)),
            role: held.and_then(|role| text(role.title)),
            org: held.and_then(|role| text(role.org)),
            is_state: row.is_state(),
        })
    }

    /// The actor with this id.
    pub fn with_id(&self, id: &str) -> Option<EntryId> {
        let at = self.store.rows.partition_point(|row| self.store.text(row.id()) < id);
        let row = self.store.rows.get(at)?;
        (self.store.text(row.id()) == id).then_some(EntryId(u32::try_from(at).ok()?))
    }

    /// The actors whose id begins with `start`, in order, as many as you take.
    pub fn ids_from<'a>(&'a self, start: &'a str) -> impl Iterator<Item = EntryId> + 'a {
        let at = self.store.rows.partition_point(|row| self.store.text(row.id()) < start);
        let rest = self.store.rows.get(at..).unwrap_or_default();
        let rest = rest.iter().take_while(move |row| self.store.text(row.id()).starts_with(start));
        rest.zip(at..).filter_map(|(_, number)| Some(EntryId(u32::try_from(number).ok()?)))
    }

    /// Where an actor is listed: its file, by its number among those that were given, and the line (from 1); `None` for
    /// what is built in.
    pub fn place(&self, id: EntryId) -> Option<(usize, u32)> {
        let row = self.store.rows.get(id.0 as usize)?;
        usize::from(row.file).checked_sub(1).map(|file| (file, row.line))
    }

    /// The id under which an actor is listed.
    pub fn id(&self, entry: EntryId) -> Option<&str> {
        Some(self.store.text(self.store.rows.get(entry.0 as usize)?.id()))
    }

    /// Makes beforehand what is otherwise made at the first question, in about a microsecond for each name.
    pub fn prepare(&self) {
        let _ = self.begun("aa", 1);
        let _ = self.names_of(EntryId(0)).next();
    }

    fn names_of(&self, id: EntryId) -> impl Iterator<Item = &Name> {
        let names = &self.store.names;
        let order = self.by_entry.get_or_init(|| {
            let mut order: Vec<(u32, u32)> = names.iter().map(|name| name.entry).zip(0..).collect();
            order.sort_unstable();
            order.into_iter().map(|(_, number)| number).collect()
        });
        let name = |number: &u32| names.get(*number as usize);
        let start = order.partition_point(|number| name(number).is_some_and(|name| name.entry < id.0));
        let rest = order.get(start..).unwrap_or_default().iter();
        rest.filter_map(move |number| names.get(*number as usize)).take_while(move |name| name.entry == id.0)
    }

    /// All that is listed of an actor.
    pub fn details(&self, id: EntryId) -> Option<Details<'_>> {
        self.store.rows.get(id.0 as usize)?;
        let text = |text| Some(self.store.text(text)).filter(|text| !text.is_empty()).map(str::to_owned);
        let own = self.names_of(id);
        let mut names: Vec<(Sense, &str)> = own.map(|name| (name.sense(), self.store.name_text(name))).collect();
        names.sort_unstable();
        names.dedup();
        let role = |role: &store::RoleRow| Role {
            title: text(role.title),
            org: text(role.org),
            country: country_text(&role.country).map(str::to_owned),
            code: text(role.code),
            from: store::day(role.from),
            to: store::day(role.to),
        };
        let extras = self.store.extras(id.0).iter();
        Some(Details {
            names,
            roles: self.store.roles(id.0).iter().map(role).collect(),
            codes: extras.map(|extra| (self.store.text(extra.key), self.store.text(extra.value))).collect(),
            place: self.place(id),
        })
    }

    /// Writes it, for a cache, with a `note` on what it was made from.
    pub fn write(&self, note: &[u8], out: &mut dyn Write) -> io::Result<()> {
        image::write(&self.store, note, out)
    }

    /// Reads one that was written, all `size` bytes of it; `is_right` judges its note first. `None` where it is damaged, of
    /// another version, or not right.
    pub fn read(from: &mut dyn Read, size: u64, is_right: impl FnOnce(&[u8]) -> bool) -> Option<Gazetteer> {
        image::read(from, size, is_right).map(|store| Gazetteer { store, ..Gazetteer::default() })
    }

    /// How many actors are listed.
    pub fn len(&self) -> usize {
        self.store.rows.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.store.rows.is_empty()
    }

    /// How many names they have.
    pub fn names(&self) -> usize {
        self.store.names.len()
    }

    /// Bytes in memory.
    pub fn size(&self) -> usize {
        self.store.size()
    }
}

/// Whether a text may write a listed name so. A single word with capitals needs one in the text, too, and a short acronym
/// nothing but capitals; longer names of persons (`loose`) are found in small letters as well.
fn case_fits(listed: &str, words: &[&str], loose: bool) -> bool {
    let upper = |text: &str| text.contains(char::is_uppercase);
    let lower = |text: &str| text.contains(char::is_lowercase);
    if loose || !upper(listed) {
        return true;
    }
    let letters = listed.chars().filter(|letter| letter.is_alphabetic()).count();
    if !lower(listed) && letters <= STRICT_ACRONYM && !listed.contains(' ') {
        return words.iter().all(|word| !lower(word));
    }
    words.iter().any(|word| upper(word))
}

/// How a text's spelling becomes the listed one; the closer, the smaller the number.
fn how(listed: &str, words: &[&str]) -> (u8, &'static str) {
    let closed = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let unmarked = |text: &str| {
        let mut plain = String::new();
        for letter in text.chars().filter(|letter| letter.is_alphanumeric()) {
            if letter.is_ascii() {
                plain.push(letter.to_ascii_lowercase());
            } else {
                fold::fold_wide(letter, &mut |folded| plain.push(folded));
            }
        }
        plain
    };
    // The commonest case.
    if let [word] = words
        && *word == listed
    {
        return (0, "as listed");
    }
    let text = words.join(" ");
    if listed.split_whitespace().collect::<String>() == words.concat() {
        (0, "as listed")
    } else if closed(listed) == closed(&text) {
        (1, "with another hyphen, space or apostrophe")
    } else if listed.to_lowercase() == text.to_lowercase()
        || closed(listed).to_lowercase() == closed(&text).to_lowercase()
    {
        (2, "in other capitals")
    } else if unmarked(listed) == unmarked(&text) {
        (3, "without its marks")
    } else {
        (4, "another spelling of the article or a given name")
    }
}

/// What the spellings of a name share (`al-Sudani`, `Al Sudani`); empty where nothing in it counts.
pub fn normal_form(name: &str) -> String {
    Folded::name(name).text
}

/// An id made from a name: its letters and digits in lower case, hyphens between (`abbas-araghchi`).
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    let mut gap = false;
    let mut push = |letter: char| {
        if letter.is_alphanumeric() {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.push(letter);
        } else {
            gap = true;
        }
    };
    for letter in name.chars() {
        match letter {
            '\'' | '’' | '.' | 'ʿ' | 'ʾ' => {}
            _ if letter.is_ascii() => push(letter.to_ascii_lowercase()),
            _ if letter.is_alphanumeric() => fold::fold_wide(letter, &mut push),
            _ => push(' '),
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    /// `words: entries (sense; matched)` of the longest name at the start of `text`.
    fn longest(gazetteer: &Gazetteer, text: &str) -> String {
        let words = words(text);
        let Some(listed) = gazetteer.longest(words.iter().map(|word| word.span.of(text))) else {
            return "-".to_owned();
        };
        let ids = listed.entries.iter().filter_map(|id| gazetteer.entry(*id, None)).map(|entry| entry.id);
        format!("{}: {} ({}; {})", listed.words, ids.collect::<Vec<_>>().join(" "), listed.sense.name(), listed.matched)
    }

    #[test]
    fn states_are_found_by_their_names_demonyms_and_capitals() {
        let gazetteer = Gazetteer::built_in();
        for (text, expected) in [
            ("Iran said", "1: iran (name; as listed)"),
            ("IRAN SAID", "1: iran (name; in other capitals)"),
            ("Iranians", "1: iran (demonym; as listed)"),
            ("Tehran’s envoy", "1: iran (capital; as listed)"),
            ("Islamic Republic of Iran", "4: iran (name; as listed)"),
            ("United Arab Emirates", "3: united-arab-emirates (name; as listed)"),
            ("UAE President", "1: united-arab-emirates (name; as listed)"),
            ("U.S. forces", "1: united-states (name; with another hyphen, space or apostrophe)"),
            ("Us and them", "-"),
            ("us", "-"),
            ("North Koreans", "2: north-korea (demonym; as listed)"),
            ("Congolese army", "1: democratic-republic-of-the-congo republic-of-the-congo (demonym; as listed)"),
            ("turkey", "-"),
            ("Türkiye", "1: turkey (name; as listed)"),
            ("Turkiye", "1: turkey (name; without its marks)"),
            ("Cote d’Ivoire", "2: ivory-coast (name; with another hyphen, space or apostrophe)"),
            ("Bosnia Herzegovina", "2: bosnia-and-herzegovina (name; with another hyphen, space or apostrophe)"),
            ("Washington, D.C. on", "3: united-states (capital; as listed)"),
            ("St. Lucia", "3: saint-lucia (name; as listed)"),
            ("People's Republic of China", "5: china (name; as listed)"),
            ("سوريا", "1: syria (name; as listed)"),
            ("Guinea-Bissau", "1: guinea-bissau (name; as listed)"),
            ("Guinea", "1: guinea (name; as listed)"),
            ("President", "-"),
        ] {
            assert_eq!(longest(&gazetteer, text), expected, "{text}");
        }
    }
}
