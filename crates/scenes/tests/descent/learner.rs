//! What a learner does, and what happens.

use scenes::descent::{
    DescentConfig, DescentReadout, DescentScene, DescentSetting, DescentState, Move, OptimizerKind, StateError,
};
use scenes::readout::{Event, Status};
use scenes::scene::{Input, Key, Outcome, PointerKind, PointerPhase, Scene, Size};

use crate::checked::drawn;

fn scene() -> DescentScene {
    DescentScene::new(DescentConfig::default())
}

fn of(formula: &str, start: f64, rate: f64) -> DescentScene {
    DescentScene::new(DescentConfig {
        formula: Some(formula.into()),
        start: Some(start),
        learning_rate: Some(rate),
        ..DescentConfig::default()
    })
}

fn point(scene: &mut DescentScene, phase: PointerPhase, kind: PointerKind, at: (f64, f64)) -> Outcome {
    scene.update(Input::Pointer { stage: 0, phase, kind, x: at.0, y: at.1 })
}

fn handle(scene: &DescentScene) -> (f64, f64) {
    let handle = scene.readout().panel.handles.remove(0);
    (handle.x, handle.y)
}

fn at(scene: &DescentScene) -> f64 {
    scene.readout().at[0]
}

fn words(readout: &DescentReadout) -> String {
    readout.panel.explain.iter().map(|span| span.text.as_str()).collect()
}

fn set(scene: &mut DescentScene, setting: DescentSetting) -> Outcome {
    scene.update(Input::Set(setting))
}

#[test]
fn the_ball_follows_the_pointer_along_the_curve() {
    let mut scene = scene();
    let (x, y) = handle(&scene);
    // Taken hold of beside its middle, it does not jump.
    let down = point(&mut scene, PointerPhase::Down, PointerKind::Touch, (x + 9.0, y - 4.0));
    assert!(down.captured);
    point(&mut scene, PointerPhase::Move, PointerKind::Touch, (x + 9.0 + 120.0, 7.0));
    point(&mut scene, PointerPhase::Up, PointerKind::Touch, (x + 9.0 + 120.0, 7.0));
    let readout = scene.readout();
    let (low, high) = readout.domain;
    let plot = 960.0 - 52.0 - 28.0;
    let expected = 120.0 * (high - low) / plot;
    assert!((readout.at[0] - expected).abs() < 1e-12, "{} {expected}", readout.at[0]);
    let w = readout.at[0];
    let (value, slope) = ((w * w - 4.0).powi(2) / 8.0 + w / 3.0 + 1.5, (w * w - 4.0) * w / 2.0 + 1.0 / 3.0);
    assert!((readout.value.unwrap() - value).abs() <= 1e-12 * value);
    assert!((readout.gradient[0] - slope).abs() <= 1e-12 * slope.abs().max(1.0));
    assert!((readout.next[0] - (w - 0.3 * readout.gradient[0])).abs() == 0.0);
}

#[test]
fn a_finger_beside_the_handle_scrolls_and_a_click_near_the_curve_moves_the_ball() {
    let mut scene = scene();
    let (x, y) = handle(&scene);
    let touch = point(&mut scene, PointerPhase::Down, PointerKind::Touch, (x + 60.0, y));
    assert!(!touch.captured && at(&scene) == 0.0);
    let click = point(&mut scene, PointerPhase::Down, PointerKind::Mouse, (x + 60.0, y + 10.0));
    assert!(click.captured && at(&scene) > 0.3);
    point(&mut scene, PointerPhase::Up, PointerKind::Mouse, (x + 60.0, y));
    let far = point(&mut scene, PointerPhase::Down, PointerKind::Mouse, (x, y + 120.0));
    assert!(!far.captured);
}

#[test]
fn keys_move_a_hundredth_of_the_range_and_a_tenth_of_that_with_shift() {
    let mut scene = scene();
    let (low, high) = scene.readout().domain;
    let unit = (high - low) / 100.0;
    let mut press = |key, shift| {
        scene.update(Input::Key { handle: "at".into(), key, shift });
        at(&scene)
    };
    assert!((press(Key::Right, false) - unit).abs() < 1e-12);
    assert!((press(Key::Left, true) - 0.9 * unit).abs() < 1e-12);
    assert!((press(Key::PageUp, false) - 10.9 * unit).abs() < 1e-12);
    assert_eq!((press(Key::Home, false), press(Key::End, false)), (low, high));
}

