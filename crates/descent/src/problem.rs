//! What can be descended: anything with parameters, a value and a gradient.

use crate::random::Random;

/// A function of parameters to make small. A value or gradient that is not finite means: not defined there.
pub trait Problem {
    /// How many parameters there are.
    fn dimension(&self) -> usize;

    /// The value at a point.
    fn value(&self, at: &[f64]) -> f64;

    /// The value, and the gradient written to `gradient`.
    fn gradient(&self, at: &[f64], gradient: &mut [f64]) -> f64;

    /// What a step sees: the value, and a gradient that may come from a batch or carry noise. Step 0 is seen at the start. The same
    /// step at the same point always sees the same.
    fn gradient_of_step(&self, _step: u64, at: &[f64], gradient: &mut [f64]) -> f64 {
        self.gradient(at, gradient)
    }

    /// Whether [`Problem::gradient_of_step`] differs from the gradient. Such a run never converges to rest.
    fn is_noisy(&self) -> bool {
        false
    }

    /// out ← H direction. By default from the central difference of two gradients.
    fn curvature(&self, at: &[f64], direction: &[f64], out: &mut [f64]) {
        let size = |v: &[f64]| v.iter().fold(0.0f64, |m, x| m.max(x.abs()));
        let length = size(direction);
        if length == 0.0 {
            out.fill(0.0);
            return;
        }
        // The cube root of the rounding error balances rounding against curvature of the gradient.
        let h = 6e-6 * size(at).max(1.0) / length;
        let moved = |sign: f64| -> Vec<f64> { at.iter().zip(direction).map(|(x, d)| x + sign * h * d).collect() };
        let mut behind = vec![0.0; at.len()];
        self.gradient(&moved(1.0), out);
        self.gradient(&moved(-1.0), &mut behind);
        for (o, b) in out.iter_mut().zip(&behind) {
            *o = (*o - b) / (2.0 * h);
        }
    }

    /// The Hessian, row by row. By default column by column from [`Problem::curvature`], made symmetric.
    fn hessian(&self, at: &[f64]) -> Option<Vec<Vec<f64>>> {
        let n = self.dimension();
        let mut hessian = vec![vec![0.0; n]; n];
        for (row, out) in hessian.iter_mut().enumerate() {
            let unit: Vec<f64> = (0..n).map(|c| f64::from(u8::from(c == row))).collect();
            self.curvature(at, &unit, out);
        }
        let transposed: Vec<Vec<f64>> =
            (0..n).map(|c| hessian.iter().filter_map(|row| row.get(c).copied()).collect()).collect();
        for (row, other) in hessian.iter_mut().zip(&transposed) {
            for (h, o) in row.iter_mut().zip(other) {
                *h = (*h + o) / 2.0;
            }
        }
        Some(hessian)
    }

    /// A name for each parameter, for sentences.
    fn names(&self) -> Vec<String> {
        (1..=self.dimension()).map(|n| format!("parameter {n}")).collect()
    }
}

impl<P: Problem + ?Sized> Problem for &P {
    fn dimension(&self) -> usize {
        (**self).dimension()
    }
    fn value(&self, at: &[f64]) -> f64 {
        (**self).value(at)
    }
    fn gradient(&self, at: &[f64], gradient: &mut [f64]) -> f64 {
        (**self).gradient(at, gradient)
    }
    fn gradient_of_step(&self, step: u64, at: &[f64], gradient: &mut [f64]) -> f64 {
        (**self).gradient_of_step(step, at, gradient)
    }
    fn is_noisy(&self) -> bool {
        (**self).is_noisy()
    }
    fn curvature(&self, at: &[f64], direction: &[f64], out: &mut [f64]) {
        (**self).curvature(at, direction, out);
    }
    fn hessian(&self, at: &[f64]) -> Option<Vec<Vec<f64>>> {
        (**self).hessian(at)
    }
    fn names(&self) -> Vec<String> {
        (**self).names()
    }
}

/// A problem whose gradient is felt with normal noise, as a walker with an unsteady foot or a batch of data would feel it.
#[derive(Clone, Debug)]
pub struct Noisy<P> {
    /// The problem itself.
    pub problem: P,
    /// The standard deviation of the noise on each entry of the gradient; 0 for none.
    pub deviation: f64,
    /// What the noise of every step is made from.
    pub seed: u64,
}

impl<P: Problem> Problem for Noisy<P> {
    fn dimension(&self) -> usize {
        self.problem.dimension()
    }
    fn value(&self, at: &[f64]) -> f64 {
        self.problem.value(at)
    }
    fn gradient(&self, at: &[f64], gradient: &mut [f64]) -> f64 {
        self.problem.gradient(at, gradient)
    }
    fn gradient_of_step(&self, step: u64, at: &[f64], gradient: &mut [f64]) -> f64 {
        let value = self.problem.gradient_of_step(step, at, gradient);
        if self.deviation > 0.0 {
            let mut random = Random::stream(self.seed, step);
            for g in gradient.iter_mut() {
                *g += self.deviation * random.normal();
            }
        }
        value
    }
    fn is_noisy(&self) -> bool {
        self.deviation > 0.0 || self.problem.is_noisy()
    }
    fn curvature(&self, at: &[f64], direction: &[f64], out: &mut [f64]) {
        self.problem.curvature(at, direction, out);
    }
    fn hessian(&self, at: &[f64]) -> Option<Vec<Vec<f64>>> {
        self.problem.hessian(at)
    }
    fn names(&self) -> Vec<String> {
        self.problem.names()
    }
}
