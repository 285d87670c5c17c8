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

impl Expression {
    pub(crate) fn tree(&self) -> &Tree {
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
        layout::mathml(self.tree(), self.variables())
    }
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
