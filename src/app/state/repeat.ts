/** Repeats a run: fills its recipe into the form of a new training, where it can be changed. */
import { batch } from '@preact/signals';
import type { CleaningOptions } from '../../domain/cleaning.ts';
import { STARTER_ID, STARTER_NAME } from '../../domain/identifiers.ts';
import type { RecipeOverrides } from '../../domain/training-options.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import type { TrainingRequest } from '../../protocol/training.ts';
import { baseModels, modelOf } from './base-models.ts';
import { changeOptions, optionsOf } from './cleaning.ts';
import { datasets, selectDataset } from './datasets.ts';
import { chooseModel } from './models.ts';
import { fillForm, overrides, repeatedRun } from './plan.ts';
import { prepareNewBot } from './runs.ts';
import { baseModelId, presetChoice } from './settings.ts';
import { showBots } from './view.ts';

/** Tokens of a block in the smallest training that is offered. */
const SMALL_BLOCK = 32;

/**
 * What to ask for, so that a training on the same texts has the same recipe: what was asked for then, and
 * what the plan or chance decided, apart from what only says how a step is computed.
 */
export function requestOf({ request, recipe }: RunSummary): TrainingRequest {
  const { mode, blockLength, microBatch, accumulation } = recipe;
  const decided: RecipeOverrides = {
    mode: mode.kind,
    ...(mode.kind === 'lora' ? { loraRank: mode.rank } : {}),
    learningRate: recipe.learningRate,
    blockLength,
    seed: recipe.seed,
    dropout: recipe.dropout,
    warmup: recipe.warmup,
    patience: recipe.patience,
    weightDecay: recipe.adamw.weightDecay,
    isUnmixed: !recipe.mixesWithBase,
    replyContext: recipe.replyContext === true,
    tokensPerStep: blockLength * microBatch * accumulation,
  };
  if (request !== null) {
    return { preset: request.preset, overrides: { ...request.overrides, ...decided } };
  }
  // What was asked for isn't known of a bot from a file.
  const steps = recipe.totalSteps - recipe.startStep;
  return { preset: 'good', overrides: { ...decided, steps: Math.max(1, steps) } };
}

/**
 * Fills the form with a training on the same tweets that needs less memory: of an adapter instead of the whole model,
 * or else of the starter, in short blocks.
 */
export function prepareSmaller(run: RunSummary): void {
  const trainsAdapter = run.recipe.mode.kind === 'full' && run.baseModelId !== STARTER_ID;
  repeatRun(run);
  batch(() => {
    repeatedRun.value = null;
    if (!trainsAdapter) chooseModel({ id: STARTER_ID });
    presetChoice.value = 'quick';
    overrides.value = trainsAdapter
      ? { mode: 'lora', checkpointing: true }
      : { checkpointing: true, blockLength: SMALL_BLOCK };
    fillForm();
  });
}

/** Opens the step of training with the recipe, the model and the tweets of the run, as far as they are here. */
export function repeatRun(run: RunSummary): void {
  const request = requestOf(run);
  batch(() => {
    prepareNewBot();
    const tweets =
      datasets.value.find(({ contentHash }) => contentHash === run.dataset.contentHash) ??
      datasets.value.find(({ id }) => id === run.datasetId);
    if (tweets !== undefined) selectDataset(tweets.id);
    chooseModel({ id: modelFor(run) ?? baseModelId.value });
    presetChoice.value = request.preset;
    overrides.value = request.overrides;
    repeatedRun.value = run;
    fillForm();
  });
  showBots();
}

/** The stored model that the run started from; null if it isn't here. */
export function modelFor({ baseModelId: id, base }: RunSummary): string | null {
  if (baseModels.value.some((model) => model.id === id)) return id;
  if (base === null) return null;
  if (base.repo !== null) return modelOf(base.repo)?.id ?? null;
  return base.name === STARTER_NAME ? STARTER_ID : null;
}

/** The filters of a run, as far as they are recorded: the words that it left out aren't. */
function filtersOf({ dataset }: RunSummary): Partial<CleaningOptions> {
  const { exclude: _exclude, ...options } = dataset.options;
  return options;
}

/** Whether the tweets are filtered as for the run. */
export function hasFiltersOf(run: RunSummary, dataset: DatasetSummary): boolean {
  const options = optionsOf(dataset);
  return Object.entries(filtersOf(run)).every(
    ([name, value]) => JSON.stringify(value) === JSON.stringify(Reflect.get(options, name)),
  );
}

/** Filters the tweets as for the run. */
export function takeFiltersOf(run: RunSummary, dataset: DatasetSummary): void {
  changeOptions(dataset, filtersOf(run));
}
