import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { activity } from '../../../src/app/state/activity.ts';
import { boot } from '../../../src/app/state/boot.ts';
import { prepareWhenIdle } from '../../../src/app/state/prepare.ts';
import type { RunSummary } from '../../../src/protocol/bots.ts';
import * as engine from './fake-engine.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

const bot = signal<RunSummary | null>(null);
let end = () => {};

function runOf(id: string, bytes: number, name = id): RunSummary {
  const lossless = { loss: null, validationLoss: null, trainedShare: 1 };
  const version = { number: 1, completedSteps: 3, createdAt: 0, bytes, ...lossless };
  return engine.run(id, 'new', { name, history: [version] });
}

async function prepared(): Promise<unknown[]> {
  await vi.advanceTimersByTimeAsync(2000);
  return engine.asked
    .filter(({ method }) => method === 'prepareWriting')
    .map(({ params }) => params);
}

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  engine.resetEngine();
  engine.answer('prepareWriting', () => Promise.resolve({}));
  bot.value = null;
  await boot();
  end = prepareWhenIdle(() => bot.value, 5);
});

afterEach(() => {
  end();
  activity.value = null;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('prepares the bot that is looked at, once', async () => {
  expect(await prepared()).toEqual([]);
  bot.value = runOf('one', 7e6);
  expect(await prepared()).toEqual([{ runId: 'one', count: 5 }]);
  bot.value = runOf('one', 7e6, 'another name');
  expect(await prepared()).toHaveLength(1);
  bot.value = { ...bot.value, writesWith: 1 };
  expect(await prepared()).toHaveLength(2);
  bot.value = runOf('two', 7e6);
  expect(await prepared()).toHaveLength(3);
});

it('leaves large models, and an engine at work, alone', async () => {
  bot.value = runOf('large', 500e6);
  expect(await prepared()).toEqual([]);
  activity.value = 'importing';
  bot.value = runOf('one', 7e6);
  expect(await prepared()).toEqual([]);
});

it('says nothing of what goes wrong', async () => {
  engine.answer('prepareWriting', async () =>
    engine.fail({ code: 'busy', details: { reason: 'training' } }),
  );
  bot.value = runOf('one', 7e6);
  expect(await prepared()).toHaveLength(1);
});
