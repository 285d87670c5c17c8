//! The tick rule: steps of 1, 2 or 5 times a power of ten, the same decimals within one axis, zero shown as 0.

use crate::number::{Locale, decade, ten_to};
use calculus::sort::sort_by;

/// The ticks of one axis: whole multiples of `step`.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    /// Data values, rising.
    pub values: Vec<f64>,
    /// Which multiple of the step each value is: 0 for zero.
    pub multiples: Vec<i64>,
    /// The distance between two.
    pub step: f64,
    /// Digits after the point that tell them apart.
    pub decimals: usize,
}

/// What the numbers on an axis count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counts {
    /// Plain numbers.
    #[default]
    Plain,
    /// US dollars.
    Dollars,
    /// Thousands of dollars.
    Thousands,
    /// Millions of dollars.
    Millions,
    /// Calendar years: 1960, not 1,960.
    Years,
}

impl Counts {
    /// Dollars in the unit that suits an axis which reaches this far; beyond ten thousand millions in powers of ten.
    pub fn dollars_up_to(largest: f64) -> Self {
        if largest >= 1e10 {
            Self::Dollars
        } else if largest >= 2e6 {
            Self::Millions
        } else if largest >= 2e3 {
            Self::Thousands
        } else {
            Self::Dollars
        }
    }
}

/// At most `most` ticks from `low` to `high`. Empty for a range that is empty or not finite.
pub fn ticks(low: f64, high: f64, most: usize) -> Ticks {
    let none = Ticks { values: Vec::new(), multiples: Vec::new(), step: 1.0, decimals: 0 };
    let span = high - low;
    if !span.is_finite() || span <= 0.0 || most == 0 {
        return none;
    }
    // The smallest step with few enough ticks is at most a few sizes above span/most.
    let start = decade(span / most as f64);
    for power in start..start + 3 {
        for mantissa in [1.0, 2.0, 5.0] {
            let step = multiple(mantissa, power);
            if step <= 0.0 || !step.is_finite() {
                continue;
            }
            // A hair of tolerance keeps a tick that falls on the end of the range.
            let (first, last) = ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
            if last - first + 1.0 > most as f64 || first.abs().max(last.abs()) > 9e15 {
                continue;
            }
            let multiples: Vec<i64> = (first as i64..=last as i64).collect();
            let values = multiples.iter().map(|&k| multiple(k as f64 * mantissa, power)).collect();
            let decimals = usize::try_from(-power).unwrap_or(0);
            return Ticks { values, multiples, step, decimals };
        }
    }
    none
}

/// `count × 10^power`, correctly rounded for the powers that axes use: dividing by a whole power of ten, not multiplying
/// by its inexact inverse.
fn multiple(count: f64, power: i32) -> f64 {
    if power < 0 { count / ten_to(-power) } else { count * ten_to(power) }
}

impl Ticks {
    /// The labels, one a tick.
    pub fn labels(&self, counts: Counts, locale: &Locale) -> Vec<String> {
        let (divisor, unit) = match counts {
            Counts::Thousands => (1e3, "k"),
            Counts::Millions => (1e6, "M"),
            _ => (1.0, ""),
        };
        let largest = self.values.iter().fold(0.0_f64, |m, v| m.max(v.abs())) / divisor;
        let step = self.step / divisor;
        let decimals = usize::try_from(-decade(step * 1.000_001)).unwrap_or(0);
        let long = largest >= 1e7 || decimals > 6;
        let digits = usize::try_from(decade(largest) - decade(step * 1.000_001) + 1).unwrap_or(1).clamp(1, 15);
        self.values
            .iter()
            .zip(&self.multiples)
            .map(|(value, multiple)| {
                let shown = value / divisor;
                if *multiple == 0 {
                    return "0".to_owned();
                }
                let number = if long { locale.significant(shown, digits) } else { locale.fixed(shown, decimals) };
                match counts {
                    Counts::Plain => number,
                    Counts::Years => number.replace(locale.group, ""),
                    _ => locale.money(&number, unit),
                }
            })
            .collect()
    }

