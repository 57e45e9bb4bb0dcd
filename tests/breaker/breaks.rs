//! One part of one delimiter is broken: the right finding is there, on just that part, and nothing else; the
//! dispatch is still one, and the first fix brings the good corpus back.

use dispatch_ls::corpus::{Code, Dialect};
use dispatch_ls::text::apply;

use crate::check::{hold_laws, names, of_markup, read, shown};
use crate::corpora::{FORMS, Form, Part, Parts, good};
use crate::rng::{Rng, cases};

struct Break {
    code: Code,
    part: Part,
    /// The part as it was → broken; `None` where there is nothing to break in this form.
    how: fn(&str) -> Option<String>,
    what: &'static str,
}

const fn break_(code: Code, part: Part, what: &'static str, how: fn(&str) -> Option<String>) -> Break {
    Break { code, part, how, what }
}

fn word(from: &str, to: &str) -> Option<String> {
    let at = from.rfind("FILE").or_else(|| from.rfind("File"))?;
    Some(format!("{}{to}", &from[..at]))
}

/// In upper case only: `File` is right where the corpus says `File`.
fn upper(from: &str, to: &str) -> Option<String> {
    if from.ends_with("FILE") { word(from, to) } else { None }
}

fn some(to: &str) -> Option<String> {
    Some(to.to_owned())
}

fn if_space(from: &str, to: &str) -> Option<String> {
    (from == " ").then(|| to.to_owned())
}

/// `=` of `# ===`.
fn sign(from: &str) -> char {
    from.trim_end().chars().last().unwrap()
}

fn shorter(from: &str, by: usize) -> Option<String> {
    let trimmed = from.trim_end();
    let prefix = trimmed.trim_end_matches(sign(from));
    let run = trimmed.len() - prefix.len();
    (run > by).then(|| format!("{prefix}{}{}", sign(from).to_string().repeat(run - by), &from[trimmed.len()..]))
}

fn longer(from: &str, by: usize) -> Option<String> {
    let trimmed = from.trim_end();
    (sign(from) != '[' && sign(from) != ']')
        .then(|| format!("{trimmed}{}{}", sign(from).to_string().repeat(by), &from[trimmed.len()..]))
}

fn of_other_sign(from: &str, sign_in: char) -> Option<String> {
    let trimmed = from.trim_end();
    let prefix = trimmed.trim_end_matches(sign(from));
    let run = trimmed.len() - prefix.len();
    (matches!(sign(from), '=' | '-') && run > 2)
        .then(|| format!("{prefix}{}{}", sign_in.to_string().repeat(run), &from[trimmed.len()..]))
}

fn mixed(from: &str) -> Option<String> {
    let trimmed = from.trim_end();
    match sign(from) {
        '=' => Some(format!("{}-{}", &trimmed[..trimmed.len() - 1], &from[trimmed.len()..])),
        '-' => Some(format!("{}={}", &trimmed[..trimmed.len() - 1], &from[trimmed.len()..])),
        _ => None,
    }
}

