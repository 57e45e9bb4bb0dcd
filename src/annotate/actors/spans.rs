//! Runs of words that may be names: capitals with what joins them.

use std::ops::Range;

use super::compounds::{HYPHENS, is_slugged};
use super::lexicon::{Flags, LEXICON};
use super::rules::{is_family_first, is_headed};
use super::text::{Mode, Text};
use crate::text::{Case, Kind};

/// No name has more words; what is longer is cut.
const LONGEST: usize = 24;

/// A word with more hyphens is no name.
const MOST_HYPHENS: usize = 3;

/// Prefixes of adjectives: `pro-Iranian`, `post-Brexit`.
const PREFIXES: [&str; 26] = [
    "pro",
    "anti",
    "mid",
    "non",
    "ex",
    "post",
    "pre",
    "un",
    "trans",
    "co",
    "sub",
    "inter",
    "multi",
    "semi",
    "neo",
    "then",
    "all",
    "early",
    "late",
    "half",
    "cross",
    "intra",
    "pan",
    "counter",
    "then-president",
    "former",
];

const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Endings of those who do something.
const TRADES: [&str; 6] = ["ers", "eers", "ors", "ists", "men", "ians"];

#[derive(Debug, Clone)]
pub struct Run {
    pub words: Range<usize>,
    /// Whether its first word would have a capital anyway.
    pub uncertain: bool,
    pub mode: Mode,
}

/// All runs of a text, in order.
pub fn runs(text: &Text) -> Vec<Run> {
    let mut runs = Vec::new();
    for (number, sentence) in text.reading.sentences.iter().enumerate() {
        let finder = Finder { text, sentence: sentence.clone(), mode: text.mode(number) };
        let mut at = sentence.start;
        while at < sentence.end {
            match finder.run_at(at) {
                Some(run) => {
                    at = run.words.end;
                    runs.push(run);
                }
                None => at += 1,
            }
        }
    }
    runs
}

struct Finder<'a, 't> {
    text: &'a Text<'t>,
    sentence: Range<usize>,
    mode: Mode,
}

impl Finder<'_, '_> {
    /// Whether no run begins at a word, as its kind and case tell alone.
    fn is_ruled_out(&self, at: usize) -> bool {
        self.text.reading.get(at).is_none_or(|word| match word.kind {
            Kind::Letters => word.case == Case::Lower && word.span.len() > LONGEST_PARTICLE,
            Kind::Number => false,
            Kind::Possessive | Kind::Punctuation => true,
        })
    }

    fn run_at(&self, at: usize) -> Option<Run> {
        if self.is_ruled_out(at) {
            return None;
        }
        let reading = self.text.reading;
        let listed = |at| self.text.known(at).map(|known| known.words);
        if reading.case(at) != Case::Lower
            && let Some(last) = self.text.parts(at).last()
        {
            let words = at..last.words.end.clamp(at + 1, self.sentence.end);
            return Some(Run { words, uncertain: false, mode: self.mode });
        }
        if reading.case(at) == Case::Lower && !self.is_ordinal(at) {
            // `al-Qaeda` has no case of its own at its front, `al Qaeda` is two words.
            let front = is_front_particle(reading.word(at)) && self.is_joined(at + 1);
            let front = front && self.is_name(at + 1) && reading.case(at + 1) != Case::Upper;
            if !front
                || (at > self.sentence.start && self.text.has(at - 1, Flags::FUNCTION) && reading.word(at) == "de")
            {
                return None;
            }
        } else if !self.is_capital(at)
            && listed(at).is_none()
            && !(self.is_ordinal(at)
                && self.is_joined(at + 1)
                && self.is_name(at + 1)
                && listed(at + 1).is_none()
                && !self.text.has(at + 1, Flags::TITLE.and(Flags::NO_ACTOR))
                // `the 49th Vice President`
                && !(self.text.has(at + 1, Flags::TITLE_MODIFIER) && self.text.has(at + 2, Flags::TITLE)))
        {
            return None;
        }
        // `US$ 40` is money, `$WFC` a share, `@somebody` an account, `<DATELINE>` a tag.
        let sign = reading.word(at.wrapping_sub(1));
        let tag = sign == "<" || sign == "/" && reading.word(at.wrapping_sub(2)) == "<";
        let marked = (tag || matches!(sign, "$" | "@" | "#")) && !reading.get(at).is_some_and(|word| word.spaced);
        if marked || self.is_money(at) {
            return None;
        }
        let starts = self.text.is_start(at, self.sentence.start);
        let uncertain = starts || self.mode != Mode::Normal;
        let mut end = self.end(at);
        if let Some(words) = listed(at) {
            end = end.max((at + words).min(self.sentence.end));
        } else if reading.case(at) != Case::Lower && reading.kind(at) == Kind::Letters {
            if !self.is_name(at) {
                return None;
            }
            if uncertain && !self.is_likely(at, end) {
                return None;
            }
        }
        Some(Run { words: at..end, uncertain, mode: self.mode })
    }

