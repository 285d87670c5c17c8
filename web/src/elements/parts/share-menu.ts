// Share: a link to this moment, the code of an embed, the picture, the numbers.

import { html, nothing, type TemplateResult } from "lit";
import { type Words, wordsFor } from "../words/words.js";
import { elementCode, frameCode, linkTo, type Moment, type Shown } from "./embed-code.js";
import { segmented } from "./fields.js";
import { icons } from "./icons.js";
import { maySave, type Picture, save, wholeCanvas } from "./pictures.js";

interface Source {
  kind: string;
  words(): Words;
  state(): unknown;
  /** What says the same in words, where it can be said. */
  attributes(): ReadonlyMap<string, string> | undefined;
  /** What the page chose besides. */
  own(): ReadonlyMap<string, string>;
  csv(): string;
  svg(): string;
  pictures(): Picture[];
  ground(): string;
  title(): string;
  /** What a link leaves out, if anything. */
  note(): string | null;
}

type Way = "element" | "frame" | "link";

export class ShareMenu {
  readonly #host: HTMLElement & { requestUpdate(): void };
  readonly #source: Source;
  #open = false;
  #embed = false;
  #way: Way = "element";
  #theme = "auto";
  #said: "copied" | "copiedCode" | "cannotCopy" | "refused" | "mayBeRefused" | undefined;

  constructor(host: HTMLElement & { requestUpdate(): void }, source: Source) {
    this.#host = host;
    this.#source = source;
  }

