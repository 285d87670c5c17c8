//! Where the ball has been: a history that is stepped, stepped back and replayed to the same bits.

use descent::optimizer::{Optimizer, Stepper};
use serde::{Deserialize, Serialize};

use super::curve::{Curve, Ground};

/// The longest history that is kept. Guessed: an hour of running, and replayed from a link in milliseconds.
pub const LONGEST: usize = 10_000;

/// So many rises of the loss in a row end a run.
pub const RISES: usize = 5;

/// The optimisers of this widget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum OptimizerKind {
    /// Plain gradient descent.
    #[default]
    Sgd,
    /// With a velocity that keeps nine tenths of itself.
    Momentum,
    /// Adam with its usual settings.
    Adam,
}

impl OptimizerKind {
    /// The optimiser with this learning rate.
    pub fn at_rate(self, rate: f64) -> Optimizer {
        match self {
            Self::Sgd => Optimizer::sgd(rate),
            Self::Momentum => Optimizer::momentum(rate),
            Self::Adam => Optimizer::adam(rate),
        }
    }
}

/// How a place was reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    /// The walk began here.
    Start,
    /// By one step of an optimiser.
    Step {
        /// Which.
        optimizer: OptimizerKind,
        /// Its learning rate.
        rate: f64,
    },
    /// Carried there by hand.
    Leap,
}

/// A place in the history.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Value and slope.
    pub ground: Ground,
    /// How it was reached.
    pub way: Way,
    /// What the optimiser remembers here.
    stepper: Option<(OptimizerKind, Stepper)>,
}

/// Why a step could not be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no slope to follow here.
    NoSlope,
    /// The next place, or the loss there, is not finite.
    NotFinite,
    /// The history is full.
    TooLong,
    /// The learning rate is not a positive number.
    Rate,
}

/// A walk over a curve. Never empty.
#[derive(Clone, Debug)]
pub struct Walk {
    start: Entry,
    rest: Vec<Entry>,
    /// The last step asked for could not be taken because of what is not finite.
    refused: bool,
}

/// A run of equal moves, as a link carries it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Move {
    /// So many steps with one optimiser at one rate.
    Steps {
        /// Which.
        optimizer: OptimizerKind,
        /// Its learning rate.
        learning_rate: f64,
        /// How many, at least 1.
        count: u32,
    },
    /// Carried by hand.
    Leap {
        /// To here.
        to: f64,
    },
}

impl Walk {
    /// A walk that begins here.
    pub fn new(curve: &Curve, x: f64) -> Self {
        let start = Entry { ground: curve.ground(x), way: Way::Start, stepper: None };
        Self { start, rest: Vec::new(), refused: false }
    }

    /// Where it began.
    pub fn start(&self) -> f64 {
        self.start.ground.x
    }

    /// The present place.
    pub fn here(&self) -> &Entry {
        self.rest.last().unwrap_or(&self.start)
    }

    /// Moves taken.
    pub fn len(&self) -> usize {
        self.rest.len()
    }

    /// Whether no move was taken yet.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Whether the last step was refused because something was not finite.
    pub fn refused(&self) -> bool {
        self.refused
    }

