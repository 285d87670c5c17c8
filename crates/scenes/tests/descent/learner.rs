//! What a learner does, and what happens.

use scenes::ground::DEFAULT_FORMULA;
use scenes::kit::json::Json;
use scenes::kit::{Input, Key, PointerKind, PointerPhase};
use scenes::readout::Event;
use serde_json::Value;

use crate::support::Driven;

fn scene() -> Driven {
    Driven::new("descent", &[])
}

fn of(function: &str, start: f64, rate: f64) -> Driven {
    let (start, rate) = (start.to_string(), rate.to_string());
    Driven::new("descent", &[("function", function), ("start", &start), ("learning-rate", &rate)])
}

fn at(scene: &mut Driven) -> f64 {
    scene.number("/at/0")
}

fn point(scene: &mut Driven, phase: PointerPhase, kind: PointerKind, at: (f64, f64)) -> scenes::kit::Outcome {
    scene.point(0, phase, kind, at)
}

fn words(readout: &Value) -> String {
    readout["explain"].as_array().unwrap().iter().filter_map(|span| span["text"].as_str()).collect()
}

fn is_empty(list: &Value) -> bool {
    list.as_array().unwrap().is_empty()
}

fn counts(events: &[Event], event: Event) -> usize {
    events.iter().filter(|e| **e == event).count()
}

#[test]
fn while_the_ball_is_on_its_way_its_handle_says_where_it_goes() {
    let mut scene = of("w^2", 3.0, 0.1);
    let (_, before) = scene.handle("at");
    scene.step(1);
    for _ in 0..24 {
        let readout = scene.read();
        assert_eq!(readout["handles"][0]["value"], readout["at"][0]);
        scene.tick(60.0);
    }
    // The picture moves meanwhile.
    let (_, now) = scene.handle("at");
    assert!(now.0 < before.0 && scene.number("/at/0") < 3.0);
}

#[test]
fn the_ball_follows_the_pointer_along_the_curve() {
    let mut scene = scene();
    let (_, (x, y)) = scene.handle("at");
    // Taken hold of beside its middle, it does not jump.
    let down = point(&mut scene, PointerPhase::Down, PointerKind::Touch, (x + 9.0, y - 4.0));
    assert!(down.captured);
    point(&mut scene, PointerPhase::Move, PointerKind::Touch, (x + 9.0 + 120.0, 7.0));
    point(&mut scene, PointerPhase::Up, PointerKind::Touch, (x + 9.0 + 120.0, 7.0));
    let (low, high) = (scene.number("/domain/0"), scene.number("/domain/1"));
    let plot = 960.0 - 52.0 - 28.0;
    let expected = 120.0 * (high - low) / plot;
    let w = at(&mut scene);
    assert!((w - expected).abs() < 1e-12, "{w} {expected}");
    let (value, slope) = ((w * w - 4.0).powi(2) / 8.0 + w / 3.0 + 1.5, (w * w - 4.0) * w / 2.0 + 1.0 / 3.0);
    assert!((scene.number("/value") - value).abs() <= 1e-12 * value);
    let gradient = scene.number("/gradient/0");
    assert!((gradient - slope).abs() <= 1e-12 * slope.abs().max(1.0));
    assert!((scene.number("/next/0") - (w - 0.3 * gradient)).abs() == 0.0);
}

#[test]
fn a_finger_beside_the_handle_scrolls_and_a_click_near_the_curve_moves_the_ball() {
    let mut scene = scene();
    let (_, (x, y)) = scene.handle("at");
    let touch = point(&mut scene, PointerPhase::Down, PointerKind::Touch, (x + 60.0, y));
    assert!(!touch.captured && at(&mut scene) == 0.0);
    let click = point(&mut scene, PointerPhase::Down, PointerKind::Mouse, (x + 60.0, y + 10.0));
    assert!(click.captured && at(&mut scene) > 0.3);
    point(&mut scene, PointerPhase::Up, PointerKind::Mouse, (x + 60.0, y));
    let far = point(&mut scene, PointerPhase::Down, PointerKind::Mouse, (x, y + 120.0));
    assert!(!far.captured);
}

#[test]
fn keys_move_a_hundredth_of_the_range_and_a_tenth_of_it_with_shift() {
    let mut scene = scene();
    let (low, high) = (scene.number("/domain/0"), scene.number("/domain/1"));
    let unit = (high - low) / 100.0;
    let mut press = |key, shift| {
        scene.update(Input::Key { handle: "at".into(), key, shift });
        at(&mut scene)
    };
    assert!((press(Key::Right, false) - unit).abs() < 1e-12);
    assert!((press(Key::Left, true) + 9.0 * unit).abs() < 1e-12);
    assert!((press(Key::PageUp, false) - unit).abs() < 1e-12);
    assert_eq!((press(Key::Home, false), press(Key::End, false)), (low, high));
}

