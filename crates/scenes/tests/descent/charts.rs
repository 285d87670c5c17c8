//! What a chart of the widget shows wherever the ball is: a triangle beside the arrow, labels apart from all of it, numbers that agree.

use proptest::prelude::*;
use scenes::kit::Layer;
use scenes::number::Locale;
use scenes::readout::Beat;
use scenes::words::Language;
use serde_json::Value;

use crate::support::{Checker, Driven, FORMULAS, cases, light};

type Box = [f64; 4];

fn box_of<'a>(points: impl Iterator<Item = &'a (f64, f64)>) -> Option<Box> {
    points.fold(None, |all: Option<Box>, &(x, y)| {
        let [l, t, r, b] = all.unwrap_or([x, y, x, y]);
        Some([l.min(x), t.min(y), r.max(x), b.max(y)])
    })
}

fn meet(a: &Box, b: &Box, slack: f64) -> bool {
    a[0] < b[2] - slack && b[0] < a[2] - slack && a[1] < b[3] - slack && b[1] < a[3] - slack
}

/// The arrow of the step.
fn arrow(drawn: &Checker) -> Option<Box> {
    let color = light().step.stroke;
    box_of(drawn.shapes.iter().filter(|(_, c)| *c == color).flat_map(|(points, _)| points))
}

/// The legs of the triangle: one end of the tangent's part, the right angle, the other end.
fn legs(drawn: &Checker) -> Option<[(f64, f64); 3]> {
    let color = light().gradient.stroke;
    let found = drawn.lines.iter().find(|(points, c, width)| points.len() == 3 && *c == color && *width == 1.5);
    found.map(|(points, ..)| [points[0], points[1], points[2]])
}

/// The number behind a word of a label.
fn number(drawn: &Checker, word: &str) -> Option<f64> {
    let mut texts = drawn.words.iter().map(|(text, _)| text);
    texts.find_map(|text| Locale::ENGLISH.read(text.strip_prefix(word)?).ok())
}

fn any_moment() -> impl Strategy<Value = (Driven, bool)> {
    let formula = prop_oneof![prop::sample::select(FORMULAS.to_vec()), Just("(2*w - 450)^2"), Just("w^2/1e6")];
    let start = prop_oneof![2 => (-300..300).prop_map(|n| f64::from(n) / 100.0), 1 => 100.0..350.0, 1 => -1e3..1e3];
    let kind = prop::sample::select(vec!["sgd", "momentum", "adam"]);
    let rate = prop::sample::select(vec![0.001, 0.02, 0.05, 0.1, 0.3, 0.7, 1.1, 4.0]);
    (formula, prop::option::of(start), kind, rate, 0_u32..25, any::<bool>()).prop_map(
        |(formula, start, kind, rate, steps, narrow)| {
            let (rate, start) = (rate.to_string(), start.map(|start| start.to_string()));
            let mut given = vec![("function", formula), ("optimizer", kind), ("learning-rate", &rate)];
            given.extend(start.as_deref().map(|start| ("start", start)));
            let mut scene = Driven::new("descent", &given);
            scene.resize(narrow);
            // At rest after each step.
            scene.0.set_reduced_motion(true);
            scene.step(steps);
            (scene, narrow)
        },
    )
}

