//! The memory of a run: a bounded number of states, from which every other is computed again.

use crate::optimizer::{Optimizer, Stepper};

/// The state after some number of steps: enough to go on from, bit for bit.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// How many steps were taken.
    pub step: u64,
    /// The parameters.
    pub point: Vec<f64>,
    /// The loss there, finite.
    pub value: f64,
    /// The gradient the next step follows, finite: with noise or from a batch where the problem has them.
    pub gradient: Vec<f64>,
    /// The settings in force for the next step.
    pub optimizer: Optimizer,
    /// The optimiser with its memory.
    pub stepper: Stepper,
    /// How many steps in a row the loss has grown.
    pub(crate) rises: u32,
    /// The loss when the run began or its settings last changed.
    pub(crate) base: f64,
    /// The largest loss so far.
    pub(crate) peak: f64,
    /// The largest entry of a gradient so far.
    pub(crate) steepest: f64,
}

/// New settings from a step on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Change {
    pub(super) step: u64,
    pub(super) optimizer: Optimizer,
}

impl Change {
    pub(super) fn apply(&self, frame: &mut Frame) {
        // The settings were checked when the change was made.
        if frame.stepper.adopt(&self.optimizer, frame.point.len()).is_ok() {
            frame.optimizer = self.optimizer;
            (frame.rises, frame.base) = (0, frame.value);
        }
    }
}

/// Applies the changes made at the frame's step.
pub(super) fn apply(changes: &[Change], frame: &mut Frame) {
    let step = frame.step;
    for change in changes.iter().filter(|c| c.step == step) {
        change.apply(frame);
    }
}

/// About how many bytes of frames are kept.
const BUDGET: usize = 8 << 20;
/// The newest frames are all kept, so that stepping back is instant.
const RECENT: u64 = 128;

/// Frames in order of steps: every one at first, then every 2nd, 4th, 8th … of the old ones. The first is always kept.
#[derive(Clone, Debug)]
pub(super) struct History {
    first: Frame,
    frames: Vec<Frame>,
    changes: Vec<Change>,
    stride: u64,
    most: usize,
}

impl History {
    pub(super) fn new(first: Frame) -> Self {
        let bytes = 200 + first.point.len() * 8 * 4;
        Self {
            frames: vec![first.clone()],
            first,
            changes: Vec::new(),
            stride: 1,
            most: (BUDGET / bytes).clamp(3 * RECENT as usize, 8192),
        }
    }

    pub(super) fn first(&self) -> &Frame {
        &self.first
    }

    pub(super) fn frames(&self) -> impl Iterator<Item = &Frame> {
        self.frames.iter()
    }

    pub(super) fn push(&mut self, frame: Frame) {
        let newest = frame.step;
        self.frames.push(frame);
        while self.frames.len() > self.most {
            self.stride *= 2;
            let stride = self.stride;
            self.frames.retain(|f| f.step % stride == 0 || f.step + RECENT > newest);
        }
    }

    /// The last kept frame at or before a step, and the changes after it.
    pub(super) fn nearest(&self, step: u64) -> (Frame, Vec<Change>) {
        let after = self.frames.partition_point(|f| f.step <= step);
        let frame = self.frames.get(after.saturating_sub(1)).unwrap_or(&self.first).clone();
        let changes = self.changes.iter().filter(|c| c.step > frame.step).copied().collect();
        (frame, changes)
    }

    /// Remembers new settings; `changed` is the frame they were made at, with them applied.
    pub(super) fn change(&mut self, change: Change, changed: &Frame) {
        self.changes.retain(|c| c.step != change.step);
        self.changes.push(change);
        let after = self.frames.partition_point(|f| f.step < changed.step);
        match self.frames.get_mut(after) {
            Some(kept) if kept.step == changed.step => *kept = changed.clone(),
            _ => self.frames.insert(after, changed.clone()),
        }
    }

    pub(super) fn truncate(&mut self, step: u64) {
        self.frames.retain(|f| f.step <= step);
        self.changes.retain(|c| c.step <= step);
    }
}
