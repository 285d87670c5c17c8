//! Why a run ended, as data, and the one function that says it in English.
//!
//! Whoever speaks another language finds in a cause all that a sentence needs.

use serde::{Deserialize, Serialize};

use super::status::Status;
use super::tolerances::Tolerances;

/// Why a run ended. `rate_helps` tells whether the learning rate may be advised upon: the steps of Newton's method and of the line
/// search find their own length.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Cause {
    /// A valley floor: slope and step are almost zero and no way leads down.
    Floor {
        /// What counted as zero.
        tolerances: Tolerances,
    },
    /// A valley floor between the steps, which go to and fro across it: so at the floor of a kink, where no slope is almost zero.
    Hovering {
        /// The floor is nearer than this along every parameter.
        within: f64,
    },
    /// Almost no slope, and the ground falls away all around.
    Summit {
        /// The parameter along which it falls most.
        parameter: String,
    },
    /// Almost no slope, and the ground falls away on both sides along some way, not along all.
    Saddle {
        /// The parameter along which it falls most.
        parameter: String,
    },
    /// Almost no slope, but a way leads down.
    Plateau {
        /// Whether a larger rate would make longer steps.
        rate_helps: bool,
    },
    /// No slope at all.
    Flat,
    /// There is a slope, but the step is lost in rounding.
    TooShort {
        /// Whether a larger rate would make longer steps.
        rate_helps: bool,
    },
    /// The loss hardly changes any more, though a substantial part of it is still to be had.
    Creeping {
        /// Over so many steps
        steps: u64,
        /// the loss changed by at most this share of itself,
        changed: f64,
        /// while by slope and curvature here about this share of it could still be gained.
        left: f64,
    },
    /// The loss has grown step after step.
    Rises {
        /// So many times in a row.
        count: u32,
        /// Whether a smaller rate would make shorter steps.
        rate_helps: bool,
    },
    /// The next step leads to a parameter too large for a number.
    Overflow {
        /// Whether a smaller rate would make shorter steps.
        rate_helps: bool,
    },
    /// The next step leads to where the loss has no value.
    NoValue {
        /// Whether a smaller rate would make shorter steps.
        rate_helps: bool,
    },
    /// The next step leads to where the loss has a value but no finite slope.
    NoSlope {
        /// Whether a smaller rate would make shorter steps.
        rate_helps: bool,
    },
    /// The next step leads to a loss beyond all numbers.
    LossOverflow {
        /// Whether a smaller rate would make shorter steps; not where the loss falls without end.
        rate_helps: bool,
    },
    /// The run is as long as runs may be.
    Limit {
        /// So many moves.
        steps: u64,
    },
}

impl Cause {
    /// What a cause makes of a run.
    #[must_use]
    pub fn status(&self) -> Status {
        match self {
            Self::Floor { .. } | Self::Hovering { .. } => Status::Converged,
            Self::Summit { .. }
            | Self::Saddle { .. }
            | Self::Plateau { .. }
            | Self::Flat
            | Self::TooShort { .. }
            | Self::Creeping { .. } => Status::Stalled,
            Self::Rises { .. }
            | Self::Overflow { .. }
            | Self::NoValue { .. }
            | Self::NoSlope { .. }
            | Self::LossOverflow { .. } => Status::Diverged,
            Self::Limit { .. } => Status::Paused,
        }
    }

    /// The cause and, where there is something to do about it, what: one to three sentences.
    #[must_use]
    pub fn reason(&self) -> String {
        let either = |helps: bool, rate: &'static str, other: &'static str| if helps { rate } else { other };
        let falls = |parameter: &str, kind: &str| {
            format!(
                "The slope is almost zero, but along {parameter} the ground falls away on both sides: this is {kind}, no valley floor. Move it a little and go on."
            )
        };
        match self {
            Self::Floor { tolerances } => floor(tolerances),
            Self::Hovering { within } => {
                format!("The steps go to and fro across a valley floor that is nearer than {within:.1e}.")
            }
            Self::Summit { parameter } => falls(parameter, "a summit"),
            Self::Saddle { parameter } => falls(parameter, "a saddle"),
            Self::Plateau { rate_helps } => format!(
                "The ground is almost flat here and the steps hardly move: this is a plateau, no valley floor. {}",
                either(*rate_helps, "Try a larger learning rate or another start.", "Try another start.")
            ),
            Self::Flat => {
                "The ground is flat here: without a slope there is no direction to step in. Choose another start."
                    .to_owned()
            }
            Self::TooShort { rate_helps } => format!(
                "The step is too short to change the numbers. {}",
                either(*rate_helps, "Choose a larger learning rate.", "Choose another start.")
            ),
            Self::Creeping { steps, changed, left } => format!(
                "The last {steps} steps together changed the loss by {changed:.1e} of itself, though the ground still falls: by its slope and curvature here about {} of the loss is still to be had.",
                share(*left)
            ),
            Self::Rises { count, rate_helps } => {
                format!("The loss has grown {} steps in a row. {}", counted(*count), halve(*rate_helps))
            }
            Self::Overflow { rate_helps } => {
                format!("The next step is too long for any number to hold. {}", halve(*rate_helps))
            }
            Self::NoValue { rate_helps } => format!(
                "The next step lands where the loss has no value. {}",
                either(*rate_helps, SMALLER, "Choose another start.")
            ),
            Self::NoSlope { rate_helps } => format!(
                "The next step lands where the loss has no finite slope. {}",
                either(*rate_helps, SMALLER, "Choose another start.")
            ),
            Self::LossOverflow { rate_helps: true } => {
                format!("The loss at the next step is too large for any number to hold. {}", halve(true))
            }
            Self::LossOverflow { rate_helps: false } => {
                format!("The loss at the next step is beyond any number. {}", halve(false))
            }
            Self::Limit { steps } => format!(
                "This run has taken {steps} steps, the most that a run may have. Step back or begin anew to go on."
            ),
        }
    }
}

const SMALLER: &str = "Choose a smaller learning rate or another start.";

fn halve(rate_helps: bool) -> &'static str {
    if rate_helps { "Halve the learning rate and try again." } else { "Choose another start." }
}

fn floor(tolerances: &Tolerances) -> String {
    let start = "The slope is almost zero, so there is nowhere further down from here.";
    match tolerances.units {
        None => format!(
            "{start} The gradient is below {:e} of its largest and the step below {:e}.",
            tolerances.gradient, tolerances.step
        ),
        Some(units) => format!(
            "{start} The gradient is below {:.1e} and the step below {:.1e}.",
            tolerances.gradient * units.slope,
            tolerances.step * units.place
        ),
    }
}

fn counted(count: u32) -> String {
    match count {
        5 => "five".to_owned(),
        10 => "ten".to_owned(),
        other => other.to_string(),
    }
}

fn share(part: f64) -> String {
    let percent = part * 100.0;
    if percent >= 1.0 { format!("{percent:.0} %") } else { format!("{percent:.2} %") }
}
