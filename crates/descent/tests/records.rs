//! Leaps by hand, and runs as data.
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use descent::optimizer::Optimizer;
use descent::run::{
    Cause, Formula, MOST_STEPS, Options, Record, RecordedMove, ReplayError, Run, Status, Tolerances, Units, Way,
};
use proptest::prelude::*;
use serde_json::json;

fn formula(text: &str) -> Formula {
    Formula::new(calculus::parse(text).unwrap()).unwrap()
}

fn run(text: &str, start: &[f64], optimizer: Optimizer) -> Run<Formula> {
    Run::new(formula(text), start, optimizer, Options::default()).unwrap()
}

fn replay(text: &str, record: &Record, optimizer: Optimizer) -> Result<Run<Formula>, ReplayError> {
    Run::replay(formula(text), record, optimizer, Options::default())
}

#[test]
fn a_leap_is_one_move_that_forgets_speed_rises_and_the_verdict() {
    let momentum = Optimizer::momentum(0.05);
    let mut run = run("x^2", &[1.0], momentum);
    run.step_many(10);
    run.leap(&[2.0]).unwrap();
    assert_eq!((run.now().step, run.steps(), run.leaps(), run.now().way), (11, 10, 1, Way::Leap));
    assert_eq!((run.now().point[0], run.now().value, run.now().gradient[0]), (2.0, 4.0, 4.0));
    run.step();
    assert_eq!(run.now().point[0], 2.0 - 0.05 * 4.0, "the velocity is forgotten");
    assert_eq!(run.now().way, Way::Step { optimizer: momentum });
    run.step_back(2);
    assert_eq!((run.now().step, run.leaps()), (10, 0));

    let mut settled = self::run("x^2", &[1.0], Optimizer::sgd(0.4));
    settled.step_many(1000);
    assert_eq!(settled.status(), Status::Converged);
    settled.leap(&[1e3]).unwrap();
    assert_eq!(settled.status(), Status::Paused);
    settled.set_optimizer(Optimizer::sgd(1.01)).unwrap();
    assert_eq!(settled.step_many(100), 5, "rises are counted from the leap on");

    let mut down = self::run("x^2", &[1e3], Optimizer::sgd(1.1));
    down.step_many(3);
    down.leap(&[1.0]).unwrap();
    assert_eq!(down.now().rises(), 0);
    assert_eq!((down.step_many(100), down.status()), (5, Status::Diverged), "whatever was before the leap");
}

#[test]
fn a_leap_on_stays_the_same_leap() {
    let mut run = run("x^2", &[1.0], Optimizer::adam(0.1));
    run.step_many(3);
    for x in [0.5, 0.6, 0.7] {
        run.leap_on(&[x]).unwrap();
    }
    assert_eq!((run.now().step, run.leaps(), run.now().point[0]), (4, 1, 0.7));
    run.set_optimizer(Optimizer::sgd(0.1)).unwrap();
    run.leap_on(&[0.8]).unwrap();
    assert_eq!((run.now().step, *run.optimizer()), (4, Optimizer::sgd(0.1)));
    run.leap(&[0.9]).unwrap();
    assert_eq!(run.now().step, 5);
    run.step();
    run.leap_on(&[1.0]).unwrap();
    assert_eq!((run.now().step, run.leaps()), (7, 3));
    assert_eq!(run.before().unwrap().way, Way::Step { optimizer: Optimizer::sgd(0.1) });
}

#[test]
fn a_leap_to_nothing_is_refused_and_the_run_stays_as_it_was() {
    let mut run = run("ln(x)", &[1.0], Optimizer::sgd(0.01));
    run.step_many(5);
    run.leap(&[2.0]).unwrap();
    run.scrub(3);
    let before = (run.now().clone(), run.length(), run.record());
    for to in [&[-1.0][..], &[f64::NAN], &[f64::INFINITY], &[0.0], &[], &[1.0, 2.0]] {
        assert!(run.leap(to).is_err() && run.leap_on(to).is_err());
    }
    assert_eq!((run.now().clone(), run.length(), run.record()), before);
    run.scrub(6);
    assert!(run.leap_on(&[-1.0]).is_err());
    assert_eq!((run.now().step, run.now().point[0]), (6, 2.0));
}

