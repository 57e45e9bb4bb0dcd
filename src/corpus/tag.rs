//! The `tag` dialect: `<FILE name="x">`, `<DOC id="x">`, `<DOC>` with `<DOCNO>`, `<document index="1">`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Code::{F003, F007, F008, F009, F025};
use super::Dialect;
use super::date::pattern;
use super::fenced::is_nearly_file;
use super::lines::Line;
use super::mark::{Flaw, Mark, Role};
use super::name;
use super::span::Span;
use super::style::{Element, Style, unescape_attribute};

static LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<indent>[ \t]*)(?P<start><{1,3})(?P<close>/?)(?P<element>[A-Za-z]{3,8})(?P<rest>(?:\s[^<>]*)?)(?P<end>>{0,3})(?P<edge>[ \t]*)(?P<behind>(?:\S.*?)?)[ \t]*$",
    )
});
static NAME_BELOW: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*<(?:DOCNO|DOCID|docno|source)>\s*(?P<name>[^<>]*?)\s*</[A-Za-z]*>(?P<edge>\s*)$"));
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?P<key>[A-Za-z_][\w:.-]*)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<raw>[^\s"'<>]+|["'][^\s"'<>]+))"#,
    )
});

/// Quotation marks, and what auto-correction makes of them.
pub const QUOTES: [char; 11] = ['"', '\'', '“', '”', '„', '‟', '″', '‘', '’', '«', '»'];

/// One `key="value"`; ranges are bytes in the text it was read from.
#[derive(Debug, Clone)]
pub struct Attribute {
    pub key: String,
    pub value: Range<usize>,
    pub quoted: bool,
}

/// The attributes of a tag.
pub fn attributes(text: &str) -> Vec<Attribute> {
    ATTRIBUTE
        .captures_iter(text)
        .filter_map(|found| {
            let quoted = found.name("double").or_else(|| found.name("single"));
            let value = quoted.or_else(|| found.name("raw"))?;
            Some(Attribute {
                key: found.name("key")?.as_str().to_owned(),
                value: value.range(),
                quoted: quoted.is_some(),
            })
        })
        .collect()
}

/// The attributes that can name a dispatch, the likeliest first.
const NAMING: [&str; 8] = ["name", "path", "filename", "file", "id", "docno", "src", "index"];

/// Whether an attribute can name the dispatch.
pub fn names(key: &str) -> bool {
    NAMING.iter().any(|naming| naming.eq_ignore_ascii_case(key))
}

/// The attribute that names the dispatch.
pub fn naming(attributes: &[Attribute]) -> Option<&Attribute> {
    NAMING.iter().find_map(|key| attributes.iter().find(|attribute| attribute.key.eq_ignore_ascii_case(key)))
}

/// Where its value stands in a text of attributes.
pub fn naming_value(text: &str) -> Option<Range<usize>> {
    naming(&attributes(text)).map(|attribute| attribute.value.clone())
}

/// The element that a word is, or is meant to be.
fn element_of(word: &str) -> Option<Element> {
    let usual = if word.starts_with(char::is_uppercase) { "FILE" } else { "file" };
    let is_slip = || !word.eq_ignore_ascii_case("files") && is_nearly_file(word);
    Element::named(word).or_else(|| Element::named(usual).filter(|_| is_slip()))
}

