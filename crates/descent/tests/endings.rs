//! How runs end: the rule for rises, causes and what they advise, places at the scale of a picture, creeping, the limit.
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use descent::optimizer::Optimizer;
use descent::problem::Noisy;
use descent::regression::{LinearRegression, SquaredError, Standardize};
use descent::run::{Cause, Formula, MOST_STEPS, Options, Run, Schedule, Status, Tolerances, Units, Verdict};

const NEWTON: Optimizer = Optimizer::Newton { learning_rate: 1.0 };
const SEARCH: Optimizer = Optimizer::LineSearch { learning_rate: 1.0 };

fn formula(text: &str) -> Formula {
    Formula::new(calculus::parse(text).unwrap()).unwrap()
}

fn run(text: &str, start: &[f64], optimizer: Optimizer) -> Run<Formula> {
    Run::new(formula(text), start, optimizer, Options::default()).unwrap()
}

/// Judged in a picture: what is smaller than a two-thousandth of its slope or a two-hundredth of its width is nothing.
fn pictured(text: &str, start: &[f64], optimizer: Optimizer, place: f64, slope: f64) -> Run<Formula> {
    let tolerances = Tolerances { gradient: 5e-4, step: 5e-3, units: Some(Units { place, slope }) };
    Run::new(formula(text), start, optimizer, Options { tolerances, ..Options::default() }).unwrap()
}

fn end(run: &mut Run<Formula>) -> Verdict {
    run.step_many(20_000);
    run.verdict().cloned().unwrap_or_else(|| panic!("no end at {:?}", run.now().point))
}

#[test]
fn momentum_that_is_fast_at_the_bottom_may_climb_whatever_its_rate_becomes() {
    let mut run = run("x^2", &[1.0], Optimizer::momentum(0.01));
    while run.now().point[0] > 0.02 {
        assert!(run.step());
    }
    run.set_optimizer(Optimizer::momentum(0.011)).unwrap();
    let base = run.now().value;
    run.step_many(8);
    assert!(run.now().rises() >= 5 && run.now().value > base, "it climbs well above where the rate was changed");
    assert_eq!(end(&mut run).status, Status::Converged);
}

#[test]
fn momentum_that_climbs_above_all_it_has_seen_has_diverged() {
    let mut run = run("-x^2", &[0.1], Optimizer::momentum(0.01));
    let down = end(&mut run);
    assert_eq!(down.status, Status::Diverged, "falling without end: {down:?}");
    let mut up = self::run("x^2", &[1.0], Optimizer::adam(0.1));
    up.step_many(20);
    up.set_optimizer(Optimizer::momentum(4.2)).unwrap();
    let verdict = end(&mut up);
    assert_eq!(verdict.status, Status::Diverged);
}

#[test]
fn plain_descent_must_stay_below_where_its_settings_last_changed() {
    let mut run = run("x^2", &[100.0], Optimizer::sgd(0.4));
    run.step_many(8);
    run.set_optimizer(Optimizer::sgd(1.1)).unwrap();
    assert_eq!(run.step_many(100), 5);
    assert_eq!(run.verdict().unwrap().cause, Cause::Rises { count: 5, rate_helps: true });
    assert!(run.now().value < 1e4, "far below the start");
}

#[test]
fn a_noisy_loss_has_diverged_after_ten_rises_to_its_peak() {
    let noisy = Noisy { problem: formula("x^2"), deviation: 1e-3, seed: 1 };
    let mut run = Run::new(noisy, &[1.0], Optimizer::sgd(1.2), Options::default()).unwrap();
    assert_eq!(run.step_many(100), 10);
    let verdict = run.verdict().unwrap();
    assert_eq!(verdict.cause, Cause::Rises { count: 10, rate_helps: true });
    assert!(verdict.reason.starts_with("The loss has grown ten steps in a row."));
}

