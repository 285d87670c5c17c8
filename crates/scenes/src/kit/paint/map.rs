//! A map: level sets in bands with their names, a walk over them, arrows, the lowest place.

use super::data::visible;
use super::shapes::{clip_polygon, corners, cut_path, ellipse, rays};
use super::{Scenery, hue};
use crate::clip::{self, rounded};
use crate::frame::Frame;
use crate::kit::{Point, Rich, Weight};
use crate::painter::{Candidate, Painter, Text, Wanted, solid};
use crate::readout::Role;
use crate::surface::{Align, DrawError};
use crate::theme::Color;

/// Arrows begin so far from the middle of a knob, clear of its ring.
const CLEAR: f64 = 14.0;
/// The length of the longest arrow of which only the direction counts: its true length would not fit any picture.
const DIRECTION: f64 = 58.0;
/// How far the gradient stands beside a path that it would cover.
const BESIDE: f64 = 9.0;
/// The room around the name of a level, and its height.
const NAME: (f64, f64) = (6.0, 15.0);
/// Arrows shorter than this hide their label.
const SHORT: f64 = 14.0;

/// Level sets as they are wanted.
pub(super) struct Bands<'a> {
    pub centre: Point,
    pub axes: (Option<Point>, Point),
    pub levels: &'a [(f64, String)],
    pub clear: [Point; 2],
}

