// Linked stages on a narrow widget: faces of one stage, with a switch above. Which one is shown is the page's matter, no part of a moment.

import { html, nothing, type ReactiveControllerHost, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { StageInfo } from "../../engine/types.js";
import type { Words } from "../words/words.js";

export class Faces {
  readonly #host: ReactiveControllerHost;
  #chosen: string | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** The stages that take turns: those that have a name as a face. */
  #of(stages: readonly StageInfo[], words: Words): { id: string; name: string }[] {
    return stages.flatMap(({ id }) => {
      const name = words.faces.names[id];
      return name === undefined ? [] : [{ id, name }];
    });
  }

  /** The name of the stage that is shown where there is room for one. */
  shown(stages: readonly StageInfo[], words: Words): string | typeof nothing {
    return this.#chosen ?? this.#of(stages, words)[0]?.id ?? nothing;
  }

  /** The switch; the style shows it only where the stages take turns. */
  template(stages: readonly StageInfo[], words: Words): TemplateResult {
    const shown = this.shown(stages, words);
    return html`<div class="faces seg" part="faces" role="radiogroup" aria-label=${words.faces.label}>
      ${this.#of(stages, words).map(
        ({ id, name }) => html`<label><input type="radio" name="face" value=${id} .checked=${live(id === shown)}
          @change=${() => this.#choose(id)} />${name}</label>`,
      )}
    </div>`;
  }

  #choose(id: string): void {
    this.#chosen = id;
    this.#host.requestUpdate();
  }
}
