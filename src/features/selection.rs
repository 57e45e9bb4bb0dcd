//! Selection: from the word at the cursor outwards to the file: mention, claim, sentence, paragraph, dispatch.

use std::ops::Range;

use crate::corpus::Dispatch;
use crate::text::{Span, Text};
use crate::workspace::Snapshot;

use super::annotated;
use super::spot::{self, Spot};

/// A word reaches so far to each side, in bytes, and a paragraph so far in lines.
const WORD: usize = 256;
const PARAGRAPH: usize = 1000;

/// The ranges around `offset`, from the smallest to the file: each lies within the next. Not for the owner.
pub fn find(snapshot: &Snapshot, offset: usize) -> Vec<Range<usize>> {
    let text = &snapshot.text;
    let mut ranges = vec![word(text, offset)];
    if let Some((dispatch, spot)) = spot::at(snapshot, offset) {
        match spot {
            Spot::Opener(delimiter) | Spot::Closer(delimiter) => {
                ranges.extend(delimiter.name.filter(|name| name.start <= offset && offset <= name.end));
                ranges.push(delimiter.range);
            }
            Spot::Key(field) => {
                ranges.extend([field.key_range, content(text, &field.line)]);
                ranges.extend(dispatch.header.map(|header| header.range));
            }
            Spot::Value(field) => {
                ranges.extend([field.value, content(text, &field.line)]);
                ranges.extend(dispatch.header.map(|header| header.range));
            }
            Spot::Prologue(_) | Spot::Body => {
                ranges.extend(line_and_paragraph(text, offset, &dispatch.body));
                ranges.push(dispatch.body.clone());
                ranges.extend(found(snapshot, &dispatch, offset));
            }
        }
        ranges.push(dispatch.range);
    } else {
        ranges.extend(line_and_paragraph(text, offset, &(0..text.len())));
    }
    ranges.push(0..text.len());
    let mut ranges = growing(ranges, offset);
    if ranges.len() > 1 && ranges.first().is_some_and(Range::is_empty) {
        ranges.remove(0);
    }
    ranges
}

/// The mention, date, claim and sentence around `offset`.
fn found(snapshot: &Snapshot, dispatch: &Dispatch, offset: usize) -> Vec<Range<usize>> {
    let prose = dispatch.prose();
    if !(prose.start..=prose.end).contains(&offset) {
        return Vec::new();
    }
    let Some(annotated) = annotated::of(snapshot, dispatch.clone()) else { return Vec::new() };
    let found = annotated.found();
    let mentions = found.mentions.iter().flat_map(|mention| [mention.span, mention.full]);
    let dates = found.dates.iter().map(|date| date.span);
    let claims = found.claims.iter().flat_map(|claim| {
        let spans = [claim.source.as_slice(), &claim.cue, &claim.content].concat();
        let start = spans.iter().map(|span| span.start).min().unwrap_or_default();
        let end = spans.iter().map(|span| span.end).max().unwrap_or_default();
        spans.into_iter().chain([Span { start, end }])
    });
    let spans = mentions.chain(dates).chain(claims);
    let spans = spans.chain(found.quotations.iter().copied()).chain(found.sentences.iter().copied());
    let ranges = spans.map(|span| annotated.range(span));
    ranges.filter(|range| range.start <= offset && offset <= range.end).collect()
}

fn line_and_paragraph(text: &Text, offset: usize, body: &Range<usize>) -> [Range<usize>; 2] {
    [content(text, &text.line_range(text.line_of(offset))), paragraph(text, offset, body)]
}

/// Those that hold `offset`, the smallest first, each larger than the one before and around it.
fn growing(mut ranges: Vec<Range<usize>>, offset: usize) -> Vec<Range<usize>> {
    ranges.sort_by_key(Range::len);
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in ranges.into_iter().filter(|range| range.start <= offset && offset <= range.end) {
        match kept.last() {
            Some(last) if range.start > last.start || range.end < last.end || range == *last => {}
            _ => kept.push(range),
        }
    }
    kept
}

fn word(text: &Text, offset: usize) -> Range<usize> {
    let is_word =
        |c: &char| c.is_alphanumeric() || matches!(c, '_' | '\'' | '’' | '\u{200C}' | '\u{200D}') || is_mark(*c);
    let line = text.line_range(text.line_of(offset));
    let before = text.slice(line.start.max(offset.saturating_sub(WORD))..offset);
    let behind = text.slice(offset..line.end.min(offset.saturating_add(WORD)));
    let start: usize = before.chars().rev().take_while(is_word).map(char::len_utf8).sum();
    let end: usize = behind.chars().take_while(is_word).map(char::len_utf8).sum();
    // The name in `Assad’s` ends before the ’s: with it, it would not lie within `President Assad`.
    let owner = behind.get(..end).and_then(|word| word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")));
    offset - start..offset + owner.map_or(end, str::len)
}

/// Vowel signs and accents that are characters of their own.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// A line without its line end.
fn content(text: &Text, line: &Range<usize>) -> Range<usize> {
    let tail = text.slice(line.end.saturating_sub(2).max(line.start)..line.end);
    line.start..line.end - (tail.len() - tail.trim_end_matches(['\n', '\r']).len())
}

/// The lines around `offset` that are not blank.
fn paragraph(text: &Text, offset: usize, body: &Range<usize>) -> Range<usize> {
    let here = text.line_of(offset);
    let is_text = |line: &usize| {
        let range = text.line_range(*line);
        range.start < body.end
            && range.end > body.start
            && !text.slice(range.start..range.end.min(range.start + WORD)).trim().is_empty()
    };
    if !is_text(&here) {
        return content(text, &text.line_range(here));
    }
    let first = (0..here).rev().take(PARAGRAPH).take_while(is_text).last().unwrap_or(here);
    let last = (here + 1..text.line_count()).take(PARAGRAPH).take_while(is_text).last().unwrap_or(here);
    text.line_start(first).max(body.start)..content(text, &text.line_range(last)).end
}