#[test]
fn a_typed_place_is_clamped_to_the_range_and_nonsense_changes_nothing() {
    let mut scene = scene();
    let mut typed = |value| {
        let outcome = scene.place("at", value);
        (outcome.changed, at(&mut scene))
    };
    assert_eq!(typed(1.25), (true, 1.25));
    assert_eq!(typed(f64::NAN), (false, 1.25));
    let high = 3.3;
    assert_eq!(typed(1e9), (true, high));
}

#[test]
fn one_step_is_x_minus_rate_times_slope_and_back_is_where_it_was() {
    let mut scene = of("x^4 - 3*x^2 + x", 1.7, 0.013);
    let gradient = scene.number("/gradient/0");
    let outcome = scene.step(1);
    assert_eq!(outcome.events, [Event::Step]);
    assert_eq!(at(&mut scene).to_bits(), (1.7 - 0.013 * gradient).to_bits());
    scene.step(7);
    assert_eq!(scene.back(8).events, [Event::Step], "a step back is a step");
    assert_eq!(at(&mut scene).to_bits(), 1.7_f64.to_bits());
    assert_eq!(scene.status(), "idle");
}

#[test]
fn changing_the_rate_or_the_optimiser_keeps_the_walk() {
    let mut scene = scene();
    scene.step(3);
    scene.set("optimizer", "adam");
    scene.set("learningRate", 0.05);
    assert_eq!(scene.number("/steps"), 3.0);
    scene.step(2);
    let state = scene.0.state();
    let moves = state.get("walk").and_then(|walk| walk.get("moves")).and_then(Json::list).unwrap();
    assert_eq!(moves.len(), 2);
    let mut again = Driven::of_state("descent", &state).unwrap();
    assert_eq!(at(&mut again).to_bits(), at(&mut scene).to_bits());
}

#[test]
fn a_run_takes_a_step_every_beat_until_it_settles_and_says_so_once() {
    let mut scene = scene();
    let first = scene.update(Input::Run);
    assert!(first.animating && first.events == [Event::Step]);
    assert_eq!(scene.status(), "running");
    let mut events = Vec::new();
    for _ in 0..4000 {
        events.extend(scene.tick(16.0).events);
    }
    assert_eq!(scene.status(), "converged");
    assert_eq!(counts(&events, Event::Converged), 1);
    let place = at(&mut scene);
    assert!((place + 2.079).abs() < 2e-3, "{place}");
    assert!(!scene.tick(16.0).animating, "at rest no tick is wanted");
}

#[test]
fn dragging_pauses_a_run() {
    let mut scene = scene();
    scene.update(Input::Run);
    let (_, place) = scene.handle("at");
    point(&mut scene, PointerPhase::Down, PointerKind::Mouse, place);
    assert_ne!(scene.status(), "running");
}

#[test]
fn a_run_that_runs_away_stops_says_why_and_offers_a_rate_that_settles() {
    let mut scene = of("w^2", 1.0, 1.2);
    let scale = |scene: &mut Driven| {
        let words = scene.drawn_stage(0).words;
        words.into_iter().filter(|(text, _)| text.parse::<f64>().is_ok()).collect::<Vec<_>>()
    };
    let before = scale(&mut scene);
    let mut events = scene.update(Input::Run).events;
    for _ in 0..60 {
        events.extend(scene.tick(420.0).events);
    }
    assert_eq!((scene.status().as_str(), scene.number("/steps")), ("diverged", 5.0));
    assert_eq!(counts(&events, Event::Diverged), 1);
    assert_eq!(scale(&mut scene), before, "the view keeps its scale");
    let readout = scene.read();
    let text = readout["notice"]["text"].as_str().unwrap();
    assert!(text.contains("five steps in a row") && text.contains("no rate above 1.0"), "{text}");
    assert_eq!(readout["canStep"], false);
    scene.act(readout["notice"]["action"]["id"].as_str().unwrap());
    assert_eq!(scene.number("/learningRate"), 0.5);
    scene.step(40);
    assert_eq!(scene.status(), "converged");
}

