//! Words: what actors, dates and claims are read from. The name index cuts its names in the same way.
//!
//! A word keeps what belongs together (`al-Assad`, `O’Neill`, `U.S.`, `10,000`, `3.5`, `AT&T`) and a possessive is a word of
//! its own (`Assad` `’s`). Everything else that is not white space is punctuation, one character each; an ellipsis and a
//! run of hyphens are one.

use super::Span;

/// A word, a number, or a mark of punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    pub span: Span,
    pub kind: Kind,
    pub case: Case,
    /// Whether white space, or the text's start, is in front of it.
    pub spaced: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, whatever else is in it.
    Letters,
    /// Begins with a digit: `10,000`, `3.5`, `19th`, `2024-12-01`.
    Number,
    /// `'s` or `’s` behind a word, or the lone apostrophe behind a plural (`the rebels’`).
    Possessive,
    Punctuation,
}

/// How the letters of a word are written. A script without case is [`Case::None`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    None,
    Lower,
    /// `Assad`.
    Capital,
    /// `UAE`, `U.S.`; a single capital, too.
    Upper,
    /// `al-Assad`, `McCain`, `iPhone`.
    Mixed,
}

/// The words of `text` in order, in time linear in its length.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    let mut spaced = true;
    loop {
        // Nearly all of a text is plain words with a space between.
        if text.as_bytes().get(at) == Some(&b' ') {
            spaced = true;
            at += 1;
        }
        if let Some((end, kind, case)) = plain_word(text.as_bytes(), at) {
            words.push(Word { span: Span::new(at, end), kind, case, spaced });
            spaced = false;
            at = end;
            continue;
        }
        let Some(first) = char_at(text, at) else { break };
        if first.is_whitespace() {
            spaced = true;
            at += first.len_utf8();
            continue;
        }
        let (end, kind) = if first.is_alphanumeric() {
            let (end, letters) = end_of_word(text, at);
            (end, if first.is_numeric() || !letters { Kind::Number } else { Kind::Letters })
        } else if let Some(end) = words.last().and_then(|last| end_of_possessive(text, at, last)) {
            (end, Kind::Possessive)
        } else {
            (end_of_run(text, at, first), Kind::Punctuation)
        };
        let case = if kind == Kind::Punctuation { Case::None } else { case_of(text.get(at..end).unwrap_or_default()) };
        words.push(Word { span: Span::new(at, end), kind, case, spaced });
        spaced = false;
        at = end;
    }
    words
}

const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 4;

/// What each byte is in a plain word; 0 for what ends one.
#[expect(clippy::indexing_slicing, reason = "a constant: it would not compile")]
static SORTS: [u8; 256] = {
    let mut sorts = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        sorts[byte] = match byte as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            _ => 0,
        };
        byte += 1;
    }
    sorts
};

/// The word at `start` where it is ASCII letters and digits alone and what stands behind can't belong to it: nearly all
/// words of news are so. Says the same as [`end_of_word`] and [`case_of`], many times faster.
fn plain_word(text: &[u8], start: usize) -> Option<(usize, Kind, Case)> {
    let rest = text.get(start..)?;
    let first = rest.first().filter(|byte| byte.is_ascii_alphanumeric())?;
    let (mut length, mut sorts) = (0_usize, 0);
    for byte in rest {
        let sort = SORTS.get(usize::from(*byte)).copied().unwrap_or_default();
        if sort == 0 {
            break;
        }
        sorts |= sort;
        length += 1;
    }
    let (upper, lower) = (sorts & UPPER != 0, sorts & LOWER != 0);
    let last = rest.get(length.wrapping_sub(1)).copied().unwrap_or_default();
    let behind = rest.get(length).copied().unwrap_or(b' ');
    let next = rest.get(length + 1).copied().unwrap_or(b' ');
    let ends = match behind {
        b'.' if last.is_ascii_alphabetic() => length > 1,
        b'.' | b',' | b':' => next.is_ascii() && !next.is_ascii_digit(),
        b'-' => next.is_ascii() && !next.is_ascii_alphanumeric(),
        b'\'' | b'&' | b'_' => false,
        _ => behind.is_ascii(),
    };
    if !ends {
        return None;
    }
    let kind = if first.is_ascii_digit() || !(upper || lower) { Kind::Number } else { Kind::Letters };
    // Looked for in the word alone: a table of numbers has no letter for a long time.
    let first = rest.iter().take(length).find(|byte| byte.is_ascii_alphabetic());
    let case = match (upper, lower) {
        (false, false) => Case::None,
        (false, true) => Case::Lower,
        (true, false) => Case::Upper,
        (true, true) if first.is_some_and(u8::is_ascii_uppercase) => Case::Capital,
        (true, true) => Case::Mixed,
    };
    Some((start + length, kind, case))
}

fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// Where the word that begins at `start` ends, and whether it has a letter.
fn end_of_word(text: &str, start: usize) -> (usize, bool) {
    let mut at = start;
    let mut letters = false;
    let mut before = ' ';
    // Characters since the start, or the last full stop: an acronym has one letter before each.
    let mut since_stop = 0;
    let mut stops = 0;
    while let Some(character) = char_at(text, at) {
        let next = char_at(text, at + character.len_utf8());
        let joins = |ok: fn(char) -> bool| next.is_some_and(ok);
        let goes_on = match character {
            _ if character.is_alphanumeric() => true,
            '-' | '\u{2010}' | '\u{2011}' | '_' => before.is_alphanumeric() && joins(char::is_alphanumeric),
            '\'' | '’' => joins(char::is_alphabetic) && end_of_s(text, at).is_none(),
            ',' | ':' => before.is_numeric() && joins(char::is_numeric),
            '.' if before.is_numeric() => joins(char::is_numeric),
            '.' => before.is_alphabetic() && since_stop == 1 && (stops > 0 || joins(char::is_alphabetic)),
            '&' => before.is_uppercase() && joins(char::is_uppercase),
            _ => unicode_normalization::char::is_combining_mark(character),
        };
        if !goes_on {
            break;
        }
        letters |= character.is_alphabetic();
        if character == '.' {
            stops += 1;
            since_stop = 0;
        } else {
            since_stop += 1;
        }
        before = character;
        at += character.len_utf8();
    }
    (at, letters)
}

/// Where `'s` at `at` ends, if that is what stands there.
fn end_of_s(text: &str, at: usize) -> Option<usize> {
    let apostrophe = char_at(text, at).filter(|character| matches!(character, '\'' | '’'))?;
    let s = at + apostrophe.len_utf8();
    char_at(text, s).filter(|letter| matches!(letter, 's' | 'S'))?;
    let behind = char_at(text, s + 1);
    (!behind.is_some_and(char::is_alphanumeric)).then_some(s + 1)
}

fn end_of_possessive(text: &str, at: usize, last: &Word) -> Option<usize> {
    if last.span.end as usize != at || !matches!(last.kind, Kind::Letters | Kind::Number) {
        return None;
    }
    if let Some(end) = end_of_s(text, at) {
        return Some(end);
    }
    let apostrophe = char_at(text, at).filter(|character| matches!(character, '\'' | '’'))?;
    let end = at + apostrophe.len_utf8();
    let plural = last.span.of(text).ends_with(['s', 'S']);
    (plural && char_at(text, end).is_some_and(char::is_whitespace)).then_some(end)
}

/// A run of full stops or of hyphens is one mark; all others stand alone.
fn end_of_run(text: &str, start: usize, first: char) -> usize {
    let mut end = start + first.len_utf8();
    if matches!(first, '.' | '-') {
        while char_at(text, end) == Some(first) {
            end += 1;
        }
    }
    end
}

