//! What a widget is: values, what it can be told, what it shows and what it says. It knows no pixel, pointer, time or undo: those are
//! the [`Shell`](super::Shell)'s.

use super::json::Json;
use super::marks::{Marks, Point, Rich};
use super::settings::{Field, Refusal, Value, Values};
use super::supply::{Named, Supply};
use super::walk::Stepping;
use crate::ground::Typed;
use crate::readout::{Beat, Control, Figure, Notice, Role, Span, StagePlace, Table, Term};
use crate::ticks::Counts;
use crate::words::Language;

/// What a change asks for; the shell redraws, remembers for undo and tells the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Nothing is different.
    Nothing,
    /// Only live marks and words.
    Live,
    /// The still marks too.
    Base,
}

/// A widget.
pub trait Widget: Clone + 'static {
    /// Its name in the catalog: `descent` for `<downhill-descent>`.
    const KIND: &'static str;
    /// What it is for, for authors.
    const DOCS: &'static str;
    /// What it can be told.
    const FIELDS: &'static [Field];
    /// The names of controls that no field has, in the `controls` attribute.
    const CONTROLS: &'static [&'static str] = &[];
    /// The TypeScript types of its parts of the readout, by their names.
    const PARTS: &'static [(&'static str, &'static str)] = &[];
    /// The tables that must be handed to it, by name; it shows the first unless told otherwise.
    const TABLES: &'static [&'static str] = &[];

    /// From the values that were given. What cannot be had keeps its default and is told.
    fn new(values: &Values, supply: &Supply, refused: &mut Vec<Refusal>) -> Self;

    /// Every setting as it stands now: with the record of the walk everything needed to show the widget again.
    fn values(&self) -> Values;

    /// Every setting as it stands beside a table of the learner's own: for the memory of the page, never for a link.
    fn values_beside_own(&self) -> Values {
        self.values()
    }

    /// A table of the learner's own, with a number that no other table has.
    fn own(&self) -> Option<(u64, Named)> {
        None
    }

    /// Takes a value for a setting, or its default for none.
    ///
    /// # Errors
    /// A value that was read but cannot be had, such as a formula with a slip. The widget stays as it was, but may remember the slip.
    fn set(&mut self, name: &str, value: Option<&Value>) -> Result<Change, Refusal>;

    /// A button or a number control of the widget's own.
    fn act(&mut self, _id: &str, _value: Option<f64>) -> Change {
        Change::Nothing
    }

    /// A table of the learner's or the page's own.
    ///
    /// # Errors
    /// Why it cannot be used; the widget stays as it was.
    fn take_table(&mut self, label: &str, _text: &str) -> Result<Change, Refusal> {
        Err(Refusal::new("E_SETTING", label, |language| language.kit().shows_no_table().into()))
    }

    /// A handle was dragged, keyed or typed to this place, inside its range. `same` says that this goes on with the movement before.
    fn move_handle(&mut self, _id: &str, _to: Point, _same: bool) -> Change {
        Change::Nothing
    }

    /// Whether doing this had an answer judged, so that the page hears of it.
    fn judged(&self, _act: &str) -> bool {
        false
    }

    /// The handle was let go.
    fn release(&mut self) {}

    /// A place where no handle is was pressed by a mouse: the handle that should be taken hold of and come there, if any. `reach` is
    /// how far in data counts as near, along x and y.
    fn grasp(&self, _stage: usize, _at: Point, _reach: Point) -> Option<&'static str> {
        None
    }

    /// A place where no handle is was clicked or tapped.
    fn click(&mut self, _stage: usize, _at: Point, _reach: Point) -> Change {
        Change::Nothing
    }

    /// The stages with their axes. Their number never changes.
    fn stages(&self, language: Language) -> Vec<Stage>;

    /// The marks of a stage, back to front, still and live.
    fn marks(&self, stage: usize, marks: &mut Marks);

    /// Whether its first step is told beat by beat: one whose equation is that of the step.
    const TELLS: bool = false;

    /// What to do now, beside what there may be to do: the page keeps room for the longest.
    fn prompts(&self, language: Language) -> Prompts;

    /// Words and numbers of this moment.
    fn story(&self, language: Language) -> Story;

    /// What is heard after a step instead of the sentences of the story, short enough to be heard again and again; none for the same.
    fn heard(&self, _language: Language) -> Option<String> {
        None
    }

    /// Its own numbers as properties of the readout: JSON, each with a comma behind it.
    fn numbers(&self, out: &mut String);

    /// The TypeScript of those numbers, and of its parts: `DescentNumbers::declare(out)`.
    fn declare(out: &mut dyn FnMut(&'static str, String));

    /// The formula that is being typed, if the widget has one: it is the part `formula` of the readout, its value called by this letter,
    /// and nothing steps while it has a slip.
    fn formula(&self) -> Option<(&Typed, &'static str)> {
        None
    }

    /// Further parts of the readout that seldom change: a name, and a number that changes whenever the part does.
    fn parts(&self) -> Vec<(&'static str, u64)> {
        Vec::new()
    }

    /// The JSON of one of those parts.
    fn part(&self, _name: &'static str, _language: Language, _out: &mut String) {}

    /// The controls a learner may have, in order. What the fields say of themselves is filled in by the shell.
    fn controls(&self, language: Language) -> Vec<Control>;

    /// What is plotted, as rows.
    fn table(&self, language: Language) -> Table;

    /// In a few words, what moving this handle or doing this did: "moved the ball".
    fn did(&self, what: &str, language: Language) -> String;

    /// The walk of a widget that steps; the shell steps, animates, scrubs, saves and judges it.
    fn walk(&self) -> Option<&dyn Stepping> {
        None
    }

    /// The same, to be stepped.
    fn walk_mut(&mut self) -> Option<&mut dyn Stepping> {
        None
    }

    /// Whether stepping makes sense just now: not while a slip stands in a formula.
    fn may_step(&self) -> bool {
        self.formula().is_none_or(|(typed, _)| !typed.has_slip())
    }

    /// After steps: the widget may look something up that a verdict needs, such as a rate that settles.
    fn stepped(&mut self) {}

    /// Whether something hides what the picture would show; where that ends it lifts before one's eyes.
    fn is_veiled(&self) -> bool {
        false
    }

    /// Whether a reset would change anything.
    fn can_reset(&self) -> bool {
        false
    }

    /// Back to the start, with the settings kept.
    fn reset(&mut self) -> Change {
        Change::Nothing
    }

    /// Walks again what a state holds.
    ///
    /// # Errors
    /// Why it cannot be walked.
    fn replay(&mut self, _walk: &Json) -> Result<(), Refusal> {
        Ok(())
    }

    /// An older state, brought to the present version.
    ///
    /// # Errors
    /// Why it cannot be.
    fn migrate(version: u64, _state: &Json) -> Result<Json, Refusal> {
        Err(super::state::other_version(version))
    }
}

/// One stage in data.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// A name for code and for `::part()`.
    pub id: &'static str,
    /// A short title over the stage; empty for none.
    pub title: String,
    /// Left to right.
    pub x: Axis,
    /// Bottom to top.
    pub y: Axis,
    /// How it is laid out.
    pub shape: Shape,
    /// Whether the axes are drawn below the still marks; else where [`Mark::Axes`](super::Mark::Axes) stands, if anywhere.
    pub axes: bool,
    /// Its shape and the present moment in one or two sentences.
    pub description: String,
}

impl Stage {
    /// A stage without a title, its axes below the still marks.
    pub fn new(id: &'static str, x: Axis, y: Axis, shape: Shape, description: String) -> Self {
        Self { id, title: String::new(), x, y, shape, axes: true, description }
    }
}

/// An axis of a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// From where to where it reaches.
    pub range: (f64, f64),
    /// Its name, and shorter ones for where there is less room.
    pub names: Vec<Rich>,
    /// Its colour.
    pub role: Role,
    /// What its numbers count.
    pub counts: Counts,
    /// Whether its values may not be read off (a blindfold).
    pub mute: bool,
}

