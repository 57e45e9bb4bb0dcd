//! Nesting: which claim stands inside which.

use super::super::Claim;

/// No more enclosing contents than these are looked through.
const DEPTH: usize = 16;

/// For each claim the one in whose content its cue stands; the innermost, where there are several.
pub fn outer(claims: &[Claim]) -> Vec<Option<usize>> {
    let mut contents: Vec<(u32, u32, usize)> = claims
        .iter()
        .enumerate()
        .flat_map(|(number, claim)| claim.content.iter().map(move |span| (span.start, span.end, number)))
        .collect();
    // The longer first, so that the shorter is found on top of it.
    contents.sort_by_key(|(start, end, number)| (*start, u32::MAX - *end, *number));
    let mut order: Vec<(u32, u32, usize)> = claims
        .iter()
        .enumerate()
        .filter_map(|(number, claim)| claim.cue.first().map(|span| (span.start, span.end, number)))
        .collect();
    order.sort_unstable();
    let mut outer = vec![None; claims.len()];
    let mut open: Vec<(u32, usize)> = Vec::new();
    let mut next = contents.into_iter().peekable();
    for (start, end, number) in order {
        while let Some((_, content_end, owner)) = next.next_if(|(content_start, ..)| *content_start <= start) {
            while open.last().is_some_and(|(open_end, _)| *open_end <= start) {
                open.pop();
            }
            open.push((content_end, owner));
        }
        while open.last().is_some_and(|(open_end, _)| *open_end <= start) {
            open.pop();
        }
        let around = open.iter().rev().take(DEPTH).find(|(open_end, owner)| *open_end >= end && *owner != number);
        if let Some(slot) = outer.get_mut(number) {
            *slot = around.map(|(_, owner)| *owner);
        }
    }
    // Two claims that hold each other's cue (`A, said B` split around another): the later is inside.
    for number in 0..outer.len() {
        let mut at = outer.get(number).copied().flatten();
        for _ in 0..DEPTH {
            match at {
                Some(found) if found == number => {
                    if let Some(slot) = outer.get_mut(number) {
                        *slot = None;
                    }
                    break;
                }
                Some(found) => at = outer.get(found).copied().flatten(),
                None => break,
            }
        }
    }
    outer
}
