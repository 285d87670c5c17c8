//! One state of a run.

use std::sync::Arc;

use serde::Serialize;

use super::rises::Rises;
use super::verdict::Verdict;
use super::window::Window;
use crate::optimizer::{Optimizer, Stepper};

/// How a state was reached.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Way {
    /// The run began here.
    Start,
    /// By a step of an optimiser.
    Step {
        /// Which, with its settings.
        optimizer: Optimizer,
    },
    /// Moved there by hand.
    Leap,
}

/// The state after some number of moves: enough to go on from, bit for bit.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// How many moves were made: steps, and leaps by hand.
    pub step: u64,
    /// How many of them were leaps.
    pub leaps: u64,
    /// How it was reached.
    pub way: Way,
    /// The parameters.
    pub point: Vec<f64>,
    /// The loss there, finite.
    pub value: f64,
    /// The gradient the next step follows, finite: with noise or from a batch where the problem has them.
    pub gradient: Vec<f64>,
    /// The settings in force for the next step.
    pub optimizer: Optimizer,
    /// The optimiser as it came here, with what it remembers; none at the start and after a leap. New settings are taken on with the next
    /// step, so that changing them to and fro changes nothing.
    pub(super) stepper: Option<Stepper>,
    pub(super) rises: Rises,
    pub(super) window: Window,
    /// The largest entry of a gradient so far.
    pub(super) steepest: f64,
    /// What the step here, or one before it in a run that keeps going, means for the run.
    pub(super) verdict: Option<Arc<Verdict>>,
}

impl Snapshot {
    /// How many steps an optimiser has taken.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.step - self.leaps
    }

    /// How many steps in a row the loss has grown.
    #[must_use]
    pub fn rises(&self) -> u32 {
        self.rises.count()
    }

    /// Whether the step here was made with other settings than the next will be.
    #[must_use]
    pub fn is_resettled(&self) -> bool {
        matches!(self.way, Way::Step { optimizer } if optimizer != self.optimizer)
    }

    /// The optimiser ready for the next step, with what it remembers. The memory is kept where the kind stays the same; it is empty at
    /// the start and after a leap.
    #[must_use]
    pub fn stepper(&self) -> Stepper {
        match self.stepper.clone() {
            Some(mut stepper) => {
                if self.is_resettled() {
                    stepper.take_on(&self.optimizer, self.point.len());
                }
                stepper
            }
            None => self.optimizer.begin(self.point.len()),
        }
    }
}
