//! Checking answers: whether a formula equals the expected one, and if not, which mistake explains it.
//!
//! Formulas are equal when their normal forms are, or when they agree at well-chosen points of the common domain; their text
//! is never compared. A wrong derivative is diagnosed by doing each known mistake on purpose and comparing what comes out.

mod compare;
mod misread;
mod slips;
mod words;

use crate::error::FormulaError;
use crate::graph::{Graph, Node, NodeId};
use crate::print::unfold;
use crate::simplify::Simplifier;
use crate::{Expression, parse_with};
use compare::{Comparison, Samples};

/// What came of checking an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Equal wherever both are defined.
    Correct,
    /// Different somewhere.
    Incorrect,
    /// Not a formula.
    Unreadable,
}

impl Verdict {
    /// `"correct"`, `"incorrect"` or `"unreadable"`.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Correct => "correct",
            Verdict::Incorrect => "incorrect",
            Verdict::Unreadable => "unreadable",
        }
    }
}

/// The likeliest cause of a wrong answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// A code such as `"missing_inner_derivative"`; all are in `tests/reference/equivalence.jsonl`.
    pub code: &'static str,
    /// What to look at again. It names the rule and the part, and does not give the answer away.
    pub message: String,
}

/// A point where a wrong answer shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterexample {
    /// The variables and their values.
    pub bindings: Vec<(String, f64)>,
    /// What the expected formula gives there.
    pub expected: f64,
    /// What the answer gives there.
    pub got: f64,
}

/// The result of checking an answer.
#[derive(Clone, Debug)]
pub struct AnswerCheck {
    /// Whether it is right.
    pub verdict: Verdict,
    /// Whether it is written as short as its simplified form.
    pub simplified: bool,
    /// The likeliest cause, where a wrong answer has a known one.
    pub mistake: Option<Mistake>,
    /// A point where a wrong answer differs.
    pub counterexample: Option<Counterexample>,
    /// What is wrong with an unreadable answer, and where.
    pub error: Option<FormulaError>,
    /// For a right answer that is defined elsewhere than the expected one, where.
    pub note: Option<String>,
}

/// Checks an answer against the formula that is expected. `variables` are names of several letters that either may use.
///
/// ```
/// let check = calculus::check_answer("ln(x^2)", "2*ln(x)", &[])?;
/// assert_eq!(check.verdict, calculus::Verdict::Correct);
/// assert!(check.note.is_some(), "they are defined for different x");
/// # Ok::<(), calculus::FormulaError>(())
/// ```
///
/// # Errors
/// If the expected formula cannot be read. An answer that cannot be read is a verdict, not an error.
pub fn check_answer(expected: &str, answer: &str, variables: &[&str]) -> Result<AnswerCheck, FormulaError> {
    let expected = parse_with(expected, variables)?;
    Ok(match parse_with(answer, variables) {
        Ok(answer) => Exercise::new(None, &expected, &answer, None).check(),
        Err(error) => unreadable(error),
    })
}

/// Checks an answer to "what is the derivative of `function` with respect to `variable`?", and names the likeliest mistake.
///
/// ```
/// let check = calculus::check_derivative("sin(x^2)", "x", "cos(x^2)")?;
/// assert_eq!(check.verdict, calculus::Verdict::Incorrect);
/// assert_eq!(check.mistake.unwrap().code, "missing_inner_derivative");
/// # Ok::<(), calculus::FormulaError>(())
/// ```
///
/// # Errors
/// If the function cannot be read or differentiated. An answer that cannot be read is a verdict, not an error.
pub fn check_derivative(function: &str, variable: &str, answer: &str) -> Result<AnswerCheck, FormulaError> {
    let function = parse_with(function, &[variable])?;
    let expected = function.derivative(variable)?;
    let mut names: Vec<&str> = function.variables().iter().map(String::as_str).collect();
    names.push(variable);
    Ok(match parse_with(answer, &names) {
        Ok(answer) => Exercise::new(Some(&function), &expected, &answer, function.variable(variable)).check(),
        Err(error) => unreadable(error),
    })
}

fn unreadable(error: FormulaError) -> AnswerCheck {
    AnswerCheck {
        verdict: Verdict::Unreadable,
        simplified: false,
        mistake: None,
        counterexample: None,
        error: Some(error),
        note: None,
    }
}

/// Function, expected formula and answer in one graph over one list of variables.
struct Exercise<'e> {
    answer_typed: &'e Expression,
    graph: Graph,
    variables: Vec<String>,
    /// The function whose derivative was asked for, and the place of the variable.
    function: Option<(NodeId, u32)>,
    expected: NodeId,
    expected_guards: Vec<NodeId>,
    answer: NodeId,
}

impl<'e> Exercise<'e> {
    fn new(function: Option<&Expression>, expected: &Expression, answer: &'e Expression, slot: Option<usize>) -> Self {
        let mut exercise = Exercise {
            answer_typed: answer,
            graph: Graph::new(),
            variables: Vec::new(),
            function: None,
            expected: NodeId(0),
            expected_guards: Vec::new(),
            answer: NodeId(0),
        };
        // The function's nodes come first: the slips are looked for among them.
        if let Some(function) = function {
            let root = exercise.import(function, &[function.root()]);
            exercise.function = root.first().map(|root| (*root, slot.map_or(u32::MAX, |slot| slot as u32)));
        }
        let mut roots = vec![expected.root()];
        roots.extend_from_slice(expected.guards());
        let mut roots = exercise.import(expected, &roots).into_iter();
        exercise.expected = roots.next().unwrap_or(NodeId(0));
        exercise.expected_guards = roots.collect();
        exercise.answer = exercise.import(answer, &[answer.root()]).first().copied().unwrap_or(NodeId(0));
        exercise
    }

