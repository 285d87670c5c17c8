// Written from the Rust declarations by `cargo xtask types`. Do not edit.

/** A button whose press is sent back as `act(id)`. */
export interface Action {
  /** What the scene is told. */
  id: string;
  /** What the button says. */
  label: string;
}

/**
 * f in a = f(x W + b).
 */
export type Activation = "tanh" | "relu" | "sigmoid" | "softplus" | "identity";

/** What the blindfold hides and counts. */
export interface BlindfoldReadout {
  /** Whether it is on. */
  on: boolean;
  /** Moves since the start: steps, and each leap by hand as one. */
  stepsTaken: number;
  /** How many of them were leaps. */
  leaps: number;
  /** The lowest place stood on so far. */
  lowestFound: number | null;
  /** Whether the ball has settled in the lowest valley in view; null while it has not settled. */
  inLowestValley: boolean | null;
}

/** One of several to choose from. */
export interface ChoiceInfo {
  /** What the scene is told. */
  value: string;
  /** What a learner reads. */
  label: string;
}

/** A control that a learner may have, in the order in which they stand. */
export interface Control {
  /** Its name in the `controls` attribute. */
  id: string;
  /** Which control. */
  kind: ControlKind;
  /** The setting it sets; empty where it acts or moves a handle. */
  setting: string;
  /** What it does, for `act`; empty where it sets. */
  act: string;
  /** The handle it moves; empty for none. */
  handle: string;
  /** What a learner reads. */
  label: string;
  /** A letter in mathematical italic behind the label; empty for none. */
  symbol: string;
  /** A word over a switch; empty for none. */
  heading: string;
  /** Its value now. */
  value: unknown;
  /** Lowest value. */
  min: number | null;
  /** Highest value. */
  max: number | null;
  /** What there is to choose from. */
  choices: ChoiceInfo[];
  /** Controls of one row share a word; empty alone. */
  row: string;
}

/** Which control a page gives a learner. */
export type ControlKind = "formula" | "number" | "rate" | "choice" | "switch" | "list" | "place" | "button";

/**
 * Which data set.
 */
export type DataKind = "circle" | "xor" | "gaussians" | "spiral" | "plane" | "waves";

/** Why a table cannot be used. */
export interface DataProblem {
  /** A short stable name for programs. */
  code: string;
  /** A few words. */
  title: string;
  /** What is wrong and what to do. */
  text: string;
}

/** The table behind the picture. */
export interface DataReadout {
  /** "ames", or what the learner's table is called. */
  label: string;
  /** Rows read. */
  rows: number;
  /** Rows used: those with a number in both columns. */
  used: number;
  /** Rows left out, by reason. */
  dropped: Shortfall[];
  /** The first twenty problems, by line. */
  issues: LineIssue[];
  /** How many problems there are in all. */
  issueCount: number;
  /** What was done to read it. */
  notes: string[];
  /** Why the last table or choice of columns could not be used, if so: the one before is kept. */
  error: DataProblem | null;
  /** What may be dropped here, in one sentence. */
  limits: string;
}

/** The numbers of `<downhill-descent>`. Those that are not finite are absent. */
export interface DescentNumbers {
  /** The parameter: one number. */
  at: number[];
  /** The loss there. */
  value: number | null;
  /** The slope there that a step follows: one number, or none. */
  gradient: number[];
  /** Where the next step leads: one number, or none. */
  next: number[];
  /** Steps of the optimiser taken. */
  steps: number;
  /** The learning rate. */
  learningRate: number;
  /** The ends of its logarithmic slider. */
  learningRateRange: [number, number];
  /** The optimiser. */
  optimizer: string;
  /** The blindfold. */
  blindfold: BlindfoldReadout;
  /** A smaller rate that was tried and settles, once a run ran away. */
  suggestedLearningRate: number | null;
  /** Rates above this cannot settle in the valley nearest to the start. */
  largestStableLearningRate: number | null;
  /** The stretch of the parameter that is shown. */
  domain: [number, number];
}

/**
 * What the curvature at a point says.
 */
