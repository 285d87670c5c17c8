//! The tables behind the picture: those that were handed in, read once, and a learner's own.

use std::cell::RefCell;
use std::sync::Arc;

use descent::table::{self, Cells, Gaps, Report, RowIssue, TableError};

use super::fit::Fit;
use crate::kit::settings::Refusal;
use crate::kit::{Named, Point};
use crate::words::En;

/// What the sales of Ames are guessed from, and what is guessed, unless told otherwise.
const USUAL: [&str; 2] = ["living_area_sqft", "price_usd"];
/// Numbers beyond this are left out: their squares would leave little room in a double.
const LARGEST: f64 = 1e50;
/// How many problems of a table are named.
const NAMED: usize = 20;

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
    /// The same as words, without its unit: "garage".
    pub name: String,
    /// What it counts.
    pub unit: Unit,
    /// Whether the table is one of those handed in, whose columns have names in every language.
    pub known: bool,
}

impl Column {
    /// What a name tells about a column.
    fn new(id: &str, known: bool) -> Self {
        let lower = id.to_lowercase();
        let ends = |units: &[&str]| units.iter().any(|unit| lower.ends_with(unit));
        let unit = if ends(&["_usd"]) || lower.contains("dollar") || lower.contains('$') {
            Unit::Dollars
        } else if ends(&["sqft", "sq_ft", "sq ft"]) {
            Unit::SquareFeet
        } else if lower.starts_with("year") || ends(&["year"]) {
            Unit::Year
        } else {
            Unit::Plain
        };
        let words = id.replace('_', " ");
        let bare = ["usd", "sqft", "sq ft"].iter().find_map(|unit| words.strip_suffix(unit)).map(str::trim_end);
        let name = bare.filter(|w| !w.is_empty()).unwrap_or(&words).to_owned();
        Self { id: id.to_owned(), name, unit, known }
    }
}

/// Why rows are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// No number in this column.
    NoNumber(String),
    /// A number too large to plot.
    TooLarge,
    /// Not as many cells as the first line.
    Cells,
}

/// Why a table, or two columns of it, cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub enum DataError {
    /// The text cannot be read as a table.
    Unreadable(TableError),
    /// Fewer than two columns hold numbers: these do.
    TooFewColumns(Vec<String>),
    /// No column of numbers has this name.
    NoSuchColumn {
        /// The setting that names it.
        about: &'static str,
        /// The name.
        name: String,
        /// What may have been meant.
        guess: Option<String>,
    },
    /// The feature is the target.
    SameColumn(String),
    /// Only so many rows hold a number in both columns.
    TooFewRows(usize),
}

impl DataError {
    /// A short stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(error) => error.code(),
            Self::TooFewColumns(_) => "E_TABLE_TOO_FEW_NUMERIC",
            Self::NoSuchColumn { .. } => "E_UNKNOWN_COLUMN",
            Self::SameColumn(_) => "E_SAME_COLUMN",
            Self::TooFewRows(_) => "E_TOO_FEW_ROWS",
        }
    }

    /// The same for whoever wrote the page.
    pub fn refusal(&self) -> Refusal {
        let about = match self {
            Self::NoSuchColumn { about, .. } => about,
            Self::SameColumn(_) | Self::TooFewRows(_) => "features",
            Self::Unreadable(_) | Self::TooFewColumns(_) => "data",
        };
        Refusal::new(self.code(), about, super::words::HousesWords::data_error(&En, self))
    }
}

/// A table with the columns that can be plotted.
#[derive(Clone, Debug)]
pub(super) struct Sales {
    /// "ames", or the name the learner's table came with.
    pub label: String,
    /// Whether it was handed in, so that a link can name it.
    pub known: bool,
    /// The columns of numbers.
    pub columns: Vec<Column>,
    /// Their cells, none where one is empty or unreadable, and where they have nothing to read.
    cells: Vec<(Vec<Option<f64>>, Gaps)>,
    /// What reading found: rows, lines that did not fit.
    pub report: Report,
}

/// Complete rows of a feature and a target.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    pub feature: Column,
    pub target: Column,
    /// Feature and target of each.
    pub houses: Arc<Vec<Point>>,
    /// Rows left out, with their number.
    pub dropped: Vec<(Dropped, usize)>,
    /// The first problems by line, at most twenty, and how many there are.
    pub issues: Vec<RowIssue>,
    pub issue_count: usize,
}

