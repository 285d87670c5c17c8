//! The widget walks as the core walks and says what the core says: one run, one rule for how runs end.

use descent::optimizer::Optimizer;
use descent::run::{Formula, Options, Run, Status, Tolerances, Units};
use proptest::prelude::*;
use scenes::ground::{Curve, Landscape};
use scenes::kit::Input;

use crate::support::{Driven, FORMULAS, cases, through_text};

pub fn optimizer(kind: &str, rate: f64) -> Optimizer {
    match kind {
        "sgd" => Optimizer::sgd(rate),
        "momentum" => Optimizer::momentum(rate),
        _ => Optimizer::adam(rate),
    }
}

/// The tolerances of the picture of a curve.
pub fn options(curve: &Curve, domain: Option<(f64, f64)>, keep_going: bool) -> Options {
    let land = Landscape::survey(curve, domain);
    let units = Units { place: land.span(), slope: land.typical_slope() };
    let tolerances = Tolerances { gradient: 5e-4, step: 5e-3, units: Some(units) };
    Options { tolerances, keep_going, ..Options::default() }
}

/// The core's run of the same problem; none where none can begin.
pub fn run_of(function: &str, start: f64, optimizer: Optimizer, keep_going: bool) -> Option<Run<Formula>> {
    let curve = Curve::read(function).unwrap();
    let problem = Formula::of_one(curve.expression().clone(), curve.variable()).unwrap();
    Run::new(problem, &[start], optimizer, options(&curve, None, keep_going)).ok()
}

pub fn word(status: Status) -> &'static str {
    match status {
        Status::Idle => "idle",
        Status::Running => "running",
        Status::Paused => "paused",
        Status::Converged => "converged",
        Status::Stalled => "stalled",
        Status::Diverged => "diverged",
    }
}

pub fn widget(function: &str, start: f64, kind: &str, rate: f64) -> Driven {
    let (start, rate) = (start.to_string(), rate.to_string());
    Driven::new("descent", &[("function", function), ("start", &start), ("optimizer", kind), ("learning-rate", &rate)])
}

fn formula() -> impl Strategy<Value = &'static str> {
    prop::sample::select(FORMULAS.to_vec())
}

fn kind() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["sgd", "momentum", "adam"])
}

fn rate() -> impl Strategy<Value = f64> {
    prop_oneof![0.01..1.0, 0.5..3.0, (-60..20).prop_map(|tenths| 10_f64.powf_of(tenths))]
}

fn start() -> impl Strategy<Value = f64> {
    prop_oneof![4 => -3.0..3.0, 1 => -50.0..50.0, 1 => prop::sample::select(vec![0.0, 1.0, -1.0, 0.5, 1e-3])]
}

/// Powers of ten in tenths of a decade, for rates.
trait Decade {
    fn powf_of(self, tenths: i32) -> f64;
}

impl Decade for f64 {
    fn powf_of(self, tenths: i32) -> f64 {
        calculus::math::exp(calculus::math::ln(self) * f64::from(tenths) / 10.0)
    }
}

