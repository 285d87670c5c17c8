//! Writes telling states of every scene as SVG, for eyes: `cargo run --example gallery -- FOLDER`.

use scenes::descent::{DescentConfig, DescentScene, DescentSetting, OptimizerKind};
use scenes::scene::{Input, PointerKind, PointerPhase, Scene, Size};
use scenes::svg::to_svg;
use scenes::theme::Theme;

fn scene(formula: Option<&str>, start: f64, rate: f64, steps: u32, set: &[DescentSetting]) -> DescentScene {
    let config = DescentConfig {
        formula: formula.map(Into::into),
        start: Some(start),
        learning_rate: Some(rate),
        ..DescentConfig::default()
    };
    let mut scene = DescentScene::new(config);
    for setting in set {
        scene.update(Input::Set(setting.clone()));
    }
    scene.update(Input::Step(steps));
    scene
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".into());
    let blind = [DescentSetting::Blindfold(true)];
    let mut states = vec![
        ("first", scene(None, 0.0, 0.3, 0, &[])),
        ("mock", scene(None, -0.02, 0.3, 5, &[])),
        ("right", scene(None, 0.7, 0.1, 3, &[])),
        ("settled", scene(None, -0.02, 0.3, 12, &[])),
        ("zigzag", scene(None, -2.9, 0.28, 6, &[])),
        ("diverged", scene(Some("w^2"), 0.4, 1.15, 9, &[])),
        ("momentum", scene(None, -0.2, 0.05, 6, &[DescentSetting::Optimizer(OptimizerKind::Momentum)])),
        ("adam", scene(None, 3.0, 0.3, 6, &[DescentSetting::Optimizer(OptimizerKind::Adam)])),
        ("blind", scene(None, 0.7, 0.1, 5, &blind)),
        ("kink", scene(Some("abs(w) + w/4"), 0.0, 0.3, 0, &[])),
        ("upright", scene(Some("cbrt(w)"), 0.0, 0.3, 0, &[])),
        ("pole", scene(Some("1/w + w"), 0.5, 0.1, 2, &[])),
        ("ln", scene(Some("w - ln(w)"), 0.2, 0.1, 3, &[])),
        ("hole", scene(Some("w^2/w + 1"), 1.0, 0.1, 1, &[])),
        ("floor", scene(Some("floor(w) + w^2/4"), -2.5, 0.1, 1, &[])),
        ("root", scene(Some("sqrt(w) + 1/(w+1)"), 1.0, 0.1, 1, &[])),
        ("tan", scene(Some("tan(w)"), 1.0, 0.1, 1, &[])),
        ("sine", scene(Some("sin(x) + x/5"), 2.0, 0.5, 3, &[])),
        ("mistake", scene(None, -1.0, 0.3, 1, &[DescentSetting::Formula("sni(w)".into())])),
    ];
    let mut held = scene(None, -1.2, 0.3, 0, &[]);
    held.update(Input::Focus { handle: Some("at".into()) });
    states.push(("focused", held.clone()));
    let handle = held.readout().panel.handles.remove(0);
    held.update(Input::Focus { handle: None });
    held.update(Input::Pointer {
        stage: 0,
        phase: PointerPhase::Down,
        kind: PointerKind::Mouse,
        x: handle.x,
        y: handle.y,
    });
    states.push(("dragged", held));
    for (name, scene) in &states {
        for (theme_name, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
            for (size_name, sizes) in [
                ("wide", [Size { width: 960.0, height: 430.0 }, Size { width: 960.0, height: 190.0 }]),
                ("narrow", [Size { width: 350.0, height: 330.0 }, Size { width: 350.0, height: 170.0 }]),
            ] {
                for (stage, size) in sizes.into_iter().enumerate() {
                    let path = format!("{folder}/{name}-{stage}-{size_name}-{theme_name}.svg");
                    std::fs::write(path, to_svg(scene, stage, &theme, size)?)?;
                }
            }
        }
        let readout = scene.readout();
        println!("L′ = {}", readout.formula.derivative_text);
        let words: String = readout.panel.explain.iter().map(|s| s.text.as_str()).collect();
        let terms: Vec<_> = readout.panel.equation.iter().map(|t| t.value.as_str()).collect();
        println!("{name}: {words}\n  {}\n  {:?} {:?}", terms.join(" "), readout.status, readout.panel.notice);
    }
    Ok(())
}
