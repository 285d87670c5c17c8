//! The scatter: houses, misses, the line with its two handles, one house called out.

use super::callouts::Callouts;
use super::handles::{HOUSE, LEFT, MOVE_X, MOVE_Y, RIGHT};
use super::layout::axis_unit;
use super::readout::evenly;
use super::{Drag, HousesScene};
use crate::clip;
use crate::clip::Rect;
use crate::frame::{Axes, Frame};
use crate::painter::{Candidate, Grip, HandleLook, Painter, Text, solid};
use crate::scene::Layer;
use crate::surface::{Align, DrawError, Ink};
use crate::theme::Theme;

/// The most misses drawn; of more houses an even selection, or the picture would be all sticks.
const MOST_STICKS: usize = 120;
/// Earlier lines drawn faintly, and how strong they are, latest first.
const EARLIER: [f64; 4] = [0.34, 0.28, 0.22, 0.16];

/// Radius and opacity of a house: the more there are, the fainter, so that overlap still reads as density.
fn dot_look(houses: usize) -> (f64, f64) {
    match houses {
        0..=300 => (3.75, 0.5),
        301..=1_000 => (3.25, 0.35),
        1_001..=10_000 => (2.75, 0.22),
        _ => (2.25, 0.1),
    }
}

impl HousesScene {
    /// How many misses are drawn.
    pub(super) fn stick_count(&self) -> usize {
        self.xs.len().min(MOST_STICKS)
    }

    pub(super) fn draw_scatter(&self, layer: Layer, surface: &mut dyn Ink, theme: &Theme) -> Result<(), DrawError> {
        let frame = self.scatter_frame();
        let mut painter = Painter::new(surface, theme);
        match layer {
            Layer::Base => self.scatter_base(&frame, &mut painter),
            Layer::Live => self.scatter_live(&frame, &mut painter),
        }
    }

    fn scatter_base(&self, frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let mut axes = Axes::new(
            Text::label(theme.data.text).plain(&self.feature.label_with_unit()),
            Text::label(theme.data.text).plain(&self.target.label),
        );
        axes.y_unit = axis_unit(self.target.unit, self.range_y.1.abs().max(self.range_y.0.abs()));
        if self.feature.unit == super::Unit::Dollars {
            axes.x_unit = axis_unit(self.feature.unit, self.range_x.1.abs().max(self.range_x.0.abs()));
        }
        axes.x_years = self.feature.unit == super::Unit::Year;
        frame.draw(painter, &axes)?;
        let (radius, opacity) = dot_look(self.xs.len());
        let mut moved: Vec<usize> = self.edits.iter().map(|edit| edit.house).collect();
        moved.sort_unstable();
        let houses = self.original.x.iter().zip(&self.original.y).enumerate();
        let dots: Vec<_> = houses
            .filter(|(house, _)| moved.binary_search(house).is_err())
            .map(|(_, (x, y))| frame.place(*x, *y))
            .collect();
        painter.discs(&dots, radius, theme.data.stroke.alpha(opacity))
    }

    fn scatter_live(&self, frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let line = self.walk.basis().line(self.shown());
        if self.misses {
            self.sticks(frame, painter)?;
        }
        self.moved_dots(frame, painter)?;
        self.lines(frame, painter)?;
        let called = self.call_out(frame, painter)?;
        let mut plan =
            Callouts::new(Rect::new(frame.plot.left + 2.0, 4.0, frame.size.width - 6.0, frame.plot.bottom - 2.0));
        let places = self.handle_places();
        for (_, place) in &places {
            plan.avoid_disc(*place, 15.0);
        }
        if let Some([a, b]) = self.visible_line(frame, line) {
            plan.avoid_segment(a, b);
        }
        self.name_house(frame, called, plan, painter)?;
        for (id, (_, place)) in [(LEFT, places[0]), (RIGHT, places[1])] {
            let dragged = matches!(&self.drag, Some(Drag::Line { right, .. }) if *right == (id == RIGHT));
            let look = HandleLook {
                hovered: self.hover.as_deref() == Some(id),
                focused: self.focus.as_deref() == Some(id),
                dragged,
                ..HandleLook::new(10.0, Grip::Vertical)
            };
            painter.handle(place, &look)?;
        }
        Ok(())
    }

    fn sticks(&self, frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let line = self.walk.basis().line(self.shown());
        let mut sticks = Vec::with_capacity(MOST_STICKS);
        for house in evenly(self.xs.len(), MOST_STICKS) {
            let (Some(x), Some(y)) = (self.xs.get(house), self.ys.get(house)) else { continue };
            if let Some((a, b)) = clip::segment(frame.place(*x, *y), frame.place(*x, line.at(*x)), &frame.plot) {
                sticks.push([a, b]);
            }
        }
        let sticks: Vec<&[(f64, f64)]> = sticks.iter().map(|s| s.as_slice()).collect();
        painter.lines(&sticks, &solid(painter.theme.loss.stroke.alpha(0.38), 1.25))
    }

    fn moved_dots(&self, frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let (ghosts, dots): (Vec<_>, Vec<_>) = self
            .edits
            .iter()
            .filter_map(|edit| {
                let (x, y) = (self.original.x.get(edit.house)?, self.original.y.get(edit.house)?);
                Some((frame.place(*x, *y), frame.place(edit.x, edit.y)))
            })
            .unzip();
        // Where a moved house stood, hollow, so that what was changed stays visible.
        for ghost in &ghosts {
            painter.circle(*ghost, 3.75, &solid(theme.ink_3, 1.25))?;
        }
        painter.discs(&dots, 3.75, theme.data.stroke)
    }

