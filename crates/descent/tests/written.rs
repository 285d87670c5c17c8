//! Numbers and tables as people in all countries write them: made at random, written in some style, read back; and slips, which are
//! refused and never read as another number.
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use descent::number::{self, Decimal, Slip};
use descent::table::{self, Cells, Note, Problem};
use proptest::prelude::*;
use proptest::sample::select;

const BLANKS: [&str; 5] = [" ", "\u{a0}", "\u{202f}", "\u{2009}", "\u{2007}"];
const DASHES: [&str; 4] = ["-", "−", "–", "—"];
const CURRENCIES: [&str; 22] = [
    "$", "€", "£", "¥", "₹", "₩", "₺", "US$", "R$", "A$", "NT$", "kr", "kr.", "Kč", "zł", "Rs.", "CHF", "EUR", "USD",
    "SEK", "inr", "Fr.",
];

/// How a country sets groups of digits apart.
#[derive(Clone, Copy, Debug)]
enum Groups {
    None,
    /// In threes, by this.
    Threes(&'static str),
    /// As in India: 10,50,000.
    Indian,
}

/// How somebody writes numbers.
#[derive(Clone, Copy, Debug)]
struct Style {
    decimal: Decimal,
    groups: Groups,
    minus: &'static str,
}

fn styles() -> impl Strategy<Value = Style> {
    let point = prop_oneof![
        Just(Groups::None),
        Just(Groups::Threes(",")),
        Just(Groups::Indian),
        select(&BLANKS[..]).prop_map(Groups::Threes),
        select(&["'", "’"][..]).prop_map(Groups::Threes),
    ];
    let comma = prop_oneof![
        Just(Groups::None),
        Just(Groups::Threes(".")),
        select(&BLANKS[..]).prop_map(Groups::Threes),
        select(&["'", "’"][..]).prop_map(Groups::Threes),
    ];
    let mark = prop_oneof![point.prop_map(|g| (Decimal::Point, g)), comma.prop_map(|g| (Decimal::Comma, g))];
    (mark, select(&DASHES[..])).prop_map(|((decimal, groups), minus)| Style { decimal, groups, minus })
}

impl Style {
    /// Hundredths, with so many decimals from 0 to 2.
    fn write(self, hundredths: i64, decimals: usize) -> String {
        let size = hundredths.unsigned_abs();
        let (whole, fraction) = ((size / 100).to_string(), format!("{:02}", size % 100));
        let grouped: String = whole
            .chars()
            .enumerate()
            .map(|(at, digit)| self.before(whole.len() - at, at > 0) + &digit.to_string())
            .collect();
        let mark = if self.decimal == Decimal::Point { "." } else { "," };
        let fraction = if decimals == 0 { String::new() } else { format!("{mark}{}", &fraction[..decimals]) };
        format!("{}{grouped}{fraction}", if hundredths < 0 { self.minus } else { "" })
    }

