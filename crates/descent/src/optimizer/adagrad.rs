//! Descent that trusts rarely used directions more.

/// s ← s + g²; x ← x − η g / √(s + ε); no change where s = 0.
///
/// Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 12, 2011.
#[derive(Clone, Debug, PartialEq)]
pub struct Adagrad {
    /// η.
    pub learning_rate: f64,
    /// ε, inside the root.
    pub epsilon: f64,
    /// s, the sum of squared gradients.
    pub squares: Vec<f64>,
}

impl Adagrad {
    /// With every sum at its initial value.
    #[must_use]
    pub fn new(dimension: usize, learning_rate: f64, initial_accumulator: f64, epsilon: f64) -> Self {
        Self { learning_rate, epsilon, squares: vec![initial_accumulator; dimension] }
    }

    /// Moves the parameters one step.
    pub fn step(&mut self, parameters: &mut [f64], gradient: &[f64]) {
        for ((x, g), s) in parameters.iter_mut().zip(gradient).zip(&mut self.squares) {
            *s += g * g;
            if *s > 0.0 {
                *x -= self.learning_rate * g / (*s + self.epsilon).sqrt();
            }
        }
    }
}
