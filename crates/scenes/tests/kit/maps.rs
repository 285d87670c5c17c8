//! Maps that are walked over: what is written and drawn on them stays out of the way of the walk.

use proptest::prelude::*;
use scenes::kit::{Input, Key, Layer};
use scenes::painter::SvgSurface;

use crate::support::{Driven, cases, light};

/// The live layer of the map.
fn drawn(scene: &mut Driven) -> String {
    let info = &scene.0.stages()[1];
    let mut svg = SvgSurface::new(388.0, (388.0 * info.wide_aspect).round());
    scene.0.draw(1, Layer::Live, &mut svg, &light()).unwrap();
    svg.body().to_owned()
}

/// The names of levels, such as $60k, and where they stand.
fn names(body: &str) -> Vec<(String, String)> {
    let texts = body.lines().filter(|line| line.starts_with("<text") && line.ends_with("k</text>"));
    let parts = texts
        .filter_map(|line| Some((line.rsplit_once('>')?.0.rsplit_once('>')?.1, line.split("text-anchor").next()?)));
    parts.filter(|(words, _)| words.starts_with('$')).map(|(words, at)| (words.to_owned(), at.to_owned())).collect()
}

/// The points of all shapes of this look.
fn shapes(body: &str, look: &str) -> Vec<Vec<(f64, f64)>> {
    let pieces = body.lines().filter(|line| line.contains(look)).filter_map(|line| line.split('"').nth(1));
    let number = |text: &str| text.trim_matches(|c: char| c.is_alphabetic()).parse::<f64>().unwrap();
    let points = |piece: &str| {
        let piece = piece.replace(['M', 'L'], " ").replace('Z', "");
        let all: Vec<f64> = piece.split_whitespace().map(number).collect();
        all.chunks(2).map(|at| (at[0], at[1])).collect()
    };
    pieces.map(points).collect()
}

fn size(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

/// How far a point is from a line of straight pieces.
fn distance((x, y): (f64, f64), line: &[(f64, f64)]) -> f64 {
    let to = |pair: &[(f64, f64)]| {
        let ((a, b), (c, d)) = (pair[0], pair[1]);
        let length = ((c - a).powi(2) + (d - b).powi(2)).max(1e-12);
        let share = (((x - a) * (c - a) + (y - b) * (d - b)) / length).clamp(0.0, 1.0);
        size(x - a - share * (c - a), y - b - share * (d - b))
    };
    line.windows(2).map(to).fold(f64::MAX, f64::min)
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn during_a_run_the_names_of_levels_stay_and_no_arrow_covers_the_path(
        rate in 0.05..0.95_f64, raw in any::<bool>(), slope in -100.0..300.0_f64, height in -1e5..3e5_f64, steps in 2_u32..24,
    ) {
        let rate = if raw { rate * 4e-7 } else { rate };
        let standardize = (!raw).to_string();
        let (rate, start) = (rate.to_string(), format!("{slope} {height}"));
        let mut scene = Driven::new("houses", &[("learning-rate", &rate), ("standardize", &standardize), ("start", &start)]);
        let mut seen: Vec<(String, String)> = Vec::new();
        for _ in 0..steps {
            scene.step(1);
            for part in [40.0, 160.0, 4000.0] {
                scene.update(Input::Tick { milliseconds: part });
                let body = drawn(&mut scene);
                for (name, at) in names(&body) {
                    match seen.iter().find(|(other, _)| *other == name) {
                        Some((_, before)) => prop_assert_eq!(before, &at, "{}", name),
                        None => seen.push((name, at)),
                    }
                }
                let arrow: Vec<_> = shapes(&body, "Z\" fill=\"#bf4800\"").concat();
                for path in shapes(&body, "stroke=\"#00734f\" stroke-width=\"1.75\"").iter().filter(|path| path.len() > 1) {
                    // The place itself is where both begin.
                    let here = *path.last().unwrap();
                    let far = arrow.iter().filter(|at| size(at.0 - here.0, at.1 - here.1) > 24.0);
                    for at in far {
                        prop_assert!(distance(*at, path) > 2.0, "{at:?} on {path:?}");
                    }
                }
            }
        }
        // A needle may be too thin for names.
        prop_assert!(seen.len() >= 2 || standardize == "false", "{seen:?}");
    }
}

#[test]
fn keys_that_move_an_end_of_the_line_leave_it_where_it_stands_along_the_axis() {
    for (end, key) in [("left", Key::Home), ("left", Key::PageUp), ("right", Key::PageDown), ("right", Key::Home)] {
        let mut scene = Driven::new("houses", &[]);
        scene.step(2);
        scene.update(Input::Focus { handle: Some(end.into()) });
        let label = |scene: &mut Driven| {
            let all = scene.read();
            all["handles"].as_array().unwrap().iter().find(|h| h["id"] == end).unwrap()["label"].clone()
        };
        let (before, at) = (label(&mut scene), scene.handle(end).1.0);
        for _ in 0..4 {
            scene.update(Input::Key { handle: end.into(), key, shift: false });
            assert_eq!(label(&mut scene), before, "{end} {key:?}");
            assert!((scene.handle(end).1.0 - at).abs() < 1e-6, "{end} {key:?}");
        }
        // At its end it stays.
        let line = scene.read()["coefficients"].clone();
        if key == Key::Home {
            scene.update(Input::Key { handle: end.into(), key, shift: false });
            assert_eq!(scene.read()["coefficients"], line);
        }
    }
}

#[test]
fn numbers_in_the_pictures_of_the_houses_turn_over_when_the_step_lands() {
    let mut scene = Driven::new("houses", &[]);
    scene.step(1);
    while scene.tick(50.0).animating {}
    let said = |scene: &mut Driven| -> Vec<String> {
        let words = [0, 2].map(|stage| scene.drawn_layer(stage, Layer::Live).words).concat();
        words.into_iter().map(|(text, _)| text).filter(|text| text.contains('$')).collect()
    };
    let before = said(&mut scene);
    let mut outcome = scene.step(1);
    assert!(outcome.animating);
    while outcome.animating {
        assert_eq!(said(&mut scene), before);
        outcome = scene.tick(50.0);
    }
    assert_ne!(said(&mut scene), before);
}

#[test]
fn where_a_walk_has_settled_no_arrow_says_that_the_ground_still_slopes() {
    let mut scene = Driven::new("houses", &[]);
    let arrows = |scene: &mut Driven| {
        let color = light().gradient.stroke;
        scene.drawn_layer(1, Layer::Live).shapes.iter().filter(|(_, c)| *c == color).count()
    };
    assert!(arrows(&mut scene) > 0);
    scene.step(400);
    assert_eq!(scene.status(), "converged");
    assert_eq!(arrows(&mut scene), 0);
}

#[test]
fn a_line_that_something_else_moved_is_taken_hold_of_anew() {
    let mut scene = Driven::new("houses", &[]);
    scene.update(Input::Focus { handle: Some("left".into()) });
    scene.update(Input::Key { handle: "left".into(), key: Key::PageUp, shift: false });
    scene.update(Input::Focus { handle: None });
    scene.act("exact");
    let at = scene.handle("left").1.0;
    scene.update(Input::Focus { handle: Some("left".into()) });
    assert_eq!(scene.handle("left").1.0, at, "the focus alone moves no knob");
    scene.update(Input::Key { handle: "left".into(), key: Key::Up, shift: false });
    assert!((scene.handle("left").1.0 - at).abs() < 1e-6, "nor does a key sideways");
}
