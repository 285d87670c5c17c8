//! A formula made ready for calculation: a flat list of operations, operands before results, equal parts once.
//!
//! Every numeric engine (one point, many points, derivatives, intervals, germs) is a loop over this list, so none of them can
//! exhaust the stack, and all of them agree on what an operation is.

use crate::function::Function;
use crate::graph::{Constant, Graph, Node, NodeId, Relation};
use crate::math::LARGEST_WHOLE_POWER;

/// The place of an operation in a [`Program`], and of its value in every engine's registers.
pub type Slot = u32;

/// One operation on earlier values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operation {
    /// A number; not-a-number stands for "undefined".
    Constant(f64),
    /// The variable at this place of the point.
    Variable(u32),
    /// −a
    Negate(Slot),
    /// a + b
    Add(Slot, Slot),
    /// a − b
    Subtract(Slot, Slot),
    /// a · b
    Multiply(Slot, Slot),
    /// a / b
    Divide(Slot, Slot),
    /// aⁿ for a whole n of modest size.
    WholePower(Slot, i32),
    /// a^(p/q), q odd, in lowest terms: the real root.
    RationalPower(Slot, i32, u32),
    /// aᵇ as IEEE 754 has it.
    Power(Slot, Slot),
    /// A function of one argument.
    Call(Function, Slot),
    /// A function of two arguments.
    Call2(Function, Slot, Slot),
    /// The third or the fourth, as the first two stand to each other.
    If(Relation, Slot, Slot, Slot, Slot),
}

impl Operation {
    /// The operands, in order, and how many there are.
    pub fn operands(self) -> ([Slot; 4], usize) {
        match self {
            Operation::Constant(_) | Operation::Variable(_) => ([0; 4], 0),
            Operation::Negate(a)
            | Operation::WholePower(a, _)
            | Operation::RationalPower(a, _, _)
            | Operation::Call(_, a) => ([a, 0, 0, 0], 1),
            Operation::Add(a, b)
            | Operation::Subtract(a, b)
            | Operation::Multiply(a, b)
            | Operation::Divide(a, b)
            | Operation::Power(a, b)
            | Operation::Call2(_, a, b) => ([a, b, 0, 0], 2),
            Operation::If(_, a, b, then, otherwise) => ([a, b, then, otherwise], 4),
        }
    }
}

/// A formula as a list of operations.
#[derive(Clone, Debug)]
pub struct Program {
    operations: Vec<Operation>,
    nodes: Vec<NodeId>,
    root: Slot,
    guards: Vec<Slot>,
    variables: usize,
    varying: Vec<bool>,
}

impl Program {
    /// Flattens what `root` and the `guards` need of a graph; `variables` is how many numbers a point has.
    pub fn new(graph: &Graph, root: NodeId, guards: &[NodeId], variables: usize) -> Program {
        let constants = constants(graph);
        let constant = |id: NodeId| constants.get(id.index()).copied().flatten();
        let mut needed = vec![false; graph.len()];
        let mark = |needed: &mut Vec<bool>, id: NodeId| {
            if let Some(flag) = needed.get_mut(id.index()) {
                *flag = true;
            }
        };
        mark(&mut needed, root);
        guards.iter().for_each(|guard| mark(&mut needed, *guard));
        for (index, node) in graph.nodes().iter().enumerate().rev() {
            if !needed.get(index).copied().unwrap_or(false) {
                continue;
            }
            match *node {
                // The exponent goes into the operation.
                Node::Power(a, b) if whole(constant(b)).is_some() || constant(b) == Some(0.5) => mark(&mut needed, a),
                Node::Power(a, b) if is_e(graph, a) => mark(&mut needed, b),
                _ => node.for_each_child(|child| mark(&mut needed, child)),
            }
        }

        let mut operations = Vec::new();
        let mut nodes = Vec::new();
        let mut places = vec![0; graph.len()];
        for (index, node) in graph.nodes().iter().enumerate() {
            if !needed.get(index).copied().unwrap_or(false) {
                continue;
            }
            let at = |id: NodeId| places.get(id.index()).copied().unwrap_or(0);
            let operation = match *node {
                Node::Number(value) => Operation::Constant(value),
                Node::Constant(which) => Operation::Constant(which.value()),
                Node::Variable(place) => Operation::Variable(place),
                Node::Negate(a) => Operation::Negate(at(a)),
                Node::Add(a, b) => Operation::Add(at(a), at(b)),
                Node::Subtract(a, b) => Operation::Subtract(at(a), at(b)),
                Node::Multiply(a, b) => Operation::Multiply(at(a), at(b)),
                Node::Divide(a, b) => Operation::Divide(at(a), at(b)),
                Node::Power(a, b) => match whole(constant(b)) {
                    Some(n) => Operation::WholePower(at(a), n),
                    None if constant(b) == Some(0.5) => Operation::Call(Function::Sqrt, at(a)),
                    None if is_e(graph, a) => Operation::Call(Function::Exp, at(b)),
                    None => Operation::Power(at(a), at(b)),
                },
                Node::RationalPower(a, p, q) => Operation::RationalPower(at(a), p, q),
                Node::Call(function, a) => Operation::Call(function, at(a)),
                Node::Call2(function, a, b) => Operation::Call2(function, at(a), at(b)),
                Node::If(relation, a, b, then, otherwise) => {
                    Operation::If(relation, at(a), at(b), at(then), at(otherwise))
                }
            };
            let slot = operations.len() as Slot;
            operations.push(operation);
            nodes.push(NodeId(index as u32));
            if let Some(place) = places.get_mut(index) {
                *place = slot;
            }
        }
        let at = |id: NodeId| places.get(id.index()).copied().unwrap_or(0);
        let mut guards: Vec<Slot> = guards.iter().map(|guard| at(*guard)).collect();
        let root = at(root);
        guards.retain(|guard| *guard != root);
        let varying = through(&operations, |operation| matches!(operation, Operation::Variable(_)));
        Program { operations, nodes, root, guards, variables, varying }
    }

