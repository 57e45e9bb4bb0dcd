//! Fenced delimiters: the word FILE between fences (`canonical`, `bars`, `angle`, `pem`, `bracket`), however broken.
//!
//! A line is taken apart tolerantly, then judged: is it meant to be a delimiter at all? News text has captions,
//! cross-heads and rules that come close, so a line needs the more evidence the more it deviates (see `is_meant`).

use super::Code::{F001, F002, F003, F004, F005, F007, F008, F009};
use super::Dialect;
use super::mark::{Flaw, Mark, Role};
use super::name;
use super::span::Span;
use super::style::{Prefix, Style};

/// A line is looked at so far, in characters: longer ones are prose, with at most a delimiter at their start.
const LOOK: usize = 700;

/// The parts of a fenced delimiter, in the order in which they stand. Spans are relative to the line.
#[derive(Debug, Clone, PartialEq)]
pub struct Fenced {
    role: Role,
    /// The line, as far as it was looked at.
    text: Box<str>,
    /// Text in front that belongs on a line of its own.
    pub before: Span,
    indent: Span,
    left: Span,
    gap: Span,
    pub keyword: Span,
    separator: Span,
    pub name: Span,
    gap_behind: Span,
    right: Span,
    edge: Span,
    /// Text behind that belongs on a line of its own.
    pub behind: Span,
    /// Invisible characters, and what to write in their place.
    invisible: Vec<(Span, char)>,
}

/// How sure it is that the keyword is the word FILE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    Exact,
    /// `File`
    Title,
    /// `file`, `FILe`
    OtherCase,
    /// `FIEL`, `FILES`, `F ILE`
    Slip,
    /// one letter away: `FIRE`
    Near,
}

/// Reads `line` (without its line end). `None` where it is not meant to be a fenced delimiter.
pub fn read(line: &str) -> Option<Mark> {
    let letters = Letters::new(line);
    let parts = take_apart(&letters, 0)?;
    let mark = judge(line, &letters, &parts)?;
    Some(mark)
}

/// Reads a delimiter that follows text on the same line: `… said. === FILE: b.txt ===`. `at` is the byte where
/// the word FILE (or END) starts.
pub fn read_behind_text(line: &str, at: usize) -> Option<Mark> {
    let head = line.get(..at)?;
    let fence = head.trim_end_matches([' ', '\t']);
    let run_start = fence.trim_end_matches(['=', '-', '<']).len();
    let exact = fence.len() - run_start >= 3;
    let before = line.get(..run_start)?;
    let prefix = ["# ", "// "].into_iter().find(|prefix| before.ends_with(prefix)).unwrap_or_default();
    let start = run_start - prefix.len();
    let before = line.get(..start)?;
    // In quotation marks or code it is spoken about, not meant.
    let quoted = before.trim_end().ends_with(['"', '\'', '“', '‘', '`', '>', '«', '(']);
    if !exact || quoted || before.trim().is_empty() {
        return None;
    }
    let rest = line.get(start..)?;
    let mut mark = read(rest)?;
    let sure = mark.well_formed && mark.fenced.is_none();
    if !sure {
        return None;
    }
    let mut fenced = take_apart(&Letters::new(rest), 0)?.fenced;
    fenced.text = rest.get(..rest.floor_char_boundary(LOOK)).unwrap_or(rest).into();
    fenced.shift(start);
    fenced.before = Span::new(0, before.trim_end().len());
    fenced.indent = Span::new(before.trim_end().len(), start);
    mark.span = mark.span.moved(start);
    mark.keyword = mark.keyword.moved(start);
    mark.name = mark.name.moved(start);
    mark.well_formed = false;
    mark.fenced = Some(Box::new(fenced));
    Some(mark)
}

impl Fenced {
    /// Moves every span `by` bytes back.
    pub fn shift(&mut self, by: usize) {
        // The text moves along, so that spans still fit it.
        self.text = format!("{}{}", " ".repeat(by), self.text).into();
        for span in [
            &mut self.before,
            &mut self.indent,
            &mut self.left,
            &mut self.gap,
            &mut self.keyword,
            &mut self.separator,
            &mut self.name,
            &mut self.gap_behind,
            &mut self.right,
            &mut self.edge,
            &mut self.behind,
        ] {
            *span = span.moved(by);
        }
        for (span, _) in &mut self.invisible {
            *span = span.moved(by);
        }
    }

