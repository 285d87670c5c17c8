//! What the three stages show, and what can be dragged on them.

use descent::run::Status;

use super::Houses;
use super::say::Voice;
use crate::ground::{Line, pair};
use crate::kit::tables::{Column, Unit, evenly};
use crate::kit::{Axis, Handle, Knob, LineLook, Mark, Marks, Phase, Point, Rich, Shape, Stage, Stepping as _};
use crate::number::rounded_to_digits;
use crate::painter::Grip;
use crate::readout::Role;
use crate::ticks::Counts;
use crate::words::Language;

/// Index of the scatter of houses.
pub(super) const SCATTER: usize = 0;
/// Index of the map of lines.
pub(super) const MAP: usize = 1;

/// Left end of the line.
pub(super) const LEFT: &str = "left";
/// Right end of the line.
pub(super) const RIGHT: &str = "right";
/// The line as a spot on the map.
pub(super) const SPOT: &str = "line";
/// Which house is called out.
pub(super) const WHICH: &str = "house";
/// The feature of the called-out house.
pub(super) const MOVE_X: &str = "moveX";
/// Its target, and for a pointer its place.
pub(super) const MOVE_Y: &str = "moveY";

/// The most misses drawn; of more houses an even selection, or the picture would be all sticks.
pub(super) const MOST_STICKS: usize = 120;
/// Earlier lines drawn faintly.
const EARLIER: usize = 4;
/// Past places marked with dots on the map.
const TRAIL: usize = 12;
/// The most places of a drawn path.
const MOST_PLACES: usize = 600;

/// What an axis counts.
fn counts(column: &Column) -> Counts {
    match column.unit {
        Unit::Dollars => Counts::Dollars,
        Unit::Year => Counts::Years,
        Unit::SquareFeet | Unit::Plain => Counts::Plain,
    }
}

impl Houses {
    /// The parameters as shown: on their way while a step is animated.
    fn shown(&self, marks: &Marks) -> [f64; 2] {
        let here = self.here();
        match self.walk.before().filter(|_| marks.phase != Phase::Still).map(|before| pair(&before.point)) {
            Some([p, q]) => [marks.between(Some(p), here[0]), marks.between(Some(q), here[1])],
            None => here,
        }
    }

    /// The parameters that are spoken of: those that a step leaves until it has landed.
    fn said(&self, marks: &Marks) -> [f64; 2] {
        let before = self.walk.before().filter(|_| marks.phase != Phase::Still);
        before.map_or_else(|| self.here(), |before| pair(&before.point))
    }

    pub(super) fn show_stages(&self, language: Language) -> Vec<Stage> {
        let voice = self.voice(language);
        let (rows, names, window) = (&self.ground.rows, voice.names(), self.window());
        let [scatter, map, history] = self.describe(&voice);
        let [scatter_title, map_title] = voice.say.titles(&voice.locale.count(self.houses.len() as u64));
        let money = if rows.target.unit == Unit::Dollars { Counts::Dollars } else { Counts::Plain };
        let axis = |range, name: String, column| Axis::new(range, name.into(), Role::Data).counting(counts(column));
        let [x_axis, y_axis] = self.map_axes(&voice);
        let map_axis =
            |at, [long, short]: [Rich; 2]| Axis::new(window.range(at, 1.0), long, Role::Step).or(short).counting(money);
        let [x, y] = self.ranges;
        let stage = |id, title, x, y, shape, description| Stage { id, title, x, y, shape, axes: true, description };
        let (steps, (low, high)) = self.history_reach();
        let step = Axis::new((0.0, steps), language.kit().step_axis().into(), Role::Step);
        let loss = Axis::new((low, high), Rich::default(), Role::Loss).counting(money);
        let (x, y) = (axis(x, voice.with_unit(&rows.feature), &rows.feature), axis(y, names.target, &rows.target));
        let equal = self.settings.standardize;
        vec![
            stage("scatter", scatter_title, x, y, Shape::Scatter, scatter),
            stage("map", map_title, map_axis(0, x_axis), map_axis(1, y_axis), Shape::Map { equal }, map),
            stage("history", String::new(), step, loss, Shape::Strip, history),
        ]
    }

