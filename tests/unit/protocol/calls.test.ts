import { describe, expect, it } from 'vitest';
import { MynahError, mynahError, throwIfAborted } from '../../../src/core/errors.ts';
import { WRITING_DEFAULTS } from '../../../src/domain/writing.ts';
import type { GenerateParams } from '../../../src/protocol/writing.ts';
import { connect } from '../../../src/protocol/client.ts';
import { type Handlers, serve } from '../../../src/protocol/serve.ts';
import { createPair } from './channel-pair.ts';
import { createHandlers, dataset, status, storage } from './samples.ts';

function open(overrides: Partial<Handlers>) {
  const pair = createPair();
  const stop = serve(pair.scope, createHandlers(overrides));
  return { ...pair, stop, client: connect(pair.worker) };
}

const generateParams: GenerateParams = {
  runId: 'r',
  prompt: 'My dream is',
  count: 1,
  ...WRITING_DEFAULTS,
};

/** Waits until all messages that were posted so far, in both directions, have arrived. */
async function settle(): Promise<void> {
  for (let i = 0; i < 3; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A handler that waits until it is cancelled. */
const untilCancelled = (_params: unknown, { signal }: { signal: AbortSignal }): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(mynahError('cancelled', {})), { once: true });
  });

describe('a call', () => {
  it('returns the result of the handler for its parameters', async () => {
    const { client } = open({
      editRun: ({ runId, name }) => {
        throw mynahError('internal', { message: `${runId} ${name}` });
      },
      importTweets: async ({ files }) => ({ ...dataset, files: files.map(String) }),
      storageInfo: () => storage,
    });
    await expect(client.call('importTweets', { files: [] })).resolves.toEqual({
      ...dataset,
      files: [],
    });
    await expect(client.call('storageInfo', {})).resolves.toEqual(storage);
    await expect(client.call('editRun', { runId: 'r', name: 'n' })).rejects.toMatchObject({
      data: { details: { message: 'r n' } },
    });
    client.terminate();
  });

  it('delivers progress in order and none after the end', async () => {
    let reportLate: (() => void) | undefined;
    const { client, posted } = open({
      planTraining: (_params, { report }) => {
        report({ phase: 'loading-model' });
        report({ phase: 'tokenizing' });
        reportLate = () => report({ phase: 'timing' });
        throw mynahError('dataset-too-small', {
          characters: 1,
          neededCharacters: 9,
          tweetsKept: 1,
          tweetsLeftOut: 0,
        });
      },
    });
    const seen: string[] = [];
    const call = client.call(
      'planTraining',
      { datasetId: 'd', baseModelId: 'starter', preset: 'quick', overrides: {} },
      { onProgress: ({ phase }) => seen.push(phase) },
    );
    await expect(call).rejects.toMatchObject({ code: 'dataset-too-small' });
    reportLate?.();
    await settle();
    expect(seen).toEqual(['loading-model', 'tokenizing']);
    expect(posted).toHaveLength(3);
    client.terminate();
  });

  it('fails with a MynahError that has the engine’s details', async () => {
    const { client } = open({
      start: () => {
        throw mynahError('backend-unavailable', { reason: 'no-adapter' });
      },
    });
    const error: unknown = await client.call('start', { backend: 'webgpu' }).catch((e) => e);
    expect(error).toBeInstanceOf(MynahError);
    expect(error).toMatchObject({
      data: { code: 'backend-unavailable', details: { reason: 'no-adapter' } },
    });
    client.terminate();
  });

  it.each([
    ['a plain error', new TypeError('x is not a function'), 'TypeError: x is not a function'],
    ['a string', 'broken', 'broken'],
    ['nothing', undefined, 'undefined'],
  ])('fails with internal when a handler throws %s', async (_what, thrown, message) => {
    const { client } = open({
      start: () => {
        throw thrown;
      },
    });
    await expect(client.call('start', { backend: 'auto' })).rejects.toMatchObject({
      data: { code: 'internal', details: { message } },
    });
    client.terminate();
  });

  it('fails when its result or its parameters cannot be cloned', async () => {
    const { client } = open({ start: () => Object.assign({ extra: () => 1 }, status) });
    const call = client.call('start', { backend: 'auto' });
    await expect(call).rejects.toMatchObject({ code: 'internal' });
    const params = Object.assign({ backend: 'auto' } as const, { extra: () => 1 });
    await expect(client.call('start', params)).rejects.toMatchObject({ code: 'internal' });
    client.terminate();
  });
});

