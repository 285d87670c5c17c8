// The field for a formula: applied as one types, with a caret under the first wrong character.

import { html, nothing, type ReactiveControllerHost, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { FormulaMistake, FormulaReadout } from "../../engine/types.js";
import { letter } from "./fields.js";
import { formulaNodes } from "./mathml.js";
import { place } from "./place.js";

/** A mistake is shown only after one has stopped typing for this long: half a name is not yet wrong. */
const PAUSE = 600;

export interface FormulaOptions {
  label: string;
  /** The last formula that could be read. */
  text: string;
  /** What was typed since, when it could not be read. */
  mistakeText: string | undefined;
  mistake: FormulaMistake | undefined;
  /** Its letter. */
  variable: string;
  apply(text: string): void;
}

export class FormulaField {
  readonly #host: ReactiveControllerHost;
  readonly #id: string;
  #draft: string | undefined;
  /** What stood there before one began to type. */
  #before: string | undefined;
  #patient = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;
  #scrolled = 0;

  constructor(host: ReactiveControllerHost, id: string) {
    this.#host = host;
    this.#id = id;
  }

  template(options: FormulaOptions): TemplateResult {
    const { label, text, mistake } = options;
    const typed = this.#draft ?? options.mistakeText ?? text;
    const wrong = mistake && !this.#patient ? mistake : undefined;
    return html`<div class="field grow formula ${wrong ? "bad" : ""}">
      <label class="lbl" for=${this.#id}>${label}</label>
      <input id=${this.#id} class="box" part="field formula" type="text" inputmode="text" autocomplete="off" autocapitalize="off" spellcheck="false"
        aria-invalid=${wrong ? "true" : nothing} aria-describedby=${wrong ? `${this.#id}-problem` : nothing}
        .value=${live(typed)}
        @input=${(event: InputEvent) => this.#edit((event.target as HTMLInputElement).value, options)}
        @keydown=${(event: KeyboardEvent) => this.#key(event, options)}
        @scroll=${(event: Event) => this.#follow((event.target as HTMLInputElement).scrollLeft)}
        @blur=${(event: FocusEvent) => this.#leave((event.target as HTMLInputElement).value, options)} />
      ${
        wrong
          ? html`<div class="caretline" aria-hidden="true"><pre class="caret" ${place({ "margin-left": `${-this.#scrolled}px` })}>${caret(typed, wrong)}</pre></div>
            <p class="problem" id="${this.#id}-problem" role="alert" data-code=${wrong.code} data-start=${wrong.start} data-end=${wrong.end}>${wrong.message}${wrong.hint ? ` ${wrong.hint}` : ""}</p>`
          : nothing
      }
    </div>`;
  }

  #edit(text: string, options: FormulaOptions): void {
    this.#before ??= options.text;
    this.#draft = text;
    this.#patient = true;
    clearTimeout(this.#timer);
    // One formula a frame is enough, however fast the keys come. Half a name may be a formula of another letter: that one waits.
    cancelAnimationFrame(this.#frame);
    const letters: string[] = text.match(/\p{L}[\p{L}\p{Nd}_]*/gu) ?? [];
    const waits = letters.length > 0 && !letters.includes(options.variable);
    if (!waits) this.#frame = requestAnimationFrame(() => options.apply(text));
    this.#timer = setTimeout(() => {
      if (waits) options.apply(text);
      this.#speakUp();
    }, PAUSE);
    this.#host.requestUpdate();
  }

  #key(event: KeyboardEvent, options: FormulaOptions): void {
    if (event.key === "Enter") {
      this.#stop();
      this.#before = undefined;
      options.apply((event.target as HTMLInputElement).value);
      this.#speakUp();
    } else if (event.key === "Escape" && (this.#draft ?? options.mistakeText) !== undefined) {
      event.preventDefault();
      this.#stop();
      this.#draft = undefined;
      options.apply(this.#before ?? options.text);
      this.#before = undefined;
      this.#speakUp();
    }
  }

  #leave(text: string, options: FormulaOptions): void {
    this.#stop();
    this.#before = undefined;
    if (this.#draft !== undefined) options.apply(text);
    this.#draft = undefined;
    this.#speakUp();
  }

  #stop(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
  }

  #follow(left: number): void {
    this.#scrolled = left;
    this.#host.requestUpdate();
  }

  #speakUp(): void {
    clearTimeout(this.#timer);
    this.#patient = false;
    this.#host.requestUpdate();
  }
}

/** The formula and its derivative as they are printed, under the field; and how ambiguous spellings were read. */
export function echo(formula: FormulaReadout, slopeHere: string): TemplateResult {
  const { name, variable, mathml, derivativeMathml, mistake, notes } = formula;
  const called = (prime = "") => html`${letter(name)}${prime}(${letter(variable)})`;
  return html`<div class="echo ${mistake ? "faded" : ""}" part="echo">
      <span>${called()} = ${formulaNodes(mathml)}</span>
      ${
        derivativeMathml
          ? html`<span class="c-gradient">${called("′")} = ${formulaNodes(derivativeMathml)}${slopeHere ? html` = ${slopeHere}` : nothing}</span>`
          : nothing
      }
    </div>
    ${notes.map((note) => html`<p class="note">${note}</p>`)}`;
}

/** Spaces up to the mistake and carets under it; both in the field's own fixed-width face, so they line up. */
function caret(text: string, { start, end }: FormulaMistake): string {
  const before = [...text.slice(0, start)].length;
  const under = Math.max(1, [...text.slice(start, Math.min(end, text.length))].length);
  return " ".repeat(before) + "^".repeat(Math.min(under, 40));
}
