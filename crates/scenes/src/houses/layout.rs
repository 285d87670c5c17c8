//! Where the three plots lie in their stages and what ranges they show.

use super::bowl::Line;
use super::map_view::{Extent, MapView};
use super::{HISTORY, HousesScene, MAP, SCATTER};
use crate::clip::{self, Rect};
use crate::frame::{Frame, Margins};
use crate::readout::StageInfo;
use crate::ticks::{Unit, ticks};

/// Below this width a scatter or a history takes its narrow drawing: the stage of a wide widget is wider.
const NARROW_STAGE: f64 = 450.0;
/// How close to the edge of the plot a handle of the line may stand, CSS pixels.
const HANDLE_INSET: f64 = 14.0;

/// A range that holds all values with some room; from 0 where that leaves the picture well filled.
pub(super) fn range(values: &[f64]) -> (f64, f64) {
    let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(*v), h.max(*v)));
    if !(low.is_finite() && high.is_finite() && low <= high) {
        return (0.0, 1.0);
    }
    let span = high - low;
    // All alike: some room on both sides, so that the one value stands in the middle.
    let room = if span > 1e-9 * low.abs().max(high.abs()) { 0.04 * span } else { (0.1 * high.abs()).max(1.0) };
    let from_zero = low >= 0.0 && low < 0.3 * high;
    (if from_zero { 0.0 } else { low - room }, high + room)
}

/// What stands before and after the numbers of an axis in target units that reaches this far.
pub(super) fn axis_unit(unit: super::Unit, largest: f64) -> Unit<'static> {
    match unit {
        super::Unit::Dollars if largest >= 2e6 => Unit { before: "$", after: "M", divisor: 1e6 },
        super::Unit::Dollars if largest >= 2e3 => Unit { before: "$", after: "k", divisor: 1e3 },
        super::Unit::Dollars => Unit { before: "$", after: "", divisor: 1.0 },
        _ => Unit { before: "", after: "", divisor: 1.0 },
    }
}

/// The room that tick labels at the left need, CSS pixels: 6.9 a character at 12 px, and 9 between them and the plot.
fn left_margin(least: f64, (low, high): (f64, f64), most: usize, unit: &Unit<'_>) -> f64 {
    let longest = ticks(low, high, most).labels(unit).iter().map(|l| l.chars().count()).max().unwrap_or(0);
    least.max(6.9 * longest as f64 + 14.0)
}

impl HousesScene {
    /// The stages with their titles and shapes.
    pub(super) fn stage_infos(&self) -> Vec<StageInfo> {
        let shapes = [
            ("scatter", 420.0 / 548.0, 1.0),
            ("map", 420.0 / 388.0, 372.0 / 350.0),
            ("history", 172.0 / 548.0, 172.0 / 350.0),
        ];
        shapes
            .into_iter()
            .zip(self.titles())
            .map(|((id, wide_aspect, narrow_aspect), title)| StageInfo {
                id: id.into(),
                title,
                wide_aspect,
                narrow_aspect,
            })
            .collect()
    }

    /// The scatter's plot and scales.
    pub(super) fn scatter_frame(&self) -> Frame {
        let size = self.sizes[SCATTER];
        let narrow = size.width < NARROW_STAGE;
        let unit = axis_unit(self.target.unit, self.range_y.1.abs().max(self.range_y.0.abs()));
        let least = if narrow { 46.0 } else { 56.0 };
        let left = left_margin(least, self.range_y, if narrow { 3 } else { 5 }, &unit);
        Frame::new(size, narrow, Margins { left, right: 16.0, bottom: 54.0, top: 0.0 }, self.range_x, self.range_y)
    }

    /// The history's plot and scales: enough steps for the walk so far, and high enough for its start.
    pub(super) fn history_frame(&self) -> Frame {
        let size = self.sizes[HISTORY];
        let narrow = size.width < NARROW_STAGE;
        let first = self.walk.losses().first().copied().unwrap_or(0.0).sqrt();
        let high = 1.14 * first.max(self.bowl.floor.sqrt());
        let high = if high > 0.0 && high.is_finite() { high } else { 1.0 };
        let unit = axis_unit(self.target.unit, high);
        let left = left_margin(if narrow { 46.0 } else { 56.0 }, (0.0, high), 3, &unit);
        let steps = self.walk.steps() as f64;
        let mut most = 24.0;
        for wider in [50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5] {
            if steps > 0.96 * most {
                most = wider;
            }
        }
        Frame::new(size, narrow, Margins { left, right: 16.0, bottom: 34.0, top: 10.0 }, (0.0, most), (0.0, high))
    }

    /// The map's window.
    pub(super) fn map_view(&self) -> MapView {
        let size = self.sizes[MAP];
        let extent = Extent::around(&self.bowl, self.anchor);
        let frame =
            |left: f64| Rect::new(left, 36.0, (size.width - 14.0).max(left + 20.0), (size.height - 54.0).max(57.0));
        // The left margin depends on the labels, they on the range, and that hardly on the margin: a second look settles it.
        let first = extent.view(&self.bowl, self.standardize, frame(54.0));
        let (low, high) = first.range(1);
        let unit = axis_unit(self.target.unit, low.abs().max(high.abs()));
        let left = left_margin(54.0, (low, high), 5, &unit).min(size.width / 3.0);
        extent.view(&self.bowl, self.standardize, frame(left))
    }

