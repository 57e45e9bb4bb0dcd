//! What a dispatch speaks of: actors, dates and claims, from its text, its date and a gazetteer alone. The same input gives
//! the same annotations, on any machine.
//!
//! All spans are bytes relative to the text that was given (which begins with the dispatch, so that text in front of it
//! may change for free). They lie on character boundaries, and lists are in the order of the text.

pub mod actors;
pub mod claims;
pub mod dates;
mod doubts;
mod reading;
mod vocabulary;

pub use doubts::{Doubt, doubts};
pub use reading::Reading;

use crate::corpus::PartialDate;
pub use crate::gazetteer::ActorKind;
use crate::gazetteer::{EntryId, Gazetteer};
use crate::text::Span;

/// Everything that was found in a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Annotations {
    pub mentions: Vec<Mention>,
    /// The actors of the text; [`Mention::actor`] and [`Claim::actor`] count in here.
    pub actors: Vec<Actor>,
    pub dates: Vec<Timex>,
    pub claims: Vec<Claim>,
    /// What stands in quotation marks, marks included, whoever said it. None is inside another.
    pub quotations: Vec<Span>,
    /// The words by which the text is less than sure: `may`, `reportedly`. A cue may be one, too.
    pub hedges: Vec<Span>,
    /// The sentences; every word is in one.
    pub sentences: Vec<Span>,
}

/// Reads `text`, the body of a dispatch of the day `date`. Any text has annotations, if only none.
pub fn annotate(text: &str, date: Option<PartialDate>, gazetteer: &Gazetteer) -> Annotations {
    let reading = Reading::new(text);
    let dates = dates::find(&reading, date);
    let (mut mentions, mut actors) = actors::find(&reading, &dates, date, gazetteer);
    let quotations = claims::Quotations::find(&reading);
    let claims = claims::find(&reading, &quotations, &mut mentions, &mut actors);
    let quotations = quotations.spans(&reading);
    let hedges = claims::hedges(&reading);
    let sentences = reading.sentences.iter().map(|words| reading.span(words.clone())).collect();
    Annotations { mentions, actors, dates, claims, quotations, hedges, sentences }
}

/// A place that names an actor.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The name alone.
    pub span: Span,
    /// The whole mention with its title; never shorter than `span`.
    pub full: Span,
    pub kind: ActorKind,
    pub form: Form,
    /// Number in [`Annotations::actors`].
    pub actor: usize,
    /// Whether another actor of the text fits as well; then it is bound to none of them, but to an actor of its own.
    pub ambiguous: bool,
    /// The rule that found it, for `--explain`.
    pub rule: &'static str,
}

/// Mentions in the order in which their names start.
#[derive(Debug)]
pub struct InOrder<'a>(Vec<&'a Mention>);

impl<'a> InOrder<'a> {
    pub fn new(mentions: impl Iterator<Item = &'a Mention>) -> Self {
        let mut mentions: Vec<&Mention> = mentions.collect();
        mentions.sort_by_key(|mention| mention.span.start);
        InOrder(mentions)
    }

    /// Those whose names lie in `span`.
    pub fn within(&self, span: Span) -> impl Iterator<Item = &'a Mention> + use<'_, 'a> {
        let start = self.0.partition_point(|mention| mention.span.start < span.start);
        let starting = self.0.get(start..).unwrap_or_default().iter().copied();
        let starting = starting.take_while(move |mention| mention.span.start < span.end);
        starting.filter(move |mention| mention.span.end <= span.end)
    }
}

/// How a mention names its actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// `Bashar al-Assad`
    Name,
    /// `President Assad`
    Titled,
    /// `Assad`
    Short,
    /// `the foreign minister`
    Nominal,
    /// `he`; only where it is the source of a claim.
    Pronoun,
}

impl Form {
    pub fn name(self) -> &'static str {
        match self {
            Form::Name => "name",
            Form::Titled => "titled",
            Form::Short => "short",
            Form::Nominal => "nominal",
            Form::Pronoun => "pronoun",
        }
    }
}

/// Somebody the text speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// As the gazetteer has it, else the fullest form in the text, without a title.
    pub name: String,
    pub kind: ActorKind,
    /// The listed actor it is; `None` for an unlisted one.
    pub entry: Option<EntryId>,
    /// On the dispatch date, from the gazetteer; else from a title in the text.
    pub role: Option<String>,
    /// ISO 3166 code of two letters.
    pub country: Option<String>,
}

