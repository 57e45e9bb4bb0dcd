//! The dialects of `FILE` delimiters. The order is the order of preference where two have as many openers.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::style::unescape_attribute;

/// One way of writing `FILE` delimiters; `docs/format.md` shows them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// `=== FILE: x ===`
    Canonical,
    /// `===== FILE: x =====`, `--- File: x ---`, `# === FILE: x ===`
    Bars,
    /// a rule, `FILE: x`, the same rule
    Gitingest,
    /// `<<<FILE: x>>>`
    Angle,
    /// `-----BEGIN FILE: x-----`
    Pem,
    /// `[FILE: x]`
    Bracket,
    /// `## File: x`
    Heading,
    /// `==> x <==`
    Head,
    /// `-- x --`
    Txtar,
    /// `<FILE name="x">`, `<DOC id="x">`
    Tag,
    /// `3 of 250 DOCUMENTS`
    Lexis,
    /// a rule of `_`, `Document 3 of 250`
    Proquest,
    /// `FILE: x.txt`
    Bare,
    /// no delimiter: the file is one dispatch
    Single,
}

impl Dialect {
    /// Every dialect, in the order of preference.
    pub const ALL: [Dialect; 14] = [
        Dialect::Canonical,
        Dialect::Bars,
        Dialect::Gitingest,
        Dialect::Angle,
        Dialect::Pem,
        Dialect::Bracket,
        Dialect::Heading,
        Dialect::Head,
        Dialect::Txtar,
        Dialect::Tag,
        Dialect::Lexis,
        Dialect::Proquest,
        Dialect::Bare,
        Dialect::Single,
    ];

    /// The name in settings and messages.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::Canonical => "canonical",
            Dialect::Bars => "bars",
            Dialect::Gitingest => "gitingest",
            Dialect::Angle => "angle",
            Dialect::Pem => "pem",
            Dialect::Bracket => "bracket",
            Dialect::Heading => "heading",
            Dialect::Head => "head",
            Dialect::Txtar => "txtar",
            Dialect::Tag => "tag",
            Dialect::Lexis => "lexis",
            Dialect::Proquest => "proquest",
            Dialect::Bare => "bare",
            Dialect::Single => "single",
        }
    }

    /// Dialects whose delimiter is the word FILE between fences: a broken one of them can be mended into any other.
    pub fn is_fenced(self) -> bool {
        self.is_bar() || matches!(self, Dialect::Angle | Dialect::Pem | Dialect::Bracket)
    }

    /// The name that `written` in a delimiter stands for.
    pub fn name_of(self, written: &str) -> Cow<'_, str> {
        if self == Dialect::Tag { unescape_attribute(written).into() } else { written.into() }
    }

    /// Dialects whose delimiters count and don't name.
    pub fn is_nameless(self) -> bool {
        matches!(self, Dialect::Lexis | Dialect::Proquest)
    }

    /// Bars of `=` or `-`, the canonical ones among them.
    pub fn is_bar(self) -> bool {
        matches!(self, Dialect::Canonical | Dialect::Bars)
    }
}

impl std::str::FromStr for Dialect {
    type Err = ();

    /// The dialect with this name, in any case.
    fn from_str(name: &str) -> Result<Self, ()> {
        Dialect::ALL.into_iter().find(|dialect| dialect.name().eq_ignore_ascii_case(name)).ok_or(())
    }
}
