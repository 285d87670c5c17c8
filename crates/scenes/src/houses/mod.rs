//! `<downhill-houses>`: a straight line fitted to real sales, as a scatter of houses, as a spot on the map of all lines, and as a loss
//! that falls step by step. The three pictures are one state: whatever moves in one moves in all.

mod equation;
mod migrate;
mod notice;
mod pictures;
mod readout;
mod say;
#[cfg(test)]
mod tests;
mod widget;
pub mod words;

use std::sync::Arc;

use descent::optimizer::Optimizer;
use descent::regression::SquaredError;
use descent::run::Options;

use crate::ground::{Fit, LARGEST_PARAMETER, Line, Window, pair};
use crate::kit::settings::{Kind, Refusal, Values};
use crate::kit::tables::{DataError, Rows, Sheet, fresh};
use crate::kit::{Change, OptimizerKind, Point, Supply, Walk};
use crate::settings;

/// What the sales of Ames are guessed from, and what is guessed, unless told otherwise.
const USUAL: [&str; 2] = ["living_area_sqft", "price_usd"];
/// The sale that the course follows, by those two columns.
const HERO: [f64; 2] = [2_046.0, 450_000.0];
/// The name of a learner's own table in a state.
const OWN: &str = "own";
/// The most houses that can be moved, so that a link stays short.
const MOST_MOVED: usize = 100;

settings! {
    /// What `<downhill-houses>` can be told.
    pub struct Settings {
        /// The table: ames, the 2,930 sales of Ames, Iowa; or the address of a CSV file.
        data / "data": String = "ames".into(), Kind::Text, "Table" | "Tabelle", "";
        /// The column that the line guesses from, such as living_area_sqft.
        features / "features": Vec<String> = Vec::new(), Kind::Names, "Guess from" | "Schätze aus", "feature";
        /// The column that it guesses.
        target / "target": Option<String> = None, Kind::Text, "Guess" | "Schätze", "";
        /// Whether the feature is put on a common scale before learning.
        standardize / "standardize": bool = true, Kind::Flag, "Standardise" | "Standardisieren", "standardize";
        /// What makes steps of slopes: sgd (plain), momentum or adam.
        optimizer / "optimizer": OptimizerKind = OptimizerKind::Sgd, Kind::Choice(OptimizerKind::CHOICES), "Optimiser" | "Optimierer", "optimizer";
        /// How bold each step is: the factor on the slope; one that suits scale and optimiser unless told.
        learning_rate / "learningRate": Option<f64> = None, Kind::Number { low: 1e-60, high: 1e60, log: true }, "Learning rate" | "Lernrate", "rate";
        /// Where the line begins: slope and intercept in the units of the table.
        start / "start": Vec<f64> = vec![0.0, 0.0], Kind::Numbers { count: 2 }, "Start" | "Start", "";
        /// Which house is called out, from 0; a telling one unless told.
        house / "house": Option<usize> = None, Kind::Count, "House" | "Haus", "";
        /// Whether misses are drawn.
        misses / "misses": bool = true, Kind::Flag, "Misses" | "Fehler", "misses";
        /// Whether the called-out house can be moved, by hand or by key: the sales are facts until a learner asks what if.
        moving / "moving": bool = false, Kind::Flag, "Move dots" | "Punkte verschieben", "moving";
        /// Houses that were moved: which one, its feature, its target, and so on in threes.
        moved / "moved": Vec<f64> = Vec::new(), Kind::Numbers { count: 0 }, "Moved houses" | "Verschobene Häuser", "";
    }
}

impl Settings {
    /// What remains of them where the table is another.
    fn without_table(&self) -> Self {
        let Self { standardize, optimizer, misses, moving, .. } = *self;
        Self { standardize, optimizer, misses, moving, ..Self::default() }
    }
}

/// A card that does not come from the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Card {
    /// A link was made with someone's own table.
    Borrowed,
    /// No more houses can be moved.
    EnoughMoved,
}

/// What two columns of a table show before anything is done: shared by all that is undone and redone.
#[derive(Debug)]
struct Ground {
    sheet: Arc<Sheet>,
    rows: Rows,
    /// What the scatter shows of feature and target.
    ranges: [(f64, f64); 2],
    /// The house called out unless told otherwise.
    telling: usize,
}

