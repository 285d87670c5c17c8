//! Marks become pictures: cut at the frame, drawn back to front, their labels placed in one plan.

mod axes;
mod curve;
mod data;
mod lens;
mod map;
mod shapes;
mod veil;
mod walk;

pub(crate) use axes::frames;
pub(crate) use curve::triangle;

use super::shell::Samples;
use super::{Beside, Handle, Knob, Mark, Phase, Point, Rich, Shape, Stage, Weight};
use crate::clip::{Rect, within};
use crate::frame::Frame;
use crate::painter::{Candidate, HandleLook, LabelPlan, Painter, Text, Wanted, solid};
use crate::readout::Role;
use crate::surface::{Align, DrawError};
use crate::theme::{Color, Hue, Theme};

/// What the pointer and the keyboard do, as far as it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Touched {
    pub hovered: Option<&'static str>,
    pub focused: Option<&'static str>,
    pub dragged: Option<&'static str>,
}

/// The colours of a role.
pub(crate) fn hue(theme: &Theme, role: Role) -> Hue {
    match role {
        Role::Ink => Hue { stroke: theme.ink, text: theme.ink, soft: theme.ink.alpha(0.15) },
        Role::Data => theme.data,
        Role::Prediction => theme.prediction,
        Role::Loss => theme.loss,
        Role::Gradient => theme.gradient,
        Role::Step => theme.step,
    }
}

/// A stage while it is being drawn.
pub(super) struct Scenery {
    pub frame: Frame,
    pub shape: Shape,
    /// In the dark a point is where it is felt.
    pub blind: bool,
    pub plan: LabelPlan,
    /// The path over a map, CSS pixels.
    pub path: Vec<Point>,
    /// Arrows on a map: tail, tip, colour.
    pub arrows: Vec<(Point, Point, Color)>,
}

impl Scenery {
    fn new(stage: &Stage, frame: Frame) -> Self {
        let (plot, size) = (&frame.plot, frame.size);
        let bounds = match stage.shape {
            Shape::Wide | Shape::Upper | Shape::Lower => Rect::new(4.0, 4.0, size.width - 4.0, plot.bottom - 4.0),
            Shape::Scatter => Rect::new(plot.left + 2.0, 4.0, size.width - 6.0, plot.bottom - 2.0),
            Shape::Map { .. } => plot.grown(-4.0),
            Shape::Strip => Rect::new(plot.left + 2.0, 3.0, plot.right, plot.bottom - 2.0),
        };
        Self {
            frame,
            shape: stage.shape,
            blind: stage.y.mute,
            plan: LabelPlan::new(bounds),
            path: Vec::new(),
            arrows: Vec::new(),
        }
    }

    /// The place of a point in CSS pixels, held at the edge of the plot if it has left it, on the axis if it has no height.
    fn pinned(&self, at: (f64, Option<f64>)) -> Point {
        pinned(&self.frame, self.shape, at)
    }
}

/// Whether a point lies in the plot, so that it is drawn where it is.
pub(crate) fn in_plot(frame: &Frame, at: (f64, Option<f64>)) -> bool {
    at.1.is_some_and(|y| frame.plot.grown(0.5).contains(frame.place(at.0, y)))
}

/// The place of a point in CSS pixels, so that it can always be taken hold of: at the edge through which it left the plot.
pub(crate) fn pinned(frame: &Frame, shape: Shape, at: (f64, Option<f64>)) -> Point {
    let plot = &frame.plot;
    let x = frame.x.to_pixels(at.0);
    let y = at.1.map_or(plot.bottom, |v| frame.y.to_pixels(v));
    match shape {
        Shape::Map { .. } if plot.contains((x, y)) => (x, y),
        Shape::Map { .. } => {
            let edge = plot.grown(-12.0);
            (within(x, edge.left, edge.right), within(y, edge.top, edge.bottom))
        }
        Shape::Wide | Shape::Upper | Shape::Lower | Shape::Scatter if plot.contains((x, y)) => (x, y),
        // What has left is held below the name of the axis.
        Shape::Wide | Shape::Upper | Shape::Lower | Shape::Scatter => {
            (within(x, plot.left, plot.right), within(y, plot.top + 44.0, plot.bottom))
        }
        Shape::Strip => (within(x, plot.left, plot.right), within(y, plot.top, plot.bottom)),
    }
}

