//! Where labels stand: each tries its places in turn, the important ones first, and none covers another.

use super::{Painter, Text};
use crate::surface::{Align, DrawError};

/// Who gets the room when it runs out, first to last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// The slope.
    Slope,
    /// The rise of the triangle.
    Rise,
    /// The run of the triangle.
    Run,
    /// The step arrow.
    Step,
    /// Everything else; notes go first.
    Note,
}

/// One place where a label might stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The vertical middle of the words, CSS pixels.
    pub at: (f64, f64),
    /// Which end of the words stands there.
    pub align: Align,
}

impl Candidate {
    /// A place.
    pub fn new(x: f64, y: f64, align: Align) -> Self {
        Self { at: (x, y), align }
    }
}

#[derive(Clone, Copy, Debug)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// Collects labels and what they must keep clear of, then draws those for which there is room.
#[derive(Debug)]
pub struct LabelPlan {
    bounds: Area,
    taken: Vec<Area>,
    lines: Vec<Vec<(f64, f64)>>,
    wanted: Vec<(Priority, Vec<Text>, Vec<Candidate>)>,
}

impl LabelPlan {
    /// A plan for labels inside a stage of this size, 4 px from its edge.
    pub fn new(width: f64, height: f64) -> Self {
        let bounds = Area { left: 4.0, top: 4.0, right: width - 4.0, bottom: height - 4.0 };
        Self { bounds, taken: Vec::new(), lines: Vec::new(), wanted: Vec::new() }
    }

    /// Keeps labels off a disc (a handle, a ghost).
    pub fn avoid_disc(&mut self, (x, y): (f64, f64), radius: f64) {
        self.taken.push(Area { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius });
    }

    /// Keeps labels off a rectangle with these two opposite corners.
    pub fn avoid_rectangle(&mut self, a: (f64, f64), b: (f64, f64)) {
        self.taken.push(Area { left: a.0.min(b.0), top: a.1.min(b.1), right: a.0.max(b.0), bottom: a.1.max(b.1) });
    }

    /// Keeps labels off a line where there is another place; the most important ones may cross it, their halo shows.
    pub fn avoid_line(&mut self, points: &[(f64, f64)]) {
        self.lines.push(points.to_vec());
    }

    /// Wants a label at the first of these places that is free.
    pub fn want(&mut self, priority: Priority, text: Text, places: Vec<Candidate>) {
        self.wanted.push((priority, vec![text], places));
    }

    /// Wants lines under one another at the first of these places that is free for all of them; a place is that of the first.
    pub fn want_lines(&mut self, priority: Priority, lines: Vec<Text>, places: Vec<Candidate>) {
        self.wanted.push((priority, lines, places));
    }

    /// Draws what fits, by priority, and gives the words that found no room.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn draw(mut self, painter: &mut Painter<'_>) -> Result<Vec<String>, DrawError> {
        let mut left_out = Vec::new();
        self.wanted.sort_by_key(|(priority, ..)| *priority);
        for (priority, lines, places) in core::mem::take(&mut self.wanted) {
            let width = lines.iter().map(|text| painter.width(text)).fold(0.0, f64::max);
            let size = lines.first().map_or(0.0, |text| text.size);
            let line_height = 1.36 * size;
            let lower = line_height * lines.len().saturating_sub(1) as f64;
            let area = |place: &Candidate| {
                let left = match place.align {
                    Align::Start => place.at.0,
                    Align::Middle => place.at.0 - width / 2.0,
                    Align::End => place.at.0 - width,
                };
                let half = size * 0.58;
                Area { left, top: place.at.1 - half, right: left + width, bottom: place.at.1 + half + lower }
            };
            let free = |a: &Area| self.inside(a) && !self.taken.iter().any(|t| t.meets(a));
            let clear = |a: &Area| free(a) && !self.lines.iter().any(|line| crosses(line, a));
            let chosen = places
                .iter()
                .find(|p| clear(&area(p)))
                .or_else(|| places.iter().find(|p| priority < Priority::Note && free(&area(p))));
            match chosen {
                Some(place) => {
                    self.taken.push(area(place));
                    for (i, text) in lines.iter().enumerate() {
                        painter.text((place.at.0, place.at.1 + line_height * i as f64), place.align, text)?;
                    }
                }
                None => left_out.extend(lines.iter().map(Text::words)),
            }
        }
        Ok(left_out)
    }

    fn inside(&self, a: &Area) -> bool {
        let b = &self.bounds;
        a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom
    }
}

fn crosses(line: &[(f64, f64)], a: &Area) -> bool {
    line.windows(2).any(|pair| match pair {
        &[p, q] => crate::clip::segment(p, q, &crate::clip::Rect::new(a.left, a.top, a.right, a.bottom)).is_some(),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::painter::SvgSurface;
    use crate::theme::Theme;

    fn drawn(plan: LabelPlan) -> (String, Vec<String>) {
        let theme = Theme::light();
        let mut svg = SvgSurface::new(300.0, 100.0);
        let left_out = plan.draw(&mut Painter::new(&mut svg, &theme)).unwrap();
        (svg.body().to_owned(), left_out)
    }

    #[test]
    fn a_label_takes_its_second_place_when_the_first_is_covered() {
        let theme = Theme::light();
        let mut plan = LabelPlan::new(300.0, 100.0);
        plan.avoid_disc((50.0, 50.0), 11.0);
        let text = Text::label(theme.gradient.text).plain("run 1");
        let places = vec![Candidate::new(50.0, 55.0, Align::Middle), Candidate::new(150.0, 55.0, Align::Middle)];
        plan.want(Priority::Run, text, places);
        let (body, left_out) = drawn(plan);
        assert!(body.contains("x=\"150\"") && left_out.is_empty(), "{body}");
    }

    #[test]
    fn notes_go_first_when_room_runs_out() {
        let theme = Theme::light();
        let mut plan = LabelPlan::new(300.0, 100.0);
        let here = vec![Candidate::new(150.0, 50.0, Align::Middle)];
        plan.want(Priority::Note, Text::note(&theme, "start"), here.clone());
        plan.want(Priority::Slope, Text::emphasis(theme.gradient.text).plain("slope 1.54"), here);
        let (body, left_out) = drawn(plan);
        assert!(body.contains("slope 1.54"), "{body}");
        assert_eq!(left_out, ["start"]);
    }

    #[test]
    fn a_note_never_lies_across_the_curve_but_the_slope_may() {
        let theme = Theme::light();
        let mut plan = LabelPlan::new(300.0, 100.0);
        plan.avoid_line(&[(0.0, 50.0), (300.0, 50.0)]);
        plan.want(Priority::Note, Text::note(&theme, "start"), vec![Candidate::new(80.0, 52.0, Align::Middle)]);
        let slope = Text::emphasis(theme.gradient.text).plain("slope");
        plan.want(Priority::Slope, slope, vec![Candidate::new(200.0, 50.0, Align::Middle)]);
        let (body, left_out) = drawn(plan);
        assert!(body.contains("slope"), "{body}");
        assert_eq!(left_out, ["start"]);
    }

    #[test]
    fn no_label_leaves_the_stage() {
        let theme = Theme::light();
        let mut plan = LabelPlan::new(300.0, 100.0);
        let places = vec![Candidate::new(290.0, 50.0, Align::Start), Candidate::new(290.0, 50.0, Align::End)];
        plan.want(Priority::Rise, Text::label(theme.gradient.text).plain("rise 1.54"), places);
        assert!(drawn(plan).0.contains("text-anchor=\"end\""));
    }
}
