//! Where the rules give a number although there is no derivative: corners of abs, relu, min and max, jumps of sign, step,
//! floor and their like, seams of `if`.
//!
//! Each becomes a guard: a node that is undefined at the kink and 1 elsewhere. A kink does no harm where the formula does
//! not feel it: the corner of |x| in x·|x| is multiplied by 0, and a branch of `if` may sleep. So a corner's guard asks for the
//! adjoint of its node, ∂(formula)/∂(node), which one sweep from the root down gives for all nodes.

use super::{Rule, is, times};
use crate::function::Function;
use crate::graph::{Graph, Node, NodeId, Relation};

/// The guards of all kinks of the function at `root`.
pub(super) fn guards(graph: &mut Graph, slopes: &[Option<(NodeId, Rule)>], root: NodeId) -> Vec<NodeId> {
    let count = root.index() + 1;
    let depends = |id: NodeId| slopes.get(id.index()).is_some_and(Option::is_some);
    let bent = (0..count).any(|index| {
        let id = NodeId(index as u32);
        depends(id) && is_bent(graph.node(id))
    });
    if !bent {
        return Vec::new();
    }
    let mut sweep = Sweep {
        graph,
        adjoints: vec![None; count],
        awake: vec![None; count],
        unit: vec![None; count],
        guards: Vec::new(),
    };
    sweep.set(root);
    for index in (0..count).rev() {
        let id = NodeId(index as u32);
        if depends(id) && sweep.awake.get(index).copied().flatten().is_some() {
            sweep.visit(id, slopes);
        }
    }
    sweep.guards
}

fn is_bent(node: Node) -> bool {
    use Function::*;
    match node {
        Node::Call(function, _) => matches!(function, Abs | Relu | Sign | Step | Floor | Ceil | Round),
        Node::Call2(function, ..) => matches!(function, Min | Max | Mod),
        Node::If(..) => true,
        _ => false,
    }
}

struct Sweep<'g> {
    graph: &'g mut Graph,
    /// ∂(formula)/∂(node) so far.
    adjoints: Vec<Option<NodeId>>,
    /// 1 where the node counts, 0 where it is in a sleeping branch.
    awake: Vec<Option<NodeId>>,
    /// Room for the slopes with which one operation is differentiated by itself.
    unit: Vec<Option<(NodeId, Rule)>>,
    guards: Vec<NodeId>,
}

