//! Time: the beats of a step that is shown, the pace of a run. What is true never waits for it: the run is a step ahead of
//! its picture.

use super::marks::Phase;

/// The beats of a step, milliseconds: its slope is read, its rate makes the arrow of it, the arrow drops to the axis, the point slides.
/// All four are told once.
const TOLD: [f64; 4] = [420.0, 480.0, 280.0, 420.0];
/// What is told is not stepped over, however late a frame comes: at most so many milliseconds of it a frame.
const TOLD_A_FRAME: f64 = 120.0;
/// After that the arrow drops and the point slides.
const SHORT: [f64; 4] = [0.0, 0.0, 140.0, 280.0];
/// A veil lifts, milliseconds.
const LIFT: f64 = 900.0;
/// One of the first steps of a run, milliseconds: slow enough to follow.
const BEAT: f64 = 420.0;
/// One jump of a run where motion is reduced, milliseconds.
const JUMP: f64 = 600.0;
/// So many steps of a run are watched before it goes faster.
const WATCHED: u64 = 12;
/// The most steps of one tick. Guessed: a frame must not take longer than it lasts.
const MOST_STEPS_A_TICK: u32 = 2_000;

/// What moves.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clock {
    reduced: bool,
    /// Milliseconds into the step that is being shown, and how long each of its beats takes.
    film: Option<(f64, [f64; 4])>,
    /// Whether a step was told beat by beat already.
    told: bool,
    /// Milliseconds into the lifting of a veil.
    lift: Option<f64>,
    /// Milliseconds not yet spent on steps of a run, and steps since it began; none when nothing runs.
    run: Option<(f64, u64)>,
}

/// Milliseconds that the step of this number takes in a run: watched at first, then ever faster, because a raw feature needs
/// thousands.
fn step_time(step: u64) -> f64 {
    const FRAME: f64 = 16.0;
    let mut time = BEAT;
    for _ in WATCHED..step.min(WATCHED + 15) {
        time *= 0.8;
    }
    if step <= WATCHED + 15 { time.max(FRAME) } else { FRAME / (1.0 + (step - WATCHED - 15) as f64 / 40.0).min(400.0) }
}

impl Clock {
    pub(super) fn set_reduced(&mut self, reduced: bool) {
        self.reduced = reduced;
        if reduced {
            self.film = None;
            self.lift = None;
        }
    }

    /// A veil begins to lift.
    pub(super) fn lift(&mut self) {
        self.lift = (!self.reduced).then_some(0.0);
    }

    /// How much of the veil has lifted: 1 where none is lifting.
    pub(super) fn clear(&self) -> f64 {
        self.lift.map_or(1.0, |t| eased(t / LIFT))
    }

    /// Begins to show a step: beat by beat where it is to be told and none was yet.
    pub(super) fn show_step(&mut self, tell: bool) {
        let tell = tell && !self.told;
        self.told |= tell;
        self.film = (!self.reduced).then_some((0.0, if tell { TOLD } else { SHORT }));
    }

    /// Shows what is true.
    pub(super) fn finish(&mut self) {
        self.film = None;
    }

    /// A run begins: its first step is due at once.
    pub(super) fn start_run(&mut self) {
        self.run = Some((if self.reduced { JUMP } else { step_time(0) }, 0));
    }

    /// A run ends; whether there was one.
    pub(super) fn stop_run(&mut self) -> bool {
        self.run.take().is_some()
    }

    pub(super) fn is_running(&self) -> bool {
        self.run.is_some()
    }

    pub(super) fn is_moving(&self) -> bool {
        self.film.is_some() || self.run.is_some() || self.lift.is_some()
    }

    /// Time passes. How many steps of a run are due now; a long silence, as of a hidden page, is no more than a second.
    pub(super) fn pass(&mut self, milliseconds: f64) -> u32 {
        let passed = if milliseconds.is_finite() { milliseconds.clamp(0.0, 1000.0) } else { 0.0 };
        let most = |beats: &[f64; 4]| if *beats == TOLD { passed.min(TOLD_A_FRAME) } else { passed };
        self.film = self.film.map(|(t, beats)| (t + most(&beats), beats)).filter(|(t, beats)| *t < beats.iter().sum());
        self.lift = self.lift.map(|t| t + passed).filter(|t| *t < LIFT);
        let Some((budget, mut steps)) = self.run else { return 0 };
        let budget = budget + passed;
        // With reduced motion the time until now is spent at one blow, and what is left of it is not saved up.
        let mut allowance = match self.reduced {
            false => budget,
            true if budget >= JUMP => JUMP,
            true => 0.0,
        };
        let mut due = 0;
        while allowance >= step_time(steps) && due < MOST_STEPS_A_TICK {
            allowance -= step_time(steps);
            steps += 1;
            due += 1;
        }
        let left = match self.reduced {
            false => allowance,
            true if budget >= JUMP => budget - JUMP,
            true => budget,
        };
        self.run = Some((left.min(2.0 * JUMP), steps));
        due
    }

