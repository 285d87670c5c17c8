//! Numbers in words. A value is rounded once, and that one rounding is shared by every place that shows it.

use descent::number::{Decimal, Slip, read};

/// The sign of negative numbers: U+2212, not the hyphen.
pub const MINUS: char = '−';

/// How a language writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locale {
    /// Before the fraction.
    pub decimal: char,
    /// Between groups of three digits.
    pub group: char,
    /// Before a negative number.
    pub minus: char,
    /// Whether `$` stands before the amount (`$450,000`) or behind it (`450.000 $`).
    pub dollar_first: bool,
}

impl Locale {
    /// `−1,234.5`, `$450,000`.
    pub const ENGLISH: Self = Self { decimal: '.', group: ',', minus: MINUS, dollar_first: true };
    /// `−1.234,5`, `450.000 $`.
    pub const GERMAN: Self = Self { decimal: ',', group: '.', minus: MINUS, dollar_first: false };

    /// A learning rate: two decimals where that is exact (`0.30`), else up to four significant digits.
    pub fn rate(&self, rate: f64) -> String {
        let shown = rounded_to_digits(rate, 4);
        if (0.01..100.0).contains(&shown) && rounded(shown, 2) == shown {
            self.fixed(shown, 2)
        } else {
            self.trimmed(shown, 4)
        }
    }

    /// The number that a text of this language is, as people write numbers.
    ///
    /// # Errors
    /// [`Slip`]: why it is none.
    pub fn read(&self, text: &str) -> Result<f64, Slip> {
        read(text, if self.decimal == ',' { Decimal::Comma } else { Decimal::Point })
    }

    /// A number as it can be typed: all its digits, none of them set apart.
    pub fn typed(&self, value: f64) -> String {
        let plain = |c: char| match c {
            '.' => self.decimal,
            '-' => self.minus,
            c => c,
        };
        let size = value.abs();
        let far = size != 0.0 && !(1e-6..1e15).contains(&size);
        if far { format!("{value:e}") } else { value.to_string() }.chars().map(plain).collect()
    }

    /// A number with exactly so many decimals: `−1,234.50`. Beyond 1e15 in powers of ten; nothing to show for what is not finite.
    pub fn fixed(&self, value: f64, decimals: usize) -> String {
        if !value.is_finite() {
            return String::new();
        }
        if value.abs() >= 1e15 {
            return self.significant(value, 4);
        }
        // All digits without a point, at least one before the decimals.
        let digits = match nearest(value.abs(), decimals as i32) {
            Some((whole, _)) => format!("{:01$}", whole as u64, decimals + 1),
            None => format!("{:.decimals$}", value.abs()).replace('.', ""),
        };
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let mut text = String::with_capacity(digits.len() + 8);
        if value < 0.0 && digits.bytes().any(|b| b != b'0') {
            text.push(self.minus);
        }
        for (i, digit) in whole.chars().enumerate() {
            // A thin structure only from five digits on would be quieter; four are set apart too, for $1,500.
            if i > 0 && (whole.len() - i) % 3 == 0 {
                text.push(self.group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(self.decimal);
            text.push_str(fraction);
        }
        text
    }

    /// A number with so many significant digits: `0.00123`, `1,230`, `1.23×10⁹`. Trailing zeros of a fraction are kept.
    pub fn significant(&self, value: f64, digits: usize) -> String {
        if !value.is_finite() {
            return String::new();
        }
        if value == 0.0 {
            return "0".into();
        }
        let digits = digits.max(1);
        let rounded = rounded_to_digits(value, digits);
        let exponent = decade(rounded);
        if (-4..7).contains(&exponent) {
            let decimals = usize::try_from(digits as i32 - 1 - exponent).unwrap_or(0);
            return self.fixed(rounded, decimals);
        }
        let scientific = format!("{:.*e}", digits - 1, value.abs());
        let (mantissa, _) = scientific.split_once('e').unwrap_or((&scientific, ""));
        let sign = if value < 0.0 { self.minus.to_string() } else { String::new() };
        let mantissa: String = mantissa.chars().map(|c| if c == '.' { self.decimal } else { c }).collect();
        format!("{sign}{mantissa}×10{}", superscript(exponent))
    }

    /// The same with trailing zeros of the fraction left away: a learning rate of `0.3`, not `0.300`.
    pub fn trimmed(&self, value: f64, digits: usize) -> String {
        let text = self.significant(value, digits);
        let (number, power) = text.split_at(text.find('×').unwrap_or(text.len()));
        format!("{}{power}", self.without_trailing_zeros(number))
    }

    /// A text of a number without zeros at the end of its fraction.
    pub fn without_trailing_zeros<'a>(&self, number: &'a str) -> &'a str {
        if number.contains(self.decimal) { number.trim_end_matches('0').trim_end_matches(self.decimal) } else { number }
    }

