//! Corpora to measure with: canonical dispatches of about 2 KB, paragraphs of one line each, the same text for the same
//! recipe on every machine.

use std::io::{self, Write};

/// What a corpus is made of.
#[derive(Debug, Clone, Copy)]
pub struct Recipe {
    pub language: Language,
    /// Every so many dispatches one has a finding; none has where this is `None`.
    pub one_broken_in: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    English,
    Spanish,
    Russian,
    Chinese,
}

impl Recipe {
    pub const CLEAN: Recipe = Recipe { language: Language::English, one_broken_in: None };

    pub fn broken(one_in: usize) -> Recipe {
        Recipe { one_broken_in: Some(one_in), ..Recipe::CLEAN }
    }

    pub fn in_language(language: Language) -> Recipe {
        Recipe { language, ..Recipe::CLEAN }
    }

    /// Writes whole dispatches, numbered from `first`, until there are `size` bytes or a few more; how many dispatches.
    pub fn write(self, first: usize, size: u64, out: &mut impl Write) -> io::Result<usize> {
        let bodies = bodies(self.language);
        let mut dispatch = String::new();
        let (mut written, mut number) = (0, first);
        while written < size {
            dispatch.clear();
            self.dispatch(number, &bodies, &mut dispatch);
            out.write_all(dispatch.as_bytes())?;
            written += dispatch.len() as u64;
            number += 1;
        }
        Ok(number - first)
    }

