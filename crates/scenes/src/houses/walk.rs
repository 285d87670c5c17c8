//! The walk of gradient descent over the map: every step is kept, so stepping back is exact and a link can replay it.

use descent::optimizer::Stepper;
use serde::{Deserialize, Serialize};

use super::bowl::{Basis, Bowl, Line};
use super::settings::OptimizerKind;

/// The most steps of one walk. Guessed: a raw feature would need millions, and by then the lesson is learnt.
pub const MOST_STEPS: usize = 100_000;
/// The most changes of rate or optimiser in one walk, so that a link stays short.
const MOST_LEGS: usize = 64;
/// Steps between copies of the optimiser's memory, from which stepping back starts.
const STRIDE: usize = 256;
/// A walk has stalled when so many steps together take less than [`FLAT`] of the loss away.
const WINDOW: usize = 500;
const FLAT: f64 = 1e-6;
/// So many rises in a row, to above where the walk began, are running away.
const RISES: usize = 5;

/// Steps taken with one optimiser at one rate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Leg {
    /// Which optimiser.
    pub optimizer: OptimizerKind,
    /// η.
    pub learning_rate: f64,
    /// How many steps.
    pub steps: usize,
}

/// What one step came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footing {
    /// On the way.
    Walking,
    /// The slope is almost zero.
    Arrived,
    /// Hardly anything is gained any more, though the slope is not zero.
    Stalled,
    /// The loss rose five times in a row, above where the walk began.
    Rising,
    /// The step led to numbers without end; it was not taken.
    Endless,
    /// As many steps as are kept.
    Full,
}

/// The steps so far, the start first.
#[derive(Clone, Debug, PartialEq)]
pub struct Walk {
    basis: Basis,
    points: Vec<[f64; 2]>,
    losses: Vec<f64>,
    legs: Vec<Leg>,
    stepper: Option<Stepper>,
    /// The optimiser as it stood before the step of this number.
    marks: Vec<(usize, Stepper)>,
    rises: usize,
}

impl Walk {
    /// At the start, nothing stepped yet.
    #[must_use]
    pub fn new(bowl: &Bowl, basis: Basis, start: [f64; 2]) -> Self {
        let losses = vec![bowl.loss(basis, start)];
        Self { basis, points: vec![start], losses, legs: Vec::new(), stepper: None, marks: Vec::new(), rises: 0 }
    }

    /// The walk of a link; none where it is too long or leaves the finite numbers.
    #[must_use]
    pub fn replay(bowl: &Bowl, basis: Basis, start: [f64; 2], legs: &[Leg]) -> Option<(Self, Footing)> {
        let mut walk = Self::new(bowl, basis, start);
        let mut footing = Footing::Walking;
        if !walk.losses.iter().all(|l| l.is_finite()) || legs.len() > MOST_LEGS {
            return None;
        }
        for leg in legs {
            if leg.steps > MOST_STEPS {
                return None;
            }
            for _ in 0..leg.steps {
                footing = walk.step(bowl, leg.optimizer, leg.learning_rate);
                if matches!(footing, Footing::Endless | Footing::Full) {
                    return None;
                }
            }
        }
        Some((walk, footing))
    }

    /// Takes one step.
    pub fn step(&mut self, bowl: &Bowl, kind: OptimizerKind, rate: f64) -> Footing {
        if self.steps() >= MOST_STEPS {
            return Footing::Full;
        }
        let (here, loss) = (self.here(), self.loss());
        let Some(mut stepper) = self.ready(kind, rate) else { return Footing::Endless };
        let before = stepper.clone();
        let mut next = here;
        stepper.step(&mut next, &bowl.gradient(self.basis, here));
        let next_loss = bowl.loss(self.basis, next);
        // The line in the units of the data must be sound too: its slope is p₀ over the scale.
        if !(next_loss.is_finite() && self.basis.line(next).is_finite()) {
            return Footing::Endless;
        }
        let at = self.steps();
        if at.is_multiple_of(STRIDE) {
            self.marks.push((at, before));
        }
        self.stepper = Some(stepper);
        self.points.push(next);
        self.losses.push(next_loss);
        match self.legs.last_mut() {
            Some(leg) if leg.optimizer == kind && leg.learning_rate == rate => leg.steps += 1,
            _ => self.legs.push(Leg { optimizer: kind, learning_rate: rate, steps: 1 }),
        }
        self.rises = if next_loss > loss { self.rises + 1 } else { 0 };
        if self.rises >= RISES && next_loss > self.losses.first().copied().unwrap_or(f64::MAX) {
            Footing::Rising
        } else if arrived(bowl, self.basis, next) {
            Footing::Arrived
        } else if self.flat() {
            Footing::Stalled
        } else {
            Footing::Walking
        }
    }

