/** The choice Custom, and the bounds of training options. Bounds are written as numbers: `16`, `65,536`, `0.5`. */

import { MAX_WARMUP_STEPS } from '../../../domain/training-options.ts';
import { byCount, formatCount } from '../../format.ts';

export const options = {
  custom: 'Custom',
  /** @param preset The name of the preset whose values apply where the user sets none. */
  customDescription: (preset: string) =>
    `Values of your own, under “Advanced”. Where you set none, those of ${preset} apply.`,
  backToPreset: 'Back to the preset',
  bounds: {
    tokens: (min: string, max: string) => `From ${min} to ${max} tokens.`,
    steps: (min: string, max: string) => `From ${min} to ${max} steps.`,
    passes: (min: string, max: string) => `From ${min} to ${max} passes.`,
    evaluations: (min: string, max: string) => `From ${min} to ${max} evaluations.`,
    share: (min: string, max: string) => `A share from ${min} to ${max}.`,
    none: (min: string, max: string) => `From ${min} to ${max}, without a unit.`,
  },
  /** The fields under Advanced, by the names of the options. */
  fields: {
    mode: {
      label: 'What to train',
      hint: 'An adapter needs less memory and space, and learns a little less of you.',
      choices: { full: 'All of it', lora: 'A small adapter (LoRA)' },
    },
    loraRank: {
      label: 'Adapter size',
      hint: 'The rank of the adapter’s matrices: a larger one can learn more, and takes more memory.',
    },
    checkpointing: {
      label: 'Use less memory',
      hint: 'It computes some things twice instead of keeping them, which takes about a quarter longer.',
    },
    steps: {
      label: 'Steps',
      hint: 'How often the bot is adjusted. If you set it, Epochs has no effect.',
    },
    epochs: { label: 'Epochs', hint: 'How many times it reads all your tweets.' },
    learningRate: { label: 'Learning rate', hint: 'How far each step changes the bot, at most.' },
    tokensPerStep: {
      label: 'Tokens per step',
      hint: 'How much it reads before each change, in whole blocks.',
    },
    blockLength: {
      label: 'Block length',
      hint: 'How much text it sees at once. The model sets an upper limit.',
    },
    dropout: {
      label: 'Dropout',
      hint: 'The share of activations that each step sets to zero, against learning by heart.',
    },
    warmup: {
      label: 'Warm-up',
      hint: `The share of the steps during which the learning rate rises, ${MAX_WARMUP_STEPS} steps at most.`,
    },
    replyContext: {
      label: 'Learn to answer',
      hint: (count: number) =>
        `${byCount(count, {
          one: 'One of your tweets answers or quotes another one of yours',
          other: `${formatCount(count)} of your tweets answer or quote another one of yours`,
        })}. Read after what they answer, they teach the bot to reply. What other people wrote is in no archive.`,
    },
    weightDecay: {
      label: 'Weight decay',
      hint: 'How strongly each step pulls the weights towards zero.',
    },
    patience: {
      label: 'Patience',
      hint: 'Training ends early after this many evaluations without a better loss on held-out tweets. With 0, it never does.',
    },
    isUnmixed: {
      label: 'Keep it exactly as trained',
      hint: 'Otherwise its weights are mixed with those it began with, if it then predicts held-out tweets better.',
    },
    seed: {
      label: 'Seed',
      hint: 'The same seed, settings and tweets give the same bot on the same computer.',
    },
  },
  placeholders: { preset: 'From the preset', model: 'From the model', random: 'Random' },
  hasNoEffect: 'Steps is set, so this has no effect.',
  tooMuch: 'All of this model would be too much to train.',
  conflicts: {
    context: (max: number) => `This model sees at most ${formatCount(max)} tokens at once.`,
    step: (max: number) =>
      `A block can’t be longer than a step, which has ${formatCount(max)} tokens.`,
    wholeBlocks: (tokens: number) =>
      `A step has to consist of whole blocks: enter ${formatCount(tokens)}.`,
    wholeBlocksEither: (below: number, above: number) =>
      `A step has to consist of whole blocks: enter ${formatCount(below)} or ${formatCount(above)}.`,
  },
};
