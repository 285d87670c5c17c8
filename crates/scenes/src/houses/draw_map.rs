//! The map of all lines: bands of the typical miss, the path of the walk, uphill and downhill.

use super::callouts::Callouts;
use super::handles::SPOT;
use super::layout::axis_unit;
use super::levels::{Level, levels};
use super::map_shapes::{corners, cut_path, rays, rounded, thinned};
use super::map_view::{Extent, MapView};
use super::{Drag, HousesScene, MAP, Motion};
use crate::clip::{self, Rect};
use crate::frame::Scale;
use crate::painter::{Candidate, Grip, HandleLook, Painter, Text, solid};
use crate::scene::Layer;
use crate::surface::{Align, DrawError, Ink};
use crate::theme::Theme;
use crate::ticks::ticks;

/// Radius of the knob on the map.
const KNOB: f64 = 10.0;
/// Arrows begin so far from the middle of the knob, clear of its ring.
const CLEAR: f64 = 14.0;
/// The gradient arrow's length from the middle of the knob: its direction counts, its length would not fit any picture.
const UPHILL: f64 = 58.0;
/// Arrows shorter than this hide their label.
const SHORT: f64 = 14.0;
/// Past places marked with dots.
const TRAIL: usize = 12;

impl HousesScene {
    pub(super) fn draw_map(&self, layer: Layer, surface: &mut dyn Ink, theme: &Theme) -> Result<(), DrawError> {
        let view = self.map_view();
        let mut painter = Painter::new(surface, theme);
        match layer {
            Layer::Base => self.map_base(&view, &mut painter),
            Layer::Live => self.map_live(&view, &mut painter),
        }
    }

    fn map_levels(&self) -> Vec<Level> {
        levels(&self.bowl, Extent::around(&self.bowl, self.anchor).reach)
    }

    fn map_base(&self, view: &MapView, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let f = &view.frame;
        let bands = &theme.loss_bands;
        let levels = self.map_levels();
        let ground = bands.get(levels.len()).or(bands.last()).copied().unwrap_or(theme.stage);
        painter.polygon(&rounded(f, 10.0), ground)?;
        let mut outlines = Vec::with_capacity(levels.len());
        for (level, band) in levels.iter().zip(bands).rev() {
            let outline = view.level_set(&self.bowl, level.distance);
            painter.polygon(&outline, *band)?;
            outlines.push(outline);
        }
        for outline in &outlines {
            // Where the frame cut it, the outline runs along the edge: only what lies inside is a contour.
            let mut closed = outline.clone();
            closed.extend(outline.first().copied());
            let inner = f.grown(-0.3);
            let pieces = clip::polyline(&closed, &inner);
            let pieces: Vec<&[(f64, f64)]> = pieces.iter().map(Vec::as_slice).collect();
            painter.lines(&pieces, &solid(theme.loss.stroke.alpha(0.32), 1.0))?;
        }
        if let (true, Some(level)) = (self.needle_is_thin(view), levels.last()) {
            // Thinner than a pixel, the floor of the valley would not be seen at all: its axis stands for it.
            let ends = [-level.distance, level.distance].map(|w| view.offset_to_px(&self.bowl, [w, 0.0]));
            let floor = bands.first().copied().unwrap_or(theme.stage);
            if let Some((a, b)) = clip::segment(ends[0], ends[1], f) {
                painter.line(&[a, b], &solid(floor, 1.5))?;
            }
        }
        // Corners of the stage's colour round the frame off.
        for corner in corners(f, 10.0) {
            painter.polygon(&corner, theme.stage)?;
        }
        self.map_axes(view, painter)
    }

    /// Whether the valley's floor is too thin to be seen: the innermost contour is less than a pixel and a half across.
    fn needle_is_thin(&self, view: &MapView) -> bool {
        let Some(level) = self.map_levels().first().copied() else { return false };
        if self.standardize || self.bowl.curvature == 0.0 {
            return false;
        }
        let best = view.offset_to_px(&self.bowl, [0.0, 0.0]);
        let place = |offset: [f64; 2]| {
            let at = view.offset_to_px(&self.bowl, offset);
            (at.0 - best.0, at.1 - best.1)
        };
        // Two conjugate half diameters of an ellipse: the product of its half axes is their cross product.
        let (a, b) = (place([level.distance, 0.0]), place([0.0, level.distance]));
        let long = distance(a, (0.0, 0.0)).max(distance(b, (0.0, 0.0)));
        (a.0 * b.1 - a.1 * b.0).abs() < 1.5 / 2.0 * long
    }

