/** Taking a bot along, on the page's side: what its file is called, and a choice that isn't made. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { exportError, exportJob, exportRun } from '../../../src/app/state/bot-files.ts';
import * as engine from './fake-engine.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

const polly = engine.run('r', 'd', { name: ' Pólly & me: 🦜 ' });
const whole = { what: 'model', dtype: 'F32' } as const;
const adapter = { what: 'adapter' } as const;
const none = { picture: false, optimizer: false };

function pick(picker: (options: { suggestedName: string }) => Promise<unknown>) {
  const mock = vi.fn(picker);
  vi.stubGlobal('showSaveFilePicker', mock);
  return mock;
}

beforeEach(() => {
  vi.stubGlobal('navigator', {});
  engine.resetEngine();
  engine.answer('exportRun', () => ({ byteLength: 1, blob: null }));
  exportError.value = null;
});

afterEach(() => vi.unstubAllGlobals());

it('writes to the file that was chosen; an adapter isn’t offered the name of the whole', async () => {
  const file = { name: 'mine.zip' };
  const picker = pick(async () => file);
  expect(await exportRun(polly, whole, none)).toBe(true);
  expect(engine.asked).toEqual([
    { method: 'exportRun', params: { runId: 'r', choice: whole, extras: none, file } },
  ]);
  await exportRun(polly, adapter, none);
  const names = picker.mock.calls.map(([{ suggestedName }]) => suggestedName);
  expect(names).toEqual(['mynah-Pólly-me.zip', 'mynah-Pólly-me-adapter.zip']);
});

it('is no export where no file was chosen, and no error either', async () => {
  pick(() => Promise.reject(new DOMException('The user aborted a request.', 'AbortError')));
  expect(await exportRun(polly, whole, none)).toBe(false);
  expect(engine.asked).toEqual([]);
  expect([exportError.value, exportJob.value]).toEqual([null, null]);
});

it('says so where the browser doesn’t let a file be chosen', async () => {
  pick(() => Promise.reject(new DOMException('Must be handling a user gesture', 'SecurityError')));
  expect(await exportRun(polly, whole, none)).toBe(false);
  expect(exportError.value?.code).toBe('internal');
  expect(exportJob.value).toBeNull();
});
