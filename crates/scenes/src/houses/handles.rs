//! What can be dragged, moved by keys and typed, each with its place and its value.

use super::bowl::Line;
use super::{HousesScene, MAP, SCATTER};
use crate::readout::Handle;
use crate::scene::Key;

/// Left handle of the line.
pub(super) const LEFT: &str = "left";
/// Right handle of the line.
pub(super) const RIGHT: &str = "right";
/// The line as a spot on the map.
pub(super) const SPOT: &str = "line";
/// Which house is called out.
pub(super) const HOUSE: &str = "house";
/// The feature of the called-out house.
pub(super) const MOVE_X: &str = "moveX";
/// The target of the called-out house.
pub(super) const MOVE_Y: &str = "moveY";

/// Words for what undo takes back.
pub(super) const MOVED_LINE: &str = "moved line";
pub(super) const MOVED_HOUSE: &str = "moved house";

impl HousesScene {
    /// Where a handle of the line stands: frozen sideways while it is dragged.
    pub(super) fn handle_places(&self) -> [(f64, (f64, f64)); 2] {
        match &self.drag {
            Some(super::Drag::Line { places, .. }) => {
                let frame = self.scatter_frame();
                let line = self.line();
                places.map(|x| {
                    (x, (frame.x.to_pixels(x), frame.y.to_pixels(line.at(x)).clamp(frame.plot.top, frame.plot.bottom)))
                })
            }
            _ => self.line_handles(self.walk.basis().line(self.shown())),
        }
    }

    /// All handles.
    pub(super) fn handles(&self) -> Vec<Handle> {
        let frame = self.scatter_frame();
        let line = self.line();
        let [left, right] = self.handle_places();
        let mut handles: Vec<Handle> = [(LEFT, left), (RIGHT, right)]
            .into_iter()
            .map(|(id, (x, place))| {
                let value = line.at(x);
                Handle {
                    id: id.into(),
                    stage: SCATTER,
                    label: format!(
                        "{} of the line: {} at {}",
                        if id == LEFT { "left end" } else { "right end" },
                        self.target.label,
                        self.feature.words(whole(x))
                    ),
                    x: place.0,
                    y: place.1,
                    value,
                    value_text: self.amount(self.rounded(value)),
                    min: self.range_y.0.min(value),
                    max: self.range_y.1.max(value),
                }
            })
            .collect();
        let (x, y) = self.called_house();
        let dot = frame.place(x, y);
        let house = |id: &str, label: String, value: f64, value_text: String, (min, max): (f64, f64)| Handle {
            id: id.into(),
            stage: SCATTER,
            label,
            x: dot.0,
            y: dot.1,
            value,
            value_text,
            min: min.min(value),
            max: max.max(value),
        };
        let last = self.xs.len().saturating_sub(1) as f64;
        let said = format!("{}, {}", self.feature.words(x), self.amount(self.rounded(y)));
        handles.push(house(HOUSE, "house called out, by size".into(), self.rank() as f64, said, (0.0, last)));
        handles.push(house(
            MOVE_X,
            format!("move this house: {}", self.feature.label),
            x,
            self.feature.words(whole(x)),
            self.range_x,
        ));
        handles.push(house(
            MOVE_Y,
            format!("move this house: {}", self.target.label),
            y,
            self.amount(self.rounded(y)),
            self.range_y,
        ));
        handles.push(self.spot_handle());
        handles
    }

    fn spot_handle(&self) -> Handle {
        let view = self.map_view();
        let here = self.walk.here();
        let (x, y) = view.held(view.to_px(self.shown()));
        let (min, max) = view.range(0);
        let words = if self.standardize {
            format!(
                "{} per standard deviation, {} at the average",
                self.amount(self.rounded(here[0])),
                self.amount(self.rounded(here[1]))
            )
        } else {
            format!(
                "{} per {}, {} {}",
                self.target.number(here[0]),
                self.feature.one,
                self.amount(self.rounded(here[1])),
                self.feature.at_zero()
            )
        };
        Handle {
            id: SPOT.into(),
            stage: MAP,
            label: "the line as a spot on the map".into(),
            x,
            y,
            value: here[0],
            value_text: words,
            min: min.min(here[0]),
            max: max.max(here[0]),
        }
    }

    /// The place of the called-out house when all are put in order of the feature; those alike in order of the table.
    pub(super) fn rank(&self) -> usize {
        let (x, _) = self.called_house();
        let before = |(i, v): (usize, &f64)| *v < x || (*v == x && i < self.called);
        self.xs.iter().enumerate().filter(|pair| before(*pair)).count()
    }