    /// What keeps the delimiter from being one of `style`, each with what to write. The edits do not overlap, and
    /// together give a well-formed delimiter, but for a name that is missing.
    pub fn flaws(&self, style: &Style) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        let opens = self.role == Role::Opener;
        let underscored = !opens && style.dialect == Dialect::Angle && self.clean(self.keyword).contains('_');
        let keyword = match (opens, underscored) {
            (true, _) => style.keyword(),
            (false, true) => "END_FILE",
            (false, false) => "END FILE",
        };
        let gap = style.gap();
        let is = |span: Span, wanted: &str| self.clean(span) == wanted;

        for span in [self.before, self.behind] {
            if !span.is_empty() {
                flaws.push(Flaw::new(F008, span, ""));
            }
        }
        if !self.indent.is_empty() && self.before.is_empty() {
            flaws.push(Flaw::new(F007, self.indent, ""));
        }
        if !self.edge.is_empty() && self.behind.is_empty() {
            flaws.push(Flaw::new(F007, self.edge, ""));
        }
        if self.left.is_empty() {
            let at = Span::empty(self.keyword.start as usize);
            flaws.push(Flaw::new(F002, at, format!("{}{gap}", style.left())));
        } else {
            if !is(self.left, &style.left()) {
                flaws.push(Flaw::new(F001, self.left, style.left()));
            }
            if !is(self.gap, gap) {
                flaws.push(self.difference(self.gap, gap));
            }
        }
        if !is(self.keyword, keyword) {
            flaws.push(Flaw::new(F003, self.keyword, keyword));
        }
        let end = if !self.name.is_empty() {
            if !is(self.separator, ": ") {
                flaws.push(self.difference(self.separator, ": "));
            }
            self.name.end
        } else {
            let wanted = if opens { ":" } else { "" };
            // Between a closer's word and its fence, the gap is looked at as a whole.
            let alone = opens || self.right.is_empty();
            if alone && self.clean(self.separator).trim() != wanted {
                let colon = Span {
                    start: self.keyword.end,
                    end: self.keyword.end + trimmed_len(self.separator.of(&self.text)),
                };
                flaws.push(Flaw::new(F004, colon, wanted));
            }
            if opens {
                flaws.push(Flaw::new(F009, Span::empty(self.name_place()), ""));
            }
            self.separator.end
        };
        if self.right.is_empty() {
            flaws.push(Flaw::new(F002, Span::empty(end as usize), format!("{gap}{}", style.right())));
        } else {
            if !is(self.right, &style.right()) {
                flaws.push(Flaw::new(F001, self.right, style.right()));
            }
            let unnamed = self.name.is_empty();
            let between = Span {
                start: if unnamed {
                    self.keyword.start + trimmed_len(self.keyword.of(&self.text))
                } else {
                    self.gap_behind.start
                },
                end: self.right.start,
            };
            let spaced =
                if unnamed && opens { self.clean(between).ends_with(' ') == style.spaced } else { is(between, gap) };
            if !spaced {
                let span = if unnamed && opens { self.gap_behind } else { between };
                flaws.push(self.difference(span, gap));
            }
        }
        self.add_invisible(&mut flaws);
        flaws.sort_by_key(|flaw| flaw.span);
        flaws
    }

    /// F004 on just the characters that differ.
    fn difference(&self, span: Span, wanted: &str) -> Flaw {
        let text = span.of(&self.text);
        let head: usize = text.chars().zip(wanted.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        let (text_rest, wanted_rest) = (text.get(head..).unwrap_or_default(), wanted.get(head..).unwrap_or_default());
        let same = text_rest.chars().rev().zip(wanted_rest.chars().rev()).take_while(|(a, b)| a == b);
        let tail: usize = same.map(|(a, _)| a.len_utf8()).sum();
        let put = wanted_rest.get(..wanted_rest.len() - tail).unwrap_or_default();
        let start = span.start as usize + head;
        Flaw::new(F004, Span::new(start, start + text_rest.len() - tail), put)
    }

    /// Where a name would have to be inserted, with a space behind it when `right` follows.
    pub fn name_place(&self) -> usize {
        // Of two spaces, the second is the one behind the name.
        let separator = self.separator.of(&self.text);
        let extra = if separator.ends_with("  ") && !self.right.is_empty() { 1 } else { 0 };
        self.separator.end as usize - extra
    }

    /// Invisible characters are flaws of their own only where nothing else rewrites their place.
    fn add_invisible(&self, flaws: &mut Vec<Flaw>) {
        for (span, put) in &self.invisible {
            let rewritten = flaws
                .iter()
                .any(|flaw| flaw.span.start <= span.start && span.end <= flaw.span.end && flaw.code != F008);
            if !rewritten {
                let put = if *put == ' ' { " " } else { "" };
                flaws.push(Flaw::new(F005, *span, put));
            }
        }
    }

    /// The text of a part without its invisible characters.
    fn clean(&self, span: Span) -> String {
        span.of(&self.text).chars().filter_map(visible).collect()
    }
}