    /// What stands before the digit that so many digits are left from on.
    fn before(self, left: usize, inside: bool) -> String {
        match self.groups {
            Groups::Threes(mark) if inside && left.is_multiple_of(3) => mark.to_owned(),
            Groups::Indian if inside && (left == 3 || (left > 3 && left % 2 == 1)) => ",".to_owned(),
            _ => String::new(),
        }
    }
}

/// A number of hundredths, rounded to the decimals it is written with.
fn numbers() -> impl Strategy<Value = (i64, usize)> {
    (prop_oneof![-9_999_999_999..=9_999_999_999i64, -99_999..=99_999i64], 0..=2usize)
        .prop_map(|(n, decimals)| (n / [100, 10, 1][decimals] * [100, 10, 1][decimals], decimals))
}

fn value((hundredths, _): (i64, usize)) -> f64 {
    let value: f64 = format!("{}e-2", hundredths).parse().unwrap();
    if value == 0.0 { 0.0 } else { value }
}

/// A number with a currency before or after it, close or apart, the sign inside or outside.
fn with_currency(text: &str, currency: &str, place: usize, minus: &str) -> String {
    let bare = text.strip_prefix(minus);
    match (place, bare) {
        (0, Some(size)) => format!("{minus}{currency}{size}"),
        (1, Some(size)) => format!("{currency} {minus}{size}"),
        (2, _) => format!("{text}{currency}"),
        (3, _) => format!("{text}\u{a0}{currency}"),
        _ => format!("{currency} {text}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn a_number_in_any_country_s_style_is_read_back(number in numbers(), style in styles()) {
        let text = style.write(number.0, number.1);
        prop_assert_eq!(number::read(&text, style.decimal), Ok(value(number)), "{}", text);
        // Elsewhere it is the same number, or is told; only one group of three means another number there.
        match number::read(&text, style.decimal.other()) {
            Ok(other) => prop_assert!(
                other == value(number) || text.matches(['.', ',']).count() == 1 && text.len() - text.find(['.', ',']).unwrap() == 4,
                "{text} is {other}"
            ),
            Err(slip) => prop_assert_eq!(slip, Slip::OtherMark(value(number)), "{}", text),
        }
    }

    #[test]
    fn a_currency_or_a_percent_sign_changes_no_number(
        number in numbers(), style in styles(), currency in select(&CURRENCIES[..]), place in 0..5usize,
    ) {
        let text = style.write(number.0, number.1);
        let money = with_currency(&text, currency, place, style.minus);
        prop_assert_eq!(number::read(&money, style.decimal), Ok(value(number)), "{}", money);
        let cell = number::read_cell(&money, style.decimal).unwrap();
        prop_assert_eq!((cell.value, cell.unit.as_str()), (value(number), currency));
        let percent = number::read_cell(&format!("{text} %"), style.decimal).unwrap();
        prop_assert_eq!((percent.value, percent.unit.as_str()), (value(number), "%"));
        prop_assert!(number::read(&format!("{text}%"), style.decimal).is_err(), "what a percent is, a field cannot know");
        if number.0 > 0 {
            prop_assert_eq!(number::read_cell(&format!("({money})"), style.decimal).unwrap().value, -value(number));
        }
    }

    #[test]
    fn a_mark_too_many_is_told(number in numbers(), style in styles(), mark in select(&[',', '.'][..]), at in 0..20usize) {
        let text = style.write(number.0, number.1);
        let digits: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_ascii_digit() || *c == ',' || *c == '.').map(|(i, _)| i).collect();
        let at = digits[at % digits.len()];
        let slip = format!("{}{mark}{}", &text[..at], &text[at..]);
        for decimal in [Decimal::Point, Decimal::Comma] {
            // Another mark may make another number of it, written as people write it; but never with two marks in a row, a mark at the
            // end of a group, or groups that are none.
            if let Ok(read) = number::read(&slip, decimal) {
                prop_assert!(is_well_written(&slip, decimal), "{slip} is {read}");
            }
        }
    }

    #[test]
    fn the_shortest_decimals_of_any_number_are_that_number(value in any::<f64>().prop_filter("finite", |v| v.is_finite())) {
        for text in [format!("{value}"), format!("{value:e}"), format!("{value:e}").replace('-', "−")] {
            prop_assert_eq!(number::read(&text, Decimal::Point), Ok(value), "{}", text);
            prop_assert_eq!(number::read(&text.replace('.', ","), Decimal::Comma), Ok(value), "{}", text);
        }
    }

    #[test]
    fn any_text_is_a_finite_number_or_a_slip(text in "\\PC{0,12}", digits in "[0-9.,' ()%$€-]{0,10}") {
        for (text, decimal) in [&text, &digits].into_iter().flat_map(|t| [(t, Decimal::Point), (t, Decimal::Comma)]) {
            prop_assert!(number::read(text, decimal).is_ok_and(f64::is_finite) || number::read(text, decimal).is_err());
            prop_assert!(number::read_cell(text, decimal).is_ok_and(|a| a.value.is_finite()) || number::read_cell(text, decimal).is_err());
        }
    }
}

/// The grammar once more, told the other way round: whether a text is digits with one decimal mark at most, in groups of one kind.
fn is_well_written(text: &str, decimal: Decimal) -> bool {
    let (point, comma) = if decimal == Decimal::Point { ('.', ',') } else { (',', '.') };
    let digits = text.trim_start_matches(|c: char| DASHES.contains(&c.to_string().as_str()));
    let mut parts = digits.splitn(2, point);
    let (whole, fraction) = (parts.next().unwrap(), parts.next().unwrap_or(""));
    if !fraction.chars().all(|c| c.is_ascii_digit()) {
        return false;
    }
    let marks: Vec<char> =
        whole.chars().filter(|c| !c.is_ascii_digit()).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let Some(mark) = marks.first() else { return true };
    if marks.iter().any(|other| other != mark) || (*mark == point) || (!" '’".contains(*mark) && *mark != comma) {
        return false;
    }
    let lengths: Vec<usize> = whole.split(|c: char| !c.is_ascii_digit()).map(str::len).collect();
    let (first, rest) = lengths.split_first().unwrap();
    let (last, middle) = rest.split_last().unwrap();
    let threes = middle.iter().all(|l| *l == 3) && (1..=3).contains(first);
    let indian = *mark == ',' && !middle.is_empty() && middle.iter().all(|l| *l == 2) && (1..=2).contains(first);
    *last == 3 && (threes || indian) && !whole.starts_with('0')
}

#[test]
fn slips_are_told_and_never_another_number() {
    for text in [
        "1,2,3", "0,2,5", "1,,5", "0,,5", "0,5,", "1.2.3", "1.,5", "12,34,56", "1,23", "1 2", "1'23", "0,500",
        "1,050,5", ",,", "5,",
    ] {
        let slip = number::read(text, Decimal::Point).unwrap_err();
        assert!(matches!(slip, Slip::Marks | Slip::OtherMark(_) | Slip::NotNumber), "{text}: {slip:?}");
    }
    let told = |text: &str, slip: Slip| assert_eq!(number::read(text, Decimal::Point), Err(slip), "{text}");
    told("0,5", Slip::OtherMark(0.5));
    told("13.290,50", Slip::OtherMark(13_290.5));
    told("0,500", Slip::OtherMark(0.5));
    for text in ["1,2,3", "0,2,5", "1,,5", "0,5,", "0,,5", "1 050 5"] {
        told(text, Slip::Marks);
    }
    for text in [
        "abc",
        "12abc",
        "--4",
        "inf",
        "NaN",
        "0x10",
        "$",
        "1e",
        "2010-05-01",
        "$ab",
        "50%",
        "(5)",
        "5-",
        "12 Jan",
        "1/2",
        "∞",
    ] {
        told(text, Slip::NotNumber);
    }
    told("1e999", Slip::TooLarge);
    told(" \u{a0}\u{200b}", Slip::Empty);
    assert_eq!(number::read("0.5", Decimal::Comma), Err(Slip::OtherMark(0.5)));
}

#[test]
fn a_comma_and_a_point_mean_what_the_language_says() {
    for (text, point, comma) in [
        ("1,050", 1050.0, 1.05),
        ("1.050", 1.05, 1050.0),
        ("10,50,000", 1_050_000.0, f64::NAN),
        ("1'050.50", 1050.5, f64::NAN),
        ("1’050,50", f64::NAN, 1050.5),
        ("1,234,567", 1_234_567.0, f64::NAN),
        ("1.050,- €", f64::NAN, 1050.0),
        ("CHF 1'050.–", 1050.0, f64::NAN),
        (".5", 0.5, f64::NAN),
        ("5.", 5.0, f64::NAN),
        ("2×10⁻⁸", 2e-8, 2e-8),
        ("1.5 × 10^9", 1.5e9, f64::NAN),
        ("4e−8", 4e-8, 4e-8),
        ("１２３", 123.0, 123.0),
        ("$1,200 USD", 1200.0, 1.2),
    ] {
        for (decimal, value) in [(Decimal::Point, point), (Decimal::Comma, comma)] {
            match number::read(text, decimal) {
                Ok(read) => assert_eq!(read, value, "{text} {decimal:?}"),
                Err(slip) => assert!(value.is_nan(), "{text} {decimal:?}: {slip:?}"),
            }
        }
    }
}

#[test]
fn missing_values_are_known_in_every_spelling() {
    for cell in [
        "", " ", "NA", "N/A", "#N/A", "n.a.", "null", "NULL", "None", "NaN", "-", "--", "—", "–", "\\N", "#DIV/0!",
        "?", ".", "...", "#NV", "#NAME?", "#VALUE!", "<NA>", "k. A.", "\u{a0}", "…",
    ] {
        assert!(number::is_missing(cell), "{cell:?}");
    }
    for cell in ["0", "-1", "nan1", "no", "none left", "Nancy", "#1", "####", "1-2", "x"] {
        assert!(!number::is_missing(cell), "{cell:?}");
    }
}

// Tables.

/// How somebody writes a table.
#[derive(Clone, Debug)]
struct Habit {
    separator: &'static str,
    /// Whether the first line names the separator.
    named: bool,
    style: Style,
    /// Quotation marks around all cells; blanks before them.
    quoted: bool,
    padded: bool,
    /// At the end of each line, of the first line only.
    ended: bool,
    header_ended: bool,
    /// Bars at both ends and a rule below the names.
    framed: bool,
    mark: &'static str,
    line_break: &'static str,
    above: &'static [&'static str],
    currency: &'static str,
    place: usize,
    missing: &'static str,
}

