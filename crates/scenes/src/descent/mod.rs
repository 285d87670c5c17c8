//! `<downhill-descent>` on a curve: a ball on a loss of one parameter, stepped downhill.

mod advice;
mod migrate;
mod say;
mod step;
pub mod words;

use words::DescentWords;

use descent::run::{Formula, Options, Status, Tolerances, Units};

use crate::ground::{DEFAULT_FORMULA, Ground, Landscape, SHORTEST_HISTORY, Site, Slope, Typed, undrawable};
use crate::kit::json::{Json, Plain as _};
use crate::kit::settings::{Field, Kind, Refusal, Value, Values};
use crate::kit::{
    Axis, Change, Handle, Mark, Marks, OptimizerKind, Phase, Point, Prompts, Rich, Shape, Stage, Stepping, Story,
    Supply, Walk, Widget,
};
use crate::number::decimals_for_span;
use crate::readout::{Control, ControlKind, Role, Table};
use crate::settings;
use crate::words::Language;

/// The ball.
const BALL: &str = "at";
/// A slope below this share of the picture's diagonal counts as almost zero: it reads as 0.00. Guessed.
const ALMOST_LEVEL: f64 = 5e-4;

settings! {
    /// What `<downhill-descent>` can be told.
    pub struct Settings {
        /// The loss: a formula of one variable, such as (w^2 - 4)^2 / 8 + w / 3 + 1.5.
        function / "function": String = DEFAULT_FORMULA.into(), Kind::Formula { variables: 1 }, "Your function" | "Deine Funktion", "formula";
        /// Where the walk begins; chosen by looking at the curve unless told.
        start / "start": Option<f64> = None, Kind::Number { low: -1e100, high: 1e100, log: false }, "Start" | "Start", "";
        /// How bold each step is: the factor on the slope.
        learning_rate / "learningRate": f64 = 0.3, Kind::Number { low: 1e-12, high: 1e12, log: true }, "Learning rate" | "Lernrate", "rate";
        /// What makes steps of slopes: sgd (plain), momentum or adam.
        optimizer / "optimizer": OptimizerKind = OptimizerKind::Sgd, Kind::Choice(OptimizerKind::CHOICES), "Optimiser" | "Optimierer", "optimizer";
        /// The stretch of the curve that is shown, such as -3 3; chosen by looking at the curve unless told.
        domain / "domain": Option<(f64, f64)> = None, Kind::Range, "Domain" | "Ausschnitt", "";
        /// Hides the curve: only the slope under the ball is felt.
        blindfold / "blindfold": bool = false, Kind::Flag, "Blindfold" | "Augenbinde", "blindfold";
    }
}

/// The widget.
#[derive(Clone, Debug)]
pub struct Descent {
    settings: Settings,
    site: Site,
    walk: Walk<Formula>,
    /// After a run ran away: a smaller rate that was tried and settles. Trying takes a while, so it is done once.
    suggestion: Option<f64>,
}

impl Descent {
    /// The ground under the ball. Its slope is the very one that the next step is made of.
    fn here(&self) -> Ground {
        let [x] = *self.walk.here() else { return self.site.curve().ground(0.0) };
        let ground = self.site.curve().ground(x);
        let walked = self.walk.now().and_then(|now| now.gradient.first().copied());
        match (ground.slope, walked) {
            (Slope::Smooth(_), Some(slope)) => Ground { slope: Slope::Smooth(slope), ..ground },
            _ => ground,
        }
    }

    /// Where a walk over the present curve begins.
    fn home(&self) -> f64 {
        let curve = self.site.curve();
        self.settings.start.filter(|x| curve.value(*x).is_some()).unwrap_or_else(|| self.site.land.start(curve))
    }

