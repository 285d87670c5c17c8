//! Writes the TypeScript declarations of everything that crosses the boundary as plain data, from the Rust types themselves:
//! `cargo xtask types`. To have a new type declared, name it in [`declare_all`]; what it refers to comes along.

use std::collections::BTreeSet;

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
}

fn main() -> std::io::Result<()> {
    // Plain numbers are all that JSON has, so 64-bit counts are numbers too.
    let mut out =
        Declarations { config: Config::new().with_large_int("number"), seen: BTreeSet::new(), text: HEADER.to_owned() };
    declare_all(&mut out);
    match std::env::args_os().nth(1) {
        Some(file) => std::fs::write(file, out.text),
        None => {
            print!("{}", out.text);
            Ok(())
        }
    }
}

const HEADER: &str = "// Written from the Rust types by `cargo xtask types`. Do not edit.\n";

struct Declarations {
    config: Config,
    seen: BTreeSet<String>,
    text: String,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // A type argument, as in `Option<Notice>`, is no dependency of its own.
        T::visit_generics(self);
        // Numbers, strings and lists have no declaration.
        if T::output_path().is_none() || !self.seen.insert(T::ident(&self.config)) {
            return;
        }
        self.text.push('\n');
        if let Some(documentation) = T::docs() {
            self.text.push_str(&documentation);
        }
        self.text.push_str("export ");
        self.text.push_str(&T::decl(&self.config));
        self.text.push('\n');
        T::visit_dependencies(self);
    }
}
