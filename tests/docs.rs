//! The pages in `docs/findings` say what the program does: every example is read, and its fix applied.
//!
//! A page has a block `dispatch before F001`: a corpus with carets `^^^` below what the finding marks, or a `|` for a
//! place between two characters; and behind it `dispatch after`: the same corpus after the first quick fix, unless there
//! is none. Invisible
//! characters are written `\u{200B}`, `\t`, `\r`; a caret behind the last character of a line is its line end. Words in
//! the info string: `also=H003` (other codes that may appear), `file=2024.txt` (name of the corpus file),
//! `latest=2024-06-30` (the setting `corpus.latest`), `no-final-newline`. A block `actors before G001` is an actors file;
//! one that is `actors` alone is known in the examples of its page.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use dispatch_ls::annotate;
use dispatch_ls::corpus::{Code, Corpus, Finding, KINDS, Kind, Options, Repair, View};
use dispatch_ls::gazetteer::read::Format;
use dispatch_ls::gazetteer::{ActorsFile, Gazetteer, lint};
use dispatch_ls::text::{apply, merge};

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let codes: BTreeSet<String> = KINDS.iter().map(|kind| kind.id.to_owned()).collect();
    let pages: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "README")
        .collect();
    assert_eq!(pages, codes);
}

#[test]
fn pages_and_table_agree_with_the_codes() {
    let index = read("README");
    for kind in KINDS {
        let page = read(kind.id);
        let (severity, fix) = (kind.severity.name(), fix_word(kind));
        let head = format!("# {} {}\n\nSeverity: **{severity}** · Quick fix: **{fix}**\n", kind.id, kind.slug);
        assert!(page.starts_with(&head), "{}.md must begin with\n{head}", kind.id);
        assert!(page.contains(&format!("\n{} = \"off\"\n", kind.id)), "{}.md must say how to turn it off", kind.id);
        let row = format!("| [{0}]({0}.md) | {1} | {2} | {severity} | {fix} |\n", kind.id, kind.slug, kind.finds);
        assert!(index.contains(&row), "README.md must have the row\n{row}");
    }
}

#[test]
fn examples_do_what_their_page_says() {
    let failures: Vec<String> = KINDS.iter().filter_map(|kind| check(kind).err()).collect();
    assert!(failures.is_empty(), "{} of {} pages:\n\n{}", failures.len(), KINDS.len(), failures.join("\n\n"));
}

