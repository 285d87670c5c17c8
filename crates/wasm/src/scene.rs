//! The one class behind every widget. Hot calls pass numbers and return a few bits; plain data cross as JSON text.

use crate::boundary::misuse;
use crate::canvas::CanvasSurface;
use crate::json;
use crate::panics::refuse_after_panic;
use crate::theme;
use scenes::catalog;
use scenes::frame::Size;
use scenes::kit::json::{Json, Plain};
use scenes::kit::settings::Refusal;
use scenes::kit::{AnyScene, Given, Input, Key, Layer, Named, Outcome, PointerKind, PointerPhase, Supply};
use scenes::readout::Event;
use scenes::svg::to_svg;
use scenes::theme::Theme;
use scenes::words::Language;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::CanvasRenderingContext2d;

thread_local! {
    /// The tables that the page has fetched so far. Every scene is handed them; none holds one of its own.
    static TABLES: RefCell<Supply> = RefCell::default();
}

/// Hands a table to every scene that is made from now on.
#[wasm_bindgen]
pub fn provide(name: &str, text: &str) -> Result<(), JsValue> {
    refuse_after_panic()?;
    TABLES.with_borrow_mut(|tables| *tables = core::mem::take(tables).with(name, text));
    Ok(())
}

/// A widget, but for its pixels on the page.
#[wasm_bindgen]
pub struct Scene {
    scene: Box<dyn AnyScene>,
    theme: Theme,
    sizes: Vec<Size>,
    events: Vec<Event>,
}

#[wasm_bindgen]
impl Scene {
    /// A scene of this kind from what stands on the element: the JSON of `{attributes, properties, lang}`. What cannot be had keeps
    /// its default and is among the readout's warnings.
    ///
    /// # Errors
    /// `E_KIND`.
    #[wasm_bindgen(constructor)]
    pub fn new(kind: &str, given: &str) -> Result<Scene, JsValue> {
        refuse_after_panic()?;
        let given = read_given(given)?;
        Ok(Self::around(catalog::scene(kind, &given).map_err(|refusal| thrown(&refusal, given.language))?))
    }

    /// A scene as a link or an earlier instance left it: the JSON of [`Scene::state`], or that of [`Scene::memory`] with
    /// [`Scene::own_table`].
    ///
    /// # Errors
    /// `E_KIND`; `E_STATE` with the reason, for data of another version or shape.
    #[wasm_bindgen(js_name = fromState)]
    pub fn from_state(kind: &str, given: &str, state: &str, own_table: Vec<String>) -> Result<Scene, JsValue> {
        refuse_after_panic()?;
        let (mut given, state) = (read_given(given)?, json::parse(state, "E_STATE")?);
        if let [label, text] = own_table.as_slice() {
            given.supply = given.supply.with_own(Named { name: label.clone(), text: text.as_str().into() });
        }
        let scene = catalog::scene_of_state(kind, &given, &state);
        Ok(Self::around(scene.map_err(|refusal| thrown(&refusal, given.language))?))
    }

    fn around(mut scene: Box<dyn AnyScene>) -> Self {
        let sizes = vec![Size { width: 0.0, height: 0.0 }; scene.stages().len()];
        Self { scene, theme: Theme::read(&|_| None), sizes, events: Vec::new() }
    }

    /// The stages: JSON of `StageInfo[]`.
    pub fn stages(&mut self) -> String {
        text_of(&self.scene.stages())
    }

    /// The page gave a stage this size in CSS pixels.
    pub fn resize(&mut self, stage: usize, width: f64, height: f64) {
        let size = Size { width, height };
        if let Some(known) = self.sizes.get_mut(stage) {
            *known = size;
            self.scene.resize(stage, size);
        }
    }

    /// With reduced motion nothing is animated.
    #[wasm_bindgen(js_name = reducedMotion)]
    pub fn reduced_motion(&mut self, on: bool) {
        self.scene.set_reduced_motion(on);
    }

    /// Takes over the page's colours and faces: a plain object of `--downhill-*` names with their values.
    pub fn theme(&mut self, tokens: &JsValue) {
        self.theme = theme::of_page(tokens);
    }

    /// The language of words and numbers, by its tag; English for one that is not spoken.
    pub fn language(&mut self, tag: &str) -> u8 {
        self.scene.speak(Language::of(tag));
        1
    }

    /// A pointer event on a stage. Phase: 0 down, 1 move, 2 up, 3 cancel, 4 leave. Kind: 0 mouse, 1 finger, 2 pen.
    /// Bits of the answer here and below: 1 changed, 2 captured, 4 animating, 8 refused; from 16 on the beat of the step that is shown: 1
    /// its slope, 2 its rate, 3 its place, 4 the next place; 0 where none is.
    pub fn pointer(&mut self, stage: usize, phase: u8, kind: u8, x: f64, y: f64) -> Result<u8, JsValue> {
        let phase = match phase {
            0 => PointerPhase::Down,
            1 => PointerPhase::Move,
            2 => PointerPhase::Up,
            3 => PointerPhase::Cancel,
            _ => PointerPhase::Leave,
        };
        self.feed(Input::Pointer { stage, phase, kind: pointer_kind(kind), x, y }, false)
    }

