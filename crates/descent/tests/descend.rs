//! Descending formulas: the contract's one call, and the doctor.
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use descent::network::{Activation, Network, NetworkSpec, Precision};
use descent::optimizer::Optimizer;
use descent::run::{
    DescendError, DescendRequest, Descent, Formula, Pace, Problem, Run, Status, descend, examine, power_iteration,
};
use serde_json::{Value, json};

fn request(value: Value) -> DescendRequest {
    serde_json::from_value(value).unwrap()
}

fn simple(objective: &str, rate: f64, steps: u64) -> Descent {
    let optimizer = json!({ "kind": "sgd", "learningRate": rate });
    descend(&request(json!({ "objective": objective, "start": { "x": 1.0 }, "optimizer": optimizer, "steps": steps })))
        .unwrap()
}

#[test]
fn all_98_reference_trajectories_come_out_of_their_formulas() {
    for line in include_str!("../../../tests/reference/optimizers.jsonl").lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let settings = &case["hyperparameters"];
        let kind = case["optimizer"].as_str().unwrap();
        let mut optimizer = json!({ "kind": if kind == "heavy_ball" { "heavyBall" } else { kind } });
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
                optimizer[to] = value.clone();
            }
        }
        let points: Vec<[f64; 2]> = serde_json::from_value(case["points"].clone()).unwrap();
        let way = descend(&request(json!({
            "objective": case["expr"],
            "start": { "x": points[0][0], "y": points[0][1] },
            "optimizer": optimizer,
            "steps": 50,
        })))
        .unwrap();
        assert_eq!((way.points.len(), way.values.len(), way.gradients.len()), (102, 51, 102), "{}", case["id"]);
        let x = way.variables.iter().position(|v| v == "x").unwrap();
        let tolerance = (10.0 * case["rounding_spread"].as_f64().unwrap()).max(1e-12);
        for (got, expected) in way.points.chunks_exact(2).zip(&points) {
            let scale = expected[0].abs().max(expected[1].abs());
            assert!((got[x] - expected[0]).abs() <= tolerance * scale, "{}", case["id"]);
            assert!((got[1 - x] - expected[1]).abs() <= tolerance * scale, "{}", case["id"]);
        }
    }
}

#[test]
fn each_point_is_the_one_before_minus_rate_times_gradient() {
    let way = simple("(x^2 - 1)^2 + 0.3x", 0.05, 20);
    assert_eq!(way.status, Status::Running);
    for (points, gradient) in way.points.windows(2).zip(&way.gradients) {
        assert_eq!(points[1], points[0] - 0.05 * gradient);
    }
}

#[test]
fn all_steps_are_taken_past_convergence_and_divergence_while_numbers_are_finite() {
    let settled = simple("x^2", 0.4, 100);
    assert_eq!((settled.points.len(), settled.status), (101, Status::Converged));
    let grown = simple("x^2", 1.1, 50);
    assert_eq!((grown.points.len(), grown.status), (51, Status::Diverged));
    assert!(grown.reason.unwrap().contains("grown five steps"));
    let burst = simple("x^4", 5.0, 50);
    assert_eq!(burst.status, Status::Diverged);
    assert!(burst.points.len() < 51 && burst.points.iter().chain(&burst.values).all(|v| v.is_finite()));
    let edge = simple("ln(x)", 2.0, 5);
    assert_eq!((edge.points.as_slice(), edge.status), ([1.0].as_slice(), Status::Diverged));
    assert!(edge.reason.unwrap().contains("has no value"));
}

