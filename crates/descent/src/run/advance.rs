//! From one state to the next: the start, a step, a leap by hand.

use std::sync::Arc;

use super::cause::Cause;
use super::judge::judge;
use super::options::{MOST_STEPS, Options};
use super::rises::Rises;
use super::snapshot::{Snapshot, Way};
use super::verdict::Verdict;
use super::window::Window;
use crate::error::{DescentError, all_finite};
use crate::optimizer::Optimizer;
use crate::problem::Problem;
use crate::sums::largest;

/// The state before the first step.
pub(super) fn first<P: Problem>(problem: &P, start: &[f64], optimizer: Optimizer) -> Result<Snapshot, DescentError> {
    optimizer.check()?;
    let (value, gradient) = look(problem, "start", 0, start)?;
    Ok(Snapshot {
        step: 0,
        leaps: 0,
        way: Way::Start,
        point: start.to_vec(),
        value,
        steepest: largest(&gradient),
        gradient,
        optimizer,
        stepper: None,
        rises: Rises::from(value),
        window: Window::at(value),
        verdict: None,
    })
}

/// The state after a leap: the optimiser has forgotten what it knew, and what counts as a rise starts anew.
pub(super) fn leap<P: Problem>(problem: &P, from: &Snapshot, to: &[f64]) -> Result<Snapshot, DescentError> {
    let step = from.step + 1;
    let (value, gradient) = look(problem, "to", step, to)?;
    Ok(Snapshot {
        step,
        leaps: from.leaps + 1,
        way: Way::Leap,
        point: to.to_vec(),
        value,
        steepest: from.steepest.max(largest(&gradient)),
        gradient,
        optimizer: from.optimizer,
        stepper: None,
        rises: Rises::from(value),
        window: Window::at(value),
        verdict: limit(step),
    })
}

/// The verdict on a run that is as long as runs may be.
fn limit(step: u64) -> Option<Arc<Verdict>> {
    (step >= MOST_STEPS).then(|| Verdict::new(Cause::Limit { steps: MOST_STEPS }, step))
}

/// Value and gradient of a place chosen by hand, finite.
fn look<P: Problem>(problem: &P, argument: &str, step: u64, at: &[f64]) -> Result<(f64, Vec<f64>), DescentError> {
    let dimension = problem.dimension();
    if at.len() != dimension {
        return Err(DescentError::length(argument, format!("{dimension}, one a parameter"), at.len()));
    }
    all_finite(argument, at)?;
    let mut gradient = vec![0.0; dimension];
    let value = problem.gradient_of_step(step, at, &mut gradient);
    if value.is_finite() && gradient.iter().all(|g| g.is_finite()) {
        return Ok((value, gradient));
    }
    let message = if argument == "start" {
        "The loss has no finite value or slope at the start. Choose another start."
    } else {
        "The loss has no finite value or slope there. Choose another place."
    };
    Err(DescentError::Objective { message: message.to_owned() })
}

/// The state one step on, judged, or why there is none.
pub(super) fn step<P: Problem>(problem: &P, options: &Options, from: &Snapshot) -> Result<Snapshot, Cause> {
    let mut next = from.clone();
    next.step += 1;
    next.way = Way::Step { optimizer: from.optimizer };
    if from.is_resettled() {
        (next.rises, next.window) = (from.rises.resettled(from.value), Window::at(from.value));
    }
    // Leaps are not counted by a schedule: nobody learns from them.
    let mut stepper = from.stepper();
    stepper.set_learning_rate(options.schedule.rate(from.optimizer.learning_rate(), from.steps()));
    stepper.step_on(problem, from.value, &mut next.point, &from.gradient);
    next.stepper = Some(stepper);
    let rate_helps = from.optimizer.is_scaled_by_rate();
    if next.point.iter().any(|x| !x.is_finite()) {
        return Err(Cause::Overflow { rate_helps });
    }
    next.value = problem.gradient_of_step(next.step, &next.point, &mut next.gradient);
    if next.value.is_nan() {
        return Err(Cause::NoValue { rate_helps });
    }
    if next.value.is_infinite() {
        // Where the loss falls below all numbers there is no floor, and no rate finds one.
        return Err(Cause::LossOverflow { rate_helps: rate_helps && next.value > 0.0 });
    }
    if next.gradient.iter().any(|g| !g.is_finite()) {
        return Err(Cause::NoSlope { rate_helps });
    }
    next.rises = next.rises.after(from.value, next.value);
    next.window = next.window.after(from.value, next.value);
    next.steepest = from.steepest.max(largest(&next.gradient));
    next.verdict = verdict(problem, options, from, &next);
    Ok(next)
}

/// The verdict on a step. A run that keeps going keeps its verdict until it deserves another, but for that of creeping, which the next
/// window of steps may take back.
fn verdict<P: Problem>(problem: &P, options: &Options, from: &Snapshot, next: &Snapshot) -> Option<Arc<Verdict>> {
    let kept = from.verdict.as_ref().filter(|_| options.keep_going && !from.is_resettled());
    match judge(problem, &options.tolerances, from, next) {
        Some(cause) => match kept {
            Some(kept) if kept.cause == cause => Some(Arc::clone(kept)),
            _ => Some(Verdict::new(cause, next.step)),
        },
        None => {
            let recovered = |cause: &Cause| matches!(cause, Cause::Creeping { .. }) && next.window.is_over();
            kept.filter(|kept| !recovered(&kept.cause)).cloned().or_else(|| limit(next.step))
        }
    }
}
