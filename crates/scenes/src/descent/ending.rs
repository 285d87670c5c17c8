//! How a walk ends: settled, stuck or running away, and what helps.

use super::DescentScene;
use super::curve::Slope;
use super::walk::{OptimizerKind, RISES, Walk, Way};
use crate::number;
use crate::readout::Status;

/// A slope below this share of the picture's diagonal counts as almost zero: it reads as 0.00. Guessed.
const ALMOST_LEVEL: f64 = 5e-4;

/// So many widths of the picture away the ball is lost. Guessed.
const LOST: f64 = 1000.0;

/// How a walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Almost no slope, at a valley floor.
    Settled,
    /// Almost no slope, but no valley floor.
    Stuck,
    /// The loss rose so many times in a row.
    Rising,
    /// The next place has no finite loss.
    NoValue,
    /// Far outside of the picture.
    Lost,
    /// The history is full.
    TooLong,
}

impl DescentScene {
    /// How the walk ended, if it did. A walk that has not begun has not ended.
    pub(super) fn ending(&self) -> Option<Ending> {
        if self.walk.refused() {
            return Some(Ending::NoValue);
        }
        let here = self.walk.here();
        if !matches!(here.way, Way::Step { .. }) {
            return None;
        }
        if self.walk.rises() >= RISES {
            return Some(Ending::Rising);
        }
        let x = here.ground.x;
        if x < self.land.domain.0 - LOST * self.land.span() || x > self.land.domain.1 + LOST * self.land.span() {
            return Some(Ending::Lost);
        }
        if self.is_level(&self.walk, self.rate) {
            return Some(if self.is_valley_floor(x) { Ending::Settled } else { Ending::Stuck });
        }
        (self.walk.len() >= super::LONGEST).then_some(Ending::TooLong)
    }

    /// The ground rises on both sides.
    fn is_valley_floor(&self, x: f64) -> bool {
        if let Slope::Kink { left: Some(left), right: Some(right), .. } = self.walk.here().ground.slope {
            return left < 0.0 && right > 0.0;
        }
        let step = 1e-3 * self.land.span();
        match (self.curve.value(x - step), self.curve.value(x), self.curve.value(x + step)) {
            (Some(left), Some(here), Some(right)) => left > here && right > here,
            _ => false,
        }
    }

    /// The status as the page knows it.
    pub(super) fn status(&self) -> Status {
        match self.ending() {
            Some(Ending::Rising | Ending::NoValue | Ending::Lost) => Status::Diverged,
            _ if self.running => Status::Running,
            Some(Ending::Settled) => Status::Converged,
            Some(Ending::Stuck) => Status::Stalled,
            _ if self.walk.is_empty() => Status::Idle,
            _ => Status::Paused,
        }
    }

    /// Rates below this shrink the distance to the nearest valley at every step, in its neighbourhood: 2/L″ for plain
    /// descent, 2(1 + μ)/L″ with momentum μ (Polyak, 1964). Adam has no such bound.
    pub(super) fn largest_stable_rate(&self) -> Option<f64> {
        let curvature = self.land.nearest(self.walk.start())?.curvature?;
        let limit = match self.optimizer {
            OptimizerKind::Sgd => 2.0 / curvature,
            OptimizerKind::Momentum => 3.8 / curvature,
            OptimizerKind::Adam => return None,
        };
        limit.is_finite().then_some(limit)
    }

    /// Looks for a smaller rate once a run has run away.
    pub(super) fn try_smaller_rates(&mut self) {
        self.suggestion = (self.status() == Status::Diverged).then(|| self.rate_that_settles()).flatten();
    }

    /// A smaller rate that was tried and brings the walk from its start to a level place.
    fn rate_that_settles(&self) -> Option<f64> {
        let first = match self.largest_stable_rate() {
            Some(limit) if limit / 2.0 < self.rate => limit / 2.0,
            _ => self.rate / 2.0,
        };
        let mut rate = number::rounded_to_digits(first, 1);
        for _ in 0..20 {
            if self.settles_at(rate) {
                return Some(rate);
            }
            rate = number::rounded_to_digits(rate / 2.0, 2);
        }
        None
    }

    fn settles_at(&self, rate: f64) -> bool {
        /// Guessed: a learner waits no longer.
        const PATIENCE: usize = 300;
        let mut walk = Walk::new(&self.curve, self.walk.start());
        for _ in 0..PATIENCE {
            if walk.step(&self.curve, self.optimizer, rate).is_err() || walk.rises() >= RISES {
                return false;
            }
            if self.is_level(&walk, rate) {
                return true;
            }
        }
        false
    }

    /// Slope and next step are both almost zero.
    fn is_level(&self, walk: &Walk, rate: f64) -> bool {
        let here = walk.here().ground;
        here.gradient().is_some_and(|g| g.abs() <= ALMOST_LEVEL * self.land.typical_slope())
            && walk
                .next(self.optimizer, rate)
                .is_ok_and(|(next, _)| (next - here.x).abs() <= 10.0 * ALMOST_LEVEL * self.land.span())
    }
}
