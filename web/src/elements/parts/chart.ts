// The stages of a widget on the page: canvases and their sizes, pointer and keys on the handles, one animation frame in flight.

import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { LAYER, type Outcome, POINTER_KIND, POINTER_PHASE, type SceneHandle } from "../../engine/scene.js";
import type { HandleInfo as Handle, StageInfo } from "../../engine/types.js";
import type { Common } from "../reading.js";
import type { Picture } from "./pictures.js";
import { place } from "./place.js";

/** What a chart asks of the element it belongs to. */
export interface ChartOwner {
  /** A learner did something; carries out the work and takes note of what it led to. */
  learner(work: (scene: SceneHandle) => Outcome): Outcome | undefined;
  /** Time passed while something moves. */
  tick(milliseconds: number): Outcome | undefined;
  /** The stages have other sizes now, and the handles other places. */
  resized(): void;
  /** Runs work that may find the engine broken; none if it did. */
  guard<T>(work: () => T): T | undefined;
}

interface Stage {
  box: HTMLElement;
  base: HTMLCanvasElement;
  live: HTMLCanvasElement;
  width: number;
  height: number;
  /** The version of the base layer that stands on the canvas; none when it must be drawn again. */
  version: number | undefined;
}

/** Beyond this a canvas costs memory that no eye sees. */
const MOST_PIXELS_PER_PIXEL = 4;
/** A tab that slept must not make up for it all at once. */
const LONGEST_TICK = 100;
const KEYS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"]);

export class Chart {
  readonly #owner: ChartOwner;
  readonly #scene: () => SceneHandle | undefined;
  #stages: Stage[] = [];
  #root: HTMLElement | undefined;
  #frame = 0;
  #last = 0;
  #dirty = false;
  #animating = false;
  #onScreen = true;
  /** The pointer that was pressed and not yet let go, and whether the scene holds something with it. */
  #press: { pointer: number; stage: number; kind: number; drags: boolean } | undefined;
  /** A knob gets the focus because a pointer took it: no ring. */
  #byPointer = false;
  #cleanup: (() => void)[] = [];

  constructor(owner: ChartOwner, scene: () => SceneHandle | undefined) {
    this.#owner = owner;
    this.#scene = scene;
  }

  /** One stage: two canvases, and for each handle a slider that keyboards and screen readers hold instead of the knob. */
  stage(info: StageInfo, index: number, { handles: all, titles, descriptions }: Common): TemplateResult {
    const handles = all.filter((handle) => handle.stage === index);
    const title = titles[index] ?? "";
    return html`<div class="panel panel-${info.id}">
      ${title ? html`<p class="title">${title}</p>` : ""}
      <div class="stage" part="stage stage-${info.id}" data-stage=${info.id} data-index=${index}
        ${place({ "--wide": String(1 / info.wideAspect), "--narrow": String(1 / info.narrowAspect) })}>
        <canvas class="base" aria-hidden="true"></canvas>
        <canvas class="live" role="img" aria-label=${descriptions[index] || title}
          @pointerdown=${(event: PointerEvent) => this.#down(event, index)}
          @pointermove=${(event: PointerEvent) => this.#move(event, index)}
          @pointerup=${(event: PointerEvent) => this.#end(event, index, POINTER_PHASE.up)}
          @pointercancel=${(event: PointerEvent) => this.#end(event, index, POINTER_PHASE.cancel)}
          @lostpointercapture=${(event: PointerEvent) => this.#end(event, index, POINTER_PHASE.cancel)}
          @pointerleave=${(event: PointerEvent) => this.#leave(event, index)}
          @mousedown=${(event: MouseEvent) => this.#press?.drags && event.preventDefault()}
          @touchstart=${{ handleEvent: (event: TouchEvent) => this.#touch(event), passive: false }}></canvas>
        <div class="paper"></div>
        ${repeat(
          handles,
          ({ id }) => id,
          (handle) => this.#knob(handle),
        )}
      </div>
    </div>`;
  }

