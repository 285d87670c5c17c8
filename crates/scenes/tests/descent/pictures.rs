//! Small pictures of telling states, for a person to review: `cargo insta review`.

use scenes::frame::Size;
use scenes::svg::to_svg;

use crate::support::{Driven, light};

const SMALL: Size = Size { width: 350.0, height: 330.0 };

fn walked(attributes: &[(&str, &str)], steps: u32) -> Driven {
    let mut scene = Driven::new("descent", attributes);
    scene.step(steps);
    scene
}

fn picture(scene: &Driven) -> String {
    to_svg(&*scene.0, 0, &light(), SMALL).unwrap()
}

#[test]
fn five_steps_down_the_first_slope() {
    insta::assert_snapshot!(picture(&walked(&[("start", "-0.02"), ("learning-rate", "0.3")], 5)));
}

#[test]
fn a_rate_too_large_crosses_the_valley_and_leaves_the_picture() {
    let given = [("function", "w^2"), ("start", "0.4"), ("learning-rate", "1.15")];
    insta::assert_snapshot!(picture(&walked(&given, 9)));
}

#[test]
fn blindfolded() {
    let mut scene = walked(&[("start", "0.7"), ("learning-rate", "0.1")], 5);
    scene.set("blindfold", true);
    insta::assert_snapshot!(picture(&scene));
}

#[test]
fn a_kink_has_two_half_tangents() {
    let given = [("function", "abs(w) + w/4"), ("start", "0"), ("learning-rate", "0.3")];
    insta::assert_snapshot!(picture(&walked(&given, 0)));
}

#[test]
fn a_pole_breaks_the_curve() {
    let given = [("function", "1/w + w"), ("start", "0.5"), ("learning-rate", "0.1")];
    insta::assert_snapshot!(picture(&walked(&given, 2)));
}

#[test]
fn the_loss_step_by_step() {
    let scene = walked(&[("start", "-0.02"), ("learning-rate", "0.3")], 5);
    let size = Size { width: 350.0, height: 170.0 };
    insta::assert_snapshot!(to_svg(&*scene.0, 1, &light(), size).unwrap());
}
