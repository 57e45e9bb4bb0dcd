//! Finds the delimiter that a line begins, in any dialect. Decided by the line and its neighbours alone:
//! one line back, and at most [`REACH`] lines on.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Code::{F001, F002, F003, F004, F005, F007, F008, F009, F016, F025};
use super::date::pattern;
use super::lines::Line;
use super::mark::{Count, Flaw, Mark, Role};
use super::span::Span;
use super::style::Style;
use super::{Dialect, fenced, name, tag};

/// How many lines behind its first one a delimiter can depend on (a rule, a blank line, FILE, a blank line, a rule).
pub const REACH: usize = 4;

/// Bytes: longer lines are no delimiters with something invisible in them.
const SEEN: usize = 1000;

/// Whether a line can begin a delimiter, by its first bytes: what keeps prose cheap.
pub fn may_begin(bytes: &[u8]) -> bool {
    let text = match bytes.iter().position(|byte| !matches!(byte, b' ' | b'\t')) {
        Some(at) => bytes.get(at..).unwrap_or_default(),
        None => return false,
    };
    match text {
        [b'=' | b'<' | b'[' | b'#' | b'_' | b'*' | b'~' | b'+' | b'%' | b'@' | b'&', ..] => true,
        [0..=0x1F | 0x7F, ..] => true,
        [b'-', b' ', b'F' | b'f' | b'E' | b'e' | b'-' | b'=' | b'<' | b'[', ..] => true,
        [b'-', second, ..] => !matches!(second, b' ' | b'\t' | b'a'..=b'z' | b'A'..=b'Z'),
        [b'/', b'/' | 0x80.., ..] => true,
        [b'F' | b'f', second, ..] => {
            !second.is_ascii_alphabetic() || matches!(second | 0x20, b'i' | b'l' | b'f' | b'e')
        }
        [b'E' | b'e', b'N' | b'n', b'D' | b'd', ..] => true,
        [b'B' | b'b', b'E' | b'e', b'G' | b'g', ..] => true,
        [b'S' | b'D', b'Y' | b'I' | b'o' | b'O', ..] => true,
        [b'I' | b'i', b'F' | b'f' | b'L' | b'l', ..] => true,
        [b'0'..=b'9', ..] => true,
        // Special spaces and dashes, fences from auto-correction, full-width forms, BOM, Cyrillic and Greek capitals.
        [0xC2, 0xA0 | 0xAD | 0xAB, ..] | [0xD8, 0x9C, ..] | [0xE1, 0xA0, 0x8E, ..] | [0xF3, 0xA0, ..] => true,
        [0xE2, 0x80, third, ..] => !matches!(third, 0x98..=0x9E | 0xA6 | 0xA2),
        [0xE2, 0x81 | 0x88 | 0x94 | 0x95, ..] | [0xE3, 0x80, 0x80, ..] | [0xEF, ..] => true,
        _ => false,
    }
}

/// The delimiter that begins on the line at `line`; spans are relative to the line's start.
pub fn recognise(text: &str, line: Line) -> Option<Mark> {
    let content = line.text(text);
    // The first letter tells most readers apart: few patterns are ever compiled.
    let first = match fenced::entity(content) {
        Some((written, _)) => written,
        None => content.chars().filter_map(fenced::visible).find(|c| !matches!(c, ' ' | '\t'))?,
    };
    let seen = |is_its: bool, read: fn(&str) -> Option<Mark>| if is_its { seen(content, read) } else { None };
    let is_dash = matches!(first, '-' | '–' | '—' | '―' | '─' | '−');
    let in_tag = |content: &str| tag::read(content, text.get(line.next..).unwrap_or_default(), line.next - line.start);
    let mut mark = gitingest(text, line)
        .or_else(|| proquest(text, line))
        .or_else(|| seen(matches!(first, '=' | '═' | '＝'), head))
        .or_else(|| fenced::read(content))
        .or_else(|| seen(first == '#', heading))
        .or_else(|| seen(is_dash, txtar))
        .or_else(|| if first == '<' { self::seen(content, in_tag) } else { None })
        .or_else(|| if matches!(first, '-' | '*' | '0'..='9') { behind_marker(content, in_tag) } else { None })
        .or_else(|| seen(first == 'D' || first.is_numeric(), lexis))
        .or_else(|| seen(matches!(first, 'F' | 'f'), bare))?;
    // Where nothing has set it: behind the line's end.
    let end = Span::empty(line.next - line.start).end;
    mark.end = mark.end.max(end);
    let before = Line::before(text, line.start);
    mark.blank_before = before.map(|before| before.is_blank(text));
    Some(mark)
}

