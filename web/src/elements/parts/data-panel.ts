// A learner's own table: dropped, pasted or chosen as a file. It is read in this browser and goes nowhere.

import { html, nothing, type TemplateResult } from "lit";
import type { HousesReadout } from "../../engine/types.js";
import type { Words } from "../words/words.js";
import { list } from "./fields.js";
import { icons } from "./icons.js";
import { count, shown } from "./numbers.js";

/** The engine's own limits, told before they hurt. */
const LARGEST_FILE = 1024 * 1024;

export interface DataOptions {
  words: Words;
  readout: HousesReadout;
  take(label: string, text: string): void;
  column(setting: "features" | "target", id: string): void;
  ames(): void;
}

/** The element around it. */
interface Host {
  requestUpdate(): void;
  updateComplete: Promise<boolean>;
}

export class DataPanel {
  readonly #host: Host;
  #over = false;
  #problem: string | undefined;
  #open = false;

  constructor(host: Host) {
    this.#host = host;
  }

  template(options: DataOptions): TemplateResult {
    const { data } = options.readout;
    const words = options.words.data;
    return html`<details class="data" part="data" ?open=${this.#open} @toggle=${this.#toggled}
      @dragenter=${keep} @dragover=${this.#dragOver} @dragleave=${() => this.#hover(false)} @drop=${(event: DragEvent) => this.#drop(event, options)}>
      <summary>${words.summary}</summary>
      <div class="data-body">
        <div class="drop ${this.#over ? "over" : ""}">
          <p><b>${words.drop}</b>${words.dropRest} ${data.limits}</p>
          <p class="ways">
            <label class="btn file">${icons.file}${words.choose}<input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" @change=${(event: Event) => this.#chosen(event, options)} /></label>
            <button class="btn plain" type="button" data-action="ames" @click=${options.ames}>${words.back}</button>
          </p>
        </div>
        <div class="field"><label class="lbl" for="paste">${words.paste}</label>
          <textarea id="paste" rows="3" spellcheck="false" autocomplete="off" placeholder=${words.example}
            @paste=${(event: ClipboardEvent) => this.#pasted(event, options)}></textarea>
          <p class="ways"><button class="btn" type="button" data-action="read" @click=${(event: Event) => this.#read(event, options)}>${words.read}</button></p>
        </div>
        ${this.#report(options)}
      </div>
    </details>
    <p class="visually-hidden" role="status">${data.error ? `${data.error.title} ${data.error.text}` : ""}</p>`;
  }

  #report({ words, readout, column }: DataOptions): TemplateResult {
    const { data, features, targets, feature, target } = readout;
    const problem = this.#problem ? { title: this.#problem, text: words.data.before } : data.error;
    const number = (value: number) => count(value, words);
    const choices = (columns: typeof features) => columns.map(({ id, label }) => ({ value: id, label }));
    return html`
      ${problem ? html`<div class="status error" part="notice" data-kind="data"><span class="si">${icons.alert}</span><div><b>${problem.title}</b><p>${problem.text}</p></div></div>` : nothing}
      <div class="mapping">
        ${list("map-feature", words.data.feature, choices(features), feature, (id) => column("features", id))}
        ${list("map-target", words.data.target, choices(targets), target, (id) => column("target", id))}
      </div>
      <p class="counts"><b>${data.label}</b>: ${words.data.used(number(data.used), number(data.rows))}
        ${data.dropped.map(({ reason, count: rows }) => html` ${words.data.leftOut(number(rows), reason)}`)}</p>
      ${data.notes.map((note) => html`<p class="note">${note}</p>`)}
      ${
        data.issues.length > 0
          ? html`<ul class="issues">
            ${data.issues.map((issue) => html`<li>${words.data.line(number(issue.line))}${issue.column ? html`, ${issue.column}` : nothing}: ${issue.reason}</li>`)}
            ${data.issueCount > data.issues.length ? html`<li>${words.data.more(number(data.issueCount - data.issues.length))}</li>` : nothing}
          </ul>`
          : nothing
      }`;
  }

  readonly #toggled = (event: Event): void => {
    this.#open = (event.target as HTMLDetailsElement).open;
  };

  readonly #dragOver = (event: DragEvent): void => {
    keep(event);
    this.#hover(true);
  };

  #hover(over: boolean): void {
    if (this.#over === over) return;
    this.#over = over;
    this.#host.requestUpdate();
  }

  #drop(event: DragEvent, options: DataOptions): void {
    keep(event);
    this.#hover(false);
    const file = event.dataTransfer?.files[0];
    const text = event.dataTransfer?.getData("text/plain");
    if (file) void this.#file(file, options);
    else if (text) this.#text(options.words.data.dropped, text, options);
  }

  #chosen(event: Event, options: DataOptions): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (file) void this.#file(file, options);
    // Choosing the same file again, mended, must count as a choice.
    input.value = "";
  }

  #pasted(event: ClipboardEvent, options: DataOptions): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!text.includes("\n")) return;
    event.preventDefault();
    this.#text(options.words.data.pasted, text, options);
  }

  #read(event: Event, options: DataOptions): void {
    const panel = (event.target as HTMLElement).closest(".data");
    const area = panel?.querySelector("textarea");
    if (!area?.value.trim()) return;
    this.#text(options.words.data.typed, area.value, options);
    // What became of it stands below, on a phone out of sight.
    const answer = () => panel?.querySelector(".status, .counts")?.scrollIntoView({ block: "nearest" });
    void this.#host.updateComplete.then(answer);
  }

  async #file(file: File, options: DataOptions): Promise<void> {
    const { words } = options;
    if (file.size > LARGEST_FILE) {
      this.#refuse(words.data.tooLarge(file.name, shown(file.size / 1024 / 1024, words, 2)));
      return;
    }
    try {
      this.#text(file.name, new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()), options);
    } catch {
      this.#refuse(words.data.notText(file.name));
    }
  }

  #text(label: string, text: string, options: DataOptions): void {
    this.#problem = undefined;
    this.#open = true;
    options.take(label, text);
    this.#host.requestUpdate();
  }

  #refuse(problem: string): void {
    this.#problem = problem;
    this.#open = true;
    this.#host.requestUpdate();
  }
}

/** What is dropped here is nothing to the page, which may take files of its own. */
function keep(event: DragEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
