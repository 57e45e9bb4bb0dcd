//! Names of dispatches: when two are the same, when one is unsafe, what looks like a file's name.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};
use std::sync::LazyLock;

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

/// Longest name in bytes.
pub const MAX_NAME: usize = 255;

/// Equal for names that are the same after NFC and full case folding; never 0, which stands for "no name". Another one
/// in each run, so that no file can have names made to collide.
pub fn key(name: &str) -> u64 {
    static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    let key = if !name.is_ascii() {
        SEED.hash_one(folded(name))
    } else if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        SEED.hash_one(name.to_ascii_lowercase())
    } else {
        SEED.hash_one(name)
    };
    key.max(1)
}

/// Sets and maps of keys, which are hashes already.
pub type Keys = HashSet<u64, BuildHasherDefault<KeyHasher>>;
pub type ByKey<V> = HashMap<u64, V, BuildHasherDefault<KeyHasher>>;

#[derive(Debug, Default, Clone, Copy)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// The name in NFC, case-folded.
pub fn folded(name: &str) -> String {
    name.nfc().default_case_fold().nfc().collect()
}

/// Why no file can safely have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsafe {
    Absolute,
    Drive,
    Parent,
    Backslash,
    Control,
    /// A folder in it has no name.
    NoFolder,
    /// A part of it is `.`, or ends with a dot or a space.
    Trimmed,
    Reserved,
    /// [`RECORD`], or what a repository keeps.
    Taken,
    TooLong,
}

impl Unsafe {
    pub fn reason(self) -> &'static str {
        match self {
            Unsafe::Absolute => "it is an absolute path",
            Unsafe::Drive => "it begins with a drive letter",
            Unsafe::Parent => "`..` leads out of the folder",
            Unsafe::Backslash => "it has a backslash",
            Unsafe::Control => "it has a control character",
            Unsafe::NoFolder => "a folder in it has no name",
            Unsafe::Trimmed => "ending with a dot or a space, it is another name on Windows",
            Unsafe::Reserved => "Windows reserves it",
            Unsafe::Taken => "`split` or a repository keeps its own files there",
            Unsafe::TooLong => "it is longer than 255 bytes",
        }
    }
}

/// Where `split` keeps its own record.
pub const RECORD: &str = ".dispatch-split.json";

/// Names that Windows keeps for devices, with any extension (Microsoft, "Naming Files, Paths, and Namespaces").
const RESERVED: [&str; 7] = ["CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$"];

/// The first reason why `name` is unsafe as a relative path.
pub fn unsafety(name: &str) -> Option<Unsafe> {
    let bytes = name.as_bytes();
    let drive = matches!(bytes, [letter, b':', ..] if letter.is_ascii_alphabetic());
    if name.len() > MAX_NAME {
        Some(Unsafe::TooLong)
    } else if bytes.first() == Some(&b'/') {
        Some(Unsafe::Absolute)
    } else if drive {
        Some(Unsafe::Drive)
    } else if name.contains('\\') {
        Some(Unsafe::Backslash)
    } else if name.chars().any(char::is_control) {
        Some(Unsafe::Control)
    } else {
        name.split('/').find_map(unsafety_of_part)
    }
}

fn unsafety_of_part(part: &str) -> Option<Unsafe> {
    match part {
        "" => Some(Unsafe::NoFolder),
        ".." => Some(Unsafe::Parent),
        _ if part.ends_with(['.', ' ']) => Some(Unsafe::Trimmed),
        _ if is_reserved(part) => Some(Unsafe::Reserved),
        _ if is_taken(part) => Some(Unsafe::Taken),
        _ => None,
    }
}

fn is_taken(part: &str) -> bool {
    part.eq_ignore_ascii_case(RECORD) || part.eq_ignore_ascii_case(".git")
}

fn is_reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end();
    let numbered = |device: &str| {
        stem.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(device))
            && matches!(
                stem.get(3..),
                Some("0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
            )
    };
    RESERVED.iter().any(|name| stem.eq_ignore_ascii_case(name)) || numbered("COM") || numbered("LPT")
}

/// A safe name as near as possible to an unsafe one.
pub fn made_safe(name: &str) -> String {
    let mut name: String = name.chars().map(|c| if c == '\\' { '/' } else { c }).filter(|c| !c.is_control()).collect();
    if matches!(name.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic()) {
        name = name.split_off(2);
    }
    let parts: Vec<String> = name
        .split('/')
        .map(|part| part.trim_end_matches(['.', ' ']))
        .filter(|part| !part.is_empty())
        .map(|part| if is_reserved(part) || is_taken(part) { format!("_{part}") } else { part.to_owned() })
        .collect();
    let name = parts.join("/");
    if name.len() <= MAX_NAME {
        return name;
    }
    // The end holds the extension, and what tells one long name from the next.
    let (stem, extension) = split_extension(&name);
    let keep = MAX_NAME.saturating_sub(extension.len());
    let cut = stem.floor_char_boundary(keep);
    // The cut can be behind a dot, a space or a `/`, and a file of that name none.
    format!("{}{extension}", stem.get(..cut).unwrap_or_default().trim_end_matches(['.', ' ', '/']))
}

/// Stem and extension with its dot; the extension is empty where there is none.
pub fn split_extension(name: &str) -> (&str, &str) {
    let file = name.rfind('/').map_or(0, |at| at + 1);
    match name.get(file..).and_then(|file| file.rfind('.')) {
        Some(dot) if dot > 0 && name.len() - file - dot <= 16 => name.split_at(file + dot),
        _ => (name, ""),
    }
}

/// `name` with `-number` in front of its extension.
pub fn numbered(name: &str, number: usize) -> String {
    let (stem, extension) = split_extension(name);
    format!("{stem}-{number}{extension}")
}

