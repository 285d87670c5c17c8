//! What `houses` has to say.

use descent::run::Cause;

use crate::kit::OptimizerKind;
use crate::kit::tables::{TableWords, Unit};
use crate::words::Sentence;

/// What the rows of a table are. Of a table of one's own nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Things {
    /// Houses that were sold.
    Houses,
    /// Rows.
    Rows,
}

/// A feature and a target in words: what most sentences are about.
#[derive(Clone, Debug)]
pub struct Names {
    /// "living area".
    pub feature: String,
    /// One more of it, for "price per …": "sq ft", "bedroom".
    pub one: String,
    /// Where it is 0: "at 0 sq ft".
    pub at_zero: String,
    /// "sale price".
    pub target: String,
    /// The target in one or two words, for narrow places: "price".
    pub short: String,
    /// "at the average house".
    pub at_average: String,
    /// Whether the target is money, for which houses are sold.
    pub sold: bool,
    /// What the rows are.
    pub things: Things,
}

/// What the second sentence says of all houses, from the typical miss.
#[derive(Clone, Copy, Debug)]
pub enum Overall<'a> {
    /// No line does better.
    Best,
    /// It grows with each step.
    RanAway,
    /// No step is taken, and the line says this for every house.
    Nothing(&'a str),
    /// Hardly more than the best line's.
    Hardly,
    /// The best line's is this.
    Compared(&'a str),
}

/// The shape of the map.
#[derive(Clone, Copy, Debug)]
pub enum Contours {
    /// The feature never changes.
    Bands,
    /// The feature is standardised.
    Circles,
    /// The feature is raw.
    Needles,
}

/// Words of `houses`.
pub trait HousesWords: TableWords {
    /// What to do.
    fn prompts(&self, moving: bool) -> [&'static str; 7];
    /// Over the scatter, of so many dots, and over the map.
    fn titles(&self, count: &str) -> [String; 2];
    /// The name of a column of a table that was handed in, and one more of it.
    fn column(&self, id: &str) -> Option<(&'static str, &'static str)>;
    /// One more of a column that nobody knows.
    fn unit_of(&self, label: &str) -> String;
    /// Where a feature is 0.
    fn at_zero(&self, unit: Unit, label: &str) -> String;
    /// At the average house, or at the average of whatever a learner's table counts.
    fn at_average(&self, label: Option<&str>) -> String;
    /// A target in one or two words.
    fn short(&self, label: &str) -> String;
    /// Names of the map's axes with the feature standardised: each a long and a short one.
    fn standard_axes(&self, names: &Names) -> [[String; 2]; 2];
    /// The same with the raw feature, before the letters m and b.
    fn raw_axes(&self, names: &Names) -> [[String; 2]; 2];
    /// On the map: the best line, the next step, and the gradient in a long and a short form.
    fn on_map(&self) -> [&'static str; 4];
    /// On the map, in two lines: every line through the called-out house, whose target is this.
    fn through(&self, sold: bool, target: &str) -> [String; 2];
    /// Beside the last loss, and beside the floor.
    fn on_history(&self, miss: &str, floor: &str) -> [String; 2];
    /// Over what really happened; over the guess.
    fn sold_and_guessed(&self, sold: bool) -> [&'static str; 2];
    /// Over the miss.
    fn too(&self, low: bool) -> &'static str;
    /// An end of the line, as a handle.
    fn end(&self, left: bool, target: &str, at: &str) -> String;
    /// The place of a house, as a handle.
    fn move_house(&self, things: Things, label: &str) -> String;
    /// The choice of a house and the spot on the map, as handles.
    fn handles(&self, things: Things) -> [&'static str; 2];
    /// Where it is: slope and height.
    fn spot_says(&self, names: &Names, standardized: bool, slope: &str, height: &str) -> String;
    /// What was done, in a few words; none for what is not undone.
    fn did(&self, things: Things, what: &str) -> &'static str;
    /// Over two switches; labels of slope, intercept and the button; over the switch that lets houses be moved.
    fn controls(&self) -> [&'static str; 6];
    /// Labels of figures: typical miss, mean squared error, share explained.
    fn figures(&self) -> [&'static str; 3];
    /// In place of a share far below 0.
    fn below(&self, share: &str) -> String;
    /// Under the equation: the guess, the slope.
    fn meanings(&self, one: &str) -> [String; 2];
    /// The equation spoken.
    fn spoken(&self, names: &Names, guess: &str, height: &str, slope: &str, x: &str) -> String;
    /// Guess, price and miss of the called-out house; whether it is too low, none for no miss.
    fn verdict(&self, sold: bool, guess: &str, price: &str, miss: &str, low: Option<bool>) -> Sentence;
    /// The typical miss over all houses.
    fn overall(&self, things: Things, typical: &str, what: Overall<'_>) -> Sentence;
    /// Titles of cards: settled, running away, stuck in a needle.
    fn card_titles(&self) -> [&'static str; 3];
    /// The card of the best line: after so many steps, if any.
    fn settled(&self, miss: &str, steps: u64) -> String;
    /// An optimiser in a sentence.
    fn optimizer(&self, kind: OptimizerKind) -> &'static str;
    /// The rate is above the limit, which a raw feature sets.
    fn above_limit(&self, optimizer: &str, limit: &str, rate: &str, raw: bool) -> String;
    /// The rate is too large, though nobody knows the limit.
    fn too_large(&self, optimizer: &str, rate: &str) -> String;
    /// A button with a smaller rate: half of the limit, or another.
    fn smaller(&self, rate: &str, half: bool) -> String;
    /// The card of a raw feature: how many times steeper the walls are, the typical miss, the best line's.
    fn needle(&self, times: &str, miss: &str, best: &str) -> String;
    /// A walk that ended elsewhere than at the best line: why, the typical miss, the best line's.
    fn elsewhere(&self, cause: &Cause, miss: &str, best: &str) -> String;
    /// Buttons of cards: standardise, close.
    fn buttons(&self) -> [&'static str; 2];
    /// A card: as many houses are moved as are kept.
    fn enough_moved(&self, things: Things, most: usize) -> [String; 2];
    /// A card: a link from a table that stayed with its owner.
    fn borrowed(&self) -> [&'static str; 2];
    /// A link from a table that stayed with its owner, for whoever placed it.
    fn lent(&self) -> &'static str;
    /// Several columns to guess from, of which the first is taken.
    fn one_feature(&self, first: &str) -> String;
    /// A house beyond the last of so many.
    fn no_such_house(&self, count: usize) -> String;
    /// A line that nothing can begin with.
    fn wild_start(&self) -> &'static str;
    /// Moved houses that are none; as many as may be moved.
    fn wrong_moves(&self, most: usize) -> String;
    /// A saved walk from a line that nothing can begin with.
    fn wild_walk(&self) -> &'static str;
    /// What a link leaves out.
    fn share_note(&self) -> &'static str;
    /// The scatter: houses, the called-out one, how many misses are drawn; none for no misses.
    fn scatter(&self, names: &Names, count: &str, house: [&str; 3], misses: Option<(&str, bool)>) -> String;
    /// The map: its shape, its levels, steps.
    fn map(&self, contours: Contours, levels: &[String], steps: u64) -> String;
    /// The losses: at the start, now, after how many steps, the floor.
    fn history(&self, first: &str, now: &str, steps: u64, floor: &str) -> String;
    /// Caption of the table of houses: how many of how many.
    fn caption(&self, things: Things, shown: &str, all: &str, whole: bool) -> String;
    /// Its columns besides feature and target: house, guess, sold less guessed.
    fn columns(&self, things: Things) -> [&'static str; 3];
    /// What is shown instead of a table that cannot be used: one by its name, or that of Ames.
    fn still(&self, shown: Option<&str>) -> String;
}
