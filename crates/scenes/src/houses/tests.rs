//! Facts about the whole scene.

use proptest::prelude::*;

use super::*;
use crate::readout::Event;
use crate::scene::{Key, PointerKind, PointerPhase};
use crate::testing::Checker;

fn scene() -> HousesScene {
    HousesScene::new(HousesConfig::default())
}

fn set(scene: &mut HousesScene, setting: HousesSetting) -> Outcome {
    scene.update(Input::Set(setting))
}

fn pointer(scene: &mut HousesScene, stage: usize, phase: PointerPhase, x: f64, y: f64) -> Outcome {
    scene.update(Input::Pointer { stage, phase, kind: PointerKind::Mouse, x, y })
}

fn drag(scene: &mut HousesScene, handle: &str, to: (f64, f64)) -> Outcome {
    let found = scene.readout().panel.handles.into_iter().find(|h| h.id == handle).unwrap();
    let down = pointer(scene, found.stage, PointerPhase::Down, found.x, found.y);
    assert!(down.captured, "{handle}");
    pointer(scene, found.stage, PointerPhase::Move, to.0, to.1);
    pointer(scene, found.stage, PointerPhase::Up, to.0, to.1)
}

fn handle(scene: &HousesScene, id: &str) -> crate::readout::Handle {
    scene.readout().panel.handles.into_iter().find(|h| h.id == id).unwrap()
}

/// The mean squared error added up house by house.
fn plain_mse(scene: &HousesScene, slope: f64, intercept: f64) -> f64 {
    let misses = scene.xs.iter().zip(&scene.ys).map(|(x, y)| (y - intercept - slope * x).powi(2));
    misses.sum::<f64>() / scene.xs.len() as f64
}

fn draw_all(scene: &HousesScene) -> [Checker; 3] {
    [SCATTER, MAP, HISTORY].map(|stage| {
        let mut checker = Checker::default();
        for layer in [Layer::Base, Layer::Live] {
            scene.draw(stage, layer, &mut checker, &Theme::light()).unwrap();
        }
        checker
    })
}

#[test]
fn the_house_called_out_is_the_thread_of_the_course() {
    let mut scene = scene();
    set(&mut scene, HousesSetting::JumpToExact);
    let house = scene.readout().house.unwrap();
    assert!((house.sold - 450e3).abs() < 10e3 && (house.guessed - 300e3).abs() < 15e3, "{house:?}");
}

#[test]
fn descent_on_standardised_area_reads_out_the_exact_line_in_dollars() {
    let mut scene = scene();
    let outcome = scene.update(Input::Step(200));
    assert_eq!(outcome.events, [Event::Step, Event::Converged]);
    let readout = scene.readout();
    assert_eq!((readout.status, readout.steps), (Status::Converged, 200));
    assert!((readout.coefficients[0] - 111.694_000_857_800_36).abs() < 1e-9 * 111.0);
    assert!((readout.intercept - 13_289.634_364_759_524).abs() < 1e-9 * 13_289.0);
    assert!((readout.exact.mse - 3_192_801_087.386_045_5).abs() < 1e-3);
    assert_eq!(readout.largest_stable_learning_rate, 1.0);
}

#[test]
fn one_step_is_rate_times_slope_downhill() {
    let mut scene = scene();
    set(&mut scene, HousesSetting::Slope(50.0));
    set(&mut scene, HousesSetting::Intercept(20_000.0));
    set(&mut scene, HousesSetting::Standardize(false));
    set(&mut scene, HousesSetting::LearningRate(1e-7));
    scene.update(Input::Step(1));
    let n = scene.xs.len() as f64;
    let miss = |(x, y): (&f64, &f64)| 20_000.0 + 50.0 * x - y;
    let pairs = || scene.xs.iter().zip(&scene.ys);
    let slope = 50.0 - 1e-7 * pairs().map(|p| 2.0 * miss(p) * p.0).sum::<f64>() / n;
    let intercept = 20_000.0 - 1e-7 * pairs().map(|p| 2.0 * miss(p)).sum::<f64>() / n;
    let readout = scene.readout();
    assert!((readout.coefficients[0] - slope).abs() < 1e-11 * slope, "{} {slope}", readout.coefficients[0]);
    assert!((readout.intercept - intercept).abs() < 1e-12 * intercept);
    assert!((readout.mse - plain_mse(&scene, slope, intercept)).abs() < 1e-11 * readout.mse);
}

