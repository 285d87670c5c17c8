// A widget on the page: joins the scene, the page's wishes, the colours, the words and the parts, and offers what programs use.

import {
  LitElement,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
  unsafeCSS,
} from "lit";
import type { Outcome, SceneHandle } from "../engine/scene.js";
import type { StageInfo } from "../engine/types.js";
import { Appearance } from "./appearance.js";
import { Speech } from "./language.js";
import { Life } from "./life.js";
import { attributesOf } from "./moment.js";
import type { Actions } from "./parts/actions.js";
import { Cards, type PageNotice } from "./parts/cards.js";
import { Chart } from "./parts/chart.js";
import { Controls } from "./parts/controls.js";
import { Faces } from "./parts/faces.js";
import { LongLines } from "./parts/panel.js";
import { layOnPaper } from "./parts/paper.js";
import { wholeSvg } from "./parts/pictures.js";
import { ShareMenu } from "./parts/share-menu.js";
import { type Common, Reading } from "./reading.js";
import type { WidgetSchema } from "./schema.js";
import { Settings, settingAttributes } from "./settings.js";
import { Keyboard, keysOf } from "./shortcuts.js";
import { Speaker } from "./speaker.js";
import styles from "./styles/index.js";
import { tokenSheet } from "./theme.js";
import { failure, outline, type Parts, picture } from "./view.js";
import type { Words } from "./words/words.js";

/** Attributes of every widget that are no property of Lit's. */
const OWN_ATTRIBUTES = ["lang", "state"];

/** Buttons that come and go, one in another's place. */
const GROUPS = ".acts, .changes, .controls";

/** Those that go with the code of an embed. */
const CARRIED = ["lang", "controls", "shortcuts", "more"];

export abstract class DownhillElement<Readout extends Common = Common> extends LitElement {
  static override properties: PropertyDeclarations = {
    theme: { reflect: true, useDefault: true },
    controls: { reflect: true },
    shortcuts: { reflect: true },
    more: { reflect: true },
  };

  static override styles = [unsafeCSS(tokenSheet), unsafeCSS(styles)];

  /** What this kind of widget can be told and how it is laid out; every class that is defined has one. */
  static readonly schema: WidgetSchema;

