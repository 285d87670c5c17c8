//! Linear regression: predictions ŷ = Σ wⱼ xⱼ + b, fitted by least squares or by descent.
//!
//! The loss is the mean squared error (1/n) Σ (ŷ − y)², without one half. Parameters are `[w…, b]`, the intercept last.
//! [`LinearRegression`] takes any number of columns; [`Line`] is the light path for one.

mod descent;
mod exact;
mod line;
mod minibatch;
mod problem;
mod scale;
mod squared_error;

pub use descent::{DescentOptions, RegressionDescent};
pub use line::Line;
pub use minibatch::MiniBatches;
pub use scale::{Scale, Scaling, Standardize};
pub use squared_error::SquaredError;

use serde::Serialize;

use crate::error::{DescentError, all_finite};
use crate::run::Diagnosis;
use crate::sums;
use exact::Exact;

/// The largest magnitude taken: beyond it squares leave the range of doubles.
const LARGEST: f64 = 1e100;

/// Data with a linear model to fit.
pub struct LinearRegression {
    features: Vec<Vec<f64>>,
    target: Vec<f64>,
    names: Vec<String>,
    scaling: Scaling,
    exact: Exact,
    trained: SquaredError,
}

/// The exact solution, in original units.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Solution {
    /// w, one a feature: target units per unit of the feature.
    pub coefficients: Vec<f64>,
    /// b, in target units.
    pub intercept: f64,
    /// (1/n) Σ r², in target units squared.
    pub mse: f64,
    /// √mse, in target units.
    pub rmse: f64,
    /// 1 − mse / variance of the target; absent where the target never changes.
    pub r_squared: Option<f64>,
    /// √(Σ r² / (n − p − 1)); absent where no rows are left over.
    pub residual_deviation: Option<f64>,
    /// Of the intercept, then of each coefficient; empty where no rows are left over.
    pub standard_errors: Vec<f64>,
}

/// How well given parameters fit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Fit {
    /// (1/n) Σ r².
    pub mse: f64,
    /// √mse.
    pub rmse: f64,
    /// 1 − mse / variance of the target; absent where the target never changes.
    pub r_squared: Option<f64>,
}

impl LinearRegression {
    /// Takes columns of equal length.
    ///
    /// # Errors
    /// [`DescentError`]: no feature, columns of different lengths, fewer than two rows, a number that is not finite or beyond
    /// ±1e100, as many names as features missing, or a constant column that is to be standardised.
    pub fn new(
        features: Vec<Vec<f64>>,
        target: Vec<f64>,
        names: Option<Vec<String>>,
        standardize: Standardize,
    ) -> Result<Self, DescentError> {
        Self::scaled_by(features, target, names, standardize, Scale::of)
    }

    /// As [`LinearRegression::new`], and takes constant columns where it refuses them: they are measured from their value in their own
    /// unit, so that the standardised loss is flat along their weight.
    ///
    /// # Errors
    /// As [`LinearRegression::new`], but for constant columns.
    pub fn with_constants(
        features: Vec<Vec<f64>>,
        target: Vec<f64>,
        names: Option<Vec<String>>,
        standardize: Standardize,
    ) -> Result<Self, DescentError> {
        let scale = |_: &str, column: &[f64]| Ok(Scale::of_any(column));
        Self::scaled_by(features, target, names, standardize, scale)
    }

    fn scaled_by(
        features: Vec<Vec<f64>>,
        target: Vec<f64>,
        names: Option<Vec<String>>,
        standardize: Standardize,
        scale: impl Fn(&str, &[f64]) -> Result<Scale, DescentError>,
    ) -> Result<Self, DescentError> {
        let names = names.unwrap_or_else(|| (1..=features.len()).map(|n| format!("x{n}")).collect());
        check(&features, &target, &names)?;
        let exact = exact::fit(&features, &target);
        let mut scaling = Scaling { features: vec![Scale::NONE; features.len()], target: Scale::NONE };
        if standardize != Standardize::Nothing {
            let scales = names.iter().zip(&features).map(|(name, column)| scale(name, column));
            scaling.features = scales.collect::<Result<_, _>>()?;
        }
        if standardize == Standardize::FeaturesAndTarget {
            scaling.target = scale("the target", &target)?;
        }
        let trained = exact.error.scaled(&scaling);
        Ok(Self { features, target, names, scaling, exact, trained })
    }

    /// The exact least-squares solution, in original units.
    ///
    /// # Errors
    /// [`DescentError::TooFewRows`] where there are more parameters than rows; [`DescentError::RankDeficient`] names columns that
    /// can be computed from others.
    pub fn solve(&self) -> Result<Solution, DescentError> {
        let (rows, parameters) = (self.target.len(), self.features.len() + 1);
        if rows < parameters {
            return Err(DescentError::TooFewRows { needed: parameters, got: rows });
        }
        self.exact.unique(&self.names)?;
        let mut coefficients = self.exact.error.minimum();
        let intercept = coefficients.pop().unwrap_or(0.0);
        let mse = self.exact.error.least();
        let left_over = rows - parameters;
        let residual_deviation = (left_over > 0).then(|| (mse * rows as f64 / left_over as f64).sqrt());
        let fit = self.judge(mse);
        Ok(Solution {
            coefficients,
            intercept,
            mse,
            rmse: fit.rmse,
            r_squared: fit.r_squared,
            residual_deviation,
            standard_errors: residual_deviation
                .map(|deviation| self.exact.standard_errors(deviation, rows))
                .unwrap_or_default(),
        })
    }