impl Bands<'_> {
    /// CSS pixels of an offset in units of the two half diameters.
    fn place(&self, frame: &Frame, (u, v): Point) -> Point {
        let (a, b) = (self.axes.0.unwrap_or((0.0, 0.0)), self.axes.1);
        frame.place(self.centre.0 + u * a.0 + v * b.0, self.centre.1 + u * a.1 + v * b.1)
    }

    /// The outline of the level set at this distance, cut to the plot: an ellipse, or a strip where one half diameter is none.
    fn outline(&self, frame: &Frame, distance: f64) -> Vec<Point> {
        let outline = if self.axes.0.is_some() {
            ellipse(distance, |offset| self.place(frame, offset))
        } else {
            let (low, high) = frame.x.data;
            let long = 4.0 * (high - low);
            [(-long, -distance), (long, -distance), (long, distance), (-long, distance)]
                .map(|(along, v)| {
                    frame.place(self.centre.0 + along + v * self.axes.1.0, self.centre.1 + v * self.axes.1.1)
                })
                .to_vec()
        };
        clip_polygon(&outline, &frame.plot)
    }

    pub(super) fn draw(&self, frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let (f, bands) = (&frame.plot, &theme.loss_bands);
        let ground = bands.get(self.levels.len()).or(bands.last()).copied().unwrap_or(theme.stage);
        painter.polygon(&rounded(f, 10.0), ground)?;
        let mut outlines = Vec::with_capacity(self.levels.len());
        for ((distance, _), band) in self.levels.iter().zip(bands).rev() {
            let outline = self.outline(frame, *distance);
            painter.polygon(&outline, *band)?;
            outlines.push(outline);
        }
        for outline in &outlines {
            // Where the frame cut it, the outline runs along the edge: only what lies inside is a contour.
            let mut closed = outline.clone();
            closed.extend(outline.first().copied());
            let pieces = clip::polyline(&closed, &f.grown(-0.3));
            let pieces: Vec<&[Point]> = pieces.iter().map(Vec::as_slice).collect();
            painter.lines(&pieces, &solid(theme.loss.stroke.alpha(0.32), 1.0))?;
        }
        if let (true, Some((distance, _))) = (self.is_thin(frame), self.levels.last()) {
            // Thinner than a pixel, the floor of the valley would not be seen at all: its axis stands for it.
            let ends = [-distance, *distance].map(|u| self.place(frame, (u, 0.0)));
            let floor = bands.first().copied().unwrap_or(theme.stage);
            if let Some((a, b)) = clip::segment(ends[0], ends[1], f) {
                painter.line(&[a, b], &solid(floor, 1.5))?;
            }
        }
        // Corners of the stage's colour round the frame off.
        for corner in corners(f, 10.0) {
            painter.polygon(&corner, theme.stage)?;
        }
        Ok(())
    }

    /// Whether the valley's floor is too thin to be seen: the innermost contour is less than a pixel and a half across.
    fn is_thin(&self, frame: &Frame) -> bool {
        let (Some((distance, _)), Some(_)) = (self.levels.first(), self.axes.0) else { return false };
        let centre = self.place(frame, (0.0, 0.0));
        let half = |offset: Point| {
            let at = self.place(frame, offset);
            (at.0 - centre.0, at.1 - centre.1)
        };
        // Two conjugate half diameters of an ellipse: the product of its half axes is their cross product.
        let (a, b) = (half((*distance, 0.0)), half((0.0, *distance)));
        let long = size(a).max(size(b));
        (a.0 * b.1 - a.1 * b.0).abs() < 1.5 / 2.0 * long
    }

    /// The levels' names on the ray from the lowest place on which most of them have room. What moves does not choose the ray: a name that
    /// is covered is left out, and those that are not stay where they are.
    pub(super) fn names(&self, scenery: &mut Scenery, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let (theme, frame) = (painter.theme, scenery.frame);
        if self.is_thin(&frame) {
            // No room beside one another, and on top they would hide what they name; the description gives them.
            return Ok(());
        }
        let [_, start] = self.clear.map(|(x, y)| frame.place(x, y));
        let best = self.place(&frame, (0.0, 0.0));
        let named: Vec<(f64, Text)> = self
            .levels
            .iter()
            .map(|(distance, name)| {
                let mut text = Text::label(theme.ink_2).plain(name);
                text.size = 11.5;
                (*distance, text)
            })
            .collect();
        let widths: Vec<f64> = named.iter().map(|(_, text)| painter.width(text)).collect();
        let mut winner: Vec<(usize, Point)> = Vec::new();
        for ray in rays((start.0 - best.0, start.1 - best.1)) {
            let mut found: Vec<(usize, Point)> = Vec::new();
            for (i, ((distance, _), width)) in named.iter().zip(&widths).enumerate() {
                let Some(at) = self.crossing(&frame, *distance, ray) else { continue };
                let apart = found
                    .last()
                    .is_none_or(|(_, last)| (last.1 - at.1).abs() >= 16.0 || (last.0 - at.0).abs() >= width + 10.0);
                if apart && scenery.plan.holds(at, width + NAME.0, NAME.1) {
                    found.push((i, at));
                }
            }
            if found.len() > winner.len() {
                winner = found;
            }
            // Rays come in order of preference: a good one need not be beaten.
            if winner.len() >= 4 {
                break;
            }
        }
        for (i, at) in winner {
            if let (Some((_, text)), Some(width)) = (named.get(i), widths.get(i))
                && scenery.plan.is_free(at, width + NAME.0, NAME.1)
            {
                painter.text(at, Align::Middle, text)?;
                let half = ((width + NAME.0) / 2.0, NAME.1 / 2.0);
                scenery.plan.avoid_rectangle((at.0 - half.0, at.1 - half.1), (at.0 + half.0, at.1 + half.1));
            }
        }
        Ok(())
    }

    /// Where a ray from the lowest place (a direction in pixels) meets a level.
    fn crossing(&self, frame: &Frame, distance: f64, ray: Point) -> Option<Point> {
        let best = self.place(frame, (0.0, 0.0));
        let (dx, dy) =
            (frame.x.to_data(best.0 + ray.0) - self.centre.0, frame.y.to_data(best.1 + ray.1) - self.centre.1);
        let b = self.axes.1;
        // The ray in units of the half diameters, by Cramer's rule.
        let (u, v) = match self.axes.0 {
            Some(a) => {
                let area = a.0 * b.1 - a.1 * b.0;
                ((dx * b.1 - dy * b.0) / area, (a.0 * dy - a.1 * dx) / area)
            }
            None => (0.0, dy / b.1),
        };
        let share = distance / (u * u + v * v).sqrt();
        let at = (best.0 + ray.0 * share, best.1 + ray.1 * share);
        (share.is_finite() && frame.plot.contains(at)).then_some(at)
    }
}

