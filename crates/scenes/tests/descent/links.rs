//! Moments that are sent as links.

use scenes::kit::json::Json;
use serde_json::{Value, json};

use crate::support::{Driven, plain, through_text};

#[test]
fn a_state_is_shown_again_with_the_same_bits() {
    let mut scene =
        Driven::new("descent", &[("function", "cos(w) + w^2/9"), ("start", "2.2"), ("learning-rate", "0.4")]);
    scene.set("optimizer", "momentum");
    scene.step(17);
    let state = scene.0.state();
    assert!(state.to_text().len() < 400, "small enough for a link: {}", state.to_text());
    let mut again = Driven::of_state("descent", &through_text(&state)).unwrap();
    let (mut now, mut then) = (scene.read(), again.read());
    // What can be undone is no part of a link.
    now["undo"].take();
    then["undo"].take();
    assert_eq!(then, now);
}

#[test]
fn a_state_that_makes_no_sense_is_refused_with_the_reason() {
    let good: Value = serde_json::from_str(&Driven::new("descent", &[]).0.state().to_text()).unwrap();
    let refused = |path: &str, value: Value| {
        let mut state = good.clone();
        *state.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = value;
        match Driven::of_state("descent", &plain(&state)) {
            Ok(_) => panic!("{path} was taken: {state}"),
            Err(refusal) => {
                assert_eq!(refusal.code, "E_STATE", "{refusal}");
                refusal.to_string()
            }
        }
    };
    assert!(refused("/version", json!(3)).contains("version 3"));
    assert!(refused("/version", json!(0)).contains("version 0"));
    assert!(refused("/version", json!("2")).contains("no version"));
    assert!(refused("/kind", json!("houses")).contains("descent"));
    assert!(refused("/settings", json!([])).contains("no settings"));
    assert!(refused("/settings/learningRate", json!(-1.0)).contains("learning-rate"));
    assert!(refused("/settings/function", json!("a*b")).contains("function"));
    assert!(refused("/settings", json!({ "function": "w^2", "domain": [1.0, 1.0] })).contains("domain"));
    assert!(refused("/settings", json!({ "speed": 3 })).contains("speed"));
    assert!(refused("/walk/start", json!([null])).contains("walk"));
    assert!(refused("/walk/start", json!([1, 2])).contains("walk"));
    assert!(refused("/walk/moves", json!([{ "kind": "jump" }])).contains("walk"));
    let steps = |count: f64| json!({ "kind": "steps", "optimizer": "sgd", "learningRate": 0.1, "count": count });
    assert!(refused("/walk/moves", json!([steps(4e9), steps(4e9)])).contains("walk"));
    assert!(refused("/walk/moves", json!([steps(1.5)])).contains("walk"));
    assert!(refused("/walk/moves", json!([{ "kind": "leap", "to": ["x"] }])).contains("walk"));
}

#[test]
fn a_state_of_another_shape_is_no_state() {
    for state in ["null", "[]", "7", "\"x\"", "{}", "{\"version\":2}", "{\"version\":1}", "{\"kind\":\"descent\"}"] {
        let state: Value = serde_json::from_str(state).unwrap();
        let refusal = Driven::of_state("descent", &plain(&state)).err().unwrap_or_else(|| panic!("{state} was taken"));
        assert!(refusal.code == "E_STATE" && !refusal.to_string().is_empty(), "{refusal}");
    }
    assert!(Driven::of_state("descent", &Json::Null).is_err());
}
