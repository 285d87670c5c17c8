//! Standardising: every column measured from its mean in units of its standard deviation, and the way back.
//!
//! With u = (x − m) / s for each feature and v = (y − m_y) / s_y for the target, the line v = Σ a u + c is the line y = Σ w x + b with
//! w = a s_y / s and b = c s_y + m_y − Σ w m. Deviations have divisor n (ddof 0).

use serde::Serialize;

use crate::error::DescentError;
use crate::sums;

/// What is standardised before descending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Standardize {
    /// Nothing: the numbers as they are.
    #[default]
    Nothing,
    /// The features.
    Features,
    /// The features and the target.
    FeaturesAndTarget,
}

/// A mean and a deviation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Scale {
    /// m.
    pub mean: f64,
    /// s, above 0.
    pub deviation: f64,
}

impl Scale {
    /// Leaves numbers as they are.
    pub const NONE: Self = Self { mean: 0.0, deviation: 1.0 };

    /// The mean and deviation of a column.
    ///
    /// # Errors
    /// [`DescentError::ConstantColumn`] where every value is the same.
    pub fn of(name: &str, values: &[f64]) -> Result<Self, DescentError> {
        let mean = sums::mean(values);
        let deviation = sums::deviation(values, mean);
        let constant = values.windows(2).all(|pair| pair.first() == pair.last());
        if constant || !(deviation > 0.0 && deviation.is_finite()) {
            return Err(DescentError::ConstantColumn {
                column: name.to_owned(),
                value: values.first().copied().unwrap_or(0.0),
            });
        }
        Ok(Self { mean, deviation })
    }

    /// The mean and deviation of a column; of a constant one its value and 1.
    #[must_use]
    pub fn of_any(values: &[f64]) -> Self {
        let value = values.first().copied().unwrap_or(0.0);
        Self::of("", values).unwrap_or(Self { mean: value, deviation: 1.0 })
    }

    /// (x − m) / s.
    #[must_use]
    pub fn standardize(self, value: f64) -> f64 {
        (value - self.mean) / self.deviation
    }

    /// m + s u.
    #[must_use]
    pub fn restore(self, value: f64) -> f64 {
        self.mean + self.deviation * value
    }
}

/// The scales of all columns of a regression.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Scaling {
    /// One a feature.
    pub features: Vec<Scale>,
    /// The target's.
    pub target: Scale,
}

impl Scaling {
    /// Parameters `[w…, b]` as descended, turned to original units.
    #[must_use]
    pub fn to_original(&self, trained: &[f64]) -> Vec<f64> {
        let (weights, bias) = split(trained, self.features.len());
        let mut original: Vec<f64> =
            weights.iter().zip(&self.features).map(|(a, s)| a * self.target.deviation / s.deviation).collect();
        let shift: f64 = original.iter().zip(&self.features).map(|(w, s)| w * s.mean).sum();
        original.push(bias * self.target.deviation + self.target.mean - shift);
        original
    }

    /// Parameters `[w…, b]` in original units, turned to those that are descended.
    #[must_use]
    pub fn to_trained(&self, original: &[f64]) -> Vec<f64> {
        let (weights, bias) = split(original, self.features.len());
        let shift: f64 = weights.iter().zip(&self.features).map(|(w, s)| w * s.mean).sum();
        let mut trained: Vec<f64> =
            weights.iter().zip(&self.features).map(|(w, s)| w * s.deviation / self.target.deviation).collect();
        trained.push((bias + shift - self.target.mean) / self.target.deviation);
        trained
    }
}

/// The weights and the bias behind them.
pub(crate) fn split(parameters: &[f64], weights: usize) -> (&[f64], f64) {
    let bias = parameters.get(weights).copied().unwrap_or(0.0);
    (parameters.get(..weights).unwrap_or(parameters), bias)
}
