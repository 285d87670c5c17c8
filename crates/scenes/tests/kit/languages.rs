//! Both languages say the same.

use proptest::prelude::*;
use scenes::catalog;
use scenes::words::Language;
use serde_json::Value;

use crate::support::{Driven, Wish, any_deed, cases};

/// Every word that a learner reads, apart from what was typed.
fn said(value: &Value, path: &str, out: &mut Vec<(String, String)>) {
    // Names of things for code, mathematics, what was typed, and what programs read.
    const NO_WORDS: [&str; 23] = [
        "id",
        "kind",
        "role",
        "status",
        "setting",
        "act",
        "handle",
        "optimizer",
        "row",
        "value",
        "code",
        "mathml",
        "issues",
        "derivativeMathml",
        "derivativeText",
        "variable",
        "name",
        "reason",
        "formula",
        "mistake",
        "warnings",
        "symbol",
        // Quotes lines of a file.
        "error",
    ];
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if !NO_WORDS.contains(&name.as_str()) {
                    said(field, &format!("{path}/{name}"), out);
                }
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| said(item, &format!("{path}/{i}"), out));
        }
        Value::String(text) => out.push((path.to_owned(), text.clone())),
        _ => {}
    }
}

/// Everything said: readout, pictures, descriptions, table.
fn all_said(scene: &mut Driven) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let all = scene.read();
    said(&all, "", &mut out);
    // Figures and terms have values that are shown.
    for list in ["figures", "equation"] {
        for (i, one) in all[list].as_array().into_iter().flatten().enumerate() {
            out.push((format!("/{list}/{i}/value"), one["value"].as_str().unwrap_or_default().to_owned()));
        }
    }
    let table = scene.0.table();
    out.extend(table.columns.iter().enumerate().map(|(i, words)| (format!("column {i}"), words.clone())));
    out.extend(table.rows.iter().flatten().enumerate().map(|(i, words)| (format!("cell {i}"), words.clone())));
    out.push(("caption".into(), table.caption));
    // A formula is written alike in every language.
    if let Some(formula) = all["formula"]["text"].as_str().filter(|text| !text.is_empty()) {
        for (_, text) in &mut out {
            *text = text.replace(formula, "");
        }
    }
    out
}

/// The numbers in a text, as numbers: `−1.234,5` in German is −1234.5.
fn numbers(text: &str, language: Language) -> Vec<String> {
    let locale = language.locale();
    let mut found = Vec::new();
    let mut now = String::new();
    let letters: Vec<char> = text.chars().collect();
    for (i, c) in letters.iter().enumerate() {
        let inside = now.chars().next_back().is_some_and(|c| c.is_ascii_digit());
        let before_digit = letters.get(i + 1).is_some_and(char::is_ascii_digit);
        if c.is_ascii_digit() {
            now.push(*c);
        } else if *c == locale.decimal && inside && before_digit {
            now.push('.');
        } else if *c == locale.group && inside && before_digit {
            // Groups of three only set digits apart.
        } else if !now.is_empty() {
            found.push(core::mem::take(&mut now));
        }
    }
    if !now.is_empty() {
        found.push(now);
    }
    found.sort();
    found
}

/// English words that no German sentence has.
const ENGLISH: [&str; 44] = [
    "the", "and", "step", "steps", "slope", "loss", "settled", "settles", "stuck", "nudge", "undo", "redo", "here",
    "press", "drag", "place", "rate", "learning", "next", "from", "with", "without", "where", "which", "valley",
    "ground", "point", "after", "moves", "house", "houses", "guess", "missed", "sold", "square", "feet", "line",
    "price", "curve", "left", "right", "no", "of", "is",
];

