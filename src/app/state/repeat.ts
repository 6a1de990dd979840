/** Repeats a run: fills its recipe into the form of a new training, where it can be changed. */
import { batch } from '@preact/signals';
import { STARTER_ID, STARTER_NAME } from '../../domain/identifiers.ts';
import type { RecipeOverrides } from '../../domain/training-options.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import type { TrainingRequest } from '../../protocol/training.ts';
import { baseModels, modelOf } from './base-models.ts';
import { changeOptions } from './cleaning.ts';
import { datasets, selectDataset, selectedDataset } from './datasets.ts';
import { fillForm, overrides, repeatedRun } from './plan.ts';
import { prepareNewBot } from './runs.ts';
import { baseModelId, presetChoice } from './settings.ts';
import { showBots } from './view.ts';

/**
 * What to ask for, so that a training on the same texts has the same recipe: what was asked for then, and
 * what the plan or chance decided, apart from what only says how a step is computed.
 */
export function requestOf({ request, recipe }: RunSummary): TrainingRequest {
  const { mode, learningRate, blockLength, microBatch, accumulation, seed } = recipe;
  const { dropout, warmup, patience } = recipe;
  const decided: RecipeOverrides = {
    ...(mode.kind === 'lora' ? { mode: mode.kind, loraRank: mode.rank } : { mode: mode.kind }),
    ...{ learningRate, blockLength, seed, dropout, warmup, patience },
    weightDecay: recipe.adamw.weightDecay,
    isUnmixed: !recipe.mixesWithBase,
    tokensPerStep: blockLength * microBatch * accumulation,
  };
  if (request !== null) {
    return { preset: request.preset, overrides: { ...request.overrides, ...decided } };
  }
  // Of a bot from a file it isn't known what was asked for.
  const steps = recipe.totalSteps - recipe.startStep;
  return { preset: 'good', overrides: { ...decided, steps: Math.max(1, steps) } };
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
    baseModelId.value = modelFor(run) ?? baseModelId.value;
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

/** Chooses the tweets as they were chosen for the repeated run. Words that it left out aren't known. */
export function takeItsFilters(): void {
  const dataset = selectedDataset.value;
  const run = repeatedRun.value;
  if (dataset === null || run === null) return;
  const { exclude: _exclude, ...options } = run.dataset.options;
  changeOptions(dataset, options);
}
