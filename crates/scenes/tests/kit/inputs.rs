//! Whatever is done to a widget, it shows numbers, and the moment can be sent as a link.

use proptest::prelude::*;
use scenes::catalog::{self, Entry};
use scenes::kit::Input;
use serde_json::Value;

use crate::support::{Driven, Wish, any_deed, any_wish, cases, difference, may_be_absent, sound, through_text};

/// Nothing that is shown is no number, and every picture can be drawn.
fn check(entry: &Entry, scene: &mut Driven) {
    let all = scene.read();
    sound(&all, &may_be_absent(entry));
    for handle in all["handles"].as_array().unwrap() {
        let [low, value, high] = ["min", "value", "max"].map(|name| handle[name].as_f64().unwrap());
        assert!(low <= value && value <= high, "{handle}");
        assert!(!handle["label"].as_str().unwrap().is_empty() && !handle["valueText"].as_str().unwrap().is_empty());
    }
    for stage in 0..scene.stages() {
        scene.drawn_stage(stage);
        assert!(!scene.0.description(stage).is_empty());
    }
    let table = scene.0.table();
    assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{table:?}");
    assert!(table.rows.len() <= 200 && !table.caption.is_empty());
    let cells = table.rows.iter().flatten();
    assert!(cells.clone().all(|cell| !cell.contains("NaN") && !cell.contains("inf")), "{table:?}");
}

/// The widget's own numbers, as they are when nothing moves.
fn numbers(scene: &mut Driven, slip: bool) -> Value {
    let mut all = scene.read();
    // What was done before, lies ahead, or was asked for in vain; and a window that follows the hand keeps where it was.
    let elsewhere = ["length", "undo", "redo", "warnings", "handles", "descriptions"];
    let object = all.as_object_mut().unwrap();
    for name in elsewhere {
        object.remove(name);
    }
    // A table that could not be read is none.
    if let Some(Value::Object(data)) = object.get_mut("data") {
        data.remove("error");
    }
    // A slip that is being typed is no part of a moment; while it stands there nobody steps, and the line above asks to mend it.
    if let Some(Value::Object(formula)) = object.get_mut("formula") {
        formula.remove("mistake");
        formula.remove("mistakeText");
    }
    if slip {
        object.remove("canStep");
        object.remove("prompt");
        object.remove("prompts");
    }
    all
}

