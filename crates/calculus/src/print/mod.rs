//! Trees on paper: plain text that reads back as the same tree, LaTeX, and MathML.

mod layout;
mod text;
mod unfold;

pub(crate) use unfold::unfold;

use crate::Expression;
use crate::graph::Constant;
use crate::syntax::{Operator, Term, TermId, Tree};

/// Most terms that are printed of one formula. A derivative shares its parts, its text cannot; beyond this a part becomes "…".
/// Guessed: a megabyte of text serves nobody.
const MOST_PRINTED: usize = 50_000;

/// How tightly a term holds together, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Level {
    Whole,
    Sum,
    Product,
    Power,
    Atom,
}

/// How a language writes what is no mathematics in a typeset formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notation {
    /// Before the decimals of a number.
    pub decimal: &'static str,
    /// Between the arguments of a function.
    pub separator: &'static str,
    /// Before the condition of a case, and in place of the last one.
    pub cases: [&'static str; 2],
}

impl Notation {
    /// `1.5`, `max(a, b)`, if and otherwise.
    pub const ENGLISH: Notation = Notation { decimal: ".", separator: ",", cases: ["if", "otherwise"] };
}

impl Expression {
    /// What was typed; of a formula that was derived, what one would type for it.
    pub fn tree(&self) -> &Tree {
        self.inner.tree.get_or_init(|| unfold(&self.inner.graph, self.inner.root))
    }

    /// The formula as plain text, as one would type it. Reading it back gives the same formula.
    ///
    /// ```
    /// assert_eq!(calculus::parse("2x  +((1))")?.text(), "2x + 1");
    /// # Ok::<(), calculus::FormulaError>(())
    /// ```
    pub fn text(&self) -> String {
        text::text(self.tree(), self.variables())
    }

    /// The formula as LaTeX, without the dollar signs.
    ///
    /// ```
    /// assert_eq!(calculus::parse("x^2/2")?.latex(), r"\frac{x^{2}}{2}");
    /// # Ok::<(), calculus::FormulaError>(())
    /// ```
    pub fn latex(&self) -> String {
        layout::latex(self.tree(), self.variables())
    }

    /// The formula as a whole `<math>` element of MathML Core. Products and applications carry their invisible signs, so a
    /// screen reader speaks them.
    pub fn mathml(&self) -> String {
        self.mathml_in(&Notation::ENGLISH)
    }

    /// The same as another language writes it.
    pub fn mathml_in(&self, notation: &Notation) -> String {
        layout::mathml(self.tree(), self.variables(), notation)
    }
}

/// A tree as plain text.
pub(crate) fn tree_text(tree: &Tree, names: &[String]) -> String {
    text::text(tree, names)
}

/// How many numbers, letters and operations a tree has when it is written out, up to the most that are printed. A
/// minus sign does not count.
pub(crate) fn weight(tree: &Tree) -> usize {
    let mut weights: Vec<usize> = Vec::with_capacity(tree.terms().len());
    for term in tree.terms() {
        let of = |id: TermId| weights.get(id as usize).copied().unwrap_or(0);
        let weight = match *term {
            Term::Number(_) | Term::Constant(_) | Term::Variable(_) | Term::Elided => 1,
            Term::Negate(a) => of(a),
            Term::Plus(a) | Term::Bars(a) => 1 + of(a),
            Term::Binary(_, a, b) => 1 + of(a) + of(b),
            Term::Call { first, count, .. } => {
                1 + (first..first + count).map(|at| of(tree.argument(at))).sum::<usize>()
            }
            Term::CallPower(_, _, a) => 3 + of(a),
            Term::If(_, first) => 1 + (first..first + 4).map(|at| of(tree.argument(at))).sum::<usize>(),
        };
        weights.push(weight.min(MOST_PRINTED));
    }
    weights.last().copied().unwrap_or(0)
}

/// The shortest decimal that reads back as the same number.
pub(crate) fn number(value: f64) -> String {
    let mut text = format!("{value:?}");
    if text.ends_with(".0") {
        text.truncate(text.len() - 2);
    }
    text
}

fn constant_name(constant: Constant) -> &'static str {
    match constant {
        Constant::Pi => "pi",
        Constant::E => "e",
    }
}

/// The leftmost (or rightmost) term of a chain of products, quotients and powers.
fn outermost(tree: &Tree, mut id: TermId, left: bool) -> Term {
    loop {
        match tree.term(id) {
            Term::Binary(operator, a, b) if operator != Operator::Add && operator != Operator::Subtract => {
                id = if left { a } else { b };
            }
            term => return term,
        }
    }
}
