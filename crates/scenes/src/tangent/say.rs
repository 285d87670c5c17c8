//! What is said and read out: figures, equation, sentence, descriptions, numbers, table.

use super::words::Mode;
use super::{Tangent, words};
use crate::ground::{Slope, Spot, Verdict};
use crate::kit::Story;
use crate::number::{rounded, rounded_to_digits};
use crate::plain;
use crate::readout::{Figure, Role, Span, Table, Term};
use crate::words::{Language, Sentence};

plain! {
    /// Rise over run between the point and a second one.
    pub struct SecantReadout {
        /// How far the second point is, to the right.
        h / "h": f64,
        /// How much the function changes over it.
        rise / "rise": Option<f64>,
        /// Rise over h; null where no digits are left to tell it.
        ratio / "ratio": Option<f64>,
    }
}

plain! {
    /// The numbers of `<downhill-tangent>`. Those that are not finite are null.
    pub struct TangentNumbers {
        /// The place.
        at / "at": f64,
        /// The value of the function there.
        value / "value": Option<f64>,
        /// The slope there.
        slope / "slope": Option<f64>,
        /// The slope from the left, where there is no single one.
        left / "left": Option<f64>,
        /// The slope from the right, where there is no single one.
        right / "right": Option<f64>,
        /// The second point.
        secant / "secant": Option<SecantReadout>,
        /// Rows of the table of halvings.
        halvings / "halvings": Vec<SecantReadout>,
        /// How strongly the lens magnifies; 1 for no lens.
        magnification / "magnification": f64,
        /// Stretches along which the slope is inked in.
        ink / "ink": Vec<(f64, f64)>,
        /// Seven slopes that were sketched.
        sketch / "sketch": Option<Vec<f64>>,
        /// What the checked sketch amounts to: right, signsFlipped, heightForSlope, zerosOfHeight, partly or undecided.
        verdict / "verdict": Option<String>,
        /// The stretch that is shown.
        domain / "domain": (f64, f64),
    }
}

impl Tangent {
    fn over(&self, h: f64) -> SecantReadout {
        let (rise, ratio) = self.ratio(h).unzip();
        SecantReadout { h, rise, ratio }
    }

    pub(super) fn read_out(&self, out: &mut String) {
        let here = self.here();
        let (slope, left, right) = match here.slope {
            Slope::Smooth(slope) => (Some(slope), None, None),
            Slope::Kink { left, right, .. } => (None, left, right),
            _ => (None, None, None),
        };
        TangentNumbers {
            at: self.at,
            value: here.value,
            slope,
            left,
            right,
            secant: self.second().map(|(_, h)| self.over(h)),
            halvings: self.settings.halvings.iter().map(|h| self.over(*h)).collect(),
            magnification: self.settings.magnification,
            ink: self.settings.ink.iter().collect(),
            sketch: self.settings.sketch.clone(),
            verdict: self.verdict().map(|verdict| verdict.word().into()),
            domain: self.site.land.domain,
        }
        .write_properties(out);
    }

    fn slope_text(&self, slope: f64, language: Language) -> String {
        language.locale().fixed(slope, self.slope_decimals())
    }

    /// The slope in a figure or a cell, whatever it is.
    fn steepness(&self, slope: Slope, language: Language) -> String {
        let side = |s: Option<f64>| s.map_or(language.kit().undefined().into(), |s| self.slope_text(s, language));
        match slope {
            Slope::Smooth(slope) => self.slope_text(slope, language),
            Slope::Kink { left, right, .. } => {
                format!("{} | {}", side(left), side(right))
            }
            Slope::Vertical { .. } => language.kit().no_finite_value().into(),
            Slope::Missing => language.kit().undefined().into(),
        }
    }

    /// h, rise and ratio as shown, once for picture, figures, equation and table; the last two empty where they cannot be told.
    pub(super) fn secant_texts(&self, h: f64, language: Language) -> [String; 3] {
        let shown = |v: f64| language.locale().trimmed(v, 6);
        let [rise, ratio] = match self.ratio(h) {
            Some((rise, ratio)) => [rise, ratio].map(shown),
            None => [language.kit().undefined(); 2].map(String::from),
        };
        [shown(h), rise, ratio]
    }

