//! Moments saved by earlier versions.

use crate::kit::json::Json;
use crate::kit::other_version;
use crate::kit::settings::Refusal;

/// Version 1 had its settings side by side, called the formula `formula` and the start `home`, and kept its moves without a start.
pub(super) fn to_present(version: u64, state: &Json) -> Result<Json, Refusal> {
    if version != 1 {
        return Err(other_version(version));
    }
    let property = |name: &str| state.get(name).cloned().unwrap_or_default();
    let settings = [
        ("function", property("formula")),
        ("start", property("home")),
        ("learningRate", property("learningRate")),
        ("optimizer", property("optimizer")),
        ("domain", property("domain")),
        ("blindfold", property("blindfold")),
    ];
    let settings = settings.into_iter().filter(|(_, value)| *value != Json::Null);
    let moves = property("moves").list().unwrap_or_default().iter().map(one_move).collect();
    let walk = Json::object([
        ("start", Json::List(vec![property("start")])),
        ("moves", Json::List(moves)),
        ("refused", property("refused")),
    ]);
    Ok(Json::object([
        ("version", 2.0.into()),
        ("kind", "descent".into()),
        ("settings", Json::Object(settings.map(|(name, value)| (name.to_owned(), value)).collect())),
        ("walk", walk),
    ]))
}

/// A leap led to one number; it leads to a list now.
fn one_move(one: &Json) -> Json {
    match (one.get("kind").and_then(Json::text), one.get("to")) {
        (Some("leap"), Some(to)) => Json::object([("kind", "leap".into()), ("to", Json::List(vec![to.clone()]))]),
        _ => one.clone(),
    }
}