#[test]
fn a_record_is_short_and_reads_as_json() {
    let mut run = run("x^2", &[1.0], Optimizer::sgd(0.1));
    run.step_many(3);
    run.leap(&[0.5]).unwrap();
    run.step_many(2);
    run.set_optimizer(Optimizer::momentum(0.1)).unwrap();
    run.step_many(2);
    run.scrub(6);
    let written = json!({
        "start": [1.0],
        "moves": [
            { "kind": "steps", "optimizer": { "kind": "sgd", "learningRate": 0.1 }, "count": 3 },
            { "kind": "leap", "to": [0.5] },
            { "kind": "steps", "optimizer": { "kind": "sgd", "learningRate": 0.1 }, "count": 2 },
        ],
        "refused": false,
    });
    assert_eq!(serde_json::to_value(run.record()).unwrap(), written);
    let read: Record = serde_json::from_value(written).unwrap();
    assert_eq!(read, run.record());
    run.scrub(8);
    let again = replay("x^2", &run.record(), *run.optimizer()).unwrap();
    assert_eq!((again.now(), again.length()), (run.now(), 8));
}

#[test]
fn a_refused_step_is_recorded_and_refused_again() {
    let mut run = run("ln(x)", &[1.0], Optimizer::sgd(0.6));
    assert_eq!(run.step_many(9), 1);
    let record = run.record();
    assert!(record.refused);
    let again = replay("ln(x)", &record, *run.optimizer()).unwrap();
    assert_eq!((again.verdict(), again.record()), (run.verdict(), record.clone()));
    assert_eq!(run.verdict().unwrap().cause, Cause::NoValue { rate_helps: true });
    // What would not be refused was not.
    let safe = replay("ln(x)", &record, Optimizer::sgd(1e-3)).unwrap();
    assert_eq!((safe.verdict(), safe.record().refused), (None, false));
    run.step_back(1);
    assert!(!run.record().refused);
}

#[test]
fn a_first_step_that_was_refused_is_taken_back() {
    let mut run = run("ln(x)", &[1.0], Optimizer::sgd(3.0));
    assert!(!run.step());
    assert_eq!(run.status(), Status::Diverged);
    assert_eq!(run.step_back(0), 0);
    assert_eq!(run.status(), Status::Diverged, "nothing was taken back");
    assert_eq!(run.step_back(1), 0, "a refused step is no move");
    assert_eq!((run.status(), run.record().refused), (Status::Idle, false));
    assert!(!run.step(), "asked for again it is refused again");
    assert_eq!(run.status(), Status::Diverged);
    run.step_back(1);
    run.set_optimizer(Optimizer::sgd(1e-3)).unwrap();
    assert!(run.step());
}

#[test]
fn hostile_records_are_refused_in_words() {
    let sgd = Optimizer::sgd(0.1);
    let of = |start: &[f64], moves: Vec<RecordedMove>| {
        let record = Record { start: start.to_vec(), moves, refused: true };
        replay("ln(x)", &record, sgd).err().map(|error| (error.to_string(), error))
    };
    let steps = |count| RecordedMove::Steps { optimizer: sgd, count };
    for start in [&[][..], &[1.0, 2.0], &[f64::NAN], &[-1.0], &vec![1.0; 100_000]] {
        assert!(matches!(of(start, vec![]), Some((_, ReplayError::Start(_)))));
    }
    for many in [vec![steps(u64::MAX)], vec![steps(u64::MAX), steps(u64::MAX)], vec![steps(MOST_STEPS), steps(1)]] {
        let (words, error) = of(&[1.0], many).unwrap();
        assert_eq!(error, ReplayError::TooManyMoves { most: MOST_STEPS });
        assert!(words.contains("1000000"), "{words}");
    }
    for to in [vec![], vec![f64::NAN], vec![-1.0], vec![1.0; 3]] {
        let (words, error) = of(&[1.0], vec![steps(2), RecordedMove::Leap { to }]).unwrap();
        assert!(matches!(error, ReplayError::Leap { step: 3, .. }) && words.starts_with("Move 3 is a leap"), "{words}");
    }
    let bad = RecordedMove::Steps { optimizer: Optimizer::sgd(-1.0), count: 1 };
    assert!(matches!(of(&[1.0], vec![steps(2), bad]), Some((_, ReplayError::Settings { step: 2, .. }))));
    let (words, error) = of(&[1.0], vec![steps(MOST_STEPS)]).unwrap();
    assert!(matches!(error, ReplayError::Step { cause: Cause::NoValue { .. }, .. }), "{words}");
    assert!(of(&[1.0], vec![steps(0)]).is_none());
    let settings = Run::replay(
        formula("x^2"),
        &Record { start: vec![1.0], ..Record::default() },
        Optimizer::sgd(f64::NAN),
        Options::default(),
    );
    assert!(matches!(settings.err(), Some(ReplayError::Start(_))));
}

