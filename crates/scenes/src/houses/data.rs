//! The sales behind the picture: the 2,930 of Ames that ship with the project, or a table of the learner's own.

use std::sync::{Arc, OnceLock};

use super::issues::Issues;
use crate::number::{dollars, fixed, significant, thousands_of_dollars, trimmed};
use descent::table::{self, Cells, Gaps, TableError};

/// The name of the built-in table, in attributes and in links.
pub const AMES: &str = "ames";
/// The target of the built-in table.
pub const AMES_TARGET: &str = "price_usd";
/// Its feature at first.
pub const AMES_FEATURE: &str = "living_area_sqft";

/// Numbers beyond this are left out: their squares would leave little room in a double.
const LARGEST: f64 = 1e50;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// US dollars.
    Dollars,
    /// Square feet.
    SquareFeet,
    /// A calendar year: no commas in it.
    Year,
    /// Anything else: plain numbers.
    Plain,
}

/// A column of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name in the table.
    pub id: String,
    /// Its name for people: "living area".
    pub label: String,
    /// What it counts.
    pub unit: Unit,
    /// One more of it, for "price per …": "sq ft", "bedroom".
    pub one: String,
}

impl Column {
    /// What a name tells about a column.
    pub(super) fn new(id: &str) -> Self {
        let lower = id.to_lowercase();
        let unit = if lower.ends_with("_usd") || lower.contains("dollar") || lower.contains('$') {
            Unit::Dollars
        } else if lower.ends_with("sqft") || lower.ends_with("sq_ft") || lower.ends_with("sq ft") {
            Unit::SquareFeet
        } else if lower.starts_with("year") || lower.ends_with("year") {
            Unit::Year
        } else {
            Unit::Plain
        };
        let label = match id {
            AMES_TARGET => "sale price".to_owned(),
            "lot_area_sqft" => "lot area".to_owned(),
            "full_baths" => "full bathrooms".to_owned(),
            _ => {
                let words = id.replace('_', " ");
                let trimmed = ["usd", "sqft", "sq ft"].iter().find_map(|unit| words.strip_suffix(unit));
                trimmed.map(str::trim_end).filter(|w| !w.is_empty()).unwrap_or(&words).to_owned()
            }
        };
        let one = match (unit, id) {
            (Unit::SquareFeet, _) => "sq ft".to_owned(),
            (Unit::Year, _) => "year".to_owned(),
            (_, "overall_quality") => "point of quality".to_owned(),
            (_, "overall_condition") => "point of condition".to_owned(),
            (_, "bedrooms") => "bedroom".to_owned(),
            (_, "full_baths") => "full bathroom".to_owned(),
            (_, "rooms") => "room".to_owned(),
            (_, "fireplaces") => "fireplace".to_owned(),
            _ => format!("unit of {label}"),
        };
        Self { id: id.to_owned(), label, unit, one }
    }

    /// The name in one or two words, for narrow places: "price" for "sale price".
    #[must_use]
    pub fn short(&self) -> &str {
        if self.label.ends_with(" price") { "price" } else { &self.label }
    }

    /// Where the feature is 0, in words.
    #[must_use]
    pub fn at_zero(&self) -> String {
        match self.unit {
            Unit::SquareFeet => "at 0 sq ft".to_owned(),
            Unit::Year => "in the year 0".to_owned(),
            Unit::Dollars | Unit::Plain => format!("where {} is 0", self.label),
        }
    }

    /// A value of this column in words: `2,520 sq ft`, `$450,000`, `1960`.
    #[must_use]
    pub fn words(&self, value: f64) -> String {
        match self.unit {
            Unit::SquareFeet => format!("{} sq ft", self.number(value)),
            Unit::Dollars | Unit::Year | Unit::Plain => self.number(value),
        }
    }

    /// The same without what is counted, for the equation: `2,520`, `$450,000`.
    #[must_use]
    pub fn number(&self, value: f64) -> String {
        match self.unit {
            Unit::Dollars => money(value),
            Unit::Year if value.abs() < 1e5 && value.fract() == 0.0 => format!("{value}"),
            _ => number(value),
        }
    }

