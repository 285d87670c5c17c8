//! Which pieces of text are numbers, and which number each is.
//!
//! People write 1234.5, 1,234.5, 1 234,5, $1,200, 45 % and (1,200). What a comma means is decided for a whole column, and only
//! when the column leaves one reading; a column of nothing but `1,234` in a file that is not separated by commas could be either
//! 1234 or 1.234 and is refused rather than guessed.

/// What a comma and a point mean inside a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

/// Cells that stand for "no value".
pub(crate) fn is_missing(cell: &str) -> bool {
    const WORDS: [&str; 8] = ["", "na", "n/a", "nan", "null", "?", "-", "."];
    let cell = cell.trim();
    cell.len() <= 4 && WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// The number a cell holds when read in a style, if it holds one. Never NaN or infinite.
pub(crate) fn read(cell: &str, style: Style) -> Option<f64> {
    let (negative, body) = unwrap(cell.trim())?;
    let (whole_separator, decimal) = match style {
        Style::Point => (',', '.'),
        Style::Comma => ('.', ','),
    };
    let plain = ungroup(body, whole_separator, decimal)?;
    let value: f64 = plain.parse().ok()?;
    value.is_finite().then_some(if negative { -value } else { value })
}

/// Takes sign, currency and accountant's brackets off: what is left starts with a digit or the decimal sign.
fn unwrap(cell: &str) -> Option<(bool, &str)> {
    let (mut negative, mut rest) = (false, cell);
    if let Some(inside) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        (negative, rest) = (true, inside.trim());
    }
    let mut signed = negative;
    for _ in 0..2 {
        // A sign may stand before or after the currency.
        if let Some(after) = rest.strip_prefix(['-', '−', '+']) {
            if signed {
                return None;
            }
            signed = true;
            negative = !rest.starts_with('+');
            rest = after.trim_start();
        }
        if let Some(after) = rest.strip_prefix(['$', '€', '£', '¥']) {
            rest = after.trim_start();
        }
    }
    let rest = rest.trim_end_matches(['$', '€', '£', '¥']).trim_end();
    let first = rest.chars().next()?;
    (first.is_ascii_digit() || first == '.' || first == ',').then_some((negative, rest))
}

/// Removes well-formed groups of three and writes the decimal sign as a point.
fn ungroup(body: &str, separator: char, decimal: char) -> Option<String> {
    let (mantissa, exponent) = match body.find(['e', 'E']) {
        Some(at) => (body.get(..at)?, body.get(at..)?),
        None => (body, ""),
    };
    let (whole, fraction) = match mantissa.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let is_space = |c: char| c == ' ' || c == '\u{a0}' || c == '\u{202f}' || c == '\'';
    let groups: Vec<&str> = whole.split(|c| c == separator || is_space(c)).collect();
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !groups.iter().all(|group| digits(group)) || !fraction.is_none_or(digits) {
        return None;
    }
    if let [first, rest @ ..] = groups.as_slice()
        && !rest.is_empty()
        && !((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3))
    {
        return None;
    }
    let whole = groups.concat();
    let fraction = fraction.unwrap_or("");
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    Some(format!("{whole}.{fraction}{exponent}"))
}

/// How a column's cells can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// One style fits best.
    Numbers(Style),
    /// Both styles fit every number and give different values.
    Ambiguous,
    /// Fewer than half the cells are numbers in either style.
    Words,
}

/// Decides for a column. `comma_separated` files come from places that write the decimal sign as a point.
pub(crate) fn decide<'a>(cells: impl Iterator<Item = &'a str> + Clone, comma_separated: bool) -> Reading {
    let present = cells.filter(|cell| !is_missing(cell));
    let (mut total, mut point, mut comma, mut disagree) = (0usize, 0usize, 0usize, false);
    for cell in present {
        total += 1;
        let (p, c) = (read(cell, Style::Point), read(cell, Style::Comma));
        point += usize::from(p.is_some());
        comma += usize::from(c.is_some());
        disagree |= p.is_some() && c.is_some() && p != c;
    }
    if total == 0 || point.max(comma) * 2 <= total {
        Reading::Words
    } else if point > comma || !disagree {
        Reading::Numbers(if point >= comma { Style::Point } else { Style::Comma })
    } else if comma > point {
        Reading::Numbers(Style::Comma)
    } else if comma_separated {
        Reading::Numbers(Style::Point)
    } else {
        Reading::Ambiguous
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (cell, value) in [
            ("12", 12.0),
            (" -3.5e2 ", -350.0),
            ("1,234", 1234.0),
            ("1,234,567.25", 1_234_567.25),
            ("$1,200", 1200.0),
            ("-$1,200", -1200.0),
            ("$-1,200", -1200.0),
            ("(1,200)", -1200.0),
            ("1 234 567", 1_234_567.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("1200 €", 1200.0),
            ("−4", -4.0),
        ] {
            assert_eq!(read(cell, Style::Point), Some(value), "{cell}");
        }
        assert_eq!(read("1.234,5", Style::Comma), Some(1234.5));
    }

    #[test]
    fn what_is_not_a_number_is_not_read_as_one() {
        for cell in [
            "",
            "abc",
            "12abc",
            "1,23",
            "12,34,567",
            "1.2.3",
            "--4",
            "inf",
            "NaN",
            "1e999",
            "0x10",
            "$",
            "1e",
            "2010-05-01",
            "$ab",
        ] {
            assert_eq!(read(cell, Style::Point), None, "{cell}");
        }
    }

    #[test]
    fn a_column_decides_what_its_commas_mean() {
        let style = |cells: &[&'static str], comma_separated| decide(cells.iter().copied(), comma_separated);
        assert_eq!(style(&["1,5", "2,25"], false), Reading::Numbers(Style::Comma));
        assert_eq!(style(&["1,234", "2,25"], false), Reading::Numbers(Style::Comma));
        assert_eq!(style(&["1,234", "1,234.5"], false), Reading::Numbers(Style::Point));
        assert_eq!(style(&["1,234", "2,345"], true), Reading::Numbers(Style::Point));
        assert_eq!(style(&["1,234", "2,345"], false), Reading::Ambiguous);
        assert_eq!(style(&["12", "7"], false), Reading::Numbers(Style::Point));
        assert_eq!(style(&["red", "blue", "3"], true), Reading::Words);
        assert_eq!(style(&["", "NA"], true), Reading::Words);
    }
}
