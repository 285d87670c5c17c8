//! Data and what a model says of them: dots, misses, lines, one house called out.

use super::{Scenery, hue};
use crate::clip;
use crate::frame::Frame;
use crate::kit::{LineLook, Point, Weight};
use crate::painter::{Candidate, DASHED, Leader, Painter, Text, Wanted, solid};
use crate::readout::Role;
use crate::surface::{Align, DrawError, Stroke};

/// Radius and opacity of a dot: the more there are, the fainter, so that overlap still reads as density.
fn dot_look(count: usize) -> (f64, f64) {
    match count {
        0..=300 => (3.75, 0.5),
        301..=1_000 => (3.25, 0.35),
        1_001..=10_000 => (2.75, 0.22),
        _ => (2.25, 0.1),
    }
}

/// Opacity of earlier lines, latest first; older ones are not drawn.
const EARLIER: [f64; 4] = [0.34, 0.28, 0.22, 0.16];

pub(super) fn cloud(
    at: &[Point],
    without: &[usize],
    frame: &Frame,
    painter: &mut Painter<'_>,
) -> Result<(), DrawError> {
    let (radius, opacity) = dot_look(at.len());
    let dots: Vec<_> = at
        .iter()
        .enumerate()
        .filter(|(index, _)| without.binary_search(index).is_err())
        .map(|(_, (x, y))| frame.place(*x, *y))
        .collect();
    painter.discs(&dots, radius, painter.theme.data.stroke.alpha(opacity))
}

pub(super) fn moved(from: &[Point], to: &[Point], frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
    let theme = painter.theme;
    // Where a moved dot stood, hollow, so that what was changed stays visible.
    for &(x, y) in from {
        painter.circle(frame.place(x, y), 3.75, &solid(theme.ink_3, 1.25))?;
    }
    let dots: Vec<_> = to.iter().map(|&(x, y)| frame.place(x, y)).collect();
    painter.discs(&dots, 3.75, theme.data.stroke)
}

pub(super) fn sticks(pairs: &[(Point, Point)], frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
    let sticks: Vec<[Point; 2]> = pairs
        .iter()
        .filter_map(|&(a, b)| clip::segment(frame.place(a.0, a.1), frame.place(b.0, b.1), &frame.plot))
        .map(|(a, b)| [a, b])
        .collect();
    let sticks: Vec<&[Point]> = sticks.iter().map(|s| s.as_slice()).collect();
    painter.lines(&sticks, &solid(painter.theme.loss.stroke.alpha(0.38), 1.25))
}

/// The part of a line inside the plot, CSS pixels. Worked out in data, where even the steepest line keeps its digits.
pub(crate) fn visible(frame: &Frame, slope: f64, intercept: f64) -> Option<[Point; 2]> {
    let ((x0, x1), (y0, y1)) = (frame.x.data, frame.y.data);
    let (mut from, mut to) = (x0, x1);
    if slope != 0.0 {
        let (a, b) = ((y0 - intercept) / slope, (y1 - intercept) / slope);
        (from, to) = (from.max(a.min(b)), to.min(a.max(b)));
    } else if !(y0..=y1).contains(&intercept) {
        return None;
    }
    (from <= to).then(|| [from, to].map(|x| frame.place(x, clip::within(intercept + slope * x, y0, y1))))
}

pub(super) fn line(
    slope: f64,
    intercept: f64,
    role: Role,
    look: LineLook,
    scenery: &mut Scenery,
    painter: &mut Painter<'_>,
) -> Result<(), DrawError> {
    let Some(ends) = visible(&scenery.frame, slope, intercept) else { return Ok(()) };
    let color = hue(painter.theme, role).stroke;
    match look {
        LineLook::Model => {
            let [a, b] = ends;
            scenery.plan.avoid_line(&[a, b]);
            painter.line(&ends, &solid(color, 3.0))
        }
        LineLook::Earlier(age) => match EARLIER.get(age) {
            Some(opacity) => painter.line(&ends, &solid(color.alpha(*opacity), 1.5)),
            None => Ok(()),
        },
        LineLook::Secant => {
            scenery.plan.avoid_line(&ends);
            painter.line(&ends, &Stroke { color, width: 2.25, dash: DASHED })
        }
        LineLook::Guide => painter.guide(ends[0], ends[1]),
    }
}

