// Written from the Rust declarations by `cargo xtask types`. Do not edit.

export interface FieldSchema {
  name: string;
  attribute: string;
  kind: "formula" | "number" | "count" | "flag" | "choice" | "range" | "numbers" | "names" | "text";
}

export interface WidgetSchema {
  kind: string;
  tag: string;
  fields: readonly FieldSchema[];
  controls: readonly string[];
  stages: readonly { id: string; wideAspect: number; narrowAspect: number }[];
  linked: boolean;
  steps: boolean;
  tables: readonly string[];
}

export const WIDGETS = {
  descent: {
    kind: "descent",
    tag: "downhill-descent",
    fields: [
      { name: "function", attribute: "function", kind: "formula" },
      { name: "start", attribute: "start", kind: "number" },
      { name: "learningRate", attribute: "learning-rate", kind: "number" },
      { name: "optimizer", attribute: "optimizer", kind: "choice" },
      { name: "domain", attribute: "domain", kind: "range" },
      { name: "blindfold", attribute: "blindfold", kind: "flag" },
    ],
    controls: ["formula", "rate", "optimizer", "blindfold", "point", "step", "run", "reset", "history", "share"],
    stages: [
      { id: "curve", wideAspect: 0.4479, narrowAspect: 0.9429 },
      { id: "history", wideAspect: 0.1979, narrowAspect: 0.4857 },
    ],
    linked: false,
    steps: true,
    tables: [],
  },
  houses: {
    kind: "houses",
    tag: "downhill-houses",
    fields: [
      { name: "data", attribute: "data", kind: "text" },
      { name: "features", attribute: "features", kind: "names" },
      { name: "target", attribute: "target", kind: "text" },
      { name: "standardize", attribute: "standardize", kind: "flag" },
      { name: "optimizer", attribute: "optimizer", kind: "choice" },
      { name: "learningRate", attribute: "learning-rate", kind: "number" },
      { name: "start", attribute: "start", kind: "numbers" },
      { name: "house", attribute: "house", kind: "count" },
      { name: "misses", attribute: "misses", kind: "flag" },
      { name: "moving", attribute: "moving", kind: "flag" },
      { name: "moved", attribute: "moved", kind: "numbers" },
    ],
    controls: [
      "feature",
      "standardize",
      "optimizer",
      "rate",
      "misses",
      "moving",
      "line",
      "data",
      "step",
      "run",
      "reset",
      "history",
      "share",
    ],
    stages: [
      { id: "scatter", wideAspect: 0.6277, narrowAspect: 0.8229 },
      { id: "map", wideAspect: 0.8866, narrowAspect: 0.8229 },
      { id: "history", wideAspect: 0.0583, narrowAspect: 0.1543 },
    ],
    linked: true,
    steps: true,
    tables: ["ames"],
  },
  tangent: {
    kind: "tangent",
    tag: "downhill-tangent",
    fields: [
      { name: "function", attribute: "function", kind: "formula" },
      { name: "at", attribute: "at", kind: "number" },
      { name: "domain", attribute: "domain", kind: "range" },
      { name: "secondPoint", attribute: "second-point", kind: "number" },
      { name: "showDerivative", attribute: "show-derivative", kind: "flag" },
      { name: "magnification", attribute: "magnification", kind: "number" },
      { name: "ink", attribute: "ink", kind: "numbers" },
      { name: "halvings", attribute: "halvings", kind: "numbers" },
      { name: "sketch", attribute: "sketch", kind: "numbers" },
      { name: "checked", attribute: "checked", kind: "flag" },
    ],
    controls: [
      "formula",
      "second",
      "derivative",
      "lens",
      "sketch",
      "point",
      "clear",
      "step",
      "run",
      "reset",
      "history",
      "share",
    ],
    stages: [
      { id: "curve", wideAspect: 0.3438, narrowAspect: 0.7143 },
      { id: "slope", wideAspect: 0.2292, narrowAspect: 0.5429 },
    ],
    linked: false,
    steps: false,
    tables: [],
  },
} as const satisfies Record<string, WidgetSchema>;

export type Kind = keyof typeof WIDGETS;