#[test]
fn a_step_into_the_undefined_keeps_the_last_place_and_can_be_taken_back() {
    let mut scene = of("w - ln(w)", 0.1, 0.3);
    scene.step(1);
    assert!(at(&mut scene) > 1.0, "first a long step to the right");
    let mut scene = of("w + ln(w)", 0.1, 0.3);
    let outcome = scene.step(1);
    assert_eq!((at(&mut scene), scene.status().as_str()), (0.1, "diverged"));
    assert!(outcome.events.contains(&Event::Diverged) && !scene.read()["reason"].is_null());
    let mut again = Driven::of_state("descent", &scene.0.state()).unwrap();
    assert_eq!(again.status(), "diverged");
    scene.back(1);
    assert_eq!(scene.status(), "idle");
    // Taken back, it may be asked for again, or after a change of mind with another rate.
    assert!(scene.step(1).events.contains(&Event::Diverged));
    scene.back(1);
    scene.set("learningRate", 0.001);
    assert_eq!(scene.step(1).events, [Event::Step]);
    assert_eq!((scene.status().as_str(), scene.number("/steps")), ("paused", 1.0));
}

#[test]
fn taking_back_a_refused_step_takes_back_no_other() {
    let mut scene = of("w + ln(w)", 0.9, 0.1);
    scene.step(100);
    assert_eq!(scene.status(), "diverged");
    let steps = scene.number("/steps");
    assert!(steps > 0.0, "some steps before the edge");
    let place = at(&mut scene);
    assert_eq!(scene.back(1).events, [Event::Step]);
    assert_eq!((scene.status().as_str(), scene.number("/steps")), ("paused", steps - 1.0));
    assert_ne!(at(&mut scene), place);
    scene.step(1);
    assert_eq!((at(&mut scene).to_bits(), scene.status().as_str()), (place.to_bits(), "paused"));
}

#[test]
fn a_level_place_that_is_no_valley_floor_offers_a_nudge() {
    let mut scene = of("w^3", 0.01, 0.3);
    scene.step(400);
    assert_eq!(scene.status(), "stalled");
    let action = scene.word("/notice/action/id");
    let before = at(&mut scene);
    scene.act(&action);
    assert!(at(&mut scene) < before, "towards the lower side");
}

#[test]
fn a_mistake_keeps_the_last_good_curve_and_points_at_the_letter() {
    let mut scene = scene();
    let outcome = scene.set("function", "w^2 + sni(w)");
    assert!(outcome.refused);
    assert_eq!(outcome.events, [Event::Error]);
    assert_eq!(scene.word("/formula/mistake/code"), "E_NAME");
    assert_eq!(scene.number("/formula/mistake/start"), 6.0);
    assert_eq!(scene.word("/formula/mistakeText"), "w^2 + sni(w)");
    assert_eq!(scene.word("/formula/text"), DEFAULT_FORMULA);
    assert_eq!(scene.read()["canStep"], false, "nobody steps on a curve that is about to change");
    scene.set("function", "w^2 + sin(w)");
    assert!(scene.read()["formula"]["mistake"].is_null());
    scene.update(Input::Undo);
    assert_eq!(scene.word("/formula/text"), DEFAULT_FORMULA);
}

#[test]
fn a_bad_formula_at_the_start_leaves_the_default_and_tells() {
    let mut scene = of("(w - 1", 0.0, 0.3);
    assert_eq!(scene.word("/formula/mistake/code"), "E_PAREN");
    assert_eq!(scene.word("/formula/text"), DEFAULT_FORMULA);
    assert_eq!(scene.word("/warnings/0/about"), "function");
}

#[test]
fn a_reset_keeps_the_settings_and_can_be_undone() {
    let mut scene = scene();
    scene.set("learningRate", 0.1);
    scene.step(4);
    let there = at(&mut scene);
    scene.update(Input::Reset);
    assert_eq!((at(&mut scene), scene.number("/learningRate"), scene.number("/steps")), (0.0, 0.1, 0.0));
    assert_eq!(scene.read()["canReset"], false);
    scene.update(Input::Undo);
    assert_eq!(at(&mut scene).to_bits(), there.to_bits());
}

#[test]
fn where_the_loss_is_undefined_no_number_is_shown() {
    let mut scene = of("sqrt(w) + 1/w", 1.0, 0.1);
    scene.set("domain", "-2 2");
    scene.place("at", -1.0);
    let readout = scene.read();
    assert!(readout["value"].is_null() && is_empty(&readout["gradient"]) && is_empty(&readout["next"]));
    assert!(readout["figures"].as_array().unwrap().iter().any(|f| f["value"] == "undefined here"));
    assert!(readout["canStep"] == false && is_empty(&readout["equation"]));
    assert!(words(&readout).contains("undefined here"));
    assert!(scene.drawn_words().iter().any(|w| w == "undefined here"));
}

