// The controls of every widget: number field, slider, choice, switch, list. Each is a label and a native control.

import { html, nothing, type ReactiveControllerHost, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Typed } from "../../engine/scene.js";
import type { Words } from "../words/words.js";
import { shown } from "./numbers.js";
import { place } from "./place.js";

type Content = TemplateResult | string;

/** Reads what was typed for a number. */
export type Read = (text: string) => Typed;

export interface NumberOptions {
  words: Words;
  read: Read;
  label: Content;
  /** The label for a screen reader where the visible one stands elsewhere. */
  ariaLabel?: string;
  value: number;
  min?: number;
  max?: number;
  /** How the number is written when no one is typing. */
  format?(value: number, words: Words): string;
  /** Only what the learner asked for; out-of-range values are told, not clamped. */
  apply(value: number): void;
}

/** A typed number: Enter or leaving the field applies, Escape restores, a mistake says what is expected. */
export class NumberField {
  readonly #host: ReactiveControllerHost;
  readonly #id: string;
  #draft: string | undefined;
  #problem: string | undefined;

  constructor(host: ReactiveControllerHost, id: string) {
    this.#host = host;
    this.#id = id;
  }

  /** The field alone, for a place that has its own label. */
  input(options: NumberOptions): TemplateResult {
    const { value, words, format = shown } = options;
    return html`<span class="number ${this.#problem ? "bad" : ""}">
      <input id=${this.#id} class="num" part="field" type="text" inputmode="decimal" autocomplete="off" spellcheck="false"
        aria-label=${options.ariaLabel ?? nothing} aria-invalid=${this.#problem ? "true" : nothing}
        aria-describedby=${this.#problem ? `${this.#id}-problem` : nothing}
        .value=${live(this.#draft ?? format(value, words))}
        @input=${(event: InputEvent) => this.#edit((event.target as HTMLInputElement).value)}
        @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()}
        @keydown=${(event: KeyboardEvent) => this.#key(event, options)}
        @change=${(event: Event) => this.#commit((event.target as HTMLInputElement).value, options)}
        @blur=${() => this.#leave()} />
    </span>`;
  }

  /** What is wrong with what was typed, if anything. */
  problem(): TemplateResult | typeof nothing {
    return this.#problem
      ? html`<p class="problem" id="${this.#id}-problem" role="alert">${this.#problem}</p>`
      : nothing;
  }

  /** The field under its label. */
  field(options: NumberOptions): TemplateResult {
    return html`<div class="field small"><label class="lbl" for=${this.#id}><span>${options.label}</span></label>${this.input(options)}${this.problem()}</div>`;
  }

  #edit(text: string): void {
    this.#draft = text;
    this.#problem = undefined;
    this.#host.requestUpdate();
  }

  #key(event: KeyboardEvent, options: NumberOptions): void {
    const input = event.target as HTMLInputElement;
    if (event.key === "Enter") {
      this.#commit(input.value, options);
      input.select();
    } else if (event.key === "Escape" && (this.#draft !== undefined || this.#problem)) {
      event.preventDefault();
      this.#draft = this.#problem = undefined;
      this.#host.requestUpdate();
    }
  }

  #commit(text: string, { words, read, apply, min, max, value, format = shown }: NumberOptions): void {
    if (this.#draft === undefined || text === format(value, words)) {
      this.#draft = this.#problem = undefined;
      this.#host.requestUpdate();
      return;
    }
    const typed = read(text);
    this.#problem = "problem" in typed ? typed.problem : outside(typed.value, min, max, words);
    if ("value" in typed && this.#problem === undefined) {
      this.#draft = undefined;
      apply(typed.value);
    }
    this.#host.requestUpdate();
  }

  #leave(): void {
    // What cannot be read stays visible with its message; what was not changed goes back to following the scene.
    if (!this.#problem) this.#draft = undefined;
    this.#host.requestUpdate();
  }
}

/** What is wrong with a number that is out of range, if it is. */
function outside(value: number, min: number | undefined, max: number | undefined, words: Words): string | undefined {
  if (!(min !== undefined && value < min) && !(max !== undefined && value > max)) return undefined;
  if (min === undefined) return words.number.atMost(shown(max ?? 0, words));
  if (max === undefined) return words.number.atLeast(shown(min, words));
  return words.number.between(shown(min, words), shown(max, words));
}

export interface SliderOptions {
  id: string;
  words: Words;
  read: Read;
  label: Content;
  ariaLabel: string;
  value: number;
  min: number;
  max: number;
  field: NumberField;
  apply(value: number): void;
}

/** 0.3 as 0.30, as it stands in the equation; what needs more digits keeps them. */
function twoDecimals(value: number, words: Words): string {
  const short = value >= 0.1 && value < 10 && Number(value.toFixed(2)) === value;
  return short ? value.toFixed(2).replace(".", words.decimal) : shown(value, words);
}

/** Positions of a slider along its track; fine enough that a step is less than a pixel. */
const TRACK = 1000;

/** Arrows as on the chart: by a hundredth of the track, with Shift by a tenth. */
function keyed(event: KeyboardEvent, apply: (place: number) => void): void {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
  const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[key];
  if (!way || ctrlKey || metaKey || altKey) return;
  event.preventDefault();
  const place = Number((event.currentTarget as HTMLInputElement).value) + (way * TRACK) / (shiftKey ? 10 : 100);
  apply(Math.min(TRACK, Math.max(0, place)));
}

/** What a slider said when a finger came down on it, and whether it has moved since. */
const touched = new WeakMap<EventTarget, { value: number; moved: boolean }>();

const held = ({ currentTarget }: Event, value: number): void => {
  if (currentTarget) touched.set(currentTarget, { value, moved: false });
};

/** The value that a slider is moved to. */
function placed({ currentTarget }: Event): number {
  const before = currentTarget && touched.get(currentTarget);
  if (before) before.moved = true;
  return Number((currentTarget as HTMLInputElement).value);
}

/** The finger only scrolls the page: what it moved on its way is put back. */
function letGo({ currentTarget }: Event, apply: (value: number) => void): void {
  const before = currentTarget && touched.get(currentTarget);
  if (before?.moved) apply(before.value);
}

/** A slider whose track is logarithmic, with the value to type at its right and three marks below. */
export function logSlider(options: SliderOptions): TemplateResult {
  const { id, words, read, label, ariaLabel, value, min, max, field, apply } = options;
  const span = Math.log(max / min);
  const position = Math.min(TRACK, Math.max(0, (Math.log(value / min) / span) * TRACK));
  const at = (place: number) => Number((min * Math.exp((span * place) / TRACK)).toPrecision(3));
  const typed = field.input({
    words,
    read,
    label,
    ariaLabel: words.controls.typed(ariaLabel),
    value,
    format: twoDecimals,
    min: 1e-12,
    max: 1e12,
    apply,
  });
  return html`<div class="field grow">
    <div class="lbl"><label for=${id}>${label}</label>${typed}</div>
    <input id=${id} class="rng" part="slider" type="range" min="0" max=${TRACK} step="1" aria-label=${ariaLabel}
      aria-valuetext=${twoDecimals(value, words)} .value=${live(String(Math.round(position)))}
      ${place({ "--p": `${(position / TRACK) * 100}%` })}
      @keydown=${(event: KeyboardEvent) => keyed(event, (place) => apply(at(place)))}
      @pointerdown=${(event: Event) => held(event, value)} @pointercancel=${(event: Event) => letGo(event, apply)}
      @input=${(event: Event) => apply(at(placed(event)))} />
    <div class="scalemarks" aria-hidden="true"><span>${shown(min, words, 2)}</span><span>${shown(Math.sqrt(min * max), words, 1)}</span><span>${shown(max, words, 2)}</span></div>
    ${field.problem()}
  </div>`;
}

export interface ScrubberOptions {
  id: string;
  label: string;
  /** Where it stands, in words; shown at the right as well. */
  valueText: string;
  value: number;
  max: number;
  apply(value: number): void;
}

/** A slider over whole numbers from 0. */
export function scrubber({ id, label, valueText, value, max, apply }: ScrubberOptions): TemplateResult {
  return html`<div class="field grow">
    <div class="lbl"><label for=${id}>${label}</label><span aria-hidden="true">${valueText}</span></div>
    <input id=${id} class="rng" part="slider" type="range" min="0" max=${max} step="1" aria-valuetext=${valueText}
      .value=${live(String(value))} ${place({ "--p": `${max > 0 ? (value / max) * 100 : 0}%` })}
      @pointerdown=${(event: Event) => held(event, value)} @pointercancel=${(event: Event) => letGo(event, apply)}
      @input=${(event: Event) => apply(placed(event))} />
  </div>`;
}

export interface Choice {
  value: string;
  label: string;
}

/** One of a few, side by side. */
export function segmented(
  id: string,
  label: Content,
  choices: readonly Choice[],
  chosen: string,
  apply: (value: string) => void,
): TemplateResult {
  return html`<div class="field">
    <span class="lbl" id="${id}-label">${label}</span>
    <div class="seg" part="choice" role="radiogroup" aria-labelledby="${id}-label">
      ${choices.map(
        ({
          value,
          label: words,
        }) => html`<label><input type="radio" name=${id} value=${value} .checked=${live(value === chosen)}
          @change=${() => apply(value)} />${words}</label>`,
      )}
    </div>
  </div>`;
}

/** On or off, under a word that says of what. */
export function toggle(
  id: string,
  heading: string,
  label: string,
  on: boolean,
  apply: (on: boolean) => void,
): TemplateResult {
  return html`<div class="field">
    <span class="lbl" aria-hidden="true">${heading}</span>
    <label class="switch" part="switch"><input id=${id} type="checkbox" role="switch" .checked=${live(on)}
      @change=${(event: Event) => apply((event.target as HTMLInputElement).checked)} /><span class="tr" aria-hidden="true"></span><span>${label}</span></label>
  </div>`;
}

/** One of many. */
export function list(
  id: string,
  label: Content,
  choices: readonly Choice[],
  chosen: string,
  apply: (value: string) => void,
): TemplateResult {
  return html`<div class="field">
    <label class="lbl" for=${id}>${label}</label>
    <select id=${id} class="list" part="field" @change=${(event: Event) => apply((event.target as HTMLSelectElement).value)}>
      ${choices.map(({ value, label: words }) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
    </select>
  </div>`;
}

/** A letter of a formula among words. */
export const letter = (symbol: string): TemplateResult => html`<span class="mi">${symbol}</span>`;