/// Reads a line as a reader sees it: what shows nothing is a flaw of its own.
fn seen(line: &str, read: impl Fn(&str) -> Option<Mark>) -> Option<Mark> {
    let is_plain = |c: char| c == '\t' || fenced::visible(c) == Some(c);
    // In a line that begins as HTML writes it, the delimiter is written so. Others can have entities in their values.
    let is_html = line.starts_with('&') || line.starts_with("==&");
    if !is_html && line.is_ascii() || line.len() > SEEN || !is_html && line.chars().all(is_plain) {
        return read(line);
    }
    // Of each byte that is seen, its place in the line; the place behind the last one.
    let (mut clean, mut places, mut flaws) = (String::new(), Vec::new(), Vec::new());
    let mut end = 0;
    for (at, c) in line.char_indices() {
        if at < end {
            continue;
        }
        if is_html && let Some((written, length)) = fenced::entity(line.get(at..).unwrap_or_default()) {
            end = at + length;
            clean.push(written);
            places.resize(clean.len(), (at, end));
            flaws.push(Flaw::new(F001, Span::new(at, end), written.to_string()));
            continue;
        }
        let shown = if c == '\t' { Some(c) } else { fenced::visible(c) };
        if shown != Some(c) {
            let put = if shown.is_some() { " " } else { "" };
            flaws.push(Flaw::new(F005, Span::new(at, at + c.len_utf8()), put));
        }
        if let Some(shown) = shown {
            clean.push(shown);
            places.resize(clean.len(), (at, at + c.len_utf8()));
        }
    }
    let mut mark = read(&clean)?;
    mark.replace_spans(|span| {
        // What stands below the line is at its place already.
        let is_below = |at: u32| at as usize > clean.len();
        let start = match places.get(span.start as usize) {
            Some((start, _)) => *start,
            None if is_below(span.start) => span.start as usize,
            None => line.len(),
        };
        let last = (span.end as usize).checked_sub(1).and_then(|last| places.get(last));
        let end = if is_below(span.end) { span.end as usize } else { last.map_or(start, |(_, end)| *end) };
        Span::new(start, if span.is_empty() { start } else { end.max(start) })
    });
    let rewritten = |flaw: &Flaw| {
        mark.flaws().iter().any(|other| other.span.start <= flaw.span.start && flaw.span.end <= other.span.end)
    };
    flaws.retain(|flaw| !rewritten(flaw));
    if mark.dialect() == Dialect::Tag {
        flaws.iter_mut().filter(|flaw| flaw.code == F001).for_each(|flaw| flaw.code = F025);
    }
    flaws.extend(mark.flaws().iter().cloned());
    flaws.sort_by_key(|flaw| flaw.span);
    Some(mark.with_flaws(flaws))
}

/// A delimiter that stands behind text on its line: `… said. === FILE: b.txt ===`. `hits` are the byte offsets of
/// the words `FILE` and `END FILE` in the line.
pub fn recognise_behind_text(text: &str, line: Line, hit: usize) -> Option<Mark> {
    let content = line.text(text);
    let mut at = hit.checked_sub(line.start)?;
    let head = content.get(..at)?;
    for lead in ["END ", "END_", "BEGIN "] {
        if head.ends_with(lead) {
            at -= lead.len();
        }
    }
    let mut mark = fenced::read_behind_text(content, at)?;
    mark.end = Span::empty(line.next - line.start).end;
    mark.blank_before = None;
    Some(mark)
}

