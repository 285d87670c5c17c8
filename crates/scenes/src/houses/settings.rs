//! What a page, a learner or a link may set.

use serde::{Deserialize, Serialize};

use super::walk::Leg;
pub use crate::descent::OptimizerKind;

/// What a page asks for at the start. Whatever is absent, unknown or not finite keeps its default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct HousesConfig {
    /// The name of a built-in table: `ames`.
    pub data: Option<String>,
    /// The column the line guesses from.
    pub feature: Option<String>,
    /// η.
    pub learning_rate: Option<f64>,
    /// Which optimiser.
    pub optimizer: Option<OptimizerKind>,
    /// Whether the feature is standardised before learning; it is unless told otherwise.
    pub standardize: Option<bool>,
    /// Where the line begins: [slope, intercept] in the units of the data. Both 0 unless told otherwise.
    pub start: Option<[f64; 2]>,
    /// Which house is called out, from 0.
    pub house: Option<usize>,
    /// Whether misses are drawn.
    pub misses: Option<bool>,
}

/// The named settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", content = "value", rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum HousesSetting {
    /// The column the line guesses from.
    Feature(String),
    /// The column it guesses.
    Target(String),
    /// η; only a number above 0 is taken.
    LearningRate(f64),
    /// Which optimiser.
    Optimizer(OptimizerKind),
    /// Whether the feature is standardised before learning.
    Standardize(bool),
    /// The slope of the line, in the units of the data.
    Slope(f64),
    /// The height of the line where the feature is 0, in the units of the data.
    Intercept(f64),
    /// Which house is called out, from 0.
    House(usize),
    /// Whether misses are drawn.
    Misses(bool),
    /// A table of the learner's own.
    Data {
        /// What it is called, such as the name of the file.
        label: String,
        /// The text of the table.
        text: String,
    },
    /// Back to the sales of Ames.
    AmesData,
    /// The least-squares line at once.
    JumpToExact,
    /// The button of a notice was pressed.
    Act(String),
}

/// The version of [`HousesState`] written here.
pub const STATE_VERSION: u32 = 1;

/// Everything needed to show the scene again. What a learner brought is not in it: a table of one's own never enters a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct HousesState {
    /// [`STATE_VERSION`].
    pub version: u32,
    /// `ames`, or `own` for a table that stays with the learner.
    pub data: String,
    /// The column the line guesses from.
    pub feature: String,
    /// The column it guesses.
    pub target: String,
    /// Whether the feature is standardised.
    pub standardize: bool,
    /// Which optimiser takes the next step.
    pub optimizer: OptimizerKind,
    /// η of the next step.
    pub learning_rate: f64,
    /// The parameters at the start of the walk, in the basis that `standardize` names.
    pub start: [f64; 2],
    /// The steps taken since.
    pub legs: Vec<Leg>,
    /// Houses that were moved.
    pub edits: Vec<Edit>,
    /// Which house is called out, from 0.
    pub house: usize,
    /// Whether misses are drawn.
    pub misses: bool,
}

/// A house that was moved.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Edit {
    /// Which one, from 0.
    pub house: usize,
    /// Its new feature.
    pub x: f64,
    /// Its new target.
    pub y: f64,
}

/// The most houses a learner can move, so that a link stays short.
pub const MOST_EDITS: usize = 100;

/// The largest parameter a walk can begin with: its square leaves room for the loss.
pub const LARGEST_PARAMETER: f64 = 1e100;

/// Why a state cannot be shown.
#[derive(Clone, Debug, PartialEq)]
pub enum StateError {
    /// Written by another version.
    Version {
        /// The version it names.
        got: u32,
    },
    /// It names a table that is not here.
    Data {
        /// The name.
        got: String,
    },
    /// It names columns that are not here, or one as both.
    Columns(super::data::DataError),
    /// A number is not finite or out of range.
    Number {
        /// Which one.
        field: &'static str,
    },
    /// More steps or moved houses than a scene keeps, or a walk that runs away.
    Walk,
}

impl core::fmt::Display for StateError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Version { got } => {
                write!(f, "This link has version {got}; only version {STATE_VERSION} can be shown here.")
            }
            Self::Data { got } => write!(f, "This link names the table “{got}”, which is not here."),
            Self::Columns(error) => error.fmt(f),
            Self::Number { field } => write!(f, "This link has a number in “{field}” that cannot be used."),
            Self::Walk => write!(f, "This link asks for more steps than can be replayed."),
        }
    }
}

impl core::error::Error for StateError {}