    /// The optimiser for the next step, with its memory where only the rate changed; a walk of too many legs begins anew here.
    fn ready(&mut self, kind: OptimizerKind, rate: f64) -> Option<Stepper> {
        let same = self.legs.last().filter(|leg| leg.optimizer == kind).copied();
        if self.legs.len() >= MOST_LEGS && same.is_none_or(|leg| leg.learning_rate != rate) {
            let (here, loss) = (self.here(), self.loss());
            let basis = self.basis;
            *self = Self { losses: vec![loss], ..Self::empty(basis, here) };
        }
        match (same, &self.stepper) {
            (Some(_), Some(stepper)) => {
                let mut stepper = stepper.clone();
                stepper.set_learning_rate(rate);
                Some(stepper)
            }
            _ => kind.at_rate(rate).start(2).ok(),
        }
    }

    fn empty(basis: Basis, start: [f64; 2]) -> Self {
        Self {
            basis,
            points: vec![start],
            losses: Vec::new(),
            legs: Vec::new(),
            stepper: None,
            marks: Vec::new(),
            rises: 0,
        }
    }

    /// Takes steps back, exactly; the number taken.
    pub fn step_back(&mut self, bowl: &Bowl, count: usize) -> usize {
        let count = count.min(self.steps());
        let target = self.steps() - count;
        self.points.truncate(target + 1);
        self.losses.truncate(target + 1);
        let mut surplus = count;
        while let Some(leg) = self.legs.last_mut() {
            let gone = surplus.min(leg.steps);
            leg.steps -= gone;
            surplus -= gone;
            if leg.steps > 0 {
                break;
            }
            self.legs.pop();
        }
        self.marks.retain(|(at, _)| *at < target);
        self.stepper = self.remembered(bowl, target);
        self.rises = self.losses.windows(2).rev().take_while(|pair| matches!(pair, [a, b] if b > a)).count();
        count
    }

    /// The optimiser's memory after `target` steps: the nearest mark before, and the gradients since.
    fn remembered(&self, bowl: &Bowl, target: usize) -> Option<Stepper> {
        let (mut at, mut stepper) = self.marks.last().cloned()?;
        while at < target {
            let (leg, first) = self.leg_of(at)?;
            if first && at > 0 {
                let before = self.leg_of(at - 1)?.0;
                if before.optimizer == leg.optimizer {
                    stepper.set_learning_rate(leg.learning_rate);
                } else {
                    stepper = leg.optimizer.at_rate(leg.learning_rate).start(2).ok()?;
                }
            }
            let here = self.points.get(at).copied()?;
            stepper.step(&mut here.clone(), &bowl.gradient(self.basis, here));
            at += 1;
        }
        Some(stepper)
    }

    /// The leg of a step, and whether the step is its first.
    fn leg_of(&self, step: usize) -> Option<(Leg, bool)> {
        let mut start = 0;
        for leg in &self.legs {
            if step < start + leg.steps {
                return Some((*leg, step == start));
            }
            start += leg.steps;
        }
        None
    }

    fn flat(&self) -> bool {
        let steps = self.steps();
        // Asked once a window, so that a learner who runs on is not stopped at every step.
        steps > 0
            && steps.is_multiple_of(WINDOW)
            && self.losses.get(steps - WINDOW).is_some_and(|before| before - self.loss() < FLAT * self.loss())
    }

    /// Where it stands.
    #[must_use]
    pub fn here(&self) -> [f64; 2] {
        self.points.last().copied().unwrap_or([0.0, 0.0])
    }

    /// Where it began.
    #[must_use]
    pub fn start(&self) -> [f64; 2] {
        self.points.first().copied().unwrap_or([0.0, 0.0])
    }

