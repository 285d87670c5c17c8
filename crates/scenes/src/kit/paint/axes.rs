//! Where the plot of a stage lies, and its axes: grid, ticks, names.

use super::hue;
use crate::frame::{Frame, Margins, NARROW, Rect, Size, crisp};
use crate::kit::{Axis, Shape, Stage};
use crate::number::Locale;
use crate::painter::fallback;
use crate::painter::{Painter, Text, solid};
use crate::surface::{Align, DrawError, Label};
use crate::theme::Color;
use crate::ticks::{Counts, Ticks, ticks};

/// Below this width a stage beside or below another takes its narrow drawing: the stage of a wide widget is wider.
const NARROW_PART: f64 = 450.0;

/// A strip lower than this has no axis below it: its description says the steps.
const LOW: f64 = 100.0;
/// The room over and under the plot of a low strip.
const LOW_MARGIN: f64 = 12.0;

/// Whether a strip is low.
pub(super) fn is_low(size: Size) -> bool {
    size.height < LOW
}

/// What the numbers of an axis count, in the unit that suits how far it reaches.
fn counts(axis: &Axis, (low, high): (f64, f64)) -> Counts {
    if axis.counts == Counts::Dollars { Counts::dollars_up_to(low.abs().max(high.abs())) } else { axis.counts }
}

/// The room that tick labels at the left need, CSS pixels: 6.9 a character at 12 px, and some between them and the plot.
fn left_margin(least: f64, axis: &Axis, range: (f64, f64), most: usize, locale: &Locale) -> f64 {
    let labels = ticks(range.0, range.1, most).labels(counts(axis, range), locale);
    // Raised digits and the like are wider than that.
    let needs = labels.iter().map(|words| (tick_width(words) + 10.0).max(6.9 * words.chars().count() as f64 + 14.0));
    needs.fold(least, f64::max)
}

/// Plots and rulers of stages of these sizes. Those that share their x axis have the same room at the left.
pub(crate) fn frames(stages: &[(&Stage, Size)], locale: &Locale) -> Vec<Frame> {
    let shares = |shape: Shape| matches!(shape, Shape::Upper | Shape::Lower);
    let alone = stages.iter().map(|(stage, size)| frame(stage, *size, 0.0, locale));
    let all: Vec<Frame> = alone.collect();
    let lefts = stages.iter().zip(&all).filter(|((stage, _), _)| shares(stage.shape)).map(|(_, f)| f.plot.left);
    let Some(left) = lefts.reduce(f64::max) else { return all };
    stages.iter().map(|(stage, size)| frame(stage, *size, left, locale)).collect()
}

/// Plot and rulers of a stage of this size; where it shares its x axis with another, with this much room at the left at least.
fn frame(stage: &Stage, size: Size, least_left: f64, locale: &Locale) -> Frame {
    let (x, y) = (stage.x.range, stage.y.range);
    match stage.shape {
        Shape::Wide | Shape::Upper | Shape::Lower => {
            let narrow = size.width < NARROW;
            let mut margins = Margins::standard(narrow);
            if stage.shape == Shape::Upper {
                margins.bottom = 12.0;
            }
            // The room for numbers is that of the numbers drawn; where they stand along y does not depend on it.
            let draft = Frame::new(size, narrow, margins, x, y);
            let words = y_ticks(stage, &draft).labels(counts(&stage.y, y), locale);
            let widest = words.iter().map(|text| tick_width(text)).fold(0.0, f64::max);
            let left = margins.left.max(widest + 18.0).min(size.width / 3.0);
            let left = if stage.shape == Shape::Wide { left } else { left.max(least_left) };
            Frame::new(size, narrow, Margins { left, ..margins }, x, y)
        }
        Shape::Scatter => {
            let narrow = size.width < NARROW_PART;
            let (least, most) = if narrow { (46.0, 3) } else { (56.0, 5) };
            let left = left_margin(least, &stage.y, y, most, locale);
            Frame::new(size, narrow, Margins { left, right: 16.0, bottom: 54.0, top: 0.0 }, x, y)
        }
        Shape::Strip => {
            let narrow = size.width < NARROW_PART;
            let left = left_margin(if narrow { 46.0 } else { 56.0 }, &stage.y, y, 3, locale);
            let (top, bottom) = if is_low(size) { (LOW_MARGIN, LOW_MARGIN) } else { (10.0, 34.0) };
            Frame::new(size, narrow, Margins { left, right: 16.0, bottom, top }, x, y)
        }
        Shape::Map { equal } => {
            let plot =
                |left: f64| Rect::new(left, 36.0, (size.width - 14.0).max(left + 20.0), (size.height - 54.0).max(57.0));
            let ranges = |plot: &Rect| if equal { equal_scales(x, y, plot) } else { (x, y) };
            // The left margin depends on the labels, they on the range, and that hardly on the margin: a few looks settle it.
            let look =
                |left: f64, _| left_margin(left, &stage.y, ranges(&plot(left)).1, 5, locale).min(size.width / 3.0);
            let plot = plot((0..3).fold(54.0, look));
            let (x, y) = ranges(&plot);
            Frame::around(size, plot.width() < 300.0, plot, x, y)
        }
    }
}