    /// A formula as typed, with this language's mark before decimals: `max(0,5x; 1)` in German, which is to be read and not typed.
    pub fn formula(&self, text: &str) -> String {
        let written = |c: char| match c {
            '.' => self.decimal,
            ',' if self.decimal == ',' => ';',
            c => c,
        };
        text.chars().map(written).collect()
    }

    /// A whole number: `2,930`.
    pub fn count(&self, value: u64) -> String {
        self.fixed(value as f64, 0)
    }

    /// An amount of money whose size is written already: `$450,000`, `−450.000 $`.
    pub fn money(&self, amount: &str, unit: &str) -> String {
        let (sign, size) = match amount.strip_prefix(self.minus) {
            Some(size) => (self.minus.to_string(), size),
            None => (String::new(), amount),
        };
        match (self.dollar_first, unit) {
            (true, _) => format!("{sign}${size}{unit}"),
            (false, "") => format!("{sign}{size}\u{a0}$"),
            (false, "k") => format!("{sign}{size}\u{a0}Tsd.\u{a0}$"),
            (false, _) => format!("{sign}{size}\u{a0}Mio.\u{a0}$"),
        }
    }

    /// An amount of money in whole dollars: `$300,000`, `−$1,200`.
    pub fn dollars(&self, value: f64) -> String {
        self.money(&self.fixed(value, 0), "")
    }
}

/// A value rounded to so many decimals, with its text. Arithmetic on `value` is arithmetic on what is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Rounded {
    /// The value that the text says, as near as a double comes.
    pub value: f64,
    /// Digits after the point.
    pub decimals: usize,
}

impl Rounded {
    /// Rounds half to even in decimal, as printing does. A value that is not finite is nothing.
    pub fn new(value: f64, decimals: usize) -> Option<Self> {
        value.is_finite().then(|| Self { value: rounded(value, decimals), decimals })
    }

    /// The text: thousands apart, U+2212 for minus, never a negative zero.
    pub fn text(&self, locale: &Locale) -> String {
        locale.fixed(self.value, self.decimals)
    }

    /// The text of its size without its sign.
    pub fn size(&self, locale: &Locale) -> String {
        locale.fixed(self.value.abs(), self.decimals)
    }
}

/// `value` rounded to `decimals` digits after the point.
pub fn rounded(value: f64, decimals: usize) -> f64 {
    let value = match nearest(value.abs(), decimals as i32) {
        Some((whole, power)) => (whole / power).copysign(value),
        None => format!("{value:.decimals$}").parse().unwrap_or(value),
    };
    if value == 0.0 { 0.0 } else { value }
}

/// `value` rounded to so many significant digits.
pub fn rounded_to_digits(value: f64, digits: usize) -> f64 {
    let digits = digits.max(1) - 1;
    let decimals = digits as i32 - decade(value);
    // Whole number and power are exact, so their quotient or product is the double nearest to the decimals.
    match nearest(value.abs(), decimals) {
        Some((whole, power)) if decimals < 0 => (whole * power).copysign(value),
        Some((whole, power)) => (whole / power).copysign(value),
        None => format!("{value:.digits$e}").parse().unwrap_or(value),
    }
}

/// The whole number nearest to a size times ten to `decimals`, and ten to the absolute value of that; nothing where doubles are too
/// coarse to be sure, which printing all digits must then decide. Printing and reading for each number took half the time of a readout.
fn nearest(size: f64, decimals: i32) -> Option<(f64, f64)> {
    let power = *POWERS.get(usize::try_from(i32::try_from(decimals.unsigned_abs()).ok()? - FIRST).ok()?)?;
    let scaled = if decimals < 0 { size / power } else { size * power };
    // Below 2⁴⁰ it is off by less than 2⁻¹³.
    let sure = scaled < 1_099_511_627_776.0 && (scaled - scaled.floor() - 0.5).abs() > 1.0 / 4096.0;
    sure.then(|| ((scaled + 0.5).floor(), power))
}

/// The decimals that tell about a thousand places of a quantity that spans this much apart: 2 for 7, 0 for 500, 4 for 0.03.
pub fn decimals_for_span(span: f64) -> usize {
    usize::try_from(2 - decade(span / 3.0)).unwrap_or(0).min(12)
}