    /// The loss where it stands.
    #[must_use]
    pub fn loss(&self) -> f64 {
        self.losses.last().copied().unwrap_or(0.0)
    }

    /// The line where it stands.
    #[must_use]
    pub fn line(&self) -> Line {
        self.basis.line(self.here())
    }

    /// Steps taken.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.points.len().saturating_sub(1)
    }

    /// The parameters' basis.
    #[must_use]
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// The places, the start first.
    #[must_use]
    pub fn points(&self) -> &[[f64; 2]] {
        &self.points
    }

    /// The loss at each place.
    #[must_use]
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// With which optimiser and rate the steps were taken.
    #[must_use]
    pub fn legs(&self) -> &[Leg] {
        &self.legs
    }

    /// Where the next step would lead, if it leads anywhere finite.
    #[must_use]
    pub fn next(&self, bowl: &Bowl, kind: OptimizerKind, rate: f64) -> Option<[f64; 2]> {
        let same = self.legs.last().is_some_and(|leg| leg.optimizer == kind);
        let mut stepper = match &self.stepper {
            Some(stepper) if same => stepper.clone(),
            _ => kind.at_rate(rate).start(2).ok()?,
        };
        stepper.set_learning_rate(rate);
        let mut next = self.here();
        stepper.step(&mut next, &bowl.gradient(self.basis, self.here()));
        next.iter().all(|v| v.is_finite()).then_some(next)
    }
}

