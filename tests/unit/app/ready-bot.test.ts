/** The ready-made bot is opened from the site in the background, and the user may not want it. */
import { beforeEach, expect, test, vi } from 'vitest';
import { startEngine } from '../../../src/app/state/engine.ts';
import { removeReadyBot, selectReadyBot } from '../../../src/app/state/ready-bot.ts';
import { readyBot } from '../../../src/app/state/runs.ts';
import { hidesReadyBot } from '../../../src/app/state/settings.ts';
import type { RunSummary } from '../../../src/protocol/bots.ts';
import * as engine from './fake-engine.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

beforeEach(async () => {
  vi.stubGlobal('navigator', {});
  engine.resetEngine();
  await startEngine();
});

test('it is deleted even if it is removed while it is being stored', async () => {
  let store = (_: RunSummary): void => undefined;
  engine.answer('openReadyBot', () => new Promise((resolve) => (store = resolve)));
  engine.answer('deleteRun', () => ({ canRestore: true }));
  const opened = selectReadyBot();
  const removed = removeReadyBot();
  expect(hidesReadyBot.value).toBe(true);
  store(engine.run('ready-made-1', '', { isReadyMade: true, status: 'finished' }));
  await Promise.all([opened, removed]);
  expect(engine.asked).toContainEqual({
    method: 'deleteRun',
    params: { runId: 'ready-made-1', canRestore: true },
  });
  expect(readyBot.value).toBeNull();
});
