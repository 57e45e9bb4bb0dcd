//! What stands beside the text for who reads it: the day of a relative date, who a short mention is, what kind of claim.

use std::cell::OnceCell;
use std::ops::Range;

use jiff::civil::Date;

use super::annotated::{self, Annotated, Found};
use super::markup::{Text, one_line};
use super::place::Place;
use super::{Watch, card};
use crate::annotate::{Anchor, Annotations, Claim, CueClass, Factuality, Form, Mention, Timex};
use crate::text::Span;
use crate::workspace::Snapshot;
use crate::workspace::settings::Kinds;

/// Which sort of hint it is; each can be switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HintKind {
    Date,
    Actor,
    Claim,
}

/// A hint behind a place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Byte offset, relative to the annotated text.
    pub at: usize,
    pub label: String,
    pub kind: HintKind,
    /// Number of the date, mention or claim it speaks of.
    pub about: usize,
}

/// A hint in an editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Byte of the file.
    pub at: usize,
    pub label: String,
    pub kind: HintKind,
    /// Where it leads: the line of an actors file, the date that a date was read against, the naming in full, the content.
    pub place: Option<Place>,
}

impl HintKind {
    pub const ALL: [HintKind; 3] = [HintKind::Date, HintKind::Actor, HintKind::Claim];

    pub fn name(self) -> &'static str {
        match self {
            HintKind::Date => "date",
            HintKind::Actor => "actor",
            HintKind::Claim => "claim",
        }
    }

    fn is_wanted(self, wanted: Kinds) -> bool {
        match self {
            HintKind::Date => wanted.dates,
            HintKind::Actor => wanted.actors,
            HintKind::Claim => wanted.claims,
        }
    }
}

/// Bytes that hints are given for at a time: some editors ask for the whole file after each change.
pub const WIDEST: usize = 512 << 10;

/// The wanted hints in `range` of a document; `None` where nobody waits for them any more. Only the first [`WIDEST`] bytes
/// count. Dispatches too long to be annotated while they are edited have none, and none stands at the `caret`: a word that
/// is being typed is no name yet, and would be pushed aside at every key. Not for the owner.
pub fn find(snapshot: &Snapshot, range: Range<usize>, caret: Option<usize>, watch: &dyn Watch) -> Option<Vec<Shown>> {
    let range = range.start..range.end.min(range.start.saturating_add(WIDEST));
    let mut shown = Vec::new();
    for dispatch in snapshot.view.dispatches(range.clone()) {
        if !watch.goes_on(dispatch.range.start.saturating_sub(range.start), range.len()) {
            return None;
        }
        let Some(annotated) = annotated::of(snapshot, dispatch) else { continue };
        let start = annotated.start;
        let window = Span::new(range.start.saturating_sub(start), range.end.saturating_sub(start));
        let found = hints_in(&annotated.note.text, annotated.found(), window);
        let namings = Namings::default();
        for hint in found.into_iter().filter(|hint| hint.kind.is_wanted(snapshot.settings.hints)) {
            let at = hint.at + start;
            // A text may end with what a hint stands behind.
            if (range.start..=range.end).contains(&at) && caret != Some(at) {
                let place = place(snapshot, &annotated, &namings, &hint);
                shown.push(Shown { at, label: hint.label, kind: hint.kind, place });
            }
        }
    }
    Some(shown)
}

/// What there is to say about the hint of a kind that stands at byte `at`: the card of what it speaks of. `None` where no
/// such hint stands there. Not for the owner.
pub fn tooltip(snapshot: &Snapshot, at: usize, kind: HintKind) -> Option<Text> {
    let annotated = annotated::at(snapshot, at)?;
    let offset = at.checked_sub(annotated.start)?;
    let hints = hints_in(&annotated.note.text, annotated.found(), Span::new(offset, offset + 1));
    let hint = hints.into_iter().find(|hint| hint.at == offset && hint.kind == kind)?;
    let about = match kind {
        HintKind::Date => Found::Date(hint.about),
        HintKind::Actor => Found::Mention(hint.about),
        HintKind::Claim => Found::Claim(hint.about),
    };
    card::of(snapshot, &annotated, about)
}

/// Where each actor is first named in full, by its number; made when it is first asked for.
#[derive(Default)]
struct Namings {
    first: OnceCell<Vec<Option<usize>>>,
}

impl Namings {
    fn of(&self, found: &Annotations, actor: usize) -> Option<usize> {
        let first = self.first.get_or_init(|| {
            let mut first = vec![None; found.actors.len()];
            for (number, mention) in found.mentions.iter().enumerate() {
                let full = matches!(mention.form, Form::Name | Form::Titled);
                if let Some(place) = first.get_mut(mention.actor).filter(|place| full && place.is_none()) {
                    *place = Some(number);
                }
            }
            first
        });
        first.get(actor).copied().flatten()
    }
}