static FILE_LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<indent>[ \t]*)(?P<key>F ILE|FI LE|FIL E|[\p{L}1|!]{3,9})(?P<sep>[ \t]*(?:[.,=|–—-][ \t]+|[:;：；﹕∶꞉]{0,2}[ \t]*))(?P<name>(?:[^\s:;：；﹕∶꞉].*?)?)(?P<edge>[ \t]*)$",
    )
});
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<indent>[ \t]*)(?P<run>#{1,6})(?P<gap>[ \t]*)(?P<key>F ILE|FI LE|FIL E|[\p{L}1|!]{3,5})(?P<sep>[ \t]*(?:[.,=|–—-][ \t]+|[:;：；﹕∶꞉]{0,2}[ \t]*))(?P<tick>`?)(?P<name>[^\s`:;：；﹕∶꞉](?:[^`]*[^\s`])?)`?(?P<edge>[ \t]*)$",
    )
});
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<indent>[ \t]*)(?P<left>[=═＝]{1,4}>)(?P<gap>[ \t]*)(?P<name>(?:[^\s<](?:.*?\S)?)?)(?P<gap2>[ \t]*)(?P<right><[=═＝-]{0,4})?(?P<edge>[ \t]*)$",
    )
});
static TXTAR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<indent>[ \t]*)(?P<left>[-–—―─−]{1,4})(?P<gap>[ \t]*)(?P<name>[^\s–—―─−-](?:.*?[^\s–—―─−=-])?)(?P<gap2>[ \t]*)(?P<right>[-–—―─−=]{0,4})(?P<edge>[ \t]*)$",
    )
});
static LEXIS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[ \t]*(?:(?P<n>\d{1,7})(?P<gap>[ \t]*)(?P<of>of|fo|Of|OF|0f|von|de|di|van)(?P<gap2>[ \t]*)(?P<t>\d{1,7})(?P<gap3>[ \t]+)(?P<word>DOCUMENTS?|Documents?|DOCUMNETS?|DOCUMETNS?)|(?:Dokument|Document|Documento|DOCUMENT) (?P<n2>\d{1,7}) (?:von|of|de|di|van) (?P<t2>\d{1,7}))[ \t]*$",
    )
});
static PROQUEST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?P<indent>[ \t]*)Document (?P<n>\d{1,7}) of (?P<t>\d{1,7})(?P<edge>[ \t]*)$"));
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<indent>[ \t]*)(?P<key>FILES|FILE|File|file|FIEL|FLIE)(?P<sep>[ \t]*(?:[.,=|–—-][ \t]+|[:;：；﹕∶꞉]{0,2}[ \t]*))(?P<name>[^\s:;：；﹕∶꞉]\S*)(?P<edge>[ \t]*)$",
    )
});

fn group(found: &Captures<'_>, name: &str) -> Span {
    found.name(name).map(|group| Span::from(group.range())).unwrap_or_default()
}

fn named(mut mark: Mark, line: &str, span: Span) -> Mark {
    mark.name = span;
    let name = span.of(line);
    if name.is_empty() {
        return mark;
    }
    mark.key = name::key(name);
    mark.unsafe_name = name::unsafety(name);
    mark
}

/// White space at the edges of a delimiter.
fn edge_flaws(found: &Captures<'_>) -> Vec<Flaw> {
    ["indent", "edge"]
        .into_iter()
        .map(|name| group(found, name))
        .filter(|span| !span.is_empty())
        .map(|span| Flaw::new(F007, span, ""))
        .collect()
}

fn expect(flaws: &mut Vec<Flaw>, code: super::Code, line: &str, span: Span, wanted: &str) {
    if span.of(line) != wanted {
        flaws.push(if code == F004 {
            Flaw::difference(code, line, span, wanted)
        } else {
            Flaw::new(code, span, wanted)
        });
    }
}

/// The length in characters of a rule made of `c`, and of nothing else that is seen; `None` for other lines, and for
/// what no one would type.
fn rule(line: &str, c: char) -> Option<usize> {
    let trimmed = line.trim_end_matches([' ', '\t']);
    let mut seen = trimmed.chars().filter_map(fenced::visible);
    ((8..=400).contains(&trimmed.len()) && seen.all(|other| other == c)).then(|| trimmed.matches(c).count())
}

/// The next line that is not blank, over at most one blank line, and whether there was one.
fn next_line(text: &str, line: Line) -> Option<(Line, Option<Line>)> {
    let next = line.following(text)?;
    if !next.is_blank(text) {
        return Some((next, None));
    }
    let second = next.following(text)?;
    (!second.is_blank(text)).then_some((second, Some(next)))
}

