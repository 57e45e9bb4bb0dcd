//! Names that only sound alike: for suggestions, never to bind.
//!
//! Names in Latin letters are compared part by part, without articles and forms of address: consonants that spellings of
//! one name swap (`q`, `gh`, `k`) are alike, vowels count less. The last part, or a patronymic, has to be there in both.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::key::{Folded, Key};
use crate::tables;

static FORMS_OF_ADDRESS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| tables::words(include_str!("tables/forms-of-address.txt")));

/// Reasons, the closest first.
pub const ARTICLE: &str = "the same but for the article";
pub const ALIKE: &str = "sounds alike";
pub const PART: &str = "is part of the name";
pub const PART_ALIKE: &str = "sounds like part of the name";

/// Letters of a name of one part, at least.
const SHORTEST: usize = 4;
/// Vowels that may differ in a part with as many consonants.
const CONSONANTS_FOR_A_VOWEL: usize = 3;
/// Most spellings of a part that are looked up.
const SPELLINGS: usize = 16;

/// A name as it sounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    /// As it is folded.
    text: String,
    /// Clusters of vowels around and between the consonants: always one more than those.
    vowels: Vec<String>,
    consonants: Vec<Consonant>,
    /// Whether `bin`, `ibn` or `ben` is in front of it.
    is_patronymic: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Consonant {
    B,
    C,
    Ch,
    D,
    Dh,
    F,
    G,
    Gh,
    H,
    J,
    K,
    Kh,
    L,
    M,
    N,
    P,
    Q,
    R,
    S,
    Sh,
    T,
    Th,
    V,
    W,
    X,
    Z,
    Zh,
}

/// The parts of a folded name that count, and whether `bin` or its like is in front of each. None where the name is not in
/// Latin letters.
fn significant<'a>(folded: &'a Folded, each: &mut dyn FnMut(&'a str, bool)) {
    if !folded.text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'&') {
        return;
    }
    let (mut start, mut is_first, mut is_patronymic) = (0, true, false);
    for end in &folded.ends {
        let text = folded.text.get(start..*end).unwrap_or_default();
        start = *end;
        let is_last = *end == folded.text.len();
        match text {
            "al" | "abd" if !is_last => {}
            "bin" | "bint" => is_patronymic = true,
            _ if is_first && !is_last && FORMS_OF_ADDRESS.contains(text) => {}
            _ => {
                each(text, is_patronymic);
                (is_first, is_patronymic) = (false, false);
            }
        }
    }
}

/// Hands out the keys under which a folded name is listed: by its last part, and by patronymics, which are used alone.
pub fn listed_keys(folded: &Folded, each: &mut dyn FnMut(u32)) {
    let mut last = None;
    significant(folded, &mut |text, is_patronymic| {
        if let Some((text, true)) = last.replace((text, is_patronymic)) {
            each(listed_key(text));
        }
    });
    if let Some((text, _)) = last {
        each(listed_key(text));
    }
}

fn listed_key(part: &str) -> u32 {
    let mut key = Key::new();
    heard(part, &mut |sound| {
        if let Heard::Consonant(consonant) = sound {
            key.push_part(consonant.classes().first().copied().unwrap_or_default());
        }
    });
    (key.finish() >> 32) as u32
}

impl Sound {
    /// That of a folded name; `None` where it is not in Latin letters, or nothing is left of it.
    pub fn new(folded: &Folded) -> Option<Sound> {
        let mut parts: Vec<Part> = Vec::new();
        significant(folded, &mut |text, is_patronymic| parts.push(Part::new(text, is_patronymic)));
        (!parts.is_empty()).then_some(Sound { parts })
    }

