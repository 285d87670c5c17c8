//! Automatic differentiation: derivatives as numbers, from the operations themselves.
//!
//! Forward mode carries a derivative along with each value ([`Dual`]): one sweep gives the change along one direction. Reverse
//! mode first calculates all values, then walks back and tells each operation how much the result depends on it (its adjoint):
//! two sweeps give the whole gradient, however many variables there are. Neither makes a formula: symbolic differentiation does,
//! and all three agree.
//!
//! At a kink automatic differentiation still gives a number, the subgradient of least length: 0 for `abs` and `relu` at 0.

mod dual;
mod record;
mod rules;
mod sweep;
mod tape;

pub use dual::Dual;
pub use record::{Place, Record};
pub use rules::Real;
pub use tape::{Tape, TapeEntry};

use crate::Expression;
use crate::evaluate::SHORT;
use crate::program::Program;

/// A value and its gradient.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradient {
    /// The value, as [`Expression::evaluate`] gives it.
    pub value: f64,
    /// The derivative by each variable, in their order; not a number where the value is not finite.
    pub gradient: Vec<f64>,
}

/// A value, its gradient and its second derivatives.
#[derive(Clone, Debug, PartialEq)]
pub struct Hessian {
    /// The value, as [`Expression::evaluate`] gives it.
    pub value: f64,
    /// The derivative by each variable, in their order.
    pub gradient: Vec<f64>,
    /// The second derivatives, row by row, symmetric.
    pub hessian: Vec<Vec<f64>>,
}

impl Expression {
    /// The value and the derivative by every variable at a point, by reverse mode.
    ///
    /// ```
    /// let rosenbrock = calculus::parse("(1-x)^2 + 100(y-x^2)^2")?;
    /// assert_eq!(rosenbrock.gradient(&[1.0, 1.0]).gradient, [0.0, 0.0]);
    /// assert_eq!(rosenbrock.gradient(&[0.0, 1.0]).gradient, [-2.0, 200.0]);
    /// # Ok::<(), calculus::FormulaError>(())
    /// ```
    pub fn gradient(&self, at: &[f64]) -> Gradient {
        self.program().gradient(at)
    }

    /// The value, the gradient and the second derivatives at a point: forward mode over reverse mode, one pair of sweeps for each
    /// variable.
    pub fn hessian(&self, at: &[f64]) -> Hessian {
        self.program().hessian(at)
    }

    /// The value and its change along a direction (a Jacobian–vector product), by forward mode.
    pub fn directional_derivative(&self, at: &[f64], direction: &[f64]) -> Dual {
        self.program().directional_derivative(at, direction)
    }

    /// The Hessian times a vector, without the Hessian: forward mode over one reverse sweep.
    pub fn hessian_vector(&self, at: &[f64], vector: &[f64]) -> Vec<f64> {
        let program = self.program();
        let value = program.evaluate(at);
        if !value.is_finite() {
            return vec![f64::NAN; program.variables()];
        }
        program.second_sweep(at, vector, &[]).iter().map(|dual| dual.derivative).collect()
    }

    /// The record of one reverse-mode run, operation by operation.
    pub fn tape(&self, at: &[f64]) -> Tape {
        Tape::new(self.program(), at)
    }
}

/// The changes of several formulas of the same variables along a direction: the Jacobian times a vector.
pub fn jacobian_vector(functions: &[Expression], at: &[f64], direction: &[f64]) -> Vec<f64> {
    functions.iter().map(|function| function.directional_derivative(at, direction).derivative).collect()
}

/// The gradient of the weighted sum of several formulas of the same variables: a vector times the Jacobian.
pub fn vector_jacobian(functions: &[Expression], at: &[f64], weights: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; at.len()];
    for (function, weight) in functions.iter().zip(weights) {
        for (sum, derivative) in sum.iter_mut().zip(function.gradient(at).gradient) {
            *sum += weight * derivative;
        }
    }
    sum
}