#[test]
fn a_path_has_the_start_the_present_and_no_more_than_asked() {
    let mut run = run("x^2 + y", &[1.0, 2.0], Optimizer::sgd(1e-4));
    run.step_many(30_000);
    run.scrub(29_000);
    let path = run.path(600);
    assert!(path.steps.len() <= 600 && path.steps.len() > 500, "{}", path.steps.len());
    assert_eq!((path.dimension, path.points.len(), path.values.len()), (2, 2 * path.steps.len(), path.steps.len()));
    assert_eq!((path.steps[0], &path.points[..2]), (0, &[1.0, 2.0][..]));
    assert_eq!((path.steps.last(), path.values.last()), (Some(&29_000), Some(&run.now().value)));
    assert!(path.steps[..200].windows(2).all(|pair| pair[1] - pair[0] == 1));
    let odd = path.steps.windows(2).filter(|pair| (pair[1] - pair[0]) % 2 == 1).count();
    assert!(odd + 8 >= path.steps.len(), "{odd} of {}", path.steps.len());
    assert_eq!(run.path(0).steps, [0, 29_000]);
    assert_eq!(run.start(), [1.0, 2.0]);
    let recent: Vec<u64> = run.recent(3).map(|state| state.step).collect();
    assert_eq!(recent[..2], [29_000, 28_999]);
}

/// What a learner may do on any of the widgets' curves.
fn moves() -> impl Strategy<Value = Vec<(usize, f64, f64)>> {
    prop::collection::vec((0..6usize, -3.0..3.0f64, -3.0..1.0f64), 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_replayed_run_has_the_same_bits_and_the_same_verdict(
        which in 0..6usize, start in -2.0..2.0f64, moves in moves(), keep_going: bool, in_units: bool,
    ) {
        let text = ["x^2", "(x^2-1)^2 + 0.3x", "abs(x)", "ln(x)", "x^3", "x^4 - sqrt(x + 2)"][which];
        let units = in_units.then_some(Units { place: 4.0, slope: 2.0 });
        let tolerances = if in_units { Tolerances { gradient: 1e-3, step: 1e-3, units } } else { Tolerances::default() };
        let options = Options { keep_going, tolerances, ..Options::default() };
        let Ok(mut run) = Run::new(formula(text), &[start], Optimizer::sgd(0.1), options) else { return Ok(()) };
        for (kind, place, power) in moves {
            let rate = calculus::math::powf(10.0, power);
            match kind {
                0 => { run.step_many(40); }
                1 => { run.step_many(1); }
                2 => { let _ = run.leap(&[place]); }
                3 => { run.step_back(3); }
                4 => run.scrub(place.abs() as u64 * 7),
                _ => {
                    let optimizer = match (place * 2.0) as i64 {
                        -6..=-3 => Optimizer::sgd(rate),
                        -2..=0 => Optimizer::momentum(rate),
                        1..=2 => Optimizer::adam(rate),
                        _ => Optimizer::Newton { learning_rate: 1.0 },
                    };
                    run.set_optimizer(optimizer).unwrap();
                }
            }
            let text_of_it = serde_json::to_string(&run.record()).unwrap();
            let record: Record = serde_json::from_str(&text_of_it).unwrap();
            let again = Run::replay(formula(text), &record, *run.optimizer(), options).unwrap();
            prop_assert_eq!(again.now(), run.now());
            prop_assert_eq!(again.verdict(), run.verdict());
            prop_assert_eq!(again.record(), record);
        }
    }
}