/// Powers of ten that are met all the time, from 10⁻¹⁵ on.
const POWERS: [f64; 38] = [
    1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3,
    1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];
/// The exponent of the first of them.
const FIRST: i32 = -15;

/// The power of ten at or below a size: 2 for 345, −3 for 0.0012. 0 for 0 and for what is not finite.
pub fn decade(value: f64) -> i32 {
    if !value.is_finite() || value == 0.0 {
        return 0;
    }
    let reached = POWERS.iter().take_while(|power| **power <= value.abs()).count();
    if reached > 0 && reached < POWERS.len() {
        return FIRST + reached as i32 - 1;
    }
    format!("{value:e}").split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0)
}

/// Ten to this power, correctly rounded; infinite above 308.
pub fn ten_to(power: i32) -> f64 {
    let known = usize::try_from(power.saturating_sub(FIRST)).ok().and_then(|i| POWERS.get(i));
    known.copied().unwrap_or_else(|| format!("1e{power}").parse().unwrap_or(1.0))
}

/// An exponent in raised digits.
pub fn superscript(exponent: i32) -> String {
    exponent
        .to_string()
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            c => c.to_digit(10).and_then(|d| char::from_u32(0x2070 + d)).unwrap_or(c),
        })
        .collect()
}

/// Height, slope and the height of a straight line at a place, rounded so that height + slope × x is that height as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedSum {
    /// The height at 0.
    pub height: f64,
    /// Its decimals.
    pub height_decimals: usize,
    /// The slope.
    pub slope: f64,
    /// Its decimals.
    pub slope_decimals: usize,
    /// The sum.
    pub sum: f64,
}

