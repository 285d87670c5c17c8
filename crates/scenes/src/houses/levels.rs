//! Which contours a map shows: round typical misses, wider apart as they climb.

use super::bowl::Bowl;

/// Contours on a map; with them nine bands, as many as the visual language has colours for.
const LEVELS: usize = 8;

/// One contour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// The typical miss along it, target units: a round number.
    pub miss: f64,
    /// Its distance from the best line in standard coordinates: √(miss² − floor).
    pub distance: f64,
}

/// Up to eight levels, from just above the floor to about the typical miss at `reach`.
#[must_use]
pub fn levels(bowl: &Bowl, reach: f64) -> Vec<Level> {
    let floor = bowl.floor.sqrt();
    let highest = (bowl.floor + reach * reach).sqrt();
    let step = round_step(1.5 * (highest - floor) / (2 * LEVELS) as f64);
    let mut found: Vec<Level> = Vec::with_capacity(LEVELS);
    if !(step > 0.0 && step.is_finite()) {
        return found;
    }
    for i in 1..=LEVELS {
        // Distances grow a little faster than evenly: x^1.25 written with two square roots.
        let share = i as f64 / LEVELS as f64;
        let wanted = reach * share * share.sqrt().sqrt();
        let miss = ((bowl.floor + wanted * wanted).sqrt() / step).round().max((floor / step).floor() + 1.0) * step;
        let distance = ((miss - floor) * (miss + floor)).max(0.0).sqrt();
        let further = found.last().is_none_or(|last| miss > last.miss + 0.5 * step);
        if further && distance > 0.0 && miss.is_finite() {
            found.push(Level { miss, distance });
        }
    }
    found
}

/// The largest 1, 2 or 5 times a power of ten that is at most `about`; 0 for what is not a positive number.
#[must_use]
pub fn round_step(about: f64) -> f64 {
    if !(1e-60..=1e60).contains(&about) {
        return 0.0;
    }
    let mut decade = 1.0;
    while decade > about {
        decade /= 10.0;
    }
    while decade * 10.0 <= about {
        decade *= 10.0;
    }
    [5.0, 2.0].into_iter().map(|f| f * decade).find(|step| *step <= about).unwrap_or(decade)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ames_like() -> Bowl {
        let mut bowl = Bowl::new(&[1.0, 2.0, 3.0], &[1.0, 2.0, 4.0]);
        bowl.floor = 3_192_801_087.386;
        bowl
    }

    #[test]
    fn levels_are_round_and_lie_above_the_floor() {
        let bowl = ames_like();
        let found = levels(&bowl, 210e3);
        assert!(found.len() >= 6, "{found:?}");
        for level in &found {
            assert!(level.miss > bowl.floor.sqrt());
            assert_eq!(level.miss % 10_000.0, 0.0, "{level:?}");
            let back = (bowl.floor + level.distance * level.distance).sqrt();
            assert!((back - level.miss).abs() < 1e-9 * level.miss);
        }
        assert_eq!(found[0].miss, 60_000.0);
    }

    #[test]
    fn levels_climb_in_widening_steps_of_distance() {
        let found = levels(&ames_like(), 210e3);
        assert!(found.windows(2).all(|pair| pair[1].distance > pair[0].distance));
        let last = found[found.len() - 1].distance - found[found.len() - 2].distance;
        assert!(last > found[1].distance - found[0].distance - 10e3, "{found:?}");
    }

    #[test]
    fn a_perfect_line_still_has_contours_around_it() {
        let bowl = Bowl::new(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]);
        assert_eq!(levels(&bowl, 10.0).len(), LEVELS);
        assert!(levels(&bowl, 0.0).is_empty());
    }

    #[test]
    fn steps_are_one_two_or_five_of_a_power_of_ten() {
        assert_eq!(round_step(7.3), 5.0);
        assert_eq!(round_step(4_999.0), 2_000.0);
        assert_eq!(round_step(0.011), 0.01);
        assert_eq!(round_step(f64::NAN), 0.0);
    }
}
