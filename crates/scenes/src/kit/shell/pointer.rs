//! Fingers, mice and keys: what lies under them and what they move.

use super::super::marks::{Handle, Point};
use super::super::widget::{Change, Widget};
use super::input::{Key, PointerKind, PointerPhase};
use super::{Led, Shell};
use crate::painter::Grip;

/// A press this near to a curve takes hold of it, CSS pixels.
const NEAR: f64 = 24.0;
/// A click this near to a dot chooses it: under a mouse, and under a finger.
const NEAR_DOT: (f64, f64) = (10.0, 22.0);
/// How far a pointer may wander and still be a click.
const CLICK: f64 = 4.0;

/// What the pointer holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Drag {
    /// A handle: from the pointer to its middle, and whether it has moved.
    Handle { stage: usize, id: &'static str, offset: Point, from: Point, moved: bool },
    /// Nothing yet: a click that may choose something.
    Click { stage: usize, at: Point },
}

fn distance(a: Point, b: Point) -> f64 {
    ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).sqrt()
}

impl<W: Widget> Shell<W> {
    pub(super) fn point(&mut self, stage: usize, phase: PointerPhase, kind: PointerKind, at: Point, led: &mut Led) {
        match phase {
            PointerPhase::Down => self.press_down(stage, kind, at, led),
            PointerPhase::Move if self.hold.drag.is_some() => self.pull(at, led),
            PointerPhase::Move | PointerPhase::Leave => {
                let over = phase == PointerPhase::Move && kind != PointerKind::Touch;
                let over = if over { self.pictures.hit(stage, kind, at) } else { None };
                if over != self.hold.touched.hovered {
                    self.hold.touched.hovered = over;
                    led.to(Change::Live);
                }
            }
            PointerPhase::Up | PointerPhase::Cancel => self.let_go(phase == PointerPhase::Up, kind, at, led),
        }
    }

    fn press_down(&mut self, stage: usize, kind: PointerKind, at: Point, led: &mut Led) {
        if !(at.0.is_finite() && at.1.is_finite()) {
            return;
        }
        if let Some(id) = self.pictures.hit(stage, kind, at) {
            let place = self.pictures.place(stage, id).unwrap_or(at);
            return self.take_hold(stage, id, (place.0 - at.0, place.1 - at.1), at, led);
        }
        // A finger that lands elsewhere may want to scroll; a mouse never does.
        if kind != PointerKind::Touch
            && let Some((data, reach)) = self.pictures.in_data(stage, at, NEAR)
            && let Some(id) = self.widget.grasp(stage, data, reach)
        {
            self.take_hold(stage, id, (0.0, 0.0), at, led);
            return self.pull(at, led);
        }
        self.hold.drag = Some(Drag::Click { stage, at });
    }

    fn take_hold(&mut self, stage: usize, id: &'static str, offset: Point, from: Point, led: &mut Led) {
        self.stop();
        self.hold.drag = Some(Drag::Handle { stage, id, offset, from, moved: false });
        self.hold.touched.dragged = Some(id);
        self.hold.last = None;
        led.outcome.captured = true;
        led.to(Change::Live);
    }

    fn pull(&mut self, at: Point, led: &mut Led) {
        match self.hold.drag.clone() {
            Some(Drag::Handle { stage, id, offset, from, moved }) => {
                led.outcome.captured = true;
                // A press that hardly wanders chooses a dot and does not move it.
                let barely = self.pictures.is_dot(stage, id) && !moved && distance(from, at) < CLICK;
                if !(at.0.is_finite() && at.1.is_finite()) || barely {
                    return;
                }
                let Some(handle) = self.pictures.handle(stage, id) else { return };
                let Some(to) = self.pictures.to_data(stage, (at.0 + offset.0, at.1 + offset.1)) else { return };
                let to = constrained(handle, to);
                if self.carry(id, to, moved, led) {
                    self.hold.drag = Some(Drag::Handle { stage, id, offset, from, moved: true });
                }
            }
            // A finger that wanders is scrolling.
            Some(Drag::Click { at: down, .. }) if distance(down, at) > CLICK => self.hold.drag = None,
            _ => {}
        }
    }

