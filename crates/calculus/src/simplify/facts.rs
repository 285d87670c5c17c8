//! What is known of a node for every value of the variables: enough to tell whether dropping it would change a domain.

use crate::function::Function;
use crate::graph::{Graph, Node, NodeId};

/// Defined for all real inputs, and not the kind that overflows a double on the way (no exponentials).
pub(crate) const TOTAL: u8 = 1;
/// Never negative where it is defined.
pub(crate) const NONNEGATIVE: u8 = 2;
/// Never zero where it is defined.
pub(crate) const NONZERO: u8 = 4;

const POSITIVE: u8 = NONNEGATIVE | NONZERO;

/// Facts about the nodes of a graph, worked out as they are asked for.
#[derive(Default)]
pub(crate) struct Facts {
    known: Vec<u8>,
}

impl Facts {
    /// Whether all of `facts` hold for a node.
    pub fn hold(&mut self, graph: &Graph, id: NodeId, facts: u8) -> bool {
        while self.known.len() <= id.index() {
            let node = graph.node(NodeId(self.known.len() as u32));
            let facts = self.of(graph, node);
            self.known.push(facts);
        }
        self.at(id) & facts == facts
    }

    fn at(&self, id: NodeId) -> u8 {
        self.known.get(id.index()).copied().unwrap_or(0)
    }

    fn of(&self, graph: &Graph, node: Node) -> u8 {
        // `keep` is what of `a` carries over; `both` what holds of two.
        let keep = |a: NodeId, facts: u8| self.at(a) & facts;
        let both = |a: NodeId, b: NodeId, facts: u8| self.at(a) & self.at(b) & facts;
        let has = |a: NodeId, facts: u8| self.at(a) & facts == facts;
        match node {
            Node::Number(v) => {
                u8::from(v.is_finite()) * TOTAL + u8::from(v >= 0.0) * NONNEGATIVE + u8::from(v != 0.0) * NONZERO
            }
            Node::Constant(_) => TOTAL | POSITIVE,
            Node::Variable(_) => TOTAL,
            Node::Negate(a) => keep(a, TOTAL | NONZERO),
            Node::Add(a, b) => {
                let positive = both(a, b, NONNEGATIVE) != 0 && (has(a, NONZERO) || has(b, NONZERO));
                both(a, b, TOTAL | NONNEGATIVE) | if positive { NONZERO } else { 0 }
            }
            Node::Subtract(a, b) => both(a, b, TOTAL),
            Node::Multiply(a, b) => both(a, b, TOTAL | POSITIVE) | if a == b { NONNEGATIVE } else { 0 },
            Node::Divide(a, b) => {
                let total = if has(b, NONZERO) { both(a, b, TOTAL) } else { 0 };
                both(a, b, NONNEGATIVE) | total | keep(a, NONZERO)
            }
            Node::Power(a, b) => match graph.as_number(b) {
                Some(k) if k == k.trunc() => {
                    let total = if k >= 0.0 || has(a, NONZERO) { keep(a, TOTAL) } else { 0 };
                    let even = if k % 2.0 == 0.0 { NONNEGATIVE } else { 0 };
                    total | even | keep(a, POSITIVE)
                }
                Some(k) => {
                    let defined = has(a, if k > 0.0 { NONNEGATIVE } else { POSITIVE });
                    NONNEGATIVE | keep(a, NONZERO) | if defined { keep(a, TOTAL) } else { 0 }
                }
                None if has(a, NONNEGATIVE) => keep(a, POSITIVE),
                None => 0,
            },
            Node::RationalPower(a, p, _) => {
                let total = if p > 0 || has(a, NONZERO) { keep(a, TOTAL) } else { 0 };
                total | keep(a, POSITIVE) | if p % 2 == 0 { NONNEGATIVE } else { 0 }
            }
            Node::Call(function, a) => {
                use Function::*;
                match function {
                    Sin | Cos | Atan | Asinh | Erf | Floor | Ceil | Round | Sinc => keep(a, TOTAL),
                    Tanh | Sign | Cbrt => keep(a, TOTAL | POSITIVE),
                    Abs => keep(a, TOTAL | NONZERO) | NONNEGATIVE,
                    Step | Relu => keep(a, TOTAL) | NONNEGATIVE,
                    Sigmoid | Sech | Softplus => keep(a, TOTAL) | POSITIVE,
                    Exp | Cosh => POSITIVE,
                    Ln | Log10 | Log2 if has(a, POSITIVE) => keep(a, TOTAL),
                    Sqrt => NONNEGATIVE | keep(a, NONZERO) | if has(a, NONNEGATIVE) { keep(a, TOTAL) } else { 0 },
                    _ => 0,
                }
            }
            Node::Call2(function, a, b) => match function {
                Function::Max => {
                    let one = (self.at(a) | self.at(b)) & NONNEGATIVE;
                    both(a, b, TOTAL | POSITIVE) | one
                }
                Function::Min => both(a, b, TOTAL | POSITIVE),
                Function::Hypot => both(a, b, TOTAL) | NONNEGATIVE,
                Function::LogSumExp => both(a, b, TOTAL),
                _ => 0,
            },
            Node::If(_, a, b, then, otherwise) => {
                let condition = both(a, b, TOTAL);
                both(then, otherwise, POSITIVE) | (both(then, otherwise, TOTAL) & condition)
            }
        }
    }
}
