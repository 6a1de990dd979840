/**
 * What a user may choose about a training, each option declared once: its kind, its bounds, its default,
 * and how the page says it. The protocol's type of these choices is made of this table, the form under
 * "Advanced" shows it in this order, and planning and `createRecipe` take their defaults from it. A new
 * option is a row here and its consumer.
 */

interface Shown {
  readonly label: string;
  /** A sentence below the field. */
  readonly hint: string;
  /** Shown, and of any effect, only for this way of training. */
  readonly onlyFor?: 'full' | 'lora';
}

interface NumberOption extends Shown {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly isInteger: boolean;
  /** What applies while it isn't set. Where there is none, the preset or the plan decides. */
  readonly default?: number;
  /** What an empty field shows where neither a default nor the plan says what will apply. */
  readonly placeholder?: string;
}

interface FlagOption extends Shown {
  readonly kind: 'flag';
}

interface ChoiceOption extends Shown {
  readonly kind: 'choice';
  /** By value: what the page calls it. The first is what is best where it fits. */
  readonly choices: Readonly<Record<string, string>>;
}

export type TrainingOption = NumberOption | FlagOption | ChoiceOption;

export const TRAINING_OPTIONS = {
  /** What of the model is trained. Not set: everything if that fits, else an adapter. */
  mode: {
    kind: 'choice',
    label: 'What to train',
    hint: 'An adapter needs less memory and space, and learns a little less of you.',
    choices: { full: 'All of it', lora: 'A small adapter (LoRA)' },
  },
  /** Rank of the adapter's matrices. */
  loraRank: {
    kind: 'number',
    label: 'Adapter size',
    hint: 'Its rank: larger ones can learn more.',
    onlyFor: 'lora',
    min: 1,
    max: 256,
    isInteger: true,
    default: 8,
  },
  /** Recomputes activations instead of keeping them. Not set: only where that is needed to fit. */
  checkpointing: {
    kind: 'flag',
    label: 'Use less memory',
    hint: 'Takes about a quarter longer.',
  },
  steps: {
    kind: 'number',
    label: 'Steps',
    hint: 'How often the bot is adjusted. If you set it, Epochs has no effect.',
    min: 1,
    max: 100_000,
    isInteger: true,
  },
  epochs: {
    kind: 'number',
    label: 'Epochs',
    hint: 'Times it reads all your tweets.',
    min: 0.01,
    max: 100,
    isInteger: false,
  },
  /** Peak of the schedule. Not set: by the model's width. */
  learningRate: {
    kind: 'number',
    label: 'Learning rate',
    hint: 'How far each step goes.',
    min: 0.0000001,
    max: 0.1,
    isInteger: false,
  },
  /** Not set: {@link MAX_PLANNED_BLOCK_LENGTH}, or less where memory or speed is short. */
  blockLength: {
    kind: 'number',
    label: 'Block length',
    hint: 'Tokens it sees at once.',
    min: 16,
    max: 1024,
    isInteger: true,
  },
  seed: {
    kind: 'number',
    label: 'Seed',
    hint: 'The same seed gives the same bot.',
    min: 0,
    max: 4_294_967_295,
    isInteger: true,
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

/** The value of any option, or undefined where it is left open. */
export type AnyOptionValue = string | number | boolean | undefined;

/** What a user has set. Undefined leaves it to the preset and the plan. */
export type RecipeOverrides = {
  readonly [N in TrainingOptionName]?: OptionValue<(typeof TRAINING_OPTIONS)[N]> | undefined;
};

/** Whether all of a model is trained, or an adapter beside it. */
export type ModeName = keyof typeof TRAINING_OPTIONS.mode.choices;

/** Longer blocks than this cost attention and teach tweets nothing: the user has to ask for them. */
export const MAX_PLANNED_BLOCK_LENGTH = 256;

/** How long a training takes, for those who set neither steps nor epochs. */
export const PRESETS = {
  quick: {
    label: 'Quick',
    description: 'A first listen. It picks up your words and topics.',
    epochs: 1,
  },
  best: {
    label: 'Best',
    description: 'Takes longer. It sounds more like you.',
    epochs: 4,
  },
} as const;

export type Preset = keyof typeof PRESETS;

/** The keys of a table as what they are: `Object.keys` knows them as strings only. */
function namesOf<N extends string>(table: Readonly<Record<N, unknown>>): readonly N[] {
  return Object.keys(table) as N[];
}

export const MODE_NAMES = namesOf(TRAINING_OPTIONS.mode.choices);
export const TRAINING_OPTION_NAMES = namesOf(TRAINING_OPTIONS);
export const PRESET_NAMES = namesOf(PRESETS);