    fn map_axes(&self, view: &MapView, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let f = &view.frame;
        let axis = solid(theme.axis, 1.25);
        let (x_range, y_range) = (view.range(0), view.range(1));
        let unit_of = |(low, high): (f64, f64)| axis_unit(self.target.unit, low.abs().max(high.abs()));
        let narrow = f.width() < 300.0;

        let x = Scale { data: x_range, pixels: (f.left, f.right) };
        let found = ticks(x_range.0, x_range.1, if narrow { 4 } else { 5 });
        let places: Vec<f64> = found.values.iter().map(|v| x.to_pixels(*v)).collect();
        let labels: Vec<Text> = found.labels(&unit_of(x_range)).iter().map(|w| Text::tick(theme, w)).collect();
        let room: Vec<f64> = labels.iter().map(|label| painter.width(label)).collect();
        for (((px, label), room), kept) in
            places.iter().zip(&labels).zip(&room).zip(found.labelled(&places, &room, 12.0))
        {
            painter.line(&[(*px, f.bottom), (*px, f.bottom + 5.0)], &axis)?;
            if kept && px + room / 2.0 <= self.sizes[MAP].width - 2.0 {
                painter.text((*px, f.bottom + 16.0), Align::Middle, label)?;
            }
        }

        let y = Scale { data: y_range, pixels: (f.bottom, f.top) };
        let found = ticks(y_range.0, y_range.1, 5);
        let places: Vec<f64> = found.values.iter().map(|v| y.to_pixels(*v)).collect();
        let words = found.labels(&unit_of(y_range));
        for ((py, words), kept) in
            places.iter().zip(&words).zip(found.labelled(&places, &vec![12.0; places.len()], 12.0))
        {
            painter.line(&[(f.left - 5.0, *py), (f.left, *py)], &axis)?;
            if kept {
                painter.text((f.left - 9.0, *py), Align::End, &Text::tick(theme, words))?;
            }
        }

        let (x_name, y_name) = self.map_names(painter, f.right - 8.0);
        painter.text((f.right, f.bottom + 40.0), Align::End, &x_name)?;
        painter.text((f.left, f.top - 16.0), Align::Start, &y_name)
    }

    /// The names of the axes, the shorter one where the longer does not fit.
    fn map_names(&self, painter: &Painter<'_>, room: f64) -> (Text, Text) {
        let name = |words: &str| Text::label(painter.theme.step.text).plain(words);
        let price = self.target.short();
        let choose = |long: Text, short: Text| if painter.width(&long) <= room { long } else { short };
        if self.standardize {
            (
                choose(
                    name(&format!("{price} per standard deviation of {}", self.feature.label)),
                    name(&format!("{price} per standard deviation")),
                ),
                choose(name(&format!("{price} {}", self.at_average())), name(&self.at_average())),
            )
        } else {
            (
                choose(name(&format!("{price} per {}, ", self.feature.one)).math("m"), name("slope ").math("m")),
                choose(name(&format!("{price} {}, ", self.feature.at_zero())).math("b"), name("intercept ").math("b")),
            )
        }
    }

