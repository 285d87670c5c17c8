// <downhill-descent>: gradient descent on a curve.

import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit";
import type { Setting } from "../engine/scene.js";
import type { DescentReadout } from "../engine/types.js";
import { DownhillElement } from "./element.js";
import { always, interval, number, word } from "./parts/attributes.js";
import { letter, logSlider, NumberField, segmented, toggle } from "./parts/fields.js";
import { FormulaField } from "./parts/formula-field.js";
import { formulaNodes } from "./parts/mathml.js";

export const OPTIMIZERS = [
  { value: "sgd", label: "Plain" },
  { value: "momentum", label: "Momentum" },
  { value: "adam", label: "Adam" },
] as const;

/**
 * Descent on a curve of one variable.
 *
 * `controls` may name: `formula`, `point`, `optimizer`, `rate`, `blindfold`, `step`, `run`, `reset`, `share`.
 */
export class DownhillDescent extends DownhillElement<DescentReadout> {
  static override properties: PropertyDeclarations = {
    function: { reflect: true, hasChanged: always },
    start: { reflect: true, converter: number, hasChanged: always },
    learningRate: { attribute: "learning-rate", reflect: true, converter: number, hasChanged: always },
    optimizer: { reflect: true, hasChanged: always },
    domain: { reflect: true, converter: interval, hasChanged: always },
    blindfold: { type: Boolean, reflect: true, hasChanged: always },
  };

  /** The loss: a formula of one variable. */
  declare function: string | undefined;
  /** Where the walk begins. */
  declare start: number | undefined;
  declare learningRate: number | undefined;
  /** `sgd`, `momentum` or `adam`. */
  declare optimizer: string | undefined;
  /** The stretch of the curve that is shown: `-3 3` as an attribute. */
  declare domain: [number, number] | undefined;
  /** Hides the curve but for where one has been. */
  declare blindfold: boolean;

  protected override readonly kind = "descent";
  protected override readonly outlines = [{ id: "curve", wideAspect: 430 / 960, narrowAspect: 330 / 350 }];

  readonly #formula = new FormulaField(this, "formula");
  readonly #rate = new NumberField(this, "rate-value");
  readonly #point = new NumberField(this, "point");

  protected override config(): object {
    const { function: formula, start, learningRate, domain, blindfold } = this;
    return {
      ...(formula && { formula }),
      ...(start !== undefined && { start }),
      ...(learningRate !== undefined && { learningRate }),
      ...optional("optimizer", word(this.optimizer, OPTIMIZERS)),
      ...(domain && { domain }),
      ...(blindfold && { blindfold }),
    };
  }

  protected override settings(changed: PropertyValues): Setting[] {
    const settings: Setting[] = [];
    const tell = (property: string, name: string, value: unknown) => {
      if (changed.has(property) && value !== undefined && value !== null) settings.push({ name, value });
    };
    tell("function", "formula", this.function);
    tell("start", "at", this.start);
    tell("learningRate", "learningRate", this.learningRate);
    tell("optimizer", "optimizer", word(this.optimizer, OPTIMIZERS));
    if (changed.has("domain")) settings.push({ name: "domain", value: this.domain ?? null });
    tell("blindfold", "blindfold", this.blindfold);
    return settings;
  }

  protected override controlRow(readout: DescentReadout): TemplateResult {
    const { formula, learningRate, learningRateRange, optimizer, blindfold } = readout;
    const ball = readout.handles[0];
    return html`
      ${
        this.shows("formula")
          ? html`<div class="formula-row">
            ${this.#formula.template({
              label: "Your function",
              text: formula.text,
              mistakeText: formula.mistakeText ?? undefined,
              mistake: formula.mistake ?? undefined,
              apply: (text) => this.set("formula", text),
            })}
            ${
              ball && this.shows("point")
                ? this.#point.field({
                    label: html`Place ${letter(formula.variable)}`,
                    ariaLabel: ball.label,
                    value: ball.value,
                    min: ball.min,
                    max: ball.max,
                    apply: (value) => this.learner((scene) => scene.setHandle(ball.id, value)),
                  })
                : nothing
            }
            <div class="echo ${formula.mistake ? "faded" : ""}" part="echo">
              <span>${loss(formula.variable)} = ${formulaNodes(formula.mathml)}</span>
              ${formula.derivativeMathml ? html`<span class="c-gradient">${loss(formula.variable, "′")} = ${formulaNodes(formula.derivativeMathml)}${slopeHere(readout)}</span>` : nothing}
            </div>
            ${formula.notes.map((note) => html`<p class="note">${note}</p>`)}
          </div>`
          : nothing
      }
      ${this.shows("optimizer") ? segmented("optimizer", "Optimiser", OPTIMIZERS, optimizer, (value) => this.set("optimizer", value)) : nothing}
      ${
        this.shows("rate")
          ? logSlider({
              id: "rate",
              label: html`Learning rate ${letter("η")}`,
              ariaLabel: "Learning rate η",
              value: learningRate,
              min: learningRateRange[0],
              max: learningRateRange[1],
              field: this.#rate,
              apply: (value) => this.set("learningRate", value),
            })
          : nothing
      }
      ${this.shows("blindfold") ? toggle("blindfold", "Fog", "Blindfold", blindfold.on, (on) => this.set("blindfold", on)) : nothing}
    `;
  }
}

/** The name of the loss, or of its slope, as in the picture. */
const loss = (variable: string, prime = ""): TemplateResult =>
  html`<span class="mi">L</span>${prime}(<span class="mi">${variable}</span>)`;

/** The number that the derivative's formula has here, rounded as everywhere else; nothing where there is no tangent. */
function slopeHere({ equation, triangle }: DescentReadout): TemplateResult | typeof nothing {
  if (!triangle) return nothing;
  const slope = equation.find(({ role, operator }) => role === "gradient" && !operator);
  return slope?.value ? html` = ${slope.value}` : nothing;
}

function optional(name: string, value: unknown): object {
  return value === undefined ? {} : { [name]: value };
}