/// Stops what moves and goes to the end of the walk: a link leaves out what lies ahead.
fn still(scene: &mut Driven) {
    scene.update(Input::Pause);
    scene.update(Input::StepBack(0));
    scene.update(Input::Scrub(u64::MAX));
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn no_sequence_of_inputs_leads_to_a_number_that_is_none(wishes in prop::collection::vec(any_wish(), 1..24)) {
        for entry in catalog::ALL {
            let mut scene = Driven::new(entry.kind, &[]);
            check(entry, &mut scene);
            for wish in &wishes {
                scene.grant(wish);
                check(entry, &mut scene);
            }
        }
    }

    #[test]
    fn whatever_was_done_can_be_sent_as_a_link(wishes in prop::collection::vec(any_deed(), 1..24)) {
        for entry in catalog::ALL {
            let mut scene = Driven::new(entry.kind, &[]);
            for wish in wishes.iter().filter(|wish| !matches!(wish, Wish::Table(_))) {
                scene.grant(wish);
            }
            still(&mut scene);
            let state = scene.0.state();
            let again = Driven::of_state(entry.kind, &through_text(&state));
            prop_assert!(again.is_ok(), "{:?} for {}", again.err(), state.to_text());
            let mut again = again.unwrap();
            prop_assert_eq!(again.0.state().to_text(), state.to_text(), "{}", entry.kind);
            let slip = !scene.read()["formula"]["mistake"].is_null();
            prop_assert_eq!(difference(&numbers(&mut again, slip), &numbers(&mut scene, slip)), None, "{}", entry.kind);
        }
    }

    /// At the sizes of the two drawings no words cover others and none leave the picture.
    #[test]
    fn no_two_labels_touch_and_none_is_cut_off(
        wishes in prop::collection::vec(any_deed(), 1..16), narrow in any::<bool>(), german in any::<bool>(),
    ) {
        for entry in catalog::ALL {
            let mut scene = if german { Driven::german(entry.kind, &[]) } else { Driven::new(entry.kind, &[]) };
            scene.resize(narrow);
            for wish in &wishes {
                scene.grant(wish);
                for (stage, size) in scene.sizes(narrow).into_iter().enumerate() {
                    let drawn = scene.drawn_stage(stage);
                    prop_assert_eq!(drawn.collisions(), vec![], "{}, stage {}", entry.kind, stage);
                    prop_assert_eq!(drawn.cut_off(size.width, size.height), Vec::<String>::new(), "{}, stage {}", entry.kind, stage);
                }
            }
        }
    }

    /// The parts that are sent one by one come to what is read at once.
    #[test]
    fn the_parts_of_a_readout_put_together_are_the_whole(wishes in prop::collection::vec(any_wish(), 1..16)) {
        for entry in catalog::ALL {
            let mut scene = Driven::new(entry.kind, &[]);
            let mut page = serde_json::Map::new();
            for wish in &wishes {
                scene.grant(wish);
                let sent: Value = serde_json::from_str(&scene.0.readout()).unwrap();
                for (name, part) in sent["parts"].as_object().unwrap() {
                    page.insert(name.clone(), part.clone());
                }
                let mut whole = serde_json::Map::new();
                for (name, part) in &page {
                    match part {
                        Value::Object(properties) if name == "numbers" || name == "panel" => whole.extend(properties.clone()),
                        Value::Array(controls) if name == "controls" => {
                            let controls = controls.iter().zip(page["values"].as_array().unwrap()).map(|(control, value)| {
                                let mut control = control.clone();
                                control["value"] = value.clone();
                                control
                            });
                            whole.insert(name.clone(), controls.collect());
                        }
                        _ if name == "values" => {}
                        part => drop(whole.insert(name.clone(), part.clone())),
                    }
                }
                prop_assert_eq!(difference(&Value::Object(whole), &scene.read()), None, "{}", entry.kind);
                let nothing: Value = serde_json::from_str(&scene.0.readout()).unwrap();
                prop_assert_eq!(nothing["parts"].as_object().map(serde_json::Map::len), Some(0), "nothing is sent twice");
            }
        }
    }

    /// An input that says it changed nothing changed nothing.
    #[test]
    fn what_is_not_said_to_have_changed_has_not(wishes in prop::collection::vec(any_deed(), 1..16)) {
        for entry in catalog::ALL {
            let mut scene = Driven::new(entry.kind, &[]);
            for wish in &wishes {
                let (before, drawn) = (scene.read(), scene.all_svg());
                let outcome = scene.grant(wish);
                if !outcome.changed {
                    prop_assert_eq!(difference(&before, &scene.read()), None, "{}: {:?}", entry.kind, wish);
                    prop_assert!(scene.all_svg() == drawn, "{}: {:?} is drawn otherwise", entry.kind, wish);
                }
            }
        }
    }
}

/// Numbers on the axis differ where the name of the axis leaves no room for the highest: the margin is for those that are drawn.
#[test]
fn numbers_of_any_size_have_room_beside_the_plot() {
    for exponent in [0, 3, 9, 14, 20] {
        for tenths in 10..60 {
            let formula = format!("{tenths}e{exponent}*(1 + sin(x))");
            for (kind, narrow) in [("descent", false), ("descent", true), ("tangent", false)] {
                let mut scene = Driven::german(kind, &[("function", &formula)]);
                scene.resize(narrow);
                for (stage, size) in scene.sizes(narrow).into_iter().enumerate() {
                    let cut = scene.drawn_stage(stage).cut_off(size.width, size.height);
                    assert_eq!(cut, Vec::<String>::new(), "{formula}, {kind}, stage {stage}");
                }
            }
        }
    }
}
