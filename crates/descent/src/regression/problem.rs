//! The losses of a linear model as problems to descend.

use super::{Line, MiniBatches, SquaredError};
use crate::problem::Problem;
use crate::sums;

impl Problem for Line {
    fn dimension(&self) -> usize {
        2
    }
    fn value(&self, at: &[f64]) -> f64 {
        pair(at).map_or(f64::NAN, |at| Line::value(self, at))
    }
    fn gradient(&self, at: &[f64], gradient: &mut [f64]) -> f64 {
        let Some(at) = pair(at) else { return f64::NAN };
        let (value, slopes) = Line::gradient(self, at);
        for (g, s) in gradient.iter_mut().zip(slopes) {
            *g = s;
        }
        value
    }
    fn curvature(&self, _at: &[f64], direction: &[f64], out: &mut [f64]) {
        for (o, row) in out.iter_mut().zip(Line::hessian(self)) {
            *o = sums::dot(&row, direction);
        }
    }
    fn hessian(&self, _at: &[f64]) -> Option<Vec<Vec<f64>>> {
        Some(Line::hessian(self).map(|row| row.to_vec()).to_vec())
    }
    fn names(&self) -> Vec<String> {
        ["slope", "intercept"].map(str::to_owned).to_vec()
    }
}

fn pair(at: &[f64]) -> Option<[f64; 2]> {
    at.try_into().ok()
}

impl Problem for SquaredError {
    fn dimension(&self) -> usize {
        SquaredError::dimension(self)
    }
    fn value(&self, at: &[f64]) -> f64 {
        SquaredError::value(self, at)
    }
    fn gradient(&self, at: &[f64], gradient: &mut [f64]) -> f64 {
        SquaredError::gradient(self, at, gradient)
    }
    fn curvature(&self, _at: &[f64], direction: &[f64], out: &mut [f64]) {
        SquaredError::curvature(self, direction, out);
    }
    fn hessian(&self, _at: &[f64]) -> Option<Vec<Vec<f64>>> {
        Some(SquaredError::hessian(self))
    }
}

impl Problem for MiniBatches {
    fn dimension(&self) -> usize {
        self.whole().dimension()
    }
    fn value(&self, at: &[f64]) -> f64 {
        self.whole().value(at)
    }
    fn gradient(&self, at: &[f64], gradient: &mut [f64]) -> f64 {
        self.whole().gradient(at, gradient)
    }
    fn gradient_of_step(&self, step: u64, at: &[f64], gradient: &mut [f64]) -> f64 {
        MiniBatches::gradient_of_step(self, step, at, gradient);
        self.whole().value(at)
    }
    fn is_noisy(&self) -> bool {
        true
    }
    fn curvature(&self, _at: &[f64], direction: &[f64], out: &mut [f64]) {
        self.whole().curvature(direction, out);
    }
    fn hessian(&self, _at: &[f64]) -> Option<Vec<Vec<f64>>> {
        Some(self.whole().hessian())
    }
}
