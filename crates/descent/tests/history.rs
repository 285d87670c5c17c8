//! The memory of a run against a list of all states, and what going back costs.
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use std::cell::Cell;

use descent::optimizer::{Optimizer, Stepper};
use descent::problem::Problem;
use descent::run::{Options, Run, Schedule, Snapshot, Way};
use proptest::prelude::*;

/// A crooked valley in as many dimensions as one likes, counting how often its gradient is asked for.
#[derive(Clone)]
struct Valley {
    dimension: usize,
    asked: Cell<u64>,
}

impl Valley {
    fn new(dimension: usize) -> Self {
        Self { dimension, asked: Cell::new(0) }
    }
}

impl Problem for Valley {
    fn dimension(&self) -> usize {
        self.dimension
    }
    fn value(&self, at: &[f64]) -> f64 {
        at.iter().enumerate().map(|(k, x)| (1.0 + (k % 3) as f64) * x * x / (1.0 + x * x)).sum()
    }
    fn gradient(&self, at: &[f64], gradient: &mut [f64]) -> f64 {
        self.asked.set(self.asked.get() + 1);
        for (k, (g, x)) in gradient.iter_mut().zip(at).enumerate() {
            let d = 1.0 + x * x;
            *g = 2.0 * (1.0 + (k % 3) as f64) * x / (d * d);
        }
        self.value(at)
    }
}

#[derive(Clone, Debug)]
enum Action {
    Step(u64),
    Settings(Optimizer),
    Leap(f64),
    LeapOn(f64),
    Scrub(f64),
    StepBack(u64),
}

fn action() -> impl Strategy<Value = Action> {
    let rate = prop::sample::select(vec![0.01, 0.1, 0.3]);
    let optimizer = (rate, 0..4usize).prop_map(|(rate, kind)| match kind {
        0 => Optimizer::sgd(rate),
        1 => Optimizer::momentum(rate),
        2 => Optimizer::adam(rate),
        _ => Optimizer::Adagrad { learning_rate: rate, initial_accumulator: 0.1 * rate, epsilon: 1e-7 },
    });
    prop_oneof![
        6 => (1..60u64).prop_map(Action::Step),
        3 => optimizer.prop_map(Action::Settings),
        1 => (-2.0..2.0).prop_map(Action::Leap),
        1 => (-2.0..2.0).prop_map(Action::LeapOn),
        2 => (0.0..1.0).prop_map(Action::Scrub),
        2 => (1..30u64).prop_map(Action::StepBack),
    ]
}

/// A state as a list would have it, made by the plainest means.
#[derive(Clone)]
struct Plain {
    point: Vec<f64>,
    way: Way,
    stepper: Option<Stepper>,
    /// For the next step.
    optimizer: Optimizer,
}

struct List {
    problem: Valley,
    states: Vec<Plain>,
    now: usize,
}

impl List {
    fn here(&self) -> &Plain {
        &self.states[self.now]
    }
    fn push(&mut self, next: Plain) {
        self.states.truncate(self.now + 1);
        self.states.push(next);
        self.now += 1;
    }
    fn step(&mut self) {
        let mut next = self.here().clone();
        let mut stepper = match &next.stepper {
            Some(stepper) => stepper.clone(),
            None => next.optimizer.start(next.point.len()).unwrap(),
        };
        if matches!(next.way, Way::Step { optimizer } if optimizer != next.optimizer) {
            stepper.adopt(&next.optimizer, next.point.len()).unwrap();
        }
        let mut gradient = vec![0.0; next.point.len()];
        let value = self.problem.gradient(&next.point, &mut gradient);
        stepper.step_on(&self.problem, value, &mut next.point, &gradient);
        next.way = Way::Step { optimizer: next.optimizer };
        next.stepper = Some(stepper);
        self.push(next);
    }
    fn leap(&mut self, to: Vec<f64>) {
        let optimizer = self.here().optimizer;
        self.push(Plain { point: to, way: Way::Leap, stepper: None, optimizer });
    }
    fn act(&mut self, action: &Action) {
        let there = |x: &f64| vec![*x; self.problem.dimension];
        match action {
            Action::Step(count) => (0..*count).for_each(|_| self.step()),
            Action::Settings(optimizer) if *optimizer != self.here().optimizer => {
                self.states.truncate(self.now + 1);
                self.states[self.now].optimizer = *optimizer;
            }
            Action::Settings(_) => {}
            Action::Leap(x) => self.leap(there(x)),
            Action::LeapOn(x) => {
                let (to, optimizer) = (there(x), self.here().optimizer);
                if self.here().way == Way::Leap {
                    self.now -= 1;
                }
                self.leap(to);
                self.states[self.now].optimizer = optimizer;
            }
            Action::Scrub(share) => self.now = (share * self.states.len() as f64) as usize,
            // Where there is nothing to take back, nothing is forgotten either.
            Action::StepBack(_) if self.now == 0 => {}
            Action::StepBack(count) => {
                self.now = self.now.saturating_sub(*count as usize);
                self.states.truncate(self.now + 1);
            }
        }
    }
}

