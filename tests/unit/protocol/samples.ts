/** Handlers and small results for every method, which tests override as they need. */
import { mynahError } from '../../../src/core/errors.ts';
import type { DatasetSummary } from '../../../src/protocol/datasets.ts';
import type { EngineStatus, Keeping, StorageInfo } from '../../../src/protocol/engine.ts';
import type { Handlers } from '../../../src/protocol/serve.ts';
import { datasetSummary } from '../../fixtures/dataset-summary.ts';

export const status: EngineStatus & Keeping = {
  backend: 'wasm',
  adapter: '2 threads, SIMD',
  isSoftware: true,
  reason: 'no-webgpu',
  wasmFault: null,
  standsInFor: null,
  available: ['wasm', 'cpu'],
  threads: 2,
  notKept: null,
  oneTabAssumed: false,
};

export const storage: StorageInfo = {
  estimate: { usageBytes: 1, quotaBytes: 2 },
  persisted: false,
};

export const dataset: DatasetSummary = datasetSummary();

const unused = (): never => {
  throw mynahError('internal', { message: 'not part of this test' });
};

export function createHandlers(overrides: Partial<Handlers>): Handlers {
  return {
    start: unused,
    watchStatus: unused,
    importTweets: unused,
    listDatasets: unused,
    browseTweets: unused,
    cleanDataset: unused,
    overrideTweets: unused,
    datasetFacts: unused,
    datasetPlots: unused,
    exportDataset: unused,
    joinDatasets: unused,
    deleteDataset: unused,
    listBaseModels: unused,
    estimateNeeds: unused,
    importBaseModel: unused,
    deleteBaseModel: unused,
    downloadBaseModel: unused,
    listDownloads: unused,
    deleteDownload: unused,
    planTraining: unused,
    train: unused,
    stopTraining: unused,
    listRuns: unused,
    editRun: unused,
    duplicateRun: unused,
    deleteVersion: unused,
    deleteRun: unused,
    restoreRun: unused,
    importBot: unused,
    openReadyBot: unused,
    botOfCheckpoint: unused,
    exportRunFiles: unused,
    importRunFile: unused,
    exportRun: unused,
    prepareWriting: unused,
    generate: unused,
    saveSoon: unused,
    restBetweenSteps: unused,
    listWritten: unused,
    editWritten: unused,
    deleteWritten: unused,
    certaintyOfText: unused,
    attentionOfText: unused,
    makeQuiz: unused,
    recordQuiz: unused,
    storageInfo: unused,
    deviceReport: unused,
    ...overrides,
  };
}
