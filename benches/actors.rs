//! Actors files to measure with, of any size.

use std::fmt::Write;

/// An actors file of so many records with so many names each.
pub fn actors(records: usize, each: usize) -> String {
    let mut file = String::new();
    for number in 0..records {
        let name_of = |which: usize| name(number + which * records);
        write!(file, r#"{{"id":"actor-{number:07}","kind":"person","name":"{}""#, name_of(0)).unwrap();
        if each > 1 {
            let aliases: Vec<String> = (1..each).map(|which| format!("\"{}\"", name_of(which))).collect();
            write!(file, r#","aliases":[{}]"#, aliases.join(",")).unwrap();
        }
        let (country, year) = (["IR", "SY", "FR", "US"][number % 4], 1990 + number % 30);
        if number.is_multiple_of(4) {
            write!(file, r#","roles":[{{"title":"Minister","country":"{country}","from":"{year}-05-01"}}]"#).unwrap();
        }
        file.push_str("}\n");
    }
    file
}

/// The name of a number: of two parts mostly, of three now and then.
pub fn name(number: usize) -> String {
    const FIRST: [&str; 40] = [
        "Ahmed",
        "Maria",
        "Ivan",
        "Li",
        "Fatima",
        "John",
        "Bashar",
        "Anna",
        "Hassan",
        "Olga",
        "Juan",
        "Mehmet",
        "Sergey",
        "Amina",
        "Wei",
        "Karim",
        "Elena",
        "David",
        "Noor",
        "Pavel",
        "Abdul Rahman",
        "Jose",
        "Leila",
        "Peter",
        "Mohammed",
        "Irina",
        "Omar",
        "Sara",
        "Viktor",
        "Huda",
        "Carlos",
        "Yusuf",
        "Nadia",
        "Boris",
        "Rania",
        "Kofi",
        "Amara",
        "Tariq",
        "Ingrid",
        "Samir",
    ];
    const SYLLABLES: [&str; 32] = [
        "ba", "ro", "ki", "sha", "men", "dar", "lo", "vi", "tan", "zu", "ga", "fer", "ni", "kho", "al", "pe", "mu",
        "sta", "wen", "ri", "do", "hal", "je", "qa", "bu", "sin", "cor", "ya", "ted", "ost", "la", "gri",
    ];
    let mut rest = number / FIRST.len();
    let mut last = String::new();
    for _ in 0..3 + number % 2 {
        last.push_str(SYLLABLES[rest % 32]);
        rest /= 32;
    }
    let last = format!("{}{}", last[..1].to_uppercase(), &last[1..]);
    let middle = if number.is_multiple_of(5) { "al-" } else { "" };
    format!("{} {middle}{last}", FIRST[number % FIRST.len()])
}
