//! What is said and read out: the explain line, the cards, the descriptions, the numbers, the table.

use descent::run::{Cause, Status, Way};

use super::step::{Direction, NextStep};
use super::words::{Factor, GroundWords, Side, marked};
use super::{Descent, words};
use crate::ground::Slope;
use crate::kit::{Stepping as _, Story};
use crate::number::{Locale, Rounded};
use crate::plain;
use crate::readout::{Figure, Notice, NoticeKind, Role, Span, Table};
use crate::words::{Language, Sentence};

plain! {
    /// What the blindfold hides and counts.
    pub struct BlindfoldReadout {
        /// Whether it is on.
        on / "on": bool,
        /// Moves since the start: steps, and each leap by hand as one.
        steps_taken / "stepsTaken": u64,
        /// How many of them were leaps.
        leaps / "leaps": u64,
        /// The lowest place stood on so far.
        lowest_found / "lowestFound": Option<f64>,
        /// Whether the ball has settled in the lowest valley in view; null while it has not settled.
        in_lowest_valley / "inLowestValley": Option<bool>,
    }
}

plain! {
    /// The numbers of `<downhill-descent>`. Those that are not finite are absent.
    pub struct DescentNumbers {
        /// The parameter: one number.
        at / "at": Vec<f64>,
        /// The loss there.
        value / "value": Option<f64>,
        /// The slope there that a step follows: one number, or none.
        gradient / "gradient": Vec<f64>,
        /// Where the next step leads: one number, or none.
        next / "next": Vec<f64>,
        /// Steps of the optimiser taken.
        steps / "steps": u64,
        /// The learning rate.
        learning_rate / "learningRate": f64,
        /// The ends of its logarithmic slider.
        learning_rate_range / "learningRateRange": (f64, f64),
        /// The optimiser.
        optimizer / "optimizer": String,
        /// The blindfold.
        blindfold / "blindfold": BlindfoldReadout,
        /// A smaller rate that was tried and settles, once a run ran away.
        suggested_learning_rate / "suggestedLearningRate": Option<f64>,
        /// Rates above this cannot settle in the valley nearest to the start.
        largest_stable_learning_rate / "largestStableLearningRate": Option<f64>,
        /// The stretch of the parameter that is shown.
        domain / "domain": (f64, f64),
    }
}

impl Descent {
    pub(super) fn read_out(&self, out: &mut String) {
        let here = self.here();
        let settled = self.walk.status() == Status::Converged;
        let gradient = self.walk.now().and_then(|now| now.gradient.first().copied()).or(here.gradient());
        let path = self.walk.path(600);
        let lowest = path.points.iter().zip(&path.values).min_by(|a, b| a.1.total_cmp(b.1)).map(|(x, _)| *x);
        DescentNumbers {
            at: vec![here.x],
            value: here.value,
            gradient: gradient.into_iter().collect(),
            next: self.walk.next().and_then(|next| next.point.first().copied()).into_iter().collect(),
            steps: self.walk.steps(),
            learning_rate: self.settings.learning_rate,
            learning_rate_range: self.rate_range(),
            optimizer: self.settings.optimizer.word().into(),
            blindfold: BlindfoldReadout {
                on: self.settings.blindfold,
                steps_taken: self.walk.moves(),
                leaps: self.walk.leaps(),
                lowest_found: lowest,
                in_lowest_valley: if settled { self.found_the_lowest() } else { None },
            },
            suggested_learning_rate: self.suggestion,
            largest_stable_learning_rate: self.largest_stable_rate(),
            domain: self.site.land.domain,
        }
        .write_properties(out);
    }

    pub(super) fn tell(&self, language: Language) -> Story {
        let step = self.next_step();
        let (equation, beats) = step.as_ref().map(|s| self.equation(s, language)).unwrap_or_default();
        Story {
            figures: self.figures(step.as_ref(), language),
            equation,
            beats,
            spoken: step.as_ref().map(|s| self.spoken(s, language)).unwrap_or_default(),
            explain: self.explain(step.as_ref(), language),
            notice: self.notice(language),
            share_note: None,
        }
    }

    fn figures(&self, next: Option<&NextStep>, language: Language) -> Vec<Figure> {
        let (here, kit, say) = (self.here(), language.kit(), words(language));
        let [step, loss, slope] = say.figures();
        let steps = if self.settings.blindfold { self.walk.moves() } else { self.walk.steps() };
        let step = Figure::new("step", step, language.locale().count(steps), Role::Ink);
        if self.settings.blindfold {
            let value = match here.slope {
                Slope::Smooth(slope) => language.locale().fixed(slope, self.digits(next).1),
                Slope::Kink { .. } => say.no_single_slope().into(),
                Slope::Vertical { .. } => kit.no_finite_value().into(),
                Slope::Missing => kit.undefined().into(),
            };
            return vec![step, Figure::new("slope", slope, value, Role::Gradient)];
        }
        let value = here.value.map_or(kit.undefined_here().into(), |v| self.site.height(v, language));
        vec![step, Figure::new("loss", loss, value, Role::Loss)]
    }