    pub(super) fn tell(&self, language: Language) -> Story {
        let mode = self.mode();
        let (equation, spoken) = self.equation(mode, language);
        Story {
            figures: self.figures(mode, language),
            equation,
            beats: Vec::new(),
            spoken,
            explain: self.explain(mode, language).into(),
            ..Story::default()
        }
    }

    fn figures(&self, mode: Mode, language: Language) -> Vec<Figure> {
        let [height, slope, run, rise, ratio] = words(language).figures();
        let here = self.here();
        let value = here.value.map_or(language.kit().undefined().into(), |v| self.site.height(v, language));
        let height = Figure::new("value", height, value, Role::Loss);
        match (mode, self.second()) {
            (Mode::Sketch, _) => vec![height],
            (Mode::Secant, Some((_, h))) => {
                let [h, up, over] = self.secant_texts(h, language);
                vec![
                    Figure::new("h", run, h, Role::Step),
                    Figure::new("rise", rise, up, Role::Loss),
                    Figure::new("ratio", ratio, over, Role::Gradient),
                ]
            }
            _ => vec![height, Figure::new("slope", slope, self.steepness(here.slope, language), Role::Gradient)],
        }
    }

    fn equation(&self, mode: Mode, language: Language) -> (Vec<Term>, String) {
        let say = words(language);
        let [at_place, slope_here, ratio_word, rise_word, h_word] = say.meanings();
        let (w, place) = (self.site.symbol(), self.site.place(self.at, language));
        let operator = |symbol| Term::operator(symbol, symbol);
        if let (Mode::Secant, Some((_, h))) = (mode, self.second()) {
            if self.ratio(h).is_none() {
                return Default::default();
            }
            let [h, rise, ratio] = self.secant_texts(h, language);
            let spoken = say.ratio_spoken(&rise, &h, &ratio);
            let terms = vec![
                Term::new("Δf ÷ h", ratio, ratio_word, Role::Gradient),
                operator("="),
                Term::new(format!("f({w} + h) − f({w})"), rise, rise_word, Role::Loss),
                operator("÷"),
                Term::new("h", h, h_word, Role::Step),
            ];
            return (terms, spoken);
        }
        let (Slope::Smooth(slope), false) = (self.here().slope, mode == Mode::Sketch) else {
            return Default::default();
        };
        let slope = self.slope_text(slope, language);
        let written = self.curve().derivative_on_one_line().map(|d| language.locale().formula(&d));
        let written = written.filter(|text| text.chars().count() <= 24).unwrap_or_else(|| format!("f′({w})"));
        let spoken = say.slope_spoken(&place, &slope);
        let terms = vec![
            Term::new(format!("f′({w})"), format!("f′({place})"), at_place, Role::Gradient),
            operator("="),
            Term::new(written, slope, slope_here, Role::Gradient),
        ];
        (terms, spoken)
    }