const ABOVE: [&[&str]; 6] = [
    &[],
    &["House sales of the year"],
    &["# made by hand", "# in May; with a, comma", ""],
    &["Sales", "", "Source: the town hall"],
    &["Sales in Ames", "# note"],
    &["\"Sales\""],
];
const MISSING: [&str; 12] = ["", "NA", "N/A", "#N/A", "n.a.", "null", "None", "-", "--", "\\N", "#DIV/0!", "?"];

fn habits() -> impl Strategy<Value = Habit> {
    let flags = any::<(bool, bool, bool, bool, bool, bool)>();
    let form = (select(&["", "\u{feff}"][..]), select(&["\n", "\r\n", "\r"][..]), select(&ABOVE[..]));
    let cells = (styles(), prop_oneof![Just(""), select(&CURRENCIES[..])], 0..5usize, select(&MISSING[..]));
    (select(&[",", ";", "\t", "|", "  "][..]), flags, form, cells).prop_map(|(separator, flags, form, cells)| {
        let ((named, quoted, padded, ended, header_ended, framed), (mark, line_break, above)) = (flags, form);
        let (style, currency, place, missing) = cells;
        let aligned = separator == "  ";
        Habit {
            separator,
            named: named && !aligned,
            style,
            quoted,
            padded,
            ended: ended && !aligned,
            header_ended: header_ended && !aligned,
            framed: framed && separator == "|",
            mark,
            line_break,
            above,
            currency,
            place,
            // Nothing between blanks is no cell.
            missing: if aligned && missing.is_empty() && !quoted { "NA" } else { missing },
        }
    })
}

