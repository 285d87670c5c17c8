//! Networks against `tests/reference/mlp.jsonl` (jax; checked by numpy and by mpmath's numerical differentiation).
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use descent::loss::{Loss, LossKind, LossParameters};
use descent::network::{Activation, Network, NetworkProblem, NetworkSpec, Precision, TrainOptions, Training};
use descent::optimizer::Optimizer;
use descent::run::{Options, Run, Status};
use serde_json::{Value, json};

fn flat(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(items) => items.iter().flat_map(flat).collect(),
        number => vec![number.as_f64().unwrap()],
    }
}

/// The file has weights as [output][input]; a network has them as [input][output].
fn parameters(layers: &Value) -> Vec<f64> {
    let mut all = Vec::new();
    for layer in layers.as_array().unwrap() {
        let weights: Vec<Vec<f64>> = serde_json::from_value(layer["W"].clone()).unwrap();
        for input in 0..weights[0].len() {
            all.extend(weights.iter().map(|row| row[input]));
        }
        all.extend(flat(&layer["b"]));
    }
    all
}

fn network(case: &Value, precision: Precision) -> Network {
    let sizes: Vec<usize> = serde_json::from_value(case["sizes"].clone()).unwrap();
    let activations: Vec<Activation> = serde_json::from_value(case["activations"].clone()).unwrap();
    let kind = match case["loss"].as_str().unwrap() {
        "mse" => LossKind::Mse,
        "bce_logits" => LossKind::BinaryCrossEntropy,
        "softmax_cross_entropy" => LossKind::SoftmaxCrossEntropy,
        other => panic!("unknown loss {other}"),
    };
    let settings = LossParameters { classes: sizes.last().copied(), ..LossParameters::default() };
    let loss = Loss::new(kind, settings, 1).unwrap();
    let mut network = Network::with_activations(&sizes, &activations, loss, precision).unwrap();
    network.set_parameters(&parameters(&case["layers"])).unwrap();
    network
}