const BREAKS: &[Break] = &[
    break_(Code::F001, Part::Left, "one sign less in front", |from| shorter(from, 1)),
    break_(Code::F001, Part::Right, "one sign less behind", |from| shorter(from, 1)),
    break_(Code::F001, Part::Left, "one sign more in front", |from| longer(from, 1)),
    break_(Code::F001, Part::Right, "one sign more behind", |from| longer(from, 1)),
    break_(Code::F001, Part::Right, "two signs less behind", |from| shorter(from, 2)),
    break_(Code::F001, Part::Left, "two signs less in front", |from| shorter(from, 2)),
    break_(Code::F001, Part::Right, "seven signs more behind", |from| longer(from, 7)),
    break_(Code::F001, Part::Left, "em dashes", |from| of_other_sign(from, '—')),
    break_(Code::F001, Part::Right, "en dashes", |from| of_other_sign(from, '–')),
    break_(Code::F001, Part::Right, "double bars", |from| of_other_sign(from, '═')),
    break_(Code::F001, Part::Left, "double bars in front", |from| of_other_sign(from, '═')),
    break_(Code::F001, Part::Right, "an em dash", |from| (sign(from) == '-').then(|| "—".into())),
    break_(Code::F001, Part::Right, "mixed", mixed),
    break_(Code::F001, Part::Left, "mixed in front", mixed),
    break_(Code::F003, Part::Keyword, "FIEL", |from| upper(from, "FIEL")),
    break_(Code::F003, Part::Keyword, "FLIE", |from| upper(from, "FLIE")),
    break_(Code::F003, Part::Keyword, "FILES", |from| upper(from, "FILES")),
    break_(Code::F003, Part::Keyword, "F ILE", |from| upper(from, "F ILE")),
    break_(Code::F003, Part::Keyword, "FI LE", |from| upper(from, "FI LE")),
    break_(Code::F003, Part::Keyword, "FIL E", |from| upper(from, "FIL E")),
    break_(Code::F003, Part::Keyword, "file", |from| upper(from, "file")),
    break_(Code::F003, Part::Keyword, "File", |from| upper(from, "File")),
    break_(Code::F003, Part::Keyword, "fILE", |from| upper(from, "fILE")),
    break_(Code::F003, Part::Keyword, "FILe", |from| upper(from, "FILe")),
    break_(Code::F003, Part::Keyword, "IFLE", |from| upper(from, "IFLE")),
    break_(Code::F003, Part::Keyword, "FIL", |from| upper(from, "FIL")),
    break_(Code::F003, Part::Keyword, "FLE", |from| upper(from, "FLE")),
    break_(Code::F003, Part::Keyword, "FILLE", |from| upper(from, "FILLE")),
    break_(Code::F003, Part::Keyword, "FiEl", |from| upper(from, "FiEl")),
    break_(Code::F004, Part::Colon, "no colon", |from| (from == ":").then(String::new)),
    break_(Code::F004, Part::Colon, "semicolon", |from| (from == ":").then(|| ";".into())),
    break_(Code::F004, Part::Colon, "full-width colon", |from| (from == ":").then(|| "：".into())),
    break_(Code::F004, Part::Colon, "full-width semicolon", |from| (from == ":").then(|| "；".into())),
    break_(Code::F004, Part::Colon, "space before the colon", |from| (from == ":").then(|| " :".into())),
    break_(Code::F004, Part::Colon, "two colons", |from| (from == ":").then(|| "::".into())),
    break_(Code::F004, Part::ColonGap, "no space behind the colon", |from| if_space(from, "")),
    break_(Code::F004, Part::ColonGap, "two spaces behind the colon", |from| if_space(from, "  ")),
    break_(Code::F004, Part::ColonGap, "a tab behind the colon", |from| if_space(from, "\t")),
    break_(Code::F004, Part::LeftGap, "two spaces behind the fence", |from| if_space(from, "  ")),
    break_(Code::F004, Part::LeftGap, "no space behind the fence", |from| if_space(from, "")),
    break_(Code::F004, Part::LeftGap, "a tab behind the fence", |from| if_space(from, "\t")),
    break_(Code::F004, Part::RightGap, "two spaces before the fence", |from| if_space(from, "  ")),
    break_(Code::F004, Part::RightGap, "no space before the fence", |from| if_space(from, "")),
    break_(Code::F004, Part::RightGap, "a tab before the fence", |from| if_space(from, "\t")),
    break_(Code::F007, Part::Before, "a space in front", |_| some(" ")),
    break_(Code::F007, Part::Before, "two spaces in front", |_| some("  ")),
    break_(Code::F007, Part::Before, "spaces in front", |_| some("        ")),
    break_(Code::F007, Part::Before, "a tab in front", |_| some("\t")),
    break_(Code::F007, Part::After, "a space behind", |_| some(" ")),
    break_(Code::F007, Part::After, "spaces behind", |_| some("   ")),
    break_(Code::F007, Part::After, "a tab behind", |_| some("\t")),
];

