//! The values of a formula at many points: the same operations as at one, a block of lanes at a time.
//!
//! What does not depend on the variable is calculated once. The rest runs block by block, so that the cost of choosing an
//! operation is shared by many points and every intermediate value stays in the processor's first cache.

use wide::f64x4;

use super::value;
use crate::math;
use crate::operate::{call_one, call2, choose, swallows_infinity, whole_power};
use crate::program::{Operation, Program, Slot};

/// Points in a block: measured on formulas of 5 to 30 operations, 64 to 256 are alike.
const LANES: usize = 128;
const WORDS: usize = LANES / 4;
type Block = [f64x4; WORDS];

/// One step of the plan on blocks.
#[derive(Clone, Copy)]
struct Step {
    work: Work,
    a: usize,
    b: usize,
    c: usize,
    d: usize,
    out: usize,
}

#[derive(Clone, Copy)]
enum Work {
    /// An operation as it stands.
    Operation(Operation),
    /// a · b + c, both rounded.
    MultiplyAdd,
    /// a · b − c, both rounded.
    MultiplySubtract,
    /// c − a · b, both rounded.
    SubtractProduct,
}

/// How a formula runs over blocks for one variable.
struct Plan {
    steps: Vec<Step>,
    /// Blocks and the numbers that fill them for good.
    fixed: Vec<(usize, f64)>,
    blocks: usize,
    /// The blocks of the variable, of the root and of the guards.
    input: usize,
    root: usize,
    guards: Vec<usize>,
}

impl Program {
    /// The values where `variable` takes each of `values` and the other variables are as in `at`; `out` is filled as far as
    /// both reach. Each is the number [`Program::evaluate`] gives at that point, bit for bit.
    pub fn evaluate_many(&self, variable: usize, values: &[f64], at: &[f64], out: &mut [f64]) {
        let mut point: Vec<f64> = (0..self.variables()).map(|i| at.get(i).copied().unwrap_or(f64::NAN)).collect();
        let dependent = self.dependent_on(variable as u32);
        let mut fixed = vec![0.0; self.operations().len()];
        let depends = |index: usize| dependent.get(index).copied().unwrap_or(false);
        let mut one = |x: f64, out: &mut f64| {
            if let Some(place) = point.get_mut(variable) {
                *place = x;
            }
            *out = self.evaluate(&point);
        };
        if !depends(self.root() as usize) && !self.guards().iter().any(|guard| depends(*guard as usize)) {
            let mut result = f64::NAN;
            one(0.0, &mut result);
            values.iter().zip(out).for_each(|(_, out)| *out = result);
            return;
        }
        // A point alone is quicker without a plan; measured: two are not.
        let swallowed = values.len() < 4 || self.run(at, &mut fixed, |index| !depends(index));
        if swallowed {
            values.iter().zip(out).for_each(|(x, out)| one(*x, out));
            return;
        }
        let plan = Plan::new(self, &dependent, &fixed);
        let mut blocks = vec![[f64x4::splat(0.0); WORDS]; plan.blocks];
        for (block, number) in &plan.fixed {
            if let Some(block) = blocks.get_mut(*block) {
                *block = [f64x4::splat(*number); WORDS];
            }
        }
        for (values, out) in values.chunks(LANES).zip(out.chunks_mut(LANES)) {
            plan.load(&mut blocks, values);
            let swallowed = plan.run(&mut blocks);
            let plain = plan.store(&blocks, out);
            if !plain || swallowed {
                let finite = |index: usize| plan.guards.iter().all(|guard| lane(&blocks, *guard, index).is_finite());
                for (index, (x, out)) in values.iter().zip(out.iter_mut()).enumerate() {
                    if swallowed || !out.is_finite() || !finite(index) {
                        one(*x, out);
                    }
                }
            }
        }
    }
}

fn lane(blocks: &[Block], block: usize, index: usize) -> f64 {
    let pair = blocks.get(block).and_then(|block| block.get(index / 4));
    pair.and_then(|pair| pair.as_array().get(index % 4)).copied().unwrap_or(f64::NAN)
}

