//! What holds for every widget of the catalog, those to come included.

// In tests a failed expectation is the report; helpers outside of test functions are tests too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod inputs;
mod languages;
mod layers;
mod links;
mod maps;
mod settings;
mod tables;
mod undo;
