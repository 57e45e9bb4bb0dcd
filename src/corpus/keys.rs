//! The known header keys.

/// A known header key.
#[derive(Debug, PartialEq, Eq)]
pub struct HeaderKey {
    pub key: &'static str,
    /// Other ways to write it that are read as this one.
    pub aliases: &'static [&'static str],
    /// What its value is, for hover and completion.
    pub meaning: &'static str,
}

/// The known header keys, in the order in which a header has them.
pub static HEADER_KEYS: &[HeaderKey] = &[
    HeaderKey {
        key: "id",
        aliases: &["DOCNO", "DOCID", "AN", "NEWID", "story_id"],
        meaning: "identifier of the dispatch at its agency or archive",
    },
    HeaderKey {
        key: "date",
        aliases: &["PD", "pub_date", "publication_date", "publication-date", "created", "LOAD-DATE"],
        meaning: "dispatch date, `YYYY-MM-DD`: the day against which relative dates are resolved",
    },
    HeaderKey {
        key: "source",
        aliases: &["SN", "publisher", "PUB", "credit"],
        meaning: "agency or paper that sent it",
    },
    HeaderKey { key: "url", aliases: &[], meaning: "where it was published" },
    HeaderKey { key: "title", aliases: &["HD", "HEADLINE", "HL", "TI", "headline"], meaning: "headline" },
    HeaderKey { key: "byline", aliases: &["BY", "AUTHOR", "author"], meaning: "who wrote it" },
    HeaderKey {
        key: "dateline",
        aliases: &[],
        meaning: "place and day as the dispatch gives them, `BEIJING, June 25 (Xinhua)`",
    },
    HeaderKey { key: "place", aliases: &[], meaning: "where it was filed" },
    HeaderKey { key: "lang", aliases: &[], meaning: "language of the text, as a BCP 47 tag: `en`, `ar`, `zh-Hans`" },
    HeaderKey { key: "type", aliases: &[], meaning: "kind of dispatch: `story`, `advisory`, `multi`, `other`" },
    HeaderKey { key: "wire", aliases: &[], meaning: "service it was sent on" },
    HeaderKey { key: "retrieved", aliases: &[], meaning: "day on which it was fetched, `YYYY-MM-DD`" },
    HeaderKey { key: "sha256", aliases: &[], meaning: "checksum of the text as fetched" },
];