fn cases() -> Vec<Value> {
    let file = include_str!("../../../tests/reference/mlp.jsonl");
    file.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Compares relative to the largest entry.
fn close(what: &str, got: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(got.len(), expected.len(), "{what}");
    let scale = expected.iter().fold(0.0f64, |m, v| m.max(v.abs()));
    for (g, e) in got.iter().zip(expected) {
        assert!((g - e).abs() <= tolerance * scale, "{what}: {g} against {e}");
    }
}

#[test]
fn outputs_losses_gradients_and_training_of_all_12_networks_agree() {
    assert_eq!(cases().len(), 12);
    for case in cases() {
        let id = case["id"].as_str().unwrap();
        let (inputs, targets) = (flat(&case["inputs"]), flat(&case["targets"]));
        let mut network = network(&case, Precision::F64);
        close(id, &network.forward(&inputs).unwrap(), &flat(&case["outputs"]), 1e-12);
        let (loss, gradient) = network.loss_and_gradient(&inputs, &targets).unwrap();
        close(id, &[loss], &[case["loss_value"].as_f64().unwrap()], 1e-12);
        close(id, &gradient, &parameters(&case["gradients"]), 1e-12);
        for name in ["sgd", "adam"] {
            let expected = &case[name];
            let rate = expected["learning_rate"].as_f64().unwrap();
            let options = TrainOptions {
                optimizer: if name == "sgd" { Optimizer::sgd(rate) } else { Optimizer::adam(rate) },
                batch_size: case["inputs"].as_array().unwrap().len(),
                epochs: expected["steps"].as_u64().unwrap(),
                shuffle: None,
                l1: 0.0,
                l2: 0.0,
            };
            let mut training = Training::new(network.clone(), inputs.clone(), targets.clone(), options).unwrap();
            assert_eq!(training.train().status, Status::Paused);
            close(id, training.losses(), &flat(&expected["losses"]), 1e-11);
            close(id, training.network().parameters(), &parameters(&expected["layers"]), 1e-11);
        }
    }
}

#[test]
fn single_precision_agrees_to_single_precision() {
    for case in cases() {
        let (inputs, targets) = (flat(&case["inputs"]), flat(&case["targets"]));
        let mut network = network(&case, Precision::F32);
        let (loss, gradient) = network.loss_and_gradient(&inputs, &targets).unwrap();
        close("loss", &[loss], &[case["loss_value"].as_f64().unwrap()], 2e-6);
        close("gradient", &gradient, &parameters(&case["gradients"]), 5e-6);
    }
}

fn spec(layers: &[usize], activation: Activation, loss: LossKind) -> NetworkSpec {
    NetworkSpec {
        layers: layers.to_vec(),
        activation,
        hidden_activations: None,
        output_activation: Activation::Identity,
        loss,
        seed: 7,
        precision: Precision::F64,
    }
}

fn xor() -> (Vec<f64>, Vec<f64>) {
    (vec![0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0], vec![0.0, 1.0, 1.0, 0.0])
}

fn options(optimizer: Optimizer, batch_size: usize, epochs: u64) -> TrainOptions {
    TrainOptions { optimizer, batch_size, epochs, shuffle: Some(1), l1: 0.0, l2: 0.0 }
}

#[test]
fn a_small_network_learns_exclusive_or_and_slices_change_nothing() {
    let network = Network::new(&spec(&[2, 4, 1], Activation::Tanh, LossKind::BinaryCrossEntropy)).unwrap();
    let (inputs, targets) = xor();
    let options = options(Optimizer::adam(0.05), 2, 400);
    let mut whole = Training::new(network.clone(), inputs.clone(), targets.clone(), options).unwrap();
    whole.train();
    let mut sliced = Training::new(network, inputs.clone(), targets, options).unwrap();
    while sliced.train_slice(7).status == Status::Running {}
    assert_eq!(sliced.progress().steps, 800);
    assert_eq!(whole.network().parameters(), sliced.network().parameters());
    assert_eq!(whole.losses(), sliced.losses());
    assert_eq!(whole.losses().len(), 401);
    assert!(*whole.losses().last().unwrap() < 0.05, "{:?}", whole.losses().last());
    let logits = whole.network().forward(&inputs).unwrap();
    assert_eq!(logits.iter().map(|l| *l > 0.0).collect::<Vec<_>>(), [false, true, true, false]);
}

#[test]
fn training_that_runs_away_stops_with_its_last_finite_weights() {
    let network = Network::new(&spec(&[1, 3, 1], Activation::Identity, LossKind::Mse)).unwrap();
    let inputs: Vec<f64> = (0..10).map(f64::from).collect();
    let targets: Vec<f64> = inputs.iter().map(|x| 2.0 * x).collect();
    let mut training = Training::new(network, inputs, targets, options(Optimizer::sgd(10.0), 10, 1000)).unwrap();
    let progress = training.train();
    assert_eq!(progress.status, Status::Diverged);
    assert!(progress.reason.unwrap().contains("Halve the learning rate"));
    assert!(training.network().parameters().iter().all(|p| p.is_finite()));
    assert!(training.losses().iter().all(|l| l.is_finite()));
    let steps = training.progress().steps;
    assert_eq!(training.train_slice(10).steps, steps);
}

#[test]
fn five_rising_epochs_are_divergence_by_the_rule_of_all_runs() {
    let network = Network::new(&spec(&[1, 1], Activation::Identity, LossKind::Mse)).unwrap();
    let (inputs, targets) = (vec![-1.0, 1.0], vec![-2.0, 2.0]);
    // The mean of x² is 1, so that 2/λ is 1.
    let mut training = Training::new(network, inputs, targets, options(Optimizer::sgd(1.05), 2, 1000)).unwrap();
    let progress = training.train();
    assert_eq!((progress.status, progress.epochs), (Status::Diverged, 6));
    assert_eq!(
        progress.reason.as_deref(),
        Some("The loss has grown five epochs in a row. Halve the learning rate and try again.")
    );
}

#[test]
fn penalties_pull_weights_towards_zero_and_leave_biases_alone() {
    let mut network = Network::new(&spec(&[1, 1], Activation::Identity, LossKind::Mse)).unwrap();
    network.set_parameters(&[2.0, 3.0]).unwrap();
    let once = |l1, l2| {
        let options = TrainOptions { l1, l2, shuffle: None, ..options(Optimizer::sgd(0.1), 1, 1) };
        // The prediction 2·1 + 3 is the target, so that only the penalty pulls.
        let mut training = Training::new(network.clone(), vec![1.0], vec![5.0], options).unwrap();
        training.train();
        training.network().parameters().to_vec()
    };
    assert_eq!(once(0.0, 0.5), [2.0 - 0.1 * (0.5 * 2.0), 3.0]);
    assert_eq!(once(0.5, 0.0), [2.0 - 0.1 * 0.5, 3.0]);
}

#[test]
fn first_weights_come_from_the_seed_and_have_the_spread_of_xavier_and_he() {
    let weights = |activation, seed| {
        let spec = NetworkSpec { seed, ..spec(&[100, 50, 1], activation, LossKind::Mse) };
        Network::new(&spec).unwrap().parameters()[..5000].to_vec()
    };
    let deviation = |w: &[f64]| (w.iter().map(|w| w * w).sum::<f64>() / w.len() as f64).sqrt();
    assert_eq!(weights(Activation::Tanh, 1), weights(Activation::Tanh, 1));
    assert_ne!(weights(Activation::Tanh, 1), weights(Activation::Tanh, 2));
    assert!((deviation(&weights(Activation::Tanh, 1)) / (2.0f64 / 150.0).sqrt() - 1.0).abs() < 0.05);
    assert!((deviation(&weights(Activation::Relu, 1)) / (2.0f64 / 100.0).sqrt() - 1.0).abs() < 0.05);
}

#[test]
fn a_network_is_a_problem_whose_run_can_be_stepped_back() {
    let network = Network::new(&spec(&[2, 4, 1], Activation::Tanh, LossKind::BinaryCrossEntropy)).unwrap();
    let start = network.parameters().to_vec();
    let (inputs, targets) = xor();
    let problem = NetworkProblem::new(network, inputs, targets).unwrap();
    let mut run = Run::new(problem, &start, Optimizer::adam(0.05), Options::default()).unwrap();
    run.step_many(100);
    assert!(run.now().value < 0.6);
    run.step_back(100);
    assert_eq!(run.now().point, start);
}

#[test]
fn what_does_not_fit_is_named() {
    let fails =
        |layers: &[usize]| Network::new(&spec(layers, Activation::Relu, LossKind::Mse)).unwrap_err().to_string();
    assert!(fails(&[3]).starts_with("layers has 1 entry"));
    assert!(fails(&[3, 0, 1]).starts_with("layers[1] is 0"));
    assert!(fails(&[usize::MAX, 2]).contains("at most 10000000"));
    let mut network = Network::new(&spec(&[2, 1], Activation::Relu, LossKind::BinaryCrossEntropy)).unwrap();
    let mut of = |x: &[f64], t: &[f64]| network.loss_and_gradient(x, t).unwrap_err().to_string();
    assert!(of(&[1.0], &[1.0]).starts_with("inputs has 1 entry; expected a multiple of 2"));
    assert!(of(&[], &[]).starts_with("inputs is empty"));
    assert!(of(&[1.0, 2.0], &[1.0, 0.0]).starts_with("targets has 2 entries; expected 1"));
    assert!(of(&[1.0, 2.0], &[3.0]).starts_with("targets is 3; expected numbers from 0 to 1"));
    assert!(of(&[1.0, f64::NAN], &[1.0]).starts_with("inputs[1]"));
    let train = |size, epochs, optimizer| {
        Training::new(network.clone(), vec![1.0, 2.0], vec![1.0], options(optimizer, size, epochs))
            .unwrap_err()
            .to_string()
    };
    assert!(train(0, 1, Optimizer::sgd(0.1)).starts_with("batchSize is 0"));
    assert!(train(2, 1, Optimizer::sgd(0.1)).starts_with("batchSize is 2"));
    assert!(train(1, 0, Optimizer::sgd(0.1)).starts_with("epochs is 0"));
    assert!(train(1, 1, Optimizer::sgd(-0.1)).starts_with("learningRate is -0.1"));
    assert!(train(1, 1, Optimizer::Newton { learning_rate: 1.0 }).starts_with("optimizer is newton"));
}

#[test]
fn a_spec_reads_as_the_contract_writes_it() {
    let spec: NetworkSpec = serde_json::from_value(json!({ "layers": [2, 8, 1], "activation": "tanh" })).unwrap();
    assert_eq!(
        (spec.loss, spec.output_activation, spec.precision),
        (LossKind::Mse, Activation::Identity, Precision::F64)
    );
    let spec: NetworkSpec = serde_json::from_value(
        json!({ "layers": [2, 1], "activation": "relu", "outputActivation": "sigmoid", "loss": "binaryCrossEntropy", "precision": "f32" }),
    )
    .unwrap();
    assert_eq!((spec.output_activation, spec.precision), (Activation::Sigmoid, Precision::F32));
}
