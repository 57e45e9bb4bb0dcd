//! What is known of single words: what they do in a sentence, and which are cues.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::super::CueClass;
use crate::tables;

/// What a word does in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    Determiner,
    /// `his`, and `'s` behind a word.
    Possessive,
    /// A pronoun that is a subject: `he`.
    Subject,
    Pronoun,
    Who,
    Which,
    That,
    /// `what`, `how`, `whether` …
    What,
    To,
    Modal,
    Be,
    Have,
    Do,
    Not,
    Adverb,
    Particle,
    And,
    But,
    /// `because`, `while`, `if` …
    Subordinator,
    Preposition,
    Time,
    Number,
    Person,
    Group,
    Noun,
    /// A capitalised word.
    Name,
    /// A finite verb that is nothing else.
    Verb,
    /// A form in `-ed`: past or participle.
    Past,
    /// A form in `-ing`.
    Ing,
    Comma,
    Colon,
    /// A dash, a semicolon or a bracket.
    Break,
    /// A mark that ends a sentence.
    Stop,
    /// A whole quotation.
    Quote,
    /// Any other mark.
    Mark,
}

impl Part {
    const NAMES: [(&'static str, Part); 26] = [
        ("det", Part::Determiner),
        ("poss", Part::Possessive),
        ("subject", Part::Subject),
        ("pronoun", Part::Pronoun),
        ("who", Part::Who),
        ("which", Part::Which),
        ("that", Part::That),
        ("what", Part::What),
        ("to", Part::To),
        ("modal", Part::Modal),
        ("be", Part::Be),
        ("have", Part::Have),
        ("do", Part::Do),
        ("not", Part::Not),
        ("adv", Part::Adverb),
        ("particle", Part::Particle),
        ("and", Part::And),
        ("but", Part::But),
        ("sub", Part::Subordinator),
        ("prep", Part::Preposition),
        ("time", Part::Time),
        ("number", Part::Number),
        ("person", Part::Person),
        ("group", Part::Group),
        ("noun", Part::Noun),
        ("verb", Part::Verb),
    ];

    /// Whether it may stand in a noun phrase, other than at its start.
    pub fn is_nominal(self) -> bool {
        matches!(self, Part::Noun | Part::Name | Part::Person | Part::Group | Part::Number | Part::Time)
    }

    /// Whether a noun phrase may begin with it.
    pub fn begins_phrase(self) -> bool {
        self.is_nominal()
            || matches!(self, Part::Determiner | Part::Possessive | Part::Subject | Part::Pronoun | Part::That)
    }

    /// Whether it makes a clause of what stands in front of it.
    pub fn is_finite(self) -> bool {
        matches!(self, Part::Modal | Part::Be | Part::Have | Part::Do | Part::Verb | Part::Past)
    }
}

/// A form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    Base,
    /// `says`
    Third,
    Past,
    /// `written`, where the past is another word.
    Participle,
    Ing,
}

/// A word that may be a cue: a verb or a noun.
#[derive(Debug)]
pub struct Lemma {
    pub name: &'static str,
    pub class: CueClass,
    /// What is said is denied: `deny`, `reject`.
    pub denial: bool,
    pub noun: bool,
    /// A verb that quotes (`speech-verbs.txt`).
    pub quotes: bool,
    /// One that does no more than that: `say`, `tell`.
    pub plain: bool,
}

/// What is known of a word, by its number in [`Lexicon::lemmas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    pub part: Option<Part>,
    pub verb: Option<(u16, Form)>,
    pub noun: Option<u16>,
    /// Its object is who is told.
    pub recipient: bool,
    /// What is written, and speaks as a body does: `report`.
    pub text: bool,
    /// It attributes and is no verb or noun: `according`, `reportedly`.
    pub special: bool,
}

#[derive(Debug, Default)]
pub struct Lexicon {
    words: HashMap<String, Known>,
    pub lemmas: Vec<Lemma>,
}

pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

impl Lexicon {
    /// All words, in small letters.
    pub fn words(&self) -> impl Iterator<Item = (&str, Known)> {
        self.words.iter().map(|(word, known)| (word.as_str(), *known))
    }

    pub fn lemma(&self, number: u16) -> Option<&Lemma> {
        self.lemmas.get(number as usize)
    }

