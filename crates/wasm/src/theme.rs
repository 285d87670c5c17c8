//! From the page's CSS values to the colours and faces of a scene.

use js_sys::Reflect;
use scenes::theme::Theme;
use wasm_bindgen::JsValue;

/// Reads a plain object of `--downhill-*` names.
pub(crate) fn of_page(tokens: &JsValue) -> Theme {
    Theme::read(&|name| Reflect::get(tokens, &format!("--downhill-{name}").into()).ok()?.as_string())
}
