//! Words as dates need them: cut at hyphens (`mid-May`, `two-year`), and each with what it can be.

use std::ops::Range;

use jiff::civil::Date;

use super::lexicon::{Class, Entry, Lexicon, Mark};
use crate::annotate::Reading;
use crate::text::{Case, Kind, Span};

/// A word, or a part of one.
#[derive(Debug, Clone)]
pub struct Atom {
    /// Number of the word it is, or is in.
    pub word: usize,
    pub span: Span,
    /// Where its marks are.
    marks: Range<usize>,
    /// Whether white space is in front of it.
    pub spaced: bool,
    /// Whether a date may begin here: somewhere behind it, with nothing unknown between, is a word that every date has.
    pub may_begin: bool,
}

/// The atoms of a sentence.
#[derive(Debug, Default)]
pub struct Atoms {
    pub list: Vec<Atom>,
    marks: Vec<Mark>,
}

impl Atoms {
    pub fn get(&self, at: usize) -> Option<&Atom> {
        self.list.get(at)
    }

    /// What the atom can be.
    pub fn marks(&self, at: usize) -> &[Mark] {
        self.list.get(at).and_then(|atom| self.marks.get(atom.marks.clone())).unwrap_or_default()
    }

    pub fn has(&self, at: usize, class: Class) -> bool {
        self.marks(at).iter().any(|mark| mark.class == class)
    }

    /// Cuts the words `words` of a reading; what was here before is gone.
    pub fn read(&mut self, reading: &Reading, words: Range<usize>, lexicon: &Lexicon) {
        self.list.clear();
        self.marks.clear();
        for word in words {
            let Some(found) = reading.get(word) else { break };
            let text = reading.lower(word);
            let entry = reading.row(word).dates;
            let capital = matches!(found.case, Case::Capital | Case::Upper);
            let cut = matches!(found.kind, Kind::Letters | Kind::Number)
                && text.len() > 2
                && has_hyphen(text)
                && !is_iso(text)
                && entry.is_none();
            if !cut {
                self.push(word, found.span, found.spaced, text, capital, found.kind, entry);
                continue;
            }
            let mut start = 0;
            for (at, hyphen) in text.match_indices(HYPHENS).chain([(text.len(), "")]) {
                let span = |from: usize, to: usize| {
                    let base = found.span.start as usize;
                    Span::new(base + from, base + to)
                };
                if let Some(part) = text.get(start..at).filter(|part| !part.is_empty()) {
                    let kind =
                        if part.starts_with(|c: char| c.is_ascii_digit()) { Kind::Number } else { Kind::Letters };
                    let written = span(start, at).of(reading.text);
                    let capital = written.starts_with(char::is_uppercase);
                    self.push(
                        word,
                        span(start, at),
                        found.spaced && start == 0,
                        part,
                        capital,
                        kind,
                        lexicon.get(part),
                    );
                }
                if !hyphen.is_empty() {
                    let marks = self.marks.len();
                    self.marks.push(Mark { class: Class::HYPHEN, value: 0 });
                    self.marks.push(Mark { class: Class::DASH, value: 0 });
                    let marks = marks..self.marks.len();
                    let span = span(at, at + hyphen.len());
                    self.list.push(Atom { word, span, marks, spaced: false, may_begin: false });
                }
                start = at + hyphen.len();
            }
        }
        self.find_beginnings(reading);
    }

    fn find_beginnings(&mut self, reading: &Reading) {
        let mut runs = false;
        let mut next_is_slash = false;
        for at in (0..self.list.len()).rev() {
            let known = !self.marks(at).is_empty();
            let Some(before) = at.checked_sub(1).and_then(|before| self.list.get(before)).map(|before| before.word)
            else {
                if let Some(atom) = self.list.get_mut(at) {
                    atom.may_begin = known && (runs || next_is_slash || atom.may_begin);
                }
                return;
            };
            let short_year = self.has(at, Class::TWO) && matches!(reading.word(before), "'" | "’" | "‘");
            let Some(atom) = self.list.get_mut(at) else { return };
            runs = known && (runs || next_is_slash || short_year || atom.may_begin);
            atom.may_begin = runs;
            next_is_slash = reading.word(atom.word) == "/";
        }
    }

