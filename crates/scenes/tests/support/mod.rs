//! What the tests of every widget need: a scene to be driven, and judges of what it shows.

// Each test program uses what it needs.
#![allow(dead_code, unused_imports)]

#[path = "../../src/testing.rs"]
mod testing;

mod judge;
mod wish;

pub use judge::{difference, may_be_absent, sound};
pub use testing::Checker;
pub use wish::{Wish, any_deed, any_formula, any_json, any_wish, sensible};

use proptest::prelude::ProptestConfig;
use scenes::catalog;
use scenes::kit::json::Json;
use scenes::kit::settings::Refusal;
use scenes::kit::{AnyScene, Given, Input, Layer, Outcome, PointerKind, PointerPhase, Supply};
use scenes::painter::SvgSurface;
use scenes::theme::Theme;
use scenes::words::Language;
use serde_json::Value;

/// Smooth losses, kinks, poles, flats, jumps, edges of the domain, cliffs.
pub const FORMULAS: [&str; 36] = [
    "w^2",
    "(w^2 - 4)^2/8 + w/3 + 1.5",
    "abs(w)",
    "abs(w) + w/4",
    "max(w, -w/3)",
    "max(w, -w) + 1/w^2",
    "1/w",
    "1/w + w",
    "1/w^2 + w",
    "ln(w)",
    "w - ln(w)",
    "w + ln(w)",
    "-ln(w) - ln(1 - w)",
    "cbrt(w)",
    "sqrt(w)",
    "abs(w)^(1/2)",
    "floor(w)",
    "floor(w) + w^2/4",
    "exp(w)",
    "exp(-w)",
    "exp(exp(w))",
    "exp(-w^2)",
    "1e300*w^2",
    "1e-300*w",
    "1e-8*w^2",
    "(w-1e8)^2",
    "sin(w)",
    "sin(1/w)",
    "cos(w) + w^2/9",
    "tan(w)",
    "w^3",
    "w^4",
    "w^9 - w",
    "-w^2",
    "if(w<0, 1/w, w^2)",
    "w^w",
];

/// What cannot be read or has no slope anywhere.
pub const STRANGE_FORMULAS: [&str; 7] = ["w*v", "sni(w)", "", "7", "x/x", "sqrt(-1-w^2)", "0*ln(w)"];

/// How many cases a property is tried on: many more where `PROPTEST_CASES` asks for a long search.
pub fn cases(usual: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    ProptestConfig { failure_persistence: None, cases, ..ProptestConfig::default() }
}

/// The table of the lessons.
pub fn supply() -> Supply {
    static TABLE: std::sync::OnceLock<std::sync::Arc<str>> = std::sync::OnceLock::new();
    let table = TABLE.get_or_init(|| include_str!("../../../../lessons/data/ames-housing.csv").into());
    Supply::none().with("ames", table.clone())
}

/// The colours of the light theme.
pub fn light() -> Theme {
    Theme::of_css(include_str!("../../../../web/src/elements/tokens.css"), false)
}

/// What a page with these attributes gives.
pub fn given(attributes: &[(&str, &str)]) -> Given {
    let attributes = attributes.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Given { attributes, supply: supply(), ..Given::default() }
}

/// Plain data as the kit has it.
pub fn plain(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(on) => Json::Bool(*on),
        Value::Number(number) => number.as_f64().map_or(Json::Null, Json::Number),
        Value::String(text) => Json::Text(text.clone()),
        Value::Array(entries) => Json::List(entries.iter().map(plain).collect()),
        Value::Object(all) => Json::Object(all.iter().map(|(name, value)| (name.clone(), plain(value))).collect()),
    }
}

/// The same through its text, as it comes out of a page's address.
pub fn through_text(json: &Json) -> Json {
    plain(&serde_json::from_str(&json.to_text()).unwrap())
}

/// A scene of any kind, and what a learner does to it.
pub struct Driven(pub Box<dyn AnyScene>);

impl Clone for Driven {
    fn clone(&self) -> Self {
        Self(self.0.copy())
    }
}

impl Driven {
    /// A widget with these attributes.
    pub fn new(kind: &str, attributes: &[(&str, &str)]) -> Self {
        Self(catalog::scene(kind, &given(attributes)).unwrap())
    }

