//! Every loss against `tests/reference/losses.jsonl` (mpmath; jax and optax agree).
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use descent::DescentError;
use descent::loss::{Loss, LossKind, LossParameters, loss};
use serde_json::Value;

fn flat(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(items) => items.iter().flat_map(flat).collect(),
        number => vec![number.as_f64().unwrap()],
    }
}

fn kind(name: &str) -> LossKind {
    match name {
        "mse" => LossKind::Mse,
        "mae" => LossKind::Mae,
        "huber" => LossKind::Huber,
        "log_cosh" => LossKind::LogCosh,
        "quantile" => LossKind::Quantile,
        "bce_logits" => LossKind::BinaryCrossEntropy,
        "hinge" => LossKind::Hinge,
        "squared_hinge" => LossKind::SquaredHinge,
        "softmax_cross_entropy" => LossKind::SoftmaxCrossEntropy,
        other => panic!("unknown loss {other}"),
    }
}

#[test]
fn all_116_values_and_gradients_agree_to_1e_12() {
    let file = include_str!("../../../tests/reference/losses.jsonl");
    let mut worst = 0.0f64;
    for line in file.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let (predictions, targets) = (flat(&case["predictions"]), flat(&case["targets"]));
        let softmax = case["loss"] == "softmax_cross_entropy";
        let rows = case["predictions"].as_array().unwrap().len();
        let parameters = LossParameters {
            delta: case["params"]["delta"].as_f64(),
            quantile: case["params"]["q"].as_f64(),
            classes: softmax.then(|| predictions.len() / rows),
        };
        let got = loss(kind(case["loss"].as_str().unwrap()), &predictions, &targets, parameters).unwrap();
        let times = if case["params"]["reduction"] == "sum" { rows as f64 } else { 1.0 };
        let expected = case["value"].as_f64().unwrap();
        let mut compare = |what: &str, got: f64, expected: f64, scale: f64| {
            let error = (got - expected).abs();
            assert!(error <= 1e-12 * scale + 1e-307, "{} {what}: {got} against {expected}", case["id"]);
            worst = worst.max(error / scale.max(1e-300));
        };
        compare("value", got.value * times, expected, expected.abs());
        for (g, e) in got.gradient.iter().zip(flat(&case["gradient"])) {
            compare("gradient", g * times, e, e.abs().max(f64::from(u8::from(e == 0.0)) * 1e-3));
        }
    }
    assert_eq!(file.lines().count(), 116);
    println!("worst relative error over 116 losses: {worst:.1e}");
}

#[test]
fn the_slope_of_every_loss_is_the_difference_quotient_of_its_value() {
    let losses = [
        Loss::Mse,
        Loss::Mae,
        Loss::Huber { delta: 0.7 },
        Loss::LogCosh,
        Loss::Quantile { quantile: 0.9 },
        Loss::BinaryCrossEntropy,
        Loss::Hinge,
        Loss::SquaredHinge,
    ];
    for loss in losses {
        for error in [-3.0, -0.4, 0.3, 2.5] {
            let value = |e: f64| loss.pull_of_error(e).unwrap().value;
            let h = 1e-5;
            let quotient = (value(error + h) - value(error - h)) / (2.0 * h);
            let slope = loss.pull_of_error(error).unwrap().slope;
            assert!((slope - quotient).abs() < 1e-8, "{loss:?} at {error}: {slope} against {quotient}");
        }
    }
}

#[test]
fn logits_of_800_are_finite_and_small_losses_keep_their_digits() {
    let of = |p: f64, t: f64| Loss::BinaryCrossEntropy.pull(p, t).unwrap();
    assert_eq!(of(800.0, 0.0).value, 800.0);
    assert_eq!(of(-800.0, 1.0).value, 800.0);
    assert_eq!(of(800.0, 0.0).slope, 1.0);
    assert!((of(40.0, 1.0).value / 4.248_354_255_291_589e-18 - 1.0).abs() < 1e-14);
    assert!((of(40.0, 1.0).slope / -4.248_354_255_291_589e-18 - 1.0).abs() < 1e-14);
    assert_eq!(Loss::LogCosh.pull(800.0, 0.0).unwrap().value, 800.0 - std::f64::consts::LN_2);
    assert!((Loss::LogCosh.pull(1e-8, 0.0).unwrap().value / 5e-17 - 1.0).abs() < 1e-14);
}

#[test]
fn what_does_not_fit_is_named() {
    let of = |kind, p: &[f64], t: &[f64], parameters| loss(kind, p, t, parameters).unwrap_err().to_string();
    let plain = LossParameters::default();
    assert_eq!(of(LossKind::Mse, &[], &[], plain), "predictions is empty; at least one entry is needed.");
    assert_eq!(
        of(LossKind::Mse, &[1.0], &[1.0, 2.0], plain),
        "targets has 2 entries; expected 1, as many as predictions."
    );
    assert!(of(LossKind::Mae, &[1.0, f64::NAN], &[1.0, 2.0], plain).starts_with("predictions[1]"));
    assert_eq!(of(LossKind::Hinge, &[1.0], &[0.0], plain), "targets is 0; expected -1 or 1.");
    assert!(of(LossKind::BinaryCrossEntropy, &[1.0], &[2.0], plain).contains("from 0 to 1"));
    let parameters = LossParameters { classes: Some(2), delta: Some(-1.0), quantile: Some(1.0) };
    assert!(of(LossKind::SoftmaxCrossEntropy, &[1.0; 3], &[1.0; 3], parameters).contains("a multiple of 2"));
    assert!(of(LossKind::Huber, &[1.0], &[1.0], parameters).starts_with("delta"));
    assert!(of(LossKind::Quantile, &[1.0], &[1.0], parameters).starts_with("quantile"));
    assert!(matches!(loss(LossKind::Mse, &[1e300], &[0.0], plain), Err(DescentError::OutOfRange { .. })));
}
