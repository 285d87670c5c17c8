//! `calculus`.
