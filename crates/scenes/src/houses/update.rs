//! What an input does to the state.

use std::sync::Arc;

use super::bowl::{Bowl, Line};
use super::data::{AMES_FEATURE, AMES_TARGET, DataError, Sales};
use super::settings::{Edit, HousesSetting, MOST_EDITS};
use super::walk::{Footing, Walk};
use super::{HousesScene, Motion, Pace, notices, speed};
use crate::readout::{Event, Status};
use crate::scene::{Input, Outcome};

/// Milliseconds between the jumps of a run with reduced motion.
const JUMP: f64 = 600.0;
/// The most steps of one tick.
const MOST_STEPS_A_TICK: usize = 2_000;

impl HousesScene {
    /// One input.
    pub(super) fn apply(&mut self, input: Input<HousesSetting>) -> Outcome {
        let mut outcome = match input {
            Input::Pointer { stage, phase, kind, x, y } => self.point(stage, phase, kind, x, y),
            Input::Key { handle, key, shift } => {
                let before = self.called;
                let changed = self.press(&handle, key, shift);
                self.changed_by_hand(changed || before != self.called)
            }
            Input::SetHandle { handle, value } => {
                let changed = self.set_handle(&handle, value);
                self.changed_by_hand(changed)
            }
            Input::Focus { handle } => {
                let changed = handle != self.focus;
                self.focus = handle;
                Outcome { changed, ..Outcome::default() }
            }
            Input::Set(setting) => self.set(setting),
            Input::Step(count) => self.step(count),
            Input::StepBack(count) => self.step_back(count),
            Input::Run => self.run(),
            Input::Pause => Outcome { changed: self.running.take().is_some(), ..Outcome::default() },
            Input::Tick { milliseconds } => self.tick(milliseconds),
            Input::Reset => self.reset(),
            Input::Undo => {
                self.stop();
                let undone = self.undo_last();
                self.changed_by_hand(undone)
            }
        };
        outcome.animating = self.running.is_some() || self.motion.is_some();
        outcome
    }

    fn changed_by_hand(&self, changed: bool) -> Outcome {
        let events = if changed { vec![Event::Change] } else { Vec::new() };
        Outcome { changed, events, ..Outcome::default() }
    }

    /// Stops whatever moves by itself.
    fn stop(&mut self) {
        self.running = None;
        self.drag = None;
        self.finish_motion();
    }

    pub(super) fn finish_motion(&mut self) {
        self.motion = None;
    }

    /// Puts the line somewhere: a new walk begins there.
    pub(super) fn place(&mut self, line: Line) {
        self.running = None;
        self.finish_motion();
        let basis = self.basis();
        self.walk = Walk::new(&self.bowl, basis, basis.parameters(line));
        self.setting_notice = None;
        self.settle();
    }

    /// Moves the called-out house; the line follows if it was the best one.
    pub(super) fn shift_house(&mut self, x: f64, y: f64) -> bool {
        let follow = self.follows();
        self.shift_house_following(x, y, follow)
    }

    pub(super) fn shift_house_following(&mut self, x: f64, y: f64, follow: bool) -> bool {
        let x = x.clamp(self.range_x.0, self.range_x.1);
        let y = y.clamp(self.range_y.0, self.range_y.1);
        let full = self.edits.len() >= MOST_EDITS;
        match self.edits.iter_mut().find(|edit| edit.house == self.called) {
            Some(edit) => (edit.x, edit.y) = (x, y),
            None if full => {
                self.setting_notice = Some(notices::too_many_moved());
                return true;
            }
            None => self.edits.push(Edit { house: self.called, x, y }),
        }
        let (Some(px), Some(py)) = (self.xs.get_mut(self.called), self.ys.get_mut(self.called)) else { return false };
        (*px, *py) = (x, y);
        let line = self.sound_line();
        self.bowl = Bowl::new(&self.xs, &self.ys);
        let line = if follow { self.bowl.best() } else { line };
        self.place(line);
        true
    }

    /// A named setting.
    pub(super) fn set(&mut self, setting: HousesSetting) -> Outcome {
        match setting {
            HousesSetting::Misses(on) => {
                let changed = on != self.misses;
                self.misses = on;
                self.changed_by_hand(changed)
            }
            HousesSetting::House(house) => {
                let changed = house < self.xs.len() && house != self.called;
                if changed {
                    self.called = house;
                }
                self.changed_by_hand(changed)
            }
            HousesSetting::LearningRate(rate) => self.set_rate(rate),
            HousesSetting::Optimizer(kind) => {
                let changed = kind != self.optimizer;
                self.optimizer = kind;
                self.forgive();
                self.changed_by_hand(changed)
            }
            HousesSetting::Standardize(on) => self.set_standardize(on),
            HousesSetting::Slope(slope) => self.type_line(Line { slope, ..self.sound_line() }),
            HousesSetting::Intercept(intercept) => self.type_line(Line { intercept, ..self.sound_line() }),
            HousesSetting::JumpToExact => {
                let best = self.bowl.best();
                self.type_line(best)
            }
            HousesSetting::Feature(id) => self.choose_columns(self.sales.clone(), Some(&id), None),
            HousesSetting::Target(id) => self.choose_columns(self.sales.clone(), None, Some(&id)),
            HousesSetting::AmesData => self.choose_columns(Sales::ames(), Some(AMES_FEATURE), Some(AMES_TARGET)),
            HousesSetting::Data { label, text } => self.take_table(&label, &text),
            HousesSetting::Act(id) => self.act(&id),
        }
    }

