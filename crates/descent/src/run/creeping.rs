//! Runs that creep: the loss hardly changes any more, though a substantial part of it is still to be had.
//!
//! What is still to be had is estimated by Newton's decrement ½ gᵀ H⁻¹ g, how far the bowl that slope and curvature describe lies below
//! (Boyd and Vandenberghe, "Convex optimization", section 9.5.1): exact for a quadratic loss, so that a run near its floor, which
//! also hardly changes its loss, is not blamed.

use super::cause::Cause;
use super::snapshot::Snapshot;
use super::window::WINDOW;
use crate::linear::eigen;
use crate::problem::Problem;
use crate::sums::dot;

/// Less change than this share of the loss in a window is hardly any: at this pace a hundredth takes five million steps.
const HARDLY: f64 = 1e-6;
/// Less than this share of the loss still to be had is not worth a word. From it on, a run at the pace of [`HARDLY`] would need at least a
/// hundred windows more.
const SUBSTANTIAL: f64 = 1e-4;
/// Beyond so many parameters the Hessian is not asked.
const EXAMINED: usize = 16;
/// Curvatures below this share of the largest are rounding, once the parameters are measured alike.
const ROUNDING: f64 = 1e-12;

/// Whether a run creeps. Only at the end of a window is there an answer.
pub(super) fn creeping<P: Problem>(problem: &P, now: &Snapshot) -> Option<Cause> {
    let size = now.value.abs();
    let changed = now.window.spread();
    if !now.window.is_over() || changed >= HARDLY * size {
        return None;
    }
    let gain = decrement(problem, &now.point, &now.gradient)?;
    let left = gain / size;
    (left.is_finite() && left >= SUBSTANTIAL).then_some(Cause::Creeping {
        steps: WINDOW,
        changed: changed / size,
        left,
    })
}

/// ½ gᵀ H⁻¹ g; `None` where H is not known or not positive definite.
fn decrement<P: Problem>(problem: &P, at: &[f64], gradient: &[f64]) -> Option<f64> {
    if at.len() > EXAMINED {
        return None;
    }
    let mut hessian = problem.hessian(at)?;
    // Parameters of very different units are measured alike first, which costs the decrement nothing and saves the digits.
    let units = hessian.iter().enumerate().map(|(i, row)| row.get(i).map(|h| h.sqrt()));
    let units: Vec<f64> = units.collect::<Option<_>>()?;
    if !units.iter().all(|unit| *unit > 0.0 && unit.is_finite()) {
        return None;
    }
    for (row, unit) in hessian.iter_mut().zip(&units) {
        for (h, other) in row.iter_mut().zip(&units) {
            *h /= unit * other;
        }
    }
    if hessian.iter().flatten().any(|h| !h.is_finite()) {
        return None;
    }
    let scaled: Vec<f64> = gradient.iter().zip(&units).map(|(g, unit)| g / unit).collect();
    let axes = eigen::symmetric(hessian);
    let largest = axes.first()?.0;
    if axes.last()?.0 <= ROUNDING * largest {
        return None;
    }
    let falls = axes.iter().map(|(curvature, axis)| {
        let slope = dot(axis, &scaled);
        slope * slope / curvature
    });
    Some(falls.sum::<f64>() / 2.0)
}