impl Plan {
    fn new(program: &Program, dependent: &[bool], fixed_values: &[f64]) -> Plan {
        let operations = program.operations();
        let depends = |slot: Slot| dependent.get(slot as usize).copied().unwrap_or(false);
        let kept = |slot: Slot| slot == program.root() || program.guards().contains(&slot);
        let mut uses = vec![0_u32; operations.len()];
        for (index, operation) in operations.iter().enumerate() {
            if depends(index as Slot) {
                let (operands, count) = operation.operands();
                for slot in operands.iter().take(count) {
                    if let Some(uses) = uses.get_mut(*slot as usize) {
                        *uses += 1;
                    }
                }
            }
        }
        // A product used once, by a sum or a difference, is part of that.
        let absorbed = |slot: Slot| match operations.get(slot as usize) {
            Some(Operation::Multiply(a, b)) if depends(slot) && !kept(slot) && uses.get(slot as usize) == Some(&1) => {
                Some((*a, *b))
            }
            _ => None,
        };
        let mut skip = vec![false; operations.len()];
        let mut work: Vec<Option<(Work, [Slot; 4], usize)>> = Vec::with_capacity(operations.len());
        for (index, operation) in operations.iter().enumerate() {
            if !depends(index as Slot) {
                work.push(None);
                continue;
            }
            let (operands, count) = operation.operands();
            let fused = match *operation {
                Operation::Add(x, c) if absorbed(x).is_some() => Some((Work::MultiplyAdd, x, c)),
                Operation::Add(c, x) if absorbed(x).is_some() => Some((Work::MultiplyAdd, x, c)),
                Operation::Subtract(x, c) if absorbed(x).is_some() => Some((Work::MultiplySubtract, x, c)),
                Operation::Subtract(c, x) if absorbed(x).is_some() => Some((Work::SubtractProduct, x, c)),
                _ => None,
            };
            match fused.and_then(|(kind, x, c)| absorbed(x).map(|(a, b)| (kind, x, [a, b, c, 0]))) {
                Some((kind, x, operands)) => {
                    if let Some(flag) = skip.get_mut(x as usize) {
                        *flag = true;
                    }
                    work.push(Some((kind, operands, 3)));
                }
                None => work.push(Some((Work::Operation(*operation), operands, count))),
            }
        }
        for (work, skip) in work.iter_mut().zip(&skip) {
            if *skip {
                *work = None;
            }
        }
        // The last step that reads each value.
        let mut last = vec![0_usize; operations.len()];
        for (index, item) in work.iter().enumerate() {
            if let Some((_, operands, count)) = item {
                for slot in operands.iter().take(*count) {
                    if let Some(last) = last.get_mut(*slot as usize) {
                        *last = index;
                    }
                }
            }
        }
        let mut plan = Plan { steps: Vec::new(), fixed: Vec::new(), blocks: 0, input: 0, root: 0, guards: Vec::new() };
        let mut place: Vec<Option<usize>> = vec![None; operations.len()];
        let mut free: Vec<usize> = Vec::new();
        for (index, item) in work.iter().enumerate() {
            let Some((kind, operands, count)) = item else { continue };
            let mut at = [0_usize; 4];
            for (at, slot) in at.iter_mut().zip(operands).take(*count) {
                *at = match place.get(*slot as usize).copied().flatten() {
                    Some(block) => block,
                    None => {
                        // A value that does not depend on the variable: a block of its own, filled once.
                        let block = plan.blocks;
                        plan.blocks += 1;
                        plan.fixed.push((block, value(fixed_values, *slot)));
                        if let Some(place) = place.get_mut(*slot as usize) {
                            *place = Some(block);
                        }
                        block
                    }
                };
            }
            let out = match *kind {
                Work::Operation(Operation::Variable(_)) => {
                    let block = plan.blocks;
                    plan.blocks += 1;
                    plan.input = block;
                    block
                }
                _ => free.pop().unwrap_or_else(|| {
                    plan.blocks += 1;
                    plan.blocks - 1
                }),
            };
            if !matches!(kind, Work::Operation(Operation::Variable(_))) {
                let [a, b, c, d] = at;
                plan.steps.push(Step { work: *kind, a, b, c, d, out });
            }
            if let Some(place) = place.get_mut(index) {
                *place = Some(out);
            }
            for (at, slot) in at.iter().zip(operands).take(*count) {
                let reusable = depends(*slot)
                    && !kept(*slot)
                    && last.get(*slot as usize) == Some(&index)
                    && !matches!(operations.get(*slot as usize), Some(Operation::Variable(_)));
                if reusable && !free.contains(at) {
                    free.push(*at);
                }
            }
        }
        let mut fixed_block = |plan: &mut Plan, slot: Slot| match place.get(slot as usize).copied().flatten() {
            Some(block) => block,
            None => {
                let block = plan.blocks;
                plan.blocks += 1;
                plan.fixed.push((block, value(fixed_values, slot)));
                if let Some(place) = place.get_mut(slot as usize) {
                    *place = Some(block);
                }
                block
            }
        };
        plan.root = fixed_block(&mut plan, program.root());
        for guard in program.guards() {
            let block = fixed_block(&mut plan, *guard);
            plan.guards.push(block);
        }
        plan
    }

