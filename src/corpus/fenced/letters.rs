//! The characters of a line as a reader sees them, and what they can be in a delimiter.

use super::super::span::Span;

/// A line is looked at so far, in characters: longer ones are prose, with at most a delimiter at their start.
pub const LOOK: usize = 700;
/// The characters of a line without the invisible ones.
pub struct Letters {
    pub text: Vec<char>,
    /// Byte offset of each character, and of the end.
    pub at: Vec<usize>,
    pub invisible: Vec<(Span, char)>,
    /// The line goes on behind what was looked at.
    pub is_cut: bool,
}

impl Letters {
    pub fn new(line: &str) -> Self {
        Self::first(LOOK, line)
    }

    /// Those of the first `look` characters.
    pub fn first(look: usize, line: &str) -> Self {
        let room = line.len().min(look) + 1;
        let (text, at) = (Vec::with_capacity(room), Vec::with_capacity(room));
        let mut letters = Letters { text, at, invisible: Vec::new(), is_cut: false };
        let mut end = 0;
        for (at, c) in line.char_indices() {
            if letters.text.len() == look {
                letters.is_cut = true;
                break;
            }
            // The rest of an entity.
            if at < end {
                continue;
            }
            end = at + c.len_utf8();
            if c == '&'
                && let Some((written, length)) = entity(line.get(at..).unwrap_or_default())
            {
                end = at + length;
                letters.text.push(visible(written).unwrap_or(' '));
                letters.at.push(at);
                continue;
            }
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

    pub fn get(&self, at: usize) -> Option<char> {
        self.text.get(at).copied()
    }

    pub fn span(&self, start: usize, end: usize) -> Span {
        let offset = |index: usize| self.at.get(index).or(self.at.last()).copied().unwrap_or(0);
        Span::new(offset(start), offset(end))
    }

    /// The first index from `at` on whose character is not `wanted`.
    pub fn skip(&self, at: usize, wanted: impl Fn(char) -> bool) -> usize {
        (at..self.text.len()).find(|index| !self.get(*index).is_some_and(&wanted)).unwrap_or(self.text.len())
    }

    pub fn string(&self, start: usize, end: usize) -> String {
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

/// The character of a fence, or the space, that a text begins with as HTML writes it, and the length of that in bytes:
/// `&lt;`, `&#61;`, `&nbsp;`.
pub fn entity(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 8;
    const NAMED: [(&str, char); 8] = [
        ("lt", '<'),
        ("gt", '>'),
        ("equals", '='),
        ("colon", ':'),
        ("nbsp", '\u{A0}'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("quot", '"'),
    ];
    let rest = text.strip_prefix('&')?;
    let name = rest.get(..rest.bytes().take(LONGEST).position(|byte| byte == b';')?)?;
    let written = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            char::from_u32(hex.map_or(number.parse(), |hex| u32::from_str_radix(hex, 16)).ok()?)?
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    let is_one = is_fence(written) || is_separator(written) || written == '"' || visible(written) == Some(' ');
    is_one.then_some((written, name.len() + 2))
}

/// What fences are made of, and what auto-correction and typing slips make of them.
pub fn is_fence(c: char) -> bool {
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
            | '［'
            | '］'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '＜'
            | '＞'
    ) || is_odd_fence(c)
}

/// Fences that no dialect has: believed only where everything else is right.
pub fn is_odd_fence(c: char) -> bool {
    matches!(c, '*' | '~' | '+' | '_' | '#' | '%' | '@')
}

pub fn is_space(c: char) -> bool {
    c == ' ' || c == '\t'
}

/// What stands for a colon where everything else is right: `=== FILE - a.txt ===`.
pub fn is_odd_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '=' | '|' | '-' | '–' | '—')
}

pub fn is_separator(c: char) -> bool {
    matches!(c, ':' | ';' | '：' | '；' | '﹕' | '∶' | '︰' | 'ː' | '꞉')
}
