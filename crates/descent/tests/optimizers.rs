//! Every optimiser against the 50-step trajectories of `tests/reference/optimizers.jsonl` (optax in float64).
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use descent::optimizer::Optimizer;
use serde_json::Value;

/// Gradients by hand of the functions in the file, so that only the optimiser is under test.
fn gradient(function: &str, p: &[f64]) -> [f64; 2] {
    let (x, y) = (p[0], p[1]);
    match function {
        "bowl" => [2.0 * x, 20.0 * y],
        "booth" => {
            let (a, b) = (x + 2.0 * y - 7.0, 2.0 * x + y - 5.0);
            [2.0 * a + 4.0 * b, 4.0 * a + 2.0 * b]
        }
        "three_hump_camel" => [4.0 * x - 4.2 * x * x * x + x * x * x * x * x + y, x + 2.0 * y],
        "beale" => {
            let (a, b, c) = (1.5 - x + x * y, 2.25 - x + x * y * y, 2.625 - x + x * y * y * y);
            [
                2.0 * a * (y - 1.0) + 2.0 * b * (y * y - 1.0) + 2.0 * c * (y * y * y - 1.0),
                2.0 * a * x + 4.0 * b * x * y + 6.0 * c * x * y * y,
            ]
        }
        "himmelblau" => {
            let (a, b) = (x * x + y - 11.0, x + y * y - 7.0);
            [4.0 * a * x + 2.0 * b, 2.0 * a + 4.0 * b * y]
        }
        "rosenbrock" => [-2.0 * (1.0 - x) - 400.0 * x * (y - x * x), 200.0 * (y - x * x)],
        other => panic!("unknown function {other}"),
    }
}

/// The file's settings in the form of the contract.
fn optimizer(case: &Value) -> Optimizer {
    let settings = &case["hyperparameters"];
    let kind = match case["optimizer"].as_str().unwrap() {
        "heavy_ball" => "heavyBall",
        other => other,
    };
    let mut wanted = serde_json::json!({ "kind": kind });
    for (from, to) in [
        ("learning_rate", "learningRate"),
        ("momentum", "momentum"),
        ("beta", "momentum"),
        ("initial_accumulator", "initialAccumulator"),
        ("eps", "epsilon"),
        ("eps_in_sqrt", "epsilonInRoot"),
        ("decay", "decay"),
        ("beta1", "beta1"),
        ("beta2", "beta2"),
        ("weight_decay", "weightDecay"),
    ] {
        if let Some(value) = settings.get(from) {
            wanted[to] = value.clone();
        }
    }
    serde_json::from_value(wanted).unwrap()
}

#[test]
fn all_98_trajectories_of_50_steps_are_optaxs_to_1e_12() {
    let file = include_str!("../../../tests/reference/optimizers.jsonl");
    let mut worst = 0.0f64;
    for line in file.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let points: Vec<[f64; 2]> = serde_json::from_value(case["points"].clone()).unwrap();
        let mut at = points[0];
        let mut stepper = optimizer(&case).start(2).unwrap();
        let tolerance = (10.0 * case["rounding_spread"].as_f64().unwrap()).max(1e-12);
        for (step, expected) in points.iter().enumerate().skip(1) {
            let slope = gradient(case["function"].as_str().unwrap(), &at);
            stepper.step(&mut at, &slope);
            let scale = expected[0].abs().max(expected[1].abs());
            for (got, expected) in at.iter().zip(expected) {
                let error = (got - expected).abs() / scale;
                worst = worst.max(error);
                assert!(error <= tolerance, "{} step {step}: {got} against {expected}", case["id"]);
            }
        }
    }
    assert_eq!(file.lines().count(), 98);
    println!("worst relative error over 98 trajectories: {worst:.1e}");
}

#[test]
fn settings_left_out_are_optaxs() {
    let read = |text: &str| serde_json::from_str::<Optimizer>(text).unwrap();
    assert_eq!(read(r#"{"kind":"adam","learningRate":0.1}"#), Optimizer::adam(0.1));
    assert_eq!(
        read(r#"{"kind":"adagrad","learningRate":0.1}"#),
        Optimizer::Adagrad { learning_rate: 0.1, initial_accumulator: 0.1, epsilon: 1e-7 }
    );
    assert_eq!(
        read(r#"{"kind":"adamw","learningRate":0.1}"#),
        Optimizer::Adamw { learning_rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: 1e-4 }
    );
    assert_eq!(
        read(r#"{"kind":"rmsprop","learningRate":0.1}"#),
        Optimizer::Rmsprop {
            learning_rate: 0.1,
            decay: 0.9,
            epsilon: 1e-8,
            initial_accumulator: 0.0,
            epsilon_in_root: true
        }
    );
}

#[test]
fn an_optimiser_is_read_as_it_is_written() {
    let rated =
        |kind: &str| serde_json::from_value::<Optimizer>(serde_json::json!({ "kind": kind, "learningRate": 0.25 }));
    for kind in
        ["sgd", "momentum", "heavyBall", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "newton", "lineSearch"]
    {
        let optimizer = rated(kind).unwrap();
        assert_eq!((optimizer.kind(), optimizer.learning_rate()), (kind, 0.25));
        let written = serde_json::to_value(optimizer).unwrap();
        assert_eq!(written["kind"], kind);
        assert_eq!(serde_json::from_value::<Optimizer>(written).unwrap(), optimizer);
    }
    let told = |value| serde_json::from_value::<Optimizer>(value).unwrap_err().to_string();
    assert!(rated("adm").unwrap_err().to_string().starts_with("unknown variant `adm`, expected one of `sgd`, "));
    assert_eq!(told(serde_json::json!({ "learningRate": 1 })), "missing field `kind`");
    assert_eq!(told(serde_json::json!({ "kind": "adam" })), "missing field `learningRate`");
    assert!(told(serde_json::json!({ "kind": "newton", "learningRate": null })).contains("expected f64"));
}

#[test]
fn a_setting_out_of_range_is_named() {
    for (text, argument) in [
        (r#"{"kind":"sgd","learningRate":-0.1}"#, "learningRate"),
        (r#"{"kind":"sgd","learningRate":0}"#, "learningRate"),
        (r#"{"kind":"momentum","learningRate":0.1,"momentum":1}"#, "momentum"),
        (r#"{"kind":"rmsprop","learningRate":0.1,"decay":-1}"#, "decay"),
        (r#"{"kind":"adam","learningRate":0.1,"beta2":1.5}"#, "beta2"),
        (r#"{"kind":"adagrad","learningRate":0.1,"epsilon":-1e-8}"#, "epsilon"),
        (r#"{"kind":"adamw","learningRate":0.1,"weightDecay":-1}"#, "weightDecay"),
    ] {
        let error = serde_json::from_str::<Optimizer>(text).unwrap().start(2).unwrap_err();
        assert!(error.to_string().starts_with(argument), "{error}");
        assert_eq!(error.code(), "E_RANGE");
    }
}
