//! The derivation told step by step, from the inside out: what each rule matched and what it gave.

use super::{Derivation, Rule};
use crate::Expression;
use crate::error::FormulaError;
use crate::function::Function;
use crate::graph::{Node, NodeId};
use crate::print::{tree_text, unfold, weight};

/// One step of a worked derivative. `before` and `after` are formulas as plain text.
///
/// For the rules `rewrite` and `simplify` both are equal. For every other rule `after` is the derivative of `before`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DerivationStep {
    /// `"power"`, `"product"`, `"quotient"`, `"chain"`, `"sum"`, … , `"rewrite"` or `"simplify"`.
    pub rule: &'static str,
    /// The rule's name for the learner.
    pub title: &'static str,
    /// The part of the formula the rule matched.
    pub before: String,
    /// What it gave.
    pub after: String,
    /// One plain sentence.
    pub explanation: String,
}

/// Most rules that are told one by one; of a longer derivation the outermost. A guess at what anybody reads.
const MOST_STEPS: usize = 48;
/// Most parts of an intermediate result that is shown as the rules leave it; a longer one is tidied first. A guess.
const MOST_RAW: usize = 60;
/// Most parts of a formula in a step; steps with longer ones are left out. A guess at what fits on a page.
const MOST_SHOWN: usize = 400;
/// Most parts of a formula that is named within a sentence.
const MOST_IN_A_SENTENCE: usize = 24;

impl Expression {
    /// The derivative step by step, from the inside out. The last step's `after` is the text of [`Expression::derivative`].
    ///
    /// ```
    /// let steps = calculus::parse("x^2*sin(x)")?.derivation_steps("x")?;
    /// let rules: Vec<&str> = steps.iter().map(|step| step.rule).collect();
    /// assert_eq!(rules, ["power", "function", "product"]);
    /// assert_eq!(steps[2].after, "2*x*sin(x) + x^2*cos(x)");
    /// # Ok::<(), calculus::FormulaError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Expression::derivative`].
    pub fn derivation_steps(&self, variable: &str) -> Result<Vec<DerivationStep>, FormulaError> {
        let mut derivation = Derivation::new(self, self.variable(variable));
        let answer = derivation.derivative(self)?.text();
        let teller = Teller { derivation: &derivation, names: self.variables() };
        let mut steps = Vec::new();
        let meant = unfold(self.graph(), self.root());
        let tidy = teller.text(derivation.root);
        // `ln(1 + exp(x))` was already taken for softplus when it was read.
        let recognised = weight(self.tree()) != weight(&meant);
        if recognised || tree_text(&meant, self.variables()) != tidy {
            steps.push(DerivationStep {
                rule: "rewrite",
                title: "Rewrite",
                before: self.text(),
                after: tidy.clone(),
                explanation: "Write the formula in a form that is easier to differentiate.".to_owned(),
            });
        }
        let told = teller.told();
        let mut whole_told = false;
        for id in told.iter().skip(told.len().saturating_sub(MOST_STEPS)) {
            let step = teller.step(*id);
            whole_told = step.is_some();
            steps.extend(step);
        }
        // A whole too long to be shown as the rules leave it still has its last step.
        if let (false, Some(&whole)) = (whole_told, told.last()) {
            steps.extend(teller.last_step(whole, &answer));
        }
        if !steps.iter().any(|step| step.rule != "rewrite") {
            steps.push(teller.trivial(tidy, variable));
        }
        let raw = steps.last().map(|step| step.after.clone()).unwrap_or_default();
        if raw != answer {
            steps.push(DerivationStep {
                rule: "simplify",
                title: "Simplify",
                before: raw,
                after: answer,
                explanation: "Collect factors and like terms.".to_owned(),
            });
        }
        Ok(steps)
    }
}

struct Teller<'d> {
    derivation: &'d Derivation,
    names: &'d [String],
}

