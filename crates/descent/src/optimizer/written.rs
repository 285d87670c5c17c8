//! How an optimiser is written down: its kind, and whichever settings that kind has. It is read as one flat record, because a tagged
//! enum makes serde keep everything it meets in a tree first, in more code than all optimisers together.

use serde::{Deserialize, Deserializer};

use super::{Optimizer, defaults};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Kind {
    Sgd,
    Momentum,
    HeavyBall,
    Nesterov,
    Adagrad,
    Rmsprop,
    Adam,
    Adamw,
    Newton,
    LineSearch,
}

/// Every setting that some optimiser has.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Written {
    kind: Kind,
    #[serde(default, deserialize_with = "given")]
    learning_rate: Option<f64>,
    #[serde(default, deserialize_with = "given")]
    epsilon: Option<f64>,
    #[serde(default, deserialize_with = "given")]
    initial_accumulator: Option<f64>,
    #[serde(default = "defaults::momentum")]
    momentum: f64,
    #[serde(default = "defaults::decay")]
    decay: f64,
    #[serde(default = "defaults::yes")]
    epsilon_in_root: bool,
    #[serde(default = "defaults::beta1")]
    beta1: f64,
    #[serde(default = "defaults::beta2")]
    beta2: f64,
    #[serde(default = "defaults::weight_decay")]
    weight_decay: f64,
}

/// A number where the name stands: `null` is none.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    f64::deserialize(deserializer).map(Some)
}

impl TryFrom<Written> for Optimizer {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { kind, momentum, decay, epsilon_in_root, beta1, beta2, weight_decay, .. } = written;
        let rate = written.learning_rate.ok_or("missing field `learningRate`");
        let epsilon = written.epsilon.unwrap_or_else(defaults::epsilon);
        Ok(match kind {
            Kind::Sgd => Self::Sgd { learning_rate: rate? },
            Kind::Momentum => Self::Momentum { learning_rate: rate?, momentum },
            Kind::HeavyBall => Self::HeavyBall { learning_rate: rate?, momentum },
            Kind::Nesterov => Self::Nesterov { learning_rate: rate?, momentum },
            Kind::Adagrad => Self::Adagrad {
                learning_rate: rate?,
                initial_accumulator: written.initial_accumulator.unwrap_or_else(defaults::initial_accumulator),
                epsilon: written.epsilon.unwrap_or_else(defaults::adagrad_epsilon),
            },
            Kind::Rmsprop => {
                let initial_accumulator = written.initial_accumulator.unwrap_or_default();
                Self::Rmsprop { learning_rate: rate?, decay, epsilon, initial_accumulator, epsilon_in_root }
            }
            Kind::Adam => Self::Adam { learning_rate: rate?, beta1, beta2, epsilon },
            Kind::Adamw => Self::Adamw { learning_rate: rate?, beta1, beta2, epsilon, weight_decay },
            Kind::Newton => Self::Newton { learning_rate: rate.unwrap_or_else(|_| defaults::whole()) },
            Kind::LineSearch => Self::LineSearch { learning_rate: rate.unwrap_or_else(|_| defaults::whole()) },
        })
    }
}
