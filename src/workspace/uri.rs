//! URIs as keys: two ways of writing the same one are equal.
//!
//! Clients write `file:///c%3A/a.txt`, `file:///C:/a.txt` or `file://localhost/c:/a.txt` for one file. Documents are
//! found by a [`UriKey`]; what is sent back to the client is always the URI it used itself.

/// A URI in the one form in which URIs are compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UriKey(String);

impl UriKey {
    /// The key of any text that was given as a URI; what is no URI is its own key.
    pub fn new(uri: &str) -> UriKey {
        let (scheme, rest) = match uri.split_once(':') {
            Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
            None => return UriKey(uri.to_owned()),
        };
        let mut rest = decode(rest);
        if scheme == "file" {
            if let Some(path) = rest.strip_prefix("//localhost/") {
                rest = format!("///{path}");
            }
            rest = lower_drive(rest);
        }
        UriKey(format!("{scheme}:{rest}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The last part of a URI's path, decoded: the name of the file.
pub fn file_name(uri: &str) -> String {
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    unescape(last, |_| true)
}

/// Percent-encodes what no URI may hold (spaces, brackets, anything that is not ASCII) and leaves the rest alone:
/// some clients send file names as they are.
pub fn encode_illegal(uri: &str) -> Option<String> {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(&byte);
    if uri.bytes().all(legal) {
        return None;
    }
    let mut out = String::with_capacity(uri.len() + 16);
    for byte in uri.bytes() {
        if legal(byte) { out.push(char::from(byte)) } else { out.push_str(&format!("%{byte:02X}")) }
    }
    Some(out)
}

/// Decodes every `%XX` but the ones that would change where path, query and fragment begin.
fn decode(text: &str) -> String {
    unescape(text, |byte| !b"/?#%".contains(&byte))
}

fn unescape(text: &str, decodes: impl Fn(u8) -> bool) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let escaped = (byte == b'%').then(|| hex_pair(&bytes)).flatten();
        match escaped {
            Some(value) if decodes(value) => {
                out.push(value);
                bytes.nth(1);
            }
            Some(value) => {
                out.extend_from_slice(format!("%{value:02X}").as_bytes());
                bytes.nth(1);
            }
            None => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The value of the two hexadecimal digits that come next.
fn hex_pair(bytes: &std::str::Bytes<'_>) -> Option<u8> {
    let mut ahead = bytes.clone();
    let mut digit = || char::from(ahead.next()?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit()? * 16 + digit()?)
}

/// `///C:/a` → `///c:/a`
fn lower_drive(rest: String) -> String {
    match rest.as_bytes() {
        [b'/', b'/', b'/', drive, b':', ..] if drive.is_ascii_uppercase() => {
            let drive = char::from(drive.to_ascii_lowercase());
            format!("///{drive}{}", rest.get(4..).unwrap_or_default())
        }
        _ => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_one_key() {
        let same = |a: &str, b: &str| assert_eq!(UriKey::new(a), UriKey::new(b));
        same("file:///c%3A/news/a.txt", "file:///C:/news/a.txt");
        same("file:///c%3a/news/a.txt", "file:///c:/news/a.txt");
        same("file://localhost/C:/a.txt", "file:///c:/a.txt");
        same("FILE:///tmp/a.txt", "file:///tmp/a.txt");
        same("file:///tmp/%C3%A9t%c3%a9.txt", "file:///tmp/été.txt");
        same("file:///tmp/a%20b.txt", "file:///tmp/a b.txt");
        same("untitled:Untitled-1", "untitled:Untitled-1");
    }

    #[test]
    fn different_files_have_different_keys() {
        let differ = |a: &str, b: &str| assert_ne!(UriKey::new(a), UriKey::new(b));
        differ("file:///tmp/a.txt", "file:///tmp/A.txt");
        differ("file:///tmp/a%23b.txt", "file:///tmp/a#b.txt");
        differ("file:///tmp/a%2Fb.txt", "file:///tmp/a/b.txt");
        differ("file:///tmp/a%2520b", "file:///tmp/a%20b");
        differ("file:///tmp/a.txt", "untitled:///tmp/a.txt");
    }

    #[test]
    fn anything_has_a_key() {
        for text in ["", ":", "%", "file:%", "file:///%4", "no uri", "file:///%ff%fe"] {
            assert_eq!(UriKey::new(text), UriKey::new(text));
        }
    }

    #[test]
    fn names() {
        assert_eq!(file_name("file:///tmp/2024%2012.txt?x#y"), "2024 12.txt");
        assert_eq!(file_name("untitled:Untitled-1"), "untitled:Untitled-1");
        assert_eq!(file_name(""), "");
    }

    #[test]
    fn illegal_characters_are_encoded_once() {
        assert_eq!(encode_illegal("file:///tmp/a%20b.txt"), None);
        assert_eq!(encode_illegal("file:///tmp/a b [é].txt").as_deref(), Some("file:///tmp/a%20b%20%5B%C3%A9%5D.txt"));
    }
}
