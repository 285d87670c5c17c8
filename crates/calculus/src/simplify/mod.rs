//! Simplifying to what one would write on the board: `2*x*cos(x^2)`, not `cos(x^2)*2*x^1*1`.
//!
//! Sums collect like terms, products collect powers, in the order they were written. Nothing is expanded. Neither value nor
//! domain changes: `x/x` keeps its hole. Where the caller keeps the domain by guards of its own (a derivative keeps its
//! function's), parts may be cancelled that would otherwise hold it.

mod call;
mod facts;
mod product;
mod ratio;
mod sum;

use std::sync::{Arc, OnceLock};

pub(crate) use facts::{Facts, NONNEGATIVE, NONZERO, TOTAL};

use crate::Expression;
use crate::expression::Inner;
use crate::graph::{Graph, Node, NodeId};

/// Most terms that are taken out of sums in sums. Sharing can make a small graph stand for an astronomically long sum; parts
/// beyond this length stay as they are. Guessed: four times the longest sum that can be typed.
const MOST_FLATTENED: u32 = 4_096;

pub(crate) struct Simplifier<'g> {
    source: &'g Graph,
    out: Graph,
    /// For each node of the source, what it became.
    places: Vec<Option<NodeId>>,
    /// For each node of the source, how many terms (of a sum) or factors (of a product) it stands for.
    lengths: Vec<u32>,
    facts: Facts,
    /// Room for walking, kept from one walk to the next.
    stack: Vec<(bool, NodeId)>,
    /// Finished sums by a key that does not depend on the order of their terms.
    sums: Vec<(u64, Vec<sum::Term>, NodeId)>,
    /// Whether the domain is kept by guards.
    guarded: bool,
}

