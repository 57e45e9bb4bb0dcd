//! From a run of capitals to the names in it: titles off, peoples' adjectives off, companies in front of their heads apart.

use std::ops::Range;

use super::lexicon::Flags;
use super::names::{Key, is_suffix, key, keys};
use super::rules::is_headed;
use super::spans::{Run, is_shortened};
use super::text::{Known, Mode, Text};
use crate::annotate::Reading;
use crate::gazetteer::EntryId;
use crate::text::{Case, Kind, Span};

/// What may be a mention.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The name.
    pub words: Range<usize>,
    /// With its title.
    pub full: Range<usize>,
    /// The words of the title in front.
    pub title: Range<usize>,
    /// It is nothing but a title: `the Foreign Secretary`.
    pub office: bool,
    /// Small words name it by what it is: `the Iraqi government`, or a capital stands for its government.
    pub nominal: bool,
    /// A people: `the Turks`.
    pub people: bool,
    /// Its first word would have a capital anyway.
    pub uncertain: bool,
    pub mode: Mode,
    /// What the tables say of the whole name.
    pub known: Flags,
    /// Whose name it is by the gazetteer.
    pub entries: Vec<EntryId>,
    /// The country a people's adjective in the title names (ISO 3166, two letters), or the name's own.
    pub country: Option<String>,
    /// Bytes of its first word in front of the name, and of its last one up to its end, where that is a compound:
    /// `ISIL-held`, `US-China`.
    pub part: Option<(usize, Option<usize>)>,
    /// The town's state behind a comma: `Mobile, Alabama`.
    pub locator: bool,
    pub rule: &'static str,
}

impl Candidate {
    /// Where the name stands.
    pub fn span(&self, reading: &Reading) -> Span {
        let mut span = reading.span(self.words.clone());
        if let Some((from, to)) = self.part {
            let bytes = |count: usize| u32::try_from(count).unwrap_or_default();
            if let Some((to, last)) = to.zip(reading.get(self.words.end - 1)) {
                span.end = last.span.start + bytes(to);
            }
            span.start += bytes(from);
        }
        span
    }

    /// The name as it is compared.
    pub fn keys<'t>(&self, reading: &'t Reading) -> Vec<Key<'t>> {
        if self.part.is_none() {
            return keys(reading, self.words.clone());
        }
        self.span(reading).of(reading.text).split_whitespace().map(|word| key(word).into()).collect()
    }
}

/// The candidates of all runs, in order of the text.
pub fn candidates(text: &Text, runs: &[Run]) -> Vec<Candidate> {
    let mut parser = Parser { text, found: Vec::with_capacity(runs.len()) };
    for run in runs {
        // `the Ombudsman's Office` goes on behind its run.
        let taken = parser.found.last().map_or(0, |found| found.words.end);
        parser.parse(run.words.start.max(taken)..run.words.end, run);
    }
    parser.found
}

struct Parser<'a, 't> {
    text: &'a Text<'t>,
    found: Vec<Candidate>,
}

