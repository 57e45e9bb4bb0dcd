//! Whether a line that is not well-formed is meant to be a delimiter. News text comes close to it in many ways, so the
//! more a line deviates, the more must be right about the rest.

use super::super::mark::Role;
use super::super::name;
use super::keyword::Word;
use super::letters::is_odd_fence;
use super::parts::Parts;

/// Whether a line that is not well-formed is meant to be a delimiter: the table of evidence.
pub fn is_meant(parts: &Parts) -> bool {
    let Parts { word, left, right, has_separator, name, begins, odd_end, .. } = parts;
    let (l, r) = (left.chars().count(), right.chars().count());
    let odd = left.chars().chain(right.chars()).any(is_odd_fence);
    // `[[File:x.jpg]]` links to a picture in a wiki, `[file:1]` to anything.
    let bracket = |side: &str| side.contains(['[', ']']);
    if bracket(left) && bracket(right) && l > 1 && r > 1 {
        return false;
    }
    // `=== Files: 12 ===` counts them; in `[FILE ATTACHED: a.pdf]` the colon stands behind another word.
    let is_count = parts.is_plural && name.bytes().all(|byte| byte.is_ascii_digit());
    let is_other_key = !has_separator && name.split(' ').next().is_some_and(|word| word.ends_with(':'));
    if !name.is_empty() && (is_count || is_other_key) {
        return false;
    }
    let file_like = name::is_sure(name) && (!bracket(left) || name::has_extension(name) || *word == Word::Exact);
    let bracketed = left == "[" && right == "]";
    // `— File: a.txt —` is `---` after auto-correction.
    let corrected = |side: &str| matches!(side, "—" | "–" | "―" | "«" | "»");
    let is_corrected = corrected(left) && corrected(right);
    let both = l >= 1 && r >= 1 && (l.max(r) >= 2 || bracketed || is_corrected);
    let dashes = |side: &str| side.chars().all(|c| matches!(c, '-' | '—' | '–' | '―' | '‐' | '‑' | '‒' | '−'));
    // A dash or a single bracket is punctuation, too: `-- FILE: the minister --`.
    let weak = odd || (dashes(left) && dashes(right)) || left == "[" || right == "]" || left.contains('«');
    let even = l == r && l >= 3;

    if parts.fenced.role == Role::Closer {
        let all_upper = *word == Word::Exact;
        let named_or_not = name.is_empty() || file_like;
        return match (both, l >= 2 || left == "[", r >= 2 || right == "]") {
            (true, ..) => !odd && (all_upper && (!bracketed || !*odd_end) || (even || bracketed) && !*odd_end),
            (_, true, _) | (_, _, true) => {
                let long = l.max(r) >= 3 || left == "[" || right == "]";
                !odd && all_upper && (!weak || (long && named_or_not && !*odd_end))
            }
            _ => false,
        };
    }
    if name.is_empty() {
        // `=== FILE ===` is a heading.
        return *has_separator
            && !odd
            && !is_corrected
            && (both && *word <= Word::OtherCase || l >= 2 && *word == Word::Exact && !weak);
    }
    if is_corrected || (bracketed && !parts.fenced.behind.is_empty()) {
        return *word <= Word::Title && *has_separator && name::has_extension(name) && !name.contains(' ');
    }
    if both {
        return match (word, has_separator) {
            _ if odd => *word == Word::Exact && *has_separator && file_like && l >= 2 && r >= 2,
            (Word::Exact, true) => !weak || file_like || (even && (l == 3 || *begins)),
            // `== File: formats ==` and `== File:Street.jpg ==` are a wiki's headings.
            (Word::Title | Word::OtherCase, true) if l.max(r) < 3 && !weak => name::is_text(name),
            (Word::Title | Word::OtherCase, true) => file_like || !weak,
            (Word::Slip, true) => file_like || (even && !weak),
            (Word::Near, true) => even && name::has_extension(name) && !weak,
            (Word::Near, false) => false,
            (_, false) => file_like,
        };
    }
    // `--> FILE: a.txt` points at it.
    if right.is_empty() && left.ends_with('>') && !left.starts_with('<') {
        return false;
    }
    if l >= 2 || left == "[" {
        return match (word, has_separator) {
            _ if odd => false,
            // `-- FILE: schema.sql` is a comment.
            _ if dashes(left) && l < 3 => false,
            (Word::Exact, true) => file_like || !weak,
            (Word::Exact, false) => file_like && (l >= 3 || *begins),
            (Word::Title | Word::OtherCase | Word::Slip, true) => file_like && (!weak || name::has_extension(name)),
            _ => false,
        };
    }
    if right == "]" {
        return *word == Word::Exact && *has_separator && name::has_extension(name) && file_like && !name.contains('[');
    }
    if r >= 3 && *word == Word::Title {
        return !odd && *has_separator && name::has_extension(name) && file_like;
    }
    if r >= 2 {
        return *word == Word::Exact && !odd && (file_like || (*has_separator && !weak && !name.contains(' ')));
    }
    false
}
