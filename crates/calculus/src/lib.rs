//! Formulas: parse, print, differentiate, simplify, evaluate, check answers.

mod error;
mod evaluate;
mod expression;
pub mod function;
mod germ;
pub mod graph;
pub mod math;
mod operate;
mod print;
pub mod program;
pub mod syntax;

pub use error::{ErrorCode, FormulaError, Note};
pub use expression::{Expression, parse, parse_with};