impl Parser<'_, '_> {
    fn parse(&mut self, words: Range<usize>, run: &Run) {
        let words = self.trimmed(words);
        if words.is_empty() {
            return;
        }
        let parts = self.text.parts(words.start);
        if !parts.is_empty() {
            for part in parts {
                self.push(part.words.clone(), run, part.known.clone(), "compound");
                if let Some(found) = self.found.last_mut() {
                    found.part = Some((part.from, part.to));
                }
            }
            return;
        }
        if let Some(known) =
            self.known(words.clone()).filter(|known| !known.flags.has(Flags::ADJECTIVE.and(Flags::PEOPLE)))
        {
            if let Some(head) = self.head_of(words.start).filter(|_| known.flags.has(Flags::PLACE)) {
                let country = known.country;
                self.push(head..words.end, run, Known { country, ..Known::default() }, "government of a state");
                return;
            }
            return self.push_known(words, run, known);
        }
        if self.is_office_of(words.clone()) {
            return self.push_office(words, run);
        }
        if let Some(end) = self.headlined(words.clone()).filter(|_| run.mode == Mode::Headline) {
            self.push(words.start..end, run, Known::default(), "given name");
            // A verb, and perhaps names.
            return self.parse_event(end..words.end, run);
        }
        // `a new Democratic Senate`
        let rest = words.start + 1..words.end;
        if self.text.has(words.start, Flags::NO_ACTOR)
            && rest.len() == 1
            && self.known(rest.clone()).is_some_and(|known| known.flags.has(Flags::ORGANISATION))
        {
            return self.parse(rest, run);
        }
        if self.is_unit(words.clone()) {
            let last = self.text.flags(words.end - 1);
            let other = Flags::ORGANISATION_HEAD.and(Flags::PLACE_HEAD);
            let no_actor = last.has(Flags::NO_ACTOR) && !last.has(other) && !is_headed(self.text, words.clone());
            if no_actor || self.text.has(words.start, Flags::EVENT_FRONT) {
                return self.parse_event(words, run);
            }
            return self.push(words, run, Known::default(), "head word");
        }
        if let Some((title, name)) = self.titled(words.clone()) {
            return self.parse_titled(words.start, title, name, run);
        }
        if self.is_office(words.clone()) {
            // `Justice for Esther!`
            let field = run.uncertain && self.is_field(words.start, words.start + 1);
            if field && self.text.reading.lower(words.start + 1) == "for" {
                return self.parse_rest(words.start, words, run);
            }
            return self.push_office(words, run);
        }
        self.parse_plain(words, run);
    }

    fn push_known(&mut self, words: Range<usize>, run: &Run, known: Known) {
        let (text, reading) = (self.text, self.text.reading);
        let before = reading.lower(words.start.wrapping_sub(1));
        let speaks = text.has(words.end, Flags::SPEECH) && text.reading.case(words.end) == Case::Lower;
        let acts = known
            .capital_of
            .filter(|_| speaks && !text.has(words.start.wrapping_sub(1), Flags::FUNCTION) && before != ",");
        self.push(words, run, known, "known name");
        if let (Some(found), Some(state)) = (self.found.last_mut(), acts) {
            // `Damascus denied` speaks of its government.
            found.entries = vec![state];
            found.nominal = true;
            found.rule = "capital of a state";
        }
    }

    /// `the Iraqi government`, `Turkish police`, `the Iranian foreign ministry`.
    fn nominal(&self, adjective: usize) -> Option<usize> {
        let text = self.text;
        let small = |word: usize| {
            text.reading.case(word) == Case::Lower && text.reading.get(word).is_some_and(|found| found.spaced)
        };
        (adjective + 1..adjective + 4)
            .take_while(|word| small(*word))
            .find(|word| text.has(*word, Flags::NOMINAL_HEAD))
            .filter(|head| {
                (adjective + 1..*head).all(|word| text.has(word, Flags::TITLE_MODIFIER.and(Flags::NOMINAL_HEAD)))
            })
            // `Iraqi army units` are not the army.
            .filter(|head| !(small(head + 1) && is_part(text.reading.lower(head + 1))))
    }

    /// `Iraq War`, `NATO Summit`: no actor, but one is named in it.
    fn parse_event(&mut self, words: Range<usize>, run: &Run) {
        let mut at = words.start;
        while at < words.end {
            let known = self.text.known(at).filter(|known| at + known.words <= words.end).cloned();
            let named = known.filter(|known| known.flags.has(Flags::STATE.and(Flags::ORGANISATION).and(Flags::PERSON)));
            match named {
                Some(known) => {
                    let end = at + known.words;
                    self.push(at..end, run, known, "in an event");
                    at = end;
                }
                None => at += 1,
            }
        }
        if self.found.last().is_none_or(|found| found.words.start < words.start) {
            self.push(words, run, Known::default(), "event");
        }
    }

