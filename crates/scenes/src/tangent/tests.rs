//! What must hold of the ink, the halvings, the sketch and the moments that are shared.

use super::*;
use crate::kit::{AnyScene as _, Given, Input, Key, Shell};
use crate::words::Language;

fn scene(attributes: &[(&str, &str)], language: Language) -> Shell<Tangent> {
    let attributes = attributes.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    Shell::new(&Given { attributes, language, ..Given::default() })
}

fn act(scene: &mut Shell<Tangent>, id: &str) -> crate::kit::Outcome {
    scene.update(Input::Act { id: id.into(), value: None })
}

#[test]
fn a_ride_leaves_ink_and_a_leap_leaves_none_between() {
    let mut scene = scene(&[("at", "-1")], Language::English);
    scene.update(Input::SetHandle { handle: "at".into(), value: 1.0 });
    assert_eq!(scene.widget().settings.ink.ends(), [1.0, 1.0]);
    scene.update(Input::Key { handle: "at".into(), key: Key::Right, shift: false });
    let [piece] = &scene.widget().inked()[..] else { panic!("one stretch was ridden") };
    assert!(piece.iter().all(|(x, slope)| *x >= 1.0 && (slope - (x * x - 1.0)).abs() < 1e-9));
    act(&mut scene, "clear");
    assert!(scene.widget().inked().is_empty());
}

#[test]
fn halving_h_brings_the_ratio_to_the_slope_and_each_row_is_right() {
    for (formula, at) in
        [("x^2", "1"), ("sin(x)", "0.5"), ("exp(x)", "-1"), ("x^3/3 - x + 2", "0.5"), ("x^2 + 1e9", "1")]
    {
        let mut scene = scene(&[("function", formula), ("at", at), ("second-point", "1")], Language::English);
        for _ in 0..40 {
            act(&mut scene, "halve");
        }
        let widget = scene.widget();
        let slope = widget.here().gradient().unwrap();
        let miss: Vec<f64> =
            widget.settings.halvings.iter().map(|h| (widget.ratio(*h).unwrap().1 - slope).abs()).collect();
        assert!(miss.len() > 40 && miss[40] <= 1e-9 * (1.0 + slope.abs()), "{formula}: {miss:?}");
        assert!(miss.windows(2).all(|m| m[1] <= m[0] * 0.75 + 1e-12), "{formula}: {miss:?}");
    }
}

#[test]
fn checking_a_sketch_is_an_answer_and_shows_the_slope() {
    let mut scene = scene(&[], Language::English);
    act(&mut scene, "sketch");
    assert!(
        !scene.widget().shows_derivative()
            && scene.marks(1).iter().filter(|m| matches!(m, Mark::Handle(_))).count() == 7
    );
    scene.update(Input::Key { handle: "grip3".into(), key: Key::Up, shift: false });
    assert!(scene.widget().settings.sketch.as_ref().unwrap()[2] > 0.0);
    assert!(act(&mut scene, "check").events.contains(&crate::readout::Event::Answer));
    assert!(scene.widget().shows_derivative() && scene.widget().verdict().is_some());
    scene.update(Input::Undo);
    assert!(!scene.widget().settings.checked);
}

#[test]
fn a_moment_that_is_shared_comes_back_the_same_and_says_no_nan() {
    let rough = [
        "1/x",
        "tan(x)",
        "abs(x)",
        "sqrt(x)",
        "ln(x)",
        "floor(x)",
        "cbrt(x)",
        "7",
        "sqrt(-1 - x^2)",
        "1e300*x",
        "sin(1/x)",
    ];
    for formula in rough {
        for at in ["-1", "0", "0.25", "1"] {
            for language in [Language::English, Language::German] {
                let given = [("function", formula), ("at", at)];
                let mut shell = scene(&given, language);
                for id in
                    ["", "closer", "closer", "second", "halve", "halve", "single", "sketch", "check", "leave", "clear"]
                {
                    act(&mut shell, id);
                    shell.update(Input::Key { handle: "at".into(), key: Key::Right, shift: true });
                    let whole = shell.readout_whole();
                    assert!(!whole.contains("NaN") && !whole.contains("inf"), "{formula} {at} {id}: {whole}");
                    let state = shell.state();
                    let other = Shell::<Tangent>::from_state(&Given { language, ..Given::default() }, &state);
                    let mut other = other.unwrap();
                    assert_eq!(other.state(), shell.state(), "{formula} {at} {id}");
                    for stage in 0..2 {
                        assert_eq!(other.marks(stage), shell.marks(stage), "{formula} {at} {id}");
                        assert_eq!(other.description(stage), shell.description(stage));
                    }
                }
            }
        }
    }
}