    fn map_live(&self, view: &MapView, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let f = view.frame;
        let mut callouts = Callouts::new(f.grown(-4.0));
        let here = view.to_px(self.shown());
        let best = view.offset_to_px(&self.bowl, [0.0, 0.0]);
        let start = view.to_px(self.walk.start());
        let path = self.path(view);
        for pair in path.windows(2) {
            if let &[a, b] = pair {
                callouts.avoid_segment(a, b);
            }
        }
        callouts.avoid_disc(here, 15.0);
        callouts.avoid_disc(best, 11.0);
        let (uphill, step) = (self.uphill(view, here), self.next_step(view, here));
        for tip in [uphill, step].into_iter().flatten() {
            callouts.avoid_segment(here, tip);
        }
        let mut levels_room = callouts.clone();
        // Words beside the marks are placed first, so that the levels keep clear of them; they are drawn last, over the path.
        self.goal(best, painter)?;
        let drawn_path = cut_path(&path, &f);
        let drawn_path: Vec<&[(f64, f64)]> = drawn_path.iter().map(Vec::as_slice).collect();
        painter.lines(&drawn_path, &solid(theme.stage, 5.0))?;
        painter.lines(&drawn_path, &solid(theme.step.text, 1.75))?;
        self.trail(view, painter)?;
        if let Some(tip) = uphill {
            arrow(painter, here, tip, &f, theme.gradient.stroke)?;
        }
        if let Some(tip) = step {
            arrow(painter, here, tip, &f, theme.step.stroke)?;
        }
        self.map_words(&mut callouts, painter, Marks { here, best, start, uphill, step, frame: f })?;
        callouts.share(&mut levels_room);
        self.level_labels(view, &levels_room, best, start, painter)?;
        let knob = view.held(here);
        let look = HandleLook {
            hovered: self.hover.as_deref() == Some(SPOT),
            focused: self.focus.as_deref() == Some(SPOT),
            dragged: matches!(self.drag, Some(Drag::Spot { .. })),
            hollow: knob != here,
            ..HandleLook::new(KNOB, Grip::Both)
        };
        painter.handle(knob, &look)
    }

    fn path(&self, view: &MapView) -> Vec<(f64, f64)> {
        let points = self.walk.points();
        let mut path: Vec<_> =
            thinned(points.len()).into_iter().filter_map(|i| points.get(i)).map(|p| view.to_px(*p)).collect();
        if self.motion.is_some() {
            path.pop();
            path.push(view.to_px(self.shown()));
        }
        path
    }

    /// The tip of the gradient arrow: the direction in which the loss rises fastest, as steps in the parameters are drawn.
    fn uphill(&self, view: &MapView, here: (f64, f64)) -> Option<(f64, f64)> {
        let p = self.shown();
        let g = self.bowl.gradient(view.basis, p);
        // In pixels, scaled before squaring so that neither a huge nor a tiny gradient leaves the doubles.
        let (dx, dy) = (g[0] / view.half[0] * view.frame.width(), -g[1] / view.half[1] * view.frame.height());
        let (dx, dy) = if view.basis == self.bowl.standard() { (g[0], -g[1]) } else { (dx, dy) };
        let size = dx.abs().max(dy.abs());
        if !(size.is_finite() && size > 0.0) || super::walk::arrived(&self.bowl, view.basis, p) {
            return None;
        }
        let (dx, dy) = (dx / size, dy / size);
        let length = (dx * dx + dy * dy).sqrt();
        let (ux, uy) = (dx / length, dy / length);
        // Shorter where the frame leaves less room, but never all head.
        let f = &view.frame;
        let room = |at: f64, u: f64, low: f64, high: f64| {
            if u > 0.0 {
                (high - at) / u
            } else if u < 0.0 {
                (low - at) / u
            } else {
                f64::MAX
            }
        };
        let room = room(here.0, ux, f.left, f.right).min(room(here.1, uy, f.top, f.bottom)) - 10.0;
        let length = UPHILL.min(room).max(CLEAR + SHORT);
        Some((here.0 + ux * length, here.1 + uy * length))
    }

    /// The tip of the step arrow: where the next step leads, in true length.
    fn next_step(&self, view: &MapView, here: (f64, f64)) -> Option<(f64, f64)> {
        if let Some(motion) = self.motion {
            // The step under way: its arrow grows, then the point follows.
            let grown = (motion.elapsed / Motion::GROW).min(1.0);
            let to = view.to_px(self.walk.here());
            return Some((here.0 + (to.0 - here.0) * grown, here.1 + (to.1 - here.1) * grown));
        }
        let next = self.walk.next(&self.bowl, self.optimizer, self.learning_rate())?;
        let tip = view.to_px(next);
        (tip.0.is_finite() && tip.1.is_finite()).then_some(tip)
    }

