//! Moments saved by earlier versions.

use crate::kit::json::Json;
use crate::kit::other_version;
use crate::kit::settings::Refusal;

/// Version 1 had its settings side by side, houses that were moved as `edits`, and the walk as a start and `legs`.
pub(super) fn to_present(version: u64, state: &Json) -> Result<Json, Refusal> {
    if version != 1 {
        return Err(other_version(version));
    }
    let property = |from: &Json, name: &str| from.get(name).cloned().unwrap_or_default();
    let list = |name| state.get(name).and_then(Json::list).unwrap_or_default();
    let kept = ["data", "target", "standardize", "optimizer", "learningRate", "house", "misses"];
    let moved = list("edits").iter().flat_map(|edit| ["house", "x", "y"].map(|name| property(edit, name)));
    let mut settings: Vec<(String, Json)> = kept.map(|name| (name.to_owned(), property(state, name))).into();
    settings.push(("features".into(), Json::List(vec![property(state, "feature")])));
    settings.push(("moved".into(), Json::List(moved.collect())));
    let steps = |leg: &Json| {
        Json::object([
            ("kind", "steps".into()),
            ("optimizer", property(leg, "optimizer")),
            ("learningRate", property(leg, "learningRate")),
            ("count", property(leg, "steps")),
        ])
    };
    let moves = Json::List(list("legs").iter().map(steps).collect());
    Ok(Json::object([
        ("version", 2.0.into()),
        ("kind", "houses".into()),
        ("settings", Json::Object(settings)),
        ("walk", Json::object([("start", property(state, "start")), ("moves", moves)])),
    ]))
}
