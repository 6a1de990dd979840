/** What goes in comes out, in a real IndexedDB. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricPoint } from '../../../src/protocol/training.ts';
import { readCheckpoint } from '../../../src/storage/read-checkpoint.ts';
import { saveCheckpoint } from '../../../src/storage/write-checkpoint.ts';
import { MAX_CHUNK_BYTES } from '../../../src/storage/chunks.ts';
import {
  deleteModel,
  getModel,
  listModels,
  modelBytes,
  openModelFile,
  writeModel,
} from '../../../src/storage/models.ts';
import { storageInfo } from '../../../src/storage/quota.ts';
import { readBlob } from '../../../src/storage/read-blob.ts';
import { createRun, deleteRun, getRun, listRuns, updateRun } from '../../../src/storage/runs.ts';
import { runSummary } from '../../../src/storage/run-summary.ts';
import { patternBytes, type WholeTensor } from './pattern.ts';
import { newRun } from '../../fixtures/new-run.ts';
import {
  allBytes,
  chunkKeys,
  newModel,
  openStorage,
  sameBytes,
  SEED,
  uniqueName,
  readModelFile,
} from './support.ts';

const CHUNK = 1000;

describe('models', () => {
  it(`come back byte by byte, whole and by range (seed ${SEED})`, async () => {
    const storage = await openStorage(uniqueName(), CHUNK);
    const file = fc.record({
      length: fc.oneof(
        fc.integer({ min: 0, max: 5 * CHUNK }),
        fc.constantFrom(0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK),
      ),
      piece: fc.integer({ min: 1, max: 2 * CHUNK }),
      kind: fc.constantFrom('bytes', 'stream', 'generator'),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      to: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), async (files) => {
        const contents = files.map(({ length }, i) => patternBytes(length, i + 1));
        await writeModel(
          storage,
          newModel('m', 'Model'),
          files.map(({ kind, piece }, i) => {
            const bytes = contents[i] ?? new Uint8Array();
            async function* cut() {
              for (let at = 0; at < bytes.byteLength; at += piece) {
                yield bytes.subarray(at, at + piece);
              }
            }
            const content =
              kind === 'bytes' ? bytes : kind === 'stream' ? new Blob([bytes]).stream() : cut();
            return { name: `file-${i}`, content };
          }),
        );
        const model = await getModel(storage, 'm');
        if (model === null) throw new Error('not stored');
        expect(modelBytes(model)).toBe(contents.reduce((sum, c) => sum + c.byteLength, 0));
        for (const [i, { from, to, length }] of files.entries()) {
          const bytes = contents[i] ?? new Uint8Array();
          expect(sameBytes(await readModelFile(storage, model, `file-${i}`), bytes)).toBe(true);
          const [a, b] = [Math.floor(from * length), Math.floor(to * length)].sort((x, y) => x - y);
          const range = await openModelFile(storage, model, `file-${i}`).read(
            a ?? 0,
            (b ?? 0) - (a ?? 0),
          );
          expect(sameBytes(range, bytes.subarray(a, b))).toBe(true);
        }
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  it('replace the one of the same id, are listed by name and leave nothing when deleted', async () => {
    const name = uniqueName();
    const storage = await openStorage(name, CHUNK);
    for (const length of [2500, 1500]) {
      await writeModel(storage, newModel('b', 'B'), [
        { name: 'x', content: patternBytes(length, length) },
      ]);
    }
    await writeModel(storage, newModel('a', 'A'), []);
    expect((await listModels(storage)).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await chunkKeys(name)).toHaveLength(2);
    await deleteModel(storage, 'b');
    expect(await getModel(storage, 'b')).toBeNull();
    expect(await chunkKeys(name)).toHaveLength(0);
  });

  it('leave the old one and no chunk behind when writing fails or is cancelled', async () => {
    const name = uniqueName();
    const storage = await openStorage(name, CHUNK);
    const old = patternBytes(2500, 1);
    await writeModel(storage, newModel('m', 'M'), [{ name: 'x', content: old }]);
    async function* breaking() {
      yield patternBytes(2500, 2);
      throw new Error('connection lost');
    }
    const failing = writeModel(storage, newModel('m', 'M'), [
      { name: 'w', content: old },
      { name: 'x', content: breaking() },
    ]);
    await expect(failing).rejects.toThrow('connection lost');
    const controller = new AbortController();
    const written: number[] = [];
    const cancelled = writeModel(
      storage,
      newModel('m', 'M'),
      [{ name: 'x', content: patternBytes(5000, 3) }],
      {
        signal: controller.signal,
        onWritten: (_file, bytes) => {
          written.push(bytes);
          if (bytes === 2000) controller.abort();
        },
      },
    );
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(written).toEqual([1000, 2000]);
    const model = await getModel(storage, 'm');
    if (model === null) throw new Error('not stored');
    expect(sameBytes(await readModelFile(storage, model, 'x'), old)).toBe(true);
    expect(await chunkKeys(name)).toHaveLength(3);
  });

  it('refuse a range outside a file, and a file that is not there', async () => {
    const storage = await openStorage(uniqueName(), CHUNK);
    const model = await writeModel(storage, newModel('m', 'M'), [
      { name: 'x', content: patternBytes(10, 1) },
    ]);
    const corrupt = { code: 'stored-data-damaged' };
    for (const [offset, length] of [
      [0, 11],
      [11, 0],
      [-1, 1],
      [0, -1],
      [2 ** 53, 1],
      [0.5, 1],
    ]) {
      const read = openModelFile(storage, model, 'x').read(offset ?? 0, length ?? 0);
      await expect(read).rejects.toMatchObject(corrupt);
    }
    await expect(readModelFile(storage, model, 'y')).rejects.toMatchObject(corrupt);
  });

  it('store 16 MiB chunks by default', async () => {
    const name = uniqueName();
    const storage = await openStorage(name);
    const bytes = patternBytes(2 * MAX_CHUNK_BYTES + 5, 9);
    const model = await writeModel(storage, newModel('m', 'M'), [{ name: 'x', content: bytes }]);
    expect(await chunkKeys(name)).toHaveLength(3);
    const blob = model.files[0]?.blob;
    if (blob === undefined) throw new Error('no blob');
    const lengths: number[] = [];
    let isSame = true;
    for await (const chunk of readBlob(storage, blob, { what: 'model', id: 'm' })) {
      const at = lengths.length * MAX_CHUNK_BYTES;
      isSame &&= sameBytes(chunk, bytes.subarray(at, at + chunk.byteLength));
      lengths.push(chunk.byteLength);
    }
    expect(lengths).toEqual([MAX_CHUNK_BYTES, MAX_CHUNK_BYTES, 5]);
    expect(isSame).toBe(true);
  });
});

const points: readonly MetricPoint[] = [
  { step: 1, loss: 4.25, learningRate: 1e-4, epoch: 0.1 },
  { step: 2, loss: 4, validationLoss: 4.5, learningRate: 1e-4, epoch: 0.2 },
];

describe('runs', () => {
  it('come back as they were, and change by update', async () => {
    const storage = await openStorage();
    const base = { name: 'gpt2', repo: 'openai-community/gpt2', revision: null };
    const run = await createRun(storage, newRun('r', { points, base }));
    expect(await getRun(storage, 'r')).toEqual(run);
    expect(run).toMatchObject({ checkpointId: null, checkpointBytes: 0, points, base });
    const samples = [{ step: 2, prompt: '', text: 'My dream is' }];
    await updateRun(storage, 'r', { name: 'renamed', status: 'paused', samples });
    expect(await getRun(storage, 'r')).toMatchObject({ name: 'renamed', samples, points });
    expect(await getRun(storage, 'other')).toBeNull();
    await expect(updateRun(storage, 'other', { name: 'x' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('are listed newest first; one that was running reads as interrupted', async () => {
    const storage = await openStorage();
    await createRun(storage, newRun('a', { createdAt: 1, status: 'running' }));
    await createRun(storage, newRun('b', { createdAt: 2, status: 'finished' }));
    const summaries = (await listRuns(storage)).map(runSummary);
    expect(summaries.map(({ id, status }) => [id, status])).toEqual([
      ['b', 'finished'],
      ['a', 'interrupted'],
    ]);
    expect(summaries[0]).toMatchObject({ canGenerate: false, checkpointBytes: 0 });
    expect(summaries[0]).not.toHaveProperty('modelId');
  });
});

describe('checkpoints', () => {
  it(`come back tensor by tensor, and only the last one stays (seed ${SEED})`, async () => {
    const name = uniqueName();
    const storage = await openStorage(name, CHUNK);
    await createRun(storage, newRun('r'));
    const shape = fc.array(fc.nat(20), { maxLength: 3 });
    let step = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(shape, { maxLength: 12 }), async (shapes) => {
        step += 1;
        const tensors = shapes.map((dims, i): WholeTensor => {
          const bytes = patternBytes(
            dims.reduce((a, b) => a * b, 4),
            step * 100 + i,
          );
          // Cut anywhere, also where nothing is.
          const cut = (i * 7) % (bytes.length + 1);
          const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)];
          return { name: `h.${i}.weight`, shape: dims, dtype: 'F32', pieces };
        });
        const id = await saveCheckpoint(storage, 'r', {
          completedSteps: step,
          tensors,
          runUpdate: { name: `step ${step}`, points },
        });
        const run = await getRun(storage, 'r');
        const saved = await Promise.all(tensors.map(({ pieces }) => allBytes(pieces)));
        const checkpointBytes = saved.reduce((sum, { byteLength }) => sum + byteLength, 0);
        expect(run).toMatchObject({ checkpointId: id, completedSteps: step, name: `step ${step}` });
        expect(run?.checkpointBytes).toBe(checkpointBytes);
        expect(await chunkKeys(name)).toHaveLength(Math.ceil(checkpointBytes / CHUNK));

        const checkpoint = await readCheckpoint(storage, id);
        expect(checkpoint.manifest).toMatchObject({ runId: 'r', completedSteps: step });
        const read: object[] = [];
        for (const { pieces, ...tensor } of checkpoint.tensors()) {
          read.push({ ...tensor, bytes: await allBytes(pieces) });
        }
        expect(read).toEqual(
          tensors.map(({ pieces: _, ...rest }, i) => ({ ...rest, bytes: saved[i] })),
        );
        const wanted = (candidate: string) => candidate === 'h.3.weight';
        const one = Array.from(checkpoint.tensors(wanted), (tensor) => tensor.name);
        expect(one).toEqual(tensors.length > 3 ? ['h.3.weight'] : []);
      }),
      { seed: SEED, numRuns: 40 },
    );
    await deleteRun(storage, 'r');
    expect(await chunkKeys(name)).toHaveLength(0);
    expect(await getRun(storage, 'r')).toBeNull();
  });

  it('are written and read a piece at a time, however large a tensor is', async () => {
    const storage = await openStorage(uniqueName());
    await createRun(storage, newRun('r'));
    // 40 MB that never lie in memory together: the one piece there is, overwritten each time.
    const piece = patternBytes(4_000_004, 1);
    function* pieces() {
      for (let i = 0; i < 10; i += 1) yield piece.fill(i + 1);
    }
    const large = { name: 'w', shape: [10_000_010], dtype: 'F32' as const, pieces: pieces() };
    const id = await saveCheckpoint(storage, 'r', { completedSteps: 1, tensors: [large] });

    const sizes: number[] = [];
    let at = 0;
    for await (const read of (await readCheckpoint(storage, id)).tensor('w').pieces) {
      const i = Math.floor(at / piece.byteLength);
      const rest = (i + 1) * piece.byteLength - at;
      expect(read.subarray(0, rest).every((byte) => byte === i + 1)).toBe(true);
      expect(read.subarray(rest).every((byte) => byte === i + 2)).toBe(true);
      sizes.push(read.byteLength);
      at += read.byteLength;
    }
    expect(at).toBe(40_000_040);
    expect(Math.max(...sizes)).toBe(4 * 2 ** 20);
  });

  it('keep the previous one when saving fails, is cancelled or its run is gone', async () => {
    const name = uniqueName();
    const storage = await openStorage(name, CHUNK);
    await createRun(storage, newRun('r'));
    const weight = (length: number): WholeTensor => ({
      name: 'w',
      shape: [length],
      dtype: 'F32',
      pieces: [patternBytes(4 * length, length)],
    });
    const id = await saveCheckpoint(storage, 'r', { completedSteps: 1, tensors: [weight(600)] });
    const before = await getRun(storage, 'r');

    async function* failing() {
      yield patternBytes(2000, 1);
      throw new Error('device lost');
    }
    const half = [{ ...weight(900), pieces: failing() }];
    const failed = saveCheckpoint(storage, 'r', { completedSteps: 2, tensors: half });
    await expect(failed).rejects.toThrow('device lost');
    const twice = [weight(1), weight(1)];
    await expect(
      saveCheckpoint(storage, 'r', { completedSteps: 2, tensors: twice }),
    ).rejects.toThrow('saved once');
    const wrong = [{ ...weight(5), shape: [4] }];
    await expect(
      saveCheckpoint(storage, 'r', { completedSteps: 2, tensors: wrong }),
    ).rejects.toThrow('fit its shape');
    const signal = AbortSignal.abort();
    await expect(
      saveCheckpoint(storage, 'r', { completedSteps: 2, tensors: [weight(900)], signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    await expect(
      saveCheckpoint(storage, 'gone', { completedSteps: 2, tensors: [weight(900)] }),
    ).rejects.toMatchObject({ code: 'not-found' });

    expect(await getRun(storage, 'r')).toEqual(before);
    expect(await chunkKeys(name)).toHaveLength(3);
    for (const { pieces } of (await readCheckpoint(storage, id)).tensors()) {
      expect(sameBytes(await allBytes(pieces), await allBytes(weight(600).pieces))).toBe(true);
    }
    await expect(readCheckpoint(storage, 'gone')).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('quota', () => {
  it('says what is used and whether it is kept', async () => {
    const { estimate } = await storageInfo();
    expect(estimate?.quotaBytes).toBeGreaterThan(0);
    expect(estimate?.usageBytes).toBeGreaterThanOrEqual(0);
  });
});
