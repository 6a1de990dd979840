/** An engine in its real worker, and the least that a test asks of it. */

import { afterEach, inject } from 'vitest';
import type { RecipeOverrides } from '../../../src/domain/training-options.ts';
import { WRITING_DEFAULTS } from '../../../src/domain/writing.ts';
import type { RunSummary } from '../../../src/protocol/bots.ts';
import type { DatasetSummary } from '../../../src/protocol/datasets.ts';
import type { BackendPreference } from '../../../src/protocol/engine.ts';
import type {
  MetricPoint,
  ResumeParams,
  TrainParams,
  TrainProgress,
} from '../../../src/protocol/training.ts';
import type { GenerateParams } from '../../../src/protocol/writing.ts';
import { type Client, connect } from '../../../src/protocol/client.ts';
import { tweetsFile } from '../../fixtures/tweets-file.ts';

const clients: Client[] = [];

export function connectEngine(url: string = inject('engineUrl')): Client {
  const client = connect(new Worker(url, { type: 'module' }));
  clients.push(client);
  return client;
}

export async function startEngine(backend: BackendPreference): Promise<Client> {
  const client = connectEngine();
  await client.call('start', { backend });
  return client;
}

afterEach(() => {
  for (const client of clients.splice(0)) client.terminate();
});

export function importMadeUpTweets(engine: Client): Promise<DatasetSummary> {
  return engine.call('importTweets', { files: [tweetsFile(300)] });
}

/** Small enough for a software GPU; every number fixed, so that runs can be compared. */
export function trainParams(
  datasetId: string,
  steps: number,
  mode: Partial<RecipeOverrides> = {},
): TrainParams {
  const overrides = { steps, blockLength: 32, tokensPerStep: 32, seed: 7, ...mode };
  return { datasetId, baseModelId: 'starter', preset: 'quick', overrides };
}

export async function train(
  engine: Client,
  params: TrainParams | ResumeParams,
  onProgress: (progress: TrainProgress) => void = () => {},
): Promise<{ run: RunSummary; points: MetricPoint[] }> {
  const points: MetricPoint[] = [];
  const run = await engine.call('train', params, {
    onProgress: (progress) => {
      points.push(...progress.points);
      onProgress(progress);
    },
  });
  return { run, points };
}

export function writing(runId: string): GenerateParams {
  const settings = { ...WRITING_DEFAULTS, maxTokens: 40 };
  return { runId, prompt: 'My dream is', count: 5, seed: 11, ...settings };
}