/// The most ticks along y.
fn most_y(shape: Shape, narrow: bool) -> usize {
    match shape {
        _ if narrow => 3,
        Shape::Lower => 4,
        _ => 5,
    }
}

/// The ranges made larger where it takes that for one scale on both axes.
fn equal_scales(x: (f64, f64), y: (f64, f64), plot: &Rect) -> ((f64, f64), (f64, f64)) {
    let unit = ((x.1 - x.0) / plot.width()).max((y.1 - y.0) / plot.height());
    let around = |(low, high): (f64, f64), pixels: f64| {
        let (middle, half) = (low + (high - low) / 2.0, unit * pixels / 2.0);
        (middle - half, middle + half)
    };
    (around(x, plot.width()), around(y, plot.height()))
}

fn tick_width(text: &str) -> f64 {
    let color = Color { r: 0, g: 0, b: 0, a: 1.0 };
    let label = Label { text, size: 12.0, weight: 400, math: false, align: Align::End, color, halo: None, family: "" };
    fallback::label_width(&label)
}

/// The name of an axis, the first that is not wider than this.
fn name(painter: &Painter<'_>, axis: &Axis, room: f64) -> Text {
    let color = hue(painter.theme, axis.role).text;
    let mut texts = axis.names.iter().map(|words| Text::label(color).rich(words));
    let first = texts.next().unwrap_or_else(|| Text::label(color));
    if axis.names.len() < 2 || painter.width(&first) <= room {
        return first;
    }
    let rest: Vec<Text> = texts.collect();
    rest.iter().find(|text| painter.width(text) <= room).or(rest.last()).cloned().unwrap_or(first)
}

/// The corners of the name of y inside a scatter.
pub(super) fn name_inside(stage: &Stage, frame: &Frame, painter: &Painter<'_>) -> [(f64, f64); 2] {
    let (left, y) = (frame.plot.left + 8.0, frame.plot.top + 20.0);
    let width = painter.width(&name(painter, &stage.y, frame.plot.width()));
    [(left, y - 8.0), (left + width, y + 8.0)]
}

/// Draws the axes of a stage; the name of y is left to [`y_name`] on a wide one.
pub(super) fn draw(stage: &Stage, frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
    match stage.shape {
        Shape::Wide | Shape::Scatter | Shape::Upper | Shape::Lower => {
            if !stage.y.mute {
                draw_y(stage, frame, painter)?;
            }
            draw_x(&stage.x, frame, stage.shape != Shape::Upper, painter)?;
            if stage.shape == Shape::Upper {
                return Ok(());
            }
            let plot = &frame.plot;
            let mut x_name = name(painter, &stage.x, plot.width());
            x_name.halo = !stage.y.mute;
            painter.text((plot.right, plot.bottom + 42.0), Align::End, &x_name)?;
            if stage.shape == Shape::Scatter {
                let name = name(painter, &stage.y, plot.width());
                painter.text((plot.left + 8.0, plot.top + 20.0), Align::Start, &name)?;
            }
            Ok(())
        }
        Shape::Strip => draw_strip(stage, frame, painter),
        Shape::Map { .. } => draw_map(stage, frame, painter),
    }
}

