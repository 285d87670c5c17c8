//! The curve's stage: the curve, the step, the ball, and the order in which all of it is drawn.

use super::DescentScene;
use super::curve::{Ground, Slope};
use super::motion::Phase;
use crate::clip;
use crate::frame::Axes;
use crate::number::Rounded;
use crate::painter::{Candidate, Grip, HandleLook, LabelPlan, Painter, Priority, Text, solid, variable_name};
use crate::scene::Layer;
use crate::surface::{Align, DrawError, Ink};
use crate::theme::Theme;

/// How far inside the plot a ball that has left it is held, CSS pixels.
const PIN: f64 = 16.0;

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
    pub(super) fn in_plot(&self, ground: Ground) -> bool {
        let frame = &self.pictures.frame;
        ground.value.is_some_and(|v| {
            let (x, y) = frame.place(ground.x, v);
            frame.plot.grown(0.5).contains((x, y))
        })
    }

    pub(super) fn draw_curve(&self, layer: Layer, surface: &mut dyn Ink, theme: &Theme) -> Result<(), DrawError> {
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

    fn draw_base(&self, painter: &mut Painter<'_>) -> Result<(), DrawError> {
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

    fn draw_live(&self, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let frame = self.pictures.frame;
        let (shown, phase) = self.shown();
        let (x, y) = self.pinned(shown);
        let mut plan = LabelPlan::new(frame.size.width, frame.plot.bottom);
        for line in &self.pictures.lines {
            plan.avoid_line(line);
        }
        plan.avoid_disc((x, y), 18.0);

        if self.in_plot(shown) {
            self.draw_tangent(painter, shown, &mut plan)?;
        }
        if phase == Phase::Still && self.in_plot(shown) {
            painter.guide((x, y + 20.0), (x, frame.plot.bottom))?;
            plan.avoid_line(&[(x, y + 20.0), (x, frame.plot.bottom)]);
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

    /// The arrow of the step at the height of the ball, exactly as long as the step; then the drop to the ghost of the next
    /// place.
    pub(super) fn draw_step(
        &self,
        painter: &mut Painter<'_>,
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
        plan.avoid_line(&[(tip, y.min(ghost.1)), (tip, frame.plot.bottom)]);
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
    fn draw_arrow(
        &self,
        painter: &mut Painter<'_>,
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
