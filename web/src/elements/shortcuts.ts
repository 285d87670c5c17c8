// The keys of a widget: → ← and Space for stepping, and those that take a change back, while neither a field nor a control that
// needs them has the focus.

import type { Panel } from "../engine/types.js";
import type { Actions } from "./parts/actions.js";

/** What the keys do; absent where it cannot be done now. */
export interface Keys {
  step: (() => void) | undefined;
  back: (() => void) | undefined;
  run: (() => void) | undefined;
  undo: (() => void) | undefined;
  redo: (() => void) | undefined;
}

/** What the keys do at this moment: what the buttons would, where the page lets a learner touch them. */
export function keysOf(panel: Panel, actions: Actions): Keys {
  const can = (name: string, now: boolean) => panel.steppable && actions.shows(name) && now;
  const changes = !actions.shows("none");
  return {
    step: can("step", panel.canStep) ? actions.step : undefined,
    back: can("step", panel.canStepBack) ? actions.stepBack : undefined,
    run: can("run", true) ? actions.toggleRun : undefined,
    undo: changes && panel.undo !== null ? actions.undo : undefined,
    redo: changes && panel.redo !== null ? actions.redo : undefined,
  };
}

/** Where single keys are needed. */
const BUSY = "input, select, textarea, summary, dialog, [role=menu], [role=slider]";
/** Where a text has its own undo. */
const TYPING = "input:not([type=range], [type=radio], [type=checkbox]), textarea, dialog, [role=menu]";

/** Handles a key pressed somewhere in the widget. What the widget used is not the page's any more: it would turn a slide with it. */
export function pressed(event: KeyboardEvent, keys: Keys): void {
  if (event.defaultPrevented || event.altKey) return;
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return;
  const act = event.ctrlKey || event.metaKey ? withControl(event, target, keys) : alone(event, target, keys);
  if (act) {
    act();
    event.preventDefault();
    event.stopPropagation();
  } else if (needed(event, target)) event.stopPropagation();
}

/** What is typed into a field is nothing to the page either; it sees the widget, not the field, as the target. */
function needed({ key, ctrlKey, metaKey }: KeyboardEvent, target: HTMLElement): boolean {
  return (
    !ctrlKey && !metaKey && key !== "Tab" && key !== "Escape" && target.closest("input, select, textarea") !== null
  );
}

function withControl({ key, shiftKey }: KeyboardEvent, target: HTMLElement, keys: Keys): (() => void) | undefined {
  if (target.closest(TYPING)) return undefined;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? keys.redo : keys.undo;
  return letter === "y" && !shiftKey ? keys.redo : undefined;
}

function alone({ key }: KeyboardEvent, target: HTMLElement, keys: Keys): (() => void) | undefined {
  if (target.closest(BUSY)) return undefined;
  if (key === "ArrowRight") return keys.step;
  if (key === "ArrowLeft") return keys.back;
  return key === " " && !target.closest("button, a") ? keys.run : undefined;
}
