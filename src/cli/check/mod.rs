//! `dispatch-ls check`: the findings of many files, printed and, if wanted, repaired.

mod baseline;
pub mod big;
mod big_fix;
mod diff;
mod examine;
mod file;
mod fix;
mod github;
mod human;
mod json;
mod pool;
mod report;
mod sarif;

use std::process::ExitCode;

use super::COULD_NOT_RUN;
use super::actors::gazetteer;
use super::args;
use super::atomic;
use super::inputs;
use super::output::{Output, complain};
use crate::corpus::Code;
use crate::gazetteer::Gazetteer;
use baseline::Baseline;
pub use baseline::hash;
use report::{FileReport, Status, Totals};

/// What holds for every file of a run.
pub struct Plan {
    pub format: args::Format,
    pub mode: Mode,
    pub fail_on: args::FailOn,
    /// The codes that `--select` and `--ignore` leave.
    pub codes: Vec<Code>,
    pub baseline: Option<Baseline>,
    /// Who is known, where dispatches are searched for what is doubtful.
    pub gazetteer: Option<Gazetteer>,
    /// Whether findings are recorded, not reported.
    pub records: bool,
    pub renderer: human::Renderer,
}

impl Plan {
    /// Whether large files can be read part by part: the search for what is doubtful holds the whole text.
    pub fn looks_in_parts(&self) -> bool {
        self.gazetteer.is_none()
    }
}

/// What is done about findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Report,
    Fix(Reach),
    Diff(Reach),
}

/// Which fixes are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Safe,
    All,
}

impl Mode {
    pub fn reach(self) -> Option<Reach> {
        match self {
            Mode::Report => None,
            Mode::Fix(reach) | Mode::Diff(reach) => Some(reach),
        }
    }
}

/// Checks what `args` name; the exit code.
pub fn run(args: &args::Check) -> ExitCode {
    match prepare(args) {
        Ok((plan, inputs)) => check_all(args, &plan, &inputs),
        Err(message) => {
            complain(&format!("error: {message}"));
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn prepare(args: &args::Check) -> Result<(Plan, inputs::Inputs), String> {
    let reach = if args.repair.r#unsafe { Reach::All } else { Reach::Safe };
    let mode = match (args.repair.diff, args.repair.fix) {
        (true, _) => Mode::Diff(reach),
        (false, true) => Mode::Fix(reach),
        (false, false) if args.repair.r#unsafe => return Err("--unsafe needs --fix or --diff".to_owned()),
        (false, false) => Mode::Report,
    };
    let baseline = match &args.baseline.baseline {
        Some(file) if args.baseline.write_baseline => Some(Baseline::empty(file)?),
        Some(file) => Some(Baseline::read(file)?),
        None => None,
    };
    let inputs = inputs::expand(&args.paths, &args.config)?;
    let to_stdout = matches!(mode, Mode::Fix(_)) && inputs.files.iter().any(inputs::Input::is_stdin);
    if to_stdout && args.paths.len() > 1 {
        return Err("--fix with - writes the repaired text to standard output: no other path can go with it".to_owned());
    }
    let plan = Plan {
        format: args.format,
        mode,
        fail_on: args.choice.fail_on,
        codes: chosen(&args.choice),
        gazetteer: args.choice.annotations.then(|| gazetteer(&args.choice.actors, &inputs)).transpose()?,
        baseline,
        records: args.baseline.write_baseline,
        renderer: human::Renderer::new(to_stdout),
    };
    Ok((plan, inputs))
}

fn chosen(choice: &args::Choice) -> Vec<Code> {
    let all = crate::corpus::KINDS.iter().map(|kind| kind.code);
    let named = |words: &[args::Codes], code: Code| words.iter().any(|word| word.0.contains(&code));
    all.filter(|code| choice.select.is_empty() || named(&choice.select, *code))
        .filter(|code| !named(&choice.ignore, *code))
        .collect()
}

fn check_all(args: &args::Check, plan: &Plan, inputs: &inputs::Inputs) -> ExitCode {
    if plan.mode != Mode::Report || plan.records {
        atomic::guard_against_interrupts();
    }
    // With `--fix -` the text has standard output for itself.
    let text_on_stdout = matches!(plan.mode, Mode::Fix(_)) && inputs.files.iter().any(inputs::Input::is_stdin);
    let mut out = match (text_on_stdout, plan.format, plan.mode) {
        (true, _, _) => Output::stderr(),
        (false, args::Format::Human, Mode::Report | Mode::Fix(_)) => Output::stdout(),
        (false, _, _) => Output::bytes(),
    };
    let mut totals = Totals::new(inputs.missing);
    let mut printer = report::Printer::new(plan, &mut out);
    pool::each(plan, &inputs.files, |report: FileReport| {
        for message in &report.messages {
            complain(message);
        }
        totals.add(plan, &report);
        printer.file(report)
    });
    let recorded = printer.finish(&totals);
    let closed = out.finish();
    if let Some(code) = closed {
        return code;
    }
    if let (true, Some(file)) = (plan.records, &args.baseline.baseline) {
        return match baseline::write(file, &recorded) {
            Ok(()) => {
                complain(&format!("note: recorded {} in {}", report::findings(totals.findings), file.display()));
                if totals.exit() == Status::CouldNotRun { ExitCode::from(COULD_NOT_RUN) } else { ExitCode::SUCCESS }
            }
            Err(message) => {
                complain(&format!("error: {message}"));
                ExitCode::from(COULD_NOT_RUN)
            }
        };
    }
    match totals.exit() {
        Status::Clean => ExitCode::SUCCESS,
        Status::Findings => ExitCode::from(1),
        Status::CouldNotRun => ExitCode::from(COULD_NOT_RUN),
    }
}