/// Place, loss, slope and status of the widget are those of the run, to the bit.
fn same(scene: &mut Driven, run: &Run<Formula>) -> Result<(), TestCaseError> {
    let (shown, now) = (scene.read(), run.now());
    prop_assert_eq!(shown["status"].as_str(), Some(word(run.status())), "after {} moves", now.step);
    prop_assert_eq!(shown["reason"].as_str(), run.verdict().map(|v| v.reason.as_str()));
    prop_assert_eq!(shown["at"][0].as_f64().map(f64::to_bits), Some(now.point[0].to_bits()));
    prop_assert_eq!(shown["value"].as_f64().map(f64::to_bits), Some(now.value.to_bits()));
    prop_assert_eq!(shown["gradient"][0].as_f64().map(f64::to_bits), Some(now.gradient[0].to_bits()));
    prop_assert_eq!(shown["steps"].as_u64(), Some(run.steps()));
    let next = run.next().map(|next| next.point[0].to_bits());
    prop_assert_eq!(shown["next"][0].as_f64().map(f64::to_bits), next);
    Ok(())
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn the_status_and_the_path_of_a_widget_are_those_of_the_core(
        function in formula(), start in start(), kind in kind(), rate in rate(),
        strides in prop::collection::vec(prop_oneof![Just(1_u32), 2_u32..12, 50_u32..200], 1..12),
    ) {
        let mut scene = widget(function, start, kind, rate);
        // Where no run can begin the widget begins elsewhere.
        let start = scene.number("/at/0");
        let Some(mut run) = run_of(function, start, optimizer(kind, rate), true) else {
            prop_assert_eq!(scene.read()["canStep"].as_bool(), Some(false));
            return Ok(());
        };
        same(&mut scene, &run)?;
        for stride in strides {
            scene.step(stride);
            let mut left = stride;
            while left > 0 && run.status() != Status::Diverged && run.step() {
                left -= 1;
            }
            same(&mut scene, &run)?;
        }
        let mut again = Driven::of_state("descent", &through_text(&scene.0.state())).unwrap();
        same(&mut again, &run)?;
        prop_assert_eq!(again.0.state(), scene.0.state());
    }

    /// A program that stops at the first verdict hears what the widget shows when it comes there.
    #[test]
    fn a_run_by_itself_ends_where_the_core_ends(
        function in formula(), start in start(), kind in kind(), rate in rate(),
    ) {
        let mut scene = widget(function, start, kind, rate);
        let start = scene.number("/at/0");
        let Some(mut run) = run_of(function, start, optimizer(kind, rate), false) else { return Ok(()) };
        scene.update(Input::Run);
        let mut goes_on = scene.status() == "running";
        for _ in 0..40 {
            goes_on = goes_on && scene.tick(400.0).animating;
        }
        let steps = scene.number("/steps") as u64;
        run.step_many(steps);
        if goes_on {
            scene.update(Input::Pause);
            prop_assert_eq!(run.verdict(), None);
        } else {
            // One step more is refused, or was not to be had.
            run.step();
        }
        prop_assert_eq!(run.steps(), steps);
        if run.next().is_some() || run.verdict().is_some_and(|v| v.step <= steps) {
            same(&mut scene, &run)?;
        }
    }

    #[test]
    fn changes_of_the_settings_between_steps_walk_as_the_core_walks(
        function in formula(), start in start(),
        legs in prop::collection::vec((kind(), rate(), 0_u32..6, 0_u32..4), 1..14),
    ) {
        let mut scene = widget(function, start, "sgd", 0.3);
        let start = scene.number("/at/0");
        let Some(mut run) = run_of(function, start, optimizer("sgd", 0.3), true) else { return Ok(()) };
        for (kind, rate, there, back) in legs {
            scene.set("optimizer", kind);
            scene.set("learningRate", rate);
            let rate_now = scene.number("/learningRate");
            run.set_optimizer(optimizer(kind, rate_now)).unwrap();
            same(&mut scene, &run)?;
            scene.step(there);
            let mut left = there;
            while left > 0 && run.status() != Status::Diverged && run.step() {
                left -= 1;
            }
            same(&mut scene, &run)?;
            scene.back(back);
            run.step_back(u64::from(back));
            // What was chosen stays chosen: the rate that is shown is that of the next step.
            run.set_optimizer(optimizer(kind, rate_now)).unwrap();
            same(&mut scene, &run)?;
        }
    }

    /// Looking back forgets nothing, and the step from there is one with the settings that are shown.
    #[test]
    fn a_step_from_an_earlier_state_has_the_settings_of_now(
        function in formula(), start in start(), legs in prop::collection::vec((kind(), rate(), 1_u32..5), 1..5),
        looks in prop::collection::vec(0_u64..24, 1..6), (kind, rate) in (kind(), rate()),
    ) {
        let mut scene = widget(function, start, "sgd", 0.3);
        for (kind, rate, there) in legs {
            scene.set("optimizer", kind);
            scene.set("learningRate", rate);
            scene.step(there);
        }
        let length = scene.number("/length");
        scene.set("optimizer", kind);
        scene.set("learningRate", rate);
        let last = scene.number("/at/0");
        for look in looks {
            scene.update(Input::Scrub(look));
            prop_assert_eq!(scene.number("/length"), length);
            let shown = scene.read();
            let mut again = Driven::of_state("descent", &through_text(&scene.0.state())).unwrap();
            prop_assert_eq!(&again.read()["next"], &shown["next"], "a link to here goes on as it does here");
            prop_assert_eq!(&again.read()["equation"], &shown["equation"]);
            if let Some(next) = shown["next"][0].as_f64() {
                let mut stepped = scene.clone();
                if shown["status"] != "diverged" {
                    stepped.step(1);
                    prop_assert_eq!(stepped.number("/at/0").to_bits(), next.to_bits());
                    prop_assert_eq!(stepped.number("/length"), look.min(length as u64) as f64 + 1.0);
                }
            }
        }
        scene.update(Input::Scrub(u64::MAX));
        prop_assert_eq!(scene.number("/at/0").to_bits(), last.to_bits());
    }
}

