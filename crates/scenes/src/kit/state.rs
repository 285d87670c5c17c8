//! What a link carries: the kind, the settings as they stand, the record of the walk. Versioned; older versions are brought up.

use super::json::Json;
use super::settings::{Refusal, Values, read};
use super::supply::Supply;
use super::widget::Widget;

/// The version that is written.
pub const VERSION: u64 = 2;

/// The refusal of a version that nobody knows.
pub fn other_version(version: u64) -> Refusal {
    Refusal::new(
        "E_STATE",
        "",
        format!("This was saved by version {version}; this page reads versions 1 to {VERSION}."),
    )
}

/// The state of a widget.
pub(super) fn write<W: Widget>(widget: &W) -> Json {
    let mut state = vec![
        ("version".to_owned(), (VERSION as f64).into()),
        ("kind".to_owned(), W::KIND.into()),
        ("settings".to_owned(), widget.values().to_json()),
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
    let bad = |message: String| Refusal::new("E_STATE", "", message);
    let version = state.get("version").and_then(Json::count);
    let migrated;
    let state = match version {
        Some(VERSION) => state,
        Some(older) if older < VERSION && older > 0 => {
            migrated = W::migrate(older, state)?;
            &migrated
        }
        Some(other) => return Err(other_version(other)),
        None => return Err(bad("This is no saved moment: it has no version.".into())),
    };
    match state.get("kind").and_then(Json::text) {
        Some(kind) if kind == W::KIND => {}
        _ => return Err(bad(format!("This moment was not saved by a “{}”.", W::KIND))),
    }
    let Some(Json::Object(settings)) = state.get("settings") else {
        return Err(bad("This moment has no settings.".into()));
    };
    let mut values = Values::new();
    for (name, given) in settings {
        let field = W::FIELDS.iter().find(|field| field.name == name);
        let Some(field) = field else {
            return Err(bad(format!("This moment has a setting “{name}” that is not known.")));
        };
        match read(field, given) {
            Ok(Some(value)) => values.put(field.name, value),
            Ok(None) => {}
            Err(refusal) => return Err(bad(format!("The saved {} cannot be used. {refusal}", field.attribute()))),
        }
    }
    let mut refused = Vec::new();
    let mut widget = W::new(&values, supply, &mut refused);
    if let Some(hard) = refused.iter().find(|refusal| refusal.code != "E_NOTE") {
        return Err(bad(format!("The saved moment cannot be shown. {hard}")));
    }
    if let Some(walk) = state.get("walk") {
        widget.replay(walk)?;
    }
    Ok((widget, refused))
}
