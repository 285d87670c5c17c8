//! For tests: a surface that draws nothing and checks everything. The tests outside of the crate take this file too.

// Each test program uses what it needs.
#![allow(dead_code)]

use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};

use scenes::surface::{Align, DrawError, Label, Stroke, Surface};
use scenes::theme::Color;

/// The points of a line, its colour and its width.
pub type Drawn = (Vec<(f64, f64)>, Color, f64);

/// Fails the test on a coordinate that is not finite or absurdly far away, a stroke without width, or words with a number that is
/// none. Keeps the boxes of all words, so that a test can ask whether two cover one another.
#[derive(Debug, Default)]
pub struct Checker {
    /// Words and their boxes: left, top, right, bottom.
    pub words: Vec<(String, [f64; 4])>,
    /// Lines with their colours and widths.
    pub lines: Vec<Drawn>,
    /// Filled polygons with their colours.
    pub shapes: Vec<(Vec<(f64, f64)>, Color)>,
    /// Marks drawn.
    pub marks: usize,
}

impl Checker {
    fn point(&mut self, (x, y): (f64, f64)) {
        assert!(x.is_finite() && y.is_finite() && x.abs() <= 2e6 && y.abs() <= 2e6, "drawn at {x}, {y}");
        self.marks += 1;
    }

    fn stroke(stroke: &Stroke<'_>) {
        assert!(stroke.width.is_finite() && stroke.width > 0.0 && (0.0..=1.0).contains(&stroke.color.a));
    }

    /// Pairs of words of which one covers the other.
    pub fn collisions(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (i, (a, p)) in self.words.iter().enumerate() {
            for (b, q) in self.words.iter().skip(i + 1) {
                if p[0] < q[2] - 0.5 && q[0] < p[2] - 0.5 && p[1] < q[3] - 0.5 && q[1] < p[3] - 0.5 {
                    found.push((a.clone(), b.clone()));
                }
            }
        }
        found
    }

    /// Words that leave a stage of this size.
    pub fn cut_off(&self, width: f64, height: f64) -> Vec<String> {
        let out = |b: &[f64; 4]| b[0] < 0.0 || b[1] < 0.0 || b[2] > width || b[3] > height;
        self.words.iter().filter(|(_, b)| out(b)).map(|(words, _)| words.clone()).collect()
    }
}

impl Surface for Checker {
    fn polylines(&mut self, lines: &[&[(f64, f64)]], stroke: &Stroke<'_>) -> Result<(), DrawError> {
        Self::stroke(stroke);
        lines.iter().flat_map(|line| line.iter()).for_each(|p| self.point(*p));
        self.lines.extend(lines.iter().map(|line| (line.to_vec(), stroke.color, stroke.width)));
        Ok(())
    }

    fn polygons(&mut self, polygons: &[&[(f64, f64)]], color: Color) -> Result<(), DrawError> {
        polygons.iter().flat_map(|polygon| polygon.iter()).for_each(|p| self.point(*p));
        self.shapes.extend(polygons.iter().map(|polygon| (polygon.to_vec(), color)));
        Ok(())
    }

    fn discs(&mut self, centres: &[(f64, f64)], radius: f64, _color: Color) -> Result<(), DrawError> {
        assert!(radius.is_finite() && radius > 0.0);
        centres.iter().for_each(|p| self.point(*p));
        Ok(())
    }

    fn circles(&mut self, centres: &[(f64, f64)], radius: f64, stroke: &Stroke<'_>) -> Result<(), DrawError> {
        Self::stroke(stroke);
        self.discs(centres, radius, stroke.color)
    }

    fn label(&mut self, at: (f64, f64), label: &Label<'_>) -> Result<(), DrawError> {
        self.label_line(at, label.align, core::slice::from_ref(label))
    }

    fn label_line(&mut self, at: (f64, f64), align: Align, runs: &[Label<'_>]) -> Result<(), DrawError> {
        self.point(at);
        let text: String = runs.iter().map(|run| run.text).collect();
        assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
        let width: f64 = runs.iter().map(|run| self.label_width(run)).sum();
        let left = match align {
            Align::Start => at.0,
            Align::Middle => at.0 - width / 2.0,
            Align::End => at.0 - width,
        };
        // Digits and capitals are about 0.72 of the size high.
        let half = 0.36 * runs.first().map_or(12.0, |run| run.size);
        self.words.push((text, [left, at.1 - half, left + width, at.1 + half]));
        Ok(())
    }
}

type Done = Result<(), DrawingErrorKind<core::fmt::Error>>;

/// Scenes draw through [`Surface`] alone.
impl DrawingBackend for Checker {
    type ErrorType = core::fmt::Error;

    fn get_size(&self) -> (u32, u32) {
        (0, 0)
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    fn draw_pixel(&mut self, _at: BackendCoord, _color: BackendColor) -> Done {
        panic!("a scene drew past the surface")
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, _path: I, _style: &S) -> Done {
        panic!("a scene drew past the surface")
    }
}