fn english_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    words.filter(|word| ENGLISH.contains(&word.as_str())).collect()
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn both_languages_say_the_same_numbers_in_the_same_places(wishes in prop::collection::vec(any_deed(), 0..14)) {
        for entry in catalog::ALL {
            let (mut english, mut german) = (Driven::new(entry.kind, &[]), Driven::german(entry.kind, &[]));
            // Words have other widths, so that the same pixel is another place; and what is said of a table quotes it.
            for wish in wishes.iter().filter(|wish| !matches!(wish, Wish::Point { .. } | Wish::Table(_))) {
                english.grant(wish);
                german.grant(wish);
            }
            prop_assert_eq!(english.0.state().to_text(), german.0.state().to_text());
            let (here, there) = (all_said(&mut english), all_said(&mut german));
            for ((path, a), (_, b)) in here.iter().zip(&there) {
                prop_assert_eq!(
                    numbers(a, Language::English), numbers(b, Language::German), "{}: {}: {} / {}", entry.kind, path, a, b
                );
            }
            prop_assert_eq!(here.len(), there.len());
        }
    }
}

/// Telling moments: what was done to a widget of each kind.
fn moments(german: bool) -> Vec<Driven> {
    let make = |kind: &str, attributes: &[(&str, &str)]| {
        if german { Driven::german(kind, attributes) } else { Driven::new(kind, attributes) }
    };
    let mut all = Vec::new();
    for entry in catalog::ALL {
        let steps = make(entry.kind, &[]).read()["steppable"] == true;
        for count in if steps { [0, 1, 300].as_slice() } else { &[0] } {
            let mut scene = make(entry.kind, &[]);
            scene.step(*count);
            all.push(scene);
        }
        for field in entry.fields.iter().filter(|field| field.kind == scenes::kit::settings::Kind::Flag) {
            for on in ["true", "false"] {
                let mut scene = make(entry.kind, &[(&field.attribute(), on)]);
                scene.step(2);
                all.push(scene);
            }
        }
    }
    for (function, start, rate, steps) in [
        ("w^2", "1", "1.2", 9),
        ("w^3", "0.01", "0.3", 400),
        ("-w^2", "1", "0.5", 2_000),
        ("w + ln(w)", "0.1", "0.3", 1),
        ("abs(w) + w/4", "0", "0.1", 0),
        ("cbrt(w)", "0", "0.1", 0),
        ("7", "0", "0.1", 1),
        ("1000000*w^2", "3", "0.0000001", 3),
    ] {
        for optimizer in ["sgd", "momentum", "adam"] {
            let given = [("function", function), ("start", start), ("learning-rate", rate), ("optimizer", optimizer)];
            let mut scene = make("descent", &given);
            scene.step(steps);
            all.push(scene);
        }
    }
    all
}

#[test]
fn german_has_no_english_words_and_a_decimal_comma() {
    for (mut german, mut english) in moments(true).into_iter().zip(moments(false)) {
        let (there, here) = (all_said(&mut german), all_said(&mut english));
        // Names of columns are the same in both.
        for (path, text) in there.iter().filter(|(_, text)| !text.contains('_')) {
            assert_eq!(english_words(text), Vec::<String>::new(), "{path}: {text}");
        }
        for ((path, a), (_, b)) in here.iter().zip(&there) {
            assert_eq!(numbers(a, Language::English), numbers(b, Language::German), "{path}: {a} / {b}");
        }
    }
}

#[test]
fn what_is_drawn_and_described_is_german_too() {
    for mut german in moments(true) {
        for words in german.drawn_words() {
            assert_eq!(english_words(&words), Vec::<String>::new(), "{words}");
        }
        for stage in 0..german.stages() {
            let words = german.0.description(stage);
            assert_eq!(english_words(&words), Vec::<String>::new(), "{words}");
        }
    }
}

#[test]
fn another_language_is_spoken_at_once_and_the_first_again() {
    for entry in catalog::ALL {
        let mut scene = Driven::new(entry.kind, &[]);
        let english = scene.read();
        scene.0.speak(Language::German);
        let german = scene.read();
        assert_ne!(german["prompt"], english["prompt"]);
        assert_eq!(german, Driven::german(entry.kind, &[]).read());
        scene.0.speak(Language::English);
        assert_eq!(scene.read(), english);
    }
}