    fn let_go(&mut self, clicked: bool, kind: PointerKind, at: Point, led: &mut Led) {
        match self.hold.drag.take() {
            Some(Drag::Handle { .. }) => {
                self.hold.touched.dragged = None;
                self.hold.last = None;
                self.widget.release();
                led.to(Change::Base);
            }
            Some(Drag::Click { stage, at: down }) if clicked && distance(down, at) <= CLICK => {
                let near = if kind == PointerKind::Touch { NEAR_DOT.1 } else { NEAR_DOT.0 };
                let Some((data, reach)) = self.pictures.in_data(stage, at, near) else { return };
                let before = self.widget.clone();
                let change = self.widget.click(stage, data, reach);
                if led.to(change) {
                    // Each click is a thing of its own to undo.
                    self.hold.last = None;
                    self.done(Some(before), "click", led);
                    self.hold.last = None;
                }
            }
            _ => {}
        }
    }

    /// Moves a handle; whether anything changed. `same` says that this goes on with the movement before.
    fn carry(&mut self, id: &'static str, to: Point, same: bool, led: &mut Led) -> bool {
        let before = (!same).then(|| self.widget.clone());
        let change = self.widget.move_handle(id, to, same);
        if !led.to(change) {
            return false;
        }
        self.done(before, id, led);
        true
    }

    pub(super) fn focus(&mut self, handle: Option<&str>, led: &mut Led) {
        let focused = handle.and_then(|id| self.pictures.known(id));
        if focused != self.hold.touched.focused {
            self.hold.touched.focused = focused;
            led.to(Change::Live);
        }
    }

    pub(super) fn press(&mut self, handle: &str, key: Key, shift: bool, led: &mut Led) {
        let Some(handle) = self.pictures.find(handle).cloned() else { return };
        let along_y = handle.grip == Grip::Both && matches!(key, Key::Up | Key::Down | Key::PageUp | Key::PageDown);
        let (low, high) = if along_y { handle.range_y } else { handle.value_range() };
        let unit = handle.unit.unwrap_or((high - low) * 0.01);
        let far = 10.0 * unit;
        let arrow = if shift { far } else { unit };
        let here = if along_y { handle.at.1.unwrap_or(0.0) } else { handle.value() };
        let value = match key {
            Key::Left | Key::Down => here - arrow,
            Key::Right | Key::Up => here + arrow,
            Key::PageDown => here - far,
            Key::PageUp => here + far,
            Key::Home => low,
            Key::End => high,
        };
        let same = self.hold.last.as_deref() == Some(handle.id);
        let to = if along_y { (handle.at.0, value) } else { along(&handle, value) };
        self.carry(handle.id, constrained(&handle, to), same, led);
        self.widget.release();
        self.hold.last = Some(handle.id.to_owned());
    }

    pub(super) fn type_handle(&mut self, handle: &str, value: f64, led: &mut Led) {
        let Some(handle) = self.pictures.find(handle).cloned() else { return };
        if value.is_finite() {
            self.carry(handle.id, constrained(&handle, along(&handle, value)), false, led);
            self.widget.release();
            self.hold.last = None;
        }
    }
}

/// The point where a handle has this value.
fn along(handle: &Handle, value: f64) -> Point {
    if handle.is_upright() { (handle.at.0, value) } else { (value, handle.at.1.unwrap_or(0.0)) }
}

/// A point brought to where the handle can be.
fn constrained(handle: &Handle, (x, y): Point) -> Point {
    let within = |v: f64, (low, high): (f64, f64)| v.max(low).min(high.max(low));
    match handle.grip {
        Grip::Horizontal => (within(x, handle.range), handle.at.1.unwrap_or(0.0)),
        Grip::Vertical => (handle.at.0, within(y, handle.range)),
        Grip::Both => (within(x, handle.range), within(y, handle.range_y)),
    }
}
