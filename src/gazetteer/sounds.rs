//! Names that only sound alike: for suggestions, never to bind.
//!
//! Names in Latin letters are compared part by part, without articles and forms of address: consonants that spellings of
//! one name swap (`q`, `gh`, `k`) are alike, vowels count less. The last part, or a patronymic, has to be there in both.

use std::collections::HashSet;
use std::sync::LazyLock;

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

impl Sound {
    /// That of a folded name; `None` where it is not in Latin letters, or nothing is left of it.
    pub fn new(folded: &Folded) -> Option<Sound> {
        if !folded.text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'&') {
            return None;
        }
        let mut parts: Vec<Part> = Vec::new();
        let mut is_patronymic = false;
        let mut start = 0;
        for end in &folded.ends {
            let text = folded.text.get(start..*end).unwrap_or_default();
            start = *end;
            match text {
                "al" | "abd" if *end < folded.text.len() => {}
                "bin" | "bint" => is_patronymic = true,
                _ if parts.is_empty() && FORMS_OF_ADDRESS.contains(text) && *end < folded.text.len() => {}
                _ => {
                    parts.extend(Part::new(text, is_patronymic));
                    is_patronymic = false;
                }
            }
        }
        (!parts.is_empty()).then_some(Sound { parts })
    }

    /// Keys under which it is listed: by its last part, and by patronymics, which are used alone.
    pub fn keys(&self) -> Vec<u32> {
        let mut keys: Vec<u32> = self.decisive().filter_map(|part| part.keys(1).first().copied()).collect();
        keys.dedup();
        keys
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
    fn new(text: &str, is_patronymic: bool) -> Option<Part> {
        // Hungarian spells a soft d and t so.
        let spelt = text.replace("gyi", "di").replace("tyi", "ti");
        let mut part =
            Part { text: text.to_owned(), vowels: vec![String::new()], consonants: Vec::new(), is_patronymic };
        let mut rest = spelt.as_str();
        while let Some(first) = rest.chars().next() {
            let (length, consonant) = consonant(rest);
            rest = rest.get(length..).unwrap_or_default();
            match consonant {
                // A final h is not heard.
                Some(Consonant::H) if rest.is_empty() => {}
                Some(consonant) if part.is_double(consonant) => {}
                Some(consonant) => {
                    part.consonants.push(consonant);
                    part.vowels.push(String::new());
                }
                None => {
                    let vowel = if first == 'y' { 'i' } else { first };
                    if let Some(cluster) = part.vowels.last_mut().filter(|cluster| !cluster.ends_with(vowel)) {
                        cluster.push(vowel);
                    }
                }
            }
        }
        (!part.text.is_empty()).then_some(part)
    }

    fn is_double(&self, consonant: Consonant) -> bool {
        self.consonants.last() == Some(&consonant) && self.vowels.last().is_some_and(String::is_empty)
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

/// The consonant at the start of `rest` and the bytes it takes; `None` for a vowel.
fn consonant(rest: &str) -> (usize, Option<Consonant>) {
    use Consonant::*;
    const SPELT: &[(&str, Consonant)] = &[
        ("tsch", Ch),
        ("sch", Sh),
        ("tch", Ch),
        ("dzh", J),
        ("shch", Sh),
        ("sh", Sh),
        ("sz", Sh),
        ("ch", Ch),
        ("cz", Ch),
        ("kh", Kh),
        ("gh", Gh),
        ("dh", Dh),
        ("th", Th),
        ("zh", Zh),
        ("dj", J),
        ("ph", F),
        ("ck", K),
        ("ts", C),
        ("tz", C),
        ("b", B),
        ("c", C),
        ("d", D),
        ("f", F),
        ("g", G),
        ("h", H),
        ("j", J),
        ("k", K),
        ("l", L),
        ("m", M),
        ("n", N),
        ("p", P),
        ("q", Q),
        ("r", R),
        ("s", S),
        ("t", T),
        ("v", V),
        ("w", W),
        ("x", X),
        ("z", Z),
    ];
    match SPELT.iter().find(|(spelling, _)| rest.starts_with(spelling)) {
        Some((spelling, consonant)) => (spelling.len(), Some(*consonant)),
        None => (rest.chars().next().map_or(1, char::len_utf8), None),
    }
}

impl Consonant {
    /// Whether two consonants are spellings of one in some pair of languages.
    fn is_like(self, other: Consonant) -> bool {
        use Consonant::*;
        const LIKE: &[(Consonant, Consonant)] = &[
            (K, Q),
            (K, C),
            (K, Kh),
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
