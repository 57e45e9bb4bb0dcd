//! Good corpora in every dialect.

use std::fmt::Write;
use std::ops::Range;

use dispatch_ls::corpus::Dialect;

use crate::rng::Rng;

/// A delimiter in its parts, so that one of them can be broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    pub before: String,
    pub left: String,
    pub left_gap: String,
    pub keyword: String,
    pub colon: String,
    pub colon_gap: String,
    pub name: String,
    pub right_gap: String,
    pub right: String,
    pub after: String,
}

/// One of the parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Before,
    Left,
    LeftGap,
    Keyword,
    Colon,
    ColonGap,
    Name,
    RightGap,
    Right,
    After,
}

impl Parts {
    pub fn all(&self) -> [(Part, &String); 10] {
        [
            (Part::Before, &self.before),
            (Part::Left, &self.left),
            (Part::LeftGap, &self.left_gap),
            (Part::Keyword, &self.keyword),
            (Part::Colon, &self.colon),
            (Part::ColonGap, &self.colon_gap),
            (Part::Name, &self.name),
            (Part::RightGap, &self.right_gap),
            (Part::Right, &self.right),
            (Part::After, &self.after),
        ]
    }

    pub fn text(&self) -> String {
        self.all().into_iter().map(|(_, text)| text.as_str()).collect()
    }

    /// Where a part stands in the text.
    pub fn range(&self, part: Part) -> Range<usize> {
        let mut at = 0;
        for (this, text) in self.all() {
            if this == part {
                return at..at + text.len();
            }
            at += text.len();
        }
        unreachable!()
    }

    pub fn part(&mut self, part: Part) -> &mut String {
        match part {
            Part::Before => &mut self.before,
            Part::Left => &mut self.left,
            Part::LeftGap => &mut self.left_gap,
            Part::Keyword => &mut self.keyword,
            Part::Colon => &mut self.colon,
            Part::ColonGap => &mut self.colon_gap,
            Part::Name => &mut self.name,
            Part::RightGap => &mut self.right_gap,
            Part::Right => &mut self.right,
            Part::After => &mut self.after,
        }
    }
}

