//! `actors lint`: what is wrong in actors files, a line each.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::output::{Output, complain, counted, visible};
use crate::corpus::{Code, Severity};
use crate::gazetteer::{ActorsFile, Problem};
use crate::text::LineIndex;
use crate::workspace::actors::{Source, sources};

pub fn run(files: &[PathBuf]) -> Result<ExitCode, String> {
    let sources = sources(files)?;
    let texts: Vec<&ActorsFile> = sources.iter().map(|source| &source.file).collect();
    let problems = crate::gazetteer::lint(&texts);
    let mut out = Output::stdout();
    let mut total = 0;
    let mut is_bad = false;
    for (source, problems) in sources.iter().zip(&problems) {
        let all: Vec<&Problem> = source.damage.iter().chain(problems).collect();
        total += all.len();
        is_bad |= all.iter().any(|problem| severity(problem) >= Severity::Warning);
        tell(source, &all, &mut out);
    }
    if let Some(code) = out.finish() {
        return Ok(code);
    }
    complain(&match total {
        0 => format!("{}: nothing is wrong", counted(sources.len(), "actors file", "actors files")),
        _ => format!(
            "{} in {}",
            counted(total, "finding", "findings"),
            counted(sources.len(), "actors file", "actors files")
        ),
    });
    Ok(if is_bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn tell(source: &Source, problems: &[&Problem], out: &mut Output) {
    let text = source.file.text.as_ref();
    let index = LineIndex::new(text);
    for problem in problems {
        let place = index.locate(text, problem.range.start);
        let (severity, code, message) = (severity(problem).name(), problem.code.id(), visible(&problem.message));
        let (line, column) = (place.line, place.column);
        out.write(&format!("{}:{line}:{column}: {severity}[{code}]: {message}\n", source.shown));
    }
}

fn severity(problem: &Problem) -> Severity {
    Code::named(problem.code.id()).map_or(Severity::Warning, |code| code.kind().severity)
}
