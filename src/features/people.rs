//! Who is in a corpus file: its actors with their mentions, for a tree or a picker.

use std::ops::Range;
use std::sync::Arc;

use super::Watch;
use super::annotated::{Sort, sort};
use super::cast::{self, Cast, Member};
use super::markup::one_line;
use crate::workspace::{Snapshot, Who, uri};

/// The actors that have a name, the most mentioned first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// Whether the whole file was read.
    pub is_complete: bool,
    pub actors: Vec<Somebody>,
}

/// An actor of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Somebody {
    /// As the gazetteer has it, else the fullest form that the first of its dispatches has.
    pub name: String,
    pub sort: Sort,
    /// In the gazetteer.
    pub id: Option<String>,
    /// Role and state as of the latest dispatch that knows them.
    pub detail: String,
    /// How many claims it is the source of.
    pub claims: usize,
    pub mentions: Vec<Place>,
}

/// A mention, with its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub range: Range<usize>,
    pub text: String,
    /// The name of the dispatch.
    pub dispatch: Arc<str>,
}

/// Bytes of a file that are read, from its start: some 15,000 mentions, which are two megabytes in an answer.
const READ: usize = 1 << 20;
/// Longest text of a mention, name or role, in characters.
const LONGEST: usize = 120;

/// The actors of a file that have a name; `None` where nobody waits for them any more. Of a large file only
/// the first megabyte (2^20 bytes) is read. Not for the owner.
pub fn find(snapshot: &Snapshot, watch: &dyn Watch) -> Option<People> {
    let cast = cast::find(snapshot, cast::window(snapshot, 0, READ), watch)?;
    let dispatches = cast.dispatches.iter().map(|annotated| dispatch_name(snapshot, &annotated.dispatch));
    let dispatches: Vec<Arc<str>> = dispatches.map(Arc::from).collect();
    let named = cast.members.iter().filter(|member| member.who.has_name());
    let mut actors: Vec<Somebody> = named.filter_map(|member| somebody(snapshot, &cast, &dispatches, member)).collect();
    actors.sort_by(|one, other| {
        let most = other.mentions.len().cmp(&one.mentions.len());
        most.then_with(|| one.name.cmp(&other.name)).then_with(|| one.sort.cmp(&other.sort))
    });
    Some(People { is_complete: cast.is_complete, actors })
}

fn somebody(snapshot: &Snapshot, cast: &Cast, dispatches: &[Arc<str>], member: &Member) -> Option<Somebody> {
    let (_, first) = cast.actor(*member.parts.first()?)?;
    let (_, mention) = cast.first_mention(member)?;
    let mentions = member.parts.iter().flat_map(|part| {
        let dispatch = dispatches.get(part.dispatch);
        cast.mentions_in(*part).map(move |(annotated, mention)| Place {
            range: annotated.range(mention.full),
            text: one_line(annotated.text(mention.full), LONGEST),
            dispatch: dispatch.cloned().unwrap_or_default(),
        })
    });
    let mut mentions: Vec<Place> = mentions.collect();
    mentions.sort_by_key(|place| place.range.start);
    Some(Somebody {
        name: one_of(&first.name),
        sort: sort(&snapshot.notes.gazetteer, first, mention),
        id: match &member.who {
            Who::Listed { id } => Some(id.clone()),
            _ => None,
        },
        detail: detail(cast, member),
        claims: cast.claims_by(member).count(),
        mentions,
    })
}

/// A name on one line.
pub fn one_of(name: &str) -> String {
    one_line(name, LONGEST)
}

/// `Foreign Minister · IR`, as far as it is known.
pub fn role_and_state(role: Option<&str>, country: Option<&str>) -> String {
    let parts = [role, country].into_iter().flatten().map(|part| one_line(part, LONGEST));
    parts.collect::<Vec<_>>().join(" · ")
}

/// Role and state, as the latest dispatch has them that has any.
pub fn detail(cast: &Cast, member: &Member) -> String {
    let mut parts: Vec<_> = member.parts.iter().filter_map(|part| cast.actor(*part)).collect();
    parts.sort_by_key(|(annotated, _)| annotated.note.date.and_then(|date| date.latest()));
    let role = parts.iter().rev().find_map(|(_, actor)| actor.role.as_deref());
    let country = parts.iter().rev().find_map(|(_, actor)| actor.country.as_deref());
    match member.who {
        Who::Named { ambiguous: true, .. } => "ambiguous: others fit as well".to_owned(),
        _ => role_and_state(role, country),
    }
}

/// What a dispatch is called: by its delimiter, else by its number, else (in a file without delimiters) as the file is.
pub fn dispatch_name(snapshot: &Snapshot, dispatch: &crate::corpus::Dispatch) -> String {
    let name = match &dispatch.opener {
        Some(opener) => {
            opener.name.clone().map(|name| one_line(&snapshot.text.slice(name), LONGEST)).unwrap_or_default()
        }
        None => uri::file_name(&snapshot.uri),
    };
    if name.is_empty() { format!("dispatch {}", dispatch.number + 1) } else { name }
}