/// A rule of `=`, `FILE: x`, the same rule.
fn gitingest(text: &str, line: Line) -> Option<Mark> {
    let content = line.text(text);
    let first = rule(content, '=');
    let (file, gap) = match first {
        Some(_) => next_line(text, line)?,
        None => (line, None),
    };
    let content_of_file = file.text(text);
    let words = seen(content_of_file, file_words)?;
    let second = next_line(text, file).and_then(|(below, gap)| Some((below, gap, rule(below.text(text), '=')?)));
    // With one rule only, or a blank line between, it could be a caption near a rule of someone else's: of a table,
    // or of the next opener.
    let is_whole = first.is_some() && second.is_some();
    let is_sure = name::is_sure(words.name.of(content_of_file));
    let rule_of_next = || {
        let below = second.and_then(|(below, ..)| below.following(text));
        below.is_some_and(|line| file_words(line.text(text)).is_some_and(|next| next.well_formed))
    };
    // Broken words need both rules and a name: texts have titles between rules, too.
    let is_meant = if is_whole {
        words.well_formed || is_sure || words.name.is_empty()
    } else {
        words.well_formed && is_sure && gap.is_none()
    };
    if !is_meant || (first.is_none() && (second.is_none() || rule_of_next())) {
        return None;
    }
    let base = file.start - line.start;
    // The right one of two lengths is the one that programs write, else the longer one.
    let lengths = [first, second.map(|(_, _, length)| length)];
    let usual = lengths.into_iter().flatten().find(|length| matches!(length, 16 | 48));
    let length = usual.or(lengths.into_iter().flatten().max()).unwrap_or(0);
    let style = Style {
        length: u16::try_from(length).unwrap_or(u16::MAX),
        title_case: words.style.title_case,
        ..Style::usual(Dialect::Gitingest)
    };
    let last = second.map_or(file, |(below, ..)| below);
    let mut mark = Mark::new(Role::Opener, style, Span::new(0, last.end - line.start));
    mark.end = Span::empty(last.next - line.start).end;
    mark.keyword = words.keyword.moved(base);

    let rule_text = "=".repeat(length);
    let mut flaws = Vec::new();
    let blank = |blank: Line| Flaw::new(F016, Span::new(blank.start - line.start, blank.next - line.start), "");
    if first.is_none() {
        flaws.push(Flaw::new(F016, Span::empty(0), format!("{rule_text}\n")));
    }
    flaws.extend(gap.map(blank));
    match second {
        None => flaws.push(Flaw::new(F016, Span::empty(file.end - line.start), format!("\n{rule_text}"))),
        Some((below, gap, _)) => {
            flaws.extend(gap.map(blank));
            for rule in [Some(below), first.map(|_| line)].into_iter().flatten() {
                let written = rule.text(text).trim_end_matches([' ', '\t']);
                if written != rule_text {
                    let start = rule.start - line.start;
                    flaws.push(Flaw::new(F016, Span::new(start, start + written.len()), rule_text.clone()));
                }
            }
        }
    }
    for rule in [first.map(|_| line), second.map(|(below, ..)| below)].into_iter().flatten() {
        let start = rule.start - line.start + rule.text(text).trim_end_matches([' ', '\t']).len();
        let edge = Span::new(start, rule.end - line.start);
        if !edge.is_empty() {
            flaws.push(Flaw::new(F007, edge, ""));
        }
    }
    flaws.extend(words.flaws().iter().cloned().map(|flaw| Flaw { span: flaw.span.moved(base), ..flaw }));
    flaws.sort_by_key(|flaw| flaw.span);
    (mark.key, mark.unsafe_name) = (words.key, words.unsafe_name);
    let mut mark = mark.with_flaws(flaws);
    mark.name = words.name.moved(base);
    if !mark.well_formed {
        mark.style.length = if length == 16 || length == 48 { mark.style.length } else { 48 };
    }
    Some(mark)
}