impl Sweep<'_> {
    fn set(&mut self, root: NodeId) {
        let one = self.graph.number(1.0);
        for list in [&mut self.adjoints, &mut self.awake] {
            if let Some(entry) = list.get_mut(root.index()) {
                *entry = Some(one);
            }
        }
    }

    fn visit(&mut self, id: NodeId, slopes: &[Option<(NodeId, Rule)>]) {
        let one = self.graph.number(1.0);
        let of = |list: &[Option<NodeId>]| list.get(id.index()).copied().flatten().unwrap_or(one);
        let (adjoint, awake) = (of(&self.adjoints), of(&self.awake));
        let slope = |graph: &mut Graph, id: NodeId| match slopes.get(id.index()).copied().flatten() {
            Some((slope, _)) => slope,
            None => graph.number(0.0),
        };
        let node = self.graph.node(id);
        match node {
            Node::Call(function @ (Function::Abs | Function::Relu), u) => {
                let du = slope(self.graph, u);
                let felt = times(self.graph, adjoint, du);
                let zero = self.graph.number(0.0);
                self.corner(awake, (u, zero), None, felt);
                // At the corner itself the slope from the right stands for "not zero".
                let up = if function == Function::Abs { self.graph.add(Node::Call(Function::Sign, u)) } else { zero };
                let relation = if function == Function::Abs { Relation::Equal } else { Relation::GreaterEqual };
                let partial = self.graph.add(Node::If(relation, u, zero, one, up));
                self.pass(u, adjoint, partial, awake);
            }
            Node::Call(function, u) if is_bent(node) => {
                let at = match function {
                    Function::Sign | Function::Step => u,
                    Function::Round => {
                        let half = self.graph.number(0.5);
                        self.graph.add(Node::Subtract(u, half))
                    }
                    _ => u,
                };
                let jump = match function {
                    Function::Sign | Function::Step => self.graph.number(0.0),
                    _ => self.graph.add(Node::Call(Function::Floor, at)),
                };
                let zero = self.graph.number(0.0);
                // What is constant between jumps of its own does not cross others.
                let slope = slope(self.graph, u);
                if !is(self.graph, slope, 0.0) {
                    self.jump(awake, at, jump);
                }
                self.pass(u, zero, zero, awake);
            }
            Node::Call2(function @ (Function::Min | Function::Max), a, b) => {
                let (da, db) = (slope(self.graph, a), slope(self.graph, b));
                let difference = self.graph.add(Node::Subtract(da, db));
                let felt = times(self.graph, adjoint, difference);
                self.corner(awake, (a, b), None, felt);
                let relation = if function == Function::Min { Relation::LessEqual } else { Relation::GreaterEqual };
                let zero = self.graph.number(0.0);
                for (side, other) in [(a, b), (b, a)] {
                    let partial = self.graph.add(Node::If(relation, side, other, one, zero));
                    self.pass(side, adjoint, partial, awake);
                }
            }
            Node::Call2(Function::Mod, a, b) => {
                let quotient = self.graph.add(Node::Divide(a, b));
                let floor = self.graph.add(Node::Call(Function::Floor, quotient));
                self.jump(awake, quotient, floor);
                let falling = self.graph.add(Node::Negate(floor));
                self.pass(a, adjoint, one, awake);
                self.pass(b, adjoint, falling, awake);
            }
            Node::If(relation, a, b, then, otherwise) => {
                let moves = |id: NodeId| slopes.get(id.index()).is_some_and(Option::is_some);
                if a != b && (moves(a) || moves(b)) {
                    let (dt, d_otherwise) = (slope(self.graph, then), slope(self.graph, otherwise));
                    let difference = self.graph.add(Node::Subtract(dt, d_otherwise));
                    let felt = times(self.graph, adjoint, difference);
                    self.corner(awake, (a, b), Some((then, otherwise)), felt);
                }
                let zero = self.graph.number(0.0);
                for (branch, on, off) in [(then, one, zero), (otherwise, zero, one)] {
                    let active = self.graph.add(Node::If(relation, a, b, on, off));
                    let both = times(self.graph, awake, active);
                    self.pass(branch, adjoint, active, both);
                }
                for side in [a, b] {
                    self.pass(side, zero, zero, awake);
                }
            }
            _ => self.smooth(id, node, adjoint, awake),
        }
    }

    /// Passes the adjoint through an operation without kinks: by the rules, with each operand in turn as the variable.
    fn smooth(&mut self, id: NodeId, node: Node, adjoint: NodeId, awake: NodeId) {
        let (mut first, mut second) = (None, None);
        node.for_each_child(|child| match first {
            None => first = Some(child),
            Some(other) if other != child => second = Some(child),
            Some(_) => {}
        });
        let one = self.graph.number(1.0);
        for child in [first, second].into_iter().flatten() {
            let mut slopes = std::mem::take(&mut self.unit);
            if let Some(entry) = slopes.get_mut(child.index()) {
                *entry = Some((one, Rule::Variable));
            }
            let partial = super::rules::differentiate(self.graph, &slopes, id, u32::MAX);
            if let Some(entry) = slopes.get_mut(child.index()) {
                *entry = None;
            }
            self.unit = slopes;
            if let Some((partial, _)) = partial {
                self.pass(child, adjoint, partial, awake);
            }
        }
    }

    /// Adds adjoint·partial to the adjoint of a node, and notes where it is awake.
    fn pass(&mut self, to: NodeId, adjoint: NodeId, partial: NodeId, awake: NodeId) {
        let silent = is(self.graph, adjoint, 0.0) || is(self.graph, partial, 0.0);
        if !silent {
            let part = times(self.graph, adjoint, partial);
            let before = self.adjoints.get(to.index()).copied().flatten();
            let sum = match before {
                Some(before) => self.graph.add(Node::Add(before, part)),
                None => part,
            };
            if let Some(entry) = self.adjoints.get_mut(to.index()) {
                *entry = Some(sum);
            }
        } else if let Some(entry @ None) = self.adjoints.get_mut(to.index()) {
            *entry = Some(self.graph.number(0.0));
        }
        let before = self.awake.get(to.index()).copied().flatten();
        let either = match before {
            Some(before) if before == awake || is(self.graph, before, 1.0) => before,
            Some(before) if !is(self.graph, awake, 1.0) => self.graph.add(Node::Call2(Function::Max, before, awake)),
            _ => awake,
        };
        if let Some(entry) = self.awake.get_mut(to.index()) {
            *entry = Some(either);
        }
    }

    /// The guard of a corner at a = b: undefined there, unless the two sides meet and what is felt of the corner is 0.
    fn corner(&mut self, awake: NodeId, (a, b): (NodeId, NodeId), meet: Option<(NodeId, NodeId)>, felt: NodeId) {
        let (zero, one, undefined) = (self.graph.number(0.0), self.graph.number(1.0), self.graph.number(f64::NAN));
        let mut at_corner = match self.graph.as_number(felt) {
            Some(0.0) => one,
            Some(_) => undefined,
            None => self.graph.add(Node::If(Relation::Equal, felt, zero, one, undefined)),
        };
        if let Some((then, otherwise)) = meet {
            at_corner = self.graph.add(Node::If(Relation::Equal, then, otherwise, at_corner, undefined));
        }
        if at_corner != one {
            let guard = self.graph.add(Node::If(Relation::Equal, a, b, at_corner, one));
            self.guard(guard, awake);
        }
    }

    /// The guard of a jump where a = b.
    fn jump(&mut self, awake: NodeId, a: NodeId, b: NodeId) {
        let (one, undefined) = (self.graph.number(1.0), self.graph.number(f64::NAN));
        let guard = self.graph.add(Node::If(Relation::Equal, a, b, undefined, one));
        self.guard(guard, awake);
    }

    fn guard(&mut self, guard: NodeId, awake: NodeId) {
        let guard = match self.graph.as_number(awake) {
            Some(_) => guard,
            None => {
                let (zero, one) = (self.graph.number(0.0), self.graph.number(1.0));
                self.graph.add(Node::If(Relation::Equal, awake, zero, one, guard))
            }
        };
        self.guards.push(guard);
    }
}
