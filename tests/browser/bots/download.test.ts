/** Downloads from a Hub on this computer, by real `fetch` into real IndexedDB, with every fault. */
import { beforeEach, describe, expect, inject, it } from 'vitest';
import {
  downloadModel,
  type DownloadOptions,
  type DownloadState,
} from '../../../src/bots/download.ts';
import type { Patience } from '../../../src/bots/hub-fetch.ts';
import type { ErrorDetails, MynahError } from '../../../src/core/errors.ts';
import type { Storage } from '../../../src/storage/chunks.ts';
import {
  ABANDONED_AFTER_MS,
  commitDownload,
  deleteAbandonedDownloads,
  deleteDownload,
  type DownloadRecord,
  getDownload,
  listDownloads,
  openDownloadFile,
} from '../../../src/storage/downloads.ts';
import { checkArrived } from '../../../src/bots/store-model.ts';
import { parseConfig } from '../../../src/model/config.ts';
import { safetensorsHead } from '../../../src/model/safetensors.ts';
import { parameterShapes } from '../../../src/model/weights.ts';
import { elementCount } from '../../../src/core/shape.ts';
import { byteAlphabet } from '../../../src/tokenizer/tokenizer-json.ts';
import { getModel } from '../../../src/storage/models.ts';
import type { Fault, HubRequest, RepositoryJson } from '../../support/hub-server.ts';
import { HANGING_MS } from '../../support/patience.ts';
import { patternBytes } from '../storage/pattern.ts';
import {
  chunkKeys,
  openStorage,
  raw,
  requested,
  sameBytes,
  store,
  uniqueName,
  readModelFile,
} from '../storage/support.ts';

const hubUrl = inject('hubUrl');
const chunkBytes = 2 ** 16;
const weightBytes = 5 * chunkBytes + 1234;
const weights = { name: 'model.safetensors', bytes: weightBytes, seed: 7 };
const small = [
  { name: 'config.json', text: '{"model_type":"gpt2"}' },
  { name: 'tokenizer_config.json', text: '{}' },
  { name: 'tokenizer.json', text: '{"model":{}}' },
  { name: 'README.md', text: 'not wanted' },
];
const patience: Omit<Patience, 'stallMs'> = { attempts: 3, backoffMs: 1, maxWaitMs: 2000 };

/**
 * Short only for a server that falls silent on purpose: on a loaded machine a sound connection may be
 * silent for long.
 */
function stallMsFor(faults: readonly Fault[]): number {
  return faults.some(({ kind }) => kind === 'stall') ? 1000 : HANGING_MS;
}

let name: string;
let storage: Storage;
let repository: string;

beforeEach(async () => {
  name = uniqueName();
  storage = await openStorage(name, chunkBytes);
  repository = `somebody/model-${crypto.randomUUID()}`;
});

async function publish(changes: Partial<RepositoryJson> = {}): Promise<void> {
  const json: RepositoryJson = { files: [...small, weights], ...changes };
  await fetch(`${hubUrl}/control/${repository}`, { method: 'PUT', body: JSON.stringify(json) });
}

function publishWith(...faults: Fault[]): Promise<void> {
  return publish({ faults });
}

async function requestsOf(file: string): Promise<readonly HubRequest[]> {
  const response = await fetch(`${hubUrl}/control/${repository}`);
  const all = (await response.json()) as HubRequest[];
  return all.filter(({ path }) => path.includes(file));
}

interface Given {
  readonly signal?: AbortSignal;
  readonly report?: (state: DownloadState) => void;
  readonly from?: string;
  readonly stallMs?: number;
  readonly check?: DownloadOptions['check'];
}

function download({
  signal,
  report = () => {},
  from = hubUrl,
  stallMs = HANGING_MS,
  // Nearly all files here are made up of random bytes.
  check = async () => {},
}: Given = {}): Promise<DownloadRecord> {
  return downloadModel(storage, from, repository, {
    signal: signal ?? new AbortController().signal,
    report,
    patience: { ...patience, stallMs },
    check,
  });
}

/** Pauses once so much has been received. */
async function downloadSome(bytes: number): Promise<void> {
  const controller = new AbortController();
  const report = ({ receivedBytes }: DownloadState) => {
    if (receivedBytes >= bytes) controller.abort();
  };
  await expect(download({ signal: controller.signal, report })).rejects.toMatchObject({
    code: 'cancelled',
  });
}

