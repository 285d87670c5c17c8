//! From the page's CSS values to the colours and faces of a scene.

use scenes::theme::{Color, Hue, Theme};
use std::collections::HashMap;

/// Reads the `--downhill-*` tokens. One that is absent or unreadable keeps its default.
pub(crate) fn from_tokens(tokens: &HashMap<String, String>) -> Theme {
    let defaults = if tokens.get("dark").is_some_and(|dark| dark == "true") { Theme::dark() } else { Theme::light() };
    let color = |name: &str, default: Color| {
        tokens.get(&format!("--downhill-{name}")).and_then(|text| Color::parse(text)).unwrap_or(default)
    };
    let hue = |name: &str, default: Hue| Hue {
        stroke: color(name, default.stroke),
        text: color(&format!("{name}-text"), default.text),
        soft: color(&format!("{name}-soft"), default.soft),
    };
    let face = |name: &str, default: &str| {
        let given = tokens.get(&format!("--downhill-{name}")).map(|text| text.trim()).filter(|text| !text.is_empty());
        given.unwrap_or(default).to_owned()
    };
    let mut loss_bands = defaults.loss_bands;
    for (level, band) in loss_bands.iter_mut().enumerate() {
        *band = color(&format!("loss-{level}"), *band);
    }
    Theme {
        stage: color("stage", defaults.stage),
        raise: color("raise", defaults.raise),
        sunk: color("sunk", defaults.sunk),
        ink: color("ink", defaults.ink),
        ink_2: color("ink-2", defaults.ink_2),
        ink_3: color("ink-3", defaults.ink_3),
        grid: color("grid", defaults.grid),
        axis: color("axis", defaults.axis),
        focus: color("focus", defaults.focus),
        data: hue("data", defaults.data),
        prediction: hue("pred", defaults.prediction),
        loss: hue("loss", defaults.loss),
        gradient: hue("grad", defaults.gradient),
        step: hue("step", defaults.step),
        loss_bands,
        font_ui: face("font-ui", &defaults.font_ui),
        font_math: face("font-math", &defaults.font_math),
    }
}
