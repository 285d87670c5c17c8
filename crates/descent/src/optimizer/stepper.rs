//! An optimiser at work.

use super::{Adagrad, Adam, HeavyBall, LineSearch, Momentum, Newton, Optimizer, RmsProp, Sgd};
use crate::error::DescentError;
use crate::problem::Problem;

/// An optimiser at work: its settings and what it remembers.
#[derive(Clone, Debug, PartialEq)]
pub enum Stepper {
    /// Plain gradient descent.
    Sgd(Sgd),
    /// Momentum, with or without Nesterov's look ahead.
    Momentum(Momentum),
    /// Heavy ball.
    HeavyBall(HeavyBall),
    /// AdaGrad.
    Adagrad(Adagrad),
    /// RMSProp.
    Rmsprop(RmsProp),
    /// Adam and AdamW.
    Adam(Adam),
    /// Newton's method.
    Newton(Newton),
    /// Backtracking along the gradient.
    LineSearch(LineSearch),
}

impl Stepper {
    /// Moves the parameters one step, given value and gradient there. All slices are as long as the dimension the stepper was
    /// started with. Only Newton's method and the line search ask the problem for more.
    pub fn step_on<P: Problem + ?Sized>(&mut self, problem: &P, value: f64, parameters: &mut [f64], gradient: &[f64]) {
        match self {
            Self::Newton(it) => it.step(problem, value, parameters, gradient),
            Self::LineSearch(it) => it.step(problem, value, parameters, gradient),
            _ => self.step(parameters, gradient),
        }
    }

    /// Moves the parameters one step by the gradient alone. Newton's method and the line search, which need a problem
    /// ([`Stepper::step_on`]), take a plain gradient step here.
    pub fn step(&mut self, parameters: &mut [f64], gradient: &[f64]) {
        match self {
            Self::Sgd(it) => it.step(parameters, gradient),
            Self::Momentum(it) => it.step(parameters, gradient),
            Self::HeavyBall(it) => it.step(parameters, gradient),
            Self::Adagrad(it) => it.step(parameters, gradient),
            Self::Rmsprop(it) => it.step(parameters, gradient),
            Self::Adam(it) => it.step(parameters, gradient),
            Self::Newton(Newton { learning_rate }) | Self::LineSearch(LineSearch { learning_rate }) => {
                Sgd { learning_rate: *learning_rate }.step(parameters, gradient);
            }
        }
    }

    /// Changes the learning rate from the next step on and forgets nothing: for schedules and sliders.
    pub fn set_learning_rate(&mut self, rate: f64) {
        match self {
            Self::Sgd(it) => it.learning_rate = rate,
            Self::Momentum(it) => it.learning_rate = rate,
            Self::HeavyBall(it) => it.learning_rate = rate,
            Self::Adagrad(it) => it.learning_rate = rate,
            Self::Rmsprop(it) => it.learning_rate = rate,
            Self::Adam(it) => it.learning_rate = rate,
            Self::Newton(it) => it.learning_rate = rate,
            Self::LineSearch(it) => it.learning_rate = rate,
        }
    }

    /// Takes on new settings. The memory is kept where the kind stays the same, else it starts afresh.
    ///
    /// # Errors
    /// As [`Optimizer::check`].
    pub fn adopt(&mut self, settings: &Optimizer, dimension: usize) -> Result<(), DescentError> {
        settings.check()?;
        self.take_on(settings, dimension);
        Ok(())
    }

    /// As [`Stepper::adopt`], for settings that were checked before.
    pub(crate) fn take_on(&mut self, settings: &Optimizer, dimension: usize) {
        let mut fresh = settings.begin(dimension);
        match (&mut fresh, &mut *self) {
            (Self::Momentum(new), Self::Momentum(old)) => std::mem::swap(&mut new.velocity, &mut old.velocity),
            (Self::HeavyBall(new), Self::HeavyBall(old)) => std::mem::swap(&mut new.previous, &mut old.previous),
            (Self::Adagrad(new), Self::Adagrad(old)) => std::mem::swap(&mut new.squares, &mut old.squares),
            (Self::Rmsprop(new), Self::Rmsprop(old)) => std::mem::swap(&mut new.squares, &mut old.squares),
            (Self::Adam(new), Self::Adam(old)) if (new.beta1, new.beta2) == (old.beta1, old.beta2) => {
                std::mem::swap(&mut new.means, &mut old.means);
                std::mem::swap(&mut new.squares, &mut old.squares);
                (new.beta1_power, new.beta2_power) = (old.beta1_power, old.beta2_power);
            }
            _ => {}
        }
        *self = fresh;
    }
}
