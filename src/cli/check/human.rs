//! `--format human`: each finding with its line and a caret under what is wrong.

use std::io;
use std::ops::Range;

use annotate_snippets::renderer::{AnsiColor, Style};
use annotate_snippets::{AnnotationKind, Group, Level, Snippet};
use anstream::ColorChoice;

use super::examine::Reported;
use crate::cli::inputs::Input;
use crate::cli::output::{choice, visible};
use crate::corpus::Severity;
use crate::text::LineIndex;

/// Characters of a line that are shown; paragraphs are one line each, and long.
const WIDTH: usize = 100;
/// Characters of them before the finding, and at most of the finding.
const BEFORE: usize = 30;
const MARKED: usize = 60;
/// Lines of one finding that are shown.
const LINES: usize = 4;

/// How findings are drawn.
pub struct Renderer {
    style: annotate_snippets::Renderer,
    arrow: Style,
}

impl Renderer {
    /// With colours where the stream they go to is a terminal.
    pub fn new(to_stderr: bool) -> Renderer {
        let choice = if to_stderr { choice(&io::stderr()) } else { choice(&io::stdout()) };
        let (style, arrow) = match choice {
            ColorChoice::Never => (annotate_snippets::Renderer::plain(), Style::new()),
            _ => (annotate_snippets::Renderer::styled(), AnsiColor::BrightBlue.on_default().bold()),
        };
        // Lines are cut here, around the finding, and not once more by the library.
        Renderer { style: style.term_width(4 * WIDTH), arrow }
    }
}

/// The findings of a file, a block each.
pub fn file(renderer: &Renderer, input: &Input, text: &str, index: &LineIndex, found: &[Reported]) -> String {
    let mut out = String::new();
    for finding in found {
        out.push_str(&block(renderer, input, text, index, finding));
        out.push_str("\n\n");
    }
    out
}

fn block(renderer: &Renderer, input: &Input, text: &str, index: &LineIndex, finding: &Reported) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO,
        Severity::Hint => Level::INFO.with_name("hint"),
    };
    let kind = finding.code.kind();
    let shown = excerpt(text, index, &finding.range);
    let snippet = Snippet::source(shown.source)
        .line_start(finding.start.line)
        .fold(false)
        .annotation(AnnotationKind::Primary.span(shown.mark));
    let title = level.primary_title(visible(&finding.message)).id(kind.id);
    let mut group = Group::with_title(title).element(snippet);
    for (place, what) in &finding.related {
        let note = format!("{} (line {}, column {})", visible(what), place.line, place.column);
        group = group.element(Level::NOTE.message(note));
    }
    if let Some(fix) = &finding.fix {
        let how = if fix.safe { "--fix" } else { "--fix --unsafe" };
        group = group.element(Level::HELP.message(format!("{} ({how})", visible(&fix.title))));
    }
    with_place(renderer, &renderer.style.render(&[group]), input, finding)
}

/// A rendered finding with its place as a second line. The library would count the column in the part of the line
/// that is shown.
fn with_place(renderer: &Renderer, rendered: &str, input: &Input, finding: &Reported) -> String {
    let (title, rest) = rendered.split_once('\n').unwrap_or((rendered, ""));
    let gutter = rest.find(['|', '\u{1b}']).unwrap_or(1).saturating_sub(1);
    let arrow = renderer.arrow;
    let place = format!("{}:{}:{}", input.shown, finding.start.line, finding.start.column);
    format!("{title}\n{:gutter$}{arrow}-->{arrow:#} {place}\n{rest}", "")
}

/// What of a text is shown for a finding.
#[derive(Debug, PartialEq, Eq)]
struct Excerpt {
    source: String,
    /// Bytes of `source`.
    mark: Range<usize>,
}

fn excerpt(text: &str, index: &LineIndex, range: &Range<usize>) -> Excerpt {
    whole_lines(text, index, range).unwrap_or_else(|| one_line(text, index, range))
}

/// A few lines in full, where they are short.
fn whole_lines(text: &str, index: &LineIndex, range: &Range<usize>) -> Option<Excerpt> {
    let first = index.line_of(range.start);
    let last = index.line_of(range.end.saturating_sub(1).max(range.start));
    if last - first >= LINES {
        return None;
    }
    let start = index.line_start(first)?;
    let mut source = String::new();
    let mut mark = 0..0;
    for line in first..=last {
        let (from, to) = line_range(text, index, line);
        let content = text.get(from..to)?;
        if content.len() > 4 * WIDTH || content.chars().count() > WIDTH {
            return None;
        }
        if line > first {
            source.push('\n');
        }
        if line == first {
            mark.start = (range.start - start).min(content.len());
        }
        if line == last {
            mark.end = source.len() + range.end.saturating_sub(from).min(content.len());
        }
        source.push_str(content);
    }
    Some(Excerpt { source, mark })
}

/// The first line of a finding, cut on both sides of it.
fn one_line(text: &str, index: &LineIndex, range: &Range<usize>) -> Excerpt {
    let (from, to) = line_range(text, index, index.line_of(range.start));
    let start = range.start.min(to);
    let before = text.get(from..start).unwrap_or_default();
    let behind = text.get(start..to).unwrap_or_default();
    let marked = behind.get(..range.end.min(to).saturating_sub(start)).unwrap_or_default();
    let left = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let right = behind.char_indices().nth(WIDTH - BEFORE).map_or(behind.len(), |(at, _)| at);
    let end = marked.char_indices().nth(MARKED).map_or(marked.len(), |(at, _)| at);
    let mut source = String::new();
    if left > 0 {
        source.push('…');
    }
    source.push_str(before.get(left..).unwrap_or_default());
    let mark = source.len()..source.len() + end;
    source.push_str(behind.get(..right).unwrap_or_default());
    if right < behind.len() {
        source.push('…');
    }
    Excerpt { source, mark }
}

/// Bytes of a line without its line end.
fn line_range(text: &str, index: &LineIndex, line: usize) -> (usize, usize) {
    let start = index.line_start(line).unwrap_or(text.len());
    let end = index.line_start(line + 1).unwrap_or(text.len());
    let content = text.get(start..end).unwrap_or_default();
    (start, start + content.trim_end_matches(['\n', '\r']).len())
}
