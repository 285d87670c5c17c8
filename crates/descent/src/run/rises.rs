//! The one rule by which growth of the loss counts as divergence.
//!
//! A loss that has grown [`RISES`] steps in a row is divergence only where it also stands above a ceiling, for not every climb is one:
//! momentum climbs out of a valley it entered fast. Who has no memory must be below where he began; who remembers must stay below
//! the highest he has been before this climb. Training uses the same rule with epochs for steps.

use crate::optimizer::Optimizer;

/// So many rises in a row, to above the ceiling, mean divergence.
pub(crate) const RISES: u32 = 5;
/// Chance alone makes a noisy loss grow now and then, though seldom ten times in a row and above all that was before.
const NOISY_RISES: u32 = 2 * RISES;

/// What a climbing loss is measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ceiling {
    /// The loss when the run began, its settings last changed, or it was last moved by hand.
    Base,
    /// The largest loss before the present climb, since the run began or was last moved by hand.
    Climb,
    /// The largest loss of all, and twice as many rises.
    Noise,
}

impl Ceiling {
    /// The ceiling that suits an optimiser.
    pub(crate) fn of(optimizer: &Optimizer, is_noisy: bool) -> Self {
        if is_noisy {
            Self::Noise
        } else if optimizer.remembers() {
            Self::Climb
        } else {
            Self::Base
        }
    }
}

/// How the loss has risen so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rises {
    /// How many steps in a row it has grown.
    count: u32,
    base: f64,
    /// The largest loss before the present climb.
    before_climb: f64,
    /// The largest loss.
    peak: f64,
}

impl Rises {
    /// Nothing has risen yet.
    pub(crate) fn from(loss: f64) -> Self {
        Self { count: 0, base: loss, before_climb: loss, peak: loss }
    }

    /// After a change of settings at this loss. What was before stays the ceiling of those who remember, for their speed stays too.
    pub(crate) fn resettled(self, loss: f64) -> Self {
        Self { count: 0, base: loss, ..self }
    }

    /// After a step that changed the loss from `before` to `now`.
    pub(crate) fn after(self, before: f64, now: f64) -> Self {
        let peak = self.peak.max(now);
        if now > before {
            Self { count: self.count.saturating_add(1), peak, ..self }
        } else {
            Self { count: 0, before_climb: peak, peak, ..self }
        }
    }

    /// The number of rises that make this loss a divergence, if it is one.
    pub(crate) fn diverged(&self, loss: f64, ceiling: Ceiling) -> Option<u32> {
        let (most, above) = match ceiling {
            Ceiling::Base => (RISES, loss > self.base),
            Ceiling::Climb => (RISES, loss > self.before_climb),
            Ceiling::Noise => (NOISY_RISES, loss >= self.peak),
        };
        (self.count >= most && above).then_some(most)
    }

    /// How many steps in a row the loss has grown.
    pub(crate) fn count(&self) -> u32 {
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(losses: &[f64], ceiling: Ceiling) -> Option<u32> {
        let mut rises = Rises::from(losses[0]);
        for pair in losses.windows(2) {
            rises = rises.after(pair[0], pair[1]);
        }
        rises.diverged(*losses.last().unwrap(), ceiling)
    }

    #[test]
    fn five_rises_above_the_start_are_divergence_and_four_are_not() {
        assert_eq!(verdict(&[1.0, 2.0, 3.0, 4.0, 5.0], Ceiling::Base), None);
        assert_eq!(verdict(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], Ceiling::Base), Some(5));
        assert_eq!(verdict(&[9.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], Ceiling::Base), None, "below the start");
    }

    #[test]
    fn who_remembers_may_climb_as_high_as_he_has_been() {
        let climb = [5.0, 20.0, 1.0, 6.0, 8.0, 10.0, 12.0, 14.0];
        assert_eq!(verdict(&climb, Ceiling::Base), Some(5));
        assert_eq!(verdict(&climb, Ceiling::Climb), None);
        assert_eq!(verdict(&[5.0, 20.0, 1.0, 6.0, 8.0, 10.0, 12.0, 21.0], Ceiling::Climb), Some(5));
    }

    #[test]
    fn noise_needs_ten_rises_to_the_peak() {
        let rising: Vec<f64> = (0..11).map(f64::from).collect();
        assert_eq!(verdict(&rising, Ceiling::Noise), Some(10));
        assert_eq!(verdict(&rising[..10], Ceiling::Noise), None);
    }
}
