//! The typical miss step by step, above the line that none can beat.

use super::HousesScene;
use super::layout::axis_unit;
use super::map_shapes::thinned;
use crate::frame::{Frame, Rect, crisp};
use crate::painter::{Candidate, Painter, Text, solid};
use crate::scene::Layer;
use crate::surface::{Align, DrawError, Ink};
use crate::theme::Theme;
use crate::ticks::{Unit, ticks};

/// Dots on every step while there are so few that they stay apart.
const MOST_DOTS: usize = 40;

impl HousesScene {
    pub(super) fn draw_history(&self, layer: Layer, surface: &mut dyn Ink, theme: &Theme) -> Result<(), DrawError> {
        let frame = self.history_frame();
        let mut painter = Painter::new(surface, theme);
        match layer {
            Layer::Base => self.history_base(&frame, &mut painter),
            Layer::Live => self.history_live(&frame, &mut painter),
        }
    }

    fn history_base(&self, frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let plot = &frame.plot;
        let unit = axis_unit(self.target.unit, frame.y.data.1);
        let found = ticks(0.0, frame.y.data.1, 3);
        for (value, words) in found.values.iter().zip(found.labels(&unit)) {
            let y = frame.y.to_pixels(*value);
            if *value > 0.0 {
                painter.line(&[(plot.left, crisp(y)), (plot.right, crisp(y))], &solid(theme.grid, 1.0))?;
            }
            painter.text((plot.left - 9.0, y), Align::End, &Text::tick(theme, &words))?;
        }
        let axis = solid(theme.axis, 1.25);
        painter.line(&[(plot.left, plot.bottom), (plot.right, plot.bottom)], &axis)?;
        let name = Text::label(theme.step.text).plain("step");
        let end = plot.right - painter.width(&name) - 12.0;
        let found = ticks(0.0, frame.x.data.1, if frame.narrow { 5 } else { 7 });
        for (value, words) in found.values.iter().zip(found.labels(&Unit::default())) {
            let x = frame.x.to_pixels(*value);
            let label = Text::tick(theme, &words);
            painter.line(&[(x, plot.bottom), (x, plot.bottom + 5.0)], &axis)?;
            if x + painter.width(&label) / 2.0 <= end {
                painter.text((x, plot.bottom + 16.0), Align::Middle, &label)?;
            }
        }
        painter.text((plot.right, plot.bottom + 16.0), Align::End, &name)?;
        let floor = frame.y.to_pixels(self.bowl.floor.sqrt());
        painter.guide((plot.left, floor), (plot.right, floor))
    }

    fn history_live(&self, frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let losses = self.walk.losses();
        let mut curve: Vec<(f64, f64)> =
            thinned(losses.len()).into_iter().filter_map(|i| losses.get(i).map(|l| (i as f64, l.sqrt()))).collect();
        if self.motion.is_some() {
            // The newest point slides with the line.
            let shown = self.bowl.loss(self.walk.basis(), self.shown()).sqrt();
            let from = curve.len().checked_sub(2).and_then(|i| curve.get(i)).copied();
            if let (Some(last), Some(from)) = (curve.last_mut(), from) {
                let share = if last.1 == from.1 { 1.0 } else { ((shown - from.1) / (last.1 - from.1)).clamp(0.0, 1.0) };
                *last = (from.0 + (last.0 - from.0) * share, shown);
            }
        }
        let plot = frame.plot;
        let pixels: Vec<_> = curve.iter().map(|&(x, y)| frame.place(x, y)).collect();
        let pieces = crate::clip::polyline(&pixels, &Rect::new(plot.left, 2.0, plot.right, plot.bottom));
        let pieces: Vec<&[(f64, f64)]> = pieces.iter().map(Vec::as_slice).collect();
        painter.lines(&pieces, &solid(theme.loss.stroke, 2.75))?;
        let seen = |at: &(f64, f64)| at.1 >= 2.0 && at.1 <= plot.bottom + 0.5;
        if pixels.len() <= MOST_DOTS {
            for at in pixels.iter().rev().skip(1).filter(|at| seen(at)) {
                painter.disc(*at, 3.5, theme.stage)?;
                painter.circle(*at, 3.5, &solid(theme.loss.stroke, 1.75))?;
            }
        }
        let Some(&at) = pixels.last() else { return Ok(()) };
        if seen(&at) {
            painter.disc(at, 6.0, theme.loss.stroke)?;
        }
        self.history_words(frame, at, &pixels, painter)
    }

    fn history_words(
        &self,
        frame: &Frame,
        at: (f64, f64),
        curve: &[(f64, f64)],
        painter: &mut Painter<'_>,
    ) -> Result<(), DrawError> {
        let theme = painter.theme;
        let plot = frame.plot;
        let mut callouts =
            super::callouts::Callouts::new(Rect::new(plot.left + 2.0, 3.0, plot.right, plot.bottom - 2.0));
        for pair in curve.windows(2) {
            if let &[a, b] = pair {
                callouts.avoid_segment(a, b);
            }
        }
        callouts.avoid_disc(at, 7.0);
        let floor = frame.y.to_pixels(self.bowl.floor.sqrt());
        callouts.avoid_segment((plot.left, floor), (plot.right, floor));
        let words = format!("typical miss {}", self.target.brief(self.typical_miss()));
        let y = at.1.clamp(12.0, plot.bottom - 12.0);
        let places = [
            Candidate::new(at.0 + 12.0, y - 10.0, Align::Start),
            Candidate::new(at.0 + 12.0, y - 24.0, Align::Start),
            Candidate::new(at.0 - 12.0, y - 24.0, Align::End),
            Candidate::new(at.0, y - 20.0, Align::End),
            Candidate::new(at.0 + 12.0, y + 14.0, Align::Start),
            Candidate::new(at.0 - 12.0, y + 14.0, Align::End),
            Candidate::new(at.0 - 12.0, y, Align::End),
            Candidate::new(plot.right - 4.0, 14.0, Align::End),
        ];
        callouts.draw(painter, None, &Text::emphasis(theme.loss.text).plain(&words), &places)?;
        let note = Text::note(theme, &format!("no line can beat {}", self.target.brief(self.bowl.floor.sqrt())));
        let places = [
            Candidate::new(plot.right - 4.0, floor + 14.0, Align::End),
            Candidate::new(plot.right - 4.0, floor - 13.0, Align::End),
            Candidate::new(plot.left + 8.0, floor + 14.0, Align::Start),
            Candidate::new((plot.left + plot.right) / 2.0, floor + 14.0, Align::Middle),
        ];
        callouts.draw(painter, None, &note, &places).map(|_| ())
    }
}
