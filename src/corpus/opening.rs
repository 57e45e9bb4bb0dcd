//! The opening of a dispatch: prologue, dateline, and what a web site left there. Looks at the first lines only.

use std::sync::LazyLock;

use regex::Regex;

use super::date::{self, PartialDate, pattern};
use super::dateline;
use super::header::{self, HeaderLines};
use super::lines::Line;
use super::span::Span;

/// How far into a dispatch its opening reaches, in bytes and in lines that are not blank. A piece that has a
/// delimiter is never cut before [`ZONE`], so an opening never lies in two pieces.
pub const ZONE: usize = 8 * 1024;
const OPENING_LINES: usize = 10;
/// A dateline stands on one of the first so many of them.
const DATELINE_LINES: usize = 6;
/// A line is read so far, in bytes: headlines and labels are short, paragraphs need not be read on.
const LINE_REACH: usize = 400;

/// What the first lines of a dispatch, or of a file without delimiters, say. Spans are relative to the piece.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Opening {
    pub header: Option<HeaderLines>,
    pub dateline: Option<Dateline>,
    /// The first line that is not blank, without white space around it.
    pub first_line: Span,
    /// Where the body starts.
    pub body: u32,
    /// The text is what a known generator puts in front of the first dispatch.
    pub is_generated: bool,
    /// A corpus has an opening for each dispatch, so what few have takes no place in the others.
    rare: Option<Box<Rare>>,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Rare {
    prologue: Option<Prologue>,
    chrome: Box<[Span]>,
    name_date: Option<(PartialDate, Span)>,
}

impl Opening {
    pub fn prologue(&self) -> Option<&Prologue> {
        self.rare.as_ref()?.prologue.as_ref()
    }

    /// Breadcrumbs, labels, close buttons, repeated headlines.
    pub fn chrome(&self) -> &[Span] {
        self.rare.as_ref().map_or(&[], |rare| &rare.chrome)
    }

    /// A date in the dispatch's name; the span is within the name.
    pub fn name_date(&self) -> Option<(PartialDate, Span)> {
        self.rare.as_ref()?.name_date
    }

