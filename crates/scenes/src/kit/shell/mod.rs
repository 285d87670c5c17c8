//! The shell around a widget: the scene, once for all of them.

mod input;
mod memory;
mod picture;
mod pointer;

pub use input::{Input, Key, Layer, Outcome, PointerKind, PointerPhase};

pub use super::given::Given;
use super::given::read_all;
use super::json::Json;
use super::paint::Touched;
use super::settings::{Field, Refusal, Values};
use super::supply::Named;
use super::time::Clock;
use super::widget::{Change, Standing, Widget};
use super::{readout, state};
use crate::frame::Size;
use crate::readout::{Event, StageInfo, Status, Table};
use crate::surface::{DrawError, Ink};
use crate::theme::Theme;
use crate::words::Language;
use memory::Memories;
use picture::Pictures;
pub(in crate::kit) use picture::Samples;
use pointer::Drag;

/// What the pointer and the keyboard hold.
#[derive(Clone, Debug, Default)]
pub struct Hold {
    touched: Touched,
    drag: Option<Drag>,
    /// What was done last: going on with it is the same thing to undo, and keys go on with the same movement.
    last: Option<String>,
}

/// A scene of any kind.
pub trait AnyScene {
    /// Its kind.
    fn kind(&self) -> &'static str;
    /// What it can be told.
    fn fields(&self) -> &'static [Field];
    /// The stages.
    fn stages(&mut self) -> Vec<StageInfo>;
    /// Whether a map stands beside the other stages, which share the width with it.
    fn is_linked(&self) -> bool;
    /// The page gave a stage this size. Sizes that are not finite or below 40 pixels are ignored.
    fn resize(&mut self, stage: usize, size: Size);
    /// With reduced motion nothing is animated: a step jumps, Run makes one jump per 600 ms.
    fn set_reduced_motion(&mut self, reduced: bool);
    /// Another language.
    fn speak(&mut self, language: Language);
    /// The number that a text of this language is, or why it is none and what to type, in a sentence.
    ///
    /// # Errors
    /// The sentence.
    fn read_number(&self, text: &str) -> Result<f64, String>;
    /// Applies one input. Pure: no clock, no callback.
    fn update(&mut self, input: Input) -> Outcome;
    /// The handle under a point of a stage, if any. A finger reaches farther than a mouse.
    fn hit(&mut self, stage: usize, kind: PointerKind, x: f64, y: f64) -> Option<&'static str>;
    /// The readout as JSON: the parts that changed since it was last read.
    fn readout(&mut self) -> String;
    /// The readout as JSON with every part, as plain properties: for tests and for those who read once.
    fn readout_whole(&mut self) -> String;
    /// What one stage shows, in words.
    fn description(&mut self, stage: usize) -> String;
    /// The plotted numbers as a table.
    fn table(&self) -> Table;
    /// Changes whenever the base layer of this stage would look different.
    fn base_version(&mut self, stage: usize) -> u64;
    /// Draws one layer of one stage.
    ///
    /// # Errors
    /// Only what the surface itself reports.
    fn draw(&mut self, stage: usize, layer: Layer, surface: &mut dyn Ink, theme: &Theme) -> Result<(), DrawError>;
    /// What a share link carries.
    fn state(&self) -> Json;
    /// The same beside a table of the learner's own, without that table: for the memory of the page.
    fn memory(&self) -> Json;
    /// The table of the learner's own, with a number that no other table has: it is long and seldom another.
    fn own_table(&self) -> Option<(u64, Named)>;
    /// What a page asked for and can be had, as it was read: the value of one setting, `null` where it has its default.
    fn accepted(&self, name: &str) -> Json;
    /// What a page asked for in vain.
    fn refusals(&self) -> &[Refusal];
    /// A copy.
    fn copy(&self) -> Box<dyn AnyScene>;
}

/// A widget with everything around it.
#[derive(Clone, Debug)]
pub struct Shell<W: Widget> {
    pub(super) widget: W,
    /// What the page asked for, as far as it can be had.
    asked: Values,
    pub(super) refused: Vec<Refusal>,
    pub(super) language: Language,
    clock: Clock,
    hold: Hold,
    pub(super) memories: Memories<W>,
    pictures: Pictures,
    pub(super) sent: readout::Sent,
}

impl<W: Widget> Shell<W> {
    /// From what was given; what cannot be had is in [`AnyScene::refusals`].
    pub fn new(given: &Given) -> Self {
        let (mut asked, mut refused) = read_all(W::FIELDS, W::CONTROLS, given);
        let read = refused.len();
        let widget = W::new(&asked, &given.supply, &mut refused);
        for refusal in refused.iter().skip(read) {
            if let Some(field) = W::FIELDS.iter().find(|field| field.attribute() == refusal.about) {
                asked.remove(field.name);
            }
        }
        Self::around(widget, asked, refused, given)
    }

    /// From a state, on what was given otherwise.
    ///
    /// # Errors
    /// `E_STATE`: why it cannot be shown.
    pub fn from_state(given: &Given, state: &Json) -> Result<Self, Refusal> {
        let (asked, mut refused) = read_all(W::FIELDS, W::CONTROLS, given);
        let (widget, more) = state::restore::<W>(state, &given.supply)?;
        refused.extend(more);
        Ok(Self::around(widget, asked, refused, given))
    }

