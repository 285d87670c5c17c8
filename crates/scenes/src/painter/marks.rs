//! The marks of the visual language: handle, arrow, dots, triangle, ghost.

use super::{Painter, solid};
use crate::surface::{DrawError, Stroke};
use crate::theme::Color;

/// The directions in which a handle moves, shown by grip marks inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    /// Left and right.
    Horizontal,
    /// Up and down.
    Vertical,
    /// Any way.
    Both,
}

/// How a handle looks at this moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HandleLook {
    /// Radius of the disc, CSS pixels: 11, or 9 to 10 in small charts.
    pub radius: f64,
    /// Grip marks.
    pub grip: Grip,
    /// A second handle, or a place without a slope, is hollow.
    pub hollow: bool,
    /// The pointer is over it.
    pub hovered: bool,
    /// The keyboard is on it.
    pub focused: bool,
    /// It is being dragged.
    pub dragged: bool,
}

impl HandleLook {
    /// A handle at rest.
    pub fn new(radius: f64, grip: Grip) -> Self {
        Self { radius, grip, hollow: false, hovered: false, focused: false, dragged: false }
    }
}

/// Length of the head of an arrow of this length, CSS pixels: 11, less where the arrow is short.
pub fn arrow_head_length(length: f64) -> f64 {
    if length >= 24.0 { 11.0 } else { 7.0_f64.min(length.max(0.0)) }
}

