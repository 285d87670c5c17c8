//! The descent widget from outside: what a learner does, what is read out, what is drawn.

// In tests a failed expectation is the report; helpers outside of test functions are tests too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod advice;
mod charts;
mod core;
mod learner;
mod links;
mod pictures;
mod properties;
mod speed;
