//! Pieces: a corpus cut at its delimiters (and, where a dispatch is long, at line starts), with what each says.
//!
//! What a piece knows depends on its own text and the few lines around it, never on where it is cut: so an edit
//! re-reads the pieces it touches, and the findings are the same as from scratch.

use std::sync::LazyLock;

use regex::Regex;

use super::body::{self, Note, Noticed};
use super::date;
use super::dateline::CJK;
use super::lines::{Line, lines_from};
use super::mark::Mark;
use super::opening::{self, Opening};
use super::plain;
use super::recognise::{may_begin, recognise, recognise_behind_text};
use super::span::Span;

/// A piece is cut at the first line start behind so many bytes.
pub const CUT: usize = 16 * 1024;

/// Dispatches of news have so many bytes, or more.
const USUAL: usize = 2 * 1024;

/// Numbers of line ends, and where the first of each kind starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineEnds {
    pub lf: u32,
    pub crlf: u32,
    pub cr: u32,
    first_lf: u32,
    first_crlf: u32,
    first_cr: u32,
}

/// The ways to end a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum LineEnd {
    #[default]
    Lf,
    CrLf,
    Cr,
}

impl LineEnd {
    pub const ALL: [LineEnd; 3] = [LineEnd::Lf, LineEnd::CrLf, LineEnd::Cr];

    pub fn text(self) -> &'static str {
        match self {
            LineEnd::Lf => "\n",
            LineEnd::CrLf => "\r\n",
            LineEnd::Cr => "\r",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            LineEnd::Lf => "LF",
            LineEnd::CrLf => "CR LF",
            LineEnd::Cr => "CR",
        }
    }
}

impl LineEnds {
    /// Counts the end of a line; `start` is where the piece starts in the text that the line is of.
    fn add(&mut self, line: Line, bytes: &[u8], start: usize) {
        let (count, first) = match line.next - line.end {
            2 => (&mut self.crlf, &mut self.first_crlf),
            1 if bytes.get(line.end) == Some(&b'\n') => (&mut self.lf, &mut self.first_lf),
            1 => (&mut self.cr, &mut self.first_cr),
            _ => return,
        };
        if *count == 0 {
            *first = small(line.end - start);
        }
        *count += 1;
    }

    pub fn of(&self, kind: LineEnd) -> u32 {
        match kind {
            LineEnd::Lf => self.lf,
            LineEnd::CrLf => self.crlf,
            LineEnd::Cr => self.cr,
        }
    }

    /// Where the first line end of a kind starts, if there is one.
    pub fn first(&self, kind: LineEnd) -> Option<usize> {
        let first = match kind {
            LineEnd::Lf => self.first_lf,
            LineEnd::CrLf => self.first_crlf,
            LineEnd::Cr => self.first_cr,
        };
        (self.of(kind) > 0).then_some(first as usize)
    }
}

/// The end of the running text in a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tail {
    /// The last word or mark of the text.
    pub last_word: Span,
    /// Behind the last line that is not blank, with its line end.
    pub line_end: u32,
    /// The text stops in the middle of a sentence.
    pub is_open: bool,
}

/// One piece of a corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Order among the pieces, with gaps: later pieces have greater labels.
    pub label: u64,
    /// Bytes.
    pub len: usize,
    pub mark: Option<Box<Mark>>,
    /// For a piece with an opener, and for the first of the file.
    pub opening: Option<Box<Opening>>,
    pub notes: Box<[Note]>,
    pub line_ends: LineEnds,
    /// `None` where there is no text besides delimiter and header.
    pub tail: Option<Tail>,
    /// It does not end with a line end: only the last piece of a file can be so.
    pub unended: bool,
}

impl Piece {
    /// Whether the opening of its dispatch may reach behind its end.
    pub fn needs_more(&self) -> bool {
        let behind_mark = self.mark.as_ref().map_or(0, |mark| mark.end as usize);
        self.opening.is_some() && self.len < behind_mark + CUT
    }