#[test]
fn the_numbers_on_screen_check_out() {
    for kind in ["sgd", "momentum", "adam"] {
        let mut scene = scene();
        scene.set("optimizer", kind);
        scene.set("learningRate", 0.07);
        for _ in 0..30 {
            scene.step(1);
            let readout = scene.read();
            let term = |meaning: &str| {
                let terms = readout["equation"].as_array().unwrap();
                let term = terms.iter().find(|t| t["meaning"] == meaning).unwrap();
                term["value"].as_str().unwrap().to_owned()
            };
            let shown = |meaning: &str| -> f64 { term(meaning).replace('−', "-").replace(',', "").parse().unwrap() };
            let direction = match kind {
                "sgd" => shown("slope here"),
                "momentum" => shown("share kept") * shown("velocity before") + shown("slope here"),
                _ => shown("average slope") / shown("typical size"),
            };
            let digits = term("place now").split_once('.').map_or(0, |(_, f)| f.len());
            let unit = 0.1_f64.powi(digits as i32);
            let moved = shown("place now") - shown("next place");
            let product = shown("learning rate") * direction;
            assert!((moved - product).abs() <= 0.5 * unit + 1e-9, "{kind}: {moved} is not {product}");
        }
    }
}

#[test]
fn blindfolded_only_places_stood_on_are_drawn_and_every_drag_counts_as_one_leap() {
    let mut scene = scene();
    let seeing = scene.drawn_words();
    assert!(seeing.iter().any(|w| w.starts_with("loss ")), "{seeing:?}");
    scene.set("blindfold", true);
    let blind = scene.drawn_words();
    assert!(!blind.iter().any(|w| w.starts_with("loss ") || w == "next" || w == "4"), "{blind:?}");
    scene.step(2);
    let (_, (x, y)) = scene.handle("at");
    point(&mut scene, PointerPhase::Down, PointerKind::Mouse, (x, y));
    for i in 1..20 {
        point(&mut scene, PointerPhase::Move, PointerKind::Mouse, (x + 10.0 * f64::from(i), y));
    }
    point(&mut scene, PointerPhase::Up, PointerKind::Mouse, (x + 190.0, y));
    let readout = scene.read();
    let counted = [&readout["blindfold"]["stepsTaken"], &readout["blindfold"]["leaps"], &readout["steps"]];
    assert_eq!(counted.map(|v| v.as_u64().unwrap()), [3, 1, 2]);
    assert!(readout["figures"].as_array().unwrap().iter().all(|f| f["id"] != "loss"), "the height is not felt");
}

#[test]
fn settled_in_the_dark_it_says_whether_a_deeper_valley_remains() {
    let mut scene = of(DEFAULT_FORMULA, 1.0, 0.2);
    scene.set("blindfold", true);
    scene.step(30);
    assert_eq!(scene.read()["blindfold"]["inLowestValley"], false);
    let text = scene.word("/notice/text");
    assert!(text.contains("30 steps") && text.contains("deeper valley"), "{text}");
    scene.place("at", -1.0);
    scene.step(30);
    assert_eq!(scene.read()["blindfold"]["inLowestValley"], true);
}

#[test]
fn a_picture_is_sampled_again_only_when_it_would_look_different() {
    let mut scene = scene();
    let before = scene.0.base_version(0);
    scene.step(1);
    scene.tick(50.0);
    scene.place("at", 1.0);
    assert_eq!(scene.0.base_version(0), before);
    scene.0.resize(0, scenes::frame::Size { width: 350.0, height: 330.0 });
    assert_ne!(scene.0.base_version(0), before);
    let narrow = scene.0.base_version(0);
    scene.0.resize(0, scenes::frame::Size { width: f64::NAN, height: 330.0 });
    assert_eq!(scene.0.base_version(0), narrow);
}

#[test]
fn what_is_heard_after_a_step_gives_way_to_the_sentence_where_the_next_step_changes() {
    let mut scene = of("w^2", 3.0, 0.1);
    assert_eq!(scene.word("/heard"), "");
    scene.step(1);
    assert!(scene.word("/heard").starts_with("Step 1. w 2.4"), "{}", scene.word("/heard"));
    // The rate changes the step that comes, of which the sentence speaks.
    scene.set("learningRate", 0.2);
    assert_eq!(scene.word("/heard"), "");
    scene.step(1);
    assert!(scene.word("/heard").starts_with("Step 2."));
}