/// Runs one break over all forms that have the part.
fn check_break(
    broken: &Break,
    forms: &[&Form],
    seeds: u64,
    closers: bool,
    may: &[Code],
    wrong: &mut Vec<String>,
) -> usize {
    let mut done = 0;
    for (which, form) in forms.iter().enumerate() {
        for seed in 0..seeds {
            let mut rng = Rng::new(seed * 7919 + which as u64 * 31 + broken.what.len() as u64);
            let mut good = good(**form, &mut rng);
            let before = good.text();
            let item = rng.below(good.items.len());
            let target: &mut Parts = match (&mut good.items[item], closers) {
                (item, false) => &mut item.opener,
                (item, true) => match &mut item.closer {
                    Some(closer) => closer,
                    None => continue,
                },
            };
            let Some(put) = (broken.how)(target.part(broken.part)) else { continue };
            if put == *target.part(broken.part) {
                continue;
            }
            *target.part(broken.part) = put;
            let within = target.range(broken.part);
            let (text, starts) = good.text_and_starts();
            let start = if closers { starts[item].1 } else { starts[item].0 };
            let within = start + within.start..start + within.end;
            done += 1;

            let view = read(&text);
            let expected: Vec<_> = good.names().into_iter().map(Some).collect();
            let found = of_markup(&view);
            let line = &text[start..start + text[start..].find('\n').unwrap_or(text.len() - start)];
            let label = format!(
                "{} {} {:?} item {item} of {}: {line:?}",
                broken.code,
                broken.what,
                form.dialect,
                good.items.len()
            );
            if view.dialect() != form.dialect {
                wrong.push(format!("{label}: dialect {:?}", view.dialect()));
            } else if names(&text, &view) != expected {
                wrong.push(format!(
                    "{label}: names {:?}, not {expected:?}; {}",
                    names(&text, &view),
                    shown(&text, &found)
                ));
            } else if found.len() != 1 || (found[0].code != broken.code && !may.contains(&found[0].code)) {
                wrong.push(format!("{label}: {}", shown(&text, &found)));
            } else if found[0].range.start < within.start || found[0].range.end > within.end {
                wrong.push(format!("{label}: not just there: {} of {within:?}", shown(&text, &found)));
            } else if found[0].range.is_empty() != within.is_empty() {
                wrong.push(format!("{label}: empty: {} of {within:?}", shown(&text, &found)));
            } else {
                let fixes = view.fixes(text.as_str(), &found[0]);
                let fixed = fixes.first().map(|fix| apply(&text, &fix.edits));
                if fixed.as_deref() != Some(&before) {
                    let at = fixed.as_ref().map(|fixed| {
                        fixed
                            .lines()
                            .zip(before.lines())
                            .find(|(fixed, good)| fixed != good)
                            .map(|(fixed, _)| fixed.to_owned())
                    });
                    wrong.push(format!("{label}: not restored: {at:?} {fixes:?}"));
                } else if let Err(error) = hold_laws(&text) {
                    wrong.push(format!("{label}: {error}"));
                }
            }
        }
    }
    done
}

fn fenced() -> Vec<&'static Form> {
    FORMS.iter().filter(|form| form.is_fenced()).collect()
}

fn run(breaks: &[&Break], forms: &[&Form], closers: bool, seeds: u64) {
    let mut wrong = Vec::new();
    for broken in breaks {
        // `===FILE: x===` is well-formed elsewhere: then it is the opener of another dialect.
        let may = match broken.code {
            Code::F001 | Code::F004 => &[Code::F019][..],
            _ => &[],
        };
        let done = check_break(broken, forms, cases(seeds), closers, may, &mut wrong);
        assert!(done > 0, "{} is never tried", broken.what);
    }
    crate::check::report(&wrong);
}

