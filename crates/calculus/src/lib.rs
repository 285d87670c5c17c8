//! Formulas: read, printed, differentiated with worked steps, simplified, evaluated, drawn, and checked as answers.
//!
//! # What a formula is
//!
//! [`parse`] reads what a learner types: `2x`, `sin^2(x)`, `|x|`, `x²`, `π`. It keeps two things: the faithful tree of what was
//! typed ([`syntax::Tree`]) and what it means, a graph in which equal parts are one node ([`graph::Graph`]).
//!
//! ```
//! let loss = calculus::parse("(w*x + b - y)^2")?;
//! assert_eq!(loss.variables(), ["w", "x", "b", "y"]);
//! assert_eq!(loss.evaluate(&[2.0, 3.0, 1.0, 5.0]), 4.0);
//! assert_eq!(loss.latex(), r"\left(w x + b - y\right)^{2}");
//! # Ok::<(), calculus::FormulaError>(())
//! ```
//!
//! A mistake is data: a code, a sentence, a hint, and the bytes it concerns.
//!
//! ```
//! let error = calculus::parse("2*sni(x)").unwrap_err();
//! assert_eq!(error.message, "I do not know “sni”.");
//! assert_eq!((error.code.as_str(), error.start, error.end), ("E_NAME", 2, 5));
//! ```
//!
//! Numbers are real. Where a part has no finite value, neither has the whole: `atan(1/x)` is undefined at 0.
//!
//! # How it is differentiated
//!
//! [`Expression::derivative`] applies the rules once over the graph, from the parts to the whole, and simplifies the result to
//! what one would write on the board. [`Expression::derivation_steps`] tells the same derivation rule by rule.
//!
//! ```
//! let formula = calculus::parse("x^2*sin(x)")?;
//! assert_eq!(formula.derivative("x")?.text(), "2*x*sin(x) + x^2*cos(x)");
//! for step in formula.derivation_steps("x")? {
//!     println!("{}: {} becomes {}. {}", step.title, step.before, step.after, step.explanation);
//! }
//! # Ok::<(), calculus::FormulaError>(())
//! ```
//!
//! A derivative is defined nowhere but where its function is, and not at corners:
//!
//! ```
//! let slope = calculus::parse("ln(x)")?.derivative("x")?;
//! assert_eq!(slope.text(), "1/x");
//! assert!(slope.evaluate(&[-1.0]).is_nan(), "ln has no value at -1");
//! # Ok::<(), calculus::FormulaError>(())
//! ```
//!
//! # How automatic differentiation differs
//!
//! It never makes a formula. It carries numbers through the same graph: forward, a value and a slope together ([`Dual`]), or
//! backward from the result, one sweep for all variables at once ([`Expression::gradient`]). That is how models are trained,
//! and its cost does not grow with the number of variables. At a corner it must return some number, and returns the
//! subgradient of least size; [`Expression::slope`] gives both answers side by side.
//!
//! ```
//! let corner = calculus::parse("abs(x)")?;
//! assert_eq!(corner.gradient(&[0.0]).gradient, [0.0]);
//! let slope = corner.slope(0, &[0.0]);
//! assert_eq!((slope.derivative, slope.left, slope.right), (None, Some(-1.0), Some(1.0)));
//! # Ok::<(), calculus::FormulaError>(())
//! ```
//!
//! # Whether an answer is right
//!
//! [`check_derivative`] compares by meaning, never by text, and names the likeliest mistake.
//!
//! ```
//! let check = calculus::check_derivative("sin(x^2)", "x", "cos(x^2)")?;
//! assert_eq!(check.verdict, calculus::Verdict::Incorrect);
//! let mistake = check.mistake.unwrap();
//! assert_eq!(mistake.message, "Chain rule: multiply by the derivative of the inside of sin(x^2).");
//! # Ok::<(), calculus::FormulaError>(())
//! ```

#![forbid(unsafe_code)]

mod answers;
pub mod autodiff;
mod change;
mod differentiate;
mod error;
mod evaluate;
mod expression;
mod fault;
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
pub mod sort;
pub mod spelling;
pub mod syntax;

pub use answers::{AnswerCheck, Counterexample, Mistake, Verdict, check_answer, check_derivative};
pub use autodiff::{Dual, Gradient, Hessian, Tape, TapeEntry};
pub use change::Change;
pub use differentiate::DerivationStep;
pub use error::{ErrorCode, FormulaError, Note};
pub use expression::{Expression, parse, parse_with};
pub use fault::{Fault, Instead, Remark};
pub use plot::{End, Piece, Plot, View};
pub use print::Notation;
pub use slope::Slope;
