//! Optimisers: what turns a gradient into a step.
//!
//! [`Optimizer`] is the setting, plain data as it stands in a link or a lesson; [`Stepper`] is the setting at work, with whatever it
//! remembers between steps. Formulas and defaults are optax's (DeepMind, optax 0.2.8), so that a run here is a run there.
//! In them g is the gradient at x, η the learning rate, t = 1, 2, … the step, and all operations are taken element by element.

mod adagrad;
mod adam;
mod line_search;
mod momentum;
mod newton;
mod rmsprop;
mod sgd;
mod stepper;
mod written;

pub use adagrad::Adagrad;
pub use adam::Adam;
pub use line_search::LineSearch;
pub use momentum::{HeavyBall, Momentum};
pub use newton::{LARGEST_HESSIAN, Newton};
pub use rmsprop::RmsProp;
pub use sgd::Sgd;
pub use stepper::Stepper;

use serde::{Deserialize, Serialize};

use crate::error::{DescentError, fraction, not_negative, positive};

/// Which optimiser, with its settings. Every setting but the learning rate has a default.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", try_from = "written::Written")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Optimizer {
    /// Plain gradient descent: x ← x − η g.
    Sgd {
        /// η.
        learning_rate: f64,
    },
    /// The gradient feeds a velocity: m ← μ m + g; x ← x − η m.
    Momentum {
        /// η.
        learning_rate: f64,
        /// μ, the share of the velocity that is kept.
        #[serde(default = "defaults::momentum")]
        momentum: f64,
    },
    /// Polyak's form: x ← x − η g + μ (x − the x before).
    HeavyBall {
        /// η.
        learning_rate: f64,
        /// μ, the share of the last step that is repeated.
        #[serde(default = "defaults::momentum")]
        momentum: f64,
    },
    /// Momentum that looks ahead: m ← μ m + g; x ← x − η (g + μ m).
    Nesterov {
        /// η.
        learning_rate: f64,
        /// μ.
        #[serde(default = "defaults::momentum")]
        momentum: f64,
    },
    /// Steps shrink where slopes have been steep: s ← s + g²; x ← x − η g / √(s + ε).
    Adagrad {
        /// η.
        learning_rate: f64,
        /// s before the first step.
        #[serde(default = "defaults::initial_accumulator")]
        initial_accumulator: f64,
        /// ε, inside the root.
        #[serde(default = "defaults::adagrad_epsilon")]
        epsilon: f64,
    },
    /// As AdaGrad, but forgetting: v ← ρ v + (1 − ρ) g²; x ← x − η g / √(v + ε).
    Rmsprop {
        /// η.
        learning_rate: f64,
        /// ρ.
        #[serde(default = "defaults::decay")]
        decay: f64,
        /// ε.
        #[serde(default = "defaults::epsilon")]
        epsilon: f64,
        /// v before the first step.
        #[serde(default)]
        initial_accumulator: f64,
        /// Whether ε stands inside the root, as in optax, or outside, as in PyTorch.
        #[serde(default = "defaults::yes")]
        epsilon_in_root: bool,
    },
    /// Momentum and RMSProp together, both corrected for starting at 0.
    Adam {
        /// η.
        learning_rate: f64,
        /// β₁, the decay of the mean of gradients.
        #[serde(default = "defaults::beta1")]
        beta1: f64,
        /// β₂, the decay of the mean of squared gradients.
        #[serde(default = "defaults::beta2")]
        beta2: f64,
        /// ε, outside the root.
        #[serde(default = "defaults::epsilon")]
        epsilon: f64,
    },
    /// Adam, and every parameter shrinks towards 0 by η·λ of itself.
    Adamw {
        /// η.
        learning_rate: f64,
        /// β₁.
        #[serde(default = "defaults::beta1")]
        beta1: f64,
        /// β₂.
        #[serde(default = "defaults::beta2")]
        beta2: f64,
        /// ε.
        #[serde(default = "defaults::epsilon")]
        epsilon: f64,
        /// λ.
        #[serde(default = "defaults::weight_decay")]
        weight_decay: f64,
    },
    /// Newton's method: the step to the floor of the bowl that slope and curvature describe.
    Newton {
        /// The share of the step that is taken, 1 unless told.
        #[serde(default = "defaults::whole")]
        learning_rate: f64,
    },
    /// Along the gradient, as far as the loss falls enough: η is halved from its first value until it does.
    LineSearch {
        /// The first η tried, 1 unless told.
        #[serde(default = "defaults::whole")]
        learning_rate: f64,
    },
}

