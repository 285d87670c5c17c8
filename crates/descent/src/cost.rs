//! What a gradient costs against the number of parameters: the work behind the cost chart.
//!
//! Backpropagation costs a small multiple of one loss, however many parameters there are; nudging each parameter costs a loss apiece
//! (Griewank and Walther, "Evaluating Derivatives", 2nd edition, section 3). This module does the work and counts the operations; who
//! measures brings the clock.

use serde::Serialize;

use crate::error::DescentError;
use crate::loss::LossKind;
use crate::network::{Activation, Network, NetworkSpec, Precision};
use crate::random::Random;

/// Numbers of parameters to measure at. Each is a square: see [`Workload`].
pub const SIZES: [usize; 11] = [9, 36, 100, 324, 1_024, 3_136, 10_000, 31_684, 100_489, 316_969, 1_000_000];

/// Rows in a batch, the same at every size.
const ROWS: usize = 8;

/// A network of a given number of parameters and a batch for it: h inputs, h hidden units and one output make (h + 1)² parameters.
#[derive(Clone, Debug)]
pub struct Workload {
    network: Network,
    inputs: Vec<f64>,
    targets: Vec<f64>,
    gradient: Vec<f64>,
}

impl Workload {
    /// As near below `parameters` as a square comes.
    ///
    /// # Errors
    /// [`DescentError::OutOfRange`] below 4 or above ten million.
    pub fn new(parameters: usize, seed: u64) -> Result<Self, DescentError> {
        if !(4..=10_000_000).contains(&parameters) {
            return Err(DescentError::range("parameters", "a whole number from 4 to 10000000", parameters as f64));
        }
        let width = parameters.isqrt() - 1;
        let network = Network::new(&NetworkSpec {
            layers: vec![width, width, 1],
            activation: Activation::Tanh,
            hidden_activations: None,
            output_activation: Activation::Identity,
            loss: LossKind::Mse,
            seed,
            precision: Precision::F64,
        })?;
        let mut random = Random::new(seed);
        let mut numbers = |n: usize| (0..n).map(|_| random.uniform(-1.0, 1.0)).collect::<Vec<f64>>();
        let (inputs, targets) = (numbers(ROWS * width), numbers(ROWS));
        Ok(Self { gradient: vec![0.0; network.parameters().len()], network, inputs, targets })
    }

    /// How many parameters there are.
    #[must_use]
    pub fn parameters(&self) -> usize {
        self.gradient.len()
    }

    /// The first piece of work: one loss.
    pub fn loss(&mut self) -> f64 {
        self.network.value(ROWS, &self.inputs, &self.targets)
    }

    /// The second: one loss with its whole gradient, by backpropagation.
    pub fn backward(&mut self) -> f64 {
        self.network.backward(ROWS, &self.inputs, &self.targets, &mut self.gradient)
    }

    /// The third: finite differences of the first `count` parameters, one loss each and one to compare with. The whole gradient takes
    /// as many as there are parameters; time a few and multiply by [`Workload::losses_for_a_gradient`] over `count + 1`.
    pub fn nudge(&mut self, count: usize) -> f64 {
        const STEP: f64 = 1e-6;
        let base = self.loss();
        for index in 0..count.min(self.parameters()) {
            let Some(parameter) = self.network.parameter_mut(index) else { break };
            let before = *parameter;
            *parameter = before + STEP;
            let slope = (self.loss() - base) / STEP;
            if let Some(parameter) = self.network.parameter_mut(index) {
                *parameter = before;
            }
            if let Some(g) = self.gradient.get_mut(index) {
                *g = slope;
            }
        }
        base
    }

    /// The slopes that the last backward pass or nudges found.
    #[must_use]
    pub fn gradient(&self) -> &[f64] {
        &self.gradient
    }

    /// How many losses finite differences need for the whole gradient: one more than there are parameters.
    #[must_use]
    pub fn losses_for_a_gradient(&self) -> usize {
        self.parameters() + 1
    }

    /// Multiplications and additions of each piece of work.
    #[must_use]
    pub fn operations(&self) -> Operations {
        let (n, rows) = (self.parameters() as f64, ROWS as f64);
        let loss = 2.0 * n * rows;
        // Backwards the first layer needs no slopes by its inputs: one more product for each weight, not two.
        let backward = 2.0 * loss;
        Operations { parameters: self.parameters(), loss, backward, finite_differences: loss * (n + 1.0) }
    }
}

/// Counts of operations, leading terms.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Operations {
    /// How many parameters there are.
    pub parameters: usize,
    /// Of one loss.
    pub loss: f64,
    /// Of one loss with its gradient by backpropagation.
    pub backward: f64,
    /// Of one gradient by finite differences.
    pub finite_differences: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_has_the_parameters_it_says() {
        for size in SIZES.iter().filter(|s| **s < 50_000) {
            assert_eq!(Workload::new(*size, 1).map(|w| w.parameters()), Ok(*size));
        }
        assert!(Workload::new(3, 1).is_err());
    }

    #[test]
    fn the_three_pieces_of_work_agree() {
        let mut work = Workload::new(100, 1).expect("100 is in range");
        let loss = work.loss();
        assert_eq!(work.backward(), loss);
        let exact = work.gradient().to_vec();
        assert_eq!(work.nudge(100), loss);
        for (nudged, exact) in work.gradient().iter().zip(&exact) {
            assert!((nudged - exact).abs() < 1e-5, "{nudged} {exact}");
        }
        assert_eq!(work.loss(), loss);
        assert_eq!(work.losses_for_a_gradient(), 101);
    }
}
