//! What a program that trains a network needs to know, whatever its language.

use crate::loss::Loss;
use crate::network::{Activation, TrainOptions};

/// All that a program needs to know.
pub(super) struct Lesson<'a> {
    pub(super) layers: &'a [usize],
    pub(super) activations: Vec<Activation>,
    pub(super) loss: &'a Loss,
    pub(super) parameters: &'a [f64],
    pub(super) inputs: &'a [f64],
    pub(super) targets: &'a [f64],
    pub(super) options: &'a TrainOptions,
    /// The order of the rows in each epoch; empty for their own.
    pub(super) orders: Vec<Vec<u32>>,
    pub(super) rows: usize,
    /// Whether the network computes in single precision, which programs do not.
    pub(super) single: bool,
}

impl Lesson<'_> {
    pub(super) fn title(&self) -> String {
        let sizes: Vec<String> = self.layers.iter().map(usize::to_string).collect();
        let single = if self.single { ", trained in single precision, here in double" } else { "" };
        format!("{} on a network {}{single}", self.options.optimizer.kind(), sizes.join("-"))
    }

    pub(super) fn penalized(&self) -> bool {
        self.options.l1 != 0.0 || self.options.l2 != 0.0
    }

    pub(super) fn ends(&self) -> (usize, usize) {
        (self.layers.first().copied().unwrap_or(1), self.layers.last().copied().unwrap_or(1))
    }
}