    fn map_axes(&self, voice: &Voice<'_>) -> [[Rich; 2]; 2] {
        let names = voice.names();
        if self.settings.standardize {
            return voice.say.standard_axes(&names).map(|name| name.map(Rich::new));
        }
        let [x, y] = voice.say.raw_axes(&names);
        [x.map(|name| Rich::new(name).math("m")), y.map(|name| Rich::new(name).math("b"))]
    }

    /// Steps and typical miss that the history has room for: enough for the walk so far, from its start down to the floor.
    fn history_reach(&self) -> (f64, (f64, f64)) {
        let first = self.fit.objective.value(self.walk.start()).sqrt();
        // Four digits: a picture that would look the same is not drawn again.
        let high = rounded_to_digits(1.14 * first.max(self.misses()[0]), 4);
        let steps = self.walk.steps() as f64;
        let widths = [24.0, 50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1.1e6];
        let most = widths.into_iter().find(|most| steps <= 0.96 * most).unwrap_or(1.1e6);
        let high = if high > 0.0 && high.is_finite() { high } else { 1.0 };
        let low = rounded_to_digits((1.12 * self.misses()[0] - 0.12 * high).max(0.0), 4);
        (most, (low, high))
    }

    pub(super) fn show_marks(&self, stage: usize, marks: &mut Marks) {
        match (stage, marks.base) {
            (SCATTER, true) => {
                let mut without: Vec<usize> = self.moved().map(|(house, _)| house).collect();
                without.sort_unstable();
                marks.still(|| Mark::Cloud { at: self.ground.rows.points.clone(), without });
            }
            (SCATTER, false) => self.live_scatter(marks),
            (MAP, true) => {
                let language = marks.language;
                marks.still(|| self.bands(language));
            }
            (MAP, false) => self.live_map(marks),
            (_, true) => {
                // To a thirtieth of a pixel, so that it is not drawn again for less.
                let (high, look) = (self.history_reach().1.1, LineLook::Guide);
                let intercept = (self.misses()[0] / high * 5e3).round() / 5e3 * high;
                marks.still(|| Mark::Line { intercept, slope: 0.0, role: Role::Ink, look });
            }
            (_, false) => self.live_history(marks),
        }
    }

    fn live_scatter(&self, marks: &mut Marks) {
        let line = self.fit.basis.line(self.shown(marks));
        if self.settings.misses {
            let some = evenly(self.houses.len(), MOST_STICKS).filter_map(|house| self.houses.get(house));
            marks.live(Mark::Sticks(some.map(|&(x, y)| ((x, y), (x, line.at(x)))).collect()));
        }
        let original = &self.ground.rows.points;
        let (from, to) = self.moved().filter_map(|(house, to)| Some((*original.get(house)?, to))).unzip();
        marks.live(Mark::Moved { from, to });
        let draw = |line: Line, look| Mark::Line {
            intercept: line.intercept,
            slope: line.slope,
            role: Role::Prediction,
            look,
        };
        for (age, state) in self.walk.recent(EARLIER + 1).skip(1).enumerate() {
            marks.live(draw(self.fit.basis.line(pair(&state.point)), LineLook::Earlier(age)));
        }
        marks.live(draw(line, LineLook::Model));
        let voice = self.voice(marks.language);
        // What is said of the line turns over with the rest, when the step lands.
        marks.live(self.callout(line, self.fit.basis.line(self.said(marks)), &voice));
        for handle in self.ends_as_handles(line, marks, &voice).into_iter().chain(self.house_as_handles(&voice)) {
            marks.live(Mark::Handle(handle));
        }
    }

    fn callout(&self, line: Line, said: Line, voice: &Voice<'_>) -> Mark {
        let (guess, price, miss) = voice.verdict_of(said);
        let (x, y) = self.called_house();
        let [sold, guessed] = voice.say.sold_and_guessed(voice.names().sold);
        Mark::Callout {
            data: (x, y),
            model: (x, line.at(x)),
            sold: (sold.into(), voice.amount(price)),
            guessed: (guessed.into(), voice.amount(guess)),
            missed: (miss != 0.0).then(|| (voice.say.too(miss > 0.0).into(), voice.amount(miss.abs()))),
            handles: &[WHICH, MOVE_X, MOVE_Y],
        }
    }