impl Sales {
    /// A table that was handed in. Its text is read once, however many widgets show it.
    pub(super) fn of(table: &Named) -> Result<Arc<Self>, DataError> {
        const KEPT: usize = 4;
        thread_local! { static READ: RefCell<Vec<(Arc<str>, Arc<Sales>)>> = const { RefCell::new(Vec::new()) }; }
        READ.with_borrow_mut(|read| {
            let same = |(text, _): &&(Arc<str>, Arc<Self>)| Arc::ptr_eq(text, &table.text) || **text == *table.text;
            if let Some((_, sales)) = read.iter().find(same) {
                return Ok(sales.clone());
            }
            let sales = Arc::new(Self::read(&table.name, &table.text, true)?);
            read.truncate(KEPT - 1);
            read.insert(0, (table.text.clone(), sales.clone()));
            Ok(sales)
        })
    }

    /// No table.
    pub(super) fn none() -> Self {
        let (columns, cells) = (Vec::new(), Vec::new());
        Self { label: String::new(), known: true, columns, cells, report: Report::default() }
    }

    /// Reads a table.
    pub(super) fn read(label: &str, text: &str, known: bool) -> Result<Self, DataError> {
        let table = table::read(text).map_err(DataError::Unreadable)?;
        let numeric = table.numeric_names();
        if numeric.len() < 2 {
            return Err(DataError::TooFewColumns(numeric));
        }
        let (mut columns, mut cells) = (Vec::new(), Vec::new());
        for column in table.columns() {
            if let Cells::Numbers(numbers) = &column.cells {
                columns.push(Column::new(&column.name, known));
                cells.push((numbers.clone(), table.gaps(&column.name).cloned().unwrap_or_default()));
            }
        }
        Ok(Self { label: label.chars().take(80).collect(), known, columns, cells, report: table.report().clone() })
    }

    /// The column that a setting names.
    fn find(&self, about: &'static str, id: &str) -> Result<usize, DataError> {
        let place = |same: &dyn Fn(&str) -> bool| self.columns.iter().position(|c| same(&c.id));
        let lenient = || place(&|name| name.eq_ignore_ascii_case(id.trim()));
        place(&|name| name == id).or_else(lenient).ok_or_else(|| {
            let guess = calculus::spelling::nearest(id, self.columns.iter().map(|c| c.id.as_str()));
            let guess = guess.map(str::to_owned);
            DataError::NoSuchColumn { about, name: id.chars().take(80).collect(), guess }
        })
    }

    /// The complete rows of two columns; those that are not named are the usual or the likeliest ones.
    pub(super) fn choose(&self, features: &[String], target: Option<&str>) -> Result<Rows, DataError> {
        let target = match target {
            Some(id) => self.find("target", id)?,
            None => self.likely_target(),
        };
        // A name with blanks may have been taken for several.
        let whole = (features.len() > 1).then(|| self.find("features", &features.join(" ")).ok()).flatten();
        let feature = match (whole, features.first()) {
            (Some(at), _) => at,
            (None, Some(id)) => self.find("features", id)?,
            (None, None) => self.likely_feature(target),
        };
        self.rows(feature, target)
    }

    fn rows(&self, feature: usize, target: usize) -> Result<Rows, DataError> {
        let get = |at: usize| self.columns.get(at).zip(self.cells.get(at)).ok_or(DataError::TooFewColumns(Vec::new()));
        let ((feature, (xs, no_x)), (target, (ys, no_y))) = (get(feature)?, get(target)?);
        if feature.id == target.id {
            return Err(DataError::SameColumn(feature.id.clone()));
        }
        let (mut houses, mut counts) = (Vec::with_capacity(xs.len()), [0; 3]);
        for (a, b) in xs.iter().zip(ys) {
            match (a, b) {
                (None, _) => counts[0] += 1,
                (_, None) => counts[1] += 1,
                (Some(a), Some(b)) if a.abs() > LARGEST || b.abs() > LARGEST => counts[2] += 1,
                (Some(a), Some(b)) => houses.push((*a, *b)),
            }
        }
        if houses.len() < 2 {
            return Err(DataError::TooFewRows(houses.len()));
        }
        let reasons = [Dropped::NoNumber(feature.id.clone()), Dropped::NoNumber(target.id.clone()), Dropped::TooLarge];
        let dropped = reasons.into_iter().zip(counts).chain([(Dropped::Cells, self.report.malformed_rows)]);
        // Each list is sorted and longer than what is named, or whole: the first ones of all are among their first ones.
        let lists = [&self.report.issues, &no_x.named, &no_y.named];
        let mut issues: Vec<RowIssue> = lists.iter().flat_map(|list| list.iter().take(NAMED)).cloned().collect();
        issues.sort_by_key(|issue| issue.line);
        issues.truncate(NAMED);
        Ok(Rows {
            feature: feature.clone(),
            target: target.clone(),
            dropped: dropped.filter(|(_, count)| *count > 0).collect(),
            houses: Arc::new(houses),
            issues,
            issue_count: self.report.issue_count + no_x.count + no_y.count,
        })
    }

