//! `--format human`: a dispatch as an editor shows it, with hints in place, and below it who is in it, when, and who
//! said what.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{Annotated, Plan};
use crate::annotate::{ActorKind, Annotations, Claim, Timex};
use crate::cli::output::{counted, visible};
use crate::features::hints::{HintKind, hints};
use crate::text::Span;

/// Columns of a line that goes to no terminal.
const WIDTH: usize = 100;
/// Columns that are good to read.
const WIDEST: usize = 120;
/// Characters of a claim's content in the list.
const CONTENT: usize = 160;

const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();
const HEADING: Style = AnsiColor::BrightBlue.on_default().bold();
const DATE: Style = AnsiColor::Cyan.on_default();
const CUE: Style = AnsiColor::Yellow.on_default();

/// What does not change from one dispatch to the next.
pub struct Painter {
    width: usize,
}

impl Painter {
    pub fn new() -> Painter {
        let terminal = terminal_size::terminal_size_of(std::io::stdout());
        Painter { width: terminal.map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(40, WIDEST)) }
    }
}

/// One dispatch.
pub fn write(plan: &Plan, dispatch: &Annotated, out: &mut Vec<u8>) {
    let width = plan.painter.width;
    let found = &dispatch.annotations;
    let mut page = heading(dispatch, width);
    for paragraph in painted(dispatch.text, found).split('\n') {
        let _ = writeln!(page, "{}", textwrap::fill(paragraph.trim_end(), width));
    }
    list(&mut page, width, "Actors", actors(plan, found));
    list(&mut page, width, "Dates", dates(plan, dispatch.text, found));
    list(&mut page, width, "Claims", claims(plan, dispatch.text, found));
    page.push('\n');
    out.extend(page.into_bytes());
}

fn heading(dispatch: &Annotated, width: usize) -> String {
    let name = if dispatch.file.is_empty() { dispatch.path } else { dispatch.file };
    let date = dispatch.date.map_or("no date".to_owned(), |date| date.to_string());
    let text = format!("{} · {date} ", visible(name));
    let rule = "─".repeat(width.saturating_sub(textwrap::core::display_width(&text) + 3));
    format!("{HEADING}── {text}{rule}{HEADING:#}\n")
}

/// The text with colours, and hints behind what they speak of.
fn painted(text: &str, found: &Annotations) -> String {
    let mut strokes: Vec<(Span, Style)> = Vec::new();
    strokes.extend(found.mentions.iter().map(|mention| (mention.full, color(mention.kind))));
    strokes.extend(found.dates.iter().map(|date| (date.span, DATE)));
    strokes.extend(found.claims.iter().flat_map(|claim| claim.cue.iter().map(|cue| (*cue, CUE))));
    strokes.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut hints = hints(text, found).into_iter().peekable();
    let mut page = String::with_capacity(2 * text.len());
    let mut done = 0;
    let mut upto = |page: &mut String, end: usize, style: Style| {
        // A hint may stand inside what is painted, such as a name inside a longer one.
        while let Some(hint) = hints.next_if(|hint| hint.at <= end) {
            paint(page, text, &mut done, hint.at, style);
            let color = match hint.kind {
                HintKind::Date => DATE,
                HintKind::Actor => DIM,
                HintKind::Claim => CUE,
            };
            let color = color.dimmed();
            let _ = write!(page, "{color}‹{}›{color:#}", visible(&hint.label));
        }
        paint(page, text, &mut done, end, style);
    };
    for (span, style) in strokes {
        upto(&mut page, span.start as usize, Style::new());
        upto(&mut page, span.end as usize, style);
    }
    upto(&mut page, text.len(), Style::new());
    page.trim_matches('\n').to_owned()
}

fn paint(page: &mut String, text: &str, done: &mut usize, end: usize, style: Style) {
    let Some(part) = text.get(*done..end).filter(|part| !part.is_empty()) else { return };
    *done = end;
    for (number, line) in part.split('\n').enumerate() {
        if number > 0 {
            page.push('\n');
        }
        if !line.is_empty() {
            let _ = write!(page, "{style}{}{style:#}", visible(line.trim_end_matches('\r')));
        }
    }
}

fn color(kind: ActorKind) -> Style {
    match kind {
        ActorKind::Person => AnsiColor::Green.on_default().bold(),
        ActorKind::Organization => AnsiColor::Magenta.on_default().bold(),
        ActorKind::Place => AnsiColor::Blue.on_default().bold(),
    }
}

