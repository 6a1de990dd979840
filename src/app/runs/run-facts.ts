/** The settings and results of a run, as the page names them, for one run and for comparing several. */
import { bitsPerByte } from '../../domain/bits-per-byte.ts';
import { learnedShares } from '../../domain/learned-share.ts';
import { type CleaningOptions, DROP_REASONS, HUGGINGTWEETS } from '../../domain/cleaning.ts';
import { quizScore } from '../../domain/quiz.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import { formatSpeed } from '../estimates.ts';
import {
  formatBits,
  formatCount,
  formatDate,
  formatDuration,
  formatList,
  formatFacts,
  formatExact,
  formatLoss,
  formatPercent,
  formatRough,
} from '../format.ts';
import { modelName } from '../state/base-models.ts';
import { cleaning } from '../texts/en/cleaning.ts';
import { runs as runTexts } from '../texts/en/runs.ts';
import { quality } from '../texts/en/quality.ts';
import { reasons } from '../texts/en/reasons.ts';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';
import { BACKEND_NAMES } from '../training/describe-compute.ts';
import { describeTrained } from '../training/plan-text.ts';
import type { Fact, FactGroup } from '../ui/facts.tsx';
import { lowestValidation } from './curves.ts';

const texts = messages('runs', runTexts);
const trainingTexts = messages('training', training);
const qualityTexts = messages('quality', quality);
const filterTexts = messages('cleaning', cleaning);
const reasonTexts = messages('reasons', reasons);

export function factsOf(run: RunSummary): readonly FactGroup[] {
  return [
    { title: texts.groups.result, facts: resultOf(run) },
    { title: texts.groups.recipe, facts: recipeOf(run) },
    { title: texts.groups.tweets, facts: tweetsOf(run) },
    { title: texts.groups.computer, facts: computerOf(run) },
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
      const hasBest = differs && label === texts.facts.lowest;
      return { label, values, differs, best: hasBest ? bestOf(runs) : [] };
    });
    return { title, rows };
  });
}

/** The runs whose lowest loss, as it is shown, is the lowest of all. */
function bestOf(runs: readonly RunSummary[]): number[] {
  const losses = runs.map(({ points }) => lowestValidation(points)?.loss ?? Infinity);
  const shown = formatLoss(Math.min(...losses));
  return losses.flatMap((loss, i) => (formatLoss(loss) === shown ? [i] : []));
}

/** The most important figures of a run. */
export function statsOf(run: RunSummary): readonly Fact[] {
  const lowest = lowestValidation(run.points);
  const last = run.points.at(-1);
  return known([
    [texts.facts.lowest, lowest && formatLoss(lowest.loss)],
    [qualityTexts.bitsAtThatLoss, bitsAt(run)],
    [texts.facts.lastLoss, last === undefined ? null : formatLoss(last.loss)],
    [texts.facts.steps, formatCount(run.completedSteps)],
    [texts.facts.time, secondsOf(run)],
    [texts.facts.speed, formatSpeed(run.tokensPerSecond)],
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
    [texts.facts.outcome, outcomeText(run)],
    [texts.facts.lowest, lowest && formatLoss(lowest.loss)],
    [texts.facts.perplexity, lowest && formatRough(Math.exp(lowest.loss))],
    [qualityTexts.bitsAtThatLoss, bitsAt(run)],
    [texts.facts.reachedAt, lowest && formatCount(lowest.step)],
    [
      qualityTexts.learnedInSamples,
      learned && qualityTexts.learnedShort(formatPercent(learned.share)),
    ],
    [texts.facts.quiz, quizText(run)],
    [texts.facts.lastLoss, last === undefined ? null : formatLoss(last.loss)],
    [texts.facts.steps, texts.stepsOf(run.completedSteps, run.totalSteps)],
    [texts.facts.passes, last === undefined ? null : formatRough(last.epoch)],
    [texts.facts.time, secondsOf(run)],
    [texts.facts.speed, formatSpeed(run.tokensPerSecond)],
    [texts.facts.started, formatDate(run.createdAt)],
  ]);
}

/** Of held-out text, at the lowest loss on it; null if it isn't known. */
function bitsAt({ points }: RunSummary): string | null {
  const lowest = lowestValidation(points);
  const bits = lowest === null ? undefined : bitsPerByte(points, lowest.loss, lowest.step);
  return bits === undefined ? null : formatBits(bits);
}

/** Of how many pairs, in how many rounds, a player found the real tweet. */
function quizText(run: RunSummary): string | null {
  const score = quizScore(run);
  return score && texts.quizOutcome(score.right, score.pairs, score.rounds);
}

/** From the first step to the last, with pauses. */
function secondsOf({ points }: RunSummary): string | null {
  const [from, to] = [points[0]?.atMs, points.at(-1)?.atMs];
  return from === undefined || to === undefined ? null : formatDuration((to - from) / 1000);
}

