/** The page of runs. */
import { byCount, formatCount } from '../../format.ts';

export const runs = {
  about:
    'Everything that was recorded of each training. It stays in this browser. Choose two or more runs to compare them.',
  none: 'Nothing has been trained here yet. A run appears here when its training ends or is paused, or when you import it.',
  trainBot: 'Train a bot',
  inTraining: (name: string) =>
    `${name} is in training. Its run is shown here when it ends or is paused.`,
  fileHint: 'A JSON file of runs that was exported here',
  imported: (count: number, file: string) =>
    byCount(count, {
      one: `${formatCount(count)} run imported from “${file}”.`,
      other: `${formatCount(count)} runs imported from “${file}”.`,
    }),
  known: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} run already here is unchanged.`,
      other: `${formatCount(count)} runs already here are unchanged.`,
    }),

  export: 'Export',
  exportMany: (count: number) =>
    byCount(count, {
      one: `Export ${formatCount(count)} run`,
      other: `Export ${formatCount(count)} runs`,
    }),
  exportKinds: {
    json: { name: 'JSON', what: 'everything that was recorded; can be imported again' },
    csv: { name: 'CSV', what: 'a table of the runs, and one of their steps, in a ZIP' },
    tensorboard: { name: 'TensorBoard', what: 'a folder of event files, in a ZIP' },
    wandb: { name: 'Weights & Biases', what: 'the JSON and a script that logs it, in a ZIP' },
  },
  exportPromise: 'None of these files contains your tweets or the words that you filter out.',

  compared: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} run compared`,
      other: `${formatCount(count)} runs compared`,
    }),
  stopComparing: 'Stop comparing',
  allSettings: 'All settings',
  whatDiffers: 'What differs',

  tweets: (count: number) =>
    byCount(count, { one: `${formatCount(count)} tweet`, other: `${formatCount(count)} tweets` }),
  steps: (count: number) =>
    byCount(count, { one: `${formatCount(count)} step`, other: `${formatCount(count)} steps` }),
  lossIs: (loss: string) => `loss ${loss}`,
  deleteRecord: 'Delete this record',
  goToBot: 'Go to the bot',
  notesHint: 'What you tried, and what came of it',
  checkpoints: 'Checkpoints',
  checkpointKinds: {
    version: 'A finished version',
    best: 'Lowest loss so far',
    last: 'Saved last',
  },
  step: (step: number) => `Step ${formatCount(step)}`,
  makeBot: 'Make a bot',
  isImported: 'Imported',

  /* The chart */
  metrics: {
    loss: { label: 'Loss', axis: 'Loss (nats per token)' },
    bitsPerByte: { label: 'Bits per byte', axis: 'Bits per byte of held-out tweets' },
    learningRate: { label: 'Learning rate', axis: 'Learning rate' },
    gradientNorm: { label: 'Gradient norm', axis: 'Norm before clipping' },
    tokensPerSecond: { label: 'Speed', axis: 'Tokens per second' },
  },
  axes: { step: 'Step', epoch: 'Pass', time: 'Minutes' },
  xAxis: 'X axis',
  smoothing: 'Smoothing',
  logarithmic: 'Logarithmic',
  trainingLoss: 'Training loss',
  heldOut: 'held-out tweets',
  linesAlone: 'How badly it predicts your tweets: lower is better. Dashed: held-out tweets.',
  lines: 'Solid: training tweets. Dashed: held-out tweets.',
  notMeasured: 'This was not measured.',
  /** A curve in words: the name of its run, and its first and last value. */
  curve: (name: string, from: string, to: string) => `${name} from ${from} to ${to}`,
  curveOnHeldOut: (name: string, from: string, to: string) =>
    `${name} on held-out tweets from ${from} to ${to}`,
  curves: (metric: string, curves: readonly string[]) => `${metric}: ${curves.join('; ')}`,

  /* Facts of a run */
  groups: { result: 'Result', recipe: 'Recipe', tweets: 'Tweets', computer: 'Computer' },
  facts: {
    lowest: 'Lowest loss on held-out tweets',
    lastLoss: 'Last training loss',
    steps: 'Steps',
    time: 'Time',
    speed: 'Speed',
    outcome: 'Outcome',
    perplexity: 'Perplexity at that loss',
    reachedAt: 'Reached at step',
    quiz: 'Real or bot: told apart',
    passes: 'Passes over the tweets',
    started: 'Started',
    startsFrom: 'Starts from',
    trained: 'Trained',
    preset: 'Preset',
    plannedPasses: 'Planned passes over the tweets',
    plannedSteps: 'Planned steps',
    tokensPerStep: 'Tokens per step',
    from: 'From',
    read: 'Read',
    kept: 'Kept',
    texts: 'Texts',
    characters: 'Characters',
    filters: 'Filters that were changed',
    hash: 'SHA-256 of the texts',
    computedWith: 'Computed with',
    backend: 'Backend',
    browser: 'Browser',
  },
  quizOutcome: (right: number, pairs: number, rounds: number) =>
    byCount(rounds, {
      one: `${formatCount(right)} of ${formatCount(pairs)} pairs in ${formatCount(rounds)} round`,
      other: `${formatCount(right)} of ${formatCount(pairs)} pairs in ${formatCount(rounds)} rounds`,
    }),
  stepsOf: (done: number, planned: number) => `${formatCount(done)} of ${formatCount(planned)}`,
  /** @param reason As it is said of all tweets that are left out for it. */
  leftOut: (reason: string) => `Left out: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`,
  noFilters: 'none',
  yes: 'yes',
  no: 'no',
  outcomes: {
    paused: 'Paused',
    completed: 'Completed',
    learnedEnough: 'Ended early, having learned enough',
    endedEarly: 'Ended early',
    stopped: 'Stopped by hand',
    failed: 'Failed',
    interrupted: 'Interrupted',
    finished: 'Finished',
    inTraining: 'In training',
  },
  failedBecause: (code: string) => `Failed: ${code}`,
  /** The fields of a recipe. */
  recipe: {
    blockLength: 'Block length',
    microBatch: 'Blocks per micro-batch',
    accumulation: 'Micro-batches per step',
    learningRate: 'Learning rate',
    warmup: 'Warm-up, share of the steps',
    finalRate: 'Learning rate at the end, share of the highest',
    dropout: 'Dropout',
    attention: 'Attention within each',
    checkpointing: 'Activations recomputed',
    hasHalfActivations: 'Activations as float16',
    'mode.rank': 'Rank of the adapter',
    'mode.alpha': 'Alpha of the adapter',
    'mode.dropout': 'Dropout of the adapter',
    'mode.targets': 'Layers with an adapter',
    'mode.isBaseHalf': 'Base model as float16',
    'adamw.beta1': 'AdamW β₁',
    'adamw.beta2': 'AdamW β₂',
    'adamw.epsilon': 'AdamW ε',
    'adamw.weightDecay': 'Weight decay',
    'adamw.maxGradNorm': 'Gradient norm clipped to',
    seed: 'Seed',
    validationShare: 'Share of held-out tweets',
    evaluateEvery: 'Steps between evaluations',
    validationBlocks: 'Blocks per evaluation, at most',
    mixesWithBase: 'Mixed with the base model if that helps',
    patience: 'Evaluations without a better loss before it ends',
  },
};
