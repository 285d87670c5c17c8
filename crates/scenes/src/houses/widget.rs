//! What the shell asks of the widget: settings, buttons, hands.

use calculus::sort::sort_by;
use std::sync::Arc;

use super::pictures::{LEFT, MAP, MOVE_X, MOVE_Y, RIGHT, SCATTER, SPOT, WHICH};
use super::readout::HousesNumbers;
use super::{Card, Houses, OWN, Settings, build, migrate, no_such_house, pair};
use crate::ground::Line;
use crate::kit::json::{Json, Plain as _};
use crate::kit::settings::{Field, Refusal, Value, Values};
use crate::kit::tables::{DataError, DataReadout, FeatureChoice, Sheet};
use crate::kit::{Change, Marks, Named, Point, Prompts, Stage, Stepping, Story, Supply, Widget};
use crate::readout::{Control, Table};
use crate::words::Language;

impl Widget for Houses {
    const KIND: &'static str = "houses";
    const DOCS: &'static str =
        "House prices and one straight line: drag it, step it downhill on the map of all lines, bring your own houses.";
    const FIELDS: &'static [Field] = Settings::FIELDS;
    const CONTROLS: &'static [&'static str] = &["line", "data"];
    const PARTS: &'static [(&'static str, &'static str)] =
        &[("features", "FeatureChoice[]"), ("targets", "FeatureChoice[]"), ("data", "DataReadout")];
    const TABLES: &'static [&'static str] = &["ames"];

    fn new(values: &Values, supply: &Supply, refused: &mut Vec<Refusal>) -> Self {
        build(values, supply, refused)
    }

    fn values(&self) -> Values {
        if self.ground.sheet.known {
            return self.settings.values();
        }
        // A table of one's own never enters a link, nor does what it holds or is called.
        let mut left = Settings { data: OWN.into(), ..self.settings.without_table() }.values();
        left.remove("features");
        left
    }

    fn values_beside_own(&self) -> Values {
        self.settings.values()
    }

    fn own(&self) -> Option<(u64, Named)> {
        self.ground.sheet.own()
    }

    fn set(&mut self, name: &str, value: Option<&Value>) -> Result<Change, Refusal> {
        let mut wanted = self.settings.clone();
        if !wanted.set(name, value) {
            return Ok(Change::Nothing);
        }
        let sheet = self.ground.sheet.clone();
        let chosen = match name {
            "data" => self.choose(Sheet::named(&self.supply, &wanted.data)?, &[], None),
            "features" => self.choose(sheet, &wanted.features, wanted.target.as_deref()),
            "target" => {
                let (target, before) = (wanted.target.as_deref(), self.settings.target.clone());
                match self.choose(sheet.clone(), &wanted.features, target) {
                    // A target chosen to be the feature trades places with it, rather than failing.
                    Err(DataError::SameColumn(_)) => self.choose(sheet, before.as_slice(), target),
                    chosen => chosen,
                }
            }
            _ => return self.set_more(name, wanted),
        };
        chosen.map_err(|error| match error {
            // A learner, who chooses from lists, can only meet columns that share no rows.
            DataError::TooFewRows { .. } => self.in_trouble(error),
            error => error.refusal(),
        })
    }

    fn act(&mut self, id: &str, value: Option<f64>) -> Change {
        let line = self.sound_line();
        match (id, value) {
            ("slope", Some(slope)) => return self.put_and_show(Line { slope, ..line }),
            ("intercept", Some(intercept)) => return self.put_and_show(Line { intercept, ..line }),
            ("exact", _) if !self.fit.is_best(self.here()) || self.walk.length() > 0 => self.put_best(),
            ("safeRate", _) => {
                let rate = self.fit.safe_rate(self.settings.optimizer).clamp(1e-60, 1e60);
                self.settings.learning_rate = Some(rate);
                return self.go_home();
            }
            ("standardize", _) => return self.set("standardize", Some(&Value::Flag(true))).unwrap_or(Change::Nothing),
            ("ames", _) => return self.set("data", None).unwrap_or(Change::Nothing),
            ("dismiss", _) if self.trouble.take().is_some() || self.card.take().is_some() => return Change::Live,
            _ => return Change::Nothing,
        }
        self.keep_in_window();
        Change::Base
    }

    fn take_table(&mut self, label: &str, text: &str) -> Result<Change, Refusal> {
        let label = if label.trim().is_empty() { "CSV" } else { label.trim() };
        let taken = Sheet::read(label, text, false).and_then(|sheet| self.choose(Arc::new(sheet), &[], None));
        taken.map_err(|error| self.in_trouble(error))
    }

    fn move_handle(&mut self, id: &str, to: Point, same: bool) -> Change {
        let (x, y) = self.called_house();
        match id {
            LEFT | RIGHT => {
                let ends = self.held_ends().filter(|_| same).unwrap_or_else(|| self.line().grips(self.ranges));
                let [left, right] = ends;
                let other = if id == LEFT { right } else { left };
                let pivot = (other, self.line().at(other));
                let change = Line::through(pivot, to).map_or(Change::Nothing, |line| self.put(line));
                self.held = Some((ends, self.line()));
                change
            }
            SPOT => self.put(self.fit.basis.line([to.0, to.1])),
            WHICH => {
                let house = self.ranked(to.0.round() as usize);
                let same = house == self.called();
                self.settings.house = Some(house);
                if same { Change::Nothing } else { Change::Live }
            }
            MOVE_X => self.move_house((to.0, y)),
            MOVE_Y if to.0 == x && to.1 == y => Change::Nothing,
            MOVE_Y => self.move_house(to),
            _ => Change::Nothing,
        }
    }

    fn release(&mut self) {
        self.keep_in_window();
    }

    fn click(&mut self, stage: usize, at: Point, reach: Point) -> Change {
        self.clicked = stage;
        match stage {
            SCATTER => {
                let away = |(x, y): &Point| {
                    let (dx, dy) = ((x - at.0) / reach.0, (y - at.1) / reach.1);
                    dx * dx + dy * dy
                };
                let houses = self.houses.iter().map(away).enumerate();
                let near =
                    houses.min_by(|a, b| a.1.total_cmp(&b.1)).filter(|(house, d)| *d <= 1.0 && *house != self.called());
                match near {
                    Some((house, _)) => self.settings.house = Some(house),
                    None => return Change::Nothing,
                }
                Change::Live
            }
            MAP => self.put_and_show(self.fit.basis.line([at.0, at.1])),
            _ => Change::Nothing,
        }
    }

    fn stages(&self, language: Language) -> Vec<Stage> {
        self.show_stages(language)
    }

    fn marks(&self, stage: usize, marks: &mut Marks) {
        self.show_marks(stage, marks);
    }

    fn prompts(&self, language: Language) -> Prompts {
        Prompts::Walk(super::say::words(language).prompts(self.settings.moving))
    }

    fn story(&self, language: Language) -> Story {
        self.tell(language)
    }

    fn heard(&self, language: Language) -> Option<String> {
        Some(self.hear(&self.voice(language)))
    }

    fn numbers(&self, out: &mut String) {
        self.read_out().write_properties(out);
    }

    fn declare(out: &mut dyn FnMut(&'static str, String)) {
        HousesNumbers::declare(out);
        FeatureChoice::declare(out);
        DataReadout::declare(out);
    }

    fn parts(&self) -> Vec<(&'static str, u64)> {
        let columns = self.ground.rows.version;
        let data = self.trouble.as_ref().map_or(columns, |(_, version)| *version);
        vec![("features", columns), ("targets", columns), ("data", data)]
    }

    fn part(&self, name: &'static str, language: Language, out: &mut String) {
        self.write_part(name, language, out);
    }

    fn controls(&self, language: Language) -> Vec<Control> {
        self.show_controls(language)
    }

    fn table(&self, language: Language) -> Table {
        self.tabulate(language)
    }

    fn did(&self, what: &str, language: Language) -> String {
        let what = if what == "click" && self.clicked == MAP { SPOT } else { what };
        super::say::words(language).did(self.things(), what).into()
    }

    fn walk(&self) -> Option<&dyn Stepping> {
        Some(&self.walk)
    }

    fn walk_mut(&mut self) -> Option<&mut dyn Stepping> {
        Some(&mut self.walk)
    }

    fn can_reset(&self) -> bool {
        let home = self.fit.basis.parameters(self.home());
        let walked = self.walk.can_step_back() || self.walk.length() > 0;
        walked || pair(self.walk.start()) != home || self.moved().next().is_some()
    }

    fn reset(&mut self) -> Change {
        // The table as it stands can always be had.
        self.set_moved(&[]).ok();
        self.go_home()
    }

    fn replay(&mut self, walk: &Json) -> Result<(), Refusal> {
        if self.card == Some(Card::Borrowed) {
            // The walk of another table.
            return Ok(());
        }
        self.walk.replay(walk)?;
        let sound = |p: &[f64]| self.is_sound(self.fit.basis.line(pair(p)));
        if self.walk.now().is_none() || !sound(self.walk.start()) {
            return Err(Refusal::new("E_STATE", "", |language| super::say::words(language).wild_walk().into()));
        }
        self.keep_in_window();
        Ok(())
    }

    fn migrate(version: u64, state: &Json) -> Result<Json, Refusal> {
        migrate::to_present(version, state)
    }
}

