//! `dispatch-ls explain`: the page of a finding.

use super::output::Output;
use crate::corpus::{Code, KINDS, Repair};

macro_rules! pages {
    ($($code:ident)*) => {
        /// The page of a code, as in docs/findings.
        pub fn page(code: Code) -> &'static str {
            match code {
                $(Code::$code => include_str!(concat!("../../docs/findings/", stringify!($code), ".md")),)*
            }
        }
    };
}

pages! {
    F001 F002 F003 F004 F005 F006 F007 F008 F009 F010 F011 F012 F013 F014 F015 F016 F017 F018 F019 F020 F021 F022 F023
    F024 F025 F026 F027 H001 H002 H003 H004 H005 H006 H007 H008 H010 A001 A002 A003 C001 C002 D001 D002 D003 G001
    G002 G003 G004 G005 G006 G007 G008
}

/// Prints the pages of `codes`, or the list of all findings.
pub fn run(codes: &[Code]) -> Result<(), String> {
    let mut out = Output::bytes();
    for (number, code) in codes.iter().enumerate() {
        out.write(if number > 0 { "\n" } else { "" });
        out.write(page(*code));
    }
    if codes.is_empty() {
        for kind in KINDS {
            let fix = match kind.repair {
                Repair::Safe => "--fix",
                Repair::Unsafe => "--unsafe",
                Repair::None => "",
            };
            let severity = kind.severity.name();
            out.write(&format!("{} {:21} {severity:12} {fix:9} {}\n", kind.id, kind.slug, kind.finds));
        }
    }
    out.finish().map_or(Ok(()), |_| Err("the page could not be printed".to_owned()))
}