    /// A short form for pictures: `$56k`, `1.2`.
    #[must_use]
    pub fn brief(&self, value: f64) -> String {
        let size = value.abs();
        match self.unit {
            Unit::Dollars if size >= 1e12 => money(value),
            Unit::Dollars if size >= 999_500.0 => {
                let sign = if value < 0.0 { "−" } else { "" };
                format!("{sign}${}M", trimmed(size / 1e6, 3))
            }
            Unit::Dollars if size >= 999.5 => thousands_of_dollars(value, 0),
            Unit::Dollars => money(value),
            _ => trimmed(value, 3),
        }
    }
}

/// Whole dollars, or three digits where there are less than a hundred.
fn money(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 || (99.5..1e12).contains(&size) {
        return dollars(value);
    }
    let sign = if value < 0.0 { "−" } else { "" };
    format!("{sign}${}", significant(size, 3))
}

/// Whole numbers as they are, others with five digits.
fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e12 { fixed(value, 0) } else { trimmed(value, 5) }
}

impl Column {
    /// The name with its unit: "living area, sq ft".
    #[must_use]
    pub fn label_with_unit(&self) -> String {
        match self.unit {
            Unit::SquareFeet => format!("{}, sq ft", self.label),
            Unit::Dollars | Unit::Year | Unit::Plain => self.label.clone(),
        }
    }
}

/// A table with the columns that can be plotted.
#[derive(Clone, Debug, PartialEq)]
pub struct Sales {
    /// "ames", or the name the learner's table came with.
    pub label: String,
    /// Whether it ships with the project, so that a link can name it.
    pub built_in: bool,
    /// The columns of numbers.
    pub columns: Vec<Column>,
    /// The cells of those columns, none where one is empty or unreadable.
    values: Vec<Vec<Option<f64>>>,
    /// Where those columns have nothing to read.
    gaps: Vec<Gaps>,
    /// What reading found: rows, lines that did not fit.
    pub report: table::Report,
}

/// Complete rows of one feature and the target.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Houses {
    /// The feature, one value a house.
    pub x: Vec<f64>,
    /// The target, one value a house.
    pub y: Vec<f64>,
    /// Rows left out, in words, with their number.
    pub dropped: Vec<(String, usize)>,
    /// What is wrong in which line.
    pub issues: Issues,
}

/// Why a table, or two columns of it, cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub enum DataError {
    /// The text cannot be read as a table.
    Unreadable(TableError),
    /// Fewer than two columns hold numbers.
    TooFewColumns {
        /// Names of those that do.
        numeric: Vec<String>,
    },
    /// No column of numbers has this name.
    NoSuchColumn(String),
    /// The feature is the target.
    SameColumn(String),
    /// Fewer than two rows hold a number in both columns.
    TooFewRows {
        /// How many do.
        complete: usize,
    },
}

impl DataError {
    /// A short stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(error) => error.code(),
            Self::TooFewColumns { .. } => "E_TABLE_TOO_FEW_NUMERIC",
            Self::NoSuchColumn(_) => "E_UNKNOWN_COLUMN",
            Self::SameColumn(_) => "E_SAME_COLUMN",
            Self::TooFewRows { .. } => "E_TOO_FEW_ROWS",
        }
    }
}

/// What is wrong and what to do, in one or two sentences.
impl core::fmt::Display for DataError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "{error} {}", error.hint()),
            Self::TooFewColumns { numeric } if numeric.is_empty() => write!(
                f,
                "No column holds numbers. A line needs two: one to guess from, such as area, and one to guess, such as price."
            ),
            Self::TooFewColumns { numeric } => write!(
                f,
                "Only “{}” holds numbers. A line needs two columns of numbers: one to guess from and one to guess.",
                numeric.join("”, “")
            ),
            Self::NoSuchColumn(name) => write!(f, "No column of numbers is called “{name}”. Choose one from the list."),
            Self::SameColumn(name) => {
                write!(f, "“{name}” cannot be guessed from itself. Choose another column for one of the two.")
            }
            Self::TooFewRows { complete } => write!(
                f,
                "{complete} {} a number in both columns; a line needs at least two. Choose columns with fewer empty cells.",
                if *complete == 1 { "row has" } else { "rows have" }
            ),
        }
    }
}

impl core::error::Error for DataError {}