#[test]
fn stepping_back_returns_the_same_bits() {
    let mut scene = scene();
    scene.update(Input::Step(5));
    let before = scene.readout();
    scene.update(Input::Step(3));
    scene.update(Input::StepBack(3));
    let after = scene.readout();
    assert_eq!((after.coefficients, after.intercept, after.mse), (before.coefficients, before.intercept, before.mse));
}

#[test]
fn switching_the_basis_keeps_the_line_and_begins_a_new_path() {
    let mut scene = scene();
    scene.update(Input::Step(3));
    let before = scene.readout();
    set(&mut scene, HousesSetting::Standardize(false));
    let after = scene.readout();
    assert_eq!(after.steps, 0);
    assert!((after.coefficients[0] - before.coefficients[0]).abs() < 1e-12 * before.coefficients[0]);
    assert!((after.intercept - before.intercept).abs() < 1e-9 * before.intercept.abs());
    assert!(!after.contours_round && before.contours_round);
    assert!((after.largest_stable_learning_rate - 3.992_774_124_232_760_7e-7).abs() < 1e-18);
}

#[test]
fn a_raw_run_with_too_large_a_rate_stops_says_why_and_offers_half_the_largest() {
    let mut scene = scene();
    set(&mut scene, HousesSetting::Standardize(false));
    set(&mut scene, HousesSetting::LearningRate(1e-3));
    scene.update(Input::Run);
    let mut events = Vec::new();
    for _ in 0..400 {
        events.extend(scene.update(Input::Tick { milliseconds: 16.0 }).events);
    }
    assert_eq!(events.last(), Some(&Event::Diverged));
    let readout = scene.readout();
    assert_eq!((readout.status, readout.steps), (Status::Diverged, 5));
    let notice = readout.panel.notice.unwrap();
    assert!(notice.text.contains("3.99×10⁻⁷"), "{}", notice.text);
    assert!(!readout.panel.can_step);
    let action = notice.action.unwrap();
    assert_eq!(action.label, "Use half of it, 1.9×10⁻⁷");
    set(&mut scene, HousesSetting::Act(action.id));
    let readout = scene.readout();
    assert_eq!((readout.learning_rate, readout.steps, readout.status), (1.9e-7, 0, Status::Idle));
}

#[test]
fn a_stable_raw_run_is_stuck_in_the_needle_and_standardising_frees_it() {
    let mut scene = scene();
    set(&mut scene, HousesSetting::Standardize(false));
    set(&mut scene, HousesSetting::LearningRate(2e-7));
    scene.update(Input::Run);
    for _ in 0..4_000 {
        scene.update(Input::Tick { milliseconds: 16.0 });
    }
    let readout = scene.readout();
    assert_eq!(readout.status, Status::Stalled);
    let action = readout.panel.notice.unwrap().action.unwrap();
    set(&mut scene, HousesSetting::Act(action.id));
    scene.update(Input::Step(200));
    assert_eq!(scene.status(), Status::Converged);
}

#[test]
fn a_handle_dragged_on_the_scatter_moves_its_end_of_the_line_and_leaves_the_other() {
    let mut scene = scene();
    set(&mut scene, HousesSetting::JumpToExact);
    let (left, right) = (handle(&scene, "left"), handle(&scene, "right"));
    let outcome = drag(&mut scene, "left", (left.x + 30.0, left.y - 40.0));
    assert_eq!(outcome.events, [Event::Change]);
    let frame = scene.scatter_frame();
    let line = scene.line();
    assert!((line.at(frame.x.to_data(left.x)) - frame.y.to_data(left.y - 40.0)).abs() < 1e-6);
    assert!((line.at(frame.x.to_data(right.x)) - frame.y.to_data(right.y)).abs() < 1e-6);
    let readout = scene.readout();
    let wanted = plain_mse(&scene, readout.coefficients[0], readout.intercept);
    assert!((readout.mse - wanted).abs() < 1e-12 * wanted);
    scene.update(Input::Undo);
    assert_eq!(scene.line(), scene.bowl.best());
}