impl Habit {
    fn cell(&self, text: &str) -> String {
        let text = if self.currency.is_empty() || text.is_empty() {
            text.to_owned()
        } else {
            with_currency(text, self.currency, self.place, self.style.minus)
        };
        self.quote(&text)
    }

    fn quote(&self, text: &str) -> String {
        let blank = if self.padded && self.separator != "  " { " " } else { "" };
        let quoted = self.quoted || text.contains(self.separator) || text.is_empty() && self.separator == "  ";
        if quoted { format!("{blank}\"{text}\"{blank}") } else { format!("{blank}{text}{blank}") }
    }

    fn line(&self, cells: &[String], first: bool) -> String {
        let row = cells.join(self.separator);
        match (self.framed, self.ended || (first && self.header_ended)) {
            (true, _) => format!("|{row}|"),
            (false, true) => format!("{row}{}", self.separator),
            (false, false) => row,
        }
    }

    /// The text of a table with these rows; `None` is a missing cell.
    fn write(&self, rows: &[[Option<(i64, usize)>; 2]]) -> String {
        let mut lines: Vec<String> = Vec::new();
        if self.named {
            lines.push(format!("sep={}", self.separator));
        }
        lines.extend(self.above.iter().map(|&line| line.to_owned()));
        lines.push(self.line(&["living area", "price"].map(|name| self.quote(name)), true));
        if self.framed {
            lines.push("|------|:----:|".to_owned());
        }
        let cell = |cell: &Option<(i64, usize)>| match cell {
            Some((hundredths, decimals)) => self.cell(&self.style.write(*hundredths, *decimals)),
            None => self.quote(self.missing),
        };
        lines.extend(rows.iter().map(|row| self.line(&row.each_ref().map(cell), false)));
        format!("{}{}{}", self.mark, lines.join(self.line_break), self.line_break)
    }
}

