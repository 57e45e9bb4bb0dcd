//! Who is known: the records of actors files and the states of the world, found by name.
//!
//! A gazetteer is made once and shared; nothing in it changes. Making one from the text of files is pure, too: whoever
//! calls reads the files.

use jiff::civil::Date;

/// A listed actor, by its number. Good only in the gazetteer that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub u32);

/// What sort of actor it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
pub struct Gazetteer {}

/// A listed name that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// How many of the words that were asked about it takes.
    pub words: usize,
    /// Whose name it is: in order of their ids, never empty; more than one for namesakes.
    pub entries: Vec<EntryId>,
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
}

impl Gazetteer {
    /// The states of the world, which every gazetteer has.
    pub fn built_in() -> Gazetteer {
        Gazetteer {}
    }

    /// The longest listed name that the first of `words` (as [`crate::text::words`] cuts them) begin with.
    pub fn longest<'a>(&self, _words: impl Iterator<Item = &'a str>) -> Option<Listed> {
        None
    }

    /// What is known of an actor on `day`, or at any time.
    pub fn entry(&self, _id: EntryId, _day: Option<Date>) -> Option<Entry<'_>> {
        None
    }
}