    fn read(text: &str, cut: Cut, seen: Seen<'_>) -> Piece {
        let Cut { mut mark, is_file_start, line_ends } = cut;
        let opens = mark.as_ref().is_some_and(|mark| mark.role == super::mark::Role::Opener);
        let behind_mark = mark.as_ref().map_or(0, |mark| mark.end as usize);
        let start = if behind_mark == 0 && is_file_start && text.starts_with('\u{FEFF}') {
            '\u{FEFF}'.len_utf8()
        } else {
            behind_mark
        };
        let mut opening =
            (opens || is_file_start).then(|| Box::new(opening::read(text, start, seen.lines, is_file_start)));
        let body = opening.as_ref().map_or(start, |opening| opening.body as usize);
        if let (Some(opening), Some(mark)) = (&mut opening, &mark) {
            let date = date::in_name(mark.name.of(text));
            opening.set_name_date(date.map(|(date, range)| (date, Span::from(range))));
        }
        if let Some(mark) = &mut mark {
            // The name can stand on the line below (`<DOCNO>`).
            mark.name = Span { end: mark.name.end.min(Span::empty(text.len()).end), ..mark.name };
        }
        let mut notes = body::notes(text, start, seen.lines, seen.months);
        if let Some(header) = opening.as_ref().and_then(|opening| opening.header.as_ref()) {
            // A header's dates are read with the header.
            notes.retain(|note| !matches!(note.what, Noticed::Weekday { .. }) || note.span.start >= header.end);
        }
        if let Some(mark) = &mark {
            // A byte order mark in front of a delimiter is not part of it.
            let before = text.get(..mark.span.start as usize).unwrap_or_default();
            if before.starts_with('\u{FEFF}') && !is_file_start {
                notes.insert(0, Note { span: Span::new(0, 3), what: Noticed::ByteOrderMark });
            }
        }
        let marked = Piece::of_mark(text, Cut { mark, is_file_start, line_ends }, seen);
        Piece { opening, notes: notes.into(), tail: tail(text, body), ..marked }
    }

    /// A piece of which only the delimiter and the line ends are known.
    fn of_mark(text: &str, cut: Cut, _: Seen<'_>) -> Piece {
        Piece {
            label: 0,
            len: text.len(),
            mark: cut.mark.map(Box::new),
            opening: None,
            notes: Box::default(),
            line_ends: cut.line_ends,
            tail: None,
            unended: !text.is_empty() && !text.ends_with(['\n', '\r']),
        }
    }
}

/// What the cutting of a text tells about a piece.
#[derive(Debug, Default)]
struct Cut {
    /// The delimiter it begins with.
    mark: Option<Mark>,
    is_file_start: bool,
    line_ends: LineEnds,
}

/// What was seen of a piece's text when it was cut, relative to its start.
#[derive(Debug, Clone, Copy)]
struct Seen<'a> {
    /// The lines behind the delimiter.
    lines: &'a [Line],
    /// Where names of months start, or words like them.
    months: &'a [usize],
}

/// Cuts `text[from..to]` into pieces and reads them; both are line starts, and what lies around is context.
/// The labels are 0.
pub fn read(text: &str, from: usize, to: usize) -> Vec<Piece> {
    cut_into(text, from, to, Piece::read)
}

/// As [`read`], but of each piece only its delimiter and its line ends: several times as fast.
pub fn read_marks(text: &str, from: usize, to: usize) -> Vec<Piece> {
    cut_into(text, from, to, Piece::of_mark)
}

/// The keyword, and the months: looked for in one.
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    let months = date::MONTHS.map(|name| name.get(..MONTH_START).unwrap_or(name));
    date::pattern(&format!("FILE|{}", months.join("|")))
});
/// Bytes by which a month is told.
const MONTH_START: usize = 3;

