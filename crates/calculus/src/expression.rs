//! A formula, read: its meaning, its variables, what was typed, and what is worth noting about it.

use std::sync::{Arc, OnceLock};

use crate::error::{FormulaError, Note};
use crate::graph::{Graph, NodeId};
use crate::program::Program;
use crate::syntax::{self, Tree};

/// A formula of any number of variables. Cheap to clone, and never changed.
///
/// ```
/// let loss = calculus::parse("(w*x + b - y)^2")?;
/// assert_eq!(loss.variables(), ["w", "x", "b", "y"]);
/// assert_eq!(loss.evaluate(&[2.0, 3.0, 1.0, 5.0]), 4.0);
/// # Ok::<(), calculus::FormulaError>(())
/// ```
#[derive(Clone)]
pub struct Expression {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub graph: Graph,
    pub root: NodeId,
    pub guards: Vec<NodeId>,
    pub variables: Arc<[String]>,
    pub notes: Vec<Note>,
    /// What was typed; for a formula that was derived, made from the graph when it is first asked for.
    pub tree: OnceLock<Tree>,
    /// The graph made ready for calculation, when a number is first asked for.
    pub program: OnceLock<Program>,
}

/// Reads a formula.
///
/// # Errors
/// The first mistake from the left, with a message, a hint and the bytes it concerns.
pub fn parse(text: &str) -> Result<Expression, FormulaError> {
    parse_with(text, &[])
}

/// Reads a formula in which the `declared` names, such as `learning_rate`, are variables too.
///
/// ```
/// let step = calculus::parse_with("learning_rate * g", &["learning_rate"])?;
/// assert_eq!(step.variables(), ["learning_rate", "g"]);
/// # Ok::<(), calculus::FormulaError>(())
/// ```
///
/// # Errors
/// As [`parse`].
pub fn parse_with(text: &str, declared: &[&str]) -> Result<Expression, FormulaError> {
    let parsed = syntax::read(text, declared)?;
    let (graph, root) = syntax::lower(&parsed.tree);
    Ok(Expression {
        inner: Arc::new(Inner {
            graph,
            root,
            guards: Vec::new(),
            variables: parsed.variables.into(),
            notes: parsed.notes,
            tree: OnceLock::from(parsed.tree),
            program: OnceLock::new(),
        }),
    })
}

impl Expression {
    /// The variables, in order of first appearance in the text. A derivative keeps the variables of what it is the
    /// derivative of, in the same places, even those that have vanished from it.
    pub fn variables(&self) -> &[String] {
        &self.inner.variables
    }

    /// The place of a variable in [`Expression::variables`].
    pub fn variable(&self, name: &str) -> Option<usize> {
        self.inner.variables.iter().position(|known| known == name)
    }

    /// How ambiguous spellings were read, and the like.
    pub fn notes(&self) -> &[Note] {
        &self.inner.notes
    }

    /// The normal form: nodes, children before parents.
    pub fn graph(&self) -> &Graph {
        &self.inner.graph
    }

    /// The node whose value is the formula's.
    pub fn root(&self) -> NodeId {
        self.inner.root
    }

    /// Nodes that must have a finite value for the formula to be defined, besides those the root needs. They keep the domain
    /// of a derivative no larger than its function's: the slope of `ln(x)` is `1/x`, but not at −1.
    pub fn guards(&self) -> &[NodeId] {
        &self.inner.guards
    }
}

impl std::fmt::Debug for Expression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Expression").field("nodes", &self.inner.graph.nodes()).field("root", &self.inner.root).finish()
    }
}

/// A formula over the variables of another, from a tree.
pub(crate) fn of_tree(tree: Tree, like: &Expression) -> Expression {
    let (graph, root) = syntax::lower(&tree);
    Expression {
        inner: Arc::new(Inner {
            graph,
            root,
            guards: Vec::new(),
            variables: like.inner.variables.clone(),
            notes: Vec::new(),
            tree: OnceLock::from(tree),
            program: OnceLock::new(),
        }),
    }
}
