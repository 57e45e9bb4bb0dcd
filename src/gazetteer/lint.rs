//! What can be wrong in actors files that are read without a hitch: names that two actors have, roles that end before they
//! start, codes that nobody knows.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet};
use jiff::civil::Date;

use super::ActorsFile;
use super::key::Folded;
use super::problem::{Code, Problem, locate, quote};
use super::read::{self, Place};
use super::record::{Record, Role};
use super::states::country_code;
use crate::tables;

static COMMON_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| tables::words(include_str!("tables/common-words.txt")));
static CAMEO: LazyLock<HashSet<&'static str>> = LazyLock::new(|| tables::words(include_str!("tables/cameo.txt")));
static SOLE_OFFICES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| tables::phrases(include_str!("tables/sole-offices.txt")));

/// Roles with which another one is compared.
const MOST_COMPARED: usize = 100;
/// Letters that a name has at least.
const SHORTEST: usize = 2;

/// A record, the number of its file, and where it stands there.
struct Listed {
    record: Record,
    file: usize,
    place: Place,
}

/// Everything that is wrong with actors files that are used together: a list for each, in the order of its text.
pub fn lint(files: &[&ActorsFile]) -> Vec<Vec<Problem>> {
    let mut all: Vec<Listed> = Vec::new();
    let mut problems: Vec<Vec<Problem>> = Vec::new();
    for (file, number) in files.iter().zip(0..) {
        let mut take = |record: Record, place: &Place| all.push(Listed { record, file: number, place: place.clone() });
        problems.push(read::read(&file.text, &file.format, &mut take));
    }
    let mut lint = Lint { files, problems };
    for listed in &all {
        lint.names_of(listed);
        lint.roles_of(listed);
        lint.codes_of(listed);
    }
    lint.ids(&all);
    lint.shared_names(&all);
    lint.offices(&all);
    for problems in &mut lint.problems {
        problems.sort_by(|a, b| (a.range.start, a.code, &a.message).cmp(&(b.range.start, b.code, &b.message)));
        problems.dedup();
    }
    lint.problems
}

struct Lint<'a> {
    files: &'a [&'a ActorsFile<'a>],
    problems: Vec<Vec<Problem>>,
}