fn trimmed_len(text: &str) -> u32 {
    u32::try_from(text.trim_end().len()).unwrap_or(u32::MAX)
}

/// The characters of a line without the invisible ones.
struct Letters {
    text: Vec<char>,
    /// Byte offset of each character, and of the end.
    at: Vec<usize>,
    invisible: Vec<(Span, char)>,
    /// The line goes on behind what was looked at.
    is_cut: bool,
}

impl Letters {
    fn new(line: &str) -> Self {
        let mut letters = Letters { text: Vec::new(), at: Vec::new(), invisible: Vec::new(), is_cut: false };
        let mut end = 0;
        for (at, c) in line.char_indices() {
            if letters.text.len() == LOOK {
                letters.is_cut = true;
                break;
            }
            end = at + c.len_utf8();
            match visible(c) {
                Some(seen) => {
                    if seen != c {
                        letters.invisible.push((Span::new(at, end), ' '));
                    }
                    letters.text.push(seen);
                    letters.at.push(at);
                }
                None => letters.invisible.push((Span::new(at, end), '\0')),
            }
        }
        letters.at.push(end);
        letters
    }

    fn get(&self, at: usize) -> Option<char> {
        self.text.get(at).copied()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let offset = |index: usize| self.at.get(index).or(self.at.last()).copied().unwrap_or(0);
        Span::new(offset(start), offset(end))
    }

    /// The first index from `at` on whose character is not `wanted`.
    fn skip(&self, at: usize, wanted: impl Fn(char) -> bool) -> usize {
        (at..self.text.len()).find(|index| !self.get(*index).is_some_and(&wanted)).unwrap_or(self.text.len())
    }

    fn string(&self, start: usize, end: usize) -> String {
        self.text.get(start..end).unwrap_or_default().iter().collect()
    }
}

/// The character as a reader sees it: a special space is a space, a character that shows nothing is nothing.
/// (Unicode's format characters, and its white space but for tab and space.)
pub fn visible(c: char) -> Option<char> {
    match c {
        '\u{A0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200A}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202F}'
        | '\u{205F}'
        | '\u{3000}'
        | '\u{85}' => Some(' '),
        '\u{AD}'
        | '\u{34F}'
        | '\u{600}'..='\u{605}'
        | '\u{61C}'
        | '\u{6DD}'
        | '\u{70F}'
        | '\u{890}'
        | '\u{891}'
        | '\u{8E2}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{110BD}'
        | '\u{110CD}'
        | '\u{13430}'..='\u{1343F}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E007F}' => None,
        '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}' => None,
        other => Some(other),
    }
}

/// What fences are made of, and what auto-correction and typing slips make of them.
fn is_fence(c: char) -> bool {
    matches!(
        c,
        '=' | '-'
            | '—'
            | '–'
            | '―'
            | '─'
            | '━'
            | '═'
            | '＝'
            | '−'
            | '‐'
            | '‑'
            | '‒'
            | '<'
            | '>'
            | '['
            | ']'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '＜'
            | '＞'
    ) || is_odd_fence(c)
}

