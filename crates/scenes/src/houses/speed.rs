//! How large a step is good to begin with, and how fast a run steps.

use super::bowl::{Basis, Bowl};
use super::settings::OptimizerKind;
use crate::number::{decade, rounded_to_digits, ten_to};

/// The largest learning rate at which an optimiser is sure to settle: 2/λ for plain descent, (1 + μ)·2/λ with momentum μ = 0.9
/// (Polyak, "Some methods of speeding up the convergence of iteration methods", 1964). Adam has no such number.
#[must_use]
pub fn largest_stable(bowl: &Bowl, basis: Basis, kind: OptimizerKind) -> Option<f64> {
    let plain = bowl.largest_stable_rate(basis);
    let largest = match kind {
        OptimizerKind::Sgd => plain,
        OptimizerKind::Momentum => 1.9 * plain,
        OptimizerKind::Adam => return None,
    };
    (largest.is_finite() && largest > 0.0).then_some(largest)
}

/// A typical size of the first parameter, which is what a step of Adam is measured against.
fn parameter_size(bowl: &Bowl, basis: Basis) -> f64 {
    let spread = bowl.deviation_y.max(1e-3 * bowl.mean_y.abs()).max(1e-30);
    spread / bowl.deviation_x * basis.scale
}

/// A rate that settles in a few dozen to a few hundred steps where anything does: a tenth of the largest stable one, less with momentum.
#[must_use]
pub fn default_rate(bowl: &Bowl, basis: Basis, kind: OptimizerKind) -> f64 {
    let rate = match kind {
        OptimizerKind::Sgd => bowl.largest_stable_rate(basis) / 10.0,
        OptimizerKind::Momentum => bowl.largest_stable_rate(basis) / 50.0,
        OptimizerKind::Adam => parameter_size(bowl, basis) / 10.0,
    };
    let rate = rounded_to_digits(rate, 1);
    if rate.is_finite() && rate > 0.0 { rate } else { 0.1 }
}

/// The ends of the learning rate's slider: two decades below the largest stable rate, and enough above it to run away.
#[must_use]
pub fn rate_range(bowl: &Bowl, basis: Basis, kind: OptimizerKind) -> (f64, f64) {
    let middle = match kind {
        OptimizerKind::Adam => parameter_size(bowl, basis),
        _ => largest_stable(bowl, basis, kind).unwrap_or(1.0),
    };
    let power = decade(middle);
    let unit = ten_to(power);
    let high = [2.0, 5.0, 10.0].into_iter().map(|f| f * unit).find(|h| *h >= 1.2 * middle).unwrap_or(10.0 * unit);
    let low = ten_to(power - 2);
    if low.is_finite() && high.is_finite() && low > 0.0 { (low, high) } else { (0.001, 1.0) }
}

/// Half the largest stable rate, rounded down to two digits: what the button of a run that ran away sets.
#[must_use]
pub fn safe_rate(bowl: &Bowl, basis: Basis, kind: OptimizerKind) -> f64 {
    match largest_stable(bowl, basis, kind) {
        Some(largest) => {
            let half = largest / 2.0;
            let unit = ten_to(decade(half) - 1);
            let whole = (half / unit).floor() * unit;
            if whole.is_finite() && whole > 0.0 { rounded_to_digits(whole, 2) } else { half }
        }
        None => default_rate(bowl, basis, kind),
    }
}

/// Milliseconds that the step of this number takes in a run: slow enough to follow at first, then ever faster, because a raw
/// feature needs thousands.
#[must_use]
pub fn step_time(step: usize) -> f64 {
    const FIRST: f64 = 420.0;
    const FRAME: f64 = 16.0;
    const WATCHED: usize = 6;
    if step < WATCHED {
        return FIRST;
    }
    let mut time = FIRST;
    for _ in WATCHED..step.min(WATCHED + 15) {
        time *= 0.8;
    }
    if step <= WATCHED + 15 { time.max(FRAME) } else { FRAME / (1.0 + (step - WATCHED - 15) as f64 / 40.0).min(400.0) }
}

#[cfg(test)]
mod tests {
    use super::super::data::{AMES_FEATURE, AMES_TARGET, Sales};
    use super::*;

    fn bowl() -> Bowl {
        let houses = Sales::ames().houses(AMES_FEATURE, AMES_TARGET).unwrap();
        Bowl::new(&houses.x, &houses.y)
    }

    #[test]
    fn the_slider_suits_the_basis() {
        let bowl = bowl();
        assert_eq!(rate_range(&bowl, bowl.standard(), OptimizerKind::Sgd), (0.01, 2.0));
        assert_eq!(rate_range(&bowl, Basis::RAW, OptimizerKind::Sgd), (1e-9, 5e-7));
        assert_eq!(default_rate(&bowl, bowl.standard(), OptimizerKind::Sgd), 0.1);
        assert_eq!(default_rate(&bowl, Basis::RAW, OptimizerKind::Sgd), 4e-8);
    }

    #[test]
    fn the_safe_rate_is_half_the_largest_stable_one() {
        let bowl = bowl();
        assert_eq!(safe_rate(&bowl, Basis::RAW, OptimizerKind::Sgd), 1.9e-7);
        assert_eq!(safe_rate(&bowl, bowl.standard(), OptimizerKind::Sgd), 0.5);
    }

    #[test]
    fn a_run_starts_at_walking_pace_and_ends_in_hundreds_of_steps_a_frame() {
        assert_eq!(step_time(0), 420.0);
        assert!((1..50_000).all(|k| step_time(k) <= step_time(k - 1)));
        let run: f64 = (0..100_000).map(step_time).sum();
        assert!((5_000.0..30_000.0).contains(&run), "{run} ms for 100,000 steps");
    }
}