#[test]
fn links_lead_to_a_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = ["", "docs", "docs/findings"].iter().flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap());
    let mut broken = Vec::new();
    for page in pages.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "md"))
    {
        let text = std::fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            let away = link.is_empty() || link.contains("://");
            if !away && !page.parent().unwrap().join(link).exists() {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[cfg(unix)]
#[test]
fn the_readme_shows_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let shown = readme.split("```text\n").skip(1).map(|rest| rest.split_once("\n```").unwrap().0);
    for (command, shown) in ["annotate", "check"].into_iter().zip(shown) {
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_dispatch-ls"))
            .args([command, "tests/samples"])
            .current_dir(root)
            .output()
            .unwrap();
        let printed = String::from_utf8(run.stdout).unwrap();
        for block in shown.split("\n\n") {
            assert!(printed.contains(block), "{command} does not print:\n{block}\n\nbut this:\n{printed}");
        }
    }
}

/// What the page of `kind` says and the program does not do.
fn check(kind: &Kind) -> Result<(), String> {
    let id = kind.id;
    let blocks = blocks(&read(id));
    let examples: Vec<usize> =
        (0..blocks.len()).filter(|at| blocks[*at].info.starts_with(&format!("before {id}"))).collect();
    // Its example would have to be a dictionary of another format.
    if examples.is_empty() && id != "G004" {
        return Err(format!("{id}: no block `dispatch before {id}`"));
    }
    let afters = blocks.iter().filter(|block| block.info == "after").count();
    let actors = blocks.iter().filter(|block| block.info == "actors").count();
    if (afters > 0) == (kind.repair == Repair::None) || afters + examples.len() + actors != blocks.len() {
        return Err(format!("{id}: a block `dispatch after` where there is a fix, and only there"));
    }
    for at in examples {
        let after = blocks.get(at + 1).filter(|block| block.info == "after");
        let actors = blocks.iter().find(|block| block.info == "actors").map(|block| Example::read(block).text);
        check_example(kind, &blocks[at], after, actors.as_deref())?;
    }
    Ok(())
}

/// The same for one example; without `after`, there must be no fix.
fn check_example(kind: &Kind, before: &Block, after: Option<&Block>, actors: Option<&str>) -> Result<(), String> {
    let id = kind.id;
    let after = after.map(|block| Example::read(block).text);
    let example = Example::read(before);
    let marked = example.marked.clone().ok_or(format!("{id}: nothing is marked in the example"))?;
    let text = example.text.as_str();
    let view = Corpus::read(text, &example.options).view();
    // Part of what H007 finds is found with the annotations.
    let annotated = before.info.split(' ').any(|word| word == "annotations");
    let all: Vec<Finding> = match &id[..1] {
        "F" | "H" if !annotated => view.findings(0..text.len() + 1).collect(),
        "G" => linted(text),
        _ => doubtful(text, &view, actors),
    };
    let (wanted, others): (Vec<&Finding>, Vec<&Finding>) = all.iter().partition(|finding| finding.code == kind.code);
    if let Some(other) = others.iter().find(|finding| !example.also.contains(&finding.code)) {
        return Err(format!("{id}: another finding, {}", show(text, other)));
    }
    let [finding] = wanted.as_slice() else {
        let found: Vec<String> = wanted.iter().map(|finding| show(text, finding)).collect();
        return Err(format!("{id}: one finding wanted, got {}: {}", found.len(), found.join("; ")));
    };
    if finding.range != marked {
        let want = Finding::new(kind.code, marked);
        return Err(format!("{id}: wanted {}\n      got    {}", show(text, &want), show(text, finding)));
    }

    let fixes = view.fixes(text, finding);
    let Some(after) = after else {
        return if fixes.is_empty() { Ok(()) } else { Err(format!("{id}: no fix wanted, got {fixes:?}")) };
    };
    let fix = fixes.first().ok_or(format!("{id}: no fix"))?;
    if fix.safe != (kind.repair == Repair::Safe) {
        return Err(format!("{id}: the fix is safe in one of page and program only"));
    }
    let got = apply(text, &merge(fix.edits.clone()));
    if got != after {
        return Err(format!("{id}: after the fix\n{}", difference(&after, &got)));
    }
    Ok(())
}

/// What is doubtful in the dispatches of an example.
fn doubtful(text: &str, view: &View, actors: Option<&str>) -> Vec<Finding> {
    let file = actors.map(actors_file);
    let files: Vec<&ActorsFile> = file.iter().collect();
    let gazetteer = Gazetteer::new(&files).0;
    let mut found: Vec<Finding> = view.findings(0..text.len() + 1).collect();
    for dispatch in view.dispatches(0..text.len()) {
        let (prose, date) = (dispatch.prose(), dispatch.date.as_ref().map(|date| date.date));
        let body = &text[prose.clone()];
        let doubts = annotate::doubts(body, date, &annotate::annotate(body, date, &gazetteer), &gazetteer);
        found.extend(doubts.into_iter().map(|doubt| Finding::new(doubt.code, doubt.span.at(prose.start))));
    }
    found
}

fn linted(text: &str) -> Vec<Finding> {
    let problems = lint(&[&actors_file(text)]).remove(0);
    problems.into_iter().map(|problem| Finding::new(Code::named(problem.code.id()).unwrap(), problem.range)).collect()
}

fn actors_file(text: &str) -> ActorsFile<'_> {
    ActorsFile { name: "actors.jsonl".to_owned(), text: text.into(), format: Format::of("actors.jsonl", text).unwrap() }
}

