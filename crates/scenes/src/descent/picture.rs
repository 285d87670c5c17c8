//! The sampled curve in CSS pixels, kept until formula, view or size changes.

use calculus::End;

use super::curve::Curve;
use super::landscape::Landscape;
use super::{CURVE, HISTORY};
use crate::frame::{Frame, Margins, NARROW};
use crate::number;
use crate::painter::fallback;
use crate::scene::Size;
use crate::surface::{Align, Label};
use crate::theme::Color;
use crate::ticks::{Unit, ticks};

/// Pixels kept clear above the x axis of the history for its ticks and name.
const HISTORY_BOTTOM: f64 = 46.0;

/// Both stages, ready to be drawn.
#[derive(Clone, Debug)]
pub struct Pictures {
    sizes: [Size; 2],
    version: u64,
    /// Plot and scales of the curve's stage.
    pub frame: Frame,
    /// The curve in CSS pixels, cut at the window, in pieces that are never joined.
    pub lines: Vec<Vec<(f64, f64)>>,
    /// Hollow dots: values missing from the curve, CSS pixels.
    pub holes: Vec<(f64, f64)>,
    /// Filled dots: where a piece ends and its value belongs to it, CSS pixels.
    pub dots: Vec<(f64, f64)>,
}

impl Pictures {
    /// At the sizes of the wide drawing, until the page says otherwise.
    pub fn new() -> Self {
        let size = Size { width: 960.0, height: 430.0 };
        Self {
            sizes: [size, Size { width: 960.0, height: 190.0 }],
            version: 0,
            frame: Frame::new(size, false, Margins::standard(false), (0.0, 1.0), (0.0, 1.0)),
            lines: Vec::new(),
            holes: Vec::new(),
            dots: Vec::new(),
        }
    }

    /// The size of a stage.
    pub fn size(&self, stage: usize) -> Size {
        let [curve, history] = self.sizes;
        if stage == CURVE { curve } else { history }
    }

    /// Takes another size, and says whether it is another.
    pub fn resize(&mut self, stage: usize, size: Size) -> bool {
        let [curve, history] = &mut self.sizes;
        let slot = match stage {
            CURVE => curve,
            HISTORY => history,
            _ => return false,
        };
        core::mem::replace(slot, size) != size
    }

    /// Changes whenever a base layer would look different.
    pub fn version(&self, _stage: usize) -> u64 {
        self.version
    }

    /// Says that the base layers look different now.
    pub fn touch(&mut self) {
        self.version += 1;
    }

    /// Samples the curve again.
    pub fn renew(&mut self, curve: &Curve, land: &Landscape) {
        self.touch();
        let size = self.size(CURVE);
        self.frame = frame(size, Margins::standard(size.width < NARROW), land.domain, land.range);
        let frame = self.frame;
        self.holes.clear();
        self.dots.clear();
        if curve.is_level() {
            let y = curve.value(0.0).unwrap_or(0.0);
            self.lines = frame.cut(&[(frame.x.to_data(0.0), y), (frame.x.to_data(size.width), y)]);
            return;
        }
        let window = frame.window();
        let view = calculus::View {
            x: (frame.x.to_data(window.left), frame.x.to_data(window.right)),
            y: frame.y.data,
            width: window.width(),
            height: window.height(),
        };
        let plot = curve.expression().sample(0, &[0.0], &view);
        self.lines = plot.pieces.iter().flat_map(|piece| frame.cut(&piece.points)).collect();
        let ends = |wanted: End| {
            plot.pieces.iter().flat_map(move |piece| {
                let first = piece.points.first().filter(|_| piece.start == wanted);
                let last = piece.points.last().filter(|_| piece.end == wanted);
                first.into_iter().chain(last)
            })
        };
        let visible = |points: &mut dyn Iterator<Item = &(f64, f64)>| {
            points.map(|&(x, y)| frame.place(x, y)).filter(|p| window.contains(*p)).collect()
        };
        self.holes = visible(&mut ends(End::Open).chain(&plot.holes));
        // The end of a curve needs no mark where nothing else is near: only an end that faces an open one has a dot.
        self.dots = visible(&mut plot.dots.iter().chain(ends(End::Closed).filter(|_| !self.holes.is_empty())));
    }

    /// Plot and scales of the history's stage for these ranges.
    pub fn history_frame(&self, x: (f64, f64), y: (f64, f64)) -> Frame {
        let size = self.size(HISTORY);
        let margins = Margins { bottom: HISTORY_BOTTOM, top: 10.0, ..Margins::standard(size.width < NARROW) };
        frame(size, margins, x, y)
    }
}

/// A frame whose left margin holds its y labels.
fn frame(size: Size, margins: Margins, x: (f64, f64), y: (f64, f64)) -> Frame {
    let narrow = size.width < NARROW;
    let words = ticks(y.0, y.1, if narrow { 3 } else { 5 }).labels(&Unit::default());
    let widest = words.iter().map(|text| tick_width(text)).fold(0.0, f64::max);
    let margins = Margins { left: margins.left.max(widest + 18.0).min(size.width / 3.0), ..margins };
    Frame::new(size, narrow, margins, x, y)
}

fn tick_width(text: &str) -> f64 {
    let color = Color { r: 0, g: 0, b: 0, a: 1.0 };
    fallback::label_width(&Label {
        text,
        size: 12.0,
        weight: 400,
        math: false,
        align: Align::End,
        color,
        halo: None,
        family: "",
    })
}

/// Digits after the point for values of an axis that spans this much.
pub fn decimals(span: f64) -> usize {
    number::decimals_for_span(span)
}