/** How a run ended, in a word or two. */
export function outcomeWord(run: RunSummary): string {
  if (run.outcome?.kind === 'failed') return texts.outcomes.failed;
  return run.outcome?.kind === 'learned-enough' ? texts.outcomes.endedEarly : outcomeText(run);
}

function outcomeText({ status, outcome }: RunSummary): string {
  if (status === 'paused') return texts.outcomes.paused;
  switch (outcome?.kind) {
    case 'completed':
      return texts.outcomes.completed;
    case 'learned-enough':
      return texts.outcomes.learnedEnough;
    case 'stopped':
      return texts.outcomes.stopped;
    case 'failed':
      return texts.failedBecause(outcome.code);
    default:
      return status === 'interrupted' ? texts.outcomes.interrupted : texts.outcomes.finished;
  }
}

export function baseName({ base, baseModelId }: RunSummary): string {
  return base?.repo ?? base?.name ?? modelName(baseModelId);
}

/** Fields that other facts say already. */
const RECIPE_ELSEWHERE = ['epochs', 'totalSteps', 'startStep', 'textsFromStep', 'mode.kind'];

function recipeOf(run: RunSummary): Fact[] {
  const { recipe, request, plan } = run;
  const { blockLength, microBatch, accumulation } = recipe;
  // A field without a label is shown under its path.
  const labels: Readonly<Record<string, string>> = texts.recipe;
  const rest = leavesOf(recipe)
    .filter(([path]) => !RECIPE_ELSEWHERE.includes(path))
    .map(([path, value]) => [labels[path] ?? path, value] as const);
  return known([
    [texts.facts.startsFrom, baseName(run)],
    [texts.facts.trained, describeTrained(plan)],
    [texts.facts.preset, request && trainingTexts.presets[request.preset].label],
    [texts.facts.plannedPasses, formatRough(recipe.epochs)],
    [texts.facts.plannedSteps, formatCount(recipe.totalSteps)],
    [texts.facts.tokensPerStep, formatCount(blockLength * microBatch * accumulation)],
    [qualityTexts.ratesTried, ratesOf(run)],
    ...rest,
  ]);
}

/** The learning rates that were tried, and what came of them; null if none were. */
function ratesOf({ trials = [] }: RunSummary): string | null {
  if (trials.length === 0) return null;
  return formatList(
    trials.map(({ learningRate, validationLoss, hasDiverged }) => {
      const rate = formatRough(learningRate);
      if (hasDiverged) return qualityTexts.rateDiverged(rate);
      return validationLoss === null
        ? rate
        : qualityTexts.rateTried(rate, formatLoss(validationLoss));
    }),
  );
}

/** The values in nested objects, with their paths. */
function leavesOf(value: object, prefix = ''): (readonly [path: string, value: string])[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const path = `${prefix}${key}`;
    if (Array.isArray(inner)) return [[path, formatFacts(inner.map(String))] as const];
    if (typeof inner === 'object' && inner !== null) return leavesOf(inner, `${path}.`);
    if (typeof inner === 'boolean') return [[path, inner ? texts.yes : texts.no] as const];
    return [[path, typeof inner === 'number' ? formatExact(inner) : String(inner)] as const];
  });
}

function tweetsOf({ dataset }: RunSummary): Fact[] {
  const { counts, characters, documentCount, contentHash, options } = dataset;
  const left = DROP_REASONS.flatMap((reason): [string, string][] => {
    const count = counts.reasons[reason] ?? 0;
    return count === 0 ? [] : [[texts.leftOut(reasonTexts[reason].all), formatCount(count)]];
  });
  const names = Object.keys(HUGGINGTWEETS) as (keyof CleaningOptions)[];
  const changed = names
    .filter((name) => JSON.stringify(options[name]) !== JSON.stringify(HUGGINGTWEETS[name]))
    .map((name) => filterTexts[name].label);
  return known([
    [texts.facts.from, dataset.name],
    [texts.facts.read, formatCount(counts.read)],
    [texts.facts.kept, formatCount(counts.kept)],
    ...left,
    [texts.facts.texts, formatCount(documentCount)],
    [texts.facts.characters, formatCount(characters)],
    [texts.facts.filters, changed.join('; ') || texts.noFilters],
    [texts.facts.hash, contentHash === '' ? null : contentHash.slice(0, 16)],
  ]);
}

function computerOf({ adapter, backend, versions, totalSteps }: RunSummary): Fact[] {
  const { mynah = null, browser = null, '@tensorflow/tfjs-core': tensorflow = null } = versions;
  // Of a bot that was trained elsewhere, nothing is known of the computer.
  const name = totalSteps === 0 ? null : BACKEND_NAMES[backend];
  return known([
    [texts.facts.computedWith, backend === 'webgpu' ? adapter : null],
    [texts.facts.backend, name],
    [texts.facts.browser, browser || null],
    ['Mynah', mynah],
    ['TensorFlow.js', tensorflow],
  ]);
}