impl std::fmt::Debug for Driven {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.state().to_text())
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn the_triangle_never_lies_on_the_arrow((mut scene, _) in any_moment()) {
        let (all, drawn) = (scene.read(), scene.drawn_stage(0));
        let told = all["triangle"].as_object();
        prop_assert_eq!(told.is_some(), legs(&drawn).is_some());
        let (Some([a, corner, b]), Some(told)) = (legs(&drawn), told) else { return Ok(()) };
        let far = if a.1 == corner.1 { a } else { b };
        prop_assert_eq!(far.1, corner.1, "a leg is level");
        let run_leg = [far.0.min(corner.0), far.1, far.0.max(corner.0), far.1];
        // One that lies under the knob is not seen.
        let (_, (knob, _)) = scene.handle("at");
        let seen = |arrow: &Box| (arrow[0] - knob).abs().max((arrow[2] - knob).abs()) > 12.0;
        if let Some(arrow) = arrow(&drawn).filter(seen) {
            let level = (arrow[1] + arrow[3]) / 2.0;
            let shared = run_leg[2].min(arrow[2]) - run_leg[0].max(arrow[0]);
            prop_assert!(shared <= 4.0 || (level - far.1).abs() > 8.0, "{run_leg:?} lies on {arrow:?}");
        }
        // What is told is what is drawn.
        let (run, rise) = (told["run"].as_f64().unwrap(), told["rise"].as_f64().unwrap());
        let up = if b.0 > a.0 { a.1 - b.1 } else { b.1 - a.1 };
        prop_assert!(run > 0.0 && up * rise >= 0.0);
        let near = |shown: Option<f64>, told: f64, off: f64| shown.is_none_or(|shown| (shown - told).abs() <= off);
        prop_assert!(near(number(&drawn, "run "), run, 1e-12 * run));
        // As many digits as are shown.
        let off = 1e-12 + 0.2 * rise.abs();
        prop_assert!(near(number(&drawn, "rise "), rise, off), "{:?} for {rise}", number(&drawn, "rise "));
    }

    #[test]
    fn labels_keep_clear_of_one_another_the_knob_and_the_arrow((mut scene, narrow) in any_moment()) {
        let knob = scene.handle("at").1;
        let mut drawn = scene.drawn_stage(0);
        prop_assert_eq!(drawn.collisions(), vec![]);
        // The numbers of the axes stand where they must.
        let ticks = scene.drawn_layer(0, Layer::Base).words;
        drawn.words.retain(|word| !ticks.contains(word) || Locale::ENGLISH.read(&word.0).is_err());
        let ring = if narrow { 11.0 } else { 12.0 };
        let knob = [knob.0 - ring, knob.1 - ring, knob.0 + ring, knob.1 + ring];
        let inside = drawn.words.iter().filter(|(_, area)| meet(area, &knob, 0.5));
        prop_assert_eq!(inside.collect::<Vec<_>>(), Vec::<&(String, Box)>::new(), "on the knob {:?}", knob);
        if let Some(arrow) = arrow(&drawn) {
            let inside = drawn.words.iter().filter(|(_, area)| meet(area, &arrow, 0.5));
            prop_assert_eq!(inside.collect::<Vec<_>>(), Vec::<&(String, Box)>::new(), "on the arrow {:?}", arrow);
        }
    }

    /// Rise over run as written is the slope as written.
    #[test]
    fn the_division_on_the_chart_comes_out((mut scene, _) in any_moment()) {
        for (text, _) in scene.drawn_stage(0).words {
            let Some((division, slope)) = text.split_once(" = ").filter(|(left, _)| left.contains(" / "))
                .or_else(|| text.rsplit_once(" = ").filter(|(left, _)| left.contains(" / "))) else { continue };
            let (left, slope) = slope.split_once(" = ").map_or((division, slope), |(left, slope)| (left, slope));
            let (rise, run) = left.split_once(" / ").unwrap();
            let read = |text: &str| Locale::ENGLISH.read(text.rsplit(' ').next().unwrap()).unwrap();
            let (rise, run, slope) = (read(rise), read(run), read(slope));
            let off = if text.contains('×') { 1e-3 } else { 1e-12 };
            prop_assert!((rise - run * slope).abs() <= off * rise.abs(), "{text}");
        }
    }
}

/// What stands in the equation over this meaning.
fn term(all: &Value, meaning: &str) -> Option<String> {
    let terms = all["equation"].as_array()?;
    let found = terms.iter().find(|term| term["meaning"] == meaning)?;
    found["value"].as_str().map(str::to_owned)
}

proptest! {
    #![proptest_config(cases(200))]

    /// One quantity is one text: in the picture, the equation, the sentence, the field and the description.
    #[test]
    fn a_number_is_written_alike_everywhere((mut scene, narrow) in any_moment()) {
        let (all, drawn, told) = (scene.read(), scene.drawn_layer(0, Layer::Live), scene.0.description(0));
        let Some(place) = term(&all, "place now") else { return Ok(()) };
        prop_assert_eq!(all["handles"][0]["shown"].as_str(), Some(place.as_str()));
        prop_assert!(all["handles"][0]["valueText"].as_str().unwrap().contains(&place));
        prop_assert!(told.contains(&format!("= {place} ")), "{place} in {told}");
        let labelled = |start: &str| drawn.words.iter().find(|(text, _)| text.starts_with(start)).map(|(text, _)| text);
        let number = |text: &str| text.rsplit(' ').next().unwrap().to_owned();
        let slope = term(&all, "slope here");
        if let (Some(slope), Some(label)) = (&slope, labelled("slope ")) {
            prop_assert_eq!(&number(label), slope);
            prop_assert!(told.contains(&format!("slope is {slope}.")), "{slope} in {told}");
        }
        let sentence: String = all["explain"].as_array().unwrap().iter().map(|span| span["text"].as_str().unwrap()).collect();
        if let (Some(slope), true) = (&slope, sentence.starts_with("The slope is ")) {
            prop_assert!(sentence.starts_with(&format!("The slope is {slope}:")), "{slope}: {sentence}");
        }
        // What the arrow says is the difference between both places.
        let step = drawn.words.iter().map(|(text, _)| text.as_str()).find_map(|text| text.strip_prefix("step "));
        if let (Some(step), Some(next), false) = (step, term(&all, "next place"), narrow) {
            let read = |text: &str| Locale::ENGLISH.read(text.split(',').next().unwrap()).ok().or(Locale::ENGLISH.read(text).ok());
            let decimals = |text: &str| text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
            let length = step.strip_suffix(", out of the picture").unwrap_or(step);
            prop_assert!(read(length).is_some());
            if !length.contains('×') && !next.contains('×') && !place.contains('×') {
                prop_assert_eq!(decimals(length), decimals(&next));
                prop_assert_eq!(decimals(&place), decimals(&next));
            }
        }
    }
}

