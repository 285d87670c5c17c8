//! The widgets there are: one line each.

use crate::kit::json::Json;
use crate::kit::settings::{AUTHORED, Field, Refusal, for_authors};
use crate::kit::{AnyScene, Given, Shell, Widget};
use crate::words::KitWords;

type Restored = Result<Box<dyn AnyScene>, Refusal>;

/// One kind of widget.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Its name: `descent`.
    pub kind: &'static str,
    /// What it is for, [`for_authors`].
    pub docs: &'static str,
    /// What it can be told.
    pub fields: &'static [Field],
    /// Names of controls that no field has.
    pub controls: &'static [&'static str],
    /// The TypeScript types of its parts of the readout, by their names.
    pub parts: &'static [(&'static str, &'static str)],
    /// The tables that whoever makes it hands to it, by name.
    pub tables: &'static [&'static str],
    /// The TypeScript of its numbers and parts, where it is [`AUTHORED`].
    pub declare: fn(&mut dyn FnMut(&'static str, String)),
    make: fn(&Given) -> Box<dyn AnyScene>,
    restore: fn(&Given, &Json) -> Restored,
}

const fn entry<W: Widget>() -> Entry {
    Entry {
        kind: W::KIND,
        docs: for_authors(W::DOCS),
        fields: W::FIELDS,
        controls: W::CONTROLS,
        parts: W::PARTS,
        tables: W::TABLES,
        declare: if AUTHORED { W::declare } else { |_| {} },
        make: |given| Box::new(Shell::<W>::new(given)),
        restore: |given, state| Ok(Box::new(Shell::<W>::from_state(given, state)?)),
    }
}

/// Every widget.
pub const ALL: &[Entry] =
    &[entry::<crate::descent::Descent>(), entry::<crate::houses::Houses>(), entry::<crate::tangent::Tangent>()];

impl Entry {
    /// The name of its element: `downhill-descent`.
    pub fn tag(&self) -> String {
        format!("{PREFIX}{}", self.kind)
    }
}

/// What the names of elements begin with.
pub const PREFIX: &str = "downhill-";

/// The widget of this kind.
///
/// # Errors
/// `E_KIND` with a guess.
pub fn kind(name: &str) -> Result<&'static Entry, Refusal> {
    let shown: String = name.chars().take(40).collect();
    find(name, &shown, |say| say.no_widget(&shown), |kind| kind.to_owned())
}

/// The widget of an element.
///
/// # Errors
/// `E_KIND` with a guess.
pub fn of_tag(tag: &str) -> Result<&'static Entry, Refusal> {
    // What every name begins with makes no two of them more alike; without it, no name is ours.
    let name = tag.strip_prefix(PREFIX).unwrap_or_default();
    find(name, tag, |say| say.no_element(tag), |kind| format!("<{PREFIX}{kind}>"))
}

/// The widget of this kind, or what there is instead; `written` as the author would write it.
fn find(
    name: &str,
    about: &str,
    message: impl Fn(&dyn KitWords) -> String,
    written: impl Fn(&str) -> String,
) -> Result<&'static Entry, Refusal> {
    let kinds = || ALL.iter().map(|entry| entry.kind);
    ALL.iter().find(|entry| entry.kind == name).ok_or_else(|| {
        let guess = calculus::spelling::nearest(name, kinds());
        let refusal = Refusal::new("E_KIND", about, |language| message(language.kit()));
        refusal.hint(|language| match guess {
            Some(guess) => language.kit().did_you_mean(&written(guess)),
            None => language.kit().these_exist(&kinds().map(&written).collect::<Vec<_>>().join(", ")),
        })
    })
}

/// A scene of this kind from what was given. What cannot be had keeps its default and is in [`AnyScene::refusals`].
///
/// # Errors
/// `E_KIND`.
pub fn scene(name: &str, given: &Given) -> Result<Box<dyn AnyScene>, Refusal> {
    Ok((kind(name)?.make)(given))
}

/// A scene as a link or an earlier instance left it.
///
/// # Errors
/// `E_KIND`, or `E_STATE` with the reason.
pub fn scene_of_state(name: &str, given: &Given, state: &Json) -> Result<Box<dyn AnyScene>, Refusal> {
    (kind(name)?.restore)(given, state)
}