    /// A name without a title, which may have a people's adjective in front.
    fn parse_plain(&mut self, words: Range<usize>, run: &Run) {
        let (text, reading) = (self.text, self.text.reading);
        let first = words.start;
        let people = Flags::ADJECTIVE.and(Flags::PEOPLE);
        let rest = first + 1..words.end;
        let nobody = |word: usize| {
            text.has(word, people.and(Flags::NO_ACTOR)) || is_compass(reading.lower(word)) || reading.word(word) == "."
        };
        if words.len() == 1 && self.is_also_given(first) {
            return self.push(words, run, Known::default(), "given name");
        }
        if words.clone().all(nobody) {
            // `Syrian Kurds`, `the Turks`; an adjective alone is nobody.
            let last = words.end - 1;
            if text.has(last, Flags::ADJECTIVE)
                && let Some(head) = self.nominal(last)
            {
                let country = text.country(last).map(str::to_owned);
                self.push(last..head + 1, run, Known { country, ..Known::default() }, "government of a state");
                if let Some(found) = self.found.last_mut() {
                    found.nominal = true;
                }
                return;
            }
            if text.has(last, Flags::PEOPLE) && self.is_people(last) {
                self.push(words, run, Known::default(), "people");
                if let Some(found) = self.found.last_mut() {
                    found.people = true;
                    found.country = text.country(last).or(text.country(first)).map(str::to_owned);
                }
            }
            return;
        }
        // `Republican Donald Trump`
        let party = Flags::ADJECTIVE.and(Flags::NO_ACTOR);
        if text.has(first, party)
            && !text.has(first, Flags::GIVEN)
            && rest.len() > usize::from(!text.has(first, Flags::ADJECTIVE))
            && text.has(first + 1, Flags::GIVEN.and(Flags::PARTICLE))
        {
            return self.parse(rest, run);
        }
        // `Washington Post Donald Trump` are two that stand side by side.
        if let Some(known) = text.known(first).filter(|known| known.flags.has(Flags::ORGANISATION))
            && first + known.words < words.end
            && self.is_person(first + known.words..words.end)
        {
            let (known, middle) = (known.clone(), first + known.words);
            self.push(first..middle, run, known, "known name");
            let rest = Run { words: middle..words.end, uncertain: false, mode: run.mode };
            return self.parse(middle..words.end, &rest);
        }
        // A known name that begins the run and is followed by another: `Syria Bashar Assad` does not happen, but
        // `London Mayor` has been dealt with; what is left is one name, cut where a person's name ends.
        if text.has(first, Flags::GIVEN)
            && let Some(cut) =
                words.clone().find(|word| matches!(reading.lower(*word), "of" | "for" | "&" | "and" | "on"))
            && cut > first + 1
        {
            self.push(first..cut, run, Known::default(), "given name");
            return self.parse(cut + 1..words.end, run);
        }
        let rule = if text.has(first, Flags::GIVEN) { "given name" } else { "capitals" };
        self.push(words, run, Known::default(), rule);
    }

    /// Where a person's name ends in front of a headline's verb: `Elizabeth Warren Grills Bank`.
    fn headlined(&self, words: Range<usize>) -> Option<usize> {
        let text = self.text;
        let given =
            words.clone().take_while(|word| text.has(*word, Flags::GIVEN) && !text.has(*word, Flags::FAMILY)).count();
        let family = words.start + given;
        let behind = family + 1;
        let more = Flags::FAMILY.and(Flags::PARTICLE).and(Flags::ORGANISATION_HEAD).and(Flags::NO_ACTOR);
        let ends = given > 0 && behind < words.end && text.has(family, Flags::FAMILY) && !text.has(behind, more);
        (ends && !is_suffix(text.reading.lower(behind))).then_some(behind)
    }

    /// Whether words can hardly be anything but a person's name.
    fn is_person(&self, words: Range<usize>) -> bool {
        let alone = words.len() == 1;
        let last = words.end - 1;
        let given = self.text.has(words.start, Flags::GIVEN) && !alone;
        words.len() <= 3 && self.text.has(last, Flags::FAMILY) && (alone || given)
    }

