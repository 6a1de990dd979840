/**
 * The options of a training, each declared once with its kind, bounds, default, and the words that the
 * page uses for it. The protocol derives its type from this table, the form under "Advanced" shows it in
 * this order, and planning and `createRecipe` take their defaults from it. A new option needs an entry
 * here and the code that uses it.
 */

/** What a number counts or measures. */
export type OptionUnit = 'tokens' | 'steps' | 'passes' | 'evaluations' | 'share' | 'none';

interface Shown {
  readonly label: string;
  /** The sentence below the field. */
  readonly hint: string;
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
  /** What an empty field shows, if neither a default nor the plan gives a number. */
  readonly placeholder?: string;
}

interface FlagOption extends Shown {
  readonly kind: 'flag';
}

interface ChoiceOption extends Shown {
  readonly kind: 'choice';
  /** The name on the page for each value. */
  readonly choices: Readonly<Record<string, string>>;
}

export type TrainingOption = NumberOption | FlagOption | ChoiceOption;

export const TRAINING_OPTIONS = {
  /** If it isn't set, all of the model is trained if that fits, else an adapter. */
  mode: {
    kind: 'choice',
    label: 'What to train',
    hint: 'An adapter needs less memory and space, and learns a little less of you.',
    choices: { full: 'All of it', lora: 'A small adapter (LoRA)' },
  },
  /** The rank of the adapter's matrices. If it isn't set, it depends on the model's width. */
  loraRank: {
    kind: 'number',
    label: 'Adapter size',
    hint: 'The rank of the adapter’s matrices: a larger one can learn more, and takes more memory.',
    onlyFor: 'lora',
    min: 1,
    max: 256,
    isInteger: true,
    unit: 'none',
    placeholder: 'From the model',
  },
  /** Recomputes activations instead of keeping them. If it isn't set, only where that is needed to fit. */
  checkpointing: {
    kind: 'flag',
    label: 'Use less memory',
    hint: 'It computes some things twice instead of keeping them, which takes about a quarter longer.',
  },
  steps: {
    kind: 'number',
    label: 'Steps',
    hint: 'How often the bot is adjusted. If you set it, Epochs has no effect.',
    min: 1,
    max: 100_000,
    isInteger: true,
    unit: 'steps',
  },
  epochs: {
    kind: 'number',
    label: 'Epochs',
    hint: 'How many times it reads all your tweets.',
    min: 0.01,
    max: 100,
    isInteger: false,
    unit: 'passes',
  },
  /** The maximum of the schedule. If it isn't set, it depends on the model's width. */
  learningRate: {
    kind: 'number',
    label: 'Learning rate',
    hint: 'How far each step changes the bot, at most.',
    min: 0.0000001,
    max: 0.1,
    isInteger: false,
    unit: 'none',
  },
  /** If it isn't set, the preset's. */
  tokensPerStep: {
    kind: 'number',
    label: 'Tokens per step',
    hint: 'How much it reads before each change, in whole blocks.',
    min: 16,
    max: 65_536,
    isInteger: true,
    unit: 'tokens',
  },
  /** If it isn't set, the preset's, or less if memory is short. */
  blockLength: {
    kind: 'number',
    label: 'Block length',
    hint: 'How much text it sees at once, at most as much as the model can.',
    min: 16,
    max: 1024,
    isInteger: true,
    unit: 'tokens',
  },
  /** If it isn't set, the preset's. */
  dropout: {
    kind: 'number',
    label: 'Dropout',
    hint: 'The share of activations that each step sets to zero, against learning by heart.',
    min: 0,
    max: 0.5,
    isInteger: false,
    unit: 'share',
    placeholder: 'From the preset',
  },
  /** If it isn't set, the preset's. */
  warmup: {
    kind: 'number',
    label: 'Warm-up',
    hint: 'The share of the steps during which the learning rate rises, 20 steps at most.',
    min: 0,
    max: 0.5,
    isInteger: false,
    unit: 'share',
    placeholder: 'From the preset',
  },
  weightDecay: {
    kind: 'number',
    label: 'Weight decay',
    hint: 'How strongly each step pulls the weights towards zero.',
    min: 0,
    max: 1,
    isInteger: false,
    unit: 'none',
    default: 0,
  },
  /** If it isn't set, the preset's; none for steps or epochs that the user has set. */
  patience: {
    kind: 'number',
    label: 'Patience',
    hint: 'It ends early after this many looks at held-out tweets without a better loss, or never with 0.',
    min: 0,
    max: 100,
    isInteger: true,
    unit: 'evaluations',
    placeholder: 'From the preset',
  },
  isUnmixed: {
    kind: 'flag',
    label: 'Keep it exactly as trained',
    hint: 'Otherwise its weights are mixed with those it began with, if it then predicts held-out tweets better.',
  },
  seed: {
    kind: 'number',
    label: 'Seed',
    hint: 'The same seed, settings and tweets give the same bot on the same computer.',
    min: 0,
    max: 4_294_967_295,
    isInteger: true,
    unit: 'none',
    placeholder: 'Random',
  },
} as const satisfies Readonly<Record<string, TrainingOption>>;

export type TrainingOptionName = keyof typeof TRAINING_OPTIONS;

/** The value of an option by its kind. */
type OptionValue<O> = O extends { readonly kind: 'number' }
  ? number
  : O extends { readonly choices: infer C }
    ? keyof C
    : boolean;

/** The value of any option; undefined if it isn't set. */
export type AnyOptionValue = string | number | boolean | undefined;

/** What the user has set. Whatever is undefined is decided by the preset and the plan. */
export type RecipeOverrides = {
  readonly [N in TrainingOptionName]?: OptionValue<(typeof TRAINING_OPTIONS)[N]> | undefined;
};

/** Whether all of a model is trained, or an adapter beside it. */
export type ModeName = keyof typeof TRAINING_OPTIONS.mode.choices;

/** How long to train at most, if the user sets neither steps nor epochs. `train/recipe.ts` has the rest. */
export const PRESETS = {
  quick: {
    label: 'Quick',
    description: 'Reads your tweets twice, and picks up your words and topics.',
    epochs: 2,
  },
  good: {
    label: 'Good',
    description:
      'Reads your tweets up to four times, and stops before it only learns them by heart. For many tweets.',
    epochs: 4,
  },
  best: {
    label: 'Best',
    description:
      'Reads your tweets up to eight times, with a lower learning rate. For very many tweets, or unusual ones.',
    epochs: 8,
  },
  huggingtweets: {
    label: 'huggingtweets',
    description: 'The settings of huggingtweets, which this page is modelled on, for comparison.',
    epochs: 4,
  },
} as const;

export type Preset = keyof typeof PRESETS;

/** `Object.keys` with the type of the keys. */
function namesOf<N extends string>(table: Readonly<Record<N, unknown>>): readonly N[] {
  return Object.keys(table) as N[];
}

export const MODE_NAMES = namesOf(TRAINING_OPTIONS.mode.choices);
export const TRAINING_OPTION_NAMES = namesOf(TRAINING_OPTIONS);
export const PRESET_NAMES = namesOf(PRESETS);