/// Draws the still marks of a stage, its axes below them.
pub(super) fn still(
    stage: &Stage,
    frame: Frame,
    marks: &[Mark],
    samples: &mut Samples,
    painter: &mut Painter<'_>,
) -> Result<(), DrawError> {
    let mut scenery = Scenery::new(stage, frame);
    // On a map the ground covers what lies below it, so that its axes come last.
    let is_map = matches!(stage.shape, Shape::Map { .. });
    if stage.axes && !is_map {
        axes::draw(stage, &frame, painter)?;
    }
    let mut curves = Vec::new();
    for mark in marks {
        if let Mark::Curve { curve, role, faded } = mark {
            let color = hue(painter.theme, *role).stroke;
            let color = color.mixed_into(painter.theme.stage, if *faded { 0.4 } else { 1.0 });
            curves.extend(curve::draw(&samples.of(curve, &frame), &frame, color, painter)?);
        } else {
            one(stage, mark, &mut scenery, &Touched::default(), painter)?;
        }
    }
    if stage.axes && is_map {
        axes::draw(stage, &frame, painter)?;
    }
    if stage.axes && stage.shape.is_wide() && !stage.y.mute {
        axes::y_name(stage, &frame, &curves, painter)?;
    }
    scenery.plan.draw(painter).map(drop)
}

/// Draws the live marks of a stage. `base` are its still marks, which labels keep clear of.
pub(super) fn live(
    stage: &Stage,
    frame: Frame,
    (marks, base): (&[Mark], &[Mark]),
    samples: &mut Samples,
    (touched, phase): (&Touched, Phase),
    painter: &mut Painter<'_>,
) -> Result<(), DrawError> {
    let mut scenery = Scenery::new(stage, frame);
    if stage.axes && stage.shape == Shape::Scatter {
        let [a, b] = axes::name_inside(stage, &frame, painter);
        scenery.plan.avoid_rectangle(a, b);
    }
    let mut curves = Vec::new();
    for mark in base {
        if let Mark::Curve { curve, .. } = mark {
            curves.extend(curve::pieces(&samples.of(curve, &frame), &frame));
        }
    }
    for line in &curves {
        scenery.plan.avoid_line(line);
    }
    if stage.axes && stage.shape.is_wide() && !stage.y.mute {
        let name = axes::y_name_area(stage, &frame, &curves, painter);
        for area in axes::y_label_areas(stage, &frame, painter).into_iter().chain([name]) {
            scenery.plan.avoid_rectangle((area.left, area.top), (area.right, area.bottom));
        }
    }
    for mark in marks {
        if let Mark::Handle(handle) = mark
            && handle.knob != Knob::Hidden
            && handle.knob != Knob::Dot
        {
            let radius = if stage.shape.is_wide() { 18.0 } else { 15.0 };
            scenery.plan.avoid_disc(scenery.pinned(handle.at), radius);
        }
    }
    let called = marks.iter().any(|mark| matches!(mark, Mark::Callout { .. }));
    for mark in base.iter().filter(|_| called) {
        if let Mark::Cloud { at, .. } = mark {
            scenery.plan.avoid_cloud(at.iter().map(|&(x, y)| frame.place(x, y)));
        }
    }
    for mark in marks {
        one(stage, mark, &mut scenery, touched, painter)?;
    }
    // Names of levels come before all other words and stay where they are; those words have other places. A path that is walked begins
    // somewhere; bands that lie still need not know where.
    let start = marks.iter().find_map(|mark| match mark {
        Mark::Path { points, .. } => points.first().copied(),
        _ => None,
    });
    for mark in base.iter().chain(marks) {
        if let Mark::Bands { centre, axes, levels, named: true, clear: [here, other] } = mark {
            let clear = [*here, start.unwrap_or(*other)];
            map::Bands { centre: *centre, axes: *axes, levels, clear }.names(&mut scenery, painter)?;
        }
    }
    // In the dark the words keep still with the rest: while the point slides, none are shown.
    if phase == Phase::Still || phase.waits() || !stage.y.mute {
        scenery.plan.draw(painter)?;
    }
    if let Phase::Reading(share) = phase {
        curve::slope_leaves(marks, share, &scenery, painter)?;
    }
    // Knobs lie over everything but the words of a curve.
    if matches!(stage.shape, Shape::Map { .. } | Shape::Scatter) {
        for mark in marks {
            if let Mark::Handle(handle) = mark {
                knob(handle, &scenery, touched, painter)?;
            }
        }
    }
    // Arrows begin at the rim of a knob, over its halo.
    for (tail, tip, color) in &scenery.arrows {
        map::arrow(*tail, *tip, *color, &frame, painter)?;
    }
    Ok(())
}

/// Whether what belongs to a point is drawn: where it is seen, or in the dark where it is felt.
fn shown_at(stage: &Stage, frame: &Frame, at: (f64, Option<f64>)) -> bool {
    stage.y.mute || in_plot(frame, at)
}