export type Diagnosis = {
  /**
   * λ_max, the largest curvature; not above 0 on a summit.
   */
  steepest: number;
  /**
   * λ_min, the smallest; below 0 at a saddle.
   */
  flattest: number;
  /**
   * Rates below this crawl: 0.05/λ_max.
   */
  crawlsBelow: number | null;
  /**
   * Rates up to this come nearer steadily, above it from side to side: 1/λ_max.
   */
  oscillatesAbove: number | null;
  /**
   * Rates above this diverge: 2/λ_max.
   */
  divergesAbove: number | null;
  /**
   * The rate that serves the steepest and the flattest direction best: 2/(λ_max + λ_min).
   */
  best: number | null;
  /**
   * λ_max/λ_min; absent unless both are above 0.
   */
  conditionNumber: number | null;
};

/** What a page hears of, as a DOM event of the same name with `downhill-` before it. */
export type Event = "change" | "step" | "converged" | "diverged" | "answer" | "error";

/** The exact least-squares fit. */
export interface ExactFit {
  /** The slope. */
  coefficients: number[];
  /** The line where the feature is 0. */
  intercept: number;
  /** Its mean squared error. */
  mse: number;
}

/** A column to choose. */
export interface FeatureChoice {
  /** Its name in the table. */
  id: string;
  /** Its name for people, with its unit: "living area, sq ft". */
  label: string;
  /** What it counts: "$", "sq ft", "year" or nothing. */
  unit: string;
}

/** A figure of the readout row: a small label over a number. */
export interface Figure {
  /** Stable name. */
  id: string;
  /** The label. */
  label: string;
  /** The number as shown, rounded once for everyone. */
  value: string;
  /** Its colour. */
  role: Role;
}

/** A mistake in a formula, ready for the caret under it. */
export interface FormulaMistake {
  /** The code, such as `E_NAME`. */
  code: string;
  /** What is wrong, in one sentence. */
  message: string;
  /** What to try, where there is a guess. */
  hint: string | null;
  /** First wrong character, in UTF-16 units. */
  start: number;
  /** One past the last wrong character, in UTF-16 units. */
  end: number;
}

/** A formula with its derivative, typeset. */
export interface FormulaReadout {
  /** The formula that is drawn, as typed. */
  text: string;
  /** The same, typeset: a whole `<math>` element. */
  mathml: string;
  /** Its variable. */
  variable: string;
  /** What its value is called: `L` or `f`. */
  name: string;
  /** Its derivative as text. */
  derivativeText: string;
  /** The same, typeset. */
  derivativeMathml: string;
  /** What is wrong with what was typed last, if anything. */
  mistake: FormulaMistake | null;
  /** What was typed last, if something is wrong with it. */
  mistakeText: string | null;
  /** How ambiguous spellings were read. */
  notes: string[];
}

/** Something that can be dragged, moved by keys and typed. */
export interface HandleInfo {
  /** Stable name. */
  id: string;
  /** Index of the stage it lies on. */
  stage: number;
  /** What it is, for a screen reader and for the typed field: "parameter w". */
  label: string;
  /** CSS pixels from the stage's left. */
  x: number;
  /** CSS pixels from the stage's top. */
  y: number;
  /** Its value, in units of the axis it moves along (x where it moves both ways). */
  value: number;
  /** Its value in words, with units. */
  valueText: string;
  /** Its value as it stands in the equation and in the sentence; empty where the page writes it. */
  shown: string;
  /** Lowest value. */
  min: number;
  /** Highest value. */
  max: number;
}

/** The called-out house. */
export interface HouseReadout {
  /** Which one, from 0. */
  index: number;
  /** Its feature. */
  x: number;
  /** What the line says. */
  guessed: number;
  /** Its target. */
  sold: number;
  /** Sold less guessed. */
  wrongBy: number;
}