    /// How well parameters in original units fit.
    #[must_use]
    pub fn fit(&self, original: &[f64]) -> Fit {
        self.judge(self.exact.error.value(original))
    }

    fn judge(&self, mse: f64) -> Fit {
        let deviation = sums::deviation(&self.target, self.exact.error.target_mean);
        let r_squared = (deviation > 0.0).then(|| 1.0 - mse / (deviation * deviation));
        Fit { mse, rmse: mse.sqrt(), r_squared: r_squared.filter(|r| r.is_finite()) }
    }

    /// ŷ for one row of features, with parameters in original units.
    ///
    /// # Errors
    /// [`DescentError::Length`] or [`DescentError::NotFinite`] for features that do not fit.
    pub fn predict(&self, original: &[f64], features: &[f64]) -> Result<f64, DescentError> {
        let width = self.features.len();
        if features.len() != width {
            return Err(DescentError::length("features", format!("{width}, one a column"), features.len()));
        }
        all_finite("features", features)?;
        let (weights, bias) = scale::split(original, width);
        Ok(sums::dot(weights, features) + bias)
    }

    /// ŷ − y for every row, with parameters in original units.
    #[must_use]
    pub fn residuals(&self, original: &[f64]) -> Vec<f64> {
        let (weights, bias) = scale::split(original, self.features.len());
        let mut residuals: Vec<f64> = self.target.iter().map(|y| bias - y).collect();
        for (column, weight) in self.features.iter().zip(weights) {
            for (r, x) in residuals.iter_mut().zip(column) {
                *r += weight * x;
            }
        }
        residuals
    }

    /// The loss as it is descended: in standardised units where that was asked for.
    #[must_use]
    pub fn objective(&self) -> &SquaredError {
        &self.trained
    }

    /// The same loss estimated from a few rows a step.
    ///
    /// # Errors
    /// [`DescentError::OutOfRange`] for a batch of 0 rows or more rows than there are.
    pub fn mini_batches(&self, size: usize, seed: u64) -> Result<MiniBatches, DescentError> {
        MiniBatches::new(self, size, seed)
    }

    /// Between original and descended units.
    #[must_use]
    pub fn scaling(&self) -> &Scaling {
        &self.scaling
    }

    /// 2/λ_max of the descended loss's Hessian.
    #[must_use]
    pub fn largest_stable_learning_rate(&self) -> f64 {
        squared_error::stable_rate(&self.trained.eigenvalues())
    }

    /// λ_max/λ_min of the descended loss's Hessian; `None` where columns depend on each other.
    #[must_use]
    pub fn condition_number(&self) -> Option<f64> {
        if self.exact.dependent.is_some() {
            return None;
        }
        squared_error::condition(&self.trained.eigenvalues())
    }

    /// What the curvature of the descended loss says about learning rates: exact, and the same everywhere.
    #[must_use]
    pub fn diagnosis(&self) -> Option<Diagnosis> {
        let eigenvalues = self.trained.eigenvalues();
        Diagnosis::of(*eigenvalues.first()?, *eigenvalues.last()?)
    }

    /// What it would say with the features standardised; `None` where a column is constant.
    #[must_use]
    pub fn diagnosis_standardized(&self) -> Option<Diagnosis> {
        let scales = self.names.iter().zip(&self.features).map(|(name, column)| Scale::of(name, column));
        let features = scales.collect::<Result<_, _>>().ok()?;
        let eigenvalues = self.exact.error.scaled(&Scaling { features, target: Scale::NONE }).eigenvalues();
        Diagnosis::of(*eigenvalues.first()?, *eigenvalues.last()?)
    }

    /// The columns that depend on others and those others, by name; `None` where the best fit is unique.
    #[must_use]
    pub fn dependent_columns(&self) -> Option<DescentError> {
        self.exact.unique(&self.names).err()
    }

    /// The deviation of each feature, 0 where it is constant.
    #[must_use]
    pub fn deviations(&self) -> &[f64] {
        &self.exact.deviations
    }

    /// The names of the features.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The features, one column each.
    #[must_use]
    pub fn features(&self) -> &[Vec<f64>] {
        &self.features
    }

    /// The target.
    #[must_use]
    pub fn target(&self) -> &[f64] {
        &self.target
    }
}

fn check(features: &[Vec<f64>], target: &[f64], names: &[String]) -> Result<(), DescentError> {
    if features.is_empty() {
        return Err(DescentError::Empty { argument: "features".to_owned() });
    }
    if names.len() != features.len() {
        return Err(DescentError::length("names", format!("{}, one a feature", features.len()), names.len()));
    }
    for (index, column) in features.iter().enumerate() {
        if column.len() != target.len() {
            let argument = format!("features[{index}]");
            return Err(DescentError::length(&argument, format!("{}, as many as target", target.len()), column.len()));
        }
    }
    if target.len() < 2 {
        return Err(DescentError::TooFewRows { needed: 2, got: target.len() });
    }
    let columns = features.iter().enumerate().map(|(i, c)| (format!("features[{i}]"), c.as_slice()));
    for (argument, values) in columns.chain([("target".to_owned(), target)]) {
        all_finite(&argument, values)?;
        if let Some(large) = values.iter().find(|v| v.abs() > LARGEST) {
            return Err(DescentError::range(&argument, "numbers between -1e100 and 1e100", *large));
        }
    }
    Ok(())
}