/// The line between two rules.
fn file_words(line: &str) -> Option<Mark> {
    // What FILE, SYMLINK and DIRECTORY can begin with.
    let first = line.trim_start_matches([' ', '\t']).chars().next()?;
    if !matches!(first, 'F' | 'f' | 'I' | 'i' | 'L' | 'S' | 'D' | 'Ｆ' | 'Ϝ') {
        return None;
    }
    let found = FILE_LINE.captures(line)?;
    let (key, separator, mut name) = (group(&found, "key"), group(&found, "sep"), group(&found, "name"));
    let keyword = key.of(line);
    let known = matches!(keyword, "FILE" | "File" | "SYMLINK" | "DIRECTORY");
    let is_unnamed = name.is_empty();
    if separator.is_empty() || !known && (is_unnamed || !fenced::is_nearly_file(keyword)) {
        return None;
    }
    if keyword == "SYMLINK"
        && let Some(arrow) = name.of(line).find(" -> ")
    {
        name = Span::new(name.start as usize, name.start as usize + arrow);
    }
    let mut flaws = edge_flaws(&found);
    if !known {
        flaws.push(Flaw::new(F003, key, "FILE"));
    }
    if !is_unnamed {
        expect(&mut flaws, F004, line, separator, ": ");
    } else if matches!(separator.of(line).trim(), ":") {
        name = Span::empty(separator.end as usize);
        flaws.push(Flaw::new(F009, name, ""));
    } else {
        return None;
    }
    let style = Style { title_case: keyword == "File", ..Style::usual(Dialect::Gitingest) };
    let mut mark = Mark::new(Role::Opener, style, Span { start: key.start, end: name.end });
    mark.keyword = key;
    Some(named(mark, line, name).with_flaws(flaws))
}

fn proquest(text: &str, line: Line) -> Option<Mark> {
    let length = rule(line.text(text), '_')?;
    let (below, _) = next_line(text, line)?;
    let mut mark = seen(below.text(text), document)?;
    mark.shift(below.start - line.start);
    mark.span.start = 0;
    mark.end = Span::empty(below.next - line.start).end;
    mark.well_formed = mark.well_formed && length >= 40;
    Some(mark)
}

/// `Document 3 of 250`, below its rule.
fn document(line: &str) -> Option<Mark> {
    let found = PROQUEST.captures(line)?;
    let (number, total) = (found.name("n")?, found.name("t")?);
    let mut mark = Mark::new(Role::Opener, Style::usual(Dialect::Proquest), Span::new(0, total.end()));
    mark.set_count(Some(count(number, total, 0)?));
    Some(mark.with_flaws(edge_flaws(&found)))
}

fn lexis(line: &str) -> Option<Mark> {
    let found = LEXIS.captures(line)?;
    let (number, total) =
        (found.name("n").or_else(|| found.name("n2"))?, found.name("t").or_else(|| found.name("t2"))?);
    let start = line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut mark = Mark::new(Role::Opener, Style::usual(Dialect::Lexis), Span::new(start, line.trim_end().len()));
    mark.set_count(count(number, total, 0));
    let mut flaws = Vec::new();
    if found.name("word").is_some() {
        let (of, word) = (group(&found, "of"), group(&found, "word"));
        if matches!(of.of(line), "fo" | "Of" | "OF" | "0f") {
            flaws.push(Flaw::new(F003, of, "of"));
        }
        for gap in ["gap", "gap2", "gap3"] {
            expect(&mut flaws, F004, line, group(&found, gap), " ");
        }
        if !word.of(line).starts_with("DOCUMENT") {
            flaws.push(Flaw::new(
                F003,
                word,
                if number.as_str() == "1" && total.as_str() == "1" { "DOCUMENT" } else { "DOCUMENTS" },
            ));
        }
    }
    Some(mark.with_flaws(flaws))
}

fn count(number: regex::Match<'_>, total: regex::Match<'_>, base: usize) -> Option<Count> {
    Some(Count {
        number: number.as_str().parse().ok()?,
        total: total.as_str().parse().ok()?,
        number_span: Span::from(number.range()).moved(base),
        total_span: Span::from(total.range()).moved(base),
    })
}

