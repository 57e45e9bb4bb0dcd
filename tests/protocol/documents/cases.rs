//! Texts, their edits, and the texts after them with their findings marked (see [`crate::marks`]).

use crate::client::Change::{self, Range, Text};

pub struct Case {
    pub name: &'static str,
    pub before: &'static str,
    /// One notification each.
    pub edits: &'static [&'static [Change]],
    pub after: &'static str,
}

/// The same in both encodings.
pub const CASES: &[Case] = &[
    Case {
        name: "a word is replaced",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===\n\nTwo.\n",
        edits: &[&[Text("FILE: b", "FIEL: b")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== ⟨F003 FIEL⟩: b.txt ===\n\nTwo.\n",
    },
    Case {
        name: "a finding is repaired, and another made",
        before: "=== FIEL: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===\n\nTwo.\n\n=== FILE: c.txt ===\n\nThree.\n",
        edits: &[&[Text("FIEL", "FILE")], &[Text("=== FILE: b", "== FILE: b")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n⟨F001 ==⟩ FILE: b.txt ===\n\nTwo.\n\n=== FILE: c.txt ===\n\nThree.\n",
    },
    Case {
        name: "typed letter by letter",
        before: "=== FILE: a.txt ===\n\nOne.\n\n\n\nTwo.\n",
        edits: &[
            &[Range([4, 0, 4, 0], "=")],
            &[Range([4, 1, 4, 1], "=")],
            &[Range([4, 2, 4, 2], "=")],
            &[Range([4, 3, 4, 3], " ")],
            &[Range([4, 4, 4, 4], "F")],
            &[Range([4, 5, 4, 5], "I")],
            &[Range([4, 6, 4, 6], "E")],
            &[Range([4, 7, 4, 7], "L")],
            &[Range([4, 8, 4, 8], ":")],
            &[Range([4, 9, 4, 9], " ")],
            &[Range([4, 10, 4, 10], "b")],
            &[Range([4, 11, 4, 11], " ")],
            &[Range([4, 12, 4, 12], "===")],
        ],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== ⟨F003 FIEL⟩: b ===\n\nTwo.\n",
    },
    Case {
        name: "several changes in one notification, each on the text after the one before",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===\n\nTwo.\n",
        edits: &[&[
            Range([2, 0, 2, 0], "Line.\nLine.\n"),
            Range([6, 4, 6, 8], "FIEL"),
            Range([2, 0, 3, 0], ""),
            Range([5, 10, 5, 15], "c"),
        ]],
        after: "=== FILE: a.txt ===\n\nLine.\nOne.\n\n=== ⟨F003 FIEL⟩: c ===\n\nTwo.\n",
    },
    Case {
        name: "lines are joined and split",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FIEL: b.txt ===\n\nTwo.\n\n=== FILE: c.txt ===\n\nThree.\n",
        edits: &[&[Range([2, 4, 3, 0], " ")], &[Range([2, 4, 2, 5], "\n\n\n")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n\n\n=== ⟨F003 FIEL⟩: b.txt ===\n\nTwo.\n\n=== FILE: c.txt ===\n\nThree.\n",
    },
    Case {
        name: "CR LF",
        before: "=== FILE: a.txt ===\r\n\r\nOne.\r\n\r\n=== FILE: b.txt ===\r\n\r\nTwo.\r\n",
        edits: &[&[Text("One.", "One.\r\nAnd more.")], &[Range([5, 4, 5, 8], "FIEL")]],
        after: "=== FILE: a.txt ===\r\n\r\nOne.\r\nAnd more.\r\n\r\n=== ⟨F003 FIEL⟩: b.txt ===\r\n\r\nTwo.\r\n",
    },
    Case {
        name: "behind the end of a line with CR LF is before the CR",
        before: "=== FILE: a.txt ===\r\n\r\nOne.\r\n\r\n=== FILE: b.txt ==\r\n\r\nTwo.\r\n\r\n=== FIEL: c ===\r\n\r\nThree.\r\n",
        edits: &[&[Range([4, 18, 4, 18], "=")], &[Range([8, 15, 8, 99], "")], &[Range([2, 99, 2, 999], "\r\n")]],
        after: "=== FILE: a.txt ===\r\n\r\nOne.\r\n\r\n\r\n=== FILE: b.txt ===\r\n\r\nTwo.\r\n\r\n=== ⟨F003 FIEL⟩: c ===\r\n\r\nThree.\r\n",
    },
    Case {
        name: "a lone CR is a line break, and a LF behind it makes one of two",
        before: "=== FILE: a.txt ===\n\nOne.\rMore.\r\rYet more.\n\n=== FIEL: b.txt ===\n\nTwo.\n",
        edits: &[&[Range([5, 0, 5, 3], "Still")], &[Range([4, 0, 4, 0], "\n")], &[Range([7, 10, 7, 15], "c")]],
        after: "=== FILE: a.txt ===\n\nOne.\rMore.\r\n\rStill more.\n\n=== ⟨F003 FIEL⟩: c ===\n\nTwo.\n",
    },
    Case {
        name: "what LSP does not count as line breaks",
        before: "=== FILE: a.txt ===\n\nA\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f.\n\n=== FILE: b.txt ===\n\nTwo.\n",
        edits: &[&[Range([4, 4, 4, 8], "FIEL")]],
        after: "=== FILE: a.txt ===\n\nA\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f.\n\n=== ⟨F003 FIEL⟩: b.txt ===\n\nTwo.\n",
    },
    Case {
        name: "a BOM is the first character",
        before: "\u{feff}=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===\n\nTwo.\n",
        edits: &[&[Text("FILE: a", "FIEL: a")], &[Text("\u{feff}", "")], &[Range([0, 0, 0, 0], "\u{feff}")]],
        after: "\u{feff}=== ⟨F003 FIEL⟩: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===\n\nTwo.\n",
    },
    Case {
        name: "astral characters",
        before: "=== FILE: 😀𝒜.txt ===\n\nOne 😀.\n\n=== FILE: b😀.txt ===\n\nTwo.\n\n=== FILE: c ===\n\nThree.\n",
        edits: &[
            &[Text("b😀.txt ===", "b😀.txt ==")],
            &[Text("One 😀.", "𝒜 😀 one.\n😀.")],
            &[Text("𝒜.txt", "𝒜𝒜.txt")],
        ],
        after: "=== FILE: 😀𝒜𝒜.txt ===\n\n𝒜 😀 one.\n😀.\n\n=== FILE: b😀.txt ⟨F001 ==⟩\n\nTwo.\n\n=== FILE: c ===\n\nThree.\n",
    },
    Case {
        name: "right-to-left text",
        before: "=== FILE: خبر.txt ===\n\nقال الوزير.\n\n=== FILE: ידיעה.txt ===\n\nשלום.\n\n=== FILE: c ===\n\nThree.\n",
        edits: &[
            &[Text("ידיעה.txt ===", "ידיעה.txt ==")],
            &[Text("قال", "وقال")],
            &[Text("خبر.txt ===", "خبر.txt ==")],
        ],
        after: "=== FILE: خبر.txt ⟨F001 ==⟩\n\nوقال الوزير.\n\n=== FILE: ידיעה.txt ⟨F001 ==⟩\n\nשלום.\n\n=== FILE: c ===\n\nThree.\n",
    },
    Case {
        name: "a range that ends before it starts",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===\n\nTwo.\n",
        edits: &[&[Range([4, 8, 4, 4], "FIEL")], &[Range([3, 0, 2, 4], "\nMore.\n")]],
        after: "=== FILE: a.txt ===\n\nOne.\nMore.\n\n=== ⟨F003 FIEL⟩: b.txt ===\n\nTwo.\n",
    },
    Case {
        name: "a line behind the last is the end",
        before: "=== FILE: a.txt ===\n\nOne.\n",
        edits: &[
            &[Range([999, 7, 1000, 0], "\n=== FIEL: b.txt ===\n\nTwo.\n")],
            &[Range([2147483647, 2147483647, 2147483647, 2147483647], "More.\n")],
        ],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== ⟨F003 FIEL⟩: b.txt ===\n\nTwo.\nMore.\n",
    },
    Case {
        name: "all of it, by a range that is too long",
        before: "=== FIEL: a.txt ===\n\nOne.\n",
        edits: &[&[Range([0, 0, 2147483647, 0], "=== FILE: a.txt ===\n\nOne.\n\n=== FIEL: b.txt ===\n\nTwo.\n")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== ⟨F003 FIEL⟩: b.txt ===\n\nTwo.\n",
    },
    Case {
        name: "no final newline",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===",
        edits: &[&[Range([4, 18, 4, 19], "")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b.txt ⟨F001 ==⟩",
    },
    Case {
        name: "from nothing",
        before: "",
        edits: &[
            &[Range([0, 0, 0, 0], "=== FIEL: b.txt ===\n\nTwo.\n")],
            &[Range([0, 0, 0, 0], "=== FILE: a.txt ===\n\nOne.\n\n")],
        ],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== ⟨F003 FIEL⟩: b.txt ===\n\nTwo.\n",
    },
    Case {
        name: "to nothing",
        before: "=== FIEL: a.txt ===\n\nOne.\n",
        edits: &[&[Range([0, 0, 3, 0], "")], &[Range([0, 0, 0, 0], "")], &[Range([0, 5, 0, 0], "")]],
        after: "",
    },
];

/// Positions inside a character: its start. Columns depend on the encoding.
pub const INSIDE_UTF16: &[Case] = &[
    Case {
        name: "from the middle of a pair",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 😀𝒜b ==\n\nTwo.\n",
        edits: &[&[Range([4, 11, 4, 12], "")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 𝒜b ⟨F001 ==⟩\n\nTwo.\n",
    },
    Case {
        name: "to the middle of a pair",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 😀𝒜b ==\n\nTwo.\n",
        edits: &[&[Range([4, 10, 4, 11], "")], &[Range([4, 11, 4, 13], "")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 𝒜b ⟨F001 ==⟩\n\nTwo.\n",
    },
    Case {
        name: "into the middle of a pair",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 😀b ==\n\nTwo.\n",
        edits: &[&[Range([4, 11, 4, 11], "xy")], &[Range([4, 10, 4, 12], "")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 😀b ⟨F001 ==⟩\n\nTwo.\n",
    },
];

pub const INSIDE_UTF8: &[Case] = &[
    Case {
        name: "from the middle of a character",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 😀éb ==\n\nTwo.\n",
        edits: &[&[Range([4, 13, 4, 14], "")], &[Range([4, 11, 4, 12], "")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b ⟨F001 ==⟩\n\nTwo.\n",
    },
    Case {
        name: "into the middle of a character",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 😀b ==\n\nTwo.\n",
        edits: &[&[Range([4, 12, 4, 13], "xy")], &[Range([4, 10, 4, 12], "")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 😀b ⟨F001 ==⟩\n\nTwo.\n",
    },
];
