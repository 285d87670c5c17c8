//! `houses` in English.

use descent::run::Cause;
use descent::table::{Note, Problem, RowIssue, TableError};

use super::counted;
use crate::houses::words::{Contours, HousesWords, Names, Overall, Things};
use crate::kit::OptimizerKind;
use crate::kit::tables::{DataError, Dropped, TableWords, Unit};
use crate::readout::Role;
use crate::words::{En, KitWords as _, Sentence};

impl TableWords for En {
    fn unit(&self, unit: Unit) -> &'static str {
        match unit {
            Unit::Dollars => "dollar",
            Unit::SquareFeet => "sq ft",
            Unit::Year => "year",
            Unit::Plain => "",
        }
    }
    fn dropped(&self, why: &Dropped) -> String {
        match why {
            Dropped::NoNumber(column) => format!("no number in “{column}”"),
            Dropped::TooLarge => "a number too large to plot".into(),
            Dropped::Cells => "not as many cells as the first line".into(),
        }
    }
    fn problem(&self, problem: &Problem) -> String {
        problem.to_string()
    }
    fn note(&self, note: &Note) -> String {
        note.to_string()
    }
    fn data_error(&self, error: &DataError) -> String {
        match error {
            DataError::Unreadable(error) => format!("{error} {}", TableError::hint(error)),
            DataError::TooFewColumns { columns: 1, .. } => {
                "Each line is one cell. Put a comma, a semicolon, a tab, a bar | or blanks between the cells of a line, such as area,price.".into()
            }
            DataError::TooFewColumns { numeric, why, .. } if numeric.is_empty() => format!(
                "No column holds numbers. {}A line needs two: one to guess from, such as area, and one to guess, such as price.",
                because(why)
            ),
            DataError::TooFewColumns { numeric, why, .. } => format!(
                "Only “{}” holds numbers. {}A line needs two columns of numbers: one to guess from and one to guess.",
                numeric.join("”, “"),
                because(why)
            ),
            DataError::NoSuchColumn { name, why, .. } if !why.is_empty() => {
                format!("“{name}” is no column of numbers. {}Choose another.", because(why))
            }
            DataError::NoSuchColumn { name, guess, .. } => {
                let hint = guess.as_ref().map_or("Choose one from the list.".into(), |g| format!("Did you mean “{g}”?"));
                format!("No column of numbers is called “{name}”. {hint}")
            }
            DataError::SameColumn(name) => {
                format!("“{name}” cannot be guessed from itself. Choose another column for one of the two.")
            }
            DataError::TooFewRows { complete, why } => {
                let hint = if why.is_empty() { "Choose columns with fewer empty cells. " } else { "" };
                let rows = if *complete == 1 { "row has" } else { "rows have" };
                let text = format!("{complete} {rows} a number in both columns; a line needs at least two. {hint}{}", because(why));
                text.trim_end().to_owned()
            }
        }
    }
    fn no_table(&self, name: &str) -> String {
        format!("data: there is no table called “{name}” here.")
    }
    fn unusable(&self) -> &'static str {
        "This table cannot be used"
    }
    fn limits(&self) -> &'static str {
        "CSV with a line of names, up to 1 MiB, 50,000 rows and 64 columns. It stays in this browser."
    }
}

/// "house", "row".
fn one(things: Things) -> &'static str {
    if things == Things::Houses { "house" } else { "row" }
}

/// "houses", "rows".
fn many(things: Things) -> &'static str {
    if things == Things::Houses { "houses" } else { "rows" }
}

/// Reasons, each a sentence.
fn because(why: &[RowIssue]) -> String {
    why.iter().map(|issue| format!("{issue} ")).collect()
}

