//! A scene through its handle, on a real canvas.

#![cfg(target_arch = "wasm32")]
// In tests a failed expectation is the report; clippy does not know these for tests.
#![allow(clippy::unwrap_used, clippy::panic)]

use downhill_wasm::Scene;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in entries {
        Reflect::set(&object, &(*name).into(), value).unwrap();
    }
    object.into()
}

fn number(of: &JsValue, path: &[&str]) -> f64 {
    path.iter().fold(of.clone(), |value, name| Reflect::get(&value, &(*name).into()).unwrap()).as_f64().unwrap()
}

fn descent() -> Scene {
    let config = object(&[("formula", "x^2".into()), ("start", 3.0.into()), ("learningRate", 0.1.into())]);
    let mut scene = Scene::new("descent", config).unwrap();
    scene.resize(0, 600.0, 300.0);
    scene.resize(1, 600.0, 120.0);
    scene
}

#[wasm_bindgen_test]
fn a_step_and_a_step_back_cross_as_numbers_and_return_to_the_same_bits() {
    let mut scene = descent();
    scene.step(1).unwrap();
    assert!((number(&scene.readout().unwrap(), &["at", "0"]) - 2.4).abs() < 1e-15);
    scene.step_back(1).unwrap();
    assert_eq!(number(&scene.readout().unwrap(), &["at", "0"]), 3.0);
}

#[wasm_bindgen_test]
fn a_scene_made_from_a_state_is_the_same_moment() {
    let mut scene = descent();
    scene.step(7).unwrap();
    let again = Scene::from_state("descent", scene.state().unwrap()).unwrap();
    let (one, other) = (scene.readout().unwrap(), again.readout().unwrap());
    assert_eq!(number(&one, &["at", "0"]), number(&other, &["at", "0"]));
    assert_eq!(number(&one, &["steps"]), 7.0);
    assert_eq!(number(&other, &["steps"]), 7.0);
}

#[wasm_bindgen_test]
fn what_no_page_sends_is_refused_with_a_code() {
    let code = |error: JsValue| Reflect::get(&error, &"code".into()).unwrap().as_string().unwrap();
    assert_eq!(code(Scene::new("gizmo", object(&[])).err().unwrap()), "E_KIND");
    assert_eq!(code(Scene::from_state("descent", object(&[])).err().unwrap()), "E_STATE");
    let mut scene = descent();
    let setting = object(&[("name", "gizmo".into()), ("value", 1.0.into())]);
    assert_eq!(code(scene.set(setting, false).unwrap_err()), "E_SETTING");
}

#[wasm_bindgen_test]
fn a_quiet_setting_is_told_to_no_one() {
    let mut scene = descent();
    let setting = || object(&[("name", "learningRate".into()), ("value", 0.2.into())]);
    scene.set(setting(), true).unwrap();
    assert_eq!(js_sys::Array::from(&scene.take_events().unwrap()).length(), 0);
    let other = object(&[("name", "learningRate".into()), ("value", 0.3.into())]);
    scene.set(other, false).unwrap();
    assert_eq!(js_sys::Array::from(&scene.take_events().unwrap()).length(), 1);
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
    let scene = descent();
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
