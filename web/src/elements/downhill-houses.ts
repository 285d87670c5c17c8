// <downhill-houses>: a line fitted to real sales.

import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit";
import type { Setting } from "../engine/scene.js";
import type { HousesReadout } from "../engine/types.js";
import { OPTIMIZERS } from "./downhill-descent.js";
import { DownhillElement } from "./element.js";
import { always, number, truth, word } from "./parts/attributes.js";
import { DataPanel } from "./parts/data-panel.js";
import { letter, list, logSlider, NumberField, segmented, toggle } from "./parts/fields.js";

/**
 * House prices and one straight line.
 *
 * `controls` may name: `feature`, `optimizer`, `rate`, `standardize`, `misses`, `line`, `data`, `step`, `run`, `reset`, `share`.
 */
export class DownhillHouses extends DownhillElement<HousesReadout> {
  static override properties: PropertyDeclarations = {
    data: { reflect: true, hasChanged: always },
    features: { reflect: true, hasChanged: always },
    learningRate: { attribute: "learning-rate", reflect: true, converter: number, hasChanged: always },
    optimizer: { reflect: true, hasChanged: always },
    standardize: { reflect: true, converter: truth, hasChanged: always },
  };

  /** `ames`, or the address of a CSV file that the page wants shown. */
  declare data: string | undefined;
  /** The column the line guesses from. */
  declare features: string | undefined;
  declare learningRate: number | undefined;
  /** `sgd`, `momentum` or `adam`. */
  declare optimizer: string | undefined;
  /** Whether the feature is put on a common scale before learning; it is unless this says `false`. */
  declare standardize: boolean | undefined;

  protected override readonly kind = "houses";
  protected override readonly outlines = [{ id: "scatter", wideAspect: 420 / 548, narrowAspect: 1 }];

  readonly #rate = new NumberField(this, "rate-value");
  readonly #slope = new NumberField(this, "slope");
  readonly #intercept = new NumberField(this, "intercept");
  readonly #data = new DataPanel(this);

  protected override config(): object {
    const { features, learningRate, standardize } = this;
    const optimizer = word(this.optimizer, OPTIMIZERS);
    return {
      ...(features && { feature: features.trim().split(/[\s,]+/)[0] }),
      ...(learningRate !== undefined && { learningRate }),
      ...(optimizer && { optimizer }),
      ...(standardize !== undefined && { standardize }),
    };
  }

  protected override settings(changed: PropertyValues): Setting[] {
    const settings: Setting[] = [];
    const tell = (property: string, name: string, value: unknown) => {
      if (changed.has(property) && value !== undefined && value !== null) settings.push({ name, value });
    };
    if (changed.has("data")) {
      if (!this.data || this.data === "ames") settings.push({ name: "amesData" });
      else void this.#fetch(this.data);
    }
    tell("features", "feature", this.features?.trim().split(/[\s,]+/)[0]);
    tell("standardize", "standardize", this.standardize);
    tell("optimizer", "optimizer", word(this.optimizer, OPTIMIZERS));
    tell("learningRate", "learningRate", this.learningRate);
    return settings;
  }

  protected override sceneMade(): void {
    if (this.data && this.data !== "ames") void this.#fetch(this.data);
  }

  /** A table that the page asks for by its address. */
  async #fetch(address: string): Promise<void> {
    const name = address.split("/").at(-1) ?? address;
    try {
      const response = await fetch(new URL(address, this.ownerDocument.baseURI));
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      this.program({ name: "data", value: { label: name, text: await response.text() } });
    } catch (error) {
      this.notify({
        kind: "error",
        title: `${name} could not be loaded`,
        text: `The houses of Ames stay. (${error instanceof Error ? error.message : error})`,
        action: null,
      });
    }
  }

  protected override shareNote(readout: HousesReadout): string | null {
    return readout.shareNote;
  }

  protected override layout(readout: HousesReadout): TemplateResult {
    return html`<div class="stages linked" part="stages" tabindex="0" role="group" aria-label=${this.chartName}>
      ${this.stageTemplates(readout)}
      <div class="panel side">${this.readoutRow(readout)}</div>
    </div>`;
  }

  protected override controlRow(readout: HousesReadout): TemplateResult {
    const { features, feature, learningRate, learningRateRange, optimizer, standardize, misses } = readout;
    const columns = features.map(({ id, label }) => ({ value: id, label }));
    const [slope = 0] = readout.coefficients;
    return html`
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
      ${this.shows("optimizer") ? segmented("optimizer", "Optimiser", OPTIMIZERS, optimizer, (value) => this.set("optimizer", value)) : nothing}
      <div class="pair">
      ${this.shows("standardize") ? toggle("standardize", "Scale", "Standardise", standardize, (on) => this.set("standardize", on)) : nothing}
      ${this.shows("misses") ? toggle("misses", "Show", "Misses", misses, (on) => this.set("misses", on)) : nothing}
      </div>
      ${this.shows("feature") ? list("feature", "Guess from", columns, feature, (id) => this.set("feature", id)) : nothing}
      ${
        this.shows("line")
          ? html`<div class="line">
            ${this.#slope.field({ label: html`Slope ${letter("m")}`, value: slope, apply: (value) => this.set("slope", value) })}
            ${this.#intercept.field({ label: html`Intercept ${letter("b")}`, value: readout.intercept, apply: (value) => this.set("intercept", value) })}
            <button class="btn" part="button button-exact" type="button" data-action="exact" @click=${() => this.set("jumpToExact")}>Jump to the best line</button>
          </div>`
          : nothing
      }
      ${
        this.shows("data")
          ? this.#data.template({
              readout,
              take: (label, text) => this.set("data", { label, text }),
              column: (role, id) => this.set(role, id),
              ames: () => this.set("amesData"),
            })
          : nothing
      }
    `;
  }
}
