//! Writes everything that is generated from the Rust declarations below the folder that is named, in the places where the project
//! keeps it: `cargo xtask types` calls this. To have another type of the engine declared, name it in [`engine_types`]; what it refers
//! to comes along. Widgets come from the catalog.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use scenes::catalog::{ALL, Entry};
use scenes::kit::json::{Json, Plain};
use scenes::kit::settings::{Field, Kind};
use scenes::kit::{Given, SHARED_ATTRIBUTES, SHELL_CONTROLS};
use scenes::readout::{Control, Event, FormulaReadout, HandleInfo, Moment, Panel, StageInfo, Table};
use ts_rs::{Config, TS, TypeVisitor};

/// What programs are told of the engine itself.
fn engine_types(out: &mut Declarations) {
    out.visit::<descent::run::Status>();
    out.visit::<descent::optimizer::Optimizer>();
    out.visit::<descent::loss::LossKind>();
    out.visit::<descent::loss::LossParameters>();
    out.visit::<descent::network::NetworkSpec>();
    out.visit::<descent::network::Progress>();
    out.visit::<descent::run::Diagnosis>();
    out.visit::<descent::data::DataKind>();
    out.visit::<descent::data::Task>();
    out.visit::<descent::cost::Operations>();
    out.visit::<descent::export::Language>();
}

/// What every widget tells.
fn shared_types(out: &mut Declarations) {
    let mut declare = |name, text| out.add(name, text);
    StageInfo::declare(&mut declare);
    Panel::declare(&mut declare);
    Moment::declare(&mut declare);
    Event::declare(&mut declare);
    FormulaReadout::declare(&mut declare);
    Table::declare(&mut declare);
    Control::declare(&mut declare);
    HandleInfo::declare(&mut declare);
}

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(project), Some(out)) = (arguments.next(), arguments.next()) else {
        eprintln!("Usage: types PROJECT FOLDER");
        std::process::exit(2);
    };
    let teach = fs::read_to_string(project.join("web/site/teach.html"))?;
    write(&out, "web/src/engine/types.ts", &types())?;
    write(&out, "web/src/elements/schema.ts", &schema())?;
    write(&out, "web/custom-elements.json", &manifest())?;
    write(&out, "web/site/teach.html", &with_tables(&teach))
}

fn write(out: &Path, file: &str, text: &str) -> std::io::Result<()> {
    let file = out.join(file);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, text)
}

const HEADER: &str = "// Written from the Rust declarations by `cargo xtask types`. Do not edit.\n";

/// TypeScript of all that crosses.
fn types() -> String {
    // Plain numbers are all that JSON has, so 64-bit counts are numbers too.
    let mut out = Declarations { config: Config::new().with_large_int("number"), texts: BTreeMap::new() };
    engine_types(&mut out);
    shared_types(&mut out);
    for entry in ALL {
        (entry.declare)(&mut |name, text| out.add(name, text));
    }
    let mut text: String = std::iter::once(HEADER.to_owned()).chain(out.texts.into_values()).collect();
    for entry in ALL {
        let name = pascal(entry.kind);
        // The kit writes the formula of a widget that has one.
        let has_formula = entry.fields.iter().any(|field| matches!(field.kind, Kind::Formula { .. }));
        let formula = has_formula.then_some(("formula", "FormulaReadout"));
        let parts: String = formula.iter().chain(entry.parts).map(|(part, ty)| format!("  {part}: {ty};\n")).collect();
        let _ = write!(
            text,
            "\n/** The readout of `{}`. */\nexport type {name}Readout = {name}Numbers & Moment & Panel & {{\n  \
             controls: Control[];\n  handles: HandleInfo[];\n{parts}}};\n",
            entry.kind
        );
        let fields: String = entry.fields.iter().map(setting).collect();
        let _ = write!(
            text,
            "\n/** What `<{}>` can be told, by properties. */\nexport interface {name}Settings {{\n{fields}}}\n",
            entry.tag()
        );
    }
    for (what, docs) in
        [("Readout", "The readouts by kind of widget."), ("Settings", "The settings by kind of widget.")]
    {
        let plural = what.trim_end_matches('s');
        let lines: String = ALL.iter().map(|e| format!("  {}: {}{what};\n", e.kind, pascal(e.kind))).collect();
        let _ = write!(text, "\n/** {docs} */\nexport interface {plural}s {{\n{lines}}}\n");
    }
    text
}

