//! What stands on an element: its attributes as written, its properties of any type, and what of it can be had.

use super::json::Json;
use super::settings::{Field, Refusal, Values, Wanted, for_authors, read};
use super::supply::Supply;
use crate::words::Language;

/// What a page, a frame's address or a chapter gives a widget.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// Every attribute on the element, as written.
    pub attributes: Vec<(String, String)>,
    /// What scripts set, by the property's name.
    pub properties: Vec<(String, Json)>,
    /// In which language.
    pub language: Language,
    /// The tables there are.
    pub supply: Supply,
}

/// What every element may be told besides its own settings, for authors. `lang` is HTML's own.
pub const SHARED_ATTRIBUTES: [(&str, &str); 6] = [
    ("theme", for_authors("auto, light or dark.")),
    ("lang", for_authors("The language of words and numbers: en or de. The page's own unless told.")),
    (
        "controls",
        for_authors("What readers may touch, names with blanks between; none for nothing. Everything unless told."),
    ),
    ("shortcuts", for_authors("off keeps the keys to the page.")),
    ("more", for_authors("open shows from the start what else lies behind More.")),
    ("state", for_authors("The moment to show, as a share link has it.")),
];

/// Which words one of them may hold; none for any text.
fn words_of(name: &str) -> Option<&'static [&'static str]> {
    match name {
        "theme" => Some(&["auto", "light", "dark"]),
        "shortcuts" => Some(&["on", "off"]),
        "more" => Some(&["open", "closed"]),
        _ => None,
    }
}

/// Attributes of HTML itself that any element may have.
const GLOBAL: [&str; 30] = [
    "accesskey",
    "autocapitalize",
    "autofocus",
    "class",
    "contenteditable",
    "dir",
    "draggable",
    "enterkeyhint",
    "exportparts",
    "hidden",
    "id",
    "inert",
    "inputmode",
    "is",
    "itemid",
    "itemprop",
    "itemref",
    "itemscope",
    "itemtype",
    "lang",
    "nonce",
    "part",
    "popover",
    "role",
    "slot",
    "spellcheck",
    "style",
    "tabindex",
    "title",
    "translate",
];

/// Controls that the shell gives every widget.
pub const SHELL_CONTROLS: [&str; 6] = ["step", "run", "reset", "history", "share", "none"];

fn is_global(name: &str) -> bool {
    GLOBAL.contains(&name)
        || ["data-", "aria-", "on", "_", "v-", "ng-", "x-", "xml"].iter().any(|start| name.starts_with(start))
        || name.contains([':', '@', '.', '['])
}

/// Reads everything that was given: the values, and what cannot be had. What was right stays. A property wins over its attribute.
pub(super) fn read_all(fields: &'static [Field], controls: &[&'static str], given: &Given) -> (Values, Vec<Refusal>) {
    let (mut values, mut refused) = (Values::new(), Vec::new());
    let attributes = given.attributes.iter().map(|(name, text)| (name, Json::Text(text.clone())));
    let properties = given.properties.iter().map(|(name, value)| (name, value.clone()));
    for (name, value) in attributes.chain(properties) {
        match fields.iter().find(|field| field.is_called(name)) {
            Some(field) => match read(field, &value) {
                Ok(Some(read)) => values.put(field.name, read),
                Ok(None) => values.remove(field.name),
                Err(refusal) => refused.push(refusal),
            },
            None => refused.extend(judge_other(fields, controls, name, &value)),
        }
    }
    (values, refused)
}

