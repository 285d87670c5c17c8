//! The curve's stage: the curve, the tangent with its triangle, the step, the trail, the ball.

use super::DescentScene;
use super::curve::{Ground, Slope};
use super::motion::Phase;
use super::walk::{Entry, Way};
use crate::clip;
use crate::frame::{Axes, Frame};
use crate::number::{Rounded, decade, fixed, ten_to};
use crate::painter::{Candidate, Grip, HandleLook, LabelPlan, Painter, Priority, Text, solid, variable_name};
use crate::scene::Layer;
use crate::surface::{Align, DrawError, Surface};
use crate::theme::Theme;

/// Past places that are drawn.
const TRAIL: usize = 12;

/// How far inside the plot a ball that has left it is held, CSS pixels.
const PIN: f64 = 16.0;

/// The triangle under the tangent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Triangle {
    /// Along the parameter, positive.
    pub run: f64,
    /// Slope times run.
    pub rise: f64,
    /// Left end, right angle, right end in CSS pixels.
    pub corners: [(f64, f64); 3],
}

/// How much of the step colour a past place keeps: 0.88 the newest, 0.30 the oldest of those drawn.
fn freshness(age: usize, drawn: usize) -> f64 {
    0.88 - 0.58 * (age as f64 / drawn.max(5).saturating_sub(1) as f64).min(1.0)
}

impl DescentScene {
    /// The place of the ball in CSS pixels; one outside of the plot is held at its edge, one without a value at the axis.
    pub(super) fn pinned(&self, ground: Ground) -> (f64, f64) {
        let frame = &self.pictures.frame;
        let plot = &frame.plot;
        let x = frame.x.to_pixels(ground.x).clamp(plot.left.min(plot.right - 1.0), plot.right);
        let y = ground.value.map_or(plot.bottom, |v| frame.y.to_pixels(v));
        (x, y.clamp((plot.top + PIN).min(plot.bottom), plot.bottom))
    }

    /// Whether a place lies in the plot, so that the ball is drawn where it is.
    fn in_plot(&self, ground: Ground) -> bool {
        let frame = &self.pictures.frame;
        ground.value.is_some_and(|v| {
            let (x, y) = frame.place(ground.x, v);
            frame.plot.grown(0.5).contains((x, y))
        })
    }

    /// The triangle that is drawn now, if any.
    pub(super) fn triangle(&self) -> Option<Triangle> {
        self.triangle_at(self.walk.here().ground)
    }

    /// Run 1, or the largest of a half, a fifth, a tenth and so on that fits; to the right where there is room.
    fn triangle_at(&self, ground: Ground) -> Option<Triangle> {
        let Slope::Smooth(slope) = ground.slope else { return None };
        if self.blindfold || !self.in_plot(ground) || slope == 0.0 {
            return None;
        }
        let frame = &self.pictures.frame;
        let value = ground.value?;
        // Room for the words beside and below it.
        let room = clip::Rect::new(frame.plot.left, frame.plot.top + 6.0, frame.plot.right, frame.plot.bottom);
        let fits = |run: f64, side: f64| {
            let rise = slope * run;
            let (left, right) = if side > 0.0 {
                ((ground.x, value), (ground.x + run, value + rise))
            } else {
                ((ground.x - run, value - rise), (ground.x, value))
            };
            let corners = [frame.place(left.0, left.1), frame.place(right.0, left.1), frame.place(right.0, right.1)];
            corners.iter().all(|c| room.contains(*c)).then_some(Triangle { run, rise, corners })
        };
        let (narrowest, widest) = (12.0, 0.24 * frame.plot.width());
        // One is the run that is easiest to read a slope from; far from one, the scale of the axis decides.
        let one = frame.x.per_unit();
        let unit = if (32.0..=widest * 1.25).contains(&one) { 1.0 } else { ten_to(decade(widest / one)) };
        let shares: &[f64] = if unit == 1.0 { &[1.0, 2.0, 5.0, 10.0] } else { &[0.2, 0.5, 1.0, 2.0, 5.0, 10.0] };
        let runs =
            shares.iter().map(|share| unit / share).filter(|run| run * one >= narrowest && run * one <= widest * 1.25);
        // First large ones on the right, then large ones on the left, then whatever there is room for.
        let large = |run: &f64| run * one >= 40.0;
        let right = runs.clone().filter(large).find_map(|run| fits(run, 1.0));
        right
            .or_else(|| runs.clone().filter(large).find_map(|run| fits(run, -1.0)))
            .or_else(|| runs.clone().find_map(|run| fits(run, 1.0).or_else(|| fits(run, -1.0))))
    }