/// The widget.
#[derive(Clone, Debug)]
pub struct Houses {
    supply: Supply,
    settings: Settings,
    ground: Arc<Ground>,
    /// Feature and target of each house, with the learner's moves.
    houses: Arc<Vec<Point>>,
    fit: Arc<Fit>,
    walk: Walk<SquaredError>,
    /// The line that the map's window is made to hold.
    anchor: Line,
    /// What the scatter shows of feature and target: all houses, and the line that the walk starts from.
    ranges: [(f64, f64); 2],
    /// Where both ends of the line stood, along x, when one was taken hold of, and the line that it made.
    held: Option<([f64; 2], Line)>,
    /// Why the last table or choice of columns could not be used: the one before is kept.
    trouble: Option<(DataError, u64)>,
    card: Option<Card>,
    /// The stage that was clicked last.
    clicked: usize,
}

impl Ground {
    /// Two columns, and their loss with nothing moved.
    fn new(sheet: Arc<Sheet>, rows: Rows, standardize: bool) -> (Self, Fit) {
        let fit = Fit::new(&rows.points, standardize);
        let hero = sheet.row_with(&rows, USUAL.into_iter().zip(HERO));
        let telling = hero.unwrap_or_else(|| fit.telling(&rows.points));
        let ranges = rows.ranges();
        (Self { sheet, rows, ranges, telling }, fit)
    }
}

/// From the settings that were asked for.
fn build(values: &Values, supply: &Supply, refused: &mut Vec<Refusal>) -> Houses {
    let mut settings = Settings::of(values);
    let mut card = None;
    let own = supply.own().filter(|_| settings.data == OWN);
    let own = own.and_then(|own| Sheet::read(&own.name, &own.text, false).ok()).map(Arc::new);
    if settings.data == OWN && own.is_none() {
        // What a link says of a table that is not here means nothing for another.
        settings = settings.without_table();
        card = Some(Card::Borrowed);
        refused.push(Refusal::new("E_NOTE", "data", |language| say::words(language).lent().into()));
    }
    let mut refuse = |refusal: Refusal| {
        if !refused.contains(&refusal) {
            refused.push(refusal);
        }
    };
    let named = own.map_or_else(|| Sheet::named(supply, &settings.data), Ok);
    let sheet = named.unwrap_or_else(|refusal| {
        if values.get("data").is_some() {
            refuse(refusal);
        }
        let first = supply.first().and_then(|first| Sheet::of(first).ok());
        first.unwrap_or_else(|| Arc::new(Sheet::none()))
    });
    settings.data = if sheet.known { sheet.label.clone() } else { OWN.into() };
    if settings.features.len() > 1 {
        let first = settings.features.first().cloned().unwrap_or_default();
        refuse(Refusal::new("E_NOTE", "features", |language| say::words(language).one_feature(&first)));
    }
    let (features, target) = (settings.features.as_slice(), settings.target.as_deref());
    let attempts = [(features, target), (features, None), (&[], target), (&[], None)];
    let chosen = attempts.into_iter().find_map(|(features, target)| {
        sheet.choose(features, target, USUAL).map_err(|error| refuse(error.refusal())).ok()
    });
    let (ground, fit) = Ground::new(sheet, chosen.unwrap_or_else(|| Rows::made_up(USUAL)), settings.standardize);
    let start = core::mem::replace(&mut settings.start, vec![0.0, 0.0]);
    let moved = core::mem::take(&mut settings.moved);
    if settings.house.is_some_and(|house| house >= ground.rows.points.len()) {
        refuse(no_such_house(ground.rows.points.len()));
        settings.house = None;
    }
    let walk = Walk::new(fit.objective.clone(), &[0.0, 0.0], settings.optimizer.at_rate(1.0), Options::default());
    let mut widget = Houses {
        supply: supply.clone(),
        houses: ground.rows.points.clone(),
        ground: Arc::new(ground),
        settings,
        fit: Arc::new(fit),
        walk,
        anchor: Line { slope: 0.0, intercept: 0.0 },
        ranges: [(0.0, 1.0); 2],
        held: None,
        trouble: None,
        card,
        clicked: 0,
    };
    widget.name_columns();
    for refusal in [widget.set_moved(&moved), widget.set_home(&start)].into_iter().filter_map(Result::err) {
        refuse(refusal);
    }
    widget.begin(widget.fit.basis.parameters(widget.home()));
    widget.card = card;
    widget.keep_in_window();
    widget
}

fn no_such_house(count: usize) -> Refusal {
    Refusal::new("E_SETTING", "house", |language| say::words(language).no_such_house(count))
}

impl Houses {
    /// The settings say which columns are shown, however they were found.
    fn name_columns(&mut self) {
        let rows = &self.ground.rows;
        self.settings.features = vec![rows.feature.id.clone()];
        self.settings.target = Some(rows.target.id.clone());
    }

