//! Fingers and mice: what lies under them and what a drag does.

use super::bowl::Line;
use super::handles::{LEFT, MOVE_Y, MOVED_HOUSE, MOVED_LINE, RIGHT, SPOT};
use super::{HousesScene, MAP, SCATTER};
use crate::readout::Event;
use crate::scene::{Outcome, PointerKind, PointerPhase};

/// How near to the middle of a handle counts as on it: half of 44 CSS pixels.
const REACH: f64 = 22.0;
/// The same for the called-out house under a mouse, so that its neighbours can be chosen.
const HOUSE_REACH: f64 = 12.0;
/// How far a pointer may wander and still be a click.
const CLICK: f64 = 4.0;

/// What the pointer holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Drag {
    /// A handle of the line: the features of both handles, which one is held, and where the other one stays.
    Line {
        /// Features of the left and the right handle.
        places: [f64; 2],
        /// Whether the right one is held.
        right: bool,
        /// Target at the other one.
        other: f64,
        /// From the pointer to the middle of the handle.
        grip: (f64, f64),
        /// Whether it has moved.
        moved: bool,
    },
    /// The called-out house.
    House { grip: (f64, f64), moved: bool, follow: bool },
    /// The spot on the map.
    Spot { grip: (f64, f64), moved: bool },
    /// Nothing yet: a click that may choose a house or a line.
    Click { stage: usize, at: (f64, f64) },
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).sqrt()
}

