//! The one class behind every widget. Hot calls pass numbers and return three bits; cold calls pass and return plain objects.

use crate::boundary::{from_js, misuse, to_js};
use crate::canvas::CanvasSurface;
use crate::panics::refuse_after_panic;
use crate::theme;
use scenes::descent::DescentScene;
use scenes::houses::HousesScene;
use scenes::painter::SvgSurface;
use scenes::readout::Event;
use scenes::scene::{Input, Key, Layer, Outcome, PointerKind, PointerPhase, Scene as _, Size};
use scenes::theme::Theme;
use wasm_bindgen::prelude::*;
use web_sys::CanvasRenderingContext2d;

/// The corner of a stage in a saved picture, in CSS pixels (visual language, section 3).
const CORNER: f64 = 14.0;

enum Widget {
    Descent(DescentScene),
    Houses(HousesScene),
}

/// The same for whichever scene it is.
macro_rules! with {
    ($widget:expr, $scene:ident => $body:expr) => {
        match $widget {
            Widget::Descent($scene) => $body,
            Widget::Houses($scene) => $body,
        }
    };
}

/// Hands the same input to whichever scene it is.
macro_rules! feed {
    ($self:ident, $input:expr) => {{
        refuse_after_panic()?;
        let outcome = with!(&mut $self.widget, scene => scene.update($input));
        Ok($self.note(outcome, false))
    }};
}

/// A widget, but for its pixels on the page.
#[wasm_bindgen]
pub struct Scene {
    widget: Widget,
    theme: Theme,
    sizes: Vec<Size>,
    events: Vec<Event>,
}

#[wasm_bindgen]
impl Scene {
    /// A scene of this kind from what the page's attributes say.
    ///
    /// # Errors
    /// `E_KIND`, `E_CONFIG`: a call that no page of ours makes. A formula that cannot be read is no error but in the readout.
    #[wasm_bindgen(constructor)]
    pub fn new(kind: &str, config: JsValue) -> Result<Scene, JsValue> {
        refuse_after_panic()?;
        Ok(Self::around(match kind {
            "descent" => Widget::Descent(DescentScene::new(from_js(config, "E_CONFIG")?)),
            "houses" => Widget::Houses(HousesScene::new(from_js(config, "E_CONFIG")?)),
            other => return Err(unknown_kind(other)),
        }))
    }

    /// A scene as a link or an earlier instance left it.
    ///
    /// # Errors
    /// `E_STATE` with the reason, for data of another version or shape.
    #[wasm_bindgen(js_name = fromState)]
    pub fn from_state(kind: &str, state: JsValue) -> Result<Scene, JsValue> {
        refuse_after_panic()?;
        let unusable = |reason: String| misuse("E_STATE", &reason);
        Ok(Self::around(match kind {
            "descent" => {
                let state = from_js(state, "E_STATE")?;
                Widget::Descent(DescentScene::from_state(state).map_err(|error| unusable(error.to_string()))?)
            }
            "houses" => {
                let state = from_js(state, "E_STATE")?;
                Widget::Houses(HousesScene::from_state(&state).map_err(|error| unusable(error.to_string()))?)
            }
            other => return Err(unknown_kind(other)),
        }))
    }

    fn around(widget: Widget) -> Self {
        let stages = with!(&widget, scene => scene.stages().len());
        let size = Size { width: 0.0, height: 0.0 };
        Self { widget, theme: Theme::light(), sizes: vec![size; stages], events: Vec::new() }
    }

    /// The stages: `StageInfo[]`.
    pub fn stages(&self) -> Result<JsValue, JsValue> {
        with!(&self.widget, scene => to_js(&scene.stages()))
    }

    /// The page gave a stage this size in CSS pixels.
    pub fn resize(&mut self, stage: usize, width: f64, height: f64) {
        let size = Size { width, height };
        if let Some(known) = self.sizes.get_mut(stage) {
            *known = size;
            with!(&mut self.widget, scene => scene.resize(stage, size));
        }
    }