fn one(
    stage: &Stage,
    mark: &Mark,
    scenery: &mut Scenery,
    touched: &Touched,
    painter: &mut Painter<'_>,
) -> Result<(), DrawError> {
    let frame = scenery.frame;
    match mark {
        Mark::Axes => axes::draw(stage, &frame, painter),
        // Curves are drawn where their samples are at hand.
        Mark::Curve { .. } => Ok(()),
        Mark::Cloud { at, without } => data::cloud(at, without, &frame, painter),
        Mark::Moved { from, to } => data::moved(from, to, &frame, painter),
        Mark::Sticks(pairs) => data::sticks(pairs, &frame, painter),
        Mark::Line { intercept, slope, role, look } => data::line(*slope, *intercept, *role, *look, scenery, painter),
        Mark::Callout { data, model, sold, guessed, missed, handles } => {
            let is = |id: Option<&'static str>| id.is_some_and(|id| handles.contains(&id));
            data::Callout {
                data: *data,
                model: *model,
                sold,
                guessed,
                missed: missed.as_ref(),
                hovered: is(touched.hovered),
                dragged: is(touched.dragged),
                focused: is(touched.focused),
            }
            .draw(scenery, painter)
        }
        Mark::Tangent { at, .. } if !shown_at(stage, &frame, (at.0, Some(at.1))) => Ok(()),
        Mark::Tangent { at, slope, triangle, arrow, name, digits } => {
            let place = scenery.pinned((at.0, Some(at.1)));
            let (at, slope, triangle, arrow, digits) = (*at, *slope, *triangle, *arrow, *digits);
            curve::Tangent { at, slope, triangle, arrow, name, digits }.draw(&frame, place, &mut scenery.plan, painter)
        }
        Mark::Stride { from, .. } if !shown_at(stage, &frame, *from) => Ok(()),
        Mark::Stride { from, to, height, phase, made_of, length, product, ghost } => {
            let place = scenery.pinned(*from);
            let tip = place.0 + (frame.x.to_pixels(*to) - frame.x.to_pixels(from.0));
            let ghost = if *ghost { height.map(|y| frame.place(*to, y)) } else { None };
            let radius = if frame.narrow { 10.0 } else { 11.0 };
            let leg = made_of.and_then(|slope| {
                let triangle = curve::triangle(&frame, (from.0, from.1?), slope, Some(*to))?;
                Some(triangle.run_from(place.0))
            });
            let product = Some(product.as_str()).filter(|product| !product.is_empty());
            walk::Stride { from: place, tip, ghost, phase: *phase, leg, length, product, radius }.draw(scenery, painter)
        }
        Mark::Trail { past, here, fade, whole } => walk::trail(past, *here, *fade, *whole, scenery, painter),
        Mark::Drop { from, line } => {
            let (x, y) = scenery.pinned(*from);
            let base = frame.plot.bottom;
            if *line && in_plot(&frame, *from) {
                painter.guide((x, y + 20.0), (x, base))?;
                scenery.plan.avoid_line(&[(x, y + 20.0), (x, base)]);
            }
            painter.line(&[(x, base - 8.0), (x, base)], &solid(painter.theme.step.stroke, 2.0))
        }
        Mark::Bands { centre, axes, levels, clear, .. } => {
            map::Bands { centre: *centre, axes: *axes, levels, clear: *clear }.draw(&frame, painter)
        }
        Mark::Goal { at, name, here } => map::goal(*at, name, *here, scenery, painter),
        Mark::Trough { intercept, slope, lines } => map::trough(*slope, *intercept, lines, scenery, painter),
        Mark::Path { points, recent, start } => map::path(points, recent, start, scenery, painter),
        Mark::Arrow { from, to, direction, role, names } => {
            map::Arrow { from: *from, to: *to, direction: *direction, role: *role, names }.want(scenery, painter);
            Ok(())
        }
        Mark::Series { points, name, floor, role } => {
            walk::series(points, name, floor.as_ref(), *role, scenery, painter)
        }
        Mark::Ink { pieces, role } => {
            let lines: Vec<Vec<Point>> = pieces.iter().flat_map(|piece| frame.cut(piece)).collect();
            let lines: Vec<&[Point]> = lines.iter().map(Vec::as_slice).collect();
            painter.lines(&lines, &solid(hue(painter.theme, *role).stroke, 2.75))
        }
        Mark::Legs { from, to, run, rise } => {
            curve::legs(frame.place(from.0, from.1), frame.place(to.0, to.1), (run, rise), scenery, painter)
        }
        Mark::Lens { at, .. } if !in_plot(&frame, (at.0, Some(at.1))) => Ok(()),
        Mark::Lens { at, power, pieces, slope } => {
            lens::Lens { at: *at, power: *power, pieces, slope: *slope }.draw(scenery, painter)
        }
        Mark::Dots { at, role, hollow } => dots(at, *role, *hollow, &frame, painter),
        Mark::Label { near, lines, narrow, role, weight, beside } => {
            let lines = if frame.narrow && !narrow.is_empty() { narrow } else { lines };
            label(*near, lines, *role, *weight, *beside, scenery, painter);
            Ok(())
        }
        Mark::Handle(handle) if stage.shape.is_wide() || stage.shape == Shape::Strip => {
            knob(handle, scenery, touched, painter)
        }
        Mark::Handle(_) => Ok(()),
        Mark::Veil { at, clear } => veil::draw(frame.x.to_pixels(*at), *clear, &frame, painter),
        Mark::Fog => {
            let all = Rect::new(0.0, 0.0, frame.size.width, frame.size.height);
            painter.polygon(&crate::clip::rounded(&all, 14.0), painter.theme.sunk)
        }
        Mark::Clearing(at) => veil::clearing(scenery.pinned(*at), painter),
        Mark::Felt { curve, at } => veil::felt(curve, at, &frame, painter),
        Mark::Words(words) => {
            let note = Text::note(painter.theme, words);
            painter.text((frame.size.width / 2.0, frame.size.height / 2.0), Align::Middle, &note)
        }
    }
}