impl Axis {
    /// A plain axis.
    pub fn new(range: (f64, f64), name: Rich, role: Role) -> Self {
        Self { range, names: vec![name], role, counts: Counts::Plain, mute: false }
    }
    /// The same with numbers that count something.
    #[must_use]
    pub fn counting(mut self, counts: Counts) -> Self {
        self.counts = counts;
        self
    }
    /// The same with a shorter name for where there is less room.
    #[must_use]
    pub fn or(mut self, name: Rich) -> Self {
        self.names.push(name);
        self
    }
}

/// How a stage is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The whole width: 960 by 430.
    Wide,
    /// A scatter of dots beside a map.
    Scatter,
    /// A map framed by its axes. `equal`: both axes have one scale, so that circles are round; the shorter side shows the ranges.
    Map {
        /// One scale for both axes.
        equal: bool,
    },
    /// A low strip below.
    Strip,
    /// The upper one of two stages that share their x axis, which the lower one names.
    Upper,
    /// The lower one of the two: their plots stand exactly over one another.
    Lower,
}

impl Shape {
    /// Whether it takes the whole width and is drawn large.
    pub fn is_wide(self) -> bool {
        matches!(self, Self::Wide | Self::Upper | Self::Lower)
    }
    /// Where it stands. Beside a map the strip belongs to what one sees; elsewhere the curve tells more than its history.
    pub fn place(self, linked: bool) -> StagePlace {
        match (self, linked) {
            (Self::Strip, true) => StagePlace::Strip,
            (Self::Strip, false) => StagePlace::More,
            _ => StagePlace::Front,
        }
    }
    /// Height over width: at 960 CSS pixels of the widget, and below 560.
    pub fn aspects(self, linked: bool) -> (f64, f64) {
        match (self, linked) {
            (Self::Wide, _) => (430.0 / 960.0, 330.0 / 350.0),
            (Self::Scatter, _) => (344.0 / 548.0, 288.0 / 350.0),
            (Self::Map { .. }, _) => (344.0 / 388.0, 288.0 / 350.0),
            (Self::Strip, false) => (190.0 / 960.0, 170.0 / 350.0),
            // Across the whole widget, as low as a line of words with a little room.
            (Self::Strip, true) => (56.0 / 960.0, 54.0 / 350.0),
            (Self::Upper, _) => (330.0 / 960.0, 250.0 / 350.0),
            (Self::Lower, _) => (220.0 / 960.0, 190.0 / 350.0),
        }
    }
}