/** The numbers of `<downhill-houses>`. Those that are not finite are null. */
export interface HousesNumbers {
  /** The slope: target units per feature unit. */
  coefficients: number[];
  /** The line where the feature is 0, target units. */
  intercept: number;
  /** Mean squared error (1/n) Σ r², target units squared. */
  mse: number;
  /** Its root, the typical miss, target units. */
  rmse: number;
  /** Share of the target's variance explained; null where the target never changes. */
  rSquared: number | null;
  /** Steps taken. */
  steps: number;
  /** The learning rate of the next step. */
  learningRate: number;
  /** The ends of its slider. */
  learningRateRange: [number, number];
  /** For plain gradient descent on this loss: 2 over its largest curvature. */
  largestStableLearningRate: number;
  /** The optimiser. */
  optimizer: string;
  /** The least-squares line. */
  exact: ExactFit;
  /** Whether the feature is standardised before learning. */
  standardize: boolean;
  /** The column that the line guesses from. */
  feature: string;
  /** The column that it guesses. */
  target: string;
  /** The called-out house; null where the line has no finite guess for it. */
  house: HouseReadout | null;
  /** How many houses were moved. */
  moved: number;
  /** Whether the contours are circles. */
  contoursRound: boolean;
  /** Whether misses are drawn. */
  misses: boolean;
  /** Whether the called-out house can be moved. */
  moving: boolean;
}

/**
 * What a run is written as.
 */
export type Language = "python-numpy" | "python-pytorch" | "python-jax" | "rust" | "latex" | "csv";

/** Something wrong in a line of a table. */
export interface LineIssue {
  /** The line, from 1. */
  line: number;
  /** The column, where it is about one. */
  column: string | null;
  /** What is wrong. */
  reason: string;
}

/**
 * Which loss, by the names of the contract.
 */
export type LossKind =
  | "mse"
  | "mae"
  | "huber"
  | "logCosh"
  | "quantile"
  | "binaryCrossEntropy"
  | "hinge"
  | "squaredHinge"
  | "softmaxCrossEntropy";

/**
 * The settings that some losses have.
 */
export type LossParameters = {
  /**
   * δ of Huber: where the parabola turns into a line. 1 unless told.
   */
  delta: number | null;
  /**
   * q of the quantile loss, between 0 and 1. 0.5 unless told.
   */
  quantile: number | null;
  /**
   * How many classes a row of softmax has. One row unless told.
   */
  classes: number | null;
};

/** How the walk of a widget stands; one that does not walk is idle. */
export interface Moment {
  /** Whether it runs, and how it ended. */
  status: Status;
  /** Why it ended, in the engine's own words; none while it has not. */
  reason: string | null;
  /** Run and rise of the triangle under the tangent, if one is drawn. */
  triangle: TriangleInfo | null;
}

/**
 * What a network is made of.
 */
export type NetworkSpec = {
  /**
   * The number of inputs, of units in each hidden layer, and of outputs.
   */
  layers: Array<number>;
  /**
   * Of the hidden layers.
   */
  activation: Activation;
  /**
   * One for each hidden layer, where they differ; `activation` for all of them unless told.
   */
  hiddenActivations: Array<Activation> | null;
  /**
   * Of the last layer; identity unless told.
   */
  outputActivation: Activation;
  /**
   * Mean squared error unless told. Cross-entropies and hinges take the outputs as logits.
   */
  loss: LossKind;
  /**
   * What the first weights are drawn from; 0 unless told.
   */
  seed: number;
  /**
   * Double unless told.
   */
  precision: Precision;
};

/** A card below the readout: how a run ended, or what to do next. */
export interface Notice {
  /** Which icon and border. */
  kind: NoticeKind;
  /** Two or three words. */
  title: string;
  /** One or two sentences: what happened and what to do. */
  text: string;
  /** A button, if something can be done at once. */
  action: Action | null;
}

/** The kinds of notice. */
export type NoticeKind = "info" | "converged" | "stalled" | "diverged" | "error";

/**
 * Counts of operations, leading terms.
 */
export type Operations = {
  /**
   * How many parameters there are.
   */
  parameters: number;
  /**
   * Of one loss.
   */
  loss: number;
  /**
   * Of one loss with its gradient by backpropagation.
   */
  backward: number;
  /**
   * Of one gradient by finite differences.
   */
  finiteDifferences: number;
};

