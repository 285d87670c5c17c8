//! `tangent` in English.

use super::counted;
use crate::ground::Verdict;
use crate::readout::Span;
use crate::tangent::words::{Mode, TangentWords};
use crate::words::{En, Sentence};

impl TangentWords for En {
    fn prompt(&self, mode: Mode) -> &'static str {
        match mode {
            Mode::Ride => "Drag the point along the curve. The slope it meets is inked in below.",
            Mode::Lens => "Magnify further: a smooth curve becomes a straight plank, a corner stays a corner.",
            Mode::Secant => "Halve h again and again, and watch the ratio settle.",
            Mode::Sketch => "Move the seven grips to the slope you expect, then press Check.",
            Mode::Judged => "Compare your line with the slope.",
        }
    }
    fn axes(&self) -> [&'static str; 3] {
        ["place ", "height ", "slope "]
    }
    fn points(&self, variable: &str) -> [String; 2] {
        [format!("point, {variable}"), format!("second point, {variable}")]
    }
    fn grip(&self, number: usize, place: &str) -> String {
        format!("sketch {number} of 7, slope at {place}")
    }
    fn ride_on(&self) -> [&'static str; 2] {
        ["Ride along the curve to ink the slope in here.", "Ride to ink the slope in."]
    }
    fn secant(&self, ratio: &str) -> String {
        format!("secant {ratio}")
    }
    fn outside(&self, height: &str) -> String {
        format!("outside: height {height}")
    }
    fn controls(&self) -> [&'static str; 12] {
        [
            "Place",
            "Second place",
            "Magnify ×10",
            "Widen",
            "Second point",
            "Halve h",
            "One point only",
            "Sketch the slope",
            "Check",
            "Try again",
            "Done",
            "Clear the ink",
        ]
    }
    fn did(&self, what: &str) -> &'static str {
        match what {
            "closer" => "magnified",
            "wider" => "widened the view",
            "second" => "moved the second point",
            "single" => "took the second point away",
            "halve" => "halved h",
            "clear" => "cleared the ink",
            "sketch" => "began a sketch",
            "check" => "checked the sketch",
            "leave" => "left the sketch",
            "at" => "moved the point",
            _ => "moved a grip",
        }
    }
    fn figures(&self) -> [&'static str; 5] {
        ["height", "slope here", "run h", "rise", "ratio"]
    }
    fn meanings(&self) -> [&'static str; 5] {
        ["at this place", "slope here", "rise over run", "rise", "run"]
    }
    fn slope_spoken(&self, place: &str, slope: &str) -> String {
        format!("The slope of f at {place} is {slope}.")
    }
    fn ratio_spoken(&self, rise: &str, h: &str, ratio: &str) -> String {
        format!("Rise over run: {rise} over {h} is {ratio}.")
    }
    fn undefined(&self) -> Sentence {
        Sentence::new()
            .plain("The function has no value here, so it has no slope. Drag the point to where there is a curve.")
    }
    fn no_slope(&self) -> Sentence {
        Sentence::new().plain("There is no slope here. Drag the point to another place.")
    }
    fn upright(&self) -> Sentence {
        Sentence::new().plain("The curve stands upright here, so no finite number is its slope.")
    }
    fn corner(&self, left: &str, right: &str, lens: bool) -> Sentence {
        let role = crate::readout::Role::Gradient;
        let sentence = Sentence::new()
            .plain("From the left the slope is ")
            .strong(left, role)
            .plain(", from the right ")
            .strong(right, role);
        if lens {
            sentence.plain(". Magnify as far as you like: the corner stays a corner.")
        } else {
            sentence.plain(": there is no single slope at this corner, so the ink has a gap.")
        }
    }
    fn jump(&self) -> Sentence {
        Sentence::new().plain("The curve jumps here, so it has no slope.")
    }
    fn end(&self, slope: &str) -> Sentence {
        Sentence::new()
            .plain("The curve ends here: it has a slope on one side only, ")
            .strong(slope, crate::readout::Role::Gradient)
            .plain(".")
    }
    fn slope_says(&self, slope: Span, rises: Option<bool>, size: &str) -> Sentence {
        let sentence = Sentence(vec![]).plain("The slope is ");
        let sentence = sentence.then([slope]);
        match rises {
            None => sentence.plain(": the curve is level here."),
            Some(true) => sentence.plain(format!(": to the right the curve rises, at a rate of {size} for every 1.")),
            Some(false) => sentence.plain(format!(": to the right the curve falls, at a rate of {size} for every 1.")),
        }
    }
    fn bend(&self, away: &str, leaves: Option<&str>) -> String {
        match leaves {
            Some(leaves) => format!(" At a distance of {away} it has left its tangent by {leaves}."),
            None => format!(" At a distance of {away} it is still on its tangent."),
        }
    }
    fn ratio_says(&self, h: &str, rise: &str, ratio: Span, slope: Option<&str>) -> Sentence {
        let sentence = Sentence::new().plain(format!("Over a run of {h} the curve rises by {rise}, so the ratio is "));
        let sentence = sentence.then([ratio]);
        match slope {
            Some(slope) => sentence.plain(format!(". Shrink the run, and the ratio settles to the slope, {slope}.")),
            None => sentence.plain(". There is no single slope here for it to settle to."),
        }
    }
    fn no_second(&self) -> Sentence {
        Sentence::new()
            .plain("The function has no value at the second point, so there is no ratio. Move the second point.")
    }
    fn no_digits(&self) -> Sentence {
        Sentence::new().plain("With so short a run no digits are left to tell the rise. Make the run longer.")
    }
    fn sketching(&self) -> &'static str {
        "Where the curve rises the slope is above zero, where it falls below. How steep is it at each grip?"
    }
    fn judged(&self, verdict: &Verdict<[String; 3]>) -> String {
        match verdict {
            Verdict::Right { alike: true, .. } => "Signs and zeros are those of the slope. They are those of the height too, \
                so these seven places cannot tell which of the two you drew."
                .into(),
            Verdict::Right { off: None, .. } => {
                "Above zero where the curve rises, below where it falls, zero where it is level: the line has the signs and \
                 the zeros of the slope."
                    .into()
            }
            Verdict::Right { off: Some([place, drawn, slope]), .. } => format!(
                "Signs and zeros are those of the slope. The size is not: at {place} the slope is {slope}, your line has {drawn}."
            ),
            Verdict::Flipped => "Every sign is the opposite: your line is below zero where the curve rises and above where it \
                falls. Rising to the right means a slope above zero."
                .into(),
            Verdict::Height => "Your line is the height of the curve, not its slope. Ask at each place how steep it is, not \
                how high: on a summit the slope is zero."
                .into(),
            Verdict::HeightZeros => "Your line is zero where the height is zero. The slope is zero where the curve turns: on \
                summits and in valleys."
                .into(),
            Verdict::Partly { right, of, first: [place, drawn, slope] } => {
                format!("At {right} of {of} places the sign is that of the slope. At {place} the slope is {slope}, your line has {drawn}.")
            }
            Verdict::Undecided => "These seven places cannot tell what you drew.".into(),
        }
    }
    fn curve(&self, w: &str, place: &str, moment: &str) -> String {
        format!("A curve over {w}, with a point at {w} = {place}. {moment}")
    }
    fn chart(&self, w: &str, inked: usize, whole: bool, sketch: bool) -> String {
        let ink = match inked {
            _ if whole => "the whole derivative is drawn".to_owned(),
            0 => "nothing is inked in yet".to_owned(),
            count => format!("{} inked in", counted(count as u64, "stretch is", "stretches are")),
        };
        match (sketch, whole) {
            (true, true) => format!("The slope over {w}: your sketch with seven places, and the derivative."),
            (true, false) => format!("The slope over {w}: seven grips to sketch it with."),
            _ => format!("The slope over {w}: {ink}."),
        }
    }
    fn captions(&self, formula: &str, place: &str) -> [String; 2] {
        [format!("Height and slope of f = {formula}"), format!("Rise over run of f = {formula} from {place}")]
    }
    fn columns(&self) -> [&'static str; 4] {
        ["height", "slope", "rise", "ratio"]
    }
}