fn case_of(word: &str) -> Case {
    let mut letters = word.chars().filter(|letter| letter.is_alphabetic());
    let Some(first) = letters.next() else { return Case::None };
    let (mut upper, mut lower) = (first.is_uppercase(), first.is_lowercase());
    for letter in letters {
        upper |= letter.is_uppercase();
        lower |= letter.is_lowercase();
    }
    match (upper, lower) {
        (false, false) => Case::None,
        (false, true) => Case::Lower,
        (true, false) => Case::Upper,
        (true, true) if first.is_uppercase() => Case::Capital,
        (true, true) => Case::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    /// The words with a bar between; possessives and punctuation in brackets.
    fn check(text: &str, expected: Expect) {
        let shown: Vec<String> = words(text)
            .iter()
            .map(|word| match word.kind {
                Kind::Letters => word.span.of(text).to_owned(),
                Kind::Number => format!("#{}", word.span.of(text)),
                Kind::Possessive => format!("[{}]", word.span.of(text)),
                Kind::Punctuation => format!("({})", word.span.of(text)),
            })
            .collect();
        expected.assert_eq(&shown.join(" "));
    }

    #[test]
    fn what_belongs_together_stays_together() {
        check(
            "President Bashar al-Assad’s 10,000 troops, the rebels’ 3.5% and O’Neill’s U.S. allies.",
            expect![
                "President Bashar al-Assad [’s] #10,000 troops (,) the rebels [’] #3.5 (%) and O’Neill [’s] U.S. allies (.)"
            ],
        );
        check(
            "He didn't say... \"No.\" -- AT&T (est. 1885-88)",
            expect![[r#"He didn't say (...) (") No (.) (") (--) AT&T (() est (.) #1885-88 ())"#]],
        );
        check(
            "at 10:30 on the 19th, John F. Kennedy Jr. left D.C.",
            expect!["at #10:30 on the #19th (,) John F (.) Kennedy Jr (.) left D.C."],
        );
        check("صرح الرئيس، 普京说。 İstanbul’da", expect!["صرح الرئيس (،) 普京说 (。) İstanbul’da"]);
    }

    #[test]
    fn plain_words_are_those_of_the_long_way() {
        let parts =
            ["a", "Ab", "US", "mC", "7", "42nd", "é", ".", " ", ",", ":", "-", "'", "’", "s", "&", "_", "!", "\u{301}"];
        for number in 0..parts.len().pow(4) {
            let digits = (0..4).map(|place| parts[number / parts.len().pow(place) % parts.len()]);
            let text: String = digits.collect();
            if let Some((end, kind, case)) = plain_word(text.as_bytes(), 0) {
                let (slow_end, letters) = end_of_word(&text, 0);
                let slow_kind =
                    if text.starts_with(char::is_numeric) || !letters { Kind::Number } else { Kind::Letters };
                assert_eq!((end, kind, case), (slow_end, slow_kind, case_of(&text[..end])), "{text:?}");
            }
        }
    }

    #[test]
    fn time_grows_as_the_text_does() {
        let time = |part: &str, size: usize| {
            let text = part.repeat(size / part.len());
            let start = std::time::Instant::now();
            assert!(!words(&text).is_empty());
            start.elapsed().as_secs_f64()
        };
        // A table of numbers has no letter; one long word has no end.
        for part in ["17 ", "4,5;", "a", "é", ".", "U.", "’", "-a"] {
            let (small, large) = (time(part, 60_000), time(part, 600_000));
            assert!(large < small * 80.0 + 1.0, "{part:?}: {small} s for a tenth of what takes {large} s");
        }
    }

    #[test]
    fn case_is_told_by_first_letter_and_rest() {
        let cases = |text| words(text).iter().map(|word| word.case).collect::<Vec<_>>();
        assert_eq!(cases("UAE U.S. A"), [Case::Upper; 3]);
        assert_eq!(cases("Assad McCain Al-Nahyan"), [Case::Capital; 3]);
        assert_eq!(cases("al-Assad iPhone"), [Case::Mixed; 2]);
        assert_eq!(cases("he 普京 12"), [Case::Lower, Case::None, Case::None]);
    }
}
