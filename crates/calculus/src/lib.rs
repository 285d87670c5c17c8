//! Formulas: parse, print, differentiate, simplify, evaluate, check answers.

mod error;
mod evaluate;
mod expression;
pub mod function;
pub mod graph;
pub mod math;
mod print;
pub mod syntax;

pub use error::{ErrorCode, FormulaError, Note};
pub use expression::{Expression, parse, parse_with};
