//! Runs: descent as a history that can be stepped, stepped back, scrubbed, forked, moved by hand, recorded and replayed bit for bit.

mod advance;
mod cause;
mod creeping;
mod descend;
mod doctor;
mod formula;
mod history;
mod judge;
mod options;
mod path;
mod place;
mod record;
mod rises;
mod schedule;
mod snapshot;
mod status;
mod tolerances;
mod verdict;
mod window;

pub use crate::problem::{Noisy, Problem};
pub use cause::Cause;
pub use descend::{DescendError, DescendRequest, Descent, descend};
pub use doctor::{Diagnosis, Pace, examine, power_iteration};
pub use formula::Formula;
pub use options::{MOST_STEPS, Options};
pub use path::Path;
pub use record::{Record, RecordedMove, ReplayError};
pub(crate) use rises::{Ceiling, Rises};
pub use schedule::Schedule;
pub use snapshot::{Snapshot, Way};
pub use status::Status;
pub use tolerances::{Tolerances, Units};
pub use verdict::Verdict;

use std::sync::Arc;

use crate::error::DescentError;
use crate::optimizer::Optimizer;
use history::History;

/// A problem being descended. Where it stands now is a [`Snapshot`]; how it ended is a [`Verdict`].
///
/// A run is a list of moves: steps of an optimiser, and leaps by hand. What it says about its end follows from the moves up to now, the
/// settings and the options alone, however they came about: stepped, scrubbed, stepped back to or replayed.
#[derive(Clone, Debug)]
pub struct Run<P> {
    problem: P,
    options: Options,
    history: History,
    now: Snapshot,
    /// The last move there is; above `now.step` after scrubbing back.
    end: u64,
    /// Why the step after the last could not be taken, once it was asked for.
    refused: Option<Arc<Verdict>>,
    driven: bool,
}

impl<P: Problem> Run<P> {
    /// At a start, before the first step.
    ///
    /// # Errors
    /// [`DescentError`]: a start of the wrong length or not finite, a setting out of range, or a start where the problem has no
    /// finite value.
    pub fn new(problem: P, start: &[f64], optimizer: Optimizer, options: Options) -> Result<Self, DescentError> {
        options.schedule.check()?;
        let now = advance::first(&problem, start, optimizer)?;
        Ok(Self { history: History::new(now.clone()), problem, options, now, end: 0, refused: None, driven: false })
    }

    /// Takes one step. Whatever lay ahead after scrubbing back is forgotten. False, and nothing moves, where the run has ended, where
    /// the step would leave the finite numbers, or where the run has [`MOST_STEPS`] moves.
    pub fn step(&mut self) -> bool {
        !self.is_over() && self.take_step().is_ok()
    }

    /// Takes up to `count` steps and says how many were taken.
    pub fn step_many(&mut self, count: u64) -> u64 {
        (0..count).take_while(|_| self.step()).count() as u64
    }

    /// Takes a step whatever was said about the ones before.
    fn take_step(&mut self) -> Result<(), Cause> {
        match advance::step(&self.problem, &self.options, &self.now) {
            Ok(next) => {
                self.go(next);
                Ok(())
            }
            Err(cause) => {
                self.forget_future();
                self.refused = Some(self.refusal(cause.clone()));
                Err(cause)
            }
        }
    }

    fn refusal(&self, cause: Cause) -> Arc<Verdict> {
        Verdict::new(cause, self.now.step + 1)
    }

    /// Makes a state that follows the present one the present one.
    fn go(&mut self, next: Snapshot) {
        self.forget_future();
        self.history.push(&next);
        self.end = next.step;
        self.refused = None;
        self.now = next;
    }

    /// Moves the parameters by hand: one move more. The optimiser forgets what it knew, and rises are counted anew. A run that had ended
    /// may go on.
    ///
    /// # Errors
    /// [`DescentError`] for a place of the wrong length or without a finite value and slope, and for a run of [`MOST_STEPS`] moves; the
    /// run then stays as it was.
    pub fn leap(&mut self, to: &[f64]) -> Result<(), DescentError> {
        if self.now.step >= MOST_STEPS {
            return Err(DescentError::OutOfRange {
                argument: "moves".to_owned(),
                expected: format!("at most {MOST_STEPS}"),
                got: (self.now.step + 1).to_string(),
            });
        }
        let next = advance::leap(&self.problem, &self.now, to)?;
        self.go(next);
        Ok(())
    }

    /// Moves on by hand within the same leap, where the last move was one; else as [`Run::leap`].
    ///
    /// # Errors
    /// As [`Run::leap`].
    pub fn leap_on(&mut self, to: &[f64]) -> Result<(), DescentError> {
        let Some(before) = self.before().filter(|_| self.now.way == Way::Leap).cloned() else {
            return self.leap(to);
        };
        let next = advance::leap(&self.problem, &before, to)?;
        let optimizer = self.now.optimizer;
        self.now = before;
        self.go(next);
        self.settle(optimizer);
        Ok(())
    }

    /// Takes `count` moves back, exactly, and forgets them. Returns how many were taken back. A step that was refused is no move: it is
    /// taken back with the last one, or by itself at the start.
    pub fn step_back(&mut self, count: u64) -> u64 {
        if count > 0 && self.is_refused() {
            self.refused = None;
        }
        let from = self.now.step;
        self.scrub(from.saturating_sub(count));
        let taken = from - self.now.step;
        if taken > 0 {
            self.forget_future();
        }
        taken
    }

