//! The only crate that knows the browser: it hands scenes and formulas to JavaScript and holds nothing of its own.
//!
//! A call into this crate either returns or throws a JavaScript error with a `code`. It never panics on what a caller passes:
//! a panic would leave the instance poisoned, so the calls that could are denied by lint.

#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)]

mod answers;
mod boundary;
mod canvas;
mod cost;
mod expression;
mod json;
mod learning;
mod network;
mod panics;
mod regression;
mod scene;
mod theme;

pub use answers::{check_answer, check_derivative};
pub use cost::CostWorkload;
pub use expression::{Expression, parse};
pub use learning::{dataset, descend, export_run, loss};
pub use network::{Network, Training};
pub use panics::last_panic;
pub use regression::LinearRegression;
pub use scene::Scene;