#[test]
fn no_advice_about_rates_is_given_to_who_finds_his_own_steps() {
    for optimizer in [NEWTON, SEARCH] {
        for (text, start) in [("1/(1+exp(-x))", -25.0), ("-exp(x)", 1.0), ("sqrt(x)", 1.0), ("-ln(-x)", -1.0)] {
            let mut run = run(text, &[start], optimizer);
            run.step_many(3000);
            let reason = run.verdict().map(|verdict| verdict.reason.clone()).unwrap_or_default();
            assert!(!reason.contains("rate"), "{text} {optimizer:?}: {reason}");
        }
        let mut plateau = run("1/(1+exp(-x))", &[-25.0], optimizer);
        plateau.step_many(3000);
    }
    for optimizer in [Optimizer::sgd(0.1), Optimizer::momentum(0.1), Optimizer::adam(0.1)] {
        assert!(optimizer.is_scaled_by_rate());
    }
    let mut burst = run("x^4", &[10.0], Optimizer::sgd(1.0));
    burst.step_many(100);
    assert!(burst.verdict().unwrap().reason.contains("Halve the learning rate"));
}

#[test]
fn a_loss_that_falls_without_end_is_not_to_be_cured_by_a_smaller_rate() {
    let mut run = run("-exp(x^2)", &[1.0], Optimizer::sgd(1.0));
    run.step_many(100);
    let verdict = run.verdict().unwrap();
    assert_eq!(verdict.cause, Cause::LossOverflow { rate_helps: false });
    assert!(!verdict.reason.contains("rate"), "{}", verdict.reason);
}

#[test]
fn a_step_to_where_there_is_a_value_but_no_slope_says_so() {
    let mut run = run("sqrt(x)", &[0.25], Optimizer::sgd(0.25));
    assert_eq!(run.step_many(3), 0);
    assert_eq!(run.verdict().unwrap().cause, Cause::NoSlope { rate_helps: true });
}

#[test]
fn a_verdict_is_there_again_where_it_was_given() {
    let mut run = run("x^2", &[3.0], Optimizer::sgd(0.3));
    run.step_many(1000);
    let (verdict, last) = (run.verdict().unwrap().clone(), run.now().step);
    assert_eq!((verdict.status, verdict.step), (Status::Converged, last));
    run.scrub(3);
    assert_eq!(run.verdict(), None);
    run.scrub(last);
    assert_eq!(run.verdict(), Some(&verdict));
    run.set_optimizer(Optimizer::sgd(0.2)).unwrap();
    assert_eq!((run.verdict(), run.status()), (None, Status::Paused));
    assert!(run.step());
    run.step_back(1);
    run.set_optimizer(Optimizer::sgd(0.3)).unwrap();
    assert_eq!(run.verdict(), Some(&verdict));
}

#[test]
fn a_picture_sees_floors_where_its_lines_are_level() {
    for (text, start, rate, place, slope) in [
        ("x^2", 1.5, 0.1, 4.0, 4.0),
        ("x^4", 1.0, 0.05, 4.0, 4.0),
        ("(x^2-1)^2 + 0.3x", 1.8, 0.02, 4.0, 4.0),
        // A loss of 0.002 over a width of 7.
        ("0.00004*(x-1)^2", -2.0, 5000.0, 7.0, 3e-4),
        ("1e6*(x-1000)^2", 1200.0, 1e-7, 500.0, 5e8),
    ] {
        let mut run = pictured(text, &[start], Optimizer::sgd(rate), place, slope);
        let verdict = end(&mut run);
        assert!(matches!(verdict.cause, Cause::Floor { .. }), "{text}: {verdict:?} at {:?}", run.now().point);
        assert!(run.now().step > 3 && run.now().step < 5000, "{text} took {}", run.now().step);
        assert!(run.now().gradient[0].abs() <= 5e-4 * slope, "{text}: {}", run.now().gradient[0]);
    }
}

