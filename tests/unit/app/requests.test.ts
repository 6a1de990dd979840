/** What is said of the requests that the browser has recorded. */

import { afterEach, expect, test, vi } from 'vitest';
import {
  allRequests,
  divide,
  type PageRequest,
  purposeOf,
} from '../../../src/app/device/requests.ts';
import * as engine from './fake-engine.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const origin = 'https://mynah.example';
const at = (url: string, atMs = 0): PageRequest => ({ url, atMs, receivedBytes: 0, by: 'page' });

test('requests are divided by origin, and are in the order of time', () => {
  const { own, foreign } = divide(
    [at(`${origin}/b`, 2), at('https://mynah.example:444/', 1), at(`${origin}/a`, 1)],
    origin,
  );
  expect(own.map(({ url }) => url)).toEqual([`${origin}/a`, `${origin}/b`]);
  expect(foreign.map(({ url }) => url)).toEqual(['https://mynah.example:444/']);
});

test.each([
  ['/folder/', 'page'],
  ['/folder/index.html', 'page'],
  ['/assets/index-1.js', 'script'],
  ['/assets/a.wasm', 'wasm'],
  ['/models/starter/model.safetensors', 'starter'],
  ['/models/ready/bot.zip', 'ready'],
  ['/sample/archive.zip', 'sample'],
  ['/folder/icon-192.png', 'picture'],
  ['/folder/manifest.webmanifest', 'page'],
  ['/else', 'unknown'],
])('%s is for %s', (path, purpose) => {
  expect(purposeOf(at(origin + path), origin, 'https://huggingface.co')).toBe(purpose);
});

test.each([
  ['https://huggingface.co/gpt2', 'hub'],
  ['https://cas-bridge.xethub.hf.co/x', 'hub'],
  ['https://mirror.example/gpt2', 'hub'],
  ['https://huggingface.co.evil.example/', 'unknown'],
  ['https://evilhf.co/', 'unknown'],
])('%s is for %s', (url, purpose) => {
  expect(purposeOf(at(url), origin, 'https://mirror.example/hub')).toBe(purpose);
});

test('threads that don’t answer are named, so that nobody takes their requests for none', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { serviceWorker: { controller: { postMessage: () => undefined } } });
  engine.answer('deviceReport', () =>
    engine.fail({ code: 'worker-lost', details: { reason: 'crashed' } }),
  );
  const asking = allRequests();
  await vi.runAllTimersAsync();
  expect(await asking).toEqual({ requests: [], silent: ['engine', 'service worker'] });
});
