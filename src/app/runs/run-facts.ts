/** The settings and results of a run, as the page names them, for one run and for comparing several. */
import { DROP_REASON_FACTS, DROP_REASONS, HUGGINGTWEETS } from '../../domain/cleaning.ts';
import { PRESETS } from '../../domain/training-options.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import {
  formatCount,
  formatDate,
  formatDuration,
  formatLoss,
  formatMillions,
  formatRough,
  formatSpeed,
} from '../format.ts';
import { modelName } from '../state/base-models.ts';
import { lowestValidation } from './curves.ts';

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface FactGroup {
  readonly title: string;
  readonly facts: readonly Fact[];
}

export function factsOf(run: RunSummary): readonly FactGroup[] {
  return [
    { title: 'Result', facts: resultOf(run) },
    { title: 'Recipe', facts: recipeOf(run) },
    { title: 'Tweets', facts: tweetsOf(run) },
    { title: 'Computer', facts: computerOf(run) },
  ];
}

/** Rows for a table with a column for each run: a label, and the value of each run, empty where it has none. */
export interface ComparedRow {
  readonly label: string;
  readonly values: readonly string[];
  readonly differs: boolean;
  /** The columns with the best value, where there is a best one. */
  readonly best: readonly number[];
}

export interface ComparedGroup {
  readonly title: string;
  readonly rows: readonly ComparedRow[];
}

export function compare(runs: readonly RunSummary[]): readonly ComparedGroup[] {
  const all = runs.map(factsOf);
  return (all[0] ?? []).map(({ title }, group) => {
    const facts = all.map((groups) => groups[group]?.facts ?? []);
    const labels = [...new Set(facts.flat().map(({ label }) => label))];
    const rows = labels.map((label) => {
      const values = facts.map((of) => of.find((fact) => fact.label === label)?.value ?? '');
      const differs = new Set(values).size > 1;
      return { label, values, differs, best: differs && label === LOWEST ? lowestOf(values) : [] };
    });
    return { title, rows };
  });
}

const LOWEST = 'Lowest loss on tweets held back';

function lowestOf(values: readonly string[]): number[] {
  const numbers = values.map((value) => (value === '' ? Infinity : Number(value)));
  const lowest = Math.min(...numbers);
  return numbers.flatMap((number, i) => (number === lowest ? [i] : []));
}

/** What a run came to, in four figures. */
export function statsOf(run: RunSummary): readonly Fact[] {
  const lowest = lowestValidation(run.points);
  const last = run.points.at(-1);
  return facts([
    ['Loss on tweets held back', lowest && formatLoss(lowest.loss)],
    ['Loss while learning', last === undefined ? null : formatLoss(last.loss)],
    ['Steps', formatCount(run.completedSteps)],
    ['Time', secondsOf(run)],
    ['Speed', formatSpeed(run.tokensPerSecond)],
  ]);
}

function facts(list: readonly (readonly [label: string, value: string | null])[]): Fact[] {
  return list.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
}

function resultOf(run: RunSummary): Fact[] {
  const lowest = lowestValidation(run.points);
  const last = run.points.at(-1);
  return facts([
    ['Outcome', outcomeText(run)],
    [LOWEST, lowest && formatLoss(lowest.loss)],
    ['Perplexity there', lowest && formatRough(Math.exp(lowest.loss))],
    ['Reached at step', lowest && formatCount(lowest.step)],
    ['Last loss while learning', last === undefined ? null : formatLoss(last.loss)],
    ['Steps', `${formatCount(run.completedSteps)} of ${formatCount(run.totalSteps)}`],
    ['Passes over the tweets', last === undefined ? null : formatRough(last.epoch)],
    ['Time', secondsOf(run)],
    ['Speed', formatSpeed(run.tokensPerSecond)],
    ['Started', formatDate(run.createdAt)],
  ]);
}

/** From the first step to the last, with pauses. */
function secondsOf({ points }: RunSummary): string | null {
  const [from, to] = [points[0]?.atMs, points.at(-1)?.atMs];
  return from === undefined || to === undefined ? null : formatDuration((to - from) / 1000);
}

/** In a word or two. */
export function outcomeWord(run: RunSummary): string {
  if (run.outcome?.kind === 'failed') return 'Failed';
  return run.outcome?.kind === 'learned-enough' ? 'Ended early' : outcomeText(run);
}

export function outcomeText({ status, outcome }: RunSummary): string {
  if (status === 'paused') return 'Paused';
  switch (outcome?.kind) {
    case 'completed':
      return 'Completed';
    case 'learned-enough':
      return 'Ended early, having learned enough';
    case 'stopped':
      return 'Stopped by hand';
    case 'failed':
      return `Failed: ${outcome.code}`;
    default:
      return status === 'interrupted' ? 'Interrupted' : 'Finished';
  }
}

