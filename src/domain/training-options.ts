/**
 * The options of a training, each declared once with its kind, bounds and default. The protocol derives its
 * type from this table, the form under "Advanced" shows it in this order, and planning and `createRecipe`
 * take their defaults from it. A new option needs an entry here, its words (`app/texts/en/options.ts`) and
 * the code that uses it.
 */

/** A warm-up is never longer: by then AdamW's moments describe the gradients well enough. */
export const MAX_WARMUP_STEPS = 20;

/** What a number counts or measures. */
export type OptionUnit = 'tokens' | 'steps' | 'passes' | 'evaluations' | 'share' | 'none';

interface Shown {
  /** The option is shown, and has an effect, only in this mode. */
  readonly onlyFor?: 'full' | 'lora';
}

interface NumberOption extends Shown {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly isInteger: boolean;
  readonly unit: OptionUnit;
  /** What applies if it isn't set. Without it, the preset or the plan decides. */
  readonly default?: number;
  /** Where the value comes from if the field is empty and neither a default nor the plan gives a number. */
  readonly placeholder?: 'preset' | 'model' | 'random';
}

interface FlagOption extends Shown {
  readonly kind: 'flag';
}

interface ChoiceOption extends Shown {
  readonly kind: 'choice';
  readonly choices: readonly string[];
}

export type TrainingOption = NumberOption | FlagOption | ChoiceOption;

export const TRAINING_OPTIONS = {
  /** If it isn't set, all of the model is trained if that fits, else an adapter. */
  mode: {
    kind: 'choice',
    choices: ['full', 'lora'],
  },
  /** The rank of the adapter's matrices. If it isn't set, it depends on the model's width. */
  loraRank: {
    kind: 'number',
    onlyFor: 'lora',
    min: 1,
    max: 256,
    isInteger: true,
    unit: 'none',
    placeholder: 'model',
  },
  /** Recomputes activations instead of keeping them. If it isn't set, only where that is needed to fit. */
  checkpointing: {
    kind: 'flag',
  },
  steps: {
    kind: 'number',
    min: 1,
    max: 100_000,
    isInteger: true,
    unit: 'steps',
  },
  epochs: {
    kind: 'number',
    min: 0.01,
    max: 100,
    isInteger: false,
    unit: 'passes',
  },
  /** The maximum of the schedule. If it isn't set, it depends on the model's width. */
  learningRate: {
    kind: 'number',
    min: 0.0000001,
    max: 0.1,
    isInteger: false,
    unit: 'none',
  },
  /** If it isn't set, the preset's. */
  tokensPerStep: {
    kind: 'number',
    min: 16,
    max: 65_536,
    isInteger: true,
    unit: 'tokens',
  },
  /** If it isn't set, the preset's, or less if memory is short. */
  blockLength: {
    kind: 'number',
    min: 16,
    max: 1024,
    isInteger: true,
    unit: 'tokens',
  },
  /** If it isn't set, the preset's. */
  dropout: {
    kind: 'number',
    min: 0,
    max: 0.5,
    isInteger: false,
    unit: 'share',
    placeholder: 'preset',
  },
  /** If it isn't set, the preset's. */
  warmup: {
    kind: 'number',
    min: 0,
    max: 0.5,
    isInteger: false,
    unit: 'share',
    placeholder: 'preset',
  },
  /** Whether a tweet that answers another of the tweets is read after that one. It gains the starter nothing. */
  replyContext: {
    kind: 'flag',
  },
  weightDecay: {
    kind: 'number',
    min: 0,
    max: 1,
    isInteger: false,
    unit: 'none',
    default: 0,
  },
  /** If it isn't set, the preset's; none for steps or epochs that the user has set. */
  patience: {
    kind: 'number',
    min: 0,
    max: 100,
    isInteger: true,
    unit: 'evaluations',
    placeholder: 'preset',
  },
  isUnmixed: {
    kind: 'flag',
  },
  seed: {
    kind: 'number',
    min: 0,
    max: 4_294_967_295,
    isInteger: true,
    unit: 'none',
    placeholder: 'random',
  },
} as const satisfies Readonly<Record<string, TrainingOption>>;

export type TrainingOptionName = keyof typeof TRAINING_OPTIONS;

/** The value of an option by its kind. */
type OptionValue<O> = O extends { readonly kind: 'number' }
  ? number
  : O extends { readonly choices: readonly (infer C)[] }
    ? C
    : boolean;

/** The value of any option; undefined if it isn't set. */
export type AnyOptionValue = string | number | boolean | undefined;

/** What the user has set. Whatever is undefined is decided by the preset and the plan. */
export type RecipeOverrides = {
  readonly [N in TrainingOptionName]?: OptionValue<(typeof TRAINING_OPTIONS)[N]> | undefined;
};

/** Whether all of a model is trained, or an adapter beside it. */
export type ModeName = (typeof TRAINING_OPTIONS.mode.choices)[number];

/**
 * The maximum number of passes over the tweets, if the user sets neither steps nor epochs, and the share of them that
 * is made in addition to try learning rates (`train/trials.ts`). `train/recipe.ts` has the rest.
 */
export const PRESETS = {
  quick: { epochs: 2, triedShare: 0 },
  good: { epochs: 4, triedShare: 0 },
  best: { epochs: 8, triedShare: 1 / 4 },
  huggingtweets: { epochs: 4, triedShare: 0 },
} as const;

export type Preset = keyof typeof PRESETS;

/** `Object.keys` with the type of the keys. */
function namesOf<N extends string>(table: Readonly<Record<N, unknown>>): readonly N[] {
  return Object.keys(table) as N[];
}

export const MODE_NAMES: readonly ModeName[] = TRAINING_OPTIONS.mode.choices;
export const TRAINING_OPTION_NAMES = namesOf(TRAINING_OPTIONS);
export const PRESET_NAMES = namesOf(PRESETS);