#[test]
fn the_spot_dragged_on_the_map_is_the_line_under_the_pointer() {
    for standardize in [true, false] {
        let mut scene = scene();
        set(&mut scene, HousesSetting::Standardize(standardize));
        let view = scene.map_view();
        let to = (view.frame.left + 90.0, view.frame.top + 70.0);
        drag(&mut scene, "line", to);
        let [p, q] = scene.map_view().at_px(to);
        let [w, c] = scene.walk.here();
        assert!((w - p).abs() < 1e-9 * view.half[0] && (c - q).abs() < 1e-9 * view.half[1]);
    }
}

#[test]
fn an_outlier_dragged_far_pulls_the_best_line_and_undo_restores_it() {
    let mut scene = scene();
    set(&mut scene, HousesSetting::JumpToExact);
    let before = scene.readout();
    let frame = scene.scatter_frame();
    drag(&mut scene, "moveY", (frame.plot.right - 5.0, frame.plot.bottom - 5.0));
    let after = scene.readout();
    assert_eq!(after.moved, 1);
    assert!(after.exact.coefficients[0] < before.exact.coefficients[0] - 1.0);
    assert_eq!(after.coefficients, after.exact.coefficients, "a line at the best follows it");
    assert_eq!(after.panel.undo.as_deref(), Some("Undo: moved house"));
    let refitted = plain_mse(&scene, after.coefficients[0], after.intercept);
    assert!((after.mse - refitted).abs() < 1e-12 * refitted);
    scene.update(Input::Undo);
    let undone = scene.readout();
    assert_eq!((undone.moved, undone.exact), (0, before.exact));
}

#[test]
fn a_click_calls_another_house_out_and_a_scroll_does_not() {
    let mut scene = scene();
    let frame = scene.scatter_frame();
    let other = 100;
    let (x, y) = frame.place(scene.xs[other], scene.ys[other]);
    assert!(!pointer(&mut scene, SCATTER, PointerPhase::Down, x, y).captured);
    pointer(&mut scene, SCATTER, PointerPhase::Move, x, y + 40.0);
    pointer(&mut scene, SCATTER, PointerPhase::Up, x, y + 40.0);
    let before = scene.called;
    pointer(&mut scene, SCATTER, PointerPhase::Down, x, y);
    pointer(&mut scene, SCATTER, PointerPhase::Up, x, y);
    assert_ne!(scene.called, before);
    assert_eq!((scene.xs[scene.called], scene.ys[scene.called]), (scene.xs[other], scene.ys[other]));
}

#[test]
fn arrow_keys_walk_from_house_to_house_by_size() {
    let mut scene = scene();
    let (x, _) = scene.called_house();
    scene.update(Input::Key { handle: "house".into(), key: Key::Right, shift: false });
    assert!(scene.called_house().0 >= x);
    scene.update(Input::Key { handle: "house".into(), key: Key::Home, shift: false });
    assert_eq!(scene.called_house().0, 334.0);
    scene.update(Input::Key { handle: "house".into(), key: Key::End, shift: false });
    assert_eq!(scene.called_house().0, 5642.0);
}

#[test]
fn every_handle_moves_by_key_and_by_typing() {
    for id in ["left", "right", "line", "moveX", "moveY"] {
        let mut scene = scene();
        set(&mut scene, HousesSetting::JumpToExact);
        let before = handle(&scene, id).value;
        scene.update(Input::Key { handle: id.into(), key: Key::Right, shift: false });
        let coarse = handle(&scene, id).value - before;
        scene.update(Input::Key { handle: id.into(), key: Key::Right, shift: true });
        let fine = handle(&scene, id).value - before - coarse;
        assert!(coarse > 0.0 && (fine - coarse / 10.0).abs() < 0.02 * coarse, "{id}: {coarse} {fine}");
        scene.update(Input::SetHandle { handle: id.into(), value: before });
        assert!((handle(&scene, id).value - before).abs() < 1e-6 * before.abs().max(1.0), "{id}");
    }
}

#[test]
fn rounded_numbers_on_the_screen_add_up() {
    let mut scene = scene();
    for steps in [0, 1, 2, 5, 40] {
        scene.update(Input::Step(steps));
        let (guessed, sold, miss) = scene.verdict();
        assert_eq!(guessed + miss, sold);
        let terms = scene.readout().panel.equation;
        let number = |i: usize| {
            let text: String = terms[i].value.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
            text.parse::<f64>().unwrap() * if terms[i].value.starts_with('−') { -1.0 } else { 1.0 }
        };
        assert_eq!((number(2) + number(4) * number(6)).round(), number(0), "{terms:?}");
    }
}