    /// The same in German.
    pub fn german(kind: &str, attributes: &[(&str, &str)]) -> Self {
        let given = Given { language: Language::German, ..given(attributes) };
        Self(catalog::scene(kind, &given).unwrap())
    }

    /// The widget that a state describes.
    pub fn of_state(kind: &str, state: &Json) -> Result<Self, Refusal> {
        catalog::scene_of_state(kind, &given(&[]), state).map(Self)
    }

    pub fn update(&mut self, input: Input) -> Outcome {
        self.0.update(input)
    }

    pub fn set(&mut self, name: &str, value: impl Into<Json>) -> Outcome {
        self.update(Input::Set { name: name.into(), value: value.into() })
    }

    pub fn act(&mut self, id: &str) -> Outcome {
        self.update(Input::Act { id: id.into(), value: None })
    }

    pub fn step(&mut self, count: u32) -> Outcome {
        self.update(Input::Step(count))
    }

    pub fn back(&mut self, count: u32) -> Outcome {
        self.update(Input::StepBack(count))
    }

    pub fn place(&mut self, handle: &str, value: f64) -> Outcome {
        self.update(Input::SetHandle { handle: handle.into(), value })
    }

    pub fn point(&mut self, stage: usize, phase: PointerPhase, kind: PointerKind, at: (f64, f64)) -> Outcome {
        self.update(Input::Pointer { stage, phase, kind, x: at.0, y: at.1 })
    }

    pub fn tick(&mut self, milliseconds: f64) -> Outcome {
        self.update(Input::Tick { milliseconds })
    }

    /// The whole readout.
    pub fn read(&mut self) -> Value {
        let text = self.0.readout_whole();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// A number of the readout, by its path.
    pub fn number(&mut self, path: &str) -> f64 {
        let all = self.read();
        all.pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("no number {path} in {all}"))
    }

    /// A word of the readout, by its path.
    pub fn word(&mut self, path: &str) -> String {
        let all = self.read();
        all.pointer(path).and_then(Value::as_str).unwrap_or_else(|| panic!("no word {path} in {all}")).to_owned()
    }

    pub fn status(&mut self) -> String {
        self.word("/status")
    }

    /// Where a handle is: its stage and its place there.
    pub fn handle(&mut self, id: &str) -> (usize, (f64, f64)) {
        let all = self.read();
        let handles = all["handles"].as_array().unwrap();
        let found = handles.iter().find(|h| h["id"] == id).unwrap_or_else(|| panic!("no handle {id}"));
        let number = |name: &str| found[name].as_f64().unwrap();
        (number("stage") as usize, (number("x"), number("y")))
    }

    /// What stands in the card, with its title.
    pub fn notice(&mut self) -> Option<Value> {
        self.read().get("notice").filter(|notice| !notice.is_null()).cloned()
    }

    /// The number of stages.
    pub fn stages(&mut self) -> usize {
        self.0.stages().len()
    }

    /// Draws both layers of a stage on one checking surface.
    pub fn drawn_stage(&mut self, stage: usize) -> Checker {
        let mut surface = Checker::default();
        for layer in [Layer::Base, Layer::Live] {
            self.0.draw(stage, layer, &mut surface, &light()).unwrap();
        }
        surface
    }

    /// Draws one layer of a stage on a checking surface.
    pub fn drawn_layer(&mut self, stage: usize, layer: Layer) -> Checker {
        let mut surface = Checker::default();
        self.0.draw(stage, layer, &mut surface, &light()).unwrap();
        surface
    }

    /// Every word that is drawn.
    pub fn drawn_words(&mut self) -> Vec<String> {
        let stages = self.stages();
        (0..stages).flat_map(|stage| self.drawn_stage(stage).words).map(|(words, _)| words).collect()
    }

    /// One layer of a stage, as marks of an SVG.
    pub fn svg(&mut self, stage: usize, layer: Layer) -> String {
        let mut surface = SvgSurface::new(960.0, 430.0);
        self.0.draw(stage, layer, &mut surface, &light()).unwrap();
        surface.body().to_owned()
    }

    /// Everything that is drawn.
    pub fn all_svg(&mut self) -> Vec<String> {
        let stages = self.stages();
        let layers = (0..stages).flat_map(|stage| [(stage, Layer::Base), (stage, Layer::Live)]);
        layers.map(|(stage, layer)| self.svg(stage, layer)).collect()
    }
}
