//! The table of settings: the one place that reading, the JSON schema and the defaults' documentation share.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};

use super::Level;
use crate::corpus::Dialect;

/// Settings of dispatch-ls.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "dispatch.toml")]
pub struct Table {
    pub actors: ActorsTable,
    pub corpus: CorpusTable,
    pub diagnostics: DiagnosticsTable,
    pub hints: HintsTable,
    pub lenses: LensesTable,
    pub tokens: TokensTable,
}

/// Who is known.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ActorsTable {
    /// Actors files, seen from the folder of the dispatch.toml (in an editor's settings: from the first folder that is
    /// open). Where none are named, the actors.jsonl beside the dispatch.toml counts, or, where there is no
    /// dispatch.toml, the one beside the corpus file. Default: none.
    #[schemars(with = "Option<Vec<String>>")]
    pub files: Option<Vec<PathBuf>>,
}

/// What the corpora are.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CorpusTable {
    /// Read every file as this dialect; `auto` (the default) takes the one with the most delimiters in the file.
    pub dialect: Option<DialectChoice>,
    /// No dispatch is later than this day, YYYY-MM-DD.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub latest: Option<Date>,
    /// Patterns (as in .gitignore) of the files that are corpora in a folder. Default: *.dispatch, *.corpus, *.txt.
    pub files: Option<Vec<String>>,
}

/// What is reported, and how.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DiagnosticsTable {
    /// Severity by code (`F001`), by name (`fence-mismatch`), or for a family (`F`, `H`, `A`, `C`, `D`, `G`); a code counts more than
    /// its family.
    pub severity: BTreeMap<String, Level>,
    /// Milliseconds of rest after an edit before findings are sent. Default: 150.
    #[schemars(range(min = 0, max = 60_000))]
    pub debounce: Option<u64>,
    /// At most so many findings of one file are sent to an editor. Default: 1000.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub cap: Option<usize>,
}

/// What stands beside the text in an editor (inlay hints).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HintsTable {
    /// The day of a relative date. Default: true.
    pub dates: Option<bool>,
    /// Who a short name or a pronoun is, where the text does not say it. Default: true.
    pub actors: Option<bool>,
    /// The class of a claim, and how sure it is. Default: true.
    pub claims: Option<bool>,
}

/// What stands above the text in an editor (code lenses).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LensesTable {
    /// How many mentions and claims there are in a dispatch. Default: true.
    pub dispatches: Option<bool>,
}

/// What has a colour of its own in the prose (semantic tokens).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TokensTable {
    /// Persons, organisations, places and governments. Default: true.
    pub actors: Option<bool>,
    /// Dates and times. Default: true.
    pub dates: Option<bool>,
    /// Cues, quotations and hedges. Default: true.
    pub claims: Option<bool>,
}

/// A dialect, or the one that is found in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DialectChoice {
    Auto,
    #[serde(untagged)]
    Is(Dialect),
}

/// JSON schema of the table, draft 2020-12, without references.
pub fn schema() -> serde_json::Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<Table>().to_value()
}