fn list(page: &mut String, width: usize, title: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(page, "\n{BOLD}{title}{BOLD:#}");
    let options = textwrap::Options::new(width).initial_indent("  ").subsequent_indent("      ");
    for line in lines {
        let _ = writeln!(page, "{}", textwrap::fill(&line, &options));
    }
}

/// A line an actor: who it is, and how often it is named.
fn actors(plan: &Plan, found: &Annotations) -> Vec<String> {
    let line = |(number, actor): (usize, &crate::annotate::Actor)| {
        let mentions = found.mentions.iter().filter(|mention| mention.actor == number);
        let claims = found.claims.iter().filter(|claim| claim.actor == Some(number)).count();
        let id = actor.entry.and_then(|entry| plan.gazetteer.entry(entry, None)).map(|entry| entry.id.to_owned());
        let facts = [
            Some(actor.kind.name().to_owned()),
            actor.role.as_deref().map(visible),
            actor.country.clone(),
            Some(id.map_or("unlisted".to_owned(), |id| visible(&id))),
            Some(counted(mentions.clone().count(), "mention", "mentions")),
            (claims > 0).then(|| counted(claims, "claim", "claims")),
            mentions.clone().any(|mention| mention.ambiguous).then(|| "ambiguous".to_owned()),
            plan.explain.then(|| rules(mentions.map(|mention| mention.rule))),
        ];
        let style = color(actor.kind);
        format!("{style}{}{style:#} {DIM}{}{DIM:#}", visible(&actor.name), joined(facts))
    };
    found.actors.iter().enumerate().map(line).collect()
}

/// The dates in the order of time, each with how it is said; what is no day comes last.
fn dates(plan: &Plan, text: &str, found: &Annotations) -> Vec<String> {
    let mut by_value: BTreeMap<(bool, &str), Vec<&Timex>> = BTreeMap::new();
    for date in &found.dates {
        let is_day = date.value.starts_with(|first: char| first.is_ascii_digit());
        by_value.entry((!is_day, &date.value)).or_default().push(date);
    }
    let line = |((_, value), dates): ((bool, &str), Vec<&Timex>)| {
        let mut said: Vec<String> = dates.iter().map(|date| format!("“{}”", one_line(date.span.of(text)))).collect();
        said.dedup();
        let first = dates.first();
        let facts = [
            first.map(|date| date.kind.name().to_lowercase()),
            first.and_then(|date| date.until.as_deref()).map(|until| format!("to {until}")),
            first.and_then(|date| date.modifier).map(|modifier| modifier.name().to_lowercase()),
            first.and_then(|date| date.other.as_deref()).map(|other| format!("or {other}")),
            Some(said.join(", ")),
            plan.explain.then(|| rules(dates.iter().map(|date| date.rule))),
        ];
        format!("{DATE}{}{DATE:#} {DIM}{}{DIM:#}", visible(value), joined(facts))
    };
    by_value.into_iter().map(line).collect()
}

fn claims(plan: &Plan, text: &str, found: &Annotations) -> Vec<String> {
    let line = |claim: &Claim| {
        let said = |spans: &[Span]| spans.iter().map(|span| one_line(span.of(text))).collect::<Vec<_>>().join(" … ");
        let who = claim.actor.and_then(|actor| found.actors.get(actor)).map(|actor| visible(&actor.name));
        let who = who.unwrap_or_else(|| said(&claim.source));
        let who = if who.is_empty() { "(nobody named)".to_owned() } else { who };
        let facts = [
            Some(claim.kind.name().to_owned()),
            Some(claim.class.name().to_owned()),
            Some(claim.factuality.name().to_owned()),
            claim.inside.map(|outer| format!("inside claim {}", outer + 1)),
            plan.explain.then(|| claim.rule.to_owned()),
        ];
        let (cue, content) = (said(&claim.cue), shortened(&said(&claim.content)));
        format!("{BOLD}{who}{BOLD:#} {CUE}{cue}{CUE:#} {content} {DIM}{}{DIM:#}", joined(facts))
    };
    found.claims.iter().map(line).collect()
}

fn joined<const N: usize>(facts: [Option<String>; N]) -> String {
    facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn rules<'a>(rules: impl Iterator<Item = &'a str>) -> String {
    let mut rules: Vec<&str> = rules.collect();
    rules.sort_unstable();
    rules.dedup();
    rules.join(", ")
}

fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(CONTENT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}