    #[expect(clippy::too_many_arguments, reason = "an atom is made here and nowhere else")]
    fn push(
        &mut self,
        word: usize,
        span: Span,
        spaced: bool,
        text: &str,
        capital: bool,
        kind: Kind,
        entry: Option<&Entry>,
    ) {
        let start = self.marks.len();
        match kind {
            Kind::Number => number(text, &mut |class, value| self.marks.push(Mark { class, value })),
            Kind::Possessive => self.marks.push(Mark { class: Class::POSS, value: 0 }),
            Kind::Punctuation if matches!(text, "-" | "–" | "—" | "--") => {
                self.marks.push(Mark { class: Class::DASH, value: 0 });
            }
            Kind::Punctuation | Kind::Letters => {}
        }
        let mut trigger = self.marks.get(start..).unwrap_or_default().iter().any(|mark| mark.class.is_trigger());
        if let Some(entry) = entry {
            trigger |= entry.trigger;
            self.marks.extend(entry.marks.iter().filter(|(_, needs)| capital || !needs).map(|(mark, _)| *mark));
        }
        self.list.push(Atom { word, span, marks: start..self.marks.len(), spaced, may_begin: trigger });
    }
}

/// Whether there is a hyphen, or what may be one, in a word.
pub fn has_hyphen(word: &str) -> bool {
    word.bytes().any(|byte| byte == b'-' || byte == 0xe2)
}

const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];

/// Whether a number makes its sentence worth a look: a year, a clock time, a date in ISO form, a decade.
pub fn is_trigger(text: &str, followed_by_slash: bool) -> bool {
    let mut digits = 0;
    let mut other = false;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b',' => return false,
            b'.' => return text.ends_with('m') || (text.len() >= 8 && dotted(text).is_some()),
            _ => other = true,
        }
    }
    other || digits == 4 || (followed_by_slash && digits < 3)
}

fn is_iso(text: &str) -> bool {
    let mut found = false;
    number(text, &mut |class, _| {
        found |= matches!(class, Class::ISODATE | Class::ISOMONTH | Class::ISOTIME | Class::DOTTED)
    });
    found
}

/// What a word that begins with a digit can be.
fn number(text: &str, found: &mut dyn FnMut(Class, i32)) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let Some((head, tail)) = text.split_at_checked(digits) else { return };
    if digits > 9 {
        return;
    }
    let Ok(value) = head.parse::<i32>() else { return };
    match tail {
        "" => {
            if digits <= 6 {
                found(Class::NUM, value.saturating_mul(1000));
            }
            if digits <= 2 && (1..=31).contains(&value) {
                found(Class::DAY, value);
            }
            if digits <= 2 && value <= 24 {
                found(Class::HOUR, value);
            }
            if digits == 2 {
                found(Class::TWO, value);
            }
            if digits == 4 && (1000..=2199).contains(&value) {
                found(Class::YEAR, value);
            }
            if digits == 3 {
                found(Class::YEAR3, value);
            }
            if digits == 4 && value % 100 < 60 && value < 2400 {
                found(Class::HHMM, value);
            }
        }
        "st" | "nd" | "rd" | "th" => {
            found(Class::ORD, value);
            if (1..=31).contains(&value) {
                found(Class::DAYORD, value);
            }
        }
        "s" if value % 10 == 0 && matches!(digits, 2 | 4) => found(Class::DECADE, value),
        "am" | "pm" if value <= 12 => found(Class::CLOCKP, half_day(value * 100, tail == "pm")),
        _ if tail.starts_with('.') && dotted(text).is_some() => found(Class::DOTTED, dotted(text).unwrap_or_default()),
        _ if tail.starts_with([':', '.']) => clock(value, digits, tail, found),
        _ if tail.starts_with(',') => {
            let plain: String = text.chars().filter(|c| *c != ',').collect();
            if let Ok(value) = plain.parse::<i32>() {
                found(Class::NUM, value.saturating_mul(1000));
            }
        }
        _ if tail.starts_with('-') && digits == 4 => iso(value, tail, found),
        _ if tail.starts_with('-') => found_dashed(text, found),
        _ => {}
    }
}

