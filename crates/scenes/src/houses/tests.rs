//! Facts about the widget. What holds for every widget (inputs at random, links, layers, labels) stands in `tests/kit`.

use descent::optimizer::Optimizer;
use descent::regression::{DescentOptions, LinearRegression, Standardize};
use proptest::prelude::*;
use serde_json::Value;

use super::Houses;
use super::pictures::{MAP, SCATTER};
use crate::frame::Size;
use crate::kit::json::Json;
use crate::kit::{
    AnyScene as _, Given, Input, Key, Layer, Mark, Outcome, PointerKind, PointerPhase, Shell, Stepping as _, Supply,
};
use crate::readout::Event;
use crate::testing::Checker;
use crate::theme::Theme;

type Scene = Shell<Houses>;

const AMES: &str = include_str!("../../../../lessons/data/ames-housing.csv");

fn given(attributes: &[(&str, &str)]) -> Given {
    let attributes = attributes.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Given { attributes, supply: Supply::none().with("ames", AMES), ..Given::default() }
}

fn scene(attributes: &[(&str, &str)]) -> Scene {
    Shell::new(&given(attributes))
}

fn read(scene: &mut Scene) -> Value {
    serde_json::from_str(&scene.readout_whole()).unwrap()
}

fn number(scene: &mut Scene, path: &str) -> f64 {
    read(scene).pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("no number {path}"))
}

fn set(scene: &mut Scene, name: &str, value: impl Into<Json>) -> Outcome {
    scene.update(Input::Set { name: name.into(), value: value.into() })
}

fn act(scene: &mut Scene, id: &str, value: Option<f64>) -> Outcome {
    scene.update(Input::Act { id: id.into(), value })
}

fn table(scene: &mut Scene, text: &str) -> Outcome {
    scene.update(Input::Table { label: "mine.csv".into(), text: text.into() })
}

fn place(scene: &mut Scene, id: &str) -> (usize, (f64, f64)) {
    let all = read(scene);
    let handle = all["handles"].as_array().unwrap().iter().find(|h| h["id"] == id).unwrap();
    let number = |name: &str| handle[name].as_f64().unwrap();
    (number("stage") as usize, (number("x"), number("y")))
}

fn point(scene: &mut Scene, stage: usize, phase: PointerPhase, (x, y): (f64, f64)) -> Outcome {
    scene.update(Input::Pointer { stage, phase, kind: PointerKind::Mouse, x, y })
}

fn drag(scene: &mut Scene, id: &str, by: (f64, f64)) {
    let (stage, from) = place(scene, id);
    let to = (from.0 + by.0, from.1 + by.1);
    assert!(point(scene, stage, PointerPhase::Down, from).captured, "{id}");
    point(scene, stage, PointerPhase::Move, to);
    point(scene, stage, PointerPhase::Up, to);
}

/// The mean squared error added up house by house.
fn plain_mse(scene: &mut Scene) -> f64 {
    let (slope, intercept) = (number(scene, "/coefficients/0"), number(scene, "/intercept"));
    let widget = scene.widget();
    widget.houses.iter().map(|(x, y)| (y - intercept - slope * x).powi(2)).sum::<f64>() / widget.houses.len() as f64
}

fn close(a: f64, b: f64, digits: f64) {
    assert!((a - b).abs() <= digits * a.abs().max(b.abs()), "{a} and {b}");
}

fn draw(scene: &mut Scene, stage: usize, layer: Layer) -> String {
    let mut svg = crate::painter::SvgSurface::new(548.0, 420.0);
    scene.draw(stage, layer, &mut svg, &Theme::light()).unwrap();
    svg.body().to_owned()
}

