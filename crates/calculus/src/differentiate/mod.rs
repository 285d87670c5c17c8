//! Differentiation by the rules, once over the graph: what it leaves serves the derivative, its worked steps and its numbers.
//!
//! Every node gets its derivative from those of its children, so shared parts are differentiated once and stay shared: the
//! derivative of a nesting sixty deep has a few hundred nodes. Kinks are the business of [`kinks`], domains of [`guards`].

mod guards;
mod kinks;
mod rules;
mod steps;

pub use steps::DerivationStep;

pub(crate) use rules::{Rule, differentiate as differentiate_node, outer_slope};

use crate::Expression;
use crate::error::FormulaError;
use crate::fault::Fault;
use crate::graph::{Graph, Node, NodeId};
use crate::simplify::Simplifier;
use crate::syntax::MOST_NODES;

/// What differentiating a graph with respect to one variable leaves.
pub(crate) struct Derivation {
    /// The nodes of the function, simplified, and after them those of the derivatives, as the rules give them.
    pub graph: Graph,
    /// The function.
    pub root: NodeId,
    /// For each node of the function that depends on the variable, its derivative and the rule that gave it.
    pub slopes: Vec<Option<(NodeId, Rule)>>,
    /// What must be defined for the function to be, carried over from it.
    pub guards: Vec<NodeId>,
}

impl Derivation {
    /// Differentiates a formula with respect to the variable at `slot`, if it has it.
    pub fn new(of: &Expression, slot: Option<usize>) -> Derivation {
        let mut simplifier = Simplifier::new(of.graph(), false);
        let root = simplifier.simplify(of.root());
        let guards = of.guards().iter().map(|guard| simplifier.copy(*guard)).collect();
        let mut graph = simplifier.finish();
        let slot = slot.map_or(u32::MAX, |slot| slot as u32);
        let mut slopes: Vec<Option<(NodeId, Rule)>> = Vec::with_capacity(root.index() + 1);
        let needed = graph.reachable(&[root]);
        for (index, needed) in needed.iter().enumerate().take(root.index() + 1) {
            let id = NodeId(index as u32);
            let slope = if *needed { rules::differentiate(&mut graph, &slopes, id, slot) } else { None };
            slopes.push(slope);
        }
        Derivation { graph, root, slopes, guards }
    }

    /// The derivative of a node of the function; 0 if it does not depend on the variable.
    pub fn slope(&mut self, id: NodeId) -> NodeId {
        match self.slopes.get(id.index()).copied().flatten() {
            Some((slope, _)) => slope,
            None => self.graph.number(0.0),
        }
    }

    /// The derivative as an expression: simplified, and defined nowhere but where the function is.
    pub fn derivative(&mut self, of: &Expression) -> Result<Expression, FormulaError> {
        let slope = self.slope(self.root);
        let kinks = kinks::guards(&mut self.graph, &self.slopes, self.root);
        if self.graph.len() > MOST_NODES {
            return Err(FormulaError::new(Fault::Derivative, 0, 0));
        }
        let mut simplifier = Simplifier::new(&self.graph, true);
        let mut roots = vec![simplifier.simplify(slope)];
        // What the function needs comes first, then what the kinks need.
        for guard in
            guards::of_domain(&self.graph, self.root).into_iter().chain(self.guards.iter().copied()).chain(kinks)
        {
            let guard = simplifier.copy(guard);
            if !roots.contains(&guard) {
                roots.push(guard);
            }
        }
        let graph = simplifier.finish();
        guards::drop_implied(&graph, &mut roots);
        Ok(Expression::derived(of, &graph, &roots))
    }
}

impl Expression {
    /// The derivative with respect to a variable, simplified. Its variables are those of the original, in the same places.
    /// With respect to a name that does not occur it is 0.
    ///
    /// It is undefined where the original is, and at kinks:
    ///
    /// ```
    /// let slope = calculus::parse("x*ln(x) - x")?.derivative("x")?;
    /// assert_eq!(slope.text(), "ln(x)");
    /// let corner = calculus::parse("abs(x)")?.derivative("x")?;
    /// assert!(corner.evaluate(&[0.0]).is_nan());
    /// # Ok::<(), calculus::FormulaError>(())
    /// ```
    ///
    /// # Errors
    /// `E_SIZE` if the derivative has more than [`MOST_NODES`] parts.
    pub fn derivative(&self, variable: &str) -> Result<Expression, FormulaError> {
        Derivation::new(self, self.variable(variable)).derivative(self)
    }
}

/// Whether a node is the number.
fn is(graph: &Graph, id: NodeId, value: f64) -> bool {
    graph.as_number(id) == Some(value)
}

/// a·b, without factors of one.
pub(crate) fn times(graph: &mut Graph, a: NodeId, b: NodeId) -> NodeId {
    if is(graph, a, 1.0) {
        return b;
    }
    if is(graph, b, 1.0) {
        return a;
    }
    match (graph.as_number(a), graph.as_number(b)) {
        (Some(x), Some(y)) if x == x.trunc() && y == y.trunc() && (x * y).abs() < 1e15 => graph.number(x * y),
        _ => graph.add(Node::Multiply(a, b)),
    }
}

/// −a, without two signs.
pub(crate) fn minus(graph: &mut Graph, a: NodeId) -> NodeId {
    match graph.node(a) {
        Node::Negate(inner) => inner,
        Node::Number(value) => graph.number(-value),
        _ => graph.add(Node::Negate(a)),
    }
}

/// aᵏ for a whole k, without powers of one.
pub(crate) fn whole_power(graph: &mut Graph, a: NodeId, k: f64) -> NodeId {
    if k == 1.0 {
        return a;
    }
    let k = graph.number(k);
    graph.add(Node::Power(a, k))
}
