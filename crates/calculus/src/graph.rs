//! The normal form: what a formula means, as a graph in which equal parts are one node.
//!
//! Nodes stand in one vector, children before parents, so every engine is a loop over a slice and no depth of nesting can
//! exhaust the stack. A table of hashes makes equal nodes one: sharing costs nothing and comparing two parts is comparing
//! two numbers.

use crate::function::Function;

/// A place in a [`Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The place as an index into [`Graph::nodes`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The two named constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Constant {
    /// π.
    Pi,
    /// Euler's number.
    E,
}

impl Constant {
    /// The nearest double.
    pub fn value(self) -> f64 {
        match self {
            Constant::Pi => std::f64::consts::PI,
            Constant::E => std::f64::consts::E,
        }
    }
}

/// The comparison in `if(a < b, …)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// a < b
    Less,
    /// a ≤ b
    LessEqual,
    /// a > b
    Greater,
    /// a ≥ b
    GreaterEqual,
    /// a = b
    Equal,
    /// a ≠ b
    NotEqual,
}

impl Relation {
    /// Whether the relation holds; false if either side is NaN, except that `≠` of NaN is the engines' concern.
    pub fn holds(self, a: f64, b: f64) -> bool {
        match self {
            Relation::Less => a < b,
            Relation::LessEqual => a <= b,
            Relation::Greater => a > b,
            Relation::GreaterEqual => a >= b,
            Relation::Equal => a == b,
            Relation::NotEqual => a != b,
        }
    }
}

/// One operation on earlier nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Node {
    /// A number. NaN stands for "undefined" and occurs in domain guards only.
    Number(f64),
    /// π or e.
    Constant(Constant),
    /// The variable at this place of [`crate::Expression::variables`].
    Variable(u32),
    /// −a
    Negate(NodeId),
    /// a + b
    Add(NodeId, NodeId),
    /// a − b
    Subtract(NodeId, NodeId),
    /// a · b
    Multiply(NodeId, NodeId),
    /// a / b
    Divide(NodeId, NodeId),
    /// aᵇ as IEEE `pow` has it: a negative base needs an integer exponent, 0⁰ is 1.
    Power(NodeId, NodeId),
    /// a^(p/q) with q odd, q ≥ 3, in lowest terms: the real root, defined for negative a.
    RationalPower(NodeId, i32, u32),
    /// A function of one argument.
    Call(Function, NodeId),
    /// A function of two arguments.
    Call2(Function, NodeId, NodeId),
    /// `if(a relation b, then, otherwise)`: only the active branch counts.
    If(Relation, NodeId, NodeId, NodeId, NodeId),
}

impl Node {
    /// Calls `visit` with each child, left to right.
    pub fn for_each_child(&self, mut visit: impl FnMut(NodeId)) {
        match *self {
            Node::Number(_) | Node::Constant(_) | Node::Variable(_) => {}
            Node::Negate(a) | Node::RationalPower(a, _, _) | Node::Call(_, a) => visit(a),
            Node::Add(a, b)
            | Node::Subtract(a, b)
            | Node::Multiply(a, b)
            | Node::Divide(a, b)
            | Node::Power(a, b)
            | Node::Call2(_, a, b) => {
                visit(a);
                visit(b);
            }
            Node::If(_, a, b, then, otherwise) => {
                visit(a);
                visit(b);
                visit(then);
                visit(otherwise);
            }
        }
    }

    /// The same operation on other children.
    pub fn map_children(self, mut map: impl FnMut(NodeId) -> NodeId) -> Node {
        match self {
            Node::Number(_) | Node::Constant(_) | Node::Variable(_) => self,
            Node::Negate(a) => Node::Negate(map(a)),
            Node::Add(a, b) => Node::Add(map(a), map(b)),
            Node::Subtract(a, b) => Node::Subtract(map(a), map(b)),
            Node::Multiply(a, b) => Node::Multiply(map(a), map(b)),
            Node::Divide(a, b) => Node::Divide(map(a), map(b)),
            Node::Power(a, b) => Node::Power(map(a), map(b)),
            Node::RationalPower(a, p, q) => Node::RationalPower(map(a), p, q),
            Node::Call(function, a) => Node::Call(function, map(a)),
            Node::Call2(function, a, b) => Node::Call2(function, map(a), map(b)),
            Node::If(relation, a, b, then, otherwise) => Node::If(relation, map(a), map(b), map(then), map(otherwise)),
        }
    }

