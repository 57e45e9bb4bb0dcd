//! The word FILE, with BEGIN or END, however misspelt.

use super::letters::{Letters, is_separator, is_space};

/// How sure it is that the keyword is the word FILE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
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

pub struct Keyword {
    pub start: usize,
    pub end: usize,
    pub word: Word,
    pub begins: bool,
    pub ends: bool,
    pub odd_end: bool,
}

/// `FILE`, `BEGIN FILE`, `END FILE`, `END_FILE`, and their misspellings.
pub fn take_keyword(letters: &Letters, start: usize) -> Option<Keyword> {
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
    let (mut end, mut word) = take_file(letters, at)?;
    // FILE NAME: x
    let name = letters.skip(end, |c| is_space(c) || c == '_');
    let name_end = letters.skip(name, char::is_alphabetic);
    if letters.string(name, name_end).eq_ignore_ascii_case("name") && letters.get(name_end).is_some_and(is_separator) {
        (end, word) = (name_end, word.max(Word::Slip));
    }
    // FILE FILE: x
    let again = letters.skip(end, is_space);
    if again > end
        && let Some((again_end, Word::Exact)) = take_file(letters, again)
        && letters.get(again_end).is_some_and(is_separator)
    {
        (end, word) = (again_end, word.max(Word::Slip));
    }
    Some(Keyword { start, end, word, begins, ends, odd_end })
}

/// The word FILE at `at`, however misspelt, and where it ends.
pub fn take_file(letters: &Letters, at: usize) -> Option<(usize, Word)> {
    const SPACED: &str = "F I L E";
    let spaced_end = at + SPACED.len();
    if letters.string(at, spaced_end) == SPACED && !letters.get(spaced_end).is_some_and(char::is_alphanumeric) {
        return Some((spaced_end, Word::Slip));
    }
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
    if upper == "FILENAME" && letters.get(end).is_some_and(is_separator) {
        return Some((end, Word::Slip));
    }
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
pub fn latin(word: &str) -> String {
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
