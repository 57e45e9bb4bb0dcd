//! Code actions: the fixes of findings one by one and all at once, and the conversion of a corpus.

mod people;

use std::ops::Range;

use crate::corpus::{Code, Dialect, Finding, Fix, Repair};
use crate::text::Edit;
use crate::workspace::Snapshot;

use super::Watch;
use super::fix_all::{self, Wanted};
pub use people::{Meant, Wish, records};

/// Something a person can have done.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    pub title: String,
    pub kind: Kind,
    /// The finding that is gone then.
    pub finding: Option<Finding>,
    /// The likeliest of the fixes of a finding.
    pub is_preferred: bool,
    pub deed: Deed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    QuickFix,
    FixAll,
    Rewrite,
    /// About a name in the text.
    Actors,
}

/// What an action does.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    Edits(Vec<Edit>),
    /// Found out by [`resolve`] when it is wanted.
    Later(Errand),
    /// A list of places is shown, from byte `at` on.
    Show {
        at: usize,
        places: Vec<Range<usize>>,
    },
    /// Not possible, and why.
    Impossible(String),
}

/// Work on the whole file, or in another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    Fix(Wanted),
    Convert(Dialect),
    /// What it adds to an actors file [`records`] says.
    Actors(Wish),
}

/// What is asked for.
pub struct Question<'a> {
    pub range: Range<usize>,
    /// Whether actions of a kind are wanted.
    pub wants: &'a dyn Fn(Kind) -> bool,
    /// Kinds were named: what they stand for is wanted wherever the cursor is.
    pub is_explicit: bool,
    /// The client asks by itself, as the cursor moves.
    pub is_automatic: bool,
    /// The client can ask for edits later.
    pub may_be_later: bool,
    /// The client can show a list of places.
    pub shows_references: bool,
    /// Why nothing can be written into an actors file.
    pub no_actors_file: Option<String>,
}

/// Findings that are looked at in one range.
const MOST_FINDINGS: usize = 64;
/// An action with more edits hands them out later, where that is possible.
const MANY_EDITS: usize = 200;
/// What would take a look at every dispatch is not tried beforehand in a corpus of more.
const MANY_DISPATCHES: usize = 500;
/// In a larger file (bytes), what cannot be found out later is found out only where it was asked for.
const LARGE: usize = 1 << 20;

impl Kind {
    /// As the protocol has it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::QuickFix => "quickfix",
            Kind::FixAll => "source.fixAll.dispatch",
            Kind::Rewrite => "refactor.rewrite",
            Kind::Actors => "refactor.actors",
        }
    }
}

impl Errand {
    /// `fix safe`, `fix F001`, `convert angle`
    pub fn name(&self) -> String {
        match self {
            Errand::Fix(Wanted::Safe) => "fix safe".to_owned(),
            Errand::Fix(Wanted::Kind(code)) => format!("fix {code}"),
            Errand::Convert(dialect) => format!("convert {}", dialect.name()),
            Errand::Actors(wish) => format!("actors {}", serde_json::to_string(wish).unwrap_or_default()),
        }
    }

    /// The errand with this name.
    pub fn named(name: &str) -> Option<Errand> {
        match name.split_once(' ')? {
            ("fix", "safe") => Some(Errand::Fix(Wanted::Safe)),
            ("fix", code) => Code::named(code).map(|code| Errand::Fix(Wanted::Kind(code))),
            ("actors", wish) => serde_json::from_str(wish).ok().map(Errand::Actors),
            ("convert", dialect) => dialect.parse().ok().map(Errand::Convert),
            _ => None,
        }
    }
}

/// The actions for a range, the likeliest first; `None` where nobody waits for them any more.
pub fn find_all(snapshot: &Snapshot, question: &Question<'_>, watch: &dyn Watch) -> Option<Vec<Action>> {
    let mut actions = Vec::new();
    if (question.wants)(Kind::QuickFix) {
        quick_fixes(snapshot, question, watch, &mut actions)?;
    }
    if (question.wants)(Kind::Actors) {
        people::find(snapshot, question, watch, &mut actions)?;
    }
    if (question.wants)(Kind::FixAll) {
        fix_all(snapshot, question, watch, &mut actions)?;
    }
    if (question.wants)(Kind::Rewrite)
        && (question.is_explicit || (!question.is_automatic && on_delimiter(snapshot, question)))
    {
        conversions(snapshot, question, watch, &mut actions)?;
    }
    Some(actions)
}

/// The edits of an errand. `None` where nobody waits for them any more; an error says why it can't be done.
pub fn resolve(snapshot: &Snapshot, errand: Errand, watch: &dyn Watch) -> Option<Result<Vec<Edit>, String>> {
    match errand {
        Errand::Fix(wanted) => fix_all::find(snapshot, wanted, watch).map(Ok),
        Errand::Convert(dialect) => {
            let goes_on = |done| watch.goes_on(done, snapshot.text.len());
            snapshot.view.convert(&snapshot.text, dialect, &goes_on)
        }
        Errand::Actors(Wish::AsListed { id }) => people::as_listed(snapshot, &id, watch).map(Ok),
        Errand::Actors(_) => Some(Err("this is not about the text".to_owned())),
    }
}

