//! `--format timeml`: the text of a dispatch with its dates as TIMEX3 elements (TimeML 1.2.1), as HeidelTime and the
//! tools of TempEval-3 read and write it.

use quick_xml::escape::escape;

use super::Annotated;
use super::to_folder::Document;
use crate::annotate::{Anchor, Timex};

/// The document of a dispatch.
pub fn document(dispatch: &Annotated) -> Document {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n");
    text.push_str(&format!("<DOCID>{}</DOCID>\n", xml(dispatch.file)));
    if let Some(date) = dispatch.date {
        text.push_str(&format!(
            "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"{date}\" temporalFunction=\"false\" \
             functionInDocument=\"CREATION_TIME\">{date}</TIMEX3></DCT>\n"
        ));
    }
    text.push_str("<TEXT>");
    let mut done = 0;
    for (number, date) in dispatch.annotations.dates.iter().enumerate() {
        let range = date.span.at(0);
        text.push_str(&xml(dispatch.text.get(done..range.start).unwrap_or_default()));
        text.push_str(&element(number, date, dispatch.text));
        done = range.end.max(done);
    }
    text.push_str(&xml(dispatch.text.get(done..).unwrap_or_default()));
    text.push_str("</TEXT>\n</TimeML>\n");
    Document { name: dispatch.file.to_owned(), files: vec![("tml", text.into_bytes())] }
}

fn element(number: usize, date: &Timex, text: &str) -> String {
    let modifier = date.modifier.map(|modifier| format!(" mod=\"{}\"", modifier.name())).unwrap_or_default();
    let anchor = match date.anchor {
        Anchor::Itself | Anchor::Missing => String::new(),
        Anchor::DispatchDate => " temporalFunction=\"true\" anchorTimeID=\"t0\"".to_owned(),
        Anchor::Date(date) => format!(" temporalFunction=\"true\" anchorTimeID=\"t{}\"", date + 1),
    };
    let (kind, value, said) = (date.kind.name(), xml(&date.value), xml(date.span.of(text)));
    format!("<TIMEX3 tid=\"t{}\" type=\"{kind}\" value=\"{value}\"{modifier}{anchor}>{said}</TIMEX3>", number + 1)
}

/// Text in an XML document, which has no place for most control characters (XML 1.0, 2.2).
fn xml(text: &str) -> String {
    let is_allowed = |c: char| {
        matches!(c, '\t' | '\n' | '\r') || !(c.is_control() && c < '\u{80}') && c < '\u{FFFE}' || c > '\u{FFFF}'
    };
    let text: String = text.chars().map(|c| if is_allowed(c) { c } else { char::REPLACEMENT_CHARACTER }).collect();
    escape(&text).into_owned()
}
