//! Softmax cross-entropy over rows of logits.

use crate::sums::Sum;
use calculus::math;

/// The mean over rows of Σ tᵢ (logsumexp(p) − pᵢ); by pⱼ the gradient is (softmax(p)ⱼ Σt − tⱼ)/rows.
///
/// Exponentials are taken of p − max p, so that none overflows, and the largest row entry's 1 is kept apart, so that a confident,
/// right row keeps the digits of its small loss.
pub(super) fn evaluate(classes: usize, predictions: &[f64], targets: &[f64], gradient: &mut [f64]) -> f64 {
    let rows = (predictions.len() / classes.max(1)).max(1) as f64;
    let mut total = Sum::default();
    let data = predictions.chunks_exact(classes).zip(targets.chunks_exact(classes));
    for ((logits, wanted), slopes) in data.zip(gradient.chunks_exact_mut(classes)) {
        let Some((top, highest)) = logits.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1)) else {
            continue;
        };
        let mut others = Sum::default();
        for (index, (slope, logit)) in slopes.iter_mut().zip(logits).enumerate() {
            *slope = math::exp(logit - highest);
            if index != top {
                others.add(*slope);
            }
        }
        let others = others.value();
        let log_sum = math::ln_1p(others);
        let mass: f64 = wanted.iter().sum();
        for (index, ((slope, logit), t)) in slopes.iter_mut().zip(logits).zip(wanted).enumerate() {
            if *t != 0.0 {
                total.add(t * (log_sum + (highest - logit)));
            }
            let share = *slope / (1.0 + others);
            // Where the class is wanted wholly, share − 1 is the share of all the others.
            *slope =
                if index == top && *t == mass { -mass * (others / (1.0 + others)) } else { share * mass - t } / rows;
        }
    }
    total.value() / rows
}