/// `:30`, `:30:15`, `.5`, `.30pm` behind `head`.
fn clock(head: i32, digits: usize, tail: &str, found: &mut dyn FnMut(Class, i32)) {
    let (stop, rest) = tail.split_at_checked(1).unwrap_or((tail, ""));
    let minutes = rest.bytes().take_while(u8::is_ascii_digit).count();
    let Some((number, behind)) = rest.split_at_checked(minutes) else { return };
    let fraction: i32 = number.parse().unwrap_or(i32::MAX);
    let is_time = minutes == 2 && fraction < 60 && head <= 24 && digits <= 2;
    let seconds =
        behind.strip_prefix(':').is_some_and(|rest| rest.len() == 2 && rest.bytes().all(|b| b.is_ascii_digit()));
    match behind {
        "am" | "pm" if is_time => found(Class::CLOCKP, half_day(head * 100 + fraction, behind == "pm")),
        "" if is_time && stop == ":" => found(Class::CLOCK, head * 100 + fraction),
        _ if is_time && stop == ":" && seconds => found(Class::CLOCK, head * 100 + fraction),
        _ => {}
    }
    if stop == "." && behind.is_empty() {
        if is_time {
            found(Class::HHMM, head * 100 + fraction);
        }
        let thousandths = match (minutes, fraction) {
            (1, tenths) => Some(tenths * 100),
            (2, hundredths) => Some(hundredths * 10),
            _ => None,
        };
        if let Some(part) = thousandths.filter(|_| digits < 6) {
            found(Class::NUM, head * 1000 + part);
        }
    }
}

/// A clock time of the first or the second half of the day, as hours × 100 + minutes.
pub fn half_day(clock: i32, afternoon: bool) -> i32 {
    match (afternoon, clock) {
        (true, ..1200) => clock + 1200,
        (false, 1200..) => clock - 1200,
        _ => clock,
    }
}

/// The minutes of a day.
pub const MINUTES: i32 = 24 * 60;

/// Days since 1970.
fn days_of(year: i32, month: i32, day: i32) -> Option<i32> {
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    jiff::civil::date(1970, 1, 1).until(date).ok().map(|span| span.get_days())
}

/// `10-26-89`, in the American order where that is possible.
fn found_dashed(text: &str, found: &mut dyn FnMut(Class, i32)) {
    let parts: Vec<&str> = text.splitn(4, '-').collect();
    let [first, second, year] = parts.as_slice() else { return };
    let number = |digits: &str| digits.parse::<i32>().ok().filter(|_| digits.len() == 2 || digits.len() == 4);
    let (Some(first), Some(second), Some(year)) = (number(first), number(second), number(year)) else { return };
    let (month, day) = if first <= 12 { (first, second) } else { (second, first) };
    let year = match year {
        0..69 => 2000 + year,
        69..100 => 1900 + year,
        _ => year,
    };
    if (1..=12).contains(&month) && (1..=31).contains(&day) && (1900..2200).contains(&year) {
        found(Class::DOTTED, year * 10_000 + month * 100 + day);
    }
}

/// `30.11.2024`
fn dotted(text: &str) -> Option<i32> {
    let mut parts = text.split('.').map(|part| part.parse::<i32>().ok().filter(|_| matches!(part.len(), 1 | 2 | 4)));
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
    let possible =
        parts.next().is_none() && (1..=31).contains(&day) && (1..=12).contains(&month) && (1900..=2199).contains(&year);
    possible.then_some(year * 10_000 + month * 100 + day)
}

/// `-12-01`, `-12`, `-12-01t10:30…` behind a year.
fn iso(year: i32, tail: &str, found: &mut dyn FnMut(Class, i32)) {
    let two = |from: usize| -> Option<i32> {
        let digits = tail.get(from..from + 2)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    match (tail.len(), two(1), tail.get(3..4).and_then(|_| two(4))) {
        (3, Some(month @ 1..=12), _) if month != (year + 1) % 100 && month != 0 => {
            found(Class::ISOMONTH, year * 100 + month);
        }
        (6, Some(month @ 1..=12), Some(day @ 1..=31)) if tail.get(3..4) == Some("-") => {
            found(Class::ISODATE, year * 10_000 + month * 100 + day);
        }
        (9.., Some(month @ 1..=12), Some(day @ 1..=31)) if tail.get(6..7) == Some("t") => {
            match (two(7), two(10), days_of(year, month, day)) {
                (Some(hour @ 0..=24), Some(minute @ 0..60), Some(days)) => {
                    found(Class::ISOTIME, days * MINUTES + hour * 60 + minute);
                }
                _ => found(Class::ISODATE, year * 10_000 + month * 100 + day),
            }
        }
        _ => {}
    }
}
