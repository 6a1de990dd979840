/** The settings and results of a run, as the page names them, for one run and for comparing several. */
import { bitsPerByte } from '../../domain/bits-per-byte.ts';
import { learnedShares } from '../../domain/learned-share.ts';
import { type CleaningOptions, DROP_REASONS, HUGGINGTWEETS } from '../../domain/cleaning.ts';
import { PRESETS } from '../../domain/training-options.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import { formatSpeed } from '../estimates.ts';
import {
  formatBits,
  formatCount,
  formatDate,
  formatDuration,
  formatLoss,
  formatPercent,
  formatRough,
} from '../format.ts';
import { modelName } from '../state/base-models.ts';
import { cleaning } from '../texts/en/cleaning.ts';
import { quality } from '../texts/en/quality.ts';
import { reasons } from '../texts/en/reasons.ts';
import { messages } from '../texts/messages.ts';
import { BACKEND_NAMES } from '../training/describe-compute.ts';
import { describeTrained } from '../training/plan-text.ts';
import type { Fact, FactGroup } from '../ui/facts.tsx';
import { lowestValidation } from './curves.ts';

const texts = messages('quality', quality);
const filterTexts = messages('cleaning', cleaning);
const reasonTexts = messages('reasons', reasons);

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
    const labels = new Set(facts.flat().map(([label]) => label));
    const rows = [...labels].map((label) => {
      const values = facts.map((of) => of.find(([name]) => name === label)?.[1] ?? '');
      const differs = new Set(values).size > 1;
      return { label, values, differs, best: differs && label === LOWEST ? lowestOf(values) : [] };
    });
    return { title, rows };
  });
}

const LOWEST = 'Lowest loss on held-out tweets';

function lowestOf(values: readonly string[]): number[] {
  const numbers = values.map((value) => (value === '' ? Infinity : Number(value)));
  const lowest = Math.min(...numbers);
  return numbers.flatMap((number, i) => (number === lowest ? [i] : []));
}

/** The most important figures of a run. */
export function statsOf(run: RunSummary): readonly Fact[] {
  const lowest = lowestValidation(run.points);
  const last = run.points.at(-1);
  return known([
    [LOWEST, lowest && formatLoss(lowest.loss)],
    [texts.bitsAtThatLoss, bitsAt(run)],
    ['Last training loss', last === undefined ? null : formatLoss(last.loss)],
    ['Steps', formatCount(run.completedSteps)],
    ['Time', secondsOf(run)],
    ['Speed', formatSpeed(run.tokensPerSecond)],
  ]);
}

/** The facts whose value isn't null. */
function known(facts: readonly (readonly [label: string, value: string | null])[]): Fact[] {
  return facts.flatMap(([label, value]): Fact[] => (value === null ? [] : [[label, value]]));
}

function resultOf(run: RunSummary): Fact[] {
  const learned = learnedShares(run.samples).at(-1) ?? null;
  const lowest = lowestValidation(run.points);
  const last = run.points.at(-1);
  return known([
    ['Outcome', outcomeText(run)],
    [LOWEST, lowest && formatLoss(lowest.loss)],
    ['Perplexity at that loss', lowest && formatRough(Math.exp(lowest.loss))],
    [texts.bitsAtThatLoss, bitsAt(run)],
    ['Reached at step', lowest && formatCount(lowest.step)],
    [texts.learnedInSamples, learned && texts.learnedShort(formatPercent(learned.share))],
    ['Last training loss', last === undefined ? null : formatLoss(last.loss)],
    ['Steps', `${formatCount(run.completedSteps)} of ${formatCount(run.totalSteps)}`],
    ['Passes over the tweets', last === undefined ? null : formatRough(last.epoch)],
    ['Time', secondsOf(run)],
    ['Speed', formatSpeed(run.tokensPerSecond)],
    ['Started', formatDate(run.createdAt)],
  ]);
}

/** Of held-out text, at the lowest loss on it; null if it isn't known. */
function bitsAt({ points }: RunSummary): string | null {
  const lowest = lowestValidation(points);
  const bits = lowest === null ? undefined : bitsPerByte(points, lowest.loss, lowest.step);
  return bits === undefined ? null : formatBits(bits);
}

/** From the first step to the last, with pauses. */
function secondsOf({ points }: RunSummary): string | null {
  const [from, to] = [points[0]?.atMs, points.at(-1)?.atMs];
  return from === undefined || to === undefined ? null : formatDuration((to - from) / 1000);
}

/** How a run ended, in a word or two. */
export function outcomeWord(run: RunSummary): string {
  if (run.outcome?.kind === 'failed') return 'Failed';
  return run.outcome?.kind === 'learned-enough' ? 'Ended early' : outcomeText(run);
}

function outcomeText({ status, outcome }: RunSummary): string {
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

/** The labels of a recipe's fields by their paths. A field without one is shown under its path. */
const RECIPE_LABELS: Readonly<Record<string, string>> = {
  blockLength: 'Block length',
  microBatch: 'Blocks per micro-batch',
  accumulation: 'Micro-batches per step',
  learningRate: 'Learning rate',
  warmup: 'Warm-up, share of the steps',
  dropout: 'Dropout',
  attention: 'Attention within each',
  checkpointing: 'Activations recomputed',
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
};
/** Fields that other facts say already. */
const RECIPE_ELSEWHERE = ['epochs', 'totalSteps', 'startStep', 'textsFromStep', 'mode.kind'];

function recipeOf(run: RunSummary): Fact[] {
  const { recipe, request, plan } = run;
  const { blockLength, microBatch, accumulation } = recipe;
  const rest = leavesOf(recipe)
    .filter(([path]) => !RECIPE_ELSEWHERE.includes(path))
    .map(([path, value]) => [RECIPE_LABELS[path] ?? path, value] as const);
  return known([
    ['Starts from', baseName(run)],
    ['Trained', describeTrained(plan)],
    ['Preset', request && PRESETS[request.preset].label],
    ['Planned passes over the tweets', formatRough(recipe.epochs)],
    ['Planned steps', formatCount(recipe.totalSteps)],
    ['Tokens per step', formatCount(blockLength * microBatch * accumulation)],
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
      : [[`Left out: ${reasonTexts[reason].all.toLowerCase()}`, formatCount(count)]];
  });
  const names = Object.keys(HUGGINGTWEETS) as (keyof CleaningOptions)[];
  const changed = names
    .filter((name) => JSON.stringify(options[name]) !== JSON.stringify(HUGGINGTWEETS[name]))
    .map((name) => filterTexts[name].label);
  return known([
    ['From', dataset.name],
    ['Read', formatCount(counts.read)],
    ['Kept', formatCount(counts.kept)],
    ...left,
    ['Texts', formatCount(documentCount)],
    ['Characters', formatCount(characters)],
    ['Filters that were changed', changed.join('; ') || 'none'],
    ['SHA-256 of the texts', contentHash === '' ? null : contentHash.slice(0, 16)],
  ]);
}

function computerOf({ adapter, backend, versions }: RunSummary): Fact[] {
  const { mynah = null, browser = null, '@tensorflow/tfjs-core': tensorflow = null } = versions;
  return known([
    ['Computed with', adapter === '' ? BACKEND_NAMES[backend] : adapter],
    ['Backend', BACKEND_NAMES[backend]],
    ['Browser', browser],
    ['Mynah', mynah],
    ['TensorFlow.js', tensorflow],
  ]);
}