/// Whether a text looks like a file's name rather than words: one token, with an extension, a digit, `_` or a path.
pub fn is_file_like(name: &str) -> bool {
    let one_token = !name.is_empty() && !name.contains(char::is_whitespace) && !name.contains(['"', '“', '”', '«']);
    one_token
        && (has_extension(name) || name.contains(['_', '/']) || name.bytes().any(|byte| byte.is_ascii_digit()))
        && name.chars().any(char::is_alphanumeric)
}

/// Whether a name ends with an extension such as `.txt`.
pub fn has_extension(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, extension)| {
        stem.chars().any(char::is_alphanumeric)
            && (1..=8).contains(&extension.len())
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && !name.ends_with("..")
    })
}

/// What files of text are called. A name of several words is believed by these only: prose ends in `Inc.com`, too.
const EXTENSIONS: [&str; 30] = [
    "txt", "text", "md", "htm", "html", "xhtml", "xml", "sgm", "sgml", "json", "jsonl", "csv", "tsv", "pdf", "doc",
    "docx", "odt", "rtf", "tex", "log", "eml", "yaml", "yml", "toml", "py", "js", "ts", "rs", "dispatch", "corpus",
];

/// Whether a text can hardly be anything but the name of a file: one token that looks like one, or several words with
/// the extension of a file of text.
pub fn is_sure(name: &str) -> bool {
    is_file_like(name) && !name.contains(' ') || !name.contains(['"', '“', '”', '«']) && is_text(name)
}

/// Whether a name ends as those of files of text do.
pub fn is_text(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    has_extension(name) && EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

/// How addresses in the web end, which credits have between dashes.
const WEB: [&str; 3] = ["com", "net", "org"];

/// Whether a name of one token is an address, or a number: `ap.org`, `https://ap.org/a.txt`, `j.smith@ap.org`, `2.0`.
pub fn is_address_or_number(name: &str) -> bool {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    name.contains("://")
        || name.contains('@')
        || WEB.iter().any(|known| known.eq_ignore_ascii_case(extension))
        || stem.bytes().all(|byte| byte.is_ascii_digit()) && extension.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a path without an extension can be one of a file: `wire/b-2`, but neither `AP/Reuters` nor `24/7`.
pub fn is_path(name: &str) -> bool {
    let has = |is: fn(char) -> bool| name.contains(is);
    name.contains('/') && (name.contains('_') || has(|c| c.is_ascii_digit()) && has(char::is_alphabetic))
}

/// A short file name made of words: lower case, hyphens.
pub fn slug(words: &str) -> String {
    let mut slug = String::new();
    for word in words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.len() + word.len() > 60 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.to_lowercase().nfc());
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_names() {
        assert_eq!(key("A.txt"), key("a.TXT"));
        assert_eq!(key("Straße"), key("STRASSE"));
        assert_eq!(key("e\u{301}"), key("É"));
        assert_ne!(key("a.txt"), key("b.txt"));
    }

    #[test]
    fn unsafe_names_and_their_repair() {
        let cases = [
            ("/etc/passwd", Some(Unsafe::Absolute), "etc/passwd"),
            ("C:\\x.txt", Some(Unsafe::Drive), "x.txt"),
            ("../../x.txt", Some(Unsafe::Parent), "x.txt"),
            ("a\\b.txt", Some(Unsafe::Backslash), "a/b.txt"),
            ("a\u{1}b", Some(Unsafe::Control), "ab"),
            ("nul.txt", Some(Unsafe::Reserved), "_nul.txt"),
            ("COM7", Some(Unsafe::Reserved), "_COM7"),
            ("a.txt.", Some(Unsafe::Trimmed), "a.txt"),
            ("./a .txt/b ", Some(Unsafe::Trimmed), "a .txt/b"),
            ("a//b/", Some(Unsafe::NoFolder), "a/b"),
            ("x/conout$.txt", Some(Unsafe::Reserved), "x/_conout$.txt"),
            (".GIT/config", Some(Unsafe::Taken), "_.GIT/config"),
            (".dispatch-split.json", Some(Unsafe::Taken), "_.dispatch-split.json"),
            ("a/b.txt", None, "a/b.txt"),
            ("console.txt", None, "console.txt"),
            ("خبر ۱.txt", None, "خبر ۱.txt"),
        ];
        for (name, wanted, repaired) in cases {
            assert_eq!(unsafety(name), wanted, "{name}");
            assert_eq!(made_safe(name), repaired);
            assert_eq!(unsafety(&made_safe(name)), None);
        }
        let long = format!("{}.txt", "é".repeat(200));
        assert_eq!(unsafety(&long), Some(Unsafe::TooLong));
        assert!(made_safe(&long).ends_with("é.txt") && unsafety(&made_safe(&long)).is_none());
        for at in 240..260 {
            let cut = made_safe(&format!("{}./. /{}.txt", "x".repeat(at), "y".repeat(20)));
            assert_eq!(unsafety(&cut), None, "{cut}");
        }
    }

    #[test]
    fn file_like() {
        for name in ["a.txt", "000_2ac9.txt", "dir/x", "0001", "x_y", "core_trader.py"] {
            assert!(is_file_like(name), "{name}");
        }
        for name in ["MANAGER", "the minister", "PHOTO", "NO. 24-117", "", "...", "\"x.py\""] {
            assert!(!is_file_like(name), "{name}");
        }
        assert_eq!(numbered("a/b.txt", 2), "a/b-2.txt");
        assert_eq!(numbered("v1.2/b", 2), "v1.2/b-2");
        assert_eq!(slug("Assad: Syria continues!"), "assad-syria-continues");
    }
}