    /// Whether a capital that any word would have here belongs to a name.
    fn is_likely(&self, at: usize, end: usize) -> bool {
        let (text, reading) = (self.text, self.text.reading);
        let flags = text.flags(at);
        let seen = text.seen(at);
        let alone = end == at + 1;
        let last = end - 1;
        if reading.case(at) == Case::Upper && self.mode != Mode::Capitals && reading.word(at).len() > 1 {
            return true;
        }
        // `… as Lind Visits Tonga`
        if self.mode != Mode::Normal && seen.capital == 0 && is_form_of_common(reading.lower(at)) {
            return false;
        }
        let head = Flags::ORGANISATION_HEAD.and(Flags::PLACE_HEAD);
        // `Bin Zayed agreed`, `Democratic Party of the Left`
        let joined = is_front_particle(reading.lower(at)) || is_headed(text, at..end);
        if !alone && (text.has(last, head) || joined) && self.mode == Mode::Normal {
            return true;
        }
        if flags.has(Flags::GIVEN) && !alone {
            return seen.lower == 0 || seen.capital > 0;
        }
        if flags.has(Flags::ADJECTIVE.and(Flags::PEOPLE)) {
            return true;
        }
        if flags.has(Flags::TITLE.and(Flags::TITLE_MODIFIER)) && !alone {
            return true;
        }
        // `Foreign ministry spokesman`, `Central bank governor`
        if alone && flags.has(Flags::TITLE_MODIFIER.and(Flags::RANK)) && self.is_small_head(end) {
            return false;
        }
        if seen.lower > 0 || flags.has(Flags::COMMON) {
            return seen.capital > seen.lower;
        }
        if flags.has(head.and(Flags::TITLE)) && alone {
            return seen.capital > 0 || self.mode == Mode::Normal && text.reading.lower(at.wrapping_sub(1)) == "the";
        }
        // `¡Basta ya!`
        if alone && (end..end + 3).any(|word| reading.word(word) == "!") {
            return seen.capital > 0 || flags != Flags::default();
        }
        if self.mode == Mode::Capitals && alone {
            return seen.capital > 0 || flags != Flags::default();
        }
        let front =
            || looks_common(reading.lower(at)) || self.is_trade(end) || flags == Flags::default() && self.is_thing(end);
        seen.capital > 0 || !alone || !front()
    }

    /// Whether a small word is a title or what an organisation is.
    fn is_small_head(&self, word: usize) -> bool {
        let heads = Flags::TITLE.and(Flags::NOMINAL_HEAD).and(Flags::ORGANISATION_HEAD);
        let small = self.is_joined(word) && self.text.reading.case(word) == Case::Lower;
        small && self.text.has(word, heads) && !self.text.has(word, Flags::SPORT)
    }

    /// Whether a lone word is in front of a subject that is a plural: `Unsubtle tactics include`, but `Kadirov leads in`.
    fn is_thing(&self, word: usize) -> bool {
        let (text, reading) = (self.text, self.text.reading);
        let small = |word: usize| {
            self.is_joined(word)
                && reading.case(word) == Case::Lower
                && !text.has(word, Flags::FUNCTION.and(Flags::SPEECH).and(Flags::TITLE))
        };
        let lower = reading.lower(word);
        lower.ends_with('s') && !lower.ends_with("ss") && small(word) && small(word + 1)
    }

