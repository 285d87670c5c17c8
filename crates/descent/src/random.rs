//! The project's own pseudo-random numbers: the same seed gives the same numbers on every machine.
//!
//! The generator is xoshiro256++ 1.0 by David Blackman and Sebastiano Vigna ("Scrambled linear pseudorandom number
//! generators", ACM Transactions on Mathematical Software 47(4), 2021; <https://prng.di.unimi.it/xoshiro256plusplus.c>),
//! its 256 bits of state filled from the seed by SplitMix64, as its authors advise.

/// A stream of pseudo-random numbers. Not for secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Random {
    state: [u64; 4],
}

/// One step of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Random {
    /// The stream that belongs to a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut s = seed;
        Self { state: std::array::from_fn(|_| split_mix(&mut s)) }
    }

    /// One of many unrelated streams of a seed: one an epoch, one a step. Any of them can be had again at once, which is
    /// what lets a run be stepped back and replayed.
    #[must_use]
    pub fn stream(seed: u64, number: u64) -> Self {
        let mut s = seed;
        let mixed = split_mix(&mut s);
        let mut n = mixed ^ number.wrapping_mul(0xd134_2543_de82_ef95);
        Self::new(split_mix(&mut n))
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.state;
        let result = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
        let t = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= t;
        *d = d.rotate_left(45);
        result
    }

    /// Uniform on [0, 1): one of 2⁵³ equally spaced numbers.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Uniform on [low, high).
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number from 0 up to, but not, `bound`, all equally likely (Lemire, "Fast random integer generation in an
    /// interval", 2019), from 32 random bits: a bound above 2³² − 1 counts as that. 0 when `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        // Products of 64 bits are one instruction in wasm; of 128 bits a call.
        let bound = u32::try_from(bound).unwrap_or(u32::MAX);
        if bound == 0 {
            return 0;
        }
        loop {
            let product = (self.bits() >> 32) * u64::from(bound);
            let low = product as u32;
            if low >= bound || low >= bound.wrapping_neg() % bound {
                return (product >> 32) as usize;
            }
        }
    }

    /// Normal with mean 0 and deviation 1, by Marsaglia's polar method (SIAM Review 6(3), 1964).
    pub fn normal(&mut self) -> f64 {
        loop {
            let x = self.uniform(-1.0, 1.0);
            let y = self.uniform(-1.0, 1.0);
            let s = x * x + y * y;
            if s > 0.0 && s < 1.0 {
                return x * (-2.0 * calculus::math::ln(s) / s).sqrt();
            }
        }
    }

    /// Puts the items in a random order, every order equally likely (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_the_numbers_of_its_authors_reference_code() {
        // State 1, 2, 3, 4: the first outputs of xoshiro256plusplus.c.
        let mut random = Random { state: [1, 2, 3, 4] };
        let first: Vec<u64> = (0..4).map(|_| random.bits()).collect();
        assert_eq!(first, [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386]);
    }

    #[test]
    fn normal_numbers_have_mean_zero_and_deviation_one() {
        let mut random = Random::new(7);
        let sample: Vec<f64> = (0..20_000).map(|_| random.normal()).collect();
        let mean = sample.iter().sum::<f64>() / 20_000.0;
        let variance = sample.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / 20_000.0;
        assert!(mean.abs() < 0.03, "{mean}");
        assert!((variance - 1.0).abs() < 0.04, "{variance}");
    }

    #[test]
    fn a_shuffle_keeps_every_item_and_depends_on_the_seed_alone() {
        let order = |seed| {
            let mut items: Vec<usize> = (0..100).collect();
            Random::new(seed).shuffle(&mut items);
            items
        };
        let mut sorted = order(3);
        assert_ne!(sorted, (0..100).collect::<Vec<_>>());
        assert_eq!(order(3), order(3));
        assert_ne!(order(3), order(4));
        sorted.sort_unstable();
        assert_eq!(sorted, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn whole_numbers_below_a_bound_are_all_reached_and_never_passed() {
        let mut random = Random::new(1);
        let mut counts = [0u32; 6];
        for _ in 0..6_000 {
            counts[random.below(6)] += 1;
        }
        assert!(counts.iter().all(|&c| (850..1150).contains(&c)), "{counts:?}");
    }
}