#[test]
fn a_picture_tells_level_places_that_are_no_floors() {
    for (text, start, slope) in [("x^3", 1.0, 3.0), ("x^3", 0.0, 3.0), ("1/(1+exp(-3x))", 3.5, 0.3)] {
        let mut run = pictured(text, &[start], Optimizer::sgd(0.05), 4.0, slope);
        let verdict = end(&mut run);
        assert_eq!(verdict.cause, Cause::Plateau { rate_helps: true }, "{text} at {:?}", run.now().point);
        assert_eq!(verdict.status, Status::Stalled);
    }
    let mut summit = pictured("-x^2", &[1e-4], Optimizer::sgd(0.05), 4.0, 4.0);
    assert_eq!(end(&mut summit).cause, Cause::Summit { parameter: "x".to_owned() });
    let mut flank = pictured("-x^2", &[4e-3], Optimizer::sgd(0.05), 4.0, 20.0);
    assert_eq!(end(&mut flank).cause, Cause::Summit { parameter: "x".to_owned() }, "a hundredth of the picture away");
    let mut saddle = pictured("x^2 - y^2", &[1.0, 1e-9], Optimizer::sgd(0.2), 4.0, 4.0);
    assert_eq!(end(&mut saddle).cause, Cause::Saddle { parameter: "y".to_owned() });
    let mut valley = pictured("x^2 + y^2 + 0*z", &[1.0, 1.0, 3.0], Optimizer::sgd(0.2), 4.0, 4.0);
    assert_eq!(end(&mut valley).status, Status::Converged, "z changes nothing");
    for z in 1..40 {
        let mut rounded = pictured(
            "(x + sin(z)^2 + cos(z)^2 - 1)^2 + y^2",
            &[1.0, 1.0, 0.1 * f64::from(z)],
            Optimizer::sgd(0.2),
            4.0,
            4.0,
        );
        assert_eq!(end(&mut rounded).status, Status::Converged, "z changes roundings alone");
    }
}

#[test]
fn a_picture_sees_a_floor_at_the_edge_of_the_ground() {
    let mut edge = pictured("x^2 + 0*sqrt(x)", &[1.0], Optimizer::sgd(0.1), 4.0, 4.0);
    assert_eq!(end(&mut edge).status, Status::Converged, "{:?}", edge.verdict());
}

#[test]
fn a_picture_sees_the_floor_of_a_kink() {
    let mut exact = pictured("abs(x)", &[1.0], Optimizer::sgd(0.25), 4.0, 1.0);
    assert_eq!(end(&mut exact).status, Status::Converged);
    assert_eq!(exact.now().point[0], 0.0);
    let mut hovering = pictured("abs(x)", &[1.0], Optimizer::sgd(0.013), 4.0, 1.0);
    let verdict = end(&mut hovering);
    assert_eq!((verdict.cause, verdict.status), (Cause::Hovering { within: 0.04 }, Status::Converged));
    assert!(hovering.now().point[0].abs() < 0.013);
    for (start, rate) in [(1.1, 0.25), (0.314, 0.03)] {
        let mut wide = pictured("abs(x)", &[start], Optimizer::sgd(rate), 4.0, 1.0);
        wide.step_many(300);
        assert_eq!(wide.status(), Status::Paused, "steps that are seen are no rest");
    }
}

#[test]
fn a_level_line_is_flat() {
    let line = || Formula::of_one(calculus::parse("2 + 1").unwrap(), "w").unwrap();
    for units in [None, Some(Units { place: 4.0, slope: 1.0 })] {
        let options = Options { tolerances: Tolerances { units, ..Tolerances::default() }, ..Options::default() };
        let mut run = Run::new(line(), &[0.5], Optimizer::sgd(0.1), options).unwrap();
        run.step();
        assert_eq!(run.verdict().unwrap().cause, Cause::Flat);
        assert_eq!((run.now().point[0], run.now().value), (0.5, 3.0));
    }
    assert_eq!(descent::problem::Problem::names(&line()), ["w"]);
    let of = |text: &str| Formula::of_one(calculus::parse(text).unwrap(), "w");
    assert_eq!(descent::problem::Problem::names(&of("w^2").unwrap()), ["w"]);
    assert!(of("w*x").unwrap_err().to_string().contains("variable x"));
    assert!(Formula::new(calculus::parse("2 + 1").unwrap()).is_err());
}

fn houses(standardize: Standardize) -> LinearRegression {
    let table = descent::table::read(include_str!("../../../lessons/data/ames-housing.csv")).unwrap();
    let rows = table.select(&["living_area_sqft"], "price_usd").unwrap();
    LinearRegression::new(rows.features, rows.target, None, standardize).unwrap()
}

