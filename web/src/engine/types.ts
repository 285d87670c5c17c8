// Written from the Rust types by `cargo xtask types`. Do not edit.

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
 * f in a = f(x W + b).
 */
export type Activation = "tanh" | "relu" | "sigmoid" | "softplus" | "identity";

/**
 * What the blindfold hides and counts.
 */
export type BlindfoldReadout = {
  /**
   * Whether it is on.
   */
  on: boolean;
  /**
   * Moves since the start: steps, and each leap by hand as one.
   */
  stepsTaken: number;
  /**
   * How many of them were leaps.
   */
  leaps: number;
  /**
   * The lowest place stood on so far.
   */
  lowestFound: number | null;
  /**
   * Whether the ball has settled in the lowest valley in view; none while it has not settled.
   */
  inLowestValley: boolean | null;
};

/**
 * Which data set.
 */
export type DataKind = "circle" | "xor" | "gaussians" | "spiral" | "plane" | "waves";

/**
 * Why a table cannot be used.
 */
export type DataProblem = {
  /**
   * A short stable name for programs.
   */
  code: string;
  /**
   * A few words.
   */
  title: string;
  /**
   * What is wrong and what to do.
   */
  text: string;
};

/**
 * The table behind the picture.
 */
export type DataReadout = {
  /**
   * "ames", or what the learner's table is called.
   */
  label: string;
  /**
   * Rows read.
   */
  rows: number;
  /**
   * Rows used: those with a number in both columns.
   */
  used: number;
  /**
   * Rows left out, by reason.
   */
  dropped: Array<Shortfall>;
  /**
   * The first twenty problems, by line.
   */
  issues: Array<RowIssue>;
  /**
   * How many problems there are in all.
   */
  issueCount: number;
  /**
   * What was done to the header.
   */
  notes: Array<string>;
  /**
   * Why the last table or choice of columns could not be used, if so: the one before is kept.
   */
  error: DataProblem | null;
  /**
   * What may be dropped here, in one sentence.
   */
  limits: string;
};

/**
 * What a page asks for at the start. Everything has a default; nonsense is passed over.
 */
export type DescentConfig = {
  /**
   * A formula of one variable.
   */
  formula?: string;
  /**
   * Where the ball starts.
   */
  start?: number;
  /**
   * The learning rate, above 0.
   */
  learningRate?: number;
  /**
   * The optimiser.
   */
  optimizer?: OptimizerKind;
  /**
   * The stretch of the parameter to show; chosen by looking at the curve if absent.
   */
  domain?: [number, number];
  /**
   * Whether the curve is hidden.
   */
  blindfold?: boolean;
};

/**
 * What the widget reads out. Numbers that are not finite are absent.
 */