fn setting(field: &Field) -> String {
    format!("  /** {} */\n  {}?: {};\n", field.docs.trim(), field.name, field.typescript())
}

/// What the page needs to know of every widget before its engine is there. Documentation stays out: readers would load it.
fn schema() -> String {
    let mut text = format!(
        "{HEADER}\nexport interface FieldSchema {{\n  name: string;\n  attribute: string;\n  kind: \
         \"formula\" | \"number\" | \"count\" | \"flag\" | \"choice\" | \"range\" | \"numbers\" | \"names\" | \"text\";\n}}\n\n\
         export interface WidgetSchema {{\n  kind: string;\n  tag: string;\n  fields: readonly FieldSchema[];\n  \
         controls: readonly string[];\n  stages: readonly {{ id: string; wideAspect: number; narrowAspect: number }}[];\n  \
         linked: boolean;\n  steps: boolean;\n  \
         tables: readonly string[];\n}}\n\nexport const WIDGETS = {{\n"
    );
    for entry in ALL {
        let fields: String = entry
            .fields
            .iter()
            .map(|f| format!("{{ name: \"{}\", attribute: \"{}\", kind: \"{}\" }},\n", f.name, f.attribute(), kind(f)))
            .collect();
        let (stages, linked, steps) = stages(entry);
        let stage = |s: &StageInfo| {
            format!(
                "{{ id: \"{}\", wideAspect: {}, narrowAspect: {} }},",
                s.id,
                brief(s.wide_aspect),
                brief(s.narrow_aspect)
            )
        };
        let _ = write!(
            text,
            "{0}: {{ kind: \"{0}\", tag: \"{1}\", fields: [\n{fields}], controls: {2}, stages: [{3}], linked: {4}, steps: {steps}, \
             tables: {5} }},\n",
            entry.kind,
            entry.tag(),
            Json::from(controls(entry)).to_text(),
            stages.iter().map(stage).collect::<String>(),
            linked,
            Json::from(entry.tables.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).to_text(),
        );
    }
    text.push_str("} as const satisfies Record<string, WidgetSchema>;\n\nexport type Kind = keyof typeof WIDGETS;\n");
    text
}

fn brief(aspect: f64) -> f64 {
    (aspect * 1e4).round() / 1e4
}

/// The stages of a widget without a table, whether a map stands beside them, and whether it steps.
fn stages(entry: &Entry) -> (Vec<StageInfo>, bool, bool) {
    #[allow(clippy::expect_used)]
    let mut scene = scenes::catalog::scene(entry.kind, &Given::default()).expect("a kind of the catalog");
    let steps = scene.readout_whole().contains("\"steppable\":true");
    (scene.stages(), scene.is_linked(), steps)
}

/// What the `controls` attribute may name.
fn controls(entry: &Entry) -> Vec<String> {
    let own = entry.fields.iter().map(|f| f.control).chain(entry.controls.iter().copied());
    let all = own.chain(SHELL_CONTROLS).filter(|c| !c.is_empty() && *c != "none");
    let mut names: Vec<String> = Vec::new();
    for name in all {
        if !names.iter().any(|known| known == name) {
            names.push(name.into());
        }
    }
    names
}

fn kind(field: &Field) -> &'static str {
    match field.kind {
        Kind::Formula { .. } => "formula",
        Kind::Number { .. } => "number",
        Kind::Count => "count",
        Kind::Flag => "flag",
        Kind::Choice(_) => "choice",
        Kind::Range => "range",
        Kind::Numbers { .. } => "numbers",
        Kind::Names => "names",
        Kind::Text => "text",
    }
}

