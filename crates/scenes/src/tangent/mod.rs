//! `<downhill-tangent>`: a point on any curve, its slope inked in below, a lens, a second point that closes in, a sketch that is judged.

mod say;
#[cfg(test)]
mod tests;
pub mod words;

use std::sync::Arc;

use crate::ground::{Curve, Ground, Landscape, Site, Slope, Stretches, Typed, Verdict, sketch, undrawable};
use crate::kit::settings::{Field, Kind, Refusal, Value, Values};
use crate::kit::{
    Axis, Change, Handle, LineLook, Mark, Marks, Point, Prompts, Rich, Shape, Stage, Story, Supply, Weight, Widget,
};
use crate::number::{decade, decimals_for_span, rounded_to_digits, ten_to};
use crate::readout::{Control, ControlKind, Role, Table};
use crate::settings;
use crate::words::Language;
use words::{Mode, TangentWords};

/// Two turning points, and zeros of the slope where the height has none.
const DEFAULT: &str = "x^3/3 - x + 2";
/// The point, and the second one.
const POINTS: [&str; 2] = ["at", "second"];
/// The strongest lens.
const STRONGEST: f64 = 1e6;
/// Half of what is worked out for the lens, as a share of the picture at power 1: more than any lens shows.
const SEEN: f64 = 0.25;
/// So many rows of a table are enough to see a ratio settle.
const ROWS: usize = 60;
/// A move of less than this share of the picture is a ride, a longer one at a blow a leap. Guessed.
const RIDE: f64 = 0.05;

settings! {
    /// What `<downhill-tangent>` can be told.
    pub struct Settings {
        /// The function: a formula of one variable, such as x^3/3 - x + 2.
        function / "function": String = DEFAULT.into(), Kind::Formula { variables: 1 }, "Your function" | "Deine Funktion", "formula";
        /// Where the tangent touches; chosen by looking at the curve unless told.
        at / "at": Option<f64> = None, Kind::Number { low: -1e100, high: 1e100, log: false }, "Place" | "Stelle", "";
        /// The stretch of the curve that is shown, such as -3 3; chosen by looking at the curve unless told.
        domain / "domain": Option<(f64, f64)> = None, Kind::Range, "Domain" | "Ausschnitt", "";
        /// How far to the right of the place a second point stands; none unless told.
        second_point / "secondPoint": Option<f64> = None, Kind::Number { low: -1e100, high: 1e100, log: false }, "Distance h" | "Abstand h", "second";
        /// Whether the derivative is drawn from the start.
        show_derivative / "showDerivative": bool = false, Kind::Flag, "Derivative" | "Ableitung", "derivative";
        /// How strongly the lens magnifies: 1 for no lens, up to 1000000.
        magnification / "magnification": f64 = 1.0, Kind::Number { low: 1.0, high: STRONGEST, log: true }, "Magnify" | "Vergrößerung", "lens";
        /// Stretches of the slope that are inked in: their ends one after the other.
        ink / "ink": Stretches = Stretches::default(), Kind::Numbers { count: 0 }, "Ink" | "Tinte", "";
        /// Distances h of the rows of the table.
        halvings / "halvings": Vec<f64> = Vec::new(), Kind::Numbers { count: 0 }, "Halvings" | "Halbierungen", "";
        /// Seven slopes that were sketched, from left to right.
        sketch / "sketch": Option<Vec<f64>> = None, Kind::Numbers { count: 7 }, "Sketch" | "Skizze", "sketch";
        /// Whether the sketch has been checked.
        checked / "checked": bool = false, Kind::Flag, "Checked" | "Geprüft", "";
    }
}

/// The widget.
#[derive(Clone, Debug)]
pub struct Tangent {
    settings: Settings,
    site: Site,
    /// The slope as a curve of its own, where it could be written down, and the heights of its chart.
    slopes: Option<Arc<Curve>>,
    steep: (f64, f64),
    at: f64,
}

/// The words of this widget.
fn words(language: Language) -> &'static dyn TangentWords {
    language.pick([&crate::words::En as &dyn TangentWords, &crate::words::De as &dyn TangentWords])
}

