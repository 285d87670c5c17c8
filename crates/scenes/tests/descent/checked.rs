//! A surface that refuses what no backend should ever be given, and a reader that refuses what no page should ever show.

use plotters_backend::{BackendColor, BackendCoord, DrawingBackend, DrawingErrorKind};
use scenes::scene::{Layer, Scene};
use scenes::surface::{DrawError, Label, Stroke, Surface};
use scenes::theme::{Color, Theme};

/// Counts what is drawn and panics at a coordinate that is not finite or far outside of any stage.
#[derive(Default)]
pub struct Checked {
    pub marks: usize,
    pub words: Vec<String>,
}

impl Checked {
    fn points(&mut self, points: &[(f64, f64)]) {
        for (x, y) in points {
            assert!(x.abs() < 1e5 && y.abs() < 1e5, "drawn at ({x}, {y})");
        }
        self.marks += 1;
    }
}

impl Surface for Checked {
    fn polylines(&mut self, lines: &[&[(f64, f64)]], stroke: &Stroke<'_>) -> Result<(), DrawError> {
        assert!(stroke.width.is_finite());
        lines.iter().for_each(|line| self.points(line));
        Ok(())
    }
    fn polygons(&mut self, polygons: &[&[(f64, f64)]], _color: Color) -> Result<(), DrawError> {
        polygons.iter().for_each(|polygon| self.points(polygon));
        Ok(())
    }
    fn discs(&mut self, centres: &[(f64, f64)], radius: f64, _color: Color) -> Result<(), DrawError> {
        assert!(radius.is_finite() && radius >= 0.0, "radius {radius}");
        self.points(centres);
        Ok(())
    }
    fn circles(&mut self, centres: &[(f64, f64)], radius: f64, _stroke: &Stroke<'_>) -> Result<(), DrawError> {
        assert!(radius.is_finite() && radius >= 0.0, "radius {radius}");
        self.points(centres);
        Ok(())
    }
    fn label(&mut self, at: (f64, f64), label: &Label<'_>) -> Result<(), DrawError> {
        self.points(&[at]);
        sound_words(label.text);
        self.words.push(label.text.to_owned());
        Ok(())
    }
}

impl DrawingBackend for Checked {
    type ErrorType = core::fmt::Error;
    fn get_size(&self) -> (u32, u32) {
        (960, 430)
    }
    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        Ok(())
    }
    fn present(&mut self) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        Ok(())
    }
    fn draw_pixel(&mut self, _at: BackendCoord, _color: BackendColor) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        panic!("the scene draws with the surface's own operations")
    }
}

/// Draws every stage and gives what was drawn.
pub fn drawn<S: Scene>(scene: &S) -> Checked {
    let mut surface = Checked::default();
    for stage in 0..scene.stages().len() {
        for layer in [Layer::Base, Layer::Live] {
            scene.draw(stage, layer, &mut surface, &Theme::light()).unwrap();
        }
    }
    surface
}

/// Words a page may show.
pub fn sound_words(text: &str) {
    let wrong = ["NaN", "inf", "Inf", "null"].iter().find(|w| {
        text.match_indices(**w).any(|(at, _)| {
            let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
            !letter(text[..at].chars().next_back()) && !letter(text[at + w.len()..].chars().next())
        })
    });
    assert!(wrong.is_none(), "shown: {text}");
}

/// A readout in which every number is finite and every sentence speaks of numbers, not of machine words.
pub fn sound(readout: &serde_json::Value) {
    const MAY_BE_ABSENT: [&str; 13] = [
        "value",
        "reason",
        "notice",
        "action",
        "undo",
        "hint",
        "mistake",
        "mistakeText",
        "triangle",
        "suggestedLearningRate",
        "largestStableLearningRate",
        "lowestFound",
        "inLowestValley",
    ];
    match readout {
        serde_json::Value::Object(fields) => {
            for (name, field) in fields {
                // JSON writes what is not finite as null.
                assert!(!field.is_null() || MAY_BE_ABSENT.contains(&name.as_str()), "{name} is absent");
                // What a learner typed may say anything.
                if !["text", "mistakeText", "mathml", "derivativeText", "derivativeMathml", "message", "hint"]
                    .contains(&name.as_str())
                {
                    sound(field);
                }
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| {
            assert!(!item.is_null(), "a list holds what is not finite: {readout}");
            sound(item);
        }),
        serde_json::Value::String(text) => sound_words(text),
        _ => {}
    }
}