    /// Whether the word behind a lone one tells of whom it is a trade: `Dock workers`, `Quarry owners`.
    fn is_trade(&self, word: usize) -> bool {
        let lower = self.text.reading.lower(word);
        self.is_joined(word)
            && self.text.reading.case(word) == Case::Lower
            && !self.text.has(word, Flags::FUNCTION.and(Flags::SPEECH))
            && TRADES.iter().any(|ending| lower.ends_with(ending))
    }

    /// Where the run that begins at `at` ends.
    fn end(&self, at: usize) -> usize {
        let mut end = at + 1;
        while end < self.sentence.end && end - at < LONGEST && self.text.parts(end - 1).is_empty() {
            let Some(next) = self.next(at, end) else { break };
            end = next;
        }
        let closes = is_shortened(self.text.reading.lower(end - 1)) && self.text.reading.word(end) == ".";
        (end + usize::from(closes)).min(self.sentence.end)
    }

    /// How far the run `at..end` goes on at least.
    fn next(&self, at: usize, end: usize) -> Option<usize> {
        let (text, reading) = (self.text, self.text.reading);
        if let Some(words) = text.known(end).map(|known| known.words)
            && words > 1
            && self.is_joined(end)
        {
            return Some((end + words).min(self.sentence.end));
        }
        let word = reading.word(end);
        if matches!(word, "\"" | "“" | "'" | "‘") {
            return self.nickname(end);
        }
        if word == "." {
            // `John F. Kennedy`, `Lt. Gen. Townsend`
            let closed = |word: usize| reading.get(word).is_some_and(|word| !word.spaced);
            // `Amazon.com`
            if closed(end) && closed(end + 1) && matches!(reading.word(end + 1), "com" | "net" | "org") {
                return (end + 1 < self.sentence.end).then_some(end + 2);
            }
            let short = reading.word(end - 1).chars().count() == 1 || is_abbreviation(reading.lower(end - 1));
            let goes_on = short && !reading.get(end).is_some_and(|stop| stop.spaced);
            return (goes_on && end + 1 < self.sentence.end && self.is_name_within(end + 1)).then_some(end + 2);
        }
        if !self.is_joined(end) {
            // `Mayor Clay, Jr.` and the like are left alone; `People’s Republic` is not.
            let owner = matches!(
                reading.lower(end - 1),
                "people"
                    | "women"
                    | "children"
                    | "men"
                    | "workers"
                    | "farmers"
                    | "teachers"
                    | "veterans"
                    | "citizens"
                    | "writers"
            );
            // `St. Peter's Square`
            let saint = matches!(reading.lower(at), "st" | "saint")
                && text.has(end + 1, Flags::PLACE_HEAD.and(Flags::ORGANISATION_HEAD));
            let owner = (owner || saint) && reading.kind(end) == Kind::Possessive;
            return (owner && self.is_name_within(end + 1)).then_some(end + 2);
        }
        if self.is_name_within(end) && self.text.parts(end).is_empty() {
            return Some(end + 1);
        }
        if self.is_ordinal(end) && self.is_name_within(end + 1) && text.has(end + 1, Flags::ORGANISATION_HEAD) {
            return Some(end + 2);
        }
        match reading.lower(end) {
            "of" | "for" | "on" => self.complement(at, end),
            "&" => self.is_name_within(end + 1).then_some(end + 2),
            "and" => self.coordination(at, end),
            // `the Labour party`
            "party"
                if end == at + 1 && text.has(at, Flags::NO_ACTOR.and(Flags::ORGANISATION_HEAD).and(Flags::COMMON)) =>
            {
                Some(end + 1)
            }
            _ if text.has(end, Flags::PARTICLE) && reading.case(end) == Case::Lower => {
                let next = end
                    + 1
                    + usize::from(matches!(reading.lower(end + 1), "la" | "las" | "los" | "der" | "den" | "le"));
                // `Banco de Chile`
                let of =
                    matches!(reading.lower(end), "de" | "del" | "della" | "di" | "do" | "da" | "dos" | "du" | "des");
                (self.is_name_within(next) && (of || !text.has(end - 1, Flags::ORGANISATION_HEAD))).then_some(next + 1)
            }
            // `SK hynix Inc.`
            _ if reading.case(end) == Case::Lower && is_shortened(reading.lower(end + 1)) => {
                (self.is_joined(end + 1) && self.is_capital(end + 1)).then_some(end + 2)
            }
            _ => None,
        }
    }