impl Teller<'_> {
    fn text(&self, id: NodeId) -> String {
        tree_text(&unfold(&self.derivation.graph, id), self.names)
    }

    /// The text of a part that has no more than `most` parts itself.
    fn short(&self, id: NodeId, most: usize) -> Option<String> {
        let tree = unfold(&self.derivation.graph, id);
        (weight(&tree) <= most).then(|| tree_text(&tree, self.names))
    }

    fn node(&self, id: NodeId) -> Node {
        self.derivation.graph.node(id)
    }

    /// The nodes whose differentiation is worth telling: not the variable itself, and of a sum only the whole.
    fn told(&self) -> Vec<NodeId> {
        let slopes = &self.derivation.slopes;
        let is_sum = |id: NodeId| matches!(self.node(id), Node::Add(..) | Node::Subtract(..));
        let mut inner_sums = vec![false; slopes.len()];
        for index in 0..slopes.len() {
            let id = NodeId(index as u32);
            if is_sum(id) && slopes.get(index).is_some_and(Option::is_some) {
                self.node(id).for_each_child(|child| {
                    if let (true, Some(flag)) = (is_sum(child), inner_sums.get_mut(child.index())) {
                        *flag = true;
                    }
                });
            }
        }
        let dull = |index: usize, rule: Rule| rule == Rule::Variable || inner_sums.get(index) == Some(&true);
        let worth = slopes.iter().enumerate().filter_map(|(index, slope)| Some((index, (*slope)?.1)));
        worth.filter(|(index, rule)| !dull(*index, *rule)).map(|(index, _)| NodeId(index as u32)).collect()
    }

    fn step(&self, id: NodeId) -> Option<DerivationStep> {
        let (slope, rule) = self.derivation.slopes.get(id.index()).copied().flatten()?;
        let before = self.short(id, MOST_SHOWN)?;
        let after = match self.short(slope, MOST_RAW) {
            Some(after) => after,
            None => tidied(&self.derivation.graph, slope, self.names)?,
        };
        let (rule, title, explanation) = self.words(id, rule);
        Some(DerivationStep { rule, title, before, after, explanation })
    }

    fn last_step(&self, id: NodeId, answer: &str) -> Option<DerivationStep> {
        let (_, rule) = self.derivation.slopes.get(id.index()).copied().flatten()?;
        let (rule, title, explanation) = self.words(id, rule);
        Some(DerivationStep { rule, title, before: self.text(id), after: answer.to_owned(), explanation })
    }

    fn trivial(&self, before: String, variable: &str) -> DerivationStep {
        let depends = self.derivation.slopes.last().copied().flatten().is_some();
        let (rule, title, after, explanation) = if depends {
            (
                "variable",
                "The variable itself",
                "1",
                format!("When {variable} grows by a little, so does {variable}: its slope is 1."),
            )
        } else {
            ("constant", "Constant rule", "0", format!("Nothing here changes with {variable}, so the derivative is 0."))
        };
        DerivationStep { rule, title, before, after: after.to_owned(), explanation }
    }

    fn words(&self, id: NodeId, rule: Rule) -> (&'static str, &'static str, String) {
        let plain = |text: &str| text.to_owned();
        match rule {
            Rule::Variable => ("variable", "The variable itself", plain("Its slope is 1.")),
            Rule::Sum => ("sum", "Sum rule", plain("Differentiate each term by itself; constants drop out.")),
            Rule::ConstantFactor => {
                ("constant_factor", "Constant factor rule", plain("A constant factor stays; differentiate the rest."))
            }
            Rule::Product => {
                let factors = match self.node(id) {
                    Node::Multiply(a, b) => self.short(a, MOST_IN_A_SENTENCE).zip(self.short(b, MOST_IN_A_SENTENCE)),
                    _ => None,
                };
                let sentence = match factors {
                    Some((a, b)) => format!(
                        "Each factor has its turn: differentiate {a} and keep {b}, then the other way round, and add."
                    ),
                    None => plain("Each factor has its turn to be differentiated; add the results."),
                };
                ("product", "Product rule", sentence)
            }
            Rule::Quotient => (
                "quotient",
                "Quotient rule",
                plain(
                    "Slope of the top times the bottom, minus the top times the slope of the bottom, over the bottom squared.",
                ),
            ),
            Rule::Reciprocal => (
                "reciprocal",
                "Reciprocal rule",
                plain(
                    "A constant over something: minus the constant times the slope of the bottom, over the bottom squared.",
                ),
            ),
            Rule::Power => {
                let sentence = match self.node(id) {
                    Node::Divide(..) => {
                        "Read it as a negative power: the exponent comes down as a factor, and the new exponent is one less."
                    }
                    _ => "The exponent comes down as a factor, and the new exponent is one less.",
                };
                ("power", "Power rule", plain(sentence))
            }
            Rule::Exponential => (
                "exponential",
                "Exponential rule",
                plain("A constant to the variable keeps its form and gains the logarithm of the base."),
            ),
            Rule::GeneralPower => (
                "general_power",
                "Variable base and exponent",
                plain("Write the power as exp(exponent times ln(base)) and differentiate that."),
            ),
            Rule::Function(function) => ("function", title_of(function), self.function_words(function)),
            Rule::Chain => {
                let inside = match self.node(id) {
                    Node::Call(_, u) | Node::RationalPower(u, ..) => u,
                    Node::Power(a, b) if self.derivation.slopes.get(b.index()).copied().flatten().is_none() => a,
                    Node::Power(_, b) => b,
                    _ => id,
                };
                let inside =
                    self.short(inside, MOST_IN_A_SENTENCE).map_or(String::new(), |inside| format!(", {inside}"));
                let sentence = format!(
                    "Differentiate the outside and keep the inside{inside}; then multiply by the derivative of the inside."
                );
                ("chain", "Chain rule", sentence)
            }
            Rule::TwoArguments(Function::Min | Function::Max) => {
                ("extremum", "The one that counts", plain("Only the argument that is chosen passes its slope on."))
            }
            Rule::TwoArguments(_) => (
                "two_arguments",
                "Chain rule for two inputs",
                plain("Add up, for each input, how the function changes with it times how it changes itself."),
            ),
            Rule::Piecewise => (
                "piecewise",
                "Branch by branch",
                plain("Each branch is differentiated by itself; only the active one counts."),
            ),
        }
    }

    fn function_words(&self, function: Function) -> String {
        match function {
            Function::Abs => {
                "The slope of abs is the sign of what is inside; at 0 there is a corner and no slope.".to_owned()
            }
            Function::Relu => {
                "relu is flat on the left and climbs with slope 1 on the right; at 0 there is a corner and no slope."
                    .to_owned()
            }
            Function::Sign | Function::Step | Function::Floor | Function::Ceil | Function::Round => {
                format!("{} is flat between its jumps.", function.name())
            }
            Function::Exp => "The exponential function is its own derivative.".to_owned(),
            _ => format!("The derivative of {} is known; look it up once and keep it.", function.name()),
        }
    }
}

fn title_of(function: Function) -> &'static str {
    use Function::*;
    match function {
        Sin | Cos | Tan | Sec | Csc | Cot => "Derivative of a trigonometric function",
        Asin | Acos | Atan => "Derivative of an inverse trigonometric function",
        Sinh | Cosh | Tanh | Sech | Asinh | Acosh | Atanh => "Derivative of a hyperbolic function",
        Exp => "Derivative of the exponential function",
        Ln | Log10 | Log2 => "Derivative of a logarithm",
        Sqrt | Cbrt => "Derivative of a root",
        Abs | Relu | Sign | Step | Floor | Ceil | Round => "Derivative of a function with a corner or jumps",
        _ => "Derivative of a known function",
    }
}

fn tidied(graph: &crate::graph::Graph, id: NodeId, names: &[String]) -> Option<String> {
    let mut simplifier = crate::simplify::Simplifier::new(graph, true);
    let root = simplifier.simplify(id);
    let tree = unfold(&simplifier.finish(), root);
    (weight(&tree) <= MOST_SHOWN).then(|| tree_text(&tree, names))
}