export function baseName({ base, baseModelId }: RunSummary): string {
  return base?.repo ?? base?.name ?? modelName(baseModelId);
}

/** Names of what a recipe consists of. What isn't named here is shown by the name that it has in the file. */
const RECIPE_LABELS: Readonly<Record<string, string>> = {
  blockLength: 'Block length',
  microBatch: 'Blocks at once',
  accumulation: 'Micro-batches a step',
  learningRate: 'Learning rate',
  warmup: 'Warm-up, share of the steps',
  dropout: 'Dropout',
  attention: 'Attention within a',
  checkpointing: 'Activations computed twice',
  'mode.rank': 'Rank of the adapter',
  'mode.alpha': 'Alpha of the adapter',
  'mode.dropout': 'Dropout of the adapter',
  'mode.targets': 'Adapter on',
  'mode.isBaseHalf': 'Base model as float16',
  'adamw.beta1': 'AdamW β₁',
  'adamw.beta2': 'AdamW β₂',
  'adamw.epsilon': 'AdamW ε',
  'adamw.weightDecay': 'Weight decay',
  'adamw.maxGradNorm': 'Gradients clipped to a norm of',
  seed: 'Seed',
  validationShare: 'Share of tweets held back',
  evaluateEvery: 'Steps between two looks at them',
  validationBlocks: 'Blocks held back that are looked at',
  mixesWithBase: 'Mixed with the base model if that helps',
  patience: 'Looks without a better loss until it ends',
};
/** These are said in other words, or among the results. */
const RECIPE_ELSEWHERE = ['epochs', 'totalSteps', 'startStep', 'textsFromStep', 'mode.kind'];

function recipeOf(run: RunSummary): Fact[] {
  const { recipe, request, plan } = run;
  const { blockLength, microBatch, accumulation, mode } = recipe;
  const rest = leavesOf(recipe)
    .filter(([path]) => !RECIPE_ELSEWHERE.includes(path))
    .map(([path, value]) => [RECIPE_LABELS[path] ?? path, value] as const);
  const count = `${formatMillions(plan.trainedParameters)} parameters`;
  return facts([
    ['Starts from', baseName(run)],
    ['Trained', mode.kind === 'full' ? `all ${count}` : `an adapter of ${count}`],
    ['Preset', request && PRESETS[request.preset].label],
    ['Planned passes over the tweets', formatRough(recipe.epochs)],
    ['Planned steps', formatCount(recipe.totalSteps)],
    ['Tokens a step', formatCount(blockLength * microBatch * accumulation)],
    ...rest,
  ]);
}

/** The values in nested objects, with their paths. */
function leavesOf(value: object, prefix = ''): (readonly [path: string, value: string])[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const path = `${prefix}${key}`;
    if (Array.isArray(inner)) return [[path, inner.join(', ')] as const];
    if (typeof inner === 'object' && inner !== null) return leavesOf(inner, `${path}.`);
    if (typeof inner === 'boolean') return [[path, inner ? 'yes' : 'no'] as const];
    return [[path, typeof inner === 'number' ? formatNumber(inner) : String(inner)] as const];
  });
}

function formatNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(4)));
}

function tweetsOf({ dataset }: RunSummary): Fact[] {
  const { counts, characters, documentCount, contentHash, options } = dataset;
  const left = DROP_REASONS.flatMap((reason): [string, string][] => {
    const count = counts.reasons[reason] ?? 0;
    return count === 0
      ? []
      : [[`Left out: ${DROP_REASON_FACTS[reason].all.toLowerCase()}`, formatCount(count)]];
  });
  const changed = Object.entries(options).filter(
    ([name, value]) =>
      JSON.stringify(value) !==
      JSON.stringify(Object.entries(HUGGINGTWEETS).find(([n]) => n === name)?.[1]),
  );
  return facts([
    ['From', dataset.name],
    ['Read', formatCount(counts.read)],
    ['Kept', formatCount(counts.kept)],
    ...left,
    ['Texts', formatCount(documentCount)],
    ['Characters', formatCount(characters)],
    [
      'Filters that were changed',
      changed.length === 0 ? 'none' : changed.map(([name]) => name).join(', '),
    ],
    ['SHA-256 of the texts', contentHash === '' ? null : contentHash.slice(0, 16)],
  ]);
}

function computerOf({ adapter, backend, versions }: RunSummary): Fact[] {
  const names = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'JavaScript' } as const;
  const { mynah = null, browser = null, '@tensorflow/tfjs-core': tensorflow = null } = versions;
  return facts([
    ['Computed with', adapter === '' ? names[backend] : adapter],
    ['Backend', names[backend]],
    ['Browser', browser],
    ['Mynah', mynah],
    ['TensorFlow.js', tensorflow],
  ]);
}
