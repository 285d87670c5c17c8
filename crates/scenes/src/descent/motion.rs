//! Time: the arrow that grows, the ball that slides, the beat of a run. What is true never waits for it: the walk is a step
//! ahead of its picture.

/// The arrow grows, milliseconds.
pub const GROW: f64 = 160.0;
/// The ball slides and the trail fades, milliseconds.
pub const SLIDE: f64 = 260.0;
/// One step of a run, milliseconds.
const BEAT: f64 = 420.0;
/// One jump of a run where motion is reduced, milliseconds.
const REDUCED_BEAT: f64 = 600.0;

/// What moves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Motion {
    reduced: bool,
    /// Milliseconds into the step that is being shown.
    step: Option<f64>,
    /// Milliseconds since the last step of a run.
    beat: f64,
}

/// How far the step that is being shown has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Phase {
    /// Nothing moves.
    Still,
    /// The arrow has this share of its length, the ball is where it was.
    Growing(f64),
    /// The ball has gone this share of the way.
    Sliding(f64),
}

impl Motion {
    /// With reduced motion nothing is shown between two places.
    pub fn set_reduced(&mut self, reduced: bool) {
        self.reduced = reduced;
        if reduced {
            self.step = None;
        }
    }

    /// Begins to show a step.
    pub fn begin(&mut self) {
        self.step = (!self.reduced).then_some(0.0);
    }

    /// A run begins: its first step is taken at once.
    pub fn start_beat(&mut self) {
        self.beat = 0.0;
    }

    /// Shows what is true.
    pub fn finish(&mut self) {
        self.step = None;
    }

    /// Whether another tick is wanted for the picture's sake.
    pub fn is_moving(&self) -> bool {
        self.step.is_some()
    }

    /// Time passes. True if a run takes its next step now; a long silence, as of a hidden page, is one beat.
    pub fn pass(&mut self, milliseconds: f64) -> bool {
        let passed = if milliseconds.is_finite() { milliseconds.clamp(0.0, 1000.0) } else { 0.0 };
        self.step = self.step.map(|t| t + passed).filter(|t| *t < GROW + SLIDE);
        self.beat += passed;
        let beat = if self.reduced { REDUCED_BEAT } else { BEAT };
        let due = self.beat >= beat;
        if due {
            self.beat = if self.beat < 2.0 * beat { self.beat - beat } else { 0.0 };
        }
        due
    }

    /// How far the step shown has come.
    pub fn phase(&self) -> Phase {
        match self.step {
            None => Phase::Still,
            Some(t) if t < GROW => Phase::Growing(eased(t / GROW)),
            Some(t) => Phase::Sliding(eased(((t - GROW) / SLIDE).min(1.0))),
        }
    }
}

/// Fast at first, gently home: a cubic near the page's own easing.
fn eased(t: f64) -> f64 {
    1.0 - (1.0 - t) * (1.0 - t) * (1.0 - t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_an_arrow_that_grows_and_a_ball_that_slides() {
        let mut motion = Motion::default();
        motion.begin();
        motion.pass(80.0);
        assert!(matches!(motion.phase(), Phase::Growing(share) if share > 0.5 && share < 1.0));
        motion.pass(100.0);
        assert!(matches!(motion.phase(), Phase::Sliding(share) if share > 0.0 && share < 0.5));
        motion.pass(240.0);
        assert_eq!(motion.phase(), Phase::Still);
    }

    #[test]
    fn a_run_takes_one_step_every_beat_and_no_more_after_a_silence() {
        let mut motion = Motion::default();
        motion.start_beat();
        let steps = (0..100).filter(|_| motion.pass(42.0)).count();
        assert_eq!(steps, 10);
        assert_eq!((motion.pass(60_000.0), motion.pass(16.0)), (true, false));
    }

    #[test]
    fn reduced_motion_jumps_every_600_milliseconds() {
        let mut motion = Motion::default();
        motion.set_reduced(true);
        motion.begin();
        assert_eq!(motion.phase(), Phase::Still);
        let steps = (0..60).filter(|_| motion.pass(100.0)).count();
        assert_eq!(steps, 10);
    }
}