/// Reads a line (without its line end); `below` is the text behind its line end, for a name that stands there.
pub fn read(line: &str, below: &str, below_at: usize) -> Option<Mark> {
    let behind_bracket = line.trim_start_matches([' ', '\t', '<', '/']);
    let letters = behind_bracket.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = behind_bracket.get(..letters)?;
    // Most tags are of other things, and their lines can be long.
    let element = element_of(word)?;
    let found = LINE.captures(line)?;
    let closes = !found.name("close")?.as_str().is_empty();
    let rest = found.name("rest")?;
    let (indent, start, end, edge) =
        (found.name("indent")?, found.name("start")?, found.name("end")?, found.name("edge")?);
    let behind = found.name("behind")?;
    let all = attributes(rest.as_str());
    let named = naming(&all);
    // `<DOC> text` and `<doc>>` could be anyone's.
    let is_plain = Element::named(word).is_some() && start.len() == 1 && end.len() <= 1 && behind.is_empty();
    if !is_plain && (closes || named.is_none() || end.is_empty()) {
        return None;
    }
    if closes && !rest.as_str().trim().is_empty() {
        return None;
    }
    if !closes && element.needs_attribute() && named.is_none() {
        return None;
    }
    // `<file src="a.txt"/>` is an empty element.
    if !closes && rest.as_str().trim_end().ends_with('/') {
        return None;
    }
    // `<doc` without its end could be anything.
    if end.as_str().is_empty() && (closes || named.is_none()) {
        return None;
    }

    let style = Style { element, ..Style::usual(Dialect::Tag) };
    let role = if closes { Role::Closer } else { Role::Opener };
    let mut mark = Mark::new(role, style, Span::new(indent.end(), edge.start()));
    mark.keyword = Span::from(found.name("element")?.range());
    let mut flaws = Vec::new();
    for space in [Some(indent), behind.is_empty().then_some(edge)].into_iter().flatten() {
        if !space.is_empty() {
            flaws.push(Flaw::new(F007, Span::from(space.range()), ""));
        }
    }
    if !closes {
        if Element::named(word).is_none() {
            flaws.push(Flaw::new(F003, mark.keyword, element.name()));
        }
        for (bracket, usual) in [(start, "<"), (end, ">")] {
            if bracket.len() > 1 {
                flaws.push(Flaw::new(F025, Span::from(bracket.range()), usual));
            }
        }
        if !behind.is_empty() {
            flaws.push(Flaw::new(F008, Span::from(behind.range()), ""));
        }
        flaws.extend(unquoted(line, Span::from(rest.range())));
        for attribute in all.iter().filter(|attribute| attribute.quoted) {
            let span = Span::from(attribute.value.clone()).moved(rest.start());
            flaws.extend(bare_ampersands(span.of(line)).map(|at| {
                let start = span.start as usize + at;
                Flaw::new(F025, Span::new(start, start + 1), "&amp;")
            }));
        }
        if end.as_str().is_empty() {
            let at = rest.start() + rest.as_str().trim_end().len();
            flaws.push(Flaw::new(F025, Span::empty(at), ">"));
        }
        match named {
            Some(attribute) => mark.name = Span::from(attribute.value.clone()).moved(rest.start()),
            None => {
                if let Some(line) = Line::at(below, 0)
                    && let Some(found) = NAME_BELOW.captures(line.text(below))
                    && let (Some(name), Some(edge)) = (found.name("name"), found.name("edge"))
                {
                    // The two lines are one delimiter: header and prologue stand below both.
                    mark.span.end = Span::empty(below_at + edge.start()).end;
                    mark.end = Span::empty(below_at + line.next).end;
                    mark.name = Span::from(name.range()).moved(below_at);
                    mark.key = name::key(name.as_str());
                    mark.unsafe_name = name::unsafety(name.as_str());
                }
            }
        }
        if named.is_some() && mark.key == 0 && !mark.name.is_empty() {
            let name = unescape_attribute(mark.name.of(line).trim_matches(QUOTES));
            mark.key = name::key(&name);
            mark.unsafe_name = name::unsafety(&name);
        }
        if mark.key == 0 {
            // In the empty value, or below the tag.
            let place = named.map_or(edge.start(), |attribute| rest.start() + attribute.value.start);
            flaws.push(Flaw::new(F009, Span::empty(place), ""));
            mark.is_doubtful = true;
        }
    }
    let structural = !is_plain || flaws.iter().any(|flaw| flaw.code == F025 && flaw.span.is_empty());
    let mut mark = mark.with_flaws(flaws);
    // What is a tag to every reader counts as one, whatever its attributes look like.
    mark.well_formed = !structural;
    Some(mark)
}

/// The values among the attributes in `span` that are not in straight quotation marks.
pub fn unquoted(line: &str, span: Span) -> Vec<Flaw> {
    let all = attributes(span.of(line)).into_iter().filter(|attribute| !attribute.quoted);
    all.map(|attribute| {
        let value = Span::from(attribute.value).moved(span.start as usize);
        let name = value.of(line).trim_matches(QUOTES).replace('&', "&amp;");
        Flaw::new(F025, value, format!("\"{name}\""))
    })
    .collect()
}

/// The longest entity that anyone has named, in bytes.
const ENTITY: usize = 32;

/// Places of `&` that begin no entity.
fn bare_ampersands(value: &str) -> impl Iterator<Item = usize> + '_ {
    value.match_indices('&').map(|(at, _)| at).filter(|at| {
        // Looked at up to the first byte that no entity has, so that a long value is read once.
        let rest = value.get(at + 1..).unwrap_or_default();
        let entity = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').take(ENTITY).count();
        entity == 0 || rest.as_bytes().get(entity) != Some(&b';')
    })
}