fn act(run: &mut Run<Valley>, action: &Action) {
    let there = |run: &Run<Valley>, x: &f64| vec![*x; run.problem().dimension];
    match action {
        Action::Step(count) => assert_eq!(run.step_many(*count), *count),
        Action::Settings(optimizer) => run.set_optimizer(*optimizer).unwrap(),
        Action::Leap(x) => run.leap(&there(run, x)).unwrap(),
        Action::LeapOn(x) => run.leap_on(&there(run, x)).unwrap(),
        Action::Scrub(share) => run.scrub((share * (run.length() + 1) as f64) as u64),
        Action::StepBack(count) => {
            run.step_back(*count);
        }
    }
}

fn same(run: &Run<Valley>, list: &List) -> Result<(), TestCaseError> {
    let (now, plain) = (run.now(), list.here());
    prop_assert_eq!(now.step as usize, list.now);
    prop_assert_eq!(run.length() as usize, list.states.len() - 1);
    prop_assert!(now.point.iter().zip(&plain.point).all(|(a, b)| a.to_bits() == b.to_bits()));
    prop_assert_eq!(now.way, plain.way);
    prop_assert_eq!(now.optimizer, plain.optimizer);
    prop_assert_eq!(run.before().is_some(), list.now > 0);
    if let Some(before) = run.before() {
        prop_assert_eq!(&before.point, &list.states[list.now - 1].point);
    }
    let leaps = list.states[..=list.now].iter().filter(|state| state.way == Way::Leap).count();
    prop_assert_eq!((now.leaps as usize, run.leaps() as usize, run.steps() as usize), (leaps, leaps, list.now - leaps));
    for (state, back) in run.recent(5).zip(0..) {
        prop_assert_eq!(&state.point, &list.states[list.now - back].point);
    }
    for state in run.trail() {
        prop_assert_eq!(&state.point, &list.states[state.step as usize].point);
        prop_assert_eq!(state.optimizer, list.states[state.step as usize].optimizer);
    }
    let steps: Vec<u64> = run.trail().map(|state| state.step).collect();
    prop_assert!(steps.windows(2).all(|pair| pair[0] < pair[1]));
    prop_assert_eq!((steps[0], *steps.last().unwrap()), (0, now.step));
    Ok(())
}

fn check(dimension: usize, actions: &[Action]) -> Result<(), TestCaseError> {
    let start = vec![1.5; dimension];
    let options = Options { keep_going: true, ..Options::default() };
    let mut run = Run::new(Valley::new(dimension), &start, Optimizer::sgd(0.1), options).unwrap();
    let first = Plain { point: start, way: Way::Start, stepper: None, optimizer: Optimizer::sgd(0.1) };
    let mut list = List { problem: Valley::new(dimension), states: vec![first], now: 0 };
    for action in actions {
        act(&mut run, action);
        list.act(action);
        same(&run, &list)?;
    }
    let again = Run::replay(Valley::new(dimension), &run.record(), *run.optimizer(), options).unwrap();
    prop_assert_eq!(again.now(), run.now());
    prop_assert_eq!(again.verdict(), run.verdict());
    prop_assert_eq!(again.record(), run.record());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_run_is_the_list_of_all_its_states_whatever_is_done_to_it(actions in prop::collection::vec(action(), 1..40)) {
        check(2, &actions)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]
    /// States of 2,000 parameters are so large that only some dozens are kept.
    #[test]
    fn a_run_that_forgets_states_is_still_the_list_of_all_of_them(actions in prop::collection::vec(action(), 10..30)) {
        check(2_000, &actions)?;
    }
}

/// Of the states of 2,000 parameters, a move by hand or other settings at every seventh, some dozens are kept.
#[test]
fn every_state_between_those_kept_is_computed_again_with_its_leaps_and_settings() {
    let options = Options { keep_going: true, ..Options::default() };
    let mut run = Run::new(Valley::new(2_000), &[1.5; 2_000], Optimizer::sgd(0.1), options).unwrap();
    let mut seen = vec![run.now().clone()];
    for step in 1..400u32 {
        if step % 14 == 3 {
            run.leap(&vec![f64::from(step) / 200.0; 2_000]).unwrap();
        } else {
            if step % 14 == 10 {
                run.set_optimizer(Optimizer::momentum(0.01 * f64::from(1 + step % 5))).unwrap();
                seen.pop();
                seen.push(run.now().clone());
            }
            assert!(run.step());
        }
        seen.push(run.now().clone());
    }
    assert!(run.trail().count() < 150, "{}", run.trail().count());
    for place in (0..400).map(|k| k * 171 % 400) {
        run.scrub(place as u64);
        assert!(run.now() == &seen[place], "state {place}");
    }
}