fn quick_fixes(
    snapshot: &Snapshot,
    question: &Question<'_>,
    watch: &dyn Watch,
    actions: &mut Vec<Action>,
) -> Option<()> {
    let view = &snapshot.view;
    let shown = view.findings(question.range.clone()).filter(|finding| is_on(snapshot, finding.code));
    let mut kinds = Vec::new();
    for finding in shown.take(MOST_FINDINGS) {
        if !watch.goes_on(0, 0) {
            return None;
        }
        let fixes = view.fixes(&snapshot.text, &finding);
        if fixes.len() == 1 && !kinds.contains(&finding.code) {
            kinds.push(finding.code);
        }
        for (place, fix) in fixes.into_iter().enumerate() {
            actions.push(quick_fix(fix, &finding, place == 0, question));
        }
    }
    for code in kinds {
        let count = view.finding_counts().find(|(counted, _)| *counted == code).map_or(0, |(_, count)| count);
        if count > 1 {
            let title = format!("Fix all {code} ({}) in the file ({count})", code.kind().slug);
            let errand = Errand::Fix(Wanted::Kind(code));
            actions.extend(whole_file(snapshot, question, watch, title, Kind::QuickFix, errand)?);
        }
    }
    Some(())
}

fn is_on(snapshot: &Snapshot, code: Code) -> bool {
    snapshot.settings.severity(code).is_some()
}

fn quick_fix(fix: Fix, finding: &Finding, is_preferred: bool, question: &Question<'_>) -> Action {
    // Only findings about the whole file have that many edits, and there is one of a kind.
    let deed = if question.may_be_later && fix.edits.len() > MANY_EDITS {
        Deed::Later(Errand::Fix(Wanted::Kind(finding.code)))
    } else {
        Deed::Edits(fix.edits)
    };
    Action { title: fix.title, kind: Kind::QuickFix, finding: Some(finding.clone()), is_preferred, deed }
}

fn fix_all(snapshot: &Snapshot, question: &Question<'_>, watch: &dyn Watch, actions: &mut Vec<Action>) -> Option<()> {
    let counts = snapshot.view.finding_counts();
    let safe = counts.filter(|(code, _)| code.kind().repair == Repair::Safe && is_on(snapshot, *code));
    let count: usize = safe.map(|(_, count)| count).sum();
    if count > 0 {
        let title = format!("Fix all that can be fixed safely ({count})");
        actions.extend(whole_file(snapshot, question, watch, title, Kind::FixAll, Errand::Fix(Wanted::Safe))?);
    }
    Some(())
}

/// An action that looks at the whole file: later if possible, now if that is not too much. The outer `None` is for
/// nobody waiting, the inner one for no such action.
fn whole_file(
    snapshot: &Snapshot,
    question: &Question<'_>,
    watch: &dyn Watch,
    title: String,
    kind: Kind,
    errand: Errand,
) -> Option<Option<Action>> {
    let deed = if question.may_be_later {
        Deed::Later(errand)
    } else if question.is_explicit || (!question.is_automatic && snapshot.text.len() <= LARGE) {
        match resolve(snapshot, errand, watch)? {
            Ok(edits) if edits.is_empty() => return Some(None),
            Ok(edits) => Deed::Edits(edits),
            Err(why) => Deed::Impossible(why),
        }
    } else {
        return Some(None);
    };
    Some(Some(Action { title, kind, finding: None, is_preferred: false, deed }))
}

/// What a delimiter looks like in the dialects a corpus can be converted to. Those that only count have no names.
const EXAMPLES: &[(Dialect, &str)] = &[
    (Dialect::Canonical, "=== FILE: x ==="),
    (Dialect::Bars, "===== FILE: x ====="),
    (Dialect::Gitingest, "FILE: x between two rules"),
    (Dialect::Angle, "<<<FILE: x>>>"),
    (Dialect::Pem, "-----BEGIN FILE: x-----"),
    (Dialect::Bracket, "[FILE: x]"),
    (Dialect::Heading, "## File: x"),
    (Dialect::Head, "==> x <=="),
    (Dialect::Txtar, "-- x --"),
    (Dialect::Tag, "<FILE name=\"x\">"),
    (Dialect::Bare, "FILE: x"),
];

fn conversions(
    snapshot: &Snapshot,
    question: &Question<'_>,
    watch: &dyn Watch,
    actions: &mut Vec<Action>,
) -> Option<()> {
    let own = snapshot.view.dialect();
    if own == Dialect::Single {
        return Some(());
    }
    let is_small = snapshot.view.dispatch_count() <= MANY_DISPATCHES;
    for (dialect, example) in EXAMPLES.iter().filter(|(dialect, _)| *dialect != own) {
        let title = match dialect {
            Dialect::Canonical => format!("Convert this corpus to canonical delimiters: {example}"),
            _ => format!("Convert to dialect {}: {example}", dialect.name()),
        };
        let errand = Errand::Convert(*dialect);
        let tried = if is_small { Some(resolve(snapshot, errand.clone(), watch)?) } else { None };
        match tried {
            Some(Err(why)) => actions.push(Action {
                title,
                kind: Kind::Rewrite,
                finding: None,
                is_preferred: false,
                deed: Deed::Impossible(why),
            }),
            _ => actions.extend(whole_file(snapshot, question, watch, title, Kind::Rewrite, errand)?),
        }
    }
    Some(())
}

fn on_delimiter(snapshot: &Snapshot, question: &Question<'_>) -> bool {
    let range = &question.range;
    let touches =
        |delimiter: &crate::corpus::Delimiter| delimiter.range.start <= range.end && range.start <= delimiter.range.end;
    let mut near = snapshot.view.dispatches(range.start..range.end.saturating_add(1)).take(2);
    near.any(|dispatch| dispatch.opener.iter().chain(&dispatch.closer).any(touches))
}
