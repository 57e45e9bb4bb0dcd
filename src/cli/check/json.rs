//! `--format json` and `jsonl`: the shape is described in docs/check.md, and others read it.

use serde::Serialize;

use super::examine::{Reported, ReportedFix};
use crate::cli::inputs::Input;

#[derive(Serialize)]
struct Finding<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    code: &'a str,
    slug: &'a str,
    severity: &'a str,
    message: &'a str,
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Fix<'a> {
    safe: bool,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
}

/// The findings of a file, one JSON object each, on one line.
pub fn file(input: &Input, found: &[Reported]) -> Vec<String> {
    let object = |finding: &Reported| serde_json::to_string(&shape(input, finding)).unwrap_or_default();
    found.iter().map(object).collect()
}

fn shape<'a>(input: &'a Input, finding: &'a Reported) -> Finding<'a> {
    Finding {
        path: &input.shown,
        line: finding.start.line,
        column: finding.start.column,
        end_line: finding.end.line,
        end_column: finding.end.column,
        code: finding.code.id(),
        slug: finding.code.kind().slug,
        severity: finding.severity.name(),
        message: &finding.message,
        fix: finding.fix.as_ref().map(fix),
    }
}

fn fix(fix: &ReportedFix) -> Fix<'_> {
    let edits = fix.edits.iter().map(|edit| Edit {
        line: edit.start.line,
        column: edit.start.column,
        end_line: edit.end.line,
        end_column: edit.end.column,
        text: &edit.text,
    });
    Fix { safe: fix.safe, edits: edits.collect() }
}
