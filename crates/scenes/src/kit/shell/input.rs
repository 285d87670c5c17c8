//! What a scene is told, and what it makes of it.

use descent::run::{Cause, Status};

use super::super::json::Json;
use super::super::marks::Phase;
use super::super::settings::{Refusal, read};
use super::super::widget::{Change, Widget};
use super::{Led, Shell};
use crate::readout::{Beat, Event};

/// What holds the pointer; a finger gets larger targets than a mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerKind {
    /// A mouse or a track pad.
    Mouse,
    /// A finger.
    Touch,
    /// A stylus.
    Pen,
}

/// What the pointer did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerPhase {
    /// A button went down or a finger touched.
    Down,
    /// It moved, pressed or not.
    Move,
    /// It was released: a drag ends where it is.
    Up,
    /// The browser took it away: a drag ends where it is.
    Cancel,
    /// It left the stage unpressed: nothing is hovered any more.
    Leave,
}

/// A key that moves a handle. The meaning of each is that of the ARIA slider pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// One step down the value (along x for a handle that moves both ways).
    Left,
    /// One step up the value (along x).
    Right,
    /// One step up the value (along y for a handle that moves both ways).
    Up,
    /// One step down the value (along y).
    Down,
    /// Ten steps up.
    PageUp,
    /// Ten steps down.
    PageDown,
    /// The lowest value.
    Home,
    /// The highest value.
    End,
}

/// A stage has two layers, so that what seldom changes is not drawn at every frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Grid, data, contours: redrawn only when [`super::AnyScene::base_version`] changes.
    Base,
    /// Line, handles, arrows: redrawn at every change. Drawn over the base, on a transparent ground.
    Live,
}

/// One input to a scene.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A pointer event on a stage, in CSS pixels from the stage's top left corner.
    Pointer {
        /// Index of the stage.
        stage: usize,
        /// What happened.
        phase: PointerPhase,
        /// What holds the pointer.
        kind: PointerKind,
        /// CSS pixels from the left.
        x: f64,
        /// CSS pixels from the top.
        y: f64,
    },
    /// A key pressed while the handle with this id has the focus. With Shift an arrow moves ten times as far.
    Key {
        /// The handle's id.
        handle: String,
        /// Which key.
        key: Key,
        /// Whether Shift is held.
        shift: bool,
    },
    /// A value typed for the handle with this id, in the handle's units.
    SetHandle {
        /// The handle's id.
        handle: String,
        /// The value; a value out of range is clamped to it, one that is not finite changes nothing.
        value: f64,
    },
    /// Which handle has the keyboard focus, if any: it is drawn with a ring.
    Focus {
        /// The handle's id, or none.
        handle: Option<String>,
    },
    /// A learner set this, by its property or attribute.
    Set {
        /// Which setting.
        name: String,
        /// A text, a number, a flag, a list; null for the default.
        value: Json,
    },
    /// A page asks for this.
    Ask {
        /// Which setting.
        name: String,
        /// A text, a number, a flag, a list; null for the default.
        value: Json,
    },
    /// A button, or a number control of the widget's own.
    Act {
        /// Its id.
        id: String,
        /// The number, for a number control.
        value: Option<f64>,
    },
    /// A table of the learner's own.
    Table {
        /// What it is called, such as the name of the file.
        label: String,
        /// Its text.
        text: String,
    },
    /// Take this many steps at once, without animation when more than one.
    Step(u32),
    /// Undo this many moves exactly.
    StepBack(u32),
    /// Show the state after so many moves; nothing is forgotten until one steps on.
    Scrub(u64),
    /// Keep stepping on every tick.
    Run,
    /// Stop stepping.
    Pause,
    /// This many milliseconds have passed.
    Tick {
        /// Milliseconds since the last tick.
        milliseconds: f64,
    },
    /// Back to the start, with the settings kept.
    Reset,
    /// Take back the last thing the learner changed that steps do not cover.
    Undo,
    /// Make again what was undone.
    Redo,
}

/// What an input led to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The readout or a picture changed.
    pub changed: bool,
    /// The pointer landed on something that can be dragged: the page should capture it and not scroll.
    pub captured: bool,
    /// Something moves: another tick is wanted.
    pub animating: bool,
    /// How far a step is shown that has been taken already, if one is: numbers on the page turn over when it lands.
    pub beat: Option<Beat>,
    /// A value could not be had; what was before stays, and the readout's warnings say so.
    pub refused: bool,
    /// What a page may want to hear of, in order.
    pub events: Vec<Event>,
}

