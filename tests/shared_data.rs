//! Real dispatches in `../shared/data`, where that folder exists: nothing in edited news may look like markup, and
//! every delimiter that was seen in the wild is read. The folder is not part of the project; without it the tests
//! say so and pass.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops at the first surprise")]

use std::path::{Path, PathBuf};

use dispatch_ls::corpus::{Code, Corpus, Dialect, Finding, Options, View};

fn shared() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if path.is_dir() {
        return Some(path);
    }
    println!("left out: ../shared/data is not on this machine");
    None
}

fn texts(folder: &Path) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "txt") {
                texts.push((
                    path.file_name().unwrap().to_string_lossy().into_owned(),
                    std::fs::read_to_string(&path).unwrap(),
                ));
            }
        }
    }
    texts.sort();
    texts
}

fn read(text: &str) -> View {
    Corpus::read(text, &Options::default()).view()
}

fn findings(view: &View) -> Vec<Finding> {
    view.findings(0..usize::MAX).collect()
}

fn line_at(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let line = &text[start..end];
    &line[..line.floor_char_boundary(160)]
}

#[test]
fn no_false_alarm_in_edited_news() {
    let Some(shared) = shared() else { return };
    let mut alarms = Vec::new();
    let mut documents = 0;
    for folder in ["claims", "dates", "actors", "dispatches"] {
        let mut corpora = vec![String::new(), String::new(), String::new()];
        for (number, (name, text)) in texts(&shared.join(folder)).into_iter().enumerate() {
            documents += 1;
            let text = text.trim_end();
            corpora[0].push_str(&format!("=== FILE: {number}-{name} ===\ndate: 2020-01-01\n\n{text}\n\n"));
            corpora[1].push_str(&format!("<<<FILE: {number}-{name}>>>\n{text}\n<<<END FILE>>>\n\n"));
            corpora[2].push_str(&format!("{rule}\nFILE: {number}-{name}\n{rule}\n{text}\n\n", rule = "=".repeat(48)));
        }
        for corpus in corpora {
            let view = read(&corpus);
            for finding in findings(&view) {
                // A byte order mark or a lost character in the middle of an article is really there.
                let quiet =
                    matches!(finding.code, Code::F006 | Code::F026 | Code::F027) || !finding.code.id().starts_with('F');
                if !quiet {
                    alarms.push(format!(
                        "{folder} {} {}\n  {}",
                        finding.code,
                        view.message(corpus.as_str(), &finding),
                        line_at(&corpus, finding.range.start)
                    ));
                }
            }
        }
    }
    assert!(documents > 1000);
    assert!(alarms.is_empty(), "{} false alarms in {documents} documents:\n{}", alarms.len(), alarms.join("\n"));
}

fn rows(name: &str) -> Option<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(shared()?.join("dispatches").join(name)).unwrap();
    Some(
        text.lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').map(unescape).collect())
            .collect(),
    )
}

/// `\u00a0` and `\n` as the tables write them.
fn unescape(cell: &str) -> String {
    let mut parts = cell.split("\\u");
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        text.push(char::from_u32(u32::from_str_radix(&part[..4], 16).unwrap()).unwrap());
        text.push_str(&part[4..]);
    }
    text.replace("\\n", "\n")
}

const STORY: &str = "The minister said on Monday that talks would go on for another week.\n";

#[test]
fn delimiter_lines() {
    let Some(rows) = rows("delimiter-lines.tsv") else { return };
    let mut wrong = Vec::new();
    for row in rows {
        let [kind, before, line, after, _] = row.as_slice() else { panic!("{row:?}") };
        let group: String =
            [before, line, after].iter().filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect();
        let canonical = "=== FILE: 1.txt ===\nThe first.\n\n=== FILE: 2.txt ===\nThe second.\n\n";
        let alone = format!("{STORY}{group}{STORY}");
        let in_canonical = format!("{canonical}{STORY}\n{group}{STORY}");
        match kind.as_str() {
            "delim" => {
                let twice = format!("{group}{STORY}\n{}{STORY}", group.replace("a.txt", "b.txt"));
                let (once, twice) = (read(&format!("{group}{STORY}")), read(&twice));
                if once.dialect() == Dialect::Single || once.dispatch_count() != 1 || twice.dispatch_count() != 2 {
                    wrong.push(format!(
                        "not recognised: {line:?} as {:?} {:?}",
                        once.dialect(),
                        twice.dispatch_count()
                    ));
                }
                let flawed: Vec<_> = findings(&once)
                    .into_iter()
                    .filter(|finding| finding.code < Code::F009 || finding.code == Code::F016)
                    .collect();
                if !flawed.is_empty() {
                    wrong.push(format!("a flaw in {line:?}: {flawed:?}"));
                }
            }
            "malformed" => {
                for text in [&alone, &in_canonical] {
                    let view = read(text);
                    let start = text.find(group.as_str()).unwrap();
                    let end = start + group.len();
                    if !findings(&view).iter().any(|finding| {
                        finding.range.start >= start && finding.range.end <= end && finding.code.id().starts_with('F')
                    }) {
                        wrong.push(format!("not found: {line:?} in {text:?}"));
                    }
                }
            }
            _ => {
                for text in [&alone, &in_canonical, &group, &format!("{canonical}{group}")] {
                    let view = read(text);
                    let found: Vec<_> = findings(&view)
                        .into_iter()
                        .filter(|finding| finding.code.id().starts_with('F') && finding.code != Code::F027)
                        .collect();
                    if !found.is_empty() {
                        wrong.push(format!("a false alarm: {line:?} in {text:?}: {found:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn prologues() {
    let Some(rows) = rows("prologues.tsv") else { return };
    let mut wrong = Vec::new();
    for row in rows {
        let opening = &row[0];
        let text = format!("{opening} and so on, the agency said.\n");
        for text in [text.clone(), format!("=== FILE: a.txt ===\n{text}\n=== FILE: b.txt ===\n{text}")] {
            let view = read(&text);
            for dispatch in view.dispatches(0..text.len()) {
                let date = dispatch.date.map(|date| date.date.to_string());
                if dispatch.prologue.is_none()
                    || !opening.contains(&format!("date {}", date.clone().unwrap_or_default()))
                    || date.is_none()
                {
                    wrong.push(format!("{opening:?}: {date:?}"));
                }
            }
            for finding in findings(&view)
                .iter()
                .filter(|finding| finding.code.id().starts_with('F') && finding.code != Code::F027)
            {
                wrong.push(format!("{opening:?}: {finding:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