/**
 * Which optimiser, with its settings. Every setting but the learning rate has a default.
 */
export type Optimizer =
  | {
      kind: "sgd";
      /**
       * η.
       */
      learningRate: number;
    }
  | {
      kind: "momentum";
      /**
       * η.
       */
      learningRate: number;
      /**
       * μ, the share of the velocity that is kept.
       */
      momentum: number;
    }
  | {
      kind: "heavyBall";
      /**
       * η.
       */
      learningRate: number;
      /**
       * μ, the share of the last step that is repeated.
       */
      momentum: number;
    }
  | {
      kind: "nesterov";
      /**
       * η.
       */
      learningRate: number;
      /**
       * μ.
       */
      momentum: number;
    }
  | {
      kind: "adagrad";
      /**
       * η.
       */
      learningRate: number;
      /**
       * s before the first step.
       */
      initialAccumulator: number;
      /**
       * ε, inside the root.
       */
      epsilon: number;
    }
  | {
      kind: "rmsprop";
      /**
       * η.
       */
      learningRate: number;
      /**
       * ρ.
       */
      decay: number;
      /**
       * ε.
       */
      epsilon: number;
      /**
       * v before the first step.
       */
      initialAccumulator: number;
      /**
       * Whether ε stands inside the root, as in optax, or outside, as in PyTorch.
       */
      epsilonInRoot: boolean;
    }
  | {
      kind: "adam";
      /**
       * η.
       */
      learningRate: number;
      /**
       * β₁, the decay of the mean of gradients.
       */
      beta1: number;
      /**
       * β₂, the decay of the mean of squared gradients.
       */
      beta2: number;
      /**
       * ε, outside the root.
       */
      epsilon: number;
    }
  | {
      kind: "adamw";
      /**
       * η.
       */
      learningRate: number;
      /**
       * β₁.
       */
      beta1: number;
      /**
       * β₂.
       */
      beta2: number;
      /**
       * ε.
       */
      epsilon: number;
      /**
       * λ.
       */
      weightDecay: number;
    }
  | {
      kind: "newton";
      /**
       * The share of the step that is taken, 1 unless told.
       */
      learningRate: number;
    }
  | {
      kind: "lineSearch";
      /**
       * The first η tried, 1 unless told.
       */
      learningRate: number;
    };

/** What every widget reads out besides its own numbers. */
export interface Panel {
  /** One sentence that says what to do. */
  prompt: string;
  /** Two or three figures. */
  figures: Figure[];
  /** The live equation, column by column. */
  equation: Term[];
  /** Of the equation of a step the beat in which each column is lit, as its word, or an empty text; no list for every other equation. */
  beats: string[];
  /** The equation as one spoken sentence. */
  equationSpoken: string;
  /** One or two plain sentences about this very moment. */
  explain: Span[];
  /** What a screen reader is told after a step instead of `explain`: its number, and what came of it. Empty at other moments. */
  heard: string;
  /** How the run ended or what went wrong. */
  notice: Notice | null;
  /** What a page asked for in vain. */
  warnings: Warning[];
  /** A short title over each stage; empty for none. */
  titles: string[];
  /** A sentence for each stage: the shape of the picture and the present moment. */
  descriptions: string[];
  /** Whether this widget steps at all. */
  steppable: boolean;
  /** Moves made up to this moment: steps, and leaps by hand. */
  moves: number;
  /** Moves there are, those ahead after scrubbing back included. */
  length: number;
  /** Whether a step can be taken. */
  canStep: boolean;
  /** Whether a step can be taken back. */
  canStepBack: boolean;
  /** Whether a reset would change anything. */
  canReset: boolean;
  /** Whether there is something to undo, and what: "Undo: moved house". */
  undo: string | null;
  /** Whether something undone can be done again, and what. */
  redo: string | null;
  /** What a link to this moment leaves out, in one sentence. */
  shareNote: string | null;
}

/**
 * What the passes compute in. Parameters and optimiser stay in double precision.
 */