impl<W: Widget> Shell<W> {
    /// Applies one input.
    pub(super) fn apply(&mut self, input: Input) -> Outcome {
        let mut led = Led::default();
        let moving = (self.clock.is_running(), self.clock.phase());
        let (veiled, clear) = (self.widget.is_veiled(), self.clock.clear());
        match input {
            Input::Pointer { stage, phase, kind, x, y } => self.point(stage, phase, kind, (x, y), &mut led),
            Input::Key { handle, key, shift } => self.press(&handle, key, shift, &mut led),
            Input::SetHandle { handle, value } => self.type_handle(&handle, value, &mut led),
            Input::Focus { handle } => self.focus(handle.as_deref(), &mut led),
            Input::Set { name, value } => self.set(&name, &value, true, &mut led),
            Input::Ask { name, value } => self.set(&name, &value, false, &mut led),
            Input::Act { id, value } => self.act(&id, value, &mut led),
            Input::Table { label, text } => self.take_table(&label, &text, &mut led),
            Input::Step(count) => self.step(count, &mut led),
            Input::StepBack(count) => self.step_back(count, &mut led),
            Input::Scrub(step) => self.scrub(step, &mut led),
            Input::Run => self.run(&mut led),
            Input::Pause => {
                if self.stop() {
                    led.to(Change::Live);
                }
            }
            Input::Tick { milliseconds } => self.tick(milliseconds, &mut led),
            Input::Reset => self.reset(&mut led),
            Input::Undo => self.undo(&mut led),
            Input::Redo => self.redo(&mut led),
        }
        // Whatever an input is about, it may end a run or what is being shown.
        if (self.clock.is_running(), self.clock.phase()) != moving {
            led.to(Change::Live);
        }
        if veiled && !self.widget.is_veiled() {
            self.clock.lift();
        }
        if self.clock.clear() != clear {
            led.to(Change::Live);
        }
        if led.change.is_some() {
            self.look();
        }
        let mut outcome = led.outcome;
        outcome.animating = self.clock.is_moving();
        outcome.beat = self.clock.phase().beat();
        outcome
    }

    /// Stops what moves by itself; whether a run was going on.
    pub(super) fn stop(&mut self) -> bool {
        self.clock.finish();
        let ran = self.clock.stop_run();
        if ran && let Some(walk) = self.widget.walk_mut() {
            walk.set_driven(false);
        }
        ran
    }

    /// A setting, by a learner or by the page. A page's wish is kept apart, for the properties of the element.
    fn set(&mut self, name: &str, value: &Json, learner: bool, led: &mut Led) {
        let Some(field) = W::FIELDS.iter().find(|field| field.is_called(name)) else {
            return self.refuse(Refusal::new("E_SETTING", name, |language| language.kit().no_setting(name)), led);
        };
        let read = match read(field, value) {
            Ok(read) => read,
            Err(refusal) => return self.refuse(refusal, led),
        };
        let about = field.attribute();
        let warned = self.refused.len();
        self.refused.retain(|refusal| refusal.about != about);
        if self.refused.len() != warned {
            led.to(Change::Live);
        }
        let before = learner.then(|| self.widget.clone());
        match self.widget.set(field.name, read.as_ref()) {
            Ok(change) => {
                if !learner {
                    match read {
                        Some(read) => self.asked.put(field.name, read),
                        None => self.asked.remove(field.name),
                    }
                }
                if change == Change::Nothing {
                    return;
                }
                let walks_on = matches!(field.control, "rate" | "optimizer") && self.clock.is_running();
                if !walks_on {
                    self.stop();
                }
                if let Some(before) = before {
                    let words = self.language.kit().changed(self.language.pick(field.labels));
                    self.remember(before, field.name, words);
                }
                self.widget.stepped();
                led.to(change);
                led.tell(Event::Change);
            }
            Err(refusal) => {
                self.stop();
                led.to(Change::Base);
                if learner {
                    // What a learner types wrongly is told beside the field.
                    led.outcome.refused = true;
                    led.tell(Event::Error);
                } else {
                    self.refuse(refusal, led);
                }
            }
        }
    }

    fn refuse(&mut self, refusal: Refusal, led: &mut Led) {
        self.refused.retain(|other| other.about != refusal.about);
        self.refused.push(refusal);
        led.outcome.refused = true;
        led.to(Change::Live);
        led.tell(Event::Error);
    }

    /// A learner did something to the widget: what moved stops, how things were is remembered, and the page is told.
    pub(super) fn done(&mut self, before: Option<W>, what: &str, led: &mut Led) {
        self.stop();
        if let Some(before) = before {
            let words = self.widget.did(what, self.language);
            if !words.is_empty() {
                self.remember(before, what, words);
            }
        }
        self.widget.stepped();
        led.tell(Event::Change);
    }

    fn act(&mut self, id: &str, value: Option<f64>, led: &mut Led) {
        let before = self.widget.clone();
        let change = self.widget.act(id, value);
        if led.to(change) {
            self.done(Some(before), id, led);
            if self.widget.judged(id) {
                led.tell(Event::Answer);
            }
        }
    }

