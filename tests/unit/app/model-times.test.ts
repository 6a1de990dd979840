/** How long a training takes with each model, and which one is recommended on this computer. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CATALOGUE } from '../../../src/app/models/catalogue.ts';
import { recommendedModel, timeOf } from '../../../src/app/models/model-times.ts';
import { baseModels } from '../../../src/app/state/base-models.ts';
import { datasets } from '../../../src/app/state/datasets.ts';
import { computer, startEngine } from '../../../src/app/state/engine.ts';
import { needsOf, startAskingNeeds } from '../../../src/app/state/model-needs.ts';
import { newestPlan, overrides } from '../../../src/app/state/plan.ts';
import { presetChoice, selectedDatasetId } from '../../../src/app/state/settings.ts';
import type { BaseModelSummary, TrainingNeeds } from '../../../src/protocol/models.ts';
import { must } from '../../../src/core/assert.ts';
import * as engine from './fake-engine.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

const first: BaseModelSummary = {
  ...{ id: 'starter', name: 'starter', origin: { source: 'starter' } },
  ...{ layers: 6, heads: 6, channels: 192, inner: 768, hasOwnHead: false },
  ...{ vocabulary: 4096, context: 256, parameters: 3.5e6, bytes: 14e6 },
  ...{ isReady: true, createdAt: 0 },
};
const [distil, gpt2, medium] = CATALOGUE;
const fits: TrainingNeeds = { mode: 'full', checkpointing: false, bytes: 1e9 };
let stop = (): void => undefined;

/** A computer that trains the starter at this speed, and has no room for models with more channels. */
async function onComputer(tokensPerSecond: number, maxChannels: number): Promise<void> {
  engine.answer('estimateNeeds', ({ models }) =>
    models.map(({ channels }) => (channels <= maxChannels ? fits : null)),
  );
  await startEngine();
  stop = startAskingNeeds();
  await expect.poll(() => needsOf(must(medium, 'a model'))).not.toBeUndefined();
  const plan = { ...engine.PLAN, parameters: 3.5e6, tokensPerSecond };
  newestPlan.value = { plan, baseModelId: 'starter', computer: computer.value };
}

beforeEach(() => {
  vi.stubGlobal('navigator', {});
  engine.resetEngine();
  baseModels.value = [first];
  datasets.value = [{ ...engine.dataset('d'), characters: 100_000, languages: ['en'] }];
  selectedDatasetId.value = 'd';
});

afterEach(() => {
  stop();
  newestPlan.value = null;
  overrides.value = {};
  presetChoice.value = null;
});

test('it follows from the speed measured with another model', async () => {
  await onComputer(1000, 1024);
  // 21 million operations for each token of the starter, 747 million for each of GPT-2, twice 100,000 characters.
  const time = must(timeOf(must(gpt2, 'a model')), 'a time');
  expect(time.isRough).toBe(true);
  expect(time.seconds).toBeCloseTo((2 * 100_000) / 4.2 / ((1000 * 3.5) / 124.439808), -1);
  const others = [distil, gpt2, medium].map(
    (model) => timeOf(must(model, 'a model'))?.seconds ?? 0,
  );
  expect(others).toEqual(others.toSorted((a, b) => a - b));
});

test('it is that of the options in the form, and of the learning rates that Best tries', async () => {
  await onComputer(1000, 1024);
  const seconds = () => must(timeOf(must(gpt2, 'a model')), 'a time').seconds;
  const ofQuick = seconds();
  overrides.value = { epochs: 6 };
  expect(seconds() / ofQuick).toBeCloseTo(6 / 2);
  // Steps of 64 tokens, as in the plan, instead of two passes over 23,810 tokens.
  overrides.value = { steps: 50, epochs: 6 };
  expect(seconds() / ofQuick).toBeCloseTo((50 * 64) / ((2 * 100_000) / 4.2));
  overrides.value = {};
  presetChoice.value = 'best';
  expect(seconds() / ofQuick).toBeCloseTo((8 * 1.25) / 2);
  overrides.value = { learningRate: 0.001 };
  expect(seconds() / ofQuick).toBeCloseTo(8 / 2);
});

test('the largest model that takes no more than an hour is recommended', async () => {
  await onComputer(1000, 1024);
  expect(recommendedModel()).toBe('openai-community/gpt2');
  await onComputer(50, 1024);
  expect(recommendedModel()).toBe('starter');
  await onComputer(50_000, 1024);
  expect(recommendedModel()).toBe('openai-community/gpt2-medium');
});

test('none is, before the speed is known or if the tweets are in another language', async () => {
  expect(recommendedModel()).toBeNull();
  await onComputer(1000, 1024);
  datasets.value = [{ ...engine.dataset('d'), characters: 100_000, languages: ['de', 'en'] }];
  expect(recommendedModel()).toBeNull();
});