    /// `Richard “Tex” Coe`: a name in quotation marks between two others.
    fn nickname(&self, open: usize) -> Option<usize> {
        let (text, reading) = (self.text, self.text.reading);
        let close = (open + 2..open + 5).find(|word| matches!(reading.word(*word), "\"" | "”" | "'" | "’"))?;
        let fits = text.has(open - 1, Flags::GIVEN.and(Flags::TITLE))
            && reading.get(open).is_some_and(|mark| mark.spaced)
            && (open + 1..close).all(|word| self.is_capital(word) || reading.word(word) == ".")
            && self.is_joined(close + 1)
            && self.is_name_within(close + 1);
        fits.then_some(close + 2)
    }

    /// `of Defence` behind `Ministry`, `for the Middle East` behind `Minister`.
    fn complement(&self, at: usize, end: usize) -> Option<usize> {
        let (text, reading) = (self.text, self.text.reading);
        let mut first = end - 1;
        while first > at && !matches!(reading.lower(first - 1), "of" | "for" | "and" | "the" | "&" | "on") {
            first -= 1;
        }
        let preposition = reading.lower(end);
        let takes = match preposition {
            "of" => Flags::ORGANISATION_HEAD.and(Flags::PLACE_HEAD).and(Flags::PLACE_FRONT).and(Flags::TITLE),
            "for" => Flags::ORGANISATION_HEAD.and(Flags::TITLE),
            _ => Flags::ORGANISATION_HEAD,
        };
        let mut next = end + 1;
        if matches!(reading.lower(next), "the" | "a" | "an") {
            next += 1;
        }
        // `Organisation for the Prohibition of Chemical Weapons`
        let inner = first > at
            && text.has(at, Flags::ORGANISATION_HEAD)
            && (text.has(next, Flags::COMMON.and(Flags::TITLE_MODIFIER)) || preposition == "of" && first + 1 == end);
        if !inner && !text.has(first, takes) && !text.has(end - 1, takes) {
            return None;
        }
        (next < self.sentence.end && self.is_joined(next) && self.is_name_within(next)).then_some(next + 1)
    }

    /// `Ministry of Health and Sports`, `Food and Drug Administration`: common words on both sides.
    fn coordination(&self, at: usize, end: usize) -> Option<usize> {
        let (text, reading) = (self.text, self.text.reading);
        let next = end + 1 + usize::from(reading.lower(end + 1) == "the");
        if !self.is_joined(next) || !self.is_name_within(next) {
            return None;
        }
        let name = Flags::GIVEN.and(Flags::TITLE).and(Flags::PEOPLE);
        let common = |word: usize| {
            let flags = text.flags(word);
            flags.has(Flags::COMMON.and(Flags::TITLE_MODIFIER).and(Flags::ORGANISATION_HEAD).and(Flags::NO_ACTOR))
                && !flags.has(name)
        };
        if !common(end - 1) || !common(next) {
            return None;
        }
        let has_complement = (at..end).any(|word| matches!(reading.lower(word), "of" | "for" | "on"));
        if has_complement && !text.has(next, Flags::ORGANISATION_HEAD) {
            return Some(next + 1);
        }
        // A head must follow that the words in front have not had yet.
        if text.has(end - 1, Flags::ORGANISATION_HEAD) {
            return None;
        }
        let headed = (next..(next + 4).min(self.sentence.end))
            .take_while(|word| self.is_name_within(*word))
            .any(|word| word > next && text.has(word, Flags::ORGANISATION_HEAD.and(Flags::NO_ACTOR)));
        headed.then_some(next + 1)
    }

    /// Whether nothing but white space is in front of a word.
    fn is_joined(&self, word: usize) -> bool {
        word < self.sentence.end && self.text.reading.get(word).is_some_and(|found| found.spaced)
    }

    fn is_ordinal(&self, word: usize) -> bool {
        let written = || self.text.reading.lower(word);
        self.text.reading.kind(word) == Kind::Number
            && written().len() <= 5
            && written().starts_with(|first: char| first.is_ascii_digit())
            && written().ends_with(['h', 't', 'd'])
    }

