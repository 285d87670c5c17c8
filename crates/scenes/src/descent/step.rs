//! The next step as an equation whose numbers check out: rounded once, and with as many digits as it takes for the arithmetic on screen
//! to come out right.

use descent::optimizer::Stepper;
use descent::run::Snapshot;

use super::{Descent, words};
use crate::kit::Phase;
use crate::number::{Locale, Rounded, rounded, rounded_to_digits};
use crate::readout::{Beat, Role, Term};
use crate::words::Language;

/// The step that comes next, in numbers as shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NextStep {
    /// The place now.
    pub place: Rounded,
    /// The next place; `place − moved`.
    pub next: Rounded,
    /// The learning rate.
    pub rate: f64,
    /// The slope here.
    pub slope: Rounded,
    /// How far the step goes to the left (negative: to the right): the rate times the direction, from the numbers shown.
    pub moved: Rounded,
    /// What the rate is multiplied by.
    pub direction: Direction,
}

/// What an optimiser makes of the slope, in numbers as shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Direction {
    /// The slope itself.
    Slope,
    /// A velocity: `keep × velocity + slope`.
    Velocity { keep: f64, velocity: Rounded },
    /// Adam's quotient: mean slope over typical size.
    Quotient { mean: Rounded, size: Rounded },
}

impl NextStep {
    /// Places that are whole numbers, all of them, have no decimals: 150 and 180, not 150.0 and 180.0.
    fn without_empty_decimals(mut self) -> Self {
        let places = [&mut self.place, &mut self.next, &mut self.moved];
        if places.iter().all(|place| place.value.fract() == 0.0) {
            places.into_iter().for_each(|place| place.decimals = 0);
        }
        self
    }

    /// How its length comes about, where it is the rate times the slope: `0.05 × 600 = 30`.
    pub(super) fn product(&self, locale: &Locale) -> String {
        let (slope, moved) = (self.slope.size(locale), self.moved.size(locale));
        if self.direction == Direction::Slope {
            format!("{} × {slope} = {moved}", locale.rate(self.rate))
        } else {
            String::new()
        }
    }

    /// How far the step goes to the right, in words.
    pub(super) fn forward(&self, locale: &Locale) -> String {
        Rounded::new(-self.moved.value, self.moved.decimals).map_or(String::new(), |moved| moved.text(locale))
    }
}

#[derive(Clone, Copy)]
struct Exact {
    place: f64,
    next: f64,
    slope: f64,
    rate: f64,
}

impl Descent {
    /// The next step in numbers, if one can be taken.
    pub(super) fn next_step(&self) -> Option<NextStep> {
        self.step_between(self.walk.now()?, &self.walk.next()?)
    }

    /// The step that is shown: the next one, or the one on its way.
    pub(super) fn step(&self, phase: Phase) -> Option<NextStep> {
        if phase == Phase::Still { self.next_step() } else { self.step_between(self.walk.before()?, self.walk.now()?) }
    }

    fn step_between(&self, now: &Snapshot, next: &Snapshot) -> Option<NextStep> {
        let (before, after) = (now.stepper(), next.stepper());
        let (place, next) = (*now.point.first()?, *next.point.first()?);
        let exact = Exact { place, next, slope: *now.gradient.first()?, rate: self.settings.learning_rate };
        let (place_digits, slope_digits) = (self.site.place_decimals(), self.slope_decimals());
        let mut first = None;
        // More digits only where fewer would not check out.
        for (more, finer) in [(0, 0), (0, 1), (1, 1), (1, 2)] {
            let digits = ((place_digits + more).min(12), (slope_digits + finer).min(12));
            let step = rounded_step(exact, (&before, &after), digits)?;
            let digits = step.place.decimals;
            let right = step.next.value == rounded(next, digits) && step.moved.value == rounded(place - next, digits);
            let step = step.without_empty_decimals();
            if right {
                return Some(step);
            }
            first.get_or_insert(step);
        }
        first
    }

    /// The live equation, column by column, each with the beat in which it is lit.
    pub(super) fn equation(&self, step: &NextStep, language: Language) -> (Vec<Term>, Vec<Option<Beat>>) {
        let (locale, say) = (language.locale(), words(language));
        let w = self.site.symbol();
        let plain = |term| (term, None);
        let operator = |symbol| plain(Term::operator(symbol, symbol));
        let step_term = |symbol: &str, value, meaning| Term::new(symbol, value, meaning, Role::Step);
        let slope_term = |symbol: &str, value, meaning| Term::new(symbol, value, meaning, Role::Gradient);
        let slope = || {
            let value = step.slope.text(&locale);
            (slope_term(&format!("L′({w})"), value, say.slope_here()), Some(Beat::Slope))
        };
        let mut terms = vec![
            (step_term(&w, step.next.text(&locale), say.next_place()), Some(Beat::Next)),
            plain(Term::operator("←", "=")),
            (step_term(&w, step.place.text(&locale), say.place_now()), Some(Beat::Place)),
            operator("−"),
            (step_term("η", locale.rate(step.rate), say.learning_rate()), Some(Beat::Rate)),
            operator("×"),
        ];
        match &step.direction {
            Direction::Slope => terms.push(slope()),
            Direction::Velocity { keep, velocity } => terms.extend([
                operator("("),
                plain(step_term("μ", locale.fixed(*keep, 2), say.share_kept())),
                operator("×"),
                plain(slope_term("m", velocity.text(&locale), say.velocity_before())),
                operator("+"),
                slope(),
                operator(")"),
            ]),
            Direction::Quotient { mean, size } => terms.extend([
                plain(slope_term("m̂", mean.text(&locale), say.average_slope())),
                operator("÷"),
                plain(slope_term("√v̂ + ε", size.text(&locale), say.typical_size())),
            ]),
        }
        terms.into_iter().unzip()
    }
}

/// Every number rounded, and the step made of the rounded ones.
fn rounded_step(
    exact: Exact,
    (before, after): (&Stepper, &Stepper),
    (place_digits, slope_digits): (usize, usize),
) -> Option<NextStep> {
    let place = Rounded::new(exact.place, place_digits)?;
    Rounded::new(exact.next, place_digits)?;
    let slope = Rounded::new(exact.slope, slope_digits)?;
    let rate = rounded_to_digits(exact.rate, 4);
    let (direction, factor) = match (before, after) {
        (Stepper::Momentum(before), _) => {
            let velocity = Rounded::new(before.velocity.first().copied().unwrap_or(0.0), slope_digits)?;
            let keep = before.momentum;
            let factor = keep * velocity.value + slope.value;
            (Direction::Velocity { keep, velocity }, factor)
        }
        (_, Stepper::Adam(after)) => {
            let mean = after.means.first().copied().unwrap_or(0.0) / (1.0 - after.beta1_power);
            let square = after.squares.first().copied().unwrap_or(0.0) / (1.0 - after.beta2_power);
            let mean = Rounded::new(mean, slope_digits)?;
            let size = Rounded::new(square.sqrt() + after.epsilon, slope_digits)?;
            let factor = if size.value == 0.0 { 0.0 } else { mean.value / size.value };
            (Direction::Quotient { mean, size }, factor)
        }
        _ => (Direction::Slope, slope.value),
    };
    let moved = Rounded::new(rate * factor, place_digits)?;
    let next = Rounded::new(place.value - moved.value, place_digits)?;
    Some(NextStep { place, next, rate: exact.rate, slope, moved, direction })
}