#[test]
fn a_typed_place_is_clamped_to_the_range_and_nonsense_changes_nothing() {
    let mut scene = scene();
    let mut typed = |value| {
        let outcome = scene.update(Input::SetHandle { handle: "at".into(), value });
        (outcome.changed, at(&scene))
    };
    assert_eq!(typed(1.25), (true, 1.25));
    assert_eq!(typed(f64::NAN), (false, 1.25));
    let high = 3.3;
    assert_eq!(typed(1e9), (true, high));
}

#[test]
fn one_step_is_x_minus_rate_times_slope_and_back_is_where_it_was() {
    let mut scene = of("x^4 - 3*x^2 + x", 1.7, 0.013);
    let before = scene.readout();
    let outcome = scene.update(Input::Step(1));
    assert_eq!(outcome.events, [Event::Step]);
    assert_eq!(at(&scene).to_bits(), (1.7 - 0.013 * before.gradient[0]).to_bits());
    scene.update(Input::Step(7));
    scene.update(Input::StepBack(8));
    assert_eq!(scene.readout().at, before.at);
    assert_eq!(scene.readout().status, Status::Idle);
}

#[test]
fn changing_the_rate_or_the_optimiser_keeps_the_walk() {
    let mut scene = scene();
    scene.update(Input::Step(3));
    set(&mut scene, DescentSetting::Optimizer(OptimizerKind::Adam));
    set(&mut scene, DescentSetting::LearningRate(0.05));
    assert_eq!(scene.readout().steps, 3);
    scene.update(Input::Step(2));
    let state = scene.state();
    assert_eq!(state.moves.len(), 2);
    let again = DescentScene::from_state(state).unwrap();
    assert_eq!(at(&again).to_bits(), at(&scene).to_bits());
}

#[test]
fn a_run_takes_a_step_every_beat_until_it_settles_and_says_so_once() {
    let mut scene = scene();
    let first = scene.update(Input::Run);
    assert!(first.animating && first.events == [Event::Step]);
    assert_eq!(scene.readout().status, Status::Running);
    let mut events = Vec::new();
    for _ in 0..4000 {
        events.extend(scene.update(Input::Tick { milliseconds: 16.0 }).events);
    }
    let readout = scene.readout();
    assert_eq!(readout.status, Status::Converged);
    assert_eq!(events.iter().filter(|e| **e == Event::Converged).count(), 1);
    assert!((readout.at[0] + 2.079).abs() < 2e-3, "{:?}", readout.at);
    assert!(!scene.update(Input::Tick { milliseconds: 16.0 }).animating, "at rest no tick is wanted");
}

#[test]
fn dragging_pauses_a_run() {
    let mut scene = scene();
    scene.update(Input::Run);
    let place = handle(&scene);
    point(&mut scene, PointerPhase::Down, PointerKind::Mouse, place);
    assert_ne!(scene.readout().status, Status::Running);
}

#[test]
fn a_run_that_runs_away_stops_says_why_and_offers_a_rate_that_settles() {
    let mut scene = of("w^2", 1.0, 1.2);
    let range = scene.landscape().range;
    let mut events = scene.update(Input::Run).events;
    for _ in 0..60 {
        events.extend(scene.update(Input::Tick { milliseconds: 420.0 }).events);
    }
    let readout = scene.readout();
    assert_eq!((readout.status, readout.steps), (Status::Diverged, 5));
    assert_eq!(events.iter().filter(|e| **e == Event::Diverged).count(), 1);
    assert_eq!(scene.landscape().range, range, "the view keeps its scale");
    let notice = readout.panel.notice.unwrap();
    assert!(notice.text.contains("five steps in a row") && notice.text.contains("rates under 1.0"), "{}", notice.text);
    assert!(!readout.panel.can_step);
    set(&mut scene, DescentSetting::Act(notice.action.unwrap().id));
    assert_eq!(scene.readout().learning_rate, 0.5);
    scene.update(Input::Step(40));
    assert_eq!(scene.readout().status, Status::Converged);
}

#[test]
fn a_step_into_the_undefined_keeps_the_last_place_and_can_be_taken_back() {
    let mut scene = of("w - ln(w)", 0.1, 0.3);
    scene.update(Input::Step(1));
    assert!(at(&scene) > 1.0, "first a long step to the right");
    let mut scene = of("w + ln(w)", 0.1, 0.3);
    let outcome = scene.update(Input::Step(1));
    let readout = scene.readout();
    assert_eq!((readout.at[0], readout.status), (0.1, Status::Diverged));
    assert!(outcome.events.contains(&Event::Diverged) && readout.reason.is_some());
    let again = DescentScene::from_state(scene.state()).unwrap();
    assert_eq!(again.readout().status, Status::Diverged);
    scene.update(Input::StepBack(1));
    assert_eq!(scene.readout().status, Status::Idle);
}

