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