/// Fences that no dialect has: believed only where everything else is right.
fn is_odd_fence(c: char) -> bool {
    matches!(c, '*' | '~' | '+' | '_' | '#' | '%' | '@')
}

fn is_space(c: char) -> bool {
    c == ' ' || c == '\t'
}

fn is_separator(c: char) -> bool {
    matches!(c, ':' | ';' | '：' | '；' | '﹕' | '∶' | '︰' | 'ː')
}

/// What was taken apart, before it is judged.
struct Parts {
    fenced: Fenced,
    word: Word,
    /// The keyword has BEGIN.
    begins: bool,
    /// `END OF FILE`, `END_FILE`, `ENDFILE`
    odd_end: bool,
    left: String,
    right: String,
    prefix: Prefix,
    has_separator: bool,
    name: String,
}

fn take_apart(letters: &Letters, from: usize) -> Option<Parts> {
    let indent_end = letters.skip(from, is_space);
    let (prefix, prefix_end) = take_prefix(letters, indent_end);
    let left_end = letters.skip(prefix_end, is_fence);
    // `# == FILE …`: the prefix belongs to the fence.
    let left_start = indent_end;
    let gap_end = letters.skip(left_end, is_space);
    let keyword = take_keyword(letters, gap_end)?;

    let spaces = letters.skip(keyword.end, is_space);
    let colon = letters.skip(spaces, is_separator).min(spaces + 2);
    let separator_end = letters.skip(colon, is_space);
    let has_separator = colon > spaces;

    let end = letters.text.len();
    let trimmed = end - letters.text.iter().rev().take_while(|c| is_space(**c)).count();
    let trimmed = trimmed.max(separator_end.min(end));
    let closing = |c: char| is_fence(c);
    let run =
        letters.text.get(separator_end..trimmed).unwrap_or_default().iter().rev().take_while(|c| closing(**c)).count();
    let left: String = letters.string(prefix_end, left_end);
    let ends_apart = trimmed.checked_sub(2).is_some_and(|at| letters.get(at) == Some(' '));
    let long_enough = run >= 2
        || (run == 1 && (!left.is_empty() || keyword.end == gap_end || letters.get(trimmed - 1) == Some(']')))
            && (letters.get(trimmed - 1) != Some('-') || (left.ends_with("--") && ends_apart));
    let unnamed_closer = keyword.ends && !has_separator;
    let inner = inner_fence(letters, separator_end, trimmed, &left, unnamed_closer);
    // `=== FILE: a.txt === === FILE: b.txt ===`: the fence at the end is another's.
    let is_two = inner.is_some_and(|(_, stop)| letters.string(stop, trimmed).contains("FILE"));
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
        invisible: letters.invisible.clone(),
    };
    Some(Parts {
        fenced,
        word: keyword.word,
        begins: keyword.begins,
        odd_end: keyword.odd_end,
        right: letters.string(right_start, right_end),
        left,
        prefix,
        has_separator,
        name: letters.string(separator_end, name_end),
    })
}

/// `# ` or `// ` in front of a fence.
fn take_prefix(letters: &Letters, at: usize) -> (Prefix, usize) {
    let (prefix, mark_end) = match (letters.get(at), letters.get(at + 1)) {
        (Some('#'), Some(c)) if is_space(c) => (Prefix::Hash, at + 1),
        (Some('/'), Some('/')) => (Prefix::Slashes, at + 2),
        _ => return (Prefix::None, at),
    };
    let end = letters.skip(mark_end, is_space);
    let fence = letters.get(end).is_some_and(is_fence);
    if fence { (prefix, end) } else { (Prefix::None, at) }
}

struct Keyword {
    start: usize,
    end: usize,
    word: Word,
    begins: bool,
    ends: bool,
    odd_end: bool,
}

