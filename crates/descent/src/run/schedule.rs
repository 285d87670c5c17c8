//! How the learning rate changes with the steps.

use serde::{Deserialize, Serialize};

use crate::error::{DescentError, positive};

/// A factor on the learning rate for each step, counted from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Schedule {
    /// Always the same.
    #[default]
    Constant,
    /// Times `factor` after every `every` steps.
    Step {
        /// Steps between two drops, at least 1.
        every: u32,
        /// What each drop multiplies by.
        factor: f64,
    },
    /// Times `factor` over every `every` steps, smoothly: factor^(step / every).
    Exponential {
        /// Steps over which the rate changes by `factor`, at least 1.
        every: u32,
        /// What it changes by.
        factor: f64,
    },
    /// From 1 down to `floor` along half a cosine wave in `steps` steps, then `floor` (Loshchilov and Hutter, "SGDR", 2017).
    Cosine {
        /// The length of the way down, at least 1.
        steps: u32,
        /// What is left at its end, 0 or more.
        #[serde(default)]
        floor: f64,
    },
    /// Straight up from 1/steps to 1 in `steps` steps, then 1.
    WarmUp {
        /// The length of the way up, at least 1.
        steps: u32,
    },
}

impl Schedule {
    /// Checks every setting.
    ///
    /// # Errors
    /// [`DescentError::OutOfRange`] names the setting.
    pub fn check(&self) -> Result<(), DescentError> {
        let at_least_one = |argument: &str, value: u32| {
            if value >= 1 { Ok(()) } else { Err(DescentError::range(argument, "a whole number, 1 or more", 0.0)) }
        };
        match *self {
            Self::Constant => Ok(()),
            Self::Step { every, factor } | Self::Exponential { every, factor } => {
                at_least_one("every", every)?;
                positive("factor", factor)
            }
            Self::Cosine { steps, floor } => {
                at_least_one("steps", steps)?;
                crate::error::not_negative("floor", floor)
            }
            Self::WarmUp { steps } => at_least_one("steps", steps),
        }
    }

    /// The learning rate of a step. It is kept above 0 and finite.
    #[must_use]
    pub fn rate(&self, base: f64, step: u64) -> f64 {
        use calculus::math;
        let step = step as f64;
        let factor = match *self {
            Self::Constant => return base,
            Self::Step { every, factor } => math::powf(factor, (step / f64::from(every)).floor()),
            Self::Exponential { every, factor } => math::powf(factor, step / f64::from(every)),
            Self::Cosine { steps, floor } => {
                let way = (step / f64::from(steps)).min(1.0);
                floor + (1.0 - floor) * 0.5 * (1.0 + math::cos(std::f64::consts::PI * way))
            }
            Self::WarmUp { steps } => ((step + 1.0) / f64::from(steps)).min(1.0),
        };
        (base * factor).clamp(0.0, f64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_schedule_takes_its_course() {
        let rates = |schedule: Schedule, steps: [u64; 3]| steps.map(|s| schedule.rate(0.5, s));
        assert_eq!(rates(Schedule::Constant, [0, 10, 1000]), [0.5; 3]);
        assert_eq!(rates(Schedule::Step { every: 10, factor: 0.5 }, [9, 10, 25]), [0.5, 0.25, 0.125]);
        assert_eq!(rates(Schedule::Exponential { every: 10, factor: 0.25 }, [0, 5, 10]), [0.5, 0.25, 0.125]);
        assert_eq!(rates(Schedule::WarmUp { steps: 4 }, [0, 3, 50]), [0.125, 0.5, 0.5]);
        let [start, middle, end] = rates(Schedule::Cosine { steps: 10, floor: 0.2 }, [0, 5, 99]);
        assert_eq!((start, end), (0.5, 0.1));
        assert!((middle - 0.3).abs() < 1e-15);
    }

    #[test]
    fn a_schedule_of_no_steps_is_refused() {
        assert!(Schedule::WarmUp { steps: 0 }.check().is_err());
        assert!(Schedule::Step { every: 1, factor: -1.0 }.check().is_err());
    }
}
