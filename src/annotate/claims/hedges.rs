//! Hedges: the words by which a text is less than sure (the cues of CoNLL-2010's task on hedging, as far as FactBank's
//! scale has them).

use super::super::Reading;
use crate::tables;
use crate::text::Span;

pub fn words() -> impl Iterator<Item = &'static str> {
    let mut is_word = false;
    let lines = tables::lines(include_str!("tables/factuality.txt")).filter(move |line| {
        if line.starts_with('[') {
            is_word = line.starts_with("[words ");
        }
        is_word && !line.starts_with('[')
    });
    // Adverbs that are cues of claims that nobody is named for.
    lines.flat_map(str::split_whitespace).chain(["reportedly", "allegedly"]).filter(|word| !is_plain(word))
}

/// `can` has many meanings, `if` tells a condition, and what is `expected` mostly has somebody who expects it.
fn is_plain(word: &str) -> bool {
    matches!(word, "can" | "if" | "expected" | "ought")
}

/// The hedges of a text, in its order.
pub fn hedges(reading: &Reading) -> Vec<Span> {
    let is_hedge = |word: &usize| reading.row(*word).is_hedge && reading.word(*word) != "May";
    (0..reading.words.len()).filter(is_hedge).map(|word| reading.span(word..word + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_less_than_sure() {
        let text = "In May it may rain, reportedly. He can see that it might; if so, it probably will.";
        let reading = Reading::new(text);
        let words: Vec<&str> = hedges(&reading).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(words, ["may", "reportedly", "might", "probably"]);
    }
}