fn dots(at: &[Point], role: Role, hollow: bool, frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
    let color = hue(painter.theme, role).stroke;
    let seen = at.iter().map(|&(x, y)| frame.place(x, y)).filter(|p| frame.plot.grown(4.0).contains(*p));
    for place in seen {
        if hollow {
            painter.hollow_dot(place, 4.5, color)?;
        } else {
            painter.disc(place, 4.5, color)?;
        }
    }
    Ok(())
}

fn label(
    near: Point,
    lines: &[Rich],
    role: Role,
    weight: Weight,
    beside: Beside,
    scenery: &mut Scenery,
    painter: &Painter<'_>,
) {
    let theme = painter.theme;
    let (x, y) = scenery.pinned((near.0, Some(near.1)));
    let base = match weight {
        Weight::Note => Text::note(theme, ""),
        Weight::Slope => Text::emphasis(hue(theme, role).text),
        _ if role == Role::Ink => Text::label(theme.ink_2),
        _ => Text::label(hue(theme, role).text),
    };
    let texts: Vec<Text> = lines.iter().map(|words| base.clone().rich(words)).collect();
    let offsets: &[(f64, f64, Align)] = match beside {
        Beside::Any => &[
            (24.0, 0.0, Align::Start),
            (-24.0, 0.0, Align::End),
            (0.0, -28.0, Align::Middle),
            (0.0, 28.0, Align::Middle),
        ],
        Beside::Below if scenery.frame.narrow => {
            &[(0.0, 20.0, Align::Middle), (0.0, 30.0, Align::Middle), (0.0, 46.0, Align::Middle)]
        }
        Beside::Below => &[(0.0, 26.0, Align::Middle), (0.0, 36.0, Align::Middle), (0.0, 52.0, Align::Middle)],
        Beside::Corner => &[
            (12.0, -14.0, Align::Start),
            (-12.0, -14.0, Align::End),
            (12.0, 18.0, Align::Start),
            (-12.0, 18.0, Align::End),
            (0.0, -26.0, Align::Middle),
            (0.0, 28.0, Align::Middle),
        ],
    };
    let places = offsets.iter().map(|&(dx, dy, align)| Candidate::new(x + dx, y + dy, align)).collect();
    scenery.plan.want(Wanted::lines(weight, texts, places));
}

fn knob(handle: &Handle, scenery: &Scenery, touched: &Touched, painter: &mut Painter<'_>) -> Result<(), DrawError> {
    if matches!(handle.knob, Knob::Hidden | Knob::Dot) {
        return Ok(());
    }
    let (frame, shown) = (&scenery.frame, scenery.blind);
    let small = frame.narrow || handle.knob == Knob::Small || !scenery.shape.is_wide();
    let away = scenery.shape != Shape::Scatter && !shown && !in_plot(frame, handle.at);
    let look = HandleLook {
        radius: if small { 10.0 } else { 11.0 },
        grip: handle.grip,
        hollow: handle.hollow || away,
        hovered: touched.hovered == Some(handle.id),
        focused: touched.focused == Some(handle.id),
        dragged: touched.dragged == Some(handle.id),
    };
    painter.handle(scenery.pinned(handle.at), &look)
}
