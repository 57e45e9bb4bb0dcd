//! Units: a sentence, or several where a quotation runs over their ends, with each quotation as one item.

use std::cell::OnceCell;
use std::ops::Range;

use super::super::Reading;
use super::lexicon::{Form, Known, LEXICON, Part};
use super::quotes::Quotations;
use crate::text::{Case, Kind, Span};

/// A word, or a whole quotation.
#[derive(Debug, Clone)]
pub struct Item {
    /// Numbers of words in the reading.
    pub words: Range<usize>,
    pub part: Part,
    pub known: Known,
    /// The number of the quotation that it is.
    pub quote: Option<usize>,
    pub speech: Speech,
}

/// What a quotation looks like to the clause beside it; nothing for a word.
#[derive(Debug, Clone, Copy, Default)]
pub struct Speech {
    /// A sentence or more.
    pub whole: bool,
    /// More than a term or a title: so many words that it is somebody's.
    pub long: bool,
    /// It ends as in front of `he said`.
    pub leads: bool,
    /// It begins with a small letter.
    pub goes_on: bool,
}

/// Part and knowledge of every word.
pub struct Tags {
    tags: Vec<(Part, Known)>,
}

impl Tags {
    pub fn new(reading: &Reading) -> Self {
        let mut starts = reading.sentences.iter().map(|sentence| sentence.start).peekable();
        let mut tags = Vec::with_capacity(reading.words.len());
        for word in 0..reading.words.len() {
            let first = starts.next_if_eq(&word).is_some();
            let last = word + 1 == starts.peek().copied().unwrap_or(reading.words.len());
            tags.push(if !last && is_abbreviating(reading, word) {
                (Part::Name, Known::default())
            } else {
                tag(reading, word, first)
            });
        }
        Tags { tags }
    }

    pub fn get(&self, word: usize) -> (Part, Known) {
        self.tags.get(word).copied().unwrap_or((Part::Mark, Known::default()))
    }

    /// Whether a sentence begins with somebody who says no more than what stood in front: `Smith asked the council.`
    fn attributes_what_is_before(&self, sentence: Range<usize>) -> bool {
        const LONGEST_SUBJECT: usize = 12;
        let part = |word: usize| self.get(word).0;
        for word in sentence.clone().take(LONGEST_SUBJECT) {
            let (part_here, known) = self.get(word);
            let verb = known.verb.filter(|(_, form)| matches!(form, Form::Past | Form::Third) && word > sentence.start);
            if let Some(lemma) = verb.and_then(|(lemma, _)| LEXICON.lemma(lemma)) {
                let told = known.recipient || matches!(lemma.name, "tell" | "ask");
                let behind = part(word + 1);
                return lemma.quotes
                    && !matches!(behind, Part::That | Part::What | Part::Quote | Part::Colon | Part::Subject)
                    && (told || !behind.begins_phrase() || behind == Part::Time)
                    && !sentence.clone().take(40).any(|word| matches!(part(word), Part::That | Part::Colon));
            }
            if part_here.is_finite() && part_here != Part::Past || matches!(part_here, Part::Quote | Part::Subordinator)
            {
                return false;
            }
        }
        false
    }

    /// Whether a word may be a cue.
    pub fn may_attribute(&self, word: usize) -> bool {
        let (_, known) = self.get(word);
        known.verb.is_some() || known.noun.is_some() || known.special
    }
}

/// A full stop that belongs to the word before it: `Sen. Johnson`, `J. Edgar`. It is part of the name.
fn is_abbreviating(reading: &Reading, word: usize) -> bool {
    reading.get(word).is_some_and(|word| word.kind == Kind::Punctuation && !word.spaced)
        && reading.word(word) == "."
        && word.checked_sub(1).is_some_and(|before| {
            reading.kind(before) == Kind::Letters && matches!(reading.case(before), Case::Capital | Case::Upper)
        })
        && reading.get(word + 1).is_some_and(|next| next.kind != Kind::Punctuation || reading.word(word + 1) == ",")
}

