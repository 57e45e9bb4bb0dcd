//! How long an editor waits: `cargo bench --bench latency`. The release binary against an echo server on the same
//! framework, the same edits, in one run. `-- --quick` for small files only, `-- --gate` fails where a goal is missed,
//! `-- --sizes 1,100` chooses megabytes, `-- --rounds 7` how often, `-- --only-layers` and `-- --no-layers` which tables,
//! `-- --server PATH` the program. What is measured, and how: `docs/performance.md`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a measurement may stop")]

mod actors;
mod client;
// The other measurement uses the rest of it.
#[allow(dead_code)]
mod corpus;
mod echo;
mod edits;
mod layers;

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use serde_json::json;

use client::{Client, URI, frame};
use corpus::Recipe;
use edits::Script;

/// What is run. Times in bytes of corpora are decimal: 1 MB is 1,000,000 bytes.
struct Plan {
    sizes: Vec<usize>,
    rounds: usize,
    keystrokes: usize,
    structural: usize,
    hovers: usize,
    /// Views that are asked for, of each kind.
    views: usize,
    /// From the last answer to when memory is at rest.
    rest: Duration,
    gates: bool,
    /// The program that is measured.
    server: String,
    /// Which of the tables.
    plain: bool,
    layers: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Server {
    Ours,
    Echo,
}

/// Every figure of one round with one server; times in milliseconds, memory in multiples of the file.
#[derive(Default)]
struct Round {
    open: f64,
    keystroke: Vec<f64>,
    structural: Vec<f64>,
    hover: Vec<f64>,
    at_rest: f64,
    peak: f64,
    findings: usize,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--echo-server") {
        echo::serve();
        return ExitCode::SUCCESS;
    }
    let plan = Plan::new(&arguments);
    println!("dispatch-ls beside an echo server; medians of {} rounds; times in ms", plan.rounds);
    let mut missed = 0;
    for size in &plan.sizes {
        for (kind, recipe) in [("clean", Recipe::CLEAN), ("1 finding in 20 dispatches", Recipe::broken(20))] {
            missed += if plan.plain { measure(&plan, *size, kind, recipe) } else { 0 };
        }
    }
    if plan.layers {
        missed += layers::measure(&plan);
    }
    match missed {
        0 => println!("\nevery goal was met"),
        missed => println!("\n{missed} over the goal"),
    }
    if plan.gates && missed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

impl Plan {
    fn new(arguments: &[String]) -> Plan {
        let has = |name: &str| arguments.iter().any(|argument| argument == name);
        let value = |name: &str| {
            let at = arguments.iter().position(|argument| argument == name)?;
            arguments.get(at + 1).cloned()
        };
        let quick = has("--quick");
        let mut sizes = if quick { vec![10_000, 1_000_000] } else { vec![10_000, 1_000_000, 10_000_000, 100_000_000] };
        if let Some(chosen) = value("--sizes") {
            let bytes = |size: &str| (size.trim().parse::<f64>().expect("a size in MB") * 1e6) as usize;
            sizes = chosen.split(',').map(bytes).collect();
        }
        Plan {
            sizes,
            rounds: value("--rounds").map_or(if quick { 3 } else { 5 }, |rounds| rounds.parse().expect("a number")),
            keystrokes: if quick { 100 } else { 400 },
            structural: if quick { 24 } else { 96 },
            hovers: if quick { 60 } else { 200 },
            views: if quick { 60 } else { 200 },
            rest: Duration::from_secs(if quick { 1 } else { 3 }),
            gates: has("--gate"),
            server: value("--server").unwrap_or_else(|| env!("CARGO_BIN_EXE_dispatch-ls").to_owned()),
            plain: !has("--only-layers"),
            layers: !has("--no-layers"),
        }
    }
}

/// Measures one corpus and prints its table; how many goals were missed.
fn measure(plan: &Plan, size: usize, kind: &str, recipe: Recipe) -> usize {
    let text = recipe.text(size);
    let open = opening(&text);
    let (mut ours, mut echo) = (Vec::new(), Vec::new());
    for number in 0..plan.rounds {
        // In turn, so that a busy minute of the machine hits both, and neither is always first.
        let mut order = [Server::Ours, Server::Echo];
        order.rotate_left(number % 2);
        for server in order {
            let round = run(plan, server, &text, &open, number as u64);
            if server == Server::Ours { ours.push(round) } else { echo.push(round) }
        }
    }
    let findings = ours.first().map_or(0, |round| round.findings);
    println!("\n{} · {kind} ({findings} shown)", shown_size(size));
    println!("  {:<32}{:>12}{:>12}{:>8}  goal", "", "dispatch-ls", "echo", "ratio");
    let mut missed = 0;
    let mut row = |name: &str, figure: &dyn Fn(&Round) -> f64, goal: Option<f64>| {
        let ours = median(ours.iter().map(figure).collect());
        let echo = median(echo.iter().map(figure).collect());
        missed += print_row(name, ours, Some(echo), ours / echo, goal);
    };
    row("open → first diagnostics", &|round| round.open, (size >= 100_000_000).then_some(2.0));
    row("keystroke → diagnostics  p50", &|round| percentile(&round.keystroke, 0.50), None);
    row("keystroke → diagnostics  p99", &|round| percentile(&round.keystroke, 0.99), Some(1.5));
    row("structure → diagnostics  p50", &|round| percentile(&round.structural, 0.50), None);
    row("structure → diagnostics  p99", &|round| percentile(&round.structural, 0.99), None);
    if ours.iter().all(|round| !round.hover.is_empty()) {
        row("keystroke → hover  p50", &|round| percentile(&round.hover, 0.50), None);
        row("keystroke → hover  p99", &|round| percentile(&round.hover, 0.99), Some(1.5));
    } else {
        println!("  keystroke → hover: dispatch-ls announces none");
    }
    // What a process needs by itself is nothing beside a large file, and everything beside a small one.
    let memory_goal = (size >= 10_000_000).then_some(1.5);
    let mut memory = |name: &str, figure: &dyn Fn(&Round) -> f64, goal: Option<f64>| {
        let ours = median(ours.iter().map(figure).collect());
        let echo = median(echo.iter().map(figure).collect());
        missed += print_row(name, ours, Some(echo), ours, goal);
    };
    memory("memory at rest, × the file", &|round| round.at_rest, memory_goal);
    memory("memory at its peak, × the file", &|round| round.peak, None);
    missed
}

fn opening(text: &str) -> Vec<u8> {
    frame(&json!({
        "jsonrpc": "2.0",
        "method": "textDocument/didOpen",
        "params": {"textDocument": {"uri": URI, "languageId": "dispatch", "version": 1, "text": text}},
    }))
}

fn print_row(name: &str, ours: f64, echo: Option<f64>, judged: f64, goal: Option<f64>) -> usize {
    let ratio = echo.map_or(f64::NAN, |echo| ours / echo);
    let (verdict, missed) = match goal {
        None => (String::new(), 0),
        Some(goal) if judged <= goal => (format!("≤ {goal} PASS"), 0),
        Some(goal) => (format!("≤ {goal} over"), 1),
    };
    println!("  {name:<32}{ours:>12.3}{:>12.3}{ratio:>8.2}  {verdict}", echo.unwrap_or(f64::NAN));
    missed
}

/// One round with one server.
fn run(plan: &Plan, server: Server, text: &str, open: &[u8], seed: u64) -> Round {
    let mut client = Client::start(command(plan, server), &json!({}));
    let mut round = Round::default();
    let (time, findings) = client.publish_after(open, 1);
    (round.open, round.findings) = (milliseconds(time), findings);
    let per_byte = |bytes: Option<u64>| bytes.map_or(f64::NAN, |bytes| bytes as f64 / text.len() as f64);
    std::thread::sleep(plan.rest);
    round.at_rest = per_byte(client.memory("VmRSS"));
    round.peak = per_byte(client.memory("VmHWM"));

    let mut script = Script::new(text, seed + 1);
    // The first ones find nothing in the caches of the processor, for any server.
    for number in 0..plan.keystrokes / 10 {
        let step = script.keystroke(number);
        client.publish_after(&frame(&step.message), step.version);
    }
    for number in 0..plan.keystrokes {
        let step = script.keystroke(number);
        let (time, _) = client.publish_after(&frame(&step.message), step.version);
        round.keystroke.push(milliseconds(time));
        pause();
    }
    for number in 0..plan.structural {
        let step = script.structural(number);
        let (time, _) = client.publish_after(&frame(&step.message), step.version);
        round.structural.push(milliseconds(time));
        pause();
    }
    for number in 0..if client.has("hoverProvider") { plan.hovers } else { 0 } {
        let step = script.keystroke(number);
        let id = client.next_id();
        let params = json!({"textDocument": {"uri": URI}, "position": {"line": step.hover_line, "character": 6}});
        let request = json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/hover", "params": params});
        let frames = [frame(&step.message), frame(&request)].concat();
        let (time, answer) = client.answer_after(&frames, id);
        assert!(answer["error"].is_null(), "hover: {}", answer["error"]);
        round.hover.push(milliseconds(time));
        pause();
        client.drain();
    }
    client.stop();
    round
}

fn command(plan: &Plan, server: Server) -> Command {
    match server {
        Server::Ours => Command::new(&plan.server),
        // This program is the echo server, too: what is measured needs no program of its own to be installed.
        Server::Echo => {
            let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
            command.arg("--echo-server");
            command
        }
    }
}

/// Between two edits a server comes to rest, as it does when someone types.
fn pause() {
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(2) {
        std::thread::sleep(Duration::from_micros(500));
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn median(figures: Vec<f64>) -> f64 {
    percentile(&figures, 0.5)
}

/// The figure that the given part of all do not exceed.
fn percentile(figures: &[f64], part: f64) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() as f64 * part).ceil() as usize;
    sorted.get(at.saturating_sub(1).min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}

fn shown_size(size: usize) -> String {
    if size < 1_000_000 { format!("{} KB", size / 1000) } else { format!("{} MB", size / 1_000_000) }
}