    /// What is left, the title, and what it belongs to.
    fn parse_titled(&mut self, start: usize, title: Range<usize>, name: Range<usize>, run: &Run) {
        let reading = self.text.reading;
        if title.start > start {
            // `Apple CEO Tim Cook`
            let owner = start..title.start;
            let certain = Run { words: owner.clone(), ..run.clone() };
            self.parse(owner, &certain);
        }
        let country = (start..title.end).find_map(|word| self.text.country(word)).map(str::to_owned);
        let cut = name
            .clone()
            .find(|word| matches!(reading.lower(*word), "of" | "for" | "&" | "and" | "on"))
            .filter(|cut| *cut > name.start);
        let person = name.start..cut.unwrap_or(name.end);
        let person = self.trimmed(person);
        if person.is_empty() {
            return;
        }
        let known = self.known(person.clone()).unwrap_or_default();
        // `Assistant U.S. Attorney`
        if known.flags.has(Flags::STATE) {
            return self.push(person, run, known, "known name");
        }
        self.push(person, run, known, "title");
        if let Some(found) = self.found.last_mut() {
            found.full.start = title.start;
            found.title = title;
            found.country = found.country.take().or(country);
            found.uncertain = false;
        }
        if let Some(cut) = cut {
            // `King Abdullah of Jordan`
            let rest = Run { words: cut + 1..name.end, uncertain: false, mode: run.mode };
            self.parse(cut + 1..name.end, &rest);
        }
    }

    /// The small head in front of a state: `government of Iraq`.
    fn head_of(&self, state: usize) -> Option<usize> {
        let reading = self.text.reading;
        let of = state.checked_sub(1 + usize::from(reading.lower(state.wrapping_sub(1)) == "the"))?;
        let head = of.checked_sub(1).filter(|_| reading.lower(of) == "of")?;
        let is_head =
            matches!(reading.word(head), "government" | "army" | "parliament" | "presidency" | "regime" | "embassy");
        (is_head && self.found.last().is_none_or(|last| last.words.end <= head)).then_some(head)
    }

    /// Small words and what stands in front of a name without being of it go.
    fn trimmed(&self, mut words: Range<usize>) -> Range<usize> {
        let reading = self.text.reading;
        let loose =
            |word: usize| matches!(reading.lower(word), "of" | "for" | "and" | "the" | "&" | "on" | "." | "a" | "an");
        while !words.is_empty()
            && loose(words.start)
            && !(words.len() > 1 && self.text.known(words.start).is_some_and(|known| known.words > 1))
        {
            words.start += 1;
        }
        while !words.is_empty() && loose(words.end - 1) {
            if words.len() > 2 && reading.word(words.end - 1) == "." && is_shortened(reading.lower(words.end - 2)) {
                break;
            }
            words.end -= 1;
        }
        words
    }

    /// Whether the tables or the gazetteer know the whole of it.
    fn known(&self, words: Range<usize>) -> Option<Known> {
        self.text.known(words.start).filter(|known| known.words == words.len()).cloned()
    }

