/**
 * Attention in tiles, which hardware adapters run, compared with the portable operations: heads of GPT-2's
 * size and of an odd one, over blocks that are cut off (33), and of one row, with and without dropout.
 */

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { pcg4d } from '../../../src/core/random.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import type { DropoutSite } from '../../../src/ops/operands.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';
import { relativeError } from '../../support/goldens.ts';

// With vectors of 256 bits, lavapipe compiles these kernels three times as long. Only this file's process.
process.env['LP_NATIVE_VECTOR_WIDTH'] = '128';
const dawn = await createDawnDevice();

/** Uniform random numbers in [−1, 1) that depend only on the salt. */
function numbers(size: number, salt: number): Float32Array {
  const lanes = new Uint32Array(4);
  return Float32Array.from({ length: size }, (_, i) => {
    pcg4d(i, salt, 0, 20261130, lanes);
    return must(lanes[0], 'a lane') / 2 ** 31 - 1;
  });
}

interface Heads {
  readonly B: number;
  readonly T: number;
  readonly nHead: number;
  readonly D: number;
}

async function results(ops: Ops, { D, ...shape }: Heads, dropout: DropoutSite | undefined) {
  const { B, T, nHead } = shape;
  const C = nHead * D;
  const qkv = ops.tensor(numbers(B * T * 3 * C, 1), [B * T, 3 * C]);
  const dy = ops.tensor(numbers(B * T * C, 2), [B * T, C]);
  const { y, saved } = ops.attention(qkv, shape, dropout);
  const dqkv = ops.attentionBackward(dy, y, qkv, saved, shape, dropout);
  const read = [(await ops.read(y)).slice(), (await ops.read(dqkv)).slice()] as const;
  for (const tensor of [qkv, dy, y, ...saved, dqkv]) tensor.dispose();
  return { y: read[0], dqkv: read[1] };
}

describe('attention in tiles', onlyWithDevice(dawn), () => {
  let webgpu: WebGPUOps;
  let portable: PortableOps;

  beforeAll(async () => {
    await tf.setBackend('cpu');
    webgpu = new WebGPUOps(new GpuContext(must(dawn, 'a device').device, { isSoftware: false }));
    portable = new PortableOps();
  });

  afterAll(() => {
    webgpu.dispose();
    portable.dispose();
    dawn?.device.destroy();
  });

  const dropout: DropoutSite = { rate: 0.3, seed: 7, microStep: 2, site: 3 };
  for (const D of [64, 80, 6]) {
    for (const T of [1, 33, 100]) {
      for (const at of [undefined, dropout]) {
        test(`heads of ${D}, ${T} positions${at ? ', dropout' : ''}`, async () => {
          const heads = { B: 2, T, nHead: 3, D };
          const expected = await results(portable, heads, at);
          const actual = await results(webgpu, heads, at);
          expect(relativeError(actual.y, expected.y), 'y').toBeLessThan(2e-5);
          expect(relativeError(actual.dqkv, expected.dqkv), 'dqkv').toBeLessThan(2e-5);
        });
      }
    }
  }
});
