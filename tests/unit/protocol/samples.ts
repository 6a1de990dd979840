/** Handlers and small values of every method, to be overridden by the test that needs more. */
import { mynahError } from '../../../src/core/errors.ts';
import type { DatasetSummary, EngineStatus, StorageInfo } from '../../../src/protocol/calls.ts';
import type { Handlers } from '../../../src/protocol/serve.ts';

export const status: EngineStatus = {
  backend: 'wasm',
  adapter: '2 threads, SIMD',
  isSoftware: true,
  reason: 'no-webgpu',
  available: ['wasm', 'cpu'],
  threads: 2,
};

export const storage: StorageInfo = { usageBytes: 1, quotaBytes: 2, persisted: false };

export const dataset: DatasetSummary = {
  id: 'd1',
  name: '@somebody',
  username: 'somebody',
  displayName: null,
  files: ['tweets.js'],
  counts: { read: 3, retweets: 1, short: 1, kept: 1, damaged: 0 },
  characters: 40_000,
  isSmall: false,
  contentHash: 'ab'.repeat(32),
  createdAt: 1_700_000_000_000,
};

const unused = (): never => {
  throw mynahError('internal', { message: 'not part of this test' });
};

export function createHandlers(overrides: Partial<Handlers>): Handlers {
  return {
    start: unused,
    importTweets: unused,
    listDatasets: unused,
    browseTweets: unused,
    deleteDataset: unused,
    listBaseModels: unused,
    importBaseModel: unused,
    deleteBaseModel: unused,
    downloadBaseModel: unused,
    listDownloads: unused,
    deleteDownload: unused,
    planTraining: unused,
    train: unused,
    stopTraining: unused,
    listRuns: unused,
    renameRun: unused,
    deleteRun: unused,
    generate: unused,
    storageInfo: unused,
    ...overrides,
  };
}