async function expectWeights(record: DownloadRecord, seed = weights.seed): Promise<void> {
  const file = record.files.find((each) => each.name === weights.name);
  if (file === undefined) throw new Error('no weights');
  const bytes = await openDownloadFile(storage, record.id, file).read(0, file.blob.byteLength);
  expect(sameBytes(bytes, patternBytes(weightBytes, seed))).toBe(true);
  expect(record.files.every(({ isComplete }) => isComplete)).toBe(true);
}

function refusal(
  reason: ErrorDetails['model-download']['reason'],
  details: Partial<ErrorDetails['model-download']> = {},
) {
  return { code: 'model-download', data: { details: { repository, reason, ...details } } };
}

describe('a model on the Hub', () => {
  it('is stored whole, its files and no others, from one commit', async () => {
    await publish();
    const states: DownloadState[] = [];
    const record = await download({ report: (state) => states.push(state) });
    await expectWeights(record);
    expect(record.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(record.files.map((file) => file.name)).toEqual([
      'config.json',
      'tokenizer_config.json',
      'tokenizer.json',
      'model.safetensors',
    ]);
    const resolved = await requestsOf('/resolve/');
    expect(resolved.every(({ path }) => path.includes(`/resolve/${record.commit}/`))).toBe(true);
    const received = states.map(({ receivedBytes }) => receivedBytes);
    expect(received).toEqual(received.toSorted((a, b) => a - b));
    const whole = record.files.reduce((sum, { blob }) => sum + blob.byteLength, 0);
    expect(states.at(-1)).toMatchObject({ receivedBytes: whole, totalBytes: whole });
  });

  it('becomes a model in one transaction, its chunks uncopied', async () => {
    await publish();
    const record = await download();
    const before = await chunkKeys(name);
    const files = record.files.map((file) => ({ name: file.name, blob: file.blob }));
    await commitDownload(storage, repository, {
      id: repository,
      name: repository,
      origin: { source: 'hub', repo: repository, revision: 'main' },
      createdAt: 1,
      files,
    });
    expect(await chunkKeys(name)).toEqual(before);
    expect(await listDownloads(storage)).toEqual([]);
    const model = await getModel(storage, repository);
    if (model === null) throw new Error('no model');
    const bytes = await readModelFile(storage, model, 'model.safetensors');
    expect(sameBytes(bytes, patternBytes(weightBytes, weights.seed))).toBe(true);
  });

  it('is found in shards, with its vocabulary in two files', async () => {
    const shard = (n: number) => ({
      name: `model-0000${n}-of-00002.safetensors`,
      bytes: 1000 * n,
      seed: n,
    });
    const index = { weight_map: { a: shard(1).name, b: shard(2).name, c: '../../../etc/passwd' } };
    const files = [
      { name: 'config.json', text: '{"model_type":"gpt2"}' },
      { name: 'added_tokens.json', text: '{}' },
      { name: 'vocab.json', text: '{}' },
      { name: 'merges.txt', text: '#version' },
      { name: 'model.safetensors.index.json', text: JSON.stringify(index) },
      shard(1),
      shard(2),
      { name: 'pytorch_model.bin', bytes: 10, seed: 1 },
    ];
    const wanted = [...files.slice(0, 5).map((file) => file.name), shard(1).name, shard(2).name];
    await publish({ files });
    expect((await download()).files.map((file) => file.name)).toEqual(wanted);
    await publish({ files, hasApi: false });
    await deleteDownload(storage, repository);
    expect((await download()).files.map((file) => file.name)).toEqual(wanted);
  });

  it.each<[string, Partial<RepositoryJson>]>([
    ['no API', { hasApi: false }],
    ['neither API nor commits', { hasApi: false, hasCommits: false }],
    ['no ranges', { hasRanges: false }],
  ])('comes from a mirror with %s, also in two goes', async (_, changes) => {
    await publish(changes);
    await downloadSome(3 * chunkBytes);
    await expectWeights(await download());
  });
});

describe('a download that was cut off', () => {
  it('goes on from its last chunk, in a new life of the page as well', async () => {
    await publish();
    await downloadSome(3.5 * chunkBytes);
    storage.dispose();
    storage = await openStorage(name, chunkBytes);
    const stored = await getDownload(storage, repository);
    const from = stored?.files.at(-1)?.blob.byteLength ?? 0;
    expect(from % chunkBytes).toBe(0);
    expect(from).toBeGreaterThanOrEqual(2 * chunkBytes);
    await expectWeights(await download());
    const ranges = (await requestsOf(weights.name)).filter(({ host }) => host === 'cdn');
    expect(ranges.map(({ range }) => range)).toEqual([null, `bytes=${from}-`]);
    expect(await requestsOf('/config.json')).toHaveLength(1);
  });

  it('stops at once when it is paused in a silence', async () => {
    await publishWith({ kind: 'stall', file: weights.name, afterBytes: 100_000, times: 1 });
    const controller = new AbortController();
    const running = download({
      signal: controller.signal,
      report: ({ receivedBytes }) => {
        if (receivedBytes > 100_000) setTimeout(() => controller.abort(), 20);
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('fetches a file again whose chunks the disk has lost', async () => {
    await publish();
    await downloadSome(3.5 * chunkBytes);
    const blobId = (await getDownload(storage, repository))?.files.at(-1)?.blob.id ?? '';
    await raw(name, (db) => requested(store(db, 'chunks').delete([blobId, 1])));
    await expectWeights(await download());
  });

  it('starts a file over that has changed on the Hub, and only that one', async () => {
    await publish();
    await downloadSome(3.5 * chunkBytes);
    await publish({ files: [...small, { ...weights, seed: 8 }] });
    await expectWeights(await download(), 8);
    const ranges = (await requestsOf(weights.name)).filter(({ host }) => host === 'cdn');
    expect(ranges.map(({ range }) => range)).toEqual([null, null]);
  });

  it('is swept with all its chunks when nobody comes back for a month, not before', async () => {
    await publish();
    await downloadSome(2 * chunkBytes);
    await deleteAbandonedDownloads(storage, Date.now() + ABANDONED_AFTER_MS - 60_000);
    expect(await listDownloads(storage)).toHaveLength(1);
    await deleteAbandonedDownloads(storage, Date.now() + ABANDONED_AFTER_MS + 1);
    expect(await listDownloads(storage)).toEqual([]);
    expect(await chunkKeys(name)).toEqual([]);
  });

  it('leaves nothing when it is thrown away, even while it runs', async () => {
    await publish();
    let deleting: Promise<void> | null = null;
    const running = download({
      report: ({ receivedBytes }) => {
        if (receivedBytes > 2 * chunkBytes) deleting ??= deleteDownload(storage, repository);
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await deleting;
    expect(await chunkKeys(name)).toEqual([]);
  });
});

describe('trouble that passes', () => {
  const file = weights.name;
  it.each<[string, Fault[]]>([
    ['a connection that breaks, twice', [{ kind: 'drop', file, afterBytes: 100_000, times: 2 }]],
    [
      'one that breaks at every 70,000 bytes',
      [{ kind: 'drop', file, afterBytes: 70_000, times: 9 }],
    ],
    ['one that goes silent', [{ kind: 'stall', file, afterBytes: 100_000, times: 1 }]],
    ['too many questions', [{ kind: 'status', status: 429, times: 2, retryAfter: '0' }]],
    ['a server that is down for a moment', [{ kind: 'status', status: 503, times: 2 }]],
    [
      'both',
      [
        { kind: 'status', status: 500, times: 1 },
        { kind: 'drop', file: 'tokenizer.json', afterBytes: 3, times: 1 },
        { kind: 'drop', file, afterBytes: 1, times: 1 },
      ],
    ],
  ])('%s', async (_, faults) => {
    await publishWith(...faults);
    await expectWeights(await download({ stallMs: stallMsFor(faults) }));
  });

  it('a revision in the middle: all of the new one', async () => {
    await publishWith({
      kind: 'revise',
      file,
      afterBytes: 150_000,
      to: { ...weights, seed: 9 },
    });
    await expectWeights(await download(), 9);
  });

  it('a revision in the middle, from a mirror that says neither hash nor commit', async () => {
    await publish({
      hasApi: false,
      hasCommits: false,
      faults: [{ kind: 'revise', file, afterBytes: 150_000, to: { ...weights, seed: 9 } }],
    });
    await expectWeights(await download(), 9);
  });
});

describe('trouble that stays', () => {
  const file = weights.name;

  it('a repository that isn’t there, or is private', async () => {
    await expect(download()).rejects.toMatchObject(refusal('private', { status: 401 }));
    await publishWith({ kind: 'status', status: 403, times: 1, errorCode: 'GatedRepo' });
    await expect(download()).rejects.toMatchObject(refusal('private', { status: 403 }));
    await publishWith({ kind: 'status', status: 404, times: 1, errorCode: 'RepoNotFound' });
    await expect(download()).rejects.toMatchObject(refusal('not-found'));
    await publish({ hasApi: false, files: [] });
    await expect(download()).rejects.toMatchObject(refusal('no-gpt2', { file: 'config.json' }));
    expect(await listDownloads(storage)).toEqual([]);
  });

  it('a page that wants a login, in the place of the Hub', async () => {
    await publishWith({ kind: 'page' });
    await expect(download()).rejects.toMatchObject(refusal('not-the-hub', {}));
  });

  it('a repository without a GPT-2', async () => {
    await publish({ files: small });
    await expect(download()).rejects.toMatchObject(
      refusal('no-gpt2', { file: 'pytorch_model.bin' }),
    );
    const config = { name: 'config.json', text: '{"model_type":"bert"}' };
    await publish({ files: [config, ...small.slice(1), weights] });
    await expect(download()).rejects.toMatchObject(refusal('no-gpt2', { file: 'config.json' }));
    expect(await requestsOf(file)).toEqual([]);
    expect(await listDownloads(storage)).toEqual([]);
    expect(await chunkKeys(name)).toEqual([]);
  });

  it('too many questions for longer than anyone would wait', async () => {
    await publishWith({ kind: 'status', status: 429, times: 1, retryAfter: '3600' });
    await expect(download()).rejects.toMatchObject(
      refusal('rate-limited', { retryAfterSeconds: 3600 }),
    );
  });

  it('no Hub at that address', async () => {
    await expect(download({ from: 'http://127.0.0.1:1' })).rejects.toMatchObject(
      refusal('offline'),
    );
  });

  it.each<[ErrorDetails['model-download']['reason'], Fault]>([
    ['offline', { kind: 'drop', file, afterBytes: 0, times: 99 }],
    ['stalled', { kind: 'stall', file, afterBytes: 0, times: 99 }],
    ['truncated', { kind: 'truncate', file, bytes: 200_000 }],
  ])('%s: what came before stays', async (reason, fault) => {
    await publish();
    await downloadSome(2.5 * chunkBytes);
    await publishWith(fault);
    const stallMs = stallMsFor([fault]);
    await expect(download({ stallMs })).rejects.toMatchObject(refusal(reason));
    await publish();
    await expectWeights(await download());
    expect((await requestsOf(weights.name)).at(-1)?.range).toMatch(/^bytes=\d+-$/);
  });

  it('a model that the disk can’t hold: refused before a byte of it, with how much is free', async () => {
    const claimedBytes = 4e15;
    await publish({ files: [...small, { ...weights, claimedBytes }] });
    const error = await download().then(
      () => null,
      (thrown: MynahError) => thrown.data,
    );
    if (error?.code !== 'storage-quota') throw new Error(JSON.stringify(error));
    expect(error.details.neededBytes).toBeGreaterThanOrEqual(claimedBytes);
    expect(error.details.availableBytes).toBeGreaterThan(0);
    expect(error.details.availableBytes).toBeLessThan(claimedBytes);
    expect(await requestsOf('/resolve/')).toEqual([]);
    expect(await listDownloads(storage)).toEqual([]);
  });

  it('a pytorch_model.bin needs room twice: it is stored as safetensors', async () => {
    const { quota = 0 } = await navigator.storage.estimate();
    const claimedBytes = Math.round(0.6 * quota);
    const bin = { ...weights, name: 'pytorch_model.bin', claimedBytes };
    await publish({ files: [...small, bin] });
    await expect(download()).rejects.toMatchObject({
      code: 'storage-quota',
      data: { details: { neededBytes: expect.closeTo(2 * claimedBytes, -3) } },
    });
    expect(await requestsOf('/resolve/')).toEqual([]);
  });

  it('damaged on the way: thrown away, and fetched again when asked to', async () => {
    await publishWith({ kind: 'corrupt', file, times: 1 });
    await expect(download()).rejects.toMatchObject(refusal('damaged', { file }));
    const stored = await getDownload(storage, repository);
    expect(stored?.files.map(({ isComplete }) => isComplete)).toEqual([true, true, true, false]);
    expect(await chunkKeys(name)).toHaveLength(3);
    await expectWeights(await download());
  });
});

describe('a model that can’t be used is refused before it costs', () => {
  const vocab = Object.fromEntries(
    [...byteAlphabet(), '<|endoftext|>'].map((token, id) => [token, id]),
  );
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true };
  const tokenizer = {
    ...{ added_tokens: [{ id: 256, content: '<|endoftext|>', special: true }], normalizer: null },
    ...{ pre_tokenizer: byteLevel, decoder: byteLevel, model: { type: 'BPE', vocab, merges: [] } },
  };
  const config = {
    ...{ model_type: 'gpt2', vocab_size: 257, n_embd: 4, n_head: 1, n_layer: 1, n_positions: 8 },
    eos_token_id: 256,
  };
  const LARGE = 6e6;

  /** The text of a safetensors file with these tensors, whose numbers are tiny, and of more that are large. */
  function safetensors(more: readonly string[]): string {
    const shapes = new Map(
      [...parameterShapes(parseConfig(config))].map(([key, shape]) => [
        `transformer.${key}`,
        shape,
      ]),
    );
    for (const key of more) shapes.set(key, [LARGE / 4]);
    const head = safetensorsHead(
      Array.from(shapes, ([key, shape]) => ({ name: key, dtype: 'F32' as const, shape })),
      {},
    );
    // With a low byte of zero, the length of a header of less than 32 KiB is text.
    const json = new TextDecoder().decode(head.subarray(8));
    const text = json + ' '.repeat((256 - (json.length & 0xff)) % 256);
    const length = [text.length & 0xff, text.length >> 8, 0, 0, 0, 0, 0, 0];
    const numbers = [...shapes.values()].reduce((sum, shape) => sum + elementCount(shape), 0);
    return String.fromCharCode(...length) + text + ' '.repeat(4 * numbers);
  }

  it.each<[string, object, object, readonly string[], string, number]>([
    ['an activation', { activation_function: 'silu' }, {}, [], 'activation_function', 0],
    ['its tokenizer', {}, { normalizer: { type: 'Lowercase' } }, [], 'normalizer', 0],
    ['a tensor', {}, {}, ['lm_head.bias'], 'lm_head.bias', 1],
  ])('for %s', async (_, settings, parts, more, named, requests) => {
    const files = [
      { name: 'config.json', text: JSON.stringify({ ...config, ...settings }) },
      { name: 'tokenizer.json', text: JSON.stringify({ ...tokenizer, ...parts }) },
      { name: 'model.safetensors', text: safetensors(more) },
    ];
    await publish({ files });
    await expect(download({ check: checkArrived })).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining(named) as string,
    });
    const ranges = (await requestsOf('model.safetensors'))
      .filter(({ host }) => host === 'cdn')
      .map(({ range }) => /^bytes=0-(\d+)$/.exec(range ?? '')?.[1]);
    expect(ranges).toHaveLength(requests);
    for (const last of ranges) expect(Number(last)).toBeLessThan(2e6);
  });

  it('for another kind of tokenizer, by the list of its files', async () => {
    const files = [small[0], { name: 'vocab.txt', text: '[PAD]' }, weights].flatMap((f) => f ?? []);
    await publish({ files });
    await expect(download()).rejects.toMatchObject({
      code: 'unsupported',
      data: { details: { file: 'vocab.txt', found: 'WordPiece' } },
    });
    expect(await requestsOf('/resolve/')).toEqual([]);
  });

  it('and one that can be is fetched, also where ranges can’t be and the type isn’t said', async () => {
    const { model_type: _type, ...rest } = config;
    const byArchitecture = { ...rest, architectures: ['GPT2LMHeadModel'] };
    const files = [
      { name: 'config.json', text: JSON.stringify(byArchitecture) },
      { name: 'tokenizer.json', text: JSON.stringify(tokenizer) },
      { name: 'model.safetensors', text: safetensors([]) },
    ];
    for (const hasRanges of [true, false]) {
      await publish({ files, hasRanges });
      const record = await download({ check: checkArrived });
      expect(record.files.every(({ isComplete }) => isComplete)).toBe(true);
      await deleteDownload(storage, repository);
    }
  });
});