    /// The handle under the pointer, for its cursor and for whether a finger drags or scrolls.
    pub fn hit(&mut self, stage: usize, kind: u8, x: f64, y: f64) -> Option<String> {
        self.scene.hit(stage, pointer_kind(kind), x, y).map(str::to_owned)
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
        self.feed(Input::Key { handle: handle.to_owned(), key, shift }, false)
    }

    /// A value typed for a handle.
    #[wasm_bindgen(js_name = setHandle)]
    pub fn set_handle(&mut self, handle: &str, value: f64) -> Result<u8, JsValue> {
        self.feed(Input::SetHandle { handle: handle.to_owned(), value }, false)
    }

    /// The number that was typed in the language of the scene: JSON of its `value`, or of the `problem` in a sentence.
    #[wasm_bindgen(js_name = readNumber)]
    pub fn read_number(&self, text: &str) -> Result<String, JsValue> {
        refuse_after_panic()?;
        let (name, read) = match self.scene.read_number(text) {
            Ok(value) => ("value", Json::Number(value)),
            Err(problem) => ("problem", Json::Text(problem)),
        };
        Ok(Json::Object(vec![(name.to_owned(), read)]).to_text())
    }

    /// Which handle has the keyboard's focus, if any.
    pub fn focus(&mut self, handle: Option<String>) -> Result<u8, JsValue> {
        self.feed(Input::Focus { handle }, false)
    }

    /// A setting by its property or attribute; the value is JSON, `null` for the default. With `quiet` the page asks and nobody is
    /// told. A value that cannot be had leaves the one that was, sets bit 8 and is among the readout's warnings.
    ///
    /// # Errors
    /// `E_SETTING`: the value is no JSON.
    pub fn set(&mut self, name: &str, value: &str, quiet: bool) -> Result<u8, JsValue> {
        let (name, value) = (name.to_owned(), json::parse(value, "E_SETTING")?);
        self.feed(if quiet { Input::Ask { name, value } } else { Input::Set { name, value } }, quiet)
    }

    /// What the page asked for and got, as JSON; `null` where the setting has its default.
    pub fn value(&self, name: &str) -> String {
        self.scene.accepted(name).to_text()
    }

    /// The button of a notice or of a control, or a number control of the widget's own.
    pub fn act(&mut self, id: &str, value: Option<f64>) -> Result<u8, JsValue> {
        self.feed(Input::Act { id: id.to_owned(), value }, false)
    }

    /// A table of the learner's own, or with `quiet` of the page's.
    pub fn supply(&mut self, label: &str, text: &str, quiet: bool) -> Result<u8, JsValue> {
        self.feed(Input::Table { label: label.to_owned(), text: text.to_owned() }, quiet)
    }

    /// Takes this many steps.
    pub fn step(&mut self, count: u32) -> Result<u8, JsValue> {
        self.feed(Input::Step(count), false)
    }

    /// Takes this many steps back.
    #[wasm_bindgen(js_name = stepBack)]
    pub fn step_back(&mut self, count: u32) -> Result<u8, JsValue> {
        self.feed(Input::StepBack(count), false)
    }

    /// Shows the moment after so many moves; what comes after it is kept until a step is taken.
    pub fn scrub(&mut self, moves: f64) -> Result<u8, JsValue> {
        // A cast to a whole number saturates; there are never so many moves.
        self.feed(Input::Scrub(moves as u64), false)
    }

    /// Steps on every tick from now on.
    pub fn run(&mut self) -> Result<u8, JsValue> {
        self.feed(Input::Run, false)
    }

    /// Stops stepping.
    pub fn pause(&mut self) -> Result<u8, JsValue> {
        self.feed(Input::Pause, false)
    }

    /// Back to the start.
    pub fn reset(&mut self) -> Result<u8, JsValue> {
        self.feed(Input::Reset, false)
    }

    /// Takes back what steps do not cover.
    pub fn undo(&mut self) -> Result<u8, JsValue> {
        self.feed(Input::Undo, false)
    }

    /// Does again what was taken back.
    pub fn redo(&mut self) -> Result<u8, JsValue> {
        self.feed(Input::Redo, false)
    }

    /// This many milliseconds have passed.
    pub fn tick(&mut self, milliseconds: f64) -> Result<u8, JsValue> {
        self.feed(Input::Tick { milliseconds }, false)
    }

    fn feed(&mut self, input: Input, quiet: bool) -> Result<u8, JsValue> {
        refuse_after_panic()?;
        let Outcome { changed, captured, animating, refused, beat, events } = self.scene.update(input);
        if !quiet {
            self.events.extend(events);
        }
        let bits = [changed, captured, animating, refused];
        Ok(bits.iter().enumerate().map(|(i, bit)| u8::from(*bit) << i).sum::<u8>()
            | beat.map_or(0, |beat| beat as u8 + 1) << bits.len())
    }