describe('cancelling', () => {
  it('ends the call with the answer of the handler', async () => {
    const { client } = open({ generate: untilCancelled });
    const controller = new AbortController();
    const call = client.call('generate', generateParams, { signal: controller.signal });
    await settle();
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    client.terminate();
  });

  it('returns the result if the handler finishes nevertheless', async () => {
    const { client } = open({
      generate: async (_params, { signal }) => {
        await settle();
        const tweets = [String(signal.aborted)];
        return { seed: 1, tweets, copies: null, tokens: 0, tokensPerSecond: 0 };
      },
    });
    const controller = new AbortController();
    const call = client.call('generate', generateParams, { signal: controller.signal });
    controller.abort();
    await expect(call).resolves.toMatchObject({ tweets: ['true'] });
    client.terminate();
  });

  it('posts nothing when the signal was aborted before the call', async () => {
    let calls = 0;
    const { client } = open({
      start: () => {
        calls += 1;
        return status;
      },
    });
    const call = client.call('start', { backend: 'auto' }, { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await settle();
    expect(calls).toBe(0);
    client.terminate();
  });

  it('affects only the cancelled call', async () => {
    const { client } = open({ generate: untilCancelled, storageInfo: () => storage });
    const [first, second] = [new AbortController(), new AbortController()];
    const a = client.call('generate', generateParams, { signal: first.signal });
    const b = client.call('generate', generateParams, { signal: second.signal });
    let bEnded = false;
    b.catch(() => {
      bEnded = true;
    });
    first.abort();
    await expect(a).rejects.toMatchObject({ code: 'cancelled' });
    await expect(client.call('storageInfo', {})).resolves.toEqual(storage);
    expect(bEnded).toBe(false);
    client.terminate();
    await expect(b).rejects.toMatchObject({ code: 'worker-lost' });
  });

  it('turns an AbortError of a handler into cancelled', async () => {
    const { client } = open({
      start: (_params, { signal }) => {
        throwIfAborted(signal);
        throw new DOMException('aborted', 'AbortError');
      },
    });
    const call = client.call('start', { backend: 'auto' });
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    client.terminate();
  });
});

describe('the death of the worker', () => {
  it.each([
    [
      'an uncaught error',
      (w: EventTarget & { fail(m: string): void }) => w.fail('boom'),
      { reason: 'crashed', detail: 'boom' },
    ],
    [
      'a script that fails to load',
      (w: EventTarget) => w.dispatchEvent(new Event('error')),
      { reason: 'not-loaded' },
    ],
    [
      'a message that cannot be read',
      (w: EventTarget) => w.dispatchEvent(new MessageEvent('messageerror')),
      { reason: 'unreadable-message' },
    ],
  ])('by %s rejects pending and later calls', async (_what, kill, details) => {
    const { client, worker } = open({ generate: untilCancelled });
    const pending = [1, 2, 3].map(() => client.call('generate', generateParams));
    const ends = Promise.allSettled(pending);
    await settle();
    kill(worker);
    const lost = { data: { code: 'worker-lost', details } };
    for (const end of await ends) expect(end).toMatchObject({ status: 'rejected', reason: lost });
    await expect(client.call('start', { backend: 'auto' })).rejects.toMatchObject(lost);
    await expect(client.lost).resolves.toMatchObject(lost);
    expect(worker.isTerminated).toBe(true);
  });

  it('by terminate is final and reported once', async () => {
    const { client, worker } = open({ generate: untilCancelled });
    const call = client.call('generate', generateParams);
    client.terminate();
    worker.fail('later');
    client.terminate();
    await expect(call).rejects.toMatchObject({ data: { details: { reason: 'terminated' } } });
    expect((await client.lost).data).toEqual({
      code: 'worker-lost',
      details: { reason: 'terminated' },
    });
  });
});

describe('malformed messages', () => {
  const nonsense: readonly unknown[] = [
    null,
    7,
    'call',
    [],
    {},
    { kind: 'call' },
    { kind: 'call', id: '1', method: 'start', params: {} },
    { kind: 'call', id: 1, method: 'nothing', params: {} },
    { kind: 'call', id: 1, method: 'constructor', params: {} },
    { kind: 'call', id: 1, method: '__proto__', params: {} },
    { kind: 'call', id: 1, method: 'start', params: null },
    { kind: 'cancel' },
    { kind: 'cancel', id: 99 },
    { kind: 'result', id: 1, method: 'start' },
    { kind: 'result', id: 99, method: 'start', result: {} },
    { kind: 'result', id: 1, method: '__proto__', result: {} },
    { kind: 'result', id: 1, method: 'storageInfo', result: {} },
    { kind: 'progress', id: 1, method: 'constructor', progress: {} },
    { kind: 'error', id: 1, method: 'start', error: 'text' },
  ];

  it('are ignored by the worker', async () => {
    const { client, worker, posted } = open({ start: () => status });
    for (const message of nonsense) worker.postMessage(message);
    await settle();
    expect(posted).toEqual([]);
    await expect(client.call('start', { backend: 'auto' })).resolves.toMatchObject({ threads: 2 });
    client.terminate();
  });

  it('are ignored by the client', async () => {
    const { client, scope } = open({ start: async () => settle().then(() => status) });
    const call = client.call('start', { backend: 'auto' });
    for (const message of nonsense) scope.postMessage(message);
    await expect(call).resolves.toMatchObject({ threads: 2 });
    client.terminate();
  });

  it('do not end a call twice: a second call with an id in use is ignored', async () => {
    const { worker, posted, client } = open({ start: async () => settle().then(() => status) });
    const message = { kind: 'call', id: 5, method: 'start', params: { backend: 'auto' } };
    worker.postMessage(message);
    worker.postMessage(message);
    await settle();
    await settle();
    expect(posted).toHaveLength(1);
    client.terminate();
  });

  it('get no answer after serve has been stopped', async () => {
    const { worker, posted, stop, client } = open({ start: () => status });
    stop();
    worker.postMessage({ kind: 'call', id: 1, method: 'start', params: { backend: 'auto' } });
    await settle();
    expect(posted).toEqual([]);
    client.terminate();
  });
});