impl Houses {
    /// A setting that keeps table and columns.
    fn set_more(&mut self, name: &str, wanted: Settings) -> Result<Change, Refusal> {
        let changed = wanted != self.settings;
        let count = self.houses.len();
        match name {
            // A place set again is a wish to go there again.
            "start" => {
                self.set_home(&wanted.start)?;
                return Ok(self.go_home());
            }
            _ if !changed => return Ok(Change::Nothing),
            "house" if wanted.house.is_some_and(|house| house >= count) => return Err(no_such_house(count)),
            "house" | "misses" | "moving" => {
                self.settings = wanted;
                return Ok(Change::Live);
            }
            "moved" => self.set_moved(&wanted.moved)?,
            "standardize" => {
                self.settings = wanted;
                self.refit(false);
                self.mind_rate();
            }
            "optimizer" => {
                self.settings = wanted;
                self.mind_rate();
            }
            _ => {
                self.settings = wanted;
                self.walk.set_optimizer(self.optimizer());
            }
        }
        self.keep_in_window();
        Ok(Change::Base)
    }

    fn put_and_show(&mut self, line: Line) -> Change {
        let change = self.put(line);
        self.keep_in_window();
        change
    }

    /// The house of a rank when all are put in order of the feature; those alike in order of the table.
    fn ranked(&self, rank: usize) -> usize {
        let mut order: Vec<(usize, f64)> = self.houses.iter().map(|house| house.0).enumerate().collect();
        sort_by(&mut order, |a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        order.get(rank.min(order.len().saturating_sub(1))).map_or(0, |(house, _)| *house)
    }

    /// The rank of the called-out house.
    pub(super) fn rank(&self) -> usize {
        let (called, (x, _)) = (self.called(), self.called_house());
        let houses = self.houses.iter().enumerate();
        houses.filter(|(i, (other, _))| *other < x || (*other == x && *i < called)).count()
    }
}
