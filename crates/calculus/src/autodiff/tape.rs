//! The tape: what reverse mode does, laid open operation by operation.

use super::sweep;
use crate::graph::NodeId;
use crate::program::{Operation, Program};

/// One line of the tape.
#[derive(Clone, Debug)]
pub struct TapeEntry {
    /// What is done.
    pub operation: Operation,
    /// The node of the formula's graph whose value this is.
    pub node: NodeId,
    /// The lines whose values it takes, in order.
    pub operands: Vec<usize>,
    /// Its value.
    pub value: f64,
    /// Its derivative by each operand, in order: what an adjoint is multiplied by on its way back along that edge.
    pub locals: Vec<f64>,
    /// How fast the result changes with this value: the derivative of the result by it.
    pub adjoint: f64,
}

/// A run of reverse mode: the lines in the order in which values are calculated. Adjoints are calculated from the last line back;
/// each line adds its adjoint times its local derivative to each of its operands.
#[derive(Clone, Debug)]
pub struct Tape {
    /// The value of the formula, as [`crate::Expression::evaluate`] gives it.
    pub value: f64,
    /// The lines, operands before results.
    pub entries: Vec<TapeEntry>,
    /// The line whose value is the formula's.
    pub root: usize,
}

impl Tape {
    pub(super) fn new(program: &Program, at: &[f64]) -> Tape {
        let mut values = vec![0.0; program.operations().len()];
        let value = program.evaluate_in(at, &mut values);
        let ties = sweep::ties(program, &values);
        let mut adjoints = vec![0.0; values.len()];
        sweep::backward(program, &values, program.root(), &ties, &mut adjoints);
        let entries = program
            .operations()
            .iter()
            .zip(program.nodes())
            .zip(values.iter().zip(&adjoints))
            .enumerate()
            .map(|(index, ((operation, node), (entry, adjoint)))| {
                let (operands, count) = operation.operands();
                let locals = sweep::locals(*operation, index, &values, &ties);
                TapeEntry {
                    operation: *operation,
                    node: *node,
                    operands: operands.iter().take(count).map(|slot| *slot as usize).collect(),
                    value: *entry,
                    locals: locals.iter().take(count).copied().collect(),
                    adjoint: *adjoint,
                }
            })
            .collect();
        Tape { value, entries, root: program.root() as usize }
    }
}