export type DescentReadout = {
  /**
   * The parameter: one number.
   */
  at: Array<number>;
  /**
   * The loss there.
   */
  value: number | null;
  /**
   * The slope there that a step follows: one number, or none.
   */
  gradient: Array<number>;
  /**
   * Where the next step leads: one number, or none.
   */
  next: Array<number>;
  /**
   * Steps taken.
   */
  steps: number;
  /**
   * The learning rate.
   */
  learningRate: number;
  /**
   * The optimiser.
   */
  optimizer: OptimizerKind;
  /**
   * Where the run stands.
   */
  status: Status;
  /**
   * Why it ended, in one sentence.
   */
  reason: string | null;
  /**
   * The formula.
   */
  formula: FormulaReadout;
  /**
   * The blindfold.
   */
  blindfold: BlindfoldReadout;
  /**
   * The triangle under the tangent, if one is drawn.
   */
  triangle: TriangleReadout | null;
  /**
   * A smaller rate that settles, offered when a run ran away.
   */
  suggestedLearningRate: number | null;
  /**
   * Rates below this settle in the nearest valley, near its floor.
   */
  largestStableLearningRate: number | null;
  /**
   * The ends of the logarithmic slider.
   */
  learningRateRange: [number, number];
  /**
   * The stretch of the parameter that is shown.
   */
  domain: [number, number];
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
 * A named setting.
 */
export type DescentSetting =
  | { name: "formula"; value: string }
  | { name: "at"; value: number }
  | { name: "learningRate"; value: number }
  | { name: "optimizer"; value: OptimizerKind }
  | { name: "domain"; value: [number, number] | null }
  | { name: "blindfold"; value: boolean }
  | { name: "act"; value: string };

/**
 * Everything needed to show the scene again, to the bit.
 */
export type DescentState = {
  /**
   * [`VERSION`].
   */
  version: number;
  /**
   * The formula, as typed.
   */
  formula: string;
  /**
   * Where a reset leads; chosen by looking at the curve if absent.
   */
  home: number | null;
  /**
   * The stretch shown, if it was asked for.
   */
  domain: [number, number] | null;
  /**
   * The learning rate.
   */
  learningRate: number;
  /**
   * The optimiser.
   */
  optimizer: OptimizerKind;
  /**
   * Whether the curve is hidden.
   */
  blindfold: boolean;
  /**
   * Where the walk began.
   */
  start: number;
  /**
   * Every move since.
   */
  moves: Array<Move>;
  /**
   * Whether one step more was asked for and could not be taken.
   */
  refused: boolean;
};

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

/**
 * A house that was moved.
 */
export type Edit = {
  /**
   * Which one, from 0.
   */
  house: number;
  /**
   * Its new feature.
   */
  x: number;
  /**
   * Its new target.
   */
  y: number;
};

/**
 * What a page hears of, as a DOM event of the same name with `downhill-` before it.
 */
export type Event = "change" | "step" | "converged" | "diverged" | "answer" | "error";

/**
 * The exact least-squares fit.
 */
export type ExactFit = {
  /**
   * The slope.
   */
  coefficients: Array<number>;
  /**
   * Where the feature is 0.
   */
  intercept: number;
  /**
   * Its mean squared error.
   */
  mse: number;
};

/**
 * A column to choose.
 */
export type FeatureChoice = {
  /**
   * Its name in the table.
   */
  id: string;
  /**
   * Its name for people, with its unit: "living area, sq ft".
   */
  label: string;
  /**
   * What it counts: "$", "sq ft", "year" or nothing.
   */
  unit: string;
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

/**
 * The formula and its derivative.
 */
export type FormulaReadout = {
  /**
   * The formula that is drawn, as typed.
   */
  text: string;
  /**
   * The same, typeset: a whole `<math>` element.
   */
  mathml: string;
  /**
   * Its variable.
   */
  variable: string;
  /**
   * Its derivative as text.
   */
  derivativeText: string;
  /**
   * The same, typeset.
   */
  derivativeMathml: string;
  /**
   * What is wrong with what was typed last, if anything.
   */
  mistake: FormulaMistake | null;
  /**
   * What was typed last, if something is wrong with it.
   */
  mistakeText: string | null;
  /**
   * How ambiguous spellings were read.
   */
  notes: Array<string>;
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
 * The called-out house.
 */
export type HouseReadout = {
  /**
   * Which one, from 0.
   */
  index: number;
  /**
   * Its feature.
   */
  x: number;
  /**
   * What the line says.
   */
  guessed: number;
  /**
   * Its target.
   */
  sold: number;
  /**
   * Sold less guessed.
   */
  wrongBy: number;
};

/**
 * What a page asks for at the start. Whatever is absent, unknown or not finite keeps its default.
 */
export type HousesConfig = {
  /**
   * The name of a built-in table: `ames`.
   */
  data?: string;
  /**
   * The column the line guesses from.
   */
  feature?: string;
  /**
   * η.
   */
  learningRate?: number;
  /**
   * Which optimiser.
   */
  optimizer?: OptimizerKind;
  /**
   * Whether the feature is standardised before learning; it is unless told otherwise.
   */
  standardize?: boolean;
  /**
   * Where the line begins: [slope, intercept] in the units of the data. Both 0 unless told otherwise.
   */
  start?: [number, number];
  /**
   * Which house is called out, from 0.
   */
  house?: number;
  /**
   * Whether misses are drawn.
   */
  misses?: boolean;
};

/**
 * The readout of `houses`.
 */
export type HousesReadout = {
  /**
   * The slope: target units per feature unit.
   */
  coefficients: Array<number>;
  /**
   * The line where the feature is 0, target units.
   */
  intercept: number;
  /**
   * Mean squared error (1/n) Σ r², target units squared.
   */
  mse: number;
  /**
   * Its root, the typical miss, target units.
   */
  rmse: number;
  /**
   * Share of the target's variance explained; none where the target never changes.
   */
  rSquared: number | null;
  /**
   * Steps taken.
   */
  steps: number;
  /**
   * η of the next step.
   */
  learningRate: number;
  /**
   * Ends of the learning rate's slider.
   */
  learningRateRange: [number, number];
  /**
   * For plain gradient descent on this loss: 2 over its largest curvature.
   */
  largestStableLearningRate: number;
  /**
   * Which optimiser.
   */
  optimizer: OptimizerKind;
  /**
   * Where the run stands.
   */
  status: Status;
  /**
   * Why it ended.
   */
  reason: string | null;
  /**
   * The least-squares line.
   */
  exact: ExactFit;
  /**
   * Whether the feature is standardised before learning.
   */
  standardize: boolean;
  /**
   * The column the line guesses from.
   */
  feature: string;
  /**
   * The column it guesses.
   */
  target: string;
  /**
   * The columns to choose from, the target left out.
   */
  features: Array<FeatureChoice>;
  /**
   * The columns that can be the target.
   */
  targets: Array<FeatureChoice>;
  /**
   * The called-out house.
   */
  house: HouseReadout | null;
  /**
   * The table.
   */
  data: DataReadout;
  /**
   * How many houses were moved.
   */
  moved: number;
  /**
   * Whether the contours are circles.
   */
  contoursRound: boolean;
  /**
   * Whether misses are drawn.
   */
  misses: boolean;
  /**
   * What a link to this moment will not carry, if anything.
   */
  shareNote: string | null;
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
 * The named settings.
 */
export type HousesSetting =
  | { name: "feature"; value: string }
  | { name: "target"; value: string }
  | { name: "learningRate"; value: number }
  | { name: "optimizer"; value: OptimizerKind }
  | { name: "standardize"; value: boolean }
  | { name: "slope"; value: number }
  | { name: "intercept"; value: number }
  | { name: "house"; value: number }
  | { name: "misses"; value: boolean }
  | {
      name: "data";
      value: {
        /**
         * What it is called, such as the name of the file.
         */
        label: string;
        /**
         * The text of the table.
         */
        text: string;
      };
    }
  | { name: "amesData" }
  | { name: "jumpToExact" }
  | { name: "act"; value: string };

/**
 * Everything needed to show the scene again. What a learner brought is not in it: a table of one's own never enters a link.
 */
export type HousesState = {
  /**
   * [`STATE_VERSION`].
   */
  version: number;
  /**
   * `ames`, or `own` for a table that stays with the learner.
   */
  data: string;
  /**
   * The column the line guesses from.
   */
  feature: string;
  /**
   * The column it guesses.
   */
  target: string;
  /**
   * Whether the feature is standardised.
   */
  standardize: boolean;
  /**
   * Which optimiser takes the next step.
   */
  optimizer: OptimizerKind;
  /**
   * η of the next step.
   */
  learningRate: number;
  /**
   * The parameters at the start of the walk, in the basis that `standardize` names.
   */
  start: [number, number];
  /**
   * The steps taken since.
   */
  legs: Array<Leg>;
  /**
   * Houses that were moved.
   */
  edits: Array<Edit>;
  /**
   * Which house is called out, from 0.
   */
  house: number;
  /**
   * Whether misses are drawn.
   */
  misses: boolean;
};

/**
 * What a run is written as.
 */
export type Language = "python-numpy" | "python-pytorch" | "python-jax" | "rust" | "latex" | "csv";

/**
 * Steps taken with one optimiser at one rate.
 */
export type Leg = {
  /**
   * Which optimiser.
   */
  optimizer: OptimizerKind;
  /**
   * η.
   */
  learningRate: number;
  /**
   * How many steps.
   */
  steps: number;
};

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

/**
 * A run of equal moves, as a link carries it.
 */
export type Move =
  | {
      kind: "steps";
      /**
       * Which.
       */
      optimizer: OptimizerKind;
      /**
       * Its learning rate.
       */
      learningRate: number;
      /**
       * How many, at least 1.
       */
      count: number;
    }
  | {
      kind: "leap";
      /**
       * To here.
       */
      to: number;
    };

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

/**
 * The optimisers of this widget.
 */
export type OptimizerKind = "sgd" | "momentum" | "adam";

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

/**
 * The role of a colour: the same hue for the same idea everywhere (visual language, section 2).
 */
export type Role = "ink" | "data" | "prediction" | "loss" | "gradient" | "step";

/**
 * One thing wrong in one line of the text.
 */
export type RowIssue = {
  /**
   * The line in the text, from 1.
   */
  line: number;
  /**
   * The column's name, where one column is at fault.
   */
  column: string | null;
  /**
   * What is wrong, as one sentence.
   */
  reason: string;
};

/**
 * Rows left out for one reason.
 */
export type Shortfall = {
  /**
   * Why.
   */
  reason: string;
  /**
   * How many.
   */
  count: number;
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
 * Where a run stands.
 */
export type Status = "idle" | "running" | "paused" | "converged" | "stalled" | "diverged";

/**
 * A table of the plotted numbers.
 */
export type Table = {
  /**
   * What the table holds.
   */
  caption: string;
  /**
   * Column headings, with units.
   */
  columns: Array<string>;
  /**
   * Rows of cells as shown. At most 200; the caption says when there are more.
   */
  rows: Array<Array<string>>;
};

/**
 * What a target is.
 */
export type Task = "classification" | "regression";

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
 * Rise and run of the tangent.
 */
export type TriangleReadout = {
  /**
   * Along the parameter.
   */
  run: number;
  /**
   * Along the loss: the slope times the run.
   */
  rise: number;
};
