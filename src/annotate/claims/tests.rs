//! The cases of `cases.txt`, what holds for any text, and speakers.

use std::fmt::Write;

use proptest::prelude::*;

use super::*;
use crate::annotate::annotate;
use crate::gazetteer::Gazetteer;
use crate::text::Span;

/// A text without its marks.
fn plain(marked: &str) -> String {
    let mut text = String::new();
    let mut rest = marked;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        rest =
            if rest[at..].starts_with('{') { &rest[at + rest[at..].find(':').unwrap() + 1..] } else { &rest[at + 1..] };
    }
    text + rest
}

fn marked(text: &str, claims: &[Claim]) -> String {
    let mut marks = Vec::new();
    for (number, claim) in claims.iter().enumerate() {
        for (letter, spans) in [('S', &claim.source), ('C', &claim.cue), ('T', &claim.content)] {
            for span in spans {
                marks.push((span.start, 1, u32::MAX - span.end, format!("{{{letter}{}:", number + 1)));
                marks.push((span.end, 0, u32::MAX - span.start, "}".to_owned()));
            }
        }
    }
    marks.sort();
    let (mut shown, mut at) = (String::new(), 0);
    for (place, _, _, mark) in marks {
        shown += &text[at..place as usize];
        shown += &mark;
        at = place as usize;
    }
    shown += &text[at..];
    let kinds: Vec<String> = claims
        .iter()
        .map(|claim| format!("{} {} {}", claim.kind.name(), claim.class.name(), claim.factuality.name()))
        .collect();
    write!(shown, "\n= {}", if kinds.is_empty() { "none".to_owned() } else { kinds.join(", ") }).unwrap();
    shown
}

fn claims_of(text: &str) -> Vec<Claim> {
    let reading = Reading::new(text);
    find(&reading, &Quotations::find(&reading), &mut Vec::new(), &mut Vec::new())
}

#[test]
fn cases() {
    let mut wrong = String::new();
    let mut dispatch = String::new();
    let mut cases = 0;
    for line in include_str!("cases.txt").lines() {
        if line.starts_with('#') {
            dispatch.clear();
        } else if let Some(kinds) = line.strip_prefix("= ") {
            let expected = format!("{}\n= {kinds}", dispatch.trim());
            let text = plain(dispatch.trim());
            let found = marked(&text, &claims_of(&text));
            if found != expected {
                write!(wrong, "\nexpected {expected}\nfound    {found}\n").unwrap();
            }
            dispatch.clear();
            cases += 1;
        } else {
            dispatch += line;
            dispatch.push('\n');
        }
    }
    assert!(cases > 50 && wrong.is_empty(), "of {cases} cases:{wrong}");
}

/// `cue: name of the actor who is the source`, a line for each claim.
#[track_caller]
fn check_speakers(text: &str, expected: &[(&str, &str)]) {
    let found = annotate(text, None, &Gazetteer::default());
    let shown: Vec<(&str, &str)> = found
        .claims
        .iter()
        .map(|claim| {
            let actor = claim.actor.and_then(|actor| found.actors.get(actor));
            (claim.cue[0].of(text), actor.map_or("-", |actor| actor.name.as_str()))
        })
        .collect();
    assert_eq!(shown, expected);
}

#[test]
fn pronouns_mean_who_fits() {
    check_speakers(
        "President Maria Lopez met Foreign Minister John Haddad on Monday. She said the talks were useful. He added that they would go on.",
        &[("said", "Maria Lopez"), ("added", "John Haddad")],
    );
}

#[test]
fn a_source_goes_on() {
    check_speakers(
        "Premier Karim Haddad said the road was open. He affirmed that buses would run.",
        &[("said", "Karim Haddad"), ("affirmed", "Karim Haddad")],
    );
}

#[test]
fn who_is_whom_it_follows() {
    check_speakers("It was Karim Haddad, who said the road was open.", &[("said", "Karim Haddad")]);
}

#[test]
fn sources_without_a_name_are_actors_too() {
    let text = "Russian sources said the bridge was mined. Officials denied it.";
    check_speakers(text, &[("said", "Russian sources"), ("denied", "Officials")]);
}

#[test]
fn sources_may_call_somebody_by_what_he_or_it_is() {
    check_speakers(
        "Attorney General Mary Garrick met officials of the Quarry Bank on Monday. The attorney general said the talks were useful. The bank said it would wait.",
        &[("said", "Mary Garrick"), ("said", "Quarry Bank")],
    );
    let text = "Vice President Karim Haddad left. The president said the road was open.";
    check_speakers(text, &[("said", "president")]);
    let text = "Chancellor of the Exchequer Mary Garrick pledged help.";
    check_speakers(text, &[("pledged", "Mary Garrick")]);
}

#[test]
fn pronouns_become_mentions() {
    let text = "Karim Haddad said the road was open. He added that buses would run.";
    let found = annotate(text, None, &Gazetteer::default());
    let pronouns: Vec<&str> = found
        .mentions
        .iter()
        .filter(|mention| mention.form == crate::annotate::Form::Pronoun)
        .map(|mention| mention.span.of(text))
        .collect();
    assert_eq!(pronouns, ["He"]);
}

