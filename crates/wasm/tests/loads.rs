//! The module itself, in a browser.

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_module_runs_in_a_page() {
    let global = js_sys::global();
    assert_eq!(js_sys::Reflect::has(&global, &"document".into()), Ok(true));
}
