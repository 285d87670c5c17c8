//! The exact least-squares solution by QR of the centred, scaled columns.

use super::squared_error::SquaredError;
use crate::error::DescentError;
use crate::linear::Matrix;
use crate::linear::qr::{self, Qr};
use crate::sums;

/// What QR finds out about the data once.
pub(crate) struct Exact {
    /// The loss in original units.
    pub(crate) error: SquaredError,
    /// The deviation of each column, 0 for a constant one.
    pub(crate) deviations: Vec<f64>,
    /// Columns that cannot be told apart from others, and those others.
    pub(crate) dependent: Option<(Vec<usize>, Vec<usize>)>,
    qr: Qr,
    lengths: Vec<f64>,
}

/// Least squares over columns of equal length: at least one row, finite values.
pub(crate) fn fit(features: &[Vec<f64>], target: &[f64]) -> Exact {
    let rows = target.len();
    let n = rows as f64;
    let means: Vec<f64> = features.iter().map(|column| mean(column)).collect();
    let deviations: Vec<f64> = features
        .iter()
        .zip(&means)
        .map(|(column, &mean)| if is_constant(column) { 0.0 } else { sums::deviation(column, mean) })
        .collect();
    let lengths: Vec<f64> = deviations.iter().map(|d| d * n.sqrt()).collect();
    let target_mean = sums::mean(target);
    let scaled = features.iter().zip(&means).zip(&lengths).map(|((column, mean), length)| {
        let scale = if *length > 0.0 { 1.0 / length } else { 0.0 };
        column.iter().map(|v| (v - mean) * scale).collect()
    });
    let matrix = Matrix { rows, columns: scaled.collect() };
    // Centring leaves a relative error of about ε |mean| / deviation in a column: what is shorter than that is no information.
    let noise = means.iter().zip(&deviations).map(|(m, d)| if *d > 0.0 { m.abs() / d } else { 0.0 });
    let tolerance = (256.0 * f64::EPSILON * (1.0 + noise.fold(0.0, f64::max))).max(1e-12);
    let centred = target.iter().map(|y| y - target_mean).collect();
    let qr = qr::factor(matrix, centred, tolerance);
    let best: Vec<f64> =
        qr.solution().iter().zip(&lengths).map(|(z, length)| if *length > 0.0 { z / length } else { 0.0 }).collect();
    let mut root = qr.root();
    for (column, deviation) in root.columns.iter_mut().zip(&deviations) {
        for entry in column {
            *entry *= deviation;
        }
    }
    let least = sums::mean_square(target.iter().enumerate().map(|(row, y)| {
        let (mut fitted, mut size) = (0.0, y.abs() + target_mean.abs());
        for ((column, mean), w) in features.iter().zip(&means).zip(&best) {
            let x = column.get(row).copied().unwrap_or(0.0);
            fitted += w * (x - mean);
            size += w.abs() * (x.abs() + mean.abs());
        }
        (fitted - (y - target_mean), size)
    }));
    let dependent = (qr.rank < features.len()).then(|| qr.dependent());
    Exact { error: SquaredError { means, target_mean, root, best, least }, deviations, dependent, qr, lengths }
}

/// The mean; of a constant column its very value, which a sum of many might miss by a rounding.
fn mean(column: &[f64]) -> f64 {
    match column.first() {
        Some(value) if is_constant(column) => *value,
        _ => sums::mean(column),
    }
}

fn is_constant(column: &[f64]) -> bool {
    column.first().is_none_or(|first| column.iter().all(|v| v == first))
}

impl Exact {
    /// The rank-deficiency as an error, columns named.
    pub(crate) fn unique(&self, names: &[String]) -> Result<(), DescentError> {
        let Some((dependent, on)) = &self.dependent else {
            return Ok(());
        };
        let named = |indices: &[usize]| indices.iter().filter_map(|&i| names.get(i).cloned()).collect();
        Err(DescentError::RankDeficient { columns: named(dependent), from: named(on) })
    }

    /// The standard errors of intercept and coefficients (intercept first), given the residual deviation √(SSE/(n − p − 1)).
    pub(crate) fn standard_errors(&self, residual_deviation: f64, rows: usize) -> Vec<f64> {
        let width = self.lengths.len();
        let ratio: Vec<f64> =
            self.error.means.iter().zip(&self.lengths).map(|(m, l)| if *l > 0.0 { m / l } else { 0.0 }).collect();
        let through_means = sums::dot(&ratio, &self.qr.inverse_gram_times(&ratio));
        let mut errors = vec![residual_deviation * (1.0 / rows as f64 + through_means).sqrt()];
        for (column, length) in self.lengths.iter().enumerate() {
            let unit: Vec<f64> = (0..width).map(|c| f64::from(u8::from(c == column))).collect();
            let inverse = self.qr.inverse_gram_times(&unit).get(column).copied().unwrap_or(0.0);
            errors.push(residual_deviation * inverse.sqrt() / length);
        }
        errors
    }
}