#[test]
fn cells_missing_in_the_columns_used_are_named_by_line_beside_those_that_cannot_be_read() {
    let mut scene = scene();
    let text = "size,price_usd,rooms\n100,200000,3\n120,,4\nNA,abc,5\n150,310000,\n180,330000,6\n";
    set(&mut scene, HousesSetting::Data { label: "mine.csv".into(), text: text.into() });
    set(&mut scene, HousesSetting::Feature("size".into()));
    let named = |scene: &HousesScene| -> Vec<String> {
        let issues = scene.readout().data.issues;
        issues.iter().map(|i| format!("{} {}: {}", i.line, i.column.as_deref().unwrap_or(""), i.reason)).collect()
    };
    let price = "3 price_usd: The cell is empty.";
    let unread = "4 price_usd: \"abc\" is not a number.";
    assert_eq!(named(&scene), [price, unread, "4 size: \"NA\" stands for a missing value."]);
    assert_eq!(scene.readout().data.issue_count, 3);
    set(&mut scene, HousesSetting::Feature("rooms".into()));
    assert_eq!(named(&scene), [price, unread, "5 rooms: The cell is empty."], "the columns used are others now");
    scene.update(Input::Undo);
    assert_eq!(scene.readout().data.issues[2].line, 4);
}

#[test]
fn twenty_problems_of_a_table_are_named_and_all_are_counted() {
    let mut scene = scene();
    let rows: String = (0..70).map(|i| if i % 2 == 0 { format!("{i},\n") } else { format!("{i},{i}\n") }).collect();
    let text = format!("size,price\n{rows}70,x\n");
    set(&mut scene, HousesSetting::Data { label: "mine.csv".into(), text });
    let data = scene.readout().data;
    assert_eq!((data.issues.len(), data.issue_count, data.used), (20, 36, 35));
    assert_eq!((data.issues[0].line, data.issues[19].line), (2, 40));
}

#[test]
fn a_table_of_one_s_own_is_read_named_by_line_and_never_put_in_a_link() {
    let mut scene = scene();
    let text = "size,price_usd\n100,200000\n120,x\n150,310000,7\n180,330000\n";
    let label = "mine.csv".to_owned();
    let outcome = set(&mut scene, HousesSetting::Data { label, text: text.into() });
    assert_eq!(outcome.events, [Event::Change]);
    let readout = scene.readout();
    assert_eq!((readout.data.label.as_str(), readout.data.used), ("mine.csv", 2));
    assert_eq!((readout.target.as_str(), readout.feature.as_str()), ("price_usd", "size"));
    let lines: Vec<u32> = readout.data.issues.iter().map(|issue| issue.line).collect();
    assert_eq!(lines, [3, 4]);
    assert_eq!(readout.data.dropped.iter().map(|d| d.count).sum::<usize>(), 2);
    assert!(readout.share_note.is_some());
    let state = serde_json::to_string(&scene.state()).unwrap();
    assert!(!state.contains("mine.csv") && state.len() < 600, "{state}");
    let linked = HousesScene::from_state(&scene.state()).unwrap().readout();
    assert_eq!(
        (linked.data.label.as_str(), linked.panel.notice.map(|n| n.kind)),
        ("ames", Some(crate::readout::NoticeKind::Info))
    );
    scene.update(Input::Undo);
    assert_eq!(scene.readout().data.label, "ames");
}

#[test]
fn a_table_that_cannot_be_used_leaves_the_one_before() {
    let mut scene = scene();
    for (text, code) in [
        ("", "E_TABLE_EMPTY"),
        ("a,b\n", "E_TABLE_NO_ROWS"),
        ("name,price\nx,1\ny,2\n", "E_TABLE_TOO_FEW_NUMERIC"),
        ("a,price\n1,\n,2\n", "E_TOO_FEW_ROWS"),
    ] {
        let before = scene.readout();
        let outcome = set(&mut scene, HousesSetting::Data { label: "bad".into(), text: text.into() });
        assert_eq!(outcome.events, [Event::Error], "{text:?}");
        let after = scene.readout();
        assert_eq!(after.data.error.as_ref().map(|e| e.code.as_str()), Some(code), "{:?}", after.data.error);
        assert_eq!((after.data.label, after.data.used), (before.data.label, 2930));
        assert_eq!(after.panel.notice.unwrap().kind, crate::readout::NoticeKind::Error);
    }
    set(&mut scene, HousesSetting::Act("dismiss".into()));
    assert!(scene.readout().panel.notice.is_none());
}