/// What is said of a called-out house.
pub(super) struct Callout<'a> {
    pub data: Point,
    pub model: Point,
    pub sold: &'a (String, String),
    pub guessed: &'a (String, String),
    pub missed: Option<&'a (String, String)>,
    pub hovered: bool,
    pub dragged: bool,
    pub focused: bool,
}

impl Callout<'_> {
    /// Its miss, its ring, its guess, and each beside what it names.
    pub(super) fn draw(&self, scenery: &mut Scenery, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let (theme, frame) = (painter.theme, scenery.frame);
        let (sold, guess) = (frame.place(self.data.0, self.data.1), frame.place(self.model.0, self.model.1));
        let visible = clip::segment(sold, guess, &frame.plot);
        if let Some((a, b)) = visible {
            painter.line(&[a, b], &solid(theme.loss.stroke, 2.5))?;
        }
        if frame.plot.grown(0.5).contains(guess) {
            painter.disc(guess, 6.5, theme.stage)?;
            painter.disc(guess, 5.0, theme.prediction.stroke)?;
        }
        if self.dragged || self.hovered {
            painter.disc(sold, if self.dragged { 20.0 } else { 17.0 }, theme.step.soft)?;
        }
        painter.disc(sold, 5.5, theme.data.stroke)?;
        painter.circle(sold, 10.0, &solid(theme.data.stroke, 1.75))?;
        if self.focused {
            painter.circle(sold, 13.0, &solid(theme.stage, 4.0))?;
            painter.circle(sold, 16.0, &solid(theme.focus, 3.0))?;
        }
        self.want_words(scenery, painter, [sold, guess], visible);
        Ok(())
    }

    fn want_words(
        &self,
        scenery: &mut Scenery,
        painter: &Painter<'_>,
        [sold, guess]: [Point; 2],
        visible: Option<(Point, Point)>,
    ) {
        let (theme, plot) = (painter.theme, scenery.frame.plot);
        let out = if scenery.frame.narrow { 20.0 } else { 44.0 };
        let plan = &mut scenery.plan;
        plan.avoid_disc(sold, 11.0);
        if let Some((a, b)) = visible {
            plan.avoid_rectangle((a.0 - 2.0, a.1), (b.0 + 2.0, b.1));
        }
        // From the mark outwards, first to the side where a cloud that rises to the right leaves room.
        let beside = |at: Point, left: bool| {
            let (side, align) = if left { (-1.0, Align::End) } else { (1.0, Align::Start) };
            [1.0, 1.6, 2.4].into_iter().flat_map(move |far| {
                let down = [0.0, -26.0, 26.0, -52.0, 52.0];
                down.map(|dy| Candidate::new(at.0 + side * out * far, at.1 + 8.5 + dy, align))
            })
        };
        let around = |at: Point, left: bool| beside(at, left).chain(beside(at, !left));
        let mut pair = |weight, (note, number): &(String, String), text: Text, places, leader| {
            let words = Wanted::over(weight, Some(Text::note(theme, note)), text.plain(number), places);
            plan.want(Wanted { leader: Some(leader), ..words });
        };
        let ring = Leader { ends: [sold; 2], clear: 11.0 };
        pair(Weight::Slope, self.sold, Text::emphasis(theme.data.text), around(sold, true).collect(), ring);
        if plot.contains(guess) {
            let away = (guess.0, guess.1 + if sold.1 <= guess.1 { 42.0 } else { -42.0 });
            let places = around(away, sold.1 > guess.1).chain(around(guess, false)).collect();
            let dot = Leader { ends: [guess; 2], clear: 7.0 };
            pair(Weight::Rise, self.guessed, Text::emphasis(theme.prediction.text), places, dot);
        }
        if let (Some((a, b)), Some(missed)) = (visible, self.missed)
            && (a.1 - b.1).abs() > 20.0
        {
            // Anywhere along the stick, the nearer to its middle the better.
            let along = |left| [0.5, 0.35, 0.65, 0.2, 0.8].map(|share| beside((a.0, a.1 + (b.1 - a.1) * share), left));
            let places = along(true).into_iter().chain(along(false)).flatten().collect();
            pair(Weight::Run, missed, Text::emphasis(theme.loss.text), places, Leader { ends: [a, b], clear: 2.0 });
        }
    }
}