impl Tangent {
    fn survey(settings: Settings, mut site: Site) -> Self {
        site.land = Landscape::survey(site.curve(), settings.domain);
        let (land, slopes) = (&site.land, site.curve().slopes().map(Arc::new));
        let steep = slopes.as_ref().map_or((-1.0, 1.0), |slopes| {
            let (low, high) = Landscape::survey(slopes, Some(land.domain)).range;
            // Zero is what tells rising from falling: it is in view, with some room around it. At the top stands the axis name.
            let span = high.max(0.0) - low.min(0.0);
            (low.min(-0.2 * span), high.max(0.0) + 0.15 * span)
        });
        let at = settings.at.unwrap_or_else(|| land.start(site.curve()));
        Self { settings, site, slopes, steep, at }
    }

    fn curve(&self) -> &Arc<Curve> {
        self.site.curve()
    }

    /// The ground under the point. Where the curve jumps, there is no slope on either side of that one place.
    fn here(&self) -> Ground {
        let here = self.curve().ground(self.at);
        let jumps = matches!(here.slope, Slope::Kink { .. }) && self.curve().jumps(self.at);
        if jumps { Ground { slope: Slope::Missing, ..here } } else { here }
    }

    fn mode(&self) -> Mode {
        match &self.settings {
            Settings { sketch: Some(_), checked, .. } => {
                if *checked {
                    Mode::Judged
                } else {
                    Mode::Sketch
                }
            }
            Settings { second_point: Some(_), .. } => Mode::Secant,
            settings if settings.magnification > 1.0 => Mode::Lens,
            _ => Mode::Ride,
        }
    }

    fn shows_derivative(&self) -> bool {
        (self.settings.show_derivative && self.mode() != Mode::Sketch) || self.mode() == Mode::Judged
    }

    /// Where the second point stands and how far it is.
    fn second(&self) -> Option<(f64, f64)> {
        self.settings.second_point.filter(|h| *h != 0.0).map(|h| (self.at + h, h))
    }

    /// Over this way: rise and ratio, where enough digits are left to tell them.
    fn ratio(&self, h: f64) -> Option<(f64, f64)> {
        let rise = self.curve().rise(self.at, h)?;
        let told =
            rise.error <= 1e-6 * rise.value.abs() || rise.error <= 1e-9 * (h * self.site.land.typical_slope()).abs();
        told.then_some((rise.value, rise.value / h)).filter(|(_, ratio)| ratio.is_finite())
    }

    fn slope_decimals(&self) -> usize {
        decimals_for_span(3.0 * (self.steep.1 - self.steep.0))
    }

    /// A first distance of the second point: a round part of the picture, to the right where the curve goes on there.
    fn first_distance(&self) -> f64 {
        let third = self.site.land.span() / 3.0;
        let round = [5.0, 2.0, 1.0].map(|n| n * ten_to(decade(third)));
        let h = round.into_iter().find(|h| *h <= third).unwrap_or(third);
        let fits = |h: f64| self.site.in_view(self.at + h) && self.curve().value(self.at + h).is_some();
        if fits(h) || !fits(-h) { h } else { -h }
    }

    fn go_to(&mut self, x: f64, ridden: bool) {
        if self.mode() != Mode::Sketch {
            self.settings.ink.add(if ridden { self.at } else { x }, x);
        }
        self.at = x;
        self.settings.halvings.clear();
    }

    fn upper(&self, marks: &mut Marks) {
        let (here, language) = (self.here(), marks.language);
        let at = (here.x, here.value);
        let (say, w) = (words(language), self.site.symbol());
        let sketching = self.mode() == Mode::Sketch;
        if let (Some((x, h)), Some(value), false) = (self.second(), here.value, sketching)
            && let Some((rise, ratio)) = self.ratio(h)
        {
            let (to, kit, [run, up, over]) = ((x, value + rise), language.kit(), self.secant_texts(h, language));
            marks.live(Mark::Legs { from: (here.x, value), to, run: kit.run(&run), rise: kit.rise(&up) });
            let intercept = value - ratio * here.x;
            marks.live(Mark::Line { intercept, slope: ratio, role: Role::Gradient, look: LineLook::Secant });
            marks.live(Mark::label(to, say.secant(&over), Role::Gradient, Weight::Rise));
        }
        let lens = self.settings.magnification > 1.0;
        if !sketching {
            let name = Rich::new(say.axes()[2]).math("f").plain("′(").math(&w).plain(") = ");
            let plain = self.second().is_none() && !lens;
            if let Some(mark) = crate::kit::tangent(here, plain, None, name, self.slope_decimals()) {
                marks.live(mark);
            }
        }
        marks.live(Mark::Drop { from: at, line: !lens });
        if let (Some(value), true) = (here.value, lens) {
            let power = self.settings.magnification;
            let (wide, high) = (SEEN * self.site.land.span() / power, SEEN * self.site.land.rise() / power);
            let pieces = self.curve().beside(here.x, wide, high);
            let slope = if sketching { Slope::Missing } else { here.slope };
            marks.live(Mark::Lens { at: (here.x, value), power, pieces, slope });
        }
        if let Some((x, _)) = self.second().filter(|_| !sketching) {
            marks.live(Mark::Handle(self.point(1, self.curve().ground(x), language)));
        }
        marks.live(Mark::Handle(self.point(0, here, language)));
        if let Some(note) = self.site.note(here, language, |height| say.outside(height)) {
            marks.live(note);
        }
    }

