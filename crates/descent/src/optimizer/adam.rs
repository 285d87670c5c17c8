//! Adam and AdamW.

/// m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; m̂ = m / (1 − β₁ᵗ); v̂ = v / (1 − β₂ᵗ); x ← x − η (m̂ / (√v̂ + ε) + λ x).
///
/// With λ = 0 Adam: Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015. Else AdamW: Loshchilov and Hutter,
/// "Decoupled weight decay regularization", ICLR 2019.
#[derive(Clone, Debug, PartialEq)]
pub struct Adam {
    /// η.
    pub learning_rate: f64,
    /// β₁.
    pub beta1: f64,
    /// β₂.
    pub beta2: f64,
    /// ε.
    pub epsilon: f64,
    /// λ.
    pub weight_decay: f64,
    /// β₁ᵗ.
    pub beta1_power: f64,
    /// β₂ᵗ.
    pub beta2_power: f64,
    /// m, the fading mean of gradients.
    pub means: Vec<f64>,
    /// v, the fading mean of squared gradients.
    pub squares: Vec<f64>,
}

impl Adam {
    /// Before the first step.
    #[must_use]
    pub fn new(dimension: usize, learning_rate: f64, beta1: f64, beta2: f64, epsilon: f64, weight_decay: f64) -> Self {
        Self {
            learning_rate,
            beta1,
            beta2,
            epsilon,
            weight_decay,
            beta1_power: 1.0,
            beta2_power: 1.0,
            means: vec![0.0; dimension],
            squares: vec![0.0; dimension],
        }
    }

    /// Moves the parameters one step; the decay takes the x before the step.
    pub fn step(&mut self, parameters: &mut [f64], gradient: &[f64]) {
        self.beta1_power *= self.beta1;
        self.beta2_power *= self.beta2;
        let (mean_share, square_share) = (1.0 - self.beta1_power, 1.0 - self.beta2_power);
        let moments = self.means.iter_mut().zip(&mut self.squares);
        for ((x, g), (m, v)) in parameters.iter_mut().zip(gradient).zip(moments) {
            *m = self.beta1 * *m + (1.0 - self.beta1) * g;
            *v = self.beta2 * *v + (1.0 - self.beta2) * (g * g);
            let (mean, spread) = (*m / mean_share, (*v / square_share).sqrt() + self.epsilon);
            // With ε = 0 a direction that never sloped has 0/0: stay.
            let adaptive = if mean == 0.0 { 0.0 } else { mean / spread };
            *x -= self.learning_rate * (adaptive + self.weight_decay * *x);
        }
    }
}
