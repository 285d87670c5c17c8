// Written from the Rust types by `cargo xtask types`. Do not edit.

/**
 * One stage of a widget.
 */
export type StageInfo = {
  /**
   * A name for code and for `::part()`: `curve`, `history`, `scatter`, `map`.
   */
  id: string;
  /**
   * A short title shown above the stage; empty for none.
   */
  title: string;
  /**
   * Height over width at 960 CSS pixels of the whole widget.
   */
  wideAspect: number;
  /**
   * Height over width when the widget is narrower than 560 CSS pixels.
   */
  narrowAspect: number;
};

/**
 * What every widget reads out besides its own numbers.
 */
export type Panel = {
  /**
   * One sentence that says what to do.
   */
  prompt: string;
  /**
   * Two or three figures.
   */
  figures: Array<Figure>;
  /**
   * The live equation, column by column.
   */
  equation: Array<Term>;
  /**
   * The equation as one spoken sentence.
   */
  equationSpoken: string;
  /**
   * One or two plain sentences about this very moment.
   */
  explain: Array<Span>;
  /**
   * How the run ended or what went wrong.
   */
  notice: Notice | null;
  /**
   * A sentence for each stage: the shape of the picture and the present moment.
   */
  descriptions: Array<string>;
  /**
   * What can be dragged.
   */
  handles: Array<Handle>;
  /**
   * Whether a step can be taken.
   */
  canStep: boolean;
  /**
   * Whether a step can be taken back.
   */
  canStepBack: boolean;
  /**
   * Whether a reset would change anything.
   */
  canReset: boolean;
  /**
   * Whether there is something to undo, and what: "Undo: moved house".
   */
  undo: string | null;
};

/**
 * Something that can be dragged, moved by keys and typed.
 */
export type Handle = {
  /**
   * Stable name.
   */
  id: string;
  /**
   * Index of the stage it lies on.
   */
  stage: number;
  /**
   * What it is, for a screen reader and for the typed field: "parameter w".
   */
  label: string;
  /**
   * CSS pixels from the stage's left.
   */
  x: number;
  /**
   * CSS pixels from the stage's top.
   */
  y: number;
  /**
   * Its value, in units of the axis it moves along (x where it moves both ways).
   */
  value: number;
  /**
   * Its value in words, with units.
   */
  valueText: string;
  /**
   * Lowest value.
   */
  min: number;
  /**
   * Highest value.
   */
  max: number;
};

/**
 * A stretch of a sentence.
 */
export type Span = {
  /**
   * The words.
   */
  text: string;
  /**
   * Its colour.
   */
  role: Role;
  /**
   * Whether it is set bold: numbers that also stand in the picture.
   */
  strong: boolean;
};

/**
 * The role of a colour: the same hue for the same idea everywhere (visual language, section 2).
 */
export type Role = "ink" | "data" | "prediction" | "loss" | "gradient" | "step";

/**
 * One column of the live equation: symbol, value and a two-word meaning, under one another.
 */
export type Term = {
  /**
   * The symbol or operator as plain text (`w`, `η`, `L′(w)`, `×`), set in the mathematical face.
   */
  symbol: string;
  /**
   * The value as shown; empty under an operator that stays the same.
   */
  value: string;
  /**
   * The meaning in two words; empty under an operator.
   */
  meaning: string;
  /**
   * Its colour.
   */
  role: Role;
  /**
   * True for `=`, `−`, `×`, `←`.
   */
  operator: boolean;
};

/**
 * A card below the readout: how a run ended, or what to do next.
 */
export type Notice = {
  /**
   * Which icon and border.
   */
  kind: NoticeKind;
  /**
   * Two or three words.
   */
  title: string;
  /**
   * One or two sentences: what happened and what to do.
   */
  text: string;
  /**
   * A button, if something can be done at once.
   */
  action: Action | null;
};

/**
 * The kinds of notice.
 */
export type NoticeKind = "info" | "converged" | "stalled" | "diverged" | "error";

/**
 * A button whose press is sent back as `act(id)`.
 */
export type Action = {
  /**
   * What the scene is told.
   */
  id: string;
  /**
   * What the button says.
   */
  label: string;
};

/**
 * A figure of the readout row: a small label over a number.
 */
export type Figure = {
  /**
   * Stable name.
   */
  id: string;
  /**
   * The label.
   */
  label: string;
  /**
   * The number as shown, rounded once for everyone.
   */
  value: string;
  /**
   * Its colour.
   */
  role: Role;
};

/**
 * What a page hears of, as a DOM event of the same name with `downhill-` before it.
 */
export type Event = "change" | "step" | "converged" | "diverged" | "answer" | "error";

/**
 * A mistake in a formula, ready for the caret under it.
 */
export type FormulaMistake = {
  /**
   * The code, such as `E_NAME`.
   */
  code: string;
  /**
   * What is wrong, in one sentence.
   */
  message: string;
  /**
   * What to try, where there is a guess.
   */
  hint: string | null;
  /**
   * First wrong character, in UTF-16 units.
   */
  start: number;
  /**
   * One past the last wrong character, in UTF-16 units.
   */
  end: number;
};