#[test]
fn fences_of_openers() {
    run(&of(Code::F001), &fenced(), false, 3);
}

#[test]
fn keywords_of_openers() {
    run(&of(Code::F003), &fenced(), false, 3);
}

#[test]
fn separators_of_openers() {
    run(&of(Code::F004), &fenced(), false, 3);
}

#[test]
fn edges_of_openers() {
    run(&of(Code::F007), &fenced(), false, 3);
}

#[test]
fn edges_of_other_openers() {
    let forms: Vec<_> =
        FORMS.iter().filter(|form| matches!(form.dialect, Dialect::Heading | Dialect::Head | Dialect::Txtar)).collect();
    run(&of(Code::F007), &forms, false, 3);
}

#[test]
fn fences_of_closers() {
    run(&of(Code::F001), &fenced(), true, 4);
}

#[test]
fn keywords_of_closers() {
    let breaks: Vec<_> = of(Code::F003);
    run(&breaks, &fenced(), true, 4);
}

#[test]
fn edges_of_closers() {
    run(&of(Code::F007), &fenced(), true, 4);
}

#[test]
fn separators_of_closers() {
    run(&of(Code::F004), &fenced(), true, 4);
}

fn of(code: Code) -> Vec<&'static Break> {
    BREAKS.iter().filter(|broken| broken.code == code).collect()
}

/// A fence that is absent, with or without its space.
#[test]
fn missing_fences() {
    let mut wrong = Vec::new();
    for form in fenced() {
        for closers in [false, true] {
            for seed in 0..cases(12) {
                let mut rng = Rng::new(seed * 101);
                let mut good = good(*form, &mut rng);
                let before = good.text();
                let item = rng.below(good.items.len());
                let target = match (&mut good.items[item], closers) {
                    (item, false) => &mut item.opener,
                    (item, true) => match &mut item.closer {
                        Some(closer) => closer,
                        None => continue,
                    },
                };
                match seed % 3 {
                    0 => {
                        target.right.clear();
                        target.right_gap.clear();
                    }
                    1 => target.right.clear(),
                    // `BEGIN FILE: x-----` and `END FILE>>>` say it, too
                    _ => {
                        target.left.clear();
                        target.left_gap.clear();
                    }
                }
                let (text, starts) = good.text_and_starts();
                let start = if closers { starts[item].1 } else { starts[item].0 };
                let line = &text[start..start + text[start..].find('\n').unwrap()];
                let label = format!("{:?} item {item} of {}: {line:?}", form.dialect, good.items.len());
                let view = read(&text);
                let found = of_markup(&view);
                let expected: Vec<_> = good.names().into_iter().map(Some).collect();
                let codes: Vec<_> =
                    found.iter().map(|finding| finding.code).filter(|code| *code != Code::F007).collect();
                if view.dialect() != form.dialect || names(&text, &view) != expected {
                    wrong.push(format!(
                        "{label}: {:?} {:?} {}",
                        view.dialect(),
                        names(&text, &view),
                        shown(&text, &found)
                    ));
                } else if codes != [Code::F002] {
                    wrong.push(format!("{label}: {}", shown(&text, &found)));
                } else if found.iter().any(|finding| {
                    finding.range.start < start || finding.range.end > start + line.trim_end_matches(['\r', '\n']).len()
                }) {
                    wrong.push(format!("{label}: range {}", shown(&text, &found)));
                } else {
                    match crate::check::fixed(&text, crate::check::is_safe) {
                        Ok(fixed) if fixed == before => {}
                        Ok(fixed) => {
                            let at = fixed.lines().zip(before.lines()).find(|(fixed, good)| fixed != good);
                            wrong.push(format!("{label}: not restored: {at:?}"));
                        }
                        Err(error) => wrong.push(error),
                    }
                }
            }
        }
    }
    crate::check::report(&wrong);
}