    /// Within a run: nothing is said of what a sentence begins with.
    fn is_name_within(&self, word: usize) -> bool {
        if word >= self.sentence.end || !self.is_name(word) {
            return false;
        }
        self.mode == Mode::Normal || {
            let flags = self.text.flags(word);
            let seen = self.text.seen(word);
            // `PRIME MINISTER MIKATI SAID`
            let named = self.mode == Mode::Headline && flags.has(Flags::GIVEN.and(Flags::FAMILY));
            if flags.has(Flags::SPEECH) && seen.capital == 0 && !named {
                return false;
            }
            let known = Flags::GIVEN
                .and(Flags::TITLE)
                .and(Flags::ORGANISATION_HEAD)
                .and(Flags::PLACE_HEAD)
                .and(Flags::FAMILY)
                .and(Flags::ADJECTIVE);
            let common = || flags.has(Flags::COMMON) || is_form_of_common(self.text.reading.lower(word));
            seen.capital > seen.lower || (seen.lower == 0 && (flags.has(known) || !common()))
        }
    }

    fn is_capital(&self, word: usize) -> bool {
        self.text.reading.kind(word) == Kind::Letters
            && matches!(self.text.reading.case(word), Case::Capital | Case::Upper | Case::Mixed)
    }

    /// `US$ 40`, `US $40`; but `the U.S. Air Force $40 billion contract`.
    fn is_money(&self, word: usize) -> bool {
        let reading = self.text.reading;
        let short = reading.case(word) == Case::Upper && reading.word(word).len() <= 3;
        is_currency(reading.word(word + 1)) && (short || !self.is_joined(word + 1))
    }

    /// Whether a word may be part of a name by itself.
    fn is_name(&self, word: usize) -> bool {
        if !self.is_capital(word) || self.is_money(word) {
            return false;
        }
        let (text, reading) = (self.text, self.text.reading);
        let written = reading.word(word);
        let hyphenated = written.bytes().any(|byte| byte == b'-');
        // `Twenty-seven states`
        let tens = |tens: &&str| reading.lower(word).strip_prefix(*tens).is_some_and(|rest| rest.starts_with('-'));
        if hyphenated && TENS.iter().any(tens) {
            return false;
        }
        // `Assad-meets-allies-in-Moscow` and `main_text` are names of pages and files, `PERU-MINE-PROTEST` of a dispatch.
        let hyphens = written.matches('-').count();
        let slug = hyphens > 1 && reading.case(word) == Case::Upper || hyphens > 0 && is_slugged(written);
        // `Mother-of-three`
        let of = || written.split_once("-of-").is_some_and(|(_, rest)| rest.starts_with(char::is_lowercase));
        if written.contains('_') || hyphens > MOST_HYPHENS || slug || hyphens > 1 && of() {
            return false;
        }
        // `Hmmm`
        let letters = written.as_bytes();
        if reading.case(word) == Case::Capital
            && letters.windows(3).any(|three| matches!(three, [a, b, c] if a == b && b == c))
        {
            return false;
        }
        let flags = text.flags(word);
        if flags.has(Flags::FUNCTION) {
            let acronym = reading.case(word) == Case::Upper && written.len() > 1 && self.mode == Mode::Normal;
            let acronym = acronym
                && !matches!(reading.lower(word), "she" | "they" | "we" | "you" | "and" | "the" | "not" | "no" | "my");
            // `edited by Will Dunham`
            let given = reading.lower(word) == "will"
                && reading.case(word) == Case::Capital
                && self.mode == Mode::Normal
                && !text.is_start(word, self.sentence.start)
                && self.is_capital(word + 1)
                && self.is_joined(word + 1)
                && !text.has(word + 1, Flags::FUNCTION);
            let surname = reading.lower(word) == "may"
                && text.has(word.wrapping_sub(1), Flags::GIVEN.and(Flags::TITLE))
                && reading.case(word.wrapping_sub(1)) != Case::Lower;
            // `Jan Kowalski`, `Vice Chairman Jun Young-hyun`, `Sun Microsystems`
            let month = matches!(reading.lower(word), "jan" | "jun" | "mar" | "sun")
                && reading.case(word) == Case::Capital
                && self.is_joined(word + 1)
                && reading.case(word + 1) == Case::Capital
                && !text.has(word + 1, Flags::FUNCTION);
            // `the All Progressives Congress`
            let all = reading.lower(word) == "all"
                && reading.case(word) == Case::Capital
                && self.mode == Mode::Normal
                && !text.is_start(word, self.sentence.start)
                && reading.lower(word - 1) == "the"
                && self.is_capital(word + 1);
            // `Vice Premier He Lifeng`, `Le Yu-cheng`
            let chinese = reading.case(word) == Case::Capital
                && self.mode == Mode::Normal
                && self.is_joined(word + 1)
                && reading.case(word + 1) == Case::Capital
                && !text.has(word + 1, Flags::FUNCTION)
                && (is_family_first(text, word..word + 2)
                    || text.has(word.wrapping_sub(1), Flags::TITLE)
                        && reading.case(word.wrapping_sub(1)) == Case::Capital
                        && self.is_joined(word));
            return acronym || surname || given || month || all || chinese;
        }
        let joined = hyphenated || !written.is_ascii();
        match joined.then(|| written.split_once(HYPHENS)).flatten() {
            Some((front, rest)) => {
                let front = front.to_ascii_lowercase();
                let last = rest.rsplit(HYPHENS).next().unwrap_or_default();
                let tail = last.starts_with(char::is_lowercase) && LEXICON.word(last).has(Flags::TAIL);
                let particle = LEXICON.word(&front).has(Flags::PARTICLE);
                let prefix = PREFIXES.contains(&front.as_str());
                (!tail || !self.text.parts(word).is_empty())
                    && !prefix
                    && (particle || written.starts_with(char::is_uppercase))
            }
            None => true,
        }
    }
}