#[test]
fn noise_depends_on_the_seed_alone() {
    let run = |seed: u64| {
        let optimizer = json!({ "kind": "adam", "learningRate": 0.1 });
        let request = json!({ "objective": "x^2 + y^2", "start": { "x": 1, "y": 2 }, "optimizer": optimizer, "steps": 30, "noise": 0.5, "seed": seed });
        descend(&self::request(request)).unwrap().points
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn what_cannot_be_descended_is_said() {
    let of = |value| descend(&request(value)).unwrap_err();
    let optimizer = json!({ "kind": "sgd", "learningRate": 0.1 });
    let error = of(json!({ "objective": "sni(x)", "start": { "x": 1 }, "optimizer": optimizer, "steps": 1 }));
    assert!(matches!(error, DescendError::Formula(_)));
    let error = of(json!({ "objective": "x*y", "start": { "x": 1 }, "optimizer": optimizer, "steps": 1 }));
    assert_eq!(error.to_string(), "start.y is missing; expected a number to start from.");
    assert!(
        of(json!({ "objective": "2+3", "start": {}, "optimizer": optimizer, "steps": 1 }))
            .to_string()
            .contains("no variable")
    );
    assert!(
        of(json!({ "objective": "ln(x)", "start": { "x": -1 }, "optimizer": optimizer, "steps": 1 }))
            .to_string()
            .contains("at the start")
    );
    assert!(
        of(json!({ "objective": "x", "start": { "x": 1 }, "optimizer": optimizer, "steps": 1, "noise": -1 }))
            .to_string()
            .starts_with("noise")
    );
    assert!(
        of(json!({ "objective": "x", "start": { "x": 1 }, "optimizer": optimizer, "steps": 1_000_000_000_000u64 }))
            .to_string()
            .starts_with("steps")
    );
}

#[test]
fn a_million_steps_are_taken_and_one_more_is_refused_with_the_limit_that_holds() {
    let long = simple("x^2", 1e-5, 1_000_000);
    assert_eq!((long.points.len(), long.values.len(), long.gradients.len()), (1_000_001, 1_000_001, 1_000_001));
    let settled = simple("x^2 + 1", 0.1, 1_000_000);
    assert_eq!((settled.points.len(), settled.status), (1_000_001, Status::Converged));
    // That a run may not be longer is no end of this one.
    let slope = simple("1e6 - x", 1e-3, 1_000_000);
    assert_eq!((slope.status, slope.reason), (Status::Running, None));
    let refused = |variables: usize, steps: u64| {
        let names: Vec<String> = (1..=variables).map(|n| format!("x_{n}")).collect();
        let start: serde_json::Map<String, Value> = names.iter().map(|name| (name.clone(), json!(1))).collect();
        let optimizer = json!({ "kind": "sgd", "learningRate": 0.1 });
        let request = json!({ "objective": names.join("+"), "start": start, "optimizer": optimizer, "steps": steps });
        descend(&self::request(request)).unwrap_err().to_string()
    };
    assert_eq!(refused(1, 1_000_001), "steps is 1000001; expected a whole number, at most 1000000 for 1 variable.");
    // Twelve variables fill the memory before: 25 numbers a step.
    assert_eq!(refused(12, 800_001), "steps is 800001; expected a whole number, at most 800000 for 12 variables.");
    assert!(refused(1, u64::MAX).starts_with("steps is 18446744073709551615;"));
}

fn formula(text: &str) -> Formula {
    Formula::new(calculus::parse(text).unwrap()).unwrap()
}

#[test]
fn the_doctor_knows_the_limits_of_a_bowl() {
    let bowl = formula("x^2 + 10*y^2");
    let diagnosis = examine(&bowl, &[4.0, -1.5], 0).unwrap();
    assert!((diagnosis.steepest - 20.0).abs() < 1e-12 && (diagnosis.flattest - 2.0).abs() < 1e-12);
    assert!((diagnosis.diverges_above.unwrap() - 0.1).abs() < 1e-15);
    assert!((diagnosis.condition_number.unwrap() - 10.0).abs() < 1e-12);
    let paces = [0.001, 0.03, 0.08, 0.11].map(|rate| diagnosis.pace(rate).unwrap());
    assert_eq!(paces, [Pace::Crawls, Pace::Converges, Pace::Oscillates, Pace::Diverges]);
    assert!(diagnosis.advice(0.11).contains("1.000e-1"));
    // At 0.03 the flat direction shrinks by 0.94 a step: 0.94^38 is the first below a tenth.
    assert_eq!(diagnosis.steps_to_a_tenth(0.03), Some(38.0));
    assert_eq!(diagnosis.steps_to_a_tenth(0.2), None);
    let summit = examine(&formula("-x^2"), &[0.0], 0).unwrap();
    assert_eq!((summit.pace(0.1), summit.diverges_above), (None, None));
}

#[test]
fn what_the_doctor_foretells_happens() {
    for (rate, status) in [(0.099, Status::Converged), (0.101, Status::Diverged)] {
        let mut run =
            Run::new(formula("x^2 + 10*y^2"), &[4.0, -1.5], Optimizer::sgd(rate), Default::default()).unwrap();
        run.step_many(3000);
        assert_eq!(run.status(), status, "{rate}");
    }
}

#[test]
fn power_iteration_finds_the_ends_of_a_large_problem() {
    /// Σ k xₖ²/2 for k = 1 … 40, whose curvatures are 1 … 40.
    struct Ladder;
    impl Problem for Ladder {
        fn dimension(&self) -> usize {
            40
        }
        fn value(&self, at: &[f64]) -> f64 {
            at.iter().zip(1..).map(|(x, k)| f64::from(k) * x * x / 2.0).sum()
        }
        fn gradient(&self, at: &[f64], gradient: &mut [f64]) -> f64 {
            for ((g, x), k) in gradient.iter_mut().zip(at).zip(1..) {
                *g = f64::from(k) * x;
            }
            self.value(at)
        }
    }
    let at = [0.5; 40];
    let diagnosis = examine(&Ladder, &at, 1).unwrap();
    assert!((diagnosis.steepest - 40.0).abs() < 1e-4, "{diagnosis:?}");
    assert!((diagnosis.flattest - 1.0).abs() < 1e-2, "{diagnosis:?}");
    let bowl = formula("x^2 + 10*y^2");
    assert!((power_iteration(&bowl, &[1.0, 1.0], 0.0, 200, 3).unwrap() - 20.0).abs() < 1e-9);
}

#[test]
fn backpropagation_agrees_with_the_scalar_tape_of_the_same_network() {
    use descent::loss::LossKind;
    for (activation, loss) in [
        (Activation::Tanh, LossKind::Mse),
        (Activation::Softplus, LossKind::BinaryCrossEntropy),
        (Activation::Sigmoid, LossKind::Mse),
        (Activation::Relu, LossKind::Mse),
    ] {
        let spec = NetworkSpec {
            layers: vec![2, 3, 2, 1],
            activation,
            hidden_activations: None,
            output_activation: Activation::Identity,
            loss,
            seed: 11,
            precision: Precision::F64,
        };
        let mut network = Network::new(&spec).unwrap();
        let (inputs, targets) = ([0.3, -1.2, 0.8, 0.5], [1.0, 0.0]);
        let (text, names) = network.formula(&inputs, &targets).unwrap();
        let expression = calculus::parse(&text).unwrap();
        let at: Vec<f64> = expression
            .variables()
            .iter()
            .map(|v| network.parameters()[names.0.iter().position(|n| n == v).unwrap()])
            .collect();
        let taped = expression.gradient(&at);
        let (value, gradient) = network.loss_and_gradient(&inputs, &targets).unwrap();
        assert!((taped.value - value).abs() < 1e-13, "{activation:?}");
        for (name, slope) in expression.variables().iter().zip(&taped.gradient) {
            let index = names.0.iter().position(|n| n == name).unwrap();
            assert!((slope - gradient[index]).abs() < 1e-13, "{activation:?} {name}");
        }
    }
    let spec = serde_json::from_value(json!({ "layers": [2, 200, 1], "activation": "tanh" })).unwrap();
    assert!(Network::new(&spec).unwrap().formula(&[1.0, 2.0], &[1.0]).is_err());
}
