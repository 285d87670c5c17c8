//! Advice about rates is true: what the card says can be checked, and is.

use descent::run::Status;
use proptest::prelude::*;

use crate::core::{optimizer, run_of, widget};
use crate::support::{Driven, FORMULAS, cases};

/// The text of the card and its button.
fn card(scene: &mut Driven) -> Option<(String, Option<String>)> {
    let notice = scene.notice()?;
    let label = notice["action"].get("label").and_then(|label| label.as_str()).map(str::to_owned);
    Some((notice["text"].as_str()?.to_owned(), label))
}

/// Whether a walk at this rate comes to a valley floor.
fn settles(function: &str, start: f64, kind: &str, rate: f64, steps: u64) -> bool {
    let Some(mut run) = run_of(function, start, optimizer(kind, rate), false) else { return false };
    run.step_many(steps);
    run.status() == Status::Converged
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_rate_that_is_offered_settles_in_the_core(
        function in prop::sample::select(FORMULAS.to_vec()), start in -3.0..3.0,
        kind in prop::sample::select(vec!["sgd", "momentum", "adam"]), rate in prop_oneof![0.3..3.0, 3.0..500.0],
    ) {
        let mut scene = widget(function, start, kind, rate);
        let start = scene.number("/at/0");
        scene.step(400);
        let shown = scene.read();
        if shown["status"] != "diverged" {
            prop_assert!(shown["suggestedLearningRate"].is_null());
            return Ok(());
        }
        let reason = shown["reason"].as_str().unwrap().to_owned();
        let (text, button) = card(&mut scene).unwrap();
        if let Some(tried) = shown["suggestedLearningRate"].as_f64() {
            prop_assert!(tried < rate, "{} is no smaller rate than {}", tried, rate);
            prop_assert!(settles(function, start, kind, tried, 300), "{function} from {start} with {kind} at {tried}: {text}");
            prop_assert!(text.contains("settles."), "{}", text);
            // The button does what it says.
            scene.act("smaller-rate");
            prop_assert_eq!(scene.number("/learningRate"), tried);
            prop_assert_eq!(scene.number("/at/0").to_bits(), start.to_bits());
            scene.step(300);
            prop_assert!(settles(function, start, kind, tried, 300));
        } else {
            prop_assert!(!text.contains("settles."), "{}", text);
            // Where the core knows that no rate helps, none is named.
            let helps = reason.contains("learning rate");
            prop_assert_eq!(text.contains("learning rate"), helps, "{} / {}", text, reason);
            prop_assert_eq!(button.is_some(), helps, "{:?} / {}", button, reason);
        }
    }

    /// The bound that a card names holds on a parabola, where it can be worked out by hand.
    #[test]
    fn below_the_bound_a_parabola_settles_and_above_it_runs_away(
        curvature in 0.1_f64..50.0, start in prop_oneof![0.5..3.0, -3.0..-0.5], kind in prop::sample::select(vec!["sgd", "momentum"]),
    ) {
        let function = format!("{curvature}/2*w^2");
        let mut scene = widget(&function, start, kind, 0.01 / curvature);
        let bound = scene.number("/largestStableLearningRate");
        let by_hand = if kind == "sgd" { 2.0 / curvature } else { 3.8 / curvature };
        prop_assert!((bound - by_hand).abs() <= 1e-6 * by_hand, "{} {}", bound, by_hand);
        prop_assert!(settles(&function, start, kind, 0.95 * bound, 5_000));
        let mut run = run_of(&function, start, optimizer(kind, 1.05 * bound), false).unwrap();
        run.step_many(5_000);
        prop_assert_eq!(run.status(), Status::Diverged);
    }
}

#[test]
fn where_the_loss_falls_without_end_no_rate_is_advised() {
    let mut scene = widget("-w^2", 1.0, "sgd", 0.5);
    scene.step(2_000);
    assert_eq!(scene.status(), "diverged");
    let (text, button) = card(&mut scene).unwrap();
    assert!(!text.contains("rate"), "{text}");
    assert_eq!(button, None);
}