    fn read() -> Self {
        let mut lexicon = Lexicon::default();
        for line in tables::lines(include_str!("tables/word-classes.txt")) {
            let Some((name, words)) = line.split_once(':') else { continue };
            let text = name == "text";
            let name = if text { "group" } else { name };
            let Some((_, part)) = Part::NAMES.iter().find(|(known, _)| *known == name) else { continue };
            for word in words.split_whitespace() {
                let known = lexicon.entry(word);
                known.part.get_or_insert(*part);
                known.text |= text;
            }
        }
        let mut section = None;
        for line in tables::lines(include_str!("tables/cue-verbs.txt")) {
            match section_of(line) {
                Some(named) => section = Some(named),
                None => line.split_whitespace().for_each(|verb| lexicon.add_verb(verb, section)),
            }
        }
        for line in tables::lines(include_str!("tables/cue-nouns.txt")) {
            match section_of(line) {
                Some(named) => section = Some(named),
                None => line.split_whitespace().for_each(|noun| lexicon.add_noun(noun, section)),
            }
        }
        let mut plain = false;
        for line in tables::lines(include_str!("tables/speech-verbs.txt")) {
            if line.starts_with('[') {
                plain = line == "[plain]";
                continue;
            }
            for verb in line.split_whitespace() {
                let lemma = lexicon.lemmas.iter_mut().find(|lemma| lemma.name == verb && !lemma.noun);
                if let Some(lemma) = lemma {
                    lemma.quotes = true;
                    lemma.plain |= plain;
                }
            }
        }
        for word in tables::words(include_str!("tables/recipients.txt")) {
            lexicon.entry(word).recipient = true;
        }
        for word in super::special::WORDS {
            lexicon.entry(word).special = true;
        }
        lexicon
    }

    fn entry(&mut self, word: &str) -> &mut Known {
        self.words.entry(word.to_owned()).or_default()
    }

    fn add_lemma(&mut self, name: &'static str, section: Option<(CueClass, bool)>, noun: bool) -> Option<u16> {
        let (class, denial) = section?;
        if self.lemmas.iter().any(|lemma| lemma.name == name && lemma.noun == noun) {
            return None;
        }
        self.lemmas.push(Lemma { name, class, denial, noun, quotes: false, plain: false });
        u16::try_from(self.lemmas.len() - 1).ok()
    }

    fn add_verb(&mut self, entry: &'static str, section: Option<(CueClass, bool)>) {
        let (head, irregular) = entry.trim_end_matches(')').split_once('(').unwrap_or((entry, ""));
        let name = head.trim_end_matches(['*', '+']);
        let Some(number) = self.add_lemma(name, section, false) else { return };
        let single = (!head.ends_with('*')).then(|| forms(name, false, irregular));
        let doubled = head.ends_with(['*', '+']).then(|| forms(name, true, irregular));
        for (form, word) in single.into_iter().chain(doubled).flatten() {
            self.entry(&word).verb.get_or_insert((number, form));
        }
    }

    fn add_noun(&mut self, noun: &'static str, section: Option<(CueClass, bool)>) {
        let Some(number) = self.add_lemma(noun, section, true) else { return };
        self.entry(noun).noun.get_or_insert(number);
    }
}

fn section_of(line: &str) -> Option<(CueClass, bool)> {
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    let class = CueClass::ALL.into_iter().find(|class| class.name() == name);
    // A denial asserts, too.
    Some((class.unwrap_or(CueClass::Assertive), name == "denial"))
}

/// The forms of a regular verb, or of an irregular one with its past and participle.
fn forms(verb: &str, doubles: bool, irregular: &str) -> Vec<(Form, String)> {
    let last = verb.chars().last().unwrap_or('x');
    let silent = last == 'e' && !verb.ends_with("ee");
    let stem = verb.strip_suffix('e').filter(|_| silent).unwrap_or(verb);
    let consonant_y = verb.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    let double = if doubles { last.to_string() } else { String::new() };
    let third = match consonant_y {
        Some(stem) => format!("{stem}ies"),
        None if verb.ends_with(['s', 'x', 'z', 'o']) || verb.ends_with("sh") || verb.ends_with("ch") => {
            format!("{verb}es")
        }
        None => format!("{verb}s"),
    };
    let past = match consonant_y {
        Some(stem) => format!("{stem}ied"),
        // agreed
        None if verb.ends_with("ee") => format!("{verb}d"),
        None => format!("{stem}{double}ed"),
    };
    let mut forms =
        vec![(Form::Base, verb.to_owned()), (Form::Third, third), (Form::Ing, format!("{stem}{double}ing"))];
    let mut written = irregular.split(',').filter(|form| !form.is_empty());
    forms.push((Form::Past, written.next().map_or(past, str::to_owned)));
    forms.extend(written.next().map(|participle| (Form::Participle, participle.to_owned())));
    forms
}
