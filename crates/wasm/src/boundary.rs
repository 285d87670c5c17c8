//! How data and errors cross: one serializer, one shape of error.

use descent::DescentError;
use descent::run::Status;
use js_sys::{Error, Reflect};
use scenes::readout::FormulaMistake;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// Plain objects instead of `Map`, `null` instead of `undefined`: what `JSON.stringify` can carry.
const PLAIN: Serializer = Serializer::json_compatible();

/// Rust data as a plain JavaScript value.
pub(crate) fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    value.serialize(&PLAIN).map_err(|error| misuse("E_DATA", &error.to_string()))
}

/// A plain JavaScript value as Rust data. `code` names what could not be read.
pub(crate) fn from_js<T: DeserializeOwned>(value: JsValue, code: &str) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(|error| {
        let text = error.to_string();
        // A JavaScript error that is printed starts with the name of its class.
        misuse(code, text.strip_prefix("Error: ").unwrap_or(&text))
    })
}

/// The error that a wrong call throws: `Error` with `name: "DownhillError"` and a `code`.
pub(crate) fn misuse(code: &str, message: &str) -> JsValue {
    let error = Error::new(message);
    error.set_name("DownhillError");
    set(&error, "code", &JsValue::from_str(code));
    error.into()
}

/// What the descent engine refused, as the error to throw.
pub(crate) fn refused(error: DescentError) -> JsValue {
    misuse(error.code(), &error.to_string())
}

/// The error that an unreadable formula throws: the same, with `hint`, `start` and `end` in UTF-16 units.
pub(crate) fn mistake(found: &FormulaMistake) -> JsValue {
    let error = misuse(&found.code, &found.message);
    if let Some(hint) = &found.hint {
        set(&error, "hint", &JsValue::from_str(hint));
    }
    set(&error, "start", &JsValue::from_f64(found.start as f64));
    set(&error, "end", &JsValue::from_f64(found.end as f64));
    error
}

/// Says on a result how its run ended.
pub(crate) fn set_end(result: &JsValue, status: Status, reason: Option<&str>) -> Result<(), JsValue> {
    set(result, "status", &to_js(&status)?);
    if let Some(reason) = reason {
        set(result, "reason", &JsValue::from_str(reason));
    }
    Ok(())
}

/// Sets a property of an object that we have just made; an ordinary object cannot refuse it.
pub(crate) fn set(object: &JsValue, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(key), value);
}
