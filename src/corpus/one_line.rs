//! Delimiters of one line with a file's name in it: `## File: x`, `==> x <==`, `-- x --`, `FILE: x`.

use std::sync::LazyLock;

use regex::Regex;

use super::Code::{F001, F002, F003, F004, F008, F009};
use super::date::pattern;
use super::mark::{Flaw, Mark, Role};
use super::shape::{edge_flaws, expect, group, named};
use super::span::Span;
use super::style::Style;
use super::{Dialect, fenced, name};

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
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<indent>[ \t]*)(?P<key>FILES|FILE|File|file|FIEL|FLIE)(?P<sep>[ \t]*(?:[.,=|–—-][ \t]+|[:;：；﹕∶꞉]{0,2}[ \t]*))(?P<name>[^\s:;：；﹕∶꞉]\S*)(?P<edge>[ \t]*)$",
    )
});

pub fn heading(line: &str) -> Option<Mark> {
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

pub fn head(line: &str) -> Option<Mark> {
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
pub fn behind_marker(line: &str, in_tag: impl Fn(&str) -> Option<Mark>) -> Option<Mark> {
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

/// A dash, and what auto-correction makes of it.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '─' | '−')
}

pub fn txtar(line: &str) -> Option<Mark> {
    if let Some(mark) = with_text_behind(line, " --", txtar) {
        return Some(mark);
    }
    // Prose behind a dash has neither: its fence ends it, or its name has no space.
    let content = line.trim_matches([' ', '\t']);
    let is_fence = |c: char| is_dash(c) || c == '=';
    if !content.ends_with(is_fence) && content.trim_start_matches(is_fence).trim_start().contains([' ', '\t']) {
        return None;
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
    let is_dashes = |fence: Span| fence.of(line).chars().all(|c| c != '=') && fence.of(line) != "-";
    let is_odd = is_dashes(left) && (if right.is_empty() { left.of(line) == "--" } else { is_dashes(right) });
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
pub fn bare(line: &str) -> Option<Mark> {
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
