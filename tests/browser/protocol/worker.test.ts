/** The protocol over real workers: what a MessageChannel in Node can't show. */
import { afterEach, expect, it } from 'vitest';
import { WRITING_DEFAULTS } from '../../../src/domain/writing.ts';
import { type Client, connect } from '../../../src/protocol/client.ts';

const clients: Client[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.terminate();
});

function open(): { client: Client; worker: Worker } {
  const url = new URL('./misbehaving.worker.ts', import.meta.url);
  const worker = new Worker(url, { type: 'module' });
  const client = connect(worker);
  clients.push(client);
  return { client, worker };
}

const ask = (prompt: string) => ({ ...WRITING_DEFAULTS, runId: 'r', prompt, count: 1 });

it('calls posted before the worker has loaded are answered, files cross', async () => {
  const { client } = open();
  const files = [new File(['one'], 'a.txt'), new File(['three'], 'b.txt')];
  const seen: [string, number][] = [];
  const result = await client.call(
    'importTweets',
    { files },
    { onProgress: ({ file, bytesRead }) => seen.push([file, bytesRead]) },
  );
  expect(result.files).toEqual(['a.txt', 'b.txt']);
  expect(seen).toEqual([
    ['a.txt', 3],
    ['b.txt', 5],
  ]);
});

it('a cancelled call ends as cancelled and the worker lives on', async () => {
  const { client } = open();
  const controller = new AbortController();
  const call = client.call('generate', ask('wait'), { signal: controller.signal });
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  await expect(client.call('start', { backend: 'auto' })).resolves.toMatchObject({ threads: 2 });
});

it('an uncaught error in the worker loses it, with what it said', async () => {
  const { client, worker } = open();
  // The browser reports it to the console as well; here that would fail the test run.
  worker.addEventListener('error', (event) => event.preventDefault());
  const call = client.call('generate', ask('throw outside'));
  const lost = {
    data: {
      code: 'worker-lost',
      details: {
        reason: 'crashed',
        detail: expect.stringContaining('outside of every handler'),
      },
    },
  };
  await expect(call).rejects.toMatchObject(lost);
  await expect(client.lost).resolves.toMatchObject(lost);
  await expect(client.call('start', { backend: 'auto' })).rejects.toMatchObject(lost);
});

it('a rejection nobody awaits is not swallowed, and not fatal', async () => {
  const { client } = open();
  const controller = new AbortController();
  const call = client.call('generate', ask('reject outside'), { signal: controller.signal });
  const unhandled = { reason: 'Error: awaited by nobody', isPrevented: false };
  await expect
    .poll(async () => JSON.parse((await client.call('start', { backend: 'auto' })).adapter))
    .toEqual(unhandled);
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
});

it('a worker that spins is beyond cancelling, and terminate ends its calls', async () => {
  const { client } = open();
  const controller = new AbortController();
  const call = client.call('generate', ask('spin'), { signal: controller.signal });
  const waiting = client.call('start', { backend: 'auto' });
  controller.abort();
  const first = await Promise.race([
    call.catch(() => 'ended'),
    new Promise((resolve) => setTimeout(resolve, 200, 'still running')),
  ]);
  expect(first).toBe('still running');
  client.terminate();
  await expect(call).rejects.toMatchObject({ code: 'worker-lost' });
  await expect(waiting).rejects.toMatchObject({ code: 'worker-lost' });
});

it('a script that does not load loses the worker', async () => {
  const worker = new Worker(new URL(`${location.origin}/no-such-script.js`), { type: 'module' });
  worker.addEventListener('error', (event) => event.preventDefault());
  const client = connect(worker);
  const call = client.call('start', { backend: 'auto' });
  await expect(call).rejects.toMatchObject({
    data: { code: 'worker-lost', details: { reason: 'not-loaded' } },
  });
});