    /// A walk from this place, with the tolerances of the picture.
    fn walk_from(&self, x: f64) -> Walk<Formula> {
        let units = Units { place: self.site.land.span(), slope: self.site.land.typical_slope() };
        let tolerances = Tolerances { gradient: ALMOST_LEVEL, step: 10.0 * ALMOST_LEVEL, units: Some(units) };
        let optimizer = self.settings.optimizer.at_rate(self.settings.learning_rate);
        Walk::new(problem(&self.site), &[x], optimizer, Options { tolerances, ..Options::default() })
    }

    fn restart(&mut self, x: f64) {
        self.walk = self.walk_from(x);
    }

    /// Looks at the curve again, the walk kept.
    fn survey(&mut self) {
        self.site.land = Landscape::survey(self.site.curve(), self.settings.domain);
        // What settles is judged by the picture.
        self.suggestion = None;
        let record = self.walk.record();
        let mut walk = self.walk_from(self.home());
        // The same moves on the same curve can be made again.
        if walk.replay(&record).is_ok() {
            self.walk = walk;
        }
    }

    /// The ground that is spoken of: the one that a step leaves until it has landed.
    fn left(&self, marks: &Marks) -> Ground {
        let before = self.walk.before().and_then(|state| state.point.first().copied());
        before.filter(|_| marks.phase != Phase::Still).map_or_else(|| self.here(), |x| self.site.curve().ground(x))
    }

    /// The ball as it is shown while a step is under way.
    fn shown(&self, marks: &Marks) -> Ground {
        let here = self.here();
        let before = self.walk.before().and_then(|state| state.point.first().copied());
        if marks.phase == Phase::Still { here } else { self.site.curve().ground(marks.between(before, here.x)) }
    }

    /// Decimals of a place and of a slope at this moment, the same wherever they are shown: as many as the arithmetic of the next step
    /// takes.
    fn digits(&self, step: Option<&step::NextStep>) -> (usize, usize) {
        step.map_or((self.site.place_decimals(), self.slope_decimals()), |step| {
            (step.place.decimals, step.slope.decimals)
        })
    }

    fn slope_decimals(&self) -> usize {
        // A slope across the whole picture has about two digits after its first.
        decimals_for_span(10.0 * self.site.land.typical_slope())
    }

    fn live_curve(&self, marks: &mut Marks) {
        let shown = self.shown(marks);
        let at = (shown.x, shown.value);
        let language = marks.language;
        let w = self.site.symbol();
        let digits = self.digits(self.step(marks.phase).as_ref()).1;
        let blind = self.settings.blindfold;
        // The fog lifts from where one stands.
        if marks.clear < 1.0 {
            marks.live(Mark::Veil { at: shown.x, clear: marks.clear });
        }
        if blind {
            let path = self.walk.path(600);
            // Where a step leads is felt when it has landed.
            let known = path.points.len() - usize::from(marks.phase != Phase::Still);
            let felt = path.points.iter().copied().zip(path.values.iter().copied()).take(known).collect();
            marks.live(Mark::Clearing((self.here().x, self.here().value)));
            marks.live(Mark::Axes);
            marks.live(Mark::Felt { curve: self.site.curve().clone(), at: felt });
        }
        // In the fog the number is all there is to know.
        let sliding = matches!(marks.phase, Phase::Sliding(_));
        let name = match blind {
            true => Rich::default(),
            false => Rich::new(words(language).slope_name()).math("L").plain("′(").math(&w).plain(") = "),
        };
        let mark = crate::kit::tangent(shown, !blind, self.target(marks.phase), name, digits);
        if let Some(mark) = mark.filter(|_| blind || !sliding) {
            marks.live(mark);
        }
        let still = marks.phase == Phase::Still;
        if !blind {
            marks.live(Mark::Drop { from: at, line: still });
        }
        self.stride(shown, marks);
        if !blind {
            marks.live(self.walk.trail(at, marks.phase));
            // The tick of the place lies over those of places before it.
            marks.live(Mark::Drop { from: at, line: false });
        }
        marks.live(Mark::Handle(self.ball(shown, language)));
        if !blind {
            self.notes(shown, language, marks);
        }
    }

