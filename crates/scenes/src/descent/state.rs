//! What a link carries, what a page asks for at the start, and what a learner may set.

use serde::{Deserialize, Serialize};

use super::walk::{Move, OptimizerKind};

/// The version this code writes, and the only one it reads.
pub const VERSION: u32 = 1;

/// What a page asks for at the start. Everything has a default; nonsense is passed over.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct DescentConfig {
    /// A formula of one variable.
    pub formula: Option<String>,
    /// Where the ball starts.
    pub start: Option<f64>,
    /// The learning rate, above 0.
    pub learning_rate: Option<f64>,
    /// The optimiser.
    pub optimizer: Option<OptimizerKind>,
    /// The stretch of the parameter to show; chosen by looking at the curve if absent.
    pub domain: Option<(f64, f64)>,
    /// Whether the curve is hidden.
    pub blindfold: Option<bool>,
}

/// Everything needed to show the scene again, to the bit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DescentState {
    /// [`VERSION`].
    pub version: u32,
    /// The formula, as typed.
    pub formula: String,
    /// Where a reset leads; chosen by looking at the curve if absent.
    #[serde(default)]
    pub home: Option<f64>,
    /// The stretch shown, if it was asked for.
    #[serde(default)]
    pub domain: Option<(f64, f64)>,
    /// The learning rate.
    pub learning_rate: f64,
    /// The optimiser.
    pub optimizer: OptimizerKind,
    /// Whether the curve is hidden.
    #[serde(default)]
    pub blindfold: bool,
    /// Where the walk began.
    pub start: f64,
    /// Every move since.
    #[serde(default)]
    pub moves: Vec<Move>,
    /// Whether one step more was asked for and could not be taken.
    #[serde(default)]
    pub refused: bool,
}

/// A named setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", content = "value", rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum DescentSetting {
    /// Another formula, as typed.
    Formula(String),
    /// Another home: the ball goes there, and so does a reset.
    At(f64),
    /// The learning rate.
    LearningRate(f64),
    /// The optimiser.
    Optimizer(OptimizerKind),
    /// The stretch shown; none to choose by looking at the curve.
    Domain(Option<(f64, f64)>),
    /// Whether the curve is hidden.
    Blindfold(bool),
    /// The button of a notice, by its id.
    Act(String),
}

/// Why a state cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StateError {
    /// Written by another version.
    Version(u32),
    /// The formula cannot be read: the mistake in words.
    Formula(String),
    /// A number that is not finite or not in its range: which.
    Number(&'static str),
    /// The moves cannot be walked again: why.
    Moves(String),
}

impl core::fmt::Display for StateError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Version(found) => {
                write!(f, "This was saved by version {found}; this page reads version {VERSION}.")
            }
            Self::Formula(message) => write!(f, "The saved formula cannot be read. {message}"),
            Self::Number(which) => write!(f, "The saved {which} is not a number that can be used."),
            Self::Moves(why) => write!(f, "The saved walk cannot be walked again: {why}."),
        }
    }
}

impl core::error::Error for StateError {}
