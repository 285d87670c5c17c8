//! Writes the TypeScript declarations of everything that crosses the boundary as plain data, from the Rust types themselves:
//! `cargo xtask types`. To have a new type declared, name it in [`declare_all`]; what it refers to comes along.

use std::collections::BTreeMap;

use scenes::descent::{DescentConfig, DescentReadout, DescentSetting, DescentState};
use scenes::houses::{HousesConfig, HousesReadout, HousesSetting, HousesState};
use scenes::readout::{Event, FormulaMistake, Panel, StageInfo, Table};
use ts_rs::{Config, TS, TypeVisitor};

fn declare_all(out: &mut Declarations) {
    out.visit::<StageInfo>();
    out.visit::<Panel>();
    out.visit::<Event>();
    out.visit::<FormulaMistake>();
    out.visit::<Table>();
    out.visit::<DescentConfig>();
    out.visit::<DescentSetting>();
    out.visit::<DescentState>();
    out.visit::<DescentReadout>();
    out.visit::<HousesConfig>();
    out.visit::<HousesSetting>();
    out.visit::<HousesState>();
    out.visit::<HousesReadout>();
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

fn main() -> std::io::Result<()> {
    // Plain numbers are all that JSON has, so 64-bit counts are numbers too.
    let mut out = Declarations { config: Config::new().with_large_int("number"), texts: BTreeMap::new() };
    declare_all(&mut out);
    let text: String = std::iter::once(HEADER.to_owned()).chain(out.texts.into_values()).collect();
    match std::env::args_os().nth(1) {
        Some(file) => std::fs::write(file, text),
        None => {
            print!("{text}");
            Ok(())
        }
    }
}

const HEADER: &str = "// Written from the Rust types by `cargo xtask types`. Do not edit.\n";

struct Declarations {
    config: Config,
    /// By name: the order in which a type's parts are visited changes from one compilation to the next.
    texts: BTreeMap<String, String>,
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
