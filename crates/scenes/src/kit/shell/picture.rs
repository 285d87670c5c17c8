//! The stages as they stand: frames, marks, what lies where.

use std::sync::Arc;

use super::super::marks::{Handle, Knob, Mark, Marks, Phase, Point};
use super::super::paint::{self, Touched};
use super::super::widget::{Stage, Widget};
use super::input::{Layer, PointerKind};
use crate::clip::within;
use crate::frame::{Frame, Size};
use crate::ground::Curve;
use crate::painter::Painter;
use crate::readout::{HandleInfo, StageInfo};
use crate::surface::{DrawError, Ink};
use crate::theme::Theme;
use crate::words::Language;

/// How near to the middle of a knob counts as on it: half of 44 CSS pixels.
const REACH: f64 = 22.0;
/// A finger reaches a little farther.
const TOUCH_REACH: f64 = 28.0;
/// Near to a dot that can be moved, under a mouse, so that its neighbours can be chosen.
const DOT_REACH: f64 = 12.0;

/// One stage.
#[derive(Clone, Debug)]
struct Picture {
    stage: Stage,
    size: Size,
    frame: Frame,
    still: Vec<Mark>,
    live: Vec<Mark>,
    /// Values of handles that are on their way: those of where they go.
    goals: Vec<(&'static str, f64)>,
    version: u64,
}

/// All stages of a widget.
#[derive(Clone, Debug, Default)]
pub(super) struct Pictures {
    all: Vec<Picture>,
    language: Language,
    samples: Samples,
}

/// Curves sampled for their frames: sampled again only for another formula, view or size.
#[derive(Clone, Debug, Default)]
pub(crate) struct Samples(Vec<(Arc<Curve>, Frame, Arc<calculus::Plot>)>);

impl Samples {
    /// So many curves are kept.
    const KEPT: usize = 4;

    /// The samples of a curve in a frame.
    pub(crate) fn of(&mut self, curve: &Arc<Curve>, frame: &Frame) -> Arc<calculus::Plot> {
        let known = |(other, at, _): &&(Arc<Curve>, Frame, Arc<calculus::Plot>)| {
            at == frame && (Arc::ptr_eq(other, curve) || **other == **curve)
        };
        if let Some((_, _, plot)) = self.0.iter().find(known) {
            return plot.clone();
        }
        let plot = Arc::new(curve.sample(frame));
        if self.0.len() >= Self::KEPT {
            self.0.remove(0);
        }
        self.0.push((curve.clone(), *frame, plot.clone()));
        plot
    }
}

/// The handles among these marks with their values.
fn values(marks: &[Mark]) -> Vec<(&'static str, f64)> {
    let handle = |mark: &Mark| match mark {
        Mark::Handle(handle) => Some((handle.id, handle.value())),
        _ => None,
    };
    marks.iter().filter_map(handle).collect()
}

impl Pictures {
    /// Looks at a widget again.
    pub(super) fn renew<W: Widget>(
        &mut self,
        widget: &W,
        language: Language,
        phase: Phase,
        held: Option<&'static str>,
        clear: f64,
    ) {
        let stages = widget.stages(language);
        let linked = is_linked(stages.iter());
        let locale = language.locale();
        let size = |(index, stage)| self.all.get(index).map_or_else(|| first_size(stage, linked), |p: &Picture| p.size);
        let sized: Vec<(&Stage, Size)> = stages.iter().enumerate().map(|at| (at.1, size(at))).collect();
        let frames = paint::frames(&sized, &locale);
        // Numbers on axes are written otherwise in another language.
        let spoken = core::mem::replace(&mut self.language, language) == language;
        for (index, (stage, frame)) in stages.into_iter().zip(frames).enumerate() {
            let collect = |base, phase| {
                let mut marks = Marks { list: Vec::new(), base, phase, language, held, clear };
                widget.marks(index, &mut marks);
                marks.list
            };
            let (still, live) = (collect(true, phase), collect(false, phase));
            // While a point is on its way, its value is that of where it goes.
            let goals = if phase == Phase::Still { Vec::new() } else { values(&collect(false, Phase::Still)) };
            match self.all.get_mut(index) {
                Some(picture) => {
                    let same = spoken
                        && frame == picture.frame
                        && still == picture.still
                        && looks_alike(&stage, &picture.stage);
                    picture.version += u64::from(!same);
                    (picture.stage, picture.frame, picture.still, picture.live) = (stage, frame, still, live);
                    picture.goals = goals;
                }
                None => {
                    self.all.push(Picture { stage, size: frame.size, frame, still, live, goals, version: 0 });
                }
            }
        }
    }