/// A way to write delimiters: `left|left gap|keyword|colon|colon gap|right gap|right` of the opener, and of closers
/// with a name (`:` stays) and without.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    pub dialect: Dialect,
    pub opener: [&'static str; 7],
    pub closer: Option<[&'static str; 7]>,
    pub named_closer: Option<[&'static str; 7]>,
}

const fn form(dialect: Dialect, opener: [&'static str; 7]) -> Form {
    Form { dialect, opener, closer: None, named_closer: None }
}

const fn closing(
    dialect: Dialect,
    opener: [&'static str; 7],
    closer: [&'static str; 7],
    named: [&'static str; 7],
) -> Form {
    Form { dialect, opener, closer: Some(closer), named_closer: Some(named) }
}

/// Dialects with a fence and a name on one line.
pub const FORMS: &[Form] = &[
    closing(
        Dialect::Canonical,
        ["===", " ", "FILE", ":", " ", " ", "==="],
        ["===", " ", "END FILE", "", "", " ", "==="],
        ["===", " ", "END FILE", ":", " ", " ", "==="],
    ),
    closing(
        Dialect::Bars,
        ["=====", " ", "FILE", ":", " ", " ", "====="],
        ["=====", " ", "END FILE", "", "", " ", "====="],
        ["=====", " ", "END FILE", ":", " ", " ", "====="],
    ),
    closing(
        Dialect::Bars,
        ["===", "", "FILE", ":", " ", "", "==="],
        ["===", "", "END FILE", "", "", "", "==="],
        ["===", "", "END FILE", ":", " ", "", "==="],
    ),
    closing(
        Dialect::Bars,
        ["---", " ", "File", ":", " ", " ", "---"],
        ["---", " ", "END FILE", "", "", " ", "---"],
        ["---", " ", "END FILE", ":", " ", " ", "---"],
    ),
    closing(
        Dialect::Bars,
        ["# ===", " ", "FILE", ":", " ", " ", "==="],
        ["# ===", " ", "END FILE", "", "", " ", "==="],
        ["# ===", " ", "END FILE", ":", " ", " ", "==="],
    ),
    form(Dialect::Bars, ["// ---", " ", "File", ":", " ", " ", "---"]),
    form(Dialect::Bars, ["===============", " ", "FILE", ":", " ", " ", "==============="]),
    closing(
        Dialect::Angle,
        ["<<<", "", "FILE", ":", " ", "", ">>>"],
        ["<<<", "", "END FILE", "", "", "", ">>>"],
        ["<<<", "", "END FILE", ":", " ", "", ">>>"],
    ),
    closing(
        Dialect::Angle,
        ["<<<", "", "FILE", ":", " ", "", ">>>"],
        ["<<<", "", "END_FILE", "", "", "", ">>>"],
        ["<<<", "", "END FILE", ":", " ", "", ">>>"],
    ),
    closing(
        Dialect::Pem,
        ["-----", "", "BEGIN FILE", ":", " ", "", "-----"],
        ["-----", "", "END FILE", "", "", "", "-----"],
        ["-----", "", "END FILE", ":", " ", "", "-----"],
    ),
    closing(
        Dialect::Bracket,
        ["[", "", "FILE", ":", " ", "", "]"],
        ["[", "", "END FILE", "", "", "", "]"],
        ["[", "", "END FILE", ":", " ", "", "]"],
    ),
    closing(
        Dialect::Bracket,
        ["[", "", "BEGIN FILE", ":", " ", "", "]"],
        ["[", "", "END FILE", "", "", "", "]"],
        ["[", "", "END FILE", ":", " ", "", "]"],
    ),
    form(Dialect::Heading, ["###", " ", "File", ":", " ", "", ""]),
    form(Dialect::Heading, ["##", " ", "File", ":", " ", "", ""]),
    form(Dialect::Head, ["==>", " ", "", "", "", " ", "<=="]),
    form(Dialect::Txtar, ["--", " ", "", "", "", " ", "--"]),
    form(Dialect::Tag, ["<FILE name=\"", "", "", "", "", "", "\">"]),
    form(Dialect::Tag, ["<file path=\"", "", "", "", "", "", "\">"]),
    form(Dialect::Tag, ["<DOC id=\"", "", "", "", "", "", "\" type=\"story\" >"]),
    form(Dialect::Tag, ["<DOC>\n<DOCNO> ", "", "", "", "", "", " </DOCNO>"]),
    form(Dialect::Pem, ["-----BEGIN FILE id=\"", "", "", "", "", "", "\"-----"]),
    form(
        Dialect::Gitingest,
        [
            "================================================\nFILE: ",
            "",
            "",
            "",
            "",
            "",
            "\n================================================",
        ],
    ),
    form(Dialect::Gitingest, ["================\nFile: ", "", "", "", "", "", "\n================"]),
    form(Dialect::Bare, ["", "", "FILE", ":", " ", "", ""]),
];

impl Form {
    pub fn opener(&self, name: &str) -> Parts {
        parts(&self.opener, name)
    }

    pub fn closer(&self, name: &str, named: bool) -> Option<Parts> {
        if named { self.named_closer.map(|form| parts(&form, name)) } else { self.closer.map(|form| parts(&form, "")) }
    }

    /// The line that every dispatch of a tag form ends with.
    fn end_tag(&self) -> Option<&'static str> {
        match self.opener[0] {
            tag if tag.starts_with("<FILE ") => Some("</FILE>"),
            tag if tag.starts_with("<file ") => Some("</file>"),
            tag if tag.starts_with("<DOC") => Some("</DOC>"),
            _ => None,
        }
    }

    /// Fence, word, colon and name: all the parts that the breaks of F001 to F004 need.
    pub fn is_fenced(&self) -> bool {
        matches!(self.dialect, Dialect::Canonical | Dialect::Bars | Dialect::Angle | Dialect::Pem | Dialect::Bracket)
            && !self.opener[2].is_empty()
    }
}

fn parts(form: &[&str; 7], name: &str) -> Parts {
    let [left, left_gap, keyword, colon, colon_gap, right_gap, right] = form.map(String::from);
    Parts {
        before: String::new(),
        left,
        left_gap,
        keyword,
        colon,
        colon_gap,
        name: name.to_owned(),
        right_gap,
        right,
        after: String::new(),
    }
}

/// A dispatch of a good corpus.
#[derive(Debug, Clone)]
pub struct Item {
    pub opener: Parts,
    /// With line ends, and the blank line; empty where there is none.
    pub header: String,
    /// Prologue and text, each line with its end.
    pub body: String,
    pub closer: Option<Parts>,
    /// Blank lines behind it.
    pub gap: String,
}

/// A corpus that is as it should be, in its parts; lines end with LF until it is written.
#[derive(Debug, Clone)]
pub struct Good {
    pub bom: bool,
    pub crlf: bool,
    pub items: Vec<Item>,
}

impl Good {
    pub fn text(&self) -> String {
        self.text_and_starts().0
    }

    /// The text, and where each opener and closer starts.
    pub fn text_and_starts(&self) -> (String, Vec<(usize, usize)>) {
        let mut text = String::new();
        if self.bom {
            text.push('\u{FEFF}');
        }
        let mut starts = Vec::new();
        let put = |text: &mut String, piece: &str| {
            if self.crlf {
                text.push_str(&piece.replace('\n', "\r\n"));
            } else {
                text.push_str(piece);
            }
        };
        for item in &self.items {
            let opener = text.len();
            put(&mut text, &item.opener.text());
            put(&mut text, "\n");
            put(&mut text, &item.header);
            put(&mut text, &item.body);
            let closer = text.len();
            if let Some(line) = &item.closer {
                put(&mut text, &line.text());
                put(&mut text, "\n");
            }
            put(&mut text, &item.gap);
            starts.push((opener, closer));
        }
        (text, starts)
    }

    pub fn names(&self) -> Vec<String> {
        self.items.iter().map(|item| item.opener.name.clone()).collect()
    }
}

const STEMS: &[&str] = &[
    "000_2ac9bca0bc76a745",
    "syria talks",
    "AFP_ENG_report.0001",
    "wire/asia/kabul",
    "Überblick-Lage",
    "مذاکرات",
    "新华社-北京",
    "Москва сегодня",
    "file",
    "END FILE report",
    "a=b",
    "story (2)",
    "it's here",
    "élection",
    "x",
    "data-set_v1.2",
    "FILE-01",
    "日本 経済",
    "R&D budget",
    "50% rise",
    "a - b",
    "🚢 ships",
];

const SENTENCES: &[&str] = &[
    "President Bashar al-Assad emphasized that Syria remains committed to its territorial integrity.",
    "The foreign ministry said that talks would resume in Geneva, and that “no date” had been set.",
    "Dock workers in Klaipėda walked off the job after talks on overtime pay collapsed.",
    "وزیر امور خارجه گفت که مذاکرات ادامه می‌یابد.",
    "外交部发言人表示，双方将继续对话。",
    "Der Minister sagte, man werde die Akte prüfen; ein Datum nannte er nicht.",
    "Le ministre a déclaré : « Nous avons déposé le dossier. »",
    "МИД сообщил, что переговоры продолжатся.",
    "\"We will file a complaint,\" she said. \"The file is on my desk.\"",
    "Oil rose 3.4 percent; gold = 2,001 dollars <spot>.",
    "قال الوزير إن المحادثات ستستمر.",
    "1. The first point was agreed.",
    "- It was not clear who had fired first.",
];

/// No sentence comes twice: a headline that is repeated below the prologue is a finding.
pub fn body(rng: &mut Rng) -> String {
    let mut at = rng.below(SENTENCES.len());
    let mut text = String::new();
    for number in 0..=rng.below(3) {
        if number > 0 && rng.coin() {
            text.push('\n');
        }
        for part in 0..=rng.below(3) {
            if part > 0 {
                text.push(' ');
            }
            at += 1;
            text.push_str(SENTENCES[at % SENTENCES.len()]);
        }
        text.push('\n');
    }
    text
}

/// A good corpus of 3 to 6 dispatches, with closers or not.
pub fn good(form: Form, rng: &mut Rng) -> Good {
    let closes = form.closer.is_some() && rng.coin();
    let named = rng.coin();
    let headers = rng.below(3);
    let prologues = rng.coin();
    let blank_between = rng.coin();
    let blank_lines = if blank_between { "\n" } else { "" };
    let bom = rng.below(4) == 0;
    let crlf = rng.below(3) == 0;
    let count = 3 + rng.below(4);
    let first = rng.below(STEMS.len());
    let mut items = Vec::new();
    for number in 0..count {
        let stem = STEMS[(first + number) % STEMS.len()];
        let date = format!("2024-{:02}-{:02}", 1 + rng.below(12), 1 + rng.below(28));
        let in_tag = form.opener[0].contains('<') && form.opener[0].len() > 3;
        let mut name = match rng.below(3) {
            _ if form.dialect == Dialect::Bare => format!("{}.txt", stem.replace(' ', "_")),
            0 => format!("{number:03}_{stem}.txt"),
            1 => format!("{stem}.txt"),
            _ => format!("{stem}.{number}.md"),
        };
        if form.dialect == Dialect::Txtar && (stem.starts_with("FILE") || stem.starts_with("END") || stem == "file") {
            // `-- FILE … --` is a bar.
            name = format!("no_{name}");
        }
        if in_tag || form.opener[0].ends_with('"') {
            name = name.replace('&', "and");
        }
        let mut header = String::new();
        let wants = headers == 2 || (headers == 1 && rng.coin());
        if wants {
            let _ = writeln!(header, "date: {date}");
            if rng.coin() {
                header.push_str("source: Syrian Observer\n");
            }
            if rng.coin() {
                header.push_str("title: Assad: Syria continues to defend its territorial integrity\n");
            }
            header.push('\n');
        }
        let mut text = body(rng);
        if !wants || prologues {
            text = format!("{}date {date} {text}", if rng.coin() { " " } else { "" });
        }
        if let Some(tag) = form.end_tag() {
            text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            text.push_str(tag);
            text.push('\n');
        }
        let closer = if closes { form.closer(&name, named) } else { None };
        let last = number + 1 == count;
        let gap = if last { String::new() } else { blank_lines.to_owned() };
        items.push(Item { opener: form.opener(&name), header, body: text, closer, gap });
    }
    Good { bom, crlf, items }
}
