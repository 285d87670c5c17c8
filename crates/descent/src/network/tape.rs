//! A small network written out as one formula, for teaching and as a check: the formula's own differentiation must agree with
//! backpropagation.

use std::fmt::Write as _;

use super::{Activation, Network};
use crate::error::DescentError;
use crate::loss::Loss;

/// The longest text a formula may have (4 KiB, as everywhere).
pub const LONGEST_FORMULA: usize = 4096;

/// The names of the parameters in a network's formula, in the order of its parameters: w1, w2, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TapeNames(pub Vec<String>);

impl Network {
    /// The mean loss over a few rows as a formula of the parameters, which are called w1, w2, … in their order.
    ///
    /// # Errors
    /// As [`Network::loss_and_gradient`]; [`DescentError::OutOfRange`] for a loss other than mean squared error and binary
    /// cross-entropy, or a formula longer than 4 KiB.
    pub fn formula(&self, inputs: &[f64], targets: &[f64]) -> Result<(String, TapeNames), DescentError> {
        let rows = self.check(inputs, targets)?;
        let refuse = |argument: &str, expected: &str, got: String| DescentError::OutOfRange {
            argument: argument.to_owned(),
            expected: expected.to_owned(),
            got,
        };
        let names: Vec<String> = (1..=self.parameters.len()).map(|n| format!("w{n}")).collect();
        let mut terms = Vec::new();
        let width = self.shape.inputs();
        for (x, t) in inputs.chunks_exact(width).zip(targets.chunks_exact(self.shape.outputs())) {
            let mut values: Vec<String> = x.iter().map(|v| number(*v)).collect();
            for layer in &self.shape.layers {
                values = layer_formulas(layer.split(&names), &values, layer.activation);
                if values.iter().map(String::len).sum::<usize>() > LONGEST_FORMULA {
                    return Err(refuse(
                        "layers",
                        "a network and rows whose formula is at most 4 KiB long",
                        "longer".into(),
                    ));
                }
            }
            for (output, target) in values.iter().zip(t) {
                terms.push(match self.loss {
                    Loss::Mse => format!("({output} - {})^2", number(*target)),
                    Loss::BinaryCrossEntropy => format!("softplus({output}) - {}*{output}", number(*target)),
                    _ => return Err(refuse("loss", "mse or binaryCrossEntropy", format!("{:?}", self.loss))),
                });
            }
        }
        let formula = format!("({})/{}", terms.join(" + "), rows * self.shape.outputs());
        if formula.len() > LONGEST_FORMULA {
            return Err(refuse(
                "inputs",
                "rows whose formula is at most 4 KiB long",
                format!("{} bytes", formula.len()),
            ));
        }
        Ok((formula, TapeNames(names)))
    }
}

/// f(Σ x w + b) for each unit.
fn layer_formulas((weights, biases): (&[String], &[String]), x: &[String], activation: Activation) -> Vec<String> {
    let unit = |(index, bias): (usize, &String)| {
        let mut sum = bias.clone();
        for (input, row) in x.iter().zip(weights.chunks_exact(biases.len())) {
            if let Some(weight) = row.get(index) {
                // Writing to a string cannot fail.
                let _ = write!(sum, " + {input}*{weight}");
            }
        }
        match activation {
            Activation::Tanh => format!("tanh({sum})"),
            Activation::Relu => format!("relu({sum})"),
            Activation::Sigmoid => format!("sigmoid({sum})"),
            Activation::Softplus => format!("softplus({sum})"),
            Activation::Identity => format!("({sum})"),
        }
    };
    biases.iter().enumerate().map(unit).collect()
}

/// A number that reads back exactly, in brackets where it is negative.
fn number(value: f64) -> String {
    if value < 0.0 { format!("({value})") } else { format!("{value}") }
}