    fn set_rate(&mut self, rate: f64) -> Outcome {
        let sound = rate.is_finite() && (1e-60..=1e60).contains(&rate);
        let changed = sound && rate != self.learning_rate();
        if changed {
            self.remember_rate(rate);
            self.forgive();
        }
        self.changed_by_hand(changed)
    }

    /// A rate chosen for the present basis and optimiser.
    pub(super) fn remember_rate(&mut self, rate: f64) {
        let row = self.rates.get_mut(usize::from(!self.standardize));
        if let Some(kept) = row.and_then(|row| row.get_mut(self.optimizer as usize)) {
            *kept = Some(rate);
        }
    }

    /// After a change of rate or optimiser a run that ran away may go on.
    fn forgive(&mut self) {
        if matches!(self.footing, Footing::Rising | Footing::Endless | Footing::Stalled) {
            self.footing = Footing::Walking;
        }
    }

    fn set_standardize(&mut self, on: bool) -> Outcome {
        let changed = on != self.standardize;
        if changed {
            let line = self.line();
            self.standardize = on;
            // A run that ran away may have left what the other basis can say.
            self.place(if self.sound(line) { line } else { self.home });
            self.keep_in_window();
        }
        self.changed_by_hand(changed)
    }

    /// The line as it stands, or the home line where a run ran away beyond what can be typed and linked.
    fn sound_line(&self) -> Line {
        if self.sound(self.line()) { self.line() } else { self.home }
    }

    fn type_line(&mut self, line: Line) -> Outcome {
        let changed = self.move_line_to(line, true);
        self.changed_by_hand(changed)
    }

    /// Another feature, target or table. What cannot be had changes nothing but the message.
    fn choose_columns(&mut self, sales: Arc<Sales>, feature: Option<&str>, target: Option<&str>) -> Outcome {
        let target_id = target.unwrap_or(&self.target.id).to_owned();
        let feature_id = feature.unwrap_or(&self.feature.id).to_owned();
        // A target chosen to be the feature trades places with it, rather than failing.
        let swapped = if target.is_some() && target_id == feature_id { self.target.id.clone() } else { feature_id };
        let same_table = Arc::ptr_eq(&sales, &self.sales);
        let found = (|| -> Result<_, DataError> {
            let houses = sales.houses(&swapped, &target_id)?;
            Ok((sales.column(&swapped)?.clone(), sales.column(&target_id)?.clone(), houses))
        })();
        match found {
            Ok((feature, target, _)) if same_table && feature == self.feature && target == self.target => {
                let changed = self.data_error.take().is_some();
                Outcome { changed, ..Outcome::default() }
            }
            Ok((feature, target, houses)) => {
                self.stop();
                self.remember(if same_table { "chose other columns" } else { "changed the table" }, false);
                self.take(sales, feature, target, houses);
                self.data_error = None;
                self.begin();
                self.changed_by_hand(true)
            }
            Err(error) => self.refuse(error),
        }
    }

    /// A walk from the home line, with the telling house called out.
    fn begin(&mut self) {
        self.place(self.home);
        self.called = self.telling_house();
        self.keep_in_window();
    }

    fn take_table(&mut self, label: &str, text: &str) -> Outcome {
        let label = if label.trim().is_empty() { "your table" } else { label.trim() };
        let sales = match Sales::read(label, text) {
            Ok(sales) => Arc::new(sales),
            Err(error) => return self.refuse(error),
        };
        let Some(target) = sales.likely_target().map(str::to_owned) else {
            return self.refuse(DataError::TooFewColumns { numeric: Vec::new() });
        };
        let feature = sales.likely_feature(&target).map(str::to_owned);
        // Without any usable pair the first two columns say why.
        let feature = feature.or_else(|| sales.columns.iter().map(|c| c.id.clone()).find(|id| *id != target));
        self.choose_columns(sales, feature.as_deref().or(Some("")), Some(&target))
    }

    fn refuse(&mut self, error: DataError) -> Outcome {
        self.data_error = Some(error);
        Outcome { changed: true, events: vec![Event::Error], ..Outcome::default() }
    }

    fn act(&mut self, id: &str) -> Outcome {
        match id {
            notices::SAFE_RATE => {
                let rate = speed::safe_rate(&self.bowl, self.basis(), self.optimizer);
                self.remember_rate(rate);
                let mut outcome = self.reset();
                outcome.changed = true;
                outcome.events = vec![Event::Change];
                outcome
            }
            notices::STANDARDIZE => self.set_standardize(true),
            notices::EXACT => self.set(HousesSetting::JumpToExact),
            notices::DISMISS => {
                let changed = self.data_error.take().is_some() || self.setting_notice.take().is_some();
                Outcome { changed, ..Outcome::default() }
            }
            _ => Outcome::default(),
        }
    }