impl<'g> Simplifier<'g> {
    pub fn new(source: &'g Graph, guarded: bool) -> Simplifier<'g> {
        let mut lengths: Vec<u32> = Vec::with_capacity(source.len());
        for node in source.nodes() {
            let of = |id: NodeId| (source.node(id), lengths.get(id.index()).copied().unwrap_or(1));
            let parts = |id, kind: fn(Node) -> bool| match of(id) {
                (node, length) if kind(node) => length,
                _ => 1,
            };
            let length = match *node {
                Node::Add(a, b) | Node::Subtract(a, b) => parts(a, is_sum).saturating_add(parts(b, is_sum)),
                Node::Multiply(a, b) | Node::Divide(a, b) => parts(a, is_product).saturating_add(parts(b, is_product)),
                Node::Negate(a) => of(a).1,
                _ => 1,
            };
            lengths.push(length);
        }
        let places = vec![None; source.len()];
        Simplifier {
            source,
            out: Graph::new(),
            places,
            lengths,
            facts: Facts::default(),
            stack: Vec::new(),
            sums: Vec::new(),
            guarded,
        }
    }

    /// Simplifies a node of the source.
    pub fn simplify(&mut self, root: NodeId) -> NodeId {
        // Downwards: which nodes are needed. Inner nodes of a sum or a product are not, only what it is made of.
        let mut needed = vec![false; root.index() + 1];
        let mark = |needed: &mut Vec<bool>, id: NodeId| {
            if let Some(flag) = needed.get_mut(id.index()) {
                *flag = true;
            }
        };
        mark(&mut needed, root);
        let mut parts = Vec::new();
        for index in (0..=root.index()).rev() {
            let id = NodeId(index as u32);
            if !needed.get(index).copied().unwrap_or(false) || self.place(id).is_some() {
                continue;
            }
            self.parts_of(id, &mut parts);
            parts.drain(..).for_each(|(_, part)| mark(&mut needed, part));
        }
        // Upwards: building.
        for (index, needed) in needed.into_iter().enumerate() {
            let id = NodeId(index as u32);
            if needed && self.place(id).is_none() {
                let built = self.build(id, &mut parts);
                if let Some(place) = self.places.get_mut(index) {
                    *place = Some(built);
                }
            }
        }
        self.placed(root)
    }

    /// Copies a node of the source as it is.
    pub fn copy(&mut self, root: NodeId) -> NodeId {
        let needed = self.source.reachable(&[root]);
        let mut places = vec![NodeId(0); root.index() + 1];
        for index in 0..=root.index() {
            if needed.get(index).copied().unwrap_or(false) {
                let node = self.source.node(NodeId(index as u32));
                let node = node.map_children(|child| places.get(child.index()).copied().unwrap_or(NodeId(0)));
                let id = self.out.add(node);
                if let Some(place) = places.get_mut(index) {
                    *place = id;
                }
            }
        }
        places.last().copied().unwrap_or(NodeId(0))
    }

    pub fn finish(self) -> Graph {
        self.out
    }

    fn place(&self, id: NodeId) -> Option<NodeId> {
        self.places.get(id.index()).copied().flatten()
    }

    fn placed(&self, id: NodeId) -> NodeId {
        self.place(id).unwrap_or(NodeId(0))
    }

    fn holds(&mut self, id: NodeId, facts: u8) -> bool {
        self.facts.hold(&self.out, id, facts)
    }

    /// Whether a part may vanish from the formula without enlarging its domain.
    fn may_drop(&mut self, id: NodeId) -> bool {
        self.guarded || self.holds(id, TOTAL)
    }

    fn build(&mut self, id: NodeId, parts: &mut Vec<(bool, NodeId)>) -> NodeId {
        match self.source.node(id) {
            Node::Number(value) => self.out.number(if value == 0.0 { 0.0 } else { value }),
            node @ (Node::Constant(_) | Node::Variable(_)) => self.out.add(node),
            node @ (Node::Add(..) | Node::Subtract(..) | Node::Multiply(..) | Node::Divide(..) | Node::Negate(_)) => {
                let negative = self.parts_of(id, parts);
                for (_, part) in parts.iter_mut() {
                    *part = self.placed(*part);
                }
                let built = if self.reads_as_sum(node) { self.sum(parts) } else { self.product(negative, parts) };
                parts.clear();
                built
            }
            Node::Power(a, b) => self.power(self.placed(a), self.placed(b)),
            Node::RationalPower(a, p, q) => self.rational_power(self.placed(a), p, q),
            Node::Call(function, a) => self.call(function, self.placed(a)),
            Node::Call2(function, a, b) => self.call2(function, self.placed(a), self.placed(b)),
            Node::If(relation, a, b, then, otherwise) => {
                let [a, b, then, otherwise] = [a, b, then, otherwise].map(|id| self.placed(id));
                if then == otherwise && self.may_drop(a) && self.may_drop(b) {
                    return then;
                }
                if a == b && self.may_drop(a) {
                    return if relation.holds(0.0, 0.0) { then } else { otherwise };
                }
                self.out.add(Node::If(relation, a, b, then, otherwise))
            }
        }
    }

    fn reads_as_sum(&self, mut node: Node) -> bool {
        while let Node::Negate(a) = node {
            node = self.source.node(a);
        }
        is_sum(node)
    }

    /// What a node is built of. For a sum: its terms, each with whether it is subtracted. For a product: its factors, each
    /// with whether it divides; then the result tells whether the product is negative. Left to right, through sums in sums
    /// and products in products.
    fn parts_of(&mut self, root: NodeId, parts: &mut Vec<(bool, NodeId)>) -> bool {
        let node = self.source.node(root);
        if !is_sum(node) && !is_product(node) {
            node.for_each_child(|child| parts.push((false, child)));
            return false;
        }
        let sum = self.reads_as_sum(node);
        let mut negative = false;
        let mut stack = std::mem::take(&mut self.stack);
        stack.push((false, root));
        while let Some((flag, id)) = stack.pop() {
            let short = id == root || self.lengths.get(id.index()).is_some_and(|length| *length <= MOST_FLATTENED);
            match self.source.node(id) {
                Node::Add(a, b) if sum && short => stack.extend([(flag, b), (flag, a)]),
                Node::Subtract(a, b) if sum && short => stack.extend([(!flag, b), (flag, a)]),
                Node::Negate(a) if sum => stack.push((!flag, a)),
                Node::Multiply(a, b) if !sum && short => stack.extend([(flag, b), (flag, a)]),
                // A quotient below a line has a hole of its own, which only guards may take over.
                Node::Divide(a, b) if !sum && short && (!flag || self.guarded) => stack.extend([(!flag, b), (flag, a)]),
                Node::Negate(a) if !sum => {
                    negative = !negative;
                    stack.push((flag, a));
                }
                _ => parts.push((flag, id)),
            }
        }
        self.stack = stack;
        negative
    }
}

fn is_sum(node: Node) -> bool {
    matches!(node, Node::Add(..) | Node::Subtract(..))
}

fn is_product(node: Node) -> bool {
    matches!(node, Node::Multiply(..) | Node::Divide(..) | Node::Negate(_))
}

impl Expression {
    /// The formula as one would write it on the board: like terms collected, powers joined, products in order.
    ///
    /// Neither value nor domain changes: `x/x` stays `x/x`, for it has no value at 0, and `(x^2)^(1/2)` becomes `abs(x)`.
    ///
    /// ```
    /// let formula = calculus::parse("cos(x^2)*2*x^1*1 + 0")?;
    /// assert_eq!(formula.simplify().text(), "2*x*cos(x^2)");
    /// # Ok::<(), calculus::FormulaError>(())
    /// ```
    pub fn simplify(&self) -> Expression {
        let mut simplifier = Simplifier::new(self.graph(), false);
        let mut roots = vec![simplifier.simplify(self.root())];
        for guard in self.guards() {
            roots.push(simplifier.copy(*guard));
        }
        Expression::derived(self, &simplifier.finish(), &roots)
    }

    /// An expression over the same variables: the first root is its value, the others its guards.
    pub(crate) fn derived(of: &Expression, graph: &Graph, roots: &[NodeId]) -> Expression {
        let (graph, places) = graph.compacted(roots);
        let (root, guards) = places.split_first().map_or((NodeId(0), &[][..]), |(root, guards)| (*root, guards));
        Expression {
            inner: Arc::new(Inner {
                graph,
                root,
                guards: guards.to_vec(),
                variables: of.inner.variables.clone(),
                notes: Vec::new(),
                tree: OnceLock::new(),
                program: OnceLock::new(),
            }),
        }
    }
}
