//! What an input does.

use super::curve::Curve;
use super::landscape::{self, Landscape};
use super::motion::Phase;
use super::state::{DescentSetting, DescentState};
use super::walk::{Refusal, Walk};
use super::{Before, CURVE, DescentScene, Drag, HANDLE, start_of, usable_rate};
use crate::readout::{Event, Status};
use crate::scene::{Input, Key, Outcome, PointerKind, PointerPhase};

/// Half the width of what a mouse can take hold of: 44 px across, even where the disc is smaller.
const REACH: f64 = 22.0;
/// A finger reaches a little farther.
const TOUCH_REACH: f64 = 28.0;
/// A click this near to the curve moves the ball there.
const NEAR_CURVE: f64 = 24.0;

impl DescentScene {
    /// Applies one input.
    pub(super) fn take(&mut self, input: Input<DescentSetting>) -> Outcome {
        let mut outcome = Outcome::default();
        let by_keys = core::mem::take(&mut self.touching.by_keys);
        let was_diverged = self.status() == Status::Diverged;
        let setting = matches!(input, Input::Set(_));
        match input {
            Input::Pointer { stage, phase, kind, x, y } => self.point(stage, phase, kind, (x, y), &mut outcome),
            Input::Key { handle, key, shift } if handle == HANDLE => self.press(key, shift, by_keys, &mut outcome),
            Input::SetHandle { handle, value } if handle == HANDLE && value.is_finite() => {
                self.carry(value.clamp(self.land.domain.0, self.land.domain.1), false, &mut outcome);
            }
            Input::Key { .. } | Input::SetHandle { .. } => {}
            Input::Focus { handle } => {
                let focused = handle.as_deref() == Some(HANDLE);
                outcome.changed = focused != self.touching.focused;
                self.touching.focused = focused;
                self.touching.by_keys = by_keys;
            }
            Input::Set(setting) => self.set(setting, &mut outcome),
            Input::Step(count) => {
                self.running = false;
                self.steps(count, &mut outcome);
            }
            Input::StepBack(count) => {
                self.running = false;
                self.motion.finish();
                let refused = self.walk.refused();
                outcome.changed = self.walk.step_back(count as usize) > 0 || refused;
                if outcome.changed {
                    outcome.events.push(Event::Change);
                }
            }
            Input::Run => self.run(&mut outcome),
            Input::Pause => {
                outcome.changed = self.running;
                self.running = false;
            }
            Input::Tick { milliseconds } => self.tick(milliseconds, &mut outcome),
            Input::Reset => self.reset(&mut outcome),
            Input::Undo => self.undo(&mut outcome),
        }
        if (self.status() == Status::Diverged) != was_diverged || (was_diverged && setting) {
            self.try_smaller_rates();
        }
        outcome.animating = self.running || self.motion.is_moving();
        outcome
    }

    /// Whether a point lies on the handle.
    pub(super) fn hits(&self, stage: usize, kind: PointerKind, x: f64, y: f64) -> bool {
        let (hx, hy) = self.handle_place();
        let reach = if kind == PointerKind::Touch { TOUCH_REACH } else { REACH };
        stage == CURVE && (x - hx).abs() <= reach && (y - hy).abs() <= reach
    }

    fn point(&mut self, stage: usize, phase: PointerPhase, kind: PointerKind, at: (f64, f64), outcome: &mut Outcome) {
        let (x, y) = at;
        match phase {
            PointerPhase::Down => self.take_hold(stage, kind, at, outcome),
            PointerPhase::Move => match self.touching.dragging {
                Some(drag) if x.is_finite() => {
                    outcome.captured = true;
                    self.drag_to(x + drag.offset, outcome);
                }
                Some(_) => outcome.captured = true,
                None => {
                    let hovered = kind != PointerKind::Touch && self.hits(stage, kind, x, y);
                    outcome.changed = hovered != self.touching.hovered;
                    self.touching.hovered = hovered;
                }
            },
            PointerPhase::Up | PointerPhase::Cancel => {
                outcome.changed = self.touching.dragging.take().is_some();
            }
            PointerPhase::Leave => {
                outcome.changed = core::mem::take(&mut self.touching.hovered);
            }
        }
    }

    fn take_hold(&mut self, stage: usize, kind: PointerKind, (x, y): (f64, f64), outcome: &mut Outcome) {
        if !(x.is_finite() && y.is_finite()) {
            return;
        }
        let on_handle = self.hits(stage, kind, x, y);
        // A finger that lands elsewhere may want to scroll; a mouse never does.
        let on_curve = !on_handle && kind != PointerKind::Touch && stage == CURVE && !self.blindfold && {
            let frame = &self.pictures.frame;
            let near = self.curve.value(frame.x.to_data(x)).map(|v| (frame.y.to_pixels(v) - y).abs());
            x >= frame.plot.left && x <= frame.plot.right && near.is_some_and(|d| d <= NEAR_CURVE)
        };
        if !on_handle && !on_curve {
            return;
        }
        self.running = false;
        self.motion.finish();
        let offset = if on_handle { self.handle_place().0 - x } else { 0.0 };
        self.touching.dragging = Some(Drag { offset, moved: false });
        self.touching.hovered = kind != PointerKind::Touch;
        outcome.captured = true;
        outcome.changed = true;
        if on_curve {
            self.drag_to(x, outcome);
        }
    }