fn heading(line: &str) -> Option<Mark> {
    let found = HEADING.captures(line)?;
    let (run, key, name) = (group(&found, "run"), group(&found, "key"), group(&found, "name"));
    let ticked = !group(&found, "tick").is_empty();
    let title = key.of(line) == "File";
    let style = Style {
        length: u16::try_from(run.end - run.start).unwrap_or(2),
        title_case: key.of(line) != "FILE",
        ..Style::usual(Dialect::Heading)
    };
    let mut flaws = edge_flaws(&found);
    expect(&mut flaws, F004, line, group(&found, "gap"), " ");
    if !title && key.of(line) != "FILE" {
        if !fenced::is_nearly_file(key.of(line)) {
            return None;
        }
        flaws.push(Flaw::new(F003, key, "File"));
    }
    expect(&mut flaws, F004, line, group(&found, "sep"), ": ");
    let text = name.of(line);
    let sure = ticked || name::is_file_like(text) || name::has_extension(text);
    // `# File: x` is the title of a document; a broken heading needs a name with an extension.
    if !sure || run.end - run.start < 2 || (!flaws.is_empty() && !name::has_extension(text)) {
        return None;
    }
    let mut mark =
        Mark::new(Role::Opener, style, Span { start: run.start, end: group(&found, "edge").start.max(name.end) });
    mark.keyword = key;
    Some(named(mark, line, name).with_flaws(flaws))
}

fn head(line: &str) -> Option<Mark> {
    if let Some(mark) = with_text_behind(line, " <==", head) {
        return Some(mark);
    }
    let found = HEAD.captures(line)?;
    let (left, right, name) = (group(&found, "left"), group(&found, "right"), group(&found, "name"));
    let is_sure = name::is_sure(name.of(line));
    // `==> Important <==` is a cry, unless its words are a file's name.
    if name.of(line).contains(' ') && !is_sure {
        return None;
    }
    let mut flaws = edge_flaws(&found);
    if name.is_empty() {
        if left.of(line) != "==>" || right.of(line) != "<==" {
            return None;
        }
        flaws.push(Flaw::new(F009, Span::empty(left.end as usize), ""));
        let mut mark = Mark::new(Role::Opener, Style::usual(Dialect::Head), Span { start: left.start, end: right.end });
        mark.is_doubtful = true;
        return Some(mark.with_flaws(flaws));
    }
    expect(&mut flaws, F001, line, left, "==>");
    expect(&mut flaws, F004, line, group(&found, "gap"), " ");
    if right.is_empty() {
        // `==> Downloading https://…` is a program's.
        if left.of(line) != "==>" || !is_sure || name.of(line).contains("://") {
            return None;
        }
        flaws.push(Flaw::new(F002, Span::empty(name.end as usize), " <=="));
    } else {
        expect(&mut flaws, F004, line, group(&found, "gap2"), " ");
        expect(&mut flaws, F001, line, right, "<==");
    }
    let mut mark =
        Mark::new(Role::Opener, Style::usual(Dialect::Head), Span { start: left.start, end: right.end.max(name.end) });
    mark.keyword = name;
    mark.is_doubtful = !is_sure && !name.of(line).chars().all(char::is_lowercase);
    Some(named(mark, line, name).with_flaws(flaws))
}

/// A delimiter that a list or an editor has numbered: `12. [FILE: b.txt]`.
fn behind_marker(line: &str, in_tag: impl Fn(&str) -> Option<Mark>) -> Option<Mark> {
    let content = line.trim_start_matches([' ', '\t']);
    let marker = content.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = content.len() - marker.len();
    let rest = marker.strip_prefix(['.', ')', ':', '-', '*']).unwrap_or(marker);
    let is_marker = digits <= 6 && (rest.len() < marker.len() || digits > 0);
    let rest = rest.trim_start_matches([' ', '\t']);
    let start = line.len() - rest.len();
    let is_sure = |mark: &Mark| name::is_sure(mark.name.of(line));
    if !is_marker || !rest.starts_with(['=', '-', '<', '[', '#']) {
        return None;
    }
    fenced::placed(line, start).filter(is_sure).or_else(|| {
        let mut mark = head(rest).or_else(|| heading(rest)).or_else(|| txtar(rest)).or_else(|| in_tag(rest))?;
        mark.shift(start);
        let before = Flaw::new(F008, Span::new(0, line.get(..start)?.trim_end().len()), "");
        (mark.well_formed && is_sure(&mark)).then(|| mark.with_flaws(vec![before]))
    })
}