/// `FILE`, `BEGIN FILE`, `END FILE`, `END_FILE`, and their misspellings.
fn take_keyword(letters: &Letters, start: usize) -> Option<Keyword> {
    let first_end = letters.skip(start, char::is_alphabetic);
    let first = letters.string(start, first_end).to_uppercase();
    let leads = matches!(first.as_str(), "BEGIN" | "END" | "START");
    let (from, begins, ends, mut odd_end) = match first.as_str() {
        "BEGIN" | "START" => (first_end, true, false, false),
        "END" => (first_end, false, true, false),
        "ENDFILE" => (start + 3, false, true, true),
        _ => (start, false, false, false),
    };
    let mut at = if leads { letters.skip(from, |c| is_space(c) || c == '_' || c == '-') } else { from };
    if ends && !matches!(letters.string(from, at).as_str(), " " | "_") {
        odd_end = true;
    }
    if ends {
        let of_end = letters.skip(at, char::is_alphabetic);
        if letters.string(at, of_end).eq_ignore_ascii_case("of") {
            at = letters.skip(of_end, is_space);
            odd_end = true;
        }
    }
    let (end, word) = take_file(letters, at)?;
    Some(Keyword { start, end, word, begins, ends, odd_end })
}

/// The word FILE at `at`, however misspelt, and where it ends.
fn take_file(letters: &Letters, at: usize) -> Option<(usize, Word)> {
    let end = letters.skip(at, |c| c.is_alphabetic() || c == '1' || c == '|' || c == '!');
    let word = latin(&letters.string(at, end));
    let exact = match word.as_str() {
        "FILE" => Some(Word::Exact),
        "File" => Some(Word::Title),
        _ => None,
    };
    if let Some(exact) = exact {
        let typed = letters.string(at, end);
        return Some((end, if typed == word { exact } else { Word::Slip }));
    }
    let upper = word.to_uppercase();
    if upper == "FILE" {
        return Some((end, Word::OtherCase));
    }
    // F ILE, FI LE, FIL E
    if end > at && letters.get(end).is_some_and(is_space) {
        let second = letters.skip(end, is_space);
        let second_end = letters.skip(second, char::is_alphabetic);
        let joined = format!("{upper}{}", latin(&letters.string(second, second_end)).to_uppercase());
        if joined == "FILE" && second == end + 1 {
            return Some((second_end, Word::Slip));
        }
    }
    // Transposed, doubled or dropped letters; the plural.
    const SLIPS: [&str; 14] = [
        "FIEL", "FLIE", "IFLE", "FILES", "FFILE", "FIILE", "FILLE", "FILEE", "FLE", "FIE", "FIL", "ILE", "FIL3",
        "FILEL",
    ];
    if SLIPS.contains(&upper.as_str()) {
        return Some((end, Word::Slip));
    }
    (strsim::osa_distance(&upper, "FILE") == 1).then_some((end, Word::Near))
}

/// Whether a word is a misspelling of FILE that is believed where everything else is right.
pub fn is_nearly_file(word: &str) -> bool {
    take_file(&Letters::new(word), 0).is_some_and(|(end, word_is)| end == word.chars().count() && word_is <= Word::Slip)
}

/// Letters of other scripts, and digits, that look like those of FILE.
fn latin(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            'Ｆ' | 'Ϝ' => 'F',
            'Ｉ' | 'І' | 'Ι' | '1' | '|' | '!' => 'I',
            'Ｌ' => 'L',
            'Ｅ' | 'Е' | 'Ε' => 'E',
            'е' => 'e',
            'і' => 'i',
            other => other,
        })
        .collect()
}

/// A fence inside the line that closes what `left` opened, with text behind it: start and end.
fn inner_fence(letters: &Letters, from: usize, to: usize, left: &str, unnamed_closer: bool) -> Option<(usize, usize)> {
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
        if end - at == length && (length >= 2 || closing == ']') && (at > from || unnamed_closer) {
            // `a-===-b` is part of a name.
            let apart = letters.get(end).is_none_or(|c| is_space(c) || c.is_alphanumeric() || matches!(c, '"' | '“'));
            if apart && end < to {
                return Some((at, end));
            }
        }
        at = end.max(at + 1);
    }
    None
}