/// Whether the slope is almost zero: the best line is nearer than 1e-10 of the spread of the target. A target that hardly varies is
/// measured by its size instead, below which rounding would keep the walk from ever arriving.
#[must_use]
pub fn arrived(bowl: &Bowl, basis: Basis, p: [f64; 2]) -> bool {
    let [w, c] = bowl.offset(basis, p);
    let scale = bowl.deviation_y.max(1e-3 * bowl.mean_y.abs()).max(1e-60);
    (bowl.curvature * w).abs().max(c.abs()) <= 1e-10 * scale
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
    fn the_descents_of_the_reference_are_walked_step_by_step() {
        let text = include_str!("../../../../tests/reference/regression.json");
        let reference: serde_json::Value = serde_json::from_str(text).unwrap();
        let bowl = bowl();
        let mut compared = 0;
        for run in reference["gradient_descent"].as_array().unwrap() {
            if run["fit"] != "living_area" || run["target"] != "raw" || run["loss_convention"] != "1/n" {
                continue;
            }
            let mut walk = Walk::new(&bowl, bowl.basis(run["features"] == "standardised"), [0.0, 0.0]);
            let (points, losses) = (run["points"].as_array().unwrap(), run["losses"].as_array().unwrap());
            for (point, loss) in points.iter().zip(losses) {
                let (here, wanted) = (walk.here(), [point[0].as_f64().unwrap(), point[1].as_f64().unwrap()]);
                let largest = wanted[0].abs().max(wanted[1].abs());
                for i in 0..2 {
                    assert!((here[i] - wanted[i]).abs() <= 1e-9 * largest, "{here:?} {wanted:?}");
                }
                let loss = loss.as_f64().unwrap();
                assert!((walk.loss() - loss).abs() <= 1e-9 * loss, "{} {loss}", walk.loss());
                walk.step(&bowl, OptimizerKind::Sgd, run["learning_rate"].as_f64().unwrap());
                compared += 1;
            }
        }
        assert_eq!(compared, 4 * 101);
    }

    #[test]
    fn the_exact_line_and_the_limits_are_those_of_the_reference() {
        let text = include_str!("../../../../tests/reference/regression.json");
        let reference: serde_json::Value = serde_json::from_str(text).unwrap();
        let fit = &reference["fits"][0];
        let (bowl, near) = (bowl(), |got: f64, wanted: &serde_json::Value, tolerance: f64| {
            let wanted = wanted.as_f64().unwrap();
            assert!((got - wanted).abs() <= tolerance * wanted.abs(), "{got} {wanted}");
        });
        near(bowl.best().slope, &fit["coefficients"][0], 1e-12);
        near(bowl.best().intercept, &fit["intercept"], 1e-11);
        near(bowl.floor, &fit["mse"], 1e-12);
        near(bowl.r_squared(bowl.floor).unwrap(), &fit["r2"], 1e-12);
        let limits = &fit["gradient_descent_limits"];
        near(bowl.largest_stable_rate(Basis::RAW), &limits["raw"]["largest_stable_lr_1_over_n"], 1e-12);
        near(bowl.largest_stable_rate(bowl.standard()), &limits["standardised"]["largest_stable_lr_1_over_n"], 1e-12);
        near(bowl.curvatures(Basis::RAW).1, &limits["raw"]["lambda_min_1_over_n"], 1e-11);
    }

    #[test]
    fn descent_on_standardised_area_arrives_at_the_exact_line_to_six_digits() {
        let bowl = bowl();
        let mut walk = Walk::new(&bowl, bowl.standard(), [0.0, 0.0]);
        let end = (0..1000).map(|_| walk.step(&bowl, OptimizerKind::Sgd, 0.1)).find(|f| *f != Footing::Walking);
        assert_eq!(end, Some(Footing::Arrived));
        assert_eq!(format!("{:.3}", walk.line().slope), "111.694");
        assert_eq!(format!("{:.2}", walk.line().intercept), "13289.63");
    }

    #[test]
    fn too_large_a_rate_on_raw_area_is_running_away_after_five_rises() {
        let bowl = bowl();
        let mut walk = Walk::new(&bowl, Basis::RAW, [0.0, 0.0]);
        let steps: Vec<_> = (0..5).map(|_| walk.step(&bowl, OptimizerKind::Sgd, 1.1 * 3.9928e-7)).collect();
        assert_eq!(steps[3..], [Footing::Walking, Footing::Rising]);
    }

    #[test]
    fn an_endless_step_is_not_taken() {
        let bowl = bowl();
        let mut walk = Walk::new(&bowl, Basis::RAW, [0.0, 0.0]);
        let end = (0..100).map(|_| walk.step(&bowl, OptimizerKind::Sgd, 1e30)).find(|f| *f == Footing::Endless);
        assert_eq!(end, Some(Footing::Endless));
        assert!(walk.line().is_finite() && walk.loss().is_finite());
    }

    #[test]
    fn raw_area_at_a_stable_rate_stalls_in_the_needle() {
        let bowl = bowl();
        let mut walk = Walk::new(&bowl, Basis::RAW, [0.0, 0.0]);
        let end = (0..5000).map(|_| walk.step(&bowl, OptimizerKind::Sgd, 2e-7)).find(|f| *f != Footing::Walking);
        assert_eq!(end, Some(Footing::Stalled));
        assert!((walk.line().slope - 119.65).abs() < 0.1, "{:?}", walk.line());
    }

    #[test]
    fn stepping_back_and_on_again_gives_the_same_bits() {
        let bowl = bowl();
        for back in [1, 7, 300, 599] {
            let mut walk = Walk::new(&bowl, bowl.standard(), [0.0, 0.0]);
            let go = |walk: &mut Walk, from: usize| {
                for i in from..600 {
                    let kind = if i < 280 { OptimizerKind::Adam } else { OptimizerKind::Momentum };
                    walk.step(&bowl, kind, if i < 100 { 900.0 } else { 1e-3 });
                }
            };
            go(&mut walk, 0);
            let whole = walk.clone();
            assert_eq!(walk.step_back(&bowl, back), back);
            assert_eq!(walk.steps(), 600 - back);
            go(&mut walk, 600 - back);
            assert_eq!(walk.points, whole.points);
            assert_eq!(walk.legs, whole.legs);
        }
    }

    #[test]
    fn a_replayed_walk_is_the_same_walk() {
        let bowl = bowl();
        let mut walk = Walk::new(&bowl, bowl.standard(), [1e4, -2e4]);
        for i in 0..90 {
            walk.step(&bowl, OptimizerKind::Momentum, if i < 40 { 0.02 } else { 0.05 });
        }
        let (again, _) = Walk::replay(&bowl, bowl.standard(), walk.start(), walk.legs()).unwrap();
        assert_eq!(again.points, walk.points);
        let endless = Leg { optimizer: OptimizerKind::Sgd, learning_rate: 1e20, steps: 1000 };
        assert_eq!(Walk::replay(&bowl, bowl.standard(), [0.0, 0.0], &[endless]), None);
    }
}