fn size((x, y): Point) -> f64 {
    (x * x + y * y).sqrt()
}

fn distance(a: Point, b: Point) -> f64 {
    size((a.0 - b.0, a.1 - b.1))
}

/// How far a point is from a line of straight pieces.
fn away(at: Point, line: &[Point]) -> f64 {
    let from = |p: Point, q: Point| {
        let (dx, dy) = (q.0 - p.0, q.1 - p.1);
        let share = ((at.0 - p.0) * dx + (at.1 - p.1) * dy) / (dx * dx + dy * dy).max(1e-9);
        distance(at, (p.0 + share.clamp(0.0, 1.0) * dx, p.1 + share.clamp(0.0, 1.0) * dy))
    };
    line.windows(2).filter_map(|pair| Some(from(*pair.first()?, *pair.get(1)?))).fold(f64::MAX, f64::min)
}

pub(super) fn path(
    points: &[Point],
    recent: &[Point],
    start: &str,
    scenery: &mut Scenery,
    painter: &mut Painter<'_>,
) -> Result<(), DrawError> {
    let (theme, frame) = (painter.theme, scenery.frame);
    let pixels: Vec<Point> = points.iter().map(|&(x, y)| frame.place(x, y)).collect();
    scenery.plan.avoid_line(&pixels);
    scenery.path.clone_from(&pixels);
    let pieces = cut_path(&pixels, &frame.plot);
    let pieces: Vec<&[Point]> = pieces.iter().map(Vec::as_slice).collect();
    painter.lines(&pieces, &solid(theme.stage, 5.0))?;
    painter.lines(&pieces, &solid(theme.step.text, 1.75))?;
    let ground = theme.loss_bands.get(1).copied().unwrap_or(theme.stage);
    for (age, &(x, y)) in recent.iter().enumerate() {
        let at = frame.place(x, y);
        if frame.plot.contains(at) {
            let share = 0.3 + 0.58 * (age + 1) as f64 / recent.len() as f64;
            painter.disc(at, 5.25, theme.stage)?;
            painter.disc(at, 3.75, theme.step.text.mixed_into(ground, share))?;
        }
    }
    if let (Some(&first), Some(&here)) = (pixels.first(), pixels.last())
        && pixels.len() > 1
        && distance(here, first) > 24.0
        && frame.plot.contains(first)
    {
        let places = vec![
            Candidate::new(first.0 + 10.0, first.1 - 10.0, Align::Start),
            Candidate::new(first.0 - 10.0, first.1 - 10.0, Align::End),
            Candidate::new(first.0 + 10.0, first.1 + 12.0, Align::Start),
            Candidate::new(first.0 - 10.0, first.1 + 12.0, Align::End),
            Candidate::new(first.0, first.1 - 16.0, Align::Middle),
        ];
        scenery.plan.want(Wanted::one(Weight::Step, Text::label(theme.ink).plain(start), places));
    }
    Ok(())
}

pub(super) fn goal(
    at: Point,
    name: &str,
    here: Point,
    scenery: &mut Scenery,
    painter: &mut Painter<'_>,
) -> Result<(), DrawError> {
    let (theme, frame) = (painter.theme, scenery.frame);
    let (best, here) = (frame.place(at.0, at.1), frame.place(here.0, here.1));
    painter.circle(best, 9.0, &solid(theme.stage, 4.0))?;
    painter.disc(best, 4.0, theme.ink)?;
    painter.circle(best, 9.0, &solid(theme.ink, 1.75))?;
    scenery.plan.avoid_disc(best, 11.0);
    if distance(here, best) > 30.0 {
        let places = vec![
            Candidate::new(best.0, best.1 + 22.0, Align::Middle),
            Candidate::new(best.0, best.1 - 22.0, Align::Middle),
            Candidate::new(best.0 + 15.0, best.1, Align::Start),
            Candidate::new(best.0 - 15.0, best.1, Align::End),
        ];
        let text = Text::note(theme, name);
        scenery.plan.want(Wanted { may_cross: true, ..Wanted::one(Weight::Run, text, places) });
    }
    Ok(())
}

