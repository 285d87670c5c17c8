//! Tables that a widget shows: those that were handed in, read once, and a learner's own; two columns of them, and what is to be told
//! of that.

use calculus::sort::sort_by_key;
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use descent::regression::Line;
use descent::table::{self, Cells, Gaps, Note, Problem, Report, RowIssue, TableError};

use super::marks::Point;
use super::settings::Refusal;
use super::supply::{Named, Supply};
use crate::number::Locale;
use crate::plain;

/// Numbers beyond this are left out: their squares would leave little room in a double.
const LARGEST: f64 = 1e50;
/// How many reasons are given for what cannot be used.
const REASONS: usize = 2;
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

    /// A value of this column: `2,520`, `$450,000`, `1960`.
    pub fn number(&self, value: f64, locale: &Locale) -> String {
        match self.unit {
            Unit::Dollars => money(value, locale),
            Unit::Year if value.abs() < 1e5 && value.fract() == 0.0 => format!("{value}"),
            _ if value.fract() == 0.0 && value.abs() < 1e12 => locale.fixed(value, 0),
            _ => locale.trimmed(value, 5),
        }
    }
}

/// Whole dollars, or three digits where there are less than a hundred.
pub(crate) fn money(value: f64, locale: &Locale) -> String {
    if value == 0.0 || (99.5..1e12).contains(&value.abs()) {
        return locale.dollars(value);
    }
    locale.money(&locale.significant(value, 3), "")
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
    /// Fewer than two columns hold numbers.
    TooFewColumns {
        /// Those that do.
        numeric: Vec<String>,
        /// How many columns there are.
        columns: usize,
        /// Why others do not, of the first of them.
        why: Vec<RowIssue>,
    },
    /// No column of numbers has this name.
    NoSuchColumn {
        /// The setting that names it.
        about: &'static str,
        /// The name.
        name: String,
        /// What may have been meant.
        guess: Option<String>,
        /// Why the column of this name, if there is one, holds none.
        why: Vec<RowIssue>,
    },
    /// The feature is the target.
    SameColumn(String),
    /// Only so many rows hold a number in both columns.
    TooFewRows {
        /// So many.
        complete: usize,
        /// What is wrong with others, of the first of them.
        why: Vec<RowIssue>,
    },
}

impl DataError {
    /// A short stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(error) => error.code(),
            Self::TooFewColumns { .. } => "E_TABLE_TOO_FEW_NUMERIC",
            Self::NoSuchColumn { .. } => "E_UNKNOWN_COLUMN",
            Self::SameColumn(_) => "E_SAME_COLUMN",
            Self::TooFewRows { .. } => "E_TOO_FEW_ROWS",
        }
    }

    fn no_columns() -> Self {
        Self::TooFewColumns { numeric: Vec::new(), columns: 0, why: Vec::new() }
    }

    /// The same for whoever wrote the page.
    pub fn refusal(&self) -> Refusal {
        let about = match self {
            Self::NoSuchColumn { about, .. } => about,
            Self::SameColumn(_) | Self::TooFewRows { .. } => "features",
            Self::Unreadable(_) | Self::TooFewColumns { .. } => "data",
        };
        Refusal::new(self.code(), about, |language| language.kit().data_error(self))
    }
}

/// A table with the columns that can be plotted.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
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
    /// As it was handed in.
    text: Arc<str>,
    /// No other sheet has it.
    number: u64,
}

/// Complete rows of a feature and a target.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    /// Another number whenever columns are chosen.
    pub version: u64,
    pub feature: Column,
    pub target: Column,
    /// Feature and target of each.
    pub points: Arc<Vec<Point>>,
    /// Rows left out, with their number.
    pub dropped: Vec<(Dropped, usize)>,
    /// The first problems by line, at most twenty, and how many there are.
    pub issues: Vec<RowIssue>,
    pub issue_count: usize,
}

impl Sheet {
    /// The table as it was handed in and its number, where it is a learner's own.
    pub fn own(&self) -> Option<(u64, Named)> {
        (!self.known).then(|| (self.number, Named { name: self.label.clone(), text: self.text.clone() }))
    }