impl Sales {
    /// The 2,930 sales of Ames, Iowa, read once and shared.
    #[must_use]
    pub fn ames() -> Arc<Self> {
        static READ: OnceLock<Arc<Sales>> = OnceLock::new();
        READ.get_or_init(|| {
            let text = include_str!("../../../../lessons/data/ames-housing.csv");
            // A test reads it: without rows would only be a picture without dots.
            let nothing = |_| Self {
                label: AMES.to_owned(),
                built_in: true,
                columns: Vec::new(),
                values: Vec::new(),
                gaps: Vec::new(),
                report: table::Report::default(),
            };
            let read = Self::read(AMES, text).map(|sales| Self { built_in: true, ..sales });
            Arc::new(read.unwrap_or_else(nothing))
        })
        .clone()
    }

    /// Reads a learner's table.
    ///
    /// # Errors
    /// [`DataError::Unreadable`], [`DataError::TooFewColumns`].
    pub fn read(label: &str, text: &str) -> Result<Self, DataError> {
        let table = table::read(text).map_err(DataError::Unreadable)?;
        let numeric = table.numeric_names();
        if numeric.len() < 2 {
            return Err(DataError::TooFewColumns { numeric });
        }
        let (mut columns, mut values, mut gaps) = (Vec::new(), Vec::new(), Vec::new());
        for column in table.columns() {
            if let Cells::Numbers(cells) = &column.cells {
                columns.push(Column::new(&column.name));
                values.push(cells.clone());
                gaps.push(table.gaps(&column.name).cloned().unwrap_or_default());
            }
        }
        let label = label.chars().take(80).collect();
        Ok(Self { label, built_in: false, columns, values, gaps, report: table.report().clone() })
    }

    /// The column of numbers with this name.
    ///
    /// # Errors
    /// [`DataError::NoSuchColumn`].
    pub fn column(&self, id: &str) -> Result<&Column, DataError> {
        let exact = self.columns.iter().find(|c| c.id == id);
        let lenient = || self.columns.iter().find(|c| c.id.eq_ignore_ascii_case(id.trim()));
        exact.or_else(lenient).ok_or_else(|| DataError::NoSuchColumn(id.chars().take(80).collect()))
    }

    /// The complete rows of a feature and a target.
    ///
    /// # Errors
    /// [`DataError::NoSuchColumn`], [`DataError::SameColumn`], [`DataError::TooFewRows`].
    pub fn houses(&self, feature: &str, target: &str) -> Result<Houses, DataError> {
        let (feature, target) = (&self.column(feature)?.id, &self.column(target)?.id);
        if feature == target {
            return Err(DataError::SameColumn(feature.clone()));
        }
        let (xs, ys) = (self.numbers(feature), self.numbers(target));
        let none = Gaps::default();
        let gaps = |id: &str| self.position(id).and_then(|at| self.gaps.get(at)).unwrap_or(&none);
        let issues = Issues::new(&self.report, [gaps(feature), gaps(target)]);
        let (mut x, mut y) = (Vec::with_capacity(xs.len()), Vec::with_capacity(xs.len()));
        let (mut no_x, mut no_y, mut too_large) = (0, 0, 0);
        for (a, b) in xs.iter().zip(ys) {
            match (a, b) {
                (None, _) => no_x += 1,
                (_, None) => no_y += 1,
                (Some(a), Some(b)) if a.abs() > LARGEST || b.abs() > LARGEST => too_large += 1,
                (Some(a), Some(b)) => {
                    x.push(*a);
                    y.push(*b);
                }
            }
        }
        let mut dropped = Vec::new();
        for (reason, count) in [
            (format!("no number in “{feature}”"), no_x),
            (format!("no number in “{target}”"), no_y),
            ("a number too large to plot".to_owned(), too_large),
            ("not as many cells as the first line".to_owned(), self.report.malformed_rows),
        ] {
            if count > 0 {
                dropped.push((reason, count));
            }
        }
        if x.len() < 2 {
            return Err(DataError::TooFewRows { complete: x.len() });
        }
        Ok(Houses { x, y, dropped, issues })
    }

