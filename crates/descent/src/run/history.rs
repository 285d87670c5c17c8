//! The memory of a run: a bounded number of states, and every change made by hand, from which all other states are computed again.
//!
//! Kept are the first states, all of them; older ones at the multiples of a stride; and the newest, all of them, in a ring. When the older
//! ones become too many the stride grows threefold, so that it stays odd and a zigzag from one side of a valley to the other
//! stays a zigzag in pictures. Any state is then at most one stride of steps away from a state that is kept, and going back fills
//! the ring with what was computed on the way, so that stepping back one by one computes each stride once.

use std::collections::VecDeque;

use super::snapshot::{Snapshot, Way};
use crate::optimizer::Optimizer;

/// About how many bytes of states are kept.
const BUDGET: usize = 8 << 20;
/// The most states that are kept, however small they are.
const MOST: usize = 8192;
/// The fewest, however large: a state can be larger than the budget.
const FEWEST: usize = 32;
/// The newest states are all kept, so that stepping back is instant.
const RECENT: usize = 128;
/// The first states are all kept: in them a descent moves most, and pictures show them whole.
const EARLY: usize = 256;

/// What the learner did, as opposed to the optimiser. It cannot be computed again and is kept whole.
#[derive(Clone, Debug)]
pub(super) struct Hand {
    /// From which state on which settings are in force, the first at 0; no two neighbours are equal.
    pub(super) settings: Vec<(u64, Optimizer)>,
    /// Which states were reached by a leap, and where they are.
    pub(super) leaps: Vec<(u64, Vec<f64>)>,
}

impl Hand {
    /// The settings that begin at a state.
    fn settings_at(&self, step: u64) -> Option<Optimizer> {
        let found = self.settings.binary_search_by_key(&step, |(at, _)| *at).ok()?;
        self.settings.get(found).map(|(_, optimizer)| *optimizer)
    }

    fn leap_to(&self, step: u64) -> Option<&[f64]> {
        let found = self.leaps.binary_search_by_key(&step, |(at, _)| *at).ok()?;
        self.leaps.get(found).map(|(_, to)| to.as_slice())
    }
}

/// The states of a run that are kept.
#[derive(Clone, Debug)]
pub(super) struct History {
    first: Snapshot,
    /// The first states and the multiples of the stride, of all states there are.
    older: Vec<Snapshot>,
    stride: u64,
    /// States one move apart. The present one is always among them, and the one before it as well.
    ring: VecDeque<Snapshot>,
    hand: Hand,
    most_older: usize,
    early: u64,
    recent: usize,
}

impl History {
    pub(super) fn new(first: Snapshot) -> Self {
        // Point, gradient and up to two numbers of memory a parameter.
        let bytes = size_of::<Snapshot>() + first.point.len() * 8 * 4;
        let most = (BUDGET / bytes).clamp(FEWEST, MOST);
        let recent = RECENT.min(most / 4);
        Self {
            older: vec![first.clone()],
            ring: VecDeque::from([first.clone()]),
            hand: Hand { settings: vec![(0, first.optimizer)], leaps: Vec::new() },
            first,
            stride: 1,
            most_older: most - recent,
            early: EARLY.min(most / 4) as u64,
            recent,
        }
    }

    pub(super) fn first(&self) -> &Snapshot {
        &self.first
    }

    pub(super) fn hand(&self) -> &Hand {
        &self.hand
    }

    /// Adds the state that follows the present one, which is the last there is.
    pub(super) fn push(&mut self, next: &Snapshot) {
        if next.way == Way::Leap {
            self.hand.leaps.push((next.step, next.point.clone()));
        }
        if self.ring.len() >= self.recent {
            self.ring.pop_front();
        }
        self.ring.push_back(next.clone());
        if !self.is_older(next.step) {
            return;
        }
        self.older.push(next.clone());
        while self.older.len() > self.most_older {
            self.stride = self.stride.saturating_mul(3);
            let (stride, early) = (self.stride, self.early);
            self.older.retain(|state| state.step < early || state.step.is_multiple_of(stride));
        }
    }

    fn is_older(&self, step: u64) -> bool {
        step < self.early || step.is_multiple_of(self.stride)
    }

    /// A state that is kept.
    pub(super) fn kept(&self, step: u64) -> Option<&Snapshot> {
        let from = self.ring.front()?.step;
        if let Some(place) = step.checked_sub(from)
            && let Some(state) = self.ring.get(usize::try_from(place).ok()?)
        {
            return Some(state);
        }
        let found = self.older.binary_search_by_key(&step, |state| state.step).ok()?;
        self.older.get(found)
    }

    /// The state after so many moves, none beyond the last. `advance` makes the next state of one, by a leap where it is told a place.
    /// `None` where it fails, which it did not when the state was made.
    pub(super) fn reach(
        &mut self,
        step: u64,
        advance: impl Fn(&Snapshot, Option<&[f64]>) -> Option<Snapshot>,
    ) -> Option<Snapshot> {
        let ends = (self.ring.front()?.step, self.ring.back()?.step);
        let in_ring = |step: u64| (ends.0..=ends.1).contains(&step);
        if in_ring(step) && (step == 0 || in_ring(step - 1)) {
            return self.kept(step).cloned();
        }
        // The state before must be found as well.
        let after = self.older.partition_point(|state| state.step < step.max(1));
        let mut state = self.older.get(after.checked_sub(1)?)?.clone();
        let mut ring = VecDeque::from([state.clone()]);
        while state.step < step {
            let next = state.step + 1;
            state = match self.kept(next) {
                Some(kept) => kept.clone(),
                None => {
                    let mut made = advance(&state, self.hand.leap_to(next))?;
                    made.optimizer = self.hand.settings_at(next).unwrap_or(made.optimizer);
                    made
                }
            };
            if ring.len() >= self.recent {
                ring.pop_front();
            }
            ring.push_back(state.clone());
        }
        self.ring = ring;
        Some(state)
    }

    /// Changes the settings from the present state, the last there is, on.
    pub(super) fn settle(&mut self, step: u64, optimizer: Optimizer) {
        let settings = &mut self.hand.settings;
        settings.truncate(settings.partition_point(|(at, _)| *at < step));
        if settings.last().is_none_or(|(_, last)| *last != optimizer) {
            settings.push((step, optimizer));
        }
        let copies = [Some(&mut self.first), self.older.last_mut(), self.ring.back_mut()];
        for copy in copies.into_iter().flatten().filter(|state| state.step == step) {
            copy.optimizer = optimizer;
        }
    }

    /// Forgets what came after a state.
    pub(super) fn truncate(&mut self, step: u64) {
        let Hand { settings, leaps } = &mut self.hand;
        settings.truncate(settings.partition_point(|(at, _)| *at <= step));
        leaps.truncate(leaps.partition_point(|(at, _)| *at <= step));
        self.older.truncate(self.older.partition_point(|state| state.step <= step));
        self.ring.truncate(self.ring.partition_point(|state| state.step <= step));
    }

    /// The states kept up to one, oldest first.
    pub(super) fn up_to(&self, step: u64) -> impl DoubleEndedIterator<Item = &Snapshot> {
        let from = self.ring.front().map_or(u64::MAX, |state| state.step);
        let older = self.older.partition_point(|state| state.step < from.min(step.saturating_add(1)));
        let older = self.older.get(..older).unwrap_or(&[]);
        older.iter().chain(self.ring.iter().filter(move |state| state.step <= step))
    }
}
