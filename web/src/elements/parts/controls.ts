// The controls that a scene declares, each by its kind. The scene says what they are called, in which order they stand and which of
// them share a row; the page says which of them a learner may touch.

import { html, nothing, type ReactiveControllerHost, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Outcome, SceneHandle } from "../../engine/scene.js";
import type { Control, FormulaReadout, HandleInfo } from "../../engine/types.js";
import type { Common } from "../reading.js";
import type { Words } from "../words/words.js";
import { letter, list, logSlider, NumberField, type Read, scrubber, segmented, toggle } from "./fields.js";
import { echo, FormulaField } from "./formula-field.js";

export interface ControlOptions {
  words: Words;
  read: Read;
  formula: FormulaReadout | undefined;
  slopeHere: string;
  /** What a field for a place shows. */
  handles: readonly HandleInfo[];
  /** Whether a learner may touch the control of this name. */
  shows(name: string): boolean;
  /** Carries out what a learner asks for. */
  learner(work: (scene: SceneHandle) => Outcome): void;
}

/** A stretch of controls side by side, with the word they share. */
interface Row {
  key: string;
  controls: Control[];
}

export class Controls {
  readonly #host: ReactiveControllerHost;
  /** Fields remember what is being typed in them. */
  readonly #numbers = new Map<string, NumberField>();
  readonly #formulas = new Map<string, FormulaField>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  template(controls: readonly Control[], options: ControlOptions): unknown {
    const shown = controls.filter(({ id }) => options.shows(id));
    return repeat(
      rows(shown),
      ({ key }) => key,
      (row) => this.#row(row, shown, options),
    );
  }

  #row({ controls }: Row, all: readonly Control[], options: ControlOptions): unknown {
    const inside = repeat(
      controls,
      // The same button stays the same, whichever others stand beside it.
      ({ id, setting, act, handle }) => [id, setting, act, handle].join("/"),
      (control) => this.#control(control, keyOf(control, all), options),
    );
    const kinds = controls.map(({ kind }) => kind);
    if (kinds.includes("formula")) {
      return html`<div class="formula-row">${inside}${options.formula ? echo(options.formula, options.slopeHere) : nothing}</div>`;
    }
    if (controls.length === 1) return inside;
    // Fields and buttons stand on one line; switches have more air between them.
    return html`<div class=${kinds.some((kind) => kind !== "switch") ? "line" : "pair"}>${inside}</div>`;
  }

  #control(control: Control, key: string, options: ControlOptions): TemplateResult {
    const { kind, label, symbol, value } = control;
    const { words, read } = options;
    const apply = (wanted: string | number | boolean) => options.learner((scene) => tell(scene, control, wanted));
    const caption = symbol ? html`${label} ${letter(symbol)}` : label;
    const range = {
      ...(control.min !== null && { min: control.min }),
      ...(control.max !== null && { max: control.max }),
    };
    switch (kind) {
      case "formula":
        return this.#formula(key).template({
          label,
          text: options.formula?.text ?? String(value ?? ""),
          mistake: options.formula?.mistake ?? undefined,
          mistakeText: options.formula?.mistakeText ?? undefined,
          variable: options.formula?.variable ?? "",
          apply,
        });
      case "place": {
        const handle = options.handles.find(({ id }) => id === control.handle);
        if (!handle) return html``;
        const { value, min, max, shown } = handle;
        // The same digits as in the equation beside it.
        const format = shown ? { format: () => shown } : {};
        return this.#number(key).field({ words, read, label: caption, value, min, max, apply, ...format });
      }
      case "number":
        return this.#number(key).field({ words, read, label: caption, value: Number(value), ...range, apply });
      case "rate": {
        const name = symbol ? `${label} ${symbol}` : label;
        const { min = 1e-3, max = 1 } = range;
        const field = this.#number(`${key}-value`);
        return logSlider({
          id: key,
          words,
          read,
          label: caption,
          ariaLabel: name,
          value: Number(value),
          min,
          max,
          field,
          apply,
        });
      }
      case "choice":
        return segmented(key, caption, control.choices, String(value), apply);
      case "list":
        return list(key, caption, control.choices, Array.isArray(value) ? String(value[0]) : String(value), apply);
      case "switch":
        return toggle(key, control.heading, label, value === true, apply);
      case "button":
        return html`<button class="btn" part="button button-${key}" type="button" data-action=${control.act || key}
          @click=${() => options.learner((scene) => tell(scene, control, true))}>${caption}</button>`;
    }
  }

  #number(key: string): NumberField {
    const known = this.#numbers.get(key) ?? new NumberField(this.#host, key);
    this.#numbers.set(key, known);
    return known;
  }

  #formula(key: string): FormulaField {
    const known = this.#formulas.get(key) ?? new FormulaField(this.#host, key);
    this.#formulas.set(key, known);
    return known;
  }
}

/** Goes to and fro over the steps taken: only for pages that name it, as it is one slider more. */
export function history({ moves, length }: Common, options: ControlOptions): TemplateResult {
  const { words } = options;
  return scrubber({
    id: "history",
    label: words.history.label,
    valueText: words.history.place(moves, length),
    value: moves,
    max: length,
    apply: (step) => options.learner((scene) => scene.scrub(step)),
  });
}

/** Neighbours that share a word share a row. */
function rows(controls: readonly Control[]): Row[] {
  const found: (Row & { word: string })[] = [];
  for (const control of controls) {
    const last = found.at(-1);
    if (last && control.row !== "" && last.word === control.row) last.controls.push(control);
    else found.push({ key: keyOfRow(control, found), word: control.row, controls: [control] });
  }
  return found;
}

/** The same row stays the same, whichever control comes first in it. */
function keyOfRow({ id, row }: Control, before: readonly { word: string }[]): string {
  return row === "" ? `/${id}` : `${row}/${before.filter(({ word }) => word === row).length}`;
}

/** A name for the page's own use: that of the control, and of what it does where several share one name. */
function keyOf(control: Control, all: readonly Control[]): string {
  const { id, setting, act, handle } = control;
  return all.filter((other) => other.id === id).length > 1 ? `${id}-${setting || act || handle}` : id;
}

/** A learner's wish, to whatever the control is bound to. */
function tell(scene: SceneHandle, { setting, act, handle }: Control, value: string | number | boolean): Outcome {
  if (handle && typeof value === "number") return scene.setHandle(handle, value);
  if (setting) return scene.set(setting, value, false);
  return typeof value === "number" ? scene.act(act, value) : scene.act(act);
}