    /// With reduced motion nothing is animated.
    #[wasm_bindgen(js_name = reducedMotion)]
    pub fn reduced_motion(&mut self, on: bool) {
        with!(&mut self.widget, scene => scene.set_reduced_motion(on));
    }

    /// Takes over the page's colours and faces: a plain object of `--downhill-*` names. What it does not hold or cannot be
    /// read keeps the default of the lighter or darker set, as its `dark` says.
    pub fn theme(&mut self, tokens: JsValue) -> Result<(), JsValue> {
        self.theme = theme::from_tokens(&from_js(tokens, "E_THEME")?);
        Ok(())
    }

    /// A pointer event on a stage. Phase: 0 down, 1 move, 2 up, 3 cancel, 4 leave. Kind: 0 mouse, 1 finger, 2 pen.
    /// Bits of the answer here and below: 1 changed, 2 captured, 4 animating.
    pub fn pointer(&mut self, stage: usize, phase: u8, kind: u8, x: f64, y: f64) -> Result<u8, JsValue> {
        let phase = match phase {
            0 => PointerPhase::Down,
            1 => PointerPhase::Move,
            2 => PointerPhase::Up,
            3 => PointerPhase::Cancel,
            _ => PointerPhase::Leave,
        };
        let kind = pointer_kind(kind);
        feed!(self, Input::Pointer { stage, phase, kind, x, y })
    }

    /// The handle under the pointer, for its cursor and for whether a finger drags or scrolls.
    pub fn hit(&self, stage: usize, kind: u8, x: f64, y: f64) -> Option<String> {
        with!(&self.widget, scene => scene.hit(stage, pointer_kind(kind), x, y)).map(str::to_owned)
    }

    /// A key on a handle, by the name that `KeyboardEvent.key` gives it. Other keys change nothing.
    pub fn key(&mut self, handle: &str, key: &str, shift: bool) -> Result<u8, JsValue> {
        let key = match key {
            "ArrowLeft" => Key::Left,
            "ArrowRight" => Key::Right,
            "ArrowUp" => Key::Up,
            "ArrowDown" => Key::Down,
            "PageUp" => Key::PageUp,
            "PageDown" => Key::PageDown,
            "Home" => Key::Home,
            "End" => Key::End,
            _ => return Ok(0),
        };
        feed!(self, Input::Key { handle: handle.to_owned(), key, shift })
    }

    /// A value typed for a handle.
    #[wasm_bindgen(js_name = setHandle)]
    pub fn set_handle(&mut self, handle: &str, value: f64) -> Result<u8, JsValue> {
        feed!(self, Input::SetHandle { handle: handle.to_owned(), value })
    }

    /// Which handle has the keyboard's focus, if any.
    pub fn focus(&mut self, handle: Option<String>) -> Result<u8, JsValue> {
        feed!(self, Input::Focus { handle })
    }

    /// A named setting: `{ name, value }`. With `quiet` it was a program's and no one is told.
    ///
    /// # Errors
    /// `E_SETTING` for a name or a value that this scene does not have.
    pub fn set(&mut self, setting: JsValue, quiet: bool) -> Result<u8, JsValue> {
        refuse_after_panic()?;
        let outcome = match &mut self.widget {
            Widget::Descent(scene) => scene.update(Input::Set(from_js(setting, "E_SETTING")?)),
            Widget::Houses(scene) => scene.update(Input::Set(from_js(setting, "E_SETTING")?)),
        };
        Ok(self.note(outcome, quiet))
    }

    /// Takes this many steps.
    pub fn step(&mut self, count: u32) -> Result<u8, JsValue> {
        feed!(self, Input::Step(count))
    }

    /// Takes this many steps back.
    #[wasm_bindgen(js_name = stepBack)]
    pub fn step_back(&mut self, count: u32) -> Result<u8, JsValue> {
        feed!(self, Input::StepBack(count))
    }

    /// Steps on every tick from now on.
    pub fn run(&mut self) -> Result<u8, JsValue> {
        feed!(self, Input::Run)
    }

    /// Stops stepping.
    pub fn pause(&mut self) -> Result<u8, JsValue> {
        feed!(self, Input::Pause)
    }

