// Step, Step back, Run or Pause, Reset where a widget steps; and what takes a change back or makes it again.

import { html, nothing, type TemplateResult } from "lit";
import type { Panel } from "../../engine/types.js";
import type { Words } from "../words/words.js";
import { icons } from "./icons.js";

export interface Actions {
  shows(name: string): boolean;
  running: boolean;
  shortcuts: boolean;
  words: Words;
  step(): void;
  stepBack(): void;
  toggleRun(): void;
  reset(): void;
  undo(): void;
  redo(): void;
}

export function actionRow(panel: Panel, actions: Actions): TemplateResult | typeof nothing {
  const { running, words } = actions;
  const shows = (name: string) => panel.steppable && actions.shows(name);
  if (!["step", "run", "reset"].some(shows)) return nothing;
  const { step, stepBack, run, pause, reset, keys } = words.actions;
  return html`<div class="actions" part="actions">
    ${
      shows("step")
        ? html`<button class="btn primary" part="button button-step" type="button" data-action="step" aria-disabled=${!panel.canStep} @click=${unless(!panel.canStep, actions.step)}>${icons.step}${step}</button>
          <button class="btn" part="button button-back" type="button" data-action="back" aria-disabled=${!panel.canStepBack} @click=${unless(!panel.canStepBack, actions.stepBack)}>${icons.stepBack}<span>${stepBack}</span></button>`
        : nothing
    }
    ${
      shows("run")
        ? html`<button class="btn run" part="button button-run" type="button" data-action="run" aria-disabled=${!running && !panel.canStep} @click=${unless(!running && !panel.canStep, actions.toggleRun)}>${
            running ? html`${icons.pause}${pause}` : html`${icons.run}${run}`
          }</button>`
        : nothing
    }
    ${shows("reset") ? html`<button class="btn plain" part="button button-reset" type="button" data-action="reset" aria-disabled=${!panel.canReset} @click=${unless(!panel.canReset, actions.reset)}>${icons.reset}<span>${reset}</span></button>` : nothing}
    ${
      actions.shortcuts && shows("step")
        ? html`<span class="keys" aria-hidden="true"><kbd>→</kbd> ${keys.step} <kbd>←</kbd> ${keys.back} <kbd>${keys.space}</kbd> ${keys.run}</span>`
        : nothing
    }
  </div>`;
}

/** What takes a change back or makes it again, apart from the buttons above so that nothing there ever moves. */
export function changes({ undo, redo }: Panel, actions: Actions): TemplateResult | typeof nothing {
  if (actions.shows("none") || (undo === null && redo === null)) return nothing;
  return html`<div class="changes">${taking(undo, "undo", icons.undo, actions.undo)}${taking(redo, "redo", icons.redo, actions.redo)}</div>`;
}

/** A button that says what it takes back, or makes again; none where there is nothing. */
function taking(
  what: string | null,
  id: "undo" | "redo",
  icon: TemplateResult,
  act: () => void,
): TemplateResult | typeof nothing {
  return what === null
    ? nothing
    : html`<button class="btn plain undo" part="button button-${id}" type="button" data-action=${id} title=${what} @click=${act}>${icon}<span>${what}</span></button>`;
}

/** `aria-disabled` instead of `disabled`: a button that has just been pressed must not lose the focus. */
function unless(disabled: boolean, act: () => void): () => void {
  return () => {
    if (!disabled) act();
  };
}
