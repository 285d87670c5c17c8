// The order of the parts: what stands on the page of a widget, before the engine is there, with it and without it.

import { html, nothing, type TemplateResult } from "lit";
import type { DownhillError } from "../engine/error.js";
import type { StageInfo, Table } from "../engine/types.js";
import { type Actions, actionRow } from "./parts/actions.js";
import type { Cards, PageNotice } from "./parts/cards.js";
import type { Chart } from "./parts/chart.js";
import { type ControlOptions, type Controls, history } from "./parts/controls.js";
import { dataTable, equation, figures, sentence } from "./parts/panel.js";
import type { ShareMenu } from "./parts/share-menu.js";
import type { Common } from "./reading.js";
import type { Words } from "./words/words.js";

/** The parts of a widget that outlive a rendering. */
export interface Parts {
  chart: Chart;
  share: ShareMenu;
  controls: Controls;
  cards: Cards;
}

/** What one rendering shows. */
export interface Moment {
  words: Words;
  readout: Common;
  stages: readonly StageInfo[];
  /** Whether the stages stand side by side, with what is read out among them. */
  linked: boolean;
  /** What the page itself has to say. */
  notice: PageNotice | undefined;
  /** The table, once it has been opened. */
  table: Table | undefined;
  actions: Actions;
  controls: ControlOptions;
  /** Whether the page names a control; those that are not shown unless it does ask this. */
  names(control: string): boolean;
  /** What one kind of widget has besides. */
  extras: TemplateResult | typeof nothing;
  act(id: string): void;
  pressed(event: KeyboardEvent): void;
  followed(event: KeyboardEvent): void;
  tableToggled(event: Event): void;
}

export function picture(moment: Moment, { chart, share, controls, cards }: Parts): TemplateResult {
  const { words, readout } = moment;
  const { shows } = moment.controls;
  const scrubs = readout.steppable && moment.names("history");
  return html`<div class="root" part="root" lang=${words.tag} dir="ltr" role="group" aria-labelledby="prompt"
    @keydown=${moment.pressed} @keypress=${moment.followed} @keyup=${moment.followed}>
    <span class="probe" aria-hidden="true"></span>
    <div class="head">
      <p class="prompt" id="prompt" part="prompt">${readout.prompt}</p>
      ${shows("share") ? share.button() : nothing}
    </div>
    <div class="body">
      ${moment.linked ? sideBySide(moment, chart) : below(moment, chart)}
      ${cards.template({ words, notice: readout.notice, page: moment.notice, warnings: readout.warnings, act: moment.act })}
      ${
        shows("none")
          ? nothing
          : html`<div class="controls" part="controls">
            ${controls.template(readout.controls, moment.controls)}
            ${scrubs ? history(readout, moment.controls) : nothing}
            ${moment.extras}
          </div>`
      }
      ${actionRow(readout, moment.actions)}
      <details class="numbers" part="table" @toggle=${moment.tableToggled}>
        <summary>${words.table}</summary>
        ${moment.table ? dataTable(moment.table) : nothing}
      </details>
    </div>
    ${share.dialog()}
    ${CREDIT ? html`<p class="credit"><a href=${CREDIT} target="_blank" rel="noopener">${words.credit}</a></p>` : nothing}
  </div>`;
}

/** The stages over one another, and what is read out below them. */
function below(moment: Moment, chart: Chart): TemplateResult {
  return html`<div class="stages" part="stages" tabindex="0" role="group" aria-label=${chartName(moment)}>${stages(moment, chart)}</div>
    ${readoutRow(moment.readout)}`;
}

function sideBySide(moment: Moment, chart: Chart): TemplateResult {
  return html`<div class="stages linked" part="stages" tabindex="0" role="group" aria-label=${chartName(moment)}>
    ${stages(moment, chart)}
    <div class="panel side">${readoutRow(moment.readout)}</div>
  </div>`;
}

function stages({ stages, readout }: Moment, chart: Chart): TemplateResult[] {
  return stages.map((info, index) => chart.stage(info, index, readout));
}

function readoutRow(readout: Common): TemplateResult {
  return html`<div class="readout" part="readout">
    ${figures(readout.figures)} ${equation(readout.equation, readout.equationSpoken)}
    <p class="explain" part="explain"><span>${sentence(readout.explain)}</span></p>
  </div>`;
}

function chartName({ words, readout, actions }: Moment): string {
  return actions.shortcuts && readout.steppable ? words.chart.withKeys : words.chart.name;
}

/** The stage at its final size, a still grey curve and a bar; what the page wrote inside the element stands under it. */
export function outline(): TemplateResult {
  return html`<div class="root site loading" aria-busy="true">
    <div class="skeleton" aria-hidden="true"><svg viewBox="0 0 960 430" preserveAspectRatio="none" fill="none"><path d="M40 60C200 420 330 420 480 250S760 120 920 330"></path></svg><i></i></div>
    <slot></slot>
  </div>`;
}

/** The card that stands in for a widget without an engine. */
export function failure({ code }: DownhillError, words: Words): TemplateResult {
  return problem(words, code === "E_LOAD" ? words.cards.noEngine : words.cards.stopped, "engine");
}

/** A card over what the page wrote inside the element. */
export function problem(words: Words, text: string, kind: string): TemplateResult {
  return html`<div class="root site failed" lang=${words.tag}>
    <div class="status error" part="notice" role="status" data-kind=${kind}><div><b>${text}</b></div></div>
    <slot></slot>
  </div>`;
}

/** Where this script came from, unless the page is of the same site: then there is no one to credit. */
const CREDIT = (() => {
  const home = new URL("./", import.meta.url);
  return home.protocol.startsWith("http") && !document.baseURI.startsWith(home.href)
    ? new URL("index.html", home).href
    : undefined;
})();