fn tag(reading: &Reading, word: usize, first: bool) -> (Part, Known) {
    match reading.kind(word) {
        // `he’s hopeful`
        Kind::Possessive if stands_for_is(reading, word) => (Part::Be, Known::default()),
        Kind::Possessive => (Part::Possessive, Known::default()),
        Kind::Number => (Part::Number, Known::default()),
        Kind::Punctuation => {
            let part = match reading.word(word) {
                "," | "،" => Part::Comma,
                ":" => Part::Colon,
                "." | "!" | "?" | "…" | "..." | "。" => Part::Stop,
                ";" | "-" | "--" | "–" | "—" | "―" | "(" | ")" | "[" | "]" | "|" | "•" => Part::Break,
                _ => Part::Mark,
            };
            (part, Known::default())
        }
        Kind::Letters => {
            let lower = || reading.lower(word);
            let known = reading.row(word).claims;
            let case = reading.case(word);
            let capital = matches!(case, Case::Capital | Case::Mixed)
                || (case == Case::Upper && reading.get(word).is_some_and(|word| word.span.len() > 1));
            let part = match known.part {
                // `Will` and `May` are names in the middle of a sentence.
                Some(part @ (Part::Modal | Part::Verb)) if capital && !first => {
                    if case == Case::Upper {
                        part
                    } else {
                        Part::Name
                    }
                }
                Some(part) => part,
                // `Kelly said`: an adverb that begins a sentence has the subject behind it, not the verb.
                None if capital && lower().ends_with("ly") && precedes_verb(reading, word) => Part::Name,
                None if capital && !first => Part::Name,
                None if known.verb.is_some() || known.noun.is_some() => by_suffix(lower()),
                None if capital => match by_suffix(lower()) {
                    part @ (Part::Adverb | Part::Ing | Part::Past) => part,
                    _ => Part::Name,
                },
                None => by_suffix(lower()),
            };
            (part, known)
        }
    }
}

/// Whether `’s` is a verb: behind a pronoun.
fn stands_for_is(reading: &Reading, word: usize) -> bool {
    matches!(reading.word(word), "’s" | "'s")
        && word.checked_sub(1).is_some_and(|before| {
            matches!(reading.lower(before), "he" | "she" | "it" | "that" | "who" | "there" | "what" | "here")
        })
}

fn precedes_verb(reading: &Reading, word: usize) -> bool {
    let next = reading.row(word + 1).claims;
    reading.kind(word + 1) == Kind::Possessive
        || matches!(next.verb, Some((_, Form::Past | Form::Third)))
        || matches!(next.part, Some(Part::Be | Part::Have | Part::Modal | Part::Verb))
}

fn by_suffix(word: &str) -> Part {
    if word.len() > 4 && word.ends_with("ly") {
        Part::Adverb
    } else if word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") {
        Part::Past
    } else if word.len() > 5 && word.ends_with("ing") {
        Part::Ing
    } else {
        Part::Noun
    }
}

/// A sentence or more.
pub struct Unit<'a> {
    pub reading: &'a Reading<'a>,
    pub items: Vec<Item>,
    /// Numbers of words in the reading.
    pub words: Range<usize>,
    title: OnceCell<bool>,
    quotes: bool,
}

impl<'a> Unit<'a> {
    pub fn new(reading: &'a Reading<'a>, tags: &Tags, quotations: &Quotations, words: Range<usize>) -> Self {
        let mut items = Vec::with_capacity(words.len());
        let mut word = words.start;
        while word < words.end {
            let quote = quotations.around(word).and_then(|number| Some((number, quotations.all.get(number)?)));
            let (part, known) = tags.get(word);
            let end = match quote {
                Some((_, quotation)) if quotation.open >= words.start => quotation.end.clamp(word + 1, words.end),
                _ => word + 1,
            };
            let item = match quote {
                Some((number, quotation)) if quotation.open >= words.start => {
                    let speech = Speech {
                        whole: quotation.is_speech(reading),
                        long: quotation.is_long(reading),
                        leads: quotation.leads(reading),
                        goes_on: quotation.goes_on(reading),
                    };
                    Item { words: word..end, part: Part::Quote, known: Known::default(), quote: Some(number), speech }
                }
                _ => Item { words: word..end, part, known, quote: None, speech: Speech::default() },
            };
            items.push(item);
            word = end;
        }
        Unit::of(reading, items, words)
    }

    fn of(reading: &'a Reading<'a>, items: Vec<Item>, words: Range<usize>) -> Self {
        let quotes = items.iter().any(|item| item.quote.is_some());
        Unit { reading, items, words, title: OnceCell::new(), quotes }
    }

    /// Whether there is a quotation in it.
    pub fn has_quotes(&self) -> bool {
        self.quotes
    }

    /// The same unit in parts of no more than `longest` items and `most` words that may be cues; at least one.
    pub fn parts(self, longest: usize, most: usize) -> Vec<Self> {
        let may_be_cue = |item: &Item| item.known.verb.is_some() || item.known.noun.is_some();
        if self.items.len() <= longest && self.items.iter().filter(|item| may_be_cue(item)).count() <= most {
            return vec![self];
        }
        let (mut parts, mut part, mut cues) = (Vec::new(), Vec::new(), 0);
        let mut close = |items: Vec<Item>| {
            if let (Some(first), Some(last)) = (items.first(), items.last()) {
                let words = first.words.start..last.words.end;
                parts.push(Unit::of(self.reading, items, words));
            }
        };
        for item in self.items {
            cues += usize::from(may_be_cue(&item));
            if part.len() >= longest || cues > most {
                cues = usize::from(may_be_cue(&item));
                close(std::mem::take(&mut part));
            }
            part.push(item);
        }
        close(part);
        parts
    }

