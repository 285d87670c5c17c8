//! What `tangent` has to say.

use crate::ground::Verdict;
use crate::readout::Span;
use crate::words::Sentence;

/// What one is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Riding along the curve.
    Ride,
    /// Looking through the lens.
    Lens,
    /// Bringing a second point near.
    Secant,
    /// Sketching the slope.
    Sketch,
    /// Comparing the sketch with the slope.
    Judged,
}

impl Mode {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Ride, Self::Lens, Self::Secant, Self::Sketch, Self::Judged];
}

/// Words of `tangent`.
pub trait TangentWords {
    /// What to do.
    fn prompt(&self, mode: Mode) -> &'static str;
    /// Before the letter of the place, of the height, of the slope: on axes.
    fn axes(&self) -> [&'static str; 3];
    /// The point, and the second one, with their letter.
    fn points(&self, variable: &str) -> [String; 2];
    /// A grip of the sketch: which one, and where it stands.
    fn grip(&self, number: usize, place: &str) -> String;
    /// In the empty slope chart, on a wide and on a narrow picture.
    fn ride_on(&self) -> [&'static str; 2];
    /// Beside the second point.
    fn secant(&self, ratio: &str) -> String;
    /// A point that has left the picture.
    fn outside(&self, height: &str) -> String;
    /// Labels of controls: place, second place, closer, wider, second point, halve, without it, sketch, check, again, done, clear.
    fn controls(&self) -> [&'static str; 12];
    /// What was done, in a few words.
    fn did(&self, what: &str) -> &'static str;
    /// Labels of figures: height, slope, h, rise, ratio.
    fn figures(&self) -> [&'static str; 5];
    /// Under the equation: the slope, its number; the ratio, rise and h.
    fn meanings(&self) -> [&'static str; 5];
    /// The equation spoken: the slope at a place.
    fn slope_spoken(&self, place: &str, slope: &str) -> String;
    /// The equation spoken: rise over run.
    fn ratio_spoken(&self, rise: &str, h: &str, ratio: &str) -> String;
    /// No value.
    fn undefined(&self) -> Sentence;
    /// A value, no slope.
    fn no_slope(&self) -> Sentence;
    /// An upright curve.
    fn upright(&self) -> Sentence;
    /// A corner: slopes on both sides; whether one looks through the lens.
    fn corner(&self, left: &str, right: &str, lens: bool) -> Sentence;
    /// A jump.
    fn jump(&self) -> Sentence;
    /// An end of the curve: the slope on its one side.
    fn end(&self, slope: &str) -> Sentence;
    /// One slope, and its size where the curve rises (true) or falls; none where it is level.
    fn slope_says(&self, slope: Span, rises: Option<bool>, size: &str) -> Sentence;
    /// So far away the curve has left its tangent by this much; none for not at all.
    fn bend(&self, away: &str, leaves: Option<&str>) -> String;
    /// Rise over run; the slope it settles to, where there is one.
    fn ratio_says(&self, h: &str, rise: &str, ratio: Span, slope: Option<&str>) -> Sentence;
    /// No second value.
    fn no_second(&self) -> Sentence;
    /// Digits have run out.
    fn no_digits(&self) -> Sentence;
    /// While sketching.
    fn sketching(&self) -> &'static str;
    /// What the sketch amounts to; of a place: where it is, what was drawn, the slope.
    fn judged(&self, verdict: &Verdict<[String; 3]>) -> String;
    /// The picture of the curve, then the moment.
    fn curve(&self, w: &str, place: &str, moment: &str) -> String;
    /// The slope chart: how many stretches are inked, whether the whole derivative is drawn, whether it is a sketch.
    fn chart(&self, w: &str, inked: usize, whole: bool, sketch: bool) -> String;
    /// Captions of the tables: of places, and of halvings.
    fn captions(&self, formula: &str, place: &str) -> [String; 2];
    /// Columns: height, slope, rise, ratio.
    fn columns(&self) -> [&'static str; 4];
}
