//! The optimisers as lines of Python on whole arrays.

use super::number;
use crate::error::DescentError;
use crate::optimizer::Optimizer;

/// What is made before the first step, and what each step does; `p` holds the parameters, `g` the gradient, `t` counts from 1.
pub(super) struct Update {
    pub(super) before: Vec<String>,
    pub(super) each: Vec<String>,
}

/// `sqrt` and `zeros` are the library's functions; `full` fills an array like p.
pub(super) fn lines(optimizer: &Optimizer, library: &str) -> Result<Update, DescentError> {
    let lr = number(optimizer.learning_rate());
    let zeros = |name: &str| format!("{name} = {library}.zeros_like(p)");
    let (before, each): (Vec<String>, Vec<String>) = match *optimizer {
        Optimizer::Sgd { .. } => (vec![], vec![format!("p = p - {lr} * g")]),
        Optimizer::Momentum { momentum, .. } => {
            (vec![zeros("m")], vec![format!("m = {} * m + g", number(momentum)), format!("p = p - {lr} * m")])
        }
        Optimizer::Nesterov { momentum, .. } => {
            let mu = number(momentum);
            (vec![zeros("m")], vec![format!("m = {mu} * m + g"), format!("p = p - {lr} * (g + {mu} * m)")])
        }
        Optimizer::HeavyBall { momentum, .. } => (
            vec!["previous = p".to_owned()],
            vec![format!("p, previous = p - {lr} * g + {} * (p - previous), p", number(momentum))],
        ),
        Optimizer::Adagrad { initial_accumulator, epsilon, .. } => (
            vec![format!("s = {library}.full_like(p, {})", number(initial_accumulator))],
            vec![
                "s = s + g**2".to_owned(),
                // Where s is 0 the slope always was: nothing moves there.
                format!("divisor = {library}.where(s > 0, {library}.sqrt(s + {}), 1.0)", number(epsilon)),
                format!("p = p - {lr} * g / divisor"),
            ],
        ),
        Optimizer::Rmsprop { decay, epsilon, initial_accumulator, epsilon_in_root, .. } => {
            let (rho, eps) = (number(decay), number(epsilon));
            let divisor = if epsilon_in_root {
                format!("{library}.sqrt(v + {eps})")
            } else {
                format!("{library}.sqrt(v) + {eps}")
            };
            (
                vec![format!("v = {library}.full_like(p, {})", number(initial_accumulator))],
                vec![
                    format!("v = {rho} * v + (1 - {rho}) * g**2"),
                    format!("divisor = {divisor}"),
                    format!("p = p - {lr} * g / {library}.where(g == 0, 1.0, divisor)"),
                ],
            )
        }
        Optimizer::Adam { beta1, beta2, epsilon, .. } => adam(&lr, [beta1, beta2, epsilon], None, library),
        Optimizer::Adamw { beta1, beta2, epsilon, weight_decay, .. } => {
            adam(&lr, [beta1, beta2, epsilon], Some(weight_decay), library)
        }
        Optimizer::LineSearch { .. } => (
            vec![],
            vec![format!("found = search(p, value, g, -g, {lr})"), "p = p if found is None else found".to_owned()],
        ),
        Optimizer::Newton { .. } => (
            vec![],
            vec![
                "direction = newton(p, g)".to_owned(),
                format!("found = None if direction is None else search(p, value, g, direction, {lr})"),
                format!("found = search(p, value, g, -g, {lr}) if found is None else found"),
                "p = p if found is None else found".to_owned(),
            ],
        ),
    };
    Ok(Update { before, each })
}

fn adam(lr: &str, settings: [f64; 3], decay: Option<f64>, library: &str) -> (Vec<String>, Vec<String>) {
    let [b1, b2, eps] = settings.map(number);
    let pull = decay.map(|d| format!(" + {} * p", number(d))).unwrap_or_default();
    (
        vec![format!("m = {library}.zeros_like(p)"), format!("v = {library}.zeros_like(p)")],
        vec![
            format!("m = {b1} * m + (1 - {b1}) * g"),
            format!("v = {b2} * v + (1 - {b2}) * g**2"),
            format!("mean, square = m / (1 - {b1}**t), v / (1 - {b2}**t)"),
            format!("divisor = {library}.sqrt(square) + {eps}"),
            // Where it is 0 the slope always was: nothing moves there.
            format!("p = p - {lr} * (mean / {library}.where(divisor == 0, 1.0, divisor){pull})"),
        ],
    )
}