    /// Where the arrow of the step leads.
    fn target(&self, phase: Phase) -> Option<f64> {
        match phase {
            Phase::Still => self.walk.next().and_then(|next| next.point.first().copied()),
            // The arrow shows the step that is being taken.
            _ => self.walk.here().first().copied(),
        }
    }

    fn stride(&self, shown: Ground, marks: &mut Marks) {
        let phase = marks.phase;
        let Some(to) = self.target(phase) else { return };
        let step = self.step(phase);
        let plain = step.as_ref().is_some_and(|step| step.direction == step::Direction::Slope);
        marks.live(Mark::Stride {
            from: (shown.x, shown.value),
            to,
            height: self.site.curve().value(to),
            phase,
            made_of: shown.gradient().filter(|_| plain && !self.settings.blindfold),
            length: step.as_ref().map_or(String::new(), |step| step.forward(&marks.language.locale())),
            product: step.map_or(String::new(), |step| step.product(&marks.language.locale())),
            ghost: !self.settings.blindfold,
        });
    }

    fn ball(&self, shown: Ground, language: Language) -> Handle {
        let here = self.here();
        let curve = self.site.curve();
        let place = language.locale().fixed(here.x, self.digits(self.next_step().as_ref()).0);
        let says = words(language).place(curve.variable(), &place, here.value.is_some());
        let label = words(language).ball(curve.variable());
        let mut handle = Handle::horizontal(BALL, (shown.x, shown.value), self.site.land.domain, label, says);
        handle.shown = place;
        handle.hollow = !matches!(shown.slope, Slope::Smooth(_));
        handle
    }

    /// What a ball says that is not on the curve in the picture; and which of two valleys is the shallower.
    fn notes(&self, shown: Ground, language: Language, marks: &mut Marks) {
        if let Some(note) = self.site.note(shown, language, |loss| words(language).outside(loss)) {
            marks.live(note);
        }
        let [a, b] = self.site.land.valleys.as_slice() else { return };
        let shallow = if a.value > b.value { a } else { b };
        let lowest = self.site.land.range.0 + 0.14 * self.site.land.rise();
        if (a.value - b.value).abs() >= 0.02 * self.site.land.rise() && shallow.value > lowest {
            let lines = words(language).shallower().map(|lines| lines.map(Rich::from).to_vec());
            marks.live(Mark::note((shallow.x, shallow.value), lines));
        }
    }
}

/// The words of this widget.
fn words(language: Language) -> &'static dyn DescentWords {
    language.pick([&crate::words::En as &dyn DescentWords, &crate::words::De as &dyn DescentWords])
}

