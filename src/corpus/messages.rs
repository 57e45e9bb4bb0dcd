//! What to tell a person about a finding: what is wrong, and what to do.

use std::ops::Range;

use super::body::Noticed;
use super::date::weekday_name;
use super::findings::{Limit, What};
use super::view::View;
use super::view_findings::Finding;
use super::{Code, Dialect, fenced, header};
use crate::text::Source;

/// Longest piece of corpus text in a message, in characters.
const QUOTED: usize = 60;

impl View {
    /// What to tell a person about a finding. Corpus text in it is one line, short, without control characters.
    pub fn message(&self, source: &(impl Source + ?Sized), finding: &Finding) -> String {
        let text = source.part(finding.range.clone());
        let here = quote(&text);
        let style = &self.profile.style;
        match (finding.code, &finding.what) {
            (Code::F001, What::Put(put)) => format!("the fence is {here} and should be `{put}`"),
            (Code::F002, What::Put(put)) => format!("the fence is missing: write `{}` here", put.trim()),
            (Code::F003, What::Put(put)) => format!("write `{put}` instead of {here}"),
            (Code::F004, What::Put(put)) if put.is_empty() => format!("remove {}", spaces(&text)),
            (Code::F004, What::Put(put)) if text.is_empty() => format!("{} is missing here", spaces(put)),
            (Code::F004, What::Put(put)) => format!("write {} instead of {}", spaces(put), spaces(&text)),
            (Code::F005, _) => format!("invisible character in a delimiter: {}", code_points(&text)),
            (Code::F006, _) => "a byte order mark (U+FEFF) belongs at the very start of a file, nowhere else".into(),
            (Code::F007, _) if self.is_indent(source, finding) => {
                "indented delimiter: remove the white space in front of it".into()
            }
            (Code::F007, _) => "white space behind the delimiter: remove it".into(),
            (Code::F008, _) => "a delimiter must be alone on its line: put this text on a line of its own".into(),
            (Code::F009, _) => "the delimiter has no name: a reader cannot tell this dispatch from others".into(),
            (Code::F010, _) => format!("the name {here} is taken: names are unique, whatever their case"),
            (Code::F011, What::Unsafe(reason)) => format!("{here} is no safe file name: {}", reason.reason()),
            (Code::F012, _) => "this dispatch has no closer, while others in this corpus have one".into(),
            (Code::F013, _) => "this closer closes nothing: no dispatch is open here".into(),
            (Code::F014, What::Opener(label)) => match self.opener_name(source, *label) {
                Some(open) => format!("the closer names {here}, but the open dispatch is {}", quote(&open)),
                None => format!("the closer names {here}, but another dispatch is open"),
            },
            (Code::F015, _) => "this opener lies inside a dispatch that is still open: close that one first".into(),
            (Code::F016, What::Put(put)) if put.is_empty() => {
                "no blank line belongs between the rules and the name".into()
            }
            (Code::F016, What::Put(_)) if text.is_empty() => format!("a rule of {} `=` is missing here", style.length),
            (Code::F016, _) => format!("the rules around a name are equally long, here {} `=`", style.length),
            (Code::F017, What::BelowHeader) => "a blank line is missing between header and text".into(),
            (Code::F017, _) => "a blank line is missing in front of this delimiter, as the others have one".into(),
            (Code::F018, _) => "a delimiter inside a dispatch whose closer is still to come: quote it with `>`".into(),
            (Code::F019, _) => {
                format!("a delimiter of another dialect: this corpus is {}", described(self.profile.dialect))
            }
            (Code::F020, _) => "text before the first opener belongs to no dispatch".into(),
            (Code::F021, _) => "this dispatch is empty".into(),
            (Code::F022, _) => self.line_ends_message(),
            (Code::F023, _) => {
                "the last line has no line end: the next file joined to this one would run into it".into()
            }
            (Code::F024, What::Number(right)) => {
                format!("{here} does not fit the documents around it: {right} is expected")
            }
            (Code::F025, What::Unclosed) => "this element is not closed".into(),
            (Code::F025, What::Orphan) => "this end tag closes nothing".into(),
            (Code::F025, What::WrongCase(element)) => format!("the element was opened as `<{}>`", element.name()),
            (Code::F025, What::Put(put)) if text.is_empty() => format!("the tag is not finished: `{put}` is missing"),
            (Code::F025, What::Put(put)) if text == "&" => format!("write `{put}` for `&` in an attribute"),
            (Code::F025, What::Put(put)) if fenced::entity(&text).is_some() => {
                format!("{here} is `{put}` as HTML writes it: no tag is read so")
            }
            (Code::F025, What::Put(_)) => format!("the value {here} needs quotation marks"),
            (Code::F026, What::Noticed(noticed)) => encoding_message(noticed, &text),
            (Code::F027, _) => format!("the dispatch ends with {here}, without closing punctuation: it may be cut off"),
            (Code::H001, _) => match header::nearest_key(&text) {
                Some(key) => format!("{here} is no known header key; is `{key}` meant?"),
                None => format!("{here} is no known header key; keys of your own begin with `x-`"),
            },
            (Code::H002, _) => format!("the header has {here} already; only the first one counts"),
            (Code::H003, _) => "no date for this dispatch: neither header, prologue, dateline nor name has one".into(),
            (Code::H004, _) => format!("no calendar has the date {here}"),
            (Code::H005, What::Readings(readings)) => match readings.as_ref() {
                [] => format!("{here} is not a date: write it as YYYY-MM-DD"),
                [date] => format!("write the date in ISO form: `{date}`"),
                [one, two, ..] => format!("day and month are in doubt: {here} is `{one}` or `{two}`"),
            },
            (Code::H006, What::Later(limit, kind)) => {
                let why = match kind {
                    Limit::Setting => "the latest in this corpus (setting `corpus.latest`)",
                    Limit::Retrieved => "the day on which it was retrieved",
                    Limit::Stamp => "the time stamp in its text",
                };
                format!("the date is later than {limit}, {why}")
            }
            (Code::H007, What::Weekday { date, .. }) => {
                format!("{date} was a {}, not a {}", weekday_name(date.weekday()), text.trim_end_matches('.'))
            }
            (Code::H008, What::Other(date, from)) => {
                format!("{here} disagrees with the date {date} of the {}, which counts", from.name())
            }
            (Code::H010, _) => format!("{here} is not part of the dispatch but left over from a web site"),
            (code, _) => code.kind().finds.to_owned(),
        }
    }

