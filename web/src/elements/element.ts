// What every widget needs and none repeats: the engine, the scene's handle, the page's colours, events, and the order of the parts.

import {
  html,
  LitElement,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
  unsafeCSS,
} from "lit";
import { engine } from "../engine/engine.js";
import { DownhillError } from "../engine/error.js";
import { type Outcome, SceneHandle, type Setting } from "../engine/scene.js";
import type { Notice, Panel, StageInfo, Table } from "../engine/types.js";
import { decodeState } from "../share.js";
import { actionRow } from "./parts/actions.js";
import { Chart } from "./parts/chart.js";
import { dataTable, equation, figures, noticeCard, plainSentence, sentence } from "./parts/panel.js";
import { wholeSvg } from "./parts/pictures.js";
import { ShareMenu } from "./parts/share-menu.js";
import styles from "./styles.css";
import { type Appearance, measure, sceneTokens, type ThemeChoice, tokenSheet } from "./theme.js";

/** The sentence about this moment is spoken at most twice a second. */
const SPEAK_EVERY = 500;
/** The state is kept for the case of a trap once nothing has happened for this long. */
const REMEMBER_AFTER = 250;

export abstract class DownhillElement<Readout extends Panel = Panel> extends LitElement {
  static override properties: PropertyDeclarations = {
    theme: { reflect: true },
    controls: { reflect: true },
    shortcuts: { reflect: true },
    stateText: { attribute: "state" },
  };

  static override styles = [unsafeCSS(tokenSheet), unsafeCSS(styles)];

  /** `auto` follows the background the widget stands on. */
  declare theme: ThemeChoice;
  /** The names of the controls to show, with spaces between; all of them when absent, none for `none`. */
  declare controls: string | undefined;
  /** `off` keeps →, ← and Space for the page. */
  declare shortcuts: string | undefined;
  /** The `state` attribute: a share link's fragment, or JSON. */
  declare stateText: string | undefined;

  /** Which scene this element shows, by the engine's name. */
  protected abstract readonly kind: string;
  /** Sizes of the stages before the engine has told them, so that nothing jumps when it has. */
  protected abstract readonly outlines: readonly Pick<StageInfo, "id" | "wideAspect" | "narrowAspect">[];
  /** What the attributes say, for a scene that does not exist yet. */
  protected abstract config(): object;
  /** What changed properties say to a scene that does. */
  protected abstract settings(changed: PropertyValues): Setting[];
  /** Called for each scene made afresh from the attributes. */
  protected sceneMade(): void {}
  /** The controls between the readout and the actions. */
  protected abstract controlRow(readout: Readout): TemplateResult;

  /** Resolves when the widget shows and answers; rejects if the engine cannot be had. */
  readonly ready: Promise<void>;

  protected scene: SceneHandle<Readout> | undefined;
  #resolve: () => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #readout: Readout | undefined;
  #stages: StageInfo[] = [];
  #pendingState: unknown;
  #problem: DownhillError | undefined;
  #pageNotice: Notice | null = null;
  #learnerRuns = false;
  #appearance: Appearance = { dark: false, ground: "site", behind: "rgb(255, 255, 255)" };
  #themed = "";
  #spoken = "";
  #speaker: ReturnType<typeof setTimeout> | undefined;
  #memory: ReturnType<typeof setTimeout> | undefined;
  #showsTable = false;
  #updating = false;
  #cleanup: (() => void)[] = [];
  readonly #chart: Chart;
  readonly #share: ShareMenu;

