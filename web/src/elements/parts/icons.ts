// The icons: one path each on a 20 × 20 ground, drawn with the colour of the words beside them.

import { html, type TemplateResult } from "lit";

const icon = (path: string, filled = false): TemplateResult => html`<svg
  viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"
  aria-hidden="true"><path d=${path} fill=${filled ? "currentColor" : "none"}></path></svg>`;

export const icons = {
  step: icon("M3 10h12M10.5 5.5 15 10l-4.5 4.5"),
  stepBack: icon("M17 10H5M9.5 5.5 5 10l4.5 4.5"),
  run: icon("M6 4.2v11.6L15.5 10z", true),
  pause: icon("M7 4.5v11M13 4.5v11"),
  reset: icon("M4 10a6 6 0 1 0 2-4.5M4 3.5V7h3.5"),
  undo: icon("M4 8h8a4.5 4.5 0 0 1 0 9H8M7.5 4.5 4 8l3.5 3.5"),
  redo: icon("M16 8H8a4.5 4.5 0 0 0 0 9h4M12.5 4.5 16 8l-3.5 3.5"),
  share: icon("M10 12.5V3M6.5 6 10 2.7 13.5 6M4 10.5V16a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1v-5.5"),
  link: icon(
    "M8.5 11.5a3 3 0 0 0 4.3 0l2.7-2.7a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-2.7 2.7a3 3 0 0 0 4.3 4.3l1-1",
  ),
  embed: icon("M7 6 3 10l4 4M13 6l4 4-4 4"),
  picture: icon("M3 5h14v11H3zM3 14l4-4 3 3 3-4 4 4"),
  table: icon("M3 4h14v12H3zM3 8h14M3 12h14M8 4v12"),
  copy: icon("M7 7h9v9H7zM13 7V4H4v9h3"),
  close: icon("M5 5l10 10M15 5 5 15"),
  check: icon("M4 10.5l4 4 8-9"),
  alert: icon("M10 3.2 17.8 16.6H2.2zM10 8v4M10 14.4v.2"),
  info: icon("M10 9v5M10 6v.2M2.8 10a7.2 7.2 0 1 0 14.4 0 7.2 7.2 0 1 0-14.4 0"),
  file: icon("M10 13V4M6.5 7.2 10 4l3.5 3.2M4 13v3h12v-3"),
} as const;