export type Precision = "f64" | "f32";

/**
 * Where training stands.
 */
export type Progress = {
  /**
   * Steps taken.
   */
  steps: number;
  /**
   * Steps in all.
   */
  totalSteps: number;
  /**
   * Whole epochs done.
   */
  epochs: number;
  /**
   * The loss of the latest batch, its penalty included; absent before the first step.
   */
  batchLoss: number | null;
  /**
   * Running until all epochs are done; then paused, or diverged.
   */
  status: Status;
  /**
   * Why it diverged.
   */
  reason: string | null;
};

/** The role of a colour: the same hue for the same idea everywhere (visual language, section 2). */
export type Role = "ink" | "data" | "prediction" | "loss" | "gradient" | "step";

/** Rise over run between the point and a second one. */
export interface SecantReadout {
  /** How far the second point is, to the right. */
  h: number;
  /** How much the function changes over it. */
  rise: number | null;
  /** Rise over h; null where no digits are left to tell it. */
  ratio: number | null;
}

/** Rows left out for one reason. */
export interface Shortfall {
  /** Why. */
  reason: string;
  /** How many. */
  count: number;
}

/** A stretch of a sentence. */
export interface Span {
  /** The words. */
  text: string;
  /** Its colour; coloured and not bold it is the letter of a parameter, set in the mathematical face. */
  role: Role;
  /** Whether it is set bold: numbers that also stand in the picture. */
  strong: boolean;
}

/** One stage of a widget. */
export interface StageInfo {
  /** A name for code and for `::part()`: `curve`, `history`, `scatter`, `map`. */
  id: string;
  /** Where it stands. */
  place: StagePlace;
  /** Height over width at 960 CSS pixels of the whole widget. */
  wideAspect: number;
  /** Height over width when the widget is narrower than 560 CSS pixels. */
  narrowAspect: number;
}

/** Where a stage stands in the widget. */
export type StagePlace = "front" | "strip" | "more";

/**
 * Where a run stands.
 */
export type Status = "idle" | "running" | "paused" | "converged" | "stalled" | "diverged";

/** A table of the plotted numbers. */
export interface Table {
  /** What the table holds. */
  caption: string;
  /** Column headings, with units. */
  columns: string[];
  /** Rows of cells as shown. At most 200; the caption says when there are more. */
  rows: string[][];
}

/** The numbers of `<downhill-tangent>`. Those that are not finite are null. */
export interface TangentNumbers {
  /** The place. */
  at: number;
  /** The value of the function there. */
  value: number | null;
  /** The slope there. */
  slope: number | null;
  /** The slope from the left, where there is no single one. */
  left: number | null;
  /** The slope from the right, where there is no single one. */
  right: number | null;
  /** The second point. */
  secant: SecantReadout | null;
  /** Rows of the table of halvings. */
  halvings: SecantReadout[];
  /** How strongly the lens magnifies; 1 for no lens. */
  magnification: number;
  /** Stretches along which the slope is inked in. */
  ink: [number, number][];
  /** Seven slopes that were sketched. */
  sketch: number[] | null;
  /** What the checked sketch amounts to: right, signsFlipped, heightForSlope, zerosOfHeight, partly or undecided. */
  verdict: string | null;
  /** The stretch that is shown. */
  domain: [number, number];
}

/**
 * What a target is.
 */
export type Task = "classification" | "regression";

/** One column of the live equation: symbol, value and a two-word meaning, under one another. */
export interface Term {
  /** The symbol or operator as plain text (`w`, `η`, `L′(w)`, `×`), set in the mathematical face. */
  symbol: string;
  /** The value as shown; empty under an operator that stays the same. */
  value: string;
  /** The meaning in two words; empty under an operator. */
  meaning: string;
  /** Its colour. */
  role: Role;
  /** True for `=`, `−`, `×`, `←`. */
  operator: boolean;
}

/** Rise and run of a tangent's triangle. */
export interface TriangleInfo {
  /** Along x. */
  run: number;
  /** Along y: the slope times the run. */
  rise: number;
}