    /// A corpus of `size` bytes or a few more.
    pub fn text(self, size: usize) -> String {
        let mut bytes = Vec::with_capacity(size + (16 << 10));
        self.write(0, size as u64, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn dispatch(self, number: usize, bodies: &[String], out: &mut String) {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];
        const PLACES: [&str; 6] = ["DAMASCUS", "ANKARA", "BEIRUT", "BAGHDAD", "CAIRO", "NEW YORK"];
        let mut random = Random::new(number as u64);
        let (month, day) = (number / 28 % 12, number % 28 + 1);
        let flaw = self.one_broken_in.filter(|one_in| number % one_in == one_in / 2).map(|one_in| number / one_in % 4);
        let (fence, word) = match flaw {
            Some(0) => ("==", "FILE"),
            Some(1) => ("===", "FIEL"),
            _ => ("===", "FILE"),
        };
        let date = match flaw {
            Some(2) => format!("{day} {} 2024", MONTHS[month]),
            _ => format!("2024-{:02}-{day:02}", month + 1),
        };
        let title =
            random.pick(&["Talks go on in the capital", "Syria: aid reaches the north", "Ministers meet again"]);
        out.push_str(&format!("{fence} {word}: {:03}_{number:012x}.txt ===\n", number % 7));
        out.push_str(&format!("date: {date}\nsource: Syrian Observer\ntitle: {title}\n\n"));
        if self.language == Language::English && number.is_multiple_of(4) {
            out.push_str(&format!("{}, {} {day} (SANA) -- ", random.pick(&PLACES), MONTHS[month]));
        }
        out.push_str(&bodies[random.below(bodies.len())]);
        if flaw == Some(3) {
            out.push_str("\n\nHe said itâ€™s over.");
        }
        out.push_str("\n\n");
    }
}

/// Texts of dispatches, to choose from.
fn bodies(language: Language) -> Vec<String> {
    let random = &mut Random::new(language as u64 + 1);
    (0..400).map(|_| body(language, random)).collect()
}

fn body(language: Language, random: &mut Random) -> String {
    let mut body = String::new();
    while body.len() < 1600 {
        if !body.is_empty() {
            body.push_str("\n\n");
        }
        let sentences = 1 + random.below(3);
        let paragraph: Vec<String> = (0..=sentences).map(|_| sentence(language, random)).collect();
        body.push_str(&paragraph.join(if language == Language::Chinese { "" } else { " " }));
    }
    body
}

fn sentence(language: Language, random: &mut Random) -> String {
    let (subjects, words) = vocabulary(language);
    let length = 10 + random.below(18);
    let mut parts = vec![random.pick(subjects)];
    parts.extend((0..length).map(|_| random.pick(words)));
    let is_quoted = random.below(4) == 0;
    if language == Language::Chinese {
        let text = parts.chunks(7).map(|part| part.concat()).collect::<Vec<_>>().join("，");
        return if is_quoted { format!("“{text}。”") } else { format!("{text}。") };
    }
    let text = parts.join(" ");
    let said = match language {
        Language::Spanish => "dijo el portavoz",
        Language::Russian => "сказал он",
        _ => "the minister’s office said on Monday",
    };
    if is_quoted { format!("“{text},” {said}.") } else { format!("{text}.") }
}

fn vocabulary(language: Language) -> (&'static [&'static str], &'static [&'static str]) {
    match language {
        Language::English => (
            &[
                "The foreign minister",
                "Damascus",
                "Iran",
                "Syrian state media",
                "So far officials",
                "Bashar al-Assad",
                "US envoy Tom Barrack",
                "In a statement Ankara",
                "Finally the council",
                "Dozens of families",
                "Security forces",
                "Before the talks Moscow",
                "10,000 fighters",
                "End of the week, he",
                "Another official",
                "Despite that the UN",
                "Mr. Erdogan",
                "Lebanon’s army",
                "A spokesman",
                "On Tuesday Baghdad",
                "At least 12 people",
                "Two sources",
            ],
            &[
                "the",
                "of",
                "and",
                "to",
                "in",
                "that",
                "a",
                "for",
                "on",
                "with",
                "was",
                "by",
                "at",
                "from",
                "his",
                "president",
                "government",
                "forces",
                "city",
                "talks",
                "officials",
                "reported",
                "according",
                "security",
                "support",
                "region",
                "agreement",
                "border",
                "capital",
                "military",
                "ministry",
                "people",
                "killed",
                "during",
                "attack",
                "would",
                "have",
                "been",
                "their",
                "which",
                "after",
                "under",
                "between",
                "ceasefire",
                "humanitarian",
                "aid",
                "envoy",
                "leaders",
                "international",
                "community",
                "today",
                "Saturday",
                "reaffirmed",
                "territorial",
                "integrity,",
                "2024",
            ],
        ),
        Language::Spanish => (
            &[
                "El Gobierno",
                "La misión",
                "Según Ankara",
                "Además, él",
                "El año pasado España",
                "Información oficial",
                "Años después Irán",
            ],
            &[
                "de",
                "la",
                "que",
                "el",
                "en",
                "y",
                "a",
                "los",
                "se",
                "del",
                "las",
                "un",
                "por",
                "con",
                "una",
                "su",
                "para",
                "más",
                "también",
                "según",
                "región",
                "información",
                "millón",
                "país",
                "después",
                "año",
                "niños",
                "política",
                "económica",
                "seguridad",
                "reunión",
                "acuerdo",
                "frontera",
                "ejército",
                "presidente",
                "ministro",
                "próximo",
                "está",
                "así",
            ],
        ),
        Language::Russian => (
            &["Президент", "Министр обороны", "По словам источника, он", "Москва", "Вчера Дамаск", "Сирийская армия"],
            &[
                "и",
                "в",
                "на",
                "что",
                "с",
                "по",
                "не",
                "из",
                "о",
                "как",
                "для",
                "от",
                "это",
                "его",
                "после",
                "страны",
                "правительство",
                "безопасность",
                "переговоры",
                "соглашение",
                "граница",
                "помощь",
                "город",
                "заявил",
                "сообщил",
                "войска",
                "было",
            ],
        ),
        Language::Chinese => (
            &["外交部发言人", "叙利亚", "总统", "联合国", "记者", "土耳其外长"],
            &[
                "的",
                "在",
                "和",
                "是",
                "了",
                "表示",
                "政府",
                "安全",
                "会谈",
                "协议",
                "地区",
                "边境",
                "人道主义",
                "援助",
                "停火",
                "报道",
                "部队",
                "城市",
                "支持",
                "国际社会",
            ],
        ),
    }
}

/// Numbers that look random and are the same every time (xorshift64*).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        random.below(1);
        random
    }

    /// A number less than `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }
}
