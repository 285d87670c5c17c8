//! Undo and redo.

use proptest::prelude::*;
use scenes::catalog;
use scenes::kit::Input;
use serde_json::Value;

use crate::support::{Driven, Wish, any_deed, cases, difference};

fn can(scene: &mut Driven, what: &str) -> bool {
    !scene.read()[what].is_null()
}

fn shown(scene: &mut Driven) -> (String, Value) {
    let mut all = scene.read();
    for name in ["undo", "redo", "warnings"] {
        all.as_object_mut().unwrap().remove(name);
    }
    (scene.0.state().to_text(), all)
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn undone_to_the_end_it_is_as_at_first_and_made_again_as_at_last(wishes in prop::collection::vec(any_deed(), 1..24)) {
        for entry in catalog::ALL {
            let mut scene = Driven::new(entry.kind, &[]);
            scene.0.set_reduced_motion(true);
            // Nothing is held and nothing runs while it is compared.
            let quiet = |wish: &&Wish| {
                !matches!(wish, Wish::Undo | Wish::Redo | Wish::Run | Wish::Point { .. } | Wish::Tick(_) | Wish::Focus(_))
                    && !matches!(wish, Wish::Set { learner: false, .. })
            };
            let mut first = None;
            for wish in wishes.iter().filter(quiet) {
                let before = shown(&mut scene);
                scene.grant(wish);
                if first.is_none() && can(&mut scene, "undo") {
                    first = Some(before);
                }
            }
            let last = shown(&mut scene);
            let mut count = 0;
            while can(&mut scene, "undo") {
                scene.update(Input::Undo);
                count += 1;
                prop_assert!(count <= 50);
            }
            if let Some(first) = first {
                let now = shown(&mut scene);
                prop_assert_eq!((now.0, difference(&now.1, &first.1)), (first.0, None), "{}", entry.kind);
            }
            for _ in 0..count {
                prop_assert!(can(&mut scene, "redo"));
                scene.update(Input::Redo);
            }
            prop_assert!(!can(&mut scene, "redo"));
            let now = shown(&mut scene);
            prop_assert_eq!((now.0, difference(&now.1, &last.1)), (last.0, None), "{}", entry.kind);
        }
    }
}

#[test]
fn a_movement_is_one_thing_to_undo_however_many_places_it_passed() {
    for entry in catalog::ALL {
        let mut scene = Driven::new(entry.kind, &[]);
        let handles = scene.read()["handles"].as_array().unwrap().clone();
        let Some(handle) = handles.first() else { continue };
        let id = handle["id"].as_str().unwrap().to_owned();
        let before = scene.0.state().to_text();
        for _ in 0..7 {
            scene.update(Input::Key { handle: id.clone(), key: scenes::kit::Key::Right, shift: false });
        }
        assert_ne!(scene.0.state().to_text(), before, "{}: {id} moves by keys", entry.kind);
        scene.update(Input::Undo);
        assert_eq!(scene.0.state().to_text(), before, "{}: {id}", entry.kind);
        assert!(!can(&mut scene, "undo"), "{}: {id}", entry.kind);
    }
}

#[test]
fn fifty_changes_are_remembered_and_what_was_undone_is_forgotten_by_the_next_change() {
    for entry in catalog::ALL {
        let Some(rate) = entry.fields.iter().find(|field| field.control == "rate") else { continue };
        let mut scene = Driven::new(entry.kind, &[]);
        for i in 0..70 {
            scene.set(rate.name, 0.01 + 0.001 * f64::from(i));
            // Something else between: else it is one change.
            scene.step(1);
        }
        let mut count = 0;
        while can(&mut scene, "undo") {
            scene.update(Input::Undo);
            count += 1;
            let rate = scene.number(&format!("/{}", rate.name));
            let expected = 0.01 + 0.001 * f64::from(69 - count);
            assert!((rate - expected).abs() < 1e-12, "{}: {rate} after {count} undone", entry.kind);
        }
        assert_eq!(count, 50, "{}", entry.kind);
        assert!(can(&mut scene, "redo"));
        scene.set(rate.name, 0.5);
        assert!(!can(&mut scene, "redo"), "{}", entry.kind);
    }
}
