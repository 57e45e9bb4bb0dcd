//! Taking a line apart, before it is judged.

use super::super::mark::Role;
use super::super::span::Span;
use super::super::style::Prefix;
use super::super::tag;
use super::Fenced;
use super::keyword::{Word, take_keyword};
use super::letters::{Letters, is_fence, is_odd_separator, is_separator, is_space};

/// What was taken apart, before it is judged.
pub struct Parts {
    pub fenced: Fenced,
    pub word: Word,
    /// The keyword has BEGIN.
    pub begins: bool,
    /// `END OF FILE`, `END_FILE`, `ENDFILE`
    pub odd_end: bool,
    /// `FILES`
    pub is_plural: bool,
    pub left: String,
    pub right: String,
    pub prefix: Prefix,
    pub has_separator: bool,
    pub name: String,
}

/// What stands in front of the keyword: where each part ends.
struct Front {
    indent: usize,
    prefix: (Prefix, usize),
    fence: usize,
    gap: usize,
}

impl Front {
    fn of(letters: &Letters, from: usize) -> Front {
        let indent = letters.skip(from, is_space);
        let prefix = take_prefix(letters, indent);
        let fence = left_fence(letters, prefix.1);
        Front { indent, prefix, fence, gap: letters.skip(fence, is_space) }
    }
}

/// Whether a line has no keyword where it must be: told by its start, for nearly all lines that are looked at have none.
pub fn has_no_keyword(line: &str) -> bool {
    const START: usize = 128;
    /// Characters of a keyword with all that can be in it.
    const KEYWORD: usize = 64;
    let letters = Letters::first(START, line);
    let gap = Front::of(&letters, 0).gap;
    (!letters.is_cut || gap + KEYWORD < START) && take_keyword(&letters, gap).is_none()
}

pub fn take_apart(letters: &Letters, from: usize) -> Option<Parts> {
    let Front { indent: indent_end, prefix: (prefix, prefix_end), fence: left_end, gap: gap_end } =
        Front::of(letters, from);
    // `# == FILE …`: the prefix belongs to the fence.
    let left_start = indent_end;
    let keyword = take_keyword(letters, gap_end)?;

    let spaces = letters.skip(keyword.end, is_space);
    let is_attributed = keyword.begins && spaces > keyword.end && names_an_attribute(letters, spaces);
    let colon = letters.skip(spaces, is_separator).min(spaces + 2);
    let has_separator = colon > spaces;
    let is_odd = !has_separator
        && letters.get(spaces).is_some_and(is_odd_separator)
        && letters.get(spaces + 1).is_some_and(is_space);
    let separator_end = letters.skip(if is_odd { spaces + 1 } else { colon }, is_space);

    let end = letters.text.len();
    let trimmed = end - letters.text.iter().rev().take_while(|c| is_space(**c)).count();
    let trimmed = trimmed.max(separator_end.min(end));
    let left: String = letters.string(prefix_end, left_end).replace('［', "[").replace(' ', "");
    let run = right_fence(letters, separator_end, trimmed, left.chars().count());
    let ends_apart = trimmed.checked_sub(2).is_some_and(|at| letters.get(at) == Some(' '));
    let long_enough = run >= 2
        || (run == 1 && (!left.is_empty() || keyword.end == gap_end || letters.get(trimmed - 1) == Some(']')))
            && (letters.get(trimmed - 1) != Some('-') || (left.ends_with("--") && ends_apart));
    let unnamed_closer = keyword.ends && !has_separator;
    // `[FILE: a.txt)`
    let other_bracket = |c: char| matches!(c, ')' | '}');
    let is_other_bracket = run == 0
        && left == "["
        && trimmed.checked_sub(1).and_then(|last| letters.get(last)).is_some_and(other_bracket)
        && !letters.string(separator_end, trimmed).contains(['(', '{']);
    let (run, long_enough) = if is_other_bracket { (1, true) } else { (run, long_enough) };
    let inner = inner_fence(letters, separator_end, trimmed, &left, unnamed_closer);
    // `=== FILE: a.txt === === FILE: b.txt ===`: the fence at the end is another's.
    let is_two = inner.is_some_and(|(_, stop)| letters.string(stop, trimmed).contains("FILE"));
    // `=== FILE: a.txt ===<br>`: so is the bracket there.
    let is_tag = |rest: &str| rest.starts_with('<') && !rest.starts_with("<<") && rest.ends_with('>');
    let is_two = is_two || inner.is_some_and(|(_, stop)| is_tag(letters.string(stop, trimmed).trim_start()));
    let (name_stop, right_start, right_end, behind_start) = if run > 0 && long_enough && !letters.is_cut && !is_two {
        (trimmed - run, trimmed - run, trimmed, trimmed)
    } else if let Some((start, stop)) = inner {
        (start, start, stop, letters.skip(stop, is_space))
    } else {
        (trimmed, trimmed, trimmed, trimmed)
    };
    let name_text = letters.string(separator_end, name_stop);
    let name_end = separator_end + name_text.trim_end_matches(is_space).chars().count();
    // `FILE-01.txt` is a name, not the word.
    if separator_end == keyword.end && name_end > separator_end {
        return None;
    }
    let behind_end = if behind_start < trimmed { trimmed } else { behind_start };
    let has_behind = behind_start < trimmed || (letters.is_cut && behind_start > right_end);

    let name = letters.string(separator_end, name_end);
    let fenced = Fenced {
        role: if keyword.ends { Role::Closer } else { Role::Opener },
        text: Box::default(),
        before: Span::default(),
        indent: letters.span(from, indent_end),
        left: letters.span(left_start, if left_end > prefix_end { left_end } else { left_start }),
        gap: letters.span(left_end, gap_end),
        keyword: letters.span(keyword.start, keyword.end),
        separator: letters.span(keyword.end, separator_end),
        name: letters.span(separator_end, name_end),
        gap_behind: letters.span(name_end, right_start),
        right: letters.span(right_start, right_end),
        edge: if has_behind { letters.span(right_end, right_end) } else { letters.span(right_end.max(name_end), end) },
        behind: if has_behind { letters.span(behind_start, behind_end) } else { Span::default() },
        is_attributed,
        invisible: letters.invisible.clone(),
    };
    Some(Parts {
        fenced,
        word: keyword.word,
        begins: keyword.begins,
        odd_end: keyword.odd_end,
        is_plural: letters.string(keyword.start, keyword.end).ends_with(['s', 'S']),
        right: letters.string(right_start, right_end).replace('］', "]").replace(' ', ""),
        left,
        prefix,
        has_separator,
        name: if is_attributed { attribute_value(&letters.string(separator_end, name_end)) } else { name },
    })
}

