//! What stands beside the text for who reads it: the day of a relative date, who a short mention is, what kind of claim.

use std::ops::Range;

use jiff::civil::Date;

use super::Watch;
use crate::annotate::{Anchor, Annotations, Claim, CueClass, Factuality, Form, Mention, Timex};
use crate::workspace::Snapshot;
use crate::workspace::settings::Hints;

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

impl HintKind {
    fn is_wanted(self, wanted: Hints) -> bool {
        match self {
            HintKind::Date => wanted.dates,
            HintKind::Actor => wanted.actors,
            HintKind::Claim => wanted.claims,
        }
    }
}

/// Bytes that hints are given for at a time: some editors ask for the whole file after each change.
pub const WIDEST: usize = 512 << 10;

/// The wanted hints in `range` of a document, [`Hint::at`] in bytes of the file; `None` where nobody waits for them any
/// more. Only the first [`WIDEST`] bytes count. Dispatches too long to be annotated while they are edited have none.
pub fn find(snapshot: &Snapshot, range: Range<usize>, watch: &dyn Watch) -> Option<Vec<Hint>> {
    let range = range.start..range.end.min(range.start + WIDEST);
    let mut found = Vec::new();
    for dispatch in snapshot.view.dispatches(range.clone()) {
        if !watch.goes_on(dispatch.range.start.saturating_sub(range.start), range.len()) {
            return None;
        }
        let Some((start, note)) = snapshot.notes.of(snapshot, &dispatch) else { continue };
        let hints = hints(&note.text, &note.found).into_iter();
        let hints = hints.map(|hint| Hint { at: hint.at + start, ..hint });
        found.extend(hints.filter(|hint| range.contains(&hint.at) && hint.kind.is_wanted(snapshot.settings.hints)));
    }
    Some(found)
}

/// Characters of a name in a hint.
const LONGEST: usize = 24;

/// The hints of a text, in its order.
pub fn hints(text: &str, found: &Annotations) -> Vec<Hint> {
    let dates = found.dates.iter().enumerate().filter_map(|(about, date)| {
        Some(Hint { at: date.span.end as usize, label: date_label(text, date)?, kind: HintKind::Date, about })
    });
    let mentions = found.mentions.iter().enumerate().filter_map(|(about, mention)| {
        let label = mention_label(text, found, mention)?;
        Some(Hint { at: mention.full.end as usize, label, kind: HintKind::Actor, about })
    });
    let claims = found.claims.iter().enumerate().filter_map(|(about, claim)| {
        let label = claim_label(claim)?;
        Some(Hint { at: claim.cue.last()?.end as usize, label, kind: HintKind::Claim, about })
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
    (!says_it).then(|| shortened(&actor.name))
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

fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let cut: String = name.chars().take(LONGEST - 1).collect();
    format!("{}…", cut.trim_end())
}
