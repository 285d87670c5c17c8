//! Writes telling states of every widget as SVG, for eyes: `cargo run --example gallery -- FOLDER`.

use scenes::catalog;
use scenes::frame::Size;
use scenes::kit::json::Json;
use scenes::kit::{Given, Input, Supply};
use scenes::svg::to_svg;
use scenes::theme::Theme;
use scenes::words::Language;

/// What a learner does in a state of the gallery.
#[derive(Clone)]
enum Do {
    Set(&'static str, Json),
    Act(&'static str),
    Step(u32),
}

struct State {
    kind: &'static str,
    name: &'static str,
    attributes: &'static [(&'static str, &'static str)],
    then: Vec<Do>,
}

fn state(
    kind: &'static str,
    name: &'static str,
    attributes: &'static [(&'static str, &'static str)],
    then: Vec<Do>,
) -> State {
    State { kind, name, attributes, then }
}

fn descent() -> Vec<State> {
    let plain = |name, attributes, steps| state("descent", name, attributes, vec![Do::Step(steps)]);
    vec![
        plain("first", &[("start", "0"), ("learning-rate", "0.3")], 0),
        plain("mock", &[("start", "-0.02"), ("learning-rate", "0.3")], 5),
        plain("right", &[("start", "0.7"), ("learning-rate", "0.1")], 3),
        plain("settled", &[("start", "-0.02"), ("learning-rate", "0.3")], 12),
        plain("zigzag", &[("start", "-2.9"), ("learning-rate", "0.28")], 6),
        plain("diverged", &[("function", "w^2"), ("start", "0.4"), ("learning-rate", "1.15")], 9),
        plain("momentum", &[("start", "-0.2"), ("learning-rate", "0.05"), ("optimizer", "momentum")], 6),
        plain("adam", &[("start", "3"), ("learning-rate", "0.3"), ("optimizer", "adam")], 6),
        plain("blind", &[("start", "0.7"), ("learning-rate", "0.1"), ("blindfold", "")], 5),
        plain("kink", &[("function", "abs(w) + w/4"), ("start", "0")], 0),
        plain("upright", &[("function", "cbrt(w)"), ("start", "0")], 0),
        plain("pole", &[("function", "1/w + w"), ("start", "0.5"), ("learning-rate", "0.1")], 2),
        plain("ln", &[("function", "w - ln(w)"), ("start", "0.2"), ("learning-rate", "0.1")], 3),
        plain("hole", &[("function", "w^2/w + 1"), ("start", "1"), ("learning-rate", "0.1")], 1),
        plain("floor", &[("function", "floor(w) + w^2/4"), ("start", "-2.5"), ("learning-rate", "0.1")], 1),
        plain("root", &[("function", "sqrt(w) + 1/(w+1)"), ("start", "1"), ("learning-rate", "0.1")], 1),
        plain("tan", &[("function", "tan(w)"), ("start", "1"), ("learning-rate", "0.1")], 1),
        plain("sine", &[("function", "sin(x) + x/5"), ("start", "2"), ("learning-rate", "0.5")], 3),
        state(
            "descent",
            "mistake",
            &[("start", "-1"), ("learning-rate", "0.3")],
            vec![Do::Set("function", "sni(w)".into()), Do::Step(1)],
        ),
    ]
}

fn houses() -> Vec<State> {
    let plain = |name, attributes, steps| state("houses", name, attributes, vec![Do::Step(steps)]);
    vec![
        plain("first", &[], 0),
        plain("two", &[("learning-rate", "0.25")], 2),
        plain("zig", &[("learning-rate", "0.9")], 4),
        plain("many", &[("learning-rate", "0.1")], 300),
        plain("raw", &[("standardize", "false")], 3),
        plain("rawaway", &[("standardize", "false"), ("learning-rate", "4.4e-7")], 9),
        state("houses", "exact", &[], vec![Do::Act("exact")]),
        plain("year", &[("features", "year_built")], 3),
        plain("quality", &[("features", "overall_quality")], 3),
        plain("lot", &[("features", "lot_area_sqft")], 3),
        plain("nomiss", &[("misses", "false")], 1),
        plain("adam", &[("optimizer", "adam")], 8),
        plain("house12", &[("house", "12")], 5),
    ]
}

fn tangent() -> Vec<State> {
    let plain = |name, attributes| state("tangent", name, attributes, Vec::new());
    vec![
        plain("first", &[]),
        plain("ridden", &[("at", "0.5"), ("ink", "-2 -0.5 0.2 0.5")]),
        plain("secant", &[("function", "x^2/2"), ("at", "1"), ("second-point", "1")]),
        state("tangent", "halved", &[("at", "-0.5"), ("second-point", "2")], vec![Do::Act("halve"), Do::Act("halve")]),
        plain("lens", &[("function", "(2*w - 450)^2"), ("at", "150"), ("magnification", "1000")]),
        plain("kink", &[("function", "abs(x)"), ("at", "0"), ("ink", "-2 1")]),
        plain("kinklens", &[("function", "abs(x)"), ("at", "0"), ("magnification", "1000000")]),
        plain("sine", &[("function", "sin(x)"), ("at", "0.5"), ("show-derivative", "")]),
        plain("pole", &[("function", "1/x"), ("at", "0.5"), ("ink", "-2 2")]),
        plain("tan", &[("function", "tan(x)"), ("at", "0.5"), ("ink", "-3 3")]),
        plain("undefined", &[("function", "ln(x)"), ("at", "-0.3"), ("magnification", "10")]),
        plain("upright", &[("function", "cbrt(x)"), ("at", "0"), ("magnification", "10")]),
        plain("floor", &[("function", "floor(x)"), ("at", "1"), ("magnification", "10"), ("ink", "-3 3")]),
        plain("sketch", &[("sketch", "2 1 0 -1 0 1 2")]),
        plain("judged", &[("sketch", "2 1 0 -1 0 1 2"), ("checked", "")]),
    ]
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".into());
    let wanted: Vec<String> = std::env::args().skip(2).collect();
    let supply = Supply::none().with("ames", include_str!("../../../lessons/data/ames-housing.csv"));
    let css = include_str!("../../../web/src/elements/tokens.css");
    let themes = [("light", Theme::of_css(css, false)), ("dark", Theme::of_css(css, true))];
    let all = descent().into_iter().chain(houses()).chain(tangent());
    for State { kind, name, attributes, then } in all.filter(|s| catalog::kind(s.kind).is_ok()) {
        for (tag, language) in [("", Language::English), ("-de", Language::German)] {
            let attributes = attributes.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
            let given = Given { attributes, language, supply: supply.clone(), ..Given::default() };
            let mut scene = catalog::scene(kind, &given)?;
            for one in &then {
                scene.update(match one.clone() {
                    Do::Set(name, value) => Input::Set { name: name.into(), value },
                    Do::Act(id) => Input::Act { id: id.into(), value: None },
                    Do::Step(count) => Input::Step(count),
                });
            }
            for (index, info) in scene.stages().into_iter().enumerate() {
                for (size_name, width, aspect) in
                    [("wide", wide(kind, index), info.wide_aspect), ("narrow", 350.0, info.narrow_aspect)]
                {
                    let size = Size { width, height: (width * aspect).round() };
                    for (theme_name, theme) in &themes {
                        if wanted.iter().any(|w| w != theme_name && w != tag) {
                            continue;
                        }
                        let path = format!("{folder}/{kind}-{name}-{index}-{size_name}-{theme_name}{tag}.svg");
                        std::fs::write(path, to_svg(&*scene, index, theme, size)?)?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// The width of a stage in the wide drawing of the whole widget.
fn wide(kind: &str, stage: usize) -> f64 {
    match (kind, stage) {
        ("houses", 1) => 388.0,
        ("houses", 0) => 548.0,
        _ => 960.0,
    }
}