    fn here(&self) -> [f64; 2] {
        pair(self.walk.here())
    }

    /// The line as it stands.
    fn line(&self) -> Line {
        self.fit.basis.line(self.here())
    }

    /// The mean squared error of the line as it stands. That of the best line is the floor, which knows exactly straight houses.
    fn loss(&self) -> f64 {
        if self.fit.is_best(self.here()) { self.fit.floor } else { self.fit.objective.value(self.walk.here()) }
    }

    /// Where a reset leads.
    fn home(&self) -> Line {
        let [slope, intercept] = pair(&self.settings.start);
        Line { slope, intercept }
    }

    /// The rate of the next step: the one that was set, else one that suits.
    fn rate(&self) -> f64 {
        self.settings.learning_rate.unwrap_or_else(|| self.fit.usual_rate(self.settings.optimizer))
    }

    fn optimizer(&self) -> Optimizer {
        self.settings.optimizer.at_rate(self.rate())
    }

    /// Which house is called out.
    fn called(&self) -> usize {
        self.settings.house.unwrap_or(self.ground.telling)
    }

    /// Its feature and target.
    fn called_house(&self) -> Point {
        self.houses.get(self.called()).copied().unwrap_or_default()
    }

    fn window(&self) -> Window {
        Window::around(&self.fit, self.anchor)
    }

    /// Whether a walk can begin at a line: it can be said in either basis, with room for its loss.
    fn is_sound(&self, line: Line) -> bool {
        let small = |p: [f64; 2]| p.iter().all(|v| v.abs() <= LARGEST_PARAMETER);
        small([line.slope, line.intercept]) && small(self.fit.standard.parameters(line))
    }

    /// The line as it stands, or the home line where a run ran away beyond what can be typed and linked.
    fn sound_line(&self) -> Line {
        if self.is_sound(self.line()) { self.line() } else { self.home() }
    }

    /// A new walk begins at these parameters.
    fn begin(&mut self, p: [f64; 2]) {
        self.walk = Walk::new(self.fit.objective.clone(), &p, self.optimizer(), Options::default());
        self.card = None;
    }

    /// Puts the line somewhere by hand.
    /// Where the ends are held, as long as nothing else has moved the line.
    fn held_ends(&self) -> Option<[f64; 2]> {
        self.held.filter(|(_, line)| *line == self.line()).map(|(ends, _)| ends)
    }

    fn put(&mut self, line: Line) -> Change {
        if !self.is_sound(line) || line == self.line() {
            return Change::Nothing;
        }
        self.begin(self.fit.basis.parameters(line));
        Change::Base
    }

    /// The best line, to the last bit.
    fn put_best(&mut self) {
        self.begin(pair(&self.fit.objective.minimum()));
    }

    /// After the houses or the basis changed: the loss is another, and a walk begins where the line is, or stays the best where it was.
    fn refit(&mut self, follow: bool) {
        let line = self.sound_line();
        self.fit = Arc::new(Fit::new(&self.houses, self.settings.standardize));
        if follow {
            self.put_best();
        } else {
            self.begin(self.fit.basis.parameters(if self.is_sound(line) { line } else { self.home() }));
        }
    }

    /// Lets the map's window and the scatter hold the start of the walk, if they do not already.
    fn keep_in_window(&mut self) {
        let start = pair(self.walk.start());
        let [(left, right), (low, high)] = self.ground.ranges;
        let ends = [left, right].map(|x| self.fit.basis.line(start).at(x));
        let seen = ends.iter().any(|y| *y >= low) && ends.iter().any(|y| *y <= high);
        self.ranges = [(left, right), if seen { (low, high) } else { self.ground.rows.range_with(&ends) }];
        if !self.window().holds(start) {
            let (line, home) = (self.fit.basis.line(start), self.home());
            let reach = |line| Window::around(&self.fit, line).reach;
            self.anchor = if reach(home) > reach(line) { home } else { line };
        }
    }

    /// A rate that was set for another scale or optimiser says nothing here: one beyond the slider gives way to one that suits.
    fn mind_rate(&mut self) {
        let (low, high) = self.fit.rate_range(self.settings.optimizer);
        self.settings.learning_rate = self.settings.learning_rate.filter(|rate| (low..=high).contains(rate));
        self.walk.set_optimizer(self.optimizer());
    }

