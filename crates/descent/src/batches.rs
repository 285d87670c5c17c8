//! Which rows a step looks at: every row once an epoch, in an order that depends on seed and epoch alone.

use crate::random::Random;

/// The rows of each batch. Any step's batch can be asked for at any time; asking in order is cheap.
#[derive(Clone, Debug, PartialEq)]
pub struct Batches {
    rows: usize,
    size: usize,
    seed: Option<u64>,
    epoch: Option<u64>,
    order: Vec<u32>,
}

impl Batches {
    /// Batches of `size` out of `rows` rows, shuffled anew every epoch by the seed; in the rows' own order without one.
    /// A size of 0 counts as 1, and one above `rows` as `rows`.
    #[must_use]
    pub fn new(rows: usize, size: usize, seed: Option<u64>) -> Self {
        let size = size.clamp(1, rows.max(1));
        Self { rows, size, seed, epoch: None, order: (0..rows as u32).collect() }
    }

    /// How many steps make an epoch; the last batch of an epoch may be smaller.
    #[must_use]
    pub fn per_epoch(&self) -> usize {
        self.rows.div_ceil(self.size).max(1)
    }

    /// The rows of one step, counted from 0, where they are neighbours: without a seed.
    #[must_use]
    pub fn range_of_step(&self, step: u64) -> Option<std::ops::Range<usize>> {
        if self.seed.is_some() {
            return None;
        }
        let start = (step % self.per_epoch() as u64) as usize * self.size;
        Some(start..(start + self.size).min(self.rows))
    }

    /// The rows of one step, counted from 0.
    pub fn of_step(&mut self, step: u64) -> &[u32] {
        let per_epoch = self.per_epoch() as u64;
        let (epoch, batch) = (step / per_epoch, (step % per_epoch) as usize);
        if let Some(seed) = self.seed
            && self.epoch != Some(epoch)
        {
            // From the rows' own order each time, so that an epoch does not depend on the ones before it.
            for (row, slot) in self.order.iter_mut().enumerate() {
                *slot = row as u32;
            }
            Random::stream(seed, epoch).shuffle(&mut self.order);
            self.epoch = Some(epoch);
        }
        let start = batch * self.size;
        let end = (start + self.size).min(self.rows);
        self.order.get(start..end).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_visits_every_row_once_and_the_next_in_another_order() {
        let mut batches = Batches::new(10, 4, Some(1));
        assert_eq!(batches.per_epoch(), 3);
        let epoch = |batches: &mut Batches, epoch: u64| -> Vec<u32> {
            (0..3).flat_map(|b| batches.of_step(epoch * 3 + b).to_vec()).collect()
        };
        let first = epoch(&mut batches, 0);
        let second = epoch(&mut batches, 1);
        assert_ne!(first, second);
        assert_eq!(epoch(&mut batches, 0), first);
        let mut sorted = second;
        sorted.sort_unstable();
        assert_eq!(sorted, (0..10).collect::<Vec<u32>>());
    }
}
