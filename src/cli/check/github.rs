//! `--format github`: workflow commands that GitHub Actions shows beside the lines of a pull request.

use std::fmt::Write;

use super::examine::Reported;
use crate::cli::inputs::Input;
use crate::corpus::Severity;

/// The findings of a file, a command each.
pub fn file(input: &Input, found: &[Reported]) -> String {
    let mut out = String::new();
    for finding in found {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information | Severity::Hint => "notice",
        };
        let kind = finding.code.kind();
        let _ = writeln!(
            out,
            "::{command} file={},line={},col={},endLine={},endColumn={},title={}::{}",
            property(&input.shown),
            finding.start.line,
            finding.start.column,
            finding.end.line,
            finding.end.column,
            property(&format!("{} {}", kind.id, kind.slug)),
            text(&finding.message),
        );
    }
    out
}

/// A command ends with its line.
fn text(value: &str) -> String {
    value.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property ends with `,` or `:`, too.
fn property(value: &str) -> String {
    text(value).replace(':', "%3A").replace(',', "%2C")
}