#[test]
fn whole_places_have_no_decimals() {
    let given = [("function", "(2*w - 450)^2"), ("domain", "100 350"), ("start", "150"), ("learning-rate", "0.05")];
    let mut scene = Driven::new("descent", &given);
    let all = scene.read();
    assert_eq!((term(&all, "place now"), term(&all, "next place")), (Some("150".into()), Some("180".into())));
    assert!(scene.drawn_words().contains(&"step 30".to_owned()));
}

#[test]
fn a_run_of_one_is_taken_where_it_fits() {
    let mut scene = Driven::new("descent", &[("start", "-1.57")]);
    let words = scene.drawn_words();
    assert!(words.iter().any(|w| w == "run 1") && words.iter().any(|w| w.starts_with("rise 1.5")), "{words:?}");
    // Where it does not, a beginner can still divide.
    let mut chapter = Driven::new(
        "descent",
        &[("function", "(2*w - 450)^2"), ("domain", "100 350"), ("start", "150"), ("learning-rate", "0.05")],
    );
    for narrow in [false, true] {
        chapter.resize(narrow);
        let words = chapter.drawn_words();
        assert!(words.iter().any(|w| w.contains("−30,000 / 50 = −600")), "{narrow}: {words:?}");
    }
}

#[test]
fn a_step_out_of_the_picture_has_its_head_at_the_edge_and_says_so() {
    for (start, narrow) in [("2", false), ("-2", false), ("2", true)] {
        let mut scene = Driven::new("descent", &[("function", "w^2"), ("start", start), ("learning-rate", "40")]);
        scene.resize(narrow);
        let width = scene.sizes(narrow)[0].width;
        let drawn = scene.drawn_stage(0);
        let color = light().step.stroke;
        let head = drawn.shapes.iter().find(|(points, c)| points.len() == 3 && *c == color);
        let tip = head.map(|(points, _)| points[0].0);
        assert!(tip.is_some_and(|x| (0.0..=width).contains(&x)), "{start}: {tip:?}");
        let told =
            drawn.words.iter().any(|(text, _)| text.starts_with("step ") && text.ends_with("out of the picture"));
        assert!(told, "{:?}", drawn.words);
    }
}

/// Every text of a moment that a learner sees or hears, but for what is kept for programs.
fn all_told(scene: &mut Driven) -> Vec<String> {
    fn texts(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::Object(fields) => fields.values().for_each(|field| texts(field, out)),
            Value::Array(items) => items.iter().for_each(|item| texts(item, out)),
            Value::String(text) => out.push(text.clone()),
            _ => {}
        }
    }
    let (all, table) = (scene.read(), scene.0.table());
    let mut out = scene.drawn_words();
    all.as_object().unwrap().iter().filter(|(name, _)| *name != "formula").for_each(|(_, part)| texts(part, &mut out));
    out.extend([scene.0.description(0), scene.0.description(1), table.caption]);
    out
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn the_blindfold_is_blind((mut scene, _) in any_moment(), german in any::<bool>()) {
        let formula = scene.word("/formula/text");
        scene.0.speak(if german { Language::German } else { Language::English });
        scene.set("blindfold", true);
        let controls = scene.read()["controls"].clone();
        prop_assert!(controls.as_array().unwrap().iter().all(|control| control["id"] != "function"));
        let shape = |text: &&String| {
            let spoken =
                ["lowest valley in view", "one valley", "two valleys", "deeper valley.", "In the valley at", "Im Tal bei", "tiefste Tal im Bild"];
            text.contains(&formula) && formula.len() > 3 || spoken.iter().any(|words| text.contains(words))
        };
        let told = all_told(&mut scene);
        prop_assert_eq!(told.iter().find(shape), None);
    }
}

