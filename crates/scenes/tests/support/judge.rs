//! What no page should ever show.

use scenes::catalog::Entry;
use serde_json::Value;

/// Words a page may show. (In German "null" is a number.)
fn sound_words(text: &str) {
    let wrong = ["NaN", "inf", "Inf"].iter().find(|w| {
        text.match_indices(**w).any(|(at, _)| {
            let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
            !letter(text[..at].chars().next_back()) && !letter(text[at + w.len()..].chars().next())
        })
    });
    assert!(wrong.is_none(), "shown: {text}");
}

/// Properties that may be absent. A number that is not finite is written as `null`, so all others must be there.
const MAY_BE_ABSENT: [&str; 21] = [
    "value",
    "reason",
    "notice",
    "action",
    "undo",
    "redo",
    "hint",
    "mistake",
    "mistakeText",
    "triangle",
    "suggestedLearningRate",
    "largestStableLearningRate",
    "lowestFound",
    "inLowestValley",
    "shareNote",
    "min",
    "max",
    "rSquared",
    "house",
    "error",
    "column",
];

/// The first place where two readouts differ, and both values there; none where they are the same.
pub fn difference(a: &Value, b: &Value) -> Option<String> {
    match (a, b) {
        (Value::Object(these), Value::Object(those)) => {
            let names = these.keys().chain(those.keys().filter(|name| !these.contains_key(*name)));
            let found =
                |name: &String| difference(&a[name.as_str()], &b[name.as_str()]).map(|at| format!("/{name}{at}"));
            names.filter_map(found).next()
        }
        (Value::Array(these), Value::Array(those)) if these.len() == those.len() => {
            let pairs = these.iter().zip(those).enumerate();
            pairs.filter_map(|(i, (x, y))| difference(x, y).map(|at| format!("/{i}{at}"))).next()
        }
        _ => (a != b).then(|| format!(": {a} is not {b}")),
    }
}

/// What a widget says of itself that may be absent: the properties that its TypeScript declares to be `null` at times.
pub fn may_be_absent(entry: &Entry) -> Vec<String> {
    let mut names = Vec::new();
    (entry.declare)(&mut |_, text| {
        let lines = text.lines().map(str::trim).filter(|line| line.ends_with("| null;") || line.contains("null | "));
        names.extend(lines.filter_map(|line| line.split_once(':')).map(|(name, _)| name.to_owned()));
    });
    names
}

/// What a learner or a page typed may say anything.
const TYPED: [&str; 9] =
    ["text", "mistakeText", "mathml", "derivativeText", "derivativeMathml", "message", "hint", "label", "about"];

/// A readout in which every number is finite and every sentence speaks of numbers, not of machine words.
pub fn sound(readout: &Value, may_be_absent: &[String]) {
    match readout {
        Value::Object(fields) => {
            for (name, field) in fields {
                let may_be = MAY_BE_ABSENT.contains(&name.as_str()) || may_be_absent.contains(name);
                assert!(!field.is_null() || may_be, "{name} is absent");
                if !TYPED.contains(&name.as_str()) {
                    sound(field, may_be_absent);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| {
            assert!(!item.is_null(), "a list holds what is not finite: {readout}");
            sound(item, may_be_absent);
        }),
        Value::String(text) => sound_words(text),
        _ => {}
    }
}