#[test]
fn a_level_place_that_is_no_valley_floor_offers_a_nudge() {
    let mut scene = of("w^3", 0.01, 0.3);
    scene.update(Input::Step(400));
    let readout = scene.readout();
    assert_eq!(readout.status, Status::Stalled);
    let action = readout.panel.notice.unwrap().action.unwrap();
    let before = at(&scene);
    set(&mut scene, DescentSetting::Act(action.id));
    assert!(at(&scene) < before, "towards the lower side");
}

#[test]
fn a_mistake_keeps_the_last_good_curve_and_points_at_the_letter() {
    let mut scene = scene();
    let outcome = set(&mut scene, DescentSetting::Formula("w^2 + sni(w)".into()));
    assert_eq!(outcome.events, [Event::Error]);
    let readout = scene.readout();
    let mistake = readout.formula.mistake.unwrap();
    assert_eq!((mistake.code.as_str(), mistake.start), ("E_NAME", 6));
    assert_eq!(readout.formula.mistake_text.as_deref(), Some("w^2 + sni(w)"));
    assert_eq!(readout.formula.text, scenes::descent::DEFAULT_FORMULA);
    set(&mut scene, DescentSetting::Formula("w^2 + sin(w)".into()));
    assert!(scene.readout().formula.mistake.is_none());
    scene.update(Input::Undo);
    assert_eq!(scene.readout().formula.text, scenes::descent::DEFAULT_FORMULA);
}

#[test]
fn a_bad_formula_at_the_start_leaves_the_default_and_tells() {
    let scene = of("(w - 1", 0.0, 0.3);
    let readout = scene.readout();
    assert_eq!(readout.formula.mistake.unwrap().code, "E_PAREN");
    assert_eq!(readout.formula.text, scenes::descent::DEFAULT_FORMULA);
}

#[test]
fn a_reset_keeps_the_settings_and_can_be_undone() {
    let mut scene = scene();
    set(&mut scene, DescentSetting::LearningRate(0.1));
    scene.update(Input::Step(4));
    let there = at(&scene);
    scene.update(Input::Reset);
    let readout = scene.readout();
    assert_eq!((readout.at[0], readout.learning_rate, readout.steps), (0.0, 0.1, 0));
    assert!(!readout.panel.can_reset);
    scene.update(Input::Undo);
    assert_eq!(at(&scene).to_bits(), there.to_bits());
}

#[test]
fn where_the_loss_is_undefined_no_number_is_shown() {
    let mut scene = of("sqrt(w) + 1/w", 1.0, 0.1);
    set(&mut scene, DescentSetting::Domain(Some((-2.0, 2.0))));
    scene.update(Input::SetHandle { handle: "at".into(), value: -1.0 });
    let readout = scene.readout();
    assert!(readout.value.is_none() && readout.gradient.is_empty() && readout.next.is_empty());
    assert!(readout.panel.figures.iter().any(|f| f.value == "undefined here"));
    assert!(!readout.panel.can_step && readout.panel.equation.is_empty());
    assert!(words(&readout).contains("undefined here"));
    assert!(drawn(&scene).words.iter().any(|w| w == "undefined here"));
}

#[test]
fn the_numbers_on_screen_check_out() {
    for kind in [OptimizerKind::Sgd, OptimizerKind::Momentum, OptimizerKind::Adam] {
        let mut scene = scene();
        set(&mut scene, DescentSetting::Optimizer(kind));
        set(&mut scene, DescentSetting::LearningRate(0.07));
        for _ in 0..30 {
            scene.update(Input::Step(1));
            let readout = scene.readout();
            let shown = |meaning: &str| -> f64 {
                let term = readout.panel.equation.iter().find(|t| t.meaning == meaning).unwrap();
                term.value.replace('−', "-").replace(',', "").parse().unwrap()
            };
            let direction = match kind {
                OptimizerKind::Sgd => shown("slope here"),
                OptimizerKind::Momentum => shown("share kept") * shown("velocity before") + shown("slope here"),
                OptimizerKind::Adam => shown("average slope") / shown("typical size"),
            };
            let place = readout.panel.equation.iter().find(|t| t.meaning == "place now").unwrap();
            let digits = place.value.split_once('.').map_or(0, |(_, f)| f.len());
            let unit = 0.1_f64.powi(digits as i32);
            let moved = shown("place now") - shown("next place");
            let product = shown("learning rate") * direction;
            assert!((moved - product).abs() <= 0.5 * unit + 1e-9, "{kind:?}: {moved} is not {product}");
        }
    }
}