/// Sentences that say what to do, of which one holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prompts {
    /// One for each way in which a walk can stand, in the order of [`Standing`].
    Walk([&'static str; 7]),
    /// One for each way in which the widget can be used, and which of them it is.
    Own(Vec<&'static str>, usize),
}

/// How a walk stands, as far as it matters for what to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// At its start.
    Begin,
    /// Some moves on.
    Going,
    /// Going on by itself.
    Running,
    /// At the bottom.
    Settled,
    /// It leads nowhere.
    Stuck,
    /// It climbs or leaves the numbers.
    Away,
    /// No step can be taken.
    Blocked,
}

impl Prompts {
    /// All of them, and which one holds while a walk stands like this.
    pub fn with(&self, standing: Standing) -> (&[&'static str], usize) {
        match self {
            Self::Walk(all) => (all, standing as usize),
            Self::Own(all, now) => (all, *now),
        }
    }
}

/// Words and numbers around the pictures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// Two or three figures.
    pub figures: Vec<Figure>,
    /// The live equation.
    pub equation: Vec<Term>,
    /// The beat of a step in which each of its columns is lit; empty where it is not that of a step.
    pub beats: Vec<Option<Beat>>,
    /// The same, spoken.
    pub spoken: String,
    /// One or two sentences about this very moment.
    pub explain: Vec<Span>,
    /// What a card says, if anything.
    pub notice: Option<Notice>,
    /// What a link leaves out.
    pub share_note: Option<String>,
}