    /// Lets the map's window hold the line, if it does not already.
    pub(super) fn keep_in_window(&mut self) {
        let view = self.map_view();
        let start = self.walk.start();
        let room = Rect { right: view.frame.right - 8.0, bottom: view.frame.bottom - 8.0, ..view.frame.grown(-8.0) };
        if !room.contains(view.to_px(start)) {
            let line = self.walk.basis().line(start);
            self.anchor = if Extent::around(&self.bowl, self.home).reach > Extent::around(&self.bowl, line).reach {
                self.home
            } else {
                line
            };
        }
    }

    /// The part of a line inside the plot, CSS pixels. Worked out in data, where even the steepest line of a run that ran away keeps
    /// its digits.
    pub(super) fn visible_line(&self, frame: &Frame, line: Line) -> Option<[(f64, f64); 2]> {
        let ((x0, x1), (y0, y1)) = (frame.x.data, frame.y.data);
        let (mut from, mut to) = (x0, x1);
        if line.slope != 0.0 {
            let (a, b) = ((y0 - line.intercept) / line.slope, (y1 - line.intercept) / line.slope);
            (from, to) = (from.max(a.min(b)), to.min(a.max(b)));
        } else if !(y0..=y1).contains(&line.intercept) {
            return None;
        }
        (from <= to).then(|| [from, to].map(|x| frame.place(x, line.at(x).clamp(y0, y1))))
    }

    /// Where the two handles of a line stand: features and CSS pixels. On the visible part of the line where there is one, else at
    /// the edge that the line left through.
    pub(super) fn line_handles(&self, line: Line) -> [(f64, (f64, f64)); 2] {
        let frame = self.scatter_frame();
        let plot = frame.plot;
        let inner = plot.grown(-HANDLE_INSET);
        let (from, to) = match self.visible_line(&frame, line) {
            Some([a, b]) => {
                let ends = clip::segment(a, b, &inner).unwrap_or((a, b));
                (ends.0.0.min(ends.1.0), ends.0.0.max(ends.1.0))
            }
            None => (inner.left, inner.right),
        };
        let wanted = [plot.left + 0.22 * plot.width(), plot.left + 0.93 * plot.width()];
        let mut at = wanted.map(|x| x.clamp(from, to));
        // A steep line shows little of itself: keep the handles apart, or they cover one another.
        const APART: f64 = 48.0;
        if at[1] - at[0] < APART {
            let middle = ((at[0] + at[1]) / 2.0).clamp(inner.left + APART / 2.0, inner.right - APART / 2.0);
            at = [middle - APART / 2.0, middle + APART / 2.0];
        }
        at.map(|px| {
            let x = frame.x.to_data(px);
            let y = frame.y.to_pixels(line.at(x));
            // Of a line that left through the top, below the name of the axis.
            let y = if y < plot.top { plot.top + 44.0 } else { y.min(plot.bottom) };
            (x, (px, y))
        })
    }

    /// A number that changes whenever the base layer of a stage would look different.
    pub(super) fn version(&self, stage: usize) -> u64 {
        let mut hash = Hash::new();
        let Some(size) = self.sizes.get(stage) else { return 0 };
        hash.numbers(&[size.width, size.height]);
        match stage {
            SCATTER => {
                hash.words(&[&self.sales.label, &self.feature.id, &self.target.id]);
                // The address of the rows tells two tables of the same name apart.
                hash.number(std::sync::Arc::as_ptr(&self.original) as usize as u64);
                hash.numbers(&[self.range_x.0, self.range_x.1, self.range_y.0, self.range_y.1]);
                // Moved houses and the called-out one are drawn live: only which ones are left out counts here.
                let mut moved: Vec<u64> = self.edits.iter().map(|edit| edit.house as u64).collect();
                moved.sort_unstable();
                moved.iter().for_each(|house| hash.number(*house));
            }
            MAP => {
                hash.words(&[&self.feature.id, &self.target.id]);
                let (bowl, view) = (&self.bowl, self.map_view());
                hash.numbers(&[bowl.floor, bowl.mean_x, bowl.deviation_x, bowl.mean_y, bowl.best_w, bowl.curvature]);
                hash.numbers(&[
                    view.centre[0],
                    view.centre[1],
                    view.half[0],
                    view.half[1],
                    view.basis.scale,
                    view.basis.centre,
                ]);
            }
            _ => {
                let frame = self.history_frame();
                hash.numbers(&[frame.x.data.1, frame.y.data.1, self.bowl.floor, frame.plot.left]);
                hash.words(&[&self.target.id]);
            }
        }
        hash.0
    }
}

/// FNV-1a, 64 bits (Fowler, Noll and Vo), over words of 8 bytes.
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn number(&mut self, value: u64) {
        for byte in value.to_le_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn numbers(&mut self, values: &[f64]) {
        values.iter().for_each(|v| self.number(v.to_bits()));
    }

    fn words(&mut self, words: &[&str]) {
        for word in words {
            word.bytes().for_each(|b| self.number(u64::from(b)));
            self.number(0xff);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_begins_at_zero_where_the_data_nearly_do() {
        assert_eq!(range(&[334.0, 5642.0]).0, 0.0);
        assert!(range(&[1872.0, 2010.0]).0 > 1860.0);
        assert!(range(&[-5.0, 5.0]).0 < -5.0);
        assert_eq!(range(&[3.0, 3.0]), (2.0, 4.0));
        assert_eq!(range(&[]), (0.0, 1.0));
    }
}