    /// Whether the steps of a run are still slow enough to be seen one by one.
    pub(super) fn is_watched(&self) -> bool {
        !self.reduced && self.run.is_none_or(|(_, steps)| step_time(steps) >= BEAT)
    }

    /// How far the step shown has come.
    pub(super) fn phase(&self) -> Phase {
        let Some((mut t, beats)) = self.film else { return Phase::Still };
        let kinds = [Phase::Reading, Phase::Scaling, Phase::Dropping, Phase::Sliding];
        for (beat, kind) in beats.into_iter().zip(kinds) {
            if t < beat {
                return kind(eased(t / beat));
            }
            t -= beat;
        }
        Phase::Still
    }
}

/// Fast at first, gently home: a cubic near the page's own easing.
fn eased(t: f64) -> f64 {
    1.0 - (1.0 - t) * (1.0 - t) * (1.0 - t)
}

#[cfg(test)]
mod tests {
    use super::super::marks::Beat;
    use super::*;

    #[test]
    fn a_step_is_told_beat_by_beat_once_and_is_as_long_as_a_beat_of_a_run_after_that() {
        let mut clock = Clock::default();
        let mut beats = |tell: bool| {
            clock.show_step(tell);
            let (mut seen, mut lasted) = (vec![clock.phase().beat()], 0.0);
            while clock.is_moving() {
                clock.pass(10.0);
                lasted += 10.0;
                seen.push(clock.phase().beat());
            }
            seen.dedup();
            (seen, lasted)
        };
        let [slope, rate, place, next] = [Beat::Slope, Beat::Rate, Beat::Place, Beat::Next].map(Some);
        let short = (vec![place, next, None], BEAT);
        assert_eq!(beats(false), short);
        assert_eq!(beats(true), (vec![slope, rate, place, next, None], 1600.0));
        assert_eq!(beats(true), short);
        // Frames that come late step over none.
        let mut late = Clock::default();
        late.show_step(true);
        let mut seen = vec![late.phase().beat()];
        while late.is_moving() {
            late.pass(1000.0);
            seen.push(late.phase().beat());
        }
        seen.dedup();
        assert_eq!(seen, [slope, rate, place, next, None]);
    }

    #[test]
    fn a_veil_lifts_in_less_than_a_second_and_at_once_where_motion_is_reduced() {
        let mut clock = Clock::default();
        assert_eq!((clock.clear(), clock.is_moving()), (1.0, false));
        clock.lift();
        let shares: Vec<f64> = (0..10)
            .map(|_| {
                clock.pass(100.0);
                clock.clear()
            })
            .collect();
        assert!(shares.windows(2).all(|pair| pair[0] < pair[1] || pair[1] == 1.0) && shares[0] < 0.5, "{shares:?}");
        assert_eq!((clock.clear(), clock.is_moving()), (1.0, false));
        clock.set_reduced(true);
        clock.lift();
        assert_eq!((clock.clear(), clock.is_moving()), (1.0, false));
    }

    #[test]
    fn a_run_is_watched_at_first_and_ends_in_hundreds_of_steps_a_frame() {
        let mut clock = Clock::default();
        clock.start_run();
        assert_eq!(clock.pass(0.0), 1, "the first step is taken at once");
        let steps: u32 = (0..90).map(|_| clock.pass(42.0)).sum();
        assert_eq!(steps, 9);
        assert!(clock.pass(60_000.0) <= 3, "no more than a second is made up for");
        let run: f64 = (0..100_000).map(step_time).sum();
        assert!((5_000.0..30_000.0).contains(&run), "{run} ms for 100,000 steps");
        assert!((1..50_000).all(|k| step_time(k) <= step_time(k - 1)));
    }

    #[test]
    fn reduced_motion_jumps_every_600_milliseconds() {
        let mut clock = Clock::default();
        clock.set_reduced(true);
        clock.show_step(true);
        assert_eq!(clock.phase(), Phase::Still);
        clock.start_run();
        let jumps = (0..120).filter(|_| clock.pass(20.0) > 0).count();
        assert!((3..=5).contains(&jumps), "{jumps} jumps in 2.4 s");
    }
}