    fn numbers(&self, id: &str) -> &[Option<f64>] {
        self.position(id).and_then(|at| self.values.get(at)).map_or(&[], Vec::as_slice)
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.id == id)
    }

    /// The likeliest target: a column that sounds like a price, else the last one.
    #[must_use]
    pub fn likely_target(&self) -> Option<&str> {
        const WORDS: [&str; 10] =
            ["price", "sold", "sale", "cost", "value", "usd", "preis", "prix", "precio", "target"];
        let sounds = |column: &&Column| {
            let id = column.id.to_lowercase();
            // "year_sold" and "price_per_sqft" do not name what a house fetched.
            WORDS.iter().any(|w| id.contains(w)) && !id.contains("year") && !id.contains("per")
        };
        let by_word = WORDS
            .iter()
            .find_map(|word| self.columns.iter().filter(sounds).find(|column| column.id.to_lowercase().contains(word)));
        by_word.or(self.columns.last()).map(|c| c.id.as_str())
    }

    /// The feature from which a line guesses the target best: the one most correlated with it.
    #[must_use]
    pub fn likely_feature(&self, target: &str) -> Option<&str> {
        let mut best: Option<(&str, f64)> = None;
        for column in self.columns.iter().filter(|c| c.id != target) {
            let Ok(houses) = self.houses(&column.id, target) else { continue };
            let bowl = super::bowl::Bowl::new(&houses.x, &houses.y);
            let strength = if bowl.deviation_y > 0.0 { (bowl.best_w / bowl.deviation_y).abs() } else { 0.0 };
            // The first column wins a tie, and a NaN never wins.
            if best.is_none_or(|(_, s)| strength > s) {
                best = Some((&column.id, strength));
            }
        }
        best.map(|(id, _)| id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ames_has_2930_sales_and_every_numeric_column_but_the_target_as_a_feature() {
        let ames = Sales::ames();
        assert_eq!((ames.label.as_str(), ames.built_in, ames.report.rows, ames.columns.len()), (AMES, true, 2930, 13));
        let houses = ames.houses(AMES_FEATURE, AMES_TARGET).unwrap();
        assert_eq!((houses.x.len(), houses.x[0], houses.y[0]), (2930, 1656.0, 215_000.0));
        assert!(houses.dropped.is_empty());
        assert_eq!(ames.column(AMES_FEATURE).unwrap().label_with_unit(), "living area, sq ft");
        assert_eq!(
            ames.houses("garage_sqft", AMES_TARGET).unwrap().dropped,
            [("no number in “garage_sqft”".into(), 1)]
        );
    }

    #[test]
    fn the_likely_columns_of_ames_are_price_and_quality() {
        // overall_quality is more correlated with the price than the living area is.
        let ames = Sales::ames();
        assert_eq!(ames.likely_target(), Some(AMES_TARGET));
        assert_eq!(ames.likely_feature(AMES_TARGET), Some("overall_quality"));
    }

    #[test]
    fn a_table_of_one_s_own_is_guessed_by_name_and_correlation() {
        let sales =
            Sales::read("mine.csv", "id,year_sold,Price,size\n1,2001,10,1\n2,2001,21,2\n9,2003,29,3\n4,2002,41,4\n")
                .unwrap();
        assert_eq!(sales.likely_target(), Some("Price"));
        assert_eq!(sales.likely_feature("Price"), Some("size"));
        assert!(!sales.built_in);
    }

    #[test]
    fn what_cannot_be_plotted_is_refused_with_what_to_do() {
        let code = |r: Result<Sales, DataError>| r.map(|_| ()).unwrap_err().code();
        assert_eq!(code(Sales::read("x", "")), "E_TABLE_EMPTY");
        assert_eq!(code(Sales::read("x", "name,price\na,1\nb,2\n")), "E_TABLE_TOO_FEW_NUMERIC");
        let sales = Sales::read("x", "a,b\n1,\n,2\n3,4\n").unwrap();
        assert_eq!(sales.houses("a", "b"), Err(DataError::TooFewRows { complete: 1 }));
        assert_eq!(sales.houses("a", "a"), Err(DataError::SameColumn("a".into())));
        assert_eq!(
            sales.houses("c", "a").unwrap_err().to_string(),
            "No column of numbers is called “c”. Choose one from the list."
        );
    }

    #[test]
    fn numbers_whose_squares_would_overflow_are_left_out_and_counted() {
        let sales = Sales::read("x", "a,b\n1,2\n3,1e200\n3,4\n").unwrap();
        let houses = sales.houses("a", "b").unwrap();
        assert_eq!(
            (houses.x.len(), houses.dropped.as_slice()),
            (2, [("a number too large to plot".to_owned(), 1)].as_slice())
        );
    }
}