    fn take_table(&mut self, label: &str, text: &str, led: &mut Led) {
        let before = self.widget.clone();
        match self.widget.take_table(label, text) {
            Ok(change) => {
                led.to(change);
                self.done(Some(before), "table", led);
            }
            Err(_) => {
                // The widget says why, beside its table.
                led.outcome.refused = true;
                led.to(Change::Live);
                led.tell(Event::Error);
            }
        }
    }

    /// Takes steps; how many were taken.
    fn take_steps(&mut self, count: u32, led: &mut Led) -> u32 {
        let Some(walk) = self.widget.walk_mut() else { return 0 };
        let (was, verdict) = (walk.status(), walk.verdict().map(|v| v.step));
        let mut taken = 0;
        while taken < count && walk.status() != Status::Diverged && walk.step() {
            taken += 1;
        }
        let now = walk.status();
        let news = walk.verdict().map(|v| v.step) != verdict || now != was;
        if taken > 0 {
            led.tell(Event::Step);
        }
        if news {
            match now {
                Status::Converged => led.tell(Event::Converged),
                Status::Diverged => led.tell(Event::Diverged),
                _ => {}
            }
        }
        if taken > 0 || news {
            led.to(Change::Base);
            self.hold.last = None;
            self.widget.stepped();
        }
        taken
    }

    fn step(&mut self, count: u32, led: &mut Led) {
        self.stop();
        let taken = self.take_steps(count, led);
        if taken == 1 && count == 1 {
            // In the dark there is no triangle to tell it by.
            self.clock.show_step(W::TELLS && !self.widget.is_veiled());
        }
    }

    fn step_back(&mut self, count: u32, led: &mut Led) {
        self.stop();
        let Some(walk) = self.widget.walk_mut() else { return };
        if count > 0 && walk.can_step_back() {
            walk.step_back(u64::from(count));
            led.to(Change::Base);
            led.tell(Event::Step);
            self.hold.last = None;
            self.widget.stepped();
        }
    }

    fn scrub(&mut self, step: u64, led: &mut Led) {
        self.stop();
        let Some(walk) = self.widget.walk_mut() else { return };
        let before = walk.moves();
        walk.scrub(step);
        if walk.moves() != before {
            led.to(Change::Base);
            led.tell(Event::Change);
            self.widget.stepped();
        }
    }

    fn run(&mut self, led: &mut Led) {
        if !self.widget.may_step() {
            return;
        }
        let Some(walk) = self.widget.walk_mut() else { return };
        if self.clock.is_running() || !walk.can_step() {
            return;
        }
        walk.set_driven(true);
        self.clock.finish();
        self.clock.start_run();
        led.to(Change::Live);
        let due = self.clock.pass(0.0);
        self.beat(due, led);
    }

    /// Whether steps from here lead nowhere else: what was said of it stands.
    fn is_settled(&self) -> bool {
        self.widget.walk().and_then(|walk| walk.verdict()).is_some_and(|verdict| {
            verdict.status == Status::Converged || matches!(verdict.cause, Cause::Flat | Cause::TooShort { .. })
        })
    }

    /// The steps of a run that are due; the run ends where something is to be said, or said again.
    fn beat(&mut self, due: u32, led: &mut Led) {
        let verdict = |shell: &Self| shell.widget.walk().and_then(|walk| walk.verdict().map(|v| v.step));
        let before = verdict(self);
        for _ in 0..due {
            let taken = self.take_steps(1, led);
            let ended = taken == 0 || verdict(self) != before || self.is_settled();
            if ended {
                self.stop();
                led.to(Change::Base);
                if self.is_settled() && self.widget.walk().is_some_and(|walk| walk.status() == Status::Converged) {
                    led.tell(Event::Converged);
                }
                return;
            }
        }
        if due == 1 && self.clock.is_watched() {
            self.clock.show_step(false);
        } else if due > 0 {
            self.clock.finish();
        }
    }

    fn tick(&mut self, milliseconds: f64, led: &mut Led) {
        let filming = self.clock.phase() != Phase::Still;
        let due = self.clock.pass(milliseconds);
        if filming {
            led.to(Change::Live);
        }
        self.beat(due, led);
    }

    fn reset(&mut self, led: &mut Led) {
        let ran = self.stop();
        if ran {
            led.to(Change::Live);
        }
        if !self.widget.can_reset() {
            return;
        }
        let before = self.widget.clone();
        let change = self.widget.reset();
        if led.to(change) {
            self.remember(before, "reset", self.language.kit().went_back().to_owned());
            self.widget.stepped();
            led.tell(Event::Change);
        }
    }
}
