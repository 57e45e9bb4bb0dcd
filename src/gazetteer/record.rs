//! What an actors file says of one actor, whatever its format.

use jiff::civil::Date;

use super::ActorKind;

/// The kind, in `actors.jsonl`, of what is not an actor.
pub const NOBODY: &str = "none";

/// One actor of an actors file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Empty where the format has none: then it is made from the name.
    pub id: String,
    /// `None` where the file does not say.
    pub kind: Option<ActorKind>,
    /// What has its names is no actor, however it looks.
    pub is_nobody: bool,
    pub name: String,
    pub aliases: Vec<Alias>,
    pub roles: Vec<Role>,
    /// By the name of the scheme: `cameo`, `iso3166`, …
    pub codes: Vec<(String, String)>,
    /// ISO 3166 code of two letters, where it does not hang on a role.
    pub country: Option<String>,
    /// The item in Wikidata: `Q794`
    pub qid: Option<String>,
    pub note: Option<String>,
}

/// Another name.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alias {
    pub text: String,
    /// Language tag (BCP 47).
    pub lang: Option<String>,
    pub sense: Sense,
}

impl Alias {
    pub fn new(text: impl Into<String>) -> Alias {
        Alias { text: text.into(), ..Alias::default() }
    }
}

/// What a name is a name of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sense {
    /// The actor itself: `Iran`
    #[default]
    Name,
    /// Its people, or what belongs to it: `Iranian`, `Iranians`
    Demonym,
    /// The capital of a state, which often stands for its government: `Tehran`
    Capital,
}

impl Sense {
    pub fn name(self) -> &'static str {
        match self {
            Sense::Name => "name",
            Sense::Demonym => "demonym",
            Sense::Capital => "capital",
        }
    }
}

/// An office or a function, and when it was held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Role {
    pub title: Option<String>,
    pub org: Option<String>,
    /// ISO 3166 code of two letters.
    pub country: Option<String>,
    /// A code of the role alone (CAMEO).
    pub code: Option<String>,
    /// First day; `None`: since ever.
    pub from: Option<Date>,
    /// Last day; `None`: until now.
    pub to: Option<Date>,
}

impl Role {
    /// Whether it was held on `day`.
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}
