//! The losses of one prediction against one target, each with its slope.

use super::{Loss, Pull};
use calculus::math;

/// −1, 0 or 1: the slope of |r|, with the least-magnitude subgradient at the kink.
fn sign(r: f64) -> f64 {
    if r > 0.0 {
        1.0
    } else if r < 0.0 {
        -1.0
    } else {
        0.0
    }
}

#[inline(always)]
pub(super) fn pull(loss: &Loss, prediction: f64, target: f64) -> Option<Pull> {
    let r = prediction - target;
    let (value, slope) = match *loss {
        Loss::Mse => (r * r, 2.0 * r),
        Loss::Mae => (r.abs(), sign(r)),
        Loss::Huber { delta } if r.abs() <= delta => (r * r / 2.0, r),
        Loss::Huber { delta } => (delta * (r.abs() - delta / 2.0), delta * sign(r)),
        Loss::LogCosh => (log_cosh(r), math::tanh(r)),
        Loss::Quantile { quantile } if r > 0.0 => ((1.0 - quantile) * r, 1.0 - quantile),
        Loss::Quantile { quantile } => (-quantile * r, if r < 0.0 { -quantile } else { 0.0 }),
        Loss::BinaryCrossEntropy => binary_cross_entropy(prediction, target),
        Loss::Hinge => {
            let short = 1.0 - prediction * target;
            if short > 0.0 { (short, -target) } else { (0.0, 0.0) }
        }
        Loss::SquaredHinge => {
            let short = (1.0 - prediction * target).max(0.0);
            (short * short, -2.0 * target * short)
        }
        Loss::SoftmaxCrossEntropy { .. } => return None,
    };
    Some(Pull { value, slope })
}

/// ln cosh r = |r| + ln((1 + e^(−2|r|))/2), and near 0, where that cancels, ½ ln(1 + sinh² r).
fn log_cosh(r: f64) -> f64 {
    let size = r.abs();
    if size < 0.5 {
        let sinh = math::sinh(size);
        return 0.5 * math::ln_1p(sinh * sinh);
    }
    size + (math::ln_1p(math::exp(-2.0 * size)) - std::f64::consts::LN_2)
}

/// softplus(p) − t p and sigmoid(p) − t, each without cancelling for a confident, right logit: softplus(p) − p is softplus(−p).
fn binary_cross_entropy(p: f64, t: f64) -> (f64, f64) {
    if p > 0.0 {
        (math::softplus(-p) + (1.0 - t) * p, (1.0 - t) - math::sigmoid(-p))
    } else {
        (math::softplus(p) - t * p, math::sigmoid(p) - t)
    }
}
