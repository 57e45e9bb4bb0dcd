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

/// What `--fix` makes of a text from standard input, which is held whole.
fn repaired_whole(text: &str, options: &str) -> String {
    let ran = Folder::new().run_with(&format!("check --no-config --fix {options} -"), text.as_bytes(), &[]);
    assert!(ran.out != text, "{}", ran.err);
    ran.out
}

fn assert_same_repair(text: &str, options: &str) {
    let folder = Folder::new();
    folder.write("big.txt", text);
    let whole = repaired_whole(text, options);
    let ran = folder.run(&format!("check --no-config --fix {options} big.txt"));
    let repaired = folder.read("big.txt");
    let differs = repaired.lines().zip(whole.lines()).find(|(parts, whole)| parts != whole);
    assert!(repaired == whole, "{differs:?}, {} and {} bytes; {}", repaired.len(), whole.len(), ran.err);
    assert_eq!(folder.files(), ["big.txt"]);
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
    assert_same_repair(text.trim_end(), "--unsafe");
}

/// A dispatch is larger than a part, and where its closer would have to stand is seen at its end.
#[test]
fn a_closer_is_put_behind_a_large_dispatch() {
    let line = "The minister said on Monday that talks in Ankara would go on for another week.\n";
    let mut text = String::new();
    for number in 0..290 {
        let lines = if number == 200 { 40_000 } else { 1_000 };
        text += &format!("=== FILE: {number}.txt ===\ndate: 2024-12-01\n\n{}", line.repeat(lines));
        text += if number == 200 { "\n" } else { "=== END FILE ===\n\n" };
    }
    assert_same_repair(&text, "");
}

/// Line ends of another kind, in two parts that are far from one another.
#[test]
fn shown_as_a_whole_is() {
    let text = corpus(|number| match number {
        10 | 5000 => Some("=== FILE: crlf.txt ===\r\ndate: 2024-12-01\r\n\r\n"),
        _ => None,
    });
    let folder = Folder::with(&[("big.txt", &text)]);
    let shown = folder.run("check --no-config --diff --select F022 big.txt");
    let signs = |sign: char| shown.out.lines().filter(|line| line.starts_with(sign)).count();
    assert_eq!((signs('-'), signs('+'), signs('@')), (7, 7, 2), "{}{}", shown.out, shown.err);
    assert!(folder.read("big.txt") == text);
    folder.write("the.diff", &shown.out);
    let mut patch = std::process::Command::new("patch");
    // Not every machine has it.
    if let Ok(status) = patch.args(["-p1", "-s", "--binary", "-i", "the.diff"]).current_dir(folder.path()).status() {
        assert!(status.success());
        assert!(folder.read("big.txt") == repaired_whole(&text, "--select F022"));
    }
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
