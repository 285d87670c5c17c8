//! What is left to do when the engine panics all the same: remember it, say it once, refuse what comes after.
//!
//! The build aborts on panic, so the browser throws a `WebAssembly.RuntimeError` right after the hook. The page then drops
//! this instance and loads a fresh one; until it has, later calls are refused instead of running on half-written memory.

use std::cell::RefCell;
use wasm_bindgen::prelude::*;

thread_local! {
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs once when the module is instantiated.
#[wasm_bindgen(start)]
fn remember_panics() {
    std::panic::set_hook(Box::new(|info| {
        let message = info.to_string();
        PANIC.with(|slot| {
            if let Ok(mut slot) = slot.try_borrow_mut() {
                slot.get_or_insert(message);
            }
        });
    }));
}

/// What the engine died of, or nothing while it is well.
#[wasm_bindgen(js_name = lastPanic)]
pub fn last_panic() -> Option<String> {
    PANIC.with(|slot| slot.try_borrow().ok().and_then(|slot| slot.clone()))
}

/// Refuses to go on in an instance that panicked.
pub(crate) fn refuse_after_panic() -> Result<(), JsValue> {
    match last_panic() {
        None => Ok(()),
        Some(message) => Err(crate::boundary::misuse("E_ENGINE", &format!("The engine stopped: {message}"))),
    }
}
