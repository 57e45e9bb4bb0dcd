//! The normal form of names: what two spellings share that are one name.
//!
//! Case, marks, apostrophes and full stops do not count, nor whether parts are joined, hyphenated or apart; the Arabic
//! article is one (`al-`, `el-`, `Al`, `as-` before an s …), `Abdul` and its like are `Abd al`, and the spellings of one
//! given name (`tables/spellings.txt`) are one. Letters of other scripts keep their script: nothing is transliterated.

use std::sync::LazyLock;

use foldhash::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::tables;

/// Each spelling with the first one of its family.
static FAMILIES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| tables::families(include_str!("tables/spellings.txt")));

/// Longest part, in bytes, that is looked up among the spellings of given names; none of those is longer.
const LONGEST_SPELLING: usize = 24;

/// Hands the normal parts of a word, as [`crate::text::words`] cuts them, to `part`; none for a word that does not count
/// (an apostrophe, a full stop).
pub fn parts(word: &str, part: &mut impl FnMut(&str)) {
    // Most words are short, and letters of ASCII alone.
    let mut lower = [0; LONGEST_SPELLING];
    if let Some(lower) = lower.get_mut(..word.len())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        if let Ok(lower) = std::str::from_utf8(lower) {
            return tell(lower, part);
        }
    }
    let mut buffer = Buffer::default();
    for (at, character) in word.char_indices() {
        match character {
            'a'..='z' | '0'..='9' => buffer.push(character),
            'A'..='Z' => buffer.push(character.to_ascii_lowercase()),
            '\'' | '.' => {}
            '-' | '_' => {
                let rest = word.get(at + 1..).unwrap_or_default();
                buffer.finish_before(rest, part);
            }
            _ if character.is_ascii() => buffer.push(character),
            '\u{2010}'..='\u{2015}' => {
                let rest = word.get(at + character.len_utf8()..).unwrap_or_default();
                buffer.finish_before(rest, part);
            }
            _ => fold_wide(character, &mut |folded| buffer.push(folded)),
        }
    }
    buffer.finish(part);
}

/// A part under way.
#[derive(Default)]
struct Buffer {
    text: String,
}

impl Buffer {
    fn push(&mut self, character: char) {
        self.text.push(character);
    }

    /// Ends a part that a hyphen follows, and `rest` of the word behind it.
    fn finish_before(&mut self, rest: &str, part: &mut impl FnMut(&str)) {
        if is_assimilated(&self.text, rest) {
            self.text.clear();
            part("al");
        } else {
            self.finish(part);
        }
    }

    fn finish(&mut self, part: &mut impl FnMut(&str)) {
        tell(&self.text, part);
        self.text.clear();
    }
}

/// Hands on what a part in small letters is.
fn tell(text: &str, part: &mut impl FnMut(&str)) {
    if text.is_empty() {
        return;
    }
    let family = FAMILIES.get(text).copied().filter(|_| text.len() <= LONGEST_SPELLING);
    match (family, after_abd(text)) {
        (Some(family), _) => part(family),
        (None, None) => part(text),
        (None, Some(rest)) => {
            part("abd");
            part("al");
            if !rest.is_empty() {
                part(FAMILIES.get(rest).copied().unwrap_or(rest));
            }
        }
    }
}

/// Whether `article` is the Arabic article before one of the letters it becomes equal to (`as-Sadr`, `ash-Sharaa`).
fn is_assimilated(article: &str, rest: &str) -> bool {
    let Some(letters) = article.strip_prefix(['a', 'e', 'u']) else { return false };
    matches!(letters, "d" | "dh" | "n" | "r" | "s" | "sh" | "t" | "th" | "z")
        && rest.get(..letters.len()).is_some_and(|start| start.eq_ignore_ascii_case(letters))
}

/// What is behind `Abdul`, `Abdel`, `Abdal` in one word: nothing, or the name (`Abdulaziz`).
fn after_abd(part: &str) -> Option<&str> {
    let rest = part.strip_prefix("abd")?;
    let rest = rest.strip_prefix("ul").or(rest.strip_prefix("el")).or(rest.strip_prefix("al"))?;
    (rest.is_empty() || rest.len() >= 3).then_some(rest)
}

/// The normal letters of a character that is not ASCII; none for a mark.
pub fn fold_wide(character: char, each: &mut impl FnMut(char)) {
    match character {
        '’' | '‘' | '`' | '´' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ˈ' | '′' => {}
        // Zero-width joiners, direction marks, the soft hyphen, the Arabic tatweel
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{640}' => {}
        'ß' => each_of("ss", each),
        'æ' | 'Æ' => each_of("ae", each),
        'œ' | 'Œ' => each_of("oe", each),
        'ø' | 'Ø' => each('o'),
        'ł' | 'Ł' => each('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => each('d'),
        'þ' | 'Þ' => each_of("th", each),
        'ħ' | 'Ħ' => each('h'),
        'ı' => each('i'),
        'ə' | 'Ə' => each('a'),
        // Persian and Arabic keyboards have letters of their own for the same ones.
        'ك' | 'ک' => each('ک'),
        'ي' | 'ى' | 'ی' => each('ی'),
        'ة' | 'ۀ' | 'ە' => each('ه'),
        'أ' | 'إ' | 'آ' | 'ٱ' => each('ا'),
        'ؤ' => each('و'),
        'ئ' => each('ی'),
        'ё' | 'Ё' => each('е'),
        _ => {
            for lower in character.to_lowercase().nfkd() {
                if !is_dropped_mark(lower) {
                    each(lower);
                }
            }
        }
    }
}

fn each_of(letters: &str, each: &mut impl FnMut(char)) {
    letters.chars().for_each(each);
}

/// Marks that readers leave out; those of Indian scripts are vowels, which nobody does.
fn is_dropped_mark(character: char) -> bool {
    is_combining_mark(character)
        && matches!(character,
            '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5C7}' | '\u{610}'..='\u{61A}'
            | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}' | '\u{1AB0}'..='\u{1AFF}'
            | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}
