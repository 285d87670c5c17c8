//! What `descent` has to say.

use crate::readout::{Role, Span};
use crate::words::Sentence;

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To smaller values.
    Left,
    /// To larger ones.
    Right,
}

impl Side {
    /// The side of a move to the right by this much.
    pub fn of(moved: f64) -> Self {
        if moved < 0.0 { Self::Left } else { Self::Right }
    }
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

/// A number with its colour, in a sentence.
pub fn marked(text: impl Into<String>, role: Role) -> Span {
    Span { text: text.into(), role, strong: true }
}

/// A negative number behind an operator stands in brackets.
pub fn bracketed(number: &str) -> String {
    if number.starts_with('−') { format!("({number})") } else { number.to_owned() }
}

/// Words of `descent`.
pub trait DescentWords {
    /// What to do.
    fn prompts(&self, blind: bool, slip: bool) -> [&'static str; 7];
    /// "slope ", before its name.
    fn slope_name(&self) -> &'static str;
    /// "parameter ", before its letter.
    fn parameter(&self) -> &'static str;
    /// "loss ", before its letter.
    fn loss_axis(&self) -> &'static str;
    /// "loss".
    fn loss_word(&self) -> &'static str;
    /// The loss now, beside its last point.
    fn loss_now(&self, loss: &str) -> String;
    /// The title over the losses.
    fn history_title(&self) -> &'static str;
    /// What the ball is.
    fn ball(&self, variable: &str) -> String;
    /// Where it is.
    fn place(&self, variable: &str, place: &str, defined: bool) -> String;
    /// A ball that has left the picture.
    fn outside(&self, loss: &str) -> String;
    /// The shallower of two valleys, on a wide and on a narrow picture.
    fn shallower(&self) -> [[&'static str; 2]; 2];
    /// Over the losses that the blindfold hides.
    fn hidden(&self) -> &'static str;
    /// Over the switch of the blindfold.
    fn fog(&self) -> &'static str;
    /// Label of the field for the place.
    fn place_label(&self) -> &'static str;
    /// What was done, in a few words.
    fn did(&self, what: &str) -> &'static str;
    /// Labels of figures: step, loss now, slope here.
    fn figures(&self) -> [&'static str; 3];
    /// Under the equation.
    fn next_place(&self) -> &'static str;
    /// Under the equation.
    fn place_now(&self) -> &'static str;
    /// Under the equation.
    fn learning_rate(&self) -> &'static str;
    /// Under the equation.
    fn slope_here(&self) -> &'static str;
    /// Under the equation.
    fn share_kept(&self) -> &'static str;
    /// Under the equation.
    fn velocity_before(&self) -> &'static str;
    /// Under the equation.
    fn average_slope(&self) -> &'static str;
    /// Under the equation.
    fn typical_size(&self) -> &'static str;
    /// In place of a slope at a kink.
    fn no_single_slope(&self) -> &'static str;
    /// The equation spoken: parameter, next, place, rate, and what the rate is multiplied by.
    fn spoken(&self, w: &str, next: &str, place: &str, rate: &str, factor: &Factor) -> String;
    /// No loss, no slope.
    fn undefined_ground(&self) -> Sentence;
    /// A loss, no slope.
    fn no_slope(&self) -> Sentence;
    /// An upright curve.
    fn upright(&self, downhill: Side) -> Sentence;
    /// A kink: slopes on both sides, and what a computer uses.
    fn kink(&self, left: &str, right: &str, used: &str) -> Sentence;
    /// A formula without a variable.
    fn level_line(&self) -> Sentence;
    /// No next place.
    fn no_next(&self) -> Sentence;
    /// The slope, and downhill; none on level ground.
    fn slope_says(&self, slope: &str, downhill: Option<Side>) -> Sentence;
    /// What is heard after a step: the place, the loss unless it is hidden, the slope and on which side it leads down.
    fn heard(&self, place: &str, loss: Option<&str>, slope: &str, downhill: Option<Side>) -> String;
    /// A step too short to see, on level ground or not.
    fn no_move(&self, level: bool) -> &'static str;
    /// What the next step does. `uphill`: the velocity carries it there.
    fn step_says(&self, w: &str, to: Side, uphill: bool, how: &Factor, rate: &str, moved: Span) -> Sentence;
    /// Titles of cards: settled, stuck, running away.
    fn titles(&self) -> [&'static str; 3];
    /// The card of a run that settled.
    fn settled(&self, deeper: bool) -> &'static str;
    /// The card of a run that is stuck where a nudge helps.
    fn stuck(&self) -> &'static str;
    /// A button that nudges.
    fn nudge(&self) -> &'static str;
    /// The card of a run that ran away: the valley and the rate above which none can settle there, and the rate that was tried.
    fn limit(&self, valley: &str, rate: &str) -> String;
    /// A rate that was tried and settles.
    fn tried(&self, rate: &str) -> String;
    /// Nothing was found that settles.
    fn halve(&self) -> &'static str;
    /// No rate would settle: the loss falls without end.
    fn elsewhere(&self) -> &'static str;
    /// A button that takes a rate from the start.
    fn use_rate(&self, rate: &str) -> String;
    /// Title of the card in the dark.
    fn settled_in_the_dark(&self) -> &'static str;
    /// The card in the dark: steps and leaps. It knows no more than who walks there.
    fn dark(&self, steps: u64, leaps: u64) -> String;
    /// A button that lifts the blindfold.
    fn lift(&self) -> &'static str;
    /// The picture of the curve: valleys in view, none while blindfolded.
    fn curve_shape(&self, w: &str, valleys: Option<usize>) -> String;
    /// The moment: place, moves, slope, how far the next step leads.
    fn moment(&self, w: &str, place: &str, moves: u64, slope: &GroundWords, next: Option<&str>) -> String;
    /// The picture of the losses.
    fn losses(&self, first: &str, now: &str, moves: u64) -> String;
    /// The same while they are hidden.
    fn losses_hidden(&self) -> &'static str;
    /// Caption of the table: variable, formula, optimiser, rate, and how many places there are when not all are listed.
    fn caption(
        &self,
        w: &str,
        formula: Option<&str>,
        optimizer: &str,
        rate: &str,
        more: Option<(usize, u64)>,
    ) -> String;
    /// Columns of the table: step, how, parameter, loss, slope.
    fn columns(&self, w: &str) -> [String; 5];
    /// How a place was reached: start, step, by hand.
    fn ways(&self) -> [&'static str; 3];
    /// In the table, for a loss that is hidden.
    fn hidden_cell(&self) -> &'static str;
    /// The optimisers in a sentence: plain, momentum, Adam.
    fn optimizers(&self) -> [&'static str; 3];
}

/// What the rate is multiplied by, in numbers as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Factor {
    /// The slope, or its size in a sentence.
    Slope(String),
    /// Share kept, velocity before, slope.
    Velocity(String, String, String),
    /// Average slope over typical size.
    Quotient(String, String),
}

/// The slope under the ball, for a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroundWords {
    /// The loss is undefined.
    Undefined,
    /// One slope.
    Slope(String),
    /// A kink.
    Kink,
    /// The curve stands upright.
    Upright,
    /// No slope.
    None,
}