#[test]
fn choosing_the_feature_as_target_trades_their_places() {
    let mut scene = scene();
    set(&mut scene, HousesSetting::Target("living_area_sqft".into()));
    let readout = scene.readout();
    assert_eq!((readout.feature.as_str(), readout.target.as_str()), ("price_usd", "living_area_sqft"));
}

#[test]
fn a_state_brings_the_same_scene_back() {
    let mut scene = scene();
    set(&mut scene, HousesSetting::Feature("garage_sqft".into()));
    set(&mut scene, HousesSetting::Optimizer(OptimizerKind::Momentum));
    scene.update(Input::Step(7));
    set(&mut scene, HousesSetting::LearningRate(0.05));
    scene.update(Input::Step(4));
    set(&mut scene, HousesSetting::Misses(false));
    scene.update(Input::SetHandle { handle: "moveY".into(), value: 1e5 });
    scene.update(Input::Step(6));
    let json = serde_json::to_string(&scene.state()).unwrap();
    let state: HousesState = serde_json::from_str(&json).unwrap();
    let again = HousesScene::from_state(&state).unwrap();
    let (a, b) = (scene.readout(), again.readout());
    assert_eq!(
        (a.coefficients, a.intercept, a.mse, a.steps, a.house),
        (b.coefficients, b.intercept, b.mse, b.steps, b.house)
    );
    assert_eq!(again.state(), state);
}

#[test]
fn a_hostile_state_is_an_error_and_never_a_scene() {
    let sound = scene().state();
    type Spoil = fn(&mut HousesState);
    let spoils: [Spoil; 11] = [
        |s| s.version = 2,
        |s| s.data = "../etc".into(),
        |s| s.feature = "price_usd".into(),
        |s| s.target = "neighborhood".into(),
        |s| s.learning_rate = f64::NAN,
        |s| s.learning_rate = -1.0,
        |s| s.start = [f64::INFINITY, 0.0],
        |s| s.house = 2930,
        |s| s.legs = vec![Leg { optimizer: OptimizerKind::Sgd, learning_rate: 0.1, steps: usize::MAX }],
        |s| s.legs = vec![Leg { optimizer: OptimizerKind::Sgd, learning_rate: 1e9, steps: 90_000 }],
        |s| s.edits = vec![Edit { house: 3, x: f64::NAN, y: 0.0 }],
    ];
    for (i, spoil) in spoils.iter().enumerate() {
        let mut state = sound.clone();
        spoil(&mut state);
        assert!(HousesScene::from_state(&state).is_err(), "spoil {i}");
    }
    for text in ["{}", "[]", "{\"version\":1}", "null"] {
        assert!(serde_json::from_str::<HousesState>(text).is_err());
    }
}

#[test]
fn the_base_layer_changes_only_when_it_would_look_different() {
    let mut scene = scene();
    let versions = |scene: &HousesScene| [SCATTER, MAP, HISTORY].map(|stage| scene.base_version(stage));
    let before = versions(&scene);
    scene.update(Input::Step(3));
    set(&mut scene, HousesSetting::House(12));
    set(&mut scene, HousesSetting::Misses(false));
    assert_eq!(versions(&scene), before);
    let picture = |scene: &HousesScene, stage: usize| {
        let mut svg = crate::painter::SvgSurface::new(548.0, 420.0);
        scene.draw(stage, Layer::Base, &mut svg, &Theme::light()).unwrap();
        svg.body().to_owned()
    };
    let changes: [fn(&mut HousesScene); 4] = [
        |s| drop(set(s, HousesSetting::Standardize(false))),
        |s| drop(s.update(Input::SetHandle { handle: "moveY".into(), value: 9e4 })),
        |s| drop(set(s, HousesSetting::Feature("lot_area_sqft".into()))),
        |s| drop(s.update(Input::Step(60))),
    ];
    for change in changes {
        let old = ([SCATTER, MAP, HISTORY].map(|stage| picture(&scene, stage)), versions(&scene));
        change(&mut scene);
        for stage in [SCATTER, MAP, HISTORY] {
            if picture(&scene, stage) != old.0[stage] {
                assert_ne!(scene.base_version(stage), old.1[stage], "stage {stage}");
            }
        }
    }
}