fn place(snapshot: &Snapshot, annotated: &Annotated, namings: &Namings, hint: &Hint) -> Option<Place> {
    let found = annotated.found();
    let here = |span: Span| Place::Here(annotated.range(span));
    match hint.kind {
        HintKind::Date => match found.dates.get(hint.about)?.anchor {
            Anchor::DispatchDate => annotated.dispatch.date.as_ref()?.range.clone().map(Place::Here),
            Anchor::Date(anchor) => found.dates.get(anchor).map(|date| here(date.span)),
            Anchor::Itself | Anchor::Missing => None,
        },
        HintKind::Actor => {
            let mention = found.mentions.get(hint.about).filter(|mention| !mention.ambiguous)?;
            let entry = found.actors.get(mention.actor)?.entry;
            match entry.and_then(|entry| snapshot.notes.place(entry)) {
                Some((path, line)) => Some(Place::File { path: path.to_owned(), line }),
                None => {
                    let naming = namings.of(found, mention.actor).filter(|naming| *naming != hint.about)?;
                    found.mentions.get(naming).map(|naming| here(naming.span))
                }
            }
        }
        HintKind::Claim => found.claims.get(hint.about)?.content.first().map(|span| here(*span)),
    }
}

/// Characters of a name in a hint.
const LONGEST: usize = 24;

/// The hints of a text, in its order.
pub fn hints(text: &str, found: &Annotations) -> Vec<Hint> {
    hints_in(text, found, Span { start: 0, end: u32::MAX })
}

/// Those that stand in `window`, or at its ends.
fn hints_in(text: &str, found: &Annotations, window: Span) -> Vec<Hint> {
    let is_in = |end: &u32| (window.start..=window.end).contains(end);
    let hint = |end: u32, label: String, kind: HintKind, about: usize| Hint { at: end as usize, label, kind, about };
    let dates = found.dates.iter().enumerate().filter_map(|(about, date)| {
        let end = Some(date.span.end).filter(is_in)?;
        Some(hint(end, date_label(text, date)?, HintKind::Date, about))
    });
    let mentions = found.mentions.iter().enumerate().filter_map(|(about, mention)| {
        let end = Some(mention.full.end).filter(is_in)?;
        Some(hint(end, mention_label(text, found, mention)?, HintKind::Actor, about))
    });
    let claims = found.claims.iter().enumerate().filter_map(|(about, claim)| {
        let end = Some(claim.cue.last()?.end).filter(is_in)?;
        Some(hint(end, claim_label(claim)?, HintKind::Claim, about))
    });
    let mut hints: Vec<Hint> = dates.chain(mentions).chain(claims).collect();
    hints.sort_by_key(|hint| hint.at);
    hints
}

/// `11-29 Fri` for a day that the text does not say itself.
fn date_label(text: &str, date: &Timex) -> Option<String> {
    if date.anchor == Anchor::Itself || date.value.contains("_REF") {
        return None;
    }
    let (day, rest) = date.value.split_at_checked(10).unwrap_or((&date.value, ""));
    let label = match day.parse::<Date>() {
        // `June 11` says it all but the year.
        Ok(day) if says_day(date.span.of(text), day) => return None,
        Ok(day) => format!("{:02}-{:02} {}{}", day.month(), day.day(), day.strftime("%a"), time_label(rest)),
        Err(_) => date.value.clone(),
    };
    Some(if date.other.is_some() { format!("{label}?") } else { label })
}

/// Whether a text has the day of the month as a number.
fn says_day(text: &str, day: Date) -> bool {
    let mut numbers = text.split(|letter: char| !letter.is_ascii_digit());
    numbers.any(|number| number.parse() == Ok(day.day()))
}

/// The part of the day, or the time, behind a day's value.
fn time_label(rest: &str) -> String {
    match rest {
        "" => String::new(),
        "TMO" => " morning".to_owned(),
        "TMI" => " midday".to_owned(),
        "TAF" => " afternoon".to_owned(),
        "TEV" => " evening".to_owned(),
        "TNI" => " night".to_owned(),
        time => format!(" {}", time.trim_start_matches('T')),
    }
}

/// Who a mention is, where the text does not say it itself.
fn mention_label(text: &str, found: &Annotations, mention: &Mention) -> Option<String> {
    if mention.ambiguous {
        return Some("?".to_owned());
    }
    let actor = found.actors.get(mention.actor)?;
    let full = mention.full.of(text);
    let says_it = match mention.form {
        Form::Name | Form::Titled => true,
        Form::Short | Form::Nominal | Form::Pronoun => full.contains(actor.name.as_str()),
    };
    (!says_it).then(|| one_line(&actor.name, LONGEST))
}

/// The class of a claim; `said` needs no word.
fn claim_label(claim: &Claim) -> Option<String> {
    let sure = match claim.factuality {
        Factuality::Denied => Some("denied"),
        Factuality::Possible => Some("possible"),
        Factuality::Probable => Some("probable"),
        Factuality::Certain | Factuality::Unknown => None,
    };
    match (claim.class, sure) {
        (CueClass::Neutral, None) => None,
        (CueClass::Neutral, Some(sure)) => Some(sure.to_owned()),
        (class, None) => Some(class.name().to_owned()),
        (class, Some(sure)) => Some(format!("{}, {sure}", class.name())),
    }
}
