//! What the tables of all layers say of a word, in one row: each word of a text is looked up once, in [`super::Reading`].

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use super::actors::lexicon::{Flags, LEXICON as ACTORS};
use super::claims::lexicon::{Known, LEXICON as CLAIMS};
use super::dates::lexicon::Entry;
use super::{claims, dates, reading};

#[derive(Debug, Clone, Default)]
pub struct Row {
    pub actors: Flags,
    pub claims: Known,
    pub dates: Option<&'static Entry>,
    /// 1 for the commonest words of English, −1 for those of other languages.
    pub english: i8,
    pub is_hedge: bool,
    /// A full stop behind it ends no sentence.
    pub is_abbreviation: bool,
    /// What begins a sentence behind an abbreviation.
    pub is_starter: bool,
}

/// Rows by their words: nearly all words are so short that two are compared as two numbers.
struct Vocabulary {
    short: HashMap<(u64, u64), &'static Row>,
    long: HashMap<&'static str, &'static Row>,
}

/// A word of up to 16 bytes as numbers.
fn packed(word: &str) -> Option<(u64, u64)> {
    let mut bytes = [0; 16];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    let number = u128::from_le_bytes(bytes);
    Some((number as u64, (number >> 64) as u64))
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let short = ROWS.iter().filter_map(|(word, row)| Some((packed(word)?, row))).collect();
    let long = ROWS.iter().filter(|(word, _)| packed(word).is_none()).map(|(word, row)| (*word, row)).collect();
    Vocabulary { short, long }
});

static ROWS: LazyLock<HashMap<&str, Row>> = LazyLock::new(|| {
    let mut rows: HashMap<&str, Row> = HashMap::with_capacity(1 << 14);
    ACTORS.words().for_each(|(word, flags)| rows.entry(word).or_default().actors = flags);
    CLAIMS.words().for_each(|(word, known)| rows.entry(word).or_default().claims = known);
    dates::words().for_each(|(word, entry)| rows.entry(word).or_default().dates = Some(entry));
    dates::language::words().for_each(|(word, lean)| rows.entry(word).or_default().english = lean);
    claims::hedges::words().for_each(|word| rows.entry(word).or_default().is_hedge = true);
    reading::abbreviations().for_each(|word| rows.entry(word).or_default().is_abbreviation = true);
    reading::starters().for_each(|word| rows.entry(word).or_default().is_starter = true);
    rows
});

static NOTHING: LazyLock<Row> = LazyLock::new(Row::default);

/// What is known of a word in small letters.
pub fn row(lower: &str) -> &'static Row {
    let row = packed(lower).map_or_else(|| VOCABULARY.long.get(lower), |word| VOCABULARY.short.get(&word));
    row.copied().unwrap_or(&NOTHING)
}

/// The row of a word of which nothing is known.
pub fn nothing() -> &'static Row {
    &NOTHING
}
