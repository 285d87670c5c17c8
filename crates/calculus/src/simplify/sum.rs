//! Sums: like terms collected, in the order they were written.

use super::Simplifier;
use super::ratio::Ratio;
use crate::function::Function;
use crate::graph::{Node, NodeId};

/// A coefficient and what it counts; nothing for a plain number.
pub(super) type Term = (Ratio, Option<NodeId>);

impl Simplifier<'_> {
    /// The sum of finished nodes, each with whether it is subtracted.
    pub(super) fn sum(&mut self, parts: &[(bool, NodeId)]) -> NodeId {
        let mut terms: Vec<Term> = Vec::with_capacity(parts.len());
        // What a part became may be a sum itself.
        let mut stack: Vec<(bool, NodeId)> = parts.iter().rev().copied().collect();
        while let Some((minus, id)) = stack.pop() {
            match self.out.node(id) {
                Node::Add(a, b) => stack.extend([(minus, b), (minus, a)]),
                Node::Subtract(a, b) => stack.extend([(!minus, b), (minus, a)]),
                _ => {
                    let (coefficient, monic) = self.split(id);
                    collect(&mut terms, if minus { coefficient.negated() } else { coefficient }, monic);
                }
            }
        }
        terms.retain(|(coefficient, monic)| !coefficient.is_zero() || monic.is_some_and(|monic| !self.may_drop(monic)));
        // A sum does not begin with a minus sign if it need not.
        if terms.first().is_some_and(|(first, _)| first.n < 0.0)
            && let Some(place) = terms.iter().position(|(coefficient, _)| coefficient.n > 0.0)
        {
            let positive = terms.remove(place);
            terms.insert(0, positive);
        }
        self.pythagoras(&mut terms);
        // The same terms in another order are the same sum, so that (1 + x)(x + 1) is a square.
        let key = terms.iter().fold(terms.len() as u64, |key, (coefficient, monic)| {
            let monic = monic.map_or(u64::MAX, |monic| u64::from(monic.0));
            let bits = coefficient.n.to_bits() ^ coefficient.d.to_bits().rotate_left(21);
            key.wrapping_add((bits ^ monic.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xff51_afd7_ed55_8ccd))
        });
        let same = |other: &[Term]| other.len() == terms.len() && other.iter().all(|term| terms.contains(term));
        if let Some((.., known)) = self.sums.iter().find(|(other, like, _)| *other == key && same(like)) {
            return *known;
        }
        let likeness = if terms.len() > 1 { terms.clone() } else { Vec::new() };
        let mut whole: Option<NodeId> = None;
        for (coefficient, monic) in terms {
            let size = Ratio { n: coefficient.n.abs(), d: coefficient.d };
            let minus = coefficient.n < 0.0;
            whole = Some(match whole {
                None => self.scale(coefficient, monic),
                Some(before) => {
                    let term = self.scale(size, monic);
                    self.out.add(if minus { Node::Subtract(before, term) } else { Node::Add(before, term) })
                }
            });
        }
        let whole = whole.unwrap_or_else(|| self.out.number(0.0));
        if !likeness.is_empty() {
            self.sums.push((key, likeness, whole));
        }
        whole
    }

    /// c·sin(u)² + c·cos(u)² is c.
    fn pythagoras(&mut self, terms: &mut Vec<Term>) {
        let square_of = |out: &crate::graph::Graph, monic: Option<NodeId>| match out.node(monic?) {
            Node::Power(base, two) if out.as_number(two) == Some(2.0) => match out.node(base) {
                Node::Call(function, u) => Some((function, u)),
                _ => None,
            },
            _ => None,
        };
        for place in 0..terms.len() {
            let Some(&(coefficient, monic)) = terms.get(place) else { return };
            let Some((Function::Sin, u)) = square_of(&self.out, monic) else { continue };
            let other = terms.iter().position(|(other, monic)| {
                *other == coefficient && square_of(&self.out, *monic) == Some((Function::Cos, u))
            });
            if let (Some(other), true) = (other, self.may_drop(u)) {
                terms.remove(place.max(other));
                terms.remove(place.min(other));
                collect(terms, coefficient, None);
                terms.retain(|(coefficient, monic)| !coefficient.is_zero() || monic.is_some());
                return;
            }
        }
    }

    /// A finished node as a coefficient times the rest.
    fn split(&mut self, id: NodeId) -> Term {
        match self.out.node(id) {
            Node::Number(value) => (Ratio::number(value), None),
            Node::Multiply(a, b) if self.is_plain(b) && self.out.as_number(a).is_some() => {
                (Ratio::number(self.out.as_number(a).unwrap_or(1.0)), Some(b))
            }
            Node::Negate(_) | Node::Multiply(..) | Node::Divide(..) => {
                let mut product = self.decompose(id);
                let coefficient = std::mem::replace(&mut product.coefficient, Ratio::ONE);
                if product.is_number() {
                    return (coefficient, None);
                }
                (coefficient, Some(self.emit(product)))
            }
            _ => (Ratio::ONE, Some(id)),
        }
    }

    /// Whether a finished node is a single factor: not a product, and nothing that carries a coefficient.
    fn is_plain(&self, id: NodeId) -> bool {
        !matches!(self.out.node(id), Node::Number(_) | Node::Negate(_) | Node::Multiply(..) | Node::Divide(..))
    }

    fn scale(&mut self, coefficient: Ratio, monic: Option<NodeId>) -> NodeId {
        match monic {
            Some(monic) if coefficient.is_one() => monic,
            Some(monic) if coefficient.d == 1.0 && self.is_plain(monic) => {
                let size = coefficient.n.abs();
                let scaled = if size == 1.0 {
                    monic
                } else {
                    let size = self.out.number(size);
                    self.out.add(Node::Multiply(size, monic))
                };
                if coefficient.n < 0.0 { self.out.add(Node::Negate(scaled)) } else { scaled }
            }
            Some(monic) => {
                let mut product = self.decompose(monic);
                product.coefficient = coefficient;
                self.emit(product)
            }
            None => {
                let mut product = self.one();
                product.coefficient = coefficient;
                self.emit(product)
            }
        }
    }
}

/// Adds a term to those it is like, if their sum can be written.
fn collect(terms: &mut Vec<Term>, coefficient: Ratio, monic: Option<NodeId>) {
    for (present, other) in terms.iter_mut() {
        if *other == monic
            && let Some(sum) = present.plus(coefficient)
        {
            *present = sum;
            return;
        }
    }
    terms.push((coefficient, monic));
}