/// Characters that nobody sees, in every gap of a delimiter and in the middle of its words.
const INVISIBLE: &[char] = &[
    '\u{00A0}',
    '\u{00AD}',
    '\u{061C}',
    '\u{180E}',
    '\u{200B}',
    '\u{200C}',
    '\u{200D}',
    '\u{200E}',
    '\u{200F}',
    '\u{202A}',
    '\u{202B}',
    '\u{202C}',
    '\u{202D}',
    '\u{202E}',
    '\u{202F}',
    '\u{2060}',
    '\u{2061}',
    '\u{2066}',
    '\u{2067}',
    '\u{2068}',
    '\u{2069}',
    '\u{206A}',
    '\u{FEFF}',
    '\u{FFF9}',
    '\u{E0001}',
    '\u{E0020}',
    '\u{2007}',
    '\u{2009}',
];

fn is_space(character: char) -> bool {
    character.is_whitespace()
}

#[test]
fn invisible_characters_everywhere() {
    let mut wrong = Vec::new();
    for form in fenced() {
        for closers in [false, true] {
            if closers && form.closer.is_none() {
                continue;
            }
            let long = std::env::var_os("DISPATCH_LS_LONG").is_some();
            for (which, invisible) in INVISIBLE.iter().enumerate() {
                if !long && (which + form.opener[0].len()) % 5 != 0 {
                    continue;
                }
                let mut rng = Rng::new(which as u64);
                let mut good = good(*form, &mut rng);
                if closers && good.items[0].closer.is_none() {
                    continue;
                }
                good.bom = false;
                let before = good.text();
                let item = 1;
                let target =
                    if closers { good.items[item].closer.clone().unwrap() } else { good.items[item].opener.clone() };
                let line = target.text();
                let keyword = target.range(Part::Keyword);
                for (at, _) in line.char_indices().chain([(line.len(), ' ')]) {
                    let replaces = is_space(*invisible) && line[at..].starts_with(' ');
                    let inside_word = at > 0
                        && at < line.len()
                        && !line[..at].ends_with([' ', ':'])
                        && !line[at..].starts_with([' ', ':']);
                    // A no-break space inside a word is a space inside a word, and beside one a doubled one.
                    if is_space(*invisible) && !replaces {
                        continue;
                    }
                    let _ = (inside_word, &keyword);
                    let end = if replaces { at + 1 } else { at };
                    let broken = format!("{}{invisible}{}", &line[..at], &line[end..]);
                    let (_, starts) = good.text_and_starts();
                    let start = if closers { starts[item].1 } else { starts[item].0 };
                    let text = format!("{}{broken}{}", &before[..start], &before[start + line.len()..]);
                    let label = format!("U+{:04X} {:?}: {broken:?}", u32::from(*invisible), form.dialect);
                    let view = read(&text);
                    let found = of_markup(&view);
                    let range = start + at..start + at + invisible.len_utf8();
                    let code_fits = found.len() == 1
                        && (found[0].code == Code::F005
                            || (*invisible == '\u{FEFF}' && found[0].code == Code::F006)
                            || (is_space(*invisible) && found[0].code == Code::F004));
                    if view.dialect() != form.dialect || view.dispatch_count() != good.items.len() {
                        wrong.push(format!(
                            "{label}: {:?} {}; {}",
                            view.dialect(),
                            view.dispatch_count(),
                            shown(&text, &found)
                        ));
                    } else if !code_fits || found[0].range != range {
                        wrong.push(format!("{label}: {} not at {range:?}", shown(&text, &found)));
                    } else {
                        let fixed = crate::check::fixed(&text, crate::check::is_safe);
                        if fixed.as_deref() != Ok(&before) {
                            wrong.push(format!("{label}: not restored"));
                        }
                    }
                }
            }
        }
    }
    crate::check::report(&wrong);
}