#[test]
fn the_house_called_out_is_the_one_of_the_course_whatever_columns_are_shown() {
    let mut scene = scene(&[]);
    let columns: Vec<String> = scene.widget().ground.sheet.columns.iter().map(|column| column.id.clone()).collect();
    let row: Vec<&str> = AMES.lines().nth(1 + 1693).unwrap().split(',').collect();
    let cell = |id: &String| row[AMES.lines().next().unwrap().split(',').position(|name| name == id).unwrap()];
    let mut seen = 0;
    for (target, feature) in columns.iter().flat_map(|target| columns.iter().map(move |feature| (target, feature))) {
        set(&mut scene, "features", vec![feature.as_str()]);
        set(&mut scene, "target", target.as_str());
        if scene.widget().settings.features == [feature.clone()] && feature != target {
            let called = scene.widget().called_house();
            assert_eq!(
                [called.0, called.1].map(|cell| cell.to_string()),
                [feature, target].map(cell),
                "{feature} {target}"
            );
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn the_exact_line_the_limits_and_the_descents_are_those_of_the_reference() {
    let text = include_str!("../../../../tests/reference/regression.json");
    let reference: Value = serde_json::from_str(text).unwrap();
    let fit = &reference["fits"][0];
    let of = |value: &Value| value.as_f64().unwrap();
    let mut raw = scene(&[("standardize", "false")]);
    let mut standard = scene(&[]);
    close(number(&mut raw, "/exact/coefficients/0"), of(&fit["coefficients"][0]), 1e-12);
    close(number(&mut raw, "/exact/intercept"), of(&fit["intercept"]), 1e-11);
    close(number(&mut raw, "/exact/mse"), of(&fit["mse"]), 1e-12);
    let limit = |basis: &str| of(&fit["gradient_descent_limits"][basis]["largest_stable_lr_1_over_n"]);
    close(number(&mut raw, "/largestStableLearningRate"), limit("raw"), 1e-12);
    close(number(&mut standard, "/largestStableLearningRate"), limit("standardised"), 1e-12);
    act(&mut raw, "exact", None);
    close(number(&mut raw, "/rSquared"), of(&fit["r2"]), 1e-12);
    let mut compared = 0;
    for run in reference["gradient_descent"].as_array().unwrap() {
        if run["fit"] != "living_area" || run["target"] != "raw" || run["loss_convention"] != "1/n" {
            continue;
        }
        let standardize = (run["features"] == "standardised").to_string();
        let rate = run["learning_rate"].to_string();
        // The walk alone goes on where the widget would stop.
        let mut walk = scene(&[("standardize", &standardize), ("learning-rate", &rate)]).widget().walk.clone();
        for (point, loss) in run["points"].as_array().unwrap().iter().zip(run["losses"].as_array().unwrap()) {
            let here = walk.here();
            let largest = of(&point[0]).abs().max(of(&point[1]).abs());
            assert!((0..2).all(|i| (here[i] - of(&point[i])).abs() <= 1e-9 * largest), "{here:?} {point}");
            close(walk.now().unwrap().value, of(loss), 1e-9);
            walk.step();
            compared += 1;
        }
    }
    assert_eq!(compared, 4 * 101);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_walk_is_the_core_s_bit_for_bit_and_so_is_its_status(
        kind in prop::sample::select(vec!["sgd", "momentum", "adam"]), share in -3.0..0.3, standardize in any::<bool>(),
        slope in -100.0..300.0, intercept in -1e5..2e5, steps in 0_u32..700,
    ) {
        let widget = scene(&[]).widget().clone();
        let what = if standardize { Standardize::Features } else { Standardize::Nothing };
        let (xs, ys) = widget.houses.iter().copied().unzip();
        let regression = LinearRegression::with_constants(vec![xs], ys, None, what).unwrap();
        let scale = if kind == "adam" { 1e4 } else { regression.largest_stable_learning_rate() };
        let rate = scale * calculus::math::powf(10.0, share);
        let optimizer = match kind {
            "sgd" => Optimizer::sgd(rate),
            "momentum" => Optimizer::momentum(rate),
            _ => Optimizer::adam(rate),
        };
        let start = Some(vec![slope, intercept]);
        let options = DescentOptions { optimizer, steps: u64::from(steps), batch_size: None, seed: 0, start };
        let wanted = regression.descend(&options).unwrap();
        let mut scene = scene(&[
            ("optimizer", kind),
            ("learning-rate", &rate.to_string()),
            ("standardize", &standardize.to_string()),
            ("start", &format!("{slope} {intercept}")),
        ]);
        // A widget stops where a run has run away; a program goes on as long as numbers are finite.
        scene.update(Input::Step(steps));
        let taken = scene.widget().walk.steps();
        let status = read(&mut scene)["status"].as_str().unwrap().to_owned();
        if taken < u64::from(steps) {
            prop_assert_eq!((status.as_str(), wanted.status), ("diverged", descent::run::Status::Diverged));
            return Ok(());
        }
        let line = scene.widget().line();
        let bits = [line.slope.to_bits(), line.intercept.to_bits()];
        prop_assert_eq!(bits.to_vec(), wanted.parameters.iter().map(|p| p.to_bits()).collect::<Vec<_>>());
        let core = serde_json::to_value(wanted.status).unwrap();
        let undecided = ["idle", "paused"].contains(&status.as_str()) && core == "running";
        prop_assert!(undecided || core == status.as_str(), "{core} and {status}");
    }
}

#[test]
fn eighty_changes_of_the_rate_keep_eighty_steps() {
    let mut scene = scene(&[]);
    for i in 0..80 {
        set(&mut scene, "learningRate", if i % 2 == 0 { 0.1 } else { 0.2 });
        scene.update(Input::Step(1));
    }
    assert_eq!(number(&mut scene, "/steps"), 80.0);
    let state: Value = serde_json::from_str(&scene.state().to_text()).unwrap();
    assert_eq!(state["walk"]["moves"].as_array().unwrap().len(), 80);
}

#[test]
fn switching_the_basis_keeps_the_line_and_drops_a_rate_that_means_nothing_there() {
    let mut scene = scene(&[("learning-rate", "0.3")]);
    scene.update(Input::Step(3));
    let before = read(&mut scene);
    set(&mut scene, "standardize", false);
    let after = read(&mut scene);
    assert_eq!((after["steps"].as_f64(), after["learningRate"].as_f64()), (Some(0.0), Some(4e-8)));
    close(after["coefficients"][0].as_f64().unwrap(), before["coefficients"][0].as_f64().unwrap(), 1e-12);
    close(after["intercept"].as_f64().unwrap(), before["intercept"].as_f64().unwrap(), 1e-9);
    assert_eq!((&before["contoursRound"], &after["contoursRound"]), (&true.into(), &false.into()));
}

#[test]
fn a_raw_run_with_too_large_a_rate_stops_says_why_and_offers_half_the_largest() {
    let mut scene = scene(&[("standardize", "false"), ("learning-rate", "1e-3")]);
    scene.update(Input::Run);
    let ticks = (0..400).flat_map(|_| scene.update(Input::Tick { milliseconds: 16.0 }).events);
    assert_eq!(ticks.last(), Some(Event::Diverged));
    let shown = read(&mut scene);
    assert_eq!((shown["status"].as_str(), shown["steps"].as_f64()), (Some("diverged"), Some(5.0)));
    assert!(shown["notice"]["text"].as_str().unwrap().contains("3.99×10⁻⁷"), "{}", shown["notice"]);
    assert_eq!(shown["notice"]["action"]["label"], "Use half of it, 1.9×10⁻⁷");
    act(&mut scene, "safeRate", None);
    let shown = read(&mut scene);
    assert_eq!((shown["learningRate"].as_f64(), shown["status"].as_str()), (Some(1.9e-7), Some("idle")));
}

#[test]
fn a_stable_raw_run_creeps_in_the_needle_and_standardising_frees_it() {
    let mut scene = scene(&[("standardize", "false"), ("learning-rate", "2e-7")]);
    scene.update(Input::Step(20_000));
    let shown = read(&mut scene);
    assert_eq!(
        (shown["status"].as_str(), shown["notice"]["title"].as_str()),
        (Some("stalled"), Some("Stuck in a needle"))
    );
    act(&mut scene, "standardize", None);
    let outcome = scene.update(Input::Step(400));
    assert_eq!(outcome.events, [Event::Step, Event::Converged]);
    close(number(&mut scene, "/coefficients/0"), 111.694_000_857_800_36, 1e-9);
    close(number(&mut scene, "/intercept"), 13_289.634_364_759_524, 1e-9);
}

#[test]
fn an_end_of_the_line_is_dragged_and_the_other_stays_where_it_was() {
    let mut scene = scene(&[]);
    act(&mut scene, "exact", None);
    let ((_, left), (_, right)) = (place(&mut scene, "left"), place(&mut scene, "right"));
    for by in [-40.0, -80.0] {
        // Beyond the top of the picture too it moves upright, under the pointer.
        point(&mut scene, SCATTER, PointerPhase::Down, left);
        point(&mut scene, SCATTER, PointerPhase::Move, (left.0 + 30.0, left.1 + by));
        let (held, other) = (place(&mut scene, "left").1, place(&mut scene, "right").1);
        for (at, wanted) in [(held, (left.0, left.1 + by)), (other, right)] {
            assert!((at.0 - wanted.0).abs() < 1e-6 && (at.1 - wanted.1).abs() < 1e-6, "{at:?} {wanted:?}");
        }
        close(number(&mut scene, "/mse"), plain_mse(&mut scene), 1e-12);
        point(&mut scene, SCATTER, PointerPhase::Up, (left.0, left.1 + by));
        assert_eq!(read(&mut scene)["undo"], "Undo: moved the line");
        scene.update(Input::Undo);
    }
    assert!(scene.widget().fit.is_best(scene.widget().here()));
}

#[test]
fn the_spot_on_the_map_follows_the_pointer_and_a_click_brings_it() {
    for standardize in ["true", "false"] {
        let mut scene = scene(&[("standardize", standardize)]);
        drag(&mut scene, "line", (60.0, -30.0));
        let (_, (x, y)) = place(&mut scene, "line");
        assert!(!point(&mut scene, MAP, PointerPhase::Down, (x + 40.0, y - 30.0)).captured);
        point(&mut scene, MAP, PointerPhase::Up, (x + 40.0, y - 30.0));
        let (_, at) = place(&mut scene, "line");
        // The window may have made room for it.
        let Mark::Handle(spot) = scene.marks(MAP).last().unwrap() else { panic!("no spot") };
        assert_eq!(spot.at, (scene.widget().here()[0], Some(scene.widget().here()[1])));
        assert!(at.0 > x - 40.0 && at.1 < y + 40.0);
    }
}

#[test]
fn every_line_of_the_trough_on_the_map_goes_through_the_called_out_house() {
    for (standardize, house) in [("true", "1693"), ("false", "1693"), ("true", "12"), ("false", "700")] {
        let scene = scene(&[("standardize", standardize), ("house", house)]);
        let (x, y) = scene.widget().called_house();
        let trough = scene.marks(MAP).iter().find_map(|mark| match mark {
            Mark::Trough { intercept, slope, .. } => Some((*intercept, *slope)),
            _ => None,
        });
        let (intercept, slope) = trough.unwrap();
        for p in [-1e5, 0.0, 37.0, 2e5] {
            close(scene.widget().fit.basis.line([p, intercept + slope * p]).at(x), y, 1e-9);
        }
    }
}

#[test]
fn an_outlier_dragged_far_pulls_the_best_line_and_undo_restores_it() {
    let mut scene = scene(&[("moving", "")]);
    act(&mut scene, "exact", None);
    let before = read(&mut scene);
    let version = scene.base_version(SCATTER);
    drag(&mut scene, "moveY", (200.0, 250.0));
    assert_eq!(scene.base_version(SCATTER), version + 1, "the others are drawn once without it");
    let after = read(&mut scene);
    assert_eq!(after["moved"], 1);
    let slope = |all: &Value| all["exact"]["coefficients"][0].as_f64().unwrap();
    assert!(slope(&after) < slope(&before) - 0.5, "{} {}", slope(&after), slope(&before));
    close(after["coefficients"][0].as_f64().unwrap(), slope(&after), 1e-13);
    close(after["mse"].as_f64().unwrap(), plain_mse(&mut scene), 1e-12);
    drag(&mut scene, "moveY", (-20.0, -20.0));
    assert_eq!(number(&mut scene, "/moved"), 1.0);
    scene.update(Input::Undo);
    scene.update(Input::Undo);
    assert_eq!(read(&mut scene)["exact"], before["exact"]);
}

/// Where the dot of a house is drawn.
fn dot_of(scene: &mut Scene, house: usize) -> (f64, f64) {
    let mut other = scene.clone();
    set(&mut other, "moving", true);
    set(&mut other, "house", house as f64);
    place(&mut other, "moveY").1
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_drag_and_no_key_moves_a_house_until_a_learner_asks_for_it(
        house in 0_usize..2930, by in (10.0..200.0, -200.0..200.0), own in any::<bool>(), keys in any::<bool>(), moved in any::<bool>(),
    ) {
        let mut scene = scene(&[("start", "0 1e6")]);
        if own {
            table(&mut scene, "hours,marks\n1,40\n2,55\n4,70\n5,64\n");
        }
        let house = house % scene.widget().houses.len();
        if moved {
            set(&mut scene, "moved", vec![house as f64, 3.0, 50.0]);
        }
        set(&mut scene, "house", house as f64);
        let before = scene.widget().houses.clone();
        let pull = |scene: &mut Scene| {
            let from = dot_of(scene, house);
            let to = (from.0 + by.0, from.1 + by.1);
            let taken = point(scene, SCATTER, PointerPhase::Down, from).captured;
            for phase in [PointerPhase::Move, PointerPhase::Up] {
                point(scene, SCATTER, phase, to);
            }
            for handle in ["moveX", "moveY"].into_iter().filter(|_| keys) {
                scene.update(Input::Key { handle: handle.into(), key: Key::Up, shift: true });
            }
            taken
        };
        let named = |scene: &mut Scene| read(scene)["handles"].to_string().contains("move");
        pull(&mut scene);
        prop_assert_eq!(&scene.widget().houses, &before);
        prop_assert!(!named(&mut scene));
        set(&mut scene, "moving", true);
        let state = scene.state();
        prop_assert!(pull(&mut scene) && named(&mut scene));
        prop_assert_ne!(&scene.widget().houses, &before);
        let after = scene.widget().houses.clone();
        scene.update(Input::Reset);
        prop_assert_eq!(&scene.widget().houses, &scene.widget().ground.rows.points);
        prop_assert_eq!(number(&mut scene, "/moved"), 0.0);
        scene.update(Input::Undo);
        prop_assert_eq!(&scene.widget().houses, &after);
        if !own {
            let again = Shell::<Houses>::from_state(&given(&[]), &state).unwrap();
            prop_assert!(again.widget().settings.moving && again.widget().houses == before);
        }
    }
}

#[test]
fn a_click_calls_another_house_out_and_a_scroll_does_not() {
    let mut scene = scene(&[]);
    let (at, called) = (scene.widget().houses[100], scene.widget().called());
    let (x, y) = dot_of(&mut scene, 100);
    point(&mut scene, SCATTER, PointerPhase::Down, (x, y));
    point(&mut scene, SCATTER, PointerPhase::Move, (x, y + 40.0));
    point(&mut scene, SCATTER, PointerPhase::Up, (x, y + 40.0));
    assert_eq!(scene.widget().called(), called);
    point(&mut scene, SCATTER, PointerPhase::Down, (x, y));
    point(&mut scene, SCATTER, PointerPhase::Up, (x, y));
    assert_eq!(scene.widget().called_house(), at);
}

#[test]
fn every_handle_moves_by_key_and_by_typing_and_keys_walk_from_house_to_house() {
    for id in ["left", "right", "line", "moveX", "moveY"] {
        let mut scene = scene(&[("moving", "")]);
        act(&mut scene, "exact", None);
        let value = |scene: &mut Scene| {
            let all = read(scene);
            all["handles"].as_array().unwrap().iter().find(|h| h["id"] == id).unwrap()["value"].as_f64().unwrap()
        };
        let mut press = |shift| {
            let before = value(&mut scene);
            scene.update(Input::Key { handle: id.into(), key: Key::Right, shift });
            value(&mut scene) - before
        };
        let (coarse, far) = (press(false), press(true));
        assert!(coarse > 0.0 && (far - 10.0 * coarse).abs() < 0.2 * coarse, "{id}: {coarse} {far}");
        let before = value(&mut scene);
        scene.update(Input::SetHandle { handle: id.into(), value: before - coarse });
        assert!((value(&mut scene) - before + coarse).abs() < 1e-9 * before.abs().max(1.0), "{id}");
    }
    let mut scene = scene(&[]);
    for (key, size) in [(Key::Home, 334.0), (Key::End, 5642.0)] {
        scene.update(Input::Key { handle: "house".into(), key, shift: false });
        assert_eq!(number(&mut scene, "/house/x"), size);
    }
}

#[test]
fn rounded_numbers_on_the_screen_add_up() {
    let mut scene = scene(&[]);
    for steps in [0, 1, 2, 5, 40] {
        scene.update(Input::Step(steps));
        let (guess, sold, miss) = scene.widget().voice(crate::words::Language::English).verdict();
        assert_eq!(guess + miss, sold);
        let terms = read(&mut scene)["equation"].clone();
        let number = |i: usize| {
            let text = terms[i]["value"].as_str().unwrap();
            let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
            digits.parse::<f64>().unwrap() * if text.starts_with('−') { -1.0 } else { 1.0 }
        };
        assert_eq!((number(2) + number(4) * number(6)).round(), number(0), "{terms}");
    }
}

#[test]
fn a_table_of_one_s_own_is_read_named_by_line_and_never_put_in_a_link() {
    let mut scene = scene(&[]);
    let text = "size,price_usd,rooms\n100,200000,3\n120,,4\nNA,abc,5\n150,310000,\n180,330000,6\n";
    assert_eq!(table(&mut scene, text).events, [Event::Change]);
    set(&mut scene, "features", vec!["size"]);
    let issues = |scene: &mut Scene| -> Vec<String> {
        let all = read(scene);
        let line =
            |i: &Value| format!("{} {}: {}", i["line"], i["column"].as_str().unwrap(), i["reason"].as_str().unwrap());
        all["data"]["issues"].as_array().unwrap().iter().map(line).collect()
    };
    let (price, unread) = ("3 price_usd: The cell is empty.", "4 price_usd: “abc” is not a number.");
    assert_eq!(issues(&mut scene), [price, unread, "4 size: “NA” stands for a missing value."]);
    set(&mut scene, "features", vec!["rooms"]);
    assert_eq!(issues(&mut scene), [price, unread, "5 rooms: The cell is empty."], "the columns used are others now");
    let shown = read(&mut scene);
    assert_eq!((&shown["data"]["label"], &shown["target"]), (&"mine.csv".into(), &"price_usd".into()));
    assert!(shown["shareNote"].is_string() && shown["titles"][0] == "One line, 2 misses");
    let state = scene.state();
    assert!(!state.to_text().contains("mine") && !state.to_text().contains("rooms"), "{}", state.to_text());
    let mut linked: Scene = Shell::from_state(&given(&[]), &state).unwrap();
    let shown = read(&mut linked);
    assert_eq!((&shown["data"]["label"], &shown["notice"]["kind"]), (&"ames".into(), &"info".into()));
    assert_eq!(linked.refusals()[0].code, "E_NOTE");
    scene.update(Input::Step(3));
    let beside = Given { supply: given(&[]).supply.with_own(scene.own_table().unwrap().1), ..given(&[]) };
    let mut again: Scene = Shell::from_state(&beside, &scene.memory()).unwrap();
    assert_eq!(read(&mut again)["data"], read(&mut scene)["data"], "what the page remembers for itself is whole");
    assert_eq!((again.widget().here(), again.memory()), (scene.widget().here(), scene.memory()));
    scene.update(Input::Undo);
    scene.update(Input::Undo);
    scene.update(Input::Undo);
    assert_eq!(read(&mut scene)["data"]["label"], "ames");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn with_a_table_of_one_s_own_all_words_and_ranges_are_about_it(
        rows in prop::collection::vec((-100.0..100.0, -50.0..50.0), 3..9), far in -1e4..1e4_f64, steps in 0_u32..9, raw in any::<bool>(),
    ) {
        let lines: String = rows.iter().map(|(x, y)| format!("{x},{}\n", y + far)).collect();
        let count = rows.len();
        let mut scene = scene(&[]);
        table(&mut scene, &format!("hours,marks\n{lines}"));
        set(&mut scene, "standardize", !raw);
        set(&mut scene, "moving", true);
        scene.update(Input::Step(steps));
        for language in [crate::words::Language::English, crate::words::Language::German] {
            scene.speak(language);
            let shown = read(&mut scene);
            prop_assert!(shown["titles"][0].as_str().unwrap().contains(&format!(" {count} ")), "{}", shown["titles"]);
            let mut told = shown.clone();
            for part in ["data", "controls", "shareNote", "warnings", "house"] {
                told.as_object_mut().unwrap().remove(part);
            }
            let told = told.to_string();
            for word in ["house ", "house:", "houses", "Haus", "Häuser", "sold", "verkauft", "price", "Preis"] {
                prop_assert!(!told.contains(word), "{word} in {told}");
            }
        }
        // The line as it starts is in the picture, and so are its handles.
        scene.update(Input::Reset);
        let ranges = scene.widget().ranges;
        let [(left, right), (low, high)] = ranges;
        let line = scene.widget().line();
        for x in [left, right].into_iter().chain(line.grips(ranges)) {
            prop_assert!((low..=high).contains(&line.at(x)), "{} in {low} to {high}", line.at(x));
        }
        for (x, y) in scene.widget().houses.iter() {
            prop_assert!((left..=right).contains(x) && (low..=high).contains(y));
        }
    }
}

#[test]
fn a_table_that_cannot_be_used_leaves_the_one_before() {
    let mut scene = scene(&[]);
    for (text, code) in [
        ("", "E_TABLE_EMPTY"),
        ("a,b\n", "E_TABLE_NO_ROWS"),
        ("name,price\nx,1\ny,2\n", "E_TABLE_TOO_FEW_NUMERIC"),
        ("a,price\n1,\n,2\n", "E_TOO_FEW_ROWS"),
    ] {
        let outcome = table(&mut scene, text);
        assert!(outcome.refused && outcome.events == [Event::Error], "{text:?}");
        let shown = read(&mut scene);
        assert_eq!((&shown["data"]["error"]["code"], &shown["data"]["used"]), (&code.into(), &2930.into()));
        assert_eq!(shown["notice"]["kind"], "error");
    }
    act(&mut scene, "dismiss", None);
    assert!(read(&mut scene)["notice"].is_null());
}

#[test]
fn what_cannot_be_had_is_told_with_a_guess_and_the_rest_stays() {
    let mut wrong =
        scene(&[("features", "living_area_sqtf"), ("data", "amse"), ("house", "2930"), ("misses", "false")]);
    let told: Vec<String> = wrong.refusals().iter().map(ToString::to_string).collect();
    assert_eq!(told[0], "data: there is no table called “amse” here. Did you mean ames?");
    assert_eq!(told[1], "No column of numbers is called “living_area_sqtf”. Did you mean “living_area_sqft”?");
    assert!(told[2].starts_with("house is a whole number below 2930") && told.len() == 3, "{told:?}");
    assert_eq!(read(&mut wrong)["misses"], false);
    let two = scene(&[("features", "year_built, bedrooms")]);
    assert_eq!((two.refusals()[0].code.as_str(), two.refusals().len()), ("E_NOTE", 1));
    let mut traded = scene(&[]);
    set(&mut traded, "target", "living_area_sqft");
    let shown = read(&mut traded);
    assert_eq!((&shown["feature"], &shown["target"]), (&"price_usd".into(), &"living_area_sqft".into()));
}

#[test]
fn a_link_of_version_1_walks_the_same_walk() {
    let state = r#"{"version":1,"data":"ames","feature":"garage_sqft","target":"price_usd","standardize":true,"optimizer":"sgd",
        "learningRate":0.05,"start":[1000.5,-20.25],"legs":[{"optimizer":"momentum","learningRate":0.04,"steps":7},
        {"optimizer":"sgd","learningRate":0.05,"steps":4}],"edits":[{"house":3,"x":900.5,"y":1e5}],"house":3,"misses":false}"#;
    let json = |value: &Value| -> Json { plain(value) };
    let state: Value = serde_json::from_str(state).unwrap();
    let linked: Scene = Shell::from_state(&given(&[]), &json(&state)).unwrap();
    let mut by_hand = scene(&[
        ("features", "garage_sqft"),
        ("optimizer", "momentum"),
        ("learning-rate", "0.04"),
        ("moved", "3 900.5 1e5"),
    ]);
    let line = by_hand.widget().fit.basis.line([1000.5, -20.25]);
    set(&mut by_hand, "start", vec![line.slope, line.intercept]);
    let start = by_hand.widget().here();
    assert!((start[0] - 1000.5).abs() < 1e-9, "{start:?}");
    let mut walk = by_hand.widget().walk.clone();
    walk.restart(&[1000.5, -20.25]);
    assert!((0..7).all(|_| walk.step()));
    walk.set_optimizer(Optimizer::sgd(0.05));
    assert!((0..4).all(|_| walk.step()));
    assert_eq!(linked.widget().here().map(f64::to_bits), [walk.here()[0].to_bits(), walk.here()[1].to_bits()]);
    assert_eq!((linked.widget().called_house(), linked.widget().settings.misses), ((900.5, 1e5), false));
    let spoils: [(&str, Value); 10] = [
        ("/version", 3.into()),
        ("/data", "../etc".into()),
        ("/feature", "price_usd".into()),
        ("/target", "neighborhood".into()),
        ("/learningRate", (-1.0).into()),
        ("/start", serde_json::json!([null, 0])),
        ("/start", serde_json::json!([1e300, 0])),
        ("/house", 2930.into()),
        ("/legs/0/steps", u64::MAX.into()),
        ("/edits/0/x", Value::Null),
    ];
    for (path, value) in spoils {
        let mut spoilt = state.clone();
        *spoilt.pointer_mut(path).unwrap() = value;
        let refused = Shell::<Houses>::from_state(&given(&[]), &json(&spoilt)).unwrap_err();
        assert!(refused.code == "E_STATE" && refused.to_string().ends_with(['.', '?']), "{path}: {refused}");
    }
}

fn plain(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(on) => Json::Bool(*on),
        Value::Number(number) => Json::Number(number.as_f64().unwrap()),
        Value::String(text) => Json::Text(text.clone()),
        Value::Array(entries) => Json::List(entries.iter().map(plain).collect()),
        Value::Object(all) => Json::Object(all.iter().map(|(name, value)| (name.clone(), plain(value))).collect()),
    }
}

#[test]
fn the_base_layer_changes_only_when_it_would_look_different() {
    let mut scene = scene(&[]);
    let versions = |scene: &mut Scene| [0, 1, 2].map(|stage| scene.base_version(stage));
    let before = versions(&mut scene);
    scene.update(Input::Step(3));
    set(&mut scene, "house", 12.0);
    set(&mut scene, "misses", false);
    assert_eq!(versions(&mut scene), before);
    let picture = draw(&mut scene, MAP, Layer::Base);
    set(&mut scene, "standardize", false);
    assert!(versions(&mut scene)[MAP] != before[MAP] && draw(&mut scene, MAP, Layer::Base) != picture);
}

#[test]
fn no_two_labels_touch_and_none_is_cut_off() {
    let mut scenes = Vec::new();
    for (rate, steps) in [("0.25", 2), ("0.9", 4), ("0.1", 300)] {
        let mut scene = scene(&[("learning-rate", rate)]);
        scene.update(Input::Step(steps));
        scene.update(Input::Tick { milliseconds: 900.0 });
        let mut raw = scene.clone();
        set(&mut raw, "standardize", false);
        raw.update(Input::Step(3));
        scenes.extend([scene, raw]);
    }
    scenes.extend(["year_built", "overall_quality", "lot_area_sqft"].map(|feature| scene(&[("features", feature)])));
    let sizes = [[(548.0, 420.0), (388.0, 420.0), (960.0, 56.0)], [(350.0, 350.0), (350.0, 372.0), (350.0, 54.0)]];
    for (i, mut scene) in scenes.into_iter().enumerate() {
        for language in [crate::words::Language::English, crate::words::Language::German] {
            scene.speak(language);
            for (stage, (width, height)) in sizes.iter().flat_map(|sizes| sizes.iter().copied().enumerate()) {
                scene.resize(stage, Size { width, height });
                let mut checker = Checker::default();
                for layer in [Layer::Base, Layer::Live] {
                    scene.draw(stage, layer, &mut checker, &Theme::light()).unwrap();
                }
                assert_eq!(checker.collisions(), [], "scene {i}, stage {stage}, {width} wide, {language:?}");
                assert_eq!(checker.cut_off(width, height), [""; 0], "scene {i}, stage {stage}, {width} wide");
            }
        }
    }
}
