/** Base models on the page's side: chosen, downloaded, paused, thrown away. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CATALOGUE } from '../../../src/app/models/catalogue.ts';
import { baseModels, chosenModel, modelName } from '../../../src/app/state/base-models.ts';
import { startEngine } from '../../../src/app/state/engine.ts';
import {
  chooseAnother,
  chooseModel,
  deleteModel,
  discardDownload,
  downloadJob,
  downloadModel,
  importModel,
  modelProblem,
  pausedDownloads,
  refreshModels,
  wantModel,
} from '../../../src/app/state/models.ts';
import { needsOf, startAskingNeeds } from '../../../src/app/state/model-needs.ts';
import {
  isAdapterForced,
  overrides,
  startBlocker,
  trainParams,
} from '../../../src/app/state/plan.ts';
import { baseModelId, hubUrl, selectedDatasetId } from '../../../src/app/state/settings.ts';
import { configOf } from '../../../src/engine/runtime/model-summary.ts';
import { parameterCount } from '../../../src/model/weights.ts';
import type { BaseModelSummary } from '../../../src/protocol/models.ts';
import * as engine from './fake-engine.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

function model(id: string, changes: Partial<BaseModelSummary> = {}): BaseModelSummary {
  return {
    id,
    name: id,
    origin: { source: 'files' },
    layers: 4,
    heads: 4,
    channels: 64,
    inner: 256,
    hasOwnHead: false,
    vocabulary: 100,
    context: 64,
    parameters: 3.5e6,
    bytes: 14e6,
    isReady: true,
    createdAt: 0,
    ...changes,
  };
}

const starter = model('starter', { origin: { source: 'starter' } });
const repository = 'openai-community/gpt2-medium';
const medium = model('hub-1', {
  channels: 1024,
  name: repository,
  origin: { source: 'hub', repo: repository, revision: 'main' },
  parameters: 354.8e6,
});
const begun = {
  repository,
  hubUrl: 'https://huggingface.co',
  receivedBytes: 1,
  totalBytes: 2,
  updatedAt: 0,
};

beforeEach(async () => {
  vi.stubGlobal('navigator', {});
  engine.resetEngine();
  engine.answer('listBaseModels', () => [starter, medium]);
  baseModelId.value = 'starter';
  selectedDatasetId.value = 'd';
  modelProblem.value = null;
  await refreshModels();
});

describe('the model to start from', () => {
  it('is what the next bot is planned with', () => {
    expect(trainParams.value).toMatchObject({ baseModelId: 'starter', overrides: {} });
    chooseModel(medium);
    expect(trainParams.value).toMatchObject({ baseModelId: 'hub-1', overrides: {} });
  });

  it('is trained whole only where the engine says that this is not too much here', async () => {
    const needs = { mode: 'lora', checkpointing: false, bytes: 0.9e9 } as const;
    engine.answer('estimateNeeds', ({ models }) =>
      models.map(({ channels }) => (channels === medium.channels ? needs : null)),
    );
    await startEngine();
    const stop = startAskingNeeds();
    await expect.poll(() => needsOf(medium)).toEqual(needs);
    overrides.value = { mode: 'full' };
    chooseModel(starter);
    expect(isAdapterForced.value).toBe(false);
    expect(trainParams.value?.overrides).toEqual({ mode: 'full' });
    chooseModel(medium);
    expect(isAdapterForced.value).toBe(true);
    expect(trainParams.value?.overrides).toEqual({ mode: undefined });
    overrides.value = {};
    stop();
  });

  it('has the size that the page says of it before it is downloaded', () => {
    for (const { parameters, ...shape } of CATALOGUE) {
      expect(parameterCount(configOf(shape))).toBe(parameters);
    }
  });

  it('has to be here before a training can start', () => {
    wantModel('openai-community/gpt2');
    expect(trainParams.value).toBeNull();
    expect(startBlocker.value).toEqual({ kind: 'model-missing', name: 'GPT-2' });
    chooseAnother();
    expect(startBlocker.value).toEqual({ kind: 'model-missing', name: null });
    chooseModel(starter);
    expect(trainParams.value).toMatchObject({ baseModelId: 'starter' });
  });

  it('is the starter once the remembered one is gone', () => {
    baseModelId.value = 'hub-gone';
    expect(chosenModel.value).toBe(starter);
    expect(modelName('hub-gone')).toBe('a model that is gone');
    expect(modelName('hub-1')).toBe('GPT-2 medium');
  });

  it('stays when it can’t be deleted, and the page says why', async () => {
    chooseModel(medium);
    engine.answer('deleteBaseModel', () =>
      engine.fail({ code: 'model-needed', details: { bots: ['@somebody'] } }),
    );
    await deleteModel(medium);
    expect(chosenModel.value).toBe(medium);
    expect(modelProblem.value?.error.code).toBe('model-needed');
    engine.answer('deleteBaseModel', () => ({}));
    await deleteModel(medium);
    expect(chosenModel.value).toBe(starter);
    expect(modelProblem.value).toBeNull();
  });
});

describe('a download', () => {
  it('asks the Hub of the settings, and is chosen when it is here', async () => {
    baseModels.value = [starter];
    engine.answer('downloadBaseModel', () => medium);
    await downloadModel(repository);
    expect(engine.asked.at(-3)).toMatchObject({
      method: 'downloadBaseModel',
      params: { repository, hubUrl: hubUrl.value },
    });
    expect(chosenModel.value).toBe(medium);
    expect(downloadJob.value).toBeNull();
  });

  it('pauses without an error, can go on, and can be thrown away while it runs', async () => {
    engine.answer('downloadBaseModel', (_, options) => engine.untilAborted(options?.signal));
    engine.answer('listDownloads', () => [begun]);
    engine.answer('deleteDownload', () => ({}));
    const paused = downloadModel(repository);
    // One at a time: the second click is none.
    await downloadModel('somebody/else');
    await downloadJob.value?.pause();
    await paused;
    expect(pausedDownloads.value).toEqual([begun]);
    expect(modelProblem.value).toBeNull();

    const discarded = downloadModel(repository);
    await discardDownload(repository);
    await discarded;
    expect(pausedDownloads.value).toEqual([]);
    expect(engine.askedMethods().filter((method) => method === 'downloadBaseModel')).toHaveLength(
      2,
    );
  });

  it('that failed says so, with what to try again', async () => {
    const error = { code: 'model-download', details: { repository, reason: 'offline' } } as const;
    engine.answer('downloadBaseModel', () => engine.fail(error));
    await downloadModel(repository);
    expect(modelProblem.value).toEqual({ error, repository });
    expect(downloadJob.value).toBeNull();
  });
});

it('files of this computer are added and chosen; none are no import', async () => {
  await importModel([]);
  expect(engine.askedMethods()).not.toContain('importBaseModel');
  const own = model('files-1', { name: 'my-gpt2' });
  engine.answer('importBaseModel', () => own);
  await importModel([{ path: 'my-gpt2/config.json', file: new File(['{}'], 'config.json') }]);
  expect(chosenModel.value).toBe(own);
});
