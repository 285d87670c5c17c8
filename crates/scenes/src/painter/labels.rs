//! Where labels stand: each tries its places in turn, the important ones first, and none covers another.

use super::{Painter, Text};
use crate::clip::{self, Rect};
use crate::kit::Weight;
use crate::surface::{Align, DrawError};
use calculus::sort::sort_by_key;

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

/// Lines under one another that want a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Who gets the room.
    pub weight: Weight,
    /// The lines, each set as it is.
    pub lines: Vec<Text>,
    /// From one line to the next, CSS pixels.
    pub spacing: f64,
    /// Whether a place is that of the last line, else of the first.
    pub from_last: bool,
    /// Whether it may lie across a line, its halo clearing it, rather than be left out.
    pub may_cross: bool,
    /// The places, in order of preference.
    pub places: Vec<Candidate>,
    /// Shorter words with their places, for when there is no room.
    pub shorter: Option<Box<Wanted>>,
}

impl Wanted {
    /// One line; all but notes may cross lines.
    pub fn one(weight: Weight, text: Text, places: Vec<Candidate>) -> Self {
        Self::lines(weight, vec![text], places)
    }

    /// Lines under one another; a place is that of the first.
    pub fn lines(weight: Weight, lines: Vec<Text>, places: Vec<Candidate>) -> Self {
        let spacing = 1.36 * lines.first().map_or(0.0, |text| text.size);
        let may_cross = weight < Weight::Note;
        Self { weight, lines, spacing, from_last: false, may_cross, places, shorter: None }
    }

    /// A quiet word over a number; a place is that of the number.
    pub fn over(weight: Weight, note: Option<Text>, number: Text, places: Vec<Candidate>) -> Self {
        let lines = note.into_iter().chain([number]).collect();
        Self { weight, lines, spacing: 17.0, from_last: true, may_cross: true, places, shorter: None }
    }
}

/// Collects labels and what they must keep clear of, then draws those for which there is room.
#[derive(Debug)]
pub struct LabelPlan {
    bounds: Rect,
    taken: Vec<Rect>,
    lines: Vec<Vec<(f64, f64)>>,
    wanted: Vec<Wanted>,
}

impl LabelPlan {
    /// A plan for labels inside these bounds.
    pub fn new(bounds: Rect) -> Self {
        Self { bounds, taken: Vec::new(), lines: Vec::new(), wanted: Vec::new() }
    }

    /// Keeps labels off a disc (a handle, a ghost).
    pub fn avoid_disc(&mut self, (x, y): (f64, f64), radius: f64) {
        self.taken.push(Rect::new(x - radius, y - radius, x + radius, y + radius));
    }

    /// Keeps labels off a rectangle with these two opposite corners.
    pub fn avoid_rectangle(&mut self, a: (f64, f64), b: (f64, f64)) {
        self.taken.push(Rect::new(a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)));
    }

    /// Keeps labels off a line where there is another place; the important ones may cross it, their halo shows.
    pub fn avoid_line(&mut self, points: &[(f64, f64)]) {
        self.lines.push(points.to_vec());
    }

    /// Wants a label.
    pub fn want(&mut self, wanted: Wanted) {
        self.wanted.push(wanted);
    }

    /// Draws what fits, by weight, and gives the words that found no room. What was drawn counts as taken afterwards.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn draw(&mut self, painter: &mut Painter<'_>) -> Result<Vec<String>, DrawError> {
        let mut left_out = Vec::new();
        let mut all = core::mem::take(&mut self.wanted);
        sort_by_key(&mut all, |wanted| wanted.weight);
        for wanted in &all {
            let mut words = Some(wanted);
            while let Some(tried) = words
                && !self.place(tried, painter)?
            {
                words = tried.shorter.as_deref();
            }
            if words.is_none() {
                left_out.extend(wanted.lines.iter().map(Text::words));
            }
        }
        Ok(left_out)
    }

    /// Draws one at the first place that is free.
    fn place(&mut self, wanted: &Wanted, painter: &mut Painter<'_>) -> Result<bool, DrawError> {
        let width = wanted.lines.iter().map(|text| painter.width(text)).fold(0.0, f64::max);
        let more = wanted.spacing * wanted.lines.len().saturating_sub(1) as f64;
        let anchor = if wanted.from_last { wanted.lines.last() } else { wanted.lines.first() };
        let half = 0.58 * anchor.map_or(0.0, |text| text.size);
        let (above, below) = if wanted.from_last { (half + more, half) } else { (half, half + more) };
        let area = |place: &Candidate| {
            let left = match place.align {
                Align::Start => place.at.0,
                Align::Middle => place.at.0 - width / 2.0,
                Align::End => place.at.0 - width,
            };
            Rect::new(left, place.at.1 - above, left + width, place.at.1 + below)
        };
        let free = |a: &Rect| self.has_room(a);
        let clear = |a: &Rect| free(a) && !self.lines.iter().any(|line| crosses(line, a));
        let chosen = wanted
            .places
            .iter()
            .find(|p| clear(&area(p)))
            .or_else(|| wanted.places.iter().find(|p| wanted.may_cross && free(&area(p))))
            .copied();
        let Some(place) = chosen else { return Ok(false) };
        let taken = area(&place);
        self.taken.push(taken);
        let top = if wanted.from_last { place.at.1 - more } else { place.at.1 };
        for (i, text) in wanted.lines.iter().enumerate() {
            painter.text((place.at.0, top + wanted.spacing * i as f64), place.align, text)?;
        }
        Ok(true)
    }

    /// Whether a label of this size, centred here, would cover nothing.
    pub fn is_free(&self, (x, y): (f64, f64), width: f64, height: f64) -> bool {
        let a = Rect::new(x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0);
        self.has_room(&a) && !self.lines.iter().any(|line| crosses(line, &a))
    }

    fn has_room(&self, a: &Rect) -> bool {
        let b = &self.bounds;
        let inside = a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
        inside && !self.taken.iter().any(|t| meets(t, a))
    }
}

