//! A formula as something to descend.

use calculus::Expression;

use crate::error::DescentError;
use crate::problem::Problem;

/// A formula whose variables are the parameters, in the formula's own order.
#[derive(Clone, Debug)]
pub struct Formula {
    expression: Expression,
    names: Vec<String>,
}

impl Formula {
    /// Takes a formula of at least one variable.
    ///
    /// # Errors
    /// [`DescentError::Objective`] for a formula without variables.
    pub fn new(expression: Expression) -> Result<Self, DescentError> {
        if expression.variables().is_empty() {
            let message = "The objective has no variable, so there is nothing to change. Try (x - 2)^2.".to_owned();
            return Err(DescentError::Objective { message });
        }
        Ok(Self { names: expression.variables().to_vec(), expression })
    }

    /// Takes a formula of one variable of this name, or of none: the level line, with one parameter that changes nothing.
    ///
    /// # Errors
    /// [`DescentError::Objective`] for a formula of other variables.
    pub fn of_one(expression: Expression, name: &str) -> Result<Self, DescentError> {
        if let Some(other) = expression.variables().iter().find(|variable| *variable != name) {
            let message = format!("The objective has the variable {other} where it may have {name} alone.");
            return Err(DescentError::Objective { message });
        }
        Ok(Self { expression, names: vec![name.to_owned()] })
    }

    /// The formula.
    #[must_use]
    pub fn expression(&self) -> &Expression {
        &self.expression
    }
}

impl Problem for Formula {
    fn dimension(&self) -> usize {
        self.names.len()
    }
    fn value(&self, at: &[f64]) -> f64 {
        self.expression.evaluate(at)
    }
    fn gradient(&self, at: &[f64], gradient: &mut [f64]) -> f64 {
        let found = self.expression.gradient(at);
        gradient.fill(0.0);
        for (g, f) in gradient.iter_mut().zip(&found.gradient) {
            *g = *f;
        }
        found.value
    }
    fn curvature(&self, at: &[f64], direction: &[f64], out: &mut [f64]) {
        out.fill(0.0);
        for (o, h) in out.iter_mut().zip(self.expression.hessian_vector(at, direction)) {
            *o = h;
        }
    }
    fn hessian(&self, at: &[f64]) -> Option<Vec<Vec<f64>>> {
        if self.expression.variables().is_empty() {
            return Some(vec![vec![0.0]]);
        }
        Some(self.expression.hessian(at).hessian)
    }
    fn names(&self) -> Vec<String> {
        self.names.clone()
    }
}