/// A date, time, duration or set of them, as TIMEX3 has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Timex {
    pub span: Span,
    pub kind: TimexKind,
    /// In ISO form: `2024-11-29`, `2024-11-30TEV`, `2024-W48`, `P3D`, `PAST_REF`, `XXXX-WXX-1`.
    pub value: String,
    pub modifier: Option<Modifier>,
    /// The value of the range's last day, month, …, where this is a range.
    pub until: Option<String>,
    pub anchor: Anchor,
    /// A second reading, where it is as good.
    pub other: Option<String>,
    /// The rule that found it, for `--explain`.
    pub rule: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimexKind {
    Date,
    Time,
    Duration,
    Set,
}

impl TimexKind {
    pub fn name(self) -> &'static str {
        match self {
            TimexKind::Date => "DATE",
            TimexKind::Time => "TIME",
            TimexKind::Duration => "DURATION",
            TimexKind::Set => "SET",
        }
    }
}

/// TIMEX3's `mod`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Modifier {
    Before,
    After,
    OnOrBefore,
    OnOrAfter,
    LessThan,
    MoreThan,
    EqualOrLess,
    EqualOrMore,
    Start,
    Mid,
    End,
    Approx,
}

impl Modifier {
    pub fn name(self) -> &'static str {
        match self {
            Modifier::Before => "BEFORE",
            Modifier::After => "AFTER",
            Modifier::OnOrBefore => "ON_OR_BEFORE",
            Modifier::OnOrAfter => "ON_OR_AFTER",
            Modifier::LessThan => "LESS_THAN",
            Modifier::MoreThan => "MORE_THAN",
            Modifier::EqualOrLess => "EQUAL_OR_LESS",
            Modifier::EqualOrMore => "EQUAL_OR_MORE",
            Modifier::Start => "START",
            Modifier::Mid => "MID",
            Modifier::End => "END",
            Modifier::Approx => "APPROX",
        }
    }
}

/// What a date was resolved against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It says everything itself.
    Itself,
    DispatchDate,
    /// Another date of the text, by its number in [`Annotations::dates`].
    Date(usize),
    /// There was nothing to resolve it against: the value has `X` for what is not known.
    Missing,
}

/// Who says what (PARC, PolNeAR).
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Empty where nobody is named (`reportedly`).
    pub source: Vec<Span>,
    /// Never empty.
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
    pub kind: ClaimKind,
    pub class: CueClass,
    pub factuality: Factuality,
    /// Who the source is: a number in [`Annotations::actors`].
    pub actor: Option<usize>,
    /// The claim inside whose content this one stands, by its number.
    pub inside: Option<usize>,
    /// The rule that found it, for `--explain`.
    pub rule: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClaimKind {
    Direct,
    Indirect,
    Mixed,
}

impl ClaimKind {
    pub fn name(self) -> &'static str {
        match self {
            ClaimKind::Direct => "direct",
            ClaimKind::Indirect => "indirect",
            ClaimKind::Mixed => "mixed",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CueClass {
    /// say, tell
    Neutral,
    /// stress, affirm, reiterate
    Assertive,
    /// confirm, reveal
    Factive,
    /// claim, allege
    Doubtful,
    /// pledge, vow
    Commissive,
    /// urge, demand, warn
    Directive,
    /// praise, condemn
    Evaluative,
    /// expect, plan
    Prospective,
    /// think, hope
    Belief,
}

impl CueClass {
    pub const ALL: [CueClass; 9] = [
        CueClass::Neutral,
        CueClass::Assertive,
        CueClass::Factive,
        CueClass::Doubtful,
        CueClass::Commissive,
        CueClass::Directive,
        CueClass::Evaluative,
        CueClass::Prospective,
        CueClass::Belief,
    ];

    pub fn name(self) -> &'static str {
        match self {
            CueClass::Neutral => "neutral",
            CueClass::Assertive => "assertive",
            CueClass::Factive => "factive",
            CueClass::Doubtful => "doubtful",
            CueClass::Commissive => "commissive",
            CueClass::Directive => "directive",
            CueClass::Evaluative => "evaluative",
            CueClass::Prospective => "prospective",
            CueClass::Belief => "belief",
        }
    }
}

/// How sure the content is for its source (FactBank).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Factuality {
    Certain,
    Probable,
    Possible,
    Denied,
    Unknown,
}

impl Factuality {
    pub fn name(self) -> &'static str {
        match self {
            Factuality::Certain => "certain",
            Factuality::Probable => "probable",
            Factuality::Possible => "possible",
            Factuality::Denied => "denied",
            Factuality::Unknown => "unknown",
        }
    }
}
