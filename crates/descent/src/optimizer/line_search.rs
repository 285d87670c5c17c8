//! Steps as long as the loss allows.

use crate::problem::Problem;
use crate::sums::dot;

/// The share of the fall promised by the slope that must really be had (Armijo's condition).
const ENOUGH: f64 = 1e-4;
const HALVINGS: u32 = 60;

/// Gradient descent whose η is found anew each step: halved from its first value until L(x − η g) ≤ L(x) − 10⁻⁴ η |g|².
///
/// Armijo, "Minimization of functions having Lipschitz continuous first partial derivatives", 1966; Nocedal and Wright, "Numerical
/// Optimization", 2nd edition, algorithm 3.1.
#[derive(Clone, Debug, PartialEq)]
pub struct LineSearch {
    /// The first η tried.
    pub learning_rate: f64,
}

impl LineSearch {
    /// Moves the parameters one step; not at all where no step along the gradient lowers the loss.
    pub fn step<P: Problem + ?Sized>(&mut self, problem: &P, value: f64, parameters: &mut [f64], gradient: &[f64]) {
        let direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
        backtrack(problem, value, parameters, gradient, &direction, self.learning_rate);
    }
}

/// Moves along a direction by the first of `rate`, rate/2, rate/4, … that lowers the loss enough. Says whether it moved.
pub(super) fn backtrack<P: Problem + ?Sized>(
    problem: &P,
    value: f64,
    parameters: &mut [f64],
    gradient: &[f64],
    direction: &[f64],
    mut rate: f64,
) -> bool {
    let slope = dot(gradient, direction);
    if slope.is_nan() || slope >= 0.0 {
        return false;
    }
    let mut trial = parameters.to_vec();
    for _ in 0..HALVINGS {
        for ((t, x), d) in trial.iter_mut().zip(parameters.iter()).zip(direction) {
            *t = x + rate * d;
        }
        // A value that is not a number fails the comparison, as it should.
        if problem.value(&trial) <= value + ENOUGH * rate * slope {
            parameters.copy_from_slice(&trial);
            return true;
        }
        rate /= 2.0;
    }
    false
}