    fn drag_to(&mut self, pixels: f64, outcome: &mut Outcome) {
        let (low, high) = self.land.domain;
        let x = self.pictures.frame.x.to_data(pixels).clamp(low, high);
        let moved = self.touching.dragging.is_some_and(|d| d.moved);
        if x.to_bits() == self.walk.here().ground.x.to_bits() {
            return;
        }
        self.carry(x, moved, outcome);
        if let Some(drag) = &mut self.touching.dragging {
            drag.moved = true;
        }
    }

    /// Carries the ball by hand. Seeing, one starts a new walk there; blindfolded it is one more move, a leap.
    /// `same` says that this goes on with the movement that led here.
    fn carry(&mut self, x: f64, same: bool, outcome: &mut Outcome) {
        self.running = false;
        self.motion.finish();
        if self.blindfold {
            if same { self.walk.leap_on(&self.curve, x) } else { self.walk.leap(&self.curve, x) }
        } else {
            if !same && !self.walk.is_empty() {
                self.remember("moved the ball");
            }
            self.walk = Walk::new(&self.curve, x);
        }
        outcome.changed = true;
        outcome.events.push(Event::Change);
    }

    fn press(&mut self, key: Key, shift: bool, by_keys: bool, outcome: &mut Outcome) {
        let (low, high) = self.land.domain;
        let unit = (high - low) * if shift { 0.001 } else { 0.01 };
        let here = self.walk.here().ground.x;
        let x = match key {
            Key::Left | Key::Down => here - unit,
            Key::Right | Key::Up => here + unit,
            Key::PageDown => here - 10.0 * unit,
            Key::PageUp => here + 10.0 * unit,
            Key::Home => low,
            Key::End => high,
        };
        self.carry(x.clamp(low, high), by_keys, outcome);
        self.touching.by_keys = true;
    }

    fn set(&mut self, setting: DescentSetting, outcome: &mut Outcome) {
        let mut changed = true;
        match setting {
            DescentSetting::Formula(text) => return self.set_formula(&text, outcome),
            DescentSetting::At(x) if x.is_finite() => {
                self.home = Some(x);
                self.restart(start_of(&self.curve, &self.land, self.home));
            }
            DescentSetting::LearningRate(rate) if usable_rate(rate) => {
                changed = rate.to_bits() != self.rate.to_bits();
                self.rate = rate;
                self.motion.finish();
            }
            DescentSetting::Optimizer(kind) => {
                changed = kind != self.optimizer;
                self.optimizer = kind;
                self.motion.finish();
            }
            DescentSetting::Domain(domain) => {
                let domain = domain.filter(|d| landscape::usable(*d));
                changed = domain != self.domain;
                self.domain = domain;
                self.land = Landscape::survey(&self.curve, domain);
                self.redraw_base();
            }
            DescentSetting::Blindfold(on) => {
                changed = on != self.blindfold;
                self.blindfold = on;
                self.redraw_base();
            }
            DescentSetting::Act(id) => changed = self.act(&id),
            DescentSetting::At(_) | DescentSetting::LearningRate(_) => changed = false,
        }
        outcome.changed = changed;
        if changed {
            outcome.events.push(Event::Change);
        }
    }

    fn set_formula(&mut self, text: &str, outcome: &mut Outcome) {
        outcome.changed = true;
        match Curve::read(text) {
            Err(mistake) => {
                self.running = false;
                self.mistake = Some((text.to_owned(), mistake));
                self.pictures.touch();
                outcome.events.push(Event::Error);
            }
            Ok(curve) if curve.text() == self.curve.text() => {
                self.mistake = None;
                self.pictures.touch();
            }
            Ok(curve) => {
                self.remember("changed the formula");
                self.mistake = None;
                self.land = Landscape::survey(&curve, self.domain);
                self.curve = curve;
                self.redraw_base();
                let in_view = |x: &f64| *x >= self.land.domain.0 && *x <= self.land.domain.1;
                self.restart(start_of(&self.curve, &self.land, self.home.filter(in_view)));
                outcome.events.push(Event::Change);
            }
        }
    }

