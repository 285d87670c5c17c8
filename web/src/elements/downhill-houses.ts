// <downhill-houses>: a line fitted to real sales. Beyond its schema it has a panel for tables of a learner's own, and it fetches
// those that a page names by their address.

import { nothing, type TemplateResult } from "lit";
import { answered, textAt } from "../engine/tables.js";
import { DataPanel } from "./parts/data-panel.js";
import type { ReadoutOf } from "./reading.js";
import { WIDGETS } from "./schema.js";
import { widget } from "./widget.js";

export class DownhillHouses extends widget("houses") {
  readonly #panel = new DataPanel(this);
  /** Counts what was asked for, so that of two tables on their way the later one stays. */
  #asked = 0;

  protected override withholds(name: string, value: unknown): boolean {
    // What is no text is no address: the engine says so.
    if (name !== "data" || !(typeof value === "string" || value instanceof URL)) return false;
    const text = String(value).trim();
    const known: readonly string[] = WIDGETS.houses.tables;
    return text !== "" && !known.includes(text.toLowerCase());
  }

  protected override withheld(_name: string, value: unknown): void {
    void this.#fetch(String(value).trim());
  }

  protected override extras(readout: ReadoutOf<"houses">): TemplateResult | typeof nothing {
    if (!this.shows("data")) return nothing;
    return this.#panel.template({
      words: this.words,
      readout,
      take: (label, text) => this.learner((scene) => scene.supply(label, text, false)),
      column: (setting, id) => this.learner((scene) => scene.set(setting, id, false)),
      ames: () => this.learner((scene) => scene.set("data", null, false)),
    });
  }

  async #fetch(address: string): Promise<void> {
    const name = address.split("/").at(-1) || address;
    this.#asked += 1;
    const turn = this.#asked;
    try {
      const text = await textAt(new URL(address, this.ownerDocument.baseURI));
      if (turn === this.#asked) this.page((scene) => scene.supply(name, text, true));
    } catch (error) {
      if (turn === this.#asked) this.notify(({ cards }) => cards.noTable(name, answered(error)));
    }
  }
}