/// A well-formed delimiter that ends with `fence`, a file's name in it, and text behind it.
fn with_text_behind(line: &str, fence: &str, read: fn(&str) -> Option<Mark>) -> Option<Mark> {
    let end = line.find(fence)? + fence.len();
    let (delimiter, rest) = line.split_at_checked(end)?;
    let text = rest.trim_start();
    let is_fence = rest.starts_with(['=', '-', '–', '—', '<', '>']);
    let mark = if text.is_empty() || is_fence { None } else { read(delimiter) }?;
    let is_meant = mark.well_formed && name::is_sure(mark.name.of(line)) && name::has_extension(mark.name.of(line));
    let span = Span::new(line.len() - text.len(), line.trim_end().len());
    is_meant.then(|| mark.with_flaws(vec![Flaw::new(F008, span, "")]))
}

fn txtar(line: &str) -> Option<Mark> {
    if let Some(mark) = with_text_behind(line, " --", txtar) {
        return Some(mark);
    }
    let found = TXTAR.captures(line)?;
    let (left, right, name) = (group(&found, "left"), group(&found, "right"), group(&found, "name"));
    let text = name.of(line);
    let one_token = !text.contains(' ');
    let sure = if one_token {
        (name::has_extension(text) || name::is_path(text)) && !name::is_address_or_number(text)
    } else {
        name::is_sure(text)
    };
    let lengths = (left.end - left.start, right.end - right.start);
    let is_usual = !right.is_empty() && (lengths.0 == 2 || lengths.1 == 2) && lengths.0.max(lengths.1) <= 3;
    // `– a.txt –` after auto-correction, `-- a.txt` cut off.
    let is_dash = |fence: Span| fence.of(line).chars().all(|c| c != '=') && fence.of(line) != "-";
    let is_odd = is_dash(left) && (if right.is_empty() { left.of(line) == "--" } else { is_dash(right) });
    let is_meant = is_usual || is_odd && one_token && name::is_text(text);
    if !sure || !is_meant {
        return None;
    }
    let mut flaws = edge_flaws(&found);
    expect(&mut flaws, F001, line, left, "--");
    expect(&mut flaws, F004, line, group(&found, "gap"), " ");
    if right.is_empty() {
        flaws.push(Flaw::new(F002, Span::empty(name.end as usize), " --"));
    } else {
        expect(&mut flaws, F004, line, group(&found, "gap2"), " ");
        expect(&mut flaws, F001, line, right, "--");
    }
    let span = Span { start: left.start, end: right.end.max(name.end) };
    let mut mark = Mark::new(Role::Opener, Style::usual(Dialect::Txtar), span);
    mark.keyword = name;
    Some(named(mark, line, name).with_flaws(flaws))
}

/// `FILE: x.txt` or `FILE x.txt`.
fn bare(line: &str) -> Option<Mark> {
    let found = BARE.captures(line)?;
    let (key, separator, name) = (group(&found, "key"), group(&found, "sep"), group(&found, "name"));
    let text = name.of(line);
    // `FILE://SERVER/A.TXT` is an address.
    if !name::has_extension(text) || !name::is_file_like(text) || text.starts_with("//") {
        return None;
    }
    // `FILE_0001.jpg` is a name, `FILE=a.txt` and `FILE:=a.txt` are a script's.
    if separator.is_empty() || text.starts_with(['=', '-']) || text.contains("://") {
        return None;
    }
    let mut flaws = edge_flaws(&found);
    expect(&mut flaws, F003, line, key, "FILE");
    if !matches!(separator.of(line), ": " | " ") {
        flaws.push(Flaw::new(F004, separator, ": "));
    }
    // `File:Somebody.jpg` is a wiki's.
    if separator.of(line) == ":" && key.of(line) != "FILE" {
        return None;
    }
    // `File 2.0` is a heading.
    if !flaws.is_empty() && !name::is_text(text) {
        return None;
    }
    let mut mark = Mark::new(Role::Opener, Style::usual(Dialect::Bare), Span { start: key.start, end: name.end });
    mark.keyword = key;
    // `FILE: IMG_0001.jpg` is a caption, `FILE: Amazon.com` a headline.
    mark.is_doubtful = !name::is_text(text);
    Some(named(mark, line, name).with_flaws(flaws))
}
