//! What a stage shows, as data in the units of its axes. The kit cuts marks at the frame, places their labels in one plan, draws them,
//! finds what lies under the pointer and moves handles; tests compare them.

use std::sync::Arc;

use crate::ground::{Curve, Ground, Slope};
use crate::painter::Grip;
pub use crate::readout::Beat;
use crate::readout::Role;

/// A point in data.
pub type Point = (f64, f64);

/// Words on a chart: stretches, of which some are letters of variables set in mathematical italic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich(pub Vec<(String, bool)>);

impl Rich {
    /// Plain words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(vec![(words.into(), false)])
    }
    /// With plain words behind.
    #[must_use]
    pub fn plain(mut self, words: impl Into<String>) -> Self {
        self.0.push((words.into(), false));
        self
    }
    /// With a mathematical letter behind.
    #[must_use]
    pub fn math(mut self, letter: impl Into<String>) -> Self {
        self.0.push((letter.into(), true));
        self
    }
    /// All the words.
    pub fn words(&self) -> String {
        self.0.iter().map(|(words, _)| words.as_str()).collect()
    }
}

impl From<&str> for Rich {
    fn from(words: &str) -> Self {
        Self::new(words)
    }
}
impl From<String> for Rich {
    fn from(words: String) -> Self {
        Self::new(words)
    }
}

/// Who gets room when it runs out, first to last; also how a label is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The slope: emphasised.
    Slope,
    /// The rise of the triangle.
    Rise,
    /// The run of the triangle.
    Run,
    /// The step arrow.
    Step,
    /// Quiet remarks; they go first.
    Note,
}

/// Where a label may stand around its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// At either side, above or below.
    Any,
    /// Below.
    Below,
    /// At the upper right, then elsewhere.
    Corner,
}

/// How a straight line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LineLook {
    /// What the model says now: the thickest.
    Model,
    /// What it said so many steps ago, faintly.
    Earlier(usize),
    /// Through two points of a curve: dashed.
    Secant,
    /// Dotted, for orientation.
    Guide,
}

/// What can be dragged: one declaration serves drawing, hit-testing, keys, the hidden slider and the typed field.
#[derive(Clone, Debug, PartialEq)]
pub struct Handle {
    /// Stable name.
    pub id: &'static str,
    /// Where it is; without y it stands on the axis.
    pub at: (f64, Option<f64>),
    /// Which way it moves.
    pub grip: Grip,
    /// How far along the way it moves; along x where it moves both ways.
    pub range: (f64, f64),
    /// How far along y where it moves both ways.
    pub range_y: (f64, f64),
    /// What it is.
    pub label: String,
    /// Where it is, in words with units.
    pub says: String,
    /// Its value as the equation and the sentence have it; none where the page writes it.
    pub shown: String,
    /// A second handle, or a place without a slope.
    pub hollow: bool,
    /// What a key moves it by; a hundredth of the range unless told.
    pub unit: Option<f64>,
    /// How it looks.
    pub knob: Knob,
}

/// How a handle looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knob {
    /// A disc with grip marks.
    Large,
    /// A smaller one.
    Small,
    /// Another mark shows it; the pointer finds it, a mouse only near its middle, and moves it as its grip says. Its value is its
    /// height: keys and typed values move it upright.
    Dot,
    /// Only keyboards and screen readers find it.
    Hidden,
}

impl Handle {
    /// A handle that moves along x.
    pub fn horizontal(
        id: &'static str,
        at: (f64, Option<f64>),
        range: (f64, f64),
        label: String,
        says: String,
    ) -> Self {
        Self {
            id,
            at,
            grip: Grip::Horizontal,
            range,
            range_y: (0.0, 0.0),
            label,
            says,
            shown: String::new(),
            hollow: false,
            unit: None,
            knob: Knob::Large,
        }
    }

    /// Whether its value is y.
    pub fn is_upright(&self) -> bool {
        self.grip == Grip::Vertical || self.knob == Knob::Dot
    }

    /// Its value: y for one that moves upright, else x.
    pub fn value(&self) -> f64 {
        if self.is_upright() { self.at.1.unwrap_or(0.0) } else { self.at.0 }
    }

    /// The range of its value.
    pub fn value_range(&self) -> (f64, f64) {
        if self.is_upright() && self.grip == Grip::Both { self.range_y } else { self.range }
    }
}

/// A past place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Past {
    /// Where.
    pub at: (f64, Option<f64>),
    /// Whether the move from there crossed a valley: a chord joins it to the next place.
    pub crossed: bool,
}

