//! What is said of formulas.

use calculus::{Fault, Notation, Remark};

/// Words about a formula that stands for a curve.
pub trait GroundWords {
    /// What is wrong with a formula and what to do, a sentence each.
    fn fault(&self, fault: &Fault) -> [String; 2];
    /// The same of a formula of two variables where there is room for the first.
    fn two_variables(&self, first: &str, second: &str) -> [String; 2];
    /// How a spelling was read that can be read in several ways.
    fn remark(&self, remark: &Remark) -> String;
    /// How a typeset formula is written.
    fn notation(&self) -> &'static Notation;
    /// A domain that is no stretch to be drawn.
    fn undrawable(&self) -> &'static str;
}
