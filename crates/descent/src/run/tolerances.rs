//! When slope and step count as zero.

use serde::{Deserialize, Serialize};

/// When slope and step count as zero.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Tolerances {
    /// The largest entry of the gradient, as a share of the slope of [`Tolerances::units`]; without them as a share of the largest seen
    /// in the run or of 1, whichever is more.
    pub gradient: f64,
    /// The largest change of a parameter in a step, as a share of the place of [`Tolerances::units`]; without them as a share of the
    /// largest parameter or of 1, whichever is more.
    pub step: f64,
    /// What the shares are of: the size of a picture, so that what cannot be seen in it counts as nothing.
    pub units: Option<Units>,
}

/// How far and how steep is much: the width of a picture and the slope of its diagonal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Units {
    /// A distance in units of the parameters, above 0.
    pub place: f64,
    /// A slope in units of the gradient, above 0.
    pub slope: f64,
}

impl Default for Tolerances {
    fn default() -> Self {
        Self { gradient: 1e-8, step: 1e-8, units: None }
    }
}

impl Tolerances {
    /// The slope up to which the ground counts as level; `steepest` is the largest entry of a gradient so far.
    pub(super) fn level(&self, steepest: f64) -> f64 {
        self.gradient * self.units.map_or(steepest.max(1.0), |units| units.slope)
    }

    /// The move up to which a step counts as rest; `largest` is the largest parameter.
    pub(super) fn rest(&self, largest: f64) -> f64 {
        self.step * self.units.map_or(largest.max(1.0), |units| units.place)
    }
}