/// Two or three parts of one opener are broken at once: it is still one dispatch, and the safe fixes bring it back.
#[test]
fn several_at_once() {
    let mut wrong = Vec::new();
    for form in fenced() {
        for seed in 0..cases(40) {
            let mut rng = Rng::new(seed * 13 + 5);
            let mut good = good(*form, &mut rng);
            let before = good.text();
            let item = rng.below(good.items.len());
            let mut labels = Vec::new();
            let mut touched = Vec::new();
            for _ in 0..2 {
                let broken = rng.one(BREAKS);
                let target = &mut good.items[item].opener;
                // Fences and the spaces beside them count as one: two of them broken may be another dialect, or nothing
                // that anyone would know for a fence.
                let is_fence = broken.code == Code::F001 || matches!(broken.part, Part::LeftGap | Part::RightGap);
                let group = if is_fence { Part::Left } else { broken.part };
                if touched.contains(&group) {
                    continue;
                }
                let Some(put) = (broken.how)(target.part(broken.part)) else { continue };
                touched.push(group);
                *target.part(broken.part) = put;
                labels.push(broken.what);
            }
            let line = good.items[item].opener.text();
            let text = good.text();
            let view = read(&text);
            let label = format!("{:?} {labels:?} item {item} of {}: {line:?}", form.dialect, good.items.len());
            let found = of_markup(&view);
            if found.iter().any(|finding| finding.code == Code::F019) {
                continue;
            }
            let expected: Vec<_> = good.names().into_iter().map(Some).collect();
            if view.dialect() != form.dialect || names(&text, &view) != expected {
                wrong.push(format!("{label}: {:?} {:?} {}", view.dialect(), names(&text, &view), shown(&text, &found)));
                continue;
            }
            match crate::check::fixed(&text, crate::check::is_safe) {
                Ok(fixed) if fixed == before => {}
                Ok(fixed) => {
                    let at = fixed.lines().zip(before.lines()).find(|(fixed, good)| fixed != good);
                    wrong.push(format!("{label}: not restored: {at:?} {}", shown(&text, &found)));
                }
                Err(error) => wrong.push(format!("{label}: {error}")),
            }
        }
    }
    crate::check::report(&wrong);
}

/// The same in the dialects without a fenced word: in the middle of a name, and in every gap.
#[test]
fn invisible_characters_in_other_dialects() {
    let mut wrong = Vec::new();
    for form in FORMS
        .iter()
        .filter(|form| matches!(form.dialect, Dialect::Heading | Dialect::Head | Dialect::Txtar | Dialect::Bare))
    {
        for (which, invisible) in INVISIBLE.iter().enumerate().filter(|(_, c)| !is_space(**c)) {
            let mut good = good(*form, &mut Rng::new(which as u64));
            good.bom = false;
            let before = good.text();
            let line = good.items[1].opener.text();
            let (_, starts) = good.text_and_starts();
            for (at, _) in line.char_indices().skip(1) {
                let start = starts[1].0;
                let text = format!("{}{}{invisible}{}", &before[..start], &line[..at], &before[start + at..]);
                let view = read(&text);
                let found = of_markup(&view);
                let range = start + at..start + at + invisible.len_utf8();
                let is_right =
                    found.len() == 1 && matches!(found[0].code, Code::F005 | Code::F006) && found[0].range == range;
                let label =
                    format!("U+{:04X} {:?}: {:?}", u32::from(*invisible), form.dialect, text[start..].lines().next());
                if view.dispatch_count() != good.items.len() || !is_right {
                    wrong.push(format!("{label}: {} {}", view.dispatch_count(), shown(&text, &found)));
                } else if crate::check::fixed(&text, crate::check::is_safe).as_deref() != Ok(&before) {
                    wrong.push(format!("{label}: not restored"));
                }
            }
        }
    }
    crate::check::report(&wrong);
}