/// Where the fence in front ends; `= = =` and `== =` are one.
fn left_fence(letters: &Letters, start: usize) -> usize {
    let mut end = letters.skip(start, is_fence);
    let first = letters.get(start).filter(|c| matches!(c, '=' | '-' | '<'));
    // `- --- FILE` is an item of a list.
    let is_item = first == Some('-') && end == start + 1;
    while first.is_some() {
        let next = letters.skip(end, is_space);
        let next_end = letters.skip(next, |c| Some(c) == first);
        if next != end + 1 || next_end == next || (is_item && next_end > next + 1) {
            break;
        }
        end = next_end;
    }
    end
}

/// The length of the fence that ends at `end`, and of which `from` is in front. What is in several pieces is one where
/// it is no longer than the fence in front, which has `most` characters.
fn right_fence(letters: &Letters, from: usize, end: usize, most: usize) -> usize {
    let behind = letters.text.get(from..end).unwrap_or_default();
    let fence = |end: usize| behind.iter().take(end).rev().take_while(|c| is_fence(**c)).count();
    let last = behind.last().filter(|c| matches!(c, '=' | '-' | '>'));
    let whole = fence(behind.len());
    let (mut run, mut count) = (whole, whole);
    while last.is_some()
        && let Some(space) = behind.len().checked_sub(run + 1)
        && behind.get(space) == Some(&' ')
    {
        let more = fence(space);
        let is_same = behind.iter().take(space).rev().take(more).all(|c| Some(c) == last);
        if more == 0 || !is_same || count + more > most {
            break;
        }
        (run, count) = (run + more + 1, count + more);
    }
    // A dash can be the end of a name.
    if last == Some(&'-') && count != most { whole } else { run }
}

/// `id="…`: an attribute that names the dispatch, however it is quoted.
fn names_an_attribute(letters: &Letters, at: usize) -> bool {
    let end = letters.skip(at, |c| c.is_ascii_alphabetic());
    tag::names(&letters.string(at, end)) && letters.get(letters.skip(end, is_space)) == Some('=')
}

/// The name in a list of attributes.
fn attribute_value(attributes: &str) -> String {
    let value = tag::naming_value(attributes).and_then(|value| attributes.get(value));
    value.unwrap_or_default().trim_matches(tag::QUOTES).to_owned()
}

/// `# ` or `// ` in front of a fence.
pub fn take_prefix(letters: &Letters, at: usize) -> (Prefix, usize) {
    let (prefix, mark_end) = match (letters.get(at), letters.get(at + 1)) {
        (Some('#'), Some(c)) if is_space(c) => (Prefix::Hash, at + 1),
        (Some('/'), Some('/')) => (Prefix::Slashes, at + 2),
        _ => return (Prefix::None, at),
    };
    let end = letters.skip(mark_end, is_space);
    let fence = letters.get(end).is_some_and(is_fence);
    if fence { (prefix, end) } else { (Prefix::None, at) }
}

/// A fence inside the line that closes what `left` opened, with text behind it: start and end.
pub fn inner_fence(
    letters: &Letters,
    from: usize,
    to: usize,
    left: &str,
    unnamed_closer: bool,
) -> Option<(usize, usize)> {
    let opening = left.chars().next_back()?;
    let closing = match opening {
        '<' => '>',
        '[' => ']',
        other => other,
    };
    let length = left.chars().count();
    let mut at = from;
    while at < to {
        let end = letters.skip(at, |c| c == closing);
        let rest = letters.string(end, to);
        // `=== FILE: a.txt ====== FILE: b.txt ===`
        let is_next = end - at == 2 * length && length >= 3 && rest.trim_start().starts_with("FILE");
        let stop = if is_next { at + length } else { end };
        if stop - at == length && (length >= 2 || closing == ']') && (at > from || unnamed_closer) {
            // `a-===-b` is part of a name.
            let apart = letters.get(end).is_none_or(|c| is_space(c) || c.is_alphanumeric() || matches!(c, '"' | '“'));
            let is_litter = rest.starts_with(['\\', '<', '[']) || rest.chars().all(|c| c.is_ascii_punctuation());
            if (apart || is_next || is_litter) && stop < to {
                return Some((at, stop));
            }
        }
        at = end.max(at + 1);
    }
    None
}