/// A fenced block of a page: the info string behind `dispatch`, and the lines between the fences.
struct Block {
    info: String,
    lines: Vec<String>,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let info = line.strip_prefix("```dispatch ").or_else(|| line.strip_prefix("```actors "));
        if let Some(info) = info.or((line == "```actors").then_some("actors")) {
            let lines = lines.by_ref().take_while(|line| *line != "```").map(str::to_owned).collect();
            blocks.push(Block { info: info.to_owned(), lines });
        }
    }
    blocks
}

/// A block as a corpus.
struct Example {
    text: String,
    /// Bytes of `text` above the carets.
    marked: Option<Range<usize>>,
    also: Vec<Code>,
    options: Options,
}

impl Example {
    fn read(block: &Block) -> Example {
        let mut text = String::new();
        let mut marked = None;
        // Where each shown column of the last line starts in `text`, its line end and the place behind it included.
        let mut columns = vec![0];
        for line in &block.lines {
            match caret_columns(line) {
                Some(range) => marked = Some(columns[range.start]..columns[range.end]),
                None => columns = push_line(&mut text, line),
            }
        }

        let mut example = Example { text, marked, also: Vec::new(), options: Options::default() };
        for word in block.info.split(' ') {
            match word.split_once('=') {
                Some(("also", codes)) => {
                    example.also = codes.split(',').map(|code| Code::named(code).unwrap()).collect()
                }
                Some(("file", name)) => example.options.file_name = name.to_owned(),
                Some(("latest", day)) => example.options.latest = Some(day.parse().unwrap()),
                None if word == "no-final-newline" => example.text.truncate(example.text.len() - 1),
                _ => {}
            }
        }
        example
    }
}

/// The columns that a line of carets (or a single bar) marks; `None` for any other line.
fn caret_columns(line: &str) -> Option<Range<usize>> {
    let mark = line.trim_start_matches(' ');
    let start = line.len() - mark.len();
    match mark {
        "" => None,
        "|" => Some(start..start),
        _ if mark.bytes().all(|byte| byte == b'^') => Some(start..line.len()),
        _ => None,
    }
}

/// Adds a line, its escapes undone, and returns where in `text` each shown column starts.
fn push_line(text: &mut String, line: &str) -> Vec<usize> {
    let mut columns = Vec::new();
    let mut rest = line;
    while let Some(char) = rest.chars().next() {
        let (meant, shown) = escape(rest).unwrap_or((char, char.len_utf8()));
        columns.extend(rest[..shown].chars().map(|_| text.len()));
        text.push(meant);
        rest = &rest[shown..];
    }
    columns.push(text.len());
    text.push('\n');
    columns.push(text.len());
    columns
}

/// The character that an escape at the start of `rest` stands for, and the escape's length.
fn escape(rest: &str) -> Option<(char, usize)> {
    match rest.get(..2)? {
        "\\t" => Some(('\t', 2)),
        "\\r" => Some(('\r', 2)),
        "\\u" => {
            let (digits, _) = rest.strip_prefix("\\u{")?.split_once('}')?;
            Some((char::from_u32(u32::from_str_radix(digits, 16).ok()?)?, digits.len() + 4))
        }
        _ => None,
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings")
}

fn read(page: &str) -> String {
    let path = folder().join(format!("{page}.md"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).replace("\r\n", "\n")
}

fn fix_word(kind: &Kind) -> &'static str {
    match kind.repair {
        Repair::Safe => "safe",
        Repair::Unsafe => "not safe",
        Repair::None => "none",
    }
}

fn show(text: &str, finding: &Finding) -> String {
    let line = text.get(..finding.range.start).unwrap_or(text).matches('\n').count() + 1;
    let part = text.get(finding.range.clone()).unwrap_or("a range that cuts a character or the text");
    format!("{} {:?} line {line} {part:?}", finding.code, finding.range)
}

/// The first line in which two texts differ.
fn difference(wanted: &str, got: &str) -> String {
    let line = wanted.split('\n').zip(got.split('\n')).take_while(|(wanted, got)| wanted == got).count();
    let of =
        |text: &str| text.split('\n').skip(line).take(2).map(|line| format!("{line:?}")).collect::<Vec<_>>().join(" ");
    format!("  line {}\n  wanted {}\n  got    {}", line + 1, of(wanted), of(got))
}