    /// One or two sentences about this very moment.
    fn explain(&self, mode: Mode, language: Language) -> Sentence {
        let (say, here) = (words(language), self.here());
        let strong = |text: String| Span { text, role: Role::Gradient, strong: true };
        match mode {
            Mode::Sketch => return Sentence::new().plain(say.sketching()),
            Mode::Judged => return Sentence::new().plain(say.judged(&self.judgement(language))),
            _ => {}
        }
        if let (Some((x, h)), Some(_)) = (self.second(), here.value) {
            let [run, rise, ratio] = self.secant_texts(h, language);
            return match self.ratio(h) {
                Some(_) => {
                    let slope = here.gradient().filter(|_| matches!(here.slope, Slope::Smooth(_)));
                    let slope = slope.map(|s| self.slope_text(s, language));
                    say.ratio_says(&run, &rise, strong(ratio), slope.as_deref())
                }
                None if self.curve().value(x).is_none() => say.no_second(),
                None => say.no_digits(),
            };
        }
        let side = |s: f64| self.slope_text(s, language);
        match here.slope {
            Slope::Missing if here.value.is_none() => say.undefined(),
            Slope::Missing if self.curve().jumps(self.at) => say.jump(),
            Slope::Missing => say.no_slope(),
            Slope::Vertical { .. } => say.upright(),
            Slope::Kink { left: Some(l), right: Some(r), .. } => say.corner(&side(l), &side(r), mode == Mode::Lens),
            Slope::Kink { left, right, .. } => left.or(right).map_or_else(|| say.no_slope(), |s| say.end(&side(s))),
            Slope::Smooth(slope) => {
                let shown = self.slope_text(slope, language);
                let level = rounded(slope, self.slope_decimals()) == 0.0;
                let size = self.slope_text(slope.abs(), language);
                let sentence = say.slope_says(strong(shown), (!level).then_some(slope > 0.0), &size);
                if mode != Mode::Lens {
                    return sentence;
                }
                // A short way off, and how far the curve has left its tangent there.
                let away = rounded_to_digits(0.05 * self.site.land.span() / self.settings.magnification, 1);
                let leaves = [-away, away].into_iter().filter_map(|h| {
                    let rise = self.curve().rise(self.at, h)?;
                    Some((rise.value - slope * h).abs()).filter(|left| *left > 4.0 * rise.error)
                });
                let leaves = leaves.reduce(f64::max);
                let few = |v: f64| language.locale().trimmed(v, 2);
                sentence.plain(say.bend(&few(away), leaves.map(few).as_deref()))
            }
        }
    }

    fn judgement(&self, language: Language) -> Verdict<[String; 3]> {
        self.verdict().unwrap_or(Verdict::Undecided).map(|s: Spot| {
            [self.site.at(s.x, language), self.slope_text(s.drawn, language), self.slope_text(s.slope, language)]
        })
    }

    /// A sentence for each stage.
    pub(super) fn describe(&self, language: Language) -> [String; 2] {
        let (say, w, mode) = (words(language), self.curve().variable(), self.mode());
        let moment: String = self.explain(mode, language).0.into_iter().map(|span| span.text).collect();
        let sketch = matches!(mode, Mode::Sketch | Mode::Judged);
        let chart = say.chart(w, self.settings.ink.iter().count(), self.shows_derivative(), sketch);
        [say.curve(w, &self.site.place(self.at, language), &moment), chart]
    }

    /// The rows of halvings, or places that were ridden with height and slope.
    pub(super) fn tabulate(&self, language: Language) -> Table {
        const EACH: usize = 20;
        const MOST: usize = 200;
        let (say, w, locale) = (words(language), self.curve().variable(), language.locale());
        let place = format!("{w} = {}", self.site.place(self.at, language));
        let [places, halvings] = say.captions(&locale.formula(self.curve().text()), &place);
        let [height, slope, rise, ratio] = say.columns().map(String::from);
        if !self.settings.halvings.is_empty() {
            let rows = self.settings.halvings.iter().map(|h| self.secant_texts(*h, language).to_vec()).collect();
            return Table { caption: halvings, columns: vec!["h".into(), rise, ratio], rows };
        }
        let ridden = self.settings.ink.iter().flat_map(|(low, high)| {
            let steps = if low < high { EACH } else { 0 };
            (0..=steps).map(move |i| low + (high - low) * i as f64 / steps.max(1) as f64)
        });
        let all: Vec<f64> = ridden.chain([self.at]).take(MOST).collect();
        let row = |x: f64| {
            let ground = self.curve().ground(x);
            let value = ground.value.map_or(language.kit().undefined().into(), |v| self.site.height(v, language));
            vec![locale.fixed(x, self.site.place_decimals() + 1), value, self.steepness(ground.slope, language)]
        };
        // The slope is not given away while it is being sketched.
        let rows = if self.mode() == Mode::Sketch { Vec::new() } else { all.into_iter().map(row).collect() };
        Table { caption: places, columns: vec![w.into(), height, slope], rows }
    }
}