    pub(super) fn draw_curve<S: Surface>(&self, layer: Layer, surface: &mut S, theme: &Theme) -> Result<(), DrawError> {
        let mut painter = Painter::new(surface, theme);
        match (layer, self.blindfold) {
            (Layer::Base, false) => self.draw_base(&mut painter),
            (Layer::Base, true) => self.draw_fog(&mut painter),
            (Layer::Live, false) => self.draw_live(&mut painter),
            (Layer::Live, true) => self.draw_blind(&mut painter),
        }
    }

    /// The axes with their names.
    pub(super) fn axes(&self, theme: &Theme) -> Axes<'static> {
        let w = variable_name(self.curve.variable());
        Axes::new(
            Text::label(theme.step.text).plain("parameter ").math(&w),
            Text::label(theme.loss.text).plain("loss ").math("L").plain("(").math(&w).plain(")"),
        )
    }

    fn draw_base<S: Surface>(&self, painter: &mut Painter<'_, S>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let frame = &self.pictures.frame;
        let mut axes = self.axes(theme);
        axes.y_name_at = Some(self.name_place(painter.width(&axes.y_name)));
        let name = core::mem::replace(&mut axes.y_name, Text::label(theme.loss.text));
        frame.draw(painter, &axes)?;
        // With a mistake in what is typed, the last good curve stays, faded.
        let share = if self.mistake.is_some() { 0.4 } else { 1.0 };
        let color = theme.loss.stroke.mixed_into(theme.stage, share);
        let lines: Vec<&[(f64, f64)]> = self.pictures.lines.iter().map(Vec::as_slice).collect();
        painter.lines(&lines, &solid(color, 2.75))?;
        painter.discs(&self.pictures.dots, 4.5, color)?;
        for hole in &self.pictures.holes {
            painter.hollow_dot(*hole, 4.5, color)?;
        }
        painter.text(axes.y_name_at.unwrap_or_default(), Align::Start, &name)
    }

    /// A place for the name of the loss along the top, clear of the curve.
    fn name_place(&self, width: f64) -> (f64, f64) {
        let plot = &self.pictures.frame.plot;
        let y = plot.top + 20.0;
        let mut x = plot.left + 8.0;
        while x + width < plot.right - 4.0 {
            let area = clip::Rect::new(x - 10.0, y - 14.0, x + width + 10.0, y + 14.0);
            let crossed = self.pictures.lines.iter().any(|line| {
                line.windows(2).any(|pair| matches!(pair, &[p, q] if clip::segment(p, q, &area).is_some()))
            });
            if !crossed {
                return (x, y);
            }
            x += 12.0;
        }
        (plot.left + 8.0, y)
    }

    /// Of two valleys in view, the shallower one is named.
    fn want_valley_note(&self, theme: &Theme, plan: &mut LabelPlan) {
        let [a, b] = self.land.valleys.as_slice() else { return };
        let frame = &self.pictures.frame;
        let shallow = if a.value > b.value { a } else { b };
        let clear = (a.value - b.value).abs() >= 0.02 * self.land.rise();
        let (x, y) = frame.place(shallow.x, shallow.value);
        if !clear || y + 60.0 > frame.plot.bottom {
            return;
        }
        let (words, gap) =
            if frame.narrow { (["shallower", "valley"], 20.0) } else { (["a second valley,", "not so deep"], 26.0) };
        let lines = words.map(|words| Text::note(theme, words)).to_vec();
        let places = [gap, gap + 10.0, gap + 26.0].map(|dy| Candidate::new(x, y + dy, Align::Middle));
        plan.want_lines(Priority::Note, lines, places.to_vec());
    }

    fn draw_live<S: Surface>(&self, painter: &mut Painter<'_, S>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let frame = self.pictures.frame;
        let (shown, phase) = self.shown();
        let (x, y) = self.pinned(shown);
        let mut plan = LabelPlan::new(frame.size.width, frame.plot.bottom);
        self.keep_clear_of_curve(&mut plan, x);
        plan.avoid_disc((x, y), 18.0);

        if self.in_plot(shown) && phase != Phase::Growing(0.0) {
            self.draw_tangent(painter, shown, &mut plan)?;
        }
        if phase == Phase::Still && self.in_plot(shown) {
            painter.guide((x, y + 20.0), (x, frame.plot.bottom))?;
        }
        self.draw_step(painter, shown, phase, &mut plan)?;
        self.draw_trail(painter, shown, phase, &mut plan)?;
        let base = frame.plot.bottom;
        painter.line(&[(x, base - 8.0), (x, base)], &solid(theme.step.stroke, 2.0))?;
        painter.handle((x, y), &self.look(shown))?;
        self.want_state_note(shown, (x, y), theme, &mut plan);
        self.want_valley_note(theme, &mut plan);
        plan.draw(painter)?;
        Ok(())
    }

    /// How the ball looks at this place.
    pub(super) fn look(&self, shown: Ground) -> HandleLook {
        let radius = if self.pictures.frame.narrow { 10.0 } else { 11.0 };
        HandleLook {
            radius,
            grip: Grip::Horizontal,
            hollow: !matches!(shown.slope, Slope::Smooth(_)) || !(self.in_plot(shown) || self.blindfold),
            hovered: self.touching.hovered,
            focused: self.touching.focused,
            dragged: self.touching.dragging.is_some(),
        }
    }

    /// Labels keep off the curve near the ball; farther away there are none.
    fn keep_clear_of_curve(&self, plan: &mut LabelPlan, x: f64) {
        for line in &self.pictures.lines {
            let first = line.partition_point(|p| p.0 < x - 260.0);
            let last = line.partition_point(|p| p.0 <= x + 260.0);
            if let Some(near) = line.get(first..last)
                && near.len() > 1
            {
                plan.avoid_line(near);
            }
        }
    }

    pub(super) fn draw_tangent<S: Surface>(
        &self,
        painter: &mut Painter<'_, S>,
        here: Ground,
        plan: &mut LabelPlan,
    ) -> Result<(), DrawError> {
        let frame = self.pictures.frame;
        let theme = painter.theme;
        let at = self.pinned(here);
        let stroke = solid(theme.gradient.stroke, 2.25);
        match here.slope {
            Slope::Smooth(slope) => {
                let triangle = self.triangle_at(here);
                if let Some(Triangle { corners: [a, b, c], .. }) = triangle {
                    painter.polygon(&[a, b, c], theme.gradient.soft)?;
                }
                let ends = tangent(&frame, at, slope, triangle.as_ref());
                for piece in clip::polyline(&ends, &frame.window()) {
                    painter.line(&piece, &stroke)?;
                }
                plan.avoid_line(&ends);
                if let Some(t) = triangle {
                    let [a, b, c] = t.corners;
                    painter.line(&[a, b, c], &solid(theme.gradient.stroke, 1.5))?;
                    plan.avoid_line(&[a, b, c]);
                    self.want_triangle_labels(plan, theme, &t);
                }
                self.want_slope_label(plan, theme, slope, at, triangle.as_ref());
            }
            Slope::Kink { left, right, .. } => {
                let digits = self.slope_decimals();
                for (slope, side, name) in [(left, -1.0, "left"), (right, 1.0, "right")] {
                    let Some(slope) = slope else { continue };
                    let end = along(&frame, at, slope, side * 96.0);
                    for piece in clip::polyline(&[at, end], &frame.window()) {
                        painter.line(&piece, &stroke)?;
                    }
                    let text = Text::label(theme.gradient.text).plain(&format!("{name} {}", fixed(slope, digits)));
                    let align = if side < 0.0 { Align::End } else { Align::Start };
                    let places = [(8.0, 0.0), (8.0, -16.0), (8.0, 16.0), (-12.0, -26.0), (-12.0, 26.0)]
                        .map(|(dx, dy)| Candidate::new(end.0 + side * dx, end.1 + dy, align));
                    plan.want(Priority::Slope, text, places.to_vec());
                }
            }
            Slope::Vertical { .. } => {
                let ends = [(at.0, at.1 - 90.0), (at.0, at.1 + 60.0)];
                for piece in clip::polyline(&ends, &frame.window()) {
                    painter.line(&piece, &stroke)?;
                }
                let words = if frame.narrow { "no finite slope" } else { "vertical: no finite slope" };
                let text = Text::emphasis(theme.gradient.text).plain(words);
                let places = [
                    (14.0, -60.0, Align::Start),
                    (-14.0, -60.0, Align::End),
                    (14.0, 48.0, Align::Start),
                    (-14.0, 48.0, Align::End),
                ]
                .map(|(dx, dy, align)| Candidate::new(at.0 + dx, at.1 + dy, align));
                plan.want(Priority::Slope, text, places.to_vec());
            }
            Slope::Missing => {}
        }
        Ok(())
    }

    fn want_triangle_labels(&self, plan: &mut LabelPlan, theme: &Theme, triangle: &Triangle) {
        let [a, b, c] = triangle.corners;
        let run = crate::number::trimmed(triangle.run, 3);
        let middle = (a.0 + b.0) / 2.0;
        // Away from the hypotenuse: below where it rises, above where it falls.
        let away = if c.1 < b.1 { 1.0 } else { -1.0 };
        let run_places = [(0.0, 15.0), (14.0, 15.0), (24.0, 15.0), (0.0, 20.0), (0.0, -15.0)]
            .map(|(dx, dy)| Candidate::new(middle + dx, b.1 + away * dy, Align::Middle));
        plan.want(Priority::Run, Text::label(theme.gradient.text).plain(&format!("run {run}")), run_places.to_vec());
        let rise = self.rise_text(triangle);
        let upright = (b.1 + c.1) / 2.0;
        let rise_places =
            [(10.0, 0.0), (10.0, -14.0), (10.0, 14.0), (10.0, -28.0), (10.0, 28.0), (10.0, -42.0), (10.0, 42.0)]
                .map(|(dx, dy)| Candidate::new(b.0 + dx, upright + dy, Align::Start));
        plan.want(
            Priority::Rise,
            Text::label(theme.gradient.text).plain(&format!("rise {rise}")),
            rise_places.to_vec(),
        );
    }

    /// The rise as shown: the slope as shown times the run, so that dividing on paper gives the slope back.
    fn rise_text(&self, triangle: &Triangle) -> String {
        let digits = self.next_step().map_or(self.slope_decimals(), |s| s.slope.decimals);
        let slope = Rounded::new(triangle.rise / triangle.run, digits).map_or(0.0, |r| r.value);
        let finer = usize::try_from(-decade(triangle.run)).unwrap_or(0);
        let text = fixed(slope * triangle.run, digits + finer);
        match text.split_once('.') {
            Some((whole, fraction)) if finer > 0 => {
                let kept = fraction.trim_end_matches('0').len().max(digits);
                let fraction: String = fraction.chars().take(kept).collect();
                if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
            }
            _ => text,
        }
    }

    fn want_slope_label(
        &self,
        plan: &mut LabelPlan,
        theme: &Theme,
        slope: f64,
        at: (f64, f64),
        triangle: Option<&Triangle>,
    ) {
        let w = variable_name(self.curve.variable());
        let digits = self.next_step().map_or(self.slope_decimals(), |s| s.slope.decimals);
        let shown = fixed(slope, digits);
        let narrow = self.pictures.frame.narrow;
        let text = if narrow {
            Text::emphasis(theme.gradient.text).plain(&format!("slope {shown}"))
        } else {
            Text::emphasis(theme.gradient.text)
                .plain("slope ")
                .math("L")
                .plain("′(")
                .math(&w)
                .plain(&format!(") = {shown}"))
        };
        let mut places = Vec::new();
        if let Some(Triangle { corners: [a, b, c], .. }) = triangle {
            let upright = (b.1 + c.1) / 2.0;
            for dy in [20.0, 28.0, -20.0, 44.0, -36.0] {
                places.push(Candidate::new(b.0 + 10.0, upright + dy, Align::Start));
            }
            places.push(Candidate::new(c.0 + 14.0, c.1 - 6.0, Align::Start));
            let outer = if c.1 < b.1 { b.1.max(a.1) + 34.0 } else { b.1.min(a.1) - 34.0 };
            places.push(Candidate::new((a.0 + b.0) / 2.0, outer, Align::Middle));
            places.push(Candidate::new(a.0 - 26.0, (a.1 + c.1) / 2.0, Align::End));
        }
        for (dx, dy, align) in [
            (0.0, -36.0, Align::Middle),
            (26.0, -30.0, Align::Start),
            (-26.0, -30.0, Align::End),
            (0.0, 40.0, Align::Middle),
            (26.0, 34.0, Align::Start),
            (-26.0, 34.0, Align::End),
            (0.0, -60.0, Align::Middle),
            (40.0, -60.0, Align::Start),
            (-40.0, -60.0, Align::End),
        ] {
            places.push(Candidate::new(at.0 + dx, at.1 + dy, align));
        }
        plan.want(Priority::Slope, text, places);
    }

    /// The arrow of the step at the height of the ball, exactly as long as the step; then the drop to the ghost of the next
    /// place.
    pub(super) fn draw_step<S: Surface>(
        &self,
        painter: &mut Painter<'_, S>,
        shown: Ground,
        phase: Phase,
        plan: &mut LabelPlan,
    ) -> Result<(), DrawError> {
        let frame = self.pictures.frame;
        let theme = painter.theme;
        let (share, target) = match phase {
            // The arrow shows the step that is being taken.
            Phase::Growing(share) => (share, Some(self.walk.here().ground.x)),
            Phase::Sliding(_) => return Ok(()),
            Phase::Still => (1.0, self.walk.next(self.optimizer, self.rate).ok().map(|(x, _)| x)),
        };
        let (Some(target), true) = (target, self.in_plot(shown) || self.blindfold) else { return Ok(()) };
        let (x, y) = self.pinned(shown);
        let tip = x + (frame.x.to_pixels(target) - frame.x.to_pixels(shown.x)) * share;
        let radius = self.look(shown).radius;
        // The shaft leaves the ring of the ball; the tip stands exactly where the step leads.
        let tail = x + (tip - x).signum() * (radius + 4.0).min((tip - x).abs());
        self.draw_arrow(painter, (tail, y), (tip, y), radius)?;
        let visible = tip >= 0.0 && tip <= frame.size.width;
        if visible {
            plan.avoid_rectangle((x, y - 6.0), (tip, y + 6.0));
        }
        if phase == Phase::Still && (tip - x).abs() >= 14.0 + radius {
            self.want_step_label(plan, theme, (x, y), tip.clamp(0.0, frame.size.width));
        }
        if phase != Phase::Still || self.blindfold || !visible {
            return Ok(());
        }
        let next = self.curve.ground(target);
        let (Some(value), true) = (next.value, (tip - x).abs() >= 6.0) else { return Ok(()) };
        let ghost = frame.place(target, value);
        if !frame.plot.contains(ghost) {
            // The next place is outside of the picture: the drop or the climb goes to its edge.
            let edge = ghost.1.clamp(frame.plot.top, frame.plot.bottom);
            painter.guide((tip, y), (tip, edge))?;
            return Ok(());
        }
        let toward = if ghost.1 > y { 1.0 } else { -1.0 };
        if (ghost.1 - y).abs() > 10.0 {
            painter.guide((tip, y), (tip, ghost.1 - 8.0 * toward))?;
        }
        painter.guide((tip, ghost.1.max(y) + 8.0), (tip, frame.plot.bottom))?;
        let (dx, dy) = (ghost.0 - x, ghost.1 - y);
        if dx * dx + dy * dy >= (radius + 6.0) * (radius + 6.0) {
            painter.ghost(ghost, if frame.narrow { 6.5 } else { 7.5 })?;
            plan.avoid_disc(ghost, 9.0);
            let places = [
                (-10.0, 22.0, Align::End),
                (10.0, 22.0, Align::Start),
                (-14.0, -16.0, Align::End),
                (14.0, -16.0, Align::Start),
                (14.0, 0.0, Align::Start),
                (-14.0, 0.0, Align::End),
            ]
            .map(|(dx, dy, align)| Candidate::new(ghost.0 + dx, ghost.1 + dy, align));
            if !frame.narrow && dx.abs().max(dy.abs()) > 26.0 {
                plan.want(Priority::Note, Text::note(theme, "next"), places.to_vec());
            }
        }
        Ok(())
    }

    /// An arrow whose visible part begins at the ring; one that ends within it shows only its head, one that leaves the
    /// picture is cut by its edge.
    fn draw_arrow<S: Surface>(
        &self,
        painter: &mut Painter<'_, S>,
        tail: (f64, f64),
        tip: (f64, f64),
        radius: f64,
    ) -> Result<(), DrawError> {
        let color = painter.theme.step.stroke;
        let edge = self.pictures.frame.window().grown(24.0);
        match clip::segment(tail, tip, &edge) {
            Some((_, end)) if end == tip => {
                let length = (tip.0 - tail.0).abs();
                if length < 7.0 {
                    // All head: from inside the ring, drawn under the ball.
                    let back = tip.0 - (tip.0 - tail.0).signum() * 7.0_f64.min(length + radius);
                    return painter.arrow((back, tail.1), tip, color);
                }
                painter.arrow(tail, tip, color)
            }
            Some((from, to)) => painter.line(&[from, to], &solid(color, 2.5)),
            None => Ok(()),
        }
    }

    fn want_step_label(&self, plan: &mut LabelPlan, theme: &Theme, (x, y): (f64, f64), tip: f64) {
        let Some(moved) = self.next_step().and_then(|s| Rounded::new(-s.moved.value, s.moved.decimals)) else { return };
        let words = if self.pictures.frame.narrow { moved.text() } else { format!("step {}", moved.text()) };
        let text = Text::label(theme.step.text).plain(&words);
        let middle = (x + tip) / 2.0;
        let side = (tip - x).signum();
        let near = x + side * 22.0;
        let toward = if side < 0.0 { Align::End } else { Align::Start };
        let mut places = vec![
            Candidate::new(near, y - 14.0, toward),
            Candidate::new(middle, y - 16.0, Align::Middle),
            Candidate::new(near, y + 17.0, toward),
            Candidate::new(tip, y - 16.0, Align::Middle),
            Candidate::new(tip + side * 10.0, y, toward),
            Candidate::new(middle, y - 26.0, Align::Middle),
        ];
        places.push(Candidate::new(middle, y + 24.0, Align::Middle));
        plan.want(Priority::Step, text, places);
    }

    /// Past places on the curve with ticks of the same age on the axis; where a step crossed a valley, its chord.
    fn draw_trail<S: Surface>(
        &self,
        painter: &mut Painter<'_, S>,
        shown: Ground,
        phase: Phase,
        plan: &mut LabelPlan,
    ) -> Result<(), DrawError> {
        let frame = self.pictures.frame;
        let theme = painter.theme;
        let radius = if frame.narrow { 5.0 } else { 6.0 };
        let skipped = match phase {
            Phase::Growing(_) => 2,
            Phase::Still | Phase::Sliding(_) => 1,
        };
        let past: Vec<&Entry> = self.walk.entries().rev().skip(skipped).take(TRAIL).collect();
        let fade = if let Phase::Sliding(share) = phase { 1.0 - share } else { 0.0 };
        let newest = self.walk.entries().rev().nth(skipped - 1);
        let mut later = newest.map(|e| (shown, e.way));
        let mut dots = Vec::with_capacity(past.len());
        for (age, entry) in past.iter().enumerate() {
            let fresh = freshness(age, past.len());
            let aged = if age == 0 { fresh + (1.0 - fresh) * fade } else { fresh };
            let color = theme.step.stroke.mixed_into(theme.stage, aged);
            let ground = entry.ground;
            if let (Some((next, Way::Step { .. })), Some(value)) = (later, ground.value)
                && crossed(&ground, &next)
                && let Some(other) = next.value
            {
                let chord = [frame.place(ground.x, value), frame.place(next.x, other)];
                plan.avoid_line(&chord);
                for piece in clip::polyline(&chord, &frame.window()) {
                    painter.line(&piece, &solid(color, 1.75))?;
                }
            }
            later = Some((ground, entry.way));
            let Some(value) = ground.value else { continue };
            let at = frame.place(ground.x, value);
            if at.0 >= 0.0 && at.0 <= frame.size.width {
                let base = frame.plot.bottom;
                painter.line(&[(at.0, base - 7.0), (at.0, base)], &solid(color, 2.0))?;
            }
            if frame.plot.grown(radius).contains(at) && at.1 <= frame.plot.bottom {
                dots.push((at, aged));
            }
        }
        // The oldest at the bottom.
        for (at, share) in dots.iter().rev() {
            painter.past_dot(*at, radius, *share)?;
            plan.avoid_disc(*at, radius);
        }
        let (x, y) = self.pinned(shown);
        let whole = self.walk.len() + 1 - skipped <= TRAIL;
        if let (Some((at, _)), true, false) = (dots.last(), whole, frame.narrow)
            && ((at.0 - x).abs() > 26.0 || (at.1 - y).abs() > 26.0)
        {
            let places = [
                (4.0, -16.0, Align::Middle),
                (-12.0, -12.0, Align::End),
                (12.0, -12.0, Align::Start),
                (0.0, 18.0, Align::Middle),
                (14.0, 0.0, Align::Start),
                (-14.0, 0.0, Align::End),
            ]
            .map(|(dx, dy, align)| Candidate::new(at.0 + dx, at.1 + dy, align));
            plan.want(Priority::Note, Text::note(theme, "start"), places.to_vec());
        }
        Ok(())
    }

    /// A ball that is not on the curve in the picture says why.
    fn want_state_note(&self, shown: Ground, at: (f64, f64), theme: &Theme, plan: &mut LabelPlan) {
        let words = match shown.value {
            None => "undefined here".to_owned(),
            Some(_) if self.in_plot(shown) => return,
            Some(v) => format!("outside: loss {}", self.loss_text(v)),
        };
        let text = Text::label(theme.ink_2).plain(&words);
        let places = [
            (24.0, 0.0, Align::Start),
            (-24.0, 0.0, Align::End),
            (0.0, -28.0, Align::Middle),
            (0.0, 28.0, Align::Middle),
        ]
        .map(|(dx, dy, align)| Candidate::new(at.0 + dx, at.1 + dy, align));
        plan.want(Priority::Step, text, places.to_vec());
    }
}

