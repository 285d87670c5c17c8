//! Numbers and names in words, the explain line, the descriptions, the table.

use descent::run::Status;

use super::Houses;
use super::pictures::MOST_STICKS;
use super::words::{Contours, HousesWords, Names, Overall, Things};
use crate::ground::Line;
use crate::kit::tables::{Column, Unit, evenly, money};
use crate::kit::{Stepping as _, Story};
use crate::number::{Locale, decade};
use crate::readout::{Figure, Role, Span, Table};
use crate::words::{De, En, Language};

/// The words of this widget.
pub(super) fn words(language: Language) -> &'static dyn HousesWords {
    language.pick([&En as &dyn HousesWords, &De as &dyn HousesWords])
}

/// Speaks of one widget in one language.
pub(super) struct Voice<'a> {
    houses: &'a Houses,
    pub say: &'static dyn HousesWords,
    pub locale: Locale,
}

/// A typical miss up to so many times the least is hardly more.
const HARDLY: f64 = 1.01;

impl Houses {
    /// What the rows of the table are.
    pub(super) fn things(&self) -> Things {
        if self.ground.sheet.known { Things::Houses } else { Things::Rows }
    }

    pub(super) fn voice(&self, language: Language) -> Voice<'_> {
        Voice { houses: self, say: words(language), locale: language.locale() }
    }
}

impl Voice<'_> {
    /// The name of a column for people: "living area".
    pub(super) fn label(&self, column: &Column) -> String {
        let known = self.say.column(&column.id).filter(|_| column.known);
        known.map_or_else(|| column.name.clone(), |(label, _)| label.to_owned())
    }

    /// The same with its unit: "living area, sq ft".
    pub(super) fn with_unit(&self, column: &Column) -> String {
        match column.unit {
            Unit::SquareFeet => format!("{}, {}", self.label(column), self.say.unit(column.unit)),
            _ => self.label(column),
        }
    }

    /// Feature and target in words.
    pub(super) fn names(&self) -> Names {
        let (feature, target) = (&self.houses.ground.rows.feature, &self.houses.ground.rows.target);
        let (label, money) = (self.label(feature), self.label(target));
        let one = match (feature.unit, self.say.column(&feature.id).filter(|_| feature.known)) {
            (Unit::SquareFeet | Unit::Year, _) => self.say.unit(feature.unit).to_owned(),
            (_, Some((_, one))) => one.to_owned(),
            (_, None) => self.say.unit_of(&label),
        };
        Names {
            one,
            at_zero: self.say.at_zero(feature.unit, &label),
            at_average: self.say.at_average((!feature.known).then_some(label.as_str())),
            short: self.say.short(&money),
            sold: target.unit == Unit::Dollars && self.houses.things() == Things::Houses,
            things: self.houses.things(),
            feature: label,
            target: money,
        }
    }

    /// Decimals of amounts of the target: none for dollars, else those that five digits of the largest need.
    pub(super) fn decimals(&self) -> usize {
        let (low, high) = self.houses.ground.ranges[1];
        match self.houses.ground.rows.target.unit {
            Unit::Dollars => 0,
            _ => usize::try_from(4 - decade(low.abs().max(high.abs()))).unwrap_or(0).min(12),
        }
    }

    /// An amount as it is shown. Guess, price and miss are rounded alike, so that they add up on the screen.
    pub(super) fn rounded(&self, value: f64) -> f64 {
        crate::number::rounded(value, self.decimals())
    }

    /// An amount of the target in words.
    pub(super) fn amount(&self, value: f64) -> String {
        self.amount_to(value, self.decimals())
    }

    /// The same with so many decimals.
    pub(super) fn amount_to(&self, value: f64, decimals: usize) -> String {
        let far = value.abs() >= 1e12;
        let text = if far { self.locale.significant(value, 4) } else { self.locale.fixed(value, decimals) };
        match self.houses.ground.rows.target.unit {
            Unit::Dollars => self.locale.money(&text, ""),
            _ if text.contains('×') => text,
            _ => self.locale.without_trailing_zeros(&text).to_owned(),
        }
    }

    /// A value of a column with what is counted: `2,520 sq ft`, `$450,000`.
    pub(super) fn words(&self, column: &Column, value: f64) -> String {
        match column.unit {
            Unit::SquareFeet => format!("{} {}", column.number(value, &self.locale), self.say.unit(column.unit)),
            _ => column.number(value, &self.locale),
        }
    }

    /// A short form of an amount for pictures: `$56k`, `1.2`.
    pub(super) fn brief(&self, value: f64) -> String {
        let (size, locale) = (value.abs(), &self.locale);
        match self.houses.ground.rows.target.unit {
            Unit::Dollars if (999_500.0..1e12).contains(&size) => locale.money(&locale.trimmed(value / 1e6, 3), "M"),
            Unit::Dollars if (999.5..1e12).contains(&size) => locale.money(&locale.fixed(value / 1e3, 0), "k"),
            Unit::Dollars => money(value, locale),
            _ => locale.trimmed(value, 3),
        }
    }

    /// Guess and price of the called-out house and the miss between them, all from the rounded numbers that are shown.
    pub(super) fn verdict(&self) -> (f64, f64, f64) {
        self.verdict_of(self.houses.line())
    }

    /// The same of another line.
    pub(super) fn verdict_of(&self, line: Line) -> (f64, f64, f64) {
        let (x, sold) = self.houses.called_house();
        let (guess, sold) = (self.rounded(line.at(x)), self.rounded(sold));
        (guess, sold, sold - guess)
    }
}

