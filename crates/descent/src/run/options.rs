//! How a run behaves, apart from its optimiser, and how long it may be.

use super::schedule::Schedule;
use super::tolerances::Tolerances;

/// The most moves of a run. Guessed: more than anyone waits for, and replayed from a link in seconds.
pub const MOST_STEPS: u64 = 1_000_000;

/// How a run behaves, apart from its optimiser.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Options {
    /// How the learning rate changes with the steps.
    pub schedule: Schedule,
    /// When the slope counts as zero.
    pub tolerances: Tolerances,
    /// Whether steps go on after the run has converged, stalled or grown five times, as long as numbers stay finite: for
    /// programs that ask for a given number of steps.
    pub keep_going: bool,
}