    fn factor(&self, step: &NextStep, locale: &Locale, sized: bool) -> Factor {
        match &step.direction {
            Direction::Slope if sized => Factor::Slope(step.slope.size(locale)),
            Direction::Slope => Factor::Slope(step.slope.text(locale)),
            Direction::Velocity { keep, velocity } => {
                Factor::Velocity(locale.fixed(*keep, 2), velocity.text(locale), step.slope.text(locale))
            }
            Direction::Quotient { mean, size } => Factor::Quotient(mean.text(locale), size.text(locale)),
        }
    }

    fn spoken(&self, step: &NextStep, language: Language) -> String {
        let locale = language.locale();
        words(language).spoken(
            self.site.curve().variable(),
            &step.next.text(&locale),
            &step.place.text(&locale),
            &locale.rate(step.rate),
            &self.factor(step, &locale, false),
        )
    }

    /// One or two sentences about this very moment.
    fn explain(&self, step: Option<&NextStep>, language: Language) -> Vec<Span> {
        let (here, say, locale) = (self.here(), words(language), language.locale());
        let sentence = match here.slope {
            Slope::Missing if here.value.is_none() => say.undefined_ground(),
            Slope::Missing => say.no_slope(),
            Slope::Vertical { rising } => say.upright(if rising { Side::Left } else { Side::Right }),
            Slope::Kink { left, right, used } => {
                let (_, digits) = self.digits(step);
                let said =
                    |slope: Option<f64>| slope.map_or(language.kit().undefined().into(), |s| locale.fixed(s, digits));
                say.kink(&said(left), &said(right), &locale.fixed(used, digits))
            }
            Slope::Smooth(_) if self.site.curve().is_level() => say.level_line(),
            Slope::Smooth(_) => match step {
                Some(step) => self.explain_step(step, language),
                None => say.no_next(),
            },
        };
        sentence.into()
    }

    /// What is heard of a place on the way; where the ground is no slope, the sentence about it.
    pub(super) fn hear(&self, language: Language) -> Option<String> {
        let (here, locale) = (self.here(), language.locale());
        let Slope::Smooth(slope) = here.slope else { return None };
        let (places, slopes) = self.digits(self.next_step().as_ref());
        let slope = Rounded::new(slope, slopes)?;
        let downhill = (slope.value != 0.0).then(|| Side::of(-slope.value));
        let place = format!("{} {}", self.site.curve().variable(), locale.fixed(here.x, places));
        let loss = here.value.filter(|_| !self.settings.blindfold).map(|v| self.site.height(v, language));
        Some(words(language).heard(&place, loss.as_deref(), &slope.text(&locale), downhill))
    }

    fn explain_step(&self, step: &NextStep, language: Language) -> Sentence {
        let (say, locale) = (words(language), language.locale());
        let slope = step.slope.value;
        let downhill = (slope != 0.0).then(|| Side::of(-slope));
        let sentence = say.slope_says(&step.slope.text(&locale), downhill);
        if step.moved.value == 0.0 {
            return sentence.plain(say.no_move(slope == 0.0));
        }
        let w = self.site.symbol();
        let sized = step.moved.size(&locale);
        let signed = match step.direction {
            Direction::Slope => sized,
            _ => step.forward(&locale),
        };
        let more = say.step_says(
            &w,
            Side::of(-step.moved.value),
            step.moved.value * slope < 0.0,
            &self.factor(step, &locale, true),
            &locale.rate(step.rate),
            marked(signed, Role::Step),
        );
        sentence.then(more.0)
    }

    /// How the walk ended. A mistake in the formula is told beside the formula.
    fn notice(&self, language: Language) -> Option<Notice> {
        let (say, kit) = (words(language), language.kit());
        let verdict = self.walk.verdict()?;
        let [settled, stuck, away] = say.titles();
        Some(match verdict.status {
            Status::Converged if self.settings.blindfold => Notice::new(
                NoticeKind::Converged,
                say.settled_in_the_dark(),
                say.dark(self.walk.steps(), self.walk.leaps()),
                Some(("lift-blindfold", say.lift().into())),
            ),
            Status::Converged => {
                let deeper = self.found_the_lowest() == Some(false);
                Notice::new(NoticeKind::Converged, settled, say.settled(deeper).into(), None)
            }
            Status::Stalled if matches!(verdict.cause, Cause::Creeping { .. } | Cause::TooShort { .. }) => {
                Notice::new(NoticeKind::Stalled, kit.ended(&verdict.cause), kit.cause(&verdict.cause), None)
            }
            Status::Stalled => {
                Notice::new(NoticeKind::Stalled, stuck, say.stuck().into(), Some(("nudge", say.nudge().into())))
            }
            Status::Diverged => {
                let (text, action) = self.running_away(&verdict.cause, language);
                Notice::new(NoticeKind::Diverged, away, text, action.map(|label| ("smaller-rate", label)))
            }
            _ => Notice::new(NoticeKind::Info, kit.ended(&verdict.cause), kit.cause(&verdict.cause), None),
        })
    }

