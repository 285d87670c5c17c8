//! Runs as histories: stepped, stepped back, scrubbed, forked, ended with a reason.
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use descent::optimizer::Optimizer;
use descent::regression::{LinearRegression, Standardize};
use descent::run::{Noisy, Options, Problem, Run, Schedule, Snapshot, Status};

/// A function of one or two variables with its slopes, by hand.
#[derive(Clone)]
struct Curve(usize, fn(&[f64]) -> f64, fn(&[f64]) -> Vec<f64>);

impl Problem for Curve {
    fn dimension(&self) -> usize {
        self.0
    }
    fn value(&self, at: &[f64]) -> f64 {
        (self.1)(at)
    }
    fn gradient(&self, at: &[f64], gradient: &mut [f64]) -> f64 {
        gradient.copy_from_slice(&(self.2)(at));
        (self.1)(at)
    }
}

fn parabola() -> Curve {
    Curve(1, |p: &[f64]| p[0] * p[0], |p: &[f64]| vec![2.0 * p[0]])
}

fn rosenbrock() -> Curve {
    Curve(
        2,
        |p: &[f64]| (1.0 - p[0]) * (1.0 - p[0]) + 100.0 * (p[1] - p[0] * p[0]) * (p[1] - p[0] * p[0]),
        |p: &[f64]| vec![-2.0 * (1.0 - p[0]) - 400.0 * p[0] * (p[1] - p[0] * p[0]), 200.0 * (p[1] - p[0] * p[0])],
    )
}

fn run<P: Problem>(problem: P, start: &[f64], optimizer: Optimizer) -> Run<P> {
    Run::new(problem, start, optimizer, Options::default()).unwrap()
}

#[test]
fn a_step_is_x_minus_rate_times_slope_and_stepping_back_is_exact() {
    let mut run = run(rosenbrock(), &[-1.2, 1.0], Optimizer::adam(0.02));
    assert_eq!(run.status(), Status::Idle);
    let mut seen: Vec<Snapshot> = vec![run.now().clone()];
    for _ in 0..300 {
        assert!(run.step());
        seen.push(run.now().clone());
    }
    assert_eq!(run.status(), Status::Paused);
    for frame in seen.iter().rev().skip(1) {
        assert_eq!(run.step_back(1), 1);
        assert_eq!(run.now(), frame);
    }
    assert_eq!((run.step_back(1), run.status()), (0, Status::Idle));
    run.step_many(300);
    assert_eq!(run.now(), &seen[300]);
}

#[test]
fn a_long_run_keeps_a_bounded_number_of_states_and_replays_the_rest_bit_for_bit() {
    let mut long =
        run(Noisy { problem: rosenbrock(), deviation: 0.1, seed: 5 }, &[-1.2, 1.0], Optimizer::momentum(1e-4));
    let mut kept = Vec::new();
    for step in 0..40_000u64 {
        assert!(long.step());
        if step % 9_973 == 0 || step == 17 || step == 20_001 {
            kept.push(long.now().clone());
        }
        if step == 20_000 {
            long.set_optimizer(Optimizer::momentum(2e-4)).unwrap();
        }
    }
    assert!(long.trail().count() <= 8192);
    let last = long.now().clone();
    for frame in kept.iter().rev() {
        long.scrub(frame.step);
        assert_eq!(long.now(), frame);
    }
    long.scrub(40_000);
    assert_eq!(long.now(), &last);
    assert_eq!(long.length(), 40_000);
}

#[test]
fn scrubbing_back_and_stepping_on_forgets_the_future() {
    let mut run = run(parabola(), &[1.0], Optimizer::sgd(0.1));
    run.step_many(10);
    run.scrub(4);
    assert_eq!((run.now().step, run.length()), (4, 10));
    run.set_optimizer(Optimizer::sgd(0.2)).unwrap();
    run.step();
    assert_eq!((run.now().step, run.length()), (5, 5));
    let expected = (0..4).fold(1.0, |x, _| x - 0.1 * (2.0 * x));
    assert_eq!(run.now().point[0], expected - 0.2 * (2.0 * expected));
    run.scrub(2);
    run.scrub(5);
    assert_eq!(run.now().point[0], expected - 0.2 * (2.0 * expected));
}

#[test]
fn a_fork_goes_its_own_way() {
    let mut run = run(parabola(), &[1.0], Optimizer::sgd(0.1));
    run.step_many(3);
    let mut fork = run.fork();
    fork.set_optimizer(Optimizer::sgd(0.4)).unwrap();
    fork.step();
    run.step();
    assert_ne!(fork.now().point, run.now().point);
    fork.step_back(1);
    run.step_back(1);
    assert_eq!(fork.now().point, run.now().point);
    run.reset();
    assert_eq!((run.now().point[0], run.length(), run.status()), (1.0, 0, Status::Idle));
}

