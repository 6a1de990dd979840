import { expect, test } from 'vitest';
import { restFor } from '../../../src/engine/training/rest.ts';

test('a rest lasts as long as it should, or until it is called off', async () => {
  const controller = new AbortController();
  const startedMs = performance.now();
  await restFor(20, controller.signal);
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(19);
  const hours = restFor(1e7, controller.signal);
  controller.abort();
  await hours;
  await restFor(1e7, controller.signal);
  await restFor(0, new AbortController().signal);
});