fn meets(a: &Rect, b: &Rect) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

fn crosses(line: &[(f64, f64)], area: &Rect) -> bool {
    line.windows(2).any(|pair| matches!(pair, &[p, q] if clip::segment(p, q, area).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::painter::SvgSurface;
    use crate::theme::Theme;

    fn plan() -> LabelPlan {
        LabelPlan::new(Rect::new(4.0, 4.0, 296.0, 96.0))
    }

    fn drawn(mut plan: LabelPlan) -> (String, Vec<String>) {
        let theme = Theme::light();
        let mut svg = SvgSurface::new(300.0, 100.0);
        let left_out = plan.draw(&mut Painter::new(&mut svg, &theme)).unwrap();
        (svg.body().to_owned(), left_out)
    }

    #[test]
    fn a_label_takes_its_second_place_when_the_first_is_covered() {
        let theme = Theme::light();
        let mut plan = plan();
        plan.avoid_disc((50.0, 50.0), 11.0);
        let text = Text::label(theme.gradient.text).plain("run 1");
        let places = vec![Candidate::new(50.0, 55.0, Align::Middle), Candidate::new(150.0, 55.0, Align::Middle)];
        plan.want(Wanted::one(Weight::Run, text, places));
        let (body, left_out) = drawn(plan);
        assert!(body.contains("x=\"150\"") && left_out.is_empty(), "{body}");
    }

    #[test]
    fn notes_go_first_when_room_runs_out() {
        let theme = Theme::light();
        let mut plan = plan();
        let here = vec![Candidate::new(150.0, 50.0, Align::Middle)];
        plan.want(Wanted::one(Weight::Note, Text::note(&theme, "start"), here.clone()));
        plan.want(Wanted::one(Weight::Slope, Text::emphasis(theme.gradient.text).plain("slope 1.54"), here));
        let (body, left_out) = drawn(plan);
        assert!(body.contains("slope 1.54"), "{body}");
        assert_eq!(left_out, ["start"]);
    }

    #[test]
    fn a_note_never_lies_across_the_curve_but_the_slope_may() {
        let theme = Theme::light();
        let mut plan = plan();
        plan.avoid_line(&[(0.0, 50.0), (300.0, 50.0)]);
        let at = |x: f64, y: f64| vec![Candidate::new(x, y, Align::Middle)];
        plan.want(Wanted::one(Weight::Note, Text::note(&theme, "start"), at(80.0, 52.0)));
        plan.want(Wanted::one(Weight::Slope, Text::emphasis(theme.gradient.text).plain("slope"), at(200.0, 50.0)));
        let (body, left_out) = drawn(plan);
        assert!(body.contains("slope"), "{body}");
        assert_eq!(left_out, ["start"]);
    }

    #[test]
    fn no_label_leaves_the_stage_and_shorter_words_are_tried() {
        let theme = Theme::light();
        let text = |words: &str| Text::label(theme.gradient.text).plain(words);
        let places = vec![Candidate::new(290.0, 50.0, Align::Start), Candidate::new(290.0, 50.0, Align::End)];
        let mut first = plan();
        first.want(Wanted::one(Weight::Rise, text("rise 1.54"), places));
        assert!(drawn(first).0.contains("text-anchor=\"end\""));
        let mut second = plan();
        let at = vec![Candidate::new(250.0, 50.0, Align::Start)];
        let shorter = Some(Box::new(Wanted::one(Weight::Step, text("up"), at.clone())));
        second.want(Wanted { shorter, ..Wanted::one(Weight::Step, text("gradient (uphill)"), at) });
        let (body, left_out) = drawn(second);
        assert!(body.contains(">up<") && left_out.is_empty(), "{body}");
        // As many shorter ones as there are.
        let mut third = plan();
        let words = ["−30,000 / 50 = −600", "slope −600", "−600"].map(text);
        let longest_last = words
            .into_iter()
            .rev()
            .map(|text| Wanted::one(Weight::Slope, text, vec![Candidate::new(255.0, 50.0, Align::Start)]));
        let shorter = longest_last.reduce(|shorter, text| Wanted { shorter: Some(Box::new(shorter)), ..text });
        third.want(shorter.unwrap());
        let (body, left_out) = drawn(third);
        assert!(body.contains(">−600<") && left_out.is_empty(), "{body}");
    }

    #[test]
    fn a_label_of_two_lines_keeps_both_off_what_is_taken() {
        let theme = Theme::light();
        let mut plan = LabelPlan::new(Rect::new(0.0, 0.0, 300.0, 200.0));
        plan.avoid_disc((100.0, 60.0), 10.0);
        let (note, number) = (Text::note(&theme, "sold for"), Text::emphasis(theme.data.text).plain("$1"));
        // The number alone would fit at the first place; its note would lie on the disc.
        let places = vec![Candidate::new(95.0, 85.0, Align::Start), Candidate::new(200.0, 85.0, Align::Start)];
        plan.want(Wanted::over(Weight::Slope, Some(note), number, places));
        let (body, _) = drawn(plan);
        assert!(body.contains("x=\"200\"") && !body.contains("x=\"95\""), "{body}");
    }
}
