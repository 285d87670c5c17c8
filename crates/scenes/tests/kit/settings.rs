//! What stands on an element is read alike however it was written, and slips are told.

use scenes::catalog::{self, Entry};
use scenes::kit::json::Json;
use scenes::kit::settings::{Field, Kind, Refusal};
use scenes::kit::{AnyScene, Given, Input};
use scenes::words::Language;

use crate::support::{Driven, given};

/// What to try, as a refusal says it in English.
fn hint(refusal: &Refusal) -> &str {
    refusal.hint.as_ref().map_or("", |hint| hint.text(Language::English))
}

/// Ways to write one and the same value; the last is as [`AnyScene::accepted`] says it.
fn ways(entry: &Entry, field: &Field) -> Vec<Vec<Json>> {
    let texts = |list: &[&str]| list.iter().map(|text| Json::from(*text)).collect::<Vec<_>>();
    let with = |list: &[&str], more: Vec<Json>| texts(list).into_iter().chain(more).collect::<Vec<_>>();
    match field.kind {
        Kind::Formula { .. } => vec![texts(&["sin(x) + x^2/9"]), with(&[], vec!["7".into(), 7.0.into(), "7".into()])],
        Kind::Number { low, .. } if low >= 0.0 => {
            vec![with(&["2", " 2 ", "2.0", "2e0"], vec![2.0.into()]), with(&["1.25"], vec![1.25.into()])]
        }
        Kind::Number { .. } => vec![with(&["-0.25", "−0.25", " -.25"], vec![(-0.25).into()])],
        Kind::Count => vec![with(&["12", " 12", "12.0"], vec![12.0.into()])],
        Kind::Flag => vec![
            with(&["", "true", "on", "Yes", "1", &field.attribute()], vec![1.0.into(), true.into()]),
            with(&["false", "off", "No", "0"], vec![0.0.into(), false.into()]),
        ],
        Kind::Choice(choices) => {
            let one = |word: &str| texts(&[&word.to_uppercase(), &format!(" {word} "), word]);
            choices.iter().map(|choice| one(choice.word)).collect()
        }
        Kind::Range => {
            let lists = vec![Json::List(texts(&["-1.5", "3"])), vec![-1.5, 3.0].into()];
            vec![with(&["-1.5 3", "-1.5, 3", "−1.5;3", " -1.5  3 "], lists)]
        }
        Kind::Numbers { count } => {
            let count = if count == 0 { 3 } else { count };
            let numbers: Vec<f64> = (1..=count).map(|i| i as f64).collect();
            let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            vec![with(&[&words.join(" "), &words.join(", ")], vec![words.clone().into(), numbers.into()])]
        }
        Kind::Names => {
            vec![with(&["year_built", " year_built", "year_built,"], vec![vec!["year_built"].into()])]
        }
        Kind::Text if entry.kind == "houses" && field.name == "data" => vec![texts(&["ames"])],
        Kind::Text => vec![texts(&["living_area_sqft"])],
    }
}

/// What no setting of this kind can hold.
fn nonsense(field: &Field) -> Vec<Json> {
    let object = || Json::object([("x", 1.0.into())]);
    let mut all = vec![object(), Json::Number(f64::NAN), Json::Number(f64::INFINITY), Json::List(vec![object()])];
    match field.kind {
        Kind::Formula { .. } => all.extend(["sni(x)".into(), "(x".into(), "".into(), "a*b*c".into(), true.into()]),
        Kind::Number { low, .. } => {
            all.extend(["fast".into(), "".into(), true.into(), "1e999".into(), "NaN".into()]);
            if low >= 0.0 {
                all.push((-1.0).into());
            }
        }
        Kind::Count => all.extend(["1.5".into(), (-1.0).into(), "many".into(), true.into()]),
        Kind::Flag => all.extend(["perhaps".into(), 2.0.into(), Json::List(vec![])]),
        Kind::Choice(_) => all.extend(["best".into(), 3.0.into(), true.into(), "".into()]),
        Kind::Range => all.extend(["3 -3".into(), "1".into(), "1 2 3".into(), 5.0.into(), vec![1.0, 1.0].into()]),
        Kind::Numbers { .. } => all.extend(["x y".into(), true.into()]),
        Kind::Names => all.extend([true.into(), "".into(), Json::List(vec![])]),
        Kind::Text => all.push(true.into()),
    }
    all
}