    /// Back to the start.
    pub fn reset(&mut self) -> Result<u8, JsValue> {
        feed!(self, Input::Reset)
    }

    /// Takes back what steps do not cover.
    pub fn undo(&mut self) -> Result<u8, JsValue> {
        feed!(self, Input::Undo)
    }

    /// This many milliseconds have passed.
    pub fn tick(&mut self, milliseconds: f64) -> Result<u8, JsValue> {
        feed!(self, Input::Tick { milliseconds })
    }

    fn note(&mut self, outcome: Outcome, quiet: bool) -> u8 {
        if !quiet {
            self.events.extend(outcome.events);
        }
        u8::from(outcome.changed) | u8::from(outcome.captured) << 1 | u8::from(outcome.animating) << 2
    }

    /// Draws one layer of one stage, 0 the base and 1 the live one, on a canvas of its own.
    ///
    /// # Errors
    /// `E_DRAW`: what the canvas itself refused.
    pub fn draw(
        &self,
        stage: usize,
        layer: u8,
        context: &CanvasRenderingContext2d,
        pixel_ratio: f64,
    ) -> Result<(), JsValue> {
        refuse_after_panic()?;
        let Some(size) = self.sizes.get(stage).filter(|size| size.width > 0.0 && size.height > 0.0) else {
            return Ok(());
        };
        let layer = if layer == 0 { Layer::Base } else { Layer::Live };
        let mut surface = CanvasSurface::new(context, *size, pixel_ratio);
        with!(&self.widget, scene => scene.draw(stage, layer, &mut surface, &self.theme))
            .map_err(|error| misuse("E_DRAW", &error.to_string()))
    }

    /// Changes whenever the base layer of a stage must be drawn again.
    #[wasm_bindgen(js_name = baseVersion)]
    pub fn base_version(&self, stage: usize) -> f64 {
        with!(&self.widget, scene => scene.base_version(stage)) as f64
    }

    /// The numbers, words and handles of this moment.
    pub fn readout(&self) -> Result<JsValue, JsValue> {
        refuse_after_panic()?;
        with!(&self.widget, scene => to_js(&scene.readout()))
    }

    /// What a share link carries.
    pub fn state(&self) -> Result<JsValue, JsValue> {
        refuse_after_panic()?;
        with!(&self.widget, scene => to_js(&scene.state()))
    }

    /// The plotted numbers.
    pub fn table(&self) -> Result<JsValue, JsValue> {
        refuse_after_panic()?;
        with!(&self.widget, scene => to_js(&scene.table()))
    }

    /// What happened since this was last asked: `Event[]`.
    #[wasm_bindgen(js_name = takeEvents)]
    pub fn take_events(&mut self) -> Result<JsValue, JsValue> {
        to_js(&core::mem::take(&mut self.events))
    }

    /// One stage as an SVG document.
    ///
    /// # Errors
    /// `E_DRAW`.
    pub fn svg(&self, stage: usize) -> Result<String, JsValue> {
        refuse_after_panic()?;
        let Some(size) = self.sizes.get(stage).filter(|size| size.width > 0.0 && size.height > 0.0) else {
            return Ok(String::new());
        };
        let mut surface = SvgSurface::new(size.width, size.height);
        for layer in [Layer::Base, Layer::Live] {
            with!(&self.widget, scene => scene.draw(stage, layer, &mut surface, &self.theme))
                .map_err(|error| misuse("E_DRAW", &error.to_string()))?;
        }
        let descriptions = with!(&self.widget, scene => scene.readout().panel.descriptions);
        Ok(surface.finish(self.theme.stage, CORNER, descriptions.get(stage).map_or("", String::as_str)))
    }
}

fn pointer_kind(kind: u8) -> PointerKind {
    match kind {
        1 => PointerKind::Touch,
        2 => PointerKind::Pen,
        _ => PointerKind::Mouse,
    }
}

fn unknown_kind(kind: &str) -> JsValue {
    misuse("E_KIND", &format!("There is no widget “{kind}”."))
}
