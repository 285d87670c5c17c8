//! Training measured natively, in milliseconds, as JSON: what `cargo xtask bench training` sets beside the same code in a page.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that measures time"
)]

use std::time::Instant;

use descent::data::{DataKind, generate};
use descent::loss::LossKind;
use descent::network::{Activation, Network, NetworkSpec, Precision, TrainOptions, Training};
use descent::optimizer::Optimizer;

fn network(layers: &[usize], output_activation: Activation, precision: Precision) -> Network {
    Network::new(&NetworkSpec {
        layers: layers.to_vec(),
        activation: Activation::Tanh,
        hidden_activations: None,
        output_activation,
        loss: LossKind::Mse,
        seed: 1,
        precision,
    })
    .unwrap()
}

/// The median of some rounds, each a training of `epochs`, divided by them.
fn measure(network: &Network, inputs: &[f64], targets: &[f64], batch_size: usize, epochs: u64) -> f64 {
    let options = TrainOptions {
        optimizer: Optimizer::Sgd { learning_rate: 0.01 },
        batch_size,
        epochs,
        shuffle: None,
        l1: 0.0,
        l2: 0.0,
    };
    let mut rounds: Vec<f64> = (0..9)
        .map(|_| {
            let mut training = Training::new(network.clone(), inputs.to_vec(), targets.to_vec(), options).unwrap();
            let started = Instant::now();
            training.train();
            started.elapsed().as_secs_f64() * 1e3 / epochs as f64
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[4]
}

fn main() {
    let data = generate(DataKind::Circle, 500, 0.0, 1).unwrap();
    let targets = data.signed_targets();
    let noise =
        |count: usize| -> Vec<f64> { (0..count).map(|i| calculus::math::sin(i as f64 * 12.9898) / 2.0).collect() };
    let small = network(&[2, 8, 8, 1], Activation::Tanh, Precision::F64);
    let middle = network(&[2, 64, 64, 1], Activation::Tanh, Precision::F64);
    let large = |precision| {
        let network = network(&[784, 512, 512, 10], Activation::Identity, precision);
        measure(&network, &noise(64 * 784), &noise(640), 64, 20)
    };
    println!(
        "{{\"small\":{},\"middle\":{},\"large\":{},\"largeSingle\":{}}}",
        measure(&small, &data.inputs, &targets, 10, 100),
        measure(&middle, &data.inputs, &targets, 10, 10),
        large(Precision::F64),
        large(Precision::F32),
    );
}