/// Whether a step went from one side of a valley to the other.
fn crossed(from: &Ground, to: &Ground) -> bool {
    matches!((from.gradient(), to.gradient()), (Some(a), Some(b)) if a * b < 0.0)
}

/// The point so many pixels along a line of this slope (in data) through a point.
fn along(frame: &Frame, at: (f64, f64), slope: f64, pixels: f64) -> (f64, f64) {
    let (dx, dy) = direction(frame, slope);
    (at.0 + dx * pixels, at.1 + dy * pixels)
}

/// The direction of a slope on the screen, of length 1, pointing right.
fn direction(frame: &Frame, slope: f64) -> (f64, f64) {
    let steep = -slope * frame.y.per_unit() / frame.x.per_unit();
    if !steep.is_finite() {
        return (0.0, -slope.signum());
    }
    let length = if steep.abs() > 1e100 { steep.abs() } else { (1.0 + steep * steep).sqrt() };
    (1.0 / length, steep / length)
}

/// The tangent: 0.4 of the run behind and 1.2 ahead, and never shorter than can be seen.
pub(super) fn tangent(frame: &Frame, at: (f64, f64), slope: f64, triangle: Option<&Triangle>) -> [(f64, f64); 2] {
    const SHORTEST: (f64, f64) = (36.0, 60.0);
    let (dx, _) = direction(frame, slope);
    let run = triangle.map_or(0.0, |t| t.run * frame.x.per_unit());
    let to_right = triangle.is_none_or(|t| t.corners.first().is_some_and(|a| (a.0 - at.0).abs() < 0.5));
    let behind = (0.4 * run / dx.max(1e-9)).max(SHORTEST.0);
    let ahead = (1.2 * run / dx.max(1e-9)).max(SHORTEST.1);
    let (behind, ahead) =
        if triangle.is_none() { (SHORTEST.1, SHORTEST.1) } else { (behind.min(400.0), ahead.min(600.0)) };
    let (left, right) = if to_right { (behind, ahead) } else { (ahead, behind) };
    [along(frame, at, slope, -left), along(frame, at, slope, right)]
}
