//! Runs as data: the moves that were made, and the run that comes of them again, bit for bit.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::cause::Cause;
use super::options::{MOST_STEPS, Options};
use super::{Run, advance};
use crate::error::DescentError;
use crate::optimizer::Optimizer;
use crate::problem::Problem;

/// A run as a link carries it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Record {
    /// Where it began, one number a parameter.
    pub start: Vec<f64>,
    /// What was done, in order; equal steps in a row are one entry.
    pub moves: Vec<RecordedMove>,
    /// Whether one more step was asked for and could not be taken, because it would have left the finite numbers.
    #[serde(default)]
    pub refused: bool,
}

/// Moves of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum RecordedMove {
    /// Steps of one optimiser with the same settings.
    Steps {
        /// Which optimiser, with its settings.
        optimizer: Optimizer,
        /// How many steps.
        count: u64,
    },
    /// Moved by hand.
    Leap {
        /// To here, one number a parameter.
        to: Vec<f64>,
    },
}

/// Why a record does not become a run.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplayError {
    /// The run cannot begin: a start that does not fit, or settings out of range.
    Start(DescentError),
    /// Settings are out of range.
    Settings {
        /// After so many moves.
        step: u64,
        /// Which, and what would fit.
        error: DescentError,
    },
    /// There are more moves than a run may have.
    TooManyMoves {
        /// The most it may have.
        most: u64,
    },
    /// A step leaves the finite numbers.
    Step {
        /// It would have been this move.
        step: u64,
        /// What is not finite.
        cause: Cause,
    },
    /// A leap leads to where the loss has no finite value, or to no place at all.
    Leap {
        /// It would have been this move.
        step: u64,
        /// What does not fit.
        error: DescentError,
    },
}

impl fmt::Display for ReplayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(error) => write!(f, "The run cannot begin. {error}"),
            Self::Settings { step, error } => write!(f, "The settings after move {step} do not fit. {error}"),
            Self::TooManyMoves { most } => {
                write!(f, "The record has more than {most} moves, the most that a run may have.")
            }
            Self::Step { step, cause } => write!(f, "Move {step} is a step that cannot be taken. {}", cause.reason()),
            Self::Leap { step, error } => write!(f, "Move {step} is a leap that cannot be made. {error}"),
        }
    }
}

impl std::error::Error for ReplayError {}

impl<P: Problem> Run<P> {
    /// The moves up to now. What lies ahead after scrubbing back is left out.
    #[must_use]
    pub fn record(&self) -> Record {
        let (hand, end) = (self.history.hand(), self.now().step);
        let mut moves = Vec::new();
        let mut leaps = hand.leaps.iter().take_while(|(at, _)| *at <= end).peekable();
        let mut settings = hand.settings.iter().peekable();
        let mut at = 0;
        while let Some((_, optimizer)) = settings.next() {
            let until = settings.peek().map_or(end, |(next, _)| *next).min(end);
            while at < until {
                let leap = leaps.next_if(|(to, _)| *to <= until);
                // All moves before the leap are steps.
                let steps = leap.map_or(until, |(to, _)| *to - 1) - at;
                if steps > 0 {
                    moves.push(RecordedMove::Steps { optimizer: *optimizer, count: steps });
                }
                at += steps;
                if let Some((to, place)) = leap {
                    moves.push(RecordedMove::Leap { to: place.clone() });
                    at = *to;
                }
            }
        }
        Record { start: self.start().to_vec(), moves, refused: self.is_refused() }
    }

    /// The run of a record, with the settings for its next step: the same bits and the same verdict as the run it was made of, given
    /// the same problem and options. Verdicts do not stop it on the way.
    ///
    /// # Errors
    /// [`ReplayError`], for whatever comes in a record; at most [`MOST_STEPS`] steps are computed.
    pub fn replay(
        problem: P,
        record: &Record,
        optimizer_for_next: Optimizer,
        options: Options,
    ) -> Result<Self, ReplayError> {
        let total = record.moves.iter().fold(0u64, |sum, one| match one {
            RecordedMove::Steps { count, .. } => sum.saturating_add(*count),
            RecordedMove::Leap { .. } => sum.saturating_add(1),
        });
        if total > MOST_STEPS {
            return Err(ReplayError::TooManyMoves { most: MOST_STEPS });
        }
        let mut run = Self::new(problem, &record.start, optimizer_for_next, options).map_err(ReplayError::Start)?;
        for one in &record.moves {
            run.replay_move(one)?;
        }
        let step = run.now().step;
        run.set_optimizer(optimizer_for_next).map_err(|error| ReplayError::Settings { step, error })?;
        if record.refused {
            run.refused = advance::step(&run.problem, &run.options, &run.now).err().map(|cause| run.refusal(cause));
        }
        Ok(run)
    }

    fn replay_move(&mut self, one: &RecordedMove) -> Result<(), ReplayError> {
        let step = self.now().step;
        match one {
            RecordedMove::Steps { optimizer, count } => {
                self.set_optimizer(*optimizer).map_err(|error| ReplayError::Settings { step, error })?;
                for _ in 0..*count {
                    let step = self.now().step + 1;
                    self.take_step().map_err(|cause| ReplayError::Step { step, cause })?;
                }
                Ok(())
            }
            RecordedMove::Leap { to } => self.leap(to).map_err(|error| ReplayError::Leap { step: step + 1, error }),
        }
    }
}
