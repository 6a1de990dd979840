/** An engine that answers when a test says so; mocked in place of `app/engine-client.ts`. */
import { type ErrorData, MynahError } from '../../../src/core/errors.ts';
import type { RunSummary } from '../../../src/protocol/bots.ts';
import type { Calls, Method } from '../../../src/protocol/calls.ts';
import type { CallOptions } from '../../../src/protocol/client.ts';
import type { DatasetSummary } from '../../../src/protocol/datasets.ts';
import type { EngineStatus, Keeping } from '../../../src/protocol/engine.ts';
import type { TrainingPlan } from '../../../src/protocol/training.ts';
import { datasetCounts, datasetSummary } from '../../fixtures/dataset-summary.ts';
import { someRecipe } from '../../fixtures/recipe.ts';

type Answer = (params: unknown, options?: object) => unknown;

export const asked: { readonly method: Method; readonly params: unknown }[] = [];
const answers = new Map<Method, Answer>();

export function answer<M extends Method>(
  method: M,
  how: (
    params: Calls[M]['params'],
    options?: CallOptions<M>,
  ) => Calls[M]['result'] | Promise<Calls[M]['result']>,
): void {
  answers.set(method, how as Answer);
}

/** Forgets what was asked; answers what every page asks for. */
export function resetEngine(): void {
  asked.length = 0;
  answers.clear();
  answer('start', () => STATUS);
  answer('listDatasets', () => []);
  answer('listRuns', () => []);
  answer('listWritten', () => []);
  answer('listBaseModels', () => []);
  answer('listDownloads', () => []);
  answer('storageInfo', () => ({ estimate: null, persisted: false }));
  answer('stopTraining', () => ({}));
}

export function fail(error: ErrorData): never {
  throw new MynahError(error);
}

/** Ends in `cancelled` some time after it was aborted, as the engine does. */
export function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => {
      setTimeout(() => reject(new MynahError({ code: 'cancelled', details: {} })), 300);
    });
  });
}

export function askedMethods(): readonly Method[] {
  return asked.map(({ method }) => method);
}

/* What `engine-client.ts` exports. */
export async function callEngine(method: Method, params: unknown, options?: object) {
  asked.push({ method, params });
  return answers.get(method)?.(params, options);
}
export function onEngineLost(): void {}
export function dropEngine(): void {}

export const STATUS: EngineStatus & Keeping = {
  backend: 'wasm',
  adapter: '2 threads, SIMD',
  isSoftware: true,
  reason: 'requested',
  wasmFault: null,
  standsInFor: null,
  available: ['wasm', 'cpu'],
  threads: 2,
  notKept: null,
  oneTabAssumed: false,
};

export function dataset(id: string, createdAt = 0): DatasetSummary {
  return datasetSummary({
    id,
    name: `@${id}`,
    username: id,
    counts: datasetCounts({ read: 300, retweets: 0, short: 0 }),
    characters: 30_000,
    isSmall: true,
    createdAt,
  });
}

export const PLAN: TrainingPlan = {
  steps: 100,
  epochs: 1,
  blockLength: 64,
  microBatch: 1,
  accumulation: 1,
  learningRate: 0.001,
  datasetTokens: 6400,
  parameters: 3.5e6,
  mode: 'full',
  trainedParameters: 3.5e6,
  checkpointing: false,
  tokensPerSecond: 1000,
  estimatedSeconds: 6,
  estimatedBytes: 1e8,
  memory: { weightBytes: 1, gradientBytes: 1, momentBytes: 2, workingBytes: 1 },
};

export function run(id: string, datasetId: string, changes: Partial<RunSummary> = {}): RunSummary {
  return {
    id,
    name: id,
    status: 'paused',
    baseModelId: 'starter',
    datasetId,
    dataset: dataset(datasetId),
    completedSteps: 3,
    totalSteps: 100,
    points: [],
    samples: [],
    backend: 'wasm',
    adapter: '',
    tokensPerSecond: 1000,
    seed: 1,
    plan: PLAN,
    createdAt: 0,
    updatedAt: 0,
    canGenerate: true,
    hasAdapter: false,
    hasOptimizer: false,
    checkpointBytes: 0,
    storedBytes: 0,
    emoji: null,
    history: [],
    writesWith: null,
    request: null,
    recipe: someRecipe,
    versions: { mynah: '0.1.0' },
    outcome: null,
    notes: '',
    quizzes: [],
    base: { name: 'Starter', repo: null, revision: null },
    checkpoints: [],
    isRecordOnly: false,
    isReadyMade: false,
    ...changes,
  };
}