  static override get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: each kind of widget has a schema of its own.
    const { schema } = this;
    // biome-ignore lint/complexity/noThisInStatic: Lit looks at the class that is being defined.
    return [...new Set([...super.observedAttributes, ...OWN_ATTRIBUTES, ...settingAttributes(schema.fields)])];
  }

  /** `auto` follows the background the widget stands on, `light` and `dark` do not. */
  declare theme: string;
  /** The names of the controls to show, with spaces between; all of them when absent, none for `none`. */
  declare controls: string | undefined;
  /** `off` keeps →, ← and Space for the page. */
  declare shortcuts: string | undefined;
  /** `open` shows what else lies behind More from the start. */
  declare more: string | undefined;

  readonly #schema: WidgetSchema;
  readonly #life: Life<Readout>;
  readonly #reading: Reading<Readout>;
  readonly #settings: Settings;
  readonly #speech: Speech;
  readonly #appearance: Appearance;
  readonly #speaker: Speaker;
  readonly #keyboard = new Keyboard();
  readonly #longLines = new LongLines();
  readonly #parts: Parts;
  #stages: StageInfo[] = [];
  #notice: PageNotice | undefined;
  #learnerRuns = false;
  #showsTable = false;
  /** Whether the learner has More open; as the page says until touched. */
  #moreOpen: boolean | undefined;
  /** What had the focus before a rendering. */
  #focused: Element | null = null;
  /** The group in which that stood, and at which place. */
  #beside: Element | null = null;
  #at = -1;
  #byKeys = false;
  #cleanup: (() => void)[] = [];

  constructor() {
    super();
    this.theme = "auto";
    this.#schema = (this.constructor as typeof DownhillElement).schema;
    this.#speech = new Speech(this);
    this.#life = new Life<Readout>(this.#owner());
    const chart = new Chart(this.#chartOwner(), () => this.#life.scene);
    this.#reading = new Reading(
      this,
      this.#life,
      () => this.requestUpdate(),
      (outcome) => chart.follow(outcome),
    );
    this.#appearance = new Appearance(this, {
      root: () => this.#root,
      scene: () => this.#life.scene,
      recoloured: () => chart.refresh(),
      printing: (now) => this.#print(now),
      pageChanged: () => this.#listen(),
      guard: (work) => this.#life.guard(work),
    });
    this.#speaker = new Speaker(
      this,
      () => this.#root,
      () => this.#reading.heard,
    );
    const share = new ShareMenu(this, {
      kind: this.#schema.kind,
      words: () => this.words,
      state: () => this.state,
      attributes: () => attributesOf(this.state, this.#life.plain(this.#speech.tag), this.#schema.fields),
      own: () =>
        new Map(CARRIED.flatMap((name) => (this.getAttribute(name) ? [[name, this.getAttribute(name) ?? ""]] : []))),
      csv: () => this.#life.guard(() => this.#life.scene?.csv()) ?? "",
      svg: () => this.toSvg(),
      pictures: () => chart.pictures(),
      ground: () => this.#appearance.behind,
      title: () => this.readout?.prompt ?? "",
      note: () => this.readout?.shareNote ?? null,
    });
    this.#parts = { chart, share, controls: new Controls(this), cards: new Cards(this), faces: new Faces(this) };
    this.#settings = new Settings(this, this.#schema.fields, (name, value) => this.withholds(name, value));
    // Set on the plain element before its class was known: an own property hides the accessor below.
    if (Object.hasOwn(this, "state")) {
      const { state } = this as { state?: unknown };
      Reflect.deleteProperty(this, "state");
      this.#life.show(state);
    }
  }

  /** Resolves when the widget shows and answers; rejects if the engine cannot be had. */
  get ready(): Promise<void> {
    return this.#life.ready;
  }

  /** Plain data, versioned: what a share link carries. Setting it shows that moment; what cannot be read is told in a card. */
  get state(): unknown {
    this.#flush();
    return this.#life.state;
  }

  set state(value: unknown) {
    this.#flush();
    this.#life.guard(() => this.#life.show(value));
  }

  /** The numbers, words and handles of this moment. Undefined until `ready`. */
  get readout(): Readout | undefined {
    this.#flush();
    return this.#reading.now;
  }

  /** Takes steps. What a program does fires no events. */
  step(count = 1): void {
    this.#program((scene) => scene.step(count), true);
  }

  stepBack(count = 1): void {
    this.#program((scene) => scene.stepBack(count));
  }

  run(): void {
    this.#learnerRuns = false;
    this.#program((scene) => scene.run(), true);
  }

  pause(): void {
    this.#program((scene) => scene.pause());
  }

  reset(): void {
    this.#program((scene) => scene.reset());
  }

  /** The picture as one SVG document; empty until `ready`. */
  toSvg(): string {
    this.#flush();
    const { scene } = this.#life;
    if (!scene) return "";
    return this.#life.guard(() => wholeSvg(this.#parts.chart.pictures(), (stage) => scene.svg(stage))) ?? "";
  }

  /** A setting as the page set it, in its property's type; `undefined` for the default and before `ready`. */
  protected setting(name: string): unknown {
    this.#flush();
    return this.#settings.get(name, this.#life.scene);
  }

  /** The page sets a setting. Whatever it is, the engine reads it, and says so if it cannot. */
  protected wish(name: string, value: unknown): void {
    this.#settings.set(name, value);
    this.requestUpdate();
  }

  /** Whether the widget looks after a value itself instead of telling the engine. */
  protected withholds(_name: string, _value: unknown): boolean {
    return false;
  }

  /** A value that is withheld was set, or stood there when a scene was made of nothing but the page's wishes. */
  protected withheld(_name: string, _value: unknown): void {}

  /** What this kind of widget has besides its declared controls. */
  protected extras(_readout: Readout): TemplateResult | typeof nothing {
    return nothing;
  }

  /** The language of what is said around the picture. */
  protected get words(): Words {
    return this.#speech.words;
  }

  /** Whether the `controls` attribute lets a learner touch this. */
  protected shows(name: string): boolean {
    return this.#names(name) ?? name !== "none";
  }

  /** Carries out what a learner asked for, and says so in events. What the page itself had to say has been read by then. */
  protected learner(work: (scene: SceneHandle<Readout>) => Outcome, steps = false): void {
    if (this.#notice) this.requestUpdate();
    this.#notice = undefined;
    this.#reading.carryOut(work, true, steps);
  }

  /** The same for the page, which is told of nothing it did itself. */
  protected page(work: (scene: SceneHandle<Readout>) => Outcome, steps = false): void {
    this.#reading.carryOut(work, false, steps);
  }

  /** A card of the page's own, until a learner asks for something. */
  protected notify(notice: PageNotice): void {
    this.#notice = notice;
    this.requestUpdate();
  }

  override attributeChangedCallback(name: string, old: string | null, text: string | null): void {
    super.attributeChangedCallback(name, old, text);
    if (name === "state") this.#life.guard(() => this.#life.showPacked(text));
    else if (name === "lang") this.#listen();
    else if (this.#settings.attributeChanged(name, text)) this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#cleanup.push(this.#appearance.watch(), this.#life.watch(), this.#speaker.watch());
    // It may have come into a part of the page, or into a page, that speaks another language or looks otherwise.
    this.#listen();
    this.#appearance.retheme();
    void this.#life.start(() => {
      this.requestUpdate();
      return this.updateComplete;
    });
  }

  /** Moved into another document: a stylesheet is of one document only. */
  adoptedCallback(): void {
    const { defaultView } = this.ownerDocument;
    const { shadowRoot } = this;
    if (!defaultView || !shadowRoot) return;
    shadowRoot.adoptedStyleSheets = [tokenSheet, styles].map((text) => {
      const sheet = new defaultView.CSSStyleSheet();
      sheet.replaceSync(text);
      return sheet;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const undo of this.#cleanup) undo();
    this.#cleanup = [];
    this.#parts.chart.detach();
    // A move in the page is a removal followed at once by an insertion; only what stays away lets its memory go.
    setTimeout(() => {
      if (this.isConnected) return;
      this.#life.leave();
      this.#reading.end();
    });
  }

  protected override willUpdate(): void {
    this.#flush();
    this.#focused = this.shadowRoot?.activeElement ?? null;
    this.#beside = this.#focused?.closest(GROUPS) ?? null;
    this.#byKeys = this.#focused?.matches(":focus-visible") ?? false;
    this.#at = [...(this.#beside?.querySelectorAll("button") ?? [])].indexOf(this.#focused as HTMLButtonElement);
  }

  protected override updated(changed: PropertyValues): void {
    const root = this.#root;
    if (!root || !this.#life.scene || this.#life.problem) return;
    // A button that did its work and is gone must not leave the keyboard at the top of the page.
    if (this.#focused && !this.#focused.isConnected) {
      const beside = this.#beside?.isConnected ? [...this.#beside.querySelectorAll("button")] : [];
      const next = beside[Math.min(this.#at, beside.length - 1)];
      const place = next ?? root.querySelector<HTMLElement>(".stages[tabindex], .knob");
      // Whoever goes on with keys must see where; whoever tapped is looking elsewhere.
      place?.focus({ preventScroll: !this.#byKeys });
    }
    if (changed.has("theme") || this.#appearance.pending) this.#appearance.retheme();
    this.#parts.chart.attach(root);
    this.#longLines.changed(root);
    this.#parts.share.rendered();
    this.#speaker.notice();
  }

  protected override render(): TemplateResult {
    const { words } = this;
    if (this.#life.problem) return failure(this.#life.problem, words, this.textContent?.trim() !== "");
    const readout = this.#reading.shown;
    if (!this.#life.scene || !readout) return outline();
    const shows = (name: string) => this.shows(name);
    const learner = (work: (scene: SceneHandle) => Outcome) => this.learner(work);
    return picture(
      {
        words,
        readout,
        stages: this.#stages,
        linked: this.#schema.linked,
        beat: this.#reading.beat,
        notice: this.#notice,
        table: this.#showsTable ? this.#life.guard(() => this.#life.scene?.table()) : undefined,
        actions: this.#actions(readout),
        controls: {
          words,
          read: (text) => this.#life.guard(() => this.#life.scene?.readNumber(text)) ?? { problem: "" },
          formula: readout.formula,
          slopeHere: slopeHere(readout),
          handles: readout.handles,
          shows,
          learner,
        },
        names: (control) => this.#names(control) === true,
        extras: this.extras(readout),
        act: (id) => this.learner((scene) => scene.act(id)),
        pressed: this.#pressed,
        followed: (event) => this.#keyboard.followed(event),
        tableToggled: this.#tableToggled,
        more: { open: this.#moreOpen ?? this.more === "open", toggled: this.#moreToggled },
      },
      this.#parts,
    );
  }

  get #root(): HTMLElement | null {
    return this.renderRoot?.querySelector<HTMLElement>(".root") ?? null;
  }

  #owner() {
    const element = this;
    return {
      kind: this.#schema.kind,
      tables: this.#schema.tables,
      get isConnected() {
        return element.isConnected;
      },
      given: () => this.#settings.given(this.#speech.tag),
      adopted: (fresh: boolean) => this.#adopted(fresh),
      moved: () => {
        this.#reading.forget();
        this.#parts.chart.refresh();
      },
      failed: () => {
        this.#parts.chart.detach();
        this.requestUpdate();
      },
      badState: (later: boolean) => this.notify(({ cards }) => (later ? cards.badStateLater : cards.badState)),
    };
  }

  #chartOwner() {
    return {
      learner: (work: (scene: SceneHandle) => Outcome) => this.#reading.carryOut(work, true),
      tick: (milliseconds: number) =>
        this.#reading.carryOut((scene) => scene.tick(milliseconds), this.#learnerRuns, true),
      resized: () => this.#reading.forget(),
      guard: <T>(work: () => T) => this.#life.guard(work),
    };
  }

  #adopted(fresh: boolean): void {
    const { scene } = this.#life;
    if (!scene) return;
    this.#stages = scene.stages();
    this.#learnerRuns = false;
    this.#settings.started(scene);
    this.#appearance.forget();
    this.#parts.chart.detach();
    this.#reading.forget();
    if (fresh) for (const [name, value] of this.#settings.withheld()) this.withheld(name, value);
  }

  /** The language may be another now. */
  #listen(): void {
    if (!this.#speech.look()) return;
    this.page((scene) => scene.language(this.#speech.tag));
    this.#reading.forget();
  }

  #print(now: boolean): void {
    const { scene } = this.#life;
    const pictures = this.#parts.chart.pictures();
    this.#life.guard(() => layOnPaper(pictures, now && scene ? (stage) => scene.svg(stage) : undefined));
  }

  /** Settings take effect with the next rendering; a call right after setting one must find it done. */
  #flush(): void {
    if (!this.#settings.waiting || !this.#life.scene) return;
    this.page((scene) => this.#settings.flush(scene, (name, value) => this.withheld(name, value)));
  }

  #program(work: (scene: SceneHandle<Readout>) => Outcome, steps = false): void {
    this.#flush();
    this.page(work, steps);
  }

  /** Whether the `controls` attribute names this; none where there is no such attribute. */
  #names(name: string): boolean | undefined {
    const { controls } = this;
    return controls === undefined || controls === null
      ? undefined
      : String(controls)
          .split(/[\s,]+/)
          .includes(name);
  }

  #actions(readout: Readout): Actions {
    return {
      shows: (name: string) => this.shows(name),
      running: readout.status === "running",
      shortcuts: this.shortcuts !== "off",
      words: this.words,
      step: () => this.learner((scene) => scene.step(1), true),
      stepBack: () => this.learner((scene) => scene.stepBack(1)),
      toggleRun: () => this.#toggleRun(),
      reset: () => this.learner((scene) => scene.reset()),
      undo: () => this.learner((scene) => scene.undo()),
      redo: () => this.learner((scene) => scene.redo()),
    };
  }

  #toggleRun(): void {
    this.#learnerRuns = true;
    const running = this.readout?.status === "running";
    this.learner((scene) => (running ? scene.pause() : scene.run()), !running);
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const { readout } = this;
    const keys =
      readout && this.shortcuts !== "off"
        ? keysOf(readout, this.#actions(readout), this.#parts.cards.close)
        : undefined;
    this.#keyboard.pressed(event, keys);
  };

  readonly #moreToggled = (event: Event): void => {
    // The browser tells of a disclosure inside it too, and of one that was opened by the page.
    if (event.target !== event.currentTarget) return;
    this.#moreOpen = (event.target as HTMLDetailsElement).open;
  };

  readonly #tableToggled = (event: Event): void => {
    this.#showsTable = (event.target as HTMLDetailsElement).open;
    this.requestUpdate();
  };
}

/** The number that the derivative's formula has here, rounded as everywhere else; nothing where there is no tangent. */
function slopeHere({ equation, triangle }: Common): string {
  if (!triangle) return "";
  return equation.findLast(({ role, operator }) => role === "gradient" && !operator)?.value ?? "";
}
