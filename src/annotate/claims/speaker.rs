//! Speakers: which actor a source is.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::super::{Actor, ActorKind, Form, Mention, Reading};
use super::draft::Draft;
use super::lexicon::Part;
use crate::tables;
use crate::text::{Kind, Span};

/// A pronoun is resolved no further back than this many words.
const REACH: usize = 150;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pronoun {
    He,
    She,
    They,
    It,
    /// `I`, `we`: who speaks.
    Speaker,
    /// `who`, `which`: what stands in front.
    Relative,
}

fn pronoun(word: &str) -> Option<Pronoun> {
    Some(match word {
        "he" | "his" | "him" => Pronoun::He,
        "she" | "her" => Pronoun::She,
        "they" | "their" | "them" => Pronoun::They,
        "it" | "its" => Pronoun::It,
        "i" | "we" | "my" | "our" => Pronoun::Speaker,
        "who" | "which" | "that" => Pronoun::Relative,
        _ => return None,
    })
}

static GIVEN_NAMES: LazyLock<HashMap<&str, Pronoun>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    let mut section = Pronoun::He;
    for line in tables::lines(include_str!("tables/given-names.txt")) {
        match line {
            "[he]" => section = Pronoun::He,
            "[she]" => section = Pronoun::She,
            _ => names.extend(line.split_whitespace().map(|name| (name, section))),
        }
    }
    names
});

/// What is known of the actors while the text is gone through.
struct Cast<'a> {
    reading: &'a Reading<'a>,
    mentions: &'a mut Vec<Mention>,
    actors: &'a mut Vec<Actor>,
    /// Number of mentions found by others; the new ones stand behind them.
    found: usize,
    /// Number of actors found by others.
    named: usize,
    genders: Vec<Option<Pronoun>>,
    /// Sources that became actors, by their words in small letters.
    unnamed: HashMap<String, usize>,
    taken: HashSet<Span>,
}

/// The actor of each draft's source, in the order of `drafts`. Pronouns that are sources become mentions, and so do sources
/// that are persons or bodies without a name.
pub fn resolve(
    reading: &Reading,
    drafts: &[Draft],
    mentions: &mut Vec<Mention>,
    actors: &mut Vec<Actor>,
) -> Vec<Option<usize>> {
    let genders = genders(reading, mentions, actors);
    let found = mentions.len();
    let named = actors.len();
    let mut cast =
        Cast { reading, mentions, actors, found, named, genders, unnamed: HashMap::new(), taken: HashSet::new() };
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    // Who speaks in a quotation may be told behind it: the outer claims first.
    order.sort_by_cached_key(|number| (depth(drafts, *number), drafts.get(*number).map_or(0, |draft| draft.cue.start)));
    let mut speakers = vec![None; drafts.len()];
    // The last source that was resolved, and where it stands.
    let mut last: Option<(usize, usize)> = None;
    for number in order {
        let Some(draft) = drafts.get(number) else { continue };
        let outer = draft.inside.and_then(|outer| speakers.get(outer).copied().flatten());
        let before = match draft.inside {
            Some(_) => outer.map(|actor| (actor, draft.cue.start)),
            None => last,
        };
        let speaker = cast.speaker(draft, before, outer);
        if let (Some(actor), None) = (speaker, draft.inside) {
            last = Some((actor, draft.cue.start));
        }
        if let Some(slot) = speakers.get_mut(number) {
            *slot = speaker;
        }
    }
    cast.mentions.sort_by_key(|mention| (mention.full.start, mention.full.end));
    speakers
}

fn depth(drafts: &[Draft], number: usize) -> usize {
    let outer = |number: usize| drafts.get(number).and_then(|draft| draft.inside);
    std::iter::successors(outer(number), |number| outer(*number)).take(16).count()
}

/// He or she, for each actor of whom a title or a given name tells.
fn genders(reading: &Reading, mentions: &[Mention], actors: &[Actor]) -> Vec<Option<Pronoun>> {
    let mut genders = vec![None; actors.len()];
    for mention in mentions.iter().filter(|mention| mention.kind == ActorKind::Person) {
        let Some(gender) = genders.get_mut(mention.actor) else { continue };
        if gender.is_none() {
            let words = reading.words_in(mention.full);
            *gender = words.take(3).find_map(|word| GIVEN_NAMES.get(reading.lower(word)).copied());
        }
    }
    genders
}

