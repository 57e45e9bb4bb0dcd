//! The `tag` dialect: `<FILE name="x">`, `<DOC id="x">`, `<DOC>` with `<DOCNO>`, `<document index="1">`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Code::{F007, F009, F025};
use super::Dialect;
use super::date::pattern;
use super::lines::Line;
use super::mark::{Flaw, Mark, Role};
use super::name;
use super::span::Span;
use super::style::{Element, Style, unescape_attribute};

static LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<indent>[ \t]*)<(?P<close>/?)(?P<element>[A-Za-z]{3,8})(?P<rest>(?:\s[^<>]*)?)(?P<end>>?)(?P<edge>[ \t]*)$",
    )
});
static NAME_BELOW: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*<(?:DOCNO|DOCID|docno|source)>\s*(?P<name>[^<>]*?)\s*</[A-Za-z]*>(?P<edge>\s*)$"));
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"(?P<key>[A-Za-z_][\w:.-]*)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<raw>[^\s"'<>]+))"#)
});

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

/// The attribute that names the dispatch.
pub fn naming(attributes: &[Attribute]) -> Option<&Attribute> {
    ["name", "path", "filename", "file", "id", "docno", "src", "index"]
        .iter()
        .find_map(|key| attributes.iter().find(|attribute| attribute.key.eq_ignore_ascii_case(key)))
}

/// Reads a line (without its line end); `below` is the text behind its line end, for a name that stands there.
pub fn read(line: &str, below: &str, below_at: usize) -> Option<Mark> {
    let found = LINE.captures(line)?;
    let element = Element::named(found.name("element")?.as_str())?;
    let closes = !found.name("close")?.as_str().is_empty();
    let rest = found.name("rest")?;
    let (indent, end, edge) = (found.name("indent")?, found.name("end")?, found.name("edge")?);
    let all = attributes(rest.as_str());
    let named = naming(&all);
    if closes && !rest.as_str().trim().is_empty() {
        return None;
    }
    if !closes && element.needs_attribute() && named.is_none() {
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
    for space in [indent, edge] {
        if !space.is_empty() {
            flaws.push(Flaw::new(F007, Span::from(space.range()), ""));
        }
    }
    if !closes {
        for attribute in &all {
            let span = Span::from(attribute.value.clone()).moved(rest.start());
            let value = span.of(line);
            if !attribute.quoted {
                flaws.push(Flaw::new(F025, span, format!("\"{}\"", value.replace('&', "&amp;"))));
            } else {
                flaws.extend(bare_ampersands(value).map(|at| {
                    let start = span.start as usize + at;
                    Flaw::new(F025, Span::new(start, start + 1), "&amp;")
                }));
            }
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
            let name = unescape_attribute(mark.name.of(line));
            mark.key = name::key(&name);
            mark.unsafe_name = name::unsafety(&name);
        }
        if mark.key == 0 {
            flaws.push(Flaw::new(F009, Span::empty(edge.start()), ""));
        }
    }
    let structural = flaws.iter().any(|flaw| flaw.code == F025 && flaw.span.is_empty());
    let mut mark = mark.with_flaws(flaws);
    // What is a tag to every reader counts as one, whatever its attributes look like.
    mark.well_formed = !structural;
    Some(mark)
}

/// Places of `&` that begin no entity.
fn bare_ampersands(value: &str) -> impl Iterator<Item = usize> + '_ {
    value.match_indices('&').map(|(at, _)| at).filter(|at| {
        let rest = value.get(at + 1..).unwrap_or_default();
        !rest.find(';').is_some_and(|semicolon| {
            let entity = rest.get(..semicolon).unwrap_or_default();
            !entity.is_empty() && entity.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
        })
    })
}
