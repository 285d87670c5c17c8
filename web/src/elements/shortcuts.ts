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
  /** Puts the card away that lies over the chart. */
  close: (() => void) | undefined;
}

/**
 * What the keys do at this moment: what the buttons would, where the page lets a learner touch them. Where a run is at its end they do
 * nothing, and are still the widget's: the next press must not turn the page.
 */
export function keysOf(panel: Panel, actions: Actions, close: (() => void) | undefined): Keys {
  const does = (name: string, now: boolean, act: () => void) => {
    if (!panel.steppable || !actions.shows(name)) return undefined;
    return now ? act : () => undefined;
  };
  const changes = !actions.shows("none");
  return {
    step: does("step", panel.canStep, actions.step),
    back: does("step", panel.canStepBack, actions.stepBack),
    run: does("run", true, actions.toggleRun),
    undo: changes && panel.undo !== null ? actions.undo : undefined,
    redo: changes && panel.redo !== null ? actions.redo : undefined,
    close,
  };
}

/** Where single keys are needed. */
const BUSY = "input, select, textarea, summary, dialog, [role=menu], [role=slider], [role=region], [role=math]";
/** Where one types. */
const FIELDS = "input:not([type=range], [type=radio], [type=checkbox], [type=file]), select, textarea";
/** Where a text has its own undo. */
const TYPING = `${FIELDS}, dialog, [role=menu]`;

/** The keys that browsers themselves have a use for, by what has the focus. */
const NATIVE: readonly [where: string, keys: RegExp][] = [
  [FIELDS, /^(?!Tab$|Escape$|F\d+$)/],
  ["[type=range]", /^(Arrow|Page|Home|End)/],
  ["[type=radio]", /^(Arrow| )/],
  ["[type=checkbox]", /^ $/],
  ["button, summary, [type=file]", /^( |Enter)$/],
  ["a", /^Enter$/],
  ["[role=region], [role=math]", /^(Arrow|Page|Home|End| )/],
  ["dialog", /^Escape$/],
  ["[role=menu]", /^(?!Tab$|Escape$|F\d+$)/],
];

/**
 * The keyboard while the focus is in the widget. What the widget uses is not the page's any more: it sees the widget and no field as
 * the target, and would turn a slide with it.
 */
export class Keyboard {
  /** Keys that are down and were used; what else is heard of them belongs to that use. */
  readonly #used = new Set<string>();

  /** A key went down somewhere in the widget, and what stands there has had its turn. */
  pressed(event: KeyboardEvent, keys: Keys | undefined): void {
    const act = event.defaultPrevented ? undefined : keys && deed(event, keys);
    act?.();
    // On a slider a space has no other use than to scroll it out of sight.
    const { key, altKey, ctrlKey, metaKey } = event;
    const space = key === " " && !altKey && !ctrlKey && !metaKey && targetOf(event)?.closest("[role=slider]");
    if (act || space) event.preventDefault();
    if (!event.defaultPrevented && !isNative(event)) return;
    this.#used.add(nameOf(event));
    event.stopPropagation();
  }

  /** A character came of a key, or the key went up. */
  followed(event: KeyboardEvent): void {
    if (!this.#used.has(nameOf(event))) return;
    if (event.type === "keyup") this.#used.delete(nameOf(event));
    event.stopPropagation();
  }
}

/** The same for a key as long as it is down, whatever it writes. */
const nameOf = ({ code, key }: KeyboardEvent): string => code || key;

function targetOf(event: KeyboardEvent): HTMLElement | undefined {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement ? target : undefined;
}

function isNative(event: KeyboardEvent): boolean {
  const { key, altKey, ctrlKey, metaKey } = event;
  if (altKey || ctrlKey || metaKey) return false;
  return NATIVE.some(([where, keys]) => keys.test(key) && targetOf(event)?.closest(where));
}

/** What a key does to the widget as a whole. */
function deed(event: KeyboardEvent, keys: Keys): (() => void) | undefined {
  const target = targetOf(event);
  if (event.altKey || !target) return undefined;
  return event.ctrlKey || event.metaKey ? withControl(event, target, keys) : alone(event, target, keys);
}

function withControl({ key, shiftKey }: KeyboardEvent, target: HTMLElement, keys: Keys): (() => void) | undefined {
  if (target.closest(TYPING)) return undefined;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? keys.redo : keys.undo;
  return letter === "y" && !shiftKey ? keys.redo : undefined;
}

function alone({ key }: KeyboardEvent, target: HTMLElement, keys: Keys): (() => void) | undefined {
  const onHandle = target.closest("[role=slider]") !== null;
  if (key === " " && onHandle) return keys.run;
  if (key === "Escape" && (onHandle || !target.closest(BUSY))) return keys.close;
  if (target.closest(BUSY)) return undefined;
  if (key === "ArrowRight") return keys.step;
  if (key === "ArrowLeft") return keys.back;
  return key === " " && !target.closest("button, a") ? keys.run : undefined;
}
