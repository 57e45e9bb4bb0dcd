use dispatch_ls::features::{Patient, links};
use expect_test::{Expect, expect};

use crate::fixture::{document, under};

fn check(url: &str, expected: Expect) {
    let snapshot = document(&format!("=== FILE: a ===\nurl: {url}\n\nhttps://example.org/text\n"));
    let found = links::find_all(&snapshot, &Patient).unwrap().into_iter();
    let shown = found.map(|link| under(&snapshot, &link.range, &link.target));
    expected.assert_eq(&shown.collect::<String>());
}

#[test]
fn addresses_on_the_web() {
    check(
        "https://example.org/a?b=c#d  ",
        expect![[r#"
        url: https://example.org/a?b=c#d  
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ https://example.org/a?b=c#d
    "#]],
    );
    check(
        "HTTP://example.org",
        expect![[r#"
        url: HTTP://example.org
             ^^^^^^^^^^^^^^^^^^ http://example.org
    "#]],
    );
    check(
        "https://example.org/خبر/🌀",
        expect![[r#"
        url: https://example.org/خبر/🌀
             ^^^^^^^^^^^^^^^^^^^^^^^^^ https://example.org/%D8%AE%D8%A8%D8%B1/%F0%9F%8C%80
    "#]],
    );
    check(
        "http://[::1]:8080/",
        expect![[r#"
        url: http://[::1]:8080/
             ^^^^^^^^^^^^^^^^^^ http://[::1]:8080/
    "#]],
    );
}

#[test]
fn nothing_else() {
    for url in [
        "javascript:alert(1)",
        "command:workbench.action.terminal.new",
        "file:///etc/passwd",
        "data:text/html,x",
        "vscode://x",
        "https:",
        "https://",
        "https:///etc/passwd",
        "https://example.org/a b",
        "https://example.org/<b>",
        "example.org",
        "",
    ] {
        check(url, expect![[r""]]);
    }
}