    /// Whether the last word, or the first one in front of `of`, says that this is one name.
    fn is_unit(&self, words: Range<usize>) -> bool {
        let (text, reading) = (self.text, self.text.reading);
        if words.len() < 2 {
            return false;
        }
        let last = words.end - 1;
        let flags = text.flags(last);
        let head = Flags::ORGANISATION_HEAD.and(Flags::PLACE_HEAD).and(Flags::NO_ACTOR);
        // `Analyst Li Mingjiang of Nanyang Technological University`
        let of = words.clone().find(|word| matches!(reading.lower(*word), "of" | "for" | "on"));
        let plain = |word: usize| !text.has(word, head.and(Flags::TITLE).and(Flags::TITLE_MODIFIER));
        let titled = text.has(words.start, Flags::TITLE) && !text.has(words.start, head);
        if titled && of.is_some_and(|of| of > words.start + 1 && plain(of - 1)) {
            return false;
        }
        if flags.has(head) && !flags.has(Flags::TITLE.and(Flags::GIVEN)) {
            // `General Julia Banks`: a person's name may end like a place's.
            let given = words.clone().any(|word| {
                word + 1 == last
                    && text.has(word, Flags::GIVEN)
                    && !text.has(word, Flags::ORGANISATION_HEAD.and(Flags::TITLE_MODIFIER))
            });
            return !(given && is_surname(reading.lower(last)));
        }
        // `University of Damascus`, `Ministry of Defence`; but `Secretary of State John Kerry`
        of.is_some_and(|of| {
            // `Bank of England Governor Andrew Bailey`
            let officer = self.titled(words.clone()).filter(|(title, _)| title.start > of + 1);
            of > words.start && !officer.is_some_and(|(title, _)| text.has(title.end - 1, Flags::OFFICE)) && {
                let head = Flags::ORGANISATION_HEAD.and(Flags::PLACE_HEAD).and(Flags::PLACE_FRONT);
                let front = text.flags(of - 1).and(text.flags(words.start));
                front.has(head) && !text.has(of - 1, Flags::TITLE) && !text.has(words.start, Flags::GIVEN)
            }
        })
    }

    /// The title in front of a name, and the name.
    fn titled(&self, words: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
        let text = self.text;
        for head in words.clone().rev() {
            // `HE Anna Lind`, but `He Lifeng`
            let pronoun = text.reading.word(head) == "He";
            if !text.has(head, Flags::TITLE) || text.reading.case(head) == Case::Lower || pronoun {
                continue;
            }
            let Some(name) = self.name_behind(head, words.end) else { continue };
            // `Martin Luther King Jr.` has no king.
            if head > words.start && text.has(head - 1, Flags::GIVEN) && !text.has(head - 1, Flags::TITLE_MODIFIER) {
                continue;
            }
            let mut start = head;
            while start > words.start && self.is_of_title(start - 1) {
                start -= 1;
            }
            while start < head && matches!(text.reading.lower(start), "of" | "and" | "." | "for" | "&") {
                start += 1;
            }
            return Some((start..name.start, name));
        }
        None
    }

    fn is_of_title(&self, word: usize) -> bool {
        let flags = self.text.flags(word);
        flags.has(Flags::TITLE.and(Flags::TITLE_MODIFIER).and(Flags::ADJECTIVE))
            || matches!(self.text.reading.lower(word), "." | "and" | "of" | "&" | "-")
    }

    /// The name behind a title's head, over its complement: `of State`, `for the Middle East`.
    fn name_behind(&self, head: usize, end: usize) -> Option<Range<usize>> {
        let (text, reading) = (self.text, self.text.reading);
        let mut at = head + 1;
        if reading.word(at) == "." {
            at += 1;
        }
        // `Petty Officer 1st Class Ann Lind`
        if reading.lower(at + 1) == "class" && text.has(at, Flags::TITLE_MODIFIER) {
            at += 2;
        }
        if at < end && matches!(reading.lower(at), "of" | "for") {
            at += 1;
            let complement = Flags::TITLE_MODIFIER
                .and(Flags::ORGANISATION_HEAD)
                .and(Flags::ADJECTIVE)
                .and(Flags::PLACE_HEAD)
                .and(Flags::PLACE_FRONT);
            loop {
                if at >= end {
                    return None;
                }
                // `President of the International Brotherhood of Magicians`
                let body = text.has(at.wrapping_sub(2), Flags::ORGANISATION_HEAD) && reading.lower(at - 1) == "of";
                if let Some(known) =
                    text.known(at).filter(|known| known.flags.has(Flags::PLACE.and(Flags::ORGANISATION)))
                {
                    at += known.words;
                } else if !text.has(at, Flags::GIVEN)
                    && (body
                        || text.has(at, complement)
                        || matches!(
                            reading.lower(at),
                            "the" | "and" | "affairs" | "state" | "of" | "&" | "relations" | "general"
                        ))
                {
                    at += 1;
                } else {
                    break;
                }
            }
            // `Chief Executive of Northway Shipping`: what it is of, and no name.
            if at == head + 2 {
                return None;
            }
        }
        let head = Flags::ORGANISATION_HEAD.and(Flags::PLACE_HEAD).and(Flags::NO_ACTOR);
        let heads = text.has(at, head) && !text.has(at, Flags::GIVEN);
        let small = matches!(reading.lower(at), "of" | "for" | "and" | "the" | "&" | "on");
        let modifier =
            text.has(at, Flags::TITLE_MODIFIER.and(Flags::ADJECTIVE)) && at + 1 == end && !text.has(at, Flags::GIVEN);
        // `Chief Executive Officer`
        let titles = Flags::TITLE.and(Flags::TITLE_MODIFIER);
        let names = Flags::GIVEN.and(Flags::FAMILY);
        let mut own = (at..end).take_while(|word| !matches!(reading.lower(*word), "of" | "for"));
        let title = own.all(|word| text.has(word, titles) && !text.has(word, names));
        if at >= end || reading.kind(at) != Kind::Letters || heads || small || modifier || title {
            return None;
        }
        Some(at..end)
    }