    pub fn set_name_date(&mut self, date: Option<(PartialDate, Span)>) {
        if date.is_some() {
            self.rare.get_or_insert_default().name_date = date;
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Prologue {
    /// From `date` to the end of the date.
    pub span: Span,
    pub date_span: Span,
    /// `None` where no calendar has the date.
    pub date: Option<PartialDate>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Dateline {
    pub span: Span,
    pub year: Option<i16>,
    pub month: i8,
    pub day: i8,
}

static PROLOGUE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^ ?date (?P<date>\d{4})"));

/// Reads the opening that starts at byte `at`, behind the opener; `lines` are those behind the opener's line.
pub fn read(piece: &str, at: usize, lines: &[Line], is_file_start: bool) -> Opening {
    let zone_end = piece.floor_char_boundary((at + ZONE).min(piece.len()));
    let zone = piece.get(..zone_end).unwrap_or(piece);
    let mut opening = Opening { header: header::read(zone, lines_from(zone, lines, at)), ..Opening::default() };
    let body = opening.header.as_ref().map_or(at, |header| header.end as usize);
    opening.body = Span::empty(body).end;
    let lines = lines_from(zone, lines, body).filter(|line| !line.is_blank(zone));
    let mut lines = lines.take(OPENING_LINES).map(|line| short(zone, line));
    let Some(first) = lines.next() else { return opening };
    opening.first_line = Span::new(first.start + indent(zone, first), first.end);
    opening.is_generated = is_file_start && is_generated(first.text(zone));

    let prologue = prologue(zone, first);
    let text_from = prologue.as_ref().map_or(first.start, |prologue| prologue.span.end as usize);
    let behind = Line { start: text_from, ..first };
    let mut rest = std::iter::once(behind).chain(lines);
    if prologue.is_some() {
        let lines: Vec<Line> = rest.collect();
        opening.dateline = lines.iter().take(DATELINE_LINES).find_map(|line| dateline(zone, *line));
        let chrome = chrome(zone, &lines).into();
        opening.rare = Some(Box::new(Rare { prologue, chrome, name_date: None }));
    } else {
        opening.dateline = rest.by_ref().take(DATELINE_LINES).find_map(|line| dateline(zone, line));
    }
    if let Some(entry) = opening.header.as_ref().and_then(|header| header.entry("dateline")) {
        let line =
            Line { start: entry.value.start as usize, end: entry.value.end as usize, next: entry.value.end as usize };
        opening.dateline = dateline(zone, line).or(opening.dateline);
    }
    opening
}

/// The lines of `zone` from byte `at` on, which can be in the middle of one. `known` are lines of the piece.
fn lines_from<'a>(zone: &'a str, known: &'a [Line], at: usize) -> impl Iterator<Item = Line> + 'a {
    let known = known.get(known.partition_point(|line| line.start < at)..).unwrap_or_default();
    let is_inside = known.first().is_none_or(|line| line.start > at);
    let first = if is_inside { Line::at(zone, at) } else { None };
    let known = known.iter().take_while(|line| line.start < zone.len()).map(|line| Line {
        start: line.start,
        end: line.end.min(zone.len()),
        next: line.next.min(zone.len()),
    });
    first.into_iter().chain(known)
}

/// The start of a line, up to [`LINE_REACH`].
fn short(text: &str, line: Line) -> Line {
    let reach = text.floor_char_boundary((line.start + LINE_REACH).min(line.end));
    let end = line.start + text.get(line.start..reach).unwrap_or_default().trim_end().len();
    Line { end, ..line }
}

fn indent(text: &str, line: Line) -> usize {
    let content = line.text(text);
    content.len() - content.trim_start().len()
}

fn prologue(text: &str, line: Line) -> Option<Prologue> {
    let content = line.text(text);
    // Few dispatches have one; the pattern is for those.
    if !content.strip_prefix(' ').unwrap_or(content).starts_with("date ") {
        return None;
    }
    let found = PROLOGUE.captures(content)?.name("date")?.start();
    let (date, length) = date::iso_prefix(content.get(found..)?)?;
    let length = content.get(found..found + length)?.trim_end().len();
    let start = found - "date ".len();
    Some(Prologue {
        span: Span::new(line.start + start, line.start + found + length),
        date_span: Span::new(line.start + found, line.start + found + length),
        date,
    })
}

fn dateline(text: &str, line: Line) -> Option<Dateline> {
    let dateline::Dated { year, month, day, range } = dateline::read(line.text(text))?;
    Some(Dateline { span: Span::from(range).moved(line.start), year, month, day })
}

/// Lines that a web site's frame leaves in front of the text.
static CHROME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^\s*(?:",
        r"(?i:home ?(?:>>|»|>|/).*|(?:[-•] )?home|you are here:.*|left menu|right menu|main menu|menu|skip to (?:main )?content|edition:|share(?: this)?|",
        r"advertisement|subscribe|sign in|log in|print|breaking news|read more)",
        r"|[×✕✖xX]",
        r"|(?:English|Arabic|Français|Deutsch|Español|Русский|Türkçe|العربية|فارسی|中文)",
        r"|https?://\S+",
        r"|(?:[\w-]+\.)+(?:com|net|org|co\.[a-z]{2})",
        r")\s*$"
    ))
});

/// The frame of the site at the start of the text, and a headline that is said twice.
fn chrome(text: &str, lines: &[Line]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut last: Option<&str> = None;
    for line in lines {
        let content = line.text(text).trim();
        if content.is_empty() {
            continue;
        }
        let repeated = last == Some(content) && content.len() >= 12;
        if !repeated && !CHROME.is_match(content) {
            // A headline may stand between two pieces of the frame, a paragraph ends it.
            if content.len() > 160 || last.is_some_and(|last| !CHROME.is_match(last)) {
                break;
            }
        } else {
            let start = line.start + indent(text, *line);
            found.push(Span::new(start, start + content.len()));
        }
        last = Some(content);
    }
    found
}

/// First lines of what generators write in front of the first dispatch.
fn is_generated(first_line: &str) -> bool {
    const STARTS: [&str; 9] = [
        "# ",
        "Directory structure:",
        "Repository:",
        "This file is a merged representation",
        "Project Path:",
        "Source Tree:",
        "<?xml",
        "<file_summary>",
        "================",
    ];
    STARTS.iter().any(|start| first_line.trim_start().starts_with(start))
}