    /// A table that was handed in. Its text is read once, however many widgets show it.
    pub(crate) fn of(table: &Named) -> Result<Arc<Self>, DataError> {
        const KEPT: usize = 4;
        thread_local! { static READ: RefCell<Vec<(Arc<str>, Arc<Sheet>)>> = const { RefCell::new(Vec::new()) }; }
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

    /// The table of this name.
    pub(crate) fn named(supply: &Supply, name: &str) -> Result<Arc<Self>, Refusal> {
        let name: String = name.trim().chars().take(40).collect();
        if let Some(table) = supply.table(&name.to_lowercase()) {
            return Self::of(table).map_err(|error| error.refusal());
        }
        let refusal = Refusal::new("E_SETTING", "data", |language| language.kit().no_table(&name));
        Err(refusal.guess(&name, supply.names()))
    }

    /// No table.
    pub(crate) fn none() -> Self {
        let (columns, cells) = (Vec::new(), Vec::new());
        Self {
            label: String::new(),
            known: true,
            columns,
            cells,
            report: Report::default(),
            text: "".into(),
            number: fresh(),
        }
    }

    /// Reads a table.
    pub(crate) fn read(label: &str, text: &str, known: bool) -> Result<Self, DataError> {
        let table = table::read(text).map_err(DataError::Unreadable)?;
        let numeric = table.numeric_names();
        if numeric.len() < 2 {
            let why = table.report().refused.iter().take(REASONS).cloned().collect();
            return Err(DataError::TooFewColumns { numeric, columns: table.columns().len(), why });
        }
        let (mut columns, mut cells) = (Vec::new(), Vec::new());
        for column in table.columns() {
            if let Cells::Numbers(numbers) = &column.cells {
                columns.push(Column::new(&column.name, known));
                cells.push((numbers.clone(), table.gaps(&column.name).cloned().unwrap_or_default()));
            }
        }
        let report = table.report().clone();
        Ok(Self {
            label: label.chars().take(80).collect(),
            known,
            columns,
            cells,
            report,
            text: text.into(),
            number: fresh(),
        })
    }

    /// The column that a setting names.
    fn find(&self, about: &'static str, id: &str) -> Result<usize, DataError> {
        let place = |same: &dyn Fn(&str) -> bool| self.columns.iter().position(|c| same(&c.id));
        let lenient = || place(&|name| name.eq_ignore_ascii_case(id.trim()));
        place(&|name| name == id).or_else(lenient).ok_or_else(|| {
            let guess = calculus::spelling::nearest(id, self.columns.iter().map(|c| c.id.as_str()));
            let guess = guess.map(str::to_owned);
            let named = |issue: &&RowIssue| issue.column.as_deref() == Some(id.trim());
            let why = self.report.refused.iter().filter(named).take(1).cloned().collect();
            DataError::NoSuchColumn { about, name: id.chars().take(80).collect(), guess, why }
        })
    }

    /// The complete rows of two columns; those that are not named are the usual or the likeliest ones.
    pub(crate) fn choose(
        &self,
        features: &[String],
        target: Option<&str>,
        usual: [&str; 2],
    ) -> Result<Rows, DataError> {
        let target = match target {
            Some(id) => self.find("target", id)?,
            None => self.likely_target(),
        };
        // A name with blanks may have been taken for several.
        let whole = (features.len() > 1).then(|| self.find("features", &features.join(" ")).ok()).flatten();
        let feature = match (whole, features.first()) {
            (Some(at), _) => at,
            (None, Some(id)) => self.find("features", id)?,
            (None, None) => self.likely_feature(target, usual),
        };
        self.rows(feature, target)
    }

    fn rows(&self, feature: usize, target: usize) -> Result<Rows, DataError> {
        let get = |at: usize| self.columns.get(at).zip(self.cells.get(at)).ok_or_else(DataError::no_columns);
        let ((feature, (xs, no_x)), (target, (ys, no_y))) = (get(feature)?, get(target)?);
        if feature.id == target.id {
            return Err(DataError::SameColumn(feature.id.clone()));
        }
        let (mut points, mut counts) = (Vec::with_capacity(xs.len()), [0; 3]);
        for cells in xs.iter().zip(ys) {
            match usable(cells) {
                Ok(point) => points.push(point),
                Err(reason) => counts[reason] += 1,
            }
        }
        let reasons = [Dropped::NoNumber(feature.id.clone()), Dropped::NoNumber(target.id.clone()), Dropped::TooLarge];
        let dropped = reasons.into_iter().zip(counts).chain([(Dropped::Cells, self.report.malformed_rows)]);
        // Each list is sorted and longer than what is named, or whole: the first ones of all are among their first ones.
        let lists = [&self.report.issues, &no_x.named, &no_y.named];
        let mut issues: Vec<RowIssue> = lists.iter().flat_map(|list| list.iter().take(NAMED)).cloned().collect();
        sort_by_key(&mut issues, |issue| issue.line);
        issues.truncate(NAMED);
        if points.len() < 2 {
            let matters = |issue: &RowIssue| {
                issue.column.as_ref().is_none_or(|column| *column == feature.id || *column == target.id)
            };
            let why = issues.into_iter().filter(matters).take(REASONS).collect();
            return Err(DataError::TooFewRows { complete: points.len(), why });
        }
        Ok(Rows {
            version: fresh(),
            feature: feature.clone(),
            target: target.clone(),
            dropped: dropped.filter(|(_, count)| *count > 0).collect(),
            points: Arc::new(points),
            issues,
            issue_count: self.report.issue_count + no_x.count + no_y.count,
        })
    }

    /// Which of these complete rows is the first that has these numbers in columns of these names.
    pub(crate) fn row_with<'a>(&self, rows: &Rows, wanted: impl Iterator<Item = (&'a str, f64)>) -> Option<usize> {
        let column = |id: &str| Some(&self.cells.get(self.columns.iter().position(|c| c.id == id)?)?.0);
        let wanted: Vec<_> = wanted.map(|(id, number)| Some((column(id)?, number))).collect::<Option<_>>()?;
        let (xs, ys) = (column(&rows.feature.id)?, column(&rows.target.id)?);
        let row =
            (0..xs.len()).find(|row| wanted.iter().all(|(cells, number)| cells.get(*row) == Some(&Some(*number))))?;
        let complete = xs.iter().zip(ys).map(|cells| usable(cells).is_ok());
        complete.clone().nth(row)?.then(|| complete.take(row).filter(|complete| *complete).count())
    }

    /// The likeliest target: a column that sounds like a price, else the last one.
    fn likely_target(&self) -> usize {
        const WORDS: [&str; 15] = [
            "price", "sold", "sale", "cost", "value", "usd", "eur", "preis", "kosten", "wert", "prix", "precio",
            "prezzo", "preço", "target",
        ];
        // "year_sold" and "price_per_sqft" do not name what a house fetched.
        const OTHERS: [&str; 11] = ["year", "yr", "month", "mo", "date", "per", "jahr", "pro", "je", "par", "por"];
        let ids: Vec<Vec<String>> = self.columns.iter().map(|column| words_of(&column.id)).collect();
        let named = |word: &str| {
            // "sales", "saleprice", "Verkaufspreis"
            let is = |said: &String| said.trim_end_matches('s') == word || (word.len() > 4 && said.ends_with(word));
            ids.iter()
                .position(|said| said.iter().any(is) && !said.iter().any(|other| OTHERS.contains(&other.as_str())))
        };
        WORDS.iter().find_map(|word| named(word)).unwrap_or(self.columns.len().saturating_sub(1))
    }

    /// The usual feature, else the one from which a line guesses the target best: the one most correlated with it.
    fn likely_feature(&self, target: usize, usual: [&str; 2]) -> usize {
        let [feature, of] = usual;
        if self.known
            && self.columns.get(target).is_some_and(|column| column.id == of)
            && let Ok(usual) = self.find("", feature)
        {
            return usual;
        }
        let mut best = None;
        for at in (0..self.columns.len()).filter(|at| *at != target) {
            let Ok(rows) = self.rows(at, target) else { continue };
            let (xs, ys): (Vec<f64>, Vec<f64>) = rows.points.iter().copied().unzip();
            let correlation = Line::new(&xs, &ys).map_or(0.0, |line| line.slope * line.x.deviation / line.y.deviation);
            let strength = if correlation.is_finite() { correlation.abs() } else { 0.0 };
            // The first column wins a tie.
            if best.is_none_or(|(_, most)| strength > most) {
                best = Some((at, strength));
            }
        }
        // Without any usable pair the first other column says why.
        best.map_or(usize::from(target == 0), |(at, _)| at)
    }
}

