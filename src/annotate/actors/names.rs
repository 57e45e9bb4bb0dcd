//! Names as keys: what is compared when two mentions may be one actor.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::annotate::Reading;
use crate::text::Kind;

/// Words that are no part of a key: articles and particles, which come and go with the spelling.
fn is_dropped(lower: &str) -> bool {
    matches!(
        lower,
        "al" | "el"
            | "bin"
            | "ibn"
            | "bint"
            | "de"
            | "da"
            | "dos"
            | "del"
            | "della"
            | "di"
            | "du"
            | "des"
            | "van"
            | "von"
            | "der"
            | "den"
            | "ten"
            | "ter"
            | "af"
            | "av"
            | "ul"
            | "ur"
            | "ud"
            | "ad"
            | "ash"
            | "az"
            | "es"
            | "ed"
            | "the"
            | "of"
            | "for"
            | "and"
            | "on"
    )
}

/// A word as it is compared: mostly that of the text in small letters.
pub type Key<'t> = Cow<'t, str>;

/// A word as it is compared: small, without marks, apostrophes and an article in front.
pub fn key(word: &str) -> String {
    let plain: String = if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        word.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
    };
    if is_plain(&plain) {
        return plain;
    }
    let rest = ["al-", "el-", "as-", "ad-", "an-", "at-", "az-", "ash-", "ar-", "ul-"]
        .iter()
        .find_map(|article| plain.strip_prefix(article));
    let rest = rest.filter(|rest| rest.len() > 2).unwrap_or(&plain);
    rest.chars()
        .filter(|letter| !matches!(letter, '\'' | '’' | '‘' | '`' | '-' | '.' | '\u{2010}' | '\u{2011}'))
        .collect()
}

/// Most words are just letters.
fn is_plain(lower: &str) -> bool {
    lower.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn key_of<'t>(reading: &'t Reading, word: usize) -> Key<'t> {
    let lower = reading.lower(word);
    if is_plain(lower) { Cow::Borrowed(lower) } else { Cow::Owned(key(reading.word(word))) }
}

/// The keys of a name's words, small words left out.
pub fn keys<'t>(reading: &'t Reading, words: Range<usize>) -> Vec<Key<'t>> {
    let kept =
        |word: &usize| matches!(reading.kind(*word), Kind::Letters | Kind::Number) && !is_dropped(reading.lower(*word));
    let first = words.start;
    // `Mohammed bin Salman` is no Salman: the name behind is his father's.
    let fathers = |word: usize| word > first && matches!(reading.lower(word - 1), "bin" | "ibn" | "bint");
    let whole = |word: usize| {
        let key = key_of(reading, word);
        if fathers(word) { Cow::Owned(format!("bin {key}")) } else { key }
    };
    let mut keys = Vec::with_capacity(words.len());
    keys.extend(words.clone().filter(kept).map(whole).filter(|key| !key.is_empty()));
    if keys.is_empty() { words.map(|word| key_of(reading, word)).collect() } else { keys }
}

/// Whether a key is a small word or an article, which come and go.
pub fn is_small(key: &str) -> bool {
    is_dropped(key) || !key.chars().any(char::is_alphanumeric)
}

/// What a suffix says is not what a person is called by.
pub fn is_suffix(key: &str) -> bool {
    matches!(key, "jr" | "sr" | "ii" | "iii" | "iv" | "md" | "phd" | "qc" | "mp" | "esq")
}

/// Whether the short name (of persons) names who the full one names.
pub fn fits_person<K: AsRef<str>>(short: &[K], full: &[K]) -> Fit {
    let full: Vec<&str> = full.iter().map(K::as_ref).filter(|key| !is_suffix(key)).collect();
    let short: Vec<&str> = short.iter().map(K::as_ref).filter(|key| !is_suffix(key)).collect();
    if short.is_empty() || short.len() > full.len() {
        return Fit::No;
    }
    if let [only] = short.as_slice() {
        let at = full.iter().position(|key| key == only);
        return match at {
            Some(0) if full.len() > 1 => Fit::First,
            Some(_) => Fit::Family,
            None => Fit::No,
        };
    }
    // `Ben Gvir` of `Itamar Ben-Gvir`
    if full.last().is_some_and(|last| last.starts_with(short.first().copied().unwrap_or_default()))
        && full.last().is_some_and(|last| *last == short.concat())
    {
        return Fit::Family;
    }
    // Each word in the same order, or by its initial.
    let mut rest = full.iter();
    let follows = short
        .iter()
        .all(|key| rest.any(|other| other == key || is_initial_of(key, other) || is_initial_of(other, key)));
    let same_end = short.last() == full.last() || short.first() == full.first() && short.len() > 1;
    if follows && same_end { Fit::Family } else { Fit::No }
}

fn is_initial_of(short: &str, long: &str) -> bool {
    short.chars().count() == 1 && long.starts_with(short)
}

/// How a short name fits a full one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    No,
    /// By the first name, as families and singers are called.
    First,
    /// By the family name, wherever it stands.
    Family,
}

/// The letters a name may be shortened to: `Syrian Democratic Forces` → `sdf`.
pub fn initials(reading: &Reading, words: Range<usize>) -> (String, String) {
    let letter = |word: usize| reading.word(word).chars().next().into_iter().flat_map(char::to_lowercase);
    let capital = |word: &usize| reading.word(*word).starts_with(char::is_uppercase);
    let short = words.clone().filter(capital).flat_map(letter).collect();
    let long = words.filter(|word| reading.kind(*word) == Kind::Letters).flat_map(letter).collect();
    (short, long)
}

/// Whether the letters of a short form stand in a name in this order, and begin where a word does.
pub fn abbreviates<'a>(short: &str, mut name: impl Iterator<Item = &'a str>) -> bool {
    let mut letters = short.chars().filter(|letter| letter.is_alphanumeric()).peekable();
    let mut begun = false;
    while let Some(letter) = letters.peek().copied() {
        let Some(word) = name.next() else { return false };
        if !begun && !word.starts_with(letter) {
            continue;
        }
        begun = true;
        for own in word.chars() {
            if letters.peek() == Some(&own) {
                letters.next();
            }
        }
    }
    begun
}
