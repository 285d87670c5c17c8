//! Plain gradient descent.

/// x ← x − η g (Cauchy, 1847; with a noisy gradient Robbins and Monro, 1951).
#[derive(Clone, Debug, PartialEq)]
pub struct Sgd {
    /// η.
    pub learning_rate: f64,
}

impl Sgd {
    /// Moves the parameters one step.
    pub fn step(&mut self, parameters: &mut [f64], gradient: &[f64]) {
        for (x, g) in parameters.iter_mut().zip(gradient) {
            *x -= self.learning_rate * g;
        }
    }
}
