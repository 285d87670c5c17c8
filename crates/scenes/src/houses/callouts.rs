//! Labels of one or two lines beside what they name: a quiet word over a number, placed where nothing is covered.

use crate::clip::{self, Rect};
use crate::painter::{Candidate, Painter, Text};
use crate::surface::{Align, DrawError};

/// From the middle of the first line to that of the second, CSS pixels.
const LINE: f64 = 17.0;

/// What labels keep clear of, and where they may stand. Labels are drawn in the order in which they are asked for; earlier ones take
/// the room.
#[derive(Clone, Debug)]
pub(super) struct Callouts {
    bounds: Rect,
    taken: Vec<Rect>,
    lines: Vec<[(f64, f64); 2]>,
}

impl Callouts {
    /// Labels inside these bounds.
    pub(super) fn new(bounds: Rect) -> Self {
        Self { bounds, taken: Vec::new(), lines: Vec::new() }
    }

    /// Keeps labels off a disc.
    pub(super) fn avoid_disc(&mut self, (x, y): (f64, f64), radius: f64) {
        self.taken.push(Rect::new(x - radius, y - radius, x + radius, y + radius));
    }

    /// Keeps labels off the rectangle of two corners.
    pub(super) fn avoid_box(&mut self, a: (f64, f64), b: (f64, f64)) {
        self.taken.push(Rect::new(a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)));
    }

    /// Keeps labels off a segment where another place is free.
    pub(super) fn avoid_segment(&mut self, a: (f64, f64), b: (f64, f64)) {
        self.lines.push([a, b]);
    }

    /// Draws a label at the first of these places that is free; without a free one, at the first that covers no other label, over
    /// lines if it must; without that, not at all. A place is the vertical middle of the last line. Whether it was drawn.
    pub(super) fn draw(
        &mut self,
        painter: &mut Painter<'_>,
        note: Option<&Text>,
        label: &Text,
        places: &[Candidate],
    ) -> Result<bool, DrawError> {
        let width = painter.width(label).max(note.map_or(0.0, |note| painter.width(note)));
        let height = if note.is_some() { LINE } else { 0.0 };
        let area = |place: &Candidate| {
            let left = match place.align {
                Align::Start => place.at.0,
                Align::Middle => place.at.0 - width / 2.0,
                Align::End => place.at.0 - width,
            };
            let half = label.size * 0.58;
            Rect::new(left, place.at.1 - half - height, left + width, place.at.1 + half)
        };
        let inside = |a: &Rect| self.bounds.contains((a.left, a.top)) && self.bounds.contains((a.right, a.bottom));
        let free = |a: &Rect| inside(a) && !self.taken.iter().any(|t| meets(t, a));
        let clear = |a: &Rect| free(a) && !self.lines.iter().any(|[p, q]| clip::segment(*p, *q, a).is_some());
        let chosen = places.iter().find(|p| clear(&area(p))).or_else(|| places.iter().find(|p| free(&area(p))));
        let Some(place) = chosen else { return Ok(false) };
        self.taken.push(area(place));
        if let Some(note) = note {
            painter.text((place.at.0, place.at.1 - LINE), place.align, note)?;
        }
        painter.text(place.at, place.align, label)?;
        Ok(true)
    }

    /// Tells another plan what is taken here.
    pub(super) fn share(&self, other: &mut Self) {
        other.taken.clone_from(&self.taken);
    }

    /// Whether a label of this width, centred here, would cover nothing.
    pub(super) fn is_free(&self, (x, y): (f64, f64), width: f64, height: f64) -> bool {
        let a = Rect::new(x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0);
        self.bounds.contains((a.left, a.top))
            && self.bounds.contains((a.right, a.bottom))
            && !self.taken.iter().any(|t| meets(t, &a))
            && !self.lines.iter().any(|[p, q]| clip::segment(*p, *q, &a).is_some())
    }
}

fn meets(a: &Rect, b: &Rect) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::painter::SvgSurface;
    use crate::theme::Theme;

    #[test]
    fn a_label_of_two_lines_keeps_both_off_what_is_taken() {
        let theme = Theme::light();
        let mut svg = SvgSurface::new(300.0, 200.0);
        let mut painter = Painter::new(&mut svg, &theme);
        let mut callouts = Callouts::new(Rect::new(0.0, 0.0, 300.0, 200.0));
        callouts.avoid_disc((100.0, 60.0), 10.0);
        let (note, number) = (Text::note(&theme, "sold for"), Text::emphasis(theme.data.text).plain("$1"));
        // The number alone would fit at the first place; its note would lie on the disc.
        let places = [Candidate::new(95.0, 85.0, Align::Start), Candidate::new(200.0, 85.0, Align::Start)];
        assert!(callouts.draw(&mut painter, Some(&note), &number, &places).unwrap());
        assert!(svg.body().contains("x=\"200\"") && !svg.body().contains("x=\"95\""), "{}", svg.body());
    }

    #[test]
    fn without_room_nothing_is_drawn() {
        let theme = Theme::light();
        let mut svg = SvgSurface::new(300.0, 200.0);
        let mut painter = Painter::new(&mut svg, &theme);
        let mut callouts = Callouts::new(Rect::new(0.0, 0.0, 300.0, 200.0));
        callouts.avoid_box((0.0, 0.0), (300.0, 200.0));
        let number = Text::emphasis(theme.data.text).plain("$1");
        assert!(!callouts.draw(&mut painter, None, &number, &[Candidate::new(95.0, 85.0, Align::Start)]).unwrap());
        assert!(svg.body().is_empty());
    }
}