#[test]
fn a_house_under_the_finger_moves_without_the_others_being_drawn_again() {
    let mut scene = scene();
    scene.update(Input::SetHandle { handle: "moveY".into(), value: 8e4 });
    let before = scene.base_version(SCATTER);
    scene.update(Input::SetHandle { handle: "moveY".into(), value: 7e4 });
    assert_eq!(scene.base_version(SCATTER), before);
}

#[test]
fn no_two_labels_touch_and_none_is_cut_off() {
    let mut scenes = vec![scene()];
    for (rate, steps) in [(0.25, 2), (0.9, 4), (0.1, 300)] {
        let mut scene = scene();
        set(&mut scene, HousesSetting::LearningRate(rate));
        scene.update(Input::Step(steps));
        scene.update(Input::Tick { milliseconds: 2000.0 });
        let mut raw = scene.clone();
        set(&mut raw, HousesSetting::Standardize(false));
        raw.update(Input::Step(3));
        scenes.extend([scene, raw]);
    }
    for feature in ["year_built", "overall_quality", "lot_area_sqft"] {
        let mut scene = scene();
        set(&mut scene, HousesSetting::Feature(feature.into()));
        scene.update(Input::Step(3));
        scenes.push(scene);
    }
    let wide = [(548.0, 420.0), (388.0, 420.0), (548.0, 172.0)];
    let narrow = [(350.0, 350.0), (350.0, 372.0), (350.0, 172.0)];
    for (i, mut scene) in scenes.into_iter().enumerate() {
        for sizes in [wide, narrow] {
            for (stage, (width, height)) in sizes.into_iter().enumerate() {
                scene.resize(stage, Size { width, height });
            }
            for (stage, checker) in draw_all(&scene).iter().enumerate() {
                let (width, height) = sizes[stage];
                assert_eq!(checker.collisions(), [], "scene {i}, stage {stage}, {width} wide");
                assert_eq!(checker.cut_off(width, height), [""; 0], "scene {i}, stage {stage}, {width} wide");
            }
        }
    }
}

#[test]
fn with_reduced_motion_a_run_jumps_every_600_milliseconds() {
    let mut scene = scene();
    scene.set_reduced_motion(true);
    scene.update(Input::Run);
    let mut jumps = 0;
    for _ in 0..120 {
        let before = scene.walk.steps();
        scene.update(Input::Tick { milliseconds: 20.0 });
        jumps += usize::from(scene.walk.steps() != before);
    }
    assert!((3..=5).contains(&jumps), "{jumps} jumps in 2.4 s");
}

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![-1e6..1e6, prop::num::f64::ANY, Just(0.0), Just(f64::NAN), -1e60..1e60]
}

fn any_setting() -> impl Strategy<Value = HousesSetting> {
    let text = prop_oneof![
        Just("size,price\n1,2\n2,3\n3,1\n".to_owned()),
        Just("a,b\n5,5\n5,5\n5,7\n".to_owned()),
        Just("a,b\n1,3\n2,3\n9,3\n".to_owned()),
        Just("a,b\n1e49,-1e49\n-1e49,1e49\n2,3\n".to_owned()),
        Just("a,b\n1e-40,1\n2e-40,2\n".to_owned()),
        "[0-9,.a\n-]{0,60}",
    ];
    let column = prop_oneof![
        Just("living_area_sqft".to_owned()),
        Just("year_built".to_owned()),
        Just("fireplaces".to_owned()),
        Just("price_usd".to_owned()),
        Just("a".to_owned()),
        Just("b".to_owned()),
        "[a-z]{0,5}",
    ];
    prop_oneof![
        any_number().prop_map(HousesSetting::LearningRate),
        prop_oneof![Just(OptimizerKind::Sgd), Just(OptimizerKind::Momentum), Just(OptimizerKind::Adam)]
            .prop_map(HousesSetting::Optimizer),
        any::<bool>().prop_map(HousesSetting::Standardize),
        any_number().prop_map(HousesSetting::Slope),
        any_number().prop_map(HousesSetting::Intercept),
        (0_usize..4_000).prop_map(HousesSetting::House),
        any::<bool>().prop_map(HousesSetting::Misses),
        column.clone().prop_map(HousesSetting::Feature),
        column.prop_map(HousesSetting::Target),
        text.prop_map(|text| HousesSetting::Data { label: "own".into(), text }),
        Just(HousesSetting::AmesData),
        Just(HousesSetting::JumpToExact),
        prop_oneof![Just("safeRate"), Just("standardize"), Just("exact"), Just("dismiss"), Just("?")]
            .prop_map(|id| HousesSetting::Act(id.into())),
    ]
}