  button(): TemplateResult {
    const words = this.#source.words().share;
    const note = this.#open ? this.#source.note() : null;
    return html`<div class="share" @keydown=${this.#keys} @focusout=${this.#away}>
      <button class="iconbtn" part="share" type="button" aria-label=${words.name} aria-haspopup="menu" aria-expanded=${this.#open}
        @click=${() => this.#toggle(!this.#open)}>${icons.share}</button>
      ${
        this.#open
          ? html`<div class="menu">
            <div role="menu" aria-label=${words.name} aria-describedby=${note ? "share-note" : nothing}>
              ${this.#item(icons.link, words.link, () => this.#copy(linkTo(this.#moment())))}
              ${this.#item(icons.embed, words.embed, () => this.#showEmbed())}
              ${this.#item(icons.picture, words.svg, () => this.#save("svg"))}
              ${this.#item(icons.picture, words.png, () => this.#save("png"))}
              ${this.#item(icons.table, words.csv, () => this.#save("csv"))}
            </div>
            ${note ? html`<p class="menu-note" id="share-note">${note}</p>` : nothing}
          </div>`
          : nothing
      }
      <p class="said" role="status">${this.#answer()}</p>
    </div>`;
  }

  dialog(): TemplateResult | typeof nothing {
    if (!this.#embed) return nothing;
    const words = this.#source.words().embed;
    const code = this.#code();
    const way = (value: Way, label: string) => ({ value, label });
    return html`<dialog class="embed" aria-labelledby="embed-title" @close=${this.#closed}>
      <div class="embed-head"><p class="embed-title" id="embed-title">${words.title}</p>
        <button class="iconbtn" type="button" aria-label=${words.close} @click=${this.#close}>${icons.close}</button></div>
      <p class="embed-text">${words.text}</p>
      <div class="embed-choices">
        ${segmented("embed-way", words.as, [way("element", words.element), way("frame", words.frame), way("link", words.link)], this.#way, (value) => this.#choose(() => (this.#way = value as Way)))}
        ${
          this.#way === "link"
            ? nothing
            : segmented(
                "embed-theme",
                words.colours,
                [
                  { value: "auto", label: words.auto },
                  { value: "light", label: words.light },
                  { value: "dark", label: words.dark },
                ],
                this.#theme,
                (value) => this.#choose(() => (this.#theme = value)),
              )
        }
      </div>
      <pre class="code" tabindex="0" role="region" aria-label=${words.code}><code>${code}</code></pre>
      <div class="embed-foot"><button class="btn primary" type="button" @click=${() => this.#copy(code)}>${icons.copy}${words.copy}</button>
        <p class="said" role="status">${this.#answer()}</p></div>
      <p class="embed-note">${this.#way === "element" ? `${words.inside} ` : ""}${words.note}</p>
    </dialog>`;
  }

  /** Opens the dialog once it is on the page: where it is not, it cannot be. Called after every render. */
  rendered(): void {
    const dialog = this.#host.shadowRoot?.querySelector<HTMLDialogElement>("dialog.embed");
    if (this.#embed && dialog && !dialog.open) dialog.showModal();
  }

  /** What became of copying or saving. */
  #answer(): string {
    return this.#said ? this.#source.words().share[this.#said] : "";
  }

  #item(icon: TemplateResult, label: string, act: () => void): TemplateResult {
    const choose = () => {
      this.#toggle(false, true);
      act();
    };
    return html`<button role="menuitem" type="button" tabindex="-1" @click=${choose}>${icon}${label}</button>`;
  }

  #toggle(open: boolean, refocus = false): void {
    this.#open = open;
    this.#said = undefined;
    this.#host.requestUpdate();
    const root = this.#host.shadowRoot;
    if (open) queueMicrotask(() => root?.querySelector<HTMLElement>("[role=menuitem]")?.focus());
    else if (refocus) root?.querySelector<HTMLElement>(".share .iconbtn")?.focus();
  }

  readonly #keys = (event: KeyboardEvent): void => {
    if (!this.#open) return;
    const items = [...(this.#host.shadowRoot?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const here = items.findIndex((item) => item.matches(":focus"));
    const go = (index: number) => items[(index + items.length) % items.length]?.focus();
    if (event.key === "Escape") this.#toggle(false, true);
    else if (event.key === "ArrowDown") go(here + 1);
    else if (event.key === "ArrowUp") go(here - 1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(-1);
    else return;
    event.preventDefault();
  };

  readonly #away = (event: FocusEvent): void => {
    const share = event.currentTarget as HTMLElement;
    if (this.#open && !share.contains(event.relatedTarget as Node | null)) this.#toggle(false);
  };

  readonly #close = (): void => this.#host.shadowRoot?.querySelector("dialog")?.close();

  readonly #closed = (): void => {
    this.#embed = false;
    this.#said = undefined;
    this.#host.requestUpdate();
    this.#host.shadowRoot?.querySelector<HTMLElement>(".share .iconbtn")?.focus();
  };

  #choose(change: () => void): void {
    change();
    this.#said = undefined;
    this.#host.requestUpdate();
  }

  #showEmbed(): void {
    this.#embed = true;
    this.#host.requestUpdate();
  }

  /** A page that shows the widget alone is told the language, for it has none of its own. */
  #moment(): Moment {
    const { kind, state, words } = this.#source;
    return { kind, state: state(), lang: words() === wordsFor("") ? undefined : words().tag };
  }

  /** The moment with what the page chose. */
  #shown(): Shown {
    const { attributes, own, title } = this.#source;
    const theme: [string, string][] = this.#theme === "auto" ? [] : [["theme", this.#theme]];
    return {
      ...this.#moment(),
      tag: this.#host.localName,
      title: title(),
      attributes: attributes(),
      own: new Map([...own(), ...theme]),
    };
  }

  #code(): string {
    if (this.#way === "link") return linkTo(this.#moment());
    return this.#way === "frame"
      ? frameCode(this.#shown(), Math.ceil(this.#host.getBoundingClientRect().height))
      : elementCode(this.#shown());
  }

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#said = this.#embed ? "copiedCode" : "copied";
    } catch {
      // No permission, or no secure page: show it, so that it can be copied by hand.
      this.#way = this.#embed ? this.#way : "link";
      this.#embed = true;
      this.#said = "cannotCopy";
    }
    this.#host.requestUpdate();
  }

  #save(kind: "svg" | "png" | "csv"): void {
    const may = maySave();
    // Where a file comes, the browser shows it.
    if (!may) {
      this.#said = may === false ? "refused" : "mayBeRefused";
      this.#host.requestUpdate();
    }
    if (may === false) return;
    const name = `downhill-${this.#source.kind}.${kind}`;
    if (kind === "svg") {
      save(name, new Blob([this.#source.svg()], { type: "image/svg+xml" }));
    } else if (kind === "csv") {
      save(name, new Blob([this.#source.csv()], { type: "text/csv" }));
    } else {
      wholeCanvas(this.#source.pictures(), this.#source.ground()).toBlob((blob) => blob && save(name, blob));
    }
  }
}
