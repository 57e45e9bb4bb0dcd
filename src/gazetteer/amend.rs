//! One more record in an `actors.jsonl` that people edit: the line that has to be changed, or one more in its place.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::key::Folded;
use super::merge::{agrees, extend, new_fields, written};
use super::read::lines;
use super::record::Record;
use super::slug;
use crate::text::Edit;

/// What of a line tells whose it is.
#[derive(Deserialize)]
struct Whose<'a> {
    #[serde(borrow, default)]
    id: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    name: Option<Cow<'a, str>>,
}

/// Adds `records` to the text of an `actors.jsonl`: what their lines do not say yet; for those who have none a line of their
/// own, where it belongs by its id. Lines of one id or, without an id, of one name are an actor's. All other lines stay as
/// they are, however broken. Edits are sorted; there are none where the text says all of it already.
pub fn amend(text: &str, records: &[Record]) -> Vec<Edit> {
    let mut known = Vec::new();
    for (line, place) in lines(text) {
        let whose = serde_json::from_str::<Whose>(line).ok();
        let name = whose.as_ref().and_then(|whose| whose.name.as_deref()).unwrap_or_default();
        let id = whose.as_ref().and_then(|whose| whose.id.as_deref()).filter(|id| !id.is_empty());
        let id = id.map(str::to_owned).or_else(|| Some(slug(name)).filter(|id| !id.is_empty()));
        let name = Folded::name(name).text;
        known.push(Known { id, name, line, range: place.range });
    }
    let mut ids: HashSet<String> = known.iter().filter_map(|line| line.id.clone()).collect();
    let mut edits: Vec<Edit> = Vec::new();
    let mut new: Vec<(String, String)> = Vec::new();
    for record in records {
        match known.iter().find_map(|line| Some((line, line.fields_of(record)?))) {
            Some((line, mut fields)) => {
                let is_first = !edits.iter().any(|edit| edit.start() == line.range.start);
                if extend(&mut fields, record) && is_first {
                    edits.push(Edit::new(line.range.clone(), written(&fields)));
                }
            }
            None => {
                let id = free_id(record, &ids);
                ids.insert(id.clone());
                let line = written(&new_fields(&id, record));
                new.push((id, line));
            }
        }
    }
    new.sort();
    insert(text, &known, new, &mut edits);
    edits.sort_by_key(|edit| edit.range);
    edits
}

/// A line of the file.
struct Known<'a> {
    id: Option<String>,
    /// Folded.
    name: String,
    line: &'a str,
    range: std::ops::Range<usize>,
}

impl Known<'_> {
    /// The fields of the line, if it is that of a record.
    fn fields_of(&self, record: &Record) -> Option<Map<String, Value>> {
        let is_named = || !self.name.is_empty() && self.name == Folded::name(&record.name).text;
        let is_it = if record.id.is_empty() { is_named() } else { self.id.as_ref() == Some(&record.id) };
        let Some(Value::Object(fields)) = is_it.then(|| serde_json::from_str(self.line).ok()).flatten() else {
            return None;
        };
        (!record.id.is_empty() || agrees(&fields, record)).then_some(fields)
    }
}

