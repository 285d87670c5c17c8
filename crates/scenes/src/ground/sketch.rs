//! A slope that was sketched by hand at a few places, and what the sketch amounts to: judged by signs and zeros.

use super::{Curve, Slope};
use crate::kit::{Handle, Knob, Point};
use crate::painter::Grip;

/// The grips of a sketch, from left to right.
pub const GRIPS: [&str; 7] = ["grip1", "grip2", "grip3", "grip4", "grip5", "grip6", "grip7"];

/// Where the grips stand with what was drawn there: evenly over the domain, none on its ends.
pub fn places((low, high): (f64, f64), drawn: &[f64]) -> Vec<Point> {
    let place = |i: usize| low + (high - low) * (i as f64 + 1.0) / (GRIPS.len() as f64 + 1.0);
    drawn.iter().enumerate().map(|(i, drawn)| (place(i), *drawn)).collect()
}

/// A grip that is moved up and down.
pub fn grip(number: usize, (x, drawn): Point, steep: (f64, f64), label: String, says: String) -> Handle {
    let id = GRIPS.get(number).copied().unwrap_or_default();
    Handle { grip: Grip::Vertical, knob: Knob::Small, ..Handle::horizontal(id, (x, Some(drawn)), steep, label, says) }
}

/// Draws this slope at a grip; whether there is one.
pub fn draw(drawn: Option<&mut [f64]>, id: &str, slope: f64) -> bool {
    let which = GRIPS.iter().position(|grip| *grip == id);
    match which.and_then(|i| drawn?.get_mut(i)) {
        Some(drawn) => *drawn = slope,
        None => return false,
    }
    true
}

/// A place of a sketch where there is a slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Where.
    pub x: f64,
    /// How high the curve is there.
    pub height: f64,
    /// How steep.
    pub slope: f64,
    /// What was drawn for the slope.
    pub drawn: f64,
}

/// What a sketch amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict<S = Spot> {
    /// Signs and zeros are right.
    Right {
        /// Whether heights in place of slopes would have been right too.
        alike: bool,
        /// Where the size is far off.
        off: Option<S>,
    },
    /// Every sign is the opposite.
    Flipped,
    /// The heights were drawn.
    Height,
    /// The zeros are those of the heights.
    HeightZeros,
    /// Some signs are right.
    Partly {
        /// So many.
        right: usize,
        /// Of so many.
        of: usize,
        /// The first that is not.
        first: S,
    },
    /// These places do not tell.
    Undecided,
}

impl<S> Verdict<S> {
    /// Its name for programs.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Right { .. } => "right",
            Self::Flipped => "signsFlipped",
            Self::Height => "heightForSlope",
            Self::HeightZeros => "zerosOfHeight",
            Self::Partly { .. } => "partly",
            Self::Undecided => "undecided",
        }
    }

    /// The same with places told otherwise.
    pub fn map<T>(self, tell: impl Fn(S) -> T) -> Verdict<T> {
        match self {
            Self::Right { alike, off } => Verdict::Right { alike, off: off.map(tell) },
            Self::Flipped => Verdict::Flipped,
            Self::Height => Verdict::Height,
            Self::HeightZeros => Verdict::HeightZeros,
            Self::Partly { right, of, first } => Verdict::Partly { right, of, first: tell(first) },
            Self::Undecided => Verdict::Undecided,
        }
    }
}

impl Verdict {
    /// Judges what was drawn at places, of which only those count where the curve has one slope.
    pub fn on(curve: &Curve, drawn: &[Point], steep: (f64, f64), tall: f64) -> Self {
        let spot = |(x, drawn): &Point| {
            let ground = curve.ground(*x);
            let Slope::Smooth(slope) = ground.slope else { return None };
            ground.value.map(|height| Spot { x: *x, height, slope, drawn: *drawn })
        };
        Self::of(&drawn.iter().filter_map(spot).collect::<Vec<_>>(), steep, tall)
    }

