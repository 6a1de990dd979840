/**
 * One block of a made-up GPT-2 with its real vocabulary, loaded as the page loads the real one: what
 * of it is in memory at once, and that what is on the device computes what a plain reading of the
 * definition in float64 computes.
 */

import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { encode as encodeR50k } from 'gpt-tokenizer/encoding/r50k_base';
import { afterAll, describe, expect, test } from 'vitest';
import { openParameters, readDescription } from '../../../src/bots/read-model.ts';
import { must } from '../../../src/core/assert.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import { loadModel } from '../../../src/model/load.ts';
import { readPieces } from '../../../src/model/tensor-source.ts';
import { elementCount } from '../../../src/core/shape.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { PIECE_ELEMENTS } from '../../../src/ops/transfer-ops.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { type RandomGpt2, randomGpt2 } from '../../random-gpt2/random-gpt2.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';
import { relativeError } from '../../support/goldens.ts';
import { type CountingReader, readerOf } from '../../support/model-folder.ts';
import { naiveLogits } from '../../support/naive-gpt2.ts';

const shape: RandomGpt2 = {
  layers: 1,
  channels: 48,
  heads: 3,
  context: 64,
  dtype: 'F32',
  shards: 1,
  tokenizer: 'older',
  seed: 7,
};

const folders = new Map<RandomGpt2['dtype'], ReadonlyMap<string, Uint8Array>>();

/** Fresh readers of a folder that is made once. */
async function made(options: RandomGpt2): Promise<Map<string, CountingReader>> {
  const folder = new Map(folders.get(options.dtype));
  if (folder.size === 0) {
    for (const { name, byteLength, pieces } of randomGpt2(options)) {
      const bytes = new Uint8Array(await new Blob([...pieces()]).arrayBuffer());
      expect(bytes.byteLength).toBe(byteLength);
      folder.set(name, bytes);
    }
    folders.set(options.dtype, folder);
  }
  return new Map(Array.from(folder, ([name, bytes]) => [name, readerOf(bytes)]));
}

const dawn = await createDawnDevice();
const backends: Readonly<Record<string, (() => Promise<Ops>) | null>> = {
  WASM: async () => {
    await tf.setBackend('wasm');
    return new PortableOps();
  },
  'our kernels':
    dawn && (async () => new WebGPUOps(new GpuContext(dawn.device, { isSoftware: true }))),
};

afterAll(() => {
  dawn?.device.destroy();
});

/** How many tensors, or the buffers behind them, there are. */
function held(ops: Ops): number {
  return ops instanceof WebGPUOps ? ops.gpu.arena.liveBuffers : tf.memory().numTensors;
}

const text = 'My dream is to fly 🐦';

for (const [name, createOps] of Object.entries(backends)) {
  describe(`a GPT-2 with 50,257 tokens on ${name}`, onlyWithDevice(createOps), () => {
    test('is read in pieces of 4 MiB and computes what the definition says', async () => {
      const files = await made(shape);
      const { config, tokenizer } = await readDescription(files);
      const ids = tokenizer.encode(text);
      expect([...ids]).toEqual(encodeR50k(text));
      const tensors = await openParameters(files, config);
      const ops = await must(createOps, 'a backend')();
      const reader = must(files.get('model.safetensors'), 'weights');
      const before = reader.bytesRead;
      const progress: number[] = [];
      const model = await loadModel(ops, config, tensors, {
        onProgress: (bytes) => progress.push(bytes),
      });

      const sizes = [...tensors.parameters.values()].map(({ shape: s }) => 4 * elementCount(s));
      const total = sizes.reduce((sum, bytes) => sum + bytes, 0);
      expect(Math.max(...sizes)).toBe(50_257 * 48 * 4);
      expect(reader.largestRead).toBe(4 * PIECE_ELEMENTS);
      // Every byte once, masks not at all.
      expect(reader.bytesRead - before).toBe(total);
      expect(progress.at(-1)).toBe(total);

      const { logits } = model.startDecoding({ ids, B: 1, T: ids.length }, 64);
      const weights = new Map<string, Float32Array>();
      for (const [key, source] of tensors.parameters) {
        const all = new Float32Array(elementCount(source.shape));
        let at = 0;
        for await (const { values } of readPieces(source)) {
          all.set(values, at);
          at += values.length;
        }
        weights.set(key, all);
      }
      const expected = naiveLogits(config, weights, ids);
      expect(relativeError(await ops.read(logits), expected)).toBeLessThan(1e-4);
      ops.dispose();
    });

    test.each(['F16', 'BF16'] as const)(
      'in %s and shards, it is the same but for rounding',
      async (dtype) => {
        const files = await made({ ...shape, dtype, shards: 3, tokenizer: 'json' });
        const { config, tokenizer } = await readDescription(files);
        const ids = tokenizer.encode(text);
        const ops = await must(createOps, 'a backend')();
        const read = async (from: Map<string, CountingReader>) => {
          const model = await loadModel(ops, config, await openParameters(from, config));
          const { logits } = model.startDecoding({ ids, B: 1, T: ids.length }, 64);
          return (await ops.read(logits)).slice();
        };
        const rounded = await read(files);
        expect(relativeError(rounded, await read(await made(shape)))).toBeLessThan(0.02);
        ops.dispose();
      },
    );

    test('its table comes back in pieces, and they go into its place again', async () => {
      const ops = await must(createOps, 'a backend')();
      const shapeOfTable = [50_257, 48];
      const table = Float32Array.from({ length: 50_257 * 48 }, (_, i) => i % 8191);
      const first = ops.tensor(table, shapeOfTable);
      const before = held(ops);
      const pieces: Float32Array[] = [];
      for await (const piece of ops.readPieces(first)) pieces.push(piece.slice());
      const rest = table.length % PIECE_ELEMENTS;
      expect(pieces.map(({ length }) => length)).toEqual([PIECE_ELEMENTS, PIECE_ELEMENTS, rest]);
      expect(held(ops)).toBe(before);

      // On the GPU the second of several in one buffer: it keeps its place, the others their numbers.
      const names = ['before', 'table', 'behind'];
      const packed = ops.allocate(new Map(names.map((each) => [each, shapeOfTable])));
      async function* again() {
        yield* pieces;
      }
      packed.set('table', await ops.overwrite(must(packed.get('table'), 'table'), again()));
      for (const [each, tensor] of packed) {
        const values = await ops.read(tensor);
        expect(
          values.every((value, i) => value === (each === 'table' ? table[i] : 0)),
          each,
        ).toBe(true);
        tensor.dispose();
      }
      expect(held(ops)).toBe(before);
      first.dispose();
      ops.dispose();
    });

    test('a load that is cancelled leaves nothing on the device', async () => {
      const files = await made(shape);
      const { config } = await readDescription(files);
      const ops = await must(createOps, 'a backend')();
      const before = held(ops);
      const abort = new AbortController();
      const loading = loadModel(ops, config, await openParameters(files, config), {
        signal: abort.signal,
        onProgress: () => abort.abort(),
      });
      await expect(loading).rejects.toMatchObject({ code: 'cancelled' });
      expect(held(ops)).toBe(before);
      ops.dispose();
    });
  });
}
