//! First weights: small enough not to saturate, different enough to break the symmetry between units.

use super::activation::Activation;
use super::pass::Shape;
use crate::random::Random;

/// Xavier's uniform weights within ±√(6/(in + out)) (Glorot and Bengio, "Understanding the difficulty of training deep feedforward
/// neural networks", 2010), He's normal weights of deviation √(2/in) before relu and softplus (He et al., "Delving deep into
/// rectifiers", 2015), and biases of 0.
pub(super) fn fill(shape: &Shape, seed: u64, parameters: &mut [f64]) {
    let mut random = Random::new(seed);
    for layer in &shape.layers {
        let (inputs, outputs) = (layer.inputs as f64, layer.outputs as f64);
        let (weights, biases) = layer.split_mut(parameters);
        match layer.activation {
            Activation::Relu | Activation::Softplus => {
                let deviation = (2.0 / inputs).sqrt();
                weights.iter_mut().for_each(|w| *w = deviation * random.normal());
            }
            Activation::Tanh | Activation::Sigmoid | Activation::Identity => {
                let limit = (6.0 / (inputs + outputs)).sqrt();
                weights.iter_mut().for_each(|w| *w = random.uniform(-limit, limit));
            }
        }
        biases.fill(0.0);
    }
}