    /// Judges a sketch. `steep` is the range of slopes that could be drawn, `tall` how far apart the heights in the picture lie.
    pub fn of(spots: &[Spot], steep: (f64, f64), tall: f64) -> Self {
        let within = |v: f64| v.max(steep.0).min(steep.1);
        let span = steep.1 - steep.0;
        // This near to zero counts as zero; what is not much farther off may be either. Guessed: a few pixels of a chart.
        let hair = 0.03 * span;
        let fits = |drawn: f64, wanted: f64| match wanted.abs() <= 2.0 * hair {
            true => (drawn - wanted).abs() <= 3.0 * hair,
            false => drawn.abs() > hair && drawn * wanted > 0.0,
        };
        let all = |wanted: &dyn Fn(&Spot) -> f64| spots.iter().all(|s| fits(s.drawn, wanted(s)));
        if spots.len() < 3 {
            return Self::Undecided;
        }
        if all(&|s| s.slope) {
            let miss = |s: &Spot| (s.drawn - within(s.slope)).abs();
            let worst = spots.iter().max_by(|a, b| miss(a).total_cmp(&miss(b)));
            let alike = spots.iter().all(|s| fits(within(s.height), s.slope));
            return Self::Right { alike, off: worst.filter(|s| miss(s) > 0.2 * span).copied() };
        }
        // Heights as they would be drawn in this chart, or at a scale of their own.
        let scaled = |s: &Spot| s.height * span / tall;
        let as_is = spots.iter().all(|s| (s.drawn - within(s.height)).abs() <= 4.0 * hair);
        let height = as_is || (all(&scaled) && likeness(spots) > 0.97);
        let steepest = spots.iter().map(|s| s.slope.abs()).fold(0.0, f64::max);
        let flipped = all(&|s| -s.slope) && steepest > 2.0 * hair;
        match (flipped, height) {
            (true, true) => Self::Undecided,
            (true, false) => Self::Flipped,
            (false, true) => Self::Height,
            (false, false) if has_zeros_of_height(spots, |s| scaled(s).abs() > 2.0 * hair, hair) => Self::HeightZeros,
            _ => {
                let right = spots.iter().filter(|s| fits(s.drawn, s.slope)).count();
                let first = spots.iter().find(|s| !fits(s.drawn, s.slope)).copied();
                first.map_or(Self::Undecided, |first| Self::Partly { right, of: spots.len(), first })
            }
        }
    }
}

/// Whether the sketch changes sides just where the heights do, wherever those are `clear` of zero.
fn has_zeros_of_height(spots: &[Spot], clear: impl Fn(&Spot) -> bool, hair: f64) -> bool {
    let clear: Vec<&Spot> = spots.iter().filter(|s| clear(s)).collect();
    let side = |sign: f64| clear.iter().all(|s| s.drawn.abs() > hair && sign * s.drawn * s.height > 0.0);
    let crosses = clear.windows(2).any(|pair| matches!(pair, [a, b] if a.height * b.height < 0.0));
    clear.len() >= 3 && crosses && (side(1.0) || side(-1.0))
}

/// The correlation of what was drawn with the heights.
fn likeness(spots: &[Spot]) -> f64 {
    let mean = |of: fn(&Spot) -> f64| spots.iter().map(of).sum::<f64>() / spots.len() as f64;
    let (drawn, height) = (mean(|s| s.drawn), mean(|s| s.height));
    let sum = |of: &dyn Fn(f64, f64) -> f64| spots.iter().map(|s| of(s.drawn - drawn, s.height - height)).sum::<f64>();
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt().max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::{Curve, Landscape};

    /// The verdict on what `drawn` makes of height and slope at seven places.
    fn verdict(formula: &str, drawn: fn(f64, f64) -> f64) -> Verdict {
        let curve = Curve::read(formula).unwrap();
        let domain = (-2.3, 2.1);
        let steep = Landscape::survey(&curve.slopes().unwrap(), Some(domain)).range;
        let steep = (steep.0.min(-0.2 * steep.1), steep.1.max(-0.2 * steep.0));
        let spot = |i: i32| {
            let x = -2.3 + 0.55 * f64::from(i);
            let (height, slope) = (curve.value(x)?, curve.ground(x).gradient()?);
            Some(Spot { x, height, slope, drawn: drawn(height, slope).clamp(steep.0, steep.1) })
        };
        let spots: Vec<Spot> = (1..=7).filter_map(spot).collect();
        Verdict::of(&spots, steep, Landscape::survey(&curve, Some(domain)).rise())
    }

    #[test]
    fn each_slip_is_named_and_the_right_sketch_never() {
        for a in [-2.0, -1.0, 0.5, 1.5] {
            for shape in ["x^2 - 1", "x^3/3 - x", "sin(2*x)", "x^3/3 - x + 4", "cos(x) + x/2", "exp(-x^2)"] {
                let formula = format!("{a}*({shape})");
                let right = verdict(&formula, |_, slope| slope);
                assert_eq!(right, Verdict::Right { alike: false, off: None }, "{formula}");
                assert_eq!(verdict(&formula, |_, slope| -slope), Verdict::Flipped, "{formula}");
                assert_eq!(verdict(&formula, |height, _| height), Verdict::Height, "{formula}");
            }
            for shape in ["x^2 - 1", "x^3/3 - x", "sin(2*x)"] {
                let zeros = verdict(&format!("{a}*({shape})"), |height, _| if height > 0.0 { -1.5 } else { 1.5 });
                assert_eq!(zeros, Verdict::HeightZeros, "{a}*({shape})");
            }
        }
    }

    #[test]
    fn what_the_places_do_not_tell_is_not_told() {
        assert!(matches!(verdict("exp(x)", |height, _| height), Verdict::Right { alike: true, .. }), "its own slope");
        assert_eq!(verdict("exp(-x)", |height, _| height), Verdict::Undecided, "height, or signs flipped");
        assert_eq!(verdict("sqrt(x - 1.9)", |_, slope| slope), Verdict::Undecided, "hardly a place with a slope");
        assert!(matches!(verdict("x^2", |_, _| 1.0), Verdict::Partly { of: 7, .. }));
    }
}
