//! A lean record of scalar operations for graphs too large for formulas: millions of nodes, made by a program.
//!
//! Two numbers and two places a node, in flat lists. The structure is recorded once; values and gradients are then calculated as
//! often as wanted by two loops, one forward, one backward.

use crate::function::Function;
use crate::operate::call_one;

use super::rules::quick_slope;

/// A value in a [`Record`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place(u32);

impl Place {
    /// The place as an index into [`Record::values`] and the adjoints.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// A variable or a constant: whatever was put there.
    Input,
    Add(u32, u32),
    Subtract(u32, u32),
    Multiply(u32, u32),
    Divide(u32, u32),
    /// a · b + c: the step of a weighted sum.
    MultiplyAdd(u32, u32, u32),
    Call(Function, u32),
}

/// Scalar operations in order, each on earlier values.
///
/// ```
/// use calculus::autodiff::Record;
/// use calculus::function::Function;
///
/// let mut record = Record::new();
/// let (w, x, b) = (record.input(0.5), record.input(2.0), record.input(-1.0));
/// let sum = record.multiply_add(w, x, b);
/// let out = record.call(Function::Tanh, sum);
/// assert_eq!(record.value(out), 0.0);
/// let adjoints = record.gradient(out);
/// assert_eq!(adjoints[w.index()], 2.0);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Record {
    steps: Vec<Step>,
    values: Vec<f64>,
    adjoints: Vec<f64>,
}

impl Record {
    /// An empty record.
    pub fn new() -> Record {
        Record::default()
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether nothing has been recorded.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    fn push(&mut self, step: Step) -> Place {
        let value = run(step, &self.values, f64::NAN);
        self.push_value(step, value)
    }

    fn push_value(&mut self, step: Step, value: f64) -> Place {
        // Places are 32 bits wide to keep the lists small: 4 billion values fill the memory of a wasm instance ten times over.
        let place = Place(self.steps.len() as u32);
        self.steps.push(step);
        self.values.push(value);
        place
    }

    /// A variable, or a constant: a value that is put, not calculated.
    pub fn input(&mut self, value: f64) -> Place {
        self.push_value(Step::Input, value)
    }

    /// a + b
    pub fn add(&mut self, a: Place, b: Place) -> Place {
        self.push(Step::Add(a.0, b.0))
    }

    /// a − b
    pub fn subtract(&mut self, a: Place, b: Place) -> Place {
        self.push(Step::Subtract(a.0, b.0))
    }

    /// a · b
    pub fn multiply(&mut self, a: Place, b: Place) -> Place {
        self.push(Step::Multiply(a.0, b.0))
    }

    /// a / b
    pub fn divide(&mut self, a: Place, b: Place) -> Place {
        self.push(Step::Divide(a.0, b.0))
    }

    /// a · b + c
    pub fn multiply_add(&mut self, a: Place, b: Place, c: Place) -> Place {
        self.push(Step::MultiplyAdd(a.0, b.0, c.0))
    }

    /// A function of one argument.
    pub fn call(&mut self, function: Function, a: Place) -> Place {
        self.push(Step::Call(function, a.0))
    }

    /// The value at a place.
    pub fn value(&self, place: Place) -> f64 {
        self.values.get(place.index()).copied().unwrap_or(f64::NAN)
    }

    /// All values, in the order in which they were recorded.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Puts another number at an input; nothing changes elsewhere until [`Record::evaluate`].
    pub fn set(&mut self, input: Place, value: f64) {
        if let (Some(Step::Input), Some(place)) = (self.steps.get(input.index()), self.values.get_mut(input.index())) {
            *place = value;
        }
    }

    /// Calculates all values anew from the inputs.
    pub fn evaluate(&mut self) {
        for index in 0..self.steps.len() {
            let Some(step) = self.steps.get(index) else { break };
            let (before, rest) = self.values.split_at_mut(index);
            if let Some(value) = rest.first_mut() {
                *value = run(*step, before, *value);
            }
        }
    }

    /// How fast the value at `from` changes with every value, in their order, from the values as they are now.
    pub fn gradient(&mut self, from: Place) -> &[f64] {
        self.adjoints.clear();
        self.adjoints.resize(self.steps.len(), 0.0);
        if let Some(adjoint) = self.adjoints.get_mut(from.index()) {
            *adjoint = 1.0;
        }
        for index in (0..=from.index().min(self.steps.len().saturating_sub(1))).rev() {
            let (Some(step), Some(value)) = (self.steps.get(index), self.values.get(index)) else { break };
            let (before, rest) = self.adjoints.split_at_mut(index);
            let adjoint = rest.first().copied().unwrap_or(0.0);
            if adjoint == 0.0 {
                continue;
            }
            let of = |slot: u32| get(&self.values, slot);
            let mut pass = |slot: u32, change: f64| {
                if let Some(place) = before.get_mut(slot as usize) {
                    *place += change;
                }
            };
            match *step {
                Step::Input => {}
                Step::Add(a, b) => {
                    pass(a, adjoint);
                    pass(b, adjoint);
                }
                Step::Subtract(a, b) => {
                    pass(a, adjoint);
                    pass(b, -adjoint);
                }
                Step::Multiply(a, b) => {
                    pass(a, adjoint * of(b));
                    pass(b, adjoint * of(a));
                }
                Step::Divide(a, b) => {
                    let share = adjoint / of(b);
                    pass(a, share);
                    pass(b, -(share * value));
                }
                Step::MultiplyAdd(a, b, c) => {
                    pass(a, adjoint * of(b));
                    pass(b, adjoint * of(a));
                    pass(c, adjoint);
                }
                Step::Call(function, a) => pass(a, adjoint * quick_slope(function, of(a), *value)),
            }
        }
        &self.adjoints
    }
}

#[inline(always)]
fn get(values: &[f64], slot: u32) -> f64 {
    values.get(slot as usize).copied().unwrap_or(f64::NAN)
}

#[inline(always)]
fn run(step: Step, values: &[f64], input: f64) -> f64 {
    let of = |slot: u32| get(values, slot);
    match step {
        Step::Input => input,
        Step::Add(a, b) => of(a) + of(b),
        Step::Subtract(a, b) => of(a) - of(b),
        Step::Multiply(a, b) => of(a) * of(b),
        Step::Divide(a, b) => of(a) / of(b),
        Step::MultiplyAdd(a, b, c) => of(a) * of(b) + of(c),
        Step::Call(function, a) => call_one(function, of(a)),
    }
}