/// Bytes of the longest of [`is_front_particle`].
const LONGEST_PARTICLE: u32 = 5;

/// Small words that may begin a name: `al Qaeda`, `bin Laden`, `de Gaulle`.
fn is_front_particle(word: &str) -> bool {
    matches!(
        word,
        "al" | "el" | "bin" | "ibn" | "abu" | "abou" | "de" | "von" | "van" | "di" | "della" | "del" | "da" | "umm"
    )
}

fn is_currency(mark: &str) -> bool {
    matches!(mark, "$" | "€" | "£" | "¥")
}

fn is_abbreviation(lower: &str) -> bool {
    matches!(
        lower,
        "gen"
            | "lt"
            | "col"
            | "maj"
            | "capt"
            | "sgt"
            | "cpl"
            | "pvt"
            | "adm"
            | "cmdr"
            | "brig"
            | "spc"
            | "pfc"
            | "sen"
            | "sens"
            | "rep"
            | "reps"
            | "gov"
            | "dr"
            | "mr"
            | "mrs"
            | "ms"
            | "prof"
            | "rev"
            | "hon"
            | "st"
            | "jr"
            | "sr"
            | "ft"
            | "mt"
            | "sir"
            | "atty"
            | "insp"
            | "supt"
            | "det"
            | "dep"
            | "asst"
            | "pres"
            | "sec"
            | "amb"
            | "msgr"
            | "fr"
    )
}

/// Whether the full stop behind a word is of the name: `Kendall Jr.`, `Bexley Inc.`
pub fn is_shortened(lower: &str) -> bool {
    matches!(lower, "jr" | "sr" | "inc" | "corp" | "co" | "ltd" | "bros")
}

/// `Visits` is of `visit`.
fn is_form_of_common(lower: &str) -> bool {
    ["s", "es", "ed", "d", "ing"].iter().any(|ending| {
        lower.strip_suffix(ending).is_some_and(|stem| stem.len() > 3 && LEXICON.word(stem).has(Flags::COMMON))
    })
}

/// Endings of words that begin a sentence more often than they are names.
fn looks_common(lower: &str) -> bool {
    lower.len() > 5
        && [
            "ing", "ed", "ly", "tion", "sion", "ment", "ness", "ers", "ies", "ism", "ists", "ity", "ance", "ence",
            "ful", "less", "able", "ible", "ous", "ive", "ors", "ings", "ments", "tions", "sions", "ity", "ial", "ual",
        ]
        .iter()
        .any(|ending| lower.ends_with(ending))
}