fn every(test: impl Fn(&Entry, &Field)) {
    for entry in catalog::ALL {
        for field in entry.fields {
            test(entry, field);
        }
    }
}

fn of_attribute(entry: &Entry, name: &str, text: &str) -> Box<dyn AnyScene> {
    catalog::scene(entry.kind, &given(&[(name, text)])).unwrap()
}

fn of_property(entry: &Entry, name: &str, value: &Json) -> Box<dyn AnyScene> {
    let given = Given { properties: vec![(name.to_owned(), value.clone())], ..given(&[]) };
    catalog::scene(entry.kind, &given).unwrap()
}

#[test]
fn a_value_is_the_same_as_attribute_as_property_and_asked_for_later() {
    every(|entry, field| {
        let (name, attribute) = (field.name, field.attribute());
        for group in ways(entry, field) {
            let wanted = group.last().unwrap().clone();
            for way in &group {
                let check = |scene: &dyn AnyScene, how: &str| {
                    let about = format!("{} {name} {how} = {}", entry.kind, way.to_text());
                    assert_eq!(scene.refusals(), [], "{about}");
                    assert_eq!(scene.accepted(name), wanted, "{about}");
                    assert_eq!(scene.accepted(&attribute), wanted, "{about}");
                };
                if let Some(text) = way.text() {
                    check(&*of_attribute(entry, &attribute, text), "as attribute");
                    check(&*of_attribute(entry, &name.to_lowercase(), text), "as a flattened attribute");
                }
                check(&*of_property(entry, name, way), "as property");
                let mut later = Driven::new(entry.kind, &[]);
                later.update(Input::Ask { name: name.into(), value: way.clone() });
                check(&*later.0, "asked for later");
                // Null is the default again.
                later.update(Input::Ask { name: name.into(), value: Json::Null });
                assert_eq!(later.0.accepted(name), Json::Null);
                assert_eq!(later.0.refusals(), []);
            }
        }
    });
}

#[test]
fn the_same_value_leads_to_the_same_state_however_it_was_written() {
    every(|entry, field| {
        for group in ways(entry, field) {
            let states = group.iter().map(|way| of_property(entry, field.name, way).state().to_text());
            let states: Vec<String> = states.collect();
            assert!(states.windows(2).all(|pair| pair[0] == pair[1]), "{} {}: {states:?}", entry.kind, field.name);
        }
    });
}

#[test]
fn nonsense_keeps_what_was_there_and_names_the_attribute() {
    every(|entry, field| {
        let untouched = Driven::new(entry.kind, &[]).0.state().to_text();
        for value in nonsense(field) {
            let about = format!("{} {} = {}", entry.kind, field.name, value.to_text());
            let told = |scene: &dyn AnyScene, about: &str| {
                let [refusal] = scene.refusals() else { panic!("{about}: {:?}", scene.refusals()) };
                assert_eq!(refusal.about, field.attribute(), "{about}");
                assert!(refusal.to_string().contains(&field.attribute()), "{about}: {refusal}");
            };
            if let Some(text) = value.text() {
                let scene = of_attribute(entry, &field.attribute(), text);
                told(&*scene, &about);
                assert_eq!(scene.state().to_text(), untouched, "{about}");
                assert_eq!(scene.accepted(field.name), Json::Null, "{about}: what cannot be had was not accepted");
            }
            if value == Json::Number(f64::NAN) {
                continue;
            }
            let scene = of_property(entry, field.name, &value);
            told(&*scene, &about);
            assert_eq!(scene.state().to_text(), untouched, "{about}");
            // Something good first, then nonsense: the good stays.
            for group in ways(entry, field) {
                let mut scene = Driven::new(entry.kind, &[]);
                let good = group.last().unwrap().clone();
                scene.update(Input::Ask { name: field.name.into(), value: good.clone() });
                let before = scene.0.state().to_text();
                let outcome = scene.update(Input::Ask { name: field.name.into(), value: value.clone() });
                assert!(outcome.refused, "{about}");
                told(&*scene.0, &about);
                assert_eq!(scene.0.accepted(field.name), good, "{about}");
                assert_eq!(scene.0.state().to_text(), before, "{about}");
                // And a good one takes the warning back.
                scene.update(Input::Ask { name: field.name.into(), value: good.clone() });
                assert_eq!(scene.0.refusals(), [], "{about}");
            }
        }
    });
}