    /// Draws one layer of one stage, 0 the base and 1 the live one, on a canvas of its own.
    ///
    /// # Errors
    /// `E_DRAW`: what the canvas itself refused.
    pub fn draw(
        &mut self,
        stage: usize,
        layer: u8,
        context: &CanvasRenderingContext2d,
        pixel_ratio: f64,
    ) -> Result<(), JsValue> {
        refuse_after_panic()?;
        let Some(size) = self.size(stage) else { return Ok(()) };
        let layer = if layer == 0 { Layer::Base } else { Layer::Live };
        let Some(mut surface) = CanvasSurface::new(context, size, pixel_ratio) else {
            return Err(misuse("E_DRAW", "This drawing context belongs to no canvas of the page."));
        };
        self.scene.draw(stage, layer, &mut surface, &self.theme).map_err(|error| misuse("E_DRAW", &error.to_string()))
    }

    fn size(&self, stage: usize) -> Option<Size> {
        self.sizes.get(stage).copied().filter(|size| size.width > 0.0 && size.height > 0.0)
    }

    /// Changes whenever the base layer of a stage must be drawn again.
    #[wasm_bindgen(js_name = baseVersion)]
    pub fn base_version(&mut self, stage: usize) -> f64 {
        self.scene.base_version(stage) as f64
    }

    /// The numbers, words and handles of this moment: JSON of the parts that changed since this was last asked.
    pub fn readout(&mut self) -> Result<String, JsValue> {
        refuse_after_panic()?;
        Ok(self.scene.readout())
    }

    /// What a share link carries, as JSON.
    pub fn state(&self) -> Result<String, JsValue> {
        refuse_after_panic()?;
        Ok(self.scene.state().to_text())
    }

    /// The same beside a table of the learner's own, as JSON: what the page remembers for itself, with [`Scene::own_table`].
    pub fn memory(&self) -> Result<String, JsValue> {
        refuse_after_panic()?;
        Ok(self.scene.memory().to_text())
    }

    /// A number that changes whenever the table of the learner's own does; 0 for none.
    #[wasm_bindgen(js_name = ownTableNumber)]
    pub fn own_table_number(&self) -> Result<f64, JsValue> {
        refuse_after_panic()?;
        Ok(self.scene.own_table().map_or(0.0, |(number, _)| number as f64))
    }

    /// The table of the learner's own: its label and its text.
    #[wasm_bindgen(js_name = ownTable)]
    pub fn own_table(&self) -> Result<Vec<String>, JsValue> {
        refuse_after_panic()?;
        let table = self.scene.own_table();
        Ok(table.map_or_else(Vec::new, |(_, table)| vec![table.name, table.text.to_string()]))
    }

    /// The plotted numbers: JSON of `Table`.
    pub fn table(&self) -> Result<String, JsValue> {
        refuse_after_panic()?;
        Ok(text_of(&self.scene.table()))
    }

    /// The plotted numbers as a CSV file.
    pub fn csv(&self) -> Result<String, JsValue> {
        refuse_after_panic()?;
        Ok(self.scene.table().to_csv())
    }

    /// What happened since this was last asked: names of events with blanks between.
    #[wasm_bindgen(js_name = takeEvents)]
    pub fn take_events(&mut self) -> String {
        let events = core::mem::take(&mut self.events);
        events.iter().map(|event| event.word()).collect::<Vec<_>>().join(" ")
    }

    /// One stage as an SVG document.
    ///
    /// # Errors
    /// `E_DRAW`.
    pub fn svg(&self, stage: usize) -> Result<String, JsValue> {
        refuse_after_panic()?;
        let Some(size) = self.size(stage) else { return Ok(String::new()) };
        to_svg(&*self.scene, stage, &self.theme, size).map_err(|error| misuse("E_DRAW", &error.to_string()))
    }
}

fn pointer_kind(kind: u8) -> PointerKind {
    match kind {
        1 => PointerKind::Touch,
        2 => PointerKind::Pen,
        _ => PointerKind::Mouse,
    }
}

/// What stands on the element, with the tables there are.
fn read_given(text: &str) -> Result<Given, JsValue> {
    let given = json::parse(text, "E_CONFIG")?;
    let properties = |name: &str| match given.get(name) {
        Some(Json::Object(properties)) => properties.clone(),
        _ => Vec::new(),
    };
    let attributes = properties("attributes");
    Ok(Given {
        attributes: attributes.into_iter().filter_map(|(name, v)| Some((name, v.text()?.to_owned()))).collect(),
        properties: properties("properties"),
        language: Language::of(given.get("lang").and_then(Json::text).unwrap_or_default()),
        supply: TABLES.with_borrow(Clone::clone),
    })
}

fn text_of<T: Plain>(value: &T) -> String {
    let mut text = String::new();
    value.write(&mut text);
    text
}

fn thrown(refusal: &Refusal, language: Language) -> JsValue {
    misuse(&refusal.code, &refusal.text(language))
}
