//! Learning: tables of data, loss functions, optimisers, linear regression and neural networks.
//!
//! Four things are kept apart. A **problem** has parameters, a value and a gradient: a formula, a regression, a
//! network. A **solver** ([`optimizer::Optimizer`]) turns a gradient into a step. The **state** of a run is a history
//! that can be stepped, stepped back, scrubbed, forked and replayed bit for bit. An **observer** is whoever reads it.
//!
//! Nothing here knows a clock, a file, a page or global randomness: what depends on chance takes a seed. A number that reaches the
//! caller is finite; what is not finite becomes a status with a reason in words.
#![forbid(unsafe_code)]

pub mod batches;
pub mod cost;
pub mod data;
pub mod error;
pub mod export;
mod linear;
pub mod loss;
pub mod matrix;
pub mod network;
pub mod number;
pub mod optimizer;
pub mod problem;
pub mod random;
pub mod regression;
pub mod run;
mod sums;
pub mod table;

pub use error::DescentError;