    /// Equality by bits, so that 0 and −0 differ and NaN equals itself.
    fn same(&self, other: &Node) -> bool {
        match (self, other) {
            (Node::Number(a), Node::Number(b)) => a.to_bits() == b.to_bits(),
            _ => self == other,
        }
    }

    fn hash(&self) -> u64 {
        // Multiply-and-rotate as in FxHash: quick, and nothing here is an attacker's to fill (size is capped).
        fn mix(h: u64, x: u64) -> u64 {
            (h.rotate_left(5) ^ x).wrapping_mul(0x517c_c1b7_2722_0a95)
        }
        let pair = |a: NodeId, b: NodeId| (u64::from(a.0) << 32) | u64::from(b.0);
        let h = match *self {
            Node::Number(x) => mix(1, x.to_bits()),
            Node::Constant(c) => mix(2, c as u64),
            Node::Variable(slot) => mix(3, u64::from(slot)),
            Node::Negate(a) => mix(4, u64::from(a.0)),
            Node::Add(a, b) => mix(5, pair(a, b)),
            Node::Subtract(a, b) => mix(6, pair(a, b)),
            Node::Multiply(a, b) => mix(7, pair(a, b)),
            Node::Divide(a, b) => mix(8, pair(a, b)),
            Node::Power(a, b) => mix(9, pair(a, b)),
            Node::RationalPower(a, p, q) => mix(mix(10, u64::from(a.0)), ((p as u32 as u64) << 32) | u64::from(q)),
            Node::Call(function, a) => mix(16 + function as u64, u64::from(a.0)),
            Node::Call2(function, a, b) => mix(16 + function as u64, pair(a, b)),
            Node::If(relation, a, b, c, d) => mix(mix(mix(11, relation as u64), pair(a, b)), pair(c, d)),
        };
        h ^ (h >> 32)
    }
}

/// Nodes, children before parents, each different from all others.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    /// Open addressing: node index + 1, or 0 for an empty place. Its length is a power of two, at least twice the nodes; or
    /// it is empty, until the first node is added.
    table: Vec<u32>,
}

impl Graph {
    /// An empty graph.
    pub fn new() -> Graph {
        Graph { nodes: Vec::with_capacity(48), table: vec![0; 128] }
    }

    /// All nodes; a [`NodeId`] is an index into this slice.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The node at a place.
    #[inline]
    pub fn node(&self, id: NodeId) -> Node {
        // A place only comes from this graph; undefined is the honest value of one that does not.
        self.nodes.get(id.index()).copied().unwrap_or(Node::Number(f64::NAN))
    }

    /// The place of a node, which is added unless it is there.
    pub fn add(&mut self, node: Node) -> NodeId {
        if self.nodes.len() * 2 >= self.table.len() {
            self.grow();
        }
        let mask = self.table.len() - 1;
        let mut place = node.hash() as usize & mask;
        while let Some(&entry) = self.table.get(place) {
            if entry == 0 {
                break;
            }
            if self.nodes.get(entry as usize - 1).is_some_and(|other| other.same(&node)) {
                return NodeId(entry - 1);
            }
            place = (place + 1) & mask;
        }
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(node);
        if let Some(entry) = self.table.get_mut(place) {
            *entry = id.0 + 1;
        }
        id
    }