    /// Whether an item is a subject and its verb in one word: `he’ll`, `they’re`.
    pub fn is_contraction(&self, item: usize) -> bool {
        let word = self.lower(item);
        matches!(self.part(item), Part::Modal | Part::Be | Part::Have)
            && word
                .split_once(['’', '\''])
                .is_some_and(|(subject, _)| matches!(subject, "i" | "you" | "he" | "she" | "it" | "we" | "they"))
    }

    /// Whether an item is a dash: a hyphen is one between spaces.
    pub fn is_dash(&self, item: usize) -> bool {
        let spaced =
            |item: usize| self.reading.get(self.words_of(item..item + 1).start).is_some_and(|word| word.spaced);
        match self.lower(item) {
            "—" | "–" | "―" | "--" => true,
            "-" => spaced(item) && spaced(item + 1),
            _ => false,
        }
    }

    /// Whether most of its words behind the first are capitalised, as in a headline.
    pub fn is_title(&self) -> bool {
        *self.title.get_or_init(|| self.looks_like_title())
    }

    fn looks_like_title(&self) -> bool {
        let (mut capital, mut small) = (0, 0);
        for item in self.items.iter().skip(1).filter(|item| item.quote.is_none()) {
            match self.reading.case(item.words.start) {
                Case::Lower => small += 1,
                Case::None => {}
                _ => capital += 1,
            }
        }
        capital > 0 && capital >= 2 * small
    }

    pub fn part(&self, item: usize) -> Part {
        self.items.get(item).map_or(Part::Stop, |item| item.part)
    }

    pub fn known(&self, item: usize) -> Known {
        self.items.get(item).map_or_else(Known::default, |item| item.known)
    }

    /// Small letters; empty for a quotation and out of range.
    pub fn lower(&self, item: usize) -> &str {
        match self.items.get(item) {
            Some(found) if found.quote.is_none() => self.reading.lower(found.words.start),
            _ => "",
        }
    }

    pub fn quote(&self, item: usize) -> Option<usize> {
        self.items.get(item)?.quote
    }

    pub fn speech(&self, item: usize) -> Speech {
        self.items.get(item).map_or_else(Speech::default, |item| item.speech)
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// The words of a range of items.
    pub fn words_of(&self, items: Range<usize>) -> Range<usize> {
        let first = self.items.get(items.start).map_or(self.words.end, |item| item.words.start);
        let last = items.end.checked_sub(1).and_then(|last| self.items.get(last)).map_or(first, |item| item.words.end);
        first..last.max(first)
    }

    pub fn span(&self, items: Range<usize>) -> Span {
        self.reading.span(self.words_of(items))
    }
}

/// Whether a quotation that is a question or an exclamation ends in front of `word`: its mark ends no sentence where `Smith
/// asked` follows.
fn asks(reading: &Reading, quotations: &Quotations, word: usize) -> bool {
    word.checked_sub(1)
        .and_then(|last| quotations.around(last))
        .and_then(|number| quotations.all.get(number))
        .is_some_and(|quotation| {
            quotation.end == word && quotation.leads(reading) && !quotation.ends_with_stop(reading)
        })
}

/// The units of a text: ranges of words, each within a paragraph.
pub fn units(reading: &Reading, tags: &Tags, quotations: &Quotations) -> Vec<Range<usize>> {
    units_within(reading, tags, quotations, 0..reading.words.len())
}

/// The units of a part of a text.
pub fn units_within(reading: &Reading, tags: &Tags, quotations: &Quotations, words: Range<usize>) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    let first = reading.sentences.partition_point(|sentence| sentence.end <= words.start);
    let paragraph = reading.paragraphs.partition_point(|paragraph| paragraph.start < words.start);
    let mut paragraphs = reading.paragraphs.iter().skip(paragraph).map(|paragraph| paragraph.start).peekable();
    for sentence in reading.sentences.iter().skip(first).take_while(|sentence| sentence.start < words.end) {
        let sentence = &(sentence.start.max(words.start)..sentence.end.min(words.end));
        while paragraphs.next_if(|start| *start < sentence.start).is_some() {}
        let begins_paragraph = paragraphs.next_if_eq(&sentence.start).is_some();
        let inside = quotations.around(sentence.start).and_then(|number| quotations.all.get(number));
        let goes_on = inside.is_some_and(|quotation| quotation.open < sentence.start);
        match units.last_mut() {
            Some(last) if goes_on && !begins_paragraph => last.end = sentence.end,
            Some(last)
                if !begins_paragraph
                    && asks(reading, quotations, last.end)
                    && tags.attributes_what_is_before(sentence.clone())
                    && sentence.clone().all(|word| quotations.around(word).is_none()) =>
            {
                last.end = sentence.end;
            }
            _ => units.push(sentence.clone()),
        }
    }
    units
}
