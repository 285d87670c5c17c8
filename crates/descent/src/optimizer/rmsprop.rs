//! Descent with steps measured in units of the recent slope.

/// v ← ρ v + (1 − ρ) g²; x ← x − η g / √(v + ε), or / (√v + ε). No bias correction, not centred, no momentum.
///
/// Tieleman and Hinton, "Lecture 6.5: rmsprop", Coursera, 2012.
#[derive(Clone, Debug, PartialEq)]
pub struct RmsProp {
    /// η.
    pub learning_rate: f64,
    /// ρ.
    pub decay: f64,
    /// ε.
    pub epsilon: f64,
    /// Whether ε stands inside the root.
    pub epsilon_in_root: bool,
    /// v, the fading mean of squared gradients.
    pub squares: Vec<f64>,
}

impl RmsProp {
    /// With every mean at its initial value and ε inside the root.
    #[must_use]
    pub fn new(dimension: usize, learning_rate: f64, decay: f64, epsilon: f64, initial_accumulator: f64) -> Self {
        Self { learning_rate, decay, epsilon, epsilon_in_root: true, squares: vec![initial_accumulator; dimension] }
    }

    /// Moves the parameters one step; not where both gradient and divisor are 0.
    pub fn step(&mut self, parameters: &mut [f64], gradient: &[f64]) {
        for ((x, g), v) in parameters.iter_mut().zip(gradient).zip(&mut self.squares) {
            *v = self.decay * *v + (1.0 - self.decay) * (g * g);
            let divisor = if self.epsilon_in_root { (*v + self.epsilon).sqrt() } else { v.sqrt() + self.epsilon };
            if *g != 0.0 {
                *x -= self.learning_rate * g / divisor;
            }
        }
    }
}
