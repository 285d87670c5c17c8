//! One feature, the light way: five numbers stand for any number of points, so a step of descent costs a few multiplications.

use super::scale::Scale;
use super::{Fit, Standardize};
use crate::error::{DescentError, all_finite};
use crate::sums;

/// The mean squared error of ŷ = w x + b over fixed points, with its exact minimum. Parameters are `[w, b]`.
///
/// L(w, b) = δ² + s² (w − w*)² + L*, δ = b + w m − ȳ, with mean m and deviation s of x. All sums are compensated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// m and s of the feature, in the units that are descended.
    pub x: Scale,
    /// ȳ and the deviation of the target; the deviation may be 0.
    pub y: Scale,
    /// w*.
    pub slope: f64,
    /// L*.
    pub least: f64,
}

impl Line {
    /// From points.
    ///
    /// # Errors
    /// [`DescentError`]: lists of different lengths, fewer than two points, a number that is not finite, or the same x throughout.
    pub fn new(x: &[f64], y: &[f64]) -> Result<Self, DescentError> {
        if x.len() != y.len() {
            return Err(DescentError::length("target", format!("{}, as many as the feature", x.len()), y.len()));
        }
        if x.len() < 2 {
            return Err(DescentError::TooFewRows { needed: 2, got: x.len() });
        }
        for (argument, values) in [("feature", x), ("target", y)] {
            all_finite(argument, values)?;
            if let Some(large) = values.iter().find(|v| v.abs() > super::LARGEST) {
                return Err(DescentError::range(argument, "numbers between -1e100 and 1e100", *large));
            }
        }
        let n = x.len() as f64;
        let scale = Scale::of("the feature", x)?;
        let y_mean = sums::mean(y);
        let products = x.iter().zip(y).map(|(x, y)| (x - scale.mean) * (y - y_mean));
        let slope = sums::sum(products) / (n * scale.deviation * scale.deviation);
        let least = sums::mean_square(x.iter().zip(y).map(|(x, y)| {
            let size = slope.abs() * (x.abs() + scale.mean.abs()) + y.abs() + y_mean.abs();
            (slope * (x - scale.mean) - (y - y_mean), size)
        }));
        Ok(Self { x: scale, y: Scale { mean: y_mean, deviation: sums::deviation(y, y_mean) }, slope, least })
    }

    /// The same loss with the feature (and the target) measured in deviations from its mean. Turn parameters with
    /// [`Line::to_original`] and [`Line::to_trained`] of the line this was made from. A target that never changes keeps its units.
    #[must_use]
    pub fn standardized(&self, what: Standardize) -> Self {
        let (x, y) = self.scales(what);
        Self {
            x: Scale { mean: (self.x.mean - x.mean) / x.deviation, deviation: self.x.deviation / x.deviation },
            y: Scale { mean: (self.y.mean - y.mean) / y.deviation, deviation: self.y.deviation / y.deviation },
            slope: self.slope * x.deviation / y.deviation,
            least: self.least / (y.deviation * y.deviation),
        }
    }

    fn scales(&self, what: Standardize) -> (Scale, Scale) {
        let x = if what == Standardize::Nothing { Scale::NONE } else { self.x };
        let whole = what == Standardize::FeaturesAndTarget && self.y.deviation > 0.0;
        (x, if whole { self.y } else { Scale::NONE })
    }

    /// Parameters descended in standardised units, in the units of this line.
    #[must_use]
    pub fn to_original(&self, what: Standardize, [slope, intercept]: [f64; 2]) -> [f64; 2] {
        let (x, y) = self.scales(what);
        let original = slope * y.deviation / x.deviation;
        [original, intercept * y.deviation + y.mean - original * x.mean]
    }

    /// Parameters in the units of this line, as descended in standardised units.
    #[must_use]
    pub fn to_trained(&self, what: Standardize, [slope, intercept]: [f64; 2]) -> [f64; 2] {
        let (x, y) = self.scales(what);
        [slope * x.deviation / y.deviation, (intercept + slope * x.mean - y.mean) / y.deviation]
    }

    /// `[w*, b*]`.
    #[must_use]
    pub fn minimum(&self) -> [f64; 2] {
        [self.slope, self.y.mean - self.slope * self.x.mean]
    }

    /// L(w, b).
    #[must_use]
    pub fn value(&self, [slope, intercept]: [f64; 2]) -> f64 {
        let delta = intercept + (slope * self.x.mean - self.y.mean);
        let tilt = self.x.deviation * (slope - self.slope);
        delta * delta + tilt * tilt + self.least
    }

    /// L(w, b) and its gradient.
    #[must_use]
    pub fn gradient(&self, [slope, intercept]: [f64; 2]) -> (f64, [f64; 2]) {
        let delta = intercept + (slope * self.x.mean - self.y.mean);
        let tilt = self.x.deviation * (slope - self.slope);
        let gradient = [2.0 * (self.x.deviation * tilt + delta * self.x.mean), 2.0 * delta];
        (delta * delta + tilt * tilt + self.least, gradient)
    }

    /// The Hessian, the same everywhere: 2 [[s² + m², m], [m, 1]].
    #[must_use]
    pub fn hessian(&self) -> [[f64; 2]; 2] {
        let Scale { mean, deviation } = self.x;
        [[2.0 * (deviation * deviation + mean * mean), 2.0 * mean], [2.0 * mean, 2.0]]
    }

    /// The eigenvalues of the Hessian, larger first. Their product is 4 s², which spares the smaller its cancellation.
    #[must_use]
    pub fn eigenvalues(&self) -> [f64; 2] {
        let Scale { mean, deviation } = self.x;
        let variance = deviation * deviation;
        let trace = variance + mean * mean + 1.0;
        // (trace² − 4 variance) as a sum of squares.
        let difference = variance + mean * mean - 1.0;
        let larger = (trace + (difference * difference + 4.0 * mean * mean).sqrt()) / 2.0;
        [2.0 * larger, 2.0 * variance / larger]
    }

    /// 2/λ_max.
    #[must_use]
    pub fn largest_stable_learning_rate(&self) -> f64 {
        2.0 / self.eigenvalues()[0]
    }

    /// λ_max/λ_min.
    #[must_use]
    pub fn condition_number(&self) -> f64 {
        let [larger, smaller] = self.eigenvalues();
        larger / smaller
    }

    /// How well parameters fit.
    #[must_use]
    pub fn fit(&self, parameters: [f64; 2]) -> Fit {
        let mse = self.value(parameters);
        let variance = self.y.deviation * self.y.deviation;
        let r_squared = (variance > 0.0).then(|| 1.0 - mse / variance).filter(|r| r.is_finite());
        Fit { mse, rmse: mse.sqrt(), r_squared }
    }
}