    /// `President of the United States`: an office, whatever its state's name ends with.
    fn is_office_of(&self, words: Range<usize>) -> bool {
        let (text, reading) = (self.text, self.text.reading);
        let Some(of) = words.clone().find(|word| matches!(reading.lower(*word), "of" | "for")) else { return false };
        let rest = of + 1 + usize::from(reading.lower(of + 1) == "the");
        // `US Secretary of State`, `Chief of Staff`
        // `Chief of Staff of the Iranian Armed Forces`
        let deeper = rest == of + 1 && reading.lower(rest + 1) == "of" && rest + 2 < words.end;
        let field = self.is_field(rest, if deeper { rest + 1 } else { words.end });
        of > words.start
            && text.has(of - 1, Flags::OFFICE)
            && (words.start..of).all(|word| self.is_of_title(word) || field && text.known(word).is_some())
            && (field || text.known(rest).is_some_and(|known| rest + known.words == words.end))
    }

    /// What an office is for, and nobody: `of State`, `for Justice`.
    fn is_field(&self, word: usize, end: usize) -> bool {
        word + 1 == end && self.text.has(word, Flags::TITLE_MODIFIER)
    }

    /// Nothing but titles and what is of them.
    fn is_office(&self, words: Range<usize>) -> bool {
        let (text, reading) = (self.text, self.text.reading);
        let Some(head) = words.clone().rev().find(|word| text.has(*word, Flags::TITLE)) else { return false };
        let behind = reading.lower(head + 1);
        let closed = head + 1 == words.end || matches!(behind, "of" | "for");
        let front = words.start..head;
        let rank = front.clone().rev().take_while(|word| self.is_of_title(*word)).count();
        let owner = front.start..front.end - rank;
        // `Foreign Office Minister`, `United Nations Secretary-General`, `507th Maintenance Group Commander`
        let body = || {
            owner.is_empty()
                || self.known(owner.clone()).is_some()
                || text.has(head, Flags::OFFICE)
                    && text.has(owner.end - 1, Flags::ORGANISATION_HEAD)
                    && (owner.len() > 1 || text.has(owner.start, Flags::NOMINAL_HEAD))
        };
        closed
            && (front.clone().all(|word| self.is_of_title(word) || text.known(word).is_some()) || body())
            && !text.has(words.start, Flags::GIVEN)
    }

