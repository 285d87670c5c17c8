//! Loss functions: how wrong predictions are, and which way each should move.
//!
//! With prediction p, target t and error r = p − t, per example:
//!
//! | kind | loss |
//! |---|---|
//! | mean squared error | r² |
//! | mean absolute error | \|r\| |
//! | Huber | r²/2 where \|r\| ≤ δ, else δ (\|r\| − δ/2) |
//! | log-cosh | ln cosh r |
//! | quantile | max(q (t − p), (q − 1)(t − p)) |
//! | binary cross-entropy, p a logit | softplus(p) − t p |
//! | hinge, t = ±1 | max(0, 1 − p t) |
//! | squared hinge, t = ±1 | max(0, 1 − p t)² |
//! | softmax cross-entropy, p a row of logits | Σ tᵢ (logsumexp(p) − pᵢ) |
//!
//! The loss of many is the mean, and the gradient includes its 1/n: n counts entries, or rows for softmax. All are exact and finite at
//! logits of ±800. At a kink the gradient is the subgradient of least magnitude.

mod scalar;
mod softmax;

use serde::{Deserialize, Serialize};

use crate::error::{DescentError, all_finite, positive};
use crate::sums;

/// Which loss, by the names of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum LossKind {
    /// Mean squared error.
    Mse,
    /// Mean absolute error.
    Mae,
    /// Squared near 0, absolute beyond δ (Huber, "Robust estimation of a location parameter", 1964).
    Huber,
    /// A smooth absolute error.
    LogCosh,
    /// Pulls towards a quantile (Koenker and Bassett, "Regression quantiles", 1978).
    Quantile,
    /// For yes or no: targets from 0 to 1, predictions are logits.
    BinaryCrossEntropy,
    /// For two classes: targets −1 and 1.
    Hinge,
    /// The hinge, squared.
    SquaredHinge,
    /// For one of several classes: rows of logits and of probabilities.
    SoftmaxCrossEntropy,
}

/// The settings that some losses have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LossParameters {
    /// δ of Huber: where the parabola turns into a line. 1 unless told.
    pub delta: Option<f64>,
    /// q of the quantile loss, between 0 and 1. 0.5 unless told.
    pub quantile: Option<f64>,
    /// How many classes a row of softmax has. One row unless told.
    pub classes: Option<usize>,
}

/// A loss with its settings, checked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Loss {
    /// r².
    Mse,
    /// |r|.
    Mae,
    /// Huber's.
    Huber {
        /// δ.
        delta: f64,
    },
    /// ln cosh r.
    LogCosh,
    /// The pinball loss.
    Quantile {
        /// q.
        quantile: f64,
    },
    /// softplus(p) − t p.
    BinaryCrossEntropy,
    /// max(0, 1 − p t).
    Hinge,
    /// max(0, 1 − p t)².
    SquaredHinge,
    /// Σ tᵢ (logsumexp(p) − pᵢ) a row.
    SoftmaxCrossEntropy {
        /// The length of a row.
        classes: usize,
    },
}

/// A loss at a point, ready to plot.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Pull {
    /// The loss.
    pub value: f64,
    /// Its slope by the prediction: the pull on it.
    pub slope: f64,
}

impl Loss {
    /// Picks a loss and checks its settings; `length` is the number of predictions, for softmax without a number of classes.
    ///
    /// # Errors
    /// [`DescentError::OutOfRange`] for a δ that is not above 0, a quantile outside (0, 1), or no classes.
    pub fn new(kind: LossKind, parameters: LossParameters, length: usize) -> Result<Self, DescentError> {
        Ok(match kind {
            LossKind::Mse => Self::Mse,
            LossKind::Mae => Self::Mae,
            LossKind::Huber => {
                let delta = parameters.delta.unwrap_or(1.0);
                positive("delta", delta)?;
                Self::Huber { delta }
            }
            LossKind::LogCosh => Self::LogCosh,
            LossKind::Quantile => {
                let quantile = parameters.quantile.unwrap_or(0.5);
                if !(quantile > 0.0 && quantile < 1.0) {
                    return Err(DescentError::range("quantile", "a number between 0 and 1", quantile));
                }
                Self::Quantile { quantile }
            }
            LossKind::BinaryCrossEntropy => Self::BinaryCrossEntropy,
            LossKind::Hinge => Self::Hinge,
            LossKind::SquaredHinge => Self::SquaredHinge,
            LossKind::SoftmaxCrossEntropy => {
                let classes = parameters.classes.unwrap_or(length);
                if classes == 0 {
                    return Err(DescentError::range("classes", "a whole number, 1 or more", 0.0));
                }
                Self::SoftmaxCrossEntropy { classes }
            }
        })
    }

    /// The loss of one prediction against one target, and its slope: for plots of pull against error. `None` for softmax, which
    /// needs a row.
    #[must_use]
    pub fn pull(&self, prediction: f64, target: f64) -> Option<Pull> {
        scalar::pull(self, prediction, target)
    }

