/** The self-test in the sizes of real models: sound backends pass it, and each part finds its planted fault. */

import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { randomUnit } from '../../../src/core/random.ts';
import { candidates, draw } from '../../../src/generate/sample.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import type { Tensor } from '../../../src/ops/operands.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { selfTestAtSize } from '../../../src/train/self-test-at-size.ts';
import {
  drawnTokens,
  PROMPT,
  SEQUENCES,
  sampledLogits,
  samplingPlan,
  V,
} from '../../../src/train/self-test-host.ts';
import { type FaultAtSize, partsAtSize } from '../../../src/train/self-test-parts.ts';
import { breakDriver, type Fault } from '../../support/broken-driver.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';

test('portable operations pass, which share no code with the loops on the host', async () => {
  await tf.setBackend('wasm');
  const before = tf.memory().numTensors;
  const ops = new PortableOps();
  expect(await selfTestAtSize(ops)).toEqual([]);
  ops.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('the tokens to draw are those of the sampler on the host, and no rounding decides which', () => {
  const logits = sampledLogits();
  for (const nudge of [0, -1e-4, 1e-4]) {
    const tokens = Int32Array.from({ length: SEQUENCES }, (_, b) => {
      const row = logits.subarray(b * V, (b + 1) * V);
      const options = { ...samplingPlan, topP: samplingPlan.topP + nudge };
      const past = { seen: new Set([PROMPT]), banned: samplingPlan.endOfTextId };
      return draw(candidates(row, options, past), randomUnit(samplingPlan.seed, b, 0) + nudge);
    });
    expect(drawnTokens(logits)).toEqual(tokens);
  }
});

const probe = await createDawnDevice();
probe?.device.destroy();

/** A context on a device of its own, because a device keeps the kernels that were compiled for it. */
async function createContext(isSoftware: boolean, fault: Fault | null): Promise<GpuContext> {
  const { device } = must(await createDawnDevice(), 'a device');
  if (fault) breakDriver(device, fault);
  return new GpuContext(device, { isSoftware, usesSubgroups: false });
}

function destroy(context: GpuContext): void {
  context.dispose();
  context.device.destroy();
}

/** What the whole self-test finds on a driver with this fault. */
async function findFaults(fault: Fault | null): Promise<FaultAtSize[]> {
  const context = await createContext(true, fault);
  const found = await selfTestAtSize(new WebGPUOps(context));
  destroy(context);
  return found;
}

describe('our kernels', onlyWithDevice(probe), () => {
  // The kernels for hardware take half a minute to compile on lavapipe.
  test.each([true, false])('pass (for software: %s)', async (isSoftware) => {
    const context = await createContext(isSoftware, null);
    const { liveBuffers } = context.arena;
    let flops = 0;
    const dispatch = context.dispatch.bind(context);
    context.dispatch = (kernel, how) => {
      flops += how.flops ?? 0;
      dispatch(kernel, how);
    };
    expect(await selfTestAtSize(new WebGPUOps(context))).toEqual([]);
    expect(context.arena.liveBuffers).toBe(liveBuffers);
    // A card that reaches no more than 50 GFLOPS takes about 40 ms for this.
    expect(flops).toBeLessThan(2.1e9);
    expect(context.counters.dispatches).toBeLessThan(60);
    destroy(context);
  });

  test.each<[string, Fault, FaultAtSize[]]>([
    [
      'a softmax that forgets what is past 128 positions',
      {
        kernel: 'attention rows',
        code: 'sumExp += weight;',
        instead: 'sumExp += select(0.0, weight, j < 128u);',
      },
      ['attention'],
    ],
    [
      'a gradient of attention that is wrong from 128 positions on',
      {
        kernel: 'attention rows',
        code: '- probability * rowDot',
        instead: '- select(1.0, 0.9, t >= 128u) * probability * rowDot',
      },
      ['attention'],
    ],
    [
      'sums that end four terms early if there are 768',
      {
        kernel: 'matmul registers',
        code: 'var end = min(p.K, begin + p.kPerSplit);',
        instead: 'var end = p.K - select(0u, 4u, p.K == 768u);',
      },
      ['product', 'low-rank update'],
    ],
    [
      'a norm that is right up to 512 channels',
      {
        kernel: 'linear rows',
        code: '/ count + p.epsilon',
        instead: '/ min(count, 512.0) + p.epsilon',
      },
      ['single row'],
    ],
    [
      'logits that are lost from token 32,768 on',
      {
        kernel: 'logits rows',
        code: 'p.first + row] = total',
        instead: 'p.first + row] = select(total, 0.0, row >= 32768u)',
      },
      ['single row'],
    ],
    [
      'low-rank updates without their scale',
      { kernel: 'matmul registers', code: 'return sum * p.lowRankScale;', instead: 'return sum;' },
      ['low-rank update'],
    ],
    [
      'float16 read in the wrong order by products',
      {
        kernel: 'matmul registers f16',
        code: 'unpack2x16float(words.y)',
        instead: 'unpack2x16float(words.y).yx',
      },
      ['float16 weights'],
    ],
    [
      'a cross-entropy that ends at token 32,768',
      {
        kernel: 'cross entropy',
        code: 'sumExp += dot(',
        instead: 'sumExp += select(0.0, 1.0, q < 8192u) * dot(',
      },
      ['vocabulary'],
    ],
    [
      'a gradient of the table that misses its last rows',
      {
        kernel: 'matmul registers',
        code: 'if (m >= p.M ||',
        instead: 'if (m >= min(p.M, 49152u) ||',
      },
      ['vocabulary'],
    ],
    [
      'half of the random number',
      { kernel: 'sample', code: '>> 8u) / 16777216.0', instead: '>> 9u) / 16777216.0' },
      ['sampler'],
    ],
    [
      'addresses that lose what is above 64 MiB',
      {
        kernel: 'embedding grad',
        code: '(id - p.rowBegin) * p.C + c]',
        instead: '((id - p.rowBegin) * p.C + c) & 0xffffffu]',
      },
      ['large buffer'],
    ],
  ])('fail with %s', async (_, fault, parts) => {
    expect(await findFaults(fault)).toEqual(parts);
  });

  test('fail if a kernel is left out the second time', async () => {
    const context = await createContext(true, null);
    const dispatch = context.dispatch.bind(context);
    let passes = 0;
    context.dispatch = (kernel, how) => {
      // A forward and a backward pass each time.
      if (kernel.name !== 'attention rows' || ++passes !== 3) dispatch(kernel, how);
    };
    expect(await selfTestAtSize(new WebGPUOps(context))).toEqual(['second submission']);
    destroy(context);
  });

  test('for hardware fail if a split of a sum is left out', async () => {
    const context = await createContext(false, {
      kernel: 'matmul finish splits',
      code: 's < p.K',
      instead: 's < min(p.K, 8u)',
    });
    const inputs: Tensor[] = [];
    const parts = partsAtSize(new WebGPUOps(context), (tensor) => {
      inputs.push(tensor);
      return tensor;
    });
    const part = must(
      parts.find(({ name }) => name === 'split product'),
      'the part',
    );
    expect(part.isRight(await part.run())).toBe(false);
    destroy(context);
  });
});
