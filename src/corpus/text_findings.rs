//! Findings in header, opening and text of a dispatch: what the delimiter has no part in.

use jiff::civil::Date;

use super::Code::*;
use super::body::{Note, Noticed};
use super::date::{PartialDate, Reading};
use super::dispatch_date::{Dated, days_between, dispatch_dates, nearest};
use super::findings::{Judge, Limit, What};
use super::header::HeaderLines;
use super::mark::Mark;
use super::opening::{Opening, ZONE};
use super::span::Span;

impl Judge<'_> {
    /// Header, prologue, dateline, date, and the site's frame. `place` is marked where there is no date.
    pub(super) fn opening(&mut self, opening: &Opening, mark: Option<&Mark>, place: Span, notes: &[Note]) {
        if let Some(header) = &opening.header {
            self.header(header);
        }
        if let Some(prologue) = opening.prologue().filter(|prologue| prologue.date.is_none()) {
            self.push(H004, prologue.date_span, What::Plain);
        }
        for span in opening.chrome() {
            self.push(H010, *span, What::Plain);
        }
        let mut dates = dispatch_dates(opening, mark, self.view.corpus_date());
        let Some(best) = dates.next() else {
            self.state.date = None;
            let tried = opening.prologue().is_some()
                || opening
                    .header
                    .as_ref()
                    .and_then(|header| header.entry("date"))
                    .is_some_and(|entry| !entry.value.is_empty());
            if !tried {
                self.push(H003, place, What::Plain);
            }
            return;
        };
        self.state.date = Some(best.date);
        for other in dates {
            let span = other.span.filter(|_| !other.date.agrees(best.date));
            if let Some(span) = span {
                self.push(H008, span, What::Other(best.date, best.source));
            }
        }
        self.future(opening, &best, place, notes);
    }

    fn header(&mut self, header: &HeaderLines) {
        for (at, entry) in header.entries.iter().enumerate() {
            let Some(key) = entry.key() else {
                self.push(H001, entry.key_span(), What::Plain);
                continue;
            };
            let repeats = key.key != "x-" && header.entries.iter().take(at).any(|before| before.key() == Some(key));
            if repeats {
                self.push(H002, entry.key_span(), What::Plain);
                continue;
            }
            let Some(date) = header.date_of(entry) else { continue };
            match &date.reading {
                Reading::Iso(_) => {}
                _ if entry.value.is_empty() => {}
                Reading::Impossible => self.push(H004, entry.value, What::Plain),
                Reading::None => self.push(H005, entry.value, What::Readings(Box::default())),
                Reading::Loose(readings) => self.push(H005, entry.value, What::Readings(readings.clone().into())),
            }
            if let (Some((span, said)), Some(date)) = (date.weekday, date.reading.only().and_then(PartialDate::date))
                && date.weekday() != said
            {
                self.push(H007, span, What::Weekday { said, date, span: entry.value });
            }
        }
    }

    /// The dispatch date is later than the corpus, its own retrieval, or the time stamps in its text allow.
    fn future(&mut self, opening: &Opening, best: &Dated, place: Span, notes: &[Note]) {
        let Some(earliest) = best.date.earliest() else { return };
        let retrieved = opening.header.as_ref().and_then(|header| header.date("retrieved")).map(|(date, _)| date);
        // A stamp may be of another time zone, so it has a day's grace.
        let zone = opening.body as usize + ZONE;
        let stamp = notes
            .iter()
            .filter(|note| (note.span.start as usize) < zone)
            .filter_map(|note| match note.what {
                Noticed::Stamp(date) => Some(date),
                _ => None,
            })
            .max_by_key(|date| date.latest());
        let setting = self.view.options.latest.map(PartialDate::from);
        let limits = [(setting, Limit::Setting, 0), (retrieved, Limit::Retrieved, 1), (stamp, Limit::Stamp, 1)];
        for (limit, kind, grace) in limits {
            let Some((limit, last)) = limit.and_then(|limit| Some((limit, limit.latest()?))) else { continue };
            if days_between(last, earliest) > grace {
                self.push(H006, best.span.unwrap_or(place), What::Later(limit, kind));
                return;
            }
        }
    }

    pub(super) fn notes(&mut self, notes: &[Note]) {
        for note in notes {
            match &note.what {
                Noticed::ByteOrderMark => self.push(F006, note.span, What::Put("".into())),
                Noticed::Stamp(_) => {}
                Noticed::Weekday { said, year, month, day, date: span } => {
                    let date = match year {
                        Some(year) => Date::new(*year, *month, *day).ok(),
                        None => self.state.date.and_then(|date| nearest(date, *month, *day)),
                    };
                    if let Some(date) = date.filter(|date| date.weekday() != *said) {
                        self.push(H007, note.span, What::Weekday { said: *said, date, span: *span });
                    }
                }
                other => self.push(F026, note.span, What::Noticed(other.clone())),
            }
        }
    }
}