    fn set_home(&mut self, start: &[f64]) -> Result<(), Refusal> {
        let [slope, intercept] = pair(start);
        if !self.is_sound(Line { slope, intercept }) {
            return Err(Refusal::new("E_SETTING", "start", |language| say::words(language).wild_start().into()));
        }
        self.settings.start = vec![slope, intercept];
        self.anchor = self.home();
        Ok(())
    }

    /// All houses where the table has them, but those in `moved`.
    fn set_moved(&mut self, moved: &[f64]) -> Result<(), Refusal> {
        let mut houses = self.ground.rows.points.to_vec();
        let wrong = || Refusal::new("E_SETTING", "moved", |language| say::words(language).wrong_moves(MOST_MOVED));
        if !moved.len().is_multiple_of(3) || moved.len() > 3 * MOST_MOVED {
            return Err(wrong());
        }
        for edit in moved.chunks_exact(3) {
            let &[house, x, y] = edit else { continue };
            let at = if house >= 0.0 && house.fract() == 0.0 { house as usize } else { usize::MAX };
            match houses.get_mut(at) {
                Some(place) if x.abs() <= 1e50 && y.abs() <= 1e50 => *place = (x, y),
                _ => return Err(wrong()),
            }
        }
        if self.settings.moved != moved {
            (self.houses, self.settings.moved) = (Arc::new(houses), moved.to_vec());
            self.refit(false);
        }
        Ok(())
    }

    /// The walk begins where a reset leads, over the houses as they are.
    fn go_home(&mut self) -> Change {
        self.anchor = self.home();
        self.begin(self.fit.basis.parameters(self.home()));
        self.keep_in_window();
        Change::Base
    }

    /// Houses that were moved, and where they are now.
    fn moved(&self) -> impl Iterator<Item = (usize, Point)> {
        self.settings.moved.chunks_exact(3).filter_map(|edit| match *edit {
            [house, x, y] => Some((house as usize, (x, y))),
            _ => None,
        })
    }

    /// Moves the called-out house within the picture; a line that was the best one stays it.
    fn move_house(&mut self, (x, y): Point) -> Change {
        let [range_x, range_y] = self.ranges;
        let to = (x.clamp(range_x.0, range_x.1), y.clamp(range_y.0, range_y.1));
        let house = self.called();
        if to == self.called_house() {
            return Change::Nothing;
        }
        let full = self.settings.moved.len() >= 3 * MOST_MOVED;
        let known = self.settings.moved.chunks_exact_mut(3).find(|edit| edit.first() == Some(&(house as f64)));
        match known {
            Some(edit) => edit.copy_from_slice(&[house as f64, to.0, to.1]),
            None if full => {
                self.card = Some(Card::EnoughMoved);
                return Change::Live;
            }
            None => self.settings.moved.extend([house as f64, to.0, to.1]),
        }
        if let Some(place) = Arc::make_mut(&mut self.houses).get_mut(house) {
            *place = to;
        }
        self.refit(self.fit.is_best(self.here()));
        Change::Base
    }

    /// Another table, or other columns of it; what cannot be had changes nothing but the message.
    fn choose(&mut self, sheet: Arc<Sheet>, features: &[String], target: Option<&str>) -> Result<Change, DataError> {
        let rows = sheet.choose(features, target, USUAL)?;
        let (old, same_table) = (&self.ground.rows, Arc::ptr_eq(&sheet, &self.ground.sheet));
        if same_table && rows.feature == old.feature && rows.target == old.target {
            return Ok(if self.trouble.take().is_some() { Change::Live } else { Change::Nothing });
        }
        self.settings.data = if sheet.known { sheet.label.clone() } else { OWN.into() };
        let (ground, fit) = Ground::new(sheet, rows, self.settings.standardize);
        self.houses = ground.rows.points.clone();
        (self.ground, self.fit) = (Arc::new(ground), Arc::new(fit));
        (self.settings.start, self.settings.moved, self.settings.house) = (vec![0.0, 0.0], Vec::new(), None);
        (self.trouble, self.held) = (None, None);
        self.name_columns();
        self.anchor = self.home();
        self.begin(self.fit.basis.parameters(self.home()));
        self.mind_rate();
        self.keep_in_window();
        Ok(Change::Base)
    }

    /// Remembers why a table cannot be used.
    fn in_trouble(&mut self, error: DataError) -> Refusal {
        let refusal = error.refusal();
        self.trouble = Some((error, fresh()));
        refusal
    }

    /// The best line's typical miss, and that of the line as it stands.
    fn misses(&self) -> [f64; 2] {
        [self.fit.floor.sqrt(), self.loss().sqrt()]
    }
}