    fn ends_as_handles(&self, line: Line, marks: &Marks, voice: &Voice<'_>) -> [Handle; 2] {
        // Held, they do not slide sideways.
        let held = self.held_ends().filter(|_| matches!(marks.held, Some(LEFT | RIGHT)));
        let [left, right] = held.unwrap_or_else(|| line.grips(self.ranges));
        let (rows, (low, high)) = (&self.ground.rows, self.ranges[1]);
        [(LEFT, left), (RIGHT, right)].map(|(id, x)| {
            let y = line.at(x);
            let place = voice.words(&rows.feature, whole(x));
            let label = voice.say.end(id == LEFT, &voice.label(&rows.target), &place);
            let handle =
                Handle::horizontal(id, (x, Some(y)), (low.min(y), high.max(y)), label, voice.amount(voice.rounded(y)));
            Handle { grip: Grip::Vertical, knob: Knob::Small, ..handle }
        })
    }

    /// Which house is called out; while houses can be moved, where it is too.
    fn house_as_handles(&self, voice: &Voice<'_>) -> Vec<Handle> {
        let ((x, y), rows) = (self.called_house(), &self.ground.rows);
        let [range_x, range_y] = self.ranges;
        let last = self.houses.len().saturating_sub(1) as f64;
        let (feature, target) = (voice.label(&rows.feature), voice.label(&rows.target));
        let (size, price) = (voice.words(&rows.feature, x), voice.amount(voice.rounded(y)));
        let hidden = |id, at, range, label, says| Handle {
            knob: Knob::Hidden,
            ..Handle::horizontal(id, at, range, label, says)
        };
        let rank = (self.rank() as f64, Some(y));
        let which =
            hidden(WHICH, rank, (0.0, last), voice.say.handles(self.things())[0].into(), format!("{size}, {price}"));
        let mut all = vec![Handle { unit: Some(1.0), ..which }];
        if self.settings.moving {
            let sideways = voice.words(&rows.feature, whole(x));
            let [across, upright] = [&feature, &target].map(|label| voice.say.move_house(self.things(), label));
            let move_y = hidden(MOVE_Y, (x, Some(y)), range_x, upright, price);
            all.push(hidden(MOVE_X, (x, Some(y)), range_x, across, sideways));
            all.push(Handle { knob: Knob::Dot, grip: Grip::Both, range_y, ..move_y });
        }
        all
    }

    /// The level sets: ellipses around the best line, or where the feature never changes ones so long that they are a strip.
    fn bands(&self, language: Language) -> Mark {
        const ENDLESS: f64 = 1e6;
        let (fit, voice, window) = (&self.fit, self.voice(language), self.window());
        // A change of w alone in the standard basis, and of c alone.
        let along = if fit.basis == fit.standard {
            (1.0, 0.0)
        } else {
            (1.0 / fit.standard.scale, -fit.standard.centre / fit.standard.scale)
        };
        let size = if fit.curved { 1.0 } else { ENDLESS * window.half[0] / (window.reach * along.0) };
        let centre = (window.centre[0], window.centre[1]);
        Mark::Bands {
            centre,
            axes: (Some((size * along.0, size * along.1)), (0.0, 1.0)),
            levels: window.levels(fit).into_iter().map(|(miss, distance)| (distance, voice.brief(miss))).collect(),
            named: true,
            // Names keep off the path, which the kit knows better.
            clear: [centre; 2],
        }
    }

