//! Delimiters with rules and numbers: gitingest's `FILE: x` between two rules, ProQuest's `Document 3 of 250` below one,
//! LexisNexis's `3 of 250 DOCUMENTS`.

use std::sync::LazyLock;

use regex::Regex;

use super::Code::{F003, F004, F007, F009, F016};
use super::date::pattern;
use super::lines::Line;
use super::mark::{Count, Flaw, Mark, Role};
use super::recognise::seen;
use super::shape::{edge_flaws, expect, group, named};
use super::span::Span;
use super::style::Style;
use super::{Dialect, fenced, name};

static FILE_LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<indent>[ \t]*)(?P<key>F ILE|FI LE|FIL E|[\p{L}1|!]{3,9})(?P<sep>[ \t]*(?:[.,=|–—-][ \t]+|[:;：；﹕∶꞉]{0,2}[ \t]*))(?P<name>(?:[^\s:;：；﹕∶꞉].*?)?)(?P<edge>[ \t]*)$",
    )
});
static PROQUEST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?P<indent>[ \t]*)Document (?P<n>\d{1,7}) of (?P<t>\d{1,7})(?P<edge>[ \t]*)$"));
static LEXIS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[ \t]*(?:(?P<n>\d{1,7})(?P<gap>[ \t]*)(?P<of>of|fo|Of|OF|0f|von|de|di|van)(?P<gap2>[ \t]*)(?P<t>\d{1,7})(?P<gap3>[ \t]+)(?P<word>DOCUMENTS?|Documents?|DOCUMNETS?|DOCUMETNS?)|(?:Dokument|Document|Documento|DOCUMENT) (?P<n2>\d{1,7}) (?:von|of|de|di|van) (?P<t2>\d{1,7}))[ \t]*$",
    )
});

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
pub fn gitingest(text: &str, line: Line) -> Option<Mark> {
    let content = line.text(text);
    let first = rule(content, '=');
    let (file, gap) = match first {
        Some(_) => next_line(text, line)?,
        None => (line, None),
    };
    let second = next_line(text, file).and_then(|(below, gap)| Some((below, gap, rule(below.text(text), '=')?)));
    if first.is_none() && second.is_none() {
        return None;
    }
    let content_of_file = file.text(text);
    let words = seen(content_of_file, file_words)?;
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
    if !is_meant || (first.is_none() && rule_of_next()) {
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

pub fn proquest(text: &str, line: Line) -> Option<Mark> {
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

pub fn lexis(line: &str) -> Option<Mark> {
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