#[test]
fn the_first_states_are_kept_whole_even_when_they_are_taken_again_after_a_long_run() {
    let options = Options { keep_going: true, ..Options::default() };
    let mut run = Run::new(Valley::new(1), &[1.0], Optimizer::sgd(1e-5), options).unwrap();
    run.step_many(30_000);
    run.scrub(20);
    run.step_many(300);
    let steps: Vec<u64> = run.trail().map(|state| state.step).collect();
    assert!(steps[..256].iter().zip(0..).all(|(step, place)| *step == place), "{steps:?}");
}

#[test]
fn eighty_changes_of_the_rate_keep_eighty_steps() {
    let mut run = Run::new(Valley::new(1), &[1.0], Optimizer::sgd(0.1), Options::default()).unwrap();
    for change in 0..80 {
        run.set_optimizer(Optimizer::momentum(if change % 2 == 0 { 0.1 } else { 0.05 })).unwrap();
        assert!(run.step());
    }
    assert_eq!((run.steps(), run.record().moves.len(), run.trail().count()), (80, 80, 81));
}

#[test]
fn settings_changed_and_changed_back_leave_no_trace() {
    let momentum = Optimizer::momentum(0.1);
    let mut plain = Run::new(Valley::new(1), &[1.0], momentum, Options::default()).unwrap();
    plain.step_many(5);
    let mut other = plain.clone();
    other.set_optimizer(Optimizer::sgd(0.3)).unwrap();
    assert_ne!(other.now().stepper(), plain.now().stepper());
    other.set_optimizer(momentum).unwrap();
    other.step();
    plain.step();
    assert_eq!(other.now(), plain.now());
}

#[test]
fn half_a_million_steps_and_more_keep_a_bounded_number_of_states_an_odd_number_apart() {
    let options = Options { keep_going: true, ..Options::default() };
    let mut run = Run::new(Valley::new(1), &[1.0], Optimizer::sgd(1e-6), options).unwrap();
    // The stride of a former history had doubled to 0 by then.
    assert_eq!(run.step_many(504_000), 504_000);
    let steps: Vec<u64> = run.trail().map(|state| state.step).collect();
    assert!((2_000..=8192).contains(&steps.len()), "{}", steps.len());
    let apart: Vec<u64> = steps.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let widest = *apart.iter().max().unwrap();
    assert!(widest < 300 && widest % 2 == 1, "{widest}");
    assert!(apart[..255].iter().chain(&apart[apart.len() - 127..]).all(|step| *step == 1));
}

#[test]
fn stepping_back_one_by_one_through_a_million_steps_computes_each_stride_once() {
    let options = Options { keep_going: true, ..Options::default() };
    let mut run = Run::new(Valley::new(2), &[1.0, -1.0], Optimizer::momentum(1e-7), options).unwrap();
    assert_eq!(run.step_many(1_000_000), 1_000_000);
    let forward = run.problem().asked.get();
    let mut most = 0;
    for _ in 0..5_000 {
        let before = run.problem().asked.get();
        assert_eq!(run.step_back(1), 1);
        most = most.max(run.problem().asked.get() - before);
    }
    let back = run.problem().asked.get() - forward;
    // A stride of 243 states, of which the ring takes 128.
    assert!(most <= 243, "{most} gradients for one step back");
    assert!(back <= 2 * 5_000 + 243, "{back} gradients for 5,000 steps back");
    let here = run.now().clone();
    let asked = run.problem().asked.get();
    run.scrub(123_456);
    assert!(run.problem().asked.get() - asked <= 243);
    run.scrub(here.step);
    assert_eq!(run.now(), &here);
}

#[test]
fn a_schedule_does_not_count_leaps() {
    let options = Options { schedule: Schedule::Step { every: 2, factor: 0.5 }, ..Options::default() };
    let mut run = Run::new(Valley::new(1), &[1.0], Optimizer::sgd(0.1), options).unwrap();
    run.step();
    run.leap(&[1.0]).unwrap();
    let from = run.now().clone();
    run.step();
    assert_eq!(run.now().point[0], from.point[0] - 0.1 * from.gradient[0]);
    let from: Snapshot = run.now().clone();
    run.step();
    assert_eq!(run.now().point[0], from.point[0] - 0.05 * from.gradient[0]);
}