/// Chooses the fewest decimals that make the arithmetic right for a sum with so many decimals. A line too steep for any is shown to six
/// decimals.
pub fn checked_sum(height: f64, slope: f64, x: f64, decimals: usize) -> CheckedSum {
    let sum = rounded(height + slope * x, decimals);
    let unit = |decimals: usize| 10f64.powi(decimals as i32);
    let near = |v: f64, decimals| (v * unit(decimals)).round() / unit(decimals);
    // Cents or none: a price with one decimal looks mistaken.
    for height_decimals in [decimals, decimals + 2, decimals + 4] {
        for slope_decimals in 0..=8 {
            // Most are ruled out by plain arithmetic, many times as fast as rounding in decimal.
            let miss = near(height, height_decimals) + near(slope, slope_decimals) * x - sum;
            if miss.abs() * unit(decimals) > 0.51 {
                continue;
            }
            let (h, s) = (rounded(height, height_decimals), rounded(slope, slope_decimals));
            if rounded(h + s * x, decimals) == sum && (slope_decimals >= 1 || s == slope) {
                return CheckedSum { height: h, height_decimals, slope: s, slope_decimals, sum };
            }
        }
    }
    let height = rounded(height, decimals);
    CheckedSum { height, height_decimals: decimals, slope: rounded(slope, 6), slope_decimals: 6, sum }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EN: Locale = Locale::ENGLISH;
    const DE: Locale = Locale::GERMAN;

    #[test]
    fn the_arithmetic_on_the_screen_checks_out_with_no_more_decimals_than_it_needs() {
        for (height, slope, x) in
            [(13_289.634_364_8, 111.694_000_858, 2_452.0), (-4_021.3, 92.217, 1_520.0), (2.5, -0.004, 1e4)]
        {
            let shown = checked_sum(height, slope, x, 0);
            assert_eq!(rounded(shown.height + shown.slope * x, 0), shown.sum, "{shown:?}");
            assert_eq!(shown.sum, rounded(height + slope * x, 0));
        }
        let decimals = |x| checked_sum(13_289.634_364_8, 111.694_000_858, x, 0);
        assert_eq!((decimals(2_452.0).height_decimals, decimals(2_452.0).slope_decimals), (2, 3));
        assert_eq!((decimals(2_520.0).height_decimals, decimals(2_520.0).slope_decimals), (0, 3));
    }

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(EN.fixed(-1.5749, 2), "−1.57");
        assert_eq!(EN.fixed(1_234_567.0, 0), "1,234,567");
        assert_eq!(EN.fixed(-0.001, 2), "0.00", "a negative zero has no sign");
        assert_eq!(EN.significant(0.001_234_5, 3), "0.00123");
        assert_eq!(EN.significant(-123_456.0, 3), "−123,000");
        assert_eq!(EN.significant(9.999e-10, 3), "1.00×10⁻⁹");
        assert_eq!(EN.significant(0.000_999_96, 3), "0.00100");
        assert_eq!(EN.trimmed(0.3, 3), "0.3");
        assert_eq!(EN.trimmed(20.0, 2), "20");
        assert_eq!(EN.dollars(-1_200.4), "−$1,200");
        assert_eq!(EN.money(&EN.fixed(41.234, 1), "k"), "$41.2k");
    }

    proptest! {
        #[test]
        fn rounding_and_digits_are_those_of_printing(
            value in prop_oneof![-1e6..1e6f64, -1.0..1.0f64, any::<f64>(), (-1_000_000..1_000_000i64).prop_map(|n| n as f64 / 1000.0 )],
            decimals in 0..16usize,
        ) {
            let near = |text: String| text.parse::<f64>().unwrap();
            let positive_zero = |value: f64| if value == 0.0 { 0.0 } else { value };
            let value: f64 = value;
            prop_assume!(value.is_finite());
            prop_assert_eq!(rounded(value, decimals).to_bits(), positive_zero(near(format!("{value:.decimals$}"))).to_bits());
            prop_assert_eq!(rounded_to_digits(value, decimals + 1).to_bits(), near(format!("{value:.decimals$e}")).to_bits());
            if value.abs() < 1e15 {
                let shown = EN.fixed(value, decimals).replace(',', "");
                let printed = format!("{value:.decimals$}");
                let zero = printed.bytes().all(|b| !(b'1'..=b'9').contains(&b));
                prop_assert_eq!(shown.replace(MINUS, "-"), if zero { printed.replace('-', "") } else { printed });
            }
        }

        #[test]
        fn a_decade_is_the_exponent_of_the_shortest_decimals(power in -30i32..40, factor in 1.0..10.0f64) {
            let near: f64 = format!("1e{power}").parse().unwrap();
            for value in [near, near.next_down(), near.next_up(), near * factor, -near] {
                let exponent: i32 = format!("{value:e}").split_once('e').unwrap().1.parse().unwrap();
                prop_assert_eq!(decade(value), exponent, "{}", value);
            }
            prop_assert_eq!(ten_to(power).to_bits(), near.to_bits());
        }
    }

    #[test]
    fn german_numbers_have_a_decimal_comma() {
        assert_eq!(DE.fixed(-1_234.5, 1), "−1.234,5");
        assert_eq!(DE.significant(1.234e9, 3), "1,23×10⁹");
        assert_eq!(DE.trimmed(0.3, 3), "0,3");
        assert_eq!(DE.dollars(450_000.0), "450.000\u{a0}$");
        assert_eq!(DE.money(&DE.fixed(-56.0, 0), "k"), "−56\u{a0}Tsd.\u{a0}$");
    }

    #[test]
    fn a_rounded_value_and_its_text_are_the_same_number() {
        let slope = Rounded::new(1.5449, 2).unwrap();
        assert_eq!((slope.value, slope.text(&EN).as_str()), (1.54, "1.54"));
        assert_eq!(Rounded::new(-2.675, 2).unwrap().size(&DE), "2,67");
        assert_eq!(Rounded::new(f64::NAN, 2), None);
    }

    #[test]
    fn decimals_follow_the_span() {
        assert_eq!([7.0, 500.0, 0.03, 1e-30].map(decimals_for_span), [2, 0, 4, 12]);
    }

    proptest! {
        #[test]
        fn what_is_shown_in_a_language_can_be_typed_in_it(value in -1e12..1e12f64, power in -30..30i32, digits in 1_usize..12) {
            for locale in [EN, DE] {
                for value in [value, value * ten_to(power)] {
                    prop_assert_eq!(locale.read(&locale.typed(value)), Ok(value));
                    let rounded: f64 = format!("{value:.*e}", digits - 1).parse().unwrap();
                    let read = locale.read(&locale.trimmed(value, digits)).unwrap();
                    prop_assert!((read - rounded).abs() <= 1e-15 * rounded.abs(), "{read} and {rounded}");
                    let cents = crate::number::rounded(value % 1e12, 2);
                    prop_assert_eq!(locale.read(&locale.money(&locale.fixed(cents, 2), "")), Ok(cents), "{}", cents);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_of_a_number_says_nan_or_inf(value in prop::num::f64::ANY, digits in 1_usize..6) {
            for locale in [EN, DE] {
                for text in [locale.fixed(value, digits), locale.significant(value, digits), locale.dollars(value)] {
                    prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
                    prop_assert!(text.chars().count() < 40, "{text}");
                }
            }
        }
    }
}
