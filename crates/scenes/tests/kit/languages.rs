//! Both languages say the same.

use proptest::prelude::*;
use scenes::catalog;
use scenes::kit::Input;
use scenes::kit::settings::Kind;
use scenes::number::Locale;
use scenes::words::Language;
use serde_json::Value;

use crate::support::{Driven, Wish, any_deed, cases};

/// What no language says: names of things for code, mathematics, what programs read.
const CODE: [&str; 16] = [
    "id",
    "kind",
    "role",
    "beats",
    "status",
    "setting",
    "act",
    "handle",
    "optimizer",
    "row",
    "code",
    "reason",
    "variable",
    "name",
    "symbol",
    "derivativeText",
];

/// Every word that a learner reads, apart from what was typed.
fn said(value: &Value, path: &str, out: &mut Vec<(String, String)>) {
    // Mathematics, what was typed, and what is compared by itself below; an error quotes lines of a file.
    const NO_WORDS: [&str; 8] =
        ["value", "mathml", "issues", "derivativeMathml", "formula", "mistake", "warnings", "error"];
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if !NO_WORDS.contains(&name.as_str()) && !CODE.contains(&name.as_str()) {
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
    // A formula is written alike in every language, but for its decimal mark.
    if let Some(formula) = all["formula"]["text"].as_str().filter(|text| !text.is_empty()) {
        for (_, text) in &mut out {
            *text = text.replace(formula, "").replace(&Locale::GERMAN.formula(formula), "");
        }
    }
    out
}

/// Formulas with every mistake and every spelling that is told of.
const TOLD: &str = "x**2 . 1.2.3 0x10 1e400 x²²²²²²²²² х 5%3 1;2 'x' [x] 4! $3 x# Pi sni(x) xsin(x) xy x2y foo(x) foobar (2)3(4 \
    2x+3y () (x x) (|x|+|x-|y||) || |x |(x|) sin^-1(x) exp^-1(x) max^2(x) sin+x sin() if() max(x) sin(1,5) clamp(x) root(x) \
    if(x,1,2) if(x<1) if(x<1,2,3,4) 3+ (1+) 1,5 x,y x=2 x<1 *x 1/2x 0^0+x a(a+1) log(x) if(x<0.5,-x,max(x,1.5)) 0.5x^1.5";

/// Tables with everything that is told of one.
const TABLES: [&str; 14] = [
    "",
    "a,b",
    "a,b\n1",
    "a,b\nx,y\nz,w\n",
    "a,b\n1,x\n2,y\n",
    "a,b\n1,2\n",
    "a,b\n1,2\n,3\nNA,4\n5,6\n7\n8,9,10\n11,many\n",
    "1,2\n3,4\n5,7\n",
    "a,,a\n1,2,3\n4,5,7\n",
    "a,b\n1,\n,2\n",
    "a,b\n1,2\n\"3,4\n5,6\n",
    "a;b\n1,234;2\n3,456;4\n",
    "a,b\n1,1e200\n2,3\n4,6\n",
    "a\0,b\n1,2\n3,4\n",
];

/// What was typed, names of files and columns.
const NO_LANGUAGE: [&str; 6] = ["about", "mistakeText", "column", "feature", "target", "verdict"];

/// Words that are the same in both languages, names of tables, and what a column is called that has no name.
const SHARED: [&str; 7] = ["Adam", "Momentum", "Start", "ames", "mine", "csv", "column"];

/// The words in a typeset formula, and its numbers if they have decimals.
fn typeset(mathml: &str) -> String {
    let parts = mathml.split('<').filter_map(|part| part.strip_prefix("mtext>").or(part.strip_prefix("mn>")));
    parts.filter(|part| part.contains(|c: char| !c.is_ascii_digit())).collect::<Vec<_>>().join(" ")
}

/// Every text that has letters, apart from what no language says.
fn texts(value: &Value, path: &str, out: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let own = match name.as_str() {
                    "text" => path.ends_with("formula"),
                    "value" => path.starts_with("/controls"),
                    name => CODE.contains(&name) || NO_LANGUAGE.contains(&name),
                };
                if !own {
                    texts(field, &format!("{path}/{name}"), out);
                }
            }
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| texts(item, &format!("{path}/{i}"), out)),
        Value::String(text) if path.to_lowercase().ends_with("mathml") => out.push((path.to_owned(), typeset(text))),
        Value::String(text) if text.chars().any(char::is_alphabetic) => out.push((path.to_owned(), text.clone())),
        _ => {}
    }
}

