//! The frame of a chart: where the plot lies in its stage, how data become pixels, ticks, grid and the names of the axes.

pub use crate::clip::Rect;

use crate::painter::{Painter, Text, solid};
use crate::scene::Size;
use crate::surface::{Align, DrawError};
use crate::ticks::{Unit, ticks};

/// Below this width of the whole widget a stage takes its narrow drawing, CSS pixels.
pub const NARROW: f64 = 560.0;

/// From data to CSS pixels along one axis, and back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Data at the two ends: left and right, or bottom and top.
    pub data: (f64, f64),
    /// CSS pixels at the two ends.
    pub pixels: (f64, f64),
}

impl Scale {
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

/// Plot and scales of one stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The stage.
    pub size: Size,
    /// The plot: curves are cut at its edges.
    pub plot: Rect,
    /// Left to right.
    pub x: Scale,
    /// Bottom to top.
    pub y: Scale,
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

/// How the axes of a frame are written.
#[derive(Clone, Debug)]
pub struct Axes<'a> {
    /// At the right end of x.
    pub x_name: Text,
    /// At the top left of y.
    pub y_name: Text,
    /// On every x tick.
    pub x_unit: Unit<'a>,
    /// On every y tick.
    pub y_unit: Unit<'a>,
    /// Where the name of y stands, if not at the top left of the plot: a place that keeps clear of the curve, CSS pixels.
    pub y_name_at: Option<(f64, f64)>,
    /// How far below the axis the name of x stands, CSS pixels.
    pub x_name_below: f64,
    /// No ticks: values cannot be read off (a blindfold).
    pub mute_y: bool,
    /// The x axis counts calendar years: 1960, not 1,960.
    pub x_years: bool,
}

impl<'a> Axes<'a> {
    /// Axes without units.
    pub fn new(x_name: Text, y_name: Text) -> Self {
        Self {
            x_name,
            y_name,
            x_unit: Unit::default(),
            y_unit: Unit::default(),
            y_name_at: None,
            x_name_below: 42.0,
            mute_y: false,
            x_years: false,
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
        Self {
            size,
            plot,
            x: Scale { data: sound(x), pixels: (plot.left, plot.right) },
            y: Scale { data: sound(y), pixels: (plot.bottom, plot.top) },
            narrow,
        }
    }

    /// The place of a data point in CSS pixels.
    pub fn place(&self, x: f64, y: f64) -> (f64, f64) {
        (self.x.to_pixels(x), self.y.to_pixels(y))
    }

    /// Where curves are drawn: the plot, and to the right the margin too. On the left the labels of y would be in the way.
    pub fn window(&self) -> Rect {
        Rect { right: self.size.width, ..self.plot }
    }

    /// A polyline of data points in CSS pixels, cut at the edges of the [`Frame::window`].
    pub fn cut(&self, points: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
        let pixels: Vec<_> = points.iter().map(|&(x, y)| self.place(x, y)).collect();
        crate::clip::polyline(&pixels, &self.window())
    }

    /// Draws grid, axis, ticks and names.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn draw(&self, painter: &mut Painter<'_>, axes: &Axes<'_>) -> Result<(), DrawError> {
        if !axes.mute_y {
            self.draw_y(painter, &axes.y_unit)?;
        }
        self.draw_x(painter, axes)?;
        let plot = &self.plot;
        painter.text((plot.right, plot.bottom + axes.x_name_below), Align::End, &axes.x_name)?;
        let (x, y) = axes.y_name_at.unwrap_or((plot.left + 8.0, plot.top + 20.0));
        painter.text((x, y), Align::Start, &axes.y_name)
    }

