//! The gradient of the mean squared error from the rows themselves: all of them, or a few a step.

use std::cell::RefCell;

use super::LinearRegression;
use super::scale::split;
use super::squared_error::SquaredError;
use crate::batches::Batches;
use crate::error::DescentError;
use crate::sums;

/// A regression whose every step sees one batch. Its value is still the loss over all rows.
#[derive(Clone, Debug, PartialEq)]
pub struct MiniBatches {
    /// Standardised where the regression is, row by row, the target last.
    rows: Vec<f64>,
    width: usize,
    whole: SquaredError,
    batches: RefCell<Batches>,
}

impl MiniBatches {
    pub(crate) fn new(regression: &LinearRegression, size: usize, seed: u64) -> Result<Self, DescentError> {
        let count = regression.target.len();
        if size == 0 || size > count {
            return Err(DescentError::OutOfRange {
                argument: "batchSize".to_owned(),
                expected: format!("a whole number from 1 to {count}, the number of rows"),
                got: size.to_string(),
            });
        }
        let scaling = &regression.scaling;
        let mut rows = Vec::with_capacity(count * (regression.features.len() + 1));
        for (row, y) in regression.target.iter().enumerate() {
            for (column, scale) in regression.features.iter().zip(&scaling.features) {
                rows.push(scale.standardize(column.get(row).copied().unwrap_or(0.0)));
            }
            rows.push(scaling.target.standardize(*y));
        }
        Ok(Self {
            rows,
            width: regression.features.len(),
            whole: regression.trained.clone(),
            batches: RefCell::new(Batches::new(count, size, Some(seed))),
        })
    }

    /// The loss over all rows, exactly.
    #[must_use]
    pub fn whole(&self) -> &SquaredError {
        &self.whole
    }

    /// (1/n) Σ r² and its gradient over all rows, added up row by row: what the sufficient statistics are checked against.
    pub fn gradient_of_all(&self, at: &[f64], gradient: &mut [f64]) -> f64 {
        let all = 0..self.rows.len() / (self.width + 1);
        self.gradient_of(all.map(|row| row as u32), at, gradient)
    }

    /// (1/k) Σ r² and its gradient over the batch of a step, counted from 0.
    pub fn gradient_of_step(&self, step: u64, at: &[f64], gradient: &mut [f64]) -> f64 {
        let mut batches = self.batches.borrow_mut();
        self.gradient_of(batches.of_step(step).iter().copied(), at, gradient)
    }

    fn gradient_of(&self, rows: impl Iterator<Item = u32>, at: &[f64], gradient: &mut [f64]) -> f64 {
        let (weights, bias) = split(at, self.width);
        gradient.fill(0.0);
        let (mut squares, mut count) = (0.0, 0usize);
        for row in rows {
            let start = row as usize * (self.width + 1);
            let Some((y, x)) = self.rows.get(start..=start + self.width).and_then(<[f64]>::split_last) else {
                continue;
            };
            let residual = sums::dot(weights, x) + bias - y;
            squares += residual * residual;
            count += 1;
            for (g, x) in gradient.iter_mut().zip(x.iter().chain([&1.0])) {
                *g += residual * x;
            }
        }
        let n = count.max(1) as f64;
        for g in gradient.iter_mut() {
            *g *= 2.0 / n;
        }
        squares / n
    }
}