  #knob({ id, label, x, y, value, valueText, min, max }: Handle): TemplateResult {
    return html`<div class="knob" role="slider" tabindex="0" data-handle=${id} aria-label=${label} aria-valuemin=${min}
      aria-valuemax=${max} aria-valuenow=${value} aria-valuetext=${valueText} ${place({ left: `${x}px`, top: `${y}px` })}
      @keydown=${(event: KeyboardEvent) => this.#key(event, id)}
      @focus=${(event: FocusEvent) => this.#focus(event, id)}
      @blur=${() => this.#owner.learner((scene) => scene.focus())}></div>`;
  }

  /** Takes hold of the rendered stages. Safe to call after every render. */
  attach(root: HTMLElement): void {
    const boxes = [...root.querySelectorAll<HTMLElement>(".stage")].sort(
      (a, b) => Number(a.dataset.index) - Number(b.dataset.index),
    );
    if (this.#root === root && boxes.every((box, i) => this.#stages[i]?.box === box)) return;
    this.detach();
    this.#root = root;
    this.#stages = boxes.map((box) => ({
      box,
      base: box.querySelector(".base") as HTMLCanvasElement,
      live: box.querySelector(".live") as HTMLCanvasElement,
      width: 0,
      height: 0,
      version: undefined,
    }));
    const sizes = new ResizeObserver(() => this.#measure());
    for (const box of boxes) sizes.observe(box);
    const sight = new IntersectionObserver((entries) => this.#sight(entries.at(-1)?.isIntersecting ?? true), {
      rootMargin: "200px",
    });
    sight.observe(root);
    const wake = () => this.#schedule();
    document.addEventListener("visibilitychange", wake);
    this.#cleanup.push(
      () => sizes.disconnect(),
      () => sight.disconnect(),
      () => document.removeEventListener("visibilitychange", wake),
      this.#watchPixelRatio(),
    );
    this.#measure();
  }

  /** Lets go of the page; nothing runs until `attach`. */
  detach(): void {
    this.#cancel();
    for (const undo of this.#cleanup) undo();
    this.#cleanup = [];
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#root = undefined;
    this.#stages = [];
  }

  /** The pointer that was down is out of reach: the scene must not wait for it. */
  #cancel(): void {
    const press = this.#press;
    if (!press) return;
    this.#press = undefined;
    this.#owner.learner((scene) => scene.pointer(press.stage, POINTER_PHASE.cancel, press.kind, 0, 0));
  }

  /** Takes note of what an input led to. */
  follow({ changed, animating }: Outcome): void {
    this.#dirty ||= changed;
    this.#animating = animating;
    this.#schedule();
  }

  /** Draws everything again, the quiet layers too: the colours or the instance changed. */
  refresh(): void {
    for (const stage of this.#stages) stage.version = undefined;
    this.#dirty = true;
    this.#schedule();
  }

  /** Whether something that can be dragged lies so low in the first stage that a card over its lower edge would cover it. */
  isLow({ handles }: Common): boolean {
    const height = this.#stages[0]?.height ?? 0;
    return height > 0 && handles.some(({ stage, y }) => stage === 0 && y > 0.4 * height);
  }

  /** The canvases of each stage, base before live, with their place inside the widget; none of those that are not shown. */
  pictures(): Picture[] {
    const all = this.#stages.map(({ base, live, box }, index) => ({ index, canvases: [base, live], box }));
    return all.filter(({ box }) => box.clientWidth > 0);
  }

  #watchPixelRatio(): () => void {
    let query: MediaQueryList;
    const changed = () => {
      this.#measure(true);
      listen();
    };
    const listen = () => {
      query?.removeEventListener("change", changed);
      query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
      query.addEventListener("change", changed);
    };
    listen();
    return () => query.removeEventListener("change", changed);
  }

  #measure(force = false): void {
    const ratio = this.#pixelRatio();
    this.#stages.forEach((stage, index) => {
      const { clientWidth: width, clientHeight: height } = stage.box;
      if (width === 0 || height === 0) return;
      const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (!force && stage.width === width && stage.height === height && stage.live.width === across) return;
      stage.width = width;
      stage.height = height;
      for (const canvas of [stage.base, stage.live]) {
        canvas.width = across;
        canvas.height = down;
      }
      stage.version = undefined;
      this.#owner.guard(() => this.#scene()?.resize(index, width, height));
      this.#dirty = true;
    });
    // A resized canvas is blank: drawn in the same frame, before it is painted, it never flickers.
    if (this.#dirty) {
      this.#owner.guard(() => this.#draw());
      this.#owner.resized();
    }
  }

  #sight(onScreen: boolean): void {
    this.#onScreen = onScreen;
    if (onScreen) this.#schedule();
  }

  #schedule(): void {
    if (this.#frame || !this.#root || !this.#onScreen || document.hidden) return;
    if (!this.#dirty && !this.#animating) return;
    this.#frame = requestAnimationFrame((now) => this.#advance(now));
  }

  #advance(now: number): void {
    this.#frame = 0;
    if (this.#animating) {
      const passed = this.#last ? Math.min(now - this.#last, LONGEST_TICK) : 1000 / 60;
      const outcome = this.#owner.tick(passed);
      this.#dirty ||= outcome?.changed ?? false;
      this.#animating = outcome?.animating ?? false;
    }
    this.#last = this.#animating ? now : 0;
    if (this.#dirty) this.#owner.guard(() => this.#draw());
    this.#schedule();
  }

  #draw(): void {
    const scene = this.#scene();
    if (!scene) return;
    const ratio = this.#pixelRatio();
    this.#dirty = false;
    this.#stages.forEach((stage, index) => {
      if (stage.width === 0) return;
      const version = scene.baseVersion(index);
      if (version !== stage.version) {
        const base = stage.base.getContext("2d");
        if (base) scene.draw(index, LAYER.base, base, ratio);
        stage.version = version;
      }
      const live = stage.live.getContext("2d");
      if (live) scene.draw(index, LAYER.live, live, ratio);
    });
    scene.drawn();
  }

  /** Pixels of the screen for one of the canvas. */
  #pixelRatio(): number {
    const ratio = (devicePixelRatio || 1) * (this.#root?.currentCSSZoom ?? 1);
    return Math.min(ratio, MOST_PIXELS_PER_PIXEL);
  }

  #send(event: PointerEvent, index: number, phase: number): Outcome | undefined {
    const [x, y] = placeOf(event);
    return this.#owner.learner((scene) => scene.pointer(index, phase, kindOf(event), x, y));
  }

  /** What lies under a pointer. */
  #hit(event: PointerEvent, index: number): string | undefined {
    const [x, y] = placeOf(event);
    return this.#owner.guard(() => this.#scene()?.hit(index, kindOf(event), x, y));
  }

  #down(event: PointerEvent, index: number): void {
    if (this.#press || event.button !== 0) return;
    const outcome = this.#send(event, index, POINTER_PHASE.down);
    if (!outcome) return;
    const canvas = event.currentTarget as HTMLCanvasElement;
    this.#press = {
      pointer: event.pointerId,
      stage: index,
      kind: kindOf(event),
      drags: outcome.captured,
    };
    // Also where nothing was taken hold of: a click on a house ends wherever the pointer is let go, and the scene must hear of it.
    canvas.setPointerCapture(event.pointerId);
    if (!outcome.captured) return;
    canvas.style.cursor = "grabbing";
    // The arrows go on where the pointer let go.
    const id = this.#hit(event, index);
    this.#owner.learner((scene) => scene.focus());
    this.#byPointer = true;
    if (id)
      this.#stages[index]?.box
        .querySelector<HTMLElement>(`[data-handle="${CSS.escape(id)}"]`)
        ?.focus({ preventScroll: true, focusVisible: false });
    this.#byPointer = false;
  }

  #move(event: PointerEvent, index: number): void {
    if (this.#press && this.#press.pointer !== event.pointerId) return;
    this.#send(event, index, POINTER_PHASE.move);
    if (this.#press?.drags || event.pointerType === "touch") return;
    (event.currentTarget as HTMLCanvasElement).style.cursor = this.#hit(event, index) ? "grab" : "";
  }

  #end(event: PointerEvent, index: number, phase: number): void {
    if (this.#press?.pointer !== event.pointerId) return;
    this.#press = undefined;
    (event.currentTarget as HTMLCanvasElement).style.cursor = "";
    this.#send(event, index, phase);
  }

  #leave(event: PointerEvent, index: number): void {
    if (!this.#press) this.#send(event, index, POINTER_PHASE.leave);
  }

  /** A finger that landed on a handle drags it, as its pointer was told before; anywhere else it scrolls the page. */
  #touch(event: TouchEvent): void {
    if (this.#press?.drags && event.cancelable) event.preventDefault();
  }

  #key(event: KeyboardEvent, handle: string): void {
    if (!KEYS.has(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // Taken by a pointer it has no ring; whoever goes on with keys needs one.
    this.#owner.learner((scene) => scene.focus(handle));
    this.#owner.learner((scene) => scene.key(handle, event.key, event.shiftKey));
  }

  #focus(event: FocusEvent, handle: string): void {
    // A ring for keyboards only; whoever drags sees the knob grow.
    if (!this.#byPointer && (event.currentTarget as HTMLElement).matches(":focus-visible"))
      this.#owner.learner((scene) => scene.focus(handle));
  }
}

/** What no one has heard of is taken for a mouse. */
const kindOf = ({ pointerType }: PointerEvent): number => POINTER_KIND[pointerType] ?? 0;

/** In CSS pixels of the canvas, however the page turns, mirrors or scales it; browsers count the page's `zoom` in. */
function placeOf({ offsetX, offsetY, currentTarget }: PointerEvent): [x: number, y: number] {
  const zoom = (currentTarget as Element).currentCSSZoom || 1;
  return [offsetX / zoom, offsetY / zoom];
}