    /// The loss as a function of the error r alone (against the target 0): the curve to draw. For the hinges and the binary
    /// cross-entropy the target is 1, and r is the prediction.
    #[must_use]
    pub fn pull_of_error(&self, error: f64) -> Option<Pull> {
        let target = match self {
            Self::BinaryCrossEntropy | Self::Hinge | Self::SquaredHinge => 1.0,
            _ => 0.0,
        };
        self.pull(error, target)
    }

    /// The mean loss; the gradient by the predictions is written to `gradient`.
    ///
    /// # Errors
    /// [`DescentError`]: nothing given, lists of different lengths, numbers that are not finite, rows that do not come out even,
    /// targets outside their range, or a loss too large for a number.
    pub fn evaluate(&self, predictions: &[f64], targets: &[f64], gradient: &mut [f64]) -> Result<f64, DescentError> {
        self.check(predictions, targets)?;
        if gradient.len() != predictions.len() {
            return Err(DescentError::length(
                "gradient",
                format!("{}, as many as predictions", predictions.len()),
                gradient.len(),
            ));
        }
        let value = self.evaluate_unchecked(predictions, targets, gradient);
        if value.is_finite() {
            Ok(value)
        } else {
            Err(DescentError::range("predictions", "errors whose loss is a finite number", value))
        }
    }

    /// As [`Loss::evaluate`], for callers that have checked shapes and ranges.
    pub(crate) fn evaluate_unchecked(&self, predictions: &[f64], targets: &[f64], gradient: &mut [f64]) -> f64 {
        if let Self::SoftmaxCrossEntropy { classes } = *self {
            return softmax::evaluate(classes, predictions, targets, gradient);
        }
        // The loss of most regressions and networks has a loop of its own, in which nothing is chosen.
        if *self == Self::Mse {
            return mean_of(predictions, targets, gradient, |p, t| scalar::pull(&Self::Mse, p, t));
        }
        mean_of(predictions, targets, gradient, |p, t| self.pull(p, t))
    }

    fn check(&self, predictions: &[f64], targets: &[f64]) -> Result<(), DescentError> {
        if predictions.is_empty() {
            return Err(DescentError::Empty { argument: "predictions".to_owned() });
        }
        if targets.len() != predictions.len() {
            return Err(DescentError::length(
                "targets",
                format!("{}, as many as predictions", predictions.len()),
                targets.len(),
            ));
        }
        all_finite("predictions", predictions)?;
        if let Self::SoftmaxCrossEntropy { classes } = *self
            && !predictions.len().is_multiple_of(classes)
        {
            let expected = format!("a multiple of {classes}, the number of classes");
            return Err(DescentError::length("predictions", expected, predictions.len()));
        }
        self.check_targets(targets)
    }

    /// Whether the targets are finite and within the loss's range.
    pub(crate) fn check_targets(&self, targets: &[f64]) -> Result<(), DescentError> {
        all_finite("targets", targets)?;
        let outside = |range: &str, fits: fn(f64) -> bool| match targets.iter().find(|t| !fits(**t)) {
            Some(wrong) => Err(DescentError::range("targets", range, *wrong)),
            None => Ok(()),
        };
        match self {
            Self::BinaryCrossEntropy => outside("numbers from 0 to 1", |t| (0.0..=1.0).contains(&t)),
            Self::Hinge | Self::SquaredHinge => outside("-1 or 1", |t| t.abs() == 1.0),
            Self::SoftmaxCrossEntropy { .. } => outside("probabilities, 0 or more", |t| t >= 0.0),
            _ => Ok(()),
        }
    }
}

/// The mean of the losses of predictions one by one; their slopes, divided by how many they are, are written to `gradient`.
#[inline(always)]
fn mean_of(predictions: &[f64], targets: &[f64], gradient: &mut [f64], pull: impl Fn(f64, f64) -> Option<Pull>) -> f64 {
    let n = predictions.len().max(1) as f64;
    let mut sum = sums::Sum::default();
    for ((p, t), g) in predictions.iter().zip(targets).zip(gradient) {
        if let Some(pull) = pull(*p, *t) {
            sum.add(pull.value);
            *g = pull.slope / n;
        }
    }
    sum.value() / n
}

/// A loss and its gradient.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LossAndGradient {
    /// The mean loss.
    pub value: f64,
    /// By each prediction, the 1/n of the mean included.
    pub gradient: Vec<f64>,
}

/// The loss of predictions against targets, as the contract has it.
///
/// # Errors
/// As [`Loss::new`] and [`Loss::evaluate`].
pub fn loss(
    kind: LossKind,
    predictions: &[f64],
    targets: &[f64],
    parameters: LossParameters,
) -> Result<LossAndGradient, DescentError> {
    let loss = Loss::new(kind, parameters, predictions.len().max(1))?;
    let mut gradient = vec![0.0; predictions.len()];
    let value = loss.evaluate(predictions, targets, &mut gradient)?;
    Ok(LossAndGradient { value, gradient })
}