    fn push_office(&mut self, words: Range<usize>, run: &Run) {
        let (text, reading) = (self.text, self.text.reading);
        let of = words.clone().find(|word| matches!(reading.lower(*word), "of" | "for")).unwrap_or(words.end);
        let Some(head) = (words.start..of).rev().find(|word| text.has(*word, Flags::TITLE)) else { return };
        let mut start = head;
        while start > words.start && self.is_of_title(start - 1) {
            start -= 1;
        }
        let owner = words.start..start;
        while start < head && text.has(start, Flags::ADJECTIVE) {
            start += 1;
        }
        let country = words.clone().find_map(|word| text.country(word)).map(str::to_owned);
        if !text.has(head, Flags::OFFICE) {
            self.parse(owner, run);
            return self.parse_rest(head, words, run);
        }
        let owns = head + 1 == words.end && reading.kind(head + 1) == Kind::Possessive;
        // `the King's Cup`
        if owns && text.has(head + 2, Flags::NO_ACTOR) && reading.case(head + 2) == Case::Capital {
            return;
        }
        if owns && matches!(reading.lower(head + 2), "office" | "bureau") {
            // `the Iraqi Prime Minister’s office`
            self.push(words.start..head + 3, run, Known { country, ..Known::default() }, "office of");
            return;
        }
        self.parse(owner, run);
        self.push(start..head + 1, run, Known::default(), "office");
        if let Some(found) = self.found.last_mut() {
            found.office = true;
            found.country = country;
            found.full = words.start..words.end;
            found.title = start..head + 1;
        }
        self.parse_rest(head, words, run);
    }

    /// What an office is of.
    fn parse_rest(&mut self, mut head: usize, words: Range<usize>, run: &Run) {
        if self.text.reading.lower(head + 3) == "of" && self.is_field(head + 2, head + 3) {
            head += 2;
        }
        // `Minister for the Middle East` is what he is for.
        let scene = || {
            let rest = self.trimmed(head + 2..words.end);
            self.text.reading.lower(head + 1) == "for"
                && self.known(rest).is_some_and(|known| known.flags.has(Flags::PLACE))
        };
        if head + 2 < words.end && !self.is_field(head + 2, words.end) && !scene() {
            let rest = Run { words: head + 2..words.end, uncertain: false, mode: run.mode };
            self.parse(head + 2..words.end, &rest);
        }
    }

    /// `Rachel and Finn’s`: a given name that is a people's word, too, and stands as nobody's adjective.
    fn is_also_given(&self, word: usize) -> bool {
        let (text, reading) = (self.text, self.text.reading);
        let article = matches!(reading.lower(word.wrapping_sub(1)), "the" | "a" | "an" | "every" | "each" | "one");
        let next = word + 1;
        let noun = reading.kind(next) == Kind::Letters && !text.has(next, Flags::FUNCTION.and(Flags::SPEECH));
        text.has(word, Flags::GIVEN) && text.has(word, Flags::ADJECTIVE.and(Flags::PEOPLE)) && !article && !noun
    }

    /// Whether the name of a people is not its adjective: `the Swiss said`, not `Swiss banks`.
    fn is_people(&self, last: usize) -> bool {
        let (text, reading) = (self.text, self.text.reading);
        if !text.has(last, Flags::ADJECTIVE) {
            return true;
        }
        let next = last + 1;
        let goes_on = reading.kind(next) == Kind::Letters && !text.has(next, Flags::FUNCTION.and(Flags::SPEECH));
        let behind_article = reading.lower(last.wrapping_sub(1)) == "the";
        behind_article && !goes_on && reading.kind(next) != Kind::Number
    }

    /// The title in small letters in front of a name: `spokesperson Ismail Baqaei`, `opposition leader Yair Lapid`.
    fn small_title(&self, name: usize) -> Range<usize> {
        let (text, reading) = (self.text, self.text.reading);
        let small =
            |word: usize| reading.case(word) == Case::Lower && reading.get(word).is_some_and(|found| found.spaced);
        let mut start = name;
        let head = Flags::TITLE.and(Flags::OFFICE);
        // `his brother Fidel`
        let family =
            |word: usize| matches!(reading.lower(word), "brother" | "sister" | "father" | "mother" | "saint" | "lady");
        let fits = |word: usize| {
            small(word) && !family(word) && text.has(word, head) && !text.has(word, Flags::FUNCTION.and(Flags::SPEECH))
        };
        if start == 0 || !fits(start - 1) || !reading.get(name).is_some_and(|found| found.spaced) {
            return name..name;
        }
        start -= 1;
        while start > 0
            && small(start - 1)
            && text.has(start - 1, Flags::TITLE_MODIFIER)
            && !text.has(start - 1, Flags::FUNCTION)
        {
            start -= 1;
        }
        start..name
    }

