//! Styles: the exact way in which a corpus writes its delimiters, and how to write one.

use super::Dialect;

/// What stands in front of a bar, as in source code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Prefix {
    #[default]
    None,
    Hash,
    Slashes,
}

impl Prefix {
    pub fn text(self) -> &'static str {
        match self {
            Prefix::None => "",
            Prefix::Hash => "# ",
            Prefix::Slashes => "// ",
        }
    }
}

/// The element that holds a dispatch in the `tag` dialect, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Element(u8);

impl Element {
    /// Every spelling; those in wrong case are read, too, so that they can be reported.
    const NAMES: [&'static str; 9] = ["FILE", "file", "File", "DOC", "doc", "Doc", "document", "DOCUMENT", "Document"];

    pub fn named(name: &str) -> Option<Self> {
        let at = Self::NAMES.iter().position(|known| *known == name)?;
        u8::try_from(at).ok().map(Element)
    }

    pub fn name(self) -> &'static str {
        Self::NAMES.get(self.0 as usize).copied().unwrap_or("FILE")
    }

    /// Whether the element needs an attribute to be one of ours: `<file>` alone is anybody's.
    pub fn needs_attribute(self) -> bool {
        !self.name().eq_ignore_ascii_case("doc")
    }
}

/// How delimiters are written: two with the same style differ only in their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Style {
    pub dialect: Dialect,
    pub prefix: Prefix,
    /// The character of the fence: `=` or `-`.
    pub fence: char,
    /// Its length in characters; of the rule in `gitingest`, of the run of `#` in `heading`.
    pub length: u16,
    /// A space between fence and words.
    pub spaced: bool,
    /// `File` rather than `FILE`.
    pub title_case: bool,
    /// `BEGIN FILE` rather than `FILE`, where a dialect has both.
    pub begin: bool,
    pub element: Element,
}

impl Style {
    /// The rule above `Document 3 of 250`.
    pub const RULE: &str = "____________________________________________________________";

    /// The usual style of a dialect.
    pub fn usual(dialect: Dialect) -> Style {
        let (fence, length, spaced) = match dialect {
            Dialect::Bars => ('=', 5, true),
            Dialect::Gitingest => ('=', 48, false),
            Dialect::Angle => ('<', 3, false),
            Dialect::Pem => ('-', 5, false),
            Dialect::Bracket => ('[', 1, false),
            Dialect::Heading => ('#', 2, true),
            _ => ('=', 3, true),
        };
        Style {
            dialect,
            prefix: Prefix::None,
            fence,
            length,
            spaced,
            title_case: dialect == Dialect::Heading,
            begin: dialect == Dialect::Pem,
            element: Element::default(),
        }
    }

    /// The fence in front, with its prefix.
    pub fn left(&self) -> String {
        format!("{}{}", self.prefix.text(), self.run(self.fence))
    }

    /// The fence behind.
    pub fn right(&self) -> String {
        self.run(match self.fence {
            '<' => '>',
            '[' => ']',
            other => other,
        })
    }

    fn run(&self, fence: char) -> String {
        std::iter::repeat_n(fence, self.length as usize).collect()
    }

    /// What stands between fence and words.
    pub fn gap(&self) -> &'static str {
        if self.spaced { " " } else { "" }
    }

    /// The word or words of an opener.
    pub fn keyword(&self) -> &'static str {
        match (self.begin, self.title_case) {
            (true, _) => "BEGIN FILE",
            (false, true) => "File",
            (false, false) => "FILE",
        }
    }

    /// The line or lines that open a dispatch, without the last line end; `eol` parts lines where there are more.
    /// `number` and `total` are for dialects that count.
    pub fn opener(&self, name: &str, number: usize, total: usize, eol: &str) -> String {
        let keyword = self.keyword();
        match self.dialect {
            Dialect::Canonical | Dialect::Bars | Dialect::Angle | Dialect::Pem | Dialect::Bracket => {
                let gap = self.gap();
                format!("{}{gap}{keyword}: {name}{gap}{}", self.left(), self.right())
            }
            Dialect::Gitingest => {
                let rule = self.run('=');
                format!("{rule}{eol}{keyword}: {name}{eol}{rule}")
            }
            Dialect::Heading => format!("{} {keyword}: {name}", self.run('#')),
            Dialect::Head => format!("==> {name} <=="),
            Dialect::Txtar => format!("-- {name} --"),
            Dialect::Tag => {
                let attribute = if self.element.needs_attribute() { "name" } else { "id" };
                format!("<{} {attribute}=\"{}\">", self.element.name(), escape_attribute(name))
            }
            Dialect::Lexis => format!("{number} of {total} DOCUMENTS"),
            Dialect::Proquest => format!("{}{eol}Document {number} of {total}", Style::RULE),
            Dialect::Bare | Dialect::Single => format!("FILE: {name}"),
        }
    }

    /// The line that closes a dispatch, without its line end; `None` where the dialect has none.
    pub fn closer(&self, name: Option<&str>) -> Option<String> {
        if self.dialect == Dialect::Tag {
            return Some(format!("</{}>", self.element.name()));
        }
        if !self.dialect.is_fenced() {
            return None;
        }
        let gap = self.gap();
        let name = name.map(|name| format!(": {name}")).unwrap_or_default();
        Some(format!("{}{gap}END FILE{name}{gap}{}", self.left(), self.right()))
    }
}

/// A name as the value of an attribute in double quotes.
pub fn escape_attribute(name: &str) -> String {
    name.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// The name that the value of an attribute stands for.
pub fn unescape_attribute(value: &str) -> String {
    value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&apos;", "'").replace("&amp;", "&")
}