    /// The start and all later places, oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> + ExactSizeIterator + Clone {
        WithFirst { first: Some(&self.start), rest: self.rest.iter() }
    }

    /// Steps of an optimiser taken.
    pub fn steps(&self) -> usize {
        self.rest.iter().filter(|e| matches!(e.way, Way::Step { .. })).count()
    }

    /// Leaps taken.
    pub fn leaps(&self) -> usize {
        self.rest.len() - self.steps()
    }

    /// The optimiser as it will take the next step, with what it remembers.
    ///
    /// # Errors
    /// The learning rate is not a positive finite number.
    pub fn stepper(&self, kind: OptimizerKind, rate: f64) -> Result<Stepper, Refusal> {
        let fresh = kind.at_rate(rate).start(1).map_err(|_| Refusal::Rate)?;
        Ok(match &self.here().stepper {
            Some((remembered, stepper)) if *remembered == kind => {
                let mut stepper = stepper.clone();
                stepper.set_learning_rate(rate);
                stepper
            }
            _ => fresh,
        })
    }

    /// Where the next step leads, without taking it.
    ///
    /// # Errors
    /// Why it cannot be taken.
    pub fn next(&self, kind: OptimizerKind, rate: f64) -> Result<(f64, Stepper), Refusal> {
        let mut stepper = self.stepper(kind, rate)?;
        let gradient = self.here().ground.gradient().ok_or(Refusal::NoSlope)?;
        let mut at = [self.here().ground.x];
        stepper.step(&mut at, &[gradient]);
        let [x] = at;
        if x.is_finite() { Ok((x, stepper)) } else { Err(Refusal::NotFinite) }
    }

    /// Takes one step. A place without a finite value is not entered: the last finite one is kept.
    ///
    /// # Errors
    /// Why it could not be taken.
    pub fn step(&mut self, curve: &Curve, kind: OptimizerKind, rate: f64) -> Result<(), Refusal> {
        if self.rest.len() >= LONGEST {
            return Err(Refusal::TooLong);
        }
        let next = self.next(kind, rate).and_then(|(x, stepper)| {
            let ground = curve.ground(x);
            if ground.value.is_some() { Ok((ground, stepper)) } else { Err(Refusal::NotFinite) }
        });
        self.refused = next == Err(Refusal::NotFinite);
        let (ground, stepper) = next?;
        self.rest.push(Entry { ground, way: Way::Step { optimizer: kind, rate }, stepper: Some((kind, stepper)) });
        Ok(())
    }

    /// Takes moves back, and gives how many there were to take.
    pub fn step_back(&mut self, count: usize) -> usize {
        let taken = count.min(self.rest.len());
        self.rest.truncate(self.rest.len() - taken);
        self.refused = false;
        taken
    }

    /// Carries the ball by hand: one move more, and the optimiser forgets its velocity.
    pub fn leap(&mut self, curve: &Curve, to: f64) {
        if self.rest.len() < LONGEST {
            self.rest.push(Entry { ground: curve.ground(to), way: Way::Leap, stepper: None });
            self.refused = false;
        }
    }

    /// Carries the ball on within the same leap.
    pub fn leap_on(&mut self, curve: &Curve, to: f64) {
        match self.rest.last_mut() {
            Some(entry) if entry.way == Way::Leap => entry.ground = curve.ground(to),
            _ => self.leap(curve, to),
        }
    }

    /// Rises of the loss in a row at the end of the walk.
    pub fn rises(&self) -> usize {
        let newest_first: Vec<&Entry> = self.entries().rev().take(RISES + 1).collect();
        newest_first
            .windows(2)
            .take_while(|pair| match pair {
                [now, before] => {
                    matches!(now.way, Way::Step { .. })
                        && matches!((now.ground.value, before.ground.value), (Some(a), Some(b)) if a > b)
                }
                _ => false,
            })
            .count()
    }

    /// The moves, run by run.
    pub fn moves(&self) -> Vec<Move> {
        let mut moves: Vec<Move> = Vec::new();
        for entry in &self.rest {
            match (entry.way, moves.last_mut()) {
                (Way::Step { optimizer, rate }, Some(Move::Steps { optimizer: o, learning_rate: l, count }))
                    if *o == optimizer && l.to_bits() == rate.to_bits() =>
                {
                    *count += 1;
                }
                (Way::Step { optimizer, rate }, _) => {
                    moves.push(Move::Steps { optimizer, learning_rate: rate, count: 1 });
                }
                (Way::Leap | Way::Start, _) => moves.push(Move::Leap { to: entry.ground.x }),
            }
        }
        moves
    }

    /// Walks again. `refused` says that after the moves one more step was asked for and refused.
    ///
    /// # Errors
    /// In words: a move that cannot be taken, or too many.
    pub fn replay(curve: &Curve, start: f64, moves: &[Move], refused: bool) -> Result<Self, String> {
        let mut walk = Self::new(curve, start);
        let total = moves.iter().fold(0_usize, |sum, m| match m {
            Move::Steps { count, .. } => sum.saturating_add(*count as usize),
            Move::Leap { .. } => sum.saturating_add(1),
        });
        if total > LONGEST {
            return Err(format!("{total} moves are more than the {LONGEST} that are kept"));
        }
        for m in moves {
            match *m {
                Move::Leap { to } if to.is_finite() => walk.leap(curve, to),
                Move::Leap { .. } => return Err("a leap leads to no finite place".into()),
                Move::Steps { count: 0, .. } => return Err("a run of no steps".into()),
                Move::Steps { optimizer, learning_rate, count } => {
                    for _ in 0..count {
                        walk.step(curve, optimizer, learning_rate)
                            .map_err(|refusal| format!("a step that cannot be taken: {refusal:?}"))?;
                    }
                }
            }
        }
        walk.refused = refused;
        Ok(walk)
    }
}

