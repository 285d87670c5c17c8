//! JSON text from the page. The browser parses it; only the tree is copied.

use crate::boundary::misuse;
use js_sys::{Array, JSON, Object};
use scenes::kit::json::Json;
use wasm_bindgen::{JsCast, JsValue};

/// The tree of a JSON text. `code` names what could not be read.
pub(crate) fn parse(text: &str, code: &str) -> Result<Json, JsValue> {
    let value = JSON::parse(text).map_err(|_| misuse(code, "This is no JSON."))?;
    Ok(tree(&value))
}

fn tree(value: &JsValue) -> Json {
    if let Some(number) = value.as_f64() {
        Json::Number(number)
    } else if let Some(text) = value.as_string() {
        Json::Text(text)
    } else if let Some(on) = value.as_bool() {
        Json::Bool(on)
    } else if let Some(list) = value.dyn_ref::<Array>() {
        Json::List(list.iter().map(|entry| tree(&entry)).collect())
    } else if let Some(object) = value.dyn_ref::<Object>() {
        let entries = Object::entries(object);
        let entry = |pair: JsValue| {
            let pair: &Array = pair.unchecked_ref();
            Some((pair.get(0).as_string()?, tree(&pair.get(1))))
        };
        Json::Object(entries.iter().filter_map(entry).collect())
    } else {
        Json::Null
    }
}