impl Lint<'_> {
    /// A problem with a value of a record.
    fn tell(&mut self, listed: &Listed, value: &str, code: Code, message: String) {
        let range = self.range(listed, value);
        if let Some(problems) = self.problems.get_mut(listed.file) {
            problems.push(Problem { code, range, message });
        }
    }

    fn range(&self, listed: &Listed, value: &str) -> Range<usize> {
        let text = self.files.get(listed.file).map(|file| file.text.as_ref()).unwrap_or_default();
        // A PETRARCH record goes on below its name.
        locate(text, &listed.place.range, value)
    }

    /// Where another record is: its line, and its file if that is another one.
    fn place(&self, listed: &Listed, other: &Listed) -> String {
        if listed.file == other.file {
            format!("line {}", other.place.line)
        } else {
            let name = self.files.get(other.file).map(|file| file.name.as_str()).unwrap_or_default();
            format!("line {} of {name}", other.place.line)
        }
    }

    fn names_of(&mut self, listed: &Listed) {
        for name in names(&listed.record) {
            let letters = name.chars().filter(|letter| letter.is_alphanumeric()).count();
            let message = if name.len() > super::store::LONGEST {
                (Code::G008, "is longer than 1,000 bytes: it is left out".to_owned())
            } else if name.chars().any(char::is_control) {
                (Code::G008, "has a control character: no text has this name".to_owned())
            } else if letters < SHORTEST {
                (Code::G005, "is too short: it would be found everywhere".to_owned())
            } else if COMMON_WORDS.contains(name.to_lowercase().as_str()) && !is_acronym(name) {
                (Code::G005, "is a common word: it would be found where nobody is meant".to_owned())
            } else {
                continue;
            };
            self.tell(listed, name, message.0, format!("the name {} {}", quote(name), message.1));
        }
    }

    fn roles_of(&mut self, listed: &Listed) {
        for role in &listed.record.roles {
            if let (Some(from), Some(to)) = (role.from, role.to)
                && from > to
            {
                let message = format!("{} ends on {to}, before it starts on {from}", role_name(role));
                let value = self.written(listed, to);
                self.tell(listed, &value, Code::G002, message);
            }
        }
        let roles = &listed.record.roles;
        for (at, role) in roles.iter().enumerate() {
            let earlier = roles.get(..at).unwrap_or_default().iter().rev().take(MOST_COMPARED);
            if let Some(other) = earlier.into_iter().find(|other| is_same_office(role, other) && overlap(role, other)) {
                let message =
                    format!("{} is held twice at the same time: {} and {}", role_name(role), time(other), time(role));
                let value = role.from.or(role.to).map(|day| self.written(listed, day)).unwrap_or_default();
                self.tell(listed, &value, Code::G006, message);
            }
        }
    }

    /// A day as it is probably written in the file of a record.
    fn written(&self, listed: &Listed, day: Date) -> String {
        let text = self.files.get(listed.file).and_then(|file| file.text.get(listed.place.range.clone()));
        let text = text.unwrap_or_default();
        let forms = [day.to_string(), day.strftime("%Y%m%d").to_string(), day.strftime("%y%m%d").to_string()];
        let partial = [day.strftime("%Y-%m").to_string(), day.strftime("%Y").to_string()];
        forms.into_iter().chain(partial).find(|form| text.contains(form.as_str())).unwrap_or_default()
    }

    fn codes_of(&mut self, listed: &Listed) {
        let record = &listed.record;
        let own = record.codes.iter().filter(|(scheme, _)| scheme.eq_ignore_ascii_case("cameo")).map(|(_, code)| code);
        let codes = own.chain(record.roles.iter().filter_map(|role| role.code.as_ref()));
        for code in codes {
            if let Err(why) = check_cameo(code) {
                self.tell(listed, code, Code::G007, format!("the CAMEO code {} {why}", quote(code)));
            }
        }
    }

    /// Two records of one id are read as one actor: that is meant only if they have one name.
    fn ids(&mut self, all: &[Listed]) {
        let mut first: HashMap<&str, &Listed> = HashMap::new();
        for listed in all.iter().filter(|listed| !listed.record.id.is_empty()) {
            let other = *first.entry(&listed.record.id).or_insert(listed);
            if !std::ptr::eq(other, listed) && Folded::name(&other.record.name) != Folded::name(&listed.record.name) {
                let id = &listed.record.id;
                let there = self.place(listed, other);
                let other = quote(&other.record.name);
                let message =
                    format!("the id {} is taken by {other} on {there}: the two are read as one actor", quote(id));
                self.tell(listed, id, Code::G001, message);
            }
        }
    }

    fn shared_names(&mut self, all: &[Listed]) {
        let mut holders: HashMap<String, Vec<(&Listed, &str)>> = HashMap::new();
        for listed in all {
            for name in names(&listed.record) {
                let folded = Folded::name(name).text;
                if !folded.is_empty() {
                    holders.entry(folded).or_default().push((listed, name));
                }
            }
        }
        for holders in holders.values() {
            let Some(((first, _), others)) = holders.split_first() else { continue };
            let second = others.iter().map(|(other, _)| *other).find(|other| id(other) != id(first));
            for (listed, name) in others {
                let other = if id(listed) == id(first) { second } else { Some(*first) };
                let Some(other) = other else { continue };
                let message = format!(
                    "the name {} is that of {} on {}, too: where a text has it, nobody can tell whom it means",
                    quote(name),
                    quote(&other.record.name),
                    self.place(listed, other)
                );
                self.tell(listed, name, Code::G001, message);
            }
        }
    }

    /// Offices that one person holds at a time, held by two.
    fn offices(&mut self, all: &[Listed]) {
        let mut held: BTreeMap<(String, String), Vec<(&Listed, &Role)>> = BTreeMap::new();
        for listed in all {
            for role in &listed.record.roles {
                let Some(title) = role.title.as_deref().map(str::to_lowercase) else { continue };
                let country = role.country.clone().or(listed.record.country.clone()).unwrap_or_default();
                if SOLE_OFFICES.contains(title.as_str())
                    && (role.from.is_some() || role.to.is_some())
                    && !country.is_empty()
                {
                    held.entry((title, country)).or_default().push((listed, role));
                }
            }
        }
        for ((_, country), mut holders) in held {
            // Who is in office when the next one comes: the one whose time goes on the longest.
            holders.sort_by_key(|(listed, role)| (role.from, role.to, listed.file, listed.place.range.start));
            let mut last: Option<(&Listed, &Role)> = None;
            for (listed, role) in holders {
                if let Some((other, others)) = last
                    && id(other) != id(listed)
                    && overlap_by_days(role, others)
                {
                    let message = format!(
                        "{} of {country} {} overlaps with that of {} {} on {}",
                        role_name(role),
                        time(role),
                        quote(&other.record.name),
                        time(others),
                        self.place(listed, other)
                    );
                    let value = role.from.map(|day| self.written(listed, day)).unwrap_or_default();
                    self.tell(listed, &value, Code::G006, message);
                }
                let goes_on =
                    last.is_none_or(|(_, others)| others.to.is_some_and(|to| role.to.is_none_or(|mine| mine > to)));
                if goes_on {
                    last = Some((listed, role));
                }
            }
        }
    }
}

