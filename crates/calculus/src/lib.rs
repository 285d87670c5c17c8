//! Formulas: parse, print, differentiate, simplify, evaluate, check answers.

#![forbid(unsafe_code)]

mod answers;
pub mod autodiff;
mod differentiate;
mod error;
mod evaluate;
mod expression;
pub mod function;
mod germ;
pub mod graph;
pub mod interval;
pub mod math;
mod operate;
mod plot;
mod print;
pub mod program;
mod simplify;
mod slope;
pub mod syntax;

pub use answers::{AnswerCheck, Counterexample, Mistake, Verdict, check_answer, check_derivative};
pub use autodiff::{Dual, Gradient, Hessian, Tape, TapeEntry};
pub use differentiate::DerivationStep;
pub use error::{ErrorCode, FormulaError, Note};
pub use expression::{Expression, parse, parse_with};
pub use plot::{End, Piece, Plot, View};
pub use slope::Slope;