  constructor() {
    super();
    this.theme = "auto";
    this.ready = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // A page that never asks must not be told of an unhandled rejection: the card says it.
    this.ready.catch(() => undefined);
    const owner = {
      learner: (work: (scene: SceneHandle) => Outcome) => this.learner(work),
      tick: (milliseconds: number) => this.#carryOut((scene) => scene.tick(milliseconds), this.#learnerRuns),
      resized: () => this.#stale(),
      guard: <T>(work: () => T) => this.#guard(work),
    };
    this.#chart = new Chart(owner, () => this.scene);
    this.#share = new ShareMenu(this, {
      kind: () => this.kind,
      state: () => this.state,
      table: () => this.#guard(() => this.scene?.table()),
      svg: () => this.toSvg(),
      pictures: () => this.#chart.pictures(),
      ground: () => this.#appearance.behind,
      title: () => this.readout?.prompt ?? "",
      note: () => (this.readout ? this.shareNote(this.readout) : null),
    });
    // Set on the plain element before its class was known: an own property hides the accessor below.
    if (Object.hasOwn(this, "state")) {
      this.#pendingState = (this as { state?: unknown }).state;
      Reflect.deleteProperty(this, "state");
    }
  }

  /** Plain data, versioned: what a share link carries. Setting it shows that moment; a state that cannot be read throws. */
  get state(): unknown {
    this.#applyProperties();
    return this.scene ? this.scene.state() : this.#pendingState;
  }

  set state(value: unknown) {
    if (!this.scene) {
      this.#pendingState = value;
      return;
    }
    const next = new SceneHandle<Readout>(this.kind, this.config(), structuredClone(value));
    this.scene.free();
    this.#adopt(next);
  }

  /** The numbers, words and handles of this moment. Undefined until `ready`. */
  get readout(): Readout | undefined {
    this.#applyProperties();
    this.#readout ??= this.#guard(() => this.scene?.readout());
    return this.#readout;
  }

  /** Takes steps. What a program does fires no events. */
  step(count = 1): void {
    this.#applyProperties();
    this.#carryOut((scene) => scene.step(count), false);
  }

  stepBack(count = 1): void {
    this.#applyProperties();
    this.#carryOut((scene) => scene.stepBack(count), false);
  }

  run(): void {
    this.#applyProperties();
    this.#learnerRuns = false;
    this.#carryOut((scene) => scene.run(), false);
  }

  pause(): void {
    this.#applyProperties();
    this.#carryOut((scene) => scene.pause(), false);
  }

  reset(): void {
    this.#applyProperties();
    this.#carryOut((scene) => scene.reset(), false);
  }

  /** The picture as one SVG document; empty until `ready`. */
  toSvg(): string {
    const { scene } = this;
    if (!scene) return "";
    return this.#guard(() => wholeSvg(this.#chart.pictures(), (stage) => scene.svg(stage))) ?? "";
  }

  /** Properties take effect with the next rendering; a call right after setting one must find it done. */
  #applyProperties(): void {
    if (!this.#updating && this.scene && this.hasUpdated && this.isUpdatePending) this.performUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const retheme = () => this.#retheme();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const forced = matchMedia("(forced-colors: active)");
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    const calm = () => this.#guard(() => this.scene?.reducedMotion(still.matches));
    const paper = () => this.#retheme(true);
    for (const query of [dark, forced]) query.addEventListener("change", retheme);
    still.addEventListener("change", calm);
    addEventListener("beforeprint", paper);
    addEventListener("afterprint", retheme);
    // Pages switch their theme by a class or an attribute on the root or the body.
    const page = new MutationObserver(retheme);
    for (const node of [document.documentElement, document.body]) {
      if (node) page.observe(node, { attributes: true, attributeFilter: ["class", "style", "data-theme"] });
    }
    this.#cleanup.push(
      () => page.disconnect(),
      () => removeEventListener("beforeprint", paper),
      () => removeEventListener("afterprint", retheme),
      () => still.removeEventListener("change", calm),
      () => dark.removeEventListener("change", retheme),
      () => forced.removeEventListener("change", retheme),
      engine.onReplaced(() => this.#afterReplacement()),
    );
    void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const undo of this.#cleanup) undo();
    this.#cleanup = [];
    this.#chart.detach();
    clearTimeout(this.#speaker);
    // A move in the page is a removal followed at once by an insertion; only what stays away lets its memory go.
    setTimeout(() => {
      if (this.isConnected || !this.scene) return;
      const { scene } = this;
      this.#guard(() => {
        this.#pendingState = scene.state();
        scene.free();
      });
      clearTimeout(this.#memory);
      this.scene = undefined;
      this.#readout = undefined;
    });
  }

  async #start(): Promise<void> {
    try {
      await engine.init();
      if (!this.isConnected) return;
      if (this.scene) {
        this.requestUpdate();
        return;
      }
      this.#adopt(this.#guard(() => this.#make()));
      await this.updateComplete;
      this.#resolve();
    } catch (error) {
      this.#fail(error);
    }
  }

  #make(): SceneHandle<Readout> {
    let state = this.#pendingState;
    if (state === undefined && this.stateText) {
      try {
        state = decodeState(this.stateText);
        return new SceneHandle<Readout>(this.kind, this.config(), state);
      } catch {
        this.#pageNotice = {
          kind: "error",
          title: "This moment could not be read",
          text: "The link is damaged or of another version, so the chart starts from the beginning.",
          action: null,
        };
        state = undefined;
      }
    }
    this.#pendingState = undefined;
    if (state === undefined) queueMicrotask(() => this.sceneMade());
    return new SceneHandle<Readout>(this.kind, this.config(), state);
  }

  #adopt(scene: SceneHandle<Readout> | undefined): void {
    if (!scene) return;
    this.scene = scene;
    this.#stages = scene.stages();
    this.#learnerRuns = false;
    this.#themed = "";
    scene.reducedMotion(matchMedia("(prefers-reduced-motion: reduce)").matches);
    this.#stale();
    this.#chart.detach();
  }

  /** A fresh instance stands in for one that trapped: show in it what was shown before. */
  #afterReplacement(): void {
    if (!this.scene) return;
    if (this.scene.broken) this.#fail(new DownhillError({ code: "E_ENGINE", message: "This chart stopped working." }));
    else {
      this.#stale();
      this.#chart.refresh();
    }
  }

  #fail(error: unknown): void {
    this.#problem =
      error instanceof DownhillError ? error : new DownhillError({ code: "E_LOAD", message: String(error) });
    this.#chart.detach();
    this.#reject(this.#problem);
    this.requestUpdate();
  }

  /** Runs work on the scene. A refusal is the caller's to hear; a trap is dealt with here. */
  #guard<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof DownhillError) || error.code !== "E_ENGINE") throw error;
      if (this.scene?.broken) this.#fail(error);
      return undefined;
    }
  }

  /** Carries out what a learner did, and says so in events. */
  protected learner(work: (scene: SceneHandle<Readout>) => Outcome): Outcome | undefined {
    return this.#carryOut(work, true);
  }

  /** A learner's setting. */
  protected set(name: string, value?: unknown): void {
    this.#pageNotice = null;
    this.learner((scene) => scene.set(value === undefined ? { name } : { name, value }, false));
  }

  /** A program's setting. */
  protected program(setting: Setting): void {
    this.#carryOut((scene) => scene.set(setting, true), false);
  }

  /** A card of the page's own, until the learner does something. */
  protected notify(notice: Notice): void {
    this.#pageNotice = notice;
    this.requestUpdate();
  }

  #carryOut(work: (scene: SceneHandle<Readout>) => Outcome, byLearner: boolean): Outcome | undefined {
    const { scene } = this;
    if (!scene) return undefined;
    return this.#guard(() => {
      const outcome = work(scene);
      const events = scene.takeEvents();
      if (outcome.changed || events.length > 0) this.#stale();
      this.#chart.follow(outcome);
      if (byLearner) for (const event of events) this.#tell(event);
      return outcome;
    });
  }

  #tell(event: string): void {
    const { readout } = this;
    // The readout itself, and once more by name for listeners that like to take it apart.
    this.dispatchEvent(
      new CustomEvent(`downhill-${event}`, { bubbles: true, composed: true, detail: { ...readout, readout } }),
    );
  }

  #stale(): void {
    this.#readout = undefined;
    this.requestUpdate();
    clearTimeout(this.#memory);
    this.#memory = setTimeout(() => this.#guard(() => this.scene?.state()), REMEMBER_AFTER);
  }

  protected override performUpdate(): void {
    this.#updating = true;
    try {
      super.performUpdate();
    } finally {
      this.#updating = false;
    }
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.scene || !this.hasUpdated) return;
    for (const setting of this.settings(changed)) this.#carryOut((scene) => scene.set(setting, true), false);
    if (changed.has("stateText") && this.stateText) this.state = decodeState(this.stateText);
  }

  protected override updated(changed: PropertyValues): void {
    const root = this.renderRoot.querySelector<HTMLElement>(".root");
    if (!root || !this.scene || this.#problem) return;
    if (changed.has("theme") || this.#themed === "") this.#retheme();
    this.#chart.attach(root);
    this.#speak();
  }

  #retheme(paper = false): void {
    const root = this.renderRoot.querySelector<HTMLElement>(".root");
    if (!root || !this.scene) return;
    const choice = paper ? "light" : this.theme;
    const appearance = paper
      ? { dark: false, ground: "site" as const, behind: "rgb(255, 255, 255)" }
      : measure(this, choice);
    this.#appearance = appearance;
    root.className = `root ${appearance.ground} ${appearance.dark ? "dark" : "light"}`;
    root.style.setProperty("--_behind", appearance.behind);
    root.style.setProperty("--_host-ink", getComputedStyle(this).color);
    const probe = root.querySelector<HTMLElement>(".probe");
    if (!probe) return;
    const tokens = sceneTokens(probe, appearance);
    const key = JSON.stringify(tokens);
    if (key !== this.#themed) {
      this.#themed = key;
      this.#guard(() => this.scene?.theme(tokens));
      this.#chart.refresh();
    }
    // What is out of sight has not been drawn lately, and paper shows it all.
    if (paper) this.#chart.drawNow();
  }

  /** The sentence, for a screen reader: not at first sight, and not faster than it can be heard. */
  #speak(): void {
    const words = plainSentence(this.readout?.explain ?? []);
    if (this.#spoken === "") this.#spoken = words;
    if (words === this.#spoken || this.#speaker !== undefined) return;
    this.#speaker = setTimeout(() => {
      this.#speaker = undefined;
      this.#spoken = plainSentence(this.readout?.explain ?? []);
      const line = this.renderRoot.querySelector(".spoken");
      if (line) line.textContent = this.#spoken;
    }, SPEAK_EVERY);
  }

  protected override render(): TemplateResult {
    if (this.#problem) return this.#card(this.#problem);
    const { readout } = this;
    if (!this.scene || !readout) return this.#outline();
    return html`<div class="root" part="root" lang="en-GB" role="group" aria-labelledby="prompt" @keydown=${this.#shortcut}>
      <span class="probe" aria-hidden="true"></span>
      <div class="head">
        <p class="prompt" id="prompt" part="prompt">${readout.prompt}</p>
        ${this.shows("share") ? this.#share.button() : nothing}
      </div>
      <div class="body">
        ${this.layout(readout)}
        ${noticeCard(readout.notice ?? this.#pageNotice, (id) => this.set("act", id))}
        ${this.shows("none") ? nothing : html`<div class="controls" part="controls">${this.controlRow(readout)}</div>`}
        ${actionRow(readout, this.#actions())}
        <details class="numbers" part="table" @toggle=${this.#toggleTable}>
          <summary>The numbers as a table</summary>
          ${this.#showsTable ? dataTable(this.#guard(() => this.scene?.table()) ?? NO_TABLE) : nothing}
        </details>
      </div>
      <p class="spoken visually-hidden" role="status"></p>
      ${this.#share.dialog()}
      ${CREDIT ? html`<p class="credit"><a href=${CREDIT} target="_blank" rel="noopener">Made with Downhill</a></p>` : nothing}
    </div>`;
  }

  /** Stages and readout; widgets with linked stages arrange them in their own way. */
  protected layout(readout: Readout): TemplateResult {
    return html`<div class="stages" part="stages" tabindex="0" role="group" aria-label=${this.chartName}>${this.stageTemplates(readout)}</div>
      ${this.readoutRow(readout)}`;
  }

  /** What a link to this moment leaves out, in one sentence for the share menu. */
  protected shareNote(_readout: Readout): string | null {
    return null;
  }

  protected get chartName(): string {
    return this.shortcuts === "off" ? "Chart" : "Chart. Right arrow: step. Left arrow: step back. Space: run or pause.";
  }

  protected stageTemplates(readout: Readout): TemplateResult[] {
    return this.#stages.map((info, index) => this.#chart.stage(info, index, readout));
  }

  protected readoutRow(readout: Readout): TemplateResult {
    return html`<div class="readout" part="readout">
      ${figures(readout.figures)} ${equation(readout.equation, readout.equationSpoken)}
      <p class="explain" part="explain"><span>${sentence(readout.explain)}</span></p>
    </div>`;
  }

  /** Whether the `controls` attribute lets a learner touch this. */
  protected shows(name: string): boolean {
    const { controls } = this;
    if (controls === undefined || controls === null) return name !== "none";
    return controls.split(/[\s,]+/).includes(name);
  }

  #actions() {
    const status = (this.readout as { status?: string } | undefined)?.status;
    return {
      shows: (name: string) => this.shows(name),
      running: status === "running",
      shortcuts: this.shortcuts !== "off",
      step: () => this.learner((scene) => scene.step(1)),
      stepBack: () => this.learner((scene) => scene.stepBack(1)),
      toggleRun: () => this.#toggleRun(),
      reset: () => this.learner((scene) => scene.reset()),
      undo: () => this.learner((scene) => scene.undo()),
    };
  }

  #toggleRun(): void {
    this.#learnerRuns = true;
    const running = (this.readout as { status?: string } | undefined)?.status === "running";
    this.learner((scene) => (running ? scene.pause() : scene.run()));
  }

  /** → ← and Space, while neither a field nor a control that needs them has the focus. */
  readonly #shortcut = (event: KeyboardEvent): void => {
    if (this.shortcuts === "off" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.composedPath()[0];
    if (
      !(target instanceof HTMLElement) ||
      target.closest("input, select, textarea, summary, dialog, [role=menu], [role=slider]")
    )
      return;
    const onButton = target.closest("button, a") !== null;
    if (event.key === "ArrowRight" && this.shows("step") && this.readout?.canStep)
      this.learner((scene) => scene.step(1));
    else if (event.key === "ArrowLeft" && this.shows("step") && this.readout?.canStepBack)
      this.learner((scene) => scene.stepBack(1));
    else if (event.key === " " && this.shows("run") && !onButton) this.#toggleRun();
    else return;
    event.preventDefault();
  };

  readonly #toggleTable = (event: Event): void => {
    this.#showsTable = (event.target as HTMLDetailsElement).open;
    this.requestUpdate();
  };

  /** The stage at its final size, a still grey curve and a bar; what the page wrote inside the element stands under it. */
  #outline(): TemplateResult {
    return html`<div class="root site loading" aria-busy="true">
      <div class="skeleton" aria-hidden="true"><svg viewBox="0 0 960 430" preserveAspectRatio="none" fill="none"><path d="M40 60C200 420 330 420 480 250S760 120 920 330"></path></svg><i></i></div>
      <slot></slot>
    </div>`;
  }

  /** The card that stands in for a widget without an engine. */
  #card({ code }: DownhillError): TemplateResult {
    const text =
      code === "E_LOAD"
        ? "This picture cannot move in your browser. What it shows is written here."
        : "This picture stopped working. Load the page again to move it.";
    return html`<div class="root site failed" lang="en-GB">
      <div class="status error" part="notice" role="status" data-kind="engine"><div><b>${text}</b></div></div>
      <slot></slot>
    </div>`;
  }
}

const NO_TABLE: Table = { caption: "", columns: [], rows: [] };

/** Where this script came from, unless the page is of the same site: then there is no one to credit. */
const CREDIT = (() => {
  const home = new URL("./", import.meta.url);
  return home.protocol.startsWith("http") && !document.baseURI.startsWith(home.href)
    ? new URL("index.html", home).href
    : undefined;
})();