/// Where the name of the upright axis of a wide stage stands, clear of the curves: its words and their left end.
fn place_y_name(stage: &Stage, frame: &Frame, curves: &[Vec<(f64, f64)>], painter: &Painter<'_>) -> (Text, (f64, f64)) {
    let plot = &frame.plot;
    let name = name(painter, &stage.y, plot.width());
    let (width, y) = (painter.width(&name), plot.top + 20.0);
    let mut x = plot.left + 8.0;
    let clear = |x: f64| {
        // A knob on the curve keeps clear of it too.
        let area = Rect::new(x - 14.0, y - 20.0, x + width + 14.0, y + 20.0);
        !curves.iter().any(|line| {
            line.windows(2).any(|pair| matches!(pair, &[p, q] if crate::clip::segment(p, q, &area).is_some()))
        })
    };
    while x + width < plot.right - 4.0 && !clear(x) {
        x += 12.0;
    }
    let x = if x + width < plot.right - 4.0 { x } else { plot.left + 8.0 };
    (name, (x, y))
}

/// The name of y along the top, at a place clear of these curves.
pub(super) fn y_name(
    stage: &Stage,
    frame: &Frame,
    curves: &[Vec<(f64, f64)>],
    painter: &mut Painter<'_>,
) -> Result<(), DrawError> {
    let (name, at) = place_y_name(stage, frame, curves, painter);
    painter.text(at, Align::Start, &name)
}

/// The room that this name takes.
pub(super) fn y_name_area(stage: &Stage, frame: &Frame, curves: &[Vec<(f64, f64)>], painter: &Painter<'_>) -> Rect {
    let (name, (x, y)) = place_y_name(stage, frame, curves, painter);
    Rect::new(x, y - 8.0, x + painter.width(&name), y + 8.0)
}

fn draw_y(stage: &Stage, frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
    let (theme, plot) = (painter.theme, &frame.plot);
    let places: Vec<f64> = y_ticks(stage, frame).values.iter().map(|&v| frame.y.to_pixels(v)).collect();
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
    for (at, label) in y_labels(stage, frame, painter) {
        painter.text(at, Align::End, &label)?;
    }
    Ok(())
}

/// No tick right under the upper edge, where the name of the axis stands.
fn y_ticks(stage: &Stage, frame: &Frame) -> Ticks {
    let highest = frame.y.to_data(frame.plot.top + 20.0);
    ticks(frame.y.data.0, highest, most_y(stage.shape, frame.narrow))
}

/// The numbers beside the plot, each with its right end.
fn y_labels(stage: &Stage, frame: &Frame, painter: &Painter<'_>) -> Vec<((f64, f64), Text)> {
    let (plot, found) = (&frame.plot, y_ticks(stage, frame));
    let places: Vec<f64> = found.values.iter().map(|&v| frame.y.to_pixels(v)).collect();
    let kept = found.labelled(&places, &vec![12.0; places.len()], 12.0);
    let labels = found.labels(counts(&stage.y, frame.y.data), &painter.language.locale());
    let all = places.into_iter().zip(labels).zip(kept);
    // A label at the very top would be cut by the stage.
    let seen = all.filter(|((y, _), kept)| *kept && *y >= plot.top + 10.0);
    seen.map(|((y, words), _)| ((plot.left - 10.0, y), Text::tick(painter.theme, &words))).collect()
}

/// The room that those numbers take.
pub(super) fn y_label_areas(stage: &Stage, frame: &Frame, painter: &Painter<'_>) -> Vec<Rect> {
    let area = |((x, y), label): ((f64, f64), Text)| Rect::new(x - painter.width(&label), y - 6.0, x, y + 6.0);
    y_labels(stage, frame, painter).into_iter().map(area).collect()
}

fn draw_x(axis: &Axis, frame: &Frame, named: bool, painter: &mut Painter<'_>) -> Result<(), DrawError> {
    let (theme, plot, locale) = (painter.theme, &frame.plot, painter.language.locale());
    let found = ticks(frame.x.data.0, frame.x.data.1, if frame.narrow { 5 } else { 7 });
    let places: Vec<f64> = found.values.iter().map(|&v| frame.x.to_pixels(v)).collect();
    let base = plot.bottom;
    let mut marks = vec![[(plot.left, base), (plot.right, base)]];
    marks.extend(places.iter().map(|&x| [(x, base), (x, base + 5.0)]));
    let marks: Vec<&[(f64, f64)]> = marks.iter().map(|line| line.as_slice()).collect();
    painter.lines(&marks, &solid(theme.axis, 1.25))?;
    if !named {
        return Ok(());
    }
    let words = found.labels(counts(axis, frame.x.data), &locale);
    let labels: Vec<Text> = words.iter().map(|words| Text::tick(theme, words)).collect();
    let room: Vec<f64> = labels.iter().map(|label| painter.width(label)).collect();
    let kept = found.labelled(&places, &room, 12.0);
    for (((x, label), room), kept) in places.iter().zip(&labels).zip(&room).zip(kept) {
        let inside = *x - room / 2.0 >= 2.0 && *x + room / 2.0 <= frame.size.width - 2.0;
        if kept && inside {
            painter.text((*x, base + 16.0), Align::Middle, label)?;
        }
    }
    Ok(())
}