/// What is wrong with something that is no setting of this widget, if anything.
fn judge_other(fields: &[Field], controls: &[&'static str], name: &str, value: &Json) -> Option<Refusal> {
    let text = value.text().unwrap_or_default().trim();
    if SHARED_ATTRIBUTES.iter().any(|(shared, _)| *shared == name) {
        if let Some(words) = words_of(name)
            && !words.contains(&text)
        {
            let (wanted, got) = (Wanted::one_of(words), brief(text));
            let refusal = Refusal::new("E_SETTING", name, |language| {
                let say = language.kit();
                say.unfit(name, &wanted, &say.quoted(&got))
            });
            return Some(refusal.guess(text, words.iter().copied()));
        }
        return if name == "controls" { judge_controls(fields, controls, text) } else { None };
    }
    if is_global(name) {
        return None;
    }
    let known: Vec<String> = fields.iter().map(Field::attribute).collect();
    let all = known.iter().map(String::as_str).chain(SHARED_ATTRIBUTES.iter().map(|(shared, _)| *shared));
    let about = brief(name);
    let refusal = Refusal::new("E_ATTRIBUTE", about.as_str(), |language| language.kit().no_setting(&about));
    Some(refusal.guess(name, all))
}

fn judge_controls(fields: &[Field], controls: &[&'static str], text: &str) -> Option<Refusal> {
    let known: Vec<&str> = fields
        .iter()
        .map(|field| field.control)
        .chain(controls.iter().copied())
        .filter(|control| !control.is_empty())
        .chain(SHELL_CONTROLS)
        .collect();
    let mut words = text.split([' ', ',']).filter(|word| !word.is_empty());
    let wrong = words.find(|word| !known.contains(word))?;
    let name = brief(wrong);
    let refusal = Refusal::new("E_SETTING", "controls", |language| language.kit().no_control(&name));
    Some(refusal.guess(wrong, known.iter().copied()))
}

fn brief(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::settings::{Kind, Value};

    const FIELDS: &[Field] = &[
        Field {
            name: "learningRate",
            kind: Kind::Number { low: 0.0, high: 10.0, log: true },
            labels: ["", ""],
            control: "rate",
            docs: "",
        },
        Field { name: "blindfold", kind: Kind::Flag, labels: ["", ""], control: "blindfold", docs: "" },
    ];

    fn read(attributes: &[(&str, &str)]) -> (Values, Vec<String>) {
        let attributes = attributes.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let given = Given { attributes, ..Given::default() };
        let (values, refused) = read_all(FIELDS, &[], &given);
        (values, refused.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_slip_in_a_name_is_told_with_a_guess_and_what_was_right_stays() {
        let (values, refused) = read(&[("learnign-rate", "0.1"), ("blindfold", "")]);
        assert_eq!(refused, ["learnign-rate: there is no such setting. Did you mean learning-rate?"]);
        assert_eq!(values.get("blindfold"), Some(&Value::Flag(true)));
        assert_eq!(values.get("learningRate"), None);
    }

    #[test]
    fn what_html_and_frameworks_put_on_an_element_is_no_slip() {
        let names =
            ["class", "id", "style", "data-x", "aria-label", "onclick", "_ngcontent-a", "slot", "lang", "v-cloak"];
        assert_eq!(read(&names.map(|name| (name, "x"))).1, Vec::<String>::new());
    }

    #[test]
    fn shared_words_and_names_of_controls_are_judged_too() {
        assert!(read(&[("theme", "drak")]).1[0].ends_with("Did you mean dark?"));
        assert_eq!(read(&[("theme", "dark"), ("controls", "rate, step none")]).1, Vec::<String>::new());
        assert!(read(&[("controls", "rate blindfodl")]).1[0].ends_with("Did you mean blindfold?"));
        assert_eq!(read(&[("speed", "3")]).1, ["speed: there is no such setting."]);
    }

    #[test]
    fn a_property_wins_over_its_attribute() {
        let given = Given {
            attributes: vec![("learning-rate".into(), "0.1".into())],
            properties: vec![("learningRate".into(), 0.5.into()), ("blindfold".into(), "yes".into())],
            ..Given::default()
        };
        let (values, refused) = read_all(FIELDS, &[], &given);
        assert_eq!((values.get("learningRate"), refused.len()), (Some(&Value::Number(0.5)), 0));
        assert_eq!(values.get("blindfold"), Some(&Value::Flag(true)));
    }
}