impl HousesWords for En {
    fn prompts(&self, moving: bool) -> [&'static str; 7] {
        let [begin, going] = match moving {
            false => [
                "Press Step and watch the line learn, or drag it and try to beat the machine.",
                "Step on, or drag the line by hand and try to beat it.",
            ],
            true => ["Tap a dot to ring it, then drag the ring. What does the line make of it?"; 2],
        };
        [
            begin,
            going,
            "The line learns by itself. Press Pause to stop it.",
            "Settled: no line does better. Drag the line and start from somewhere else.",
            "Hardly moving any more. Standardise, or drag the line.",
            "Running away. Take a smaller learning rate, or drag the line back.",
            "No step leads on from here. Drag the line somewhere else.",
        ]
    }
    fn titles(&self, count: &str) -> [String; 2] {
        [format!("One line, {count} misses"), "Every possible line is a spot on this map".into()]
    }
    fn column(&self, id: &str) -> Option<(&'static str, &'static str)> {
        Some(match id {
            "price_usd" => ("sale price", "dollar"),
            "living_area_sqft" => ("living area", "sq ft"),
            "lot_area_sqft" => ("lot area", "sq ft"),
            "basement_sqft" => ("basement", "sq ft"),
            "garage_sqft" => ("garage", "sq ft"),
            "overall_quality" => ("overall quality", "point of quality"),
            "overall_condition" => ("overall condition", "point of condition"),
            "bedrooms" => ("bedrooms", "bedroom"),
            "full_baths" => ("full bathrooms", "full bathroom"),
            "rooms" => ("rooms", "room"),
            "fireplaces" => ("fireplaces", "fireplace"),
            "year_built" => ("year built", "year"),
            "year_sold" => ("year sold", "year"),
            _ => return None,
        })
    }
    fn unit_of(&self, label: &str) -> String {
        format!("unit of {label}")
    }
    fn at_zero(&self, unit: Unit, label: &str) -> String {
        match unit {
            Unit::SquareFeet => "at 0 sq ft".into(),
            Unit::Year => "in the year 0".into(),
            Unit::Dollars | Unit::Plain => format!("where {label} is 0"),
        }
    }
    fn at_average(&self, label: Option<&str>) -> String {
        format!("at the average {}", label.unwrap_or("house"))
    }
    fn short(&self, label: &str) -> String {
        if label.ends_with(" price") { "price".into() } else { label.into() }
    }
    fn standard_axes(&self, names: &Names) -> [[String; 2]; 2] {
        let Names { short, feature, at_average, .. } = names;
        let per = format!("{short} per standard deviation");
        [[format!("{per} of {feature}"), per], [format!("{short} {at_average}"), at_average.clone()]]
    }
    fn raw_axes(&self, names: &Names) -> [[String; 2]; 2] {
        let Names { short, one, at_zero, sold, .. } = names;
        let per = match (sold, one.as_str()) {
            (true, "sq ft") => "dollars for each square foot, ".into(),
            (true, one) => format!("dollars for each {one}, "),
            (false, one) => format!("{short} per {one}, "),
        };
        [[per, "slope ".into()], [format!("{short} {at_zero}, "), "intercept ".into()]]
    }
    fn on_map(&self) -> [&'static str; 4] {
        ["best line", "step", "gradient (uphill)", "gradient"]
    }
    fn through(&self, sold: bool, target: &str) -> [String; 2] {
        let what = if sold { format!("the {target} house") } else { format!("the dot at {target}") };
        ["every line through".into(), what]
    }
    fn on_history(&self, miss: &str, floor: &str) -> [String; 2] {
        [format!("typical miss {miss}"), format!("no line can beat {floor}")]
    }
    fn sold_and_guessed(&self, sold: bool) -> [&'static str; 2] {
        [if sold { "sold for" } else { "in the table" }, "the line says"]
    }
    fn too(&self, low: bool) -> &'static str {
        if low { "too low by" } else { "too high by" }
    }
    fn end(&self, left: bool, target: &str, at: &str) -> String {
        format!("{} end of the line: {target} at {at}", if left { "left" } else { "right" })
    }
    fn move_house(&self, things: Things, label: &str) -> String {
        format!("move this {}: {label}", one(things))
    }
    fn handles(&self, things: Things) -> [&'static str; 2] {
        [
            if things == Things::Houses { "house called out, by size" } else { "row called out, in order" },
            "the line as a spot on the map",
        ]
    }
    fn spot_says(&self, names: &Names, standardized: bool, slope: &str, height: &str) -> String {
        match standardized {
            true => format!("{slope} per standard deviation, {height} at the average"),
            false => format!("{slope} per {}, {height} {}", names.one, names.at_zero),
        }
    }
    fn did(&self, things: Things, what: &str) -> &'static str {
        match what {
            "left" | "right" | "line" | "slope" | "intercept" => "moved the line",
            "moveX" | "moveY" if things == Things::Houses => "moved a house",
            "moveX" | "moveY" => "moved a row",
            "exact" => "jumped to the best line",
            "safeRate" => "took a smaller learning rate",
            "standardize" => "standardised",
            "table" | "ames" => "changed the table",
            _ => "",
        }
    }
    fn controls(&self) -> [&'static str; 6] {
        ["Scale", "Show", "Slope", "Intercept", "Jump to the best line", "What if"]
    }
    fn figures(&self) -> [&'static str; 3] {
        ["typical miss", "mean squared error", "share explained, R²"]
    }
    fn below(&self, share: &str) -> String {
        format!("below {share}")
    }
    fn meanings(&self, one: &str) -> [String; 2] {
        ["the line says".into(), format!("per {one}")]
    }
    fn spoken(&self, names: &Names, guess: &str, height: &str, slope: &str, x: &str) -> String {
        let Names { at_zero, one, .. } = names;
        format!("The guess, {guess}, is {height} {at_zero} plus {slope} per {one} times {x}.")
    }
    fn verdict(&self, sold: bool, guess: &str, price: &str, miss: &str, low: Option<bool>) -> Sentence {
        let sentence = Sentence::new()
            .plain("The line guesses ")
            .strong(guess, Role::Prediction)
            .plain(if sold { ", the house sold for " } else { ", the table says " })
            .strong(price, Role::Data)
            .plain(": ");
        match low {
            None => sentence.strong("no miss", Role::Loss).plain("."),
            Some(low) => sentence.plain(format!("{} ", self.too(low))).strong(miss, Role::Loss).plain("."),
        }
    }
    fn overall(&self, things: Things, typical: &str, what: Overall<'_>) -> Sentence {
        let over_all = || {
            let all = format!(" Over all {} the typical miss is ", many(things));
            Sentence::new().plain(all).strong(typical, Role::Loss)
        };
        match what {
            Overall::Best => over_all().plain(", and no line does better."),
            Overall::RanAway => Sentence::new()
                .plain(" Each step overshoots: the typical miss has grown to ")
                .strong(typical, Role::Loss)
                .plain("."),
            Overall::Nothing(amount) => Sentence::new().plain(format!(
                " Before the first step the line knows nothing: it says {amount} for every {}.",
                one(things)
            )),
            Overall::Hardly => over_all().plain(", hardly more than the best line’s."),
            Overall::Compared(best) => over_all().plain(format!("; the best line’s is {best}.")),
        }
    }
    fn card_titles(&self) -> [&'static str; 3] {
        ["Settled", "Running away", "Stuck in a needle"]
    }
    fn settled(&self, miss: &str, steps: u64) -> String {
        match steps {
            0 => format!(
                "This is the least-squares line: its typical miss is {miss}, and the slope of the loss is zero in both directions."
            ),
            steps => format!(
                "The slope is almost zero, so there is nowhere further down from here. After {} the typical miss is {miss}, and no line does better.",
                self.steps(steps)
            ),
        }
    }
    fn optimizer(&self, kind: OptimizerKind) -> &'static str {
        match kind {
            OptimizerKind::Sgd => "gradient descent",
            OptimizerKind::Momentum => "momentum",
            OptimizerKind::Adam => "Adam",
        }
    }
    fn above_limit(&self, optimizer: &str, limit: &str, rate: &str, raw: bool) -> String {
        let raw = if raw { " A raw feature makes one direction very steep, and it sets the limit." } else { "" };
        format!("With {optimizer} here the largest stable learning rate is {limit}, and {rate} is more.{raw}")
    }
    fn too_large(&self, optimizer: &str, rate: &str) -> String {
        format!("A learning rate of {rate} is too large for {optimizer} here.")
    }
    fn smaller(&self, rate: &str, half: bool) -> String {
        if half { format!("Use half of it, {rate}") } else { format!("Use {rate}") }
    }
    fn needle(&self, times: &str, miss: &str, best: &str) -> String {
        format!(
            "The walls of the valley are {times} times steeper than its floor. Steps small enough for the walls creep along the floor. The typical miss is {miss}; the best line’s is {best}. Standardise the feature and the valley is round."
        )
    }
    fn elsewhere(&self, cause: &Cause, miss: &str, best: &str) -> String {
        format!("{} The typical miss is {miss}; the best line’s is {best}.", self.cause(cause))
    }
    fn buttons(&self) -> [&'static str; 2] {
        ["Standardise", "Close"]
    }
    fn enough_moved(&self, things: Things, most: usize) -> [String; 2] {
        [
            "Enough moved".into(),
            format!(
                "{most} {} have been moved, as many as are kept. Undo a move, or move one of them again.",
                many(things)
            ),
        ]
    }
    fn borrowed(&self) -> [&'static str; 2] {
        [
            "A table of one’s own",
            "This link was made with a table that never left its owner’s browser. These are the Ames sales instead; drop a CSV file to use your own.",
        ]
    }
    fn lent(&self) -> &'static str {
        "This was saved with a table of one’s own, which no link carries. Another table is shown instead."
    }
    fn one_feature(&self, first: &str) -> String {
        format!("The line guesses from one column: {first}.")
    }
    fn no_such_house(&self, count: usize) -> String {
        format!("house is a whole number below {count}, the number of houses.")
    }
    fn wild_start(&self) -> &'static str {
        "start is a line too steep or too far away to begin with."
    }
    fn wrong_moves(&self, most: usize) -> String {
        format!("moved is at most {most} times three numbers: which house, its feature, its target.")
    }
    fn wild_walk(&self) -> &'static str {
        "The saved walk begins at a line too steep or too far away."
    }
    fn share_note(&self) -> &'static str {
        "A link never carries your table: whoever opens it sees the Ames sales. Your rows stay in this browser."
    }
    fn scatter(&self, names: &Names, count: &str, house: [&str; 3], misses: Option<(&str, bool)>) -> String {
        let (Names { feature, target, things, .. }, [size, guess, price]) = (names, house);
        let (one, many) = (one(*things), many(*things));
        let price =
            if *things == Things::Houses { format!("sold for {price}") } else { format!("is {price} in the table") };
        let sticks = match misses {
            None => "Misses are not drawn.".into(),
            Some((_, true)) => "Sticks show every miss.".into(),
            Some((shown, false)) => {
                format!(
                    "Sticks show the misses of {shown} {many} spread evenly over all; the others are counted as well."
                )
            }
        };
        format!(
            "Scatter plot of {count} {many}, {target} against {feature}, with the current line. The marked {one}, {feature} {size}, is guessed at {guess} and {price}. {sticks}"
        )
    }
    fn map(&self, contours: Contours, levels: &[String], steps: u64) -> String {
        let shape = match contours {
            Contours::Bands => {
                "Contours are straight bands: the feature never changes, so no slope is better than another."
            }
            Contours::Circles => "Contours are circles around the best line, because the feature is standardised.",
            Contours::Needles => {
                "Contours are long thin ellipses around the best line, because the feature is raw. The two axes have different scales."
            }
        };
        let levels = if levels.is_empty() { "none".into() } else { levels.join(", ") };
        let path = match steps {
            0 => "No step is taken yet.".into(),
            n => format!("The path of {} leads from the start to the present line.", counted(n, "step", "steps")),
        };
        format!("Map of the typical miss for every slope and height of the line. {shape} Levels: {levels}. {path}")
    }
    fn history(&self, first: &str, now: &str, steps: u64, floor: &str) -> String {
        let steps = crate::number::Locale::ENGLISH.count(steps);
        format!("Typical miss at each step: {first} at the start, {now} at step {steps}. No line can beat {floor}.")
    }
    fn caption(&self, things: Things, shown: &str, all: &str, whole: bool) -> String {
        let many = many(things);
        match whole {
            true => format!("All {all} {many} with the guess of the present line"),
            false => format!("{shown} of {all} {many}, spread evenly over all, with the guess of the present line"),
        }
    }
    fn columns(&self, things: Things) -> [&'static str; 3] {
        [one(things), "guess", if things == Things::Houses { "sold less guessed" } else { "miss" }]
    }
    fn still(&self, shown: Option<&str>) -> String {
        let shown = shown.map_or("the Ames sales".into(), |name| format!("“{name}”"));
        format!("The picture still shows {shown}.")
    }
}