/// Rows whose numbers leave no doubt about their marks: the first row has two decimals and a group.
fn rows() -> impl Strategy<Value = Vec<[Option<(i64, usize)>; 2]>> {
    let cell = || prop_oneof![4 => numbers().prop_map(Some), 1 => Just(None)];
    let certain = || (100_001..=9_999_999i64).prop_map(|n| Some((if n % 10 == 0 { n + 1 } else { n }, 2)));
    let certain = proptest::collection::vec((certain(), certain()), 4);
    (certain, proptest::collection::vec((cell(), cell()), 0..5)).prop_map(|(certain, more)| {
        // A line without any cell is no row.
        certain
            .into_iter()
            .chain(more)
            .map(|(a, b)| if b.is_none() { [a.or(Some((1, 2))), b] } else { [a, b] })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn a_table_in_any_country_s_style_is_read_back(habit in habits(), rows in rows()) {
        let text = habit.write(&rows);
        let table = table::read(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        prop_assert_eq!(table.columns().iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["living area", "price"], "{}", text);
        for (at, column) in table.columns().iter().enumerate() {
            let wanted: Vec<Option<f64>> = rows.iter().map(|row| row[at].map(value)).collect();
            match &column.cells {
                Cells::Numbers(read) => prop_assert_eq!(read, &wanted, "{}\n{:?}", text, table.report()),
                Cells::Words(words) => prop_assert!(false, "{words:?}\n{text}\n{:?}", table.report()),
            }
        }
        prop_assert_eq!(table.report().issue_count, 0, "{:?}\n{}", table.report(), text);
        // Whatever is no row is said.
        let aside = table.report().notes.iter().any(|note| matches!(note, Note::Aside { .. }));
        prop_assert_eq!(aside, habit.above.iter().any(|line| !line.is_empty()), "{:?}", table.report().notes);
    }

    #[test]
    fn a_slip_in_a_table_is_told_with_its_line_its_cell_and_why(
        habit in habits(), rows in rows(), at in 0..4usize, column in 0..2usize, slip in select(&["1,2,3", "0,,5", "1.2.3", "12abc", "5%5", "twelve"][..]),
    ) {
        let mut rows: Vec<_> = rows.iter().map(|row| row.map(|cell| cell.or(Some((100_001, 2))))).collect();
        let habit = Habit { missing: slip, currency: "", ..habit };
        let sound = habit.write(&rows);
        prop_assert_eq!(table::read(&sound).unwrap().report().issue_count, 0, "{}", sound);
        rows[at][column] = None;
        let text = habit.write(&rows);
        let table = table::read(&text).unwrap();
        let report = table.report();
        prop_assert_eq!((report.issue_count, report.issues.len()), (1, 1), "{}\n{:?}", text, report);
        let issue = &report.issues[0];
        let line = text.replace("\r\n", "\n").replace('\r', "\n").lines().position(|line| line.contains(slip)).unwrap() + 1;
        prop_assert_eq!(issue.line as usize, line, "{}", text);
        prop_assert_eq!(issue.column.as_deref(), Some(["living area", "price"][column]));
        let Problem::NotNumber { cell, slip: why } = &issue.problem else { panic!("{issue:?}") };
        prop_assert_eq!(cell.as_str(), slip);
        prop_assert_eq!(*why == Slip::Marks, !slip.contains(char::is_alphabetic) && !slip.contains('%'));
        prop_assert!(issue.problem.to_string().contains(slip));
    }

    #[test]
    fn no_text_makes_the_reader_stumble(text in "[-a-c0-9,;|\t \"#=.\n'%€()]{0,80}") {
        match table::read(&text) {
            Ok(table) => {
                for column in table.columns() {
                    if let Cells::Numbers(cells) = &column.cells {
                        prop_assert!(cells.len() == table.rows() && cells.iter().flatten().all(|v| v.is_finite()));
                    }
                }
            }
            Err(error) => prop_assert!(!error.to_string().is_empty() && !error.hint().is_empty()),
        }
    }
}