    /// Shows the state after `step` moves, or the last there is. Nothing is forgotten.
    pub fn scrub(&mut self, step: u64) {
        let step = step.min(self.end);
        if step == self.now.step {
            return;
        }
        let Self { problem, options, history, .. } = self;
        let found = history.reach(step, |from, leap| match leap {
            Some(to) => advance::leap(problem, from, to).ok(),
            None => advance::step(problem, options, from).ok(),
        });
        // What was computed once is computed again, so there always is one.
        if let Some(state) = found {
            self.now = state;
        }
    }

    /// A run of its own that starts with this one's history up to now.
    #[must_use]
    pub fn fork(&self) -> Self
    where
        P: Clone,
    {
        let mut fork = self.clone();
        fork.forget_future();
        fork
    }

    /// Back to the start, with the settings as they are now.
    pub fn reset(&mut self) {
        self.driven = false;
        let start = self.start().to_vec();
        // The start and the settings were accepted before.
        let _ = self.restart(&start);
    }

    /// Begins anew from another start, with the settings as they are now.
    ///
    /// # Errors
    /// As [`Run::new`]; the run then stays as it was.
    pub fn restart(&mut self, start: &[f64]) -> Result<(), DescentError> {
        self.now = advance::first(&self.problem, start, self.now.optimizer)?;
        self.history = History::new(self.now.clone());
        self.end = 0;
        self.refused = None;
        Ok(())
    }

    /// Changes the settings from here on. An optimiser of the same kind keeps its memory. A run that had ended may go on, until new
    /// settings have led to an end of their own; the old ones, set again before a step was taken, still have theirs.
    ///
    /// # Errors
    /// [`DescentError::OutOfRange`] names the setting; the run then stays as it was.
    pub fn set_optimizer(&mut self, optimizer: Optimizer) -> Result<(), DescentError> {
        optimizer.check()?;
        if optimizer != self.now.optimizer {
            self.forget_future();
            self.refused = None;
            self.settle(optimizer);
        }
        Ok(())
    }

    fn settle(&mut self, optimizer: Optimizer) {
        self.now.optimizer = optimizer;
        self.history.settle(self.now.step, optimizer);
    }

    fn forget_future(&mut self) {
        if self.end > self.now.step {
            self.end = self.now.step;
            self.history.truncate(self.end);
            self.refused = None;
        }
    }

    /// Says that steps follow one another by themselves, or no longer do: for [`Run::status`] only.
    pub fn set_driven(&mut self, driven: bool) {
        self.driven = driven;
    }

    /// Whether [`Run::step`] takes no step from here.
    fn is_over(&self) -> bool {
        self.now.step >= MOST_STEPS
            || self.is_refused()
            || (!self.options.keep_going && self.now.step == self.end && self.verdict().is_some())
    }

    /// Whether the last step asked for would have left the finite numbers.
    fn is_refused(&self) -> bool {
        self.now.step == self.end && self.refused.is_some()
    }

    /// Where the run stands.
    #[must_use]
    pub fn status(&self) -> Status {
        match self.verdict() {
            Some(verdict) => verdict.status,
            None if self.driven => Status::Running,
            None if self.now.step == 0 && self.end == 0 => Status::Idle,
            None => Status::Paused,
        }
    }

    /// How the run ended, if it has here, with the settings as they are.
    #[must_use]
    pub fn verdict(&self) -> Option<&Verdict> {
        let here = self.now.verdict.as_deref().filter(|_| !self.now.is_resettled());
        self.refused.as_deref().filter(|_| self.is_refused()).or(here)
    }

    /// The state now.
    #[must_use]
    pub fn now(&self) -> &Snapshot {
        &self.now
    }

    /// The state one move before now; `None` at the start.
    #[must_use]
    pub fn before(&self) -> Option<&Snapshot> {
        self.history.kept(self.now.step.checked_sub(1)?)
    }

    /// Where the next step would lead; `None` where it would leave the finite numbers.
    #[must_use]
    pub fn next(&self) -> Option<Snapshot> {
        advance::step(&self.problem, &self.options, &self.now).ok()
    }

    /// Where the run began.
    #[must_use]
    pub fn start(&self) -> &[f64] {
        &self.history.first().point
    }

    /// How many steps were taken up to now, leaps left out.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.now.steps()
    }

    /// How many leaps were made up to now.
    #[must_use]
    pub fn leaps(&self) -> u64 {
        self.now.leaps
    }

    /// How many moves there are, those ahead after scrubbing back included.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.end
    }

    /// The states kept in memory up to now, oldest first: all of them in a short run; in a long one the first and the last and, of those
    /// between, one every so many.
    pub fn trail(&self) -> impl DoubleEndedIterator<Item = &Snapshot> {
        self.history.up_to(self.now.step)
    }

    /// The newest states up to now, newest first, at most `count` and one move apart: fewer where older ones are not kept, but at least
    /// the present one and the one before it.
    pub fn recent(&self, count: usize) -> impl Iterator<Item = &Snapshot> {
        let now = self.now.step;
        let apart = (0..).map(move |back: u64| now.checked_sub(back));
        let states = self.trail().rev().zip(apart);
        states.take_while(|(state, step)| *step == Some(state.step)).map(|(state, _)| state).take(count)
    }

    /// The problem.
    #[must_use]
    pub fn problem(&self) -> &P {
        &self.problem
    }

    /// The settings in force for the next step.
    #[must_use]
    pub fn optimizer(&self) -> &Optimizer {
        &self.now.optimizer
    }
}