#[test]
fn claims_know_what_they_are_inside_of() {
    let text = "According to the palace, King Abdullah said the envoy had warned that the town could fall.";
    let inside: Vec<Option<usize>> = claims_of(text).iter().map(|claim| claim.inside).collect();
    assert_eq!(inside, [None, Some(0), Some(1)]);
}

fn doubts_of(text: &str) -> Vec<(DoubtKind, String)> {
    let reading = Reading::new(text);
    let claims = find(&reading, &Quotations::find(&reading), &mut Vec::new(), &mut Vec::new());
    doubts(&reading, &claims).iter().map(|doubt| (doubt.kind, doubt.span.of(text).to_owned())).collect()
}

#[test]
fn a_quotation_that_never_closes_is_doubted() {
    assert_eq!(doubts_of("He said: “We are going home.\n\nThe bus left."), [(DoubtKind::Unclosed, "“".to_owned())]);
}

#[test]
fn a_quotation_that_goes_on_is_not_doubted() {
    assert_eq!(doubts_of("He said: “We are going home.\n\n“The bus left.”"), []);
}

#[test]
fn a_quotation_nobody_says_is_doubted_beside_a_speaker() {
    let quotation = "“Nobody told us that the bridge would close today.”";
    let text = format!("{quotation} The shop was empty. The mayor said the road was open.");
    assert_eq!(doubts_of(&text), [(DoubtKind::Sourceless, quotation.to_owned())]);
}

#[test]
fn edited_quotations_are_not_doubted() {
    assert_eq!(doubts_of("“Nobody told us,” he said. “We saw it on the news and left at once.”"), []);
}

/// Words and marks that rules look at, in any order.
fn hostile() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "he",
        "said",
        "that",
        "“",
        "”",
        "\"",
        "'",
        "’",
        "‘",
        "«",
        "»",
        "''",
        ",",
        ".",
        ":",
        "—",
        "(",
        ")",
        "\n\n",
        "\n",
        "according",
        "to",
        "Smith",
        "Mr.",
        "the",
        "minister",
        "who",
        "and",
        "but",
        "saying",
        "plan",
        "expected",
        "is",
        "not",
        "reportedly",
        "10",
        "É",
        "普京",
        "by",
        "of",
        "?",
        "asked",
        "’s",
        "SMITH",
        "=",
        "a",
    ]);
    prop::collection::vec((words, prop::bool::weighted(0.8)), 0..80).prop_map(|words| {
        words.into_iter().fold(String::new(), |text, (word, spaced)| text + word + if spaced { " " } else { "" })
    })
}

fn holds(text: &str) {
    let reading = Reading::new(text);
    let (mut mentions, mut actors) = (Vec::new(), Vec::new());
    let claims = find(&reading, &Quotations::find(&reading), &mut mentions, &mut actors);
    let first =
        |claim: &Claim| claim.source.iter().chain(&claim.cue).chain(&claim.content).map(|span| span.start).min();
    assert!(claims.is_sorted_by_key(first));
    for (number, claim) in claims.iter().enumerate() {
        assert!(!claim.cue.is_empty() && !claim.content.is_empty());
        assert_ne!(claim.inside, Some(number));
        assert!(claim.inside.is_none_or(|outer| outer < claims.len()));
        assert!(claim.actor.is_none_or(|actor| actor < actors.len()));
        for spans in [&claim.source, &claim.cue, &claim.content] {
            assert!(spans.is_sorted_by_key(|span: &Span| span.start), "{spans:?}");
            for span in spans {
                assert!(
                    text.get(span.start as usize..span.end as usize).is_some_and(|part| !part.is_empty()),
                    "{span:?}"
                );
            }
        }
    }
    for doubt in doubts(&reading, &claims) {
        assert!(text.get(doubt.span.start as usize..doubt.span.end as usize).is_some_and(|part| !part.is_empty()));
    }
    assert_eq!(claims, find(&reading, &Quotations::find(&reading), &mut Vec::new(), &mut Vec::new()));
}

proptest! {
    #[test]
    fn any_text_has_claims_in_its_bounds(text in "\\PC{0,200}") {
        holds(&text);
    }

    #[test]
    fn any_marks_and_cues_have_claims_in_their_bounds(text in hostile()) {
        holds(&text);
    }
}

/// Each of these had one rule look through all of the text for every word of it, or may have.
#[test]
fn time_grows_as_the_text_does() {
    let deep = "“‘«".repeat(20) + "he said that ";
    for part in [
        "“",
        "\"",
        "\" ",
        "''a ",
        "he said that ",
        "he and said and ",
        "the man, the man who, saying, ",
        "a\n",
        "“Yes.\n\n",
        "((((he said that [",
        "“We won,” said ",
        "he said: ",
        "\"he said “she said ",
        "Smith, who said, ",
        "A SAID B, ",
        &deep,
    ] {
        let time = |length: usize| {
            let text = part.repeat(length / part.len());
            let began = std::time::Instant::now();
            claims_of(&text);
            began.elapsed()
        };
        time(1_000);
        let (short, long) = (time(10_000), time(200_000));
        assert!(long < short * 20 * 8 + std::time::Duration::from_millis(200), "{part:?}: {short:?} and {long:?}");
    }
}