    fn goal(&self, best: (f64, f64), painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let theme = painter.theme;
        painter.circle(best, 9.0, &solid(theme.stage, 4.0))?;
        painter.disc(best, 4.0, theme.ink)?;
        painter.circle(best, 9.0, &solid(theme.ink, 1.75))
    }

    fn trail(&self, view: &MapView, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let points = self.walk.points();
        let last = points.len().saturating_sub(1);
        let ground = theme.loss_bands.get(1).copied().unwrap_or(theme.stage);
        let first = last.saturating_sub(TRAIL);
        for (age, point) in points.iter().enumerate().take(last).skip(first) {
            let at = view.to_px(*point);
            if view.frame.contains(at) {
                let share = 0.3 + 0.58 * (age - first + 1) as f64 / (last - first) as f64;
                painter.disc(at, 5.25, theme.stage)?;
                painter.disc(at, 3.75, theme.step.text.mixed_into(ground, share))?;
            }
        }
        Ok(())
    }

    fn map_words(&self, callouts: &mut Callouts, painter: &mut Painter<'_>, marks: Marks) -> Result<(), DrawError> {
        let theme = painter.theme;
        let Marks { here, best, start, uphill, step, frame } = marks;
        if let Some(tip) = step {
            let length = distance(here, tip);
            let tip = clip::segment(here, tip, &frame).map_or(tip, |(_, b)| b);
            if length >= CLEAR + SHORT {
                let side = if tip.0 > here.0 { Align::End } else { Align::Start };
                let (m, out) = (((here.0 + tip.0) / 2.0, (here.1 + tip.1) / 2.0), 11.0);
                let places = [
                    Candidate::new(tip.0 - out, tip.1 + 2.0, Align::End),
                    Candidate::new(tip.0 + out, tip.1 + 2.0, Align::Start),
                    Candidate::new(m.0 - out, m.1 + out, Align::End),
                    Candidate::new(m.0 + out, m.1 + out, Align::Start),
                    Candidate::new(m.0, m.1 + 14.0, Align::Middle),
                    Candidate::new(m.0, m.1 - 14.0, side),
                    Candidate::new(tip.0, tip.1 + 15.0, Align::Middle),
                ];
                callouts.draw(painter, None, &Text::label(theme.step.text).plain("step"), &places)?;
            }
        }
        if let Some(tip) = uphill {
            let around = |words: &str| {
                let text = Text::label(theme.gradient.text).plain(words);
                let middle = ((here.0 + 2.0 * tip.0) / 3.0, (here.1 + 2.0 * tip.1) / 3.0);
                let places = [
                    Candidate::new(tip.0 + 10.0, tip.1 + 2.0, Align::Start),
                    Candidate::new(tip.0 - 10.0, tip.1 + 2.0, Align::End),
                    Candidate::new(middle.0 + 12.0, middle.1, Align::Start),
                    Candidate::new(middle.0 - 12.0, middle.1, Align::End),
                    Candidate::new(tip.0, tip.1 - 13.0, Align::Middle),
                    Candidate::new(tip.0, tip.1 + 15.0, Align::Middle),
                    Candidate::new(tip.0 - 4.0, tip.1 - 14.0, Align::Start),
                    Candidate::new(tip.0 + 4.0, tip.1 + 15.0, Align::End),
                ];
                (text, places)
            };
            let (text, places) = around("gradient (uphill)");
            if !callouts.draw(painter, None, &text, &places)? {
                let (text, places) = around("gradient");
                callouts.draw(painter, None, &text, &places)?;
            }
        }
        if distance(here, best) > 30.0 {
            let places = [
                Candidate::new(best.0, best.1 + 22.0, Align::Middle),
                Candidate::new(best.0, best.1 - 22.0, Align::Middle),
                Candidate::new(best.0 + 15.0, best.1, Align::Start),
                Candidate::new(best.0 - 15.0, best.1, Align::End),
            ];
            callouts.draw(painter, None, &Text::note(theme, "best line"), &places)?;
        }
        if self.walk.steps() > 0 && distance(here, start) > 24.0 && frame.contains(start) {
            let places = [
                Candidate::new(start.0 + 10.0, start.1 - 10.0, Align::Start),
                Candidate::new(start.0 - 10.0, start.1 - 10.0, Align::End),
                Candidate::new(start.0 + 10.0, start.1 + 12.0, Align::Start),
                Candidate::new(start.0 - 10.0, start.1 + 12.0, Align::End),
                Candidate::new(start.0, start.1 - 16.0, Align::Middle),
            ];
            callouts.draw(painter, None, &Text::label(theme.ink).plain("start"), &places)?;
        }
        Ok(())
    }