    /// The likeliest target: a column that sounds like a price, else the last one.
    fn likely_target(&self) -> usize {
        const WORDS: [&str; 10] =
            ["price", "sold", "sale", "cost", "value", "usd", "preis", "prix", "precio", "target"];
        // "year_sold" and "price_per_sqft" do not name what a house fetched.
        let named = |word: &str| {
            let ids = self.columns.iter().map(|column| column.id.to_lowercase());
            ids.enumerate().find(|(_, id)| id.contains(word) && !id.contains("year") && !id.contains("per"))
        };
        WORDS.iter().find_map(|word| named(word)).map_or(self.columns.len().saturating_sub(1), |(at, _)| at)
    }

    /// The usual feature, else the one from which a line guesses the target best: the one most correlated with it.
    fn likely_feature(&self, target: usize) -> usize {
        let id = |at: usize| self.columns.get(at).map(|column| column.id.as_str());
        if self.known
            && id(target) == Some(USUAL[1])
            && let Ok(usual) = self.find("", USUAL[0])
        {
            return usual;
        }
        let mut best = None;
        for at in (0..self.columns.len()).filter(|at| *at != target) {
            let Ok(rows) = self.rows(at, target) else { continue };
            let fit = Fit::new(&rows.houses, true);
            let strength = if fit.deviation > 0.0 { (fit.best[0] / fit.deviation).abs() } else { 0.0 };
            // The first column wins a tie, and a NaN never wins.
            if best.is_none_or(|(_, most)| strength > most) {
                best = Some((at, strength));
            }
        }
        // Without any usable pair the first other column says why.
        best.map_or(usize::from(target == 0), |(at, _)| at)
    }
}

impl Rows {
    /// Two made-up houses, for a table that holds none.
    pub(super) fn made_up() -> Self {
        let [feature, target] = USUAL.map(|id| Column::new(id, true));
        let houses = Arc::new(vec![(0.0, 0.0), (1.0, 1.0)]);
        Self { feature, target, houses, dropped: Vec::new(), issues: Vec::new(), issue_count: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Sales {
        Sales::read("mine.csv", text, false).unwrap()
    }

    #[test]
    fn a_table_of_one_s_own_is_guessed_by_name_and_correlation() {
        let rows =
            read("id,year_sold,Price,size\n1,2001,10,1\n2,2001,21,2\n9,2003,29,3\n4,2002,41,4\n").choose(&[], None);
        let rows = rows.unwrap();
        assert_eq!((rows.feature.id.as_str(), rows.target.id.as_str()), ("size", "Price"));
    }

    #[test]
    fn what_cannot_be_plotted_is_refused_with_what_to_do() {
        let sales = read("a,b\n1,\n,2\n3,4\n");
        assert_eq!(sales.choose(&["a".into()], Some("b")).unwrap_err(), DataError::TooFewRows(1));
        assert_eq!(sales.choose(&["a".into()], Some("a")).unwrap_err(), DataError::SameColumn("a".into()));
        let wrong = read("size,price\n1,2\n3,4\n").choose(&["sise".into()], None).unwrap_err();
        assert_eq!(wrong.refusal().to_string(), "No column of numbers is called “sise”. Did you mean “size”?");
        assert!(matches!(Sales::read("x", "name,price\na,1\n", false), Err(DataError::TooFewColumns(_))));
    }

    #[test]
    fn numbers_whose_squares_would_overflow_are_left_out_and_counted() {
        let rows = read("a,b\n1,2\n3,1e200\n3,4\n").choose(&[], None).unwrap();
        assert_eq!((rows.houses.len(), rows.dropped), (2, vec![(Dropped::TooLarge, 1)]));
    }

    #[test]
    fn a_name_with_blanks_is_one_name() {
        let rows = read("living area,price\n1,2\n2,3\n").choose(&["living".into(), "area".into()], None).unwrap();
        assert_eq!((rows.feature.id.as_str(), rows.feature.name.as_str()), ("living area", "living area"));
    }
}