    /// Puts the points into the variable's block; a short one is filled up with its last point.
    fn load(&self, blocks: &mut [Block], values: &[f64]) {
        let Some(block) = blocks.get_mut(self.input) else { return };
        let (words, rest) = values.as_chunks::<4>();
        for (lanes, word) in block.iter_mut().zip(words) {
            *lanes = f64x4::new(*word);
        }
        if words.len() < WORDS {
            let last = values.last().copied().unwrap_or(0.0);
            let mut word = [last; 4];
            word.iter_mut().zip(rest).for_each(|(lane, x)| *lane = *x);
            for lanes in block.iter_mut().skip(words.len()) {
                *lanes = f64x4::new(core::mem::replace(&mut word, [last; 4]));
            }
        }
    }

    /// Takes the results out. Returns whether all of them, and all guards, are finite.
    fn store(&self, blocks: &[Block], out: &mut [f64]) -> bool {
        let Some(block) = blocks.get(self.root) else { return false };
        let mut plain = finite(block);
        for (word, lanes) in out.chunks_mut(4).zip(block) {
            match <&mut [f64; 4]>::try_from(&mut *word) {
                Ok(word) => *word = lanes.to_array(),
                Err(_) => word.iter_mut().zip(lanes.to_array()).for_each(|(out, lane)| *out = lane),
            }
        }
        for guard in &self.guards {
            plain &= blocks.get(*guard).is_some_and(finite);
        }
        plain
    }

    /// Runs all steps. Returns whether an infinity may have been swallowed.
    fn run(&self, blocks: &mut [Block]) -> bool {
        let mut swallowed = false;
        for step in &self.steps {
            swallowed |= step.run(blocks);
        }
        swallowed
    }
}

/// Whether every number of a block is finite.
fn finite(block: &Block) -> bool {
    let zero = f64x4::splat(0.0);
    let mut all = [zero; 4];
    for four in block.as_chunks::<4>().0 {
        for (all, lanes) in all.iter_mut().zip(four) {
            // 0 for what is finite, not-a-number for what is not.
            *all += *lanes * zero;
        }
    }
    all.iter().all(|all| all.to_array() == [0.0; 4])
}

/// Whether any number of a block is infinite.
fn infinite(block: &Block) -> bool {
    use crate::math::Lanes;
    let mut any = [f64x4::splat(0.0); 4];
    for four in block.as_chunks::<4>().0 {
        for (any, lanes) in any.iter_mut().zip(four) {
            *any |= Lanes::eq(Lanes::abs(*lanes), f64x4::splat(f64::INFINITY));
        }
    }
    any.iter().any(|any| any.any())
}

#[inline(always)]
fn each(out: &mut Block, a: &Block, function: impl Fn(f64x4) -> f64x4) {
    for (out, a) in out.iter_mut().zip(a) {
        *out = function(*a);
    }
}

/// For operations so short that the counting of the loop would cost as much: four pairs a round.
#[inline(always)]
fn quick2(out: &mut Block, a: &Block, b: &Block, function: impl Fn(f64x4, f64x4) -> f64x4) {
    let (out, _) = out.as_chunks_mut::<4>();
    for ((out, a), b) in out.iter_mut().zip(a.as_chunks::<4>().0).zip(b.as_chunks::<4>().0) {
        for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
            *out = function(*a, *b);
        }
    }
}

#[inline(always)]
fn quick3(out: &mut Block, a: &Block, b: &Block, c: &Block, function: impl Fn(f64x4, f64x4, f64x4) -> f64x4) {
    let (out, _) = out.as_chunks_mut::<4>();
    let (a, b, c) = (a.as_chunks::<4>().0, b.as_chunks::<4>().0, c.as_chunks::<4>().0);
    for (((out, a), b), c) in out.iter_mut().zip(a).zip(b).zip(c) {
        for (((out, a), b), c) in out.iter_mut().zip(a).zip(b).zip(c) {
            *out = function(*a, *b, *c);
        }
    }
}