    /// The button of a notice.
    fn act(&mut self, id: &str) -> bool {
        match id {
            "smaller-rate" => {
                let Some(rate) = self.suggestion.or(Some(self.rate / 2.0)).filter(|r| usable_rate(*r)) else {
                    return false;
                };
                self.remember("changed the learning rate");
                self.rate = rate;
                self.restart(self.walk.start());
                true
            }
            "nudge" => {
                let here = self.walk.here().ground;
                let size = 0.02 * self.land.span();
                // Off the level place, towards the lower side.
                let sides = (self.curve.value(here.x - size), self.curve.value(here.x + size));
                let left = match sides {
                    (Some(left), Some(right)) => left < right,
                    (side, _) => side.is_some(),
                };
                self.walk.leap(&self.curve, if left { here.x - size } else { here.x + size });
                self.motion.finish();
                true
            }
            "lift-blindfold" => {
                self.blindfold = false;
                self.redraw_base();
                true
            }
            _ => false,
        }
    }

    fn steps(&mut self, count: u32, outcome: &mut Outcome) {
        let was = self.status();
        if was == Status::Diverged {
            return;
        }
        let mut taken = 0;
        for _ in 0..count {
            match self.walk.step(&self.curve, self.optimizer, self.rate) {
                Ok(()) => taken += 1,
                Err(refusal) => {
                    outcome.changed |= refusal == Refusal::NotFinite;
                    break;
                }
            }
            if self.status() == Status::Diverged {
                break;
            }
        }
        if taken == 1 && count == 1 {
            self.motion.begin();
        } else {
            self.motion.finish();
        }
        if taken > 0 {
            outcome.changed = true;
            outcome.events.push(Event::Step);
        }
        let ended = match self.ending() {
            Some(super::ending::Ending::Settled) => Some((Status::Converged, Event::Converged)),
            Some(_) if self.status() == Status::Diverged => Some((Status::Diverged, Event::Diverged)),
            _ => None,
        };
        if let Some((status, event)) = ended
            && status != was
            && (taken > 0 || outcome.changed)
        {
            outcome.events.push(event);
        }
    }

    fn run(&mut self, outcome: &mut Outcome) {
        if self.running || self.status() == Status::Diverged || self.mistake.is_some() {
            return;
        }
        self.running = true;
        outcome.changed = true;
        self.motion.start_beat();
        self.beat(outcome);
    }

    /// One step of a run, which ends where the walk ends.
    fn beat(&mut self, outcome: &mut Outcome) {
        let before = self.walk.len();
        self.steps(1, outcome);
        if self.walk.len() == before || self.ending().is_some() {
            self.running = false;
            outcome.changed = true;
        }
    }

    fn tick(&mut self, milliseconds: f64, outcome: &mut Outcome) {
        let moving = self.motion.is_moving();
        let due = self.motion.pass(milliseconds);
        outcome.changed = moving;
        if due && self.running {
            self.beat(outcome);
        }
    }

    fn reset(&mut self, outcome: &mut Outcome) {
        if !self.can_reset() {
            return;
        }
        self.remember("went back to the start");
        self.restart(start_of(&self.curve, &self.land, self.home));
        outcome.changed = true;
        outcome.events.push(Event::Change);
    }

    /// Whether a reset would change anything.
    pub(super) fn can_reset(&self) -> bool {
        let home = start_of(&self.curve, &self.land, self.home);
        !self.walk.is_empty() || self.walk.refused() || self.walk.start().to_bits() != home.to_bits()
    }

    fn restart(&mut self, x: f64) {
        self.running = false;
        self.motion.finish();
        self.walk = Walk::new(&self.curve, x);
    }

    fn remember(&mut self, what: &'static str) {
        use crate::scene::Scene;
        self.before = Some(Before { what, state: self.state() });
    }

    fn undo(&mut self, outcome: &mut Outcome) {
        let Some(before) = self.before.take() else { return };
        self.restore(before.state);
        outcome.changed = true;
        outcome.events.push(Event::Change);
    }

    /// Takes over a state of this very scene; sizes and the pointer stay.
    fn restore(&mut self, state: DescentState) {
        let Ok(earlier) = Self::from_state(state) else { return };
        let (pictures, motion, touching) = (self.pictures.clone(), self.motion, self.touching);
        *self = earlier;
        (self.pictures, self.motion, self.touching) = (pictures, motion, touching);
        self.motion.finish();
        self.redraw_base();
    }

    /// Where the handle is, CSS pixels: at the ball, or at the edge of the plot nearest to it, so that it can always be
    /// taken hold of.
    pub(super) fn handle_place(&self) -> (f64, f64) {
        self.pinned(self.walk.here().ground)
    }

    /// Where the ball is shown while a step is under way: the place, and how it is drawn.
    pub(super) fn shown(&self) -> (super::Ground, Phase) {
        let phase = self.motion.phase();
        let here = self.walk.here().ground;
        let before = self.walk.entries().rev().nth(1).map(|e| e.ground);
        match (phase, before) {
            (Phase::Growing(_), Some(before)) => (before, phase),
            (Phase::Sliding(share), Some(before)) => {
                let x = before.x + (here.x - before.x) * share;
                (self.curve.ground(x), phase)
            }
            _ => (here, Phase::Still),
        }
    }
}