    fn around(widget: W, asked: Values, refused: Vec<Refusal>, given: &Given) -> Self {
        let mut shell = Self {
            widget,
            asked,
            refused,
            language: given.language,
            clock: Clock::default(),
            hold: Hold::default(),
            memories: Memories::default(),
            pictures: Pictures::default(),
            sent: readout::Sent::default(),
        };
        shell.widget.stepped();
        shell.look();
        shell
    }

    /// The widget, for tests.
    pub fn widget(&self) -> &W {
        &self.widget
    }

    /// Looks at the stages and marks again, after a change.
    fn look(&mut self) {
        let phase = self.clock.phase();
        let Touched { dragged, focused, .. } = self.hold.touched;
        self.pictures.renew(&self.widget, self.language, phase, dragged.or(focused), self.clock.clear());
    }

    /// The handles for the page.
    pub(super) fn handle_infos(&self) -> Vec<crate::readout::HandleInfo> {
        self.pictures.handle_infos()
    }

    /// The titles over the stages.
    pub(super) fn titles(&self) -> Vec<String> {
        self.pictures.titles()
    }

    /// What the stages show, in words.
    pub(super) fn descriptions(&self) -> Vec<String> {
        self.pictures.descriptions()
    }

    /// Run and rise of the triangle that is drawn, if one is.
    pub(super) fn triangle(&self) -> Option<crate::readout::TriangleInfo> {
        self.pictures.triangle().map(|(run, rise)| crate::readout::TriangleInfo { run, rise })
    }

    /// The live marks of a stage, for tests.
    pub fn marks(&self, stage: usize) -> &[super::Mark] {
        self.pictures.marks(stage)
    }

    /// How the walk stands, as far as it matters for what to do next.
    pub(super) fn standing(&self) -> Standing {
        let Some(walk) = self.widget.walk() else { return Standing::Begin };
        match walk.status() {
            _ if self.is_running() => Standing::Running,
            _ if !self.widget.may_step() => Standing::Blocked,
            Status::Converged => Standing::Settled,
            Status::Stalled => Standing::Stuck,
            Status::Diverged => Standing::Away,
            _ if !walk.can_step() => Standing::Blocked,
            _ if walk.moves() > 0 => Standing::Going,
            _ => Standing::Begin,
        }
    }

    /// Whether a run goes on by itself.
    pub(super) fn is_running(&self) -> bool {
        self.clock.is_running()
    }
}

impl<W: Widget> AnyScene for Shell<W> {
    fn kind(&self) -> &'static str {
        W::KIND
    }

    fn fields(&self) -> &'static [Field] {
        W::FIELDS
    }

    fn stages(&mut self) -> Vec<StageInfo> {
        self.pictures.infos()
    }

    fn is_linked(&self) -> bool {
        self.pictures.linked()
    }

    fn resize(&mut self, stage: usize, size: Size) {
        self.pictures.resize(stage, size, self.language);
    }

    fn set_reduced_motion(&mut self, reduced: bool) {
        self.clock.set_reduced(reduced);
        self.look();
    }

    fn speak(&mut self, language: Language) {
        if language != self.language {
            self.language = language;
            self.sent.forget();
            self.look();
        }
    }

    fn read_number(&self, text: &str) -> Result<f64, String> {
        /// The most characters of a text that are quoted.
        const QUOTED: usize = 40;
        let brief = || text.trim().chars().take(QUOTED).collect::<String>();
        self.language.locale().read(text).map_err(|slip| self.language.kit().slip(&brief(), slip))
    }

    fn update(&mut self, input: Input) -> Outcome {
        self.apply(input)
    }

    fn hit(&mut self, stage: usize, kind: PointerKind, x: f64, y: f64) -> Option<&'static str> {
        self.pictures.hit(stage, kind, (x, y))
    }

    fn readout(&mut self) -> String {
        readout::changed(self)
    }

    fn readout_whole(&mut self) -> String {
        readout::whole(self)
    }

    fn description(&mut self, stage: usize) -> String {
        self.pictures.description(stage)
    }

    fn table(&self) -> Table {
        self.widget.table(self.language)
    }

    fn base_version(&mut self, stage: usize) -> u64 {
        self.pictures.version(stage)
    }

    fn draw(&mut self, stage: usize, layer: Layer, surface: &mut dyn Ink, theme: &Theme) -> Result<(), DrawError> {
        let (touched, phase) = (self.hold.touched, self.clock.phase());
        self.pictures.draw(stage, layer, (&touched, phase, self.language), surface, theme)
    }

    fn state(&self) -> Json {
        state::write(&self.widget)
    }

    fn memory(&self) -> Json {
        state::write_beside_own(&self.widget)
    }

    fn own_table(&self) -> Option<(u64, Named)> {
        self.widget.own()
    }

    fn accepted(&self, name: &str) -> Json {
        let field = W::FIELDS.iter().find(|field| field.is_called(name));
        field.and_then(|field| self.asked.get(field.name)).map_or(Json::Null, super::settings::Value::to_json)
    }

    fn refusals(&self) -> &[Refusal] {
        &self.refused
    }

    fn copy(&self) -> Box<dyn AnyScene> {
        Box::new(self.clone())
    }
}

/// What one input led to, while it is applied.
#[derive(Default)]
struct Led {
    outcome: Outcome,
    change: Option<Change>,
}

impl Led {
    fn to(&mut self, change: Change) -> bool {
        if change != Change::Nothing {
            self.change = self.change.max(Some(change));
            self.outcome.changed = true;
        }
        change != Change::Nothing
    }
    fn tell(&mut self, event: Event) {
        if !self.outcome.events.contains(&event) {
            self.outcome.events.push(event);
        }
    }
}
