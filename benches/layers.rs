//! The same with all annotations on: what an editor asks for after each keystroke and at each look at another place.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Plan, Server, command, median, milliseconds, opening, pause, percentile, shown_size};
use crate::actors::actors;
use crate::client::{Client, URI, frame};
use crate::corpus::Recipe;
use crate::edits::Script;

/// Lines that an editor shows.
const VIEW: usize = 60;
/// Names in the actors file of the second column.
const NAMES: usize = 1_000_000;
/// After so many keystrokes there is a rest, in which the server begins to look for what is doubtful.
const PAUSES: usize = 40;
const PAUSE: Duration = Duration::from_millis(450);
/// Milliseconds in which a view must be there.
const GOAL: f64 = 5.0;

/// What is asked for a view, its name in the protocol, and the ability that announces it.
const KINDS: [(&str, &str, &str); 3] = [
    ("hints", "textDocument/inlayHint", "inlayHintProvider"),
    ("tokens", "textDocument/semanticTokens/range", "semanticTokensProvider"),
    ("lenses", "textDocument/codeLens", "codeLensProvider"),
];

/// Figures of one round with one server, in milliseconds.
#[derive(Default)]
struct Round {
    keystroke: Vec<f64>,
    /// On the delimiter of the edited dispatch.
    hover: Vec<f64>,
    /// On the edited word.
    word: Vec<f64>,
    /// By the place in [`KINDS`].
    views: [Vec<f64>; 3],
}

/// Measures all sizes and prints a table of each; how many goals were missed.
pub fn measure(plan: &Plan) -> usize {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let file = folder.path().join("actors.jsonl");
    std::fs::write(&file, actors(NAMES / 2, 2)).expect("room for an actors file");
    let names = json!({"actors": {"files": [file]}});
    plan.sizes.iter().map(|size| measure_size(plan, *size, &names, folder.path())).sum()
}

fn measure_size(plan: &Plan, size: usize, names: &Value, cache: &std::path::Path) -> usize {
    let text = Recipe::CLEAN.text(size);
    let open = opening(&text);
    let servers = [(Server::Ours, Value::Null), (Server::Ours, names.clone()), (Server::Echo, Value::Null)];
    let mut rounds: [Vec<Round>; 3] = Default::default();
    for number in 0..plan.rounds {
        for turn in 0..servers.len() {
            let at = (number + turn) % servers.len();
            let (server, options) = &servers[at];
            rounds[at].push(run(plan, *server, options, &text, &open, number as u64, cache));
        }
    }
    println!("\n{} · all layers", shown_size(size));
    println!("  {:<32}{:>12}{:>12}{:>8}{:>8}  goal", "", "dispatch-ls", "1M names", "echo", "ratio");
    let mut missed = 0;
    let mut row = |name: &str, figure: &dyn Fn(&Round) -> f64, goal: Option<f64>, is_ratio: bool| {
        let [ours, named, echo] = [0, 1, 2].map(|at| median(rounds[at].iter().map(figure).collect()));
        let judged = if is_ratio { ours.max(named) / echo } else { ours.max(named) };
        let verdict = match goal {
            None => String::new(),
            Some(goal) if judged <= goal => format!("≤ {goal} PASS"),
            Some(goal) => {
                missed += 1;
                format!("≤ {goal} over")
            }
        };
        let ratio = if is_ratio { format!("{judged:8.2}") } else { format!("{:8}", "") };
        println!("  {name:<32}{ours:>12.3}{named:>12.3}{echo:>8.3}{ratio}  {verdict}");
    };
    row("keystroke → diagnostics  p50", &|round| percentile(&round.keystroke, 0.50), None, true);
    row("keystroke → diagnostics  p99", &|round| percentile(&round.keystroke, 0.99), Some(1.5), true);
    row("keystroke → hover  p50", &|round| percentile(&round.hover, 0.50), None, true);
    row("keystroke → hover  p99", &|round| percentile(&round.hover, 0.99), Some(1.5), true);
    row("… on the edited word  p50", &|round| percentile(&round.word, 0.50), None, true);
    row("… on the edited word  p99", &|round| percentile(&round.word, 0.99), None, true);
    for (kind, (name, ..)) in KINDS.iter().enumerate() {
        if rounds[0].iter().all(|round| round.views[kind].is_empty()) {
            println!("  {name}: dispatch-ls announces none");
            continue;
        }
        row(&format!("{name} of a view  p50"), &|round| percentile(&round.views[kind], 0.50), None, false);
        row(&format!("{name} of a view  p99"), &|round| percentile(&round.views[kind], 0.99), Some(GOAL), false);
    }
    missed
}

fn run(
    plan: &Plan,
    server: Server,
    options: &Value,
    text: &str,
    open: &[u8],
    seed: u64,
    cache: &std::path::Path,
) -> Round {
    let mut command = command(plan, server);
    // What is made of a large actors file is kept there, and not in the user's own folder.
    command.env("XDG_CACHE_HOME", cache).env("HOME", cache);
    let mut client = Client::start(command, options);
    let mut round = Round::default();
    client.publish_after(open, 1);
    if !options.is_null() {
        client.until_method("workspace/inlayHint/refresh");
    }
    std::thread::sleep(plan.rest);
    let mut script = Script::new(text, seed + 1);
    for number in 0..plan.keystrokes + plan.keystrokes / 10 {
        if number % PAUSES == PAUSES - 1 {
            std::thread::sleep(PAUSE);
        }
        let step = script.keystroke(number);
        let hints = request(&mut client, KINDS[0].1, view(step.place.0)).1;
        let (time, _) = client.publish_after(&[frame(&step.message), hints].concat(), step.version);
        // The first ones find nothing in the caches of the processor.
        if number >= plan.keystrokes / 10 {
            round.keystroke.push(milliseconds(time));
        }
        pause();
        client.drain();
    }
    for number in 0..2 * plan.hovers {
        let step = script.keystroke(number / 2);
        let hints = request(&mut client, KINDS[0].1, view(step.place.0)).1;
        let (line, character) = if number % 2 == 0 { (step.hover_line, 6) } else { step.place };
        let at = json!({"textDocument": {"uri": URI}, "position": {"line": line, "character": character}});
        let (id, hover) = request(&mut client, "textDocument/hover", at);
        let (time, answer) = client.answer_after(&[frame(&step.message), hints, hover].concat(), id);
        assert!(answer["error"].is_null(), "hover: {}", answer["error"]);
        let times = if number % 2 == 0 { &mut round.hover } else { &mut round.word };
        times.push(milliseconds(time));
        pause();
        client.drain();
    }
    for (kind, (_, method, ability)) in KINDS.iter().enumerate() {
        let views = if client.has(ability) { plan.views } else { 0 };
        for _ in 0..views {
            // Anywhere: in a large file nobody has looked there before.
            let (id, frame) = request(&mut client, method, view(script.any_line()));
            let (time, answer) = client.answer_after(&frame, id);
            assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
            round.views[kind].push(milliseconds(time));
            pause();
        }
    }
    client.stop();
    round
}

/// The parameters of a request about what is shown around a line.
fn view(line: usize) -> Value {
    let start = line.saturating_sub(VIEW / 2);
    let range = json!({"start": {"line": start, "character": 0}, "end": {"line": start + VIEW, "character": 0}});
    json!({"textDocument": {"uri": URI}, "range": range})
}

/// A request, ready to be sent, and its id.
fn request(client: &mut Client, method: &str, params: Value) -> (u64, Vec<u8>) {
    let id = client.next_id();
    (id, frame(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})))
}
