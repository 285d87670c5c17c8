//! What a unit makes of its weighted sum.

use calculus::math;
use serde::{Deserialize, Serialize};

use crate::matrix::Element;

/// f in a = f(x W + b).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Activation {
    /// Between −1 and 1.
    Tanh,
    /// max(0, z); the slope at 0 counts as 0.
    Relu,
    /// 1 / (1 + e^−z), between 0 and 1.
    Sigmoid,
    /// ln(1 + eᶻ), a smooth relu.
    Softplus,
    /// z itself.
    #[default]
    Identity,
}

impl Activation {
    /// z becomes f(z), for every entry.
    pub(super) fn apply<T: Element>(self, values: &mut [T]) {
        match self {
            Self::Tanh => T::map(values, math::tanh, math::tanh),
            Self::Sigmoid => T::map(values, math::sigmoid, math::sigmoid),
            Self::Softplus => T::map(values, math::softplus, math::softplus),
            Self::Relu => {
                for value in values {
                    // Not-a-number must not become 0: it is how a run that left the finite numbers is noticed.
                    if *value < T::ZERO {
                        *value = T::ZERO;
                    }
                }
            }
            Self::Identity => {}
        }
    }

    /// Multiplies each delta by f′, told by the output a = f(z): tanh′ = 1 − a², sigmoid′ = a (1 − a), softplus′ = 1 − e^−a.
    pub(super) fn pull_back<T: Element>(self, outputs: &[T], deltas: &mut [T]) {
        let pairs = deltas.iter_mut().zip(outputs);
        match self {
            Self::Tanh => pairs.for_each(|(d, a)| *d *= T::ONE - *a * *a),
            Self::Sigmoid => pairs.for_each(|(d, a)| *d *= *a * (T::ONE - *a)),
            Self::Softplus => pairs.for_each(|(d, a)| *d *= T::of(-math::expm1(-a.double()))),
            Self::Relu => pairs.for_each(|(d, a)| *d *= if *a > T::ZERO { T::ONE } else { T::ZERO }),
            Self::Identity => {}
        }
    }
}
