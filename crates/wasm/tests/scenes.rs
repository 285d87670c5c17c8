//! A scene through its handle, on a real canvas.

#![cfg(target_arch = "wasm32")]
// In tests a failed expectation is the report; clippy does not know these for tests.
#![allow(clippy::unwrap_used, clippy::panic)]

use downhill_wasm::Scene;
use js_sys::Reflect;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const GIVEN: &str = r#"{"attributes":{"function":"x^2"},"properties":{"start":3,"learningRate":0.1},"lang":"en"}"#;

fn descent() -> Scene {
    let mut scene = Scene::new("descent", GIVEN).unwrap();
    scene.resize(0, 600.0, 300.0);
    scene.resize(1, 600.0, 120.0);
    scene
}

/// The parts of the readout that came this time.
fn parts(scene: &mut Scene) -> Value {
    let readout: Value = serde_json::from_str(&scene.readout().unwrap()).unwrap();
    assert_eq!(readout["version"], 1);
    readout["parts"].clone()
}

fn code(error: JsValue) -> String {
    Reflect::get(&error, &"code".into()).unwrap().as_string().unwrap()
}

#[wasm_bindgen_test]
fn a_step_and_a_step_back_return_to_the_same_bits() {
    let mut scene = descent();
    scene.step(1).unwrap();
    let at = parts(&mut scene)["numbers"]["at"][0].as_f64().unwrap();
    assert!((at - 2.4).abs() < 1e-15);
    scene.step_back(1).unwrap();
    assert_eq!(parts(&mut scene)["numbers"]["at"][0], 3.0);
}

#[wasm_bindgen_test]
fn a_part_comes_again_only_when_it_changed() {
    let mut scene = descent();
    let first = parts(&mut scene);
    let names: Vec<&str> = first.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["controls", "formula", "handles", "numbers", "panel", "prompts", "values"]);
    assert_eq!(parts(&mut scene), serde_json::json!({}));
    scene.step(1).unwrap();
    let second = parts(&mut scene);
    assert!(second.get("numbers").is_some() && second.get("formula").is_none());
}

#[wasm_bindgen_test]
fn a_scene_made_from_a_state_is_the_same_moment() {
    let mut scene = descent();
    scene.step(7).unwrap();
    let mut again = Scene::from_state("descent", GIVEN, &scene.state().unwrap(), Vec::new()).unwrap();
    let (one, other) = (parts(&mut scene), parts(&mut again));
    assert_eq!(one["numbers"], other["numbers"]);
    assert_eq!(one["numbers"]["steps"], 7);
}

#[wasm_bindgen_test]
fn what_cannot_be_shown_is_refused_with_a_code() {
    assert_eq!(code(Scene::new("gizmo", GIVEN).err().unwrap()), "E_KIND");
    assert_eq!(code(Scene::new("descent", "{").err().unwrap()), "E_CONFIG");
    assert_eq!(code(Scene::from_state("descent", GIVEN, "{}", Vec::new()).err().unwrap()), "E_STATE");
    assert_eq!(code(Scene::from_state("descent", GIVEN, "no", Vec::new()).err().unwrap()), "E_STATE");
}

#[wasm_bindgen_test]
fn a_value_that_cannot_be_had_leaves_what_was_and_is_told() {
    let mut scene = descent();
    for (name, value) in [("learningRate", "\"fast\""), ("learningRate", "[1,2]"), ("gizmo", "1")] {
        assert_eq!(scene.set(name, value, true).unwrap() & 8, 8, "{name} {value}");
    }
    let readout = parts(&mut scene);
    assert_eq!(readout["numbers"]["learningRate"], 0.1);
    assert!(!readout["panel"]["warnings"].as_array().unwrap().is_empty());
    assert_eq!(scene.value("learningRate"), "0.1");
}

#[wasm_bindgen_test]
fn a_quiet_setting_is_told_to_no_one() {
    let mut scene = descent();
    scene.set("learningRate", "0.2", true).unwrap();
    assert_eq!(scene.take_events(), "");
    scene.set("learning-rate", "\"0.3\"", false).unwrap();
    assert_eq!(scene.take_events(), "change");
}

#[wasm_bindgen_test]
fn a_language_changes_words_and_numbers_on_the_way() {
    let mut scene = descent();
    let english = parts(&mut scene)["panel"]["prompt"].clone();
    scene.language("de-AT");
    let german = parts(&mut scene);
    assert_ne!(german["panel"]["prompt"], english);
    assert!(german["panel"]["figures"].to_string().contains("9,00"), "{}", german["panel"]["figures"]);
}

#[wasm_bindgen_test]
fn the_numbers_are_saved_as_a_table() {
    let mut scene = descent();
    scene.step(2).unwrap();
    let csv = scene.csv().unwrap();
    assert_eq!(csv.lines().count(), 4, "{csv}");
}

#[wasm_bindgen_test]
fn a_curve_is_drawn_in_fractions_of_a_pixel_and_leaves_no_node_in_the_page() {
    let eval = |code: &str| js_sys::eval(code).unwrap();
    let nodes = || eval("document.getElementsByTagName('*').length").as_f64().unwrap();
    let before = nodes();
    let canvas = eval(
        "(() => { const c = document.createElement('canvas'); c.width = 1200; c.height = 600; return c.getContext('2d'); })()",
    );
    let context: web_sys::CanvasRenderingContext2d = canvas.clone().unchecked_into();
    let mut scene = descent();
    scene.draw(0, 0, &context, 2.0).unwrap();
    scene.draw(0, 1, &context, 2.0).unwrap();
    assert_eq!(nodes(), before);
    let data = Reflect::get(&canvas, &"getImageData".into()).unwrap().unchecked_into::<js_sys::Function>();
    let arguments = js_sys::Array::of4(&0.into(), &0.into(), &1200.into(), &600.into());
    let image = data.apply(&canvas, &arguments).unwrap();
    let pixels = js_sys::Uint8Array::new(&Reflect::get(&image, &"data".into()).unwrap()).to_vec();
    let inked = pixels.chunks(4).filter(|pixel| pixel[3] > 0).count();
    // The live layer clears what stood on its canvas, so what is inked now is the handle, the tangent and their labels.
    assert!(inked > 500, "{inked} pixels");
    // Edges that fall between pixels are shaded, not stepped.
    assert!(pixels.chunks(4).any(|pixel| pixel[3] > 20 && pixel[3] < 235));
}
