//! What is looked at in every case.

use dispatch_ls::corpus::{Code, Corpus, Finding, Options, Repair, View};
use dispatch_ls::text::{Edit, apply, merge};

pub fn read(text: &str) -> View {
    Corpus::read(text, &Options::default()).view()
}

pub fn findings(view: &View) -> Vec<Finding> {
    view.findings(0..usize::MAX).collect()
}

/// All but the hint on truncated dispatches.
pub fn serious(view: &View) -> Vec<Finding> {
    findings(view).into_iter().filter(|finding| finding.code != Code::F027).collect()
}

/// Those about markup.
pub fn of_markup(view: &View) -> Vec<Finding> {
    serious(view).into_iter().filter(|finding| finding.code.id().starts_with('F')).collect()
}

/// Names as they stand, of every dispatch.
pub fn names(text: &str, view: &View) -> Vec<Option<String>> {
    view.dispatches(0..usize::MAX)
        .map(|dispatch| dispatch.opener.and_then(|opener| opener.name).map(|range| text[range].to_owned()))
        .collect()
}

pub fn bodies(text: &str, view: &View) -> Vec<String> {
    view.dispatches(0..usize::MAX).map(|dispatch| text[dispatch.body].to_owned()).collect()
}

/// `F001 "==" `, for messages.
pub fn shown(text: &str, found: &[Finding]) -> String {
    let one = |finding: &Finding| {
        format!(
            "{} {:?} {:?}",
            finding.code,
            finding.range,
            text.get(finding.range.clone()).unwrap_or("(out of range)")
        )
    };
    found.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// One round of the first fixes of all findings that `wanted` takes.
pub fn fixed_once(text: &str, wanted: impl Fn(&Finding) -> bool) -> String {
    let view = read(text);
    let mut edits: Vec<Edit> = Vec::new();
    for finding in findings(&view).into_iter().filter(|finding| wanted(finding)) {
        if let Some(fix) = view.fixes(text, &finding).into_iter().next() {
            edits.extend(fix.edits);
        }
    }
    apply(text, &merge(edits))
}

/// Rounds until nothing changes; an error where that takes more than a dozen.
pub fn fixed(text: &str, wanted: impl Fn(&Finding) -> bool) -> Result<String, String> {
    let mut text = text.to_owned();
    for _ in 0..12 {
        let next = fixed_once(&text, &wanted);
        if next == text {
            return Ok(text);
        }
        text = next;
    }
    let view = read(&text);
    Err(format!("fixes never end: {}\n{text}", shown(&text, &findings(&view))))
}

pub fn is_safe(finding: &Finding) -> bool {
    finding.code.kind().repair == Repair::Safe
}

/// What holds for any text at all.
pub fn hold_laws(text: &str) -> Result<(), String> {
    let view = read(text);
    let found = findings(&view);
    for finding in &found {
        if text.get(finding.range.clone()).is_none() {
            return Err(format!("range cuts a character or the text: {} {:?}", finding.code, finding.range));
        }
        for fix in view.fixes(text, finding) {
            let sorted = fix.edits.windows(2).all(|pair| pair[0].end() <= pair[1].start());
            if !sorted || fix.edits.iter().any(|edit| text.get(edit.start()..edit.end()).is_none()) {
                return Err(format!("edits of {}: {:?}", finding.code, fix.edits));
            }
            if apply(text, &fix.edits) == text {
                return Err(format!("{} {:?}: \"{}\" changes nothing", finding.code, finding.range, fix.title));
            }
        }
        if view.message(text, finding).is_empty() {
            return Err(format!("{}: no message", finding.code));
        }
    }
    if let Some(pair) = found.windows(2).find(|pair| pair[0].range.start > pair[1].range.start) {
        return Err(format!("out of order: {}", shown(text, pair)));
    }
    if let Some(pair) = found.windows(2).find(|pair| pair[0].range == pair[1].range && pair[0].code == pair[1].code) {
        return Err(format!("twice the same: {}", shown(text, pair)));
    }
    for (code, count) in view.finding_counts() {
        let here = found.iter().filter(|finding| finding.code == code).count();
        if here != count {
            return Err(format!("{code}: counted {count}, found {here}"));
        }
    }

    let safe = fixed(text, is_safe)?;
    let view = read(&safe);
    let left: Vec<_> = findings(&view).into_iter().filter(is_safe).collect();
    if !left.is_empty() {
        return Err(format!("safe fixes leave {} in\n{safe}", shown(&safe, &left)));
    }
    let all = fixed(&safe, |_| true)?;
    let view = read(&all);
    let left: Vec<_> =
        findings(&view).into_iter().filter(|finding| !view.fixes(all.as_str(), finding).is_empty()).collect();
    if !left.is_empty() {
        return Err(format!("fixes leave {} in\n{all}", shown(&all, &left)));
    }
    Ok(())
}

/// Fails with the first few of what went wrong, and how much it was.
pub fn report(wrong: &[String]) {
    let most = std::env::var("WRONG").ok().and_then(|most| most.parse().ok()).unwrap_or(12);
    let first: Vec<_> = wrong.iter().take(most).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} wrong:\n\n{}", wrong.len(), first.join("\n\n"));
}
