/** Step 2: training a bot. The names of its options are in `options.ts`. */
import type { ComponentChildren } from 'preact';
import {
  byCount,
  formatBytes,
  formatChance,
  formatCount,
  formatDuration,
  formatList,
  formatMillions,
  formatPercent,
  formatProgress,
  formatRough,
} from '../../format.ts';
import type { Inline } from '../inline.tsx';

/** `your tweets 4 times`, `2.7% of your tweets` */
function passes(epochs: number): string {
  const rounded = Math.round(epochs * 10) / 10;
  if (rounded < 1) return `${formatChance(epochs)} of your tweets`;
  return rounded === 1 ? 'your tweets once' : `your tweets ${formatRough(rounded)} times`;
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

export const training = {
  /* The form */
  howLong: 'How long may it take?',
  presets: {
    quick: {
      label: 'Quick',
      description: 'Reads your tweets twice, and picks up your words and topics.',
    },
    good: {
      label: 'Good',
      description:
        'Reads your tweets up to four times, and stops before it only learns them by heart. For many tweets.',
    },
    best: {
      label: 'Best',
      description:
        'Tries three learning rates for one pass each, and goes on with the best one for up to eight passes. For very many tweets, or unusual ones.',
    },
    huggingtweets: {
      label: 'huggingtweets',
      description: 'The settings of huggingtweets, which this page is modelled on, for comparison.',
    },
  },
  /** @param time `about 2 minutes` */
  takes: (time: string) => `Takes ${time} here.`,
  recommended: 'Recommended.',
  estimatingStart: 'Estimating how long it takes… Training starts as soon as that is known.',
  time: 'Time',
  memory: 'Memory',
  steps: 'Steps',
  repeats: (bold: Inline, name: string): ComponentChildren => [
    bold(`Repeats ${name}.`),
    ' Its recipe is filled in under Advanced, where you can change it.',
  ],
  sameTweets: 'The tweets are the same.',
  addItsTweets: 'Add the tweets that it learned from in step 1.',
  otherTweets: 'These are not exactly the tweets that it learned from.',
  itsModelMissing: (model: string | null) =>
    model === null
      ? 'It started from a model that isn’t here: choose it above.'
      : `It started from ${model}, which isn’t here: choose it above.`,
  hideThis: 'Hide this',

  /* What computes */
  lookingForFastest: 'Looking for what computes fastest here…',
  nothingComputes: 'Nothing computes yet.',
  fastest: 'The fastest here',
  backends: {
    webgpu: 'Graphics card (WebGPU)',
    wasm: 'Processor (WebAssembly)',
    cpu: 'Processor, plain (JavaScript)',
  },
  cardWorks: (card: string) => `Your graphics card does the work: ${card}.`,
  /** Who does the work, as a clause that `computes` takes. */
  workers: {
    software: (adapter: string) =>
      `a graphics card simulated in software does the work (${adapter})`,
    wasm: (threads: number) =>
      byCount(threads, {
        one: `your processor does the work (${formatCount(threads)} thread)`,
        other: `your processor does the work (${formatCount(threads)} threads)`,
      }),
    cpu: 'your processor does the work, the slow way (plain JavaScript)',
  },
  /** Who does the work, and why it is no graphics card. */
  computes: {
    requested: (worker: string) => `As you chose, ${worker}.`,
    'software-gpu': (worker: string) =>
      `This browser’s graphics card is only simulated in software, so ${worker}. Expect it to be slower.`,
    'no-webgpu': (worker: string) =>
      `This browser offers no graphics card here, so ${worker}. Expect it to be slower.`,
    'no-adapter': (worker: string) =>
      `This browser offers no graphics card here, so ${worker}. Expect it to be slower.`,
    'gpu-wrong-numbers': (worker: string) =>
      `This computer’s graphics card gave wrong numbers in a short test, so ${worker}. A newer graphics driver or browser may help.`,
    'gpu-wrong-model': (worker: string) =>
      `This computer’s graphics card gave wrong numbers with the whole model, so ${worker}. A newer graphics driver or browser may help.`,
    'gpu-refused': (worker: string) =>
      `This browser couldn’t open this computer’s graphics card, so ${worker}. Restarting the browser may help.`,
    'gpu-no-answer': (worker: string) =>
      `This computer’s graphics card didn’t answer, so ${worker}. Restarting the browser may help.`,
    'gpu-lost': (worker: string) =>
      `This computer’s graphics card stopped working, so ${worker}. A newer graphics driver or browser may help.`,
    'gpu-failed': (worker: string) =>
      `This computer’s graphics card reported an error, so ${worker}. A newer graphics driver or browser may help.`,
    'processor-faster': (worker: string) =>
      `In a short test, this computer’s graphics card was slower with a model as small as this, so ${worker}.`,
    'hardware-gpu': (worker: string) => `${worker.charAt(0).toUpperCase()}${worker.slice(1)}.`,
  },
  wasmFaults: {
    'no-webassembly': 'This browser has no WebAssembly, which would be many times faster.',
    'wasm-refused': 'This browser is set to refuse WebAssembly, which would be many times faster.',
    'wasm-failed': 'WebAssembly, which would be many times faster, could not be started.',
  },

  /* Why it can't start */
  blocked: {
    noTweets: 'Training can start once there are tweets in step 1.',
    tooFew: (needed: number) =>
      `Training can start once at least ${formatCount(needed)} characters of tweets are kept.`,
    noneYet: 'None are yet: add more tweets in step 1.',
    noneYetKeep: 'None are yet: in step 1, keep more tweets or add some.',
    soFar: (characters: number) =>
      byCount(characters, {
        one: `So far there is ${formatCount(characters)}: add more tweets in step 1.`,
        other: `So far there are ${formatCount(characters)}: add more tweets in step 1.`,
      }),
    soFarKeep: (characters: number) =>
      byCount(characters, {
        one: `So far there is ${formatCount(characters)}: in step 1, keep more tweets or add some.`,
        other: `So far there are ${formatCount(characters)}: in step 1, keep more tweets or add some.`,
      }),
    /** @param advanced The name of the part of the form where the options are. */
    noModel: 'Training can start once another model is chosen or added.',
    modelMissing: (name: string) => `Training can start once ${name} is downloaded.`,
    invalid: (options: readonly string[], advanced: string) =>
      byCount(options.length, {
        one: `Training can start once ${formatList(options)} is corrected under “${advanced}”.`,
        other: `Training can start once ${formatList(options)} are corrected under “${advanced}”.`,
      }),
    starting: 'Training can start in a moment, once it is known what computes fastest here.',
    /** @param computeWith The name of the control. */
    unavailable: (computeWith: string) =>
      `Training can start once there is something to compute with: choose something else in “${computeWith}” below.`,
    elsewhere: 'Training can start once Mynah is closed in the other tab.',
    lost: 'Training can start once the engine runs again: restart it at the top of the page.',
    planning: 'Training can start in a moment: estimating how long it takes…',
    importing: 'Training can start once all tweets have been read.',
    training: 'Training can start once the bot in training is done or paused.',
    writing: 'Training can start once the tweets being written are done or stopped.',
  },

  /* Phases */
  estimating: 'Estimating',
  gettingReady: 'Getting ready',
  phases: {
    'loading-model': 'Loading the model',
    tokenizing: 'Cutting tweets into tokens',
    compiling: 'Getting your graphics card ready',
    timing: 'Timing a few steps',
    checking: 'Checking your graphics card',
    trying: 'Trying learning rates',
    training: 'Training',
    settling: 'Choosing what to keep',
    saving: 'Saving',
  },
  /** @param phase One of the above. */
  phasePart: (phase: string, share: number) => `${phase}, ${formatProgress(share)}`,
  /** What is going on. */
  underway: (phase: string) => `${phase}…`,

  /* The plan */
  reads: (epochs: number) => `Reads ${passes(epochs)}.`,
  /** @param savings What was chosen so that the training fits, as clauses. */
  soThatItFits: (savings: readonly string[]) => `So that it fits, ${formatList(savings)}.`,
  savings: {
    adapter: 'a small adapter is trained instead of all of the model',
    halves: 'some intermediate results are kept with fewer digits',
    /** @param option The name of the option. */
    isOn: (option: string) => `“${option}” is on`,
  },
  modelHas: (parameters: number) => `The model has ${formatMillions(parameters)} parameters.`,
  adapterHas: (trained: number, parameters: number) =>
    `The adapter has ${formatMillions(trained)} parameters beside the model’s ${formatMillions(parameters)} parameters, which stay as they are.`,
  /** @param speed `1,240 tokens/s` */
  readsAt: (speed: string) => `It reads ${speed}.`,
  memoryIs: (weights: number, gradients: number, moments: number, rest: number) =>
    `Its memory is ${formatList([
      `${formatBytes(weights)} for the model`,
      `${formatBytes(gradients)} for what each step changes in it`,
      `${formatBytes(moments)} for what it remembers of earlier steps`,
      `${formatBytes(rest)} of working space`,
    ])}.`,
  trainedAll: (parameters: number) => `all ${formatMillions(parameters)} parameters`,
  trainedAdapter: (parameters: number) => `an adapter of ${formatMillions(parameters)} parameters`,

  /* A running training */
  live: 'Training underway',
  stepOf: (step: number, steps: number) => `Step ${formatCount(step)} of ${formatCount(steps)}`,
  stepOfInRow: (step: number, steps: number) =>
    `step ${formatCount(step)} of ${formatCount(steps)}`,
  skipped: (steps: number) =>
    byCount(steps, {
      one: `${formatCount(steps)} step skipped, because its gradients were not finite numbers.`,
      other: `${formatCount(steps)} steps skipped, because their gradients were not finite numbers.`,
    }),
  savedAsItGoes: 'Saved as it goes: you can close the tab and continue later.',
  pausing: 'Pausing…',
  finishing: 'Finishing…',
  secondsLeft: (seconds: number) => `${formatDuration(seconds)} left`,
  learningRateIs: (rate: string) => `Learning rate ${rate}`,
  gradientNormIs: (norm: string) => `gradient norm before clipping ${norm}`,
  wouldWriteNow: 'What it would write now',
  atStep: (step: number) => `at step ${formatCount(step)}`,
  it: 'It',

  /* One that isn't finished */
  pausedAt: (step: number, steps: number) =>
    `Paused at step ${formatCount(step)} of ${formatCount(steps)}`,
  interruptedAt: (step: number, steps: number) =>
    `Interrupted at step ${formatCount(step)} of ${formatCount(steps)}`,
  startOver: 'Start over',
  tweetsDeleted: 'The tweets it was learning from have been deleted here, so it can’t go on.',
  stillWrites: 'It still writes with what it has learned.',
  allSaved: 'Everything so far is saved.',
  pageWasClosed: 'The page was closed while it was training. What it had saved is here.',

  /* A finished one */
  facts: {
    steps: 'Steps',
    passes: 'Passes over your tweets',
    speed: 'Speed',
    trained: 'Trained',
    learningRate: 'Learning rate',
    blockLength: 'Block length',
    batch: 'Batch',
    seed: 'Seed',
    computedWith: 'Computed with',
    finished: 'Finished',
    size: 'Size',
  },
  tokens: (count: number) =>
    byCount(count, { one: `${formatCount(count)} token`, other: `${formatCount(count)} tokens` }),
  batch: (tokens: number, blocks: number) =>
    byCount(blocks, {
      one: `${formatCount(tokens)} tokens a step, ${formatCount(blocks)} block at once`,
      other: `${formatCount(tokens)} tokens a step, ${formatCount(blocks)} blocks at once`,
    }),
  stepsOf: (done: number, planned: number) => `${formatCount(done)} of ${formatCount(planned)}`,
  stepsOfSkipped: (done: number, planned: number, skipped: number) =>
    `${formatCount(done)} of ${formatCount(planned)}, ${formatCount(skipped)} skipped`,
  /** @param backend A name such as WebGPU. */
  adapterOf: (adapter: string, backend: string) => `${adapter} (${backend})`,
  trainAnother: 'Train another bot',
  /** The weights that are kept are those after a whole pass, or not. */
  bestAfterPass: (pass: number) => {
    const ordinal = ORDINALS[pass - 1];
    return ordinal === undefined
      ? `It began to learn by heart after it had read ${passes(pass)}, so it writes as it did then.`
      : `It began to learn by heart after the ${ordinal} pass, so it writes as it did then.`;
  },
  bestAfter: (epochs: number) =>
    `It began to learn by heart after it had read ${passes(epochs)}, so it writes as it did then.`,
  bestWhenStopped: (epochs: number) =>
    `It read ${passes(epochs)} until you stopped it, and was best at the end.`,
  bestAtEnd: (epochs: number) =>
    `It read ${passes(epochs)}, and was best at the end: more passes may make it better still.`,
  mixed: (learned: number) =>
    `Its weights are ${formatPercent(learned)} of what it learned and ${formatPercent(1 - learned)} of the model it began with, which predicts unseen tweets best.`,
};