fn draw_strip(stage: &Stage, frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
    let (theme, plot, locale) = (painter.theme, &frame.plot, painter.language.locale());
    let low = is_low(frame.size);
    let found = ticks(frame.y.data.0, frame.y.data.1, if low { 2 } else { 3 });
    for (value, words) in found.values.iter().zip(found.labels(counts(&stage.y, frame.y.data), &locale)) {
        let y = frame.y.to_pixels(*value);
        if (y - plot.bottom).abs() > 2.0 {
            painter.line(&[(plot.left, crisp(y)), (plot.right, crisp(y))], &solid(theme.grid, 1.0))?;
        }
        painter.text((plot.left - 9.0, y), Align::End, &Text::tick(theme, &words))?;
    }
    if low {
        return Ok(());
    }
    let axis = solid(theme.axis, 1.25);
    painter.line(&[(plot.left, plot.bottom), (plot.right, plot.bottom)], &axis)?;
    let name = name(painter, &stage.x, plot.width() / 2.0);
    let end = plot.right - painter.width(&name) - 12.0;
    let found = ticks(frame.x.data.0, frame.x.data.1, if frame.narrow { 5 } else { 7 });
    for (value, words) in found.values.iter().zip(found.labels(counts(&stage.x, frame.x.data), &locale)) {
        let x = frame.x.to_pixels(*value);
        let label = Text::tick(theme, &words);
        painter.line(&[(x, plot.bottom), (x, plot.bottom + 5.0)], &axis)?;
        if x + painter.width(&label) / 2.0 <= end {
            painter.text((x, plot.bottom + 16.0), Align::Middle, &label)?;
        }
    }
    painter.text((plot.right, plot.bottom + 16.0), Align::End, &name)
}

fn draw_map(stage: &Stage, frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
    let (theme, f, locale) = (painter.theme, &frame.plot, painter.language.locale());
    let axis = solid(theme.axis, 1.25);
    let found = ticks(frame.x.data.0, frame.x.data.1, if frame.narrow { 4 } else { 5 });
    let places: Vec<f64> = found.values.iter().map(|v| frame.x.to_pixels(*v)).collect();
    let words = found.labels(counts(&stage.x, frame.x.data), &locale);
    let labels: Vec<Text> = words.iter().map(|w| Text::tick(theme, w)).collect();
    let room: Vec<f64> = labels.iter().map(|label| painter.width(label)).collect();
    let kept = found.labelled(&places, &room, 12.0);
    for (((px, label), room), kept) in places.iter().zip(&labels).zip(&room).zip(kept) {
        painter.line(&[(*px, f.bottom), (*px, f.bottom + 5.0)], &axis)?;
        if kept && px + room / 2.0 <= frame.size.width - 2.0 {
            painter.text((*px, f.bottom + 16.0), Align::Middle, label)?;
        }
    }
    let found = ticks(frame.y.data.0, frame.y.data.1, 5);
    let places: Vec<f64> = found.values.iter().map(|v| frame.y.to_pixels(*v)).collect();
    let words = found.labels(counts(&stage.y, frame.y.data), &locale);
    let kept = found.labelled(&places, &vec![12.0; places.len()], 12.0);
    for ((py, words), kept) in places.iter().zip(&words).zip(kept) {
        painter.line(&[(f.left - 5.0, *py), (f.left, *py)], &axis)?;
        if kept {
            painter.text((f.left - 9.0, *py), Align::End, &Text::tick(theme, words))?;
        }
    }
    let room = f.right - 8.0;
    let (x_name, y_name) = (name(painter, &stage.x, room), name(painter, &stage.y, room));
    painter.text((f.right, f.bottom + 40.0), Align::End, &x_name)?;
    painter.text((f.left, f.top - 16.0), Align::Start, &y_name)
}
