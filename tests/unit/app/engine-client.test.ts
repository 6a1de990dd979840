import { afterEach, expect, it, vi } from 'vitest';
import { callEngine, dropEngine } from '../../../src/app/engine-client.ts';

vi.mock('../../../src/app/trusted-urls.ts', () => ({ workerUrl: async (url: string) => url }));

afterEach(() => {
  dropEngine();
  vi.unstubAllGlobals();
});

it('keeps an engine that was spawned while an earlier one turned out not to load', async () => {
  let spawned = 0;
  class FakeWorker extends EventTarget {
    constructor() {
      super();
      spawned++;
      if (spawned === 1) throw new TypeError('no script');
    }
    postMessage(): void {}
    terminate(): void {}
  }
  vi.stubGlobal('Worker', FakeWorker);
  const failing = callEngine('listRuns', {});
  dropEngine();
  callEngine('listRuns', {}).catch(() => undefined);
  await expect(failing).rejects.toMatchObject({
    data: { code: 'worker-lost', details: { reason: 'not-loaded' } },
  });
  callEngine('listRuns', {}).catch(() => undefined);
  await vi.waitFor(() => expect(spawned).toBeGreaterThan(1));
  await new Promise((resolve) => setTimeout(resolve));
  expect(spawned).toBe(2);
});
