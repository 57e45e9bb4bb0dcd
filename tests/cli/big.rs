//! Files that are read part by part: the same findings as of the same text from standard input, which is held whole.

use super::run::Folder;

/// 26 MiB of dispatches; `broken` says which of them have something wrong.
fn corpus(broken: impl Fn(usize) -> Option<&'static str>) -> String {
    let paragraph = "The minister said on Monday that talks in Ankara would go on for another week.\n".repeat(60);
    let mut text = String::new();
    let mut number = 0;
    while text.len() <= 26 << 20 {
        number += 1;
        match broken(number) {
            Some(opener) => text.push_str(opener),
            None => text.push_str(&format!("=== FILE: {number}.txt ===\ndate: 2024-12-01\n\n")),
        }
        text.push_str(&paragraph);
        text.push('\n');
    }
    text
}

fn assert_same(text: &str) {
    let folder = Folder::new();
    folder.write("big.txt", text);
    let parts = folder.run("check --no-config --format jsonl big.txt");
    let whole = folder.run_with("check --no-config --format jsonl -", text.as_bytes(), &[]);
    assert_eq!(parts.code, whole.code, "{}", parts.err);
    let of_file = |out: &str| out.replace("\"path\":\"big.txt\"", "\"path\":\"-\"");
    let (parts, whole) = (of_file(&parts.out), whole.out);
    let differs = parts.lines().zip(whole.lines()).find(|(part, whole)| part != whole);
    assert!(parts == whole, "{differs:#?}, {} and {} findings", parts.lines().count(), whole.lines().count());
}

#[test]
fn goes_on_as_it_begins() {
    assert_same(&corpus(|number| match number {
        700 => Some("== FILE: odd.txt ===\n"),
        1900 => Some("=== FILE: 7.txt ===\n"),
        4000 => Some("=== FIEL: word.txt ===\ntilte: x\ndate: 2024-13-01\n\n"),
        _ => None,
    }));
}

/// What the first part looked like is not what the whole is: closers, and line ends of another kind, come late.
#[test]
fn turns_out_otherwise() {
    assert_same(&corpus(|number| match number {
        5000 => Some("=== END FILE ===\n=== FILE: closed.txt ===\r\ndate: 2024-12-01\n\n"),
        _ => None,
    }));
}

/// What `--fix` makes of a file, and what `--diff` says that it would, is what it makes of the text from standard input.
fn assert_same_repair(text: &str, options: &str) {
    let folder = Folder::new();
    folder.write("big.txt", text);
    let whole = folder.run_with(&format!("check --no-config --fix {options} -"), text.as_bytes(), &[]);
    let shown = folder.run(&format!("check --no-config --diff {options} big.txt"));
    assert_eq!(folder.read("big.txt"), text);
    let ran = folder.run(&format!("check --no-config --fix {options} big.txt"));
    let repaired = folder.read("big.txt");
    let differs = repaired.lines().zip(whole.out.lines()).find(|(parts, whole)| parts != whole);
    assert!(repaired == whole.out, "{differs:?}, {} and {} bytes", repaired.len(), whole.out.len());
    assert!(repaired != text, "{}", ran.err);
    assert_eq!(ran.code, whole.code, "{}", ran.err);
    let changed = |sign: &str| shown.out.lines().filter(|line| line.starts_with(sign)).count();
    let gone = text.lines().count() as isize - repaired.lines().count() as isize;
    assert_eq!(changed("-") as isize - changed("+") as isize, gone, "{}", shown.err);
    assert_eq!(folder.files(), ["big.txt"]);
    let again = folder.run(&format!("check --no-config --fix {options} big.txt"));
    assert!(!again.out.contains("made"), "{}", again.out);
    assert_eq!(folder.read("big.txt"), repaired);
}

#[test]
fn repaired_as_a_whole_is() {
    let text = corpus(|number| match number {
        700 => Some("== FILE: odd.txt ===\ndate: 2024-12-01\n\n"),
        1900 => Some("=== FILE: 7.txt ===\ndate: 2024-12-01\n\n"),
        2000 => Some(" === FIEL:\u{A0}word.txt ===\ndate: 2024-12-01\n"),
        4000 => Some("The end. === FILE: behind.txt ===\ndate: 2024-12-01\n\n"),
        _ => None,
    });
    assert_same_repair(text.trim_end(), "");
    assert_same_repair(&text, "--unsafe");
}

/// Line ends of another kind are in two parts; a closer is missing in one that many parts lie between.
#[test]
fn what_concerns_the_whole_file_is_repaired_in_each_part() {
    let text = corpus(|number| match number {
        10 | 5000 => Some("=== FILE: crlf.txt ===\r\ndate: 2024-12-01\r\n\r\n"),
        _ => None,
    });
    assert_same_repair(&text, "--select F022");
    let paragraph = "The minister said on Monday that talks in Ankara would go on for another week.\n".repeat(60_000);
    let mut text = String::new();
    for number in 0..6 {
        text += &format!("=== FILE: {number}.txt ===\ndate: 2024-12-01\n\n{paragraph}");
        text += if number == 2 { "\n" } else { "=== END FILE ===\n\n" };
    }
    assert_same_repair(&text, "");
}

#[test]
fn a_large_file_that_can_not_be_written_is_left_alone() {
    let text = corpus(|number| (number == 700).then_some("== FILE: odd.txt ===\ndate: 2024-12-01\n\n"));
    let folder = Folder::with(&[("big.txt", &text)]);
    let mut permissions = std::fs::metadata(folder.join("big.txt")).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(folder.join("big.txt"), permissions).unwrap();
    let ran = folder.run("check --no-config --fix --fail-on never big.txt");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error: big.txt: could not be written: it is read-only"), "{}", ran.err);
    assert!(folder.read("big.txt") == text);
}

/// What is no text is told, and never written.
#[test]
fn a_large_file_that_is_damaged_is_left_alone() {
    let mut bytes = corpus(|number| (number == 700).then_some("== FILE: odd.txt ===\n\n")).into_bytes();
    let near_the_end = bytes.len() - 100;
    bytes[near_the_end] = 0xFF;
    let folder = Folder::new();
    folder.write("big.txt", &bytes);
    let ran = folder.run("check --no-config --fix big.txt");
    assert!(ran.err.contains("checked, but never written"), "{}", ran.err);
    assert!(std::fs::read(folder.join("big.txt")).unwrap() == bytes);
    assert_eq!(folder.files(), ["big.txt"]);
}
