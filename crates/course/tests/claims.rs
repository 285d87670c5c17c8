//! Every claim with a number in the chapters is what the widget beside it reads out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use course::widgets;
use scenes::kit::Input;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Claims {
    claim: Vec<Claim>,
}

/// What each field means, `lessons/claims.toml` tells.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    id: String,
    chapter: String,
    widget: usize,
    text: String,
    shown: String,
    #[serde(default)]
    set: Vec<Change>,
    #[serde(default)]
    steps: u32,
    readout: String,
    #[serde(default)]
    root: bool,
    times: Option<f64>,
    less: Option<String>,
}

/// What a learner does: moves a handle, presses a button, or sets something.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    handle: Option<String>,
    act: Option<String>,
    name: Option<String>,
    value: Option<Value>,
}

impl Change {
    fn input(&self) -> Input {
        let value = || widgets::tree(self.value.as_ref().unwrap());
        match (&self.handle, &self.act, &self.name) {
            (Some(handle), None, None) => Input::SetHandle { handle: handle.clone(), value: value().number().unwrap() },
            (None, Some(id), None) => Input::Act { id: id.clone(), value: self.value.as_ref().and_then(Value::as_f64) },
            (None, None, Some(name)) => Input::Set { name: name.clone(), value: value() },
            _ => panic!("a change names a handle, an act or a setting"),
        }
    }
}

#[test]
fn every_number_in_the_chapters_is_the_one_its_widget_reads_out() {
    let claims: Claims = toml::from_str(&read("lessons/claims.toml")).unwrap();
    let values: BTreeMap<&str, f64> = claims.claim.iter().map(|claim| (claim.id.as_str(), value(claim))).collect();
    assert_eq!(values.len(), claims.claim.len(), "two claims have the same id");
    let mut wrong = Vec::new();
    for claim in &claims.claim {
        let mut value = values[claim.id.as_str()];
        if let Some(other) = &claim.less {
            value = (value - values[other.as_str()]).abs();
        }
        let (shown, decimals) = number(&claim.shown);
        let scale = 10_f64.powi(decimals);
        // Rounded as a page rounds, a half away from zero; a value like 208.79999999999998 is 208.8 all the same.
        if (value * scale - shown * scale).abs() > 0.5 + 1e-9 {
            wrong.push(format!("{}: the chapter says {}, the widget {value}", claim.id, claim.shown));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_claim_stands_in_its_chapter() {
    let claims: Claims = toml::from_str(&read("lessons/claims.toml")).unwrap();
    for claim in &claims.claim {
        let words = words(&read(&format!("lessons/src/{}", claim.chapter)));
        assert!(words.contains(&claim.text), "{}: \"{}\" is not in {}", claim.id, claim.text, claim.chapter);
        // That something vanishes is said in words, and has no number to look for.
        let in_words = number(&claim.shown).0 == 0.0;
        assert!(
            in_words || claim.text.contains(&claim.shown),
            "{}: \"{}\" has no {}",
            claim.id,
            claim.text,
            claim.shown
        );
    }
}

/// The readout's number in the state that a claim speaks of.
fn value(claim: &Claim) -> f64 {
    let placed = widgets::in_chapter(&read(&format!("lessons/src/{}", claim.chapter)));
    let mut scene = widgets::scene(&placed[claim.widget - 1]).unwrap();
    // Without motion a step ends at once.
    scene.set_reduced_motion(true);
    for change in &claim.set {
        let input = change.input();
        assert!(scene.update(input.clone()).changed, "{}: {input:?} changed nothing", claim.id);
    }
    for _ in 0..claim.steps {
        scene.update(Input::Step(1));
    }
    let readout: Value = serde_json::from_str(&scene.readout_whole()).unwrap();
    let found = claim.readout.split('.').fold(&readout, |value, key| match key.parse::<usize>() {
        Ok(index) => &value[index],
        Err(_) => &value[key],
    });
    let number = found.as_f64().unwrap_or_else(|| panic!("{}: {} is {found}", claim.id, claim.readout));
    let number = if claim.root { number.sqrt() } else { number };
    number * claim.times.unwrap_or(1.0)
}

/// A chapter's words as a reader sees them: no tags, no emphasis, one space between words.
fn words(markdown: &str) -> String {
    let mut text = String::new();
    for (index, part) in markdown.split('<').enumerate() {
        // What stands before the first tag is text; after that, text follows the end of a tag.
        text.push_str(if index == 0 { part } else { part.split_once('>').map_or(part, |(_, after)| after) });
    }
    let text = text.replace("**", "").replace('\\', "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number as a page shows it, and its decimals.
fn number(shown: &str) -> (f64, i32) {
    let plain = shown.replace(['$', ',', '+'], "").replace('−', "-");
    let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    (plain.parse().unwrap(), i32::try_from(decimals).unwrap())
}

fn read(path: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::read_to_string(root.join(path)).unwrap()
}