    /// The operations, operands before results.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// For each operation, the node of the graph whose value it has.
    pub fn nodes(&self) -> &[NodeId] {
        &self.nodes
    }

    /// The operation whose value is the formula's.
    pub fn root(&self) -> Slot {
        self.root
    }

    /// Operations that must have a finite value besides those the root needs.
    pub fn guards(&self) -> &[Slot] {
        &self.guards
    }

    /// How many numbers a point has.
    pub fn variables(&self) -> usize {
        self.variables
    }

    /// For each operation, whether its value depends on any variable.
    pub fn varying(&self) -> &[bool] {
        &self.varying
    }

    /// For each operation, whether its value depends on the variable.
    pub fn dependent_on(&self, variable: u32) -> Vec<bool> {
        through(&self.operations, |operation| *operation == Operation::Variable(variable))
    }
}

/// For each operation, whether it or any it depends on is a source.
fn through(operations: &[Operation], source: impl Fn(&Operation) -> bool) -> Vec<bool> {
    let mut reached = Vec::with_capacity(operations.len());
    for operation in operations {
        let (operands, count) = operation.operands();
        let through = operands.iter().take(count).any(|a| reached.get(*a as usize).copied().unwrap_or(false));
        reached.push(through || source(operation));
    }
    reached
}

/// The value of each node that is a number by plain arithmetic on numbers: what an exponent is made of.
fn constants(graph: &Graph) -> Vec<Option<f64>> {
    let mut values: Vec<Option<f64>> = Vec::with_capacity(graph.len());
    for node in graph.nodes() {
        let at = |id: NodeId| values.get(id.index()).copied().flatten();
        let both = |a: NodeId, b: NodeId| Some((at(a)?, at(b)?));
        let value = match *node {
            Node::Number(value) => Some(value),
            Node::Negate(a) => at(a).map(|a| -a),
            Node::Add(a, b) => both(a, b).map(|(a, b)| a + b),
            Node::Subtract(a, b) => both(a, b).map(|(a, b)| a - b),
            Node::Multiply(a, b) => both(a, b).map(|(a, b)| a * b),
            Node::Divide(a, b) => both(a, b).map(|(a, b)| a / b),
            _ => None,
        };
        values.push(value.filter(|value| value.is_finite()));
    }
    values
}

/// The exponent of a [`Operation::WholePower`], if the number is one.
fn whole(value: Option<f64>) -> Option<i32> {
    let value = value?;
    (value == value.trunc() && value.abs() <= f64::from(LARGEST_WHOLE_POWER)).then_some(value as i32)
}

fn is_e(graph: &Graph, id: NodeId) -> bool {
    graph.node(id) == Node::Constant(Constant::E)
}
