//! The frame of a chart: where the plot lies in its stage and how data become pixels.

pub use crate::clip::Rect;

/// Width and height of a stage in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// CSS pixels.
    pub width: f64,
    /// CSS pixels.
    pub height: f64,
}

/// Below this width of the whole widget a stage takes its narrow drawing, CSS pixels.
pub const NARROW: f64 = 560.0;

/// From data to CSS pixels along one axis, and back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruler {
    /// Data at the two ends: left and right, or bottom and top.
    pub data: (f64, f64),
    /// CSS pixels at the two ends.
    pub pixels: (f64, f64),
}

impl Ruler {
    /// The place of a value. Huge values give huge pixels, never infinite ones where the value is finite.
    pub fn to_pixels(&self, value: f64) -> f64 {
        let share = (value - self.data.0) / (self.data.1 - self.data.0);
        let share = if value.is_finite() { share.clamp(-1e12, 1e12) } else { share };
        self.pixels.0 + share * (self.pixels.1 - self.pixels.0)
    }

    /// The value at a place.
    pub fn to_data(&self, pixels: f64) -> f64 {
        let share = (pixels - self.pixels.0) / (self.pixels.1 - self.pixels.0);
        self.data.0 + share * (self.data.1 - self.data.0)
    }

    /// CSS pixels to one unit of data, positive.
    pub fn per_unit(&self) -> f64 {
        ((self.pixels.1 - self.pixels.0) / (self.data.1 - self.data.0)).abs()
    }
}

/// Plot and rulers of one stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The stage.
    pub size: Size,
    /// The plot: curves are cut at its edges.
    pub plot: Rect,
    /// Left to right.
    pub x: Ruler,
    /// Bottom to top.
    pub y: Ruler,
    /// Whether this is the narrow drawing.
    pub narrow: bool,
}

/// Margins between stage and plot in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margins {
    /// Left: the y ticks stand here.
    pub left: f64,
    /// Right.
    pub right: f64,
    /// Bottom: the x ticks and the name of the axis stand here.
    pub bottom: f64,
    /// Top.
    pub top: f64,
}

impl Margins {
    /// Those of the visual language for a chart with axes.
    pub fn standard(narrow: bool) -> Self {
        if narrow {
            Self { left: 38.0, right: 12.0, bottom: 54.0, top: 0.0 }
        } else {
            Self { left: 52.0, right: 28.0, bottom: 58.0, top: 0.0 }
        }
    }
}

impl Frame {
    /// A frame whose plot is the stage less the margins. Data ranges must be finite and not empty; others become 0 to 1.
    pub fn new(size: Size, narrow: bool, margins: Margins, x: (f64, f64), y: (f64, f64)) -> Self {
        let plot = Rect::new(
            margins.left,
            margins.top,
            (size.width - margins.right).max(margins.left + 1.0),
            (size.height - margins.bottom).max(margins.top + 1.0),
        );
        Self::around(size, narrow, plot, x, y)
    }

    /// A frame whose plot is this rectangle.
    pub fn around(size: Size, narrow: bool, plot: Rect, x: (f64, f64), y: (f64, f64)) -> Self {
        Self {
            size,
            plot,
            x: Ruler { data: sound(x), pixels: (plot.left, plot.right) },
            y: Ruler { data: sound(y), pixels: (plot.bottom, plot.top) },
            narrow,
        }
    }

    /// The place of a data point in CSS pixels.
    pub fn place(&self, x: f64, y: f64) -> (f64, f64) {
        (self.x.to_pixels(x), self.y.to_pixels(y))
    }

    /// A polyline of data points in CSS pixels, cut at the edges of the plot.
    pub fn cut(&self, points: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
        let pixels: Vec<_> = points.iter().map(|&(x, y)| self.place(x, y)).collect();
        crate::clip::polyline(&pixels, &self.plot)
    }
}

/// Lines of one pixel stand on half pixels.
pub fn crisp(v: f64) -> f64 {
    v.floor() + 0.5
}

fn sound((low, high): (f64, f64)) -> (f64, f64) {
    let span = high - low;
    if low.is_finite() && high.is_finite() && span.is_finite() && span > 0.0 { (low, high) } else { (0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(width: f64, height: f64) -> Frame {
        let narrow = width < NARROW;
        Frame::new(Size { width, height }, narrow, Margins::standard(narrow), (-3.5, 3.5), (0.0, 4.4))
    }

    #[test]
    fn a_place_and_its_value_are_inverse() {
        let frame = frame(960.0, 430.0);
        for x in [-3.5, 0.1, 3.5] {
            assert!((frame.x.to_data(frame.x.to_pixels(x)) - x).abs() < 1e-12);
        }
        assert_eq!(frame.place(-3.5, 0.0), (frame.plot.left, frame.plot.bottom));
    }

    #[test]
    fn an_impossible_range_becomes_a_possible_one() {
        let size = Size { width: 300.0, height: 200.0 };
        for range in [(0.0, 0.0), (f64::NAN, 1.0), (-1e308, 1e308), (1.0, -1.0)] {
            let frame = Frame::new(size, true, Margins::standard(true), range, range);
            assert_eq!(frame.x.data, (0.0, 1.0));
        }
    }
}