/// The manifest that editors read: <https://github.com/webcomponents/custom-elements-manifest>.
fn manifest() -> String {
    let text = |words: &str| Json::Text(words.trim().into());
    let ty = |ty: String| Json::object([("text", Json::Text(ty))]);
    let shared = SHARED_ATTRIBUTES.iter().map(|(name, docs)| {
        Json::object([("name", text(name)), ("description", text(docs)), ("type", ty("string".into()))])
    });
    let shared: Vec<Json> = shared.collect();
    let declaration = |entry: &Entry| {
        let attributes = entry.fields.iter().map(|f| {
            Json::object([
                ("name", Json::Text(f.attribute())),
                ("fieldName", text(f.name)),
                ("description", text(f.docs)),
                ("type", ty(f.typescript())),
            ])
        });
        let members = entry.fields.iter().map(|f| {
            Json::object([
                ("kind", text("field")),
                ("name", text(f.name)),
                ("attribute", Json::Text(f.attribute())),
                ("description", text(f.docs)),
                ("type", ty(format!("{} | undefined", f.typescript()))),
            ])
        });
        Json::object([
            ("kind", text("class")),
            ("name", Json::Text(format!("Downhill{}", pascal(entry.kind)))),
            ("tagName", Json::Text(entry.tag())),
            ("customElement", true.into()),
            ("description", text(entry.docs)),
            ("attributes", Json::List(attributes.chain(shared.iter().cloned()).collect())),
            ("members", Json::List(members.collect())),
        ])
    };
    let definition = |entry: &Entry| {
        let class = Json::object([
            ("name", Json::Text(format!("Downhill{}", pascal(entry.kind)))),
            ("module", text("dist/downhill.js")),
        ]);
        Json::object([
            ("kind", text("custom-element-definition")),
            ("name", Json::Text(entry.tag())),
            ("declaration", class),
        ])
    };
    let module = Json::object([
        ("kind", text("javascript-module")),
        ("path", text("dist/downhill.js")),
        ("declarations", Json::List(ALL.iter().map(declaration).collect())),
        ("exports", Json::List(ALL.iter().map(definition).collect())),
    ]);
    let manifest = Json::object([("schemaVersion", text("2.1.0")), ("modules", Json::List(vec![module]))]);
    let mut text = manifest.to_text();
    text.push('\n');
    text
}

const TABLES: [&str; 2] = ["<!-- settings: written by `cargo xtask types` -->\n", "      <!-- end of settings -->\n"];

/// The page for teachers with its tables of attributes.
fn with_tables(page: &str) -> String {
    let [begin, end] = TABLES;
    let Some((before, rest)) = page.split_once(begin) else { return page.to_owned() };
    let Some((_, after)) = rest.split_once(end) else { return page.to_owned() };
    let mut out = format!("{before}{begin}");
    for entry in ALL {
        let rows = entry.fields.iter().map(|f| (f.attribute(), f.docs));
        table(&mut out, entry.kind, &format!("<code>{}</code>", entry.tag()), &entry.tag(), rows);
    }
    let shared = SHARED_ATTRIBUTES.iter().map(|(name, docs)| ((*name).to_owned(), *docs));
    table(&mut out, "all", "All of them", "every element", shared);
    out + end + after
}

fn table(out: &mut String, id: &str, title: &str, name: &str, rows: impl Iterator<Item = (String, &'static str)>) {
    let rows: String = rows
        .map(|(attribute, docs)| {
            format!("              <tr><td><code>{attribute}</code></td><td>{}</td></tr>\n", html(docs))
        })
        .collect();
    let _ = write!(
        out,
        "      <section aria-labelledby=\"set-{id}\">
        <h3 id=\"set-{id}\">{title}</h3>
        <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Attributes of {name}\">
          <table class=\"attributes\">
            <thead><tr><th scope=\"col\">attribute</th><th scope=\"col\">what it sets</th></tr></thead>
            <tbody>
{rows}            </tbody>
          </table>
        </div>
      </section>
"
    );
}

fn html(text: &str) -> String {
    text.trim().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn pascal(kind: &str) -> String {
    let upper =
        |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>();
    kind.split('-').map(upper).collect()
}

struct Declarations {
    config: Config,
    /// By name: the order in which a type's parts are visited changes from one compilation to the next.
    texts: BTreeMap<String, String>,
}

impl Declarations {
    fn add(&mut self, name: &str, text: String) {
        self.texts.entry(name.to_owned()).or_insert_with(|| format!("\n{text}"));
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // A type argument, as in `Option<Notice>`, is no dependency of its own.
        T::visit_generics(self);
        let name = T::ident(&self.config);
        // Numbers, strings and lists have no declaration.
        if T::output_path().is_none() || self.texts.contains_key(&name) {
            return;
        }
        let documentation = T::docs().unwrap_or_default();
        let declaration = T::decl(&self.config);
        self.texts.insert(name, format!("\n{documentation}export {declaration}\n"));
        T::visit_dependencies(self);
    }
}
