//! How a run ends, and why, in words.

use serde::{Deserialize, Serialize};

use super::history::Frame;
use super::{Problem, largest};
use crate::linear::eigen;

/// Where a run stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Status {
    /// Nothing has been stepped yet.
    #[default]
    Idle,
    /// Stepping by itself.
    Running,
    /// Some steps were taken; waiting.
    Paused,
    /// The slope is almost zero at a valley floor.
    Converged,
    /// The slope is almost zero, or the steps are, but this is no valley floor.
    Stalled,
    /// The loss has grown five steps in a row or has no finite value.
    Diverged,
}

/// When slope and step count as zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerances {
    /// The largest entry of the gradient, as a share of the largest seen in the run or of 1, whichever is more.
    pub gradient: f64,
    /// The largest change of a parameter in a step, as a share of the largest parameter or of 1, whichever is more.
    pub step: f64,
}

impl Default for Tolerances {
    fn default() -> Self {
        Self { gradient: 1e-8, step: 1e-8 }
    }
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Converged, stalled or diverged.
    pub status: Status,
    /// The cause and what to do, in one or two sentences.
    pub reason: String,
    /// The step at which it was seen.
    pub step: u64,
    /// Whether no further step is possible at all.
    pub(crate) last: bool,
}

/// So many rises in a row mean divergence.
const RISES: u32 = 5;
/// Beyond so many parameters the Hessian is not asked what kind of place this is.
const CLASSIFIED: usize = 16;
/// A floor further away than this, by slope over curvature, is not reached yet, however flat the ground.
const FAR: f64 = 0.05;

impl Verdict {
    fn new(status: Status, step: u64, reason: impl Into<String>) -> Self {
        Self { status, reason: reason.into(), step, last: false }
    }

    pub(super) fn overflowed(step: u64) -> Self {
        let reason = "The next step is too long for any number to hold. Halve the learning rate and try again.";
        Self { last: true, ..Self::new(Status::Diverged, step, reason) }
    }

    pub(super) fn without_value(step: u64, value: f64) -> Self {
        let reason = if value.is_nan() {
            "The next step lands where the loss has no value. Choose a smaller learning rate or another start."
        } else {
            "The loss at the next step is too large for any number to hold. Halve the learning rate and try again."
        };
        Self { last: true, ..Self::new(Status::Diverged, step, reason) }
    }
}

/// What a step means for the run, if it ends it.
pub(super) fn judge<P: Problem>(problem: &P, tolerances: &Tolerances, before: &Frame, now: &Frame) -> Option<Verdict> {
    // Momentum may climb for a while out of a valley it entered fast; who diverges ends above where he began.
    // Chance alone makes a noisy loss grow now and then, though seldom ten times in a row and above all that was before.
    let noisy = problem.is_noisy();
    let ran_away = if noisy {
        now.rises >= 2 * RISES && now.value >= now.peak
    } else {
        now.rises >= RISES && now.value > now.base
    };
    if ran_away {
        return Some(Verdict::new(
            Status::Diverged,
            now.step,
            format!(
                "The loss has grown {} steps in a row. Halve the learning rate and try again.",
                if noisy { "ten" } else { "five" }
            ),
        ));
    }
    if noisy {
        return None;
    }
    let slope = largest(&now.gradient);
    let moved = before.point.iter().zip(&now.point).fold(0.0f64, |m, (a, b)| m.max((a - b).abs()));
    let flat = slope <= tolerances.gradient * now.steepest.max(1.0);
    let at_rest = moved <= tolerances.step * largest(&now.point).max(1.0);
    if flat && at_rest {
        return Some(classify(problem, tolerances, now));
    }
    if moved == 0.0 && before.gradient.iter().any(|g| *g != 0.0) && !flat && before.optimizer == now.optimizer {
        let reason = "The step is too short to change the numbers. Choose a larger learning rate.";
        return Some(Verdict::new(Status::Stalled, now.step, reason));
    }
    None
}

/// The kind of place where the slope is zero: curvature tells.
fn classify<P: Problem>(problem: &P, tolerances: &Tolerances, now: &Frame) -> Verdict {
    let converged = || {
        let reason = format!(
            "The slope is almost zero, so there is nowhere further down from here. The gradient is below {:e} of its largest and the step below {:e}.",
            tolerances.gradient, tolerances.step
        );
        Verdict::new(Status::Converged, now.step, reason)
    };
    let stalled = |reason: String| Verdict::new(Status::Stalled, now.step, reason);
    if now.point.len() > CLASSIFIED {
        return converged();
    }
    let Some(hessian) = problem.hessian(&now.point) else { return converged() };
    if hessian.iter().flatten().any(|h| !h.is_finite()) {
        return converged();
    }
    let axes = eigen::symmetric(hessian);
    let (Some((most, _)), Some((least, axis))) = (axes.first(), axes.last()) else { return converged() };
    let steepest = most.abs().max(least.abs());
    let noise = 1e-6 * steepest + 1e-9 * largest(&now.gradient).max(f64::MIN_POSITIVE);
    if *least < -noise && *least < -1e-9 {
        let kind = if *most < 0.0 { "a summit" } else { "a saddle" };
        let name = main_name(&problem.names(), axis);
        return stalled(format!(
            "The slope is almost zero, but along {name} the ground falls away on both sides: this is {kind}, no valley floor. Move it a little and go on."
        ));
    }
    let scale = largest(&now.point).max(1.0);
    if largest(&now.gradient) > FAR * scale * steepest && !is_floor(problem, now) {
        return stalled(
            "The ground is almost flat here and the steps hardly move: this is a plateau, no valley floor. Try a larger learning rate or another start.".to_owned(),
        );
    }
    if steepest == 0.0 && !is_floor(problem, now) {
        return stalled(
            "The ground is flat here: without a slope there is no direction to step in. Choose another start."
                .to_owned(),
        );
    }
    converged()
}

/// Whether a small move along any axis, either way, leads up: so at the floor of a kink, where curvature says nothing.
fn is_floor<P: Problem>(problem: &P, now: &Frame) -> bool {
    (0..now.point.len()).all(|index| {
        [-1.0, 1.0].iter().all(|sign| {
            let mut moved = now.point.clone();
            if let Some(x) = moved.get_mut(index) {
                *x += sign * 1e-4 * x.abs().max(1.0);
            }
            problem.value(&moved) > now.value
        })
    })
}

/// The parameter that an axis points along most.
fn main_name(names: &[String], axis: &[f64]) -> String {
    let longest = axis.iter().enumerate().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    longest.and_then(|(i, _)| names.get(i)).cloned().unwrap_or_default()
}