fn any_input() -> impl Strategy<Value = Input<HousesSetting>> {
    let handle = || {
        prop_oneof![Just("left"), Just("right"), Just("line"), Just("house"), Just("moveX"), Just("moveY"), Just("?")]
            .prop_map(str::to_owned)
    };
    let phase = prop_oneof![
        Just(PointerPhase::Down),
        Just(PointerPhase::Move),
        Just(PointerPhase::Up),
        Just(PointerPhase::Cancel),
        Just(PointerPhase::Leave)
    ];
    let key = prop_oneof![
        Just(Key::Left),
        Just(Key::Right),
        Just(Key::Up),
        Just(Key::PageDown),
        Just(Key::Home),
        Just(Key::End)
    ];
    let kind = prop_oneof![Just(PointerKind::Mouse), Just(PointerKind::Touch)];
    let place = prop_oneof![9 => -20.0..600.0, 1 => any_number()];
    prop_oneof![
        6 => any_setting().prop_map(Input::Set),
        6 => (0_usize..4, phase, kind, place.clone(), place)
            .prop_map(|(stage, phase, kind, x, y)| Input::Pointer { stage, phase, kind, x, y }),
        3 => (handle(), key, any::<bool>()).prop_map(|(handle, key, shift)| Input::Key { handle, key, shift }),
        3 => (handle(), any_number()).prop_map(|(handle, value)| Input::SetHandle { handle, value }),
        1 => prop::option::of(handle()).prop_map(|handle| Input::Focus { handle }),
        3 => (0_u32..300).prop_map(Input::Step),
        2 => (0_u32..300).prop_map(Input::StepBack),
        2 => Just(Input::Run),
        1 => Just(Input::Pause),
        3 => any_number().prop_map(|milliseconds| Input::Tick { milliseconds }),
        3 => (0.0..1_000.0).prop_map(|milliseconds| Input::Tick { milliseconds }),
        1 => Just(Input::Reset),
        2 => Just(Input::Undo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    /// JSON has no NaN and no infinity: serde_json writes them as null, so a readout without nulls where numbers stand is finite.
    #[test]
    fn whatever_is_done_no_number_that_is_none_reaches_readout_or_picture(inputs in prop::collection::vec(any_input(), 1..40)) {
        let mut scene = scene();
        for (i, input) in inputs.into_iter().enumerate() {
            scene.update(input);
            if i % 4 != 0 {
                continue;
            }
            let readout = scene.readout();
            let numbers = [readout.coefficients[0], readout.intercept, readout.mse, readout.rmse, readout.learning_rate,
                readout.largest_stable_learning_rate, readout.exact.coefficients[0], readout.exact.intercept, readout.exact.mse,
                readout.learning_rate_range[0], readout.learning_rate_range[1]];
            prop_assert!(numbers.iter().all(|v| v.is_finite()), "{numbers:?}");
            for handle in &readout.panel.handles {
                let numbers = [handle.x, handle.y, handle.value, handle.min, handle.max];
                prop_assert!(numbers.iter().all(|v| v.is_finite()), "{handle:?}");
                prop_assert!(handle.min <= handle.value && handle.value <= handle.max, "{handle:?}");
            }
            let text = serde_json::to_string(&readout).unwrap();
            prop_assert!(!text.contains("NaN") && !text.contains("inf\""), "{text}");
            draw_all(&scene);
            let state = scene.state();
            if state.data == data::AMES {
                let again = HousesScene::from_state(&state);
                prop_assert!(again.is_ok(), "{:?} {state:?}", again.err());
            }
        }
    }
}
