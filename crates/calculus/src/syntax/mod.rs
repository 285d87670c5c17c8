//! What was typed: the faithful tree, and how text becomes one.
//!
//! The tree keeps what the normal form forgets: `2x` and `2*x`, `sin^2(x)` and `sin(x)^2`, the order of terms. Only
//! spaces, redundant brackets and spellings of the same number are gone, so printing a tree and reading it back gives the
//! same tree.

mod lexer;
mod lower;
mod names;
mod parser;

pub(crate) use lower::{gcd, lower};
pub(crate) use parser::read;

/// The Greek letter that a name spells out.
pub(crate) fn greek_letter(name: &str) -> Option<char> {
    names::spelled(name)
}

/// The spelled-out name of a Greek letter, which LaTeX shares.
pub(crate) fn greek_name(letter: char) -> Option<&'static str> {
    names::GREEK.iter().find(|(known, _)| *known == letter).map(|(_, name)| *name)
}

use crate::function::Callable;
use crate::graph::{Constant, Relation};

/// Most bytes of text that are read.
pub const MOST_BYTES: usize = 4096;
/// Deepest nesting of brackets, signs and exponents that is read. Guessed: no formula on a board comes near, and the parser's
/// recursion at this depth stays under 100 kB of stack.
pub const MOST_NESTING: usize = 128;
/// Most nodes of a typed tree.
pub const MOST_TYPED_NODES: usize = 2_000;
/// Most nodes of a normal form after differentiation.
pub const MOST_NODES: usize = 50_000;

/// A place in a [`Tree`].
pub type TermId = u32;

/// An operator between two terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// Nothing written, read as `*`.
    Juxtapose,
    /// `/`
    Divide,
    /// `^`
    Power,
}

/// One term as it was typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Term {
    /// A number, never negative.
    Number(f64),
    /// π or e.
    Constant(Constant),
    /// The variable at this place of the formula's variables.
    Variable(u32),
    /// A minus sign before a term.
    Negate(TermId),
    /// A plus sign before a term.
    Plus(TermId),
    /// Two terms and what stands between them.
    Binary(Operator, TermId, TermId),
    /// A function and its arguments: `count` places in [`Tree::arguments`] from `first`.
    Call {
        /// What is called.
        callable: Callable,
        /// Where its arguments begin.
        first: u32,
        /// How many there are.
        count: u32,
    },
    /// `sin^2(x)`: function, exponent, argument.
    CallPower(Callable, u32, TermId),
    /// `|x|`
    Bars(TermId),
    /// `if(a < b, then, otherwise)`: the relation and four places in [`Tree::arguments`].
    If(Relation, u32),
    /// A part left out because the whole is too long to show; never typed.
    Elided,
}

/// What was typed. Terms stand in one vector, parts before wholes; the last is the whole.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub(crate) terms: Vec<Term>,
    /// For each term, its bytes in the text.
    pub(crate) spans: Vec<(u32, u32)>,
    pub(crate) arguments: Vec<TermId>,
}

impl Tree {
    /// The terms, parts before wholes; the last is the whole.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The arguments that calls refer to.
    pub fn arguments(&self) -> &[TermId] {
        &self.arguments
    }

    /// The whole.
    pub fn root(&self) -> TermId {
        (self.terms.len() as u32).saturating_sub(1)
    }

    pub(crate) fn term(&self, id: TermId) -> Term {
        self.terms.get(id as usize).copied().unwrap_or(Term::Elided)
    }

    pub(crate) fn argument(&self, place: u32) -> TermId {
        self.arguments.get(place as usize).copied().unwrap_or(0)
    }

    pub(crate) fn span(&self, id: TermId) -> (u32, u32) {
        self.spans.get(id as usize).copied().unwrap_or((0, 0))
    }

    pub(crate) fn push(&mut self, term: Term, start: usize, end: usize) -> TermId {
        self.terms.push(term);
        self.spans.push((start as u32, end as u32));
        self.terms.len() as u32 - 1
    }
}

impl PartialEq for Tree {
    /// Whether the same terms stand in the same order; where they stood in the text is no matter.
    fn eq(&self, other: &Tree) -> bool {
        self.terms == other.terms && self.arguments == other.arguments
    }
}