    fn draw_y(&self, painter: &mut Painter<'_>, unit: &Unit<'_>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let plot = &self.plot;
        // No line right under the upper edge, where the name of the axis stands.
        let highest = self.y.to_data(plot.top + 20.0);
        let found = ticks(self.y.data.0, highest, if self.narrow { 3 } else { 5 });
        let places: Vec<f64> = found.values.iter().map(|&v| self.y.to_pixels(v)).collect();
        let mut grid = Vec::with_capacity(places.len());
        for &y in &places {
            // The axis line stands at the bottom already.
            if (y - plot.bottom).abs() > 2.0 {
                let y = crisp(y);
                grid.push([(plot.left, y), (plot.right, y)]);
            }
        }
        let grid: Vec<&[(f64, f64)]> = grid.iter().map(|line| line.as_slice()).collect();
        painter.lines(&grid, &solid(theme.grid, 1.0))?;
        let kept = found.labelled(&places, &vec![12.0; places.len()], 12.0);
        for ((y, words), kept) in places.iter().zip(found.labels(unit)).zip(kept) {
            // A label at the very top would be cut by the stage.
            if kept && *y >= plot.top + 10.0 {
                painter.text((plot.left - 10.0, *y), Align::End, &Text::tick(theme, &words))?;
            }
        }
        Ok(())
    }

    fn draw_x(&self, painter: &mut Painter<'_>, axes: &Axes<'_>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let plot = &self.plot;
        let stroke = solid(theme.axis, 1.25);
        let found = ticks(self.x.data.0, self.x.data.1, if self.narrow { 5 } else { 7 });
        let places: Vec<f64> = found.values.iter().map(|&v| self.x.to_pixels(v)).collect();
        let base = plot.bottom;
        let mut marks = vec![[(plot.left, base), (plot.right, base)]];
        marks.extend(places.iter().map(|&x| [(x, base), (x, base + 5.0)]));
        let marks: Vec<&[(f64, f64)]> = marks.iter().map(|line| line.as_slice()).collect();
        painter.lines(&marks, &stroke)?;
        let words = found.labels(&axes.x_unit);
        let words = words.iter().map(|w| if axes.x_years { w.replace(',', "") } else { w.clone() });
        let labels: Vec<Text> = words.map(|words| Text::tick(theme, &words)).collect();
        let room: Vec<f64> = labels.iter().map(|label| painter.width(label)).collect();
        let kept = found.labelled(&places, &room, 12.0);
        for (((x, label), room), kept) in places.iter().zip(&labels).zip(&room).zip(kept) {
            let inside = *x - room / 2.0 >= 2.0 && *x + room / 2.0 <= self.size.width - 2.0;
            if kept && inside {
                painter.text((*x, base + 16.0), Align::Middle, label)?;
            }
        }
        Ok(())
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
    use crate::painter::SvgSurface;
    use crate::theme::Theme;

    fn frame(width: f64, height: f64) -> Frame {
        let narrow = width < NARROW;
        Frame::new(Size { width, height }, narrow, Margins::standard(narrow), (-3.5, 3.5), (0.0, 4.4))
    }

    fn drawn(frame: &Frame) -> String {
        let theme = Theme::light();
        let mut svg = SvgSurface::new(frame.size.width, frame.size.height);
        let axes = Axes::new(
            Text::label(theme.step.text).plain("parameter ").math("w"),
            Text::label(theme.loss.text).plain("loss ").math("L"),
        );
        frame.draw(&mut Painter::new(&mut svg, &theme), &axes).unwrap();
        svg.body().to_owned()
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
    fn the_wide_chart_has_seven_x_labels_and_the_narrow_one_at_most_five() {
        let labels = |svg: &str| svg.matches("text-anchor=\"middle\"").count();
        assert_eq!(labels(&drawn(&frame(960.0, 430.0))), 7);
        let narrow = labels(&drawn(&frame(350.0, 330.0)));
        assert!((3..=5).contains(&narrow), "{narrow}");
    }

    #[test]
    fn grid_lines_stand_on_half_pixels() {
        let theme = Theme::light();
        let svg = drawn(&frame(960.0, 430.0));
        let line =
            svg.lines().find(|l| l.contains(&format!("#{:02x}{:02x}{:02x}", theme.grid.r, theme.grid.g, theme.grid.b)));
        let grid = line.unwrap();
        assert!(grid.matches(".5L").count() >= 4, "{grid}");
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
