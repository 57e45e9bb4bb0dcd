//! What is doubtful in a dispatch: data for the findings A…, C… and D….

use foldhash::{HashSet, HashSetExt};

use super::actors::doubts as of_actors;
use super::{Annotations, Reading, claims, dates};
use crate::corpus::{Code, PartialDate};
use crate::gazetteer::Gazetteer;
use crate::text::Span;

/// Something doubtful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    pub code: Code,
    /// Bytes, relative to the text.
    pub span: Span,
    /// For people, one line.
    pub message: String,
}

/// The doubts about what was found in `text` for the dispatch date `date` with this gazetteer, in the order of the text.
pub fn doubts(text: &str, date: Option<PartialDate>, found: &Annotations, gazetteer: &Gazetteer) -> Vec<Doubt> {
    let reading = Reading::new(text);
    let mut doubts: Vec<Doubt> = dates::doubts(&reading, &found.dates, date)
        .into_iter()
        .filter_map(|doubt| of_date(found, date, doubt))
        .collect();
    doubts.extend(claims::doubts(&reading, &found.claims).into_iter().map(|doubt| of_claim(found, &doubt)));
    let day = date.and_then(PartialDate::date);
    let mut about_actors = of_actors::doubts(&found.mentions, &found.actors, gazetteer, day);
    // Whoever looks at the first place knows of the others.
    let mut told = HashSet::new();
    about_actors.retain(|doubt| {
        let mut others = doubt.others.clone();
        others.sort_unstable();
        doubt.kind != of_actors::DoubtKind::Ambiguous || told.insert(others)
    });
    doubts.extend(about_actors.iter().filter_map(|doubt| of_actor(found, date, doubt)));
    doubts.sort_by_key(|doubt| (doubt.span, doubt.code));
    doubts
}

fn of_actor(found: &Annotations, date: Option<PartialDate>, doubt: &of_actors::Doubt) -> Option<Doubt> {
    let mention = found.mentions.get(doubt.mention)?;
    let name = |actor: usize| found.actors.get(actor).map_or("", |actor| actor.name.as_str());
    let others = doubt.others.iter().map(|actor| name(*actor)).collect::<Vec<_>>().join(", ");
    let own = name(mention.actor);
    let (code, message) = match doubt.kind {
        of_actors::DoubtKind::Ambiguous => (Code::A001, format!("fits more than one: {others}")),
        of_actors::DoubtKind::TwoSpellings => (Code::A002, format!("written {others} before; is it the same?")),
        of_actors::DoubtKind::NoRole => {
            let day = date.map(|date| format!(" on {date}")).unwrap_or_default();
            (Code::A003, format!("the actors file has no role of {own}{day}"))
        }
    };
    Some(Doubt { code, span: mention.span, message })
}

fn of_date(found: &Annotations, date: Option<PartialDate>, doubt: dates::Doubt) -> Option<Doubt> {
    let value = found.dates.get(doubt.date).map_or("", |date| date.value.as_str());
    let (code, message) = match doubt.kind {
        // The findings of the corpus have it, with a repair.
        dates::DoubtKind::Weekday { .. } => return None,
        dates::DoubtKind::Impossible => (Code::D001, "no calendar has this day".to_owned()),
        dates::DoubtKind::Ambiguous { other } => (Code::D002, format!("read as {value}; it could be {other} as well")),
        dates::DoubtKind::FutureToldAsPast => {
            let day = date.map(|date| format!(", {date},")).unwrap_or_default();
            (
                Code::D003,
                format!("this is told as past, and comes after the dispatch date{day} that it is read against"),
            )
        }
        dates::DoubtKind::Calendars { first } => {
            (Code::H007, format!("this day is {first}, and not the one beside it"))
        }
    };
    Some(Doubt { code, span: doubt.span, message })
}

fn of_claim(found: &Annotations, doubt: &claims::Doubt) -> Doubt {
    let near = doubt.near.and_then(|claim| found.claims.get(claim)?.actor).and_then(|actor| found.actors.get(actor));
    let (code, message) = match doubt.kind {
        claims::DoubtKind::Unclosed => (Code::C001, "this quotation is never closed".to_owned()),
        claims::DoubtKind::Sourceless => match near {
            Some(actor) => (Code::C002, format!("nobody is named who says this; {} speaks nearby", actor.name)),
            None => (Code::C002, "nobody is named who says this; somebody speaks nearby".to_owned()),
        },
    };
    Doubt { code, span: doubt.span, message }
}
