//! Links of version 1 still show what they showed. Each file holds a state and the numbers that the widgets of version 1 showed for it.

use scenes::catalog;
use scenes::kit::Input;
use serde_json::Value;

use crate::support::{Driven, plain, through_text};

/// The same number but for the last digits: sums were once added in another order.
fn close(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-9)
}

/// What is said otherwise now, and why.
const OTHERWISE: [(&str, &str); 4] = [
    // A reset takes houses back too.
    ("houses-outlier.json after a reset/moved", "0"),
    // A link from a table that stayed with its owner calls no house out: the one of the course is.
    ("houses-own-table.json/house", r#"{"guessed":0,"index":1693,"sold":450000,"wrongBy":450000,"x":2046}"#),
    // Nobody walked to the best line, so that no run has ended there.
    ("houses-exact.json/status", "\"idle\""),
    // A place without a loss is no next place.
    ("descent-refused.json/next", "[]"),
];

fn compare(path: &str, shown: &Value, now: &Value) {
    if let Some((_, otherwise)) = OTHERWISE.iter().find(|(known, _)| *known == path) {
        return assert_eq!(now.to_string(), *otherwise, "{path}");
    }
    match (shown, now) {
        (Value::Object(fields), _) => {
            for (name, field) in fields {
                compare(&format!("{path}/{name}"), field, &now[name.as_str()]);
            }
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            for (i, (item, other)) in items.iter().zip(others).enumerate() {
                compare(&format!("{path}/{i}"), item, other);
            }
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            assert!(close(a, b), "{path}: {a} is now {b}");
        }
        _ => assert_eq!(shown, now, "{path}"),
    }
}

#[test]
fn a_link_of_version_1_shows_what_it_showed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/links");
    let mut seen = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let fixture: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let kind = fixture["kind"].as_str().unwrap();
        if catalog::kind(kind).is_err() {
            println!("skipped: {name}, because there is no {kind} yet");
            continue;
        }
        let mut scene =
            Driven::of_state(kind, &plain(&fixture["state"])).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (mut shown, mut reset) = (fixture["shown"].clone(), scene.clone());
        let after = shown.as_object_mut().unwrap().remove("afterReset");
        compare(&name, &shown, &scene.read());
        if let Some(after) = after {
            reset.update(Input::Reset);
            compare(&format!("{name} after a reset"), &after, &reset.read());
        }
        // It is written in the present form from now on, and that shows the same.
        let state = scene.0.state();
        assert_eq!(state.get("version").and_then(scenes::kit::json::Json::count), Some(scenes::kit::VERSION));
        let mut again = Driven::of_state(kind, &through_text(&state)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(again.0.state().to_text(), state.to_text(), "{name}");
        compare(&name, &shown, &again.read());
        seen.push(kind.to_owned());
    }
    assert!(seen.len() >= 10);
}

#[test]
fn a_state_of_another_widget_or_version_is_refused_in_words() {
    for entry in catalog::ALL {
        let state: Value = serde_json::from_str(&Driven::new(entry.kind, &[]).0.state().to_text()).unwrap();
        assert_eq!((state["version"].as_u64(), state["kind"].as_str()), (Some(scenes::kit::VERSION), Some(entry.kind)));
        for (path, value) in [
            ("/version", Value::from(scenes::kit::VERSION + 1)),
            ("/version", Value::from(0)),
            ("/version", Value::from(1.5)),
            ("/version", Value::Null),
            ("/kind", Value::from("teapot")),
            ("/settings", Value::Null),
            ("/settings", serde_json::json!({ "speed": 1 })),
        ] {
            let mut spoilt = state.clone();
            *spoilt.pointer_mut(path).unwrap() = value.clone();
            let refusal = Driven::of_state(entry.kind, &plain(&spoilt)).err();
            let refusal = refusal.unwrap_or_else(|| panic!("{}: {path} = {value} was taken", entry.kind));
            assert_eq!(refusal.code, "E_STATE", "{refusal}");
            assert!(refusal.to_string().ends_with('.'), "{refusal}");
        }
    }
}