/// optax's defaults; a momentum has none there and is 0.9 here, its usual value.
mod defaults {
    pub(super) fn momentum() -> f64 {
        0.9
    }
    pub(super) fn initial_accumulator() -> f64 {
        0.1
    }
    pub(super) fn adagrad_epsilon() -> f64 {
        1e-7
    }
    pub(super) fn decay() -> f64 {
        0.9
    }
    pub(super) fn epsilon() -> f64 {
        1e-8
    }
    pub(super) fn beta1() -> f64 {
        0.9
    }
    pub(super) fn beta2() -> f64 {
        0.999
    }
    pub(super) fn weight_decay() -> f64 {
        1e-4
    }
    pub(super) fn whole() -> f64 {
        1.0
    }
    pub(super) fn yes() -> bool {
        true
    }
}

impl Optimizer {
    /// Plain gradient descent.
    #[must_use]
    pub fn sgd(learning_rate: f64) -> Self {
        Self::Sgd { learning_rate }
    }

    /// Momentum of 0.9.
    #[must_use]
    pub fn momentum(learning_rate: f64) -> Self {
        Self::Momentum { learning_rate, momentum: defaults::momentum() }
    }

    /// Adam with its usual settings.
    #[must_use]
    pub fn adam(learning_rate: f64) -> Self {
        Self::Adam { learning_rate, beta1: defaults::beta1(), beta2: defaults::beta2(), epsilon: defaults::epsilon() }
    }