fn prices(standardize: Standardize, rate: f64) -> Run<SquaredError> {
    let objective = houses(standardize).objective().clone();
    Run::new(objective, &[0.0, 0.0], Optimizer::sgd(rate), Options::default()).unwrap()
}

#[test]
fn raw_house_prices_creep_in_the_needle() {
    let mut run = prices(Standardize::Nothing, 2e-7);
    run.step_many(5000);
    assert_eq!(run.status(), Status::Stalled);
    assert!((run.now().point[0] - 119.65).abs() < 0.1, "{:?}", run.now().point);
    let Cause::Creeping { steps, changed, left } = run.verdict().unwrap().cause else {
        panic!("{:?}", run.verdict());
    };
    assert!(steps == 500 && changed < 1e-6, "{changed}");
    // The loss is a quadratic: what is left is known exactly.
    let truth = (run.now().value - run.problem().least()) / run.now().value;
    assert!((left / truth - 1.0).abs() < 1e-6 && left > 1e-3, "{left} {truth}");
    let reason = &run.verdict().unwrap().reason;
    assert!(reason.contains("still to be had") && !reason.contains("rate"), "{reason}");
}

#[test]
fn standardised_house_prices_converge_slowly_and_are_not_blamed_for_it() {
    let mut run = prices(Standardize::Features, 0.01);
    // From step 500 on a window of steps takes less than a millionth of the loss, for hardly anything is left to take.
    assert!(run.step_many(1000) > 500);
    assert_eq!(run.status(), Status::Converged);
    let mut slower = prices(Standardize::Features, 0.004);
    assert_eq!(slower.step_many(2000), 2000, "{:?}", slower.verdict());
    slower.step_many(1000);
    assert_eq!(slower.status(), Status::Converged);
}

#[test]
fn a_swing_is_not_creeping_and_neither_is_a_loss_without_a_bowl() {
    let swinging = Optimizer::Momentum { learning_rate: 1e-4, momentum: 0.99999 };
    let mut run = self::run("x^2", &[1.0], swinging);
    run.step_many(3000);
    assert_eq!(run.status(), Status::Paused, "{:?}", run.verdict());
    // A quarter of its swing takes 1,111 steps.
    let mut from_the_bottom = self::run("x^2", &[1.0], swinging.with_learning_rate(1e-6));
    while from_the_bottom.now().point[0] > 0.0 {
        from_the_bottom.step();
    }
    from_the_bottom.set_optimizer(swinging.with_learning_rate(0.9e-6)).unwrap();
    assert_eq!(from_the_bottom.step_many(501), 501, "{:?}", from_the_bottom.verdict());
    // Curved upwards along both parameters, and a saddle all the same: no decrement can be trusted.
    let mut saddle = self::run("x^2 + 3x*y + y^2", &[1.0, 1.0], Optimizer::sgd(1e-12));
    assert_eq!(saddle.step_many(1001), 1001, "{:?}", saddle.verdict());
    let mut slope = self::run("1e9 - x", &[0.0], Optimizer::sgd(1e-3));
    slope.step_many(2000);
    assert_eq!(slope.status(), Status::Paused, "{:?}", slope.verdict());
    let mut bouncing = self::run("x^2", &[1.0], Optimizer::sgd(1.0));
    bouncing.step_many(2000);
    assert!(
        matches!(bouncing.verdict().unwrap().cause, Cause::Creeping { changed, left, .. } if changed == 0.0 && left == 1.0)
    );
}

#[test]
fn new_settings_have_a_whole_window_to_prove_themselves() {
    let mut run = run("x^2", &[1.0], Optimizer::sgd(1e-12));
    run.step_many(499);
    run.set_optimizer(Optimizer::sgd(1e-11)).unwrap();
    assert_eq!(run.step_many(499), 499, "{:?}", run.verdict());
    assert!(run.step() && !run.step());
    assert!(matches!(run.verdict().unwrap().cause, Cause::Creeping { .. }));
}