/// A row as a point, or which reason there is against it: no feature, no target, too large.
fn usable(cells: (&Option<f64>, &Option<f64>)) -> Result<Point, usize> {
    match cells {
        (None, _) => Err(0),
        (_, None) => Err(1),
        (Some(a), Some(b)) if a.abs() > LARGEST || b.abs() > LARGEST => Err(2),
        (Some(a), Some(b)) => Ok((*a, *b)),
    }
}

/// The words of a name, in small letters: `property_value`, `salePrice`, `price/m²` (per is a word there).
fn words_of(id: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in id.chars() {
        let begins = !c.is_alphanumeric() || (c.is_uppercase() && before.is_lowercase());
        if begins {
            words.extend((c == '/').then(|| "per".to_owned()));
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words
}

/// A number that no one has yet: what has another number is another thing, whatever was undone in between.
pub(crate) fn fresh() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A range that holds all values with some room; from 0 where that leaves the picture well filled.
fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values.fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
    let span = high - low;
    // All alike: some room on both sides, so that the one value stands in the middle.
    let room = if span > 1e-9 * low.abs().max(high.abs()) { 0.04 * span } else { (0.1 * high.abs()).max(1.0) };
    let from_zero = low >= 0.0 && low < 0.3 * high;
    (if from_zero { 0.0 } else { low - room }, high + room)
}

/// At most `most` indices below `all`, evenly spaced, the first and the last among them.
pub(crate) fn evenly(all: usize, most: usize) -> impl Iterator<Item = usize> {
    let few = all.min(most);
    (0..few).map(move |i| if all <= most { i } else { i * (all - 1) / (most - 1) })
}

impl Rows {
    /// Two made-up rows, for a table that holds none.
    pub(crate) fn made_up(usual: [&str; 2]) -> Self {
        let [feature, target] = usual.map(|id| Column::new(id, true));
        let points = Arc::new(vec![(0.0, 0.0), (1.0, 1.0)]);
        let (dropped, issues) = (Vec::new(), Vec::new());
        Self { version: fresh(), feature, target, points, dropped, issues, issue_count: 0 }
    }

    /// What a scatter shows of feature and target.
    pub(crate) fn ranges(&self) -> [(f64, f64); 2] {
        [range(self.points.iter().map(|row| row.0)), range(self.points.iter().map(|row| row.1))]
    }

    /// What it shows of the target, with these values in the picture.
    pub(crate) fn range_with(&self, values: &[f64]) -> (f64, f64) {
        range(self.points.iter().map(|row| row.1).chain(values.iter().copied()))
    }
}

plain! {
    /// A column to choose.
    pub struct FeatureChoice {
        /// Its name in the table.
        id / "id": String,
        /// Its name for people, with its unit: "living area, sq ft".
        label / "label": String,
        /// What it counts: "$", "sq ft", "year" or nothing.
        unit / "unit": String,
    }
}

plain! {
    /// Rows left out for one reason.
    pub struct Shortfall {
        /// Why.
        reason / "reason": String,
        /// How many.
        count / "count": usize,
    }
}

plain! {
    /// Something wrong in a line of a table.
    pub struct LineIssue {
        /// The line, from 1.
        line / "line": u32,
        /// The column, where it is about one.
        column / "column": Option<String>,
        /// What is wrong.
        reason / "reason": String,
    }
}

plain! {
    /// Why a table cannot be used.
    pub struct DataProblem {
        /// A short stable name for programs.
        code / "code": String,
        /// A few words.
        title / "title": String,
        /// What is wrong and what to do.
        text / "text": String,
    }
}

plain! {
    /// The table behind the picture.
    pub struct DataReadout {
        /// "ames", or what the learner's table is called.
        label / "label": String,
        /// Rows read.
        rows / "rows": usize,
        /// Rows used: those with a number in both columns.
        used / "used": usize,
        /// Rows left out, by reason.
        dropped / "dropped": Vec<Shortfall>,
        /// The first twenty problems, by line.
        issues / "issues": Vec<LineIssue>,
        /// How many problems there are in all.
        issue_count / "issueCount": usize,
        /// What was done to read it.
        notes / "notes": Vec<String>,
        /// Why the last table or choice of columns could not be used, if so: the one before is kept.
        error / "error": Option<DataProblem>,
        /// What may be dropped here, in one sentence.
        limits / "limits": String,
    }
}

impl Sheet {
    /// What is to be told of two columns, and of what could not be used since.
    pub(crate) fn read_out<W: TableWords + ?Sized>(
        &self,
        rows: &Rows,
        error: Option<&DataError>,
        say: &W,
    ) -> DataReadout {
        let shortfall = |(why, count): &(Dropped, usize)| Shortfall { reason: say.dropped(why), count: *count };
        let issue = |issue: &RowIssue| LineIssue {
            line: issue.line,
            column: issue.column.clone(),
            reason: say.problem(&issue.problem),
        };
        let error = error.map(|error| DataProblem {
            code: error.code().into(),
            title: say.unusable().into(),
            text: say.data_error(error),
        });
        DataReadout {
            label: self.label.clone(),
            rows: self.report.rows,
            used: rows.points.len(),
            dropped: rows.dropped.iter().map(shortfall).collect(),
            issues: rows.issues.iter().map(issue).collect(),
            issue_count: rows.issue_count,
            notes: self.report.notes.iter().map(|note| say.note(note)).collect(),
            error,
            limits: say.limits().into(),
        }
    }
}

/// What is said of tables.
pub trait TableWords {
    /// What a column counts; empty for plain numbers.
    fn unit(&self, unit: Unit) -> &'static str;
    /// Why rows were left out.
    fn dropped(&self, why: &Dropped) -> String;
    /// What is wrong in a line of a table.
    fn problem(&self, problem: &Problem) -> String;
    /// What was done to read a table.
    fn note(&self, note: &Note) -> String;
    /// Why a table cannot be used.
    fn data_error(&self, error: &DataError) -> String;
    /// No table of this name was handed in.
    fn no_table(&self, name: &str) -> String;
    /// The title of that.
    fn unusable(&self) -> &'static str;
    /// What may be dropped here.
    fn limits(&self) -> &'static str;
}

#[cfg(test)]
mod tests;