/// What is not the learner's own in the same moment of two languages, and is word for word the same.
fn same_in_both(scene: &mut Driven) -> Vec<String> {
    let read = |scene: &mut Driven, language| {
        scene.0.speak(language);
        let (mut out, all, table) = (Vec::new(), scene.read(), scene.0.table());
        texts(&all, "", &mut out);
        let words = table.columns.iter().chain([&table.caption]).map(|words| ("/table".to_owned(), words.clone()));
        out.extend(words.filter(|(_, words)| words.chars().any(char::is_alphabetic)));
        out
    };
    let (english, german) = (read(scene, Language::English), read(scene, Language::German));
    let places = |said: &[(String, String)]| said.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(places(&english), places(&german));
    // Mathematics has single letters, names of functions, and dots of its own.
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1 && !SHARED.contains(&word))
    };
    let told = english.into_iter().zip(german).filter(|((path, a), (_, b))| {
        a == b && if path.to_lowercase().ends_with("mathml") { !a.is_empty() } else { words(a) }
    });
    told.map(|((path, text), _)| format!("{path}: {text}")).collect()
}

#[test]
fn nothing_is_said_in_english_to_a_german_reader() {
    let mut found = Vec::new();
    for entry in catalog::ALL {
        let attributes = entry.fields.iter().map(|field| (field.attribute(), "?".to_owned()));
        let mut wrong: Vec<(String, String)> = attributes.collect();
        wrong.extend(
            ["theme", "shortcuts", "controls", "speed", "lang-uage"].map(|name| (name.into(), "darkk none".into())),
        );
        wrong.extend(
            [
                ("domain", "1 1.0000000000001"),
                ("start", "1e99 1e99"),
                ("moved", "1"),
                ("house", "99999"),
                ("features", "a, b"),
                ("target", "x"),
                ("data", "own"),
                ("data", "amse"),
            ]
            .map(|(name, value)| (name.into(), value.into())),
        );
        for (name, value) in &wrong {
            found.extend(same_in_both(&mut Driven::new(entry.kind, &[(name, value)])));
        }
        let formula = entry.fields.iter().find(|field| matches!(field.kind, Kind::Formula { .. }));
        for (text, field) in
            TOLD.split(' ').chain(["", "2 3"]).filter_map(|text| Some((text.replace('+', " + "), formula?)))
        {
            let mut scene = Driven::new(entry.kind, &[]);
            scene.set(field.name, text.as_str());
            found.extend(same_in_both(&mut scene));
            found.extend(same_in_both(&mut Driven::new(entry.kind, &[(&field.attribute(), &text)])));
        }
        for table in TABLES {
            let mut scene = Driven::new(entry.kind, &[]);
            scene.update(Input::Table { label: "mine.csv".into(), text: table.into() });
            found.extend(same_in_both(&mut scene));
        }
    }
    for mut scene in moments(false) {
        found.extend(same_in_both(&mut scene));
    }
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{} texts:\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_formula_is_shown_with_the_decimal_comma_and_typed_with_the_point() {
    for entry in catalog::ALL {
        let Some(field) = entry.fields.iter().find(|field| matches!(field.kind, Kind::Formula { .. })) else {
            continue;
        };
        let mut scene = Driven::german(entry.kind, &[(&field.attribute(), "max(0.5x^2, 0.25)")]);
        let all = scene.read();
        let mathml = all["formula"]["mathml"].as_str().unwrap();
        assert!(
            mathml.contains("<mn>0,5</mn>") && mathml.contains(">;</mo>") && !mathml.contains("<mn>0."),
            "{mathml}"
        );
        assert_eq!(all["formula"]["text"], "max(0.5x^2, 0.25)");
        let caption = scene.0.table().caption;
        assert!(caption.contains("max(0,5x^2; 0,25)"), "{caption}");
        // The derivative on one line, where there is room for it.
        scene.set(field.name, "0.25x^2");
        let equation = scene.read()["equation"].to_string();
        assert!(!equation.contains("0.5"), "{equation}");
    }
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