#[test]
fn the_card_in_the_dark_is_the_same_in_every_valley() {
    let card = |start: &str, blind: bool, german: bool| {
        let given = [("start", start), ("learning-rate", "0.2")];
        let mut scene = if german { Driven::german("descent", &given) } else { Driven::new("descent", &given) };
        scene.set("blindfold", blind);
        scene.step(200);
        let text = scene.notice().unwrap()["text"].as_str().unwrap().to_owned();
        text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>()
    };
    for german in [false, true] {
        let (left, right) = (card("-1", true, german), card("1", true, german));
        assert_eq!(left, right);
        // Without it, who stands in the shallower one is told of the other.
        let (deep, shallow) = (card("-1", false, german), card("1", false, german));
        assert_ne!(deep, shallow);
        assert!(shallow.contains(if german { "tiefer" } else { "deeper" }), "{shallow}");
        assert!(!shallow.contains("nowhere") && !shallow.contains("nirgends"), "{shallow}");
    }
}

/// What is seen of a step: its beat, the tip of the arrow, its height, the ball, the words about the slope.
type Frame = (Option<Beat>, Option<Box>, f64, Vec<String>);

/// Every 20 ms of a step that is taken now.
fn film(scene: &mut Driven) -> Vec<Frame> {
    let mut frames = Vec::new();
    let mut outcome = scene.step(1);
    while outcome.animating {
        let drawn = scene.drawn_layer(0, Layer::Live);
        let words = drawn.words.iter().map(|(text, _)| text.clone()).filter(|text| text.contains("slope")).collect();
        frames.push((outcome.beat, arrow(&drawn), scene.handle("at").1.0, words));
        outcome = scene.tick(20.0);
    }
    assert_eq!(outcome.beat, None);
    frames
}

#[test]
fn a_step_is_a_film_in_which_the_arrow_drops_to_the_axis_and_is_used_up() {
    for (start, narrow, kind) in
        [("150", false, "sgd"), ("290", true, "sgd"), ("150", false, "momentum"), ("290", false, "adam")]
    {
        let rate = if kind == "adam" { "30" } else { "0.05" };
        let given = [("function", "(2*w - 450)^2"), ("domain", "100 350"), ("start", start), ("learning-rate", rate)];
        let mut scene = Driven::new("descent", &[&given[..], &[("optimizer", kind)]].concat());
        scene.resize(narrow);
        let still = scene.drawn_stage(0);
        let said: Vec<String> =
            still.words.iter().map(|(text, _)| text.clone()).filter(|text| text.contains("slope")).collect();
        assert!(!said.is_empty());
        let (from, right) = (scene.handle("at").1.0, start == "150");
        let tip = |arrow: &Box| if right { arrow[2] } else { arrow[0] };
        let goal = tip(&arrow(&still).unwrap());
        let first = film(&mut scene);
        let mut beats: Vec<Option<Beat>> = first.iter().map(|(beat, ..)| *beat).collect();
        beats.dedup();
        assert_eq!(beats, [Beat::Slope, Beat::Rate, Beat::Place, Beat::Next].map(Some));
        assert_eq!(first.len(), 80, "1.6 s");
        let mut last = from;
        for (beat, arrow, ball, words) in &first {
            if *beat != Some(Beat::Next) {
                assert_eq!((*ball, words), (from, &said), "{beat:?}");
            } else {
                assert!(if right { *ball >= last } else { *ball <= last }, "the ball goes one way");
                assert!(words.is_empty(), "no slope is said between two places: {words:?}");
            }
            // In these beats it has its colour; the last pixels are the ball's.
            if matches!(beat, Some(Beat::Place | Beat::Next)) && (ball - goal).abs() > 2.0 {
                let arrow = arrow.unwrap();
                assert!(
                    (tip(&arrow) - goal).abs() < 1.0,
                    "{beat:?}: the tip stays where the step leads: {arrow:?} {goal}"
                );
                if *beat == Some(Beat::Next) {
                    let tail = if right { arrow[0] } else { arrow[2] };
                    assert!(
                        (tail - ball).abs() < 1.0 || (goal - ball).abs() < 12.0,
                        "used up: {arrow:?}, the ball at {ball}"
                    );
                }
            }
            last = *ball;
        }
        let heights: Vec<f64> = first
            .iter()
            .filter(|(beat, arrow, ..)| *beat == Some(Beat::Place) && arrow.is_some())
            .map(|(_, arrow, ..)| arrow.map_or(0.0, |a| (a[1] + a[3]) / 2.0))
            .collect();
        assert!(heights.windows(2).all(|pair| pair[0] <= pair[1]) && heights.len() == 14, "{heights:?}");
        assert!((last - goal).abs() < 1.0, "it lands where the arrow led");
        // Later ones are as short as the beat of a run, and a second press lands the first.
        let second = film(&mut scene);
        assert_eq!((second.len(), second[0].0), (21, Some(Beat::Place)));
        scene.step(1);
        scene.tick(40.0);
        assert_eq!(scene.step(1).beat, Some(Beat::Place));
        assert_eq!(scene.number("/steps"), 4.0);
    }
}

