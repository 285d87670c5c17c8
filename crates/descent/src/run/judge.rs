//! What a step means for the run.

use super::cause::Cause;
use super::creeping::creeping;
use super::place::{classify, is_floor_within};
use super::rises::Ceiling;
use super::snapshot::Snapshot;
use super::tolerances::Tolerances;
use crate::problem::Problem;
use crate::sums::largest;

/// Why a step ends the run, if it does.
pub(super) fn judge<P: Problem>(
    problem: &P,
    tolerances: &Tolerances,
    before: &Snapshot,
    now: &Snapshot,
) -> Option<Cause> {
    let is_noisy = problem.is_noisy();
    let rate_helps = now.optimizer.is_scaled_by_rate();
    if let Some(count) = now.rises.diverged(now.value, Ceiling::of(&now.optimizer, is_noisy)) {
        return Some(Cause::Rises { count, rate_helps });
    }
    if is_noisy {
        return None;
    }
    let moved = before.point.iter().zip(&now.point).fold(0.0f64, |m, (a, b)| m.max((a - b).abs()));
    let flat = largest(&now.gradient) <= tolerances.level(now.steepest);
    let at_rest = moved <= tolerances.rest(largest(&now.point));
    if flat && at_rest {
        return Some(classify(problem, tolerances, now));
    }
    if moved == 0.0 && !flat && before.gradient.iter().any(|g| *g != 0.0) {
        return Some(Cause::TooShort { rate_helps });
    }
    hovering(problem, tolerances, before, now, at_rest).or_else(|| creeping(problem, now))
}

/// Steps too short to be seen that lead up: either they go to and fro across a floor, such as that of a kink, or away from one.
fn hovering<P: Problem>(
    problem: &P,
    tolerances: &Tolerances,
    before: &Snapshot,
    now: &Snapshot,
    at_rest: bool,
) -> Option<Cause> {
    let units = tolerances.units?;
    // Twice the step: the floor that it crossed is nearer than the step is long.
    let within = 2.0 * tolerances.step * units.place;
    let crossed = at_rest && now.value >= before.value;
    (crossed && is_floor_within(problem, now, within)).then_some(Cause::Hovering { within })
}
