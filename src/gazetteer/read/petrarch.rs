//! PETRARCH's and TABARI's `.actors.txt`: a name, its synonyms with `+`, codes in brackets that may hold for a time.
//!
//! ```text
//! BASHAR_AL-ASSAD_  ; a comment
//! +PRESIDENT_ASSAD_
//!     [SYRELI 940101-000717]
//!     [SYRGOV >000717]
//! ```

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::days::{self, Bad};
use super::{Place, Sink, lines};
use crate::gazetteer::problem::{Code, quote};
use crate::gazetteer::record::{Alias, Record, Role};
use crate::gazetteer::states::{country_code, named};
use crate::gazetteer::{ActorKind, slug};
use crate::tables;

static ORGANIZATION_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| tables::words(include_str!("../tables/organization-words.txt")));
static ACRONYMS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| tables::words(include_str!("../tables/acronyms.txt")));
static PARTICLES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| tables::words(include_str!("../tables/particles.txt")));

pub fn read(text: &str, sink: &mut Sink) {
    if let Some((_, place)) = lines(text).find(|(line, _)| !line.starts_with('#') && line.contains("[~")) {
        let message = "codes with `~` are those of agents, not of actors: give the file of actors".to_owned();
        return sink.problem(Code::G008, place.range, message);
    }
    let mut records: Vec<(Record, Place)> = Vec::new();
    let mut in_comment = false;
    // The line of a name or a synonym for which a code is still to come.
    let mut naming = 0;
    for (line, place) in lines(text) {
        let Some(content) = without_comment(line, &mut in_comment) else { continue };
        let (phrase, codes) = content.split_at(content.find('[').unwrap_or(content.len()));
        let name = phrase_name(phrase.trim().trim_start_matches('+'));
        if phrase.trim().starts_with('+') {
            match records.last_mut() {
                Some((record, _)) if !name.is_empty() => record.aliases.push(Alias::new(name)),
                Some(_) => {}
                None => sink.problem(Code::G008, place.range.clone(), "a synonym without a name above it".to_owned()),
            }
            naming = place.line;
        } else if !name.is_empty() {
            // TABARI puts a name that shares the code of the next one on a line of its own.
            match records.last_mut() {
                Some((record, _)) if naming + 1 == place.line && record.roles.is_empty() && record.codes.is_empty() => {
                    record.aliases.push(Alias::new(name));
                }
                _ => records.push((Record { name, ..Record::default() }, place.clone())),
            }
            naming = place.line;
        }
        // A record goes on to the last of its lines.
        if let Some((_, whole)) = records.last_mut() {
            whole.range.end = place.range.end;
        }
        if !codes.is_empty() {
            match records.last_mut() {
                Some((record, _)) => read_codes(codes, record, &place, sink),
                None => sink.problem(Code::G008, place.range.clone(), "a code without a name above it".to_owned()),
            }
        }
    }
    tell(records, sink);
}

/// The records, each with its kind and an id that no namesake of another country has.
fn tell(records: Vec<(Record, Place)>, sink: &mut Sink) {
    let mut countries: HashMap<String, HashSet<String>> = HashMap::new();
    for (record, _) in &records {
        countries.entry(slug(&record.name)).or_default().insert(first_code(record));
    }
    for (mut record, place) in records {
        record.kind = Some(kind_of(&record));
        let of = first_code(&record);
        let slug = slug(&record.name);
        if countries.get(&slug).is_some_and(|codes| codes.len() > 1) && !of.is_empty() {
            record.id = format!("{slug}-{}", of.to_ascii_lowercase());
        }
        record.country = country_code(&of);
        sink.record(record, &place);
    }
}

/// What a line says, without comments: `#`, `;` and `<!-- … -->`. `None` where nothing is left.
fn without_comment<'a>(line: &'a str, in_comment: &mut bool) -> Option<&'a str> {
    let mut line = line;
    if *in_comment {
        let (_, rest) = line.split_once("-->")?;
        *in_comment = false;
        line = rest;
    }
    let mut end = line.len();
    if let Some(at) = line.find("<!--") {
        end = at;
        *in_comment = !line.get(at..).is_some_and(|rest| rest.contains("-->"));
    }
    let end = line.find(['#', ';']).map_or(end, |at| at.min(end));
    line.get(..end).filter(|content| !content.trim().is_empty())
}

/// `BASHAR_AL-ASSAD_` as people write it: `Bashar al-Assad`. What has small letters is left as it is.
fn phrase_name(phrase: &str) -> String {
    let words: Vec<&str> = phrase.split(['_', ' ', '\t']).filter(|word| !word.is_empty()).collect();
    if phrase.contains(char::is_lowercase) {
        return words.join(" ");
    }
    let written = |(at, word): (usize, &&str)| {
        let lower = word.to_lowercase();
        if PARTICLES.contains(lower.as_str()) && at > 0 {
            lower
        } else if is_acronym(word, &lower) {
            (*word).to_owned()
        } else {
            capitalised(&lower, at > 0)
        }
    };
    words.iter().enumerate().map(written).collect::<Vec<_>>().join(" ")
}