impl Program {
    /// The value and the gradient.
    pub fn gradient(&self, at: &[f64]) -> Gradient {
        let count = self.operations().len();
        if count <= SHORT {
            let (mut values, mut adjoints) = ([0.0; SHORT], [0.0; SHORT]);
            let (values, adjoints) = (values.get_mut(..count), adjoints.get_mut(..count));
            if let (Some(values), Some(adjoints)) = (values, adjoints) {
                return self.gradient_in(at, values, adjoints);
            }
        }
        self.gradient_in(at, &mut vec![0.0; count], &mut vec![0.0; count])
    }

    fn gradient_in(&self, at: &[f64], values: &mut [f64], adjoints: &mut [f64]) -> Gradient {
        let value = self.evaluate_in(at, values);
        if !value.is_finite() {
            return Gradient { value, gradient: vec![f64::NAN; self.variables()] };
        }
        let ties = sweep::ties(self, values);
        sweep::backward(self, values, self.root(), &ties, adjoints);
        Gradient { value, gradient: self.gather(adjoints) }
    }

    /// The value, the gradient and the Hessian.
    pub fn hessian(&self, at: &[f64]) -> Hessian {
        let count = self.variables();
        let Gradient { value, gradient } = self.gradient(at);
        if !value.is_finite() {
            return Hessian { value, gradient, hessian: vec![vec![f64::NAN; count]; count] };
        }
        let mut values = vec![0.0; self.operations().len()];
        self.evaluate_in(at, &mut values);
        let ties = sweep::ties(self, &values);
        let mut hessian: Vec<Vec<f64>> = (0..count)
            .map(|row| {
                let direction: Vec<f64> = (0..count).map(|i| if i == row { 1.0 } else { 0.0 }).collect();
                self.second_sweep(at, &direction, &ties).iter().map(|dual| dual.derivative).collect()
            })
            .collect();
        // Rounding leaves the two halves a little apart.
        for i in 0..count {
            for j in 0..i {
                let entry =
                    |hessian: &[Vec<f64>], i: usize, j: usize| hessian.get(i).and_then(|row| row.get(j)).copied();
                let (Some(a), Some(b)) = (entry(&hessian, i, j), entry(&hessian, j, i)) else { continue };
                let mean = if a == b { a } else { 0.5 * (a + b) };
                for (i, j) in [(i, j), (j, i)] {
                    if let Some(place) = hessian.get_mut(i).and_then(|row| row.get_mut(j)) {
                        *place = mean;
                    }
                }
            }
        }
        Hessian { value, gradient, hessian }
    }

    /// The gradient, each entry with its change along a direction.
    fn second_sweep(&self, at: &[f64], direction: &[f64], ties: &[sweep::Tie]) -> Vec<Dual> {
        let point: Vec<Dual> =
            at.iter().enumerate().map(|(i, x)| Dual::new(*x, direction.get(i).copied().unwrap_or(0.0))).collect();
        let mut values = Vec::new();
        sweep::forward(self, &point, &mut values);
        let mut adjoints = vec![Dual::new(0.0, 0.0); values.len()];
        sweep::backward(self, &values, self.root(), ties, &mut adjoints);
        self.gather(&adjoints)
    }

    /// The value of each operation and its change along a direction, by plain arithmetic.
    pub(crate) fn dual_registers(&self, at: &[f64], direction: &[f64]) -> Vec<Dual> {
        let along = |i: usize| direction.get(i).copied().unwrap_or(0.0);
        let point: Vec<Dual> = at.iter().enumerate().map(|(i, x)| Dual::new(*x, along(i))).collect();
        let mut values = Vec::new();
        sweep::forward(self, &point, &mut values);
        values
    }

    /// The value and its change along a direction.
    pub fn directional_derivative(&self, at: &[f64], direction: &[f64]) -> Dual {
        let value = self.evaluate(at);
        if !value.is_finite() {
            return Dual::new(value, f64::NAN);
        }
        let values = self.dual_registers(at, direction);
        let derivative = values.get(self.root() as usize).map_or(f64::NAN, |dual| dual.derivative);
        Dual::new(value, derivative)
    }
}
