/**
 * How long a training of the chosen tweets takes with each model, and which model is recommended here.
 *
 * Of the model that is planned, the plan says it. For the others, it follows from how many operations a second the
 * newest plan has measured on this computer, so it is a rough figure. On WebAssembly, the starter and GPT-2 reach as
 * many a second: 12.7 and 12.6 billion by processor time (`npm run bench -- --backend wasm`, 1 December 2026).
 */
import { PRESETS } from '../../domain/training-options.ts';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import type { ModelShape, TrainingNeeds } from '../../protocol/models.ts';
import type { TrainingPlan } from '../../protocol/training.ts';
import { chosenModel, starter } from '../state/base-models.ts';
import { selectedDataset } from '../state/datasets.ts';
import { computer } from '../state/engine.ts';
import { needsOf } from '../state/model-needs.ts';
import { newestPlan, overrides, preset, shownPlan } from '../state/plan.ts';
import { CATALOGUE } from './catalogue.ts';

/** A training that takes longer isn't recommended to anybody who hasn't asked for it. */
const LONGEST_RECOMMENDED_SECONDS = 3600;
/** From here on, the page says that another computer would be better. */
export const VERY_LONG_SECONDS = 24 * 3600;

/** Characters of English tweets for each token: of GPT-2's vocabulary, and of the starter's, which is smaller. */
const CHARACTERS_PER_TOKEN = { large: 4.2, small: 3.5 };
const LARGE_VOCABULARY = 20_000;

interface Sized extends ModelShape {
  readonly parameters: number;
}

/** Operations of training on a token: six for each parameter, or four if most get no gradient. */
function flopsPerToken(parameters: number, mode: TrainingPlan['mode']): number {
  return (mode === 'lora' ? 4 : 6) * parameters;
}

export interface ModelTime {
  readonly seconds: number;
  /** Whether it follows from the speed of another model. */
  readonly isRough: boolean;
}

/** Null where it isn't known: before the first plan, or if the model doesn't fit. */
export function timeOf(model: Sized & { readonly id?: string }): ModelTime | null {
  const needs = needsOf(model);
  const planned = shownPlan.value;
  if (planned !== null && model.id !== undefined && model.id === chosenModel.value?.id) {
    return { seconds: planned.estimatedSeconds, isRough: false };
  }
  const newest = newestPlan.value;
  const dataset = selectedDataset.value;
  if (!needs || newest === null || newest.computer !== computer.value || dataset === null) {
    return null;
  }
  const { plan } = newest;
  const tokens = trainedTokens(tokensOf(dataset, model), plan);
  return { seconds: tokens / speedOf(model, needs, plan), isRough: true };
}

/** The number of tokens that a training reads by the options in the form, from tweets of this many. */
function trainedTokens(tokens: number, plan: TrainingPlan): number {
  const { steps, epochs, learningRate } = overrides.value;
  const tokensPerStep = plan.blockLength * plan.microBatch * plan.accumulation;
  const usual = PRESETS[preset.value];
  // A learning rate that the user has set is the only one.
  const triedShare = learningRate === undefined ? usual.triedShare : 0;
  const read = steps === undefined ? (epochs ?? usual.epochs) * tokens : steps * tokensPerStep;
  return read * (1 + triedShare);
}

function speedOf(model: Sized, needs: TrainingNeeds, plan: TrainingPlan): number {
  const measured = plan.tokensPerSecond * flopsPerToken(plan.parameters, plan.mode);
  return measured / flopsPerToken(model.parameters, needs.mode);
}

function tokensOf({ characters }: DatasetSummary, { vocabulary }: ModelShape): number {
  const { large, small } = CHARACTERS_PER_TOKEN;
  return characters / (vocabulary >= LARGE_VOCABULARY ? large : small);
}

/** The code of the language that most of the tweets are in, if it isn't English; null otherwise. */
export function foreignLanguage(dataset: DatasetSummary | null): string | null {
  const first = dataset?.languages[0];
  return first === undefined || first === 'en' ? null : first;
}

/**
 * The largest model that fits and isn't trained for too long: `starter`, or a repository of the catalogue. Null
 * before the speed is known, and where the tweets are in a language that none of them knows.
 */
export function recommendedModel(): string | null {
  const first = starter.value;
  if (first === null || foreignLanguage(selectedDataset.value) !== null) return null;
  if (timeOf(first) === null) return null;
  const good = CATALOGUE.filter((entry) => {
    const time = timeOf(entry);
    return time !== null && time.seconds <= LONGEST_RECOMMENDED_SECONDS;
  });
  return good.at(-1)?.repository ?? 'starter';
}