    /// Whether a map stands beside the other stages.
    pub(super) fn linked(&self) -> bool {
        is_linked(self.all.iter().map(|picture| &picture.stage))
    }

    pub(super) fn infos(&self) -> Vec<StageInfo> {
        let linked = self.linked();
        let info = |picture: &Picture| {
            let (wide_aspect, narrow_aspect) = picture.stage.shape.aspects(linked);
            StageInfo {
                id: picture.stage.id.into(),
                place: picture.stage.shape.place(linked),
                wide_aspect,
                narrow_aspect,
            }
        };
        self.all.iter().map(info).collect()
    }

    pub(super) fn resize(&mut self, stage: usize, size: Size, language: Language) {
        let sound = |v: f64| v.is_finite() && (40.0..=20_000.0).contains(&v);
        if let Some(picture) = self.all.get_mut(stage)
            && sound(size.width)
            && sound(size.height)
            && picture.size != size
        {
            picture.size = size;
            picture.version += 1;
            self.reframe(language);
        }
    }

    /// Lays all stages out again: they may share an axis.
    fn reframe(&mut self, language: Language) {
        let sized: Vec<(&Stage, Size)> = self.all.iter().map(|p| (&p.stage, p.size)).collect();
        let frames = paint::frames(&sized, &language.locale());
        for (picture, frame) in self.all.iter_mut().zip(frames) {
            picture.version += u64::from(picture.frame != frame);
            picture.frame = frame;
        }
    }

    pub(super) fn version(&self, stage: usize) -> u64 {
        self.all.get(stage).map_or(0, |picture| picture.version)
    }

    pub(super) fn description(&self, stage: usize) -> String {
        self.all.get(stage).map_or(String::new(), |picture| picture.stage.description.clone())
    }

    pub(super) fn descriptions(&self) -> Vec<String> {
        self.all.iter().map(|picture| picture.stage.description.clone()).collect()
    }

    pub(super) fn titles(&self) -> Vec<String> {
        self.all.iter().map(|picture| picture.stage.title.clone()).collect()
    }

    pub(super) fn draw(
        &mut self,
        stage: usize,
        layer: Layer,
        (touched, phase, language): (&Touched, Phase, Language),
        surface: &mut dyn Ink,
        theme: &Theme,
    ) -> Result<(), DrawError> {
        let Self { all, samples, .. } = self;
        let Some(picture) = all.get(stage) else { return Ok(()) };
        let mut painter = Painter::new(surface, theme).speaking(language);
        let Picture { stage, frame, still, live, .. } = picture;
        match layer {
            Layer::Base => paint::still(stage, *frame, still, samples, &mut painter),
            Layer::Live => paint::live(stage, *frame, (live, still), samples, (touched, phase), &mut painter),
        }
    }

    fn handles(&self) -> impl Iterator<Item = (usize, &Picture, &Handle)> {
        self.all.iter().enumerate().flat_map(|(index, picture)| {
            picture.live.iter().chain(&picture.still).filter_map(move |mark| match mark {
                Mark::Handle(handle) => Some((index, picture, handle)),
                _ => None,
            })
        })
    }

    /// A handle by its name.
    pub(super) fn find(&self, id: &str) -> Option<&Handle> {
        self.handles().find(|(_, _, handle)| handle.id == id).map(|(_, _, handle)| handle)
    }

    /// The name as the widget has it.
    pub(super) fn known(&self, id: &str) -> Option<&'static str> {
        self.find(id).map(|handle| handle.id)
    }

    /// A handle of a stage.
    pub(super) fn handle(&self, stage: usize, id: &str) -> Option<&Handle> {
        self.handles().find(|(index, _, handle)| *index == stage && handle.id == id).map(|(_, _, handle)| handle)
    }

    /// Whether a handle is a dot among others.
    pub(super) fn is_dot(&self, stage: usize, id: &str) -> bool {
        self.handle(stage, id).is_some_and(|handle| handle.knob == Knob::Dot)
    }

    /// Where a handle is, CSS pixels.
    pub(super) fn place(&self, stage: usize, id: &str) -> Option<Point> {
        let picture = self.all.get(stage)?;
        Some(paint::pinned(&picture.frame, picture.stage.shape, self.handle(stage, id)?.at))
    }