    /// The levels' names on a ray from the best line that the path does not cross: the ray on which most of them are free.
    fn level_labels(
        &self,
        view: &MapView,
        taken: &Callouts,
        best: (f64, f64),
        start: (f64, f64),
        painter: &mut Painter<'_>,
    ) -> Result<(), DrawError> {
        let theme = painter.theme;
        if self.needle_is_thin(view) {
            // No room beside one another, and on top they would hide what they name; the description gives them.
            return Ok(());
        }
        let named: Vec<(Level, Text)> = self
            .map_levels()
            .into_iter()
            .map(|level| {
                let mut text = Text::label(theme.ink_2).plain(&self.target.brief(level.miss));
                text.size = 11.5;
                (level, text)
            })
            .collect();
        let widths: Vec<f64> = named.iter().map(|(_, text)| painter.width(text)).collect();
        let mut winner: Vec<(usize, (f64, f64))> = Vec::new();
        for ray in rays((start.0 - best.0, start.1 - best.1)) {
            let mut found: Vec<(usize, (f64, f64))> = Vec::new();
            for (i, ((level, _), width)) in named.iter().zip(&widths).enumerate() {
                let Some(at) = self.crossing(view, level.distance, ray) else { continue };
                let apart = found
                    .last()
                    .is_none_or(|(_, last)| (last.1 - at.1).abs() >= 16.0 || (last.0 - at.0).abs() >= width + 10.0);
                if apart && taken.is_free(at, width + 6.0, 15.0) {
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
            if let Some((_, text)) = named.get(i) {
                painter.text(at, Align::Middle, text)?;
            }
        }
        Ok(())
    }

    /// Where a ray from the best line (a direction in pixels) meets a level.
    fn crossing(&self, view: &MapView, distance: f64, ray: (f64, f64)) -> Option<(f64, f64)> {
        let best = view.offset_to_px(&self.bowl, [0.0, 0.0]);
        let ahead = (best.0 + ray.0, best.1 + ray.1);
        let [w, c] = self.bowl.offset(view.basis, view.at_px(ahead));
        let size = (self.bowl.curvature * w * w + c * c).sqrt();
        let share = distance / size;
        let at = (best.0 + ray.0 * share, best.1 + ray.1 * share);
        (share.is_finite() && view.frame.contains(at)).then_some(at)
    }
}

/// What words stand beside, CSS pixels.
#[derive(Clone, Copy)]
struct Marks {
    here: (f64, f64),
    best: (f64, f64),
    start: (f64, f64),
    uphill: Option<(f64, f64)>,
    step: Option<(f64, f64)>,
    frame: Rect,
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (a.0 - b.0, a.1 - b.1);
    (dx * dx + dy * dy).sqrt()
}

/// An arrow from the rim of the knob to the tip; one that leaves the frame is cut there and has no head.
fn arrow(
    painter: &mut Painter<'_>,
    here: (f64, f64),
    tip: (f64, f64),
    frame: &Rect,
    color: crate::theme::Color,
) -> Result<(), DrawError> {
    let length = distance(here, tip);
    if !length.is_finite() || length <= CLEAR || !frame.contains(here) {
        return Ok(());
    }
    let tail = (here.0 + (tip.0 - here.0) / length * CLEAR, here.1 + (tip.1 - here.1) / length * CLEAR);
    if frame.contains(tip) {
        return painter.arrow(tail, tip, color);
    }
    match clip::segment(tail, tip, frame) {
        Some((a, b)) => painter.line(&[a, b], &solid(color, 2.5)),
        None => Ok(()),
    }
}