/// One mark.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// The axes, for a stage that does not have them below everything.
    Axes,
    /// A curve with its ends, holes and single dots.
    Curve {
        /// The formula.
        curve: Arc<Curve>,
        /// Its colour.
        role: Role,
        /// Fainter: what is typed now cannot be read.
        faded: bool,
    },
    /// Many dots whose overlap reads as density, some of them left out.
    Cloud {
        /// Where.
        at: Arc<Vec<Point>>,
        /// Indices left out, rising.
        without: Vec<usize>,
    },
    /// Dots moved from where they were.
    Moved {
        /// From where.
        from: Vec<Point>,
        /// To where.
        to: Vec<Point>,
    },
    /// Upright sticks between data and model.
    Sticks(Vec<(Point, Point)>),
    /// A straight line across the plot.
    Line {
        /// y where x is 0.
        intercept: f64,
        /// How steep.
        slope: f64,
        /// Its colour.
        role: Role,
        /// How it is drawn.
        look: LineLook,
    },
    /// One house called out: its miss, its ring, the guess, and their names.
    Callout {
        /// What really happened.
        data: Point,
        /// What the model says there.
        model: Point,
        /// Note and number beside the data.
        sold: (String, String),
        /// Note and number beside the model.
        guessed: (String, String),
        /// Note and number beside the stick; none for no miss.
        missed: Option<(String, String)>,
        /// The handles that have this mark for a knob.
        handles: &'static [&'static str],
    },
    /// The tangent at a place: with the triangle of rise and run, two half tangents, or an upright line.
    Tangent {
        /// Where.
        at: Point,
        /// How steep.
        slope: Slope,
        /// Whether rise and run are shown.
        triangle: bool,
        /// Where the arrow of a step leads along x, on which the triangle must not lie.
        arrow: Option<f64>,
        /// What the slope is called on a wide picture, up to its number: "slope L′(w) = ".
        name: Rich,
        /// Digits of slopes after the point.
        digits: usize,
    },
    /// The arrow of a step, the drop to the ghost of where it leads.
    Stride {
        /// Where it begins.
        from: (f64, Option<f64>),
        /// Where it leads, along x.
        to: f64,
        /// The height there, if it is finite.
        height: Option<f64>,
        /// How far it has come on its way down to the axis, and of being used up there.
        phase: Phase,
        /// The slope whose triangle has the run it is made of, where the step is the rate times that slope.
        made_of: Option<f64>,
        /// Its length in words.
        length: String,
        /// The same with how it comes about, for the beat in which it does; empty for its length alone.
        product: String,
        /// Whether the ghost of the next place is known.
        ghost: bool,
    },
    /// Past places, newest first, with ticks of the same age on the axis.
    Trail {
        /// Where.
        past: Vec<Past>,
        /// Where the newest move leads to now.
        here: (f64, Option<f64>),
        /// How much the newest past place still keeps of the present one's colour.
        fade: f64,
        /// Whether the oldest is the start.
        whole: bool,
    },
    /// The drop from a place to its tick on the axis.
    Drop {
        /// From where; only the tick without y.
        from: (f64, Option<f64>),
        /// Whether the dotted line is drawn.
        line: bool,
    },
    /// Level sets around a lowest place: ellipses, filled in bands, their levels named.
    Bands {
        /// The lowest place.
        centre: Point,
        /// Two conjugate half diameters of the level set at distance 1; the second alone bounds a strip where the first is none.
        axes: (Option<Point>, Point),
        /// Distances of the levels, rising, each with its name.
        levels: Vec<(f64, String)>,
        /// Whether the names are drawn.
        named: bool,
        /// The present place, off which names are kept, and the start.
        clear: [Point; 2],
    },
    /// The lowest place of a map.
    Goal {
        /// Where.
        at: Point,
        /// Its name, drawn where the present place is far enough away.
        name: String,
        /// The present place.
        here: Point,
    },
    /// A line across a map on which something is right, lit like the floor of a trough, with words in lines beside it.
    Trough {
        /// y where x is 0.
        intercept: f64,
        /// How steep.
        slope: f64,
        /// The words.
        lines: Vec<Rich>,
    },
    /// A walk over a map.
    Path {
        /// Places, oldest first, the present one last.
        points: Vec<Point>,
        /// The last places, as dots: oldest first.
        recent: Vec<Point>,
        /// The name of its start.
        start: String,
    },
    /// An arrow on a map.
    Arrow {
        /// Where it begins: a knob, whose rim it leaves.
        from: Point,
        /// Where it leads; for a direction only, how far in CSS pixels is the kit's to choose.
        to: Point,
        /// For a direction only, which share of the longest arrow it has; none for an arrow that is as long as what it shows.
        direction: Option<f64>,
        /// Its colour.
        role: Role,
        /// Its name, and a shorter one.
        names: Vec<String>,
    },
    /// A quantity step by step, the last one marked, above a floor that none can beat.
    Series {
        /// Step and value.
        points: Vec<Point>,
        /// What it is called with its present value.
        name: String,
        /// The floor and what it is called, and shorter.
        floor: Option<(f64, Vec<String>)>,
        /// Its colour.
        role: Role,
    },
    /// Ink: a quantity traced where it was met.
    Ink {
        /// Pieces, each joined.
        pieces: Vec<Vec<Point>>,
        /// Its colour.
        role: Role,
    },
    /// Rise and run between two points, named; nothing where they are too near one another to be seen.
    Legs {
        /// The one end.
        from: Point,
        /// The other.
        to: Point,
        /// The words at the run.
        run: String,
        /// The words at the rise.
        rise: String,
    },
    /// A lens around a place: what lies there, magnified.
    Lens {
        /// Where.
        at: Point,
        /// How strongly.
        power: f64,
        /// The curve as it leaves the place: pieces of points that are distances from it along x and y, so that no digit is lost.
        pieces: Vec<Vec<Point>>,
        /// The slope there: its tangent is seen through the lens too.
        slope: Slope,
    },
    /// Dots of one colour.
    Dots {
        /// Where.
        at: Vec<Point>,
        /// Their colour.
        role: Role,
        /// Whether they are hollow.
        hollow: bool,
    },
    /// Fog over all that is known.
    Fog,
    /// A clearing in the fog around a place.
    Clearing((f64, Option<f64>)),
    /// The few pixels of a curve around each place one has stood on. Nothing between them is known.
    Felt {
        /// The curve.
        curve: Arc<Curve>,
        /// The places.
        at: Vec<Point>,
    },
    /// Words in the middle of a stage that has nothing else to show.
    Words(String),
    /// Fog that lifts to both sides of a place.
    Veil {
        /// Where it lifts first, along x.
        at: f64,
        /// How much of it has lifted, 1 for all.
        clear: f64,
    },
    /// Words near a place, line under line.
    Label {
        /// Where.
        near: Point,
        /// The lines.
        lines: Vec<Rich>,
        /// Other lines on a narrow picture; none for the same.
        narrow: Vec<Rich>,
        /// Their colour; notes are quiet whatever they say.
        role: Role,
        /// Who gets the room.
        weight: Weight,
        /// Where they may stand.
        beside: Beside,
    },
    /// What can be dragged.
    Handle(Handle),
}

