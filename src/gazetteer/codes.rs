//! The codes that fields of actors files take, with what they stand for.

use std::sync::LazyLock;

use super::states;

/// A country of ISO 3166.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// `IR`
    pub two: String,
    /// `IRN`, as CAMEO has it, too.
    pub three: String,
    pub name: String,
}

/// All countries, by their code of two letters.
pub fn countries() -> &'static [Country] {
    static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
        let country = |record: super::Record| {
            let two = record.country?;
            Some(Country { three: states::long_code(&two)?, two, name: record.name })
        };
        let mut all: Vec<Country> = states::records().into_iter().filter_map(country).collect();
        all.sort_by(|a, b| a.two.cmp(&b.two));
        all.dedup_by(|a, b| a.two == b.two);
        all
    });
    &COUNTRIES
}

/// The country with this code, of two or three letters.
pub fn country(code: &str) -> Option<&'static Country> {
    let two = states::country_code(code)?;
    countries().iter().find(|country| country.two == two)
}

/// The groups of three letters of CAMEO that are no countries, each with what is said of it (CAMEO codebook 1.1b3,
/// chapter 3).
pub fn cameo_groups() -> &'static [(&'static str, &'static str)] {
    static GROUPS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
        let mut groups = Vec::new();
        let mut about = "";
        for line in include_str!("tables/cameo.txt").lines() {
            match line.strip_prefix('#') {
                Some(comment) => about = comment.trim(),
                None => groups.extend(line.split_whitespace().map(|code| (code, about))),
            }
        }
        groups
    });
    &GROUPS
}

/// Titles of offices that one person holds at a time, in small letters.
pub fn offices() -> impl Iterator<Item = &'static str> {
    crate::tables::lines(include_str!("tables/sole-offices.txt")).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_names() {
        let iran = country("irn").unwrap();
        assert_eq!((iran.two.as_str(), iran.three.as_str(), iran.name.as_str()), ("IR", "IRN", "Iran"));
        assert_eq!(country("XK").unwrap().three, "XKX");
        assert!(country("Iran").is_none() && countries().len() > 190);
        assert!(cameo_groups().iter().any(|(code, about)| *code == "GOV" && about.starts_with("Roles")));
    }
}
