//! Data that whoever makes a widget hands to it: the tables of the lessons are no part of any scene.

use std::sync::Arc;

/// A table by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What attributes and links call it: `ames`.
    pub name: String,
    /// Its text: CSV with a line of names.
    pub text: Arc<str>,
}

/// The tables there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Supply(Vec<Named>);

impl Supply {
    /// No tables.
    pub fn none() -> Self {
        Self::default()
    }

    /// With one table more.
    #[must_use]
    pub fn with(mut self, name: &str, text: impl Into<Arc<str>>) -> Self {
        self.0.push(Named { name: name.into(), text: text.into() });
        self
    }

    /// The table of this name.
    pub fn table(&self, name: &str) -> Option<&Named> {
        self.0.iter().find(|table| table.name == name)
    }

    /// The names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|table| table.name.as_str())
    }

    /// The first table, which a widget shows unless told otherwise.
    pub fn first(&self) -> Option<&Named> {
        self.0.first()
    }
}
