//! What a link carries: the kind, the settings as they stand, the record of the walk. Versioned; older versions are brought up.

use super::json::Json;
use super::settings::{Refusal, Values, read};
use super::supply::Supply;
use super::widget::Widget;
use crate::words::Language;

/// The version that is written.
pub const VERSION: u64 = 2;

/// The refusal of a version that nobody knows.
pub fn other_version(version: u64) -> Refusal {
    Refusal::new("E_STATE", "", |language| language.kit().other_version(version, VERSION))
}

/// The state of a widget, as a link carries it.
pub(super) fn write<W: Widget>(widget: &W) -> Json {
    record(widget, &widget.values())
}

/// The same beside a table of the learner's own, which has to be handed over with it.
pub(super) fn write_beside_own<W: Widget>(widget: &W) -> Json {
    record(widget, &widget.values_beside_own())
}

fn record<W: Widget>(widget: &W, values: &Values) -> Json {
    let mut state = vec![
        ("version".to_owned(), (VERSION as f64).into()),
        ("kind".to_owned(), W::KIND.into()),
        ("settings".to_owned(), values.to_json()),
    ];
    if let Some(walk) = widget.walk() {
        state.push(("walk".to_owned(), walk.record()));
    }
    Json::Object(state)
}

/// A widget as a state describes it, and what could not be had of it.
///
/// # Errors
/// `E_STATE`: a version or a kind that is another, a number out of range, a walk that cannot be walked.
pub(super) fn restore<W: Widget>(state: &Json, supply: &Supply) -> Result<(W, Vec<Refusal>), Refusal> {
    fn bad(message: impl Fn(Language) -> String) -> Refusal {
        Refusal::new("E_STATE", "", message)
    }
    let version = state.get("version").and_then(Json::count);
    let migrated;
    let state = match version {
        Some(VERSION) => state,
        Some(older) if older < VERSION && older > 0 => {
            migrated = W::migrate(older, state)?;
            &migrated
        }
        Some(other) => return Err(other_version(other)),
        None => return Err(bad(|language| language.kit().no_state().into())),
    };
    match state.get("kind").and_then(Json::text) {
        Some(kind) if kind == W::KIND => {}
        _ => return Err(bad(|language| language.kit().other_kind(W::KIND))),
    }
    let Some(Json::Object(settings)) = state.get("settings") else {
        return Err(bad(|language| language.kit().no_settings().into()));
    };
    let mut values = Values::new();
    for (name, given) in settings {
        let field = W::FIELDS.iter().find(|field| field.name == name);
        let Some(field) = field else {
            return Err(bad(|language| language.kit().unknown_saved(name)));
        };
        match read(field, given) {
            Ok(Some(value)) => values.put(field.name, value),
            Ok(None) => {}
            Err(refusal) => {
                let attribute = field.attribute();
                return Err(bad(|language| language.kit().unfit_saved(&attribute, &refusal.text(language))));
            }
        }
    }
    let mut refused = Vec::new();
    let mut widget = W::new(&values, supply, &mut refused);
    if let Some(hard) = refused.iter().find(|refusal| refusal.code != "E_NOTE") {
        return Err(bad(|language| language.kit().cannot_show(&hard.text(language))));
    }
    if let Some(walk) = state.get("walk") {
        widget.replay(walk)?;
    }
    Ok((widget, refused))
}
