//! `--format sarif`: SARIF 2.1.0 (OASIS), which code scanning services read.

use serde_json::json;
use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix, Location, Message, MultiformatMessageString,
    PhysicalLocation, Region, Replacement, ReportingConfiguration, ReportingDescriptor, Result, ResultLevel, Run,
    Sarif, Tool, ToolComponent,
};

use super::examine::{Reported, ReportedFix};
use crate::cli::inputs::Input;
use crate::corpus::{KINDS, Kind, Severity};
use crate::text::LineColumn;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// The findings of a file as results.
pub fn file(input: &Input, found: &[Reported]) -> Vec<Result> {
    let uri = uri(input);
    found.iter().map(|finding| result(&uri, finding)).collect()
}

/// The whole log, on lines of its own.
pub fn whole(results: Vec<Result>) -> String {
    let driver = ToolComponent::builder()
        .name(env!("CARGO_PKG_NAME"))
        .version(env!("CARGO_PKG_VERSION"))
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .information_uri(REPOSITORY)
        .rules(KINDS.iter().map(rule).collect::<Vec<_>>())
        .build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .column_kind(json!("unicodeCodePoints"))
        .results(results)
        .build();
    let log = Sarif::builder().schema(SCHEMA).version(json!("2.1.0")).runs(vec![run]).build();
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn rule(kind: &Kind) -> ReportingDescriptor {
    ReportingDescriptor::builder()
        .id(kind.id)
        .name(kind.slug)
        .short_description(MultiformatMessageString::builder().text(kind.finds).build())
        .help_uri(format!("{REPOSITORY}/blob/main/docs/findings/{}.md", kind.id))
        .default_configuration(ReportingConfiguration::builder().level(json!(level(kind.severity))).build())
        .build()
}

fn level(severity: Severity) -> ResultLevel {
    match severity {
        Severity::Error => ResultLevel::Error,
        Severity::Warning => ResultLevel::Warning,
        Severity::Information | Severity::Hint => ResultLevel::Note,
    }
}

fn result(uri: &str, finding: &Reported) -> Result {
    let place =
        PhysicalLocation::builder().artifact_location(location(uri)).region(region(finding.start, finding.end)).build();
    let mut result = Result::builder()
        .rule_id(finding.code.id())
        .rule_index(
            KINDS.iter().position(|kind| kind.code == finding.code).and_then(|at| i64::try_from(at).ok()).unwrap_or(-1),
        )
        .level(level(finding.severity))
        .message(Message::builder().text(finding.message.clone()).build())
        .locations(vec![Location::builder().physical_location(place).build()])
        .build();
    result.fixes = finding.fix.as_ref().map(|fixed| vec![fix(uri, fixed)]);
    result
}

fn fix(uri: &str, fix: &ReportedFix) -> Fix {
    let replacements = fix.edits.iter().map(|edit| {
        Replacement::builder()
            .deleted_region(region(edit.start, edit.end))
            .inserted_content(ArtifactContent::builder().text(edit.text.clone()).build())
            .build()
    });
    let change = ArtifactChange::builder()
        .artifact_location(location(uri))
        .replacements(replacements.collect::<Vec<_>>())
        .build();
    Fix::builder()
        .description(Message::builder().text(fix.title.clone()).build())
        .artifact_changes(vec![change])
        .build()
}

fn location(uri: &str) -> ArtifactLocation {
    ArtifactLocation::builder().uri(uri).build()
}

fn region(start: LineColumn, end: LineColumn) -> Region {
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    Region::builder()
        .start_line(number(start.line))
        .start_column(number(start.column))
        .end_line(number(end.line))
        .end_column(number(end.column))
        .build()
}

/// A relative reference where the path is relative, else a `file:` URI (RFC 8089).
fn uri(input: &Input) -> String {
    let Some(path) = &input.path else { return "stdin".to_owned() };
    let parts = path.components().filter(|part| !matches!(part, std::path::Component::RootDir));
    let parts = parts.map(|part| percent_encoded(part.as_os_str().as_encoded_bytes()));
    let joined = parts.collect::<Vec<_>>().join("/");
    if path.is_absolute() { format!("file:///{joined}") } else { joined }
}

fn percent_encoded(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            out.push(char::from(*byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