    /// Keys under which names that sound alike may be listed.
    pub fn alike(&self) -> Vec<u32> {
        let mut keys: Vec<u32> = self.decisive().flat_map(|part| part.keys(SPELLINGS)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn decisive(&self) -> impl Iterator<Item = &Part> {
        let last = self.parts.len() - 1;
        self.parts.iter().enumerate().filter(move |(at, part)| *at == last || part.is_patronymic).map(|(_, part)| part)
    }

    /// How it is alike to a listed name; the smaller the number, the more.
    pub fn compare(&self, listed: &Sound) -> Option<(u32, &'static str)> {
        let (short, long) = if self.parts.len() <= listed.parts.len() { (self, listed) } else { (listed, self) };
        let mut cost = 0;
        let mut rest = long.parts.as_slice();
        for (at, part) in short.parts.iter().enumerate() {
            let is_last = at + 1 == short.parts.len();
            let (skipped, apart) = rest.iter().enumerate().find_map(|(skipped, other)| {
                // The last parts go together, unless a patronymic is all the shorter one has.
                let fits = !is_last || skipped + 1 == rest.len() || (part.is_patronymic && other.is_patronymic);
                Some((skipped, part.compare(other).filter(|_| fits)?))
            })?;
            cost += apart;
            rest = rest.get(skipped + 1..).unwrap_or_default();
        }
        let is_alone = short.parts.len() == 1;
        if is_alone && short.parts.iter().any(|part| part.text.len() < SHORTEST) {
            return None;
        }
        let missing = (long.parts.len() - short.parts.len()) as u32;
        let reason = match (missing, cost) {
            (0, 0) => ARTICLE,
            (0, _) => ALIKE,
            (_, 0) => PART,
            _ => PART_ALIKE,
        };
        Some((missing * 100 + cost, reason))
    }
}

impl Part {
    fn new(text: &str, is_patronymic: bool) -> Part {
        let mut part =
            Part { text: text.to_owned(), vowels: vec![String::new()], consonants: Vec::new(), is_patronymic };
        heard(text, &mut |sound| match sound {
            Heard::Consonant(consonant) => {
                part.consonants.push(consonant);
                part.vowels.push(String::new());
            }
            Heard::Vowel(vowel) => {
                if let Some(cluster) = part.vowels.last_mut().filter(|cluster| !cluster.ends_with(vowel)) {
                    cluster.push(vowel);
                }
            }
        });
        part
    }

    /// How far apart two parts sound: 0 for the same; `None` where they are different names.
    fn compare(&self, other: &Part) -> Option<u32> {
        if self.text == other.text {
            return Some(0);
        }
        if self.consonants.len() != other.consonants.len() || self.consonants.is_empty() {
            return None;
        }
        let mut cost = 1;
        for (mine, others) in self.consonants.iter().zip(&other.consonants) {
            if !mine.is_like(*others) {
                return None;
            }
            cost += u32::from(mine != others);
        }
        let last = self.vowels.len() - 1;
        for (at, (mine, others)) in self.vowels.iter().zip(&other.vowels).enumerate() {
            let is_edge = at == 0 || at == last;
            match apart(mine, others) {
                Apart::Same => {}
                Apart::Near => cost += 1,
                Apart::Missing if at == last && (mine == "e" || others == "e") => cost += 1,
                Apart::Missing | Apart::Far if is_edge => return None,
                Apart::Missing => cost += 4,
                // `Rashid` and `Rashad` are two names.
                Apart::Far if at + 1 == last && self.consonants.len() <= CONSONANTS_FOR_A_VOWEL => return None,
                Apart::Far => cost += 8,
            }
        }
        let most = if self.consonants.len() >= CONSONANTS_FOR_A_VOWEL { 14 } else { 6 };
        (cost <= most && (cost < 8 || self.consonants.len() > 2 && self.text.len() > 5)).then_some(cost)
    }

    /// Keys of the ways in which its consonants are spelt, at most `most`; the first is the one under which it is listed.
    fn keys(&self, most: usize) -> Vec<u32> {
        let mut spellings = vec![String::new()];
        for consonant in &self.consonants {
            let classes = consonant.classes();
            let single = classes.len() == 1 || spellings.len() * classes.len() > most;
            let classes = if single { classes.get(..1).unwrap_or_default() } else { classes };
            spellings = classes
                .iter()
                .flat_map(|class| spellings.iter().map(move |spelling| format!("{spelling}{class}")))
                .collect();
        }
        let mut keys: Vec<u32> = Vec::new();
        for spelling in spellings {
            let mut key = Key::new();
            key.push_part(&spelling);
            let key = (key.finish() >> 32) as u32;
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }
}

enum Heard {
    Consonant(Consonant),
    Vowel(char),
}

/// What is heard of a part: doubled consonants once, no h at its end.
fn heard(part: &str, each: &mut dyn FnMut(Heard)) {
    let mut rest = part.as_bytes();
    let mut before = None;
    while let Some(first) = rest.first() {
        let (length, consonant) = consonant(rest);
        rest = rest.get(length..).unwrap_or_default();
        match consonant {
            Some(Consonant::H) if rest.is_empty() => {}
            Some(consonant) if before == Some(consonant) => {}
            Some(consonant) => each(Heard::Consonant(consonant)),
            None => each(Heard::Vowel(if *first == b'y' { 'i' } else { char::from(*first) })),
        }
        before = consonant;
    }
}

/// The consonant at the start of `rest` and the bytes it takes; `None` for a vowel.
fn consonant(rest: &[u8]) -> (usize, Option<Consonant>) {
    use Consonant::*;
    let (length, consonant) = match rest {
        [b't', b's', b'c', b'h', ..] => (4, Ch),
        [b's', b'h', b'c', b'h', ..] => (4, Sh),
        [b's', b'c', b'h', ..] => (3, Sh),
        [b't', b'c', b'h', ..] => (3, Ch),
        [b'd', b'z', b'h', ..] => (3, J),
        // Hungarian spells a soft d and t so.
        [b'g', b'y', b'i', ..] => (2, D),
        [b't', b'y', b'i', ..] => (2, T),
        [b's', b'h' | b'z', ..] => (2, Sh),
        [b'c', b'h' | b'z', ..] => (2, Ch),
        [b'k', b'h', ..] => (2, Kh),
        [b'g', b'h', ..] => (2, Gh),
        [b'd', b'h', ..] => (2, Dh),
        [b't', b'h', ..] => (2, Th),
        [b'z', b'h', ..] => (2, Zh),
        [b'd', b'j', ..] => (2, J),
        [b'p', b'h', ..] => (2, F),
        [b'c', b'k', ..] => (2, K),
        [b't', b's' | b'z', ..] => (2, C),
        [b'b', ..] => (1, B),
        [b'c', ..] => (1, C),
        [b'd', ..] => (1, D),
        [b'f', ..] => (1, F),
        [b'g', ..] => (1, G),
        [b'h', ..] => (1, H),
        [b'j', ..] => (1, J),
        [b'k', ..] => (1, K),
        [b'l', ..] => (1, L),
        [b'm', ..] => (1, M),
        [b'n', ..] => (1, N),
        [b'p', ..] => (1, P),
        [b'q', ..] => (1, Q),
        [b'r', ..] => (1, R),
        [b's', ..] => (1, S),
        [b't', ..] => (1, T),
        [b'v', ..] => (1, V),
        [b'w', ..] => (1, W),
        [b'x', ..] => (1, X),
        [b'z', ..] => (1, Z),
        _ => return (1, None),
    };
    (length, Some(consonant))
}

impl Consonant {
    /// Whether two consonants are spellings of one in some pair of languages.
    fn is_like(self, other: Consonant) -> bool {
        use Consonant::*;
        const LIKE: &[(Consonant, Consonant)] = &[
            (K, Q),
            (K, C),
            (K, Kh),
            (K, G),
            (Q, G),
            (Q, Gh),
            (G, Gh),
            (G, J),
            (J, Zh),
            (J, Dh),
            (Kh, H),
            (Ch, Sh),
            (Ch, C),
            (Ch, Kh),
            (S, C),
            (S, Z),
            (D, Dh),
            (Dh, Z),
            (T, Th),
            (S, Th),
            (V, W),
            (V, F),
            (B, P),
            (S, X),
            (K, X),
            (Ch, J),
        ];
        self == other || LIKE.iter().any(|(one, two)| (*one, *two) == (self, other) || (*two, *one) == (self, other))
    }

    /// The classes under which names with it are listed and looked up; the first is where they are listed.
    fn classes(self) -> &'static [&'static str] {
        use Consonant::*;
        match self {
            K | Q => &["k"],
            G => &["k", "j"],
            Gh => &["k"],
            Kh => &["k", ""],
            H => &["", "k"],
            C => &["k", "s"],
            Ch => &["s", "k", "j"],
            J => &["j", "k", "s", "d"],
            Zh => &["j"],
            S | Z => &["s", "k", "d"],
            Sh | X => &["s", "k"],
            Th => &["d", "s"],
            D | T => &["d"],
            Dh => &["d", "s", "j"],
            B | P => &["b"],
            F | V | W => &["v"],
            L => &["l"],
            M => &["m"],
            N => &["n"],
            R => &["r"],
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Apart {
    Same,
    /// `a` and `e`, `e` and `i`, `o` and `u`.
    Near,
    /// One of them has none.
    Missing,
    Far,
}

fn apart(one: &str, other: &str) -> Apart {
    if one == other {
        return Apart::Same;
    }
    if one.is_empty() || other.is_empty() {
        return Apart::Missing;
    }
    let near = |a: char, b: char| {
        a == b || matches!((a, b), ('a', 'e') | ('e', 'a') | ('e', 'i') | ('i', 'e') | ('o', 'u') | ('u', 'o'))
    };
    if one.chars().any(|a| other.chars().any(|b| near(a, b))) { Apart::Near } else { Apart::Far }
}