/// Whether a word in capitals is probably one that always is: a known one, or with dots, or without a vowel.
fn is_acronym(word: &str, lower: &str) -> bool {
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    let vowels = word.contains(['A', 'E', 'I', 'O', 'U', 'Y']);
    let is_title =
        matches!(lower.trim_end_matches('.'), "mr" | "mrs" | "ms" | "dr" | "st" | "jr" | "sr" | "gen" | "lt" | "col");
    ACRONYMS.contains(lower) || !is_title && (!vowels || word.contains('.') && letters > 1)
}

/// Each part of a hyphenated word with a capital, but for `al` and its like inside.
fn capitalised(word: &str, is_inside: bool) -> String {
    let part = |(at, part): (usize, &str)| {
        let mut letters = part.chars();
        match letters.next() {
            Some(_) if (at > 0 || is_inside) && PARTICLES.contains(part) => part.to_owned(),
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => String::new(),
        }
    };
    word.split('-').enumerate().map(part).collect::<Vec<_>>().join("-")
}

/// `[CODE]`, `[CODE <date]`, `[CODE >date]`, `[CODE date-date]`, any number of them.
fn read_codes(mut codes: &str, record: &mut Record, place: &Place, sink: &mut Sink) {
    while let Some(start) = codes.find('[') {
        let inner = codes.get(start + 1..).unwrap_or_default();
        let Some((inside, rest)) = inner.split_once(']') else {
            sink.at_value(Code::G008, place, inner.trim_end(), "a code without its closing `]`".to_owned());
            return;
        };
        codes = rest;
        let (code, time) = inside.trim().split_once([' ', '\t', '<', '>']).map_or((inside.trim(), ""), |(code, _)| {
            (code, inside.trim().get(code.len()..).unwrap_or_default().trim())
        });
        if code.is_empty() || code.chars().all(|letter| letter == '-') {
            continue;
        }
        // Agents (`[~GOV]`: ministers, soldiers) name no actor.
        if code.starts_with('~') || code.ends_with('~') {
            continue;
        }
        if time.is_empty() {
            record.codes.push(("cameo".to_owned(), code.to_owned()));
        } else {
            let role = sink.role(|sink| {
                let (from, to) = limits(time, place, sink);
                let country = country_code(code.get(..3).unwrap_or_default());
                Role { country, code: Some(code.to_owned()), from, to, ..Role::default() }
            });
            record.roles.extend(role);
        }
    }
}

fn limits(time: &str, place: &Place, sink: &mut Sink) -> (Option<jiff::civil::Date>, Option<jiff::civil::Date>) {
    let mut day = |text: &str| day(text.trim(), place, sink);
    if let Some(last) = time.strip_prefix('<') {
        (None, day(last))
    } else if let Some(first) = time.strip_prefix('>') {
        (day(first), None)
    } else {
        match time.split_once('-') {
            Some((first, last)) => (day(first), day(last)),
            None => (day(time), None),
        }
    }
}

fn day(text: &str, place: &Place, sink: &mut Sink) -> Option<jiff::civil::Date> {
    match days::petrarch(text) {
        Ok((day, doubt)) => {
            if doubt {
                let message =
                    format!("the century of {} is in doubt, it is read as {day}: write four digits", quote(text));
                sink.at_value(Code::G004, place, text, message);
            }
            Some(day)
        }
        Err(bad) => {
            let why = match bad {
                Bad::Impossible => "no calendar has this date",
                Bad::Form => "a date is YYYYMMDD or YYMMDD",
            };
            sink.bad_day(place, text, format!("{}: {why}", quote(text)));
            None
        }
    }
}

/// The country, or the sort of organisation, with which its codes begin.
fn first_code(record: &Record) -> String {
    let roles = record.roles.iter().filter_map(|role| role.code.as_deref());
    let mut codes = roles.chain(record.codes.iter().map(|(_, code)| code.as_str()));
    codes.find_map(|code| code.get(..3)).unwrap_or_default().to_owned()
}

/// The file does not say: states have the code of a country alone, what has dates is a person, and so is who governs, unless a
/// word of the name says otherwise.
fn kind_of(record: &Record) -> ActorKind {
    if record.roles.is_empty() && named(&record.name).is_some() {
        return ActorKind::Place;
    }
    let lower = record.name.to_lowercase();
    if lower.split([' ', '-']).any(|word| ORGANIZATION_WORDS.contains(word)) {
        return ActorKind::Organization;
    }
    if !record.roles.is_empty() {
        return ActorKind::Person;
    }
    match record.codes.first().map(|(_, code)| code.as_str()) {
        Some(code) if code.len() == 3 && country_code(code).is_some() => ActorKind::Place,
        Some(code) if code.get(..3).is_some_and(|first| country_code(first).is_none()) => ActorKind::Organization,
        Some(code) if code.get(3..6).is_some_and(|role| matches!(role, "GOV" | "ELI" | "LEG" | "JUD")) => {
            ActorKind::Person
        }
        Some(_) => ActorKind::Organization,
        None => ActorKind::Person,
    }
}
