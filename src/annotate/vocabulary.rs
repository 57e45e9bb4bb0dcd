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
    ROWS.get(lower).unwrap_or(&NOTHING)
}

/// The row of a word of which nothing is known.
pub fn nothing() -> &'static Row {
    &NOTHING
}