    /// The name used in `kind`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Sgd { .. } => "sgd",
            Self::Momentum { .. } => "momentum",
            Self::HeavyBall { .. } => "heavyBall",
            Self::Nesterov { .. } => "nesterov",
            Self::Adagrad { .. } => "adagrad",
            Self::Rmsprop { .. } => "rmsprop",
            Self::Adam { .. } => "adam",
            Self::Adamw { .. } => "adamw",
            Self::Newton { .. } => "newton",
            Self::LineSearch { .. } => "lineSearch",
        }
    }

    /// Whether a step depends on those before it: with such an optimiser the loss may grow for a while on the way down.
    #[must_use]
    pub fn remembers(&self) -> bool {
        !matches!(self, Self::Sgd { .. } | Self::Newton { .. } | Self::LineSearch { .. })
    }

    /// Whether a smaller learning rate makes a shorter step. Newton's method and the line search shorten theirs until the loss falls,
    /// whatever the rate.
    #[must_use]
    pub fn is_scaled_by_rate(&self) -> bool {
        !matches!(self, Self::Newton { .. } | Self::LineSearch { .. })
    }

    /// η.
    #[must_use]
    pub fn learning_rate(&self) -> f64 {
        match *self {
            Self::Sgd { learning_rate }
            | Self::Momentum { learning_rate, .. }
            | Self::HeavyBall { learning_rate, .. }
            | Self::Nesterov { learning_rate, .. }
            | Self::Adagrad { learning_rate, .. }
            | Self::Rmsprop { learning_rate, .. }
            | Self::Adam { learning_rate, .. }
            | Self::Adamw { learning_rate, .. }
            | Self::Newton { learning_rate }
            | Self::LineSearch { learning_rate } => learning_rate,
        }
    }

    /// The same optimiser with another learning rate.
    #[must_use]
    pub fn with_learning_rate(mut self, rate: f64) -> Self {
        match &mut self {
            Self::Sgd { learning_rate }
            | Self::Momentum { learning_rate, .. }
            | Self::HeavyBall { learning_rate, .. }
            | Self::Nesterov { learning_rate, .. }
            | Self::Adagrad { learning_rate, .. }
            | Self::Rmsprop { learning_rate, .. }
            | Self::Adam { learning_rate, .. }
            | Self::Adamw { learning_rate, .. }
            | Self::Newton { learning_rate }
            | Self::LineSearch { learning_rate } => *learning_rate = rate,
        }
        self
    }

    /// Checks every setting.
    ///
    /// # Errors
    /// [`DescentError::OutOfRange`] names the setting: a learning rate or ε that is not above 0 (ε may be 0), a decay outside [0, 1).
    pub fn check(&self) -> Result<(), DescentError> {
        positive("learningRate", self.learning_rate())?;
        match *self {
            Self::Sgd { .. } | Self::Newton { .. } | Self::LineSearch { .. } => Ok(()),
            Self::Momentum { momentum, .. } | Self::HeavyBall { momentum, .. } | Self::Nesterov { momentum, .. } => {
                fraction("momentum", momentum)
            }
            Self::Adagrad { initial_accumulator, epsilon, .. } => {
                not_negative("initialAccumulator", initial_accumulator)?;
                not_negative("epsilon", epsilon)
            }
            Self::Rmsprop { decay, epsilon, initial_accumulator, .. } => {
                fraction("decay", decay)?;
                not_negative("initialAccumulator", initial_accumulator)?;
                not_negative("epsilon", epsilon)
            }
            Self::Adam { beta1, beta2, epsilon, .. } => adam(beta1, beta2, epsilon),
            Self::Adamw { beta1, beta2, epsilon, weight_decay, .. } => {
                not_negative("weightDecay", weight_decay)?;
                adam(beta1, beta2, epsilon)
            }
        }
    }

    /// The optimiser ready for its first step on `dimension` parameters.
    ///
    /// # Errors
    /// As [`Optimizer::check`].
    pub fn start(&self, dimension: usize) -> Result<Stepper, DescentError> {
        self.check()?;
        Ok(self.begin(dimension))
    }

    /// As [`Optimizer::start`], for settings that were checked before.
    pub(crate) fn begin(&self, dimension: usize) -> Stepper {
        match *self {
            Self::Sgd { learning_rate } => Stepper::Sgd(Sgd { learning_rate }),
            Self::Momentum { learning_rate, momentum } => {
                Stepper::Momentum(Momentum::new(dimension, learning_rate, momentum, false))
            }
            Self::HeavyBall { learning_rate, momentum } => {
                Stepper::HeavyBall(HeavyBall::new(dimension, learning_rate, momentum))
            }
            Self::Nesterov { learning_rate, momentum } => {
                Stepper::Momentum(Momentum::new(dimension, learning_rate, momentum, true))
            }
            Self::Adagrad { learning_rate, initial_accumulator, epsilon } => {
                Stepper::Adagrad(Adagrad::new(dimension, learning_rate, initial_accumulator, epsilon))
            }
            Self::Rmsprop { learning_rate, decay, epsilon, initial_accumulator, epsilon_in_root } => {
                let mut rmsprop = RmsProp::new(dimension, learning_rate, decay, epsilon, initial_accumulator);
                rmsprop.epsilon_in_root = epsilon_in_root;
                Stepper::Rmsprop(rmsprop)
            }
            Self::Adam { learning_rate, beta1, beta2, epsilon } => {
                Stepper::Adam(Adam::new(dimension, learning_rate, beta1, beta2, epsilon, 0.0))
            }
            Self::Adamw { learning_rate, beta1, beta2, epsilon, weight_decay } => {
                Stepper::Adam(Adam::new(dimension, learning_rate, beta1, beta2, epsilon, weight_decay))
            }
            Self::Newton { learning_rate } => Stepper::Newton(Newton { learning_rate }),
            Self::LineSearch { learning_rate } => Stepper::LineSearch(LineSearch { learning_rate }),
        }
    }
}

fn adam(beta1: f64, beta2: f64, epsilon: f64) -> Result<(), DescentError> {
    fraction("beta1", beta1)?;
    fraction("beta2", beta2)?;
    not_negative("epsilon", epsilon)
}