/// An arrow as it is wanted.
pub(super) struct Arrow<'a> {
    pub from: Point,
    pub to: Point,
    pub direction: Option<f64>,
    pub role: Role,
    pub names: &'a [String],
}

impl Arrow<'_> {
    /// Its tip in CSS pixels; none where it leads nowhere.
    fn tip(&self, frame: &Frame, here: Point) -> Option<Point> {
        let Some(share) = self.direction else {
            let tip = frame.place(self.to.0, self.to.1);
            return (tip.0.is_finite() && tip.1.is_finite()).then_some(tip);
        };
        // What would be all head says nothing.
        if share * DIRECTION < SHORT {
            return None;
        }
        // In pixels, scaled before squaring so that neither a huge nor a tiny direction leaves the doubles.
        let (dx, dy) =
            ((self.to.0 - self.from.0) * frame.x.per_unit(), -(self.to.1 - self.from.1) * frame.y.per_unit());
        let largest = dx.abs().max(dy.abs());
        if !(largest.is_finite() && largest > 0.0) {
            return None;
        }
        let length = size((dx / largest, dy / largest));
        let (ux, uy) = (dx / largest / length, dy / largest / length);
        // Shorter where the frame leaves less room, but never all head.
        let f = &frame.plot;
        let room = |at: f64, u: f64, low: f64, high: f64| match u {
            u if u > 0.0 => (high - at) / u,
            u if u < 0.0 => (low - at) / u,
            _ => f64::MAX,
        };
        let room = room(here.0, ux, f.left, f.right).min(room(here.1, uy, f.top, f.bottom)) - 10.0;
        let length = (CLEAR + share.min(1.0) * (DIRECTION - CLEAR)).min(room).max(CLEAR + SHORT);
        Some((here.0 + ux * length, here.1 + uy * length))
    }

    /// How far to the side it stands: over a path that leaves the same way it would cover it.
    fn aside(&self, here: Point, tip: Point, path: &[Point]) -> Point {
        let length = distance(here, tip);
        let (ux, uy) = ((tip.0 - here.0) / length, (tip.1 - here.1) / length);
        let to_side = |side: f64| (-uy * BESIDE * side, ux * BESIDE * side);
        let room = |side: f64| {
            let (dx, dy) = to_side(side);
            let at = |share: f64| (here.0 + dx + ux * share * length, here.1 + dy + uy * share * length);
            [0.4, 0.55, 0.7, 0.85, 1.0].into_iter().map(|share| away(at(share), path)).fold(f64::MAX, f64::min)
        };
        match (self.direction.is_some() && room(0.0) < BESIDE / 2.0, room(1.0) >= room(-1.0)) {
            (false, _) => (0.0, 0.0),
            (true, one) => to_side(if one { 1.0 } else { -1.0 }),
        }
    }

    /// From the rim of the knob to the tip, and its name.
    pub(super) fn want(&self, scenery: &mut Scenery, painter: &Painter<'_>) {
        let frame = scenery.frame;
        let here = frame.place(self.from.0, self.from.1);
        let Some(tip) = self.tip(&frame, here) else { return };
        let (dx, dy) = self.aside(here, tip, &scenery.path);
        let (here, tip) = ((here.0 + dx, here.1 + dy), (tip.0 + dx, tip.1 + dy));
        scenery.plan.avoid_line(&[here, tip]);
        let colors = hue(painter.theme, self.role);
        let length = distance(here, tip);
        if length.is_finite() && length > CLEAR && frame.plot.contains(here) {
            let tail = (here.0 + (tip.0 - here.0) / length * CLEAR, here.1 + (tip.1 - here.1) / length * CLEAR);
            scenery.arrows.push((tail, tip, colors.stroke));
        }
        let (weight, places) = if self.direction.is_some() {
            (Weight::Rise, along(here, tip))
        } else if length >= CLEAR + SHORT {
            let tip = clip::segment(here, tip, &frame.plot).map_or(tip, |(_, b)| b);
            (Weight::Slope, beside(here, tip))
        } else {
            return;
        };
        let mut wanted: Option<Wanted> = None;
        for name in self.names.iter().rev() {
            let one = Wanted::one(weight, Text::label(colors.text).plain(name), places.clone());
            wanted = Some(Wanted { shorter: wanted.map(Box::new), ..one });
        }
        if let Some(wanted) = wanted {
            scenery.plan.want(wanted);
        }
    }
}