fn cut_into(text: &str, from: usize, to: usize, read: fn(&str, Cut, Seen<'_>) -> Piece) -> Vec<Piece> {
    let block = text.get(..to).unwrap_or(text);
    let bytes = block.as_bytes();
    let mut words = WORDS.find_iter(block.get(from..).unwrap_or_default());
    let mut word = words.next();
    // Enough for most corpora: to grow means to copy.
    let mut pieces = Vec::with_capacity(bytes.len().saturating_sub(from) / USUAL + 1);
    // Where the piece at hand began, and what is known of it. It is read as soon as its end is known, while the
    // processor still has its text at hand.
    let mut piece_start = from;
    let mut piece = Cut { is_file_start: from == 0, ..Cut::default() };
    let (mut lines, mut months) = (Vec::new(), Vec::new());
    let mut end_piece =
        |piece: &mut Cut, lines: &mut Vec<Line>, months: &mut Vec<usize>, start: usize, end: usize, next: Cut| {
            let piece = std::mem::replace(piece, next);
            let length = end - start;
            let own = months.partition_point(|month| *month < length);
            if end > start {
                let seen = Seen { lines, months: months.get(..own).unwrap_or_default() };
                pieces.push(read(text.get(start..end).unwrap_or_default(), piece, seen));
            }
            lines.clear();
            // Those of the line at hand.
            months.drain(..own);
            months.iter_mut().for_each(|month| *month -= length);
            end
        };
    let mut start = from;
    let mut last_cut = from;
    // Nearly no text has a CR; without, one byte is looked for instead of two.
    let has_cr = memchr::memchr(b'\r', bytes).is_some();
    while let Some(line) = if has_cr { Line::at(block, start) } else { Line::at_lf(block, start) } {
        let content = bytes.get(line.start..line.end).unwrap_or_default();
        let is_suspect = !content.is_empty() && may_begin(content) && !plain::is_prose(content);
        let mut mark = if is_suspect { recognise_at(text, line) } else { None };
        while let Some(found) = word
            && from + found.start() < line.end
        {
            let at = from + found.start();
            if found.len() == MONTH_START {
                months.push(at - piece_start);
            } else if mark.is_none() && at >= line.start {
                mark = recognise_behind_text(text, line, at);
            }
            word = words.next();
        }
        start = line.next;
        if let Some(mark) = mark {
            start = start.max(line.start + mark.end as usize);
            last_cut = start;
            let next = Cut { is_file_start: line.start == 0, mark: Some(mark), ..Cut::default() };
            piece_start = end_piece(&mut piece, &mut lines, &mut months, piece_start, line.start, next);
            // A delimiter can have several lines.
            for inner in lines_from(block, line.next).take_while(|inner| inner.start < start) {
                piece.line_ends.add(inner, bytes, piece_start);
            }
        } else {
            if line.start - last_cut >= CUT {
                last_cut = line.start;
                piece_start = end_piece(&mut piece, &mut lines, &mut months, piece_start, line.start, Cut::default());
            }
            lines.push(line.back(piece_start));
        }
        piece.line_ends.add(line, bytes, piece_start);
    }
    end_piece(&mut piece, &mut lines, &mut months, piece_start, to, Cut::default());
    pieces
}

/// Recognises a delimiter behind a byte order mark, too: at the start of the file it belongs there, elsewhere it is
/// a finding of its own and no part of the delimiter.
fn recognise_at(text: &str, line: Line) -> Option<Mark> {
    if let Some(mark) = plain::opener(text, line) {
        return Some(mark);
    }
    if !line.text(text).starts_with('\u{FEFF}') {
        return recognise(text, line);
    }
    let skip = '\u{FEFF}'.len_utf8();
    let mut mark = recognise(text, Line { start: line.start + skip, ..line })?;
    mark.blank_before = Line::before(text, line.start).map(|before| before.is_blank(text));
    mark.shift(skip);
    Some(mark)
}

/// Where the running text from byte `body` on ends.
fn tail(text: &str, body: usize) -> Option<Tail> {
    let running = text.get(body..)?;
    let trimmed = running.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let content = trimmed.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if content.is_empty() {
        return None;
    }
    let end = body + trimmed.len();
    let line_start = memchr::memrchr2(b'\n', b'\r', trimmed.as_bytes()).map_or(0, |at| at + 1);
    let line = trimmed.get(line_start..).unwrap_or_default();
    let last = trimmed.chars().next_back().unwrap_or('.');
    // Chinese has no spaces between words.
    let head = trimmed.strip_suffix(last).unwrap_or(trimmed);
    let word_start = head.trim_end_matches(|c: char| !c.is_whitespace() && c < CJK).len().max(line_start);
    let mid_sentence = last.is_alphanumeric() || matches!(last, ',' | ';' | '-' | '–' | '—' | '(' | '“' | '‘' | '«');
    // A short last line is a credit, a label or a headline.
    let is_prose = || line.split_whitespace().nth(4).is_some();
    let line_end = Line::at(text, body + line_start).map_or(text.len(), |line| line.next);
    Some(Tail {
        last_word: Span::new(body + word_start, end),
        line_end: small(line_end),
        is_open: mid_sentence && is_prose(),
    })
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