#[test]
fn a_run_that_keeps_going_drops_its_verdict_with_its_settings() {
    let options = Options { keep_going: true, ..Options::default() };
    let mut run = Run::new(formula("x^2"), &[1.0], Optimizer::sgd(1.1), options).unwrap();
    run.step_many(7);
    assert_eq!((run.status(), run.verdict().unwrap().step), (Status::Diverged, 5));
    run.set_optimizer(Optimizer::sgd(0.1)).unwrap();
    run.step();
    assert_eq!(run.verdict(), None);
}

#[test]
fn a_run_that_keeps_going_takes_the_verdict_of_creeping_back_when_it_gets_going() {
    let options = Options { keep_going: true, ..Options::default() };
    let options = Options { schedule: Schedule::WarmUp { steps: 1_000_000 }, ..options };
    let mut run = Run::new(formula("x^2"), &[1.0], Optimizer::sgd(1e-6), options).unwrap();
    run.step_many(700);
    assert_eq!(run.status(), Status::Stalled);
    run.step_many(2000);
    assert_eq!(run.status(), Status::Paused, "{:?}", run.verdict());
}

#[test]
fn a_run_ends_at_its_limit_and_says_so() {
    let mut run = run("1e6 - x", &[0.0], Optimizer::sgd(1e-3));
    assert_eq!(run.step_many(MOST_STEPS + 5), MOST_STEPS);
    let verdict = run.verdict().unwrap();
    assert_eq!((verdict.status, &verdict.cause), (Status::Paused, &Cause::Limit { steps: MOST_STEPS }));
    assert!(verdict.reason.contains("1000000 steps"), "{}", verdict.reason);
    assert!(!run.step());
    assert!(run.leap(&[0.0]).unwrap_err().to_string().contains("at most 1000000"));
    assert_eq!(run.step_back(1), 1);
    assert_eq!(run.verdict(), None);
    assert!(run.step() && !run.step());
    let options = Options { keep_going: true, ..Options::default() };
    let mut keen = Run::new(formula("1e6 - x"), &[0.0], Optimizer::sgd(1e-3), options).unwrap();
    assert_eq!(keen.step_many(MOST_STEPS + 5), MOST_STEPS);
}

#[test]
fn squared_error_is_a_problem_of_its_own_with_what_a_picture_needs() {
    let run = prices(Standardize::Features, 0.1);
    let (minimum, curvatures) = (run.problem().minimum(), run.problem().eigenvalues());
    assert!((minimum[1] - 180_796.06).abs() < 1e-2 && run.problem().least() > 3.19e9);
    assert!(curvatures.iter().all(|c| (c - 2.0).abs() < 1e-12));
    let hessian = descent::problem::Problem::hessian(run.problem(), &[0.0, 0.0]).unwrap();
    assert_eq!(hessian, run.problem().hessian());
}

#[test]
fn a_feature_that_never_changes_leaves_the_loss_flat_along_its_weight() {
    for constant in [3.0, 0.1, 1e-9] {
        let features = vec![vec![constant; 3], vec![1.0, 2.0, 4.0]];
        let target: Vec<f64> = features[1].iter().map(|x| 2.0 * x + 1.0).collect();
        let refused = LinearRegression::new(features.clone(), target.clone(), None, Standardize::Features);
        assert!(refused.is_err());
        let regression = LinearRegression::with_constants(features, target, None, Standardize::Features).unwrap();
        let scale = regression.scaling().features[0];
        assert_eq!((scale.mean, scale.deviation), (constant, 1.0));
        let mut run =
            Run::new(regression.objective().clone(), &[0.0, 0.0, 0.0], Optimizer::sgd(0.4), Options::default())
                .unwrap();
        run.step_many(500);
        assert_eq!(run.status(), Status::Converged);
        assert_eq!(run.now().point[0], 0.0, "not even by a rounding");
        let original = regression.scaling().to_original(&run.now().point);
        assert!((regression.predict(&original, &[constant, 3.0]).unwrap() - 7.0).abs() < 1e-6);
    }
    let level =
        LinearRegression::with_constants(vec![vec![1.0, 2.0]], vec![4.0, 4.0], None, Standardize::FeaturesAndTarget)
            .unwrap();
    assert_eq!((level.scaling().target.mean, level.scaling().target.deviation), (4.0, 1.0));
}