impl Widget for Descent {
    const KIND: &'static str = "descent";
    const DOCS: &'static str = "Gradient descent on a curve: drag the ball, step it downhill, see why rates matter.";
    const FIELDS: &'static [Field] = Settings::FIELDS;
    const CONTROLS: &'static [&'static str] = &["point"];
    const TELLS: bool = true;

    fn new(values: &Values, _supply: &Supply, refused: &mut Vec<Refusal>) -> Self {
        let mut settings = Settings::of(values);
        let site = Site::new(&settings.function, DEFAULT_FORMULA, &mut settings.domain, refused);
        let optimizer = settings.optimizer.at_rate(settings.learning_rate);
        let walk = Walk::new(problem(&site), &[0.0], optimizer, Options::default());
        let mut widget = Self { settings, site, walk, suggestion: None };
        widget.restart(widget.home());
        widget
    }

    fn values(&self) -> Values {
        let function = self.site.curve().text().to_owned();
        Settings { function, ..self.settings.clone() }.values()
    }

    fn set(&mut self, name: &str, value: Option<&Value>) -> Result<Change, Refusal> {
        let before = self.settings.clone();
        if !self.settings.set(name, value) {
            return Ok(Change::Nothing);
        }
        let changed = self.settings != before;
        match name {
            "function" => {
                let had_slip = self.site.typed.has_slip();
                let text = core::mem::replace(&mut self.settings.function, before.function);
                if !self.site.typed.type_in(&text)? {
                    return Ok(if had_slip { Change::Base } else { Change::Nothing });
                }
                self.settings.function = text;
                self.site.land = Landscape::survey(self.site.curve(), self.settings.domain);
                let x = match self.settings.start.filter(|x| !self.site.in_view(*x)) {
                    Some(_) => self.site.land.start(self.site.curve()),
                    None => self.home(),
                };
                self.restart(x);
            }
            // A place set again is a wish to go there again.
            "start" => self.restart(self.home()),
            _ if !changed => return Ok(Change::Nothing),
            "learningRate" | "optimizer" => {
                self.walk.set_optimizer(self.settings.optimizer.at_rate(self.settings.learning_rate));
            }
            "domain" => match undrawable(self.settings.domain) {
                Some(refusal) => {
                    self.settings = before;
                    return Err(refusal);
                }
                None => self.survey(),
            },
            _ => {}
        }
        Ok(Change::Base)
    }

    fn act(&mut self, id: &str, _value: Option<f64>) -> Change {
        match id {
            "smaller-rate" => {
                let rate = self.suggestion.unwrap_or(self.settings.learning_rate / 2.0);
                let start = self.walk.start().first().copied().unwrap_or(0.0);
                if self.settings.set("learningRate", Some(&Value::Number(rate.max(1e-12)))) {
                    self.restart(start);
                }
            }
            "nudge" => {
                let here = self.here();
                let size = 0.02 * self.site.land.span();
                // Off the level place, towards the lower side.
                let value = |x: f64| self.site.curve().value(x).unwrap_or(f64::INFINITY);
                let left = value(here.x - size) < value(here.x + size);
                self.walk.leap(&[if left { here.x - size } else { here.x + size }], false);
            }
            "lift-blindfold" => self.settings.blindfold = false,
            _ => return Change::Nothing,
        }
        Change::Base
    }

    fn move_handle(&mut self, _id: &str, (x, _): Point, same: bool) -> Change {
        if self.walk.here().first().is_some_and(|here| here.to_bits() == x.to_bits()) {
            return Change::Nothing;
        }
        if self.settings.blindfold {
            return if self.walk.leap(&[x], same) { Change::Base } else { Change::Nothing };
        }
        self.restart(x);
        Change::Base
    }

    fn grasp(&self, stage: usize, at: Point, reach: Point) -> Option<&'static str> {
        (stage == 0 && !self.settings.blindfold && self.site.is_near(at, reach)).then_some(BALL)
    }

    fn stages(&self, language: Language) -> Vec<Stage> {
        let w = self.site.symbol();
        let say = words(language);
        let blind = self.settings.blindfold;
        let [curve, history] = self.describe(language);
        let x_name = Rich::new(say.parameter()).math(&w);
        let y_name = Rich::new(say.loss_axis()).math("L").plain("(").math(&w).plain(")");
        let y = Axis { mute: blind, ..Axis::new(self.site.land.range, y_name, Role::Loss) };
        // In the dark there is nothing to read off, and so nothing to draw again.
        let (steps, losses) = if blind {
            ((0.0, SHORTEST_HISTORY), self.site.land.range)
        } else {
            self.site.land.history(&self.walk.losses(self.here().value), self.walk.moves())
        };
        let x = Axis::new(self.site.land.domain, x_name, Role::Step);
        let step = Axis::new(steps, language.kit().step_axis().into(), Role::Step);
        let loss = Axis::new(losses, say.loss_word().into(), Role::Loss);
        let title = say.history_title().into();
        vec![
            Stage { axes: !blind, ..Stage::new("curve", x, y, Shape::Wide, curve) },
            Stage { axes: !blind, title, ..Stage::new("history", step, loss, Shape::Strip, history) },
        ]
    }

    fn marks(&self, stage: usize, marks: &mut Marks) {
        let blind = self.settings.blindfold;
        if stage == 0 {
            let faded = self.site.typed.has_slip();
            marks.still(|| {
                if blind {
                    Mark::Fog
                } else {
                    Mark::Curve { curve: self.site.curve().clone(), role: Role::Loss, faded }
                }
            });
            if !marks.base {
                self.live_curve(marks);
            }
        } else if blind {
            marks.live(Mark::Words(words(marks.language).hidden().into()));
        } else {
            let now = self.left(marks).value.map_or(String::new(), |v| self.site.height(v, marks.language));
            let name = words(marks.language).loss_now(&now);
            let mut points = self.walk.losses(self.here().value);
            // The loss of a step that is still on its way is not known yet.
            if marks.phase != Phase::Still && points.len() > 1 {
                points.pop();
            }
            marks.live(Mark::Series { points, name, floor: None, role: Role::Loss });
        }
    }

    fn prompts(&self, language: Language) -> Prompts {
        Prompts::Walk(words(language).prompts(self.settings.blindfold, self.site.typed.has_slip()))
    }

    fn story(&self, language: Language) -> Story {
        self.tell(language)
    }

    fn heard(&self, language: Language) -> Option<String> {
        self.hear(language)
    }

    fn numbers(&self, out: &mut String) {
        self.read_out(out);
    }

    fn declare(out: &mut dyn FnMut(&'static str, String)) {
        say::DescentNumbers::declare(out);
    }

    fn formula(&self) -> Option<(&Typed, &'static str)> {
        Some((&self.site.typed, "L"))
    }

    fn controls(&self, language: Language) -> Vec<Control> {
        let (low, high) = self.rate_range();
        let w = self.site.symbol();
        // A formula tells the shape that the blindfold hides.
        let formula = (!self.settings.blindfold).then(|| Control::of("function", ControlKind::Formula));
        let others = [
            Control {
                symbol: w.into(),
                row: "formula".into(),
                ..Control::placing("point", BALL, words(language).place_label())
            },
            Control::of("optimizer", ControlKind::Choice),
            Control {
                symbol: "η".into(),
                min: Some(low),
                max: Some(high),
                ..Control::of("learningRate", ControlKind::Rate)
            },
            Control { heading: words(language).fog().into(), ..Control::of("blindfold", ControlKind::Switch) },
        ];
        formula.into_iter().chain(others).collect()
    }

    fn table(&self, language: Language) -> Table {
        self.tabulate(language)
    }

    fn did(&self, what: &str, language: Language) -> String {
        words(language).did(what).into()
    }

    fn is_veiled(&self) -> bool {
        self.settings.blindfold
    }

    fn walk(&self) -> Option<&dyn Stepping> {
        Some(&self.walk)
    }

    fn walk_mut(&mut self) -> Option<&mut dyn Stepping> {
        Some(&mut self.walk)
    }

    fn stepped(&mut self) {
        let ran_away = self.walk.status() == Status::Diverged;
        self.suggestion = if ran_away { self.suggestion.or_else(|| self.rate_that_settles()) } else { None };
    }

    fn can_reset(&self) -> bool {
        let start = self.walk.start().first().copied().unwrap_or(0.0);
        self.walk.can_step_back() || self.walk.length() > 0 || start.to_bits() != self.home().to_bits()
    }

    fn reset(&mut self) -> Change {
        self.restart(self.home());
        Change::Base
    }

    fn replay(&mut self, walk: &Json) -> Result<(), Refusal> {
        self.walk.replay(walk)
    }

    fn migrate(version: u64, state: &Json) -> Result<Json, Refusal> {
        migrate::to_present(version, state)
    }
}

fn problem(site: &Site) -> Formula {
    let curve = site.curve();
    // A curve has one variable at most, of this very name.
    #[allow(clippy::expect_used)]
    Formula::of_one(curve.expression().clone(), curve.variable()).expect("a curve has one variable")
}