/// The start, then the rest, from either end.
#[derive(Clone)]
struct WithFirst<'a> {
    first: Option<&'a Entry>,
    rest: core::slice::Iter<'a, Entry>,
}

impl<'a> Iterator for WithFirst<'a> {
    type Item = &'a Entry;
    fn next(&mut self) -> Option<&'a Entry> {
        self.first.take().or_else(|| self.rest.next())
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.rest.len() + usize::from(self.first.is_some());
        (n, Some(n))
    }
}

impl DoubleEndedIterator for WithFirst<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.rest.next_back().or_else(|| self.first.take())
    }
}

impl ExactSizeIterator for WithFirst<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve() -> Curve {
        Curve::default_loss()
    }

    #[test]
    fn one_plain_step_is_x_minus_rate_times_slope_to_the_bit() {
        let curve = curve();
        let mut walk = Walk::new(&curve, 0.7);
        let slope = walk.here().ground.gradient().unwrap();
        walk.step(&curve, OptimizerKind::Sgd, 0.3).unwrap();
        assert_eq!(walk.here().ground.x.to_bits(), (0.7 - 0.3 * slope).to_bits());
    }

    #[test]
    fn stepping_back_and_on_again_gives_the_same_bits_for_every_optimiser() {
        let curve = curve();
        for kind in [OptimizerKind::Sgd, OptimizerKind::Momentum, OptimizerKind::Adam] {
            let mut walk = Walk::new(&curve, 0.7);
            for _ in 0..9 {
                walk.step(&curve, kind, 0.05).unwrap();
            }
            let there: Vec<u64> = walk.entries().map(|e| e.ground.x.to_bits()).collect();
            assert_eq!(walk.step_back(6), 6);
            for _ in 0..6 {
                walk.step(&curve, kind, 0.05).unwrap();
            }
            assert_eq!(walk.entries().map(|e| e.ground.x.to_bits()).collect::<Vec<_>>(), there, "{kind:?}");
        }
    }

    #[test]
    fn a_replayed_walk_has_the_same_bits() {
        let curve = curve();
        let mut walk = Walk::new(&curve, 0.7);
        for (kind, rate) in
            [(OptimizerKind::Momentum, 0.05), (OptimizerKind::Momentum, 0.02), (OptimizerKind::Adam, 0.1)]
        {
            for _ in 0..4 {
                walk.step(&curve, kind, rate).unwrap();
            }
        }
        walk.leap(&curve, -1.25);
        walk.step(&curve, OptimizerKind::Adam, 0.1).unwrap();
        let moves = walk.moves();
        assert_eq!(moves.len(), 5);
        let again = Walk::replay(&curve, 0.7, &moves, false).unwrap();
        let bits = |w: &Walk| w.entries().map(|e| e.ground.x.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&again), bits(&walk));
    }

    #[test]
    fn a_step_into_the_undefined_is_refused_and_the_last_place_kept() {
        let curve = Curve::read("ln(w)").unwrap();
        let mut walk = Walk::new(&curve, 0.5);
        assert_eq!(walk.step(&curve, OptimizerKind::Sgd, 1.0), Err(Refusal::NotFinite));
        assert_eq!((walk.here().ground.x, walk.refused()), (0.5, true));
    }

    #[test]
    fn a_rate_far_too_large_makes_the_loss_rise_again_and_again() {
        let curve = Curve::read("w^2").unwrap();
        let mut walk = Walk::new(&curve, 1.0);
        for _ in 0..5 {
            walk.step(&curve, OptimizerKind::Sgd, 1.1).unwrap();
        }
        assert_eq!(walk.rises(), 5);
    }
}
