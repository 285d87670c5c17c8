//! A function of one variable as ground to stand on: its value and slope anywhere, and which part of it is worth looking at.

mod curve;
mod landscape;
mod sketch;
mod stretches;
mod typed;

pub use curve::{Curve, DEFAULT_FORMULA, Ground, Slope};
pub use landscape::{Landscape, Valley, undrawable};
pub use sketch::{Spot, Verdict};
pub use stretches::Stretches;
pub use typed::Typed;
