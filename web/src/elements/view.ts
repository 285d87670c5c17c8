// The order of the parts: what stands on the page of a widget, before the engine is there, with it and without it.

import { html, nothing, type TemplateResult } from "lit";
import type { DownhillError } from "../engine/error.js";
import type { Beat } from "../engine/scene.js";
import type { Control, StageInfo, Table } from "../engine/types.js";
import { CREDIT } from "./home.js";
import { type Actions, actionRow, changes } from "./parts/actions.js";
import type { Cards, PageNotice } from "./parts/cards.js";
import type { Chart } from "./parts/chart.js";
import { type ControlOptions, type Controls, history } from "./parts/controls.js";
import type { Faces } from "./parts/faces.js";
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
  faces: Faces;
}

/** What one rendering shows. */
export interface Moment {
  words: Words;
  readout: Common;
  stages: readonly StageInfo[];
  /** Whether the stages stand side by side. */
  linked: boolean;
  /** What of the equation the step that is on its way shows just now. */
  beat: Beat | null;
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
  /** What lies behind one line: open at first where the page says so, then as the learner has it. */
  more: { open: boolean; toggled(event: Event): void };
}

export function picture(moment: Moment, { chart, share, controls, cards, faces }: Parts): TemplateResult {
  const { words, readout } = moment;
  const { shows } = moment.controls;
  const sorted = sort(moment);
  const scrubs = readout.steppable && moment.names("history");
  return html`<div class="root" part="root" lang=${words.tag} dir="ltr" role="group" aria-labelledby="prompt"
    @keydown=${moment.pressed} @keypress=${moment.followed} @keyup=${moment.followed}>
    <span class="probe" aria-hidden="true"></span>
    <div class="head">
      ${prompt(readout)}
      ${shows("share") ? share.button() : nothing}
    </div>
    <div class="body">
      <div class="window">
        ${moment.linked ? faces.template(moment.stages, words) : nothing}
        <div class="stages ${moment.linked ? "linked" : ""}" part="stages" tabindex=${hasKeys(moment) ? "0" : nothing} role="group" aria-label=${chartName(moment)}
          data-face=${moment.linked ? faces.shown(moment.stages, words) : nothing}>${stages(moment, chart, "front")}</div>
        ${cards.ending(words, readout.notice, !moment.linked && chart.isLow(readout), moment.act)}
      </div>
      ${actionRow(readout, moment.actions)}
      ${sorted.acts.some(({ id }) => shows(id)) ? html`<div class="acts">${controls.template(sorted.acts, moment.controls)}</div>` : nothing}
      ${stages(moment, chart, "strip")}
      <div class="readout" part="readout">
        ${equation(readout.equation, readout.equationSpoken, readout.beats, moment.beat)}
        <p class="explain" part="explain"><span>${sentence(readout.explain)}</span></p>
      </div>
      ${cards.told(words, moment.notice, readout.warnings)}
      ${
        shows("none")
          ? nothing
          : html`<div class="controls" part="controls">
            ${controls.template(sorted.front, moment.controls)}
            ${scrubs ? history(readout, moment.controls) : nothing}
          </div>`
      }
      <div class="foot">
        ${changes(readout, moment.actions)}
        <details class="more" part="more" ?open=${moment.more.open} @toggle=${moment.more.toggled}>
          <summary>${words.more.label(contents(moment, sorted.deep))}</summary>
          <div class="more-body">
            ${figures(readout.figures)}
            ${stages(moment, chart, "more")}
            ${shows("none") ? nothing : html`<div class="controls">${controls.template(sorted.deep, moment.controls)}${moment.extras}</div>`}
            <details class="numbers" part="table" @toggle=${moment.tableToggled}>
              <summary>${words.table}</summary>
              ${moment.table ? dataTable(moment.table) : nothing}
            </details>
          </div>
        </details>
      </div>
    </div>
    ${share.dialog()}
    ${CREDIT ? html`<p class="credit"><a href=${CREDIT} target="_blank" rel="noopener">${words.credit}</a></p>` : nothing}
  </div>`;
}

/** What to do now. The other prompts stand in the same place unseen: whichever it is, nothing below it moves. */
function prompt({ prompt, prompts }: Common): TemplateResult {
  return html`<p class="prompt" part="prompt"><span id="prompt">${prompt}</span>${prompts
    .filter((other) => other !== prompt)
    .map((other) => html`<span class="unseen" aria-hidden="true">${other}</span>`)}</p>`;
}

function stages({ stages, readout }: Moment, chart: Chart, place: StageInfo["place"]): unknown {
  return stages.map((info, index) => (info.place === place ? chart.stage(info, index, readout) : nothing));
}

/** What is typed, or chosen from many, lies behind More, unless the page names it. */
const DEEP: ReadonlySet<Control["kind"]> = new Set(["formula", "place", "number", "list"]);

/** What acts stands under the picture it acts on, what sets below the sentence, what is seldom needed behind More. */
function sort({ readout: { controls }, names }: Moment): { acts: Control[]; front: Control[]; deep: Control[] } {
  const isDeep = ({ id, row, kind }: Control) =>
    !names(id) &&
    controls.some(
      (other) => ((other.id === id && kind !== "button") || (row !== "" && other.row === row)) && DEEP.has(other.kind),
    );
  const shown = controls.filter((control) => !isDeep(control));
  return {
    acts: shown.filter(({ kind }) => kind === "button"),
    front: shown.filter(({ kind }) => kind !== "button"),
    deep: controls.filter(isDeep),
  };
}

/** What lies behind More, in words. */
function contents({ words, stages, controls, extras }: Moment, deep: readonly Control[]): string[] {
  const { figures, history, formula, fields, data, numbers } = words.more;
  const shown = controls.shows("none") ? [] : deep.filter(({ id }) => controls.shows(id));
  const typed = shown.some(({ kind }) => kind === "formula") ? formula : fields;
  return [
    figures,
    ...(stages.some(({ place }) => place === "more") ? [history] : []),
    ...(shown.length > 0 ? [typed] : []),
    ...(extras === nothing ? [] : [data]),
    numbers,
  ];
}

/** Whether keys step while the chart has the focus: elsewhere it would be a stop for nothing. */
function hasKeys({ readout, actions }: Moment): boolean {
  return actions.shortcuts && readout.steppable && (actions.shows("step") || actions.shows("run"));
}

function chartName(moment: Moment): string {
  return hasKeys(moment) ? moment.words.chart.withKeys : moment.words.chart.name;
}

/** The stage at its final size, a still grey curve and a bar; what the page wrote inside the element stands under it. */
export function outline(): TemplateResult {
  return html`<div class="root site loading" aria-busy="true">
    <div class="skeleton" aria-hidden="true"><svg viewBox="0 0 960 430" preserveAspectRatio="none" fill="none"><path d="M40 60C200 420 330 420 480 250S760 120 920 330"></path></svg><i></i></div>
    <slot></slot>
  </div>`;
}

/** The card that stands in for a widget without an engine. */
export function failure({ code }: DownhillError, words: Words, written: boolean): TemplateResult {
  const { cards } = words;
  const noEngine = written ? `${cards.noEngine} ${cards.written}` : cards.noEngine;
  return problem(words, code === "E_LOAD" ? noEngine : cards.stopped, "engine");
}

/** A card over what the page wrote inside the element. */
export function problem(words: Words, text: string, kind: string): TemplateResult {
  return html`<div class="root site failed" lang=${words.tag}>
    <div class="status error" part="notice" role="status" data-kind=${kind}><div><b>${text}</b></div></div>
    <slot></slot>
  </div>`;
}