    fn import(&mut self, from: &Expression, roots: &[NodeId]) -> Vec<NodeId> {
        let slots: Vec<u32> = from
            .variables()
            .iter()
            .map(|name| {
                let known = self.variables.iter().position(|known| known == name);
                known.unwrap_or_else(|| {
                    self.variables.push(name.clone());
                    self.variables.len() - 1
                }) as u32
            })
            .collect();
        let mut places: Vec<NodeId> = Vec::with_capacity(from.graph().len());
        for node in from.graph().nodes() {
            let node = match *node {
                Node::Variable(slot) => Node::Variable(slots.get(slot as usize).copied().unwrap_or(slot)),
                node => node.map_children(|child| places.get(child.index()).copied().unwrap_or(NodeId(0))),
            };
            places.push(self.graph.add(node));
        }
        roots.iter().map(|root| places.get(root.index()).copied().unwrap_or(NodeId(0))).collect()
    }

    fn check(mut self) -> AnswerCheck {
        let simplified = is_simplified(self.answer_typed);
        let samples = Samples::of(&self);
        let mut result = AnswerCheck {
            verdict: Verdict::Correct,
            simplified,
            mistake: None,
            counterexample: None,
            error: None,
            note: None,
        };
        let same_form = {
            let mut simplifier = Simplifier::new(&self.graph, false);
            simplifier.simplify(self.expected) == simplifier.simplify(self.answer)
        };
        match samples.compare() {
            _ if same_form => result.note = samples.domain_note(&self.variables),
            Comparison::Equal => result.note = samples.domain_note(&self.variables),
            Comparison::Different(point) => {
                result.verdict = Verdict::Incorrect;
                result.counterexample = samples.counterexample(point, &self.variables);
                result.mistake = self.diagnose(&samples);
            }
            Comparison::NothingInCommon => {
                result.verdict = Verdict::Incorrect;
                result.mistake = self.diagnose(&samples);
            }
        }
        result
    }

    fn diagnose(&mut self, samples: &Samples) -> Option<Mistake> {
        let points = samples.for_diagnosis();
        if points.is_empty() {
            return None;
        }
        let expected = self.values(self.expected, &points);
        let answer = self.values(self.answer, &points);
        // What the answer would be with brackets somewhere else.
        for other in misread::readings(self.answer_typed) {
            let root = self.import(&other, &[other.root()]).first().copied();
            if root.is_some_and(|root| compare::agree(&self.values(root, &points), &expected)) {
                return Some(words::mistake("missing_parentheses", ""));
            }
        }
        if let Some((function, slot)) = self.function {
            let candidates = slips::candidates(&mut self.graph, function, slot, self.variables.len());
            let table = compare::Table::new(&self.graph, &points);
            for candidate in candidates {
                if compare::agree(table.of(candidate.slope), &answer) {
                    let part = candidate.at.map_or(String::new(), |at| self.text(at));
                    return Some(words::mistake(candidate.code, &part));
                }
            }
        }
        let ratio = compare::ratio(&answer, &expected);
        if ratio.is_some_and(|ratio| ratio == -1.0) {
            return Some(words::mistake("sign_error", ""));
        }
        if ratio.is_some_and(|ratio| (ratio - 1.0).abs() < 0.02) {
            return Some(words::mistake("rounded_constant", ""));
        }
        if let Some((function, slot)) = self.function {
            if compare::agree(&self.values(function, &points), &answer) {
                return Some(words::mistake("not_differentiated", ""));
            }
            let undone = slips::plain_slope(&mut self.graph, self.answer, slot);
            if undone
                .is_some_and(|undone| compare::agree(&self.values(undone, &points), &self.values(function, &points)))
            {
                return Some(words::mistake("integrated_instead", ""));
            }
            if ratio.is_some() {
                return Some(words::mistake("missing_constant_factor", ""));
            }
            let variable = self.graph.add(Node::Variable(slot));
            let x = self.values(variable, &points);
            if compare::is_power_of(&answer, &expected, &x) {
                return Some(words::mistake("off_by_one_power", ""));
            }
        } else if ratio.is_some() {
            return Some(words::mistake("missing_constant_factor", ""));
        }
        None
    }

    fn values(&self, root: NodeId, points: &[Vec<f64>]) -> Vec<f64> {
        compare::values(&self.graph, root, points)
    }

    /// A part of the function as text.
    fn text(&self, at: NodeId) -> String {
        crate::print::tree_text(&unfold(&self.graph, at), &self.variables)
    }
}

/// Whether a formula is written with no more parts than its simplified form.
fn is_simplified(answer: &Expression) -> bool {
    let simple = answer.simplify();
    crate::print::weight(answer.tree()) <= crate::print::weight(simple.tree())
}