/// The name with two neighbouring letters exchanged, with one left out and with one doubled.
fn slips(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut all = Vec::new();
    for i in 0..letters.len() {
        let mut less = letters.clone();
        less.remove(i);
        let mut more = letters.clone();
        more.insert(i, letters[i]);
        all.extend([less, more]);
        if i + 1 < letters.len() && letters[i] != letters[i + 1] {
            let mut swapped = letters.clone();
            swapped.swap(i, i + 1);
            all.push(swapped);
        }
    }
    all.into_iter().map(String::from_iter).collect()
}

#[test]
fn a_name_with_a_slip_is_refused_with_a_guess() {
    every(|entry, field| {
        // Two letters leave too little to guess from.
        if field.attribute().len() < 4 {
            return;
        }
        for slip in slips(&field.attribute()) {
            let known = |name: &str| entry.fields.iter().any(|field| field.is_called(name));
            if known(&slip) || slip.starts_with("on") || slip.starts_with('_') {
                continue;
            }
            let scene = of_attribute(entry, &slip, "1");
            let [refusal] = scene.refusals() else { panic!("{}: {slip}: {:?}", entry.kind, scene.refusals()) };
            assert_eq!(refusal.code, "E_ATTRIBUTE");
            assert_eq!(refusal.about, slip);
            let guess = hint(refusal);
            assert!(guess.contains(&field.attribute()), "{}: {slip}: {refusal}", entry.kind);
        }
    });
}

#[test]
fn an_unknown_attribute_is_refused_and_one_of_html_is_not() {
    for entry in catalog::ALL {
        for name in ["speed", "lerning", "xyzzy", "value"] {
            assert_eq!(of_attribute(entry, name, "1").refusals().len(), 1, "{} {name}", entry.kind);
        }
        let html = [
            "class",
            "id",
            "style",
            "lang",
            "dir",
            "title",
            "hidden",
            "slot",
            "part",
            "tabindex",
            "role",
            "data-x",
            "data-learning-rate",
            "aria-label",
            "onclick",
            "ondownhill-step",
            "_ngcontent-abc",
            "v-cloak",
            "x-data",
            ":class",
            "@click",
            "xmlns",
        ];
        for name in html {
            assert_eq!(of_attribute(entry, name, "x").refusals(), [], "{} {name}", entry.kind);
        }
        for (name, text) in [("theme", "dark"), ("controls", "none"), ("shortcuts", "off"), ("state", "abc")] {
            assert_eq!(of_attribute(entry, name, text).refusals(), [], "{} {name}", entry.kind);
        }
        for (name, text) in [("theme", "drak"), ("controls", "stpe"), ("shortcuts", "maybe")] {
            assert_eq!(of_attribute(entry, name, text).refusals().len(), 1, "{} {name}", entry.kind);
        }
    }
}

#[test]
fn every_control_of_a_widget_can_be_named_in_the_controls_attribute() {
    for entry in catalog::ALL {
        let mut scene = Driven::new(entry.kind, &[]);
        let all = scene.read();
        for control in all["controls"].as_array().unwrap() {
            let id = control["id"].as_str().unwrap();
            assert!(!id.is_empty() && !control["label"].as_str().unwrap().is_empty(), "{control}");
            assert_eq!(of_attribute(entry, "controls", id).refusals(), [], "{} {id}", entry.kind);
            let setting = control["setting"].as_str().unwrap();
            assert!(setting.is_empty() || entry.fields.iter().any(|field| field.name == setting), "{control}");
        }
    }
}

#[test]
fn every_kind_is_found_by_its_name_and_its_tag_and_a_slip_in_either_is_guessed() {
    for entry in catalog::ALL {
        assert_eq!(catalog::kind(entry.kind).unwrap().kind, entry.kind);
        assert_eq!(catalog::of_tag(&entry.tag()).unwrap().kind, entry.kind);
        for slip in slips(entry.kind) {
            if slip == entry.kind {
                continue;
            }
            let refusal = catalog::kind(&slip).err().unwrap();
            assert_eq!((refusal.code.as_str(), hint(&refusal).contains(entry.kind)), ("E_KIND", true), "{refusal}");
            assert!(catalog::of_tag(&format!("downhill-{slip}")).err().unwrap().to_string().contains(&entry.tag()));
        }
    }
    assert!(catalog::kind("").is_err() && catalog::of_tag("div").is_err());
}