    /// What went wrong, and the smaller rate that was tried. A bound on rates is only named where the present rate breaks it; where the
    /// loss falls without end no rate is.
    fn running_away(&self, cause: &Cause, language: Language) -> (String, Option<String>) {
        let (say, locale) = (words(language), language.locale());
        let reason = language.kit().cause(cause);
        let rate = self.settings.learning_rate;
        let start = self.walk.start().first().copied().unwrap_or(0.0);
        let limit = match (self.largest_stable_rate(), self.site.land.nearest(start)) {
            // In the dark nobody knows where a valley lies.
            (Some(limit), Some(valley)) if rate > limit && !self.settings.blindfold => {
                format!(" {}", say.limit(&self.site.at(valley.x, language), &locale.significant(limit, 2)))
            }
            _ => String::new(),
        };
        match self.suggestion {
            Some(tried) => {
                let tried = locale.rate(tried);
                (format!("{reason}{limit} {}", say.tried(&tried)), Some(say.use_rate(&tried)))
            }
            None if matches!(cause, Cause::LossOverflow { rate_helps: false }) => {
                (format!("{reason} {}", say.elsewhere()), None)
            }
            None => (format!("{reason}{limit} {}", say.halve()), Some(say.use_rate(&locale.rate(rate / 2.0)))),
        }
    }

    /// A sentence for each stage.
    pub(super) fn describe(&self, language: Language) -> [String; 2] {
        let (say, locale, here) = (words(language), language.locale(), self.here());
        let w = self.site.curve().variable();
        let blind = self.settings.blindfold;
        let step = self.next_step();
        let (places, slopes) = self.digits(step.as_ref());
        let slope = match (here.slope, here.value) {
            (_, None) => GroundWords::Undefined,
            (Slope::Smooth(s), _) => GroundWords::Slope(locale.fixed(s, slopes)),
            (Slope::Kink { .. }, _) => GroundWords::Kink,
            (Slope::Vertical { .. }, _) => GroundWords::Upright,
            (Slope::Missing, _) => GroundWords::None,
        };
        let next = step.map(|step| step.forward(&locale));
        let place = locale.fixed(here.x, places);
        let moves = self.walk.steps();
        let shape = say.curve_shape(w, (!blind).then_some(self.site.land.valleys.len()));
        let curve = format!("{shape} {}", say.moment(w, &place, moves, &slope, next.as_deref()));
        let loss = |v: Option<f64>| match v {
            Some(v) => self.site.height(v, language),
            None => language.kit().undefined().into(),
        };
        let first = self.walk.losses(self.here().value).first().map(|(_, value)| *value);
        let history =
            if blind { say.losses_hidden().into() } else { say.losses(&loss(first), &loss(here.value), moves) };
        [curve, history]
    }

    /// The plotted numbers.
    pub(super) fn tabulate(&self, language: Language) -> Table {
        const MOST: usize = 200;
        let (say, locale) = (words(language), language.locale());
        let w = self.site.curve().variable();
        let (xs, ls, ss) = (self.site.place_decimals() + 2, self.site.height_decimals() + 2, self.slope_decimals() + 2);
        let [start, step, by_hand] = say.ways();
        let mut rows: Vec<Vec<String>> = self
            .walk
            .recent(MOST)
            .map(|state| {
                let first = |list: &[f64], digits| list.first().map_or(String::new(), |v| locale.fixed(*v, digits));
                let loss = match self.settings.blindfold {
                    true => say.hidden_cell().to_owned(),
                    false => locale.fixed(state.value, ls),
                };
                let how = match state.way {
                    Way::Start => start,
                    Way::Step { .. } => step,
                    Way::Leap => by_hand,
                };
                vec![state.step.to_string(), how.into(), first(&state.point, xs), loss, first(&state.gradient, ss)]
            })
            .collect();
        rows.reverse();
        let total = self.walk.moves() + 1;
        let optimizer = self.settings.optimizer.pick(say.optimizers());
        let more = (total > rows.len() as u64).then_some((rows.len(), total));
        let rate = locale.rate(self.settings.learning_rate);
        let formula = (!self.settings.blindfold).then(|| locale.formula(self.site.curve().text()));
        Table {
            caption: say.caption(w, formula.as_deref(), optimizer, &rate, more),
            columns: say.columns(w).to_vec(),
            rows,
        }
    }
}