impl Painter<'_> {
    /// A handle: disc, ring, grip marks, halo; hovered, focused and dragged each look their own way.
    ///
    /// # Errors
    /// What the surface reports, here and in all methods.
    pub fn handle(&mut self, at: (f64, f64), look: &HandleLook) -> Result<(), DrawError> {
        let theme = self.theme;
        let radius = look.radius + if look.dragged { 2.0 } else { 0.0 };
        if look.focused {
            // A gap of 3 px in the stage's colour, then a ring of 3 px.
            self.circle(at, radius + 3.0, &solid(theme.stage, 4.0))?;
            self.circle(at, radius + 6.0, &solid(theme.focus, 3.0))?;
        } else {
            let reach = look.radius + 8.0 + if look.dragged { 6.0 } else { 0.0 };
            let depth = match (look.dragged, look.hovered) {
                (true, _) => 0.26,
                (false, true) => 0.34,
                (false, false) => 0.2,
            };
            self.disc(at, reach, theme.step.stroke.alpha(depth))?;
        }
        let (fill, ring, grip) = if look.hollow {
            (theme.raise, theme.step.stroke, theme.step.text)
        } else {
            (theme.step.stroke, theme.raise, theme.raise)
        };
        self.disc(at, radius, fill)?;
        self.circle(at, radius, &solid(ring, 2.5))?;
        self.grip(at, radius / 11.0, look.grip, grip)
    }

    fn grip(&mut self, (x, y): (f64, f64), scale: f64, grip: Grip, color: Color) -> Result<(), DrawError> {
        // A chevron that points left, around the origin.
        const CHEVRON: [(f64, f64); 3] = [(-2.6, 2.5), (-5.6, 0.0), (-2.6, -2.5)];
        let (across, upright) = (grip != Grip::Vertical, grip != Grip::Horizontal);
        // Four marks in one disc are drawn smaller and farther out than two.
        let (size, out) = if across && upright { (0.72 * scale, 1.9 * scale) } else { (scale, 0.0) };
        let place = |f: &dyn Fn(f64, f64) -> (f64, f64)| {
            CHEVRON.map(|(dx, dy)| {
                let (dx, dy) = f(dx * size - out, dy * size);
                (x + dx, y + dy)
            })
        };
        let mut marks = Vec::with_capacity(4);
        if across {
            marks.push(place(&|dx, dy| (dx, dy)));
            marks.push(place(&|dx, dy| (-dx, dy)));
        }
        if upright {
            marks.push(place(&|dx, dy| (dy, dx)));
            marks.push(place(&|dx, dy| (dy, -dx)));
        }
        let lines: Vec<&[(f64, f64)]> = marks.iter().map(|m| m.as_slice()).collect();
        self.lines(&lines, &solid(color, 1.8 * size.max(0.8)))
    }

    /// An arrow from tail to tip, its head 10 to 11 px long. Its length is exactly that of the vector; one too short for a
    /// shaft is all head.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn arrow(&mut self, tail: (f64, f64), tip: (f64, f64), color: Color) -> Result<(), DrawError> {
        let (dx, dy) = (tip.0 - tail.0, tip.1 - tail.1);
        let length = (dx * dx + dy * dy).sqrt();
        if length.is_nan() || length < 0.5 {
            return Ok(());
        }
        let (ux, uy) = (dx / length, dy / length);
        let head = arrow_head_length(length);
        let half = head * 0.42;
        let neck = (tip.0 - ux * head, tip.1 - uy * head);
        if length > head {
            // A butt end under the head: half a pixel of overlap leaves no seam.
            let under = (neck.0 + ux * 0.5, neck.1 + uy * 0.5);
            let half_width = 1.25;
            let (px, py) = (-uy * half_width, ux * half_width);
            self.polygon(
                &[
                    (tail.0 + px, tail.1 + py),
                    (under.0 + px, under.1 + py),
                    (under.0 - px, under.1 - py),
                    (tail.0 - px, tail.1 - py),
                ],
                color,
            )?;
        }
        self.polygon(&[tip, (neck.0 - uy * half, neck.1 + ux * half), (neck.0 + uy * half, neck.1 - ux * half)], color)
    }

    /// A hollow dot: where a value is missing, or the end of a piece that does not belong to the curve.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn hollow_dot(&mut self, at: (f64, f64), radius: f64, color: Color) -> Result<(), DrawError> {
        let stage = self.theme.stage;
        self.disc(at, radius, stage)?;
        self.circle(at, radius, &solid(color, 2.0))
    }

    /// The dashed ghost of a place to come.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn ghost(&mut self, at: (f64, f64), radius: f64) -> Result<(), DrawError> {
        let theme = self.theme;
        self.disc(at, radius, theme.stage)?;
        self.circle(at, radius, &Stroke { color: theme.step.stroke, width: 2.0, dash: &[3.2, 2.6] })
    }

    /// A past place: a disc in the step colour mixed towards the stage, ringed by the stage. `share` is 1 for now, less for
    /// longer ago.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn past_dot(&mut self, at: (f64, f64), radius: f64, share: f64) -> Result<(), DrawError> {
        let theme = self.theme;
        self.disc(at, radius + 0.75, theme.stage)?;
        self.disc(at, radius - 0.75, theme.step.stroke.mixed_into(theme.stage, share))
    }

    /// The triangle of rise and run: soft fill, then the two legs.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn triangle(&mut self, from: (f64, f64), corner: (f64, f64), to: (f64, f64)) -> Result<(), DrawError> {
        let hue = self.theme.gradient;
        self.polygon(&[from, corner, to], hue.soft)?;
        self.line(&[from, corner, to], &solid(hue.stroke, 1.5))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::painter::SvgSurface;
    use crate::theme::Theme;

    #[test]
    fn an_arrow_ends_exactly_at_its_tip() {
        let theme = Theme::light();
        for tip in [(40.0, 10.0), (16.0, 10.0), (10.0, 90.0)] {
            let mut svg = SvgSurface::new(100.0, 100.0);
            Painter::new(&mut svg, &theme).arrow((10.0, 10.0), tip, theme.step.stroke).unwrap();
            assert!(svg.body().contains(&format!("M{} {}L", tip.0, tip.1)), "{}", svg.body());
        }
    }

    #[test]
    fn a_short_arrow_keeps_its_head() {
        let theme = Theme::light();
        let mut svg = SvgSurface::new(100.0, 100.0);
        Painter::new(&mut svg, &theme).arrow((10.0, 10.0), (14.0, 10.0), theme.step.stroke).unwrap();
        assert_eq!(svg.body().matches("<path").count(), 1, "a head without a shaft: {}", svg.body());
    }

    #[test]
    fn focus_replaces_the_halo_by_a_ring() {
        let theme = Theme::light();
        let mut svg = SvgSurface::new(100.0, 100.0);
        let look = HandleLook { focused: true, ..HandleLook::new(11.0, Grip::Horizontal) };
        Painter::new(&mut svg, &theme).handle((50.0, 50.0), &look).unwrap();
        assert!(svg.body().contains("stroke=\"#17201e\" stroke-width=\"3\""));
        assert!(!svg.body().contains("fill-opacity"), "no halo: {}", svg.body());
    }
}
