//! Small pictures of telling states, for a person to review: `cargo insta review`.

use scenes::descent::{DescentConfig, DescentScene, DescentSetting};
use scenes::scene::{Input, Scene, Size};
use scenes::svg::to_svg;
use scenes::theme::Theme;

const SMALL: Size = Size { width: 350.0, height: 330.0 };

fn walked(formula: Option<&str>, start: f64, rate: f64, steps: u32) -> DescentScene {
    let mut scene = DescentScene::new(DescentConfig {
        formula: formula.map(Into::into),
        start: Some(start),
        learning_rate: Some(rate),
        ..DescentConfig::default()
    });
    scene.update(Input::Step(steps));
    scene
}

fn picture(scene: &DescentScene) -> String {
    to_svg(scene, 0, &Theme::light(), SMALL).unwrap()
}

#[test]
fn five_steps_down_the_first_slope() {
    insta::assert_snapshot!(picture(&walked(None, -0.02, 0.3, 5)));
}

#[test]
fn a_rate_too_large_crosses_the_valley_and_leaves_the_picture() {
    insta::assert_snapshot!(picture(&walked(Some("w^2"), 0.4, 1.15, 9)));
}

#[test]
fn blindfolded() {
    let mut scene = walked(None, 0.7, 0.1, 5);
    scene.update(Input::Set(DescentSetting::Blindfold(true)));
    insta::assert_snapshot!(picture(&scene));
}

#[test]
fn a_kink_has_two_half_tangents() {
    insta::assert_snapshot!(picture(&walked(Some("abs(w) + w/4"), 0.0, 0.3, 0)));
}

#[test]
fn a_pole_breaks_the_curve() {
    insta::assert_snapshot!(picture(&walked(Some("1/w + w"), 0.5, 0.1, 2)));
}

#[test]
fn the_loss_step_by_step() {
    let scene = walked(None, -0.02, 0.3, 5);
    let size = Size { width: 350.0, height: 170.0 };
    insta::assert_snapshot!(to_svg(&scene, 1, &Theme::light(), size).unwrap());
}
