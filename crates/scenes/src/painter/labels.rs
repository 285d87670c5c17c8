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
    /// What joins the words to what they name; none without one.
    pub leader: Option<Leader>,
}

/// A dotted line from a mark to its words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leader {
    /// The ends of the mark, an upright or a level line, or a point twice: it begins where the words are nearest.
    pub ends: [(f64, f64); 2],
    /// How far from there it begins, CSS pixels.
    pub clear: f64,
}

impl Leader {
    /// From where to where it is drawn for words that stand here; none where they are so near that they need none.
    fn to(&self, area: &Rect) -> Option<[(f64, f64); 2]> {
        let [a, b] = self.ends;
        let middle = ((area.left + area.right) / 2.0, (area.top + area.bottom) / 2.0);
        let from =
            (clip::within(middle.0, a.0.min(b.0), a.0.max(b.0)), clip::within(middle.1, a.1.min(b.1), a.1.max(b.1)));
        // To the nearest side; to words beside it at the height of their lines.
        let (outer, lines) = (area.grown(LEADER), area.grown(-LEADER));
        let x = clip::within(from.0, outer.left, outer.right);
        let high = if x == from.0 { outer } else { lines };
        let to = (x, clip::within(from.1, high.top, high.bottom));
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt();
        let share = self.clear / length;
        (length > self.clear + LEADER).then_some([(from.0 + share * dx, from.1 + share * dy), to])
    }
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
        Self { weight, lines, spacing, from_last: false, may_cross, places, shorter: None, leader: None }
    }

    /// A quiet word over a number; a place is that of the number.
    pub fn over(weight: Weight, note: Option<Text>, number: Text, places: Vec<Candidate>) -> Self {
        let lines = note.into_iter().chain([number]).collect();
        Self { weight, lines, spacing: 17.0, from_last: true, may_cross: true, places, shorter: None, leader: None }
    }
}

/// A leader keeps so far from its words, CSS pixels; shorter than that much more it is not drawn.
const LEADER: f64 = 6.0;
/// The side of a cell in which the dots of a cloud are counted, CSS pixels.
const CELL: f64 = 10.0;
/// Words that lie on so many dots of a cloud still stand outside of it.
const FEW: u32 = 3;

/// Collects labels and what they must keep clear of, then draws those for which there is room.
#[derive(Debug)]
pub struct LabelPlan {
    bounds: Rect,
    taken: Vec<Rect>,
    /// How many dots of a cloud lie in each cell of the bounds, row by row.
    crowd: Vec<u32>,
    lines: Vec<Vec<(f64, f64)>>,
    wanted: Vec<Wanted>,
    /// Middles of labels that were drawn.
    placed: Vec<(Weight, (f64, f64))>,
}

impl LabelPlan {
    /// A plan for labels inside these bounds.
    pub fn new(bounds: Rect) -> Self {
        Self { bounds, taken: Vec::new(), crowd: Vec::new(), lines: Vec::new(), wanted: Vec::new(), placed: Vec::new() }
    }

    /// Keeps labels out of a cloud of dots where there is a place outside of it, else where it is thinnest.
    pub fn avoid_cloud(&mut self, dots: impl Iterator<Item = (f64, f64)>) {
        let (across, down) = self.cells();
        self.crowd.resize(across * down, 0);
        for (x, y) in dots {
            let (column, row) = (self.column(x), self.row(y));
            if self.bounds.contains((x, y))
                && let Some(cell) = self.crowd.get_mut(row * across + column)
            {
                *cell += 1;
            }
        }
    }

    fn column(&self, x: f64) -> usize {
        ((x - self.bounds.left) / CELL).max(0.0) as usize
    }

    fn row(&self, y: f64) -> usize {
        ((y - self.bounds.top) / CELL).max(0.0) as usize
    }

    fn cells(&self) -> (usize, usize) {
        (self.column(self.bounds.right) + 1, self.row(self.bounds.bottom) + 1)
    }

    /// How many dots of a cloud lie in the cells that an area meets.
    fn dots_in(&self, area: &Rect) -> u32 {
        let (across, columns) = (self.cells().0, self.column(area.left)..=self.column(area.right));
        let rows =
            self.crowd.chunks(across).skip(self.row(area.top)).take(self.row(area.bottom) - self.row(area.top) + 1);
        rows.flat_map(|row| columns.clone().filter_map(|column| row.get(column))).sum()
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

    /// Where the first label of this weight was drawn: the middle of it.
    pub fn place_of(&self, weight: Weight) -> Option<(f64, f64)> {
        self.placed.iter().find(|(other, _)| *other == weight).map(|(_, at)| *at)
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
        let clear = |a: &Rect| !self.lines.iter().any(|line| crosses(line, a));
        // Off what is taken, then off lines, then out of a cloud; of places as good as one another the first.
        let mut chosen: Option<((bool, u32), Candidate)> = None;
        for place in &wanted.places {
            let a = area(place);
            let rank = (!clear(&a), self.dots_in(&a).saturating_sub(FEW));
            let allowed = self.has_room(&a) && (wanted.may_cross || !rank.0);
            if allowed && chosen.is_none_or(|(best, _)| rank < best) {
                chosen = Some((rank, *place));
            }
            if chosen.is_some_and(|(best, _)| best == (false, 0)) {
                break;
            }
        }
        let chosen = chosen.map(|(_, place)| place);
        let Some(place) = chosen else { return Ok(false) };
        let taken = area(&place);
        self.taken.push(taken);
        self.placed.push((wanted.weight, ((taken.left + taken.right) / 2.0, (taken.top + taken.bottom) / 2.0)));
        if let Some(line) = wanted.leader.and_then(|leader| leader.to(&taken)) {
            painter.guide(line[0], line[1])?;
            self.lines.push(line.to_vec());
        }
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

    /// Whether a label of this size, centred here, lies inside the bounds.
    pub fn holds(&self, (x, y): (f64, f64), width: f64, height: f64) -> bool {
        let b = self.bounds.grown(1e-9);
        let (half, tall) = (width / 2.0, height / 2.0);
        x - half >= b.left && x + half <= b.right && y - tall >= b.top && y + tall <= b.bottom
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
    fn labels_stand_outside_of_a_cloud_or_where_it_is_thinnest_and_leaders_join_them() {
        let theme = Theme::light();
        let place = |cloud: &[(f64, f64, usize)]| {
            let mut plan = plan();
            let dots = cloud.iter().flat_map(|&(x, y, count)| (0..count).map(move |i| (x + (i % 20) as f64, y)));
            plan.avoid_cloud(dots);
            let places = [60.0, 140.0, 220.0].map(|x| Candidate::new(x, 50.0, Align::Start)).to_vec();
            let text = Text::emphasis(theme.data.text).plain("$1");
            plan.want(Wanted {
                leader: Some(Leader { ends: [(10.0, 50.0); 2], clear: 2.0 }),
                ..Wanted::one(Weight::Slope, text, places)
            });
            drawn(plan).0
        };
        let thin = [(60.0, 50.0, 9), (140.0, 50.0, 6), (220.0, 50.0, 7)];
        for (cloud, at) in [(&[][..], "60"), (&thin[..1], "140"), (&thin[..2], "220"), (&thin[..], "140")] {
            let body = place(cloud);
            assert!(body.contains(&format!("x=\"{at}\"")) && body.contains("stroke-dasharray"), "{at}: {body}");
        }
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
