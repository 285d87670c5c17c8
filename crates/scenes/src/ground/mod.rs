//! Ground to stand on: a function of one variable, its value and slope anywhere and which part of it is worth looking at; and the loss of
//! a line over dots.

mod curve;
mod fit;
mod landscape;
mod site;
pub mod sketch;
mod stretches;
mod typed;
mod window;
mod words;

pub use curve::{Curve, DEFAULT_FORMULA, Ground, Mistake, Slope, Why};
pub use fit::{Basis, Fit, LARGEST_PARAMETER, Line, pair};
pub use landscape::{Landscape, SHORTEST_HISTORY, Valley, undrawable};
pub use site::Site;
pub use sketch::{Spot, Verdict};
pub use stretches::Stretches;
pub use typed::Typed;
pub(crate) use window::Window;
pub use words::GroundWords;
