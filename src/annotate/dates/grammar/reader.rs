//! Reads the patterns of the table.

use foldhash::HashMap;

use super::{Sequences, Step};
use crate::annotate::dates::lexicon::{Class, Lexicon, Mark};

fn tokens(pattern: &'static str) -> Vec<&'static str> {
    let mut tokens = Vec::new();
    for word in pattern.split_whitespace() {
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            // A lone bracket as a word of the text is written with a backslash.
            let length = match first {
                '\\' => rest.len(),
                '[' | ']' | '(' | ')' | '{' | '}' => 1,
                _ => rest.find(['[', ']', '(', ')', '{', '}']).unwrap_or(rest.len()),
            };
            let (token, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
            tokens.push(token);
            rest = behind;
        }
    }
    tokens
}

/// Reads a pattern into all the sequences that it allows.
pub(super) struct Reader<'a> {
    tokens: Vec<&'static str>,
    at: usize,
    lexicon: &'a mut Lexicon,
    names: &'a HashMap<&'static str, usize>,
    pub(super) problems: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        pattern: &'static str,
        lexicon: &'a mut Lexicon,
        names: &'a HashMap<&'static str, usize>,
    ) -> Self {
        Reader { tokens: tokens(pattern), at: 0, lexicon, names, problems: Vec::new() }
    }

    pub(super) fn alternatives(&mut self) -> Sequences {
        let mut all = self.sequence();
        while self.tokens.get(self.at) == Some(&"/") {
            self.at += 1;
            all.extend(self.sequence());
        }
        all
    }

    fn sequence(&mut self) -> Sequences {
        let mut all: Sequences = vec![Vec::new()];
        while let Some(token) = self.tokens.get(self.at).copied() {
            if matches!(token, "/" | "]" | ")") {
                break;
            }
            self.at += 1;
            let next = match token {
                "[" => {
                    let mut inner = self.group("]");
                    inner.push(Vec::new());
                    inner
                }
                "(" => self.group(")"),
                "{" => self.mark().map_or_else(Vec::new, |mark| vec![vec![Step::Set(mark)]]),
                word => self.word(word).map_or_else(Vec::new, |step| vec![vec![step]]),
            };
            all = all
                .iter()
                .flat_map(|head| next.iter().map(move |tail| head.iter().chain(tail).copied().collect()))
                .collect();
        }
        all
    }

    fn group(&mut self, end: &str) -> Sequences {
        let inner = self.alternatives();
        if self.tokens.get(self.at) == Some(&end) {
            self.at += 1;
        } else {
            self.problems.push(format!("{end} is missing"));
        }
        inner
    }

    /// `{MOD 1}`
    fn mark(&mut self) -> Option<Mark> {
        let name = self.tokens.get(self.at)?;
        let value = self.tokens.get(self.at + 1)?;
        self.at += 3;
        let mark = Class::of_name(name).and_then(|class| Some(Mark { class, value: value.parse().ok()? }));
        if mark.is_none() {
            self.problems.push(format!("no such mark: {name} {value}"));
        }
        mark
    }

    fn word(&mut self, word: &'static str) -> Option<Step> {
        if let Some(part) = word.strip_prefix('@') {
            let known = self.names.get(part).copied();
            if known.is_none() {
                self.problems.push(format!("no such part: {word}"));
            }
            return known.map(Step::Part);
        }
        let (close, word) = word.strip_prefix('~').map_or((false, word), |rest| (true, rest));
        let word = word.strip_prefix('\\').unwrap_or(word);
        if word.is_empty() {
            self.problems.push("a word is missing".to_owned());
        }
        let class = match Class::of_name(word) {
            Some(class) => class,
            None if word.chars().any(char::is_uppercase) => {
                self.problems.push(format!("no such class: {word}"));
                return None;
            }
            None => self.lexicon.literal(word),
        };
        Some(if close { Step::Close(class) } else { Step::Word(class) })
    }
}