    fn lines(&self, frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let basis = self.walk.basis();
        let cut = |line: super::Line| self.visible_line(frame, line);
        let points = self.walk.points();
        for (earlier, opacity) in points.iter().rev().skip(1).zip(EARLIER) {
            if let Some(line) = cut(basis.line(*earlier)) {
                painter.line(&line, &solid(theme.prediction.stroke.alpha(opacity), 1.5))?;
            }
        }
        match cut(basis.line(self.shown())) {
            Some(line) => painter.line(&line, &solid(theme.prediction.stroke, 3.0)),
            None => Ok(()),
        }
    }

    /// The called-out house: its miss, its ring, its guess; the places of house and guess.
    fn call_out(&self, frame: &Frame, painter: &mut Painter<'_>) -> Result<[(f64, f64); 2], DrawError> {
        let theme = painter.theme;
        let line = self.walk.basis().line(self.shown());
        let (x, y) = self.called_house();
        let (sold, guess) = (frame.place(x, y), frame.place(x, line.at(x)));
        if let Some((a, b)) = clip::segment(sold, guess, &frame.plot) {
            painter.line(&[a, b], &solid(theme.loss.stroke, 2.5))?;
        }
        if frame.plot.grown(0.5).contains(guess) {
            painter.disc(guess, 6.5, theme.stage)?;
            painter.disc(guess, 5.0, theme.prediction.stroke)?;
        }
        let id = self.focus.as_deref();
        let focused = matches!(id, Some(HOUSE | MOVE_X | MOVE_Y));
        let dragged = matches!(self.drag, Some(Drag::House { .. }));
        if dragged || self.hover.as_deref() == Some(MOVE_Y) {
            painter.disc(sold, if dragged { 20.0 } else { 17.0 }, theme.step.soft)?;
        }
        painter.disc(sold, 5.5, theme.data.stroke)?;
        painter.circle(sold, 10.0, &solid(theme.data.stroke, 1.75))?;
        if focused {
            painter.circle(sold, 13.0, &solid(theme.stage, 4.0))?;
            painter.circle(sold, 16.0, &solid(theme.focus, 3.0))?;
        }
        Ok([sold, guess])
    }

    /// Sold, missed by and guessed, each beside what it names.
    fn name_house(
        &self,
        frame: &Frame,
        [sold, guess]: [(f64, f64); 2],
        mut plan: Callouts,
        painter: &mut Painter<'_>,
    ) -> Result<(), DrawError> {
        let theme = painter.theme;
        let (guessed, price, miss) = self.verdict();
        plan.avoid_disc(sold, 11.0);
        let visible = clip::segment(sold, guess, &frame.plot);
        if let Some((a, b)) = visible {
            plan.avoid_box((a.0 - 2.0, a.1), (b.0 + 2.0, b.1));
        }
        let above = sold.1 <= guess.1;
        let mut pair = |note: &str, number: Text, places: Vec<Candidate>| {
            plan.draw(painter, Some(&Text::note(theme, note)), &number, &places)
        };
        let side = |at: (f64, f64), out: f64, dy: f64| {
            vec![
                Candidate::new(at.0 - out, at.1 + dy, Align::End),
                Candidate::new(at.0 + out, at.1 + dy, Align::Start),
                Candidate::new(at.0 - out, at.1 + dy - 22.0, Align::End),
                Candidate::new(at.0 + out, at.1 + dy + 22.0, Align::Start),
                Candidate::new(at.0 - out, at.1 + dy + 30.0, Align::End),
                Candidate::new(at.0 + out, at.1 + dy - 30.0, Align::Start),
            ]
        };
        let dollars = self.target.unit == super::Unit::Dollars;
        pair(
            if dollars { "sold for" } else { "in the table" },
            Text::emphasis(theme.data.text).plain(&self.amount(price)),
            side(sold, 16.0, 9.0),
        )?;
        if frame.plot.contains(guess) {
            let mut places = vec![
                Candidate::new(guess.0 + 6.0, guess.1 + if above { 40.0 } else { -24.0 }, Align::Start),
                Candidate::new(guess.0 - 6.0, guess.1 + if above { 40.0 } else { -24.0 }, Align::End),
            ];
            places.extend(side(guess, 14.0, if above { 26.0 } else { -10.0 }));
            pair("guessed", Text::emphasis(theme.prediction.text).plain(&self.amount(guessed)), places)?;
        }
        if let (Some((a, b)), true) = (visible, miss != 0.0) {
            let middle = (a.0, (a.1 + b.1) / 2.0);
            let words = if miss > 0.0 { "too low by" } else { "too high by" };
            if (a.1 - b.1).abs() > 20.0 {
                pair(words, Text::label(theme.loss.text).plain(&self.amount(miss.abs())), {
                    let out = 9.0;
                    vec![
                        Candidate::new(middle.0 + out, middle.1 + 8.0, Align::Start),
                        Candidate::new(middle.0 - out, middle.1 + 8.0, Align::End),
                        Candidate::new(middle.0 + out, middle.1 - 16.0, Align::Start),
                        Candidate::new(middle.0 - out, middle.1 + 32.0, Align::End),
                    ]
                })?;
            }
        }
        Ok(())
    }
}
