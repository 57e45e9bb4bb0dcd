//! The table of findings: the one place that code, docs, settings and tests share.

/// How bad a finding is, from the mildest.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Hint,
    #[serde(alias = "info")]
    Information,
    Warning,
    Error,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Information => "information",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Whether a finding of a kind has a fix, and whether that fix changes markup only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// Changes only markup, loses nothing: part of "fix all".
    Safe,
    /// A person should look: offered one by one, or with `--unsafe`.
    Unsafe,
    None,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    pub code: Code,
    /// `F001`
    pub id: &'static str,
    pub slug: &'static str,
    /// One line on what it finds.
    pub finds: &'static str,
    pub severity: Severity,
    pub repair: Repair,
}

macro_rules! findings {
    ($($code:ident $slug:literal $severity:ident $repair:ident $finds:literal)*) => {
        /// The stable code of a kind of finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($code),* }

        /// All kinds of findings, by code.
        pub static KINDS: &[Kind] = &[$(Code::$code.kind()),*];

        impl Code {
            /// The row of this code.
            pub const fn kind(self) -> Kind {
                match self {
                    $(Code::$code => Kind {
                        code: Code::$code,
                        id: stringify!($code),
                        slug: $slug,
                        finds: $finds,
                        severity: Severity::$severity,
                        repair: Repair::$repair,
                    }),*
                }
            }
        }
    };
}

findings! {
    F001 "fence-mismatch"       Error       Safe   "unequal or wrong fence, mixed fence characters, a dash or bar from auto-correction"
    F002 "fence-missing"        Error       Safe   "the opening or closing fence is absent"
    F003 "keyword"              Error       Safe   "the word FILE is misspelt or in the wrong case"
    F004 "separator"            Error       Safe   "the colon or a space is missing, doubled or another character"
    F005 "invisible"            Error       Safe   "an invisible character in a delimiter"
    F006 "bom"                  Warning     Safe   "a byte order mark anywhere but at the start"
    F007 "edge-space"           Warning     Safe   "an indented delimiter, or white space behind it"
    F008 "not-alone"            Error       Unsafe "text before or behind the delimiter on its line"
    F009 "name-empty"           Error       Unsafe "a delimiter without a name"
    F010 "name-duplicate"       Error       Unsafe "a name that the corpus has already"
    F011 "name-unsafe"          Error       Unsafe "a name that no file can safely have"
    F012 "closer-missing"       Error       Safe   "a dispatch that is not closed in a corpus that closes"
    F013 "closer-orphan"        Error       Unsafe "a closer with nothing open"
    F014 "closer-name"          Error       Unsafe "a closer that names another dispatch"
    F015 "nested"               Error       Unsafe "an opener inside an open dispatch"
    F016 "rule-lines"           Error       Safe   "a rule missing, of another length, or a blank line between the rules"
    F017 "blank-line"           Warning     Safe   "no blank line below the header, or before an opener where most have one"
    F018 "delimiter-in-body"    Error       Unsafe "an exact delimiter inside a dispatch whose closer is still to come"
    F019 "mixed-dialects"       Warning     Unsafe "a well-formed opener of another dialect"
    F020 "preamble"             Information Unsafe "text before the first opener"
    F021 "empty"                Warning     Unsafe "a dispatch without a body"
    F022 "line-ends"            Information Safe   "mixed CR LF and LF, or a lone CR"
    F023 "final-newline"        Information Safe   "no line end at the end of the file"
    F024 "count"                Warning     Unsafe "a gap, a repeat or a wrong total in numbered documents"
    F025 "tag"                  Error       Unsafe "an unclosed, orphan or wrong-case tag, an unquoted attribute, an unescaped &"
    F026 "encoding"             Warning     Unsafe "a replacement or control character, NUL, or text decoded with the wrong encoding"
    F027 "truncated"            Hint        None   "a dispatch that ends without closing punctuation"
    H001 "header-unknown-key"   Information Unsafe "a header key that is not known"
    H002 "header-duplicate-key" Warning     Unsafe "a header key that is there already"
    H003 "date-missing"         Warning     Unsafe "no dispatch date from any place"
    H004 "date-impossible"      Error       None   "a date that no calendar has"
    H005 "date-format"          Warning     Unsafe "a date that is not in ISO form"
    H006 "date-future"          Information None   "a date later than its own text or the corpus allows"
    H007 "weekday"              Warning     Unsafe "a weekday, or a day of another calendar, that is not the date beside it"
    H008 "date-conflict"        Warning     Unsafe "header, prologue, dateline and name disagree on the date"
    H010 "site-chrome"          Information Unsafe "what the web site left behind the prologue"
    A001 "mention-ambiguous"    Hint        None   "a name that fits two actors of the dispatch"
    A002 "spellings"            Hint        None   "two spellings of one actor in a dispatch"
    A003 "role-unknown"         Hint        None   "an actor whose listed roles do not hold on the dispatch date"
    C001 "quotation-open"       Hint        None   "a quotation that is never closed"
    C002 "source-missing"       Hint        None   "a quotation without a source where the text has one near"
    D001 "day-impossible"       Warning     None   "a day in the text that no calendar has"
    D002 "day-ambiguous"        Hint        None   "a date of which day and month are in doubt"
    D003 "day-future"           Hint        None   "a day after the dispatch date that is told as past"
    G001 "alias-shared"         Warning     None   "a name that two actors of an actors file have"
    G002 "role-reversed"        Error       None   "a role that ends before it starts"
    G003 "actor-date"           Error       None   "a date in an actors file that no calendar has"
    G004 "year-short"           Hint        None   "a year of two digits whose century is in doubt"
    G005 "alias-common"         Warning     None   "a name that is a common word, or too short"
    G006 "role-overlap"         Information None   "two holders of one office at the same time"
    G007 "actor-code"           Warning     None   "a country or CAMEO code that is not known"
    G008 "actor-line"           Error       None   "a line of an actors file that cannot be read"
}

impl Code {
    /// `F001`
    pub fn id(self) -> &'static str {
        self.kind().id
    }

    /// The code that `name`, an id or a slug in any case, stands for.
    pub fn named(name: &str) -> Option<Code> {
        KINDS
            .iter()
            .find(|kind| kind.id.eq_ignore_ascii_case(name) || kind.slug.eq_ignore_ascii_case(name))
            .map(|kind| kind.code)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}