    fn live_map(&self, marks: &mut Marks) {
        let point = |[p, q]: [f64; 2]| (p, q);
        let (shown, best, voice) = (self.shown(marks), self.window().centre, self.voice(marks.language));
        let here = point(shown);
        // All lines through the called-out house: those that say its target for its feature.
        let ((x, y), basis) = (self.called_house(), self.fit.basis);
        let lines = voice.say.through(voice.names().sold, &voice.amount(y)).map(Rich::new).into();
        marks.live(Mark::Trough { intercept: y, slope: (basis.centre - x) / basis.scale, lines });
        let [best_line, step, uphill, gradient] = voice.say.on_map().map(str::to_owned);
        marks.live(Mark::Goal { at: point(best), name: best_line, here });
        let path = self.walk.path(MOST_PLACES);
        let mut points: Vec<Point> = path.points.chunks_exact(2).map(|p| point(pair(p))).collect();
        points.pop();
        points.push(here);
        let mut recent: Vec<Point> =
            self.walk.recent(TRAIL + 1).skip(1).map(|state| point(pair(&state.point))).collect();
        recent.reverse();
        marks.live(Mark::Path { points, recent, start: marks.language.kit().start().into() });
        // At rest the slope is almost zero, and an arrow would say otherwise.
        if !self.fit.is_best(shown) && self.walk.status() != Status::Converged {
            // It must not drown in the digits of the place.
            let mut slope = [0.0; 2];
            self.fit.objective.gradient(&shown, &mut slope);
            let half = self.window().half;
            let size = (slope[0] / half[0]).abs().max((slope[1] / half[1]).abs());
            let to = (here.0 + slope[0] / size, here.1 + slope[1] / size);
            let names = vec![uphill, gradient];
            let direction = Some(self.window().steepness(slope));
            marks.live(Mark::Arrow { from: here, to, direction, role: Role::Gradient, names });
        }
        let next = self.walk.next().filter(|_| marks.phase == Phase::Still).map(|next| pair(&next.point));
        // The arrow of a step that is being shown is used up.
        if let Some(to) = next.or_else(|| (marks.phase != Phase::Still).then(|| self.here())).map(point) {
            marks.live(Mark::Arrow { from: here, to, direction: None, role: Role::Step, names: vec![step] });
        }
        marks.live(Mark::Handle(self.spot(shown, &voice)));
    }

    /// The line of now in words.
    pub(super) fn spot_says(&self, voice: &Voice<'_>) -> String {
        let [p, q] = self.here();
        let (standardized, target) = (self.settings.standardize, &self.ground.rows.target);
        let slope = if standardized { voice.amount(voice.rounded(p)) } else { target.number(p, &voice.locale) };
        voice.say.spot_says(&voice.names(), standardized, &slope, &voice.amount(voice.rounded(q)))
    }

    fn spot(&self, shown: [f64; 2], voice: &Voice<'_>) -> Handle {
        let ([p, q], standardized, says) = (self.here(), self.settings.standardize, self.spot_says(voice));
        let (label, window) = (voice.say.handles(self.things())[1].into(), self.window());
        let around = |(low, high): (f64, f64), v: f64| (low.min(v), high.max(v));
        let handle = Handle::horizontal(SPOT, (shown[0], Some(shown[1])), around(window.range(0, 1.0), p), label, says);
        // Where one scale serves both axes the picture is higher than the window.
        let range_y = around(window.range(1, if standardized { 1.25 } else { 1.0 }), q);
        Handle { grip: Grip::Both, knob: Knob::Small, range_y, ..handle }
    }

    fn miss_of(&self, at: [f64; 2]) -> f64 {
        self.fit.objective.value(&at).sqrt()
    }

    fn live_history(&self, marks: &mut Marks) {
        let path = self.walk.path(MOST_PLACES);
        let mut points: Vec<Point> =
            path.steps.iter().zip(&path.values).map(|(step, value)| (*step as f64, value.sqrt())).collect();
        if let (Some((step, last)), false) = (points.last_mut(), marks.phase == Phase::Still) {
            // The newest point slides with the line.
            *last = self.miss_of(self.shown(marks));
            *step = marks.between(Some(*step - 1.0), *step);
        }
        let voice = self.voice(marks.language);
        let floor = self.misses()[0];
        let miss = if marks.phase == Phase::Still { self.misses()[1] } else { self.miss_of(self.said(marks)) };
        let [name, unbeaten] =
            voice.say.on_history(&voice.amount(voice.rounded(miss)), &voice.amount(voice.rounded(floor)));
        let floor_names = vec![unbeaten, voice.say.on_map()[0].into()];
        marks.live(Mark::Series { points, name, floor: Some((floor, floor_names)), role: Role::Loss });
    }
}

/// Whole numbers for what is hardly ever given more exactly on a picture.
fn whole(x: f64) -> f64 {
    if x.abs() >= 100.0 { x.round() } else { rounded_to_digits(x, 3) }
}