#[test]
fn blindfolded_only_places_stood_on_are_drawn_and_every_drag_counts_as_one_leap() {
    let mut scene = scene();
    let seeing = drawn(&scene);
    assert!(seeing.words.iter().any(|w| w == "loss "));
    set(&mut scene, DescentSetting::Blindfold(true));
    let blind = drawn(&scene);
    assert!(!blind.words.iter().any(|w| w.starts_with("loss ") || w == "next" || w == "4"), "{:?}", blind.words);
    scene.update(Input::Step(2));
    let (x, y) = handle(&scene);
    point(&mut scene, PointerPhase::Down, PointerKind::Mouse, (x, y));
    for i in 1..20 {
        point(&mut scene, PointerPhase::Move, PointerKind::Mouse, (x + 10.0 * f64::from(i), y));
    }
    point(&mut scene, PointerPhase::Up, PointerKind::Mouse, (x + 190.0, y));
    let readout = scene.readout();
    assert_eq!((readout.blindfold.steps_taken, readout.blindfold.leaps, readout.steps), (3, 1, 2));
    assert!(readout.panel.figures.iter().all(|f| f.id != "loss"), "the height is not felt");
}

#[test]
fn settled_in_the_dark_it_says_whether_a_deeper_valley_remains() {
    let mut scene = of(scenes::descent::DEFAULT_FORMULA, 1.0, 0.2);
    set(&mut scene, DescentSetting::Blindfold(true));
    scene.update(Input::Step(30));
    let readout = scene.readout();
    assert_eq!(readout.blindfold.in_lowest_valley, Some(false));
    let notice = readout.panel.notice.unwrap();
    assert!(notice.text.contains("30 steps") && notice.text.contains("deeper valley"), "{}", notice.text);
    scene.update(Input::SetHandle { handle: "at".into(), value: -1.0 });
    scene.update(Input::Step(30));
    assert_eq!(scene.readout().blindfold.in_lowest_valley, Some(true));
}

#[test]
fn a_state_is_shown_again_with_the_same_bits() {
    let mut scene = of("cos(w) + w^2/9", 2.2, 0.4);
    set(&mut scene, DescentSetting::Optimizer(OptimizerKind::Momentum));
    scene.update(Input::Step(17));
    let json = serde_json::to_string(&scene.state()).unwrap();
    assert!(json.len() < 400, "small enough for a link: {json}");
    let again = DescentScene::from_state(serde_json::from_str(&json).unwrap()).unwrap();
    assert_eq!(serde_json::to_string(&again.readout()).unwrap(), serde_json::to_string(&scene.readout()).unwrap());
}

#[test]
fn a_state_that_makes_no_sense_is_refused_with_the_reason() {
    let good = scene().state();
    let refused = |change: &dyn Fn(&mut DescentState)| {
        let mut state = good.clone();
        change(&mut state);
        DescentScene::from_state(state).unwrap_err()
    };
    assert_eq!(refused(&|s| s.version = 2), StateError::Version(2));
    assert_eq!(refused(&|s| s.start = f64::NAN), StateError::Number("start"));
    assert_eq!(refused(&|s| s.learning_rate = -1.0), StateError::Number("learning rate"));
    assert_eq!(refused(&|s| s.domain = Some((1.0, 1.0))), StateError::Number("domain"));
    assert!(matches!(refused(&|s| s.formula = "a*b".into()), StateError::Formula(_)));
    let steps = |count| Move::Steps { optimizer: OptimizerKind::Sgd, learning_rate: 0.1, count };
    assert!(matches!(refused(&|s| s.moves = vec![steps(u32::MAX); 3]), StateError::Moves(_)));
}

#[test]
fn a_picture_is_sampled_again_only_when_it_would_look_different() {
    let mut scene = scene();
    let before = scene.base_version(0);
    scene.update(Input::Step(1));
    scene.update(Input::Tick { milliseconds: 50.0 });
    scene.update(Input::SetHandle { handle: "at".into(), value: 1.0 });
    assert_eq!(scene.base_version(0), before);
    scene.resize(0, Size { width: 350.0, height: 330.0 });
    assert_ne!(scene.base_version(0), before);
    let narrow = scene.base_version(0);
    scene.resize(0, Size { width: f64::NAN, height: 330.0 });
    assert_eq!(scene.base_version(0), narrow);
}