impl HousesScene {
    /// The handle under a pointer, the nearest where several are.
    #[must_use]
    pub fn hit(&self, stage: usize, kind: PointerKind, x: f64, y: f64) -> Option<&'static str> {
        let (x, y) = (x.is_finite().then_some(x)?, y.is_finite().then_some(y)?);
        let mut found: Vec<(&'static str, f64, f64)> = Vec::new();
        if stage == SCATTER {
            let [left, right] = self.handle_places();
            found.push((LEFT, distance(left.1, (x, y)), REACH));
            found.push((RIGHT, distance(right.1, (x, y)), REACH));
            let (hx, hy) = self.called_house();
            let reach = if kind == PointerKind::Mouse { HOUSE_REACH } else { REACH };
            found.push((MOVE_Y, distance(self.scatter_frame().place(hx, hy), (x, y)), reach));
        } else if stage == MAP {
            let view = self.map_view();
            found.push((SPOT, distance(view.held(view.to_px(self.shown())), (x, y)), REACH));
        }
        let near = found.into_iter().filter(|(_, d, reach)| d <= reach);
        near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(id, ..)| id)
    }

    /// One pointer event.
    pub(super) fn point(&mut self, stage: usize, phase: PointerPhase, kind: PointerKind, x: f64, y: f64) -> Outcome {
        if !(x.is_finite() && y.is_finite()) {
            return Outcome::default();
        }
        match phase {
            PointerPhase::Down => self.grab(stage, kind, (x, y)),
            PointerPhase::Move if self.drag.is_some() => self.pull((x, y)),
            PointerPhase::Move | PointerPhase::Leave => {
                let over = if phase == PointerPhase::Leave { None } else { self.hit(stage, kind, x, y) };
                let over = over.map(str::to_owned);
                let changed = over != self.hover;
                self.hover = over;
                Outcome { changed, ..Outcome::default() }
            }
            PointerPhase::Up | PointerPhase::Cancel => self.release(phase == PointerPhase::Up, kind, (x, y)),
        }
    }

    fn grab(&mut self, stage: usize, kind: PointerKind, at: (f64, f64)) -> Outcome {
        let grip = |place: (f64, f64)| (place.0 - at.0, place.1 - at.1);
        let hit = self.hit(stage, kind, at.0, at.1);
        self.finish_motion();
        self.drag = Some(match hit {
            Some(id @ (LEFT | RIGHT)) => {
                let right = id == RIGHT;
                let handles = self.handle_places();
                let [l, r] = handles;
                let (held, other) = if right { (r, l) } else { (l, r) };
                Drag::Line {
                    places: handles.map(|(x, _)| x),
                    right,
                    other: self.line().at(other.0),
                    grip: grip(held.1),
                    moved: false,
                }
            }
            Some(SPOT) => {
                let view = self.map_view();
                Drag::Spot { grip: grip(view.held(view.to_px(self.walk.here()))), moved: false }
            }
            Some(_) => {
                let (x, y) = self.called_house();
                let follow = self.follows();
                Drag::House { grip: grip(self.scatter_frame().place(x, y)), moved: false, follow }
            }
            None => Drag::Click { stage, at },
        });
        let captured = hit.is_some();
        if captured {
            self.running = None;
        }
        Outcome { changed: captured, captured, ..Outcome::default() }
    }

    /// Whether the line is at the best one and should stay there while a house moves.
    pub(super) fn follows(&self) -> bool {
        self.footing == super::Footing::Arrived
    }

    fn pull(&mut self, at: (f64, f64)) -> Outcome {
        let Some(drag) = self.drag.clone() else { return Outcome::default() };
        let changed = match drag {
            Drag::Line { places, right, other, grip, moved } => {
                let frame = self.scatter_frame();
                let y = frame.y.to_data((at.1 + grip.1).clamp(frame.plot.top, frame.plot.bottom));
                let [l, r] = places;
                let line = if right { Line::through((l, other), (r, y)) } else { Line::through((l, y), (r, other)) };
                line.is_some_and(|line| {
                    self.drag_line(line, moved, Drag::Line { places, right, other, grip, moved: true })
                })
            }
            Drag::Spot { grip, moved } => {
                let view = self.map_view();
                let x = (at.0 + grip.0).clamp(view.frame.left, view.frame.right);
                let y = (at.1 + grip.1).clamp(view.frame.top, view.frame.bottom);
                let line = view.basis.line(view.at_px((x, y)));
                self.drag_line(line, moved, Drag::Spot { grip, moved: true })
            }
            Drag::House { grip, moved, follow } => {
                let frame = self.scatter_frame();
                let x = frame.x.to_data((at.0 + grip.0).clamp(frame.plot.left, frame.plot.right));
                let y = frame.y.to_data((at.1 + grip.1).clamp(frame.plot.top, frame.plot.bottom));
                let still = !moved && distance((grip.0, grip.1), (0.0, 0.0)) <= REACH && self.barely((x, y));
                if still {
                    return Outcome::default();
                }
                if !moved {
                    self.remember(MOVED_HOUSE, false);
                }
                self.drag = Some(Drag::House { grip, moved: true, follow });
                self.shift_house_following(x, y, follow)
            }
            Drag::Click { at: down, .. } => {
                // A finger that wanders is scrolling.
                if distance(down, at) > CLICK {
                    self.drag = None;
                }
                false
            }
        };
        Outcome { changed, captured: self.drag.is_some(), ..Outcome::default() }
    }

    /// Whether the called-out house would move by less than a click's wandering.
    fn barely(&self, (x, y): (f64, f64)) -> bool {
        let frame = self.scatter_frame();
        let (hx, hy) = self.called_house();
        distance(frame.place(x, y), frame.place(hx, hy)) < CLICK
    }

    fn drag_line(&mut self, line: Line, moved: bool, drag: Drag) -> bool {
        if !self.sound(line) || (!moved && line == self.line()) {
            return false;
        }
        if !moved {
            self.remember(MOVED_LINE, false);
        }
        self.drag = Some(drag);
        self.place(line);
        true
    }

    fn release(&mut self, clicked: bool, kind: PointerKind, at: (f64, f64)) -> Outcome {
        let Some(drag) = self.drag.take() else { return Outcome::default() };
        let mut outcome = Outcome::default();
        let changed = match drag {
            Drag::Line { moved, .. } | Drag::House { moved, .. } | Drag::Spot { moved, .. } => {
                outcome.changed = true;
                moved
            }
            Drag::Click { stage, at: down } => clicked && distance(down, at) <= CLICK && self.choose(stage, kind, at),
        };
        if changed {
            self.keep_in_window();
            outcome.changed = true;
            outcome.events.push(Event::Change);
        }
        outcome
    }

    /// A click on the scatter calls a house out; on the map it moves the line there.
    fn choose(&mut self, stage: usize, kind: PointerKind, at: (f64, f64)) -> bool {
        if stage == SCATTER {
            let frame = self.scatter_frame();
            let reach = if kind == PointerKind::Mouse { 10.0 } else { REACH };
            let near = self.xs.iter().zip(&self.ys).map(|(x, y)| distance(frame.place(*x, *y), at));
            let nearest = near.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, d)| *d <= reach);
            let Some((house, _)) = nearest else { return false };
            let changed = house != self.called;
            self.called = house;
            return changed;
        }
        if stage == MAP {
            let view = self.map_view();
            if view.frame.contains(at) {
                self.running = None;
                return self.move_line_to(view.basis.line(view.at_px(at)), false);
            }
        }
        false
    }
}