impl Houses {
    pub(super) fn tell(&self, language: Language) -> Story {
        let voice = self.voice(language);
        let (equation, spoken) = self.equation(&voice);
        Story {
            figures: self.figures(&voice, language),
            equation,
            beats: Vec::new(),
            spoken,
            explain: self.explain(&voice),
            notice: self.notice(&voice, language),
            share_note: (!self.ground.sheet.known).then(|| voice.say.share_note().into()),
        }
    }

    fn figures(&self, voice: &Voice<'_>, language: Language) -> Vec<Figure> {
        let mse = self.loss();
        let [typical, squared, explained] = voice.say.figures();
        let locale = &voice.locale;
        let (unit, value) = match self.ground.rows.target.unit {
            // A million square dollars is a thousand dollars squared.
            Unit::Dollars if mse >= 1e5 => (format!(", ({})²", locale.dollars(1_000.0)), mse / 1e6),
            Unit::Dollars => (", $²".into(), mse),
            _ => (String::new(), mse),
        };
        let value = match value {
            value if value == mse => locale.significant(value, 4),
            value if value >= 1e9 => locale.significant(value, 3),
            value => locale.fixed(value, usize::from(value < 10.0)),
        };
        let share = match self.fit.r_squared(mse) {
            None => language.kit().undefined().into(),
            Some(r) if r < -99.0 => voice.say.below(&locale.fixed(-99.0, 0)),
            Some(r) => locale.fixed(r, 2),
        };
        vec![
            Figure::new("rmse", typical, voice.amount(voice.rounded(mse.sqrt())), Role::Loss),
            Figure::new("mse", format!("{squared}{unit}"), value, Role::Loss),
            Figure::new("rSquared", explained, share, Role::Prediction),
        ]
    }

    /// What is heard of a line on the way: the line, and its typical miss.
    pub(super) fn hear(&self, voice: &Voice<'_>) -> String {
        let ([_, miss], line) = (self.misses(), self.spot_says(voice));
        format!("{line}, {} {}.", voice.say.figures()[0], voice.amount(voice.rounded(miss)))
    }

    /// The present moment in one or two sentences.
    fn explain(&self, voice: &Voice<'_>) -> Vec<Span> {
        let (guess, price, miss) = voice.verdict();
        let low = (miss != 0.0).then_some(miss > 0.0);
        let [guess, price, miss] = [guess, price, miss.abs()].map(|v| voice.amount(v));
        let first = voice.say.verdict(voice.names().sold, &guess, &price, &miss, low);
        // The numbers of the strip below.
        let [least, miss] = self.misses();
        let [best, typical] = [least, miss].map(|v| voice.amount(voice.rounded(v)));
        let nothing = voice.amount(0.0);
        let overall = match self.walk.status() {
            _ if self.fit.is_best(self.here()) => Overall::Best,
            Status::Diverged => Overall::RanAway,
            Status::Idle if self.here() == [0.0, 0.0] => Overall::Nothing(&nothing),
            _ if miss <= HARDLY * least => Overall::Hardly,
            _ => Overall::Compared(&best),
        };
        let second = voice.say.overall(self.things(), &typical, overall);
        first.then(second.0).into()
    }

    /// A sentence for each stage.
    pub(super) fn describe(&self, voice: &Voice<'_>) -> [String; 3] {
        let names = voice.names();
        let (guess, price, _) = voice.verdict();
        let count = voice.locale.count(self.houses.len() as u64);
        let sticks = self.houses.len().min(MOST_STICKS).to_string();
        let misses = self.settings.misses.then_some((sticks.as_str(), self.houses.len() <= MOST_STICKS));
        let size = voice.words(&self.ground.rows.feature, self.called_house().0);
        let house = [size.as_str(), &voice.amount(guess), &voice.amount(price)];
        let contours = match (self.fit.curved, self.settings.standardize) {
            (false, _) => Contours::Bands,
            (true, true) => Contours::Circles,
            (true, false) => Contours::Needles,
        };
        let levels: Vec<String> = self.window().levels(&self.fit).iter().map(|(miss, _)| voice.brief(*miss)).collect();
        let steps = self.walk.steps();
        let first = self.fit.objective.value(self.walk.start()).sqrt();
        let [floor, now] = self.misses().map(|v| voice.brief(v));
        [
            voice.say.scatter(&names, &count, house, misses),
            voice.say.map(contours, &levels, steps),
            voice.say.history(&voice.brief(first), &now, steps, &floor),
        ]
    }

    /// The houses as a table, evenly spread where there are more than are shown.
    pub(super) fn tabulate(&self, language: Language) -> Table {
        /// The most rows for readers who do not see the picture.
        const MOST: usize = 200;
        let (voice, line, rows, all) = (self.voice(language), self.line(), &self.ground.rows, self.houses.len());
        let cells = evenly(all, MOST).filter_map(|house| {
            let (x, sold) = *self.houses.get(house)?;
            let sold = voice.rounded(sold);
            let guess = voice.rounded(line.at(x));
            let amounts = [sold, guess, sold - guess].map(|v| voice.amount(v));
            Some([(house + 1).to_string(), rows.feature.number(x, &voice.locale)].into_iter().chain(amounts).collect())
        });
        let [house, guess, difference] = voice.say.columns(self.things()).map(str::to_owned);
        let count = |n: usize| voice.locale.count(n as u64);
        Table {
            caption: voice.say.caption(self.things(), &count(all.min(MOST)), &count(all), all <= MOST),
            columns: vec![house, voice.with_unit(&rows.feature), voice.label(&rows.target), guess, difference],
            rows: cells.collect(),
        }
    }
}
