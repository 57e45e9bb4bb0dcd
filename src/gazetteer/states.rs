//! The states of the world, which every gazetteer has.
//!
//! Codes and official names are those of ISO 3166 (crate `keshvar`), with its names in other scripts. What the news call
//! them, their demonyms and capitals are in `tables/states.tsv`.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};
use keshvar::{Country, CountryIterator};

use super::ActorKind;
use super::key::Folded;
use super::record::{Alias, Record, Sense};
use super::slug;
use crate::tables;

const STATES: &str = include_str!("tables/states.tsv");

/// Countries that have a code but no row in our table: by their code of two letters.
static COUNTRIES: LazyLock<HashMap<String, Country>> =
    LazyLock::new(|| CountryIterator::new().map(|country| (country.alpha2().to_string(), country)).collect());

/// Codes of two letters that are in use, though not (or not yet) in ISO 3166: Kosovo.
const USER_ASSIGNED: &[(&str, &str)] = &[("XK", "XKX")];

/// Codes of two letters, by those of three.
static SHORT_CODES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let iso = COUNTRIES.iter().map(|(code, country)| (country.alpha3().to_string(), code.clone()));
    iso.chain(USER_ASSIGNED.iter().map(|(two, three)| ((*three).to_owned(), (*two).to_owned()))).collect()
});

/// The code of two letters that `code` is or stands for: of two or three letters, in any case.
pub fn country_code(code: &str) -> Option<String> {
    let code = code.trim().to_ascii_uppercase();
    match code.len() {
        2 if COUNTRIES.contains_key(&code) || USER_ASSIGNED.iter().any(|(two, _)| *two == code) => Some(code),
        3 => SHORT_CODES.get(&code).cloned(),
        _ => None,
    }
}

/// The code of three letters for one of two.
pub fn long_code(two: &str) -> Option<String> {
    let own = || USER_ASSIGNED.iter().find(|(code, _)| *code == two).map(|(_, three)| (*three).to_owned());
    COUNTRIES.get(two).map(|country| country.alpha3().to_string()).or_else(own)
}

/// A state that is known by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: String,
    pub name: String,
    /// ISO 3166 code of two letters.
    pub code: String,
}

/// The state that has this name: `Iran`, `Islamic Republic of Iran`.
pub fn named(name: &str) -> Option<&'static Named> {
    static NAMED: LazyLock<HashMap<String, Named>> = LazyLock::new(|| {
        let mut all = HashMap::new();
        for record in records() {
            let own = Named { id: record.id, name: record.name, code: record.country.unwrap_or_default() };
            let aliases = record.aliases.into_iter().filter(|alias| alias.sense == Sense::Name).map(|alias| alias.text);
            for name in aliases.chain([own.name.clone()]) {
                all.entry(Folded::name(&name).text).or_insert_with(|| own.clone());
            }
        }
        all
    });
    let name = name.strip_prefix("The ").unwrap_or(name);
    NAMED.get(&Folded::name(name).text)
}

/// The code of the state that is this item in Wikidata: `Q794`.
pub fn country_of_item(item: &str) -> Option<String> {
    static ITEMS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        let rows = tables::rows(STATES).filter_map(|row| Some((*row.first()?, *row.get(5)?)));
        rows.flat_map(|(code, items)| items.split("; ").map(move |item| (item, code))).collect()
    });
    ITEMS.get(item).map(|code| (*code).to_owned())
}

/// A record for each.
pub fn records() -> Vec<Record> {
    let mut records: Vec<Record> = tables::rows(STATES).filter_map(|row| state(&row)).collect();
    let listed: foldhash::HashSet<String> = records.iter().filter_map(|record| record.country.clone()).collect();
    records.extend(
        COUNTRIES.iter().filter(|(code, _)| !listed.contains(*code)).map(|(code, country)| territory(code, country)),
    );
    records
}

fn state(row: &[&'static str]) -> Option<Record> {
    let code = *row.first()?;
    let name = *row.get(1)?;
    let cell = |at: usize| row.get(at).copied().unwrap_or_default().split("; ").filter(|text| !text.is_empty());
    let mut record = Record {
        id: slug(name),
        kind: Some(ActorKind::Place),
        name: name.to_owned(),
        country: Some(code.to_owned()),
        qid: cell(5).next().map(str::to_owned),
        ..Record::default()
    };
    record.aliases.extend(cell(2).map(Alias::new));
    if let Some(country) = COUNTRIES.get(code) {
        record.aliases.extend(official_names(country));
    }
    let demonyms = cell(3).flat_map(|form| match form.strip_suffix("(s)") {
        Some(one) => vec![one.to_owned(), format!("{one}s")],
        None => vec![form.to_owned()],
    });
    record.aliases.extend(demonyms.map(|text| Alias { text, lang: None, sense: Sense::Demonym }));
    record.aliases.extend(cell(4).map(|text| Alias { text: text.to_owned(), lang: None, sense: Sense::Capital }));
    Some(record)
}

fn territory(code: &str, country: &Country) -> Record {
    let name = country.iso_short_name();
    Record {
        id: slug(name),
        kind: Some(ActorKind::Place),
        name: name.to_owned(),
        country: Some(code.to_owned()),
        aliases: official_names(country).collect(),
        ..Record::default()
    }
}

/// The long official name, and names in other than Latin scripts. Those of other languages in Latin script are left out:
/// they are words of English now and then (`Argentine`, `Chine`).
fn official_names(country: &Country) -> impl Iterator<Item = Alias> {
    let long = country.iso_long_name();
    let long = long.strip_prefix("The ").unwrap_or(long);
    let other_scripts = country
        .unofficial_name_list()
        .iter()
        .filter(|name| !name.contains(|letter: char| letter.is_alphabetic() && letter < '\u{370}'));
    std::iter::once(long).filter(|name| !name.contains(',')).chain(other_scripts.copied()).map(Alias::new)
}

#[cfg(test)]
mod tests {
    use foldhash::HashSet;

    use super::*;

    #[test]
    fn every_row_has_a_code_that_iso_has_and_every_member_of_the_un_a_row() {
        let rows: HashSet<&str> = tables::rows(STATES).filter_map(|row| row.first().copied()).collect();
        for code in &rows {
            assert_eq!(country_code(code).as_deref(), Some(*code));
        }
        let members = COUNTRIES.iter().filter(|(_, country)| country.un_member());
        let missing: Vec<&String> =
            members.map(|(code, _)| code).filter(|code| !rows.contains(code.as_str())).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn codes_of_two_and_three_letters_are_known() {
        assert_eq!(country_code("IRN").as_deref(), Some("IR"));
        assert_eq!(country_code("ir").as_deref(), Some("IR"));
        assert_eq!(country_code("xkx").as_deref(), Some("XK"));
        assert_eq!(country_code("ZZ"), None);
        assert_eq!(country_code("Iran"), None);
    }
}
