//! What is said of formulas, in English: for the most part what `calculus` says itself.

use calculus::{Fault, Notation, Remark};

use crate::ground::GroundWords;
use crate::words::En;

impl GroundWords for En {
    fn fault(&self, fault: &Fault) -> [String; 2] {
        fault.english()
    }
    fn two_variables(&self, first: &str, second: &str) -> [String; 2] {
        [
            format!("This chart has room for one parameter, and here are two: {first} and {second}."),
            format!("Write a number where {second} stands, or use {first} in both places."),
        ]
    }
    fn remark(&self, remark: &Remark) -> String {
        remark.english()
    }
    fn notation(&self) -> &'static Notation {
        &Notation::ENGLISH
    }
    fn undrawable(&self) -> &'static str {
        "domain is a stretch too thin or too far away to be drawn."
    }
}