#[test]
fn a_run_that_reaches_the_floor_has_converged_and_stops() {
    let mut run = run(parabola(), &[3.0], Optimizer::sgd(0.3));
    assert!(run.step_many(1000) < 50);
    assert_eq!(run.status(), Status::Converged);
    assert!(
        run.verdict()
            .unwrap()
            .reason
            .starts_with("The slope is almost zero, so there is nowhere further down from here.")
    );
    assert!(!run.step());
    run.step_back(1);
    assert_eq!(run.status(), Status::Paused);
    assert!(run.step());
    assert_eq!(run.status(), Status::Converged);
}

#[test]
fn five_rises_in_a_row_are_divergence_and_the_last_state_is_kept() {
    let mut run = run(parabola(), &[1.0], Optimizer::sgd(1.1));
    assert_eq!(run.step_many(100), 5);
    let verdict = run.verdict().unwrap();
    assert_eq!((verdict.status, verdict.step), (Status::Diverged, 5));
    assert_eq!(verdict.reason, "The loss has grown five steps in a row. Halve the learning rate and try again.");
    run.set_optimizer(Optimizer::sgd(0.1)).unwrap();
    assert_eq!(run.status(), Status::Paused);
    assert!(run.step());
}

#[test]
fn momentum_that_overshoots_a_valley_has_not_diverged() {
    let mut run = run(parabola(), &[3.0], Optimizer::momentum(0.002));
    run.step_many(10_000);
    assert_eq!(run.status(), Status::Converged);
}

#[test]
fn a_step_into_nothing_is_not_taken_and_the_reason_is_told() {
    let overflow = Curve(1, |p: &[f64]| p[0] * p[0] * p[0] * p[0], |p: &[f64]| vec![4.0 * p[0] * p[0] * p[0]]);
    let mut big =
        Run::new(overflow, &[10.0], Optimizer::sgd(1.0), Options { keep_going: true, ..Options::default() }).unwrap();
    while big.step() {}
    assert_eq!(big.status(), Status::Diverged);
    assert!(big.now().value.is_finite() && big.now().point[0].is_finite());
    assert!(big.verdict().unwrap().reason.contains("too l"), "{:?}", big.verdict());

    let logarithm = Curve(1, |p: &[f64]| if p[0] > 0.0 { p[0] } else { f64::NAN }, |_: &[f64]| vec![1.0]);
    let mut edge = run(logarithm, &[1.0], Optimizer::sgd(0.6));
    assert_eq!(edge.step_many(10), 1);
    assert_eq!(edge.now().point[0], 0.4);
    assert!(edge.verdict().unwrap().reason.contains("has no value"));
    assert!(edge.next().is_none());
}

#[test]
fn a_saddle_a_summit_and_a_plateau_are_stalls_and_a_kinks_floor_is_not() {
    let saddle = Curve(2, |p: &[f64]| p[0] * p[0] - p[1] * p[1], |p: &[f64]| vec![2.0 * p[0], -2.0 * p[1]]);
    let mut at_saddle = run(saddle, &[1.0, 0.0], Optimizer::sgd(0.3));
    at_saddle.step_many(500);
    assert_eq!(at_saddle.status(), Status::Stalled);
    assert!(at_saddle.verdict().unwrap().reason.contains("along parameter 2"));
    assert!(at_saddle.verdict().unwrap().reason.contains("saddle"));

    let hill = Curve(1, |p: &[f64]| -p[0] * p[0], |p: &[f64]| vec![-2.0 * p[0]]);
    let mut summit = run(hill, &[0.0], Optimizer::sgd(0.3));
    summit.step();
    assert!(summit.verdict().unwrap().reason.contains("summit"));

    let tail = Curve(
        1,
        |p: &[f64]| calculus::math::sigmoid(p[0]),
        |p: &[f64]| vec![calculus::math::sigmoid(p[0]) * (1.0 - calculus::math::sigmoid(p[0]))],
    );
    let mut plateau = run(tail, &[-20.0], Optimizer::sgd(0.1));
    plateau.step();
    assert_eq!(plateau.status(), Status::Stalled);
    assert!(plateau.verdict().unwrap().reason.contains("plateau"));

    let kink = Curve(1, |p: &[f64]| p[0].abs(), |p: &[f64]| vec![if p[0] == 0.0 { 0.0 } else { p[0].signum() }]);
    let mut floor = run(kink, &[1.0], Optimizer::sgd(0.25));
    floor.step_many(10);
    assert_eq!((floor.now().point[0], floor.status()), (0.0, Status::Converged));

    let quartic = Curve(1, |p: &[f64]| p[0] * p[0] * p[0] * p[0], |p: &[f64]| vec![4.0 * p[0] * p[0] * p[0]]);
    let mut flat_floor = run(quartic, &[0.4], Optimizer::Newton { learning_rate: 1.0 });
    flat_floor.step_many(100);
    assert_eq!(flat_floor.status(), Status::Converged);

    let mut tiny = run(parabola(), &[1e9], Optimizer::sgd(1e-20));
    tiny.step();
    assert_eq!(tiny.status(), Status::Stalled);
}