    /// The place of a node, if it is there.
    pub fn find(&self, node: Node) -> Option<NodeId> {
        if self.table.is_empty() {
            let place = self.nodes.iter().position(|other| other.same(&node))?;
            return Some(NodeId(place as u32));
        }
        let mask = self.table.len() - 1;
        let mut place = node.hash() as usize & mask;
        loop {
            let entry = *self.table.get(place)?;
            if entry == 0 {
                return None;
            }
            if self.nodes.get(entry as usize - 1)?.same(&node) {
                return Some(NodeId(entry - 1));
            }
            place = (place + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = (self.nodes.len() * 2 + 2).next_power_of_two().max(128);
        let mask = size - 1;
        let mut table = vec![0u32; size];
        for (index, node) in self.nodes.iter().enumerate() {
            let mut place = node.hash() as usize & mask;
            while table.get(place).is_some_and(|&entry| entry != 0) {
                place = (place + 1) & mask;
            }
            if let Some(entry) = table.get_mut(place) {
                *entry = index as u32 + 1;
            }
        }
        self.table = table;
    }

    /// A number.
    pub fn number(&mut self, value: f64) -> NodeId {
        self.add(Node::Number(value))
    }

    /// The value of a node that is a number.
    pub fn as_number(&self, id: NodeId) -> Option<f64> {
        match self.node(id) {
            Node::Number(value) => Some(value),
            _ => None,
        }
    }

    /// The graph of what the given roots need and nothing else, in the same order, and the roots' new places.
    pub fn compacted(&self, roots: &[NodeId]) -> (Graph, Vec<NodeId>) {
        let needed = self.reachable(roots);
        // Nodes that are all different stay so: no table is needed unless the new graph is added to.
        let mut graph = Graph { nodes: Vec::with_capacity(self.nodes.len()), table: Vec::new() };
        let mut places = vec![NodeId(0); self.nodes.len()];
        for (index, node) in self.nodes.iter().enumerate() {
            if !needed.get(index).copied().unwrap_or(false) {
                continue;
            }
            let moved = node.map_children(|child| places.get(child.index()).copied().unwrap_or(NodeId(0)));
            if let Some(place) = places.get_mut(index) {
                *place = NodeId(graph.nodes.len() as u32);
            }
            graph.nodes.push(moved);
        }
        let roots = roots.iter().map(|root| places.get(root.index()).copied().unwrap_or(NodeId(0))).collect();
        (graph, roots)
    }

    /// For each node, whether one of the roots needs it.
    pub fn reachable(&self, roots: &[NodeId]) -> Vec<bool> {
        let mut needed = vec![false; self.nodes.len()];
        for root in roots {
            if let Some(flag) = needed.get_mut(root.index()) {
                *flag = true;
            }
        }
        for index in (0..self.nodes.len()).rev() {
            if let (true, Some(node)) = (needed.get(index).copied().unwrap_or(false), self.nodes.get(index)) {
                node.for_each_child(|child| {
                    if let Some(flag) = needed.get_mut(child.index()) {
                        *flag = true;
                    }
                });
            }
        }
        needed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_parts_are_one_node() {
        let mut graph = Graph::new();
        let x = graph.add(Node::Variable(0));
        for _ in 0..3 {
            let two = graph.number(2.0);
            graph.add(Node::Power(x, two));
        }
        assert_eq!(graph.len(), 3);
    }

    #[test]
    fn zero_and_minus_zero_are_two_nodes() {
        let mut graph = Graph::new();
        assert_ne!(graph.number(0.0), graph.number(-0.0));
    }

    #[test]
    fn a_large_graph_still_finds_its_nodes() {
        let mut graph = Graph::new();
        let ids: Vec<NodeId> = (0..5000).map(|k| graph.number(f64::from(k))).collect();
        for (k, id) in ids.iter().enumerate() {
            assert_eq!(graph.number(k as f64), *id);
            assert_eq!(graph.find(Node::Number(k as f64)), Some(*id));
        }
        assert_eq!(graph.len(), 5000);
    }

    #[test]
    fn compacting_keeps_what_the_roots_need_in_order() {
        let mut graph = Graph::new();
        let x = graph.add(Node::Variable(0));
        let _unused = graph.number(9.0);
        let root = graph.add(Node::Call(Function::Sin, x));
        let (small, roots) = graph.compacted(&[root]);
        assert_eq!(small.nodes(), &[Node::Variable(0), Node::Call(Function::Sin, NodeId(0))]);
        assert_eq!(roots, vec![NodeId(1)]);
    }
}