fn id(listed: &Listed) -> &str {
    if listed.record.id.is_empty() { &listed.record.name } else { &listed.record.id }
}

fn names(record: &Record) -> impl Iterator<Item = &str> {
    std::iter::once(record.name.as_str()).chain(record.aliases.iter().map(|alias| alias.text.as_str()))
}

/// Acronyms are found in capitals only, and so are no common words.
fn is_acronym(name: &str) -> bool {
    name.chars().count() <= 3 && name.chars().all(char::is_uppercase)
}

fn role_name(role: &Role) -> String {
    match role.title.as_deref().or(role.code.as_deref()) {
        Some(name) => format!("the role {}", quote(name)),
        None => "a role".to_owned(),
    }
}

fn time(role: &Role) -> String {
    match (role.from, role.to) {
        (Some(from), Some(to)) => format!("({from} to {to})"),
        (Some(from), None) => format!("(since {from})"),
        (None, Some(to)) => format!("(until {to})"),
        (None, None) => "(at any time)".to_owned(),
    }
}

fn is_same_office(role: &Role, other: &Role) -> bool {
    (&role.title, &role.org, &role.country, &role.code) == (&other.title, &other.org, &other.country, &other.code)
        && role.title.is_some()
}

fn overlap(role: &Role, other: &Role) -> bool {
    starts_before(role.from, other.to, 0) && starts_before(other.from, role.to, 0)
}

/// On the day of the change both are in office.
fn overlap_by_days(role: &Role, other: &Role) -> bool {
    starts_before(role.from, other.to, 1) && starts_before(other.from, role.to, 1)
}

fn starts_before(from: Option<Date>, to: Option<Date>, days: i32) -> bool {
    match (from, to) {
        (Some(from), Some(to)) => from.until(to).is_ok_and(|span| span.get_days() >= days),
        _ => true,
    }
}

/// Whether a CAMEO code (Schrodt, CAMEO codebook 1.1b3) is groups of three letters that begin with a country or a sort
/// of organisation; else why not.
fn check_cameo(code: &str) -> Result<(), String> {
    if code.is_empty() || !code.len().is_multiple_of(3) || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err("is not made of groups of three letters".to_owned());
    }
    let first = code.get(..3).unwrap_or_default();
    if country_code(first).is_none() && !CAMEO.contains(first.to_ascii_uppercase().as_str()) {
        return Err(format!("begins with {}, which is no country and no sort of actor", quote(first)));
    }
    Ok(())
}
