//! `calculus`.

pub mod math;