/// The record's own id, or one made from its name that nobody has.
fn free_id(record: &Record, ids: &HashSet<String>) -> String {
    if !record.id.is_empty() {
        return record.id.clone();
    }
    let slug = Some(slug(&record.name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "actor".to_owned());
    let numbered = (2..).map(|number| format!("{slug}-{number}"));
    std::iter::once(slug.clone()).chain(numbered).find(|id| !ids.contains(id)).unwrap_or_default()
}

/// Puts new lines, sorted by id, each in front of the first one with a greater id, else at the end.
fn insert(text: &str, known: &[Known], new: Vec<(String, String)>, edits: &mut Vec<Edit>) {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut at_end = String::new();
    for (id, line) in new {
        let next = known.iter().find(|other| other.id.as_ref().is_some_and(|other| *other > id));
        match next {
            Some(next) => {
                let at = next.range.start;
                match edits.iter_mut().find(|edit| edit.range == (at, at)) {
                    Some(edit) => edit.put.push_str(&format!("{line}{line_end}")),
                    None => edits.push(Edit::insert(at, format!("{line}{line_end}"))),
                }
            }
            None => at_end.push_str(&format!("{line}{line_end}")),
        }
    }
    if !at_end.is_empty() {
        let is_open = !text.is_empty() && text != "\u{FEFF}" && !text.ends_with('\n');
        edits.push(Edit::insert(text.len(), if is_open { format!("{line_end}{at_end}") } else { at_end }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::{ActorKind, Alias};
    use crate::text::apply;

    fn person(name: &str, alias: &[&str]) -> Record {
        let aliases = alias.iter().map(|alias| Alias::new(*alias)).collect();
        Record { name: name.into(), kind: Some(ActorKind::Person), aliases, ..Record::default() }
    }

    fn amended(text: &str, records: &[Record]) -> String {
        apply(text, &amend(text, records))
    }

    #[test]
    fn a_new_line_stands_where_it_belongs() {
        let text = "{\"id\":\"a\",\"name\":\"A\"}\nno json\n{\"id\":\"z\",\"name\":\"Z\"}\n";
        let records = [person("Yves", &[]), person("Mara", &[]), person("Zz", &[])];
        assert_eq!(
            amended(text, &records),
            "{\"id\":\"a\",\"name\":\"A\"}\nno json\n{\"id\":\"mara\",\"kind\":\"person\",\"name\":\"Mara\"}\n\
             {\"id\":\"yves\",\"kind\":\"person\",\"name\":\"Yves\"}\n{\"id\":\"z\",\"name\":\"Z\"}\n\
             {\"id\":\"zz\",\"kind\":\"person\",\"name\":\"Zz\"}\n"
        );
    }

    #[test]
    fn line_ends_are_those_of_the_file() {
        assert_eq!(amended("", &[person("B", &[])]), "{\"id\":\"b\",\"kind\":\"person\",\"name\":\"B\"}\n");
        assert_eq!(
            amended("{\"id\":\"a\",\"name\":\"A\"}\r\n{\"name\":\"A2\"}", &[person("B", &[])]),
            "{\"id\":\"a\",\"name\":\"A\"}\r\n{\"name\":\"A2\"}\r\n{\"id\":\"b\",\"kind\":\"person\",\"name\":\"B\"}\r\n"
        );
        let marked = amended("\u{FEFF}{\"id\":\"b\",\"name\":\"B\"}\n", &[person("A", &[])]);
        assert!(marked.starts_with("\u{FEFF}{\"id\":\"a\""), "{marked}");
    }

    #[test]
    fn what_an_actor_has_already_stays() {
        let text = "{\"name\":\"Bashar al-Assad\",\"x\":1,\"id\":\"assad\"}\n";
        assert_eq!(
            amended(text, &[person("Bashar Al Assad", &["Bachar"])]),
            "{\"id\":\"assad\",\"kind\":\"person\",\"name\":\"Bashar al-Assad\",\"aliases\":[\"Bashar Al Assad\",\"Bachar\"],\"x\":1}\n"
        );
        let text = "{\"id\":\"a-b\",\"kind\":\"person\",\"name\":\"A B\"}";
        assert_eq!(amend(text, &[person("A B", &[])]), []);
    }

    #[test]
    fn an_id_that_is_taken_is_counted_on() {
        let text = "{\"id\":\"a-b\",\"kind\":\"place\",\"name\":\"A B\"}\n";
        assert!(amended(text, &[person("A B", &[])]).contains("\"id\":\"a-b-2\",\"kind\":\"person\""));
        assert!(amended("", &[person("“”", &[])]).contains("\"id\":\"actor\""));
    }

    #[test]
    fn any_name_becomes_json() {
        for name in ["\"", "a\nb", "\u{0}\u{1b}[31m", "\\", "}{", "\u{2028}", "😀 é"] {
            let text = amended("", &[person(name, &[name, "x\"y"])]);
            assert_eq!(text.matches('\n').count(), 1, "{text:?}");
            let value: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(value["name"], name);
        }
    }
}
