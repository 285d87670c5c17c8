//! Runs: descent as a history that can be stepped, stepped back, scrubbed, forked and replayed bit for bit.

mod descend;
mod doctor;
mod formula;
mod history;
mod problem;
mod schedule;
mod verdict;

pub use descend::{DescendError, DescendRequest, Descent, descend};
pub use doctor::{Diagnosis, Pace, examine, power_iteration};
pub use formula::Formula;
pub use history::Frame;
pub use problem::{Noisy, Problem};
pub use schedule::Schedule;
pub use verdict::{Status, Tolerances, Verdict};

use crate::error::{DescentError, all_finite};
use crate::optimizer::Optimizer;
use history::{Change, History};

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

/// A problem being descended. Where it stands now is a [`Frame`]; how it ended is a [`Verdict`].
#[derive(Clone, Debug)]
pub struct Run<P> {
    problem: P,
    options: Options,
    history: History,
    now: Frame,
    /// The last step there is; above `now.step` after scrubbing back.
    end: u64,
    verdict: Option<Verdict>,
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
        let now = first_frame(&problem, start, optimizer)?;
        Ok(Self { history: History::new(now.clone()), problem, options, now, end: 0, verdict: None, driven: false })
    }

    /// Takes one step. Whatever lay ahead after scrubbing back is forgotten. False, and nothing moves, where the run has ended or
    /// where the step would leave the finite numbers.
    pub fn step(&mut self) -> bool {
        if self.ended() {
            return false;
        }
        self.forget_future();
        match advance(&self.problem, &self.options, &self.now) {
            Ok(next) => {
                // A run that keeps going keeps its verdict until it deserves another.
                if let Some(verdict) = verdict::judge(&self.problem, &self.options.tolerances, &self.now, &next) {
                    self.verdict = Some(verdict);
                }
                self.now = next;
                self.end = self.now.step;
                self.history.push(self.now.clone());
                true
            }
            Err(verdict) => {
                self.verdict = Some(verdict);
                false
            }
        }
    }

    /// Takes up to `count` steps and says how many were taken.
    pub fn step_many(&mut self, count: u64) -> u64 {
        (0..count).take_while(|_| self.step()).count() as u64
    }

    /// Takes `count` steps back, exactly, and forgets them. Returns how many were taken back.
    pub fn step_back(&mut self, count: u64) -> u64 {
        let target = self.now.step.saturating_sub(count);
        let taken = self.now.step - target;
        if taken > 0 {
            self.scrub(target);
            self.forget_future();
        }
        taken
    }

    /// Shows the state after `step` steps, or the last there is. Nothing is forgotten.
    pub fn scrub(&mut self, step: u64) {
        let step = step.min(self.end);
        if step == self.now.step {
            return;
        }
        let (mut frame, changes) = self.history.nearest(step);
        while frame.step < step {
            let Ok(mut next) = advance(&self.problem, &self.options, &frame) else { break };
            history::apply(&changes, &mut next);
            frame = next;
        }
        self.now = frame;
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
        let start = self.history.first().point.clone();
        // The start and the settings were accepted before.
        if let Ok(frame) = first_frame(&self.problem, &start, self.now.optimizer) {
            self.begin(frame);
        }
    }

    /// Begins anew from another start.
    ///
    /// # Errors
    /// As [`Run::new`]; the run then stays as it was.
    pub fn restart(&mut self, start: &[f64]) -> Result<(), DescentError> {
        let frame = first_frame(&self.problem, start, self.now.optimizer)?;
        self.begin(frame);
        Ok(())
    }

    fn begin(&mut self, frame: Frame) {
        self.history = History::new(frame.clone());
        self.now = frame;
        self.end = 0;
        self.verdict = None;
    }

    /// Changes the settings from here on. An optimiser of the same kind keeps its memory. A run that had ended may go on.
    ///
    /// # Errors
    /// [`DescentError::OutOfRange`] names the setting; the run then stays as it was.
    pub fn set_optimizer(&mut self, optimizer: Optimizer) -> Result<(), DescentError> {
        optimizer.check()?;
        if optimizer != self.now.optimizer {
            self.forget_future();
            let change = Change { step: self.now.step, optimizer };
            change.apply(&mut self.now);
            self.history.change(change, &self.now);
            self.verdict = None;
        }
        Ok(())
    }

    fn forget_future(&mut self) {
        if self.end > self.now.step {
            self.end = self.now.step;
            self.history.truncate(self.end);
            self.verdict = None;
        }
    }

    /// Says that steps follow one another by themselves, or no longer do: for [`Run::status`] only.
    pub fn set_driven(&mut self, driven: bool) {
        self.driven = driven;
    }

    fn ended(&self) -> bool {
        self.now.step == self.end && self.verdict.as_ref().is_some_and(|v| !self.options.keep_going || v.last)
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

    /// How the run ended, if it has and the end is in sight.
    #[must_use]
    pub fn verdict(&self) -> Option<&Verdict> {
        self.verdict.as_ref().filter(|_| self.now.step == self.end)
    }

    /// The state now.
    #[must_use]
    pub fn now(&self) -> &Frame {
        &self.now
    }

    /// Where the next step would lead; `None` where it would leave the finite numbers.
    #[must_use]
    pub fn next(&self) -> Option<Frame> {
        advance(&self.problem, &self.options, &self.now).ok()
    }

    /// How many steps there are, those ahead after scrubbing back included.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.end
    }

    /// The states kept in memory up to now, oldest first: all of them in a short run, fewer and fewer of the old ones in a long.
    pub fn trail(&self) -> impl Iterator<Item = &Frame> {
        let now = self.now.step;
        self.history.frames().take_while(move |frame| frame.step <= now)
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

/// The state before the first step.
fn first_frame<P: Problem>(problem: &P, start: &[f64], optimizer: Optimizer) -> Result<Frame, DescentError> {
    let dimension = problem.dimension();
    if start.len() != dimension {
        return Err(DescentError::length("start", format!("{dimension}, one a parameter"), start.len()));
    }
    all_finite("start", start)?;
    let stepper = optimizer.start(dimension)?;
    let mut gradient = vec![0.0; dimension];
    let value = problem.gradient_of_step(0, start, &mut gradient);
    if !value.is_finite() || gradient.iter().any(|g| !g.is_finite()) {
        return Err(DescentError::Objective {
            message: "The loss has no finite value or slope at the start. Choose another start.".to_owned(),
        });
    }
    let steepest = largest(&gradient);
    Ok(Frame {
        step: 0,
        point: start.to_vec(),
        value,
        gradient,
        optimizer,
        stepper,
        rises: 0,
        base: value,
        peak: value,
        steepest,
    })
}

/// The state one step on, or why there is none.
fn advance<P: Problem>(problem: &P, options: &Options, from: &Frame) -> Result<Frame, Verdict> {
    let mut next = from.clone();
    next.step += 1;
    let rate = from.optimizer.learning_rate();
    next.stepper.set_learning_rate(options.schedule.rate(rate, from.step));
    next.stepper.step_on(problem, from.value, &mut next.point, &from.gradient);
    if next.point.iter().any(|x| !x.is_finite()) {
        return Err(Verdict::overflowed(next.step));
    }
    next.value = problem.gradient_of_step(next.step, &next.point, &mut next.gradient);
    if !next.value.is_finite() || next.gradient.iter().any(|g| !g.is_finite()) {
        return Err(Verdict::without_value(next.step, next.value));
    }
    next.rises = if next.value > from.value { from.rises + 1 } else { 0 };
    next.peak = from.peak.max(next.value);
    next.steepest = from.steepest.max(largest(&next.gradient));
    Ok(next)
}

/// The largest magnitude.
fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |m, v| v.abs().max(m))
}
