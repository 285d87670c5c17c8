// What the page around a picture says: buttons, labels, cards. What the picture itself says comes from the engine. Each language
// is one object of this type, so that a sentence that is missing in one does not compile.

import { de } from "./de.js";
import { en } from "./en.js";

export interface Words {
  /** The language tag that numbers and the widget's root go by. */
  tag: string;
  decimal: "." | ",";
  actions: {
    step: string;
    stepBack: string;
    run: string;
    pause: string;
    reset: string;
    /** Behind each key, at the right of the buttons. */
    keys: { space: string; step: string; back: string; run: string };
  };
  chart: {
    name: string;
    /** The same with what the keys do while it has the focus. */
    withKeys: string;
  };
  /** The switch between stages that take turns on a narrow widget, each by its name for code. */
  faces: { label: string; names: Readonly<Record<string, string | undefined>> };
  /** The control that goes to and fro over the steps taken. */
  history: { label: string; place(step: number, length: number): string };
  controls: {
    /** The field beside a slider, told from the slider itself. */
    typed(label: string): string;
  };
  number: {
    between(low: string, high: string): string;
    atLeast(low: string): string;
    atMost(high: string): string;
  };
  /** The line that everything else lies behind, and what that is. */
  more: {
    label(what: readonly string[]): string;
    figures: string;
    history: string;
    formula: string;
    fields: string;
    data: string;
    numbers: string;
  };
  table: string;
  credit: string;
  cards: {
    warnings: string;
    dismiss: string;
    badState: { title: string; text: string };
    /** A moment handed over while another is shown. */
    badStateLater: { title: string; text: string };
    noEngine: string;
    /** Added to it where the page wrote something inside the element. */
    written: string;
    stopped: string;
    /** A table that a page names by its address; what the server answered, if it answered. */
    noTable(name: string, status: number | undefined): { title: string; text: string };
  };
  unknown: {
    nothingCalled(tag: string): string;
    didYouMean(tag: string): string;
    theseExist(tags: string): string;
  };
  share: {
    name: string;
    link: string;
    embed: string;
    svg: string;
    png: string;
    csv: string;
    copied: string;
    copiedCode: string;
    cannotCopy: string;
    /** Where a frame forbids what was asked for. */
    refused: string;
    /** After a file was handed to the browser from within a frame of another host, which may forbid it without a word. */
    mayBeRefused: string;
  };
  embed: {
    title: string;
    close: string;
    text: string;
    as: string;
    element: string;
    frame: string;
    link: string;
    colours: string;
    auto: string;
    light: string;
    dark: string;
    code: string;
    copy: string;
    /** Of the words inside the tag, which only an element has. */
    inside: string;
    note: string;
  };
  data: {
    summary: string;
    drop: string;
    dropRest: string;
    choose: string;
    back: string;
    paste: string;
    read: string;
    feature: string;
    target: string;
    used(used: string, rows: string): string;
    leftOut(rows: string, reason: string): string;
    line(line: string): string;
    more(rows: string): string;
    before: string;
    tooLarge(name: string, mebibytes: string): string;
    notText(name: string): string;
    dropped: string;
    pasted: string;
    typed: string;
    /** A table as one may paste it. */
    example: string;
  };
}

const LANGUAGES: Readonly<Record<string, Words>> = { de };

/** The words for a language tag such as `de-AT`; English where there are none. */
export function wordsFor(tag: string): Words {
  return LANGUAGES[tag.split("-")[0]?.toLowerCase() ?? ""] ?? en;
}
