//! Undo and redo: whole widgets, as they were.

use super::super::widget::{Change, Widget};
use super::{Led, Shell};
use crate::readout::Event;

/// The most things that can be undone.
const MOST: usize = 50;
/// A widget with a walk longer than this weighs as much as many others.
const LONG_WALK: u64 = 2_000;

/// What can be taken back, and what can be made again. Both stand with the words for what was done.
#[derive(Clone, Debug)]
pub struct Memories<W> {
    past: Vec<(String, W)>,
    future: Vec<(String, W)>,
}

impl<W> Default for Memories<W> {
    fn default() -> Self {
        Self { past: Vec::new(), future: Vec::new() }
    }
}

impl<W> Memories<W> {
    /// What would be undone, in words.
    pub fn undoes(&self) -> Option<&str> {
        self.past.last().map(|(words, _)| words.as_str())
    }
    /// What would be made again, in words.
    pub fn redoes(&self) -> Option<&str> {
        self.future.last().map(|(words, _)| words.as_str())
    }
}

impl<W: Widget> Shell<W> {
    /// Remembers how things were before this was done. Doing the same again at once is one thing to undo.
    pub(super) fn remember(&mut self, before: W, key: &str, words: String) {
        let same = self.hold.last.as_deref() == Some(key);
        self.hold.last = Some(key.to_owned());
        self.memories.future.clear();
        if same && !self.memories.past.is_empty() {
            return;
        }
        let weight = |widget: &W| 1 + widget.walk().map_or(0, |walk| walk.length() / LONG_WALK) as usize;
        self.memories.past.push((words, before));
        let mut room = MOST;
        let kept = self.memories.past.iter().rev().take_while(|(_, widget)| {
            let weight = weight(widget).min(MOST);
            let fits = weight <= room;
            room = room.saturating_sub(weight);
            fits
        });
        let kept = kept.count().max(1);
        let surplus = self.memories.past.len() - kept;
        self.memories.past.drain(..surplus);
    }

    pub(super) fn undo(&mut self, led: &mut Led) {
        self.stop();
        if let Some((words, earlier)) = self.memories.past.pop() {
            let now = core::mem::replace(&mut self.widget, earlier);
            self.memories.future.push((words, now));
            self.restored(led);
        }
    }

    pub(super) fn redo(&mut self, led: &mut Led) {
        self.stop();
        if let Some((words, later)) = self.memories.future.pop() {
            let now = core::mem::replace(&mut self.widget, later);
            self.memories.past.push((words, now));
            self.restored(led);
        }
    }

    fn restored(&mut self, led: &mut Led) {
        self.hold.last = None;
        if let Some(walk) = self.widget.walk_mut() {
            walk.set_driven(false);
        }
        led.to(Change::Base);
        led.tell(Event::Change);
    }
}
