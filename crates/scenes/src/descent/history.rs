//! The small stage: the loss against steps.

use super::{DescentScene, HISTORY};
use crate::clip;
use crate::frame::{Axes, Frame};
use crate::painter::{Painter, Text, solid};
use crate::scene::Layer;
use crate::surface::{Align, DrawError, Ink};
use crate::theme::Theme;

/// The axis is at least this long, so that the first steps do not fill it.
const SHORTEST: usize = 10;

impl DescentScene {
    pub(super) fn draw_history(&self, layer: Layer, surface: &mut dyn Ink, theme: &Theme) -> Result<(), DrawError> {
        // The axis grows with the walk: everything is on the live layer.
        if layer == Layer::Base {
            return Ok(());
        }
        let mut painter = Painter::new(surface, theme);
        if self.blindfold {
            let size = self.pictures.size(HISTORY);
            let note = Text::note(theme, "The loss is hidden while you wear the blindfold.");
            return painter.text((size.width / 2.0, size.height / 2.0), Align::Middle, &note);
        }
        let losses: Vec<(f64, Option<f64>)> =
            self.walk.entries().enumerate().map(|(i, e)| (i as f64, e.ground.value)).collect();
        let frame = self.history_frame(&losses);
        let axes = Axes {
            y_name_at: Some((frame.plot.right - painter.width(&loss_name(theme)), frame.plot.top + 6.0)),
            ..Axes::new(Text::label(theme.step.text).plain("step"), loss_name(theme))
        };
        frame.draw(&mut painter, &Axes { x_name_below: 34.0, ..axes })?;
        for piece in losses.split(|(_, v)| v.is_none()) {
            let points: Vec<(f64, f64)> = piece.iter().filter_map(|(i, v)| v.map(|v| frame.place(*i, v))).collect();
            let window = clip::Rect { right: frame.plot.right, left: frame.plot.left, ..frame.window() };
            for line in clip::polyline(&points, &window) {
                painter.line(&line, &solid(theme.loss.stroke, 2.0))?;
            }
            if points.len() <= 40 {
                let inside: Vec<(f64, f64)> = points.iter().copied().filter(|p| window.contains(*p)).collect();
                painter.discs(&inside, 2.75, theme.loss.stroke)?;
            }
        }
        if let Some(&(i, Some(v))) = losses.last() {
            let at = frame.place(i, v);
            if frame.plot.contains(at) {
                painter.disc(at, 6.5, theme.stage)?;
                painter.disc(at, 5.0, theme.step.stroke)?;
            }
        }
        Ok(())
    }

    /// Wide enough for the walk, high enough for the losses that lie in the curve's picture: what runs away, runs out of it.
    fn history_frame(&self, losses: &[(f64, Option<f64>)]) -> Frame {
        let steps = self.walk.len().max(SHORTEST) as f64;
        let (low, high) = self.land.range;
        let seen = losses.iter().filter_map(|l| l.1).filter(|v| *v >= low && *v <= high);
        let (least, most) = seen.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
        let floor = self.land.deepest().map_or(least, |v| v.value.min(least));
        let (least, most) = if most.is_finite() && floor.is_finite() { (floor, most) } else { (low, high) };
        let room = (most - least).max(0.05 * self.land.rise());
        let bottom = if least >= 0.0 && least <= room { 0.0 } else { least - 0.12 * room };
        self.pictures.history_frame((0.0, steps), (bottom, most + 0.15 * room))
    }
}

fn loss_name(theme: &Theme) -> Text {
    Text::label(theme.loss.text).plain("loss")
}