/// How far a step that is being shown has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Phase {
    /// Nothing moves.
    Still,
    /// The number of the slope has gone this share of its way to the equation; the point is where it was.
    Reading(f64),
    /// The run of the triangle is this far on its way to being the arrow; the point is where it was.
    Scaling(f64),
    /// The arrow has dropped this far to the axis; the point is where it was.
    Dropping(f64),
    /// The point has gone this share of the way.
    Sliding(f64),
}

impl Phase {
    /// What of the equation it shows.
    pub fn beat(self) -> Option<Beat> {
        match self {
            Self::Still => None,
            Self::Reading(_) => Some(Beat::Slope),
            Self::Scaling(_) => Some(Beat::Rate),
            Self::Dropping(_) => Some(Beat::Place),
            Self::Sliding(_) => Some(Beat::Next),
        }
    }

    /// Whether the point of a step that is being shown has not begun to move.
    pub fn waits(self) -> bool {
        matches!(self, Self::Reading(_) | Self::Scaling(_) | Self::Dropping(_))
    }
}

/// Collects the marks of one stage.
#[derive(Clone, Debug)]
pub struct Marks {
    /// What was collected, back to front.
    pub list: Vec<Mark>,
    /// Whether the still ones are wanted, else the live ones.
    pub base: bool,
    /// How far a step that is being shown has come.
    pub phase: Phase,
    /// In which language labels are.
    pub language: crate::words::Language,
    /// The handle that is dragged, or that has the keyboard, if any.
    pub held: Option<&'static str>,
    /// How much of a veil has lifted; 1 where none is lifting.
    pub clear: f64,
}

impl Marks {
    /// A mark that changes only when the widget says [`Change::Base`](super::Change::Base).
    pub fn still(&mut self, mark: impl FnOnce() -> Mark) {
        if self.base {
            self.list.push(mark());
        }
    }
    /// A mark that may change at every moment.
    pub fn live(&mut self, mark: Mark) {
        if !self.base {
            self.list.push(mark);
        }
    }
    /// Between two places while a step is shown.
    pub fn between(&self, before: Option<f64>, here: f64) -> f64 {
        match (self.phase, before) {
            (Phase::Sliding(share), Some(before)) => before + (here - before) * share,
            (phase, Some(before)) if phase.waits() => before,
            _ => here,
        }
    }
}

impl Mark {
    /// A label beside a corner of which something is known.
    pub fn label(near: Point, text: impl Into<Rich>, role: Role, weight: Weight) -> Self {
        let lines = vec![text.into()];
        Self::Label { near, lines, narrow: Vec::new(), role, weight, beside: Beside::Corner }
    }

    /// A remark below a place, in lines for a wide and for a narrow picture.
    pub fn note(near: Point, [wide, narrow]: [Vec<Rich>; 2]) -> Self {
        let (role, weight, beside) = (Role::Ink, Weight::Note, Beside::Below);
        Self::Label { near, lines: wide, narrow, role, weight, beside }
    }
}

/// The place and slope of a ground, for a tangent.
pub fn tangent(ground: Ground, triangle: bool, arrow: Option<f64>, name: Rich, digits: usize) -> Option<Mark> {
    let at = (ground.x, ground.value?);
    Some(Mark::Tangent { at, slope: ground.slope, triangle, arrow, name, digits })
}