    /// Takes one step; what it came to, and whether a step was taken.
    fn one_step(&mut self) -> bool {
        if matches!(self.footing, Footing::Rising | Footing::Endless | Footing::Full) {
            return false;
        }
        let (before, rate) = (self.walk.steps(), self.learning_rate());
        self.footing = self.walk.step(&self.bowl, self.optimizer, rate);
        self.walk.steps() != before
    }

    fn ended(&self, before: Footing) -> Option<Event> {
        match self.footing {
            now if now == before => None,
            Footing::Arrived => Some(Event::Converged),
            Footing::Rising | Footing::Endless => Some(Event::Diverged),
            _ => None,
        }
    }

    fn step(&mut self, count: u32) -> Outcome {
        let (from, footing) = (self.walk.here(), self.footing);
        self.running = None;
        self.finish_motion();
        let mut taken = 0;
        // A walk keeps no more than its limit: asking for more would only count.
        while taken < count && self.one_step() {
            taken += 1;
        }
        if taken == 1 && !self.reduced_motion {
            self.motion = Some(Motion { from, elapsed: 0.0 });
        }
        let ended = self.ended(footing);
        let mut events = if taken > 0 { vec![Event::Step] } else { Vec::new() };
        events.extend(ended);
        Outcome { changed: taken > 0 || ended.is_some(), events, ..Outcome::default() }
    }

    fn step_back(&mut self, count: u32) -> Outcome {
        self.running = None;
        self.finish_motion();
        let bowl = self.bowl;
        let taken = self.walk.step_back(&bowl, count as usize);
        if taken > 0 {
            self.footing = Footing::Walking;
            self.settle();
        }
        let events = if taken > 0 { vec![Event::Step] } else { Vec::new() };
        Outcome { changed: taken > 0, events, ..Outcome::default() }
    }

    fn run(&mut self) -> Outcome {
        let able = !matches!(self.status(), Status::Diverged | Status::Running) && self.footing != Footing::Full;
        if !able || self.footing == Footing::Arrived {
            return Outcome::default();
        }
        self.footing = Footing::Walking;
        self.finish_motion();
        let first = if self.reduced_motion { JUMP } else { speed::step_time(0) };
        self.running = Some(Pace { budget: first, steps: 0 });
        Outcome { changed: true, ..Outcome::default() }
    }

    fn tick(&mut self, milliseconds: f64) -> Outcome {
        let elapsed = if milliseconds.is_finite() { milliseconds.clamp(0.0, 1_000.0) } else { 0.0 };
        let mut outcome = Outcome::default();
        if let Some(motion) = &mut self.motion {
            motion.elapsed += elapsed;
            outcome.changed = true;
            if motion.elapsed >= Motion::GROW + Motion::SLIDE {
                self.motion = None;
            }
        }
        let Some(mut pace) = self.running else { return outcome };
        pace.budget += elapsed;
        let footing = self.footing;
        // With reduced motion the time until now is spent at one blow, and what is left of it is not saved up.
        let jump = self.reduced_motion && pace.budget >= JUMP;
        let mut allowance = match (self.reduced_motion, jump) {
            (false, _) => pace.budget,
            (true, true) => JUMP,
            (true, false) => 0.0,
        };
        let mut taken = 0;
        while allowance >= speed::step_time(pace.steps) && taken < MOST_STEPS_A_TICK {
            allowance -= speed::step_time(pace.steps);
            let from = self.walk.here();
            if !self.one_step() {
                break;
            }
            taken += 1;
            // Slow steps are seen to slide; fast ones are a film of their own.
            let slow = !self.reduced_motion && speed::step_time(pace.steps) >= Motion::GROW + Motion::SLIDE;
            self.motion = slow.then_some(Motion { from, elapsed: 0.0 });
            pace.steps += 1;
            if self.footing != Footing::Walking {
                break;
            }
        }
        pace.budget = match (self.reduced_motion, jump) {
            (false, _) => allowance,
            (true, true) => pace.budget - JUMP,
            (true, false) => pace.budget,
        };
        self.running = (self.footing == Footing::Walking).then_some(pace);
        if taken > 0 {
            outcome.events.push(Event::Step);
        }
        outcome.events.extend(self.ended(footing));
        outcome.changed |= taken > 0 || self.running.is_none();
        outcome
    }

    fn reset(&mut self) -> Outcome {
        self.stop();
        let changed = self.can_reset();
        let home = self.home;
        self.place(home);
        self.anchor = home;
        self.keep_in_window();
        self.changed_by_hand(changed)
    }

    /// Whether a reset would change anything: the line has moved or stepped.
    pub(super) fn can_reset(&self) -> bool {
        self.walk.steps() > 0 || self.line() != self.walk.basis().line(self.walk.basis().parameters(self.home))
    }
}
