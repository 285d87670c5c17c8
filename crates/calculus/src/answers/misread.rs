//! What an answer would mean with brackets somewhere else: `1/2*sqrt(x)` may have been meant as `1/(2*sqrt(x))`.

use crate::Expression;
use crate::expression::of_tree;
use crate::syntax::{Operator, Term, TermId, Tree};

/// The answer with one pair of brackets added, in every way that is a likely slip.
pub(super) fn readings(answer: &Expression) -> Vec<Expression> {
    let tree = answer.tree();
    let mut readings = Vec::new();
    for (index, term) in tree.terms().iter().enumerate() {
        let Term::Binary(outer, left, right) = *term else { continue };
        let regroup = |outer, inner| Regroup { at: index as TermId, outer, inner, left, right };
        match (outer, tree.term(left), tree.term(right)) {
            // a/b*c for a/(b*c), u^a*b for u^(a*b)
            (Operator::Multiply | Operator::Juxtapose | Operator::Divide, Term::Binary(inner, a, b), _)
                if matches!(inner, Operator::Divide | Operator::Power) =>
            {
                readings.push(regroup(inner, outer).apply(tree, a, b, right));
            }
            // a + b/c for (a + b)/c, a + b*c for (a + b)*c
            (Operator::Add | Operator::Subtract, _, Term::Binary(inner, b, c)) if inner != Operator::Add => {
                readings.push(regroup(inner, outer).apply_left(tree, left, b, c));
            }
            // a/b + c for a/(b + c)
            (Operator::Add | Operator::Subtract, Term::Binary(inner, a, b), _) if inner != Operator::Add => {
                readings.push(regroup(inner, outer).apply(tree, a, b, right));
            }
            _ => {}
        }
    }
    readings.into_iter().map(|tree| of_tree(tree, answer)).collect()
}

struct Regroup {
    at: TermId,
    outer: Operator,
    inner: Operator,
    left: TermId,
    right: TermId,
}

impl Regroup {
    /// a outer (b inner c)
    fn apply(self, tree: &Tree, a: TermId, b: TermId, c: TermId) -> Tree {
        self.rebuild(tree, |tree| {
            let inner = tree.push(Term::Binary(self.inner, b, c), 0, 0);
            Term::Binary(self.outer, a, inner)
        })
    }

    /// (a inner b) outer c
    fn apply_left(self, tree: &Tree, a: TermId, b: TermId, c: TermId) -> Tree {
        self.rebuild(tree, |tree| {
            let inner = tree.push(Term::Binary(self.inner, a, b), 0, 0);
            Term::Binary(self.outer, inner, c)
        })
    }

    /// The tree with the term at `at` replaced. Parts must stand before wholes, so what follows is copied behind it.
    fn rebuild(&self, tree: &Tree, replace: impl FnOnce(&mut Tree) -> Term) -> Tree {
        let mut new = Tree { arguments: tree.arguments.clone(), ..Tree::default() };
        let before = self.at.max(self.left).max(self.right);
        for id in 0..before {
            new.push(tree.term(id), 0, 0);
        }
        let term = replace(&mut new);
        let moved = new.push(term, 0, 0);
        let shift = moved - self.at;
        let at = self.at;
        let map = |id: TermId| if id >= at { id + shift } else { id };
        for id in at + 1..tree.terms().len() as TermId {
            let term = match tree.term(id) {
                Term::Negate(a) => Term::Negate(map(a)),
                Term::Plus(a) => Term::Plus(map(a)),
                Term::Bars(a) => Term::Bars(map(a)),
                Term::Binary(operator, a, b) => Term::Binary(operator, map(a), map(b)),
                Term::CallPower(callable, exponent, a) => Term::CallPower(callable, exponent, map(a)),
                Term::Call { first, count, .. } => {
                    shift_arguments(&mut new, first, count, &map);
                    tree.term(id)
                }
                Term::If(_, first) => {
                    shift_arguments(&mut new, first, 4, &map);
                    tree.term(id)
                }
                leaf => leaf,
            };
            new.push(term, 0, 0);
        }
        new
    }
}

fn shift_arguments(tree: &mut Tree, first: u32, count: u32, map: &impl Fn(TermId) -> TermId) {
    for argument in tree.arguments.iter_mut().skip(first as usize).take(count as usize) {
        *argument = map(*argument);
    }
}
