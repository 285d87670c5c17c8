//! Whatever is done to the widget, it shows numbers, and stepping back is exact.

use proptest::prelude::*;
use scenes::descent::{DescentConfig, DescentScene, DescentSetting, DescentState, Move, OptimizerKind};
use scenes::scene::{Input, Key, PointerKind, PointerPhase, Scene, Size};

use crate::checked::{drawn, sound};

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -10.0..10.0,
        2 => -1e4..1e4,
        1 => prop::num::f64::ANY,
        1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, 5e-324, 0.0, -0.0]),
    ]
}

fn formula() -> impl Strategy<Value = String> {
    let some = [
        "w^2",
        "abs(w)",
        "1/w",
        "ln(w)",
        "cbrt(w)",
        "floor(w)",
        "exp(w)",
        "exp(exp(w))",
        "1e300*w^2",
        "1e-300*w",
        "sin(1/w)",
        "tan(w)",
        "sqrt(-1-w^2)",
        "7",
        "w*v",
        "sni(w)",
        "",
        "w^w",
        "max(w, -w) + 1/w^2",
        "if(w<0, 1/w, w^2)",
        "w^9 - w",
        "(w-1e8)^2",
        "-w^2",
        "x/x",
        "0*ln(w)",
        "abs(w)^(1/2)",
    ];
    prop::sample::select(some.map(String::from).to_vec())
}

fn kind() -> impl Strategy<Value = OptimizerKind> {
    prop::sample::select(vec![OptimizerKind::Sgd, OptimizerKind::Momentum, OptimizerKind::Adam])
}

fn input() -> impl Strategy<Value = Input<DescentSetting>> {
    let phase = prop::sample::select(vec![
        PointerPhase::Down,
        PointerPhase::Move,
        PointerPhase::Up,
        PointerPhase::Cancel,
        PointerPhase::Leave,
    ]);
    let pointer = prop::sample::select(vec![PointerKind::Mouse, PointerKind::Touch, PointerKind::Pen]);
    let key = prop::sample::select(vec![Key::Left, Key::Right, Key::PageUp, Key::PageDown, Key::Home, Key::End]);
    let place = prop_oneof![3 => 0.0..960.0, 1 => number()];
    prop_oneof![
        (phase, pointer, place.clone(), place, 0_usize..3).prop_map(|(phase, kind, x, y, stage)| Input::Pointer {
            stage,
            phase,
            kind,
            x,
            y
        }),
        (key, any::<bool>()).prop_map(|(key, shift)| Input::Key { handle: "at".into(), key, shift }),
        number().prop_map(|value| Input::SetHandle { handle: "at".into(), value }),
        formula().prop_map(|f| Input::Set(DescentSetting::Formula(f))),
        number().prop_map(|x| Input::Set(DescentSetting::At(x))),
        number().prop_map(|r| Input::Set(DescentSetting::LearningRate(r))),
        kind().prop_map(|k| Input::Set(DescentSetting::Optimizer(k))),
        prop::option::of((number(), number())).prop_map(|d| Input::Set(DescentSetting::Domain(d))),
        any::<bool>().prop_map(|b| Input::Set(DescentSetting::Blindfold(b))),
        prop::sample::select(vec!["smaller-rate", "nudge", "lift-blindfold", "?"])
            .prop_map(|id| Input::Set(DescentSetting::Act(id.into()))),
        (0_u32..40).prop_map(Input::Step),
        (0_u32..40).prop_map(Input::StepBack),
        Just(Input::Run),
        Just(Input::Pause),
        number().prop_map(|milliseconds| Input::Tick { milliseconds }),
        (0.0..500.0).prop_map(|milliseconds| Input::Tick { milliseconds }),
        Just(Input::Reset),
        Just(Input::Undo),
    ]
}

fn shows_numbers(scene: &DescentScene) {
    sound(&serde_json::to_value(scene.readout()).unwrap());
    sound(&serde_json::to_value(scene.table()).unwrap());
    drawn(scene);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_inputs_leads_to_a_number_that_is_none(
        formula in prop::option::of(formula()), start in prop::option::of(number()),
        rate in prop::option::of(number()), sizes in (number(), 40.0..1200.0, any::<bool>()),
        inputs in prop::collection::vec(input(), 1..24),
    ) {
        let mut scene = DescentScene::new(DescentConfig {
            formula, start, learning_rate: rate, ..DescentConfig::default()
        });
        scene.resize(0, Size { width: sizes.1, height: 330.0 });
        scene.resize(1, Size { width: sizes.0, height: sizes.1 });
        scene.set_reduced_motion(sizes.2);
        shows_numbers(&scene);
        for input in inputs {
            scene.update(input);
            shows_numbers(&scene);
        }
        // Whatever was done can be sent as a link.
        let state: DescentState = serde_json::from_str(&serde_json::to_string(&scene.state()).unwrap()).unwrap();
        let again = DescentScene::from_state(state).unwrap();
        prop_assert_eq!(again.readout().at[0].to_bits(), scene.readout().at[0].to_bits());
        prop_assert_eq!(again.state(), scene.state());
    }

    #[test]
    fn stepping_back_restores_every_bit(
        start in -3.0..3.0, rate in 1e-3..0.6, kind in kind(), there in 1_u32..40, back in 1_u32..40,
    ) {
        let mut scene = DescentScene::new(DescentConfig {
            start: Some(start), learning_rate: Some(rate), optimizer: Some(kind), ..DescentConfig::default()
        });
        let mut trace = vec![scene.readout().at[0].to_bits()];
        for _ in 0..there {
            scene.update(Input::Step(1));
            trace.push(scene.readout().at[0].to_bits());
        }
        scene.update(Input::StepBack(back));
        let steps = scene.readout().steps;
        prop_assert_eq!(scene.readout().at[0].to_bits(), trace[steps]);
        scene.update(Input::Step(there));
        for _ in steps..trace.len() {
            let now = scene.readout();
            if let Some(bits) = trace.get(now.steps) {
                prop_assert_eq!(now.at[0].to_bits(), *bits);
            }
            scene.update(Input::StepBack(1));
        }
    }

    #[test]
    fn a_hostile_state_is_shown_or_refused(
        version in 0_u32..3, formula in formula(), home in prop::option::of(number()),
        domain in prop::option::of((number(), number())), learning_rate in number(), optimizer in kind(),
        blindfold in any::<bool>(), start in number(), refused in any::<bool>(),
        moves in prop::collection::vec(prop_oneof![
            number().prop_map(|to| Move::Leap { to }),
            (kind(), number(), prop_oneof![0_u32..30, any::<u32>()])
                .prop_map(|(optimizer, learning_rate, count)| Move::Steps { optimizer, learning_rate, count }),
        ], 0..5),
    ) {
        let state = DescentState {
            version, formula, home, domain, learning_rate, optimizer, blindfold, start, moves, refused,
        };
        match DescentScene::from_state(state) {
            Ok(scene) => shows_numbers(&scene),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }
}