/// One that leaves the frame is cut there and has no head.
pub(super) fn arrow(
    tail: Point,
    tip: Point,
    color: Color,
    frame: &Frame,
    painter: &mut Painter<'_>,
) -> Result<(), DrawError> {
    if frame.plot.contains(tip) {
        return painter.arrow(tail, tip, color);
    }
    match clip::segment(tail, tip, &frame.plot) {
        Some((a, b)) => painter.line(&[a, b], &solid(color, 2.5)),
        None => Ok(()),
    }
}

/// A lit line with its words where they have room along it.
pub(super) fn trough(
    slope: f64,
    intercept: f64,
    lines: &[Rich],
    scenery: &mut Scenery,
    painter: &mut Painter<'_>,
) -> Result<(), DrawError> {
    let Some([a, b]) = visible(&scenery.frame, slope, intercept) else { return Ok(()) };
    let theme = painter.theme;
    painter.line(&[a, b], &solid(theme.stage.alpha(0.75), 8.0))?;
    painter.line(&[a, b], &solid(theme.data.stroke, 1.75))?;
    scenery.plan.avoid_line(&[a, b]);
    let texts: Vec<Text> = lines.iter().map(|words| Text::label(theme.ink).rich(words)).collect();
    // From its upper end down, first to its right.
    let (from, to) = if a.1 <= b.1 { (a, b) } else { (b, a) };
    let places = [0.08, 0.16, 0.25, 0.4, 0.55, 0.7, 0.85].into_iter().flat_map(|share| {
        let at = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
        let beside = [(14.0, -4.0, Align::Start), (-14.0, 4.0, Align::End)];
        let over = [26.0, -44.0].map(|dy| [(-4.0, dy, Align::End), (4.0, dy, Align::Start)]);
        let all = beside.into_iter().chain(over.into_iter().flatten());
        all.map(move |(dx, dy, align)| Candidate::new(at.0 + dx, at.1 + dy, align))
    });
    let words = Wanted::lines(Weight::Note, texts, places.collect());
    scenery.plan.want(words);
    Ok(())
}

fn along(here: Point, tip: Point) -> Vec<Candidate> {
    let middle = ((here.0 + 2.0 * tip.0) / 3.0, (here.1 + 2.0 * tip.1) / 3.0);
    vec![
        Candidate::new(tip.0 + 10.0, tip.1 + 2.0, Align::Start),
        Candidate::new(tip.0 - 10.0, tip.1 + 2.0, Align::End),
        Candidate::new(middle.0 + 12.0, middle.1, Align::Start),
        Candidate::new(middle.0 - 12.0, middle.1, Align::End),
        Candidate::new(tip.0, tip.1 - 13.0, Align::Middle),
        Candidate::new(tip.0, tip.1 + 15.0, Align::Middle),
        Candidate::new(tip.0 - 4.0, tip.1 - 14.0, Align::Start),
        Candidate::new(tip.0 + 4.0, tip.1 + 15.0, Align::End),
    ]
}

fn beside(here: Point, tip: Point) -> Vec<Candidate> {
    let side = if tip.0 > here.0 { Align::End } else { Align::Start };
    let (m, out) = (((here.0 + tip.0) / 2.0, (here.1 + tip.1) / 2.0), 11.0);
    vec![
        Candidate::new(tip.0 - out, tip.1 + 2.0, Align::End),
        Candidate::new(tip.0 + out, tip.1 + 2.0, Align::Start),
        Candidate::new(m.0 - out, m.1 + out, Align::End),
        Candidate::new(m.0 + out, m.1 + out, Align::Start),
        Candidate::new(m.0, m.1 + 14.0, Align::Middle),
        Candidate::new(m.0, m.1 - 14.0, side),
        Candidate::new(tip.0, tip.1 + 15.0, Align::Middle),
    ]
}