#[inline(always)]
fn each2(out: &mut Block, a: &Block, b: &Block, function: impl Fn(f64x4, f64x4) -> f64x4) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = function(*a, *b);
    }
}

impl Step {
    /// Runs the step. The block of the result is never one of its operands', which live at least as long as the step.
    fn run(&self, blocks: &mut [Block]) -> bool {
        // The result is made apart and put in its place, so that operands may be read meanwhile.
        let mut swallowed = false;
        let split = self.out;
        let Some((before, rest)) = blocks.split_at_mut_checked(split) else { return false };
        let Some((out, after)) = rest.split_first_mut() else { return false };
        let block = |index: usize| -> Option<&Block> {
            if index < split { before.get(index) } else { after.get(index.wrapping_sub(split + 1)) }
        };
        let Some(a) = block(self.a) else { return false };
        let mut suspect = |block: &Block| swallowed |= infinite(block);
        match self.work {
            Work::Operation(operation) => match operation {
                Operation::Constant(_) | Operation::Variable(_) => {}
                Operation::Negate(_) => each(out, a, |a| -a),
                Operation::WholePower(_, n) => {
                    if n < 0 {
                        suspect(a);
                    }
                    match n {
                        2 => quick2(out, a, a, |a, _| a * a),
                        4 => quick2(out, a, a, |a, _| whole_power(a, 4)),
                        _ => each(out, a, |a| whole_power(a, n)),
                    }
                }
                Operation::RationalPower(_, p, q) => {
                    suspect(a);
                    each(out, a, |a| math::Lanes::each(a, |a| math::rational_power(a, p, q)));
                }
                Operation::Call(function, _) => {
                    if swallows_infinity(function) {
                        suspect(a);
                    }
                    unary(function, out, a);
                }
                Operation::Add(..)
                | Operation::Subtract(..)
                | Operation::Multiply(..)
                | Operation::Divide(..)
                | Operation::Power(..)
                | Operation::Call2(..)
                | Operation::If(..) => {
                    let Some(b) = block(self.b) else { return false };
                    match operation {
                        Operation::Add(..) => quick2(out, a, b, |a, b| a + b),
                        Operation::Subtract(..) => quick2(out, a, b, |a, b| a - b),
                        Operation::Multiply(..) => quick2(out, a, b, |a, b| a * b),
                        Operation::Divide(..) => {
                            suspect(b);
                            each2(out, a, b, |a, b| a / b);
                        }
                        Operation::If(relation, ..) => {
                            suspect(a);
                            suspect(b);
                            let (Some(c), Some(d)) = (block(self.c), block(self.d)) else { return false };
                            for ((((out, a), b), c), d) in out.iter_mut().zip(a).zip(b).zip(c).zip(d) {
                                *out = choose(relation, *a, *b, *c, *d);
                            }
                        }
                        Operation::Call2(function, ..) => {
                            suspect(a);
                            suspect(b);
                            each2(out, a, b, |a, b| call2(function, a, b));
                        }
                        _ => {
                            suspect(a);
                            suspect(b);
                            each2(out, a, b, |a, b| math::Lanes::each_pair(a, b, math::powf));
                        }
                    }
                }
            },
            Work::MultiplyAdd | Work::MultiplySubtract | Work::SubtractProduct => {
                let (Some(b), Some(c)) = (block(self.b), block(self.c)) else { return false };
                match self.work {
                    Work::MultiplyAdd => quick3(out, a, b, c, |a, b, c| a * b + c),
                    Work::MultiplySubtract => quick3(out, a, b, c, |a, b, c| a * b - c),
                    _ => quick3(out, a, b, c, |a, b, c| c - a * b),
                }
            }
        }
        swallowed
    }
}

/// A function of one argument over a block. The kernels get loops of their own; the rest share one.
fn unary(function: crate::function::Function, out: &mut Block, a: &Block) {
    use crate::function::Function;
    match function {
        Function::Sin => each(out, a, math::sin),
        Function::Cos => each(out, a, math::cos),
        Function::Exp => each(out, a, math::exp),
        Function::Ln => each(out, a, math::ln),
        Function::Tanh => each(out, a, math::tanh),
        Function::Sqrt => each(out, a, math::sqrt),
        Function::Sigmoid => each(out, a, math::sigmoid),
        Function::Softplus => each(out, a, math::softplus),
        Function::Abs => each(out, a, math::Lanes::abs),
        _ => each(out, a, |a| math::Lanes::each(a, |x| call_one(function, x))),
    }
}
