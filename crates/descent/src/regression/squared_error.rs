//! The mean squared error of a linear model as the quadratic it is: exact, and as cheap for a million rows as for ten.
//!
//! With means m, ȳ, and F a square root of the features' covariance (FᵀF = C, from QR, never formed by squaring),
//!
//! L(w, b) = (1/n) Σ r² = δ² + |F (w − w*)|² + L*,  δ = b + w·m − ȳ,
//!
//! where w* is the exact solution and L* its loss. Every term is a square, so no digits cancel near the bottom. The gradient is
//! 2 Fᵀ F (w − w*) + 2 δ m and 2 δ, the Hessian 2 [[C + m mᵀ, m], [mᵀ, 1]]. Parameters are `[w…, b]`.

use super::scale::{Scaling, split};
use crate::linear::Matrix;
use crate::linear::eigen;

/// The mean squared error of a linear model, from sufficient statistics.
#[derive(Clone, Debug, PartialEq)]
pub struct SquaredError {
    pub(crate) means: Vec<f64>,
    pub(crate) target_mean: f64,
    pub(crate) root: Matrix,
    pub(crate) best: Vec<f64>,
    pub(crate) least: f64,
}

impl SquaredError {
    /// The number of parameters: one a feature, and the intercept.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.means.len() + 1
    }

    /// The exact solution `[w…, b]`; one of many where columns depend on each other.
    #[must_use]
    pub fn minimum(&self) -> Vec<f64> {
        let shift: f64 = self.best.iter().zip(&self.means).map(|(w, m)| w * m).sum();
        self.best.iter().copied().chain([self.target_mean - shift]).collect()
    }

    /// The loss at the exact solution.
    #[must_use]
    pub fn least(&self) -> f64 {
        self.least
    }

    /// F (w − w*) and δ.
    fn parts(&self, at: &[f64]) -> (Vec<f64>, f64) {
        let (weights, bias) = split(at, self.means.len());
        let away: Vec<f64> = weights.iter().zip(&self.best).map(|(w, b)| w - b).collect();
        let mut image = vec![0.0; self.means.len()];
        self.root.times(&away, &mut image);
        let drift: f64 = weights.iter().zip(&self.means).map(|(w, m)| w * m).sum();
        (image, bias + (drift - self.target_mean))
    }

    /// L at `[w…, b]`.
    #[must_use]
    pub fn value(&self, at: &[f64]) -> f64 {
        let (image, delta) = self.parts(at);
        delta * delta + image.iter().map(|v| v * v).sum::<f64>() + self.least
    }

    /// L and its gradient at `[w…, b]`.
    pub fn gradient(&self, at: &[f64], gradient: &mut [f64]) -> f64 {
        let (image, delta) = self.parts(at);
        self.spread(&image, delta, gradient);
        delta * delta + image.iter().map(|v| v * v).sum::<f64>() + self.least
    }

    /// gradient ← (2 Fᵀ image + 2 δ m, 2 δ).
    fn spread(&self, image: &[f64], delta: f64, gradient: &mut [f64]) {
        for (index, (g, m)) in gradient.iter_mut().zip(&self.means).enumerate() {
            *g = 2.0 * (self.root.column_dot(index, image) + delta * m);
        }
        if let Some(last) = gradient.get_mut(self.means.len()) {
            *last = 2.0 * delta;
        }
    }

    /// out ← H direction; the Hessian is the same everywhere.
    pub fn curvature(&self, direction: &[f64], out: &mut [f64]) {
        let (weights, bias) = split(direction, self.means.len());
        let mut image = vec![0.0; self.means.len()];
        self.root.times(weights, &mut image);
        let drift: f64 = weights.iter().zip(&self.means).map(|(w, m)| w * m).sum();
        self.spread(&image, bias + drift, out);
    }

    /// The eigenvalues of the Hessian, largest first, to high relative accuracy: they are 2σ² for the singular values σ of
    /// [[F, 0], [mᵀ, 1]].
    #[must_use]
    pub fn eigenvalues(&self) -> Vec<f64> {
        let width = self.means.len();
        let mut design = Matrix::zeros(width + 1, width + 1);
        for ((to, from), mean) in design.columns.iter_mut().zip(&self.root.columns).zip(&self.means) {
            for (t, f) in to.iter_mut().zip(from) {
                *t = *f;
            }
            if let Some(last) = to.last_mut() {
                *last = *mean;
            }
        }
        if let Some(last) = design.columns.last_mut().and_then(|c| c.last_mut()) {
            *last = 1.0;
        }
        eigen::singular_values(design).iter().map(|s| 2.0 * s * s).collect()
    }

    /// The Hessian, row by row.
    #[must_use]
    pub fn hessian(&self) -> Vec<Vec<f64>> {
        let n = self.dimension();
        (0..n)
            .map(|row| {
                let unit: Vec<f64> = (0..n).map(|c| f64::from(u8::from(c == row))).collect();
                let mut out = vec![0.0; n];
                self.curvature(&unit, &mut out);
                out
            })
            .collect()
    }

    /// The same error with columns measured in other units.
    #[must_use]
    pub(crate) fn scaled(&self, scaling: &Scaling) -> Self {
        let unit = scaling.target.deviation;
        let mut root = self.root.clone();
        for (column, scale) in root.columns.iter_mut().zip(&scaling.features) {
            for entry in column {
                *entry /= scale.deviation;
            }
        }
        let features = self.means.iter().zip(&scaling.features);
        Self {
            means: features.map(|(m, s)| (m - s.mean) / s.deviation).collect(),
            target_mean: (self.target_mean - scaling.target.mean) / unit,
            root,
            best: self.best.iter().zip(&scaling.features).map(|(w, s)| w * s.deviation / unit).collect(),
            least: self.least / (unit * unit),
        }
    }
}

/// 2/λ_max: gradient descent on a quadratic with largest curvature λ_max shrinks every error below this rate and grows one above.
#[must_use]
pub(crate) fn stable_rate(eigenvalues: &[f64]) -> f64 {
    eigenvalues.first().map_or(f64::MAX, |largest| 2.0 / largest)
}

/// λ_max / λ_min; `None` where λ_min is 0.
#[must_use]
pub(crate) fn condition(eigenvalues: &[f64]) -> Option<f64> {
    let ratio = eigenvalues.first()? / eigenvalues.last()?;
    ratio.is_finite().then_some(ratio)
}