    /// Other places that explain a finding, and what they are.
    pub fn related(&self, _source: &(impl Source + ?Sized), finding: &Finding) -> Vec<(Range<usize>, String)> {
        let place = match finding.what {
            What::Key(key) => self.duplicates.first.get(&key).and_then(|label| self.labelled(*label)),
            What::Opener(label) => self.labelled(label),
            _ => None,
        };
        let note = match finding.code {
            Code::F010 => "the first dispatch with this name",
            _ => "the dispatch that is open",
        };
        if let Some((place, mark)) = place.and_then(|place| Some((place, self.structure(place)?))) {
            let span = if finding.code == Code::F010 { mark.name } else { mark.span };
            return vec![(span.at(self.offset(place)), note.to_owned())];
        }
        if let What::Other(..) = finding.what
            && let Some(date) = self.dispatch_at(finding.base).and_then(|dispatch| dispatch.date)
            && let Some(range) = date.range
        {
            return vec![(range, format!("the date of the {}", date.source.name()))];
        }
        Vec::new()
    }

    /// The name of the opener with a label.
    pub(super) fn opener_name(&self, source: &(impl Source + ?Sized), label: u64) -> Option<String> {
        let place = self.labelled(label)?;
        let name = self.structure(place)?.name;
        (!name.is_empty()).then(|| source.part(name.at(self.offset(place))).into_owned())
    }

    fn is_indent(&self, source: &(impl Source + ?Sized), finding: &Finding) -> bool {
        let before = source.part(finding.range.start.saturating_sub(1)..finding.range.start);
        before.is_empty() || before.ends_with(['\n', '\r', '\u{FEFF}'])
    }

    fn line_ends_message(&self) -> String {
        use super::piece::LineEnd;
        let most = self.profile.line_end;
        let odd: Vec<String> = LineEnd::ALL
            .into_iter()
            .zip(self.line_ends)
            .filter(|(kind, count)| *kind != most && *count > 0)
            .map(|(kind, count)| format!("{count} with {}", kind.name()))
            .collect();
        format!("mixed line ends: most lines end with {}, but {}", most.name(), odd.join(" and "))
    }
}

fn encoding_message(noticed: &Noticed, text: &str) -> String {
    match noticed {
        Noticed::Replacement => "a character was lost here when the text was decoded (U+FFFD)".into(),
        Noticed::Control('\0') => "a NUL character (U+0000) does not belong in text".into(),
        Noticed::Control(c) => format!("a control character (U+{:04X}) does not belong in text", u32::from(*c)),
        Noticed::Mojibake => match super::body::undo_mojibake(text) {
            Some(right) => format!("decoded with the wrong encoding: {} stands for {}", quote(text), quote(&right)),
            None => format!("decoded with the wrong encoding: {}", quote(text)),
        },
        _ => Code::F026.kind().finds.to_owned(),
    }
}

/// A dialect as a reader knows it.
fn described(dialect: Dialect) -> String {
    let usual = super::style::Style::usual(dialect).opener("x", 3, 250, " … ");
    format!("`{}`, written `{}`", dialect.name(), shortened(&usual))
}

/// Text of the corpus in a message: one line, not long, nothing that a terminal or an editor would act on.
fn quote(text: &str) -> String {
    format!("`{}`", shortened(text))
}

fn shortened(text: &str) -> String {
    let clean: String = text
        .chars()
        .take(QUOTED + 1)
        .map(|c| {
            if c.is_control()
                || matches!(c, '`' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
            {
                '·'
            } else {
                c
            }
        })
        .collect();
    if clean.chars().count() > QUOTED {
        format!("{}…", clean.chars().take(QUOTED - 1).collect::<String>())
    } else {
        clean
    }
}

/// A separator in words: white space would not be seen.
fn spaces(text: &str) -> String {
    match text {
        " " => "one space".into(),
        ": " => "`: `".into(),
        text if text.chars().all(|c| c == ' ') => format!("{} spaces", text.len()),
        text if text.contains('\t') && text.trim().is_empty() => "a tab".into(),
        text => quote(text),
    }
}

/// `U+200B ZERO WIDTH SPACE`, for the characters that get into texts.
fn code_points(text: &str) -> String {
    let one = |c: char| {
        let name = match c {
            '\u{A0}' => " no-break space",
            '\u{AD}' => " soft hyphen",
            '\u{200B}' => " zero-width space",
            '\u{200C}' => " zero-width non-joiner",
            '\u{200D}' => " zero-width joiner",
            '\u{200E}' => " left-to-right mark",
            '\u{200F}' => " right-to-left mark",
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{61C}' => " bidirectional control",
            '\u{2060}' => " word joiner",
            '\u{202F}' => " narrow no-break space",
            '\u{3000}' => " ideographic space",
            '\u{FEFF}' => " byte order mark",
            c if c.is_control() => " control character",
            c if c.is_whitespace() => " special space",
            _ => "",
        };
        format!("U+{:04X}{name}", u32::from(c))
    };
    text.chars().map(one).collect::<Vec<_>>().join(", ")
}