/// The mark that the parts make, if they are meant to be a delimiter.
fn judge(line: &str, letters: &Letters, parts: &Parts) -> Option<Mark> {
    let fenced = &parts.fenced;
    let style = inferred_style(parts);
    let role = fenced.role;
    let (name_span, well_formed) = match exact(line, parts, &style) {
        Some(name) => (name, true),
        None if exact(line.trim_matches(is_space), parts, &style).is_some() || is_meant(parts) => (fenced.name, false),
        None => return None,
    };
    let start = fenced.indent.end.min(if fenced.left.is_empty() { fenced.keyword.start } else { fenced.left.start });
    let end = if fenced.right.is_empty() {
        if fenced.name.is_empty() {
            fenced.separator.start + trimmed_len(fenced.separator.of(line))
        } else {
            fenced.name.end
        }
    } else {
        fenced.right.end
    };
    let mut mark = Mark::new(role, if well_formed { style } else { Style::usual(style.dialect) }, Span { start, end });
    mark.keyword = fenced.keyword;
    mark.name = name_span;
    mark.well_formed = well_formed;
    if !well_formed {
        let mut fenced = fenced.clone();
        let looked_at = letters.at.last().copied().unwrap_or(0);
        fenced.text = line.get(..looked_at).unwrap_or(line).into();
        if !fenced.behind.is_empty() && letters.is_cut {
            fenced.behind.end = Span::new(0, line.len()).end;
        }
        mark.fenced = Some(Box::new(fenced));
    }
    let name = name_span.of(line);
    if !name.is_empty() {
        // Named as it looks: the same dispatch once what nobody sees is gone.
        mark.key = name::key(&name.chars().filter_map(visible).collect::<String>());
        mark.unsafe_name = if role == Role::Opener { name::unsafety(name) } else { None };
    }
    Some(mark)
}

/// The style that a line would have if it were right.
fn inferred_style(parts: &Parts) -> Style {
    let sides = [parts.left.as_str(), parts.right.as_str()];
    let any = |wanted: &[char]| sides.iter().any(|side| side.contains(wanted));
    let long_dashes = sides.iter().any(|side| side.len() >= 4 && side.chars().all(|c| c == '-'));
    let pem_end = parts.fenced.role == Role::Closer && long_dashes && parts.fenced.gap.is_empty();
    let dialect = if any(&['<', '>', '«', '»', '‹', '›', '＜', '＞']) {
        Dialect::Angle
    } else if any(&['[', ']']) {
        Dialect::Bracket
    } else if parts.begins && long_dashes || pem_end {
        Dialect::Pem
    } else {
        Dialect::Bars
    };
    let mut style = Style::usual(dialect);
    style.title_case = parts.word == Word::Title;
    style.begin = parts.begins || (dialect == Dialect::Pem && parts.fenced.role == Role::Opener);
    style.spaced = !parts.fenced.gap.is_empty();
    if dialect == Dialect::Bars {
        style.fence = if parts.left.starts_with('-') { '-' } else { '=' };
        style.length = u16::try_from(parts.left.chars().count()).unwrap_or(u16::MAX);
        style.prefix = parts.prefix;
        let canonical = Style::usual(Dialect::Canonical);
        if (Style { dialect: Dialect::Canonical, ..style }) == canonical {
            style = canonical;
        } else if style.length < 3 || style.begin {
            // No well-formed bar is so short; the nearest form is the canonical one.
            style = canonical;
        }
    }
    style
}

/// The name's span where the line is exactly what `style` writes.
fn exact(line: &str, parts: &Parts, style: &Style) -> Option<Span> {
    let fenced = &parts.fenced;
    let name = fenced.name.of(line);
    if name.contains("  ") || !fenced.invisible.is_empty() {
        return None;
    }
    if fenced.role == Role::Closer {
        let name = (!name.is_empty()).then_some(name);
        let wanted = style.closer(name)?;
        let underscored = style.dialect == Dialect::Angle && wanted.replacen("END FILE", "END_FILE", 1) == line;
        return (wanted == line || underscored).then_some(fenced.name);
    }
    if name.is_empty() {
        return None;
    }
    if style.opener(name, 0, 0, "") == line {
        return Some(fenced.name);
    }
    if style.dialect == Dialect::Pem {
        // -----BEGIN FILE id="x" type="text/plain"-----
        let attributes = line.strip_prefix("-----BEGIN FILE ")?.strip_suffix("-----")?;
        let value = attribute_value(attributes)?;
        return Some(Span::from(value).moved("-----BEGIN FILE ".len()));
    }
    None
}

