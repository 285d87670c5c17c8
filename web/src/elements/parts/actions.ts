// Step, Step back, Run or Pause, Reset; and Undo when there is something to take back.

import { html, nothing, type TemplateResult } from "lit";
import type { Panel } from "../../engine/types.js";
import { icons } from "./icons.js";

export interface Actions {
  shows(name: string): boolean;
  running: boolean;
  shortcuts: boolean;
  step(): void;
  stepBack(): void;
  toggleRun(): void;
  reset(): void;
  undo(): void;
}

export function actionRow(panel: Panel, actions: Actions): TemplateResult | typeof nothing {
  const { shows, running } = actions;
  if (!["step", "run", "reset"].some(shows)) return nothing;
  return html`<div class="actions" part="actions">
    ${
      shows("step")
        ? html`<button class="btn primary" part="button button-step" type="button" data-action="step" aria-disabled=${!panel.canStep} @click=${unless(!panel.canStep, actions.step)}>${icons.step}Step</button>
          <button class="btn" part="button button-back" type="button" data-action="back" aria-disabled=${!panel.canStepBack} @click=${unless(!panel.canStepBack, actions.stepBack)}>${icons.stepBack}Step back</button>`
        : nothing
    }
    ${
      shows("run")
        ? html`<button class="btn" part="button button-run" type="button" data-action="run" aria-disabled=${!running && !panel.canStep} @click=${unless(!running && !panel.canStep, actions.toggleRun)}>${
            running ? html`${icons.pause}Pause` : html`${icons.run}Run`
          }</button>`
        : nothing
    }
    ${shows("reset") ? html`<button class="btn plain" part="button button-reset" type="button" data-action="reset" aria-disabled=${!panel.canReset} @click=${unless(!panel.canReset, actions.reset)}>${icons.reset}Reset</button>` : nothing}
    ${panel.undo ? html`<button class="btn plain undo" part="button button-undo" type="button" data-action="undo" @click=${actions.undo}>${icons.undo}${panel.undo}</button>` : nothing}
    ${
      actions.shortcuts && shows("step")
        ? html`<span class="keys" aria-hidden="true"><kbd>→</kbd> step <kbd>←</kbd> back <kbd>Space</kbd> run</span>`
        : nothing
    }
  </div>`;
}

/** `aria-disabled` instead of `disabled`: a button that has just been pressed must not lose the focus. */
function unless(disabled: boolean, act: () => void): () => void {
  return () => {
    if (!disabled) act();
  };
}
