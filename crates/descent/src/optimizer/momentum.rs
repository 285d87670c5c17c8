//! Descent with a memory of its direction.

/// m ← μ m + g; x ← x − η m, or with Nesterov's look ahead x ← x − η (g + μ m).
///
/// The form of Sutskever, Martens, Dahl and Hinton ("On the importance of initialization and momentum in deep learning", 2013)
/// as optax and PyTorch write it, without dampening.
#[derive(Clone, Debug, PartialEq)]
pub struct Momentum {
    /// η.
    pub learning_rate: f64,
    /// μ.
    pub momentum: f64,
    /// Whether the step looks ahead.
    pub nesterov: bool,
    /// m.
    pub velocity: Vec<f64>,
}

impl Momentum {
    /// At rest.
    #[must_use]
    pub fn new(dimension: usize, learning_rate: f64, momentum: f64, nesterov: bool) -> Self {
        Self { learning_rate, momentum, nesterov, velocity: vec![0.0; dimension] }
    }

    /// Moves the parameters one step.
    pub fn step(&mut self, parameters: &mut [f64], gradient: &[f64]) {
        let Self { learning_rate, momentum, .. } = *self;
        for ((x, g), m) in parameters.iter_mut().zip(gradient).zip(&mut self.velocity) {
            *m = momentum * *m + g;
            let direction = if self.nesterov { g + momentum * *m } else { *m };
            *x -= learning_rate * direction;
        }
    }
}

/// x ← x − η g + μ (x − the x before); the x before the first step is x itself.
///
/// Polyak, "Some methods of speeding up the convergence of iteration methods", 1964. Equal to [`Momentum`] while η is constant.
#[derive(Clone, Debug, PartialEq)]
pub struct HeavyBall {
    /// η.
    pub learning_rate: f64,
    /// μ.
    pub momentum: f64,
    /// The x before; empty before the first step.
    pub previous: Vec<f64>,
}

impl HeavyBall {
    /// At rest.
    #[must_use]
    pub fn new(dimension: usize, learning_rate: f64, momentum: f64) -> Self {
        Self { learning_rate, momentum, previous: Vec::with_capacity(dimension) }
    }

    /// Moves the parameters one step.
    pub fn step(&mut self, parameters: &mut [f64], gradient: &[f64]) {
        if self.previous.is_empty() {
            self.previous.extend_from_slice(parameters);
        }
        for ((x, g), before) in parameters.iter_mut().zip(gradient).zip(&mut self.previous) {
            let now = *x;
            *x = now - self.learning_rate * g + self.momentum * (now - *before);
            *before = now;
        }
    }
}
