/** Imports a bot from a file: stores its model, and creates a run from the record in the file. */

import {
  type BotRecord,
  BOT_FORMAT,
  BOT_RECORD_FILE,
  heldOutLoss,
  parseBotRecord,
} from '../../bots/bot-record.ts';
import { type ModelFiles, readJson } from '../../bots/model-files.ts';
import { openFolder } from '../../bots/open-folder.ts';
import { ADAPTER_CONFIG_FILE } from '../../bots/read-adapter.ts';
import { MynahError } from '../../core/errors.ts';
import type { GPT2Config } from '../../model/config.ts';
import { parameterCount } from '../../model/weights.ts';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import { HUGGINGTWEETS } from '../../domain/cleaning.ts';
import { STORED_MODEL_PREFIXES } from '../../domain/identifiers.ts';
import type { Handler } from '../../protocol/serve.ts';
import { newId } from '../../storage/chunks.ts';
import { deleteModel, type ModelRecord, modelBytes } from '../../storage/models.ts';
import type { RunRecord } from '../../storage/run-record.ts';
import { createRun } from '../../storage/runs.ts';
import { runSummary } from '../../storage/run-summary.ts';
import { ensureSnapshot } from '../../storage/snapshots.ts';
import { createRecipe, recipeDefaults } from '../../train/recipe.ts';
import { readModelFiles } from '../runtime/open-base-model.ts';
import { storeModel } from '../models/base-models.ts';
import type { EngineContext } from '../runtime/context.ts';
import type { DatasetDesk } from '../datasets/dataset-desk.ts';
import { textsOfDataset } from '../datasets/texts.ts';
import { storeMerged } from './import-adapter.ts';
import { versions } from '../runtime/versions.ts';

export function importBot(context: EngineContext, desk: DatasetDesk): Handler<'importBot'> {
  return async ({ files: dropped, baseModelId }, { signal, report }) => {
    const storage = await context.storage();
    const model = modelOfBot(newId());
    const opened = (record: ModelRecord, from: ModelFiles) =>
      createBot(context, record, from, {
        id: newId(),
        findTexts: (dataset) => findTexts(context, desk, dataset),
      });
    return storingBot(context, model.id, async () => {
      const { name, files: found } = await openFolder(dropped, [
        'config.json',
        ADAPTER_CONFIG_FILE,
      ]);
      if (!found.has('config.json')) {
        const named = { ...model, name: name ?? 'Adapter' };
        const adapter = { files: found, baseModelId, model: named, signal, report };
        return runSummary(await opened(await storeMerged(context, adapter), found));
      }
      const { record, files } = await storeModel(storage, dropped, model, signal, report);
      return runSummary(await opened(record, files));
    });
  };
}

/** What the model of a bot from a file is stored as. */
export function modelOfBot(id: string) {
  return { id: `${STORED_MODEL_PREFIXES.bot}${id}`, origin: { source: 'bot' } } as const;
}

/** Does work that stores a model and then the bot that needs it. If it fails, the model is deleted. */
export async function storingBot<T>(
  context: EngineContext,
  modelId: string,
  work: () => Promise<T>,
): Promise<T> {
  context.arrivingModels.add(modelId);
  try {
    return await work();
  } catch (error) {
    await deleteModel(await context.storage(), modelId);
    throw error;
  } finally {
    context.arrivingModels.delete(modelId);
  }
}

/**
 * Creates the run of a bot whose model has been stored. `findTexts` stores a snapshot of the texts that it learned from
 * and returns its id, or null if they aren't here.
 */
export async function createBot(
  context: EngineContext,
  model: ModelRecord,
  files: ModelFiles,
  options: {
    readonly id: string;
    readonly findTexts: (dataset: DatasetSummary) => Promise<string | null>;
  },
): Promise<RunRecord> {
  const storage = await context.storage();
  const { config } = await readModelFiles(storage, model.id);
  const bot =
    parseBotRecord(await readJson(files, BOT_RECORD_FILE)) ?? strangersBot(model.name, config);
  const last = bot.points.at(-1);
  return createRun(storage, {
    id: options.id,
    name: bot.name,
    emoji: bot.emoji,
    status: 'finished',
    baseModelId: model.id,
    datasetId: bot.dataset.id,
    dataset: bot.dataset,
    completedSteps: bot.completedSteps,
    totalSteps: bot.totalSteps,
    points: bot.points,
    samples: [],
    backend: bot.backend,
    adapter: bot.adapter,
    tokensPerSecond: bot.tokensPerSecond,
    seed: bot.seed,
    plan: bot.plan,
    createdAt: Date.now(),
    modelId: model.id,
    base: bot.base,
    recipe: bot.recipe,
    versions: bot.versions,
    snapshotId: await options.findTexts(bot.dataset),
    history: [
      {
        number: 1,
        checkpointId: null,
        completedSteps: bot.completedSteps,
        loss: last?.loss ?? null,
        validationLoss: heldOutLoss(bot),
        trainedShare: bot.trainedShare,
        createdAt: bot.createdAt,
        bytes: modelBytes(model),
      },
    ],
  });
}

/** Stores the texts that the bot learned from, if they are still here. Without them, returns null. */
async function findTexts(
  context: EngineContext,
  desk: DatasetDesk,
  { id, contentHash }: DatasetSummary,
): Promise<string | null> {
  const found = await textsOfDataset(desk, id).catch((error: unknown) => {
    if (error instanceof MynahError) return null;
    throw error;
  });
  if (found?.dataset.contentHash !== contentHash) return null;
  await ensureSnapshot(await context.storage(), contentHash, found.accounts);
  return contentHash;
}

/** The record of a GPT-2 by somebody else, such as huggingtweets: its training is unknown. */
function strangersBot(name: string, config: GPT2Config): BotRecord {
  const usual = recipeDefaults('quick', config);
  const shape = { blockLength: usual.blockLength, microBatch: 1, accumulation: 1 };
  const recipe = createRecipe({
    config,
    preset: 'quick',
    overrides: {},
    way: { ...usual, mode: { kind: 'full' }, checkpointing: false },
    shape,
    epochTokens: shape.blockLength,
    seed: 0,
  });
  const parameters = parameterCount(config);
  const { learningRate, checkpointing } = recipe;
  return {
    format: BOT_FORMAT,
    name,
    emoji: null,
    base: { name, repo: null, revision: null },
    dataset: noTweets(name),
    recipe,
    plan: {
      ...shape,
      steps: 0,
      epochs: 0,
      learningRate,
      datasetTokens: 0,
      parameters,
      mode: 'full',
      trainedParameters: parameters,
      checkpointing,
      tokensPerSecond: 0,
      estimatedSeconds: 0,
      estimatedBytes: 0,
      memory: { weightBytes: 0, gradientBytes: 0, momentBytes: 0, workingBytes: 0 },
    },
    completedSteps: 0,
    totalSteps: 0,
    points: [],
    seed: 0,
    backend: 'cpu',
    adapter: '',
    tokensPerSecond: 0,
    trainedShare: 1,
    validationLoss: null,
    versions,
    createdAt: Date.now(),
  };
}

function noTweets(name: string): DatasetSummary {
  return {
    id: 'elsewhere',
    name,
    username: null,
    displayName: null,
    avatar: null,
    files: [],
    counts: { read: 0, retweets: 0, short: 0, other: 0, kept: 0, damaged: 0, reasons: {} },
    characters: 0,
    languages: [],
    isSmall: false,
    contentHash: '',
    createdAt: 0,
    accounts: [],
    documentCount: 0,
    answerCount: 0,
    options: HUGGINGTWEETS,
  };
}