#[test]
fn newton_finds_the_floor_of_rosenbrock_in_few_steps_and_leaves_a_summit_downhill() {
    let newton = Optimizer::Newton { learning_rate: 1.0 };
    let mut valley = run(rosenbrock(), &[-1.2, 1.0], newton);
    let steps = valley.step_many(100);
    assert!(steps < 30, "{steps}");
    assert_eq!(valley.status(), Status::Converged);
    assert!((valley.now().point[0] - 1.0).abs() < 1e-8 && (valley.now().point[1] - 1.0).abs() < 1e-8);

    let wells = Curve(
        1,
        |p: &[f64]| (p[0] * p[0] - 1.0) * (p[0] * p[0] - 1.0),
        |p: &[f64]| vec![4.0 * p[0] * (p[0] * p[0] - 1.0)],
    );
    let mut from_summit = run(wells, &[0.1], newton);
    from_summit.step_many(100);
    assert!((from_summit.now().point[0] - 1.0).abs() < 1e-8, "{:?}", from_summit.now().point);
}

#[test]
fn a_line_search_never_climbs() {
    let mut search = run(rosenbrock(), &[-1.2, 1.0], Optimizer::LineSearch { learning_rate: 1.0 });
    search.step_many(500);
    let values: Vec<f64> = search.trail().map(|f| f.value).collect();
    assert!(values.windows(2).all(|w| w[1] <= w[0]));
    assert!(values[500] < 1e-1, "{}", values[500]);
}

#[test]
fn a_schedule_shortens_the_steps() {
    let options = Options { schedule: Schedule::Step { every: 1, factor: 0.5 }, ..Options::default() };
    let slope = Curve(1, |p: &[f64]| p[0], |_: &[f64]| vec![1.0]);
    let mut run = Run::new(slope, &[0.0], Optimizer::sgd(1.0), options).unwrap();
    run.step_many(3);
    assert_eq!(run.now().point[0], -1.75);
}

#[test]
fn descent_on_standardised_house_prices_reaches_the_exact_line_to_six_digits() {
    let table = descent::table::read(include_str!("../../../lessons/data/ames-housing.csv")).unwrap();
    let rows = table.select(&["living_area_sqft"], "price_usd").unwrap();
    let regression = LinearRegression::new(rows.features, rows.target, None, Standardize::Features).unwrap();
    let mut run = run(regression.objective(), &[0.0, 0.0], Optimizer::sgd(0.1));
    run.step_many(1000);
    assert_eq!(run.status(), Status::Converged);
    let original = regression.scaling().to_original(&run.now().point);
    assert!((original[0] - 111.694).abs() < 5e-4 && (original[1] - 13_289.63).abs() < 5e-3, "{original:?}");
}

#[test]
fn raw_house_prices_diverge_above_the_largest_stable_rate_and_not_below() {
    let table = descent::table::read(include_str!("../../../lessons/data/ames-housing.csv")).unwrap();
    let pairs = table.pairs("living_area_sqft", "price_usd").unwrap();
    let line = descent::regression::Line::new(&pairs.x, &pairs.y).unwrap();
    let limit = line.largest_stable_learning_rate();
    let mut above = run(line, &[0.0, 0.0], Optimizer::sgd(limit * 1.05));
    above.step_many(100);
    assert_eq!(above.status(), Status::Diverged);
    let mut below = run(line, &[0.0, 0.0], Optimizer::sgd(limit * 0.95));
    assert_eq!(below.step_many(1000), 1000);
    assert_ne!(below.status(), Status::Diverged);
}

#[test]
fn a_start_that_does_not_fit_is_refused() {
    let new =
        |start: &[f64], rate| Run::new(parabola(), start, Optimizer::sgd(rate), Options::default()).err().unwrap();
    assert_eq!(new(&[1.0, 2.0], 0.1).code(), "E_LENGTH");
    assert_eq!(new(&[f64::NAN], 0.1).code(), "E_NOT_FINITE");
    assert_eq!(new(&[1.0], 0.0).code(), "E_RANGE");
    assert_eq!(new(&[1e300], 0.1).code(), "E_OBJECTIVE");
}
