//! Whatever is done to the widget, stepping back is exact, and no state that a stranger wrote gets past.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Driven, any_formula, cases, plain, sound};

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -10.0..10.0,
        2 => -1e4..1e4,
        1 => prop::num::f64::ANY,
        1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, 5e-324, 0.0, -0.0]),
    ]
}

fn kind() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["sgd", "momentum", "adam"])
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn stepping_back_restores_every_bit(
        start in -3.0_f64..3.0, rate in 1e-3_f64..0.6, kind in kind(), there in 1_u32..40, back in 1_u32..40,
    ) {
        let (start, rate) = (start.to_string(), rate.to_string());
        let mut scene =
            Driven::new("descent", &[("start", &start), ("learning-rate", &rate), ("optimizer", kind)]);
        let mut trace = vec![scene.number("/at/0").to_bits()];
        for _ in 0..there {
            scene.step(1);
            trace.push(scene.number("/at/0").to_bits());
        }
        scene.back(back);
        let steps = scene.number("/steps") as usize;
        prop_assert_eq!(scene.number("/at/0").to_bits(), trace[steps]);
        scene.step(there);
        for _ in steps..trace.len() {
            let now = scene.read();
            if let Some(bits) = trace.get(now["steps"].as_u64().unwrap() as usize) {
                prop_assert_eq!(now["at"][0].as_f64().unwrap().to_bits(), *bits);
            }
            scene.back(1);
        }
    }

    /// Both versions: version 1 is what old links carry.
    #[test]
    fn a_hostile_state_is_shown_or_refused(
        version in 0_u32..4, formula in any_formula(), home in prop::option::of(number()),
        domain in prop::option::of((number(), number())), learning_rate in number(), optimizer in kind(),
        blindfold in any::<bool>(), start in number(), refused in any::<bool>(),
        moves in prop::collection::vec(prop_oneof![
            number().prop_map(|to| json!({ "kind": "leap", "to": to })),
            (kind(), number(), prop_oneof![0_u32..30, any::<u32>()]).prop_map(|(optimizer, learning_rate, count)| {
                json!({ "kind": "steps", "optimizer": optimizer, "learningRate": learning_rate, "count": count })
            }),
        ], 0..5),
    ) {
        let state = if version == 1 {
            json!({
                "version": 1, "formula": formula, "home": home, "domain": domain, "learningRate": learning_rate,
                "optimizer": optimizer, "blindfold": blindfold, "start": start, "moves": moves, "refused": refused,
            })
        } else {
            let listed = |one: &Value| match one.get("to") {
                Some(to) => json!({ "kind": "leap", "to": [to] }),
                None => one.clone(),
            };
            json!({
                "version": version, "kind": "descent",
                "settings": {
                    "function": formula, "start": home, "domain": domain, "learningRate": learning_rate,
                    "optimizer": optimizer, "blindfold": blindfold,
                },
                "walk": { "start": [start], "moves": moves.iter().map(listed).collect::<Vec<_>>(), "refused": refused },
            })
        };
        match Driven::of_state("descent", &plain(&state)) {
            Ok(mut scene) => {
                sound(&scene.read(), &[]);
                scene.drawn_words();
                scene.step(1);
                sound(&scene.read(), &[]);
            }
            Err(refusal) => prop_assert!(!refusal.to_string().is_empty()),
        }
    }
}