/// The range of the value of the first naming attribute in `id="x" type="text"`; `None` where it is not a list of
/// quoted attributes.
fn attribute_value(attributes: &str) -> Option<std::ops::Range<usize>> {
    let found = super::tag::attributes(attributes);
    let whole = !found.is_empty() && found.iter().all(|attribute| attribute.quoted);
    whole.then(|| super::tag::naming(&found)).flatten().map(|attribute| attribute.value.clone())
}

/// Whether a line that is not well-formed is meant to be a delimiter: the table of evidence.
fn is_meant(parts: &Parts) -> bool {
    let Parts { word, left, right, has_separator, name, begins, odd_end, .. } = parts;
    let (l, r) = (left.chars().count(), right.chars().count());
    let odd = left.chars().chain(right.chars()).any(is_odd_fence);
    // `[[File:x.jpg]]` links to a picture in a wiki, `[file:1]` to anything.
    let bracket = |side: &str| side.contains(['[', ']']);
    if bracket(left) && bracket(right) && l > 1 && r > 1 {
        return false;
    }
    let file_like = name::is_sure(name) && (!bracket(left) || name::has_extension(name) || *word == Word::Exact);
    let bracketed = left == "[" && right == "]";
    let both = l >= 1 && r >= 1 && (l.max(r) >= 2 || bracketed);
    let dashes = |side: &str| side.chars().all(|c| matches!(c, '-' | '—' | '–' | '―' | '‐' | '‑' | '‒' | '−'));
    // A dash or a single bracket is punctuation, too: `-- FILE: the minister --`.
    let weak = odd || (dashes(left) && dashes(right)) || left == "[" || right == "]" || left.contains('«');
    let even = l == r && l >= 3;

    if parts.fenced.role == Role::Closer {
        let all_upper = *word == Word::Exact;
        let named_or_not = name.is_empty() || file_like;
        return match (both, l >= 2 || left == "[", r >= 2 || right == "]") {
            (true, ..) => !odd && (all_upper && (!bracketed || !*odd_end) || (even || bracketed) && !*odd_end),
            (_, true, _) | (_, _, true) => {
                let long = l.max(r) >= 3 || left == "[" || right == "]";
                !odd && all_upper && (!weak || (long && named_or_not && !*odd_end))
            }
            _ => false,
        };
    }
    if name.is_empty() {
        return both
            && *word <= Word::OtherCase
            && !odd
            && (*has_separator || (even && left.starts_with('=') && *word == Word::Exact))
            || (l >= 2 && *has_separator && *word == Word::Exact && !weak);
    }
    if both {
        return match (word, has_separator) {
            _ if odd => *word == Word::Exact && *has_separator && file_like && l >= 2 && r >= 2,
            (Word::Exact, true) => !weak || file_like || (even && l == 3),
            (Word::Title | Word::OtherCase, true) => !weak || file_like,
            (Word::Slip, true) => file_like || (even && !weak),
            (Word::Near, true) => even && name::has_extension(name) && !weak,
            (Word::Near, false) => false,
            (_, false) => file_like,
        };
    }
    if l >= 2 || left == "[" {
        return match (word, has_separator) {
            _ if odd => false,
            (Word::Exact, true) => file_like || !weak,
            (Word::Exact, false) => file_like && (l >= 3 || *begins),
            (Word::Title | Word::OtherCase | Word::Slip, true) => file_like && (!weak || name::has_extension(name)),
            _ => false,
        };
    }
    if right == "]" {
        return *word == Word::Exact && *has_separator && name::has_extension(name) && file_like && !name.contains('[');
    }
    if r >= 3 && *word == Word::Title {
        return !odd && *has_separator && name::has_extension(name) && file_like;
    }
    if r >= 2 {
        return *word == Word::Exact && !odd && (file_like || (*has_separator && !weak && !name.contains(' ')));
    }
    false
}
