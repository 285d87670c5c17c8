// A learner's own table: dropped, pasted or chosen as a file. It is read in this browser and goes nowhere.

import { html, nothing, type TemplateResult } from "lit";
import type { HousesReadout } from "../../engine/types.js";
import { list } from "./fields.js";
import { icons } from "./icons.js";

/** The engine's own limits, told before they hurt. */
const LARGEST_FILE = 1024 * 1024;

export interface DataOptions {
  readout: HousesReadout;
  take(label: string, text: string): void;
  column(role: "feature" | "target", id: string): void;
  ames(): void;
}

export class DataPanel {
  readonly #host: { requestUpdate(): void };
  #over = false;
  #problem: string | undefined;
  #open = false;

  constructor(host: { requestUpdate(): void }) {
    this.#host = host;
  }

  template(options: DataOptions): TemplateResult {
    const { data } = options.readout;
    return html`<details class="data" part="data" ?open=${this.#open} @toggle=${this.#toggled}
      @dragover=${this.#dragOver} @dragleave=${() => this.#hover(false)} @drop=${(event: DragEvent) => this.#drop(event, options)}>
      <summary>Use houses of your own</summary>
      <div class="data-body">
        <div class="drop ${this.#over ? "over" : ""}">
          <p><b>Drop a file here</b>, choose one, or paste its text below. ${data.limits}</p>
          <p class="ways">
            <label class="btn file">${icons.file}Choose a file<input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" @change=${(event: Event) => this.#chosen(event, options)} /></label>
            <button class="btn plain" type="button" data-action="ames" @click=${options.ames}>Back to the houses of Ames</button>
          </p>
        </div>
        <div class="field"><label class="lbl" for="paste">Or paste the text of a table</label>
          <textarea id="paste" rows="3" spellcheck="false" autocomplete="off" placeholder="area,price&#10;1650,215000&#10;900,105000"
            @paste=${(event: ClipboardEvent) => this.#pasted(event, options)}></textarea>
          <p class="ways"><button class="btn" type="button" data-action="read" @click=${(event: Event) => this.#read(event, options)}>Read the table</button></p>
        </div>
        ${this.#report(options)}
      </div>
    </details>
    <p class="visually-hidden" role="status">${data.error ? `${data.error.title} ${data.error.text}` : ""}</p>`;
  }

  #report({ readout, column }: DataOptions): TemplateResult {
    const { data, features, targets, feature, target } = readout;
    const problem = this.#problem ? { title: this.#problem, text: "The table before stays." } : data.error;
    const choices = (columns: typeof features) => columns.map(({ id, label }) => ({ value: id, label }));
    return html`
      ${problem ? html`<div class="status error" part="notice" data-kind="data"><span class="si">${icons.alert}</span><div><b>${problem.title}</b><p>${problem.text}</p></div></div>` : nothing}
      <div class="mapping">
        ${list("map-feature", "The line guesses from", choices(features), feature, (id) => column("feature", id))}
        ${list("map-target", "and it guesses", choices(targets), target, (id) => column("target", id))}
      </div>
      <p class="counts"><b>${data.label}</b>: ${count(data.used)} of ${count(data.rows)} rows are used.
        ${data.dropped.map(({ reason, count: rows }) => html` ${count(rows)} left out: ${reason}.`)}</p>
      ${data.notes.map((note) => html`<p class="note">${note}</p>`)}
      ${
        data.issues.length > 0
          ? html`<ul class="issues">
            ${data.issues.map((issue) => html`<li>Line ${count(issue.line)}${issue.column ? html`, ${issue.column}` : nothing}: ${issue.reason}</li>`)}
            ${data.issueCount > data.issues.length ? html`<li>and ${count(data.issueCount - data.issues.length)} more.</li>` : nothing}
          </ul>`
          : nothing
      }`;
  }

  readonly #toggled = (event: Event): void => {
    this.#open = (event.target as HTMLDetailsElement).open;
  };

  readonly #dragOver = (event: DragEvent): void => {
    event.preventDefault();
    this.#hover(true);
  };

  #hover(over: boolean): void {
    if (this.#over === over) return;
    this.#over = over;
    this.#host.requestUpdate();
  }

  #drop(event: DragEvent, options: DataOptions): void {
    event.preventDefault();
    this.#hover(false);
    const file = event.dataTransfer?.files[0];
    const text = event.dataTransfer?.getData("text/plain");
    if (file) void this.#file(file, options);
    else if (text) this.#text("dropped text", text, options);
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
    this.#text("pasted table", text, options);
  }

  #read(event: Event, options: DataOptions): void {
    const area = (event.target as HTMLElement).closest(".field")?.querySelector("textarea");
    if (area?.value.trim()) this.#text("typed table", area.value, options);
  }

  async #file(file: File, options: DataOptions): Promise<void> {
    if (file.size > LARGEST_FILE) {
      this.#refuse(`${file.name} is ${(file.size / 1024 / 1024).toFixed(1)} MiB. A table may be up to 1 MiB.`);
      return;
    }
    try {
      this.#text(file.name, new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()), options);
    } catch {
      this.#refuse(`${file.name} is not UTF-8 text. Save it as CSV (UTF-8) and try again.`);
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

const count = (value: number): string => value.toLocaleString("en-GB");
