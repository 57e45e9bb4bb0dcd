//! Good corpora have no finding, and are read as what they are.

use crate::check::{fixed, hold_laws, names, of_markup, read, serious, shown};
use crate::corpora::{FORMS, good};
use crate::rng::{Rng, cases};

#[test]
fn are_read_and_have_no_finding() {
    let mut wrong = Vec::new();
    for (which, form) in FORMS.iter().enumerate() {
        for seed in 0..cases(25) {
            let mut rng = Rng::new(seed * 1000 + which as u64);
            let good = good(*form, &mut rng);
            let text = good.text();
            let view = read(&text);
            let expected: Vec<_> = good.names().into_iter().map(Some).collect();
            if view.dialect() != form.dialect {
                wrong.push(format!("{:?} read as {:?}:\n{text}", form.dialect, view.dialect()));
            } else if names(&text, &view) != expected {
                wrong.push(format!("{:?}: names {:?}, not {expected:?}:\n{text}", form.dialect, names(&text, &view)));
            } else if !serious(&view).is_empty() {
                wrong.push(format!("{:?}: {}\n{text}", form.dialect, shown(&text, &serious(&view))));
            } else if let Err(error) = hold_laws(&text) {
                wrong.push(format!("{:?}: {error}", form.dialect));
            }
            let _ = (fixed(&text, |_| true), of_markup(&view));
        }
    }
    crate::check::report(&wrong);
}