/** Something a page asked for that cannot be had; what was right stays. */
export interface Warning {
  /** The attribute it concerns, or the tag. */
  about: string;
  /** What is wrong and what to try, in one or two sentences. */
  message: string;
}

/** The readout of `descent`. */
export type DescentReadout = DescentNumbers &
  Moment &
  Panel & {
    controls: Control[];
    handles: HandleInfo[];
    formula: FormulaReadout;
  };

/** What `<downhill-descent>` can be told, by properties. */
export interface DescentSettings {
  /** The loss: a formula of one variable, such as (w^2 - 4)^2 / 8 + w / 3 + 1.5. */
  function?: string;
  /** Where the walk begins; chosen by looking at the curve unless told. */
  start?: number;
  /** How bold each step is: the factor on the slope. */
  learningRate?: number;
  /** What makes steps of slopes: sgd (plain), momentum or adam. */
  optimizer?: "sgd" | "momentum" | "adam";
  /** The stretch of the curve that is shown, such as -3 3; chosen by looking at the curve unless told. */
  domain?: [number, number];
  /** Hides the curve: only the slope under the ball is felt. */
  blindfold?: boolean;
}

/** The readout of `houses`. */
export type HousesReadout = HousesNumbers &
  Moment &
  Panel & {
    controls: Control[];
    handles: HandleInfo[];
    features: FeatureChoice[];
    targets: FeatureChoice[];
    data: DataReadout;
  };

/** What `<downhill-houses>` can be told, by properties. */
export interface HousesSettings {
  /** The table: ames, the 2,930 sales of Ames, Iowa; or the address of a CSV file. */
  data?: string;
  /** The column that the line guesses from, such as living_area_sqft. */
  features?: string[];
  /** The column that it guesses. */
  target?: string;
  /** Whether the feature is put on a common scale before learning. */
  standardize?: boolean;
  /** What makes steps of slopes: sgd (plain), momentum or adam. */
  optimizer?: "sgd" | "momentum" | "adam";
  /** How bold each step is: the factor on the slope; one that suits scale and optimiser unless told. */
  learningRate?: number;
  /** Where the line begins: slope and intercept in the units of the table. */
  start?: number[];
  /** Which house is called out, from 0; a telling one unless told. */
  house?: number;
  /** Whether misses are drawn. */
  misses?: boolean;
  /** Whether the called-out house can be moved, by hand or by key: the sales are facts until a learner asks what if. */
  moving?: boolean;
  /** Houses that were moved: which one, its feature, its target, and so on in threes. */
  moved?: number[];
}

/** The readout of `tangent`. */
export type TangentReadout = TangentNumbers &
  Moment &
  Panel & {
    controls: Control[];
    handles: HandleInfo[];
    formula: FormulaReadout;
  };

/** What `<downhill-tangent>` can be told, by properties. */
export interface TangentSettings {
  /** The function: a formula of one variable, such as x^3/3 - x + 2. */
  function?: string;
  /** Where the tangent touches; chosen by looking at the curve unless told. */
  at?: number;
  /** The stretch of the curve that is shown, such as -3 3; chosen by looking at the curve unless told. */
  domain?: [number, number];
  /** How far to the right of the place a second point stands; none unless told. */
  secondPoint?: number;
  /** Whether the derivative is drawn from the start. */
  showDerivative?: boolean;
  /** How strongly the lens magnifies: 1 for no lens, up to 1000000. */
  magnification?: number;
  /** Stretches of the slope that are inked in: their ends one after the other. */
  ink?: number[];
  /** Distances h of the rows of the table. */
  halvings?: number[];
  /** Seven slopes that were sketched, from left to right. */
  sketch?: number[];
  /** Whether the sketch has been checked. */
  checked?: boolean;
}

/** The readouts by kind of widget. */
export interface Readouts {
  descent: DescentReadout;
  houses: HousesReadout;
  tangent: TangentReadout;
}

/** The settings by kind of widget. */
export interface Settings {
  descent: DescentSettings;
  houses: HousesSettings;
  tangent: TangentSettings;
}