#[test]
fn the_number_of_the_slope_leaves_its_label_for_the_equation() {
    for narrow in [false, true] {
        let mut scene = Driven::new("descent", &[("start", "-1.57")]);
        scene.resize(narrow);
        let heights = |scene: &mut Driven, number: &str| -> Vec<f64> {
            let drawn = scene.drawn_layer(0, Layer::Live);
            drawn.words.iter().filter(|(text, _)| text == number).map(|(_, area)| area[1]).collect()
        };
        let number = scene.read()["equation"].as_array().unwrap().last().unwrap()["value"].as_str().unwrap().to_owned();
        assert_eq!(heights(&mut scene, &number), Vec::<f64>::new());
        scene.step(1);
        let mut below = 0.0;
        for _ in 0..20 {
            scene.tick(20.0);
            let seen = heights(&mut scene, &number);
            assert!(seen.len() == 1 && seen[0] >= below, "{seen:?} after {below}");
            below = seen[0];
        }
        assert!(below > 0.9 * scene.sizes(narrow)[0].height, "{below}");
        scene.tick(40.0);
        assert_eq!(heights(&mut scene, &number), Vec::<f64>::new());
    }
}

#[test]
fn in_the_dark_nothing_ahead_is_known_before_the_step_has_landed() {
    let mut scene = Driven::new("descent", &[("start", "1"), ("blindfold", "")]);
    let known = |scene: &mut Driven| {
        let felt = light().loss.stroke.mixed_into(light().sunk, 0.75);
        scene.drawn_layer(0, Layer::Live).lines.iter().filter(|(_, color, _)| *color == felt).count()
    };
    for steps in 1..5 {
        assert_eq!(known(&mut scene), steps);
        let mut outcome = scene.step(1);
        // In the dark there is no triangle to tell it by.
        assert_eq!(outcome.beat, Some(Beat::Place));
        while outcome.animating {
            assert_eq!(known(&mut scene), steps, "{:?}", outcome.beat);
            outcome = scene.tick(30.0);
        }
    }
}

#[test]
fn the_fog_lifts_outward_from_where_one_stands() {
    let mut scene = Driven::new("descent", &[("start", "1"), ("blindfold", "")]);
    let fog = light().sunk;
    // What is seen of the picture: between the fog on both sides.
    let window = |scene: &mut Driven| {
        let drawn = scene.drawn_layer(0, Layer::Live);
        let walls: Vec<Box> =
            drawn.shapes.iter().filter(|(_, c)| *c == fog).filter_map(|(points, _)| box_of(points.iter())).collect();
        let (_, (ball, _)) = scene.handle("at");
        let left = walls.iter().map(|wall| wall[2]).filter(|x| *x <= ball).fold(0.0, f64::max);
        let right = walls.iter().map(|wall| wall[0]).filter(|x| *x >= ball).fold(960.0, f64::min);
        (left, right)
    };
    assert!(scene.act("lift-blindfold").animating);
    let mut seen = window(&mut scene);
    assert!(seen.1 - seen.0 < 20.0, "{seen:?}");
    for _ in 0..9 {
        scene.tick(100.0);
        let now = window(&mut scene);
        assert!(now.0 <= seen.0 && now.1 >= seen.1, "{seen:?} then {now:?}");
        assert!(now.1 - now.0 > seen.1 - seen.0 || now == (0.0, 960.0), "{seen:?} then {now:?}");
        seen = now;
    }
    assert_eq!(seen, (0.0, 960.0));
    assert!(!scene.tick(100.0).animating);
    // At once where motion is reduced.
    scene.set("blindfold", true);
    scene.0.set_reduced_motion(true);
    assert!(!scene.set("blindfold", false).animating);
    assert_eq!(window(&mut scene), (0.0, 960.0));
}