    fn point(&self, which: usize, ground: Ground, language: Language) -> Handle {
        let w = self.curve().variable();
        let place = self.site.place(ground.x, language);
        let [first, second] = words(language).points(w);
        let label = if which == 0 { first } else { second };
        let undefined =
            if ground.value.is_none() { format!(", {}", language.kit().undefined_here()) } else { String::new() };
        let says = format!("{w} = {place}{undefined}");
        let id = POINTS.get(which).copied().unwrap_or("at");
        let mut handle = Handle::horizontal(id, (ground.x, ground.value), self.site.land.domain, label, says);
        handle.shown = place;
        handle.hollow = which == 1 || !matches!(ground.slope, Slope::Smooth(_));
        handle
    }

    fn lower(&self, marks: &mut Marks) {
        let (here, language, mode) = (self.here(), marks.language, self.mode());
        if self.settings.sketch.is_some() {
            let line = self.sketched();
            if mode == Mode::Judged {
                marks.live(Mark::Dots { at: line.clone(), role: Role::Ink, hollow: true });
            }
            marks.live(Mark::Ink { pieces: vec![line], role: Role::Ink });
        }
        if mode == Mode::Sketch {
            return self.grips(marks);
        }
        if !self.shows_derivative() {
            marks.live(Mark::Ink { pieces: self.inked(), role: Role::Gradient });
            if self.settings.ink.ends().is_empty() {
                // Where the point is not, nor its number.
                let share = if self.at > self.site.land.domain.0 + 0.5 * self.site.land.span() { 0.25 } else { 0.75 };
                let high = here.gradient().is_some_and(|slope| slope < 0.0);
                let near = (
                    self.site.land.domain.0 + share * self.site.land.span(),
                    if high { 0.6 * self.steep.1 } else { 0.0 },
                );
                marks.live(Mark::note(near, words(language).ride_on().map(|words| vec![Rich::from(words)])));
            }
        }
        let (full, hollow) = match here.slope {
            Slope::Smooth(slope) => (vec![(here.x, slope)], Vec::new()),
            Slope::Kink { left, right, .. } => {
                (Vec::new(), [left, right].iter().flatten().map(|s| (here.x, *s)).collect())
            }
            _ => (Vec::new(), Vec::new()),
        };
        for at in &full {
            marks.live(Mark::Drop { from: (at.0, Some(at.1)), line: true });
            let number = language.locale().fixed(at.1, self.slope_decimals());
            marks.live(Mark::label(*at, number, Role::Gradient, Weight::Rise));
        }
        marks.live(Mark::Dots { at: full, role: Role::Gradient, hollow: false });
        marks.live(Mark::Dots { at: hollow, role: Role::Gradient, hollow: true });
    }

    /// The slope along the stretches that were ridden.
    fn inked(&self) -> Vec<Vec<Point>> {
        let Some(slopes) = &self.slopes else { return Vec::new() };
        self.settings.ink.slopes((self.curve(), slopes), self.site.land.span(), self.site.land.range, self.steep)
    }

    /// The places of the grips and the slopes drawn there.
    fn sketched(&self) -> Vec<Point> {
        sketch::places(self.site.land.domain, self.settings.sketch.as_deref().unwrap_or_default())
    }

    /// What the sketch amounts to, once it has been checked.
    fn verdict(&self) -> Option<Verdict> {
        let judge = || Verdict::on(self.curve(), &self.sketched(), self.steep, self.site.land.rise());
        self.settings.checked.then(judge)
    }

    fn grips(&self, marks: &mut Marks) {
        let (language, kit) = (marks.language, marks.language.kit());
        for (number, (x, drawn)) in self.sketched().into_iter().enumerate() {
            let label = words(language).grip(number + 1, &self.site.at(x, language));
            let says = kit.slope(&language.locale().fixed(drawn, self.slope_decimals()));
            marks.live(Mark::Handle(sketch::grip(number, (x, drawn), self.steep, label, says)));
        }
    }
}

