//! What the loss has done lately.

/// So many steps are looked at together, and asked about once they are over. Guessed: some seconds of watching.
pub(super) const WINDOW: u64 = 500;

/// The losses of the present window of steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    steps: u64,
    lowest: f64,
    highest: f64,
}

impl Window {
    /// Opened at a loss.
    pub(super) fn at(loss: f64) -> Self {
        Self { steps: 0, lowest: loss, highest: loss }
    }

    /// With one step more, from a loss to a loss.
    pub(super) fn after(self, before: f64, now: f64) -> Self {
        let Self { steps, lowest, highest } = if self.is_over() { Self::at(before) } else { self };
        Self { steps: steps + 1, lowest: lowest.min(now), highest: highest.max(now) }
    }

    pub(super) fn is_over(&self) -> bool {
        self.steps >= WINDOW
    }

    /// Highest against lowest, not last against first: who swings through a valley has come around, whatever the losses at both ends.
    pub(super) fn spread(&self) -> f64 {
        self.highest - self.lowest
    }
}
