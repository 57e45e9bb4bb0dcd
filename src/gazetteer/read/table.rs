//! Tables with a header: CSV, TSV, or with semicolons. Which column is what is in `tables/columns.tsv`. Rows of one id, or
//! without one of one name, are one actor with several roles.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};
use jiff::civil::Date;

use super::days::{self, End};
use super::{Place, Sink, kind};
use crate::gazetteer::ActorKind;
use crate::gazetteer::problem::{Code, quote};
use crate::gazetteer::record::{Alias, Record, Role};
use crate::gazetteer::states::{country_code, named};
use crate::tables;

/// The field of each heading, in normal form.
static COLUMNS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut columns = HashMap::new();
    for row in tables::rows(include_str!("../tables/columns.tsv")) {
        if let [field, headings] = row.as_slice() {
            columns.extend(headings.split("; ").map(|heading| (normal(heading), *field)));
        }
    }
    columns
});

fn normal(heading: &str) -> String {
    heading.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether the first line of a text is the header of a table with names in it.
pub fn is_header(line: &str) -> bool {
    let delimiter = char::from(delimiter(line));
    let fields = line.split(delimiter).filter_map(|cell| COLUMNS.get(&normal(cell)).copied());
    let fields: Vec<&str> = fields.collect();
    fields.contains(&"name") && line.contains(delimiter)
}

/// What parts the cells: a tab where there is any, else the commoner one of comma and semicolon.
fn delimiter(header: &str) -> u8 {
    let count = |delimiter: char| header.matches(delimiter).count();
    match header.contains('\t') {
        true => b'\t',
        false if count(';') > count(',') => b';',
        false => b',',
    }
}

pub fn read(text: &str, sink: &mut Sink) {
    let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let text = text.get(start..).unwrap_or_default();
    let header = text.lines().next().unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(header)).flexible(true).from_reader(text.as_bytes());
    let columns: Vec<Option<&'static str>> = match reader.headers() {
        Ok(headings) => headings.iter().map(|heading| COLUMNS.get(&normal(heading)).copied()).collect(),
        Err(_) => Vec::new(),
    };
    if !columns.contains(&Some("name")) {
        let message = "no column of this table is called `name`: nothing is read".to_owned();
        return sink.problem(Code::G008, start..start + header.len(), message);
    }
    let mut row = csv::StringRecord::new();
    loop {
        let begin = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let line = u32::try_from(reader.position().line()).unwrap_or(u32::MAX);
        match reader.read_record(&mut row) {
            Ok(false) => return,
            Ok(true) => {
                let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
                let whole = text.get(begin..end).unwrap_or_default();
                let before = whole.len() - whole.trim_start().len();
                let range = start + begin + before..start + begin + whole.trim_end().len().max(before);
                let skipped = whole.get(..before).unwrap_or_default().matches('\n').count();
                let place = Place { range, line: line.saturating_add(skipped as u32) };
                Row { cells: &row, columns: &columns, place: &place, sink }.tell();
            }
            Err(error) => {
                let message = format!("this row can't be read: {error}");
                return sink.problem(Code::G008, start + begin..start + text.len(), message);
            }
        }
    }
}

/// Whether a cell has the number of an item in Wikidata: `Q794`.
fn is_item(cell: &str) -> bool {
    cell.strip_prefix('Q').is_some_and(|rest| rest.parse::<u64>().is_ok())
}

struct Row<'a, 'b, 'c> {
    cells: &'a csv::StringRecord,
    columns: &'a [Option<&'static str>],
    place: &'a Place,
    sink: &'b mut Sink<'c>,
}

impl Row<'_, '_, '_> {
    /// What the row has for a field; where several columns are that field, rather a name than a number in Wikidata.
    fn cell(&self, field: &str) -> Option<String> {
        let cells = self.cells.iter().zip(self.columns).filter(|(_, column)| **column == Some(field));
        let mut cells = cells.map(|(cell, _)| cell.trim()).filter(|cell| !cell.is_empty()).peekable();
        let first = cells.peek().copied()?;
        let named = if field == "id" { None } else { cells.find(|cell| !is_item(cell)) };
        Some(named.unwrap_or(first).to_owned())
    }

    fn tell(mut self) {
        let Some(name) = self.cell("name") else {
            let message = "`name` is empty: this row is left out".to_owned();
            return self.sink.problem(Code::G008, self.place.range.clone(), message);
        };
        let country = self.cell("country").and_then(|country| self.country(&country));
        let id = self.cell("id");
        let bad_days = self.sink.bad_days;
        let role = Role {
            title: self.cell("title"),
            org: self.cell("org"),
            country: country.clone(),
            code: self.cell("cameo"),
            from: self.day("from", End::First),
            to: self.day("to", End::Last),
        };
        let is_read = self.sink.bad_days == bad_days;
        let is_role = role.title.is_some() || role.org.is_some() || role.from.is_some() || role.to.is_some();
        let lang = self.cell("lang");
        let aliases = self.cell("aliases").unwrap_or_default();
        let aliases = aliases.split([';', '|']).map(str::trim).filter(|alias| !alias.is_empty());
        let record = Record {
            is_nobody: false,
            id: id.clone().unwrap_or_default(),
            // Who holds an office is a person.
            kind: self.cell("kind").and_then(|word| kind(&word)).or(is_role.then_some(ActorKind::Person)),
            aliases: aliases.map(|text| Alias { lang: lang.clone(), ..Alias::new(text) }).collect(),
            codes: self.cell("cameo").filter(|_| !is_role).map(|code| ("cameo".to_owned(), code)).into_iter().collect(),
            qid: id.filter(|id| is_item(id)),
            note: self.cell("note"),
            country,
            roles: if is_role && is_read { vec![role] } else { Vec::new() },
            name,
        };
        self.sink.record(record, self.place);
    }

    fn country(&mut self, country: &str) -> Option<String> {
        let first = country.split([';', '|']).next().unwrap_or_default().trim();
        let found = country_code(first).or_else(|| named(first).map(|state| state.code.clone()));
        if found.is_none() {
            let message =
                format!("`country`: {} is no country code of ISO 3166, such as `IR`, and no country", quote(first));
            self.sink.at_value(Code::G007, self.place, first, message);
        }
        found
    }

    /// The day of a column, or of the three that have its year, month and day.
    fn day(&mut self, field: &str, end: End) -> Option<Date> {
        if let Some(day) = self.cell(field) {
            return self.sink.day(self.place, field, &day, end);
        }
        let year_text = self.cell(&format!("{field} year"))?;
        let number = |text: &str| text.trim().parse::<i16>().ok();
        let part = |part: &str| self.cell(&format!("{field} {part}")).as_deref().and_then(number);
        let (month, day) = (part("month"), part("day"));
        let found = number(&year_text).and_then(|year| days::of_parts(year, month, day, end));
        if found.is_none() {
            let message = format!("`{field}`: no calendar has this year, month and day");
            self.sink.bad_day(self.place, &year_text, message);
        }
        found
    }
}