#[test]
fn eighty_changes_of_the_learning_rate_keep_eighty_steps() {
    let mut scene = widget("w^2", 1.0, "sgd", 0.01);
    let mut run = run_of("w^2", 1.0, optimizer("sgd", 0.01), true).unwrap();
    let mut trace = vec![1.0_f64.to_bits()];
    for i in 1..=80 {
        let rate = if i % 2 == 0 { 0.011 } else { 0.012 };
        scene.set("learningRate", rate);
        run.set_optimizer(optimizer("sgd", rate)).unwrap();
        scene.step(1);
        run.step();
        trace.push(scene.number("/at/0").to_bits());
        assert_eq!((scene.number("/steps"), scene.number("/length")), (f64::from(i), f64::from(i)));
    }
    let core: Vec<u64> = run.trail().map(|state| state.point[0].to_bits()).collect();
    assert_eq!(trace, core);
    let mut again = Driven::of_state("descent", &through_text(&scene.0.state())).unwrap();
    for scene in [&mut scene, &mut again] {
        assert_eq!(scene.number("/steps"), 80.0);
        for step in [0_u64, 63, 64, 65, 80] {
            scene.update(Input::Scrub(step));
            assert_eq!(scene.number("/at/0").to_bits(), trace[step as usize]);
            assert_eq!(scene.number("/length"), 80.0, "nothing is forgotten by looking back");
        }
        for step in (0..80).rev() {
            scene.back(1);
            assert_eq!(scene.number("/at/0").to_bits(), trace[step]);
        }
        assert_eq!((scene.status().as_str(), scene.read()["canStepBack"].as_bool()), ("idle", Some(false)));
    }
}

#[test]
fn momentum_on_a_parabola_overshoots_and_is_never_said_to_run_away() {
    let mut scene = widget("x^2", 1.0, "momentum", 0.01);
    let mut crossed = false;
    for step in 1..=400 {
        scene.step(1);
        assert_ne!(scene.status(), "diverged", "step {step}");
        crossed |= scene.number("/at/0") < 0.0;
    }
    assert!(crossed, "it swings through the floor");
    assert_eq!(scene.status(), "converged");
}

#[test]
fn a_step_into_the_undefined_is_taken_back_and_the_walk_goes_on() {
    for (function, start, rate) in [("w + ln(w)", 0.1, 0.3), ("w + ln(w)", 0.9, 0.1), ("sqrt(w)", 0.5, 0.4)] {
        let mut run = run_of(function, start, optimizer("sgd", rate), true).unwrap();
        let mut scene = widget(function, start, "sgd", rate);
        run.step_many(1000);
        scene.step(1000);
        assert_eq!((run.status(), scene.status().as_str()), (Status::Diverged, "diverged"), "{function}");
        let moves = run.now().step;
        run.step_back(1);
        scene.back(1);
        assert_eq!(run.verdict(), None, "{function}");
        assert_eq!(run.now().step, moves.saturating_sub(1));
        assert_eq!(scene.status(), word(run.status()));
        assert_eq!(run.status() == Status::Idle, moves <= 1);
        assert_eq!(scene.number("/length"), run.length() as f64);
        // It may step again, to the same refusal.
        scene.step(1000);
        assert_eq!((scene.status().as_str(), scene.number("/steps")), ("diverged", moves as f64), "{function}");
    }
}