    /// The house of a rank.
    fn ranked(&self, rank: usize) -> usize {
        let mut order: Vec<usize> = (0..self.xs.len()).collect();
        let at = |i: &usize| self.xs.get(*i).copied().unwrap_or(0.0);
        order.sort_by(|a, b| at(a).total_cmp(&at(b)).then(a.cmp(b)));
        order.get(rank.min(order.len().saturating_sub(1))).copied().unwrap_or(0)
    }

    /// Moves a handle by a key; whether anything changed.
    pub(super) fn press(&mut self, handle: &str, key: Key, shift: bool) -> bool {
        let Some(found) = self.handles().into_iter().find(|h| h.id == handle) else { return false };
        if handle == SPOT {
            return self.press_spot(key, shift);
        }
        let one = if handle == HOUSE { 1.0 } else { (found.max - found.min) / 100.0 * if shift { 0.1 } else { 1.0 } };
        let value = match key {
            Key::Left | Key::Down => found.value - one,
            Key::Right | Key::Up => found.value + one,
            Key::PageDown => found.value - 10.0 * one,
            Key::PageUp => found.value + 10.0 * one,
            Key::Home => found.min,
            Key::End => found.max,
        };
        self.set_handle(handle, value)
    }

    fn press_spot(&mut self, key: Key, shift: bool) -> bool {
        let view = self.map_view();
        let fine = if shift { 0.1 } else { 1.0 };
        let one = [0, 1].map(|axis| {
            let (low, high) = view.range(axis);
            (high - low) / 100.0 * fine
        });
        let [mut p, mut q] = self.walk.here();
        match key {
            Key::Left => p -= one[0],
            Key::Right => p += one[0],
            Key::Up => q += one[1],
            Key::Down => q -= one[1],
            Key::PageUp => q += 10.0 * one[1],
            Key::PageDown => q -= 10.0 * one[1],
            Key::Home => p = view.range(0).0,
            Key::End => p = view.range(0).1,
        }
        let (low, high) = view.range(1);
        self.type_spot([p, q.clamp(low, high)])
    }

    fn type_spot(&mut self, p: [f64; 2]) -> bool {
        let view = self.map_view();
        let (low, high) = view.range(0);
        let line = self.walk.basis().line([p[0].clamp(low, high), p[1]]);
        self.move_line_to(line, true)
    }

    /// Puts a typed value on a handle; whether anything changed.
    pub(super) fn set_handle(&mut self, handle: &str, value: f64) -> bool {
        let Some(found) = self.handles().into_iter().find(|h| h.id == handle && value.is_finite()) else {
            return false;
        };
        let value = value.clamp(found.min, found.max);
        let (x, y) = self.called_house();
        match handle {
            LEFT | RIGHT => {
                let [left, right] = self.handle_places().map(|(x, _)| (x, self.line().at(x)));
                let line = if handle == LEFT {
                    Line::through((left.0, value), right)
                } else {
                    Line::through(left, (right.0, value))
                };
                line.is_some_and(|line| self.move_line_to(line, true))
            }
            HOUSE => {
                let chosen = self.ranked(value.round() as usize);
                let changed = chosen != self.called;
                self.called = chosen;
                changed
            }
            MOVE_X => self.move_house_to(value, y, true),
            MOVE_Y => self.move_house_to(x, value, true),
            SPOT => self.type_spot([value, self.walk.here()[1]]),
            _ => false,
        }
    }

    /// Puts the line elsewhere and remembers where it was; whether it moved.
    pub(super) fn move_line_to(&mut self, line: Line, merge: bool) -> bool {
        if !self.sound(line) || line == self.line() {
            return false;
        }
        self.remember(MOVED_LINE, merge);
        self.place(line);
        self.keep_in_window();
        true
    }

    /// Moves the called-out house and remembers where it was; whether it moved.
    pub(super) fn move_house_to(&mut self, x: f64, y: f64, merge: bool) -> bool {
        if (x, y) == self.called_house() {
            return false;
        }
        self.remember(MOVED_HOUSE, merge);
        let moved = self.shift_house(x, y);
        self.keep_in_window();
        moved
    }
}

/// Whole numbers for what is hardly ever given more exactly on a picture.
fn whole(x: f64) -> f64 {
    if x.abs() >= 100.0 { x.round() } else { crate::number::rounded_to_digits(x, 3) }
}