impl Widget for Tangent {
    const KIND: &'static str = "tangent";
    const DOCS: &'static str = "A draggable point on any curve: its slope, a lens, a secant closing into the tangent, the derivative earned by riding.";
    const FIELDS: &'static [Field] = Settings::FIELDS;
    const CONTROLS: &'static [&'static str] = &["point", "clear"];

    fn new(values: &Values, _supply: &Supply, refused: &mut Vec<Refusal>) -> Self {
        let mut settings = Settings::of(values);
        let site = Site::new(&settings.function, DEFAULT, &mut settings.domain, refused);
        Self::survey(settings, site)
    }

    fn values(&self) -> Values {
        let function = self.curve().text().to_owned();
        Settings { function, at: Some(self.at), ..self.settings.clone() }.values()
    }

    fn set(&mut self, name: &str, value: Option<&Value>) -> Result<Change, Refusal> {
        let mut settings = self.settings.clone();
        if !settings.set(name, value) {
            return Ok(Change::Nothing);
        }
        if let Some(refusal) = undrawable(settings.domain) {
            return Err(refusal);
        }
        match name {
            "function" => {
                let had_slip = self.site.typed.has_slip();
                if !self.site.typed.type_in(&settings.function)? {
                    return Ok(if had_slip { Change::Base } else { Change::Nothing });
                }
                let at = self.at;
                // What was found out about the other curve does not hold for this one.
                let Settings { function, domain, at: place, second_point, show_derivative, magnification, .. } =
                    settings;
                let kept = Settings {
                    function,
                    domain,
                    at: place,
                    second_point,
                    show_derivative,
                    magnification,
                    ..Settings::default()
                };
                *self = Self::survey(kept, self.site.clone());
                if self.site.in_view(at) && self.curve().value(at).is_some() {
                    self.at = at;
                }
            }
            "at" => {
                self.settings = settings;
                let x = self.settings.at.unwrap_or_else(|| self.site.land.start(self.curve()));
                self.go_to(x, false);
            }
            _ if settings == self.settings => return Ok(Change::Nothing),
            "domain" => {
                let at = self.at;
                *self = Self { at, ..Self::survey(settings, self.site.clone()) };
            }
            _ => self.settings = settings,
        }
        Ok(Change::Base)
    }

    fn act(&mut self, id: &str, _value: Option<f64>) -> Change {
        let power = self.settings.magnification;
        match id {
            "closer" if power < STRONGEST => self.settings.magnification = (power * 10.0).min(STRONGEST),
            "wider" if power > 1.0 => self.settings.magnification = (power / 10.0).max(1.0),
            "second" => self.settings.second_point = Some(self.first_distance()),
            "single" => {
                self.settings.second_point = None;
                self.settings.halvings.clear();
            }
            "halve" => {
                let Some((_, h)) = self.second() else { return Change::Nothing };
                if self.settings.halvings.len() + 1 >= ROWS || self.ratio(h / 2.0).is_none() {
                    return Change::Nothing;
                }
                if self.settings.halvings.last() != Some(&h) {
                    self.settings.halvings.push(h);
                }
                self.settings.halvings.push(h / 2.0);
                self.settings.second_point = Some(h / 2.0);
            }
            "clear" => self.settings.ink = Stretches::default(),
            "sketch" => (self.settings.sketch, self.settings.checked) = (Some(vec![0.0; sketch::GRIPS.len()]), false),
            "check" if self.mode() == Mode::Sketch => self.settings.checked = true,
            "leave" => (self.settings.sketch, self.settings.checked) = (None, false),
            _ => return Change::Nothing,
        }
        Change::Base
    }

    fn judged(&self, act: &str) -> bool {
        act == "check"
    }

    fn move_handle(&mut self, id: &str, (x, y): Point, same: bool) -> Change {
        match id {
            "at" if x.to_bits() == self.at.to_bits() => return Change::Nothing,
            "at" => self.go_to(x, same || (x - self.at).abs() <= RIDE * self.site.land.span()),
            // Two points in one place have no secant.
            "second" if (x - self.at).abs() < 1e-9 * self.site.land.span() => return Change::Nothing,
            "second" => self.settings.second_point = Some(rounded_to_digits(x - self.at, 12)),
            _ if !sketch::draw(self.settings.sketch.as_deref_mut(), id, y) => return Change::Nothing,
            _ => {}
        }
        Change::Live
    }

    fn grasp(&self, stage: usize, at: Point, reach: Point) -> Option<&'static str> {
        (stage == 0 && self.site.is_near(at, reach)).then_some("at")
    }

    fn stages(&self, language: Language) -> Vec<Stage> {
        let w = self.site.symbol();
        let [place, height, slope] = words(language).axes();
        let of = |name: &str, letter: &str| Rich::new(name).math("f").plain(letter).math(&w).plain(")");
        let x = Axis::new(self.site.land.domain, Rich::new(place).math(&w), Role::Step);
        let [upper, lower] = self.describe(language);
        vec![
            Stage::new(
                "curve",
                x.clone(),
                Axis::new(self.site.land.range, of(height, "("), Role::Loss),
                Shape::Upper,
                upper,
            ),
            Stage::new("slope", x, Axis::new(self.steep, of(slope, "′("), Role::Gradient), Shape::Lower, lower),
        ]
    }

    fn marks(&self, stage: usize, marks: &mut Marks) {
        let faded = self.site.typed.has_slip();
        if stage == 0 {
            marks.still(|| Mark::Curve { curve: self.curve().clone(), role: Role::Loss, faded });
        } else {
            marks.still(|| Mark::Line { intercept: 0.0, slope: 0.0, role: Role::Ink, look: LineLook::Guide });
            if let (Some(curve), true) = (&self.slopes, self.shows_derivative()) {
                marks.still(|| Mark::Curve { curve: curve.clone(), role: Role::Gradient, faded });
            }
        }
        match stage {
            _ if marks.base => {}
            0 => self.upper(marks),
            _ => self.lower(marks),
        }
    }

    fn prompts(&self, language: Language) -> Prompts {
        let all = Mode::ALL.iter().map(|mode| words(language).prompt(*mode)).collect();
        Prompts::Own(all, self.mode() as usize)
    }

    fn story(&self, language: Language) -> Story {
        self.tell(language)
    }

    fn numbers(&self, out: &mut String) {
        self.read_out(out);
    }

    fn declare(out: &mut dyn FnMut(&'static str, String)) {
        <say::TangentNumbers as crate::kit::json::Plain>::declare(out);
    }

    fn formula(&self) -> Option<(&Typed, &'static str)> {
        Some((&self.site.typed, "f"))
    }

    fn controls(&self, language: Language) -> Vec<Control> {
        let [place, other, closer, wider, second, halve, single, sketch, check, again, done, clear] =
            words(language).controls();
        let (w, mode, power) = (self.site.symbol(), self.mode(), self.settings.magnification);
        let (sketching, judged) = (mode == Mode::Sketch, mode == Mode::Judged);
        let (free, has_second) = (!sketching && !judged, self.settings.second_point.is_some());
        let has_ink = !self.settings.ink.ends().is_empty();
        let buttons = [
            ("lens", "closer", closer, free && power < STRONGEST),
            ("lens", "wider", wider, free && power > 1.0),
            ("second", "second", second, free && !has_second),
            ("second", "halve", halve, free && has_second),
            ("second", "single", single, free && has_second),
            ("sketch", "check", check, sketching),
            ("sketch", "sketch", if judged { again } else { sketch }, !sketching),
            ("sketch", "leave", done, !free),
            ("clear", "clear", clear, free && has_ink),
        ];
        let mut all = vec![
            Control::of("function", ControlKind::Formula),
            Control { symbol: w.clone().into(), row: "formula".into(), ..Control::placing("point", POINTS[0], place) },
        ];
        all.extend(buttons.into_iter().filter(|(.., shown)| *shown).map(|(id, act, label, _)| Control {
            row: "acts".into(),
            ..Control::acting(id, act, ControlKind::Button, label)
        }));
        if free {
            let ends =
                Control { min: Some(1.0), max: Some(STRONGEST), ..Control::of("magnification", ControlKind::Rate) };
            all.push(ends);
            if has_second {
                all.push(Control { symbol: w.into(), ..Control::placing("second", POINTS[1], other) });
            }
        }
        all.push(Control::of("showDerivative", ControlKind::Switch));
        all
    }

    fn table(&self, language: Language) -> Table {
        self.tabulate(language)
    }

    fn did(&self, what: &str, language: Language) -> String {
        words(language).did(what).into()
    }
}