    fn push(&mut self, words: Range<usize>, run: &Run, known: Known, rule: &'static str) {
        // `its major United States ally` has no major.
        let untitled = known.flags.has(Flags::STATE.and(Flags::ORGANISATION));
        let small = if untitled { words.start..words.start } else { self.small_title(words.start) };
        // `Iranian Foreign Ministry spokesperson Ismail Baqaei`
        let owner = self.found.last().filter(|owner| !small.is_empty() && owner.words.end == small.start);
        let owner = owner.and_then(|owner| owner.country.clone());
        self.found.push(Candidate {
            full: small.start..words.end,
            title: small,
            office: false,
            nominal: false,
            people: false,
            uncertain: run.uncertain && words.start == run.words.start,
            mode: run.mode,
            known: known.flags,
            entries: known.entries,
            country: known.country.or_else(|| {
                // `Iranian Foreign Ministry`
                let front = self.text.known(words.start).filter(|front| front.words < words.len());
                front
                    .filter(|front| front.flags.has(Flags::ADJECTIVE.and(Flags::STATE)))
                    .and_then(|front| front.country.clone())
                    .or(owner)
            }),
            part: None,
            locator: false,
            rule,
            words,
        });
    }
}

/// `Eastern` says where, and `Northern European` is an adjective.
fn is_compass(lower: &str) -> bool {
    matches!(
        lower,
        "northern"
            | "southern"
            | "eastern"
            | "western"
            | "northeastern"
            | "northwestern"
            | "southeastern"
            | "southwestern"
    )
}

/// What an army has, and is not: `Iraqi army units`.
fn is_part(lower: &str) -> bool {
    matches!(
        lower,
        "units"
            | "unit"
            | "officers"
            | "officer"
            | "soldiers"
            | "soldier"
            | "troops"
            | "forces"
            | "officials"
            | "official"
            | "vehicles"
            | "vehicle"
            | "aircraft"
            | "positions"
            | "position"
            | "bases"
            | "base"
            | "posts"
            | "post"
            | "jets"
            | "tanks"
            | "convoy"
            | "convoys"
            | "building"
            | "buildings"
            | "headquarters"
            | "checkpoint"
            | "checkpoints"
            | "personnel"
            | "members"
            | "policy"
            | "policies"
            | "station"
            | "stations"
            | "sources"
            | "source"
            | "bonds"
            | "debt"
            | "media"
            | "forces'"
            | "control"
            | "territory"
            | "areas"
    )
}

/// Surnames that are heads of places or organisations as well.
pub fn is_surname(lower: &str) -> bool {
    matches!(
        lower,
        "banks"
            | "bar"
            | "bay"
            | "bridge"
            | "castle"
            | "church"
            | "falls"
            | "farmer"
            | "field"
            | "fields"
            | "ford"
            | "forest"
            | "gate"
            | "group"
            | "hill"
            | "hills"
            | "islam"
            | "lake"
            | "lane"
            | "law"
            | "marsh"
            | "mount"
            | "park"
            | "peak"
            | "pole"
            | "post"
            | "rice"
            | "river"
            | "rivers"
            | "rule"
            | "street"
            | "star"
            | "steel"
            | "power"
            | "temple"
            | "tower"
            | "wall"
            | "woods"
            | "workman"
            | "war"
            | "price"
            | "order"
            | "bill"
            | "day"
            | "fair"
            | "games"
            | "case"
            | "battle"
            | "cup"
            | "spring"
            | "book"
            | "storm"
            | "coat"
            | "court"
            | "guard"
            | "king"
            | "major"
            | "lord"
            | "lords"
            | "brothers"
    )
}