    /// The handle under a pointer, the nearest where several are.
    pub(super) fn hit(&self, stage: usize, kind: PointerKind, at: Point) -> Option<&'static str> {
        if !(at.0.is_finite() && at.1.is_finite()) {
            return None;
        }
        let mut nearest: Option<(&'static str, f64)> = None;
        for (index, picture, handle) in self.handles() {
            let reach = match (handle.knob, kind) {
                (Knob::Hidden, _) => continue,
                (Knob::Dot, PointerKind::Mouse) => DOT_REACH,
                (Knob::Dot, _) => REACH,
                (_, PointerKind::Touch) => TOUCH_REACH,
                _ => REACH,
            };
            let (x, y) = paint::pinned(&picture.frame, picture.stage.shape, handle.at);
            let away = ((x - at.0) * (x - at.0) + (y - at.1) * (y - at.1)).sqrt();
            if index == stage && away <= reach && nearest.is_none_or(|(_, least)| away < least) {
                nearest = Some((handle.id, away));
            }
        }
        nearest.map(|(id, _)| id)
    }

    /// Data at a place, brought to the edge of the plot where it lies outside.
    pub(super) fn to_data(&self, stage: usize, (x, y): Point) -> Option<Point> {
        let frame = &self.all.get(stage)?.frame;
        let plot = &frame.plot;
        let (x, y) = (within(x, plot.left, plot.right), within(y, plot.top, plot.bottom));
        Some((frame.x.to_data(x), frame.y.to_data(y)))
    }

    /// Data at a place in the plot, and how far so many pixels reach there along x and y.
    pub(super) fn in_data(&self, stage: usize, at: Point, pixels: f64) -> Option<(Point, Point)> {
        let frame = &self.all.get(stage)?.frame;
        let data = (frame.x.to_data(at.0), frame.y.to_data(at.1));
        let reach = (pixels / frame.x.per_unit(), pixels / frame.y.per_unit());
        frame.plot.contains(at).then_some((data, reach))
    }

    /// The handles for the page.
    pub(super) fn handle_infos(&self) -> Vec<HandleInfo> {
        let info = |(stage, picture, handle): (usize, &Picture, &Handle)| {
            let (x, y) = paint::pinned(&picture.frame, picture.stage.shape, handle.at);
            let goal = picture.goals.iter().find(|(id, _)| *id == handle.id).map(|(_, value)| *value);
            let (value, (low, high)) = (goal.unwrap_or_else(|| handle.value()), handle.value_range());
            HandleInfo {
                id: handle.id.into(),
                stage,
                label: handle.label.clone(),
                x,
                y,
                value,
                value_text: handle.says.clone(),
                shown: handle.shown.clone(),
                min: low.min(value),
                max: high.max(value),
            }
        };
        self.handles().map(info).collect()
    }

    /// The triangle under a tangent of the first stage, if one is drawn: run and rise.
    pub(super) fn triangle(&self) -> Option<(f64, f64)> {
        let picture = self.all.first()?;
        picture.live.iter().find_map(|mark| match mark {
            Mark::Tangent { at, slope: crate::ground::Slope::Smooth(slope), triangle: true, arrow, .. } => {
                paint::triangle(&picture.frame, *at, *slope, *arrow).map(|t| (t.run, t.rise))
            }
            _ => None,
        })
    }

    /// The live marks of a stage, for tests.
    pub(super) fn marks(&self, stage: usize) -> &[Mark] {
        self.all.get(stage).map_or(&[], |picture| picture.live.as_slice())
    }
}

/// Whether the base layers of two stages look alike: all but the words about the moment.
fn looks_alike(a: &Stage, b: &Stage) -> bool {
    (&a.x, &a.y, a.shape, a.axes) == (&b.x, &b.y, b.shape, b.axes)
}

/// Whether stages stand beside one another.
fn is_linked<'a>(mut stages: impl Iterator<Item = &'a Stage>) -> bool {
    stages.any(|stage| matches!(stage.shape, super::super::Shape::Map { .. }))
}

/// The size of a stage in the wide drawing, until the page says otherwise.
fn first_size(stage: &Stage, linked: bool) -> Size {
    let (aspect, _) = stage.shape.aspects(linked);
    let width = match (stage.shape, linked) {
        (super::super::Shape::Map { .. }, _) => 388.0,
        (super::super::Shape::Strip, _) | (_, false) => 960.0,
        (_, true) => 548.0,
    };
    Size { width, height: (width * aspect).round() }
}