impl Cast<'_> {
    fn speaker(&mut self, draft: &Draft, last: Option<(usize, usize)>, outer: Option<usize>) -> Option<usize> {
        let source = draft.source.clone()?;
        let short = source.len() <= 2;
        if let Some(pronoun) = pronoun(self.reading.lower(source.start)).filter(|_| short) {
            let actor = match pronoun {
                Pronoun::Speaker => outer,
                Pronoun::Relative => self.antecedent(source.start),
                _ => self.earlier(pronoun, source.start, last),
            }?;
            self.mention(source.start..source.start + 1, actor, Form::Pronoun, "pronoun");
            return Some(actor);
        }
        let head = draft.head.clone().unwrap_or(source.clone());
        self.mentioned(&source, &head)
            .or_else(|| self.issuer(&source, &head))
            .or_else(|| self.called(&head))
            .or_else(|| self.nameless(&head))
    }

    /// The actor of the mention that is the head of a source.
    fn mentioned(&self, source: &Range<usize>, head: &Range<usize>) -> Option<usize> {
        let span = self.reading.span(head.clone());
        let whole = self.reading.span(source.clone());
        let known = self.mentions.get(..self.found)?;
        let first = known.partition_point(|mention| mention.full.end <= whole.start);
        let near = || {
            known.get(first..).unwrap_or_default().iter().take_while(|mention| mention.full.start < whole.end).take(12)
        };
        // `Secretary of State Antony Blinken`: a title may go on behind the head.
        let named = |mention: &Mention| if mention.form == Form::Titled { mention.full } else { mention.span };
        let in_head = near().filter(|mention| named(mention).start < span.end && named(mention).end > span.start);
        // `Florida delegate Beau Correll`: the last one of the head is its name …
        let last = in_head.filter(|mention| mention.full.end + 1 >= span.end || mention.form == Form::Titled).last();
        // … and `the spokesman, Beau Correll,` has it in the apposition.
        let apposed = || {
            near().find(|mention| {
                mention.kind == ActorKind::Person
                    && mention.full.start >= span.end
                    && self
                        .reading
                        .text
                        .get(span.end as usize..mention.full.start as usize)
                        .is_some_and(|gap| gap.trim() == ",")
            })
        };
        last.or_else(apposed).map(|mention| mention.actor)
    }

    /// Whose a text is that speaks: `a statement from the palace`.
    fn issuer(&self, source: &Range<usize>, head: &Range<usize>) -> Option<usize> {
        let last = head.clone().next_back()?;
        let from = head.end;
        if !self.reading.row(last).claims.text || !matches!(self.reading.lower(from), "from" | "by" | "of") {
            return None;
        }
        let span = self.reading.span(from + 1..source.end);
        let known = self.mentions.get(..self.found)?;
        let first = known.get(known.partition_point(|mention| mention.full.start < span.start))?;
        // Nothing but an article in front of it.
        let gap = self.reading.text.get(span.start as usize..first.full.start as usize)?;
        (first.full.end <= span.end && matches!(gap.trim(), "" | "the" | "The")).then_some(first.actor)
    }

    /// Who was named before by what the source calls him or it: `the attorney general`, `the ministry`.
    fn called(&mut self, head: &Range<usize>) -> Option<usize> {
        let reading = self.reading;
        let noun = head.start + 1..head.end;
        if reading.lower(head.start) != "the" || !(1..=3).contains(&noun.len()) {
            return None;
        }
        let start = reading.span(head.clone()).start;
        let known = self.mentions.get(..self.found)?;
        let before = known.get(..known.partition_point(|mention| mention.full.start < start))?;
        let noun: Vec<&str> = noun.map(|word| reading.lower(word)).collect();
        let is_called = |mention: &&Mention| {
            let Some(actor) = self.actors.get(mention.actor) else { return false };
            match actor.kind {
                ActorKind::Person => actor.role.as_ref().is_some_and(|role| {
                    let role = role.to_lowercase();
                    let role: Vec<&str> = role.split_whitespace().collect();
                    let head = role.iter().position(|word| *word == "of").and_then(|of| role.get(..of));
                    // A vice president is no president.
                    head.unwrap_or(&role) == noun.as_slice()
                }),
                // What a name is ends it, or stands in front of its `of`: `Bank of England`, `Justice Department`.
                _ => {
                    let name = actor.name.to_lowercase();
                    let head = name.split(" of ").next().unwrap_or_default();
                    noun.len() == 1 && name.contains(' ') && noun.first().copied() == head.split_whitespace().last()
                }
            }
        };
        let actor = before.iter().rev().find(is_called)?.actor;
        self.mention(head.clone(), actor, Form::Nominal, "called by what it is");
        Some(actor)
    }

    /// An actor for a source that has no name: `Russian sources`, `the ministry`.
    fn nameless(&mut self, head: &Range<usize>) -> Option<usize> {
        let last = head.clone().next_back()?;
        let known = self.reading.row(last).claims;
        let kind = match known.part {
            _ if known.text => return None,
            Some(Part::Person) => ActorKind::Person,
            Some(Part::Group) => ActorKind::Organization,
            _ => return None,
        };
        let name = self.reading.span(head.clone()).of(self.reading.text);
        let name = ["the ", "The ", "a ", "A ", "an ", "An "]
            .iter()
            .find_map(|article| name.strip_prefix(article))
            .unwrap_or(name);
        let key = name.to_lowercase();
        let actor = match self.unnamed.get(&key) {
            Some(actor) => *actor,
            None => {
                self.actors.push(Actor {
                    name: name.split_whitespace().collect::<Vec<_>>().join(" "),
                    kind,
                    entry: None,
                    role: None,
                    country: None,
                });
                self.genders.push(None);
                self.unnamed.insert(key, self.actors.len() - 1);
                self.actors.len() - 1
            }
        };
        self.mention(head.clone(), actor, Form::Nominal, "source without a name");
        Some(actor)
    }

    fn mention(&mut self, words: Range<usize>, actor: usize, form: Form, rule: &'static str) {
        let span = self.reading.span(words);
        let kind = self.actors.get(actor).map_or(ActorKind::Person, |actor| actor.kind);
        let known = self.mentions.get(..self.found).unwrap_or_default();
        let first = known.partition_point(|mention| mention.full.end <= span.start);
        // A name inside the source is another's: `Russian sources`.
        let overlaps =
            known.get(first..).unwrap_or_default().iter().take_while(|mention| mention.full.start < span.end);
        let overlaps = overlaps
            .into_iter()
            .any(|mention| mention.full.start < span.start || mention.full.end > span.end || mention.full == span);
        if !overlaps && self.taken.insert(span) {
            self.mentions.push(Mention { span, full: span, kind, form, actor, ambiguous: false, rule });
        }
    }

    /// Who stands in front of `who`.
    fn antecedent(&self, word: usize) -> Option<usize> {
        let end = self.reading.get(word)?.span.start;
        let known = self.mentions.get(..self.found)?;
        let last = known.get(known.partition_point(|mention| mention.full.end <= end).checked_sub(1)?)?;
        let gap = self.reading.text.get(last.full.end as usize..end as usize)?;
        matches!(gap.trim(), "" | ",").then_some(last.actor)
    }

    /// Whom a personal pronoun at `word` means.
    fn earlier(&self, pronoun: Pronoun, word: usize, last: Option<(usize, usize)>) -> Option<usize> {
        let start = self.reading.get(word)?.span.start;
        let known = self.mentions.get(..self.found)?;
        let end = known.partition_point(|mention| mention.full.start < start);
        let floor = self.reading.get(word.saturating_sub(REACH)).map_or(0, |word| word.span.start);
        let sentence = self.reading.span(self.reading.sentence_at(word)).start;
        let fits = |actor: usize| self.fits(pronoun, actor);
        // Who spoke last goes on, unless the sentence has named somebody else in front of the pronoun.
        let same =
            last.filter(|(actor, place)| word.saturating_sub(*place) < REACH && fits(*actor)).map(|(actor, _)| actor);
        let near = known.get(..end)?.iter().rev().take(40).take_while(|mention| mention.full.start >= floor);
        let mut best: Option<(u32, usize)> = None;
        let mut seen = None;
        let mut age = 0;
        for mention in near.filter(|mention| mention.form != Form::Pronoun && fits(mention.actor)) {
            let begins = self.reading.sentence_at(self.reading.words_in(mention.full).start);
            if seen.is_some_and(|seen| seen != begins.start) {
                age += 1;
            }
            seen = Some(begins.start);
            // The first name of a sentence is its subject, as a rule.
            let place = self.reading.words_in(mention.full).start.saturating_sub(begins.start);
            let subject = place <= 3;
            let here = mention.full.start >= sentence;
            let score = 10_u32.saturating_sub(3 * age)
                + if subject { 4 } else { 0 }
                + if same == Some(mention.actor) { 3 } else { 0 }
                + if here && subject { 2 } else { 0 };
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, mention.actor));
            }
        }
        best.map(|(_, actor)| actor).or(same)
    }

    fn fits(&self, pronoun: Pronoun, actor: usize) -> bool {
        let Some(kind) = self.actors.get(actor).map(|actor| actor.kind) else { return false };
        let gender = self.genders.get(actor).copied().flatten();
        match pronoun {
            Pronoun::He | Pronoun::She => kind == ActorKind::Person && gender.is_none_or(|gender| gender == pronoun),
            // Several persons are no actor; a plural without a name is.
            Pronoun::They => {
                actor >= self.named && self.actors.get(actor).is_some_and(|actor| actor.name.ends_with('s'))
            }
            Pronoun::It => kind != ActorKind::Person,
            Pronoun::Speaker | Pronoun::Relative => false,
        }
    }
}

/// The words of a source that name it: its first noun phrase, without what hangs on it.
pub fn head(reading: &Reading, source: &Range<usize>) -> Range<usize> {
    let mut end = source.start;
    for word in source.clone() {
        let stops = match reading.kind(word) {
            Kind::Punctuation => !matches!(reading.word(word), "." | "“" | "”" | "\"" | "&" | "$"),
            Kind::Possessive => word + 1 == source.end,
            _ => {
                let part = reading.row(word).claims.part;
                matches!(part, Some(Part::Preposition | Part::Who | Part::Which | Part::And)) && word > source.start
            }
        };
        if stops {
            break;
        }
        end = word + 1;
    }
    source.start..end.max(source.start + 1)
}