    /// Which ticks keep their label when each needs this much room and the next may not be nearer than `gap`: all of them,
    /// or every second, every third and so on, zero among them. `places` and `room` are in CSS pixels.
    pub fn labelled(&self, places: &[f64], room: &[f64], gap: f64) -> Vec<bool> {
        let longest = self.multiples.len().max(1) as i64;
        for stride in 1..=longest {
            let kept: Vec<bool> = self.multiples.iter().map(|k| k.rem_euclid(stride) == 0).collect();
            let mut end = f64::NEG_INFINITY;
            let mut order: Vec<usize> = (0..places.len().min(room.len()).min(kept.len())).collect();
            sort_by(&mut order, |a, b| {
                let place = |i: &usize| places.get(*i).copied().unwrap_or(0.0);
                place(a).total_cmp(&place(b))
            });
            let fits = order.iter().all(|&i| {
                let (Some(place), Some(room), Some(true)) = (places.get(i), room.get(i), kept.get(i)) else {
                    return true;
                };
                let fits = place - room / 2.0 >= end + gap;
                end = place + room / 2.0;
                fits
            });
            if fits {
                return kept;
            }
        }
        self.multiples.iter().map(|k| *k == 0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_axis_of_the_first_chapter_has_whole_ticks() {
        let x = ticks(-3.45, 3.3, 7);
        assert_eq!(x.values, [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0]);
        assert_eq!(x.labels(Counts::Plain, &Locale::ENGLISH), ["−3", "−2", "−1", "0", "1", "2", "3"]);
    }

    #[test]
    fn ticks_share_their_decimals_and_zero_is_plain() {
        let x = ticks(-0.25, 0.6, 5);
        assert_eq!(x.values, [-0.2, 0.0, 0.2, 0.4, 0.6]);
        assert_eq!(x.labels(Counts::Plain, &Locale::ENGLISH), ["−0.2", "0", "0.2", "0.4", "0.6"]);
        let half = ticks(0.0, 2.2, 5);
        assert_eq!(half.labels(Counts::Plain, &Locale::ENGLISH), ["0", "0.5", "1.0", "1.5", "2.0"]);
        assert_eq!(
            ticks(0.0, 4.4e9, 5).labels(Counts::Plain, &Locale::ENGLISH),
            ["0", "1×10⁹", "2×10⁹", "3×10⁹", "4×10⁹"]
        );
    }

    #[test]
    fn labels_give_way_before_they_touch() {
        let x = ticks(-3.0, 3.0, 7);
        let places: Vec<f64> = x.values.iter().map(|v| 100.0 + 20.0 * v).collect();
        let kept = x.labelled(&places, &[12.0; 7], 12.0);
        assert_eq!(kept, [false, true, false, true, false, true, false], "every second, zero among them");
    }

    #[test]
    fn fortunes_are_written_in_powers_of_ten() {
        let ticks = ticks(-5e12, 5e12, 3);
        assert_eq!(ticks.labels(Counts::dollars_up_to(5e12), &Locale::ENGLISH), ["−$5×10¹²", "0", "$5×10¹²"]);
        assert_eq!(Counts::dollars_up_to(9e9), Counts::Millions);
    }

    #[test]
    fn units_stand_on_every_tick() {
        let y = ticks(0.0, 400_000.0, 5);
        assert_eq!(
            y.labels(Counts::dollars_up_to(400_000.0), &Locale::ENGLISH),
            ["0", "$100k", "$200k", "$300k", "$400k"]
        );
    }

    proptest! {
        #[test]
        fn there_are_never_too_many_ticks_and_all_lie_in_range(
            low in -1e6..1e6, span in 1e-6..1e9, most in 3_usize..8,
        ) {
            let found = ticks(low, low + span, most);
            prop_assert!(!found.values.is_empty() && found.values.len() <= most);
            for v in &found.values {
                prop_assert!(*v >= low - found.step * 1e-6 && *v <= low + span + found.step * 1e-6);
            }
        }

        #[test]
        fn any_range_is_answered_at_once(low in prop::num::f64::ANY, high in prop::num::f64::ANY) {
            let found = ticks(low, high, 7);
            prop_assert!(found.values.len() <= 7 && found.values.iter().all(|v| v.is_finite()));
        }
    }
}
