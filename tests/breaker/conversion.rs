//! Converting and formatting: names and texts come through, prose is never touched.

use dispatch_ls::corpus::Dialect;
use dispatch_ls::text::{apply, merge};

use crate::check::{bodies, names, read};
use crate::corpora::{FORMS, good};
use crate::rng::{Rng, cases};

/// Names as their dialect means them.
fn meant(dialect: Dialect, names: Vec<Option<String>>) -> Vec<Option<String>> {
    let plain = |name: String| name.replace("&lt;", "<").replace("&quot;", "\"").replace("&amp;", "&");
    names.into_iter().map(|name| if dialect == Dialect::Tag { name.map(plain) } else { name }).collect()
}

fn trimmed(bodies: Vec<String>) -> Vec<String> {
    bodies.into_iter().map(|body| body.trim_end_matches(['\n', '\r']).to_owned()).collect()
}

#[test]
fn every_pair() {
    let mut wrong = Vec::new();
    let mut done = 0;
    for (which, form) in FORMS.iter().enumerate() {
        for seed in 0..cases(1) {
            let good = good(*form, &mut Rng::new(seed * 77 + which as u64));
            let text = good.text();
            let view = read(&text);
            let expected = meant(form.dialect, names(&text, &view));
            // A tag's dispatch has its closing tag, which is taken away with it.
            let body = |text: &str| trimmed(bodies(text, &read(text)));
            for to in Dialect::ALL {
                let label = format!("{:?} to {to:?}", form.dialect);
                let edits = match view.convert(text.as_str(), to, &|_| true).unwrap() {
                    Ok(edits) => edits,
                    Err(reason) if reason.is_empty() => {
                        wrong.push(format!("{label}: no reason"));
                        continue;
                    }
                    Err(reason) => {
                        let nameless = matches!(to, Dialect::Single | Dialect::Lexis | Dialect::Proquest);
                        if !nameless && !reason.contains('`') {
                            wrong.push(format!("{label}: {reason}"));
                        }
                        let all = matches!(to, Dialect::Canonical | Dialect::Angle | Dialect::Tag | Dialect::Gitingest);
                        if all {
                            wrong.push(format!("{label}: refused: {reason}"));
                        }
                        continue;
                    }
                };
                done += 1;
                if edits != merge(edits.clone()) {
                    wrong.push(format!("{label}: edits overlap"));
                    continue;
                }
                let there = apply(&text, &edits);
                let view_there = read(&there);
                if view_there.dialect() != to {
                    wrong.push(format!("{label}: read as {:?}:\n{there}", view_there.dialect()));
                    continue;
                }
                let got = meant(to, names(&there, &view_there));
                if got != expected {
                    wrong.push(format!("{label}: names {got:?}, not {expected:?}"));
                    continue;
                }
                if body(&there) != body(&text) {
                    wrong.push(format!("{label}: bodies {:#?}, not {:#?}", body(&there), body(&text)));
                    continue;
                }
                let markup: Vec<_> = crate::check::of_markup(&view_there);
                if !markup.is_empty() {
                    wrong.push(format!("{label}: {}", crate::check::shown(&there, &markup)));
                }
                // And back: from canonical nothing is lost where closers can be kept.
                let keeps = good.items[0].closer.is_none();
                if form.dialect == Dialect::Canonical && keeps && !matches!(to, Dialect::Tag) {
                    let back = view_there
                        .convert(there.as_str(), Dialect::Canonical, &|_| true)
                        .unwrap()
                        .map(|edits| apply(&there, &edits));
                    if back.as_deref() != Ok(&text) {
                        wrong.push(format!("{label}: not the same back: {back:?}"));
                    }
                }
            }
        }
    }
    assert!(done > 100, "{done} conversions");
    crate::check::report(&wrong);
}

#[test]
fn formatting_is_done_once_and_leaves_prose_alone() {
    let mut wrong = Vec::new();
    for (which, form) in FORMS.iter().enumerate() {
        for seed in 0..cases(6) {
            let mut rng = Rng::new(seed * 91 + which as u64);
            let mut good = good(*form, &mut rng);
            let text = good.text();
            let view = read(&text);
            if !view.format(text.as_str(), 0..text.len(), &|_| true).unwrap().is_empty() {
                wrong.push(format!(
                    "{:?}: a good corpus is formatted: {:?}",
                    form.dialect,
                    view.format(text.as_str(), 0..text.len(), &|_| true).unwrap()
                ));
            }
            // Untidy headers and delimiters.
            for item in &mut good.items {
                item.header = item.header.replace("source: ", "Source:   ").replace("title: ", "title:");
                if form.is_fenced() && rng.coin() {
                    item.opener.after.push(' ');
                }
            }
            let text = good.text();
            let view = read(&text);
            let once = apply(&text, &view.format(text.as_str(), 0..text.len(), &|_| true).unwrap());
            let twice_view = read(&once);
            let twice = apply(&once, &twice_view.format(once.as_str(), 0..once.len(), &|_| true).unwrap());
            if once != twice {
                wrong.push(format!("{:?}: not idempotent:\n{once}\n{twice}", form.dialect));
            } else if bodies(&text, &view) != bodies(&once, &twice_view) {
                wrong.push(format!("{:?}: prose touched:\n{text}\n{once}", form.dialect));
            }
        }
    }
    crate::check::report(&wrong);
}
